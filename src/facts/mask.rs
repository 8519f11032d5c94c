//! The names of the placeholders.

/// The kind of variable that a placeholder replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Mask {
    /// An error code; it varies in the wording but identifies the incident.
    Code,
    Profile,
    Device,
    User,
    App,
    File,
    Group,
    Template,
    Certificate,
    Setting,
    Network,
    Name,
    Time,
    Ip,
    Mac,
    Uuid,
    Udid,
    Imei,
    Phone,
    Email,
    Url,
    Path,
    Host,
    Hex,
    Version,
    Number,
    Id,
    Secret,
    Address,
}

impl Mask {
    /// Every mask.
    const ALL: &[Self] = &[
        Self::Code,
        Self::Profile,
        Self::Device,
        Self::User,
        Self::App,
        Self::File,
        Self::Group,
        Self::Template,
        Self::Certificate,
        Self::Setting,
        Self::Network,
        Self::Name,
        Self::Time,
        Self::Ip,
        Self::Mac,
        Self::Uuid,
        Self::Udid,
        Self::Imei,
        Self::Phone,
        Self::Email,
        Self::Url,
        Self::Path,
        Self::Host,
        Self::Hex,
        Self::Version,
        Self::Number,
        Self::Id,
        Self::Secret,
        Self::Address,
    ];

    /// The mask of a name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|mask| mask.name() == name)
    }

    /// Whether what stands under the mask may tell who or what it is about.
    pub(crate) const fn identifies(self) -> bool {
        !matches!(self, Self::Code | Self::Time | Self::Number | Self::Version)
    }

    /// The placeholder's name, without its braces.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Profile => "profile",
            Self::Device => "device",
            Self::User => "user",
            Self::App => "app",
            Self::File => "file",
            Self::Group => "group",
            Self::Template => "template",
            Self::Certificate => "certificate",
            Self::Setting => "setting",
            Self::Network => "network",
            Self::Name => "name",
            Self::Time => "time",
            Self::Ip => "ip",
            Self::Mac => "mac",
            Self::Uuid => "uuid",
            Self::Udid => "udid",
            Self::Imei => "imei",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Url => "url",
            Self::Path => "path",
            Self::Host => "host",
            Self::Hex => "hex",
            Self::Version => "version",
            Self::Number => "num",
            Self::Id => "id",
            Self::Secret => "secret",
            Self::Address => "address",
        }
    }
}

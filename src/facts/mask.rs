//! The names of the placeholders.

/// What kind of variable part a placeholder stands for.
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
    Serial,
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
}

impl Mask {
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
            Self::Serial => "serial",
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
        }
    }
}

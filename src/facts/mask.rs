//! The names of the placeholders.

/// Declares the masks, each with the name of its placeholder.
macro_rules! masks {
    ($($mask:ident = $name:literal),* $(,)?) => {
        /// The kind of variable that a placeholder replaces.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Mask {
            $($mask),*
        }

        impl Mask {
            const ALL: &[Self] = &[$(Self::$mask),*];

            /// The placeholder's name, without its braces.
            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $(Self::$mask => $name),*
                }
            }
        }
    };
}

// An error code varies in the wording, but identifies the incident.
masks! {
    Code = "code",
    Profile = "profile",
    Device = "device",
    User = "user",
    App = "app",
    File = "file",
    Group = "group",
    Template = "template",
    Certificate = "certificate",
    Setting = "setting",
    Network = "network",
    Name = "name",
    Time = "time",
    Ip = "ip",
    Mac = "mac",
    Uuid = "uuid",
    Udid = "udid",
    Imei = "imei",
    Phone = "phone",
    Email = "email",
    Url = "url",
    Path = "path",
    Host = "host",
    Hex = "hex",
    Version = "version",
    Number = "num",
    Id = "id",
    Secret = "secret",
    Address = "address",
}

impl Mask {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|mask| mask.name() == name)
    }

    /// Whether what is under the mask may tell who or what it is about.
    pub(crate) const fn identifies(self) -> bool {
        !matches!(self, Self::Code | Self::Time | Self::Number | Self::Version)
    }
}

//! The names of the placeholders.

use crate::source::named;

// An error code varies in the wording, but identifies the incident.
named! {
    /// The kind of variable that a placeholder replaces.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub(crate) enum Mask {
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
}

impl Mask {
    /// Whether what is under the mask may tell who or what it is about.
    pub(crate) const fn identifies(self) -> bool {
        !matches!(self, Self::Code | Self::Time | Self::Number | Self::Version)
    }
}

//! Enums whose variants have a name that programs read.

/// Declares an enum with the name of each variant.
macro_rules! named {
    ($(#[$of_all:meta])* $vis:vis enum $of:ident {
        $($(#[$about:meta])* $variant:ident = $name:literal,)+
    }) => {
        $(#[$of_all])*
        $vis enum $of {
            $($(#[$about])* $variant,)+
        }

        #[allow(dead_code, reason = "of some enums nobody asks for all")]
        impl $of {
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word that programs read.
            #[must_use]
            $vis const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            pub(crate) fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.name() == name)
            }
        }
    };
}
pub(crate) use named;

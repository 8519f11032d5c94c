//! How JSON is declared: a field a line, in the order that it is written in.

/// Wire types with a schema; a document has its version. A field has its description, its type, the words that it may be, and its value, which `of`
/// takes from its arguments.
macro_rules! wire {
    ($($(#[$of_all:meta])* $vis:vis struct $name:ident$(<$life:lifetime>)?
        as $title:literal $(version $version:expr)?,
        of($($argument:ident: $of:ty),*) {
            $($(#[$about:meta])* $field:ident: $type:ty $(as [$($word:literal),+])? = $value:expr,)+
        }
    )+) => {$(
        $(#[$of_all])*
        #[derive(serde::Serialize)]
        #[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = $title))]
        $vis struct $name$(<$life>)? {
            $(
                /// The name and version of the shape; a change that breaks it raises the number.
                #[cfg_attr(feature = "server", schemars(extend("const" = $version)))]
                schema: &'static str,
            )?
            $(
                $(#[$about])*
                $(#[cfg_attr(feature = "server", schemars(extend("enum" = [$($word),+])))])?
                $field: $type,
            )+
        }

        impl$(<$life>)? $name$(<$life>)? {
            #[allow(clippy::redundant_field_names, reason = "an argument may be called as its field")]
            fn of($($argument: $of),*) -> Self {
                Self { $(schema: $version,)? $($field: $value,)+ }
            }
        }
    )+};
}

/// An object without a schema.
macro_rules! object {
    ($($(#[$about:meta])* $field:ident: $value:expr,)+) => {{
        #[allow(
            non_camel_case_types,
            non_snake_case,
            clippy::too_many_arguments,
            reason = "all is called as it is in JSON, and there is as much of it"
        )]
        mod object {
            #[derive(serde::Serialize)]
            pub(super) struct Object<$($field),+> {
                $($(#[$about])* $field: $field,)+
            }

            pub(super) fn of<$($field),+>($($field: $field),+) -> Object<$($field),+> {
                Object { $($field),+ }
            }
        }
        object::of($($value),+)
    }};
}

pub(in crate::report) use {object, wire};

pub(in crate::report) fn each<'a, T, W>(list: &'a [T], of: impl Fn(&'a T) -> W) -> Vec<W> {
    list.iter().map(of).collect()
}

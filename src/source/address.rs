//! Paths and ids in addresses (RFC 3986).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// The characters that a path holds as they are: the unreserved ones (2.3), and the slash.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The same with the colon of a drive.
const FILE: &AsciiSet = &PATH.remove(b':');

/// An id or an anchor as an address has it.
#[must_use]
pub fn encoded_path(path: &str) -> PercentEncode<'_> {
    utf8_percent_encode(path, PATH)
}

/// The path of a file as an address has it.
#[must_use]
pub fn encoded_file(path: &str) -> PercentEncode<'_> {
    utf8_percent_encode(path, FILE)
}

//! From bytes to text.
//!
//! UTF-8 only, which is what every sender of C-CDA that we know of writes and what C-CDA R2.1 (1.2) expects. Another
//! encoding is refused by name of the rule and not guessed: a byte read in the wrong encoding is a changed word.

use crate::Error;
use std::str::from_utf8;

/// The bytes as text: UTF-8, with or without a byte order mark. A declared encoding is believed where it says
/// something else; a document that is plain ASCII is the same in all of them.
///
/// # Errors
/// UTF-16 or UTF-32, another declared encoding with bytes beyond ASCII, bytes that are not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, Error> {
    let is_wide = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 0, ..] | [0, b'<', ..] | [b'<', 0, ..]);
    if is_wide {
        return Err(Error { what: "it is UTF-16 or UTF-32; only UTF-8 is read", line: 1, column: 1 });
    }
    let is_other = declared(bytes).is_some_and(|name| {
        !["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|ours| name.eq_ignore_ascii_case(ours.as_bytes()))
    });
    if is_other {
        // In UTF-16 and the like a declaration could not have been read as ASCII; a name that says so is a mistake.
        if let Some(at) = bytes.iter().position(|b| !b.is_ascii()) {
            return Err(Error::at(bytes, at, "it declares another encoding than UTF-8; only UTF-8 is read"));
        }
    }
    from_utf8(bytes).map_err(|e| Error::at(bytes, e.valid_up_to(), "it is not UTF-8"))
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let inside = start.strip_prefix(b"<?xml")?;
    let inside = inside.get(..memchr::memmem::find(inside.get(..inside.len().min(512))?, b"?>")?)?;
    let after = inside.get(memchr::memmem::find(inside, b"encoding")? + 8..)?.trim_ascii_start();
    let quoted = after.strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = quoted.split_first()?;
    rest.get(..memchr::memchr(*quote, rest)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_is_read_with_and_without_a_mark() {
        assert_eq!(decode("<a>é</a>".as_bytes()), Ok("<a>é</a>"));
        assert_eq!(decode(b"\xef\xbb\xbf<a/>"), Ok("\u{feff}<a/>"));
        assert!(decode("<?xml version='1.0' encoding='utf-8'?><a>é</a>".as_bytes()).is_ok());
        assert!(decode(b"<?xml version=\"1.0\" encoding = \"ISO-8859-1\"?><a>plain</a>").is_ok());
    }

    #[test]
    fn other_encodings_are_refused_with_the_reason() {
        let what = |bytes: &[u8]| decode(bytes).err().map(|e| (e.what, e.line, e.column)).unwrap();
        assert_eq!(what(b"\xff\xfe<\0a\0").0, "it is UTF-16 or UTF-32; only UTF-8 is read");
        assert_eq!(what(b"<\0a\0/\0>\0").0, "it is UTF-16 or UTF-32; only UTF-8 is read");
        assert_eq!(
            what(b"<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<a>\xe9</a>"),
            ("it declares another encoding than UTF-8; only UTF-8 is read", 2, 4)
        );
        assert_eq!(what(b"<a>\n\xc3\xa9\xe9</a>"), ("it is not UTF-8", 2, 2));
    }
}

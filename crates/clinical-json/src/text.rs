//! Escapes inside strings: checked once while parsing, resolved only for who asks.

use crate::error::{ErrorKind, Fail};
use std::borrow::Cow;

/// The end of the escape whose backslash stands at `offset`.
pub(crate) fn escape_end(bytes: &[u8], offset: usize) -> Result<usize, Fail> {
    match bytes.get(offset + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(offset + 2),
        Some(b'u') => {
            let unit = code_unit(bytes, offset)?;
            if !is_surrogate(unit) {
                return Ok(offset + 6);
            }
            if is_low(unit) {
                return Err(Fail::at(ErrorKind::LoneSurrogate, offset));
            }
            match (bytes.get(offset + 6), bytes.get(offset + 7)) {
                (None, _) | (Some(b'\\'), None) => Err(Fail::at(ErrorKind::UnexpectedEnd, bytes.len())),
                (Some(b'\\'), Some(b'u')) if is_low(code_unit(bytes, offset + 6)?) => Ok(offset + 12),
                _ => Err(Fail::at(ErrorKind::LoneSurrogate, offset)),
            }
        }
        Some(_) => Err(Fail::at(ErrorKind::InvalidEscape, offset)),
        None => Err(Fail::at(ErrorKind::UnexpectedEnd, bytes.len())),
    }
}

/// The four hexadecimal digits after `\u`, the backslash of which stands at `offset`.
fn code_unit(bytes: &[u8], offset: usize) -> Result<u32, Fail> {
    let mut unit = 0;
    for place in offset + 2..offset + 6 {
        let Some(&byte) = bytes.get(place) else {
            return Err(Fail::at(ErrorKind::UnexpectedEnd, bytes.len()));
        };
        let Some(digit) = char::from(byte).to_digit(16) else {
            return Err(Fail::at(ErrorKind::InvalidEscape, offset));
        };
        unit = unit << 4 | digit;
    }
    Ok(unit)
}

fn is_surrogate(unit: u32) -> bool {
    (0xD800..0xE000).contains(&unit)
}

fn is_low(unit: u32) -> bool {
    (0xDC00..0xE000).contains(&unit)
}

/// The text that a string's content stands for. The content passed [`escape_end`] while parsing, so
/// the fallbacks below are never taken; they are there instead of a panic.
pub(crate) fn unescape(content: &str) -> String {
    let bytes = content.as_bytes();
    let mut text = String::with_capacity(content.len());
    let mut done = 0;
    while let Some(found) = memchr::memchr(b'\\', bytes.get(done..).unwrap_or_default()) {
        let at = done + found;
        text.push_str(content.get(done..at).unwrap_or_default());
        let (character, length) = escaped(bytes, at);
        text.push(character);
        done = at + length;
    }
    text.push_str(content.get(done..).unwrap_or_default());
    text
}

fn escaped(bytes: &[u8], at: usize) -> (char, usize) {
    let character = match bytes.get(at + 1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{C}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            let high = code_unit(bytes, at).unwrap_or_default();
            if !is_surrogate(high) {
                return (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), 6);
            }
            let low = code_unit(bytes, at + 6).unwrap_or_default();
            let code = 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF);
            return (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12);
        }
        Some(&byte) => char::from(byte),
        None => char::REPLACEMENT_CHARACTER,
    };
    (character, 2)
}

/// The same for a member's name as raw bytes.
pub(crate) fn name(raw: &[u8], escaped: bool) -> Cow<'_, [u8]> {
    if escaped {
        let content = std::str::from_utf8(raw).unwrap_or_default();
        Cow::Owned(unescape(content).into_bytes())
    } else {
        Cow::Borrowed(raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved() {
        let content = r#"a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00z"#;
        assert_eq!(unescape(content), "a\"\\/\u{8}\u{C}\n\r\té😀z");
    }

    #[test]
    fn bad_escapes_are_refused_where_they_stand() {
        for (content, kind, offset) in [
            ("\\x", ErrorKind::InvalidEscape, 0),
            ("\\u12g4", ErrorKind::InvalidEscape, 0),
            ("\\ud800x", ErrorKind::LoneSurrogate, 0),
            ("\\ud800\\n", ErrorKind::LoneSurrogate, 0),
            ("\\ud800\\ud800", ErrorKind::LoneSurrogate, 0),
            ("\\udc00", ErrorKind::LoneSurrogate, 0),
            ("\\ud800\\u00g0", ErrorKind::InvalidEscape, 6),
            ("\\", ErrorKind::UnexpectedEnd, 1),
            ("\\u00", ErrorKind::UnexpectedEnd, 4),
            ("\\ud800", ErrorKind::UnexpectedEnd, 6),
            ("\\ud800\\", ErrorKind::UnexpectedEnd, 7),
        ] {
            assert_eq!(escape_end(content.as_bytes(), 0), Err(Fail::at(kind, offset)), "{content}");
        }
    }

    #[test]
    fn content_that_was_never_checked_does_not_panic() {
        for content in ["\\", "\\u", "\\ud800", "\\u00é", "\\é", "\\ud800\\u"] {
            let _ = unescape(content);
        }
    }
}

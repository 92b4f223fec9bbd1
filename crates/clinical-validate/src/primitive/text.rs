//! Strings, codes and ids.

use super::{Fault, wrong};
use crate::Severity;

/// "Strings SHALL NOT contain Unicode character points below 32, except for u0009, u000D and u000A"; white space at the
/// ends is allowed and "SHOULD be removed".
pub(super) fn string(value: &str) -> Option<Fault> {
    let bytes = value.as_bytes();
    if bytes.iter().any(|byte| *byte < 32 && !matches!(byte, b'\t' | b'\r' | b'\n')) {
        return wrong("control-character", "Control characters other than tab and line ends may not stand in a string");
    }
    let is_space = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    if is_space(bytes.first()) || is_space(bytes.last()) {
        return Some(Fault {
            severity: Severity::Warning,
            key: "outer-whitespace",
            text: "White space at the beginning or end should be removed",
        });
    }
    None
}

/// `[^\s]+(\s[^\s]+)*`: single white space inside, none at the ends.
pub(super) fn code(value: &str) -> Option<Fault> {
    let mut was_space = true;
    for byte in value.bytes() {
        let is_space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C);
        if (is_space && was_space) || (byte < 32 && !is_space) {
            was_space = true;
            break;
        }
        was_space = is_space;
    }
    if was_space {
        return wrong("code-format", "A code has no white space at its ends and only single spaces inside");
    }
    None
}

/// `[A-Za-z0-9\-\.]{1,64}`
pub(super) fn id(value: &str) -> Option<Fault> {
    if value.len() > 64 {
        return wrong("id-length", "An id has at most 64 characters");
    }
    if value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')) {
        return None;
    }
    wrong("id-format", "An id has only letters, digits, hyphens and points")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_single_spaces_inside_only() {
        for good in ["a", "in-progress", "two words", "a\tb"] {
            assert_eq!(code(good), None, "{good:?}");
        }
        for bad in ["", " a", "a ", "a  b", "\u{1}"] {
            assert!(code(bad).is_some(), "{bad:?}");
        }
    }

    #[test]
    fn ids_are_short_and_plain() {
        assert_eq!(id("A-1.b"), None);
        for bad in ["a/b", "a_b", "ä", &"x".repeat(65)] {
            assert!(id(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn strings_have_no_control_characters() {
        assert_eq!(string("a\tb\r\nc"), None);
        assert_eq!(string("a\u{0}b").map(|f| f.severity), Some(Severity::Error));
        assert_eq!(string(" a").map(|f| f.severity), Some(Severity::Warning));
    }
}

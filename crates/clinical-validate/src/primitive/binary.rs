//! Base64.

use super::{Fault, wrong};

/// `(\s*([0-9a-zA-Z\+/=]){4}\s*)+` with the padding of RFC 4648 at the end only; white space may stand anywhere, as in
/// MIME.
pub(super) fn base64(value: &str) -> Option<Fault> {
    let (mut digits, mut padding) = (0usize, 0usize);
    for byte in value.bytes() {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            b'=' => padding += 1,
            b'+' | b'/' if padding == 0 => digits += 1,
            _ if byte.is_ascii_alphanumeric() && padding == 0 => digits += 1,
            _ => return wrong("base64-format", "The value is not base64"),
        }
    }
    if digits > 0 && padding <= 2 && (digits + padding) % 4 == 0 {
        return None;
    }
    wrong("base64-format", "The value is not base64: digits come in groups of four")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_whole_groups_with_padding_at_the_end() {
        for good in ["AAAA", "AAA=", "AA==", "AAAA\nAA==", "a+/9"] {
            assert_eq!(base64(good), None, "{good}");
        }
        for bad in ["A", "AA", "AA=", "A===", "AA==AA==", "====", "AA-_", " "] {
            assert!(base64(bad).is_some(), "{bad}");
        }
    }
}

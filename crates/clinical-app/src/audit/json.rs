//! JSON text, written without an allocation for each value.

use sha2::{Digest as _, Sha256};

const HEX: &[u8; 16] = b"0123456789abcdef";

/// The longest subject that is written as it stands.
const LONGEST_SUBJECT: usize = 128;

/// Appends a number in decimal, with zeros before it up to a width.
pub(super) fn digits(out: &mut Vec<u8>, mut number: u64, width: usize) {
    let mut text = [b'0'; 20];
    let mut at = text.len();
    while number > 0 {
        at -= 1;
        text[at] = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
    }
    out.extend_from_slice(&text[at.min(text.len() - width.clamp(1, 20))..]);
}

/// Appends the inside of a JSON string (RFC 8259, section 7).
pub(super) fn escape(out: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            0..=0x1f | 0x7f => {
                let (high, low) = (HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]);
                out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
            }
            _ => out.push(byte),
        }
    }
}

/// Appends bytes in hexadecimal.
pub(super) fn hex(out: &mut Vec<u8>, bytes: &[u8]) {
    for byte in bytes {
        out.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
    }
}

/// Appends who it was. A subject that an authority drew for the purpose (a number, a UUID) is written as it stands. One
/// that holds anything else can be a name or an address of mail, and is written as a digest of itself: the same for
/// the same person, and telling nobody who it is who does not know already.
pub(super) fn subject(out: &mut Vec<u8>, subject: &str) {
    let opaque = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'|' | b'-');
    if !subject.is_empty() && subject.len() <= LONGEST_SUBJECT && subject.bytes().all(opaque) {
        out.extend_from_slice(subject.as_bytes());
    } else {
        out.extend_from_slice(b"sha256:");
        hex(out, &Sha256::digest(subject.as_bytes())[..16]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_have_their_digits() {
        for number in [0, 7, 10, 65_535, u64::MAX] {
            assert_eq!(written(|out| digits(out, number, 1)), number.to_string());
        }
        assert_eq!(written(|out| digits(out, 42, 6)), "000042");
        assert_eq!(written(|out| digits(out, 1_234_567, 2)), "1234567");
    }

    #[test]
    fn no_text_ends_its_string() {
        let hostile: String = (0..=0x2ff_u32).filter_map(char::from_u32).chain("\u{2028}\u{1f600}".chars()).collect();
        let text = format!("\"{}\"", written(|out| escape(out, &hostile)));
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), hostile);
        assert!(!text.contains('\n'));
    }

    #[test]
    fn only_an_opaque_subject_is_written_as_it_stands() {
        for opaque in ["248289761001", "auth0|5f7c8ec7", "urn:uuid:4be0643f-1d98", "a.b_c"] {
            assert_eq!(written(|out| subject(out, opaque)), opaque);
        }
        let long = "a".repeat(129);
        for other in ["ada@example.org", "Ada Lovelace", "", "x\"},\n{", "Å", long.as_str()] {
            let text = written(|out| subject(out, other));
            assert!(text.starts_with("sha256:") && text.len() == 39, "{text}");
        }
        // sha256sum of the same bytes
        assert_eq!(
            written(|out| subject(out, "ada@example.org")),
            format!("sha256:{}", {
                let mut all = Vec::new();
                hex(&mut all, &Sha256::digest(b"ada@example.org"));
                String::from_utf8(all).unwrap()[..32].to_owned()
            })
        );
    }
}

//! Line ends between tags, made ready for the parser.
//!
//! A parser has to make one sign of a carriage return and a line feed, and for that it copies every text in which one
//! stands, also the blanks between two tags, which nobody reads. In a document written line by line with both signs
//! these copies are a third of the tree's cost.

use memchr::memchr;
use std::borrow::Cow;

/// Bytes from which a text is rather parsed slower than held twice.
const LARGE: usize = 4 << 20;

/// The same text with a space for every carriage return that stands among nothing but blanks between one tag and the
/// next. No byte moves, and blanks stay blanks.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.len() > LARGE {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut made = Vec::new();
    let mut seen = 0;
    while let Some(at) = bytes.get(seen..).and_then(|rest| memchr(b'\r', rest)).map(|at| seen + at) {
        let before = bytes[seen..at].iter().rfind(|b| !is_blank(**b));
        let end = at + blanks(&bytes[at..]);
        if before == Some(&b'>') && bytes.get(end) == Some(&b'<') {
            if made.is_empty() {
                made.extend_from_slice(bytes);
            }
            made[at] = b' ';
            made[at + 1..end].iter_mut().filter(|b| **b == b'\r').for_each(|b| *b = b' ');
        }
        seen = end;
    }
    match String::from_utf8(made) {
        Ok(made) if !made.is_empty() => Cow::Owned(made),
        _ => Cow::Borrowed(text),
    }
}

/// How many blanks come first, eight asked at once: those that are none reach the top bit, or have it.
fn blanks(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const UP: u64 = ONES * (0x7f - b' ') as u64;
    let mut count = 0;
    while let Some(next) = bytes.get(count..).and_then(|rest| rest.first_chunk()) {
        let word = u64::from_le_bytes(*next);
        let marks = (word.wrapping_add(UP) | word) & (ONES << 7);
        if marks != 0 {
            // A byte beyond 0x7f can carry into the next: the lowest mark is right in any case.
            return count + marks.trailing_zeros() as usize / 8;
        }
        count += 8;
    }
    let rest = bytes.get(count..).unwrap_or_default();
    count + rest.iter().take_while(|b| is_blank(**b)).count()
}

/// What XML calls white space. (It allows no other sign that comes before the space.)
const fn is_blank(byte: u8) -> bool {
    byte <= b' '
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carriage_returns_between_tags_become_spaces_and_no_others() {
        for (text, expected) in [
            ("", ""),
            ("\r\n<a/>\r\n", "\r\n<a/>\r\n"),
            ("<a>\r\n  <b/>\r<c/>\n</a>\r\n", "<a> \n  <b/> <c/>\n</a>\r\n"),
            ("<a> \t\r\n\r\n\r <b/></a>", "<a> \t \n \n  <b/></a>"),
            ("<a>\r\nx\r\n<b\r\nc='\r\n'/>\r\ny</a>", "<a>\r\nx\r\n<b\r\nc='\r\n'/>\r\ny</a>"),
            ("<a>é\r\n</a>\r\n<b>\r\né</b>\r\n<c/>", "<a>é\r\n</a> \n<b>\r\né</b> \n<c/>"),
            ("<a>\r", "<a>\r"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
            assert_eq!(matches!(plain(text), Cow::Borrowed(_)), text == expected, "{text:?}");
        }
    }

    #[test]
    fn blanks_are_counted_however_many_there_are() {
        for length in 0..20 {
            for end in 0..=u8::MAX {
                let mut text = vec![b' '; length];
                text.extend([end, b' ', b'\n', b'x', 0xff, b' ', b' ', b' ', b' ']);
                let counted = text.iter().take_while(|b| is_blank(**b)).count();
                assert_eq!(blanks(&text), counted, "{length} {end}");
                assert_eq!(blanks(&text[..length]), length);
            }
        }
    }

    #[test]
    fn a_long_text_is_not_copied() {
        let line = "<a>\r\n</a>";
        assert_ne!(plain(&line.repeat(LARGE / line.len())), line.repeat(LARGE / line.len()));
        assert!(matches!(plain(&line.repeat(LARGE / line.len() + 1)), Cow::Borrowed(_)));
    }
}

//! The grammar of numbers. Their value is never computed: the text is the value.

use crate::error::{ErrorKind, Fail};

/// The end of the number that starts at `start` with a minus sign or a digit.
#[inline]
pub(crate) fn number_end(bytes: &[u8], start: usize) -> Result<usize, Fail> {
    let mut i = start;
    if bytes.get(i) == Some(&b'-') {
        i += 1;
    }
    i = match bytes.get(i) {
        Some(b'0') => match bytes.get(i + 1) {
            Some(b'0'..=b'9') => return Err(Fail::at(ErrorKind::InvalidNumber, i + 1)),
            _ => i + 1,
        },
        _ => digits_end(bytes, i)?,
    };
    if bytes.get(i) == Some(&b'.') {
        i = digits_end(bytes, i + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(i) {
        let sign = usize::from(matches!(bytes.get(i + 1), Some(b'+' | b'-')));
        i = digits_end(bytes, i + 1 + sign)?;
    }
    Ok(i)
}

/// The end of a run of at least one digit.
#[inline]
fn digits_end(bytes: &[u8], start: usize) -> Result<usize, Fail> {
    let mut i = start;
    while let Some(b'0'..=b'9') = bytes.get(i) {
        i += 1;
    }
    if i > start {
        return Ok(i);
    }
    let kind = if i < bytes.len() { ErrorKind::InvalidNumber } else { ErrorKind::UnexpectedEnd };
    Err(Fail::at(kind, i))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_end_where_json_says() {
        for (text, end) in
            [("0", 1), ("-0,", 2), ("12.50]", 5), ("1e400", 5), ("1E+07 ", 5), ("-1.5e-3}", 7), ("1x", 1)]
        {
            assert_eq!(number_end(text.as_bytes(), 0), Ok(end), "{text}");
        }
        for (text, kind, offset) in [
            ("01", ErrorKind::InvalidNumber, 1),
            ("-01", ErrorKind::InvalidNumber, 2),
            ("-", ErrorKind::UnexpectedEnd, 1),
            ("-I", ErrorKind::InvalidNumber, 1),
            ("1.", ErrorKind::UnexpectedEnd, 2),
            ("1.x", ErrorKind::InvalidNumber, 2),
            ("1e", ErrorKind::UnexpectedEnd, 2),
            ("1e+,", ErrorKind::InvalidNumber, 3),
        ] {
            let fail = Fail::at(kind, offset);
            assert_eq!(number_end(text.as_bytes(), 0), Err(fail), "{text}");
        }
    }
}

//! Changes inside a JSON string, made on its raw text so that every escape beside them stays as it was written.

use super::edits::{Edit, apply};

/// The raw content of a string (without its quotes) after edits of what it stands for.
pub(super) fn edited(raw: &str, edits: Vec<Edit>) -> String {
    let mut offsets: Vec<usize> = edits.iter().flat_map(|e| [e.start, e.end]).collect();
    offsets.sort_unstable();
    offsets.dedup();
    let raw_at = raw_offsets(raw, &offsets);
    let find = |offset: usize| offsets.binary_search(&offset).map_or(0, |i| raw_at[i]);
    let edits = edits.iter().map(|e| Edit::new(find(e.start), find(e.end), escaped(&e.new))).collect();
    apply(raw, edits)
}

/// Where in the raw text each of the sorted offsets of the decoded text stands.
fn raw_offsets(raw: &str, offsets: &[usize]) -> Vec<usize> {
    let bytes = raw.as_bytes();
    let (mut at, mut decoded) = (0, 0);
    let mut found = Vec::with_capacity(offsets.len());
    for offset in offsets {
        while decoded < *offset && at < bytes.len() {
            let (length, stands_for) = step(bytes, at);
            at += length;
            decoded += stands_for;
        }
        found.push(at);
    }
    found
}

/// How many raw bytes the next character or escape has, and how many bytes it stands for.
fn step(bytes: &[u8], at: usize) -> (usize, usize) {
    if bytes[at] != b'\\' {
        return (1, 1);
    }
    if bytes.get(at + 1) != Some(&b'u') {
        return (2, 1);
    }
    let unit = bytes
        .get(at + 2..at + 6)
        .and_then(|h| std::str::from_utf8(h).ok())
        .and_then(|h| u32::from_str_radix(h, 16).ok());
    match unit {
        Some(0..0x80) => (6, 1),
        Some(0x80..0x800) => (6, 2),
        Some(0xd800..0xe000) => (12, 4),
        _ => (6, 3),
    }
}

/// A text as the content of a JSON string.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_beside_a_change_stay() {
        let raw = r#"a\/b \u00e9\ud83d\ude00 Ada\n\"x\""#;
        let decoded = "a/b é😀 Ada\n\"x\"";
        let at = decoded.find("Ada").unwrap();
        let new = edited(raw, vec![Edit::new(at, at + 3, "\"N\"")]);
        assert_eq!(new, r#"a\/b \u00e9\ud83d\ude00 \"N\"\n\"x\""#);
    }
}

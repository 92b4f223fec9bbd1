//! One file can hold many documents: NDJSON with a Bundle on each line.

use crate::peek;
use clinical_pipeline::Label;
use std::ops::Range;

/// A document in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// The line it stands on, one-based, where the file holds a document a line.
    pub(super) line: Option<usize>,
    /// What it is said to be.
    pub(super) label: Label,
}

/// The documents of a file. NDJSON of plain resources is one record. As soon as one line is a Bundle, every line is a
/// document of its own: putting lines of different people together would be the worse mistake.
pub(super) fn split(bytes: &[u8], label: Label) -> Vec<Part> {
    let whole = |label| vec![Part { range: 0..bytes.len(), line: None, label }];
    let label = if label == Label::Unknown && looks_like_lines(bytes) { Label::NdJson } else { label };
    if label != Label::NdJson || !lines(bytes).any(|(_, range)| peek::is_bundle(&bytes[range])) {
        return whole(label);
    }
    lines(bytes).map(|(line, range)| Part { range, line: Some(line), label: Label::Json }).collect()
}

/// The lines that hold anything, with their numbers.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, Range<usize>)> {
    let mut start = 0;
    bytes
        .split(|byte| *byte == b'\n')
        .enumerate()
        .map(move |(index, line)| {
            let range = start..start + line.len();
            start = range.end + 1;
            (index + 1, range)
        })
        .filter(|(_, range)| bytes[range.clone()].iter().any(|byte| !byte.is_ascii_whitespace()))
}

/// Standard input has no name that says what it is: two lines that each begin and end an object are NDJSON.
fn looks_like_lines(bytes: &[u8]) -> bool {
    let mut objects = lines(bytes).take(2).map(|(_, range)| {
        let line = bytes[range].trim_ascii();
        line.starts_with(b"{\"") && line.ends_with(b"}")
    });
    objects.next() == Some(true) && objects.next() == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUNDLE: &str = r#"{"resourceType":"Bundle"}"#;
    const PATIENT: &str = r#"{"resourceType":"Patient"}"#;

    #[test]
    fn bundles_are_documents_and_resources_are_one_record() {
        let bundles = format!("{BUNDLE}\n\n{BUNDLE}\r\n{{\"resourceType\":\"Bundle\",");
        let parts = split(bundles.as_bytes(), Label::NdJson);
        assert_eq!(parts.iter().map(|p| p.line).collect::<Vec<_>>(), [Some(1), Some(3), Some(4)]);
        assert_eq!(&bundles[parts[1].range.clone()], format!("{BUNDLE}\r"));
        let resources = format!("{PATIENT}\n{PATIENT}\n");
        assert_eq!(split(resources.as_bytes(), Label::NdJson).len(), 1);
    }

    #[test]
    fn standard_input_is_looked_at() {
        let lines = format!("{BUNDLE}\n{BUNDLE}\n");
        assert_eq!(split(lines.as_bytes(), Label::Unknown).len(), 2);
        assert_eq!(split(lines.as_bytes(), Label::Json).len(), 1);
        let parts = split(b"{\n \"resourceType\": \"Bundle\"\n}\n", Label::Unknown);
        assert_eq!((parts.len(), parts[0].label), (1, Label::Unknown));
    }

    #[test]
    fn an_empty_file_is_one_document() {
        assert_eq!(split(b"", Label::NdJson).len(), 1);
    }
}

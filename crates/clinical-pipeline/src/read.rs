//! From bytes to a record: detect, parse, read.

use crate::{Error, Input, Label};
use clinical_intake::fhir;
use clinical_json::{Document, Limits};
use clinical_model::{Finding, FindingCode, Record, Severity, Source, Stop};

/// How deep JSON may nest. FHIR itself stays under forty.
const DEPTH: u32 = 200;

/// Bytes that a document may have for each node of its tree, at least. A record has about fifteen; what has fewer
/// than four is made to cost memory.
const BYTES_PER_NODE: usize = 4;

/// A parsed document and whether it is one resource a line.
pub(crate) struct Parsed<'a> {
    pub(crate) document: Document<'a>,
    pub(crate) lines: bool,
    /// The label said something else than the content.
    pub(crate) mislabelled: bool,
}

/// Decides by content what the document is, and parses it.
pub(crate) fn parse<'a>(input: &Input<'a>, stop: Stop<'_>) -> Result<Parsed<'a>, Error> {
    let bytes: &'a [u8] = input.bytes.expose();
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = body.iter().copied().find(|b| !b.is_ascii_whitespace());
    match first {
        None => return Err(Error::Empty),
        Some(b'{' | b'[') => {}
        // A JSON label is taken at its word, so that the error says where the JSON breaks.
        Some(_) if matches!(input.label, Label::Json | Label::NdJson) => {}
        Some(_) => return Err(Error::UnknownFormat),
    }
    let limits =
        Limits { max_depth: DEPTH, max_nodes: u32::try_from(bytes.len() / BYTES_PER_NODE + 1024).unwrap_or(u32::MAX) };
    let stopped = || stop.is_asked();
    let fault = |e: clinical_json::Error| match e.kind() {
        clinical_json::ErrorKind::Stopped => Error::Stopped,
        _ => Error::Intake(e.into()),
    };
    if input.label == Label::NdJson {
        let document = Document::parse_lines(bytes, limits, &stopped).map_err(fault)?;
        return Ok(Parsed { document, lines: true, mislabelled: false });
    }
    match Document::parse_with(bytes, limits, &stopped) {
        Ok(document) => {
            let mislabelled = !matches!(input.label, Label::Json | Label::Unknown);
            Ok(Parsed { document, lines: false, mislabelled })
        }
        // Whole resources, one a line, are NDJSON whatever the label says.
        Err(e) if e.kind() == clinical_json::ErrorKind::TrailingContent => {
            let document = Document::parse_lines(bytes, limits, &stopped).map_err(fault)?;
            let is_resource = |n: clinical_json::Node<'_, '_>| n.get("resourceType").is_some();
            let all = document.root().items().all(is_resource);
            if all { Ok(Parsed { document, lines: true, mislabelled: true }) } else { Err(fault(e)) }
        }
        Err(e) => Err(fault(e)),
    }
}

/// Reads the record of a parsed document.
pub(crate) fn record<'a>(parsed: &Parsed<'a>, stop: Stop<'_>) -> Result<(Record<'a>, Vec<Finding>), Error> {
    let (record, mut findings) = fhir::read(&parsed.document, parsed.lines, stop).map_err(|e| match e {
        clinical_intake::Error::Stopped => Error::Stopped,
        other => Error::Intake(other),
    })?;
    if parsed.mislabelled {
        let at = Source::new(0, 0);
        findings.push(Finding { severity: Severity::Information, code: FindingCode::WrongLabel, at });
    }
    Ok((record, findings))
}

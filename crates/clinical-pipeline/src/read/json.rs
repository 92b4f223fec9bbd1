//! JSON: one document, or one resource a line.

use crate::{Error, Input, Label};
use clinical_json::{Document, Limits};
use clinical_model::Stop;

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

/// Parses JSON; decides by content whether it is one document or one a line.
pub(crate) fn parse<'a>(input: &Input<'a>, stop: Stop<'_>) -> Result<Parsed<'a>, Error> {
    let bytes: &'a [u8] = input.bytes.expose();
    let limits = limits(bytes);
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

fn limits(bytes: &[u8]) -> Limits {
    Limits { max_depth: DEPTH, max_nodes: u32::try_from(bytes.len() / BYTES_PER_NODE + 1024).unwrap_or(u32::MAX) }
}

/// Whether the bytes are JSON, whole or line by line.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    let never = || false;
    Document::parse_with(bytes, limits(bytes), &never).is_ok()
        || Document::parse_lines(bytes, limits(bytes), &never)
            .is_ok_and(|d| d.root().items().all(|n| n.get("resourceType").is_some()))
}

//! What is attached: text is read like any other, anything else nobody can look inside of.

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use clinical_json::{Document, Limits};

use super::edits::apply;
use super::fault::Fault;
use super::markup::Projection;
use super::pen::{Accept, Desk, NESTED, Texts};
use super::people::People;
use super::{ccda, fhir};

/// What an attachment holds.
pub(super) enum Inside {
    Plain(String),
    Markup(String),
    Xml(String),
    Json(String),
}

const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The text of an attachment; `None` where it is no text.
pub(super) fn read(base64: &str, content_type: Option<&str>) -> Option<Inside> {
    let kind = content_type.unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let is_text = kind.starts_with("text/") && !kind.contains("rtf") || kind.is_empty();
    let is_xml = kind.ends_with("/xml") || kind.ends_with("+xml");
    let is_json = kind.ends_with("/json") || kind.ends_with("+json");
    if !(is_text || is_xml || is_json) {
        return None;
    }
    let text = decoded(base64)?;
    let first = text.trim_start_matches('\u{feff}').trim_start().chars().next();
    Some(match kind.as_str() {
        "text/html" | "application/xhtml+xml" => Inside::Markup(text),
        _ if is_xml || first == Some('<') && kind.is_empty() => Inside::Xml(text),
        _ if is_json => Inside::Json(text),
        _ => Inside::Plain(text),
    })
}

/// Base64 of a UTF-8 text without control characters.
fn decoded(base64: &str) -> Option<String> {
    let signs: Vec<u8> = base64.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    let text = String::from_utf8(FORGIVING.decode(signs).ok()?).ok()?;
    let is_text = !text.chars().any(|c| c.is_control() && !c.is_whitespace());
    (is_text && !text.trim().is_empty()).then_some(text)
}

/// Base64 as FHIR and C-CDA write it.
pub(super) fn encoded(text: &str) -> String {
    STANDARD.encode(text)
}

impl Inside {
    /// Gathers what a document within the document says of its people.
    pub(super) fn gather(&self, people: &mut People, depth: u8) {
        if depth >= NESTED {
            return;
        }
        match self {
            Self::Json(text) => {
                if let Ok(document) = parse(text) {
                    fhir::gather(&document, people, depth + 1);
                }
            }
            Self::Xml(text) => ccda::gather(text, people, depth + 1),
            _ => {}
        }
    }

    /// First reading of its texts.
    pub(super) fn read(&self, texts: &mut Texts<'_>, desk: &mut Desk<'_>) -> Result<(), Fault> {
        match self {
            Self::Plain(text) => texts.read(text, desk),
            Self::Markup(raw) => texts.read(&Projection::of_markup(raw).text, desk),
            Self::Xml(_) | Self::Json(_) => Ok(()),
        }
    }

    /// The text without identity. `None`: it cannot be read, and so cannot stay. `at` are the bytes of the attachment.
    pub(super) fn removed(
        &self,
        at: (usize, usize),
        people: &People,
        texts: &mut Texts<'_>,
        desk: &mut Desk<'_>,
    ) -> Result<Option<String>, Fault> {
        if desk.depth >= NESTED {
            return Ok(None);
        }
        let before = desk.removed.len();
        desk.depth += 1;
        let outcome = match self {
            Self::Plain(text) => texts.edits(text, at, Accept::All, desk).map(|edits| Some(apply(text, edits))),
            Self::Markup(raw) => {
                let projection = Projection::of_markup(raw);
                texts.edits(&projection.text, at, Accept::All, desk).map(|edits| {
                    let mut edits = projection.back(&edits);
                    edits.extend(projection.link_edits(raw, &mut desk.ids));
                    Some(apply(raw, edits))
                })
            }
            Self::Json(text) => match parse(text) {
                Ok(document) => fhir::inner(&document, people, desk).map(Some),
                Err(_) => Ok(None),
            },
            Self::Xml(text) => match ccda::inner(text, people, desk) {
                Err(Fault::Stopped) => Err(Fault::Stopped),
                Err(_) => Ok(None),
                Ok(text) => Ok(Some(text)),
            },
        };
        desk.depth -= 1;
        // Bytes of the document within say nothing about the one that holds it.
        for removed in &mut desk.removed[before..] {
            (removed.start, removed.end, removed.path) = (at.0, at.1, None);
        }
        outcome
    }
}

fn parse(text: &str) -> Result<Document<'_>, clinical_json::Error> {
    let limits = Limits { max_depth: 200, max_nodes: u32::try_from(text.len() / 2 + 1024).unwrap_or(u32::MAX) };
    Document::parse_with(text.as_bytes(), limits, &|| false)
}

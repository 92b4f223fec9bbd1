//! From bytes to a record: detect, parse, read; and from facts back to their places.

pub(crate) mod json;
mod places;
mod points;

use crate::{Error, Input, Label};
use clinical_intake::{ccda, fhir, note};
use clinical_lexicon::Lexicon;
use clinical_model::{Finding, FindingCode, Record, Severity, Shift, Source, Stop};
use clinical_xml::Safe;
pub(crate) use places::AnyPlaces;
pub(crate) use points::Points;

/// A document whose format was decided, ready to be parsed. It holds what the parsed form borrows from.
pub(crate) enum Prepared<'a> {
    Json(Input<'a>),
    /// With the length of what was left out before it: a byte order mark.
    Xml(Safe<'a>, usize),
    Note(&'a str),
}

/// A parsed document.
pub(crate) enum Parsed<'p> {
    Json(json::Parsed<'p>),
    Xml { document: clinical_xml::Document<'p>, shift: Shift, mislabelled: bool },
    Note { text: &'p str, mislabelled: bool },
}

/// Decides by content what the document is; the label helps where the content leaves it open.
pub(crate) fn prepare<'a>(input: &Input<'a>) -> Result<Prepared<'a>, Error> {
    let bytes: &'a [u8] = input.bytes.expose();
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = body.iter().copied().find(|b| !b.is_ascii_whitespace()).ok_or(Error::Empty)?;
    match (first, input.label) {
        // A note may begin with a bracket; what is called a note and is no JSON is one.
        (b'{' | b'[', Label::Text) if !json::is_json(bytes) => note_of(bytes),
        (b'{' | b'[', _) => Ok(Prepared::Json(*input)),
        // Nothing in JSON begins with "<", whatever the label says.
        (b'<', label) => match xml_of(bytes, body) {
            // A note may begin with "<", too; what has closing tags is markup.
            Err(Error::Xml { .. }) if label == Label::Text && !has_closing_tag(body) => note_of(bytes),
            other => other,
        },
        // A label is taken at its word, so that the error says where the JSON or the XML breaks.
        (_, Label::Json | Label::NdJson) => Ok(Prepared::Json(*input)),
        (_, Label::Xml) => xml_of(bytes, body),
        // A bare JSON value is no note: it is refused as JSON that is no record.
        (_, Label::Unknown) if json::is_json(bytes) => Ok(Prepared::Json(*input)),
        (_, Label::Text | Label::Unknown) => note_of(bytes),
    }
}

fn has_closing_tag(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|w| w == b"</")
}

fn utf8(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|e| Error::NotText { at: e.valid_up_to() })
}

/// The end of `bytes` as XML.
fn xml_of<'a>(bytes: &[u8], body: &'a [u8]) -> Result<Prepared<'a>, Error> {
    Safe::to_read(utf8(body)?).map(|safe| Prepared::Xml(safe, bytes.len() - body.len())).map_err(Error::from)
}

/// A text that a person wrote, its byte order mark included, so that places count as the sender counts: no control characters but those of lines, and no message of a machine.
fn note_of(bytes: &[u8]) -> Result<Prepared<'_>, Error> {
    // Other files (PDF, ZIP, Word) have bytes that no note has; what is left of them would be a page of nonsense.
    let strange = |b: &u8| *b < b' ' && !matches!(*b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    if bytes.iter().any(strange) || bytes.starts_with(b"%PDF-") || is_hl7_v2(bytes) {
        return Err(Error::UnknownFormat);
    }
    utf8(bytes).map(Prepared::Note)
}

fn is_hl7_v2(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    [&b"MSH|"[..], b"FHS|", b"BHS|"].iter().any(|head| text.starts_with(head))
}

impl Prepared<'_> {
    /// The text of a note.
    pub(crate) fn note(&self) -> Option<&str> {
        match self {
            Self::Note(text) => Some(text),
            Self::Json(_) | Self::Xml(..) => None,
        }
    }

    /// Parses the document.
    pub(crate) fn parse(&self, label: Label, stop: Stop<'_>) -> Result<Parsed<'_>, Error> {
        match self {
            Self::Json(input) => json::parse(input, stop).map(Parsed::Json),
            Self::Xml(safe, left_out) => {
                let document = safe.parse().map_err(Error::from)?;
                let shift = safe.shift(*left_out);
                Ok(Parsed::Xml { document, shift, mislabelled: !matches!(label, Label::Xml | Label::Unknown) })
            }
            Self::Note(text) => Ok(Parsed::Note { text, mislabelled: false }),
        }
    }
}

impl<'p> Parsed<'p> {
    /// Reads the record.
    pub(crate) fn record(&self, lexicon: &Lexicon, stop: Stop<'_>) -> Result<(Record<'p>, Vec<Finding>), Error> {
        let (read, mislabelled) = match self {
            Self::Json(parsed) => (fhir::read(&parsed.document, parsed.lines, stop), parsed.mislabelled),
            Self::Xml { document, mislabelled, .. } => (ccda::read(document, stop), *mislabelled),
            Self::Note { text, mislabelled } => (note::read(text, lexicon, stop), *mislabelled),
        };
        let (mut record, mut findings) = read.map_err(|e| match e {
            clinical_intake::Error::Stopped => Error::Stopped,
            other => Error::Intake(other),
        })?;
        if let Self::Xml { shift, .. } = self {
            record.shift = *shift;
        }
        if mislabelled {
            let at = Source::new(0, 0);
            findings.push(Finding { severity: Severity::Information, code: FindingCode::WrongLabel, at });
        }
        Ok((record, findings))
    }

    /// Whether it is a tree of XML.
    pub(crate) const fn is_xml(&self) -> bool {
        matches!(self, Self::Xml { .. })
    }

    /// The places of its facts.
    pub(crate) fn places(&self) -> AnyPlaces<'_, 'p> {
        match self {
            Self::Json(parsed) => AnyPlaces::Json(fhir::JsonPlaces::new(&parsed.document, parsed.lines)),
            Self::Xml { document, .. } => AnyPlaces::Xml(Box::new(ccda::places(document))),
            Self::Note { text, .. } => AnyPlaces::Note { text, points: Points::of(text) },
        }
    }
}

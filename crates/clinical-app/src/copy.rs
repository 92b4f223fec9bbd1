//! The JSON around a de-identified document: what was removed, by kind, place and reason, and never its value.

use crate::removal::Copied;
use crate::request_id::RequestId;
use clinical_pipeline::{Kind, Place, Removed};
use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Serialize, Serializer};
use std::io::{self, Write};

/// What was removed, as a list.
struct List<'a>(&'a [Removed]);

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for removed in self.0 {
            list.serialize_element(&Item::of(removed))?;
        }
        list.end()
    }
}

/// One of them: a path for FHIR and C-CDA, code points for a note.
#[derive(Serialize)]
struct Item<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    kind: &'static str,
    reason: &'static str,
}

impl<'a> Item<'a> {
    fn of(removed: &'a Removed) -> Self {
        let (path, start, end) = match &removed.place {
            Place::Path(path) => (Some(path.as_str()), None, None),
            Place::Span(start, end) => (None, Some(*start), Some(*end)),
        };
        Self { path, start, end, kind: removed.kind.as_str(), reason: removed.reason.as_str() }
    }
}

/// How many of each kind, as an object in the order of the rule.
struct Counts<'a>(&'a [(Kind, usize)]);

impl Serialize for Counts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (kind, count) in self.0 {
            map.serialize_entry(kind.as_str(), count)?;
        }
        map.end()
    }
}

/// `processing_metadata`: which request, when, by which edition.
#[derive(Serialize)]
struct Metadata<'a> {
    request_id: String,
    processed_at: &'a str,
    processing_time_seconds: f64,
    api_version: &'static str,
    processor_version: &'static str,
    performance_metrics: Performance,
}

/// What was measured.
#[derive(Serialize)]
struct Performance {
    input_bytes: usize,
}

/// Writes `{"document":…,"format":…,"policy":…,"removed":[…],"counts":{…},"processing_metadata":{…}}`.
///
/// # Errors
/// As the writer.
pub fn write_reply(out: &mut impl Write, done: &Copied, id: RequestId) -> io::Result<()> {
    out.write_all(b"{\"document\":")?;
    write_document(out, done)?;
    write_removed(out, done)?;
    out.write_all(b",\"processing_metadata\":")?;
    let metadata = Metadata {
        request_id: id.to_string(),
        processed_at: &done.at,
        processing_time_seconds: (done.took.as_secs_f64() * 1e6).round() / 1e6,
        api_version: "v1",
        processor_version: env!("CARGO_PKG_VERSION"),
        performance_metrics: Performance { input_bytes: done.input_bytes },
    };
    serde_json::to_writer(&mut *out, &metadata)?;
    out.write_all(b"}")
}

/// Writes the line for machines; as a report it is without the document.
///
/// # Errors
/// As the writer.
pub fn write_line(out: &mut impl Write, file: &str, done: &Copied, with_document: bool) -> io::Result<()> {
    out.write_all(b"{\"file\":")?;
    serde_json::to_writer(&mut *out, file)?;
    out.write_all(b",\"ok\":true")?;
    if with_document {
        out.write_all(b",\"document\":")?;
        write_document(out, done)?;
    }
    write_removed(out, done)?;
    out.write_all(b"}\n")
}

/// A FHIR document is JSON already: its bytes stand as they are, on one line. All others are a text.
fn write_document(out: &mut impl Write, done: &Copied) -> io::Result<()> {
    let bytes = done.copy.bytes.expose();
    if done.copy.format == "fhir-json" {
        // A line break in JSON can only be blank space between values; the mark of UTF-8 may stand first alone.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        return bytes.split(|byte| matches!(byte, b'\n' | b'\r')).try_for_each(|part| out.write_all(part));
    }
    // The pipeline reads nothing but UTF-8.
    let text = std::str::from_utf8(bytes).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
    Ok(serde_json::to_writer(out, text)?)
}

fn write_removed(out: &mut impl Write, done: &Copied) -> io::Result<()> {
    let policy = done.policy.as_str();
    write!(out, ",\"format\":\"{}\",\"policy\":\"{policy}\",\"removed\":", done.copy.format)?;
    serde_json::to_writer(&mut *out, &List(&done.copy.removed))?;
    out.write_all(b",\"counts\":")?;
    Ok(serde_json::to_writer(out, &Counts(&done.copy.counts))?)
}

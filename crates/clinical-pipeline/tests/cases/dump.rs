//! The record as intake read it, entry by entry, and the books of the sheet.

use crate::case_file::Case;
use crate::dump_lines::Lines;
use crate::table;
use clinical_intake::ccda;
use clinical_intake::fhir::{self, JsonPlaces};
use clinical_intake::note;
use clinical_json::{Document, Limits};
use clinical_model::{EntryState, Finding, Place, Places, Record, Source, Stop};
use clinical_pipeline::{Label, Lexicon};
use clinical_summary::Fate;

/// Parses the bytes of a case as the pipeline does, which has accepted them already.
pub(crate) fn parse(bytes: &[u8], label: Label) -> (Document<'_>, bool) {
    let limits = Limits { max_depth: 200, max_nodes: u32::MAX };
    match Document::parse_with(bytes, limits, &|| false) {
        Ok(document) if label != Label::NdJson => (document, false),
        _ => (Document::parse_lines(bytes, limits, &|| false).unwrap(), true),
    }
}

/// The `record` and the `accounting` of a case.
pub(crate) fn of(case: &Case, bytes: &[u8], lexicon: &Lexicon) -> (String, String) {
    match case.label() {
        Label::Xml => {
            let safe = clinical_xml::Safe::of(std::str::from_utf8(bytes).unwrap()).unwrap();
            let document = safe.parse().unwrap();
            let (record, findings) = ccda::read(&document, Stop::never()).unwrap();
            let places = ccda::places(&document);
            said(case, &record, &findings, lexicon, &|source| match places.place(source) {
                Place::Path(path) => path,
                Place::Span(start, end) => format!("{start}-{end}"),
            })
        }
        Label::Text => {
            let text = std::str::from_utf8(bytes).unwrap();
            let (record, findings) = note::read(text, lexicon, Stop::never()).unwrap();
            let points = |byte: usize| text[..byte].chars().count();
            let place = |s: Source| format!("{}-{}", points(s.start()), points(s.end()));
            said(case, &record, &findings, lexicon, &place)
        }
        Label::Json | Label::NdJson | Label::Unknown => {
            let (document, lines) = parse(bytes, case.label());
            let (record, findings) = fhir::read(&document, lines, Stop::never()).unwrap();
            let places = JsonPlaces::new(&document, lines);
            said(case, &record, &findings, lexicon, &|source| match places.place(source) {
                Place::Path(path) => path,
                Place::Span(start, end) => format!("{start}-{end}"),
            })
        }
    }
}

fn said(
    case: &Case,
    record: &Record<'_>,
    findings: &[Finding],
    lexicon: &Lexicon,
    path: &dyn Fn(Source) -> String,
) -> (String, String) {
    let mut out = Vec::new();
    let said = Lines::of(record, path);
    for (index, entry) in record.entries.iter().enumerate() {
        let state = match entry.state {
            EntryState::Read => String::new(),
            EntryState::Superseded => " (an older version or a copy)".to_owned(),
            EntryState::Deleted => " (removed from the record)".to_owned(),
            EntryState::Parted => " (its parts stand alone)".to_owned(),
            EntryState::AboutOther => " (about somebody or something else)".to_owned(),
            EntryState::OtherKind => " (no place on the sheet)".to_owned(),
            EntryState::Unreadable(reason) => format!(" (unreadable: {reason:?})"),
        };
        let at = path(entry.source);
        out.push(format!("{at} {}{state}", entry.kind));
        for line in said.entry(index) {
            // Inside its own entry a fact's place is said from there.
            out.push(format!("  {}", line.replace(&format!("@{at}."), "@").replace(&format!("@{at}/"), "@")));
        }
    }
    let sheet = clinical_summary::compose(record, case.now(), lexicon);
    let rows: Vec<(String, String, String)> = sheet
        .accounting
        .rows
        .iter()
        .map(|(kind, source, fate)| {
            let fate = match fate {
                Fate::Shown => "shown".to_owned(),
                Fate::HeldBack(reason) => format!("held back, {}", reason.as_str()),
                Fate::Unreadable(reason) => format!("unreadable, {reason:?}"),
            };
            (kind.to_string(), path(*source), fate)
        })
        .collect();
    let mut accounting = table::grouped(&rows);
    for finding in findings {
        accounting.push_str(&format!("noticed {} at {}\n", finding.code.as_str(), path(finding.at)));
    }
    (table::cut(&out), accounting)
}

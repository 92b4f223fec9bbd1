//! From a document to a checked page.

use crate::read::{self, AnyPlaces};
use crate::{Counts, Error, Input, Lexicon, Notice, Options, Outcome, Page, check};
use clinical_lexicon::Reading;
use clinical_model::{Finding, Phi, Place, Places, Severity};
use clinical_summary::{Block, GateError, JsonOptions, PageKind, Sheet};

/// Bytes from which a document is rather parsed twice than kept.
const LARGE: usize = 8 << 20;

/// The code of a JSON page that failed its check.
const POINTERS: &str = "pointer-or-fact-wrong";

/// Every code that [`Error::Gate`] can have.
pub const GATE_CODES: &[&str] = &{
    let mut codes = [POINTERS; GateError::ALL.len() + 1];
    let mut i = 0;
    while i < GateError::ALL.len() {
        codes[i] = GateError::ALL[i].code();
        i += 1;
    }
    codes
};

/// From a document to a checked page: detect, read, compose, render, gate.
///
/// # Errors
/// See [`Error`]. There is a page, or there is an error; never a page that failed its check.
pub fn summarize(input: &Input<'_>, options: &Options<'_>, lexicon: &Lexicon) -> Result<Outcome, Error> {
    let prepared = read::prepare(input)?;
    let parsed = prepared.parse(input.label, options.stop)?;
    let (record, findings) = parsed.record(lexicon, options.stop)?;
    let notices = if findings.is_empty() { Vec::new() } else { notices(&findings, &parsed.places()) };
    // What has done its work goes at once, so that a record of a hundred megabytes does not stand in memory three
    // times over. Only the JSON page needs the document again, for its paths; a large one is then parsed anew.
    let is_needed = options.page == Page::Json && input.bytes.expose().len() < LARGE;
    let parsed = Some(parsed).filter(|_| is_needed);
    let format = record.format.as_str();
    let sheet = clinical_summary::compose(&record, options.now, lexicon);
    drop(record);
    if options.stop.is_asked() {
        return Err(Error::Stopped);
    }
    let blocks = clinical_summary::outline(&sheet, lexicon);
    let reading = clinical_summary::readability(&blocks);
    let nothing_to_show = clinical_summary::is_nothing(&sheet);
    let (entries, shown, held_back, unreadable) = sheet.accounting.counts();
    let page = match (options.page, parsed) {
        (Page::Json, parsed) => {
            drop(blocks);
            let parsed = parsed.map_or_else(|| prepared.parse(input.label, options.stop), Ok)?;
            let places = parsed.places();
            let page = render_json(&sheet, lexicon, &places, &notices, reading);
            drop(sheet);
            checked_json(&page, &places)?;
            page
        }
        (Page::Html, _) => {
            drop(blocks);
            let page = clinical_summary::html(&sheet, lexicon, reading, options.large_print);
            gate(page, PageKind::Html, &[], &sheet, lexicon, reading)?
        }
        (Page::Text, _) => gate(clinical_summary::text(&blocks), PageKind::Text, &blocks, &sheet, lexicon, reading)?,
        (Page::Markdown, _) => {
            gate(clinical_summary::markdown(&blocks), PageKind::Markdown, &blocks, &sheet, lexicon, reading)?
        }
    };
    Ok(Outcome {
        page: Phi::new(page),
        format,
        nothing_to_show,
        counts: Counts { entries, shown, held_back, unreadable },
        notices,
        reading,
        narrated: None,
        lexicon_version: lexicon.version().to_owned(),
    })
}

fn gate(
    page: String,
    kind: PageKind,
    blocks: &[Block<'_>],
    sheet: &Sheet<'_>,
    lexicon: &Lexicon,
    reading: Reading,
) -> Result<String, Error> {
    match clinical_summary::gate(&page, kind, blocks, sheet, lexicon, reading) {
        Ok(()) => Ok(page),
        Err(e) => Err(Error::Gate { code: e.code() }),
    }
}

/// The JSON page is checked by reading it back and following every pointer in it into the document.
pub(crate) fn checked_json(page: &str, places: &AnyPlaces<'_, '_>) -> Result<(), Error> {
    match check::pointers(page, places, &|_| true) {
        Ok(faults) if faults.is_empty() => Ok(()),
        _ => Err(Error::Gate { code: POINTERS }),
    }
}

pub(crate) fn render_json(
    sheet: &Sheet<'_>,
    lexicon: &Lexicon,
    places: &dyn Places,
    notices: &[Notice],
    reading: Reading,
) -> String {
    let warnings: Vec<(&'static str, String)> =
        notices.iter().filter(|n| n.severity >= Severity::Warning).map(|n| (n.code, n.at.clone())).collect();
    let options = JsonOptions { places, language: "en", reading, warnings: &warnings };
    clinical_summary::json(sheet, lexicon, &options)
}

pub(crate) fn notices(findings: &[Finding], places: &AnyPlaces<'_, '_>) -> Vec<Notice> {
    let at = |f: &Finding| match places.told(f.at) {
        Place::Path(path) => path,
        Place::Span(start, end) => format!("{start}-{end}"),
    };
    findings.iter().map(|f| Notice { severity: f.severity, code: f.code.as_str(), at: at(f) }).collect()
}

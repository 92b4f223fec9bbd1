//! From a document to a checked page.

use crate::read::{self, Parsed};
use crate::{Counts, Error, Input, Lexicon, Notice, Options, Outcome, Page, check};
use clinical_intake::fhir::JsonPlaces;
use clinical_lexicon::Reading;
use clinical_model::{Finding, Phi, Place, Places, Record, Severity};
use clinical_summary::{Block, JsonOptions, PageKind, Sheet};

/// From a document to a checked page: detect, read, compose, render, gate.
///
/// # Errors
/// See [`Error`]. There is a page, or there is an error; never a page that failed its check.
pub fn summarize(input: &Input<'_>, options: &Options<'_>, lexicon: &Lexicon) -> Result<Outcome, Error> {
    let parsed = read::parse(input, options.stop)?;
    let (record, findings) = read::record(&parsed, options.stop)?;
    let places = JsonPlaces::new(&parsed.document, parsed.lines);
    let sheet = clinical_summary::compose(&record, options.now, lexicon);
    if options.stop.is_asked() {
        return Err(Error::Stopped);
    }
    let notices = notices(&findings, &places);
    let blocks = clinical_summary::outline(&sheet, lexicon);
    let reading = clinical_summary::readability(&blocks);
    let page = match options.page {
        Page::Json => json(&parsed, &sheet, lexicon, &places, &notices, reading)?,
        Page::Html => {
            let page = clinical_summary::html(&sheet, lexicon, reading, options.large_print);
            gate(page, PageKind::Html, &blocks, &sheet, lexicon, reading)?
        }
        Page::Text => gate(clinical_summary::text(&blocks), PageKind::Text, &blocks, &sheet, lexicon, reading)?,
        Page::Markdown => gate(clinical_summary::markdown(&blocks), PageKind::Markdown, &blocks, &sheet, lexicon, reading)?,
    };
    Ok(outcome(page, &record, &sheet, notices, reading, lexicon))
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
fn json(
    parsed: &Parsed<'_>,
    sheet: &Sheet<'_>,
    lexicon: &Lexicon,
    places: &JsonPlaces<'_, '_>,
    notices: &[Notice],
    reading: Reading,
) -> Result<String, Error> {
    let page = render_json(sheet, lexicon, places, notices, reading);
    match check::pointers(&page, places, parsed) {
        Ok(faults) if faults.is_empty() => Ok(page),
        _ => Err(Error::Gate { code: "pointer-or-fact-wrong" }),
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

pub(crate) fn notices(findings: &[Finding], places: &dyn Places) -> Vec<Notice> {
    let at = |f: &Finding| match places.place(f.at) {
        Place::Path(path) => path,
        Place::Span(start, end) => format!("{start}-{end}"),
    };
    findings.iter().map(|f| Notice { severity: f.severity, code: f.code.as_str(), at: at(f) }).collect()
}

fn outcome(
    page: String,
    record: &Record<'_>,
    sheet: &Sheet<'_>,
    notices: Vec<Notice>,
    reading: Reading,
    lexicon: &Lexicon,
) -> Outcome {
    let (entries, shown, held_back, unreadable) = sheet.accounting.counts();
    Outcome {
        page: Phi::new(page),
        format: record.format.as_str(),
        nothing_to_show: clinical_summary::is_nothing(sheet),
        counts: Counts { entries, shown, held_back, unreadable },
        notices,
        reading,
        lexicon_version: lexicon.version().to_owned(),
    }
}

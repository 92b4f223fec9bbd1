//! From a document to a checked page.

use crate::narrate::Room;
use crate::read::{self, AnyPlaces, Parsed, Prepared};
use crate::{Counts, Error, Input, Label, Lexicon, NarratedCounts, Notice, Options, Outcome, Page, check, narrate};
use clinical_lexicon::Reading;
use clinical_model::{Finding, Phi, Place, Places, Severity};
use clinical_summary::{Block, GateError, JsonOptions, PageKind, Sheet};
use std::borrow::Borrow;

/// Bytes from which JSON is rather parsed twice than kept.
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
/// What a language model answered ([`Options::narrated`]) is added to the finished sheet. Where the page with it does not
/// pass its check, or anything else of it fails, the page is the one without it.
///
/// # Errors
/// See [`Error`]. There is a page, or there is an error; never a page that failed its check.
pub fn summarize(input: &Input<'_>, options: &Options<'_>, lexicon: &Lexicon) -> Result<Outcome, Error> {
    let prepared = read::prepare(input)?;
    let parsed = prepared.parse(input.label, options.stop)?;
    let (record, findings) = parsed.record(lexicon, options.stop)?;
    let known = options.narrated.and_then(|_| narrate::known(input, &parsed, options.stop));
    // What has done its work goes at once, so that a record of a hundred megabytes does not stand in memory three
    // times over. Only the JSON page needs the document again, for its paths; large JSON is then parsed anew. A tree of
    // XML is kept: it stands beside the record once in any case, and a second one would cost as much again.
    let is_needed = options.page == Page::Json && (input.bytes.expose().len() < LARGE || parsed.is_xml());
    let early = if is_needed || findings.is_empty() { Vec::new() } else { notices(&findings, &parsed.places()) };
    let parsed = Some(parsed).filter(|_| is_needed);
    // The findings and the page ask for places in one document: what the first learned of it, the second knows.
    let places = parsed.as_ref().map(Parsed::places);
    let notices = places.as_ref().filter(|_| !findings.is_empty()).map_or(early, |places| notices(&findings, places));
    let format = record.format.as_str();
    let mut sheet = clinical_summary::compose_last(record, options.now, lexicon);
    if options.stop.is_asked() {
        return Err(Error::Stopped);
    }
    let nothing_to_show = clinical_summary::is_nothing(&sheet);
    let (entries, shown, held_back, unreadable) = sheet.accounting.counts();
    let press = Press { prepared: &prepared, label: input.label, options, lexicon, notices: &notices };
    let mut narrated = options.narrated.map(|told| {
        let known = known.as_ref();
        let room = known.and_then(|known| Room::of(&sheet, prepared.note(), known, lexicon, options.stop));
        room.map_or_else(NarratedCounts::default, |room| {
            let verdicts = room.verdicts(told.replies, lexicon);
            narrate::put(&mut sheet, room.sentences(), verdicts, &told)
        })
    });
    let made = press.narrated(&mut sheet, places.as_ref(), narrated.as_mut());
    let (page, reading) = match made {
        Some(made) => made,
        None => press.page(sheet, places.as_ref())?,
    };
    Ok(Outcome {
        page: Phi::new(page),
        format,
        nothing_to_show,
        counts: Counts { entries, shown, held_back, unreadable },
        notices,
        reading,
        narrated,
        lexicon_version: lexicon.version().to_owned(),
    })
}

/// Makes pages of a sheet, and checks them.
pub(crate) struct Press<'p> {
    pub(crate) prepared: &'p Prepared<'p>,
    pub(crate) label: Label,
    pub(crate) options: &'p Options<'p>,
    pub(crate) lexicon: &'p Lexicon,
    pub(crate) notices: &'p [Notice],
}

impl Press<'_> {
    /// The page of a sheet with rewordings; where it does not pass, they are taken off the sheet again.
    pub(crate) fn narrated(
        &self,
        sheet: &mut Sheet<'_>,
        places: Option<&AnyPlaces<'_, '_>>,
        counts: Option<&mut NarratedCounts>,
    ) -> Option<(String, Reading)> {
        sheet.narration.as_ref()?;
        let made = self.page(&*sheet, places).and_then(|(page, reading)| {
            if self.options.page == Page::Json {
                check::rewordings(&page, sheet, self.lexicon).map_err(|e| Error::Gate { code: e.code() })?;
            }
            Ok((page, reading))
        });
        if let (Err(_), Some(counts)) = (&made, counts) {
            narrate::take_back(sheet, counts);
        }
        made.ok()
    }

    /// The page. Whoever gives the sheet away lets go of it as soon as it has done its work.
    pub(crate) fn page<'a>(
        &self,
        sheet: impl Borrow<Sheet<'a>>,
        places: Option<&AnyPlaces<'_, '_>>,
    ) -> Result<(String, Reading), Error> {
        let (of, lexicon) = (sheet.borrow(), self.lexicon);
        let (kind, write): (PageKind, fn(&[Block<'_>]) -> String) = match self.options.page {
            Page::Json => {
                let reading = clinical_summary::reading(of, lexicon);
                return self.json(sheet, places, reading).map(|page| (page, reading));
            }
            Page::Html => {
                let reading = clinical_summary::reading(of, lexicon);
                let page = clinical_summary::html(of, lexicon, reading, self.options.large_print);
                return Ok((gate(page, PageKind::Html, &[], of, lexicon, reading)?, reading));
            }
            Page::Text => (PageKind::Text, clinical_summary::text),
            Page::Markdown => (PageKind::Markdown, clinical_summary::markdown),
        };
        let blocks = clinical_summary::outline(of, lexicon);
        let reading = clinical_summary::readability(&blocks);
        Ok((gate(write(&blocks), kind, &blocks, of, lexicon, reading)?, reading))
    }

    fn json<'a>(
        &self,
        sheet: impl Borrow<Sheet<'a>>,
        places: Option<&AnyPlaces<'_, '_>>,
        reading: Reading,
    ) -> Result<String, Error> {
        match places {
            Some(places) => self.json_at(sheet, places, reading),
            None => self.json_at(sheet, &self.prepared.parse(self.label, self.options.stop)?.places(), reading),
        }
    }

    fn json_at<'a>(
        &self,
        sheet: impl Borrow<Sheet<'a>>,
        places: &AnyPlaces<'_, '_>,
        reading: Reading,
    ) -> Result<String, Error> {
        let page = render_json(sheet.borrow(), self.lexicon, places, self.notices, reading);
        drop(sheet);
        checked_json(&page, places)?;
        Ok(page)
    }
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
    let warnings: Vec<(&'static str, &str)> =
        notices.iter().filter(|n| n.severity >= Severity::Warning).map(|n| (n.code, n.at.as_str())).collect();
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

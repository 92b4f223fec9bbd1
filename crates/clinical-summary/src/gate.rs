//! The last check, on the finished page.
//!
//! It reads the page as a reader would (tags gone, escapes resolved) and not the structures that made it, and asks:
//! does every fact on the page say what the record says at the place it points to? Does every list hold what belongs
//! in it, all of it, in its order, and nothing else? Does every number in words of ours come from words of ours? Are
//! the fixed lines there? If any answer is no, there is no page.
//!
//! HTML marks its facts, so they are read from the page itself. Plain text and Markdown cannot mark them: such a page
//! must say, word for word, what the outline says, and the outline is then held against the sheet in the same way.

mod extract;
mod html;
mod lists;
mod numbers;
mod plain;
mod reading;
mod words;

pub use extract::gate_extract;

use crate::page::{Block, disclaimers};
use crate::piece::{Fact, View, show};
use crate::sheet::Sheet;
use clinical_lexicon::{Lexicon, Message, Reading};
use clinical_model::Source;
use reading::Token;
use words::{folded, same};

/// The kinds of page that are read as text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PageKind {
    /// HTML.
    Html,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

/// What the check found. It names the check and never the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GateError {
    /// A fact on the page differs from the record, or the record has no such fact.
    #[error("a fact on the finished page is not what the record says")]
    FactAltered,
    /// A critical fact is not on the page, or not where it belongs.
    #[error("a fact is missing on the finished page")]
    FactMissing,
    /// A list holds something else than it should, or in another order.
    #[error("a list on the finished page does not hold what belongs in it")]
    ListAltered,
    /// A number on the page is neither the record's nor ours.
    #[error("a number on the finished page is not in the record")]
    NumberNotInRecord,
    /// A medicine that must not be taken stands among those to take.
    #[error("a medicine that is not to be taken stands among those to take")]
    StoppedAmongTaken,
    /// A problem that is past or not sure stands among the present ones.
    #[error("a problem that is past or not sure stands among the present ones")]
    PastAmongPresent,
    /// A disclaimer or the emergency line is missing.
    #[error("a fixed line is missing on the finished page")]
    FixedLineMissing,
    /// The page has markup that no page of ours has.
    #[error("the finished page has markup that is not ours")]
    ForeignMarkup,
    /// The page says something else than was composed.
    #[error("the finished page does not say what was composed")]
    WordsAltered,
    /// Words by a language model stand on the page, and its start does not say so; or it says so of none.
    #[error("the finished page does not say at its start that a program wrote words of it")]
    DisclosureMissing,
    /// A rewording is not the one that was checked, or not beside its sentence, or has no mark.
    #[error("a rewording on the finished page is not the one that was checked")]
    RewordingAltered,
    /// The accounting does not add up.
    #[error("the accounting of entries does not add up")]
    Unbalanced,
}

impl GateError {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::FactAltered,
        Self::FactMissing,
        Self::ListAltered,
        Self::NumberNotInRecord,
        Self::StoppedAmongTaken,
        Self::PastAmongPresent,
        Self::FixedLineMissing,
        Self::ForeignMarkup,
        Self::WordsAltered,
        Self::DisclosureMissing,
        Self::RewordingAltered,
        Self::Unbalanced,
    ];

    /// A stable name for machines.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::FactAltered => "fact-altered",
            Self::FactMissing => "fact-missing",
            Self::ListAltered => "list-altered",
            Self::NumberNotInRecord => "number-not-in-record",
            Self::StoppedAmongTaken => "stopped-among-taken",
            Self::PastAmongPresent => "past-among-present",
            Self::FixedLineMissing => "fixed-line-missing",
            Self::ForeignMarkup => "foreign-markup",
            Self::WordsAltered => "words-altered",
            Self::DisclosureMissing => "disclosure-missing",
            Self::RewordingAltered => "rewording-altered",
            Self::Unbalanced => "unbalanced",
        }
    }
}

/// Checks a finished page against the sheet it should show. `blocks` is the outline of that sheet.
///
/// # Errors
/// The first check that fails.
pub fn gate(
    page: &str,
    kind: PageKind,
    blocks: &[Block<'_>],
    sheet: &Sheet<'_>,
    lexicon: &Lexicon,
    reading: Reading,
) -> Result<(), GateError> {
    let (entries, shown, held, unreadable) = sheet.accounting.counts();
    if entries != shown + held + unreadable {
        return Err(GateError::Unbalanced);
    }
    let tokens = match kind {
        PageKind::Html => html::html(page, sheet.shift).ok_or(GateError::ForeignMarkup)?,
        PageKind::Text if reading::text_says(page, blocks) => reading::outline(blocks),
        PageKind::Markdown if reading::markdown_says(page, blocks) => reading::outline(blocks),
        PageKind::Text | PageKind::Markdown => return Err(GateError::WordsAltered),
    };
    // What is left is held against the sheet as if nobody had reworded anything: the record's words are all there.
    let tokens = plain::take_out(tokens, sheet, lexicon)?;
    every_fact(&tokens, sheet)?;
    lists::check(&tokens, sheet, lexicon)?;
    numbers::check(&tokens, sheet, lexicon, reading)?;
    fixed_lines(&tokens, sheet, lexicon)
}

/// Every fact on the page says what the record says where it points to; the facts that stand in no list are there.
fn every_fact(tokens: &[Token<'_>], sheet: &Sheet<'_>) -> Result<(), GateError> {
    let known = Known::of(sheet);
    let mut seen: Vec<Source> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let Token::Fact(source, said) = token else { continue };
        if !known.at(*source).iter().any(|(_, _, fact)| says(fact, said)) {
            return Err(GateError::FactAltered);
        }
        seen.push(*source);
    }
    seen.sort_unstable();
    let is_there = |fact: &Fact<'_>| seen.binary_search(&fact.source()).is_ok();
    // A date of birth belongs to a name; without one nothing is said of the person.
    let who =
        sheet.name.iter().chain(sheet.birth_date.iter().filter(|_| !sheet.name.is_empty())).chain(&sheet.deceased);
    let visit = sheet.visit.iter().flat_map(|v| v.kind.iter().chain(&v.start).chain(&v.end).chain(&v.place));
    let whole = who.chain(visit).chain(sheet.visit.iter().flat_map(|v| v.providers.iter().flatten()));
    if !whole.into_iter().all(is_there) {
        return Err(GateError::FactMissing);
    }
    // One date may stand for all rows of a list that have the same.
    let rows = sheet.results.iter().chain(&sheet.vitals).filter_map(|row| row.date.as_ref());
    let mut others: Vec<&Fact<'_>> = rows.filter(|date| !is_there(date)).collect();
    others.dedup_by(|a, b| a.view == b.view && a.of.text() == b.of.text());
    if others.is_empty() {
        return Ok(());
    }
    let mut missing: Vec<(String, bool)> =
        others.iter().map(|date| (folded(&date.shown()).into_owned(), true)).collect();
    missing.sort_unstable();
    missing.dedup();
    for token in tokens {
        let Token::Fact(_, said) = token else { continue };
        let said = folded(said);
        if let Ok(at) = missing.binary_search_by(|(date, _)| date.as_str().cmp(&said)) {
            missing.get_mut(at).into_iter().for_each(|(_, is_missing)| *is_missing = false);
        }
    }
    if missing.iter().any(|(_, is_missing)| *is_missing) { Err(GateError::FactMissing) } else { Ok(()) }
}

/// The facts of a sheet by their places. A fact that many lines share (the name of a medicine that many orders refer
/// to) is kept once for each view.
struct Known<'s, 'a>(Vec<(Source, View, &'s Fact<'a>)>);

impl<'s, 'a> Known<'s, 'a> {
    fn of(sheet: &'s Sheet<'a>) -> Self {
        let mut facts: Vec<(Source, View, &'s Fact<'a>)> = Vec::with_capacity(256);
        sheet.facts(&mut |fact| facts.push((fact.source(), fact.view, fact)));
        sheet.times_of_day(&mut |fact| facts.push((fact.source(), fact.view, fact)));
        facts.sort_by_key(|(source, view, _)| (*source, *view));
        facts.dedup_by_key(|(source, view, _)| (*source, *view));
        Self(facts)
    }

    fn at(&self, source: Source) -> &[(Source, View, &'s Fact<'a>)] {
        let begin = self.0.partition_point(|(at, ..)| *at < source);
        let rest = self.0.get(begin..).unwrap_or_default();
        let count = rest.iter().take_while(|(at, ..)| *at == source).count();
        rest.get(..count).unwrap_or_default()
    }
}

/// Whether a page says a fact: in its own view, or as the date or the clock time of the same instant.
fn says(fact: &Fact<'_>, said: &str) -> bool {
    let is_said = |view| same(said, &show(view, fact.of.text()));
    is_said(fact.view) || is_said(View::Date) || is_said(View::Clock)
}

/// The lines that every page must have.
fn fixed_lines(tokens: &[Token<'_>], sheet: &Sheet<'_>, lexicon: &Lexicon) -> Result<(), GateError> {
    let [copied, advice, written, _] = disclaimers(sheet);
    for message in [Message::HelpEmergency, copied, advice, written] {
        let line = lexicon.phrase(message).words();
        let is_it = |t: &Token<'_>| matches!(t, Token::Words(said) if same(said, &line));
        if !tokens.iter().rev().any(is_it) {
            return Err(GateError::FixedLineMissing);
        }
    }
    Ok(())
}

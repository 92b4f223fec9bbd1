//! What every selector needs: the record, the words, and the time that counts as recent.

use super::in_words::Place;
use crate::piece::{Fact, Line, View};
use clinical_lexicon::{Lexicon, TermKind, normalise};
use clinical_model::{Assertion, CodeSystem, Concept, Encounter, EntryId, Moment, Period, Record, Verbatim};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Days before the last visit that the sheet looks back for results, vital signs and vaccines.
const YEAR: i64 = 365;
/// Days before the last visit that it looks back for procedures and reports.
const QUARTER: i64 = 92;
const DAY: i64 = 86_400;

/// The view of one record that the selectors share.
pub(crate) struct Selection<'r, 'a> {
    pub(crate) record: &'r Record<'a>,
    pub(crate) lexicon: &'r Lexicon,
    pub(crate) now: Moment,
    /// The visit that the sheet is about: the last one that has begun.
    pub(crate) visit: Option<&'r Encounter<'a>>,
    /// The second that recency is counted from: the last visit or result up to now. A sheet of an old record looks
    /// back from the record's own last day, not from today.
    anchor: i64,
    /// Entries of a note of which something was read into a list.
    read: HashSet<EntryId>,
    /// What becomes of each sentence of a note, found once.
    places: OnceCell<Vec<Place>>,
}

impl<'r, 'a> Selection<'r, 'a> {
    pub(crate) fn new(record: &'r Record<'a>, now: Moment, lexicon: &'r Lexicon) -> Self {
        let limit = now.latest();
        let begun =
            |p: &Option<Period<'_>>| p.as_ref().and_then(Period::moment).map(|m| m.order()).filter(|t| *t <= limit);
        let last = |assertion| {
            let said = || record.encounters.iter().filter(move |e| e.assertion == assertion);
            let dated = said().filter_map(|e| begun(&e.period).map(|t| (t, e.entry, e)));
            let dated = dated.max_by_key(|(t, entry, _)| (*t, *entry)).map(|(_, _, e)| e);
            dated.or_else(|| said().rfind(|e| e.period.is_none()))
        };
        // A visit of which the record does not say that it took place stands only where there is no other, and is
        // marked.
        let visit = last(Assertion::Present).or_else(|| last(Assertion::Possible));
        let visits = visit.and_then(|e| begun(&e.period));
        let tests = record.observations.iter().filter_map(|o| begun(&o.when)).max();
        let anchor = visits.max(tests).or_else(|| last_deed(record, limit)).unwrap_or(limit);
        let read = super::in_words::read_sentences(record);
        Self { record, lexicon, now, visit, anchor, read, places: OnceCell::new() }
    }

    /// Whether something of a note's sentence was read into the list of medicines or of allergies.
    pub(crate) fn is_read(&self, entry: EntryId) -> bool {
        self.read.contains(&entry)
    }

    /// What becomes of each sentence of a note.
    pub(crate) fn sentence_places(&self) -> &[Place] {
        self.places.get_or_init(|| self.record.sentences.iter().map(|s| super::in_words::place(self, s)).collect())
    }

    fn within(&self, when: Option<Moment>, days: i64) -> bool {
        when.is_none_or(|m| m.latest() >= self.anchor - days * DAY)
    }

    /// Within a year of the last visit. What has no date that can be read counts as recent: it is not hidden.
    pub(crate) fn this_year(&self, when: Option<Moment>) -> bool {
        self.within(when, YEAR)
    }

    /// Within three months of the last visit.
    pub(crate) fn this_quarter(&self, when: Option<Moment>) -> bool {
        self.within(when, QUARTER)
    }

    /// Whether a time lies after now, as far as the record's precision tells.
    pub(crate) fn is_to_come(&self, when: Option<Moment>) -> bool {
        when.is_some_and(|m| m.order() > self.now.latest())
    }

    /// Whether a time has passed.
    pub(crate) fn is_past(&self, when: &Moment) -> bool {
        when.latest() < self.now.order()
    }

    /// The record's name for a concept.
    pub(crate) fn name(&self, concept: &Concept<'a>) -> Option<Fact<'a>> {
        concept.name().map(Fact::exact)
    }

    /// Whether the lexicon marks the matter as one that a sheet on a kitchen table should not tell (violence at home,
    /// for one). It is held back and counted; the care team has it.
    pub(crate) fn is_private(&self, concept: &Concept<'_>) -> bool {
        self.lexicon.term(concept).is_some_and(|t| t.sensitive)
            || concept.wordings().any(|w| self.is_private_text(w.text()))
    }

    /// Whether free words tell of such a matter.
    pub(crate) fn is_private_text(&self, text: &str) -> bool {
        let names = self.private_names();
        if names.are_far_from(text) {
            return false;
        }
        let text = normalise(text);
        let blanks = text.bytes().enumerate().filter(|(_, b)| *b == b' ');
        blanks.map(|(at, _)| at + 1).chain([0]).any(|at| {
            let rest = &text[at..];
            // Most words begin with letters that no such name begins with.
            if !names.begin(rest) {
                return false;
            }
            let first = rest.split(' ').next().unwrap_or_default();
            let begins = |n: &String| rest.strip_prefix(n.as_str()).is_some_and(|r| r.is_empty() || r.starts_with(' '));
            names.by_first.get(first).is_some_and(|list| list.iter().any(begins))
        })
    }

    /// The names of such matters.
    fn private_names(&self) -> &'static PrivateNames {
        static NAMES: OnceLock<PrivateNames> = OnceLock::new();
        NAMES.get_or_init(|| {
            let sensitive = self.lexicon.all_terms().iter().filter(|t| t.sensitive && t.kind == TermKind::Problem);
            let names = sensitive.flat_map(|t| std::iter::once(t.name).chain(t.also.iter()));
            // Short names are abbreviations, which stand for other things too.
            PrivateNames::of(names.map(normalise).filter(|n| n.len() > 5))
        })
    }

    /// The plain name and the explanation of a problem or procedure. A plain name that is the record's own wording is
    /// not repeated. Words for another kind of thing are not used: a problem is not explained as an operation.
    pub(crate) fn words(&self, concept: &Concept<'a>, kind: TermKind) -> (Option<Line<'a>>, Option<Line<'a>>) {
        match self.lexicon.term(concept).filter(|t| t.kind == kind) {
            Some(t) => (self.plain(concept, t.plain), Some(Line::words(t.explain))),
            None => (None, None),
        }
    }

    /// A plain name, unless the record already says the same: neither may hold the other.
    pub(crate) fn plain(&self, concept: &Concept<'_>, plain: impl Into<Cow<'static, str>>) -> Option<Line<'a>> {
        let plain = plain.into();
        let same = concept.name().is_some_and(|n| {
            let (ours, theirs) = (normalise(&plain), normalise(n.text()));
            let holds_bare = || match plain.split_once(" (") {
                Some((bare, _)) => holds(&theirs, &normalise(bare)),
                None => holds(&theirs, &ours),
            };
            theirs == ours || holds(&ours, &theirs) || holds_bare()
        });
        (!same).then(|| Line::words(plain))
    }
}

/// Names of private matters.
struct PrivateNames {
    by_first: HashMap<String, Vec<String>>,
    /// For each byte that they begin with the bytes that follow, as bits; those of plain characters.
    plain: [u128; 128],
    /// The first two bytes of the others, sorted.
    others: Vec<[u8; 2]>,
    /// How the first words of all begin, sorted.
    heads: Vec<Head>,
}

/// The first letters of a word, small; blanks behind a shorter one.
type Head = [u8; 8];

impl PrivateNames {
    fn of(names: impl Iterator<Item = String>) -> Self {
        let mut by_first: HashMap<String, Vec<String>> = HashMap::new();
        let (mut plain, mut others, mut heads) = ([0; 128], Vec::new(), Vec::new());
        for name in names {
            if let Some([first, second]) = name.as_bytes().first_chunk() {
                match plain.get_mut(usize::from(*first)) {
                    Some(seconds) if second.is_ascii() => *seconds |= 1 << second,
                    _ => others.push([*first, *second]),
                }
            }
            heads.push(head(name.as_bytes()));
            let first = name.split(' ').next().unwrap_or_default().to_owned();
            by_first.entry(first).or_default().push(name);
        }
        others.sort_unstable();
        others.dedup();
        heads.sort_unstable();
        heads.dedup();
        Self { by_first, plain, others, heads }
    }

    /// Whether no word of a text begins as one of them does: most texts need no closer look. Only for texts of plain
    /// characters, which are normalised byte by byte.
    fn are_far_from(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut is_inside = false;
        for (at, b) in bytes.iter().enumerate() {
            let small = SMALL[usize::from(*b)];
            if small == STRANGE {
                return false;
            }
            let is_letter = small != b' ';
            if is_letter && !is_inside && self.may_go_on(small, &bytes[at..]) {
                return false;
            }
            is_inside = is_letter;
        }
        true
    }

    /// Whether one of them may begin with a word that begins with a letter. Two letters tell most words from all names.
    fn may_go_on(&self, first: u8, word: &[u8]) -> bool {
        let second = word.get(1).map_or(b' ', |b| SMALL[usize::from(*b)]);
        self.plain.get(usize::from(first)).is_some_and(|seconds| *seconds != 0)
            && (second == STRANGE || self.has(first, second) && self.heads.binary_search(&head(word)).is_ok())
    }

    fn has(&self, first: u8, second: u8) -> bool {
        match self.plain.get(usize::from(first)) {
            Some(seconds) if second.is_ascii() => seconds >> second & 1 == 1,
            _ => self.others.binary_search(&[first, second]).is_ok(),
        }
    }

    /// Whether any of them may begin a text.
    fn begin(&self, text: &str) -> bool {
        text.as_bytes().first_chunk().is_some_and(|[first, second]| self.has(*first, *second))
    }
}

/// What normalising a name makes of a byte: a letter or digit, small; a blank for what stands between words.
const SMALL: [u8; 256] = {
    let mut table = [STRANGE; 256];
    let mut b: u8 = 0;
    while b < 128 {
        if b.is_ascii_alphanumeric() {
            table[b as usize] = b.to_ascii_lowercase();
        } else if b != b'\'' {
            table[b as usize] = b' ';
        }
        b += 1;
    }
    table
};

/// A byte that asks for a closer look: beyond ASCII, or the sign that stands between no words.
const STRANGE: u8 = 0xff;

fn head(text: &[u8]) -> Head {
    let mut out = [b' '; 8];
    let letters = text.iter().map(|b| SMALL[usize::from(*b)]).take_while(|b| !matches!(*b, b' ' | STRANGE));
    out.iter_mut().zip(letters).for_each(|(slot, letter)| *slot = letter);
    out
}

/// The last vaccine, procedure or report up to `limit`: the last day of a record that has neither visit nor result.
fn last_deed(record: &Record<'_>, limit: i64) -> Option<i64> {
    let vaccines = record.immunizations.iter().filter_map(|i| Moment::parse(i.when.as_ref()?.text()));
    let procedures = record.procedures.iter().filter_map(|p| p.when.as_ref()?.moment());
    let reports = record.reports.iter().filter_map(|r| r.when.as_ref()?.moment());
    vaccines.chain(procedures).chain(reports).map(|m| m.order()).filter(|t| *t <= limit).max()
}

/// Whether one normalised name holds another as whole words.
fn holds(name: &str, part: &str) -> bool {
    let is_there = |rest: &str| rest.strip_prefix(part).is_some_and(|after| after.is_empty() || after.starts_with(' '));
    !part.is_empty() && (is_there(name) || name.match_indices(' ').any(|(at, _)| is_there(&name[at + 1..])))
}

/// What makes two entries "the same": a code of a known system, else the name. Codes of local systems are not
/// compared: "1" of one laboratory is not "1" of another.
pub(crate) fn identity<'c>(concept: &'c Concept<'_>) -> Identity<'c> {
    let known = |c: &&clinical_model::Coding<'_>| !matches!(c.system, CodeSystem::Other | CodeSystem::Hl7);
    let code = concept.codings.iter().filter(known).find_map(|c| c.code.as_ref().map(|v| (c.system, v)));
    match code {
        Some((system, code)) => (Some(system), Cow::Borrowed(code.text())),
        None => (None, Cow::Owned(concept.name().map(|n| normalise(n.text())).unwrap_or_default())),
    }
}

/// A code with its system, or a name.
pub(crate) type Identity<'c> = (Option<CodeSystem>, Cow<'c, str>);

/// As [`identity`], and the name too: codes such as "propensity to adverse reactions" name no substance.
pub(crate) fn identity_with_name<'c>(concept: &'c Concept<'_>) -> (Identity<'c>, String) {
    (identity(concept), concept.name().map(|n| normalise(n.text())).unwrap_or_default())
}

/// A date as a fact.
pub(crate) fn dated<'a>(date: Option<&Verbatim<'a>>) -> Option<Fact<'a>> {
    date.map(|v| Fact::viewed(View::Date, v))
}

/// When something was, for ordering; unknown times come last when sorted in reverse.
pub(crate) fn moment(period: Option<&Period<'_>>) -> Option<Moment> {
    period.and_then(Period::moment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clinical_model::Format;

    #[test]
    fn a_private_matter_is_seen_wherever_it_stands_and_whatever_its_case() {
        let record = Record::new(Format::Ccda);
        let now = Moment::parse("2026-06-01").unwrap();
        let selection = Selection::new(&record, now, Lexicon::english().unwrap());
        let names: Vec<&String> = selection.private_names().by_first.values().flatten().collect();
        assert!(!names.is_empty());
        for name in names {
            for text in [name.clone(), name.to_uppercase(), format!("told of ({name})"), format!("2\u{a0}{name}, é")] {
                assert!(selection.is_private_text(&text), "{text}");
            }
        }
        assert!(!selection.is_private_text("") && !selection.is_private_text("High blood pressure"));
    }

    #[test]
    fn a_name_holds_whole_words_only() {
        for (name, part, expected) in [
            ("acute heart failure", "heart failure", true),
            ("heart failure", "heart failure", true),
            ("aab ab ab", "ab ab", true),
            ("heart failures", "heart failure", false),
            ("sweetheart failure", "heart failure", false),
            ("heart", "", false),
            ("", "heart", false),
        ] {
            assert_eq!(holds(name, part), expected, "{name} / {part}");
        }
    }
}

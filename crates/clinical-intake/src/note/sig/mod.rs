//! Directions in prescriber's shorthand and plain words, read into the dosage model that FHIR has too.
//!
//! Every value is a slice of the text. Directions are understood as a whole or not at all: one word of two readings,
//! two amounts that nothing joins, a condition, a number without a unit, and the words stand as they are with
//! `not_understood`. An honest quote beats a wrong dose.

pub(crate) mod atoms;
pub(crate) mod draft;
mod items;
mod often;
pub(crate) mod reader;

use crate::note::words::Token;
use clinical_lexicon::{Lexicon, SigList};
use clinical_model::{Dosage, Verbatim};
use draft::{Bytes, Draft, Joined, verbatim};
use reader::Reader;

/// Directions that were read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read<'a> {
    /// Every step, in order. Not empty.
    pub dosages: Vec<Dosage<'a>>,
    /// All of the words were understood and go together.
    pub understood: bool,
    /// The bytes of the directions, without what is handed out.
    pub span: Bytes,
    /// How strong the product is, where the text says so in front of the directions ("20 mg" of "20 mg 1 tab daily"):
    /// it belongs to the name.
    pub strength: Option<Bytes>,
    /// What is handed out ("#30", "2 refills"), as it stands.
    pub supply: Vec<Verbatim<'a>>,
}

/// What a walk over atoms found.
#[derive(Debug, Default)]
pub(crate) struct Run {
    drafts: Vec<Draft>,
    /// One past the last atom that was read.
    pub(crate) end: usize,
    /// The first atom that was read.
    pub(crate) start: Option<usize>,
    /// The bytes of a strength at the front.
    pub(crate) strength: Option<Bytes>,
    is_sound: bool,
}

impl Run {
    /// Nothing was read at a place.
    pub(crate) fn nothing(at: usize) -> Self {
        Self { end: at, ..Self::default() }
    }

    /// Whether anything was read that says how to take it.
    pub(crate) fn says(&self) -> bool {
        self.drafts.iter().any(Draft::says)
    }

    /// The last byte of the directions themselves, without what is handed out behind them.
    pub(crate) fn last_byte(&self) -> usize {
        self.drafts.iter().filter_map(|d| d.span.as_ref()).map(|s| s.end).max().unwrap_or(0)
    }

    /// Whether it says how much, how often or when: a verb or a way alone does not.
    pub(crate) fn is_dosing(&self) -> bool {
        let timed = |d: &Draft| !(d.often.is_empty() && d.when.is_empty() && d.days.is_empty()) || d.needed.is_some();
        self.has_dose() || self.drafts.iter().any(timed)
    }

    /// The words belong to something that was not read.
    pub(crate) fn spoil(&mut self) {
        self.is_sound = false;
    }

    /// Whether it says how much.
    pub(crate) fn has_dose(&self) -> bool {
        self.drafts.iter().any(|d| !d.doses.is_empty())
    }
}

/// Reads directions: the tokens are those of the span, all of which must be directions. `None` where it has no words.
#[must_use]
pub fn dosage<'a>(text: &'a str, tokens: &[Token], lexicon: &Lexicon) -> Option<Read<'a>> {
    let atoms = atoms::atoms(text, tokens, lexicon);
    let reader = Reader::new(&atoms, lexicon);
    let says = |i: &usize| atoms.get(*i).is_some_and(|a| !matches!(a.what, atoms::What::Mark(_)));
    let first = (0..atoms.len()).find(says)?;
    let last = (0..atoms.len()).rfind(says)?;
    // Marks belong to the words beside them: "(2 puffs)", "#30", "½".
    let whole = reader.span(first, last + 1 - first);
    let run = reader.run(0);
    let mut rest = reader.after(run.end);
    if reader.is_word(run.end, &["for"]) {
        // What it is for, at the end: no part of the dose.
        let used = reader.reason(run.end + 1);
        rest = if used > 0 { reader.after(run.end + 1 + used) } else { rest };
    }
    let start = whole.start.max(run.strength.as_ref().map_or(0, |s| s.end));
    let start =
        atoms.iter().filter(|a| !matches!(a.what, atoms::What::Mark(_))).map(|a| a.span.start).find(|a| *a >= start);
    let last_byte = if run.drafts.iter().any(|d| !d.supply.is_empty()) { run.last_byte() } else { whole.end };
    let words = Bytes { start: start.unwrap_or(whole.end).min(last_byte), end: last_byte };
    Some(reader.finish(text, run, rest >= atoms.len(), words, whole))
}

impl Reader<'_> {
    /// Reads as many parts of directions as stand one behind the other from here on.
    pub(crate) fn run(&self, from: usize) -> Run {
        let mut run = Run { end: from, ..Run::default() };
        let mut draft = Draft::default();
        let mut joiner: Option<(Joined, Bytes)> = None;
        let mut at = from;
        while at < self.end {
            let ends = self.of_set(at, SigList::Ends).is_some();
            if let Some((joined, used)) = self.joiner(at).filter(|_| !ends) {
                joiner = match (joiner, joined) {
                    (Some((Joined::Then, span)), _) => Some((Joined::Then, span)),
                    (_, joined) => Some((joined, self.span(at, used))),
                };
                at += used;
                continue;
            }
            let mut part = Draft::default();
            let Some(used) = self.item(at, &draft, &mut part) else {
                match self.filler(at) {
                    0 => break,
                    n => at += n,
                }
                continue;
            };
            let splits = match &joiner {
                Some((Joined::Then, _)) => !draft.doses.is_empty(),
                Some((Joined::And, _)) => {
                    let dosed = draft.doses.iter().any(|d| !d.is_strength);
                    let paced = !(draft.when.is_empty() && draft.often.is_empty());
                    dosed && paced && part.doses.iter().any(|d| !d.is_strength)
                }
                None => false,
            };
            if splits {
                run.drafts.push(std::mem::take(&mut draft));
                draft.joined = joiner.take();
            } else if matches!(joiner, Some((Joined::Then, _))) {
                draft.is_doubtful = true;
            }
            joiner = None;
            let is_supply = !part.supply.is_empty();
            draft.take(part);
            run.start.get_or_insert(at);
            if !is_supply {
                draft.cover(self.span(at, used));
            }
            at += used;
            run.end = at;
        }
        run.drafts.push(draft);
        self.settle(&mut run);
        run
    }

    /// Takes the strength off, and sees whether all of it goes together.
    fn settle(&self, run: &mut Run) {
        if let Some(first) = run.drafts.first_mut() {
            run.strength = first.split_strength(self.dosing).or(run.strength.take());
        }
        for draft in &mut run.drafts {
            draft.settle_ways(self.dosing);
        }
        let together = run.drafts.iter().skip(1).any(|d| matches!(d.joined, Some((Joined::And, _))));
        let several = run.drafts.len() > 1;
        run.is_sound = run.drafts.iter().all(|d| {
            let stepped = !several || d.doses.len() == 1;
            // "5 mg in the morning and 10 mg at night": each must say when.
            let timed = !together || (!d.when.is_empty() && d.often.is_empty());
            d.is_sound() && stepped && timed
        });
        run.is_sound &= !run.drafts.iter().skip(1).any(|d| d.doses.iter().any(|d| d.is_strength));
        let read = run.start.unwrap_or(run.end)..run.end;
        run.is_sound &= !read.into_iter().any(|i| self.is_ambiguous(i));
    }

    /// What stands before the name and what stands behind it, as one.
    pub(crate) fn join(&self, before: Run, mut run: Run) -> Run {
        let Some(lead) = before.drafts.into_iter().next() else { return run };
        match run.drafts.first_mut() {
            Some(first) => {
                let mut whole = lead;
                let rest = std::mem::take(first);
                whole.is_doubtful |= rest.joined.is_some();
                if let Some(span) = rest.span.clone() {
                    whole.cover(span);
                }
                whole.take(rest);
                *first = whole;
            }
            None => run.drafts.push(lead),
        }
        run.start = before.start.or(run.start);
        run.end = run.end.max(before.end);
        self.settle(&mut run);
        run
    }

    /// Whether directions begin right there: [`Self::run`] would begin with the atom of this place.
    pub(crate) fn begins_run(&self, at: usize) -> bool {
        let is_joined = self.joiner(at).is_some() && self.of_set(at, SigList::Ends).is_none();
        !is_joined && self.item(at, &Draft::default(), &mut Draft::default()).is_some()
    }

    /// One part of directions.
    fn item(&self, at: usize, before: &Draft, part: &mut Draft) -> Option<usize> {
        // What stands before decides whether a number pair can be a strength.
        part.span.clone_from(&before.span);
        let used = self
            .supply(at, part)
            .or_else(|| self.advice(at, part))
            .or_else(|| self.needed(at, part))
            .or_else(|| self.maximum(at, part))
            .or_else(|| self.lasting(at, part))
            .or_else(|| self.often(at, part))
            .or_else(|| self.events(at, part))
            .or_else(|| self.amount(at, part))
            .or_else(|| self.way(at, part))
            .or_else(|| self.inner_reason(at, before, part));
        part.span = None;
        used
    }

    /// "for pain" behind "as needed every 6 hours", or between two parts of directions.
    fn inner_reason(&self, at: usize, before: &Draft, part: &mut Draft) -> Option<usize> {
        if !self.is_word(at, &["for"]) {
            return None;
        }
        let used = self.reason(at + 1);
        if used == 0 {
            return None;
        }
        if before.needed == Some(None) {
            part.needed = Some(Some(self.span(at + 1, used)));
            return Some(1 + used);
        }
        let next = self.after(at + 1 + used);
        let mut probe = Draft { span: Some(0..0), ..Draft::default() };
        let more = self
            .needed(next, &mut probe)
            .or_else(|| self.maximum(next, &mut probe))
            .or_else(|| self.lasting(next, &mut probe))
            .or_else(|| self.often(next, &mut probe));
        more.map(|_| 1 + used)
    }

    /// Words that join two steps.
    fn joiner(&self, at: usize) -> Option<(Joined, usize)> {
        let and = usize::from(self.is_word(at, &["and"]));
        if self.is_word(at + and, &["then"]) {
            return Some((Joined::Then, and + 1));
        }
        if self.is_word(at, &["followed"]) && self.is_word(at + 1, &["by"]) {
            return Some((Joined::Then, 2));
        }
        let mark = [',', ';', '&', '+'].iter().any(|m| self.is_mark(at, *m));
        (mark || self.is_word(at, &["and", "plus"])).then_some((Joined::And, 1))
    }

    /// Marks and words that change nothing.
    fn filler(&self, at: usize) -> usize {
        if self.is_word(at, &["taper"]) && self.is_mark(at + 1, ':') {
            return 2;
        }
        let mark = [':', '(', ')', '-', '=', '[', ']', '.'].iter().any(|m| self.is_mark(at, *m));
        if mark { 1 } else { self.of_list(at, SigList::Fillers).unwrap_or(0) }
    }

    /// The next atom that is no mark and no small word.
    fn after(&self, mut at: usize) -> usize {
        while at < self.end {
            match self.filler(at).max(usize::from([',', ';'].iter().any(|m| self.is_mark(at, *m)))) {
                0 => break,
                n => at += n,
            }
        }
        at
    }

    /// The dosages of a walk. `words` are quoted where it was understood, `whole` where it was not.
    pub(crate) fn finish<'a>(&self, text: &'a str, run: Run, is_all: bool, words: Bytes, whole: Bytes) -> Read<'a> {
        let understood = run.is_sound && is_all;
        let supply = run.drafts.iter().flat_map(|d| &d.supply).filter_map(|s| verbatim(text, s)).collect();
        let several = run.drafts.len() > 1;
        let dosages = if understood {
            let own = |d: &Draft| d.span.clone().filter(|_| several).unwrap_or_else(|| words.clone());
            run.drafts.iter().map(|d| d.dosage(text, &own(d))).collect()
        } else {
            let mut dosage = Dosage::empty();
            dosage.text = verbatim(text, &whole);
            dosage.not_understood = true;
            vec![dosage]
        };
        let strength = run.strength.filter(|_| understood);
        Read { dosages, understood, span: if understood { words } else { whole }, strength, supply }
    }
}

impl Draft {
    /// Takes what one part added.
    fn take(&mut self, part: Self) {
        self.doses.extend(part.doses);
        self.often.extend(part.often);
        self.when.extend(part.when);
        self.days.extend(part.days);
        self.lasts.extend(part.lasts);
        self.maxima.extend(part.maxima);
        self.ways.extend(part.ways);
        self.additional.extend(part.additional);
        self.supply.extend(part.supply);
        self.is_doubtful |= part.is_doubtful;
        for (mine, theirs) in
            [(&mut self.offset, part.offset), (&mut self.count, part.count), (&mut self.site, part.site)]
        {
            self.is_doubtful |= mine.is_some() && theirs.is_some();
            *mine = theirs.or(mine.take());
        }
        self.is_doubtful |= self.over.is_some() && part.over.is_some();
        self.over = part.over.or(self.over.take());
        self.is_doubtful |= self.needed.is_some() && matches!(part.needed, Some(None));
        self.needed = part.needed.or(self.needed.take());
    }
}

#[cfg(test)]
mod tests;

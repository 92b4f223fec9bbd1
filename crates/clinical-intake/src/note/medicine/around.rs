//! The directions around a medicine's name: in front of it ("2 puffs of …"), behind it, or both.

use super::cues::{Cues, begins_clause};
use crate::note::sig::draft::Bytes;
use crate::note::sig::reader::Reader;
use crate::note::sig::{Read, Run};
use clinical_lexicon::SigList;
use std::ops::Range;

/// How far in front of a name its directions may begin, in atoms.
const REACH: usize = 12;

/// Marks that join directions or fill them, and with which none begin.
const JOINING: [char; 12] = [',', ';', '&', '+', ':', '(', ')', '-', '=', '[', ']', '.'];

/// What stands around one name.
#[derive(Debug)]
pub(super) struct Around<'a> {
    /// The name with its release, form and strength.
    pub(super) name: Bytes,
    pub(super) read: Option<Read<'a>>,
    /// The first atom behind the directions.
    pub(super) end: usize,
    /// The amount from which it is changed, with the words around it.
    pub(super) earlier: Option<Bytes>,
}

/// What is found before it is known where the next name's directions begin.
#[derive(Debug)]
pub(super) struct Found {
    run: Run,
    /// The first atom of directions in front of the name.
    pub(super) start: usize,
    pub(super) end: usize,
    name_end: usize,
    earlier: Option<Range<usize>>,
}

/// Reads around the name at `name` (atoms); `floor` is where what belongs to the one before ends.
pub(super) fn find(reader: &Reader<'_>, name: &Range<usize>, floor: usize, limit: usize) -> Found {
    let behind = Reader { atoms: reader.atoms, dosing: reader.dosing, end: limit };
    let mut name_end = name.end;
    while let Some(used) = behind.of_list(name_end, SigList::Releases) {
        name_end += used;
    }
    let form = behind.of_list(name_end, SigList::Forms).unwrap_or(0);
    name_end += form;
    let mut from = name_end;
    let mut earlier = None;
    let lead = from + usize::from(behind.is_mark(from, ','));
    if behind.is_word(lead, &["from"]) {
        // "from 10 mg to 20 mg": the second amount counts.
        let to = (lead + 1..limit.min(lead + REACH)).find(|i| behind.is_word(*i, &["to"]));
        let old = to.map(|to| (to, Reader { end: to, ..behind.copy() }.run(lead + 1)));
        if let Some((to, _)) = old.filter(|(to, run)| run.has_dose() && run.end == *to) {
            earlier = Some(lead..to);
            from = to + 1;
        }
    }
    // "Celestone and 0.5 mL of lidocaine": what "and" joins to a name is another medicine's.
    let joined = behind.is_word(from, &["and", "or", "plus"]) || behind.is_mark(from, '&') || behind.is_mark(from, '+');
    let mut run = if joined { Run::nothing(from) } else { behind.run(from) };
    let end = if run.start.is_some() { run.end } else { from };
    let mut start = name.start;
    if let Some((at, lead)) = in_front(reader, name.start, floor, run.has_dose()) {
        start = at;
        run = reader.join(lead, run);
    } else if let Some(at) = bare_count(reader, name.start, floor) {
        start = at;
        run.spoil();
    }
    Found { run, start, end, name_end, earlier }
}

/// "2 ibuprofen", "2 extra strength Tylenol": a number of nobody knows what. It makes what follows not understood.
fn bare_count(reader: &Reader<'_>, name: usize, floor: usize) -> Option<usize> {
    let adjective = |i: usize| reader.is_word(i, &["baby", "extra", "regular", "strength", "of", "more"]);
    let back = (floor..name).rev().take(4).take_while(|i| adjective(*i)).count();
    let at = (name - back).checked_sub(1).filter(|at| *at >= floor)?;
    let is_number = reader.single(at).is_some_and(|(_, _, used)| used == 1);
    let is_counted = !(at > 0 && reader.is_mark(at - 1, '#'));
    (is_number && is_counted && !reader.is_word(at, &["one", "half"])).then_some(at)
}

/// Where directions begin that surely belong to the name at `name`: those with "of" before it, and an amount that
/// stands directly before it and that a word joins to something else ("with 0.5 mL lidocaine").
pub(super) fn claimed(reader: &Reader<'_>, name: usize, floor: usize) -> usize {
    let article = usize::from(name > floor && reader.is_word(name - 1, &["the", "his", "her", "your"]));
    let of = name > floor + article && reader.is_word(name - article - 1, &["of"]);
    let joint = |at: usize| {
        at > floor && (reader.is_word(at - 1, &["and", "with", "plus", "or"]) || reader.is_mark(at - 1, '&'))
    };
    match in_front(reader, name, floor, false) {
        Some((at, run)) if of || (run.has_dose() && joint(at)) => at,
        _ => name,
    }
}

/// Directions that end where the name begins. With "of" between they are surely its own.
fn in_front(reader: &Reader<'_>, name: usize, floor: usize, has_dose: bool) -> Option<(usize, Run)> {
    let mut end = name;
    end -= usize::from(end > floor && reader.is_word(end - 1, &["the", "his", "her", "your"]));
    let of = end > floor && reader.is_word(end - 1, &["of"]);
    end -= usize::from(of);
    if end <= floor || (end < name && !of) {
        return None;
    }
    // Most names have a verb before them, with which no directions end.
    if reader.word(end - 1).is_some() && !reader.is_in_set(end - 1, SigList::Closing) {
        return None;
    }
    let begins = |at: &usize| !reader.atom(*at).is_some_and(|a| JOINING.iter().any(|mark| a.is_mark(*mark)));
    (end.saturating_sub(REACH).max(floor)..end).filter(begins).find_map(|at| {
        let part = Reader { end, ..reader.copy() };
        if !part.begins_run(at) {
            return None;
        }
        let run = part.run(at);
        let fits = run.start == Some(at) && run.end == end && run.is_dosing() && !(run.has_dose() && has_dose);
        // "5 mg, lisinopril": what a mark parts from the name is another's.
        fits.then_some((at, run))
    })
}

impl<'p> Reader<'p> {
    fn copy(&self) -> Self {
        Self { atoms: self.atoms, dosing: self.dosing, end: self.end }
    }
}

impl Found {
    /// The directions, now that it is known that nothing behind `limit` belongs to this name.
    pub(super) fn read<'a>(
        self,
        text: &'a str,
        reader: &Reader<'_>,
        name: &Range<usize>,
        limit: usize,
        cues: &Cues,
        is_last: bool,
    ) -> Around<'a> {
        let part = Reader { end: limit, ..reader.copy() };
        let bytes = |r: &Range<usize>| reader.span(r.start, r.len());
        let earlier = self.earlier.as_ref().map(|r| reader.span(r.start, (self.end - r.start).max(1)));
        let mut name_bytes = bytes(&(name.start..self.name_end));
        // The words of the next medicine's verb are not this one's directions.
        let stop = if is_last { limit } else { cues.next_before(self.end, limit).unwrap_or(limit) };
        let counted = self.start < name.start;
        if self.run.start.is_none() && counted {
            let words = reader.span(self.start, self.name_end - self.start);
            let read = Some(part.finish(text, self.run, false, words.clone(), words));
            return Around { name: name_bytes, read, end: self.end, earlier };
        }
        if self.run.start.is_none() {
            let stray = stray(&part, self.end, stop).map(|at| part.stray_words(at, stop));
            let read = stray.map(|words| part.finish(text, Run::default(), false, words.clone(), words));
            return Around { name: name_bytes, read, end: self.end, earlier };
        }
        let says = self.run.says();
        let altered = alters(&part, self.end, stop);
        let first = self.run.start.unwrap_or(self.start);
        let begin = if self.start < name.start { self.start } else { first };
        let mut words = reader.span(begin, self.end - begin);
        words.end = words.end.min(self.run.last_byte().max(name_bytes.end)).max(words.start);
        let rest = part.stray_words(begin, stop);
        let whole = words.start..if altered { rest.end.max(words.end) } else { words.end };
        let strength = self.run.strength.clone().filter(|_| self.start >= name.start && !altered);
        if let Some(strength) = strength.filter(|s| s.start >= name_bytes.end && s.end <= whole.end) {
            name_bytes.end = strength.end;
            words.start = next_word(reader, strength.end).min(words.end);
        }
        if !says && !altered {
            // A strength alone says nothing of how to take it.
            return Around { name: name_bytes, read: None, end: self.end, earlier };
        }
        let end = self.end;
        let read = part.finish(text, self.run, !altered, words, whole);
        if !read.understood {
            name_bytes = bytes(&(name.start..self.name_end));
        }
        Around { name: name_bytes, read: Some(read), end, earlier }
    }
}

/// The first byte of a word or number at or behind a byte.
fn next_word(reader: &Reader<'_>, byte: usize) -> usize {
    let first = reader.atoms.partition_point(|a| a.span.start < byte);
    let rest = reader.atoms.get(first..).unwrap_or_default();
    rest.iter().find(|a| !matches!(a.what, crate::note::sig::atoms::What::Mark(_))).map_or(usize::MAX, |a| a.span.start)
}

/// An amount that stands apart from its medicine ("which she takes at 40 mg"), or a taper that nobody spells out.
fn stray(reader: &Reader<'_>, from: usize, to: usize) -> Option<usize> {
    let ends = |i: usize| {
        let comma = reader.is_mark(i, ',') && !reader.is_word(i + 1, &["which", "that", "at", "currently", "now"]);
        comma
            || reader.is_mark(i, '.')
            || reader.is_mark(i, ';')
            || reader.is_word(i, &["and", "or", "with", "but", "while"])
    };
    (from..to).take_while(|i| !ends(*i)).find(|i| {
        let taper = *i == from && reader.is_word(*i, &["taper", "sliding"]);
        let amount = reader.numbers(*i).and_then(|(_, used)| reader.unit(i + used));
        taper
            || amount.is_some_and(|(_, many, _)| {
                reader.dosing.measures.contains_key(many) || reader.dosing.swallowed.contains(many)
            })
    })
}

impl Reader<'_> {
    /// The bytes from an atom to the last word before a place, or before the end of the sentence in it.
    fn stray_words(&self, from: usize, to: usize) -> Bytes {
        let end = (from + 1..to).find(|i| self.is_mark(*i, ';') || self.is_mark(*i, '.') && *i + 1 == to).unwrap_or(to);
        let joins =
            |i: usize| self.word(i).is_none_or(|w| matches!(w, "and" | "or" | "with" | "also" | "as" | "well" | "to"));
        let is_number =
            |i: usize| self.atom(i).is_some_and(|a| matches!(a.what, crate::note::sig::atoms::What::Number(_)));
        let last = (from..end).rfind(|i| is_number(*i) || !joins(*i)).unwrap_or(from);
        let opened = (from..=last).filter(|i| self.is_mark(*i, '(')).count();
        let closed = (from..=last).filter(|i| self.is_mark(*i, ')')).count();
        let close = usize::from(opened > closed && self.is_mark(last + 1, ')'));
        self.span(from, last + 1 + close - from)
    }
}

/// Whether words behind directions may say something else after all.
fn alters(reader: &Reader<'_>, from: usize, to: usize) -> bool {
    let mut clause = true;
    let mut at = from;
    while at < to {
        if reader.is_mark(at, ';') || reader.is_mark(at, '.') {
            return false;
        }
        clause &= !begins_clause(reader, at);
        if let Some(used) = reader.of_list(at, SigList::Reason) {
            let reason = reader.reason(at + used);
            if reason > 0 {
                at += used + reason;
                continue;
            }
        }
        if reader.of_list(at, SigList::Alters).is_some() {
            return true;
        }
        let changing = reader.is_in_set(at, SigList::Changing);
        if clause && (changing || reader.is_ambiguous(at)) {
            return true;
        }
        let dosed = reader.numbers(at).is_some_and(|(_, used)| reader.unit(at + used).is_some());
        if dosed || reader.of_codes(at, SigList::Schedules).is_some() && clause {
            return true;
        }
        at += 1;
    }
    false
}

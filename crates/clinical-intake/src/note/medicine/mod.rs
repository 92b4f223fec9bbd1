//! From the mention of a medicine to what the note says of it: name, directions, what for, and where it stands.
//!
//! Only what says that the medicine is to be taken (a list of medicines, an order in a plan) is `Current`. What the
//! story tells is `Unstated` and `OnlyMentioned`: a matter for the care team, never for a list of what to take. All
//! mentions are kept, also those that contradict each other.

mod around;
mod course;
mod cues;
mod place;
mod staff;

use crate::note::outline::Outline;
use crate::note::sig::Read;
use crate::note::sig::atoms::{Atom, atoms};
use crate::note::sig::draft::{concept, verbatim};
use crate::note::sig::reader::Reader;
use crate::note::words::Token;
use around::{Around, Found};
use clinical_lexicon::{Lexicon, Said, SigList};
use clinical_model::{
    Assertion, Concept, Course, CourseRule, Dosage, EntryId, MedicationRemark, MedicationUse, Verbatim,
};
use course::{Decision, Known, decide};
use cues::{Cues, Heard};
use place::{Place, place};
use std::ops::Range;

/// The name of a medicine in a note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MedicineMention {
    /// Its bytes.
    pub span: Range<usize>,
    /// What the context says of it.
    pub assertion: Assertion,
    /// The sentence it stands in, by its index.
    pub sentence: usize,
}

/// What the note says of each medicine it names, in the order of the mentions. A mention of an allergy, or of a
/// relative's medicine, is none of the patient's and gives nothing. `mentions` are sorted by their bytes.
#[must_use]
pub fn uses<'a>(
    text: &'a str,
    tokens: &[Token],
    outline: &Outline,
    mentions: &[MedicineMention],
    entry_of: &dyn Fn(usize) -> EntryId,
    lexicon: &Lexicon,
) -> Vec<MedicationUse<'a>> {
    let mut out = Vec::new();
    each(text, tokens, outline, mentions, entry_of, lexicon, &mut |mut uses| out.append(&mut uses));
    out
}

/// The same, the uses of one sentence at a time.
pub(super) fn each<'a>(
    text: &'a str,
    tokens: &[Token],
    outline: &Outline,
    mentions: &[MedicineMention],
    entry_of: &dyn Fn(usize) -> EntryId,
    lexicon: &Lexicon,
    take: &mut dyn FnMut(Vec<MedicationUse<'a>>),
) {
    let mut last = None;
    for group in mentions.chunk_by(|a, b| a.sentence == b.sentence) {
        let Some(index) = group.first().map(|m| m.sentence) else { continue };
        let Some(sentence) = outline.sentences.get(index) else { continue };
        let atoms = atoms(text, within(tokens, &sentence.span), lexicon);
        // A list names many medicines under one heading.
        let place = match last {
            Some((section, place)) if section == sentence.section => place,
            _ => place(text, outline.sections.get(sentence.section)),
        };
        last = Some((sentence.section, place));
        let context = Sentence { text, atoms: &atoms, place, entry: entry_of(index), lexicon };
        let following = following(text, tokens, outline, mentions, index, lexicon);
        let mut uses = Vec::with_capacity(group.len());
        context.uses(group, following.as_ref(), &mut uses);
        take(uses);
    }
}

/// The tokens of some bytes.
fn within<'t>(tokens: &'t [Token], span: &Range<usize>) -> &'t [Token] {
    let first = tokens.partition_point(|t| (t.start() as usize) < span.start);
    let last = tokens.partition_point(|t| (t.end() as usize) <= span.end);
    tokens.get(first..last.max(first)).unwrap_or_default()
}

/// The next sentence, where it goes on with the directions of this one ("Increase to 20 mg after 2 weeks.").
fn following<'a>(
    text: &'a str,
    tokens: &[Token],
    outline: &Outline,
    mentions: &[MedicineMention],
    index: usize,
    lexicon: &Lexicon,
) -> Option<Verbatim<'a>> {
    let (this, next) = (outline.sentences.get(index)?, outline.sentences.get(index + 1)?);
    let place = mentions.partition_point(|m| m.sentence <= index);
    let named = mentions.get(place).is_some_and(|m| m.sentence == index + 1);
    if next.section != this.section || named {
        return None;
    }
    let head = within(tokens, &next.span);
    let atoms = atoms(text, head.get(..head.len().min(40))?, lexicon);
    let reader = Reader::new(&atoms, lexicon);
    let begins = reader.of_list(0, SigList::Continuing).is_some();
    let dosed = (0..atoms.len()).any(|i| reader.numbers(i).is_some_and(|(_, used)| reader.unit(i + used).is_some()));
    (begins && dosed).then(|| verbatim(text, &next.span)).flatten()
}

/// One sentence with medicines.
struct Sentence<'s, 'a> {
    text: &'a str,
    atoms: &'s [Atom<'s>],
    place: Place,
    entry: EntryId,
    lexicon: &'s Lexicon,
}

impl<'a> Sentence<'_, 'a> {
    fn uses(&self, mentions: &[MedicineMention], following: Option<&Verbatim<'a>>, out: &mut Vec<MedicationUse<'a>>) {
        let reader = Reader::new(self.atoms, self.lexicon);
        let names: Vec<Range<usize>> = mentions
            .iter()
            .map(|m| {
                let start = self.atoms.partition_point(|a| a.span.end <= m.span.start);
                start..self.atoms.partition_point(|a| a.span.start < m.span.end).max(start)
            })
            .collect();
        let cues = Cues::of(&reader, &names);
        let begins = |i: usize| names.get(i + 1).map_or(self.atoms.len(), |n| n.start);
        let mut floor = 0;
        let mut found: Vec<Found> = Vec::with_capacity(names.len());
        for (i, name) in names.iter().enumerate() {
            let limit = begins(i);
            let limit = if i + 1 < names.len() { around::claimed(&reader, limit, name.end) } else { limit };
            let one = around::find(&reader, name, floor, limit);
            floor = one.end.max(name.end);
            found.push(one);
        }
        let starts: Vec<usize> = found.iter().map(|f| f.start).collect();
        let mut heard: Vec<Option<Heard>> = Vec::with_capacity(names.len());
        let mut arounds: Vec<Around<'a>> = Vec::with_capacity(names.len());
        for (i, (name, one)) in names.iter().zip(found).enumerate() {
            let limit = starts.get(i + 1).copied().unwrap_or(self.atoms.len());
            let last = i.checked_sub(1).and_then(|b| names.get(b)).map_or(0, |n| n.end);
            heard.push(cues.heard(&reader, name, last, limit, i + 1 < names.len()));
            arounds.push(one.read(self.text, &reader, name, limit.max(name.end), &cues, i + 1 == names.len()));
        }
        // "Lisinopril and metformin were refilled": what stands behind the last is said of all.
        for i in (0..heard.len().saturating_sub(1)).rev() {
            let later = heard.get(i + 1).cloned().flatten();
            let behind = later.filter(|h| names.get(i + 1).is_some_and(|n| h.atoms.start >= n.end));
            if let (Some(slot @ None), Some(name), Some(next)) = (heard.get_mut(i), names.get(i), names.get(i + 1)) {
                let joined =
                    (name.end..next.start).all(|j| reader.word(j).is_none_or(|w| matches!(w, "and" | "or" | "both")));
                *slot = behind.filter(|_| joined);
            }
        }
        let last = mentions.len().saturating_sub(1);
        for (i, ((mention, around), (said, name))) in
            mentions.iter().zip(arounds).zip(heard.iter().zip(&names)).enumerate()
        {
            let behind = name.end..starts.get(i + 1).copied().unwrap_or(self.atoms.len());
            let known = Known {
                said: staff::said(said.as_ref(), around.read.as_ref(), name),
                place: self.place,
                assertion: mention.assertion,
                is_first: (0..name.start).all(|j| reader.word(j).is_none()),
                is_dosed: around.read.as_ref().is_some_and(|r| r.understood),
                is_later: is_later(&reader, around.end)
                    || said.as_ref().is_some_and(|h| h.said == Said::Stop) && waits(&reader, name.end),
                is_ordering: said.as_ref().is_some_and(|h| cues.is_ordering(&reader, h)),
                is_made: is_made(&reader, name.end),
                is_perhaps_given: staff::perhaps_given(&reader, said.as_ref(), around.read.as_ref(), behind),
            };
            if let Some(decision) = decide(&known) {
                let following = following.filter(|_| i == last);
                out.push(self.one(&reader, around, said.as_ref(), &known, &decision, following));
            }
        }
    }

    fn one(
        &self,
        reader: &Reader<'_>,
        around: Around<'a>,
        heard: Option<&Heard>,
        known: &Known,
        decision: &Decision,
        following: Option<&Verbatim<'a>>,
    ) -> MedicationUse<'a> {
        let text = self.text;
        let halted = matches!(decision.course, Course::Stopped | Course::OnHold);
        let words = heard.and_then(|h| verbatim(text, &reader.span(h.atoms.start, h.atoms.len())));
        let mut notes: Vec<Verbatim<'a>> = around.earlier.iter().filter_map(|span| verbatim(text, span)).collect();
        let changed = known.said == Some(Said::Change) && around.read.is_none();
        if changed || known.is_later && decision.course == Course::Unstated {
            // Which amount it is changed to, or when it begins, only the sentence says.
            let whole = reader.span(0, self.atoms.len());
            notes.extend(verbatim(text, &whole));
        }
        notes.extend(around.read.iter().flat_map(|r| r.supply.iter().cloned()));
        notes.extend(following.cloned());
        let (reasons, status_reason) = if halted {
            (Vec::new(), self.why(reader, around.end))
        } else {
            (self.what_for(reader, around.end).into_iter().collect(), None)
        };
        MedicationUse {
            entry: self.entry,
            kind: decision.kind,
            medicine: concept(text, &around.name),
            medicine_is_ingredients: false,
            medicine_entry: None,
            course: decision.course,
            assertion: decision.assertion,
            prohibition: words.clone().filter(|_| decision.is_forbidden),
            status: words,
            status_reason,
            dosages: around.read.map(|r| if halted { quoted(r) } else { r.dosages }).unwrap_or_default(),
            written: None,
            taken: None,
            valid: None,
            reported: decision.kind == clinical_model::MedicationKind::Statement,
            reasons,
            notes,
            prescriber: None,
            rule: Some(CourseRule::Words),
            remarks: decision.remark.into_iter().collect::<Vec<MedicationRemark>>(),
        }
    }

    /// "for his blood pressure", "to treat the pain": behind the directions.
    fn what_for(&self, reader: &Reader<'_>, from: usize) -> Option<Verbatim<'a>> {
        let at = from + usize::from(reader.is_mark(from, ','));
        let lead = reader.of_list(at, SigList::Reason)?;
        let used = reader.reason(at + lead);
        (used > 0).then(|| verbatim(self.text, &reader.span(at + lead, used))).flatten()
    }

    /// "because of cough", "due to a rash": behind a stop or a hold.
    fn why(&self, reader: &Reader<'_>, from: usize) -> Option<Concept<'a>> {
        let end = reader.atoms.len().min(from + 12);
        let (at, lead) = (from..end).find_map(|i| {
            let of = usize::from(reader.is_word(i + 1, &["of", "to"]));
            reader.is_word(i, &["because", "due", "secondary"]).then_some((i, 1 + of))
        })?;
        let article = usize::from(reader.is_word(at + lead, &["a", "an"]));
        let used = reader.reason(at + lead + article);
        (used > 0).then(|| concept(self.text, &reader.span(at + lead + article, used)))
    }
}

/// What the name is part of: something that is done ("cortisone injection"), or measured ("digoxin level").
fn is_made(reader: &Reader<'_>, at: usize) -> Option<bool> {
    let done = ["injection", "injections", "infusion", "infusions", "shot", "shots", "challenge", "block", "epidural"];
    let measured = ["level", "levels", "test", "tests", "panel", "toxicity", "screen", "concentration"];
    let done = reader.is_word(at, &done).then_some(true);
    done.or_else(|| reader.is_word(at, &measured).then_some(false))
}

/// The words of directions of a medicine that is not to be taken: "hold for 3 days" is no dose for 3 days.
fn quoted(read: Read<'_>) -> Vec<Dosage<'_>> {
    let text = read.dosages.into_iter().filter_map(|d| d.text);
    text.map(|text| Dosage { text: Some(text), not_understood: true, ..Dosage::empty() }).collect()
}

/// Whether a stop or a hold waits for something: "a week before her surgery".
fn waits(reader: &Reader<'_>, from: usize) -> bool {
    let clause = (from..reader.atoms.len().min(from + 10)).take_while(|i| !cues::begins_clause(reader, *i));
    clause.into_iter().any(|i| reader.is_word(i, &["before", "prior", "once", "when", "after", "if"]))
}

/// "in about a month" directly behind the directions.
fn is_later(reader: &Reader<'_>, from: usize) -> bool {
    let next = reader.is_word(from, &["next", "tomorrow", "later"]);
    let about = from + 1 + usize::from(reader.is_word(from + 1, &["about", "approximately", "roughly"]));
    let counted = reader.numbers(about).map(|(_, used)| used);
    let number = counted.or_else(|| reader.is_word(about, &["a", "an"]).then_some(1));
    let delayed = reader.is_word(from, &["in"]) && number.is_some_and(|n| reader.time_unit(about + n).is_some());
    next || delayed || reader.is_word(from, &["after"])
}

#[cfg(test)]
mod tests;

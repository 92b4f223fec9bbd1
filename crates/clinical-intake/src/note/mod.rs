//! Notes in plain text.
//!
//! One pass makes the words; everything else reads those. The sentence is the entry of the books: whatever becomes of a
//! note, every sentence of it is shown, or held back with a reason.

pub mod carries;
pub mod coming;
pub mod context;
mod dates;
mod fold;
mod marked;
pub mod medicine;
pub mod mention;
pub mod outline;
pub mod people;
mod problems;
pub mod sig;
pub mod values;
pub mod words;

pub use marked::Marked;

use crate::Error;
use clinical_lexicon::Lexicon;
use clinical_model::{
    Carries, Course, Entry, EntryId, EntryState, Finding, Format, MedicationUse, NoteSentence, Record, SectionKind,
    Source, Stop, Verbatim,
};
use medicine::MedicineMention;
use mention::{Experiencer, Mention, MentionKind};
use outline::{NoteKind, Outline, Sentence};
use std::borrow::Cow;
use std::ops::Range;

/// Reads a note.
///
/// # Errors
/// [`Error::Stopped`].
pub fn read<'a>(text: &'a str, lexicon: &Lexicon, stop: Stop<'_>) -> Result<(Record<'a>, Vec<Finding>), Error> {
    let asked = |stop: Stop<'_>| if stop.is_asked() { Err(Error::Stopped) } else { Ok(()) };
    let tokens = words::tokens(text);
    let outline = outline::read(text, &tokens, lexicon, stop);
    asked(stop)?;
    let mut numbers = marked::Numbers::new(&tokens);
    let tell = |at, token, seen| numbers.take(at, token, seen);
    // Only these are asked for below.
    let keeps = |kind, section| match kind {
        MentionKind::Medicine => true,
        MentionKind::Problem => problems::rank(section).is_some(),
        _ => false,
    };
    let mentions = mention::mentions_kept(text, &tokens, &outline, lexicon, stop, tell, keeps);
    asked(stop)?;
    let mut record = Record::new(Format::Note);
    let source = |span: &Range<usize>| Source::new(byte(span.start), byte(span.end));
    let entry_of = |sentence: usize| EntryId(byte(sentence));
    // What is done with goes before what is large: a note of ten megabytes has two million words.
    record.conditions = problems::problems(text, &outline, &mentions, &entry_of);
    let named = medicines(text, &outline, &mentions);
    drop(mentions);
    let mut folding = fold::Folding::default();
    medicine::each(text, &tokens, &outline, &named, &entry_of, lexicon, &mut |uses| folding.take(uses, lexicon));
    record.medications = folding.finish(lexicon);
    asked(stop)?;
    let with_medicine: Vec<usize> = named.iter().map(|m| m.sentence).collect();
    drop(named);
    let marked = Marked::numbered(text, &tokens, &outline, lexicon, numbers);
    header(&mut record, &marked, &outline);
    record.allergies = coming::allergies_of(&marked, &entry_of);
    record.observations = values::observations_of(&marked, &entry_of);
    asked(stop)?;
    let names_medicine = |sentence: usize| with_medicine.binary_search(&sentence).is_ok();
    // The cues of a sentence are looked for once, for all who ask about them.
    let mut hits = marked::Hits::default();
    let mut carries = Vec::with_capacity(marked.len());
    for sentence in 0..marked.len() {
        marked.cues_in(marked.tokens_of(sentence), &mut hits);
        carries.push(carries::of_sentence(&marked, sentence, Some(&names_medicine), &hits));
        record.appointments.extend(coming::appointment(&marked, sentence, &hits, &entry_of));
    }
    drop(marked);
    drop(tokens);
    let entry = |s: &Sentence| Entry { kind: "sentence".into(), source: source(&s.span), state: EntryState::Read };
    record.entries = outline.sentences.iter().map(entry).collect();
    // Medicines come in the order of their sentences.
    let mut rest = record.medications.as_slice();
    record.sentences.reserve_exact(outline.sentences.len());
    record.sentences.extend(outline.sentences.iter().enumerate().filter_map(|(i, s)| {
        let kind = outline.sections.get(s.section).map_or(NoteKind::Other, |s| s.kind);
        let count = rest.iter().take_while(|m| m.entry <= entry_of(i)).count();
        let (own, others) = rest.split_at(count);
        rest = others;
        Some(NoteSentence {
            entry: entry_of(i),
            kind: kind.section(),
            text: Verbatim::new(Cow::Borrowed(text.get(s.span.clone())?), source(&s.span)),
            carries: carried(carries.get(i).copied().unwrap_or_default(), kind, own),
        })
    }));
    Ok((record, Vec::new()))
}

/// What a medicine comes in. Behind the name of one it belongs to the name.
const FORMS: [&str; 24] = [
    "aerosol",
    "capsule",
    "capsules",
    "cream",
    "drops",
    "eye drops",
    "gel",
    "hfa",
    "inhaler",
    "inhalers",
    "injection",
    "injections",
    "lotion",
    "nasal spray",
    "nebulizer",
    "ointment",
    "patch",
    "patches",
    "pen",
    "solution",
    "spray",
    "suspension",
    "tablet",
    "tablets",
];

/// The mentions of medicines that are the patient's, in order.
fn medicines(text: &str, outline: &Outline, mentions: &[Mention]) -> Vec<MedicineMention> {
    let own = mentions.iter().filter(|m| m.kind == MentionKind::Medicine && m.experiencer == Experiencer::Patient);
    let known = own.filter(|m| m.sentence < outline.sentences.len());
    let mut out: Vec<MedicineMention> =
        known.map(|m| MedicineMention { span: m.span.clone(), assertion: m.assertion, sentence: m.sentence }).collect();
    out.sort_by_key(|m| m.span.start);
    // "Albuterol inhaler" is one medicine, although an inhaler is one, too, where nothing else is named.
    out.dedup_by(|form, name| {
        let gap = text.get(name.span.end..form.span.start);
        let words = text.get(form.span.clone()).unwrap_or_default();
        let belongs = gap.is_some_and(|gap| !gap.is_empty() && gap.chars().all(|c| c == ' ' || c == '\u{a0}'))
            && FORMS.iter().any(|f| words.eq_ignore_ascii_case(f));
        if belongs {
            name.span.end = form.span.end;
        }
        belongs
    });
    out
}

/// What a sentence carries by where it stands and by what was read of it, beside its own words.
fn carried(mut carries: Carries, kind: NoteKind, uses: &[MedicationUse<'_>]) -> Carries {
    carries.follow_up |= kind == NoteKind::FollowUp;
    carries.return_precaution |= kind == NoteKind::ReturnPrecautions;
    carries.medicine_change |= uses.iter().any(|m| match m.course {
        Course::Stopped | Course::OnHold => true,
        Course::Current => kind.section() == SectionKind::Plan,
        _ => false,
    });
    carries
}

/// What labelled fields say of the patient and of the visit.
fn header<'a>(record: &mut Record<'a>, marked: &Marked<'a, '_>, outline: &Outline) {
    let header = people::header(marked);
    let holder = |fact: Option<&Verbatim<'a>>| {
        let at = fact?.source();
        let after = outline.sentences.partition_point(|s| s.span.start <= at.start());
        let index = after.checked_sub(1)?;
        outline.sentences.get(index).filter(|s| at.end() <= s.span.end).map(|_| EntryId(byte(index)))
    };
    record.patient = header.patient(holder(header.name.as_ref().or(header.birth_date.as_ref())));
    if let Some(entry) = holder(header.visit.as_ref()) {
        record.encounters.extend(header.visit(entry));
    }
}

fn byte(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

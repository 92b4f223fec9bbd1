//! What a document says in words: sections of FHIR and C-CDA documents, sentences of notes.
//!
//! A section of C-CDA whose entries say all that it says has no words here. Every other section stands on the sheet
//! somewhere: among what was found, at home, when to come back, when to get help, or at the end.

use super::context::Selection;
use crate::ledger::{Ledger, Reason};
use crate::piece::{Fact, Line, View};
use crate::sheet::Said;
use clinical_lexicon::Message;
use clinical_model::{EntryId, NoteSection, NoteSentence, SectionKind};
use std::collections::HashSet;

/// Sections of one kind in their own words, then sentences of a note.
pub(super) fn sections<'a>(selection: &Selection<'_, 'a>, kind: SectionKind) -> Vec<Said<'a>> {
    sections_of(selection, &[kind])
}

/// The same of several kinds, one after the other.
pub(super) fn sections_of<'a>(selection: &Selection<'_, 'a>, kinds: &[SectionKind]) -> Vec<Said<'a>> {
    let places = selection.sentence_places();
    let is_on = |place: &Place, kind: SectionKind| *place == Place::On(kind);
    // Counted first: a long note has tens of thousands of them, and a list that grows leaves all its smaller selves
    // behind in memory.
    let sentences = places.iter().filter(|place| kinds.iter().any(|kind| is_on(place, *kind))).count();
    let mut out: Vec<Said<'a>> = Vec::with_capacity(sentences);
    for kind in kinds {
        let chosen = selection.record.sections.iter().filter(|s| s.kind == *kind);
        out.extend(chosen.filter_map(|s| section(selection, s)));
        let here = selection.record.sentences.iter().zip(places).filter(|(_, place)| is_on(place, *kind));
        out.extend(here.map(|(s, _)| Said::of(vec![Fact::exact(&s.text)])));
    }
    out
}

/// Sections that have no other place on the sheet and that no entries stand for.
pub(super) fn more<'a>(selection: &Selection<'_, 'a>) -> Vec<Said<'a>> {
    let chosen = selection.record.sections.iter().filter(|s| s.from_text && is_more(s.kind));
    chosen.filter_map(|s| section(selection, s)).collect()
}

/// The kinds of sections that stand at the end of the sheet.
const fn is_more(kind: SectionKind) -> bool {
    match kind {
        SectionKind::Problems
        | SectionKind::Results
        | SectionKind::Procedures
        | SectionKind::Vaccines
        | SectionKind::Visits
        | SectionKind::Goals
        | SectionKind::History
        | SectionKind::Social
        | SectionKind::Family
        | SectionKind::Other => true,
        SectionKind::Reason
        | SectionKind::Instructions
        | SectionKind::Plan
        | SectionKind::FollowUp
        | SectionKind::ReturnPrecautions
        | SectionKind::Findings
        | SectionKind::Medicines
        | SectionKind::Allergies
        | SectionKind::Payers => false,
    }
}

fn section<'a>(selection: &Selection<'_, 'a>, section: &NoteSection<'a>) -> Option<Said<'a>> {
    let view = if section.is_markup { View::Markup } else { View::Exact };
    let is_private = |text: &str| section.from_text && selection.is_private_text(text);
    let words: Vec<Fact<'a>> = section.blocks.iter().map(|b| Fact::viewed(view, b)).collect();
    let words: Vec<Fact<'a>> = words.into_iter().filter(|w| !is_private(&w.shown())).collect();
    let mut extra = not_final(selection, section.unfinished);
    if section.from_text {
        extra.push(Line::say(selection.lexicon, Message::FromText, &[]));
    }
    words.iter().any(|w| !w.shown().trim().is_empty()).then(|| Said {
        title: section.title.as_ref().map(Fact::exact).into(),
        extra,
        ..Said::of(words)
    })
}

/// The mark of a document that is not final.
pub(super) fn not_final<'a>(selection: &Selection<'_, 'a>, unfinished: bool) -> Vec<Line<'a>> {
    unfinished.then(|| Line::say(selection.lexicon, Message::NotFinalYet, &[])).into_iter().collect()
}

/// What becomes of a sentence of a note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// It stands among what is said of this.
    On(SectionKind),
    /// It is a private matter.
    Private,
    /// It is not for the sheet.
    Off,
}

/// The place of a sentence. What it carries decides before its section does.
pub(super) fn place(selection: &Selection<'_, '_>, sentence: &NoteSentence<'_>) -> Place {
    if selection.is_private_text(sentence.text.text()) {
        return Place::Private;
    }
    public_place(selection, sentence).map_or(Place::Off, Place::On)
}

fn public_place(selection: &Selection<'_, '_>, sentence: &NoteSentence<'_>) -> Option<SectionKind> {
    match sentence.kind {
        // Medicines and allergies that were read stand in their lists; what could not be read stands in words.
        SectionKind::Medicines | SectionKind::Allergies => {
            (!selection.is_read(sentence.entry)).then_some(sentence.kind)
        }
        _ if sentence.carries.return_precaution => Some(SectionKind::ReturnPrecautions),
        _ if sentence.carries.follow_up => Some(SectionKind::FollowUp),
        // Where no heading tells, what the sentence carries does.
        SectionKind::Other if sentence.carries.plan || sentence.carries.medicine_change => Some(SectionKind::Plan),
        SectionKind::Other if sentence.carries.assessment => Some(SectionKind::Findings),
        SectionKind::Reason
        | SectionKind::Instructions
        | SectionKind::Plan
        | SectionKind::FollowUp
        | SectionKind::ReturnPrecautions
        | SectionKind::Findings
        | SectionKind::Problems => Some(match sentence.kind {
            SectionKind::Problems => SectionKind::Findings,
            kind => kind,
        }),
        SectionKind::Results
        | SectionKind::Procedures
        | SectionKind::Vaccines
        | SectionKind::Visits
        | SectionKind::Goals
        | SectionKind::History
        | SectionKind::Social
        | SectionKind::Family
        | SectionKind::Payers
        | SectionKind::Other => None,
    }
}

/// Why a section or sentence is not on the sheet, where it is not.
pub(super) fn hold(selection: &Selection<'_, '_>, ledger: &mut Ledger) {
    for section in &selection.record.sections {
        let is_empty = section.blocks.iter().all(|b| b.text().trim().is_empty());
        let is_private = || section.blocks.iter().any(|b| selection.is_private_text(b.text()));
        let reason = match section.kind {
            _ if section.is_markup => Reason::Document,
            _ if is_empty && !section.from_text => Reason::Panel,
            _ if is_empty => Reason::NoValue,
            SectionKind::Payers => Reason::Administrative,
            _ if is_private() => Reason::Private,
            _ => Reason::Document,
        };
        ledger.hold(section.entry, reason);
    }
    for (sentence, place) in selection.record.sentences.iter().zip(selection.sentence_places()) {
        let reason = match sentence.kind {
            _ if *place == Place::Private => Reason::Private,
            SectionKind::Family => Reason::AboutOther,
            SectionKind::Social => Reason::Survey,
            SectionKind::Payers => Reason::Administrative,
            _ => Reason::Detail,
        };
        ledger.hold(sentence.entry, reason);
    }
}

/// The sentences of a note of which something was read into a list.
pub(super) fn read_sentences(record: &clinical_model::Record<'_>) -> HashSet<EntryId> {
    let medicines = record.medications.iter().map(|m| m.entry);
    medicines.chain(record.allergies.iter().map(|a| a.entry)).collect()
}

//! Directions in plain words, from the structure of a dosage, beside the prescriber's own text.
//!
//! A sentence is written only where every part of the structure is understood and the prescriber's text says nothing
//! else that matters: no other amount, time, way, length or condition. Advice ("with food", "shake well") and the same
//! amount in another unit may stand in the quote alone, which is always beside the sentence. In every other case the
//! text is quoted and nothing is guessed: an honest quote beats a wrong sentence.

mod amount;
mod asides;
mod coded;
mod compare;
mod dates;
mod doses;
mod facts;
mod number;
mod often;
mod parts;
mod reading;
mod schedule;
mod sentence;
mod steps;
mod structure;
#[cfg(test)]
mod tests;
mod timing;
mod tokens;
mod way;
mod written;

use crate::{Fact, Line};
use clinical_lexicon::{Lexicon, Message};
use clinical_model::{AsNeeded, Concept, Dosage, Verbatim};
use compare::{Compared, Verdict, Whose, compare};
use reading::{Known, Reading};
use structure::Structure;

/// The four times of day of the Universal Medication Schedule. Each holds what to take then ("1 tablet").
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Schedule<'a> {
    /// In the morning. `None`: nothing then.
    pub morning: Option<Line<'a>>,
    /// At noon.
    pub noon: Option<Line<'a>>,
    /// In the evening.
    pub evening: Option<Line<'a>>,
    /// At bedtime.
    pub bedtime: Option<Line<'a>>,
}

/// One step of the directions.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Step<'a> {
    /// The step in plain words. `None` where our words could say less or other than the record: then only the quotes
    /// stand.
    pub plain: Option<Line<'a>>,
    /// Whether `plain` says all of the structure. False where it is `None`, and where there is no text to quote and it
    /// only lists what could be read and sends the reader to the care team.
    pub understood: bool,
    /// "First:", "Then:" or "And also:" for a step whose `plain` is `None`; else it stands in `plain`.
    pub lead: Option<Line<'a>>,
    /// The prescriber's own text, the words meant for the patient, and the additional instructions.
    pub quoted: Vec<Fact<'a>>,
    /// The times of day, where the record gives them or they follow from so many times each day.
    pub schedule: Option<Schedule<'a>>,
    /// Only when needed, by the structure or by the text.
    pub as_needed: bool,
    /// The structure and the text say different things.
    pub disagreement: bool,
}

/// All directions of one medicine.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Directions<'a> {
    /// Every step, in order.
    pub steps: Vec<Step<'a>>,
    /// Every step is only for when it is needed.
    pub as_needed: bool,
    /// The times of day: only for exactly one step that is understood and not as-needed.
    pub schedule: Option<Schedule<'a>>,
    /// In some step the structure and the text say different things.
    pub disagreement: bool,
    /// The record gives no directions at all.
    pub missing: bool,
    /// The record's own doses, step by step; a step that repeats the one before is not repeated here.
    pub dose: Vec<Fact<'a>>,
    /// The record's own timing.
    pub frequency: Vec<Fact<'a>>,
    /// The record's own routes.
    pub route: Vec<Fact<'a>>,
    /// What it is needed for, as the record says it.
    pub as_needed_for: Vec<Fact<'a>>,
    /// The record's own maxima.
    pub max: Vec<Fact<'a>>,
}

/// Where a step stands among the others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Alone, or in no order that the record gives.
    Unordered,
    First,
    Later,
    /// With the one before.
    Together,
}

/// Puts the directions of one medicine into plain words. A text that names `medicine` says no more by that.
#[must_use]
pub fn explain<'a>(dosages: &[Dosage<'a>], medicine: Option<&Concept<'a>>, lexicon: &Lexicon) -> Directions<'a> {
    let said = |d: &Dosage<'a>| structure::is_present(d) || has_words(d);
    if !dosages.iter().any(said) {
        return Directions { missing: true, ..Directions::default() };
    }
    let mut all = Directions::default();
    let mut last = [0; 5];
    let ordered = in_order(dosages);
    let count = ordered.len();
    for (i, (dosage, place)) in ordered.iter().enumerate() {
        let follows = ordered.get(i + 1..).is_some_and(|rest| rest.iter().any(|(_, p)| *p == Place::Later));
        all.steps.push(step(dosage, medicine, *place, follows, lexicon));
        let [dose, frequency, route, needed, max] = &mut last;
        facts::join(&mut all.dose, dose, facts::dose(dosage));
        facts::join(&mut all.frequency, frequency, facts::frequency(dosage));
        facts::join(&mut all.route, route, facts::route(dosage));
        facts::join(&mut all.as_needed_for, needed, facts::as_needed_for(dosage));
        facts::join(&mut all.max, max, facts::max(dosage));
    }
    all.as_needed = all.steps.iter().all(|s| s.as_needed);
    all.disagreement = all.steps.iter().any(|s| s.disagreement);
    if let (1, [only]) = (count, all.steps.as_slice()) {
        all.schedule.clone_from(&only.schedule);
    }
    all
}

/// The steps in the order of their numbers where every one has a number; equal numbers are taken together (FHIR R4
/// Dosage.sequence). Else as they stand, and nothing is said of what comes first.
fn in_order<'d, 'a>(dosages: &'d [Dosage<'a>]) -> Vec<(&'d Dosage<'a>, Place)> {
    let number = |d: &Dosage<'a>| d.sequence.as_ref()?.text().parse::<u32>().ok();
    let numbered: Option<Vec<_>> = dosages.iter().map(|d| Some((number(d)?, d))).collect();
    let Some(mut numbered) = numbered.filter(|n| n.len() > 1) else {
        let worded = in_words(dosages);
        return worded.unwrap_or_else(|| dosages.iter().map(|d| (d, Place::Unordered)).collect());
    };
    numbered.sort_by_key(|(n, _)| *n);
    let several = numbered.first().map(|(n, _)| *n) != numbered.last().map(|(n, _)| *n);
    let mut before = None;
    numbered
        .into_iter()
        .map(|(n, d)| {
            let place = match before.replace(n) {
                None if several => Place::First,
                None => Place::Unordered,
                Some(b) if b == n => Place::Together,
                Some(_) => Place::Later,
            };
            (d, place)
        })
        .collect()
}

/// The steps of a text, where words or signs join each of them to the one before ("then", "and").
fn in_words<'d, 'a>(dosages: &'d [Dosage<'a>]) -> Option<Vec<(&'d Dosage<'a>, Place)>> {
    let (first, rest) = dosages.split_first()?;
    let mut places = Vec::with_capacity(rest.len());
    for step in rest {
        places.push(match written::plain(step.sequence.as_ref()?.text()).as_str() {
            "then" | "and then" | "followed by" => Place::Later,
            "and" | "plus" | "," | ";" | "&" | "+" => Place::Together,
            _ => return None,
        });
    }
    let ordered = places.contains(&Place::Later);
    let lead = if ordered { Place::First } else { Place::Unordered };
    let known = first.sequence.is_none() && !rest.is_empty();
    known.then(|| std::iter::once((first, lead)).chain(rest.iter().zip(places)).collect())
}

fn has_words(dosage: &Dosage<'_>) -> bool {
    facts::worded(dosage.text.as_ref()).is_some()
        || facts::worded(dosage.patient_instruction.as_ref()).is_some()
        || dosage.additional.iter().any(|c| !c.is_empty())
}

/// The prescriber's text, the words for the patient, the additional instructions. The same words are quoted once.
fn quotes<'a>(dosage: &Dosage<'a>) -> Vec<Fact<'a>> {
    let words = facts::worded(dosage.text.as_ref()).into_iter();
    let words = words.chain(facts::worded(dosage.patient_instruction.as_ref()));
    let mut quoted: Vec<Fact<'a>> = Vec::new();
    let mut said = std::collections::HashSet::new();
    for text in words.chain(dosage.additional.iter().filter_map(Concept::name)) {
        if said.insert(text.text()) {
            quoted.push(Fact::exact(text));
        }
    }
    quoted
}

fn step<'a>(
    dosage: &Dosage<'a>,
    medicine: Option<&Concept<'a>>,
    place: Place,
    follows: bool,
    lexicon: &Lexicon,
) -> Step<'a> {
    let mut step = Step { quoted: quotes(dosage), ..Step::default() };
    let present = structure::is_present(dosage);
    let structure = if present { structure::read(dosage, lexicon) } else { None };
    let (verdict, needed_by_text) = weigh(dosage, medicine, structure.as_ref(), lexicon);
    step.as_needed = matches!(dosage.as_needed, AsNeeded::Yes | AsNeeded::For(_)) || needed_by_text;
    step.disagreement = verdict.disagrees;
    let lead = match place {
        Place::Unordered => None,
        Place::First => Some(Message::DoseFirst),
        Place::Later => Some(Message::DoseThen),
        Place::Together => Some(Message::DoseAlso),
    }
    .map(|message| Line::say(lexicon, message, &[]));
    let own_words = facts::worded(dosage.text.as_ref()).or(facts::worded(dosage.patient_instruction.as_ref()));
    let sentence = match structure {
        Some(mut structure) if !verdict.disagrees && !verdict.says_more => {
            structure.reason = structure.reason.filter(|_| !verdict.other_reason);
            step.quoted.extend(structure.way.method.clone());
            step.understood = true;
            step.schedule = structure
                .when
                .columns
                .filter(|_| !step.as_needed && !verdict.starts && !verdict.timed)
                .zip(structure.amount.as_ref())
                .map(|(columns, amount)| schedule::grid(columns, &amount.line));
            let mut said = sentence::say(&structure, step.as_needed, follows, lexicon);
            let only_quoted = [(verdict.starts, Message::DoseStartQuoted), (verdict.timed, Message::DoseTimeQuoted)];
            for (_, message) in only_quoted.into_iter().filter(|(is, _)| *is) {
                said.push_words(" ");
                said.append(Line::say(lexicon, message, &[]));
            }
            Some(said)
        }
        // Without a text of the prescriber there is nothing to read but the facts.
        _ if own_words.is_none() && (present || step.quoted.is_empty()) => {
            Some(sentence::unread(dosage, &facts::dose(dosage), lexicon))
        }
        _ => None,
    };
    match (sentence, lead) {
        (Some(sentence), Some(mut lead)) => {
            lead.push_words(" ");
            lead.append(sentence);
            step.plain = Some(lead);
        }
        (sentence, lead) => {
            step.plain = sentence;
            step.lead = lead.filter(|_| step.plain.is_none());
        }
    }
    step
}

/// Holds every text of a dosage against its structure, and says whether a text makes it as-needed.
fn weigh(
    dosage: &Dosage<'_>,
    medicine: Option<&Concept<'_>>,
    structure: Option<&Structure<'_>>,
    lexicon: &Lexicon,
) -> (Verdict, bool) {
    let own = structure.and_then(Structure::own_unit);
    let known = known(dosage, medicine);
    let read = |text: &str| reading::read(text, own, &known, lexicon);
    let mut verdict = Verdict::default();
    let mut as_needed = false;
    let mut weigh = |reading: &Reading, whose: Whose| {
        as_needed |= reading.is_clearly_as_needed();
        // One dose that is always due and one for when it is needed are not one sentence.
        verdict.says_more |= reading.as_needed && !reading.is_clearly_as_needed();
        if let Some(structure) = structure {
            let compared = Compared {
                amount: structure.amount.as_ref(),
                when: &structure.when,
                way: structure.way_place(lexicon),
                way_unsaid: structure.way.own.is_none(),
                maxima: &structure.limits,
                not_as_needed: dosage.as_needed == AsNeeded::No,
            };
            let one = compare(&compared, reading, whose, lexicon);
            verdict.disagrees |= one.disagrees;
            verdict.says_more |= one.says_more;
            verdict.starts |= one.starts;
            verdict.other_reason |= one.other_reason;
            verdict.timed |= one.timed;
        }
    };
    if let Some(text) = facts::worded(dosage.text.as_ref()) {
        weigh(&read(text.text()), Whose::Prescriber);
    }
    if let Some(text) = facts::worded(dosage.patient_instruction.as_ref()) {
        weigh(&read(text.text()), Whose::Patient);
    }
    for text in dosage.additional.iter().filter_map(Concept::name) {
        weigh(&read(text.text()), Whose::Label);
    }
    // A coded schedule beside a structured one must not say something else.
    for name in dosage.timing.iter().filter_map(|t| t.code.as_ref()).flat_map(Concept::wordings) {
        weigh(&read(name.text()), Whose::Label);
    }
    (verdict, as_needed)
}

/// The words of the structure's own concepts: a text that repeats them says no more than the structure.
fn known(dosage: &Dosage<'_>, medicine: Option<&Concept<'_>>) -> Known {
    let reason = if let AsNeeded::For(c) = &dosage.as_needed { Some(c) } else { None };
    let concepts = [dosage.site.as_ref(), dosage.route.as_ref(), dosage.method.as_ref(), reason];
    let mut known = Known::of(concepts.into_iter().flatten().flat_map(Concept::wordings).map(Verbatim::text));
    // The name of the medicine and words that are quoted by themselves ("thin layer") are known one by one: a whole
    // phrase of them may speak of the dose, and is read.
    let more = medicine.into_iter().chain(&dosage.additional).flat_map(Concept::wordings).map(Verbatim::text);
    known.words.extend(Known::of(more).words);
    known
}

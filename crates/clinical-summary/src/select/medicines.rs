//! Medicines: what to take, what to take when needed, what not to take, and what to ask about.

use super::context::{Selection, dated};
use crate::directions::explain;
use crate::ledger::{Ledger, Reason};
use crate::piece::{Fact, Line, View};
use crate::sheet::{Medicine, Medicines};
use clinical_lexicon::{Message, normalise};
use clinical_model::{Course, EntryState, MedicationKind, MedicationUse, Moment, UnreadReason};
use std::collections::{HashMap, HashSet};

/// Sorts every order and statement by what the patient should do with it (safety rules 1, 6 and 8).
pub(super) fn medicines<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Medicines<'a> {
    let mut out = Medicines::default();
    let uses = &selection.record.medications;
    let names: Vec<Vec<String>> = uses.iter().map(|u| ingredients(selection, u)).collect();
    let current = |i: &usize| uses[*i].course == Course::Current && uses[*i].kind != MedicationKind::Administration;
    let mut taken: HashMap<&[String], Vec<usize>> = HashMap::new();
    for i in (0..uses.len()).filter(current) {
        taken.entry(&names[i]).or_default().push(i);
    }
    // The latest running order of each medicine, for telling old news from a contradiction.
    let latest: HashMap<&[String], Option<i64>> =
        taken.iter().map(|(name, list)| (*name, list.iter().filter_map(|j| when(&uses[*j])).max())).collect();
    let mut said_stopped: HashSet<&[String]> = HashSet::new();
    for i in newest_first(uses) {
        let entry = uses[i].entry;
        let running = taken.get(&names[i][..]).map_or(&[][..], Vec::as_slice);
        let is_doubled = running.iter().take(2).any(|j| *j != i);
        match uses[i].course {
            Course::InError => ledger.hold(entry, Reason::Mistake),
            _ if uses[i].kind == MedicationKind::Administration => ledger.hold(entry, Reason::GivenByStaff),
            Course::NotOrdered => ledger.hold(entry, Reason::NotOrdered),
            Course::Completed => ledger.hold(entry, Reason::MedicineOver),
            Course::Current => {
                let mut line = medicine(selection, &uses[i]);
                if is_doubled {
                    line.cautions.push(say(selection, Message::CautionTwoOrders));
                }
                if let Some(end) = end_of_course(selection, &uses[i]) {
                    line.cautions.push(Line::say(selection.lexicon, Message::CautionEnded, &[("date", Line::fact(end))]));
                }
                let list = if line.directions.as_needed { &mut out.as_needed } else { &mut out.take };
                list.push(line);
            }
            Course::OnHold => {
                let mut line = medicine(selection, &uses[i]);
                if is_doubled {
                    line.cautions.push(say(selection, Message::CautionConflict));
                }
                out.on_hold.push(line);
            }
            Course::Unstated => out.ask.push(medicine(selection, &uses[i])),
            Course::Stopped => {
                // A stopped order is old news where a newer one for the same medicine stands; where the stop is the
                // newer of the two, the record contradicts itself and the patient must ask.
                let newer_order = is_doubled && latest.get(&names[i][..]).is_some_and(|last| *last >= when(&uses[i]));
                if newer_order && uses[i].prohibition.is_none() {
                    ledger.hold(entry, Reason::EarlierOrder);
                } else if said_stopped.contains(&names[i][..]) {
                    ledger.hold(entry, Reason::EarlierSame);
                } else if !tells_of_stop(&uses[i]) && !selection.this_year(last_moment(&uses[i])) {
                    ledger.hold(entry, Reason::MedicineOver);
                } else {
                    said_stopped.insert(&names[i]);
                    let mut line = medicine(selection, &uses[i]);
                    if is_doubled {
                        line.cautions.push(say(selection, Message::CautionConflict));
                    }
                    out.stopped.push(line);
                }
            }
        }
    }
    let nameless = |state: EntryState| match state {
        EntryState::Unreadable(UnreadReason::NoMedicineName | UnreadReason::UnknownModifier) => true,
        EntryState::Unreadable(_) | EntryState::Read | EntryState::OtherKind => false,
    };
    for entry in &selection.record.entries {
        if entry.kind.starts_with("Medication") && nameless(entry.state) {
            out.unreadable.push(say(selection, Message::MedicineUnreadable));
        }
    }
    out
}

fn say<'a>(selection: &Selection<'_, 'a>, message: Message) -> Line<'a> {
    Line::say(selection.lexicon, message, &[])
}

/// Newest orders first, undated ones after them, then in the record's order.
fn newest_first(uses: &[MedicationUse<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..uses.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(when(&uses[*i])), uses[*i].entry));
    order
}

fn when(medication: &MedicationUse<'_>) -> Option<i64> {
    let written = medication.written.as_ref().and_then(|v| Moment::parse(v.text()));
    written.or_else(|| medication.taken.as_ref().and_then(|p| p.moment())).map(|m| m.order())
}

/// The record forbids it, or says why it was stopped: that is news, however old the order is. (FHIR R4 does not say
/// when an order was stopped.)
fn tells_of_stop(medication: &MedicationUse<'_>) -> bool {
    medication.prohibition.is_some() || medication.status_reason.is_some()
}

fn last_moment(medication: &MedicationUse<'_>) -> Option<Moment> {
    let ended = medication.taken.as_ref().and_then(|p| p.ended());
    ended.or_else(|| medication.written.as_ref().and_then(|v| Moment::parse(v.text())))
}

/// What makes two orders "the same medicine": the same ingredients where the lexicon knows them, else the same name.
fn ingredients(selection: &Selection<'_, '_>, medication: &MedicationUse<'_>) -> Vec<String> {
    let Some(name) = medication.medicine.name() else { return Vec::new() };
    let mut found: Vec<String> =
        selection.lexicon.medicines(name.text()).iter().map(|hit| hit.words.name.to_string()).collect();
    if found.is_empty() {
        found.push(normalise(name.text()));
    }
    found.sort_unstable();
    found
}

/// The record's own end of an order that is still called active, when that end has passed.
fn end_of_course<'a>(selection: &Selection<'_, 'a>, medication: &MedicationUse<'a>) -> Option<Fact<'a>> {
    let of_steps = medication.dosages.iter().rev().find_map(|d| match d.timing.as_ref()?.bounds.as_ref()? {
        clinical_model::Bounds::Period(p) => p.end.as_ref(),
        _ => None,
    });
    let end = medication.taken.as_ref().and_then(|p| p.end.as_ref()).or(of_steps)?;
    Moment::parse(end.text()).filter(|m| selection.is_past(m)).map(|_| Fact::viewed(View::Date, end))
}

fn medicine<'a>(selection: &Selection<'_, 'a>, medication: &MedicationUse<'a>) -> Medicine<'a> {
    let lexicon = selection.lexicon;
    // Entries without a name are unreadable and never come here; an empty text would be caught by the gate.
    let name = medication.medicine.name().map_or_else(
        || Fact::exact(&clinical_model::Verbatim::new("".into(), clinical_model::Source::new(0, 0))),
        Fact::exact,
    );
    let directions = explain(&medication.dosages, lexicon);
    let mut cautions = Vec::new();
    // Cautions about directions are for who may take it; beside a stopped medicine they would confuse.
    let may_take = matches!(medication.course, Course::Current | Course::Unstated);
    if directions.disagreement && may_take {
        cautions.push(say(selection, Message::CautionDisagree));
    }
    if directions.missing && may_take {
        cautions.push(say(selection, Message::CautionNoDirections));
    }
    let often_used_for = medication.reasons.is_empty().then(|| often_used_for(selection, &name.of)).flatten();
    Medicine {
        name,
        directions,
        reasons: medication.reasons.iter().map(Fact::exact).collect(),
        often_used_for,
        cautions,
        notes: medication.notes.iter().map(Fact::exact).collect(),
        status: medication.status.as_ref().map(Fact::exact),
        status_reason: medication.status_reason.as_ref().and_then(|c| c.name()).map(Fact::exact),
        written: dated(medication.written.as_ref()),
        prescriber: medication.prescriber.as_ref().map(Fact::exact),
    }
}

/// "Often used for …" from the lexicon (safety rule 9). A combination that the lexicon knows only by its parts is
/// explained part by part.
fn often_used_for<'a>(selection: &Selection<'_, 'a>, name: &clinical_model::Verbatim<'a>) -> Option<Line<'a>> {
    let hits = selection.lexicon.medicines(name.text());
    let uses = |hit: &clinical_lexicon::MedicineHit<'_>| Line::words(hit.words.used_for.to_string());
    match hits.as_slice() {
        [] => None,
        [one] => Some(Line::say(selection.lexicon, Message::OftenUsedFor, &[("uses", uses(one))])),
        many => {
            let mut line = Line::default();
            for (i, hit) in many.iter().enumerate() {
                if i > 0 {
                    line.push_words(" ");
                }
                let part = Line::words(hit.words.name.to_string());
                let slots = [("part", part), ("uses", uses(hit))];
                line.append(Line::say(selection.lexicon, Message::PartUsedFor, &slots));
            }
            Some(line)
        }
    }
}

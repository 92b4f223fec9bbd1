//! Medicines: what to take, what to take when needed, what not to take, and what to ask about.

use super::context::{Selection, dated};
use super::in_words::sections;
use crate::directions::explain;
use crate::ledger::{Ledger, Reason};
use crate::piece::{Fact, Line, View};
use crate::sheet::{Medicine, Medicines};
use clinical_lexicon::{Message, normalise};
use clinical_model::{
    Bounds, Course, CourseRule, EntryState, MedicationKind, MedicationRemark, MedicationUse, Moment, SectionKind,
    UnreadReason,
};
use std::collections::{HashMap, HashSet};

/// Codes that stand in the place of a medicine and say that none is known, or that nothing is known (IPS absent and
/// unknown data; SNOMED CT).
const NO_MEDICINES: [&str; 5] = ["no-known-medications", "no-medication-info", "787481004", "182849000", "182904002"];

/// SNOMED CT for any medicine at all: a negated one says that none is taken.
const ANY_MEDICINE: [&str; 3] = ["410942007", "763158003", "373873005"];

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
    // Medicines that some entry says not to take, and whose saying so is not old news.
    let speaks_against = |i: &usize| match uses[*i].course {
        Course::OnHold => true,
        Course::Stopped | Course::Cancelled => !is_old_news(&uses[*i], latest.get(&names[*i][..]).copied().flatten()),
        Course::NotTaken => true,
        _ => false,
    };
    let against: HashSet<&[String]> = (0..uses.len()).filter(speaks_against).map(|i| &names[i][..]).collect();
    let is_dead = selection.record.patient.as_ref().is_some_and(|p| p.deceased.is_some() || p.deceased_flag.is_some());
    for i in newest_first(uses) {
        let entry = uses[i].entry;
        let running = taken.get(&names[i][..]).map_or(&[][..], Vec::as_slice);
        let is_doubled = running.iter().take(2).any(|j| *j != i);
        let is_statement = NO_MEDICINES.iter().any(|c| uses[i].medicine.has_code(c)) || says_none(&uses[i]);
        if uses[i].medicine_is_ingredients {
            // Until the sheet can say what is in it: the first ingredient alone would be a wrong name.
            ledger.hold(entry, Reason::Unclear);
            out.unreadable.push(say(selection, Message::MedicineUnreadable));
            continue;
        }
        match uses[i].course {
            Course::Current | Course::Unstated | Course::Completed | Course::NotTaken if is_statement => {
                let name = selection.name(&uses[i].medicine);
                if says_none(&uses[i]) { &mut out.negated } else { &mut out.statements }.extend(name);
            }
            Course::InError => ledger.hold(entry, Reason::Mistake),
            _ if uses[i].kind == MedicationKind::Administration => ledger.hold(entry, Reason::GivenByStaff),
            Course::NotOrdered => ledger.hold(entry, Reason::NotOrdered),
            Course::Completed => ledger.hold(entry, Reason::MedicineOver),
            Course::Current if is_dead => ledger.hold(entry, Reason::Deceased),
            Course::Current => {
                let mut line = medicine(selection, &uses[i]);
                if against.contains(&names[i][..]) {
                    line.cautions.push(say(selection, Message::CautionAgainst));
                    // Times of day would read as an order.
                    line.directions.schedule = None;
                }
                if is_doubled {
                    line.cautions.push(say(selection, Message::CautionTwoOrders));
                }
                if let Some(end) = end_of_course(selection, &uses[i]) {
                    line.cautions.push(Line::say(
                        selection.lexicon,
                        Message::CautionEnded,
                        &[("date", Line::fact(end))],
                    ));
                }
                if let Some(length) = course_is_over(selection, &uses[i]) {
                    line.cautions.push(Line::say(selection.lexicon, Message::CautionCourseOver, &[("time", length)]));
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
            // What somebody does not take is a report and no order to stop.
            Course::NotTaken => {
                let mut line = medicine(selection, &uses[i]);
                line.cautions.push(say(selection, Message::CautionNotTaken));
                line.directions.schedule = None;
                out.ask.push(line);
            }
            Course::Stopped | Course::Cancelled => {
                let last = latest.get(&names[i][..]).copied().flatten();
                if is_doubled && is_old_news(&uses[i], last) {
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
                    } else if line.status_reason.is_none() && uses[i].prohibition.is_none() {
                        line.cautions.push(say(selection, Message::CautionNoReason));
                    }
                    let forbidden = uses[i].prohibition.is_some();
                    if forbidden { &mut out.forbidden } else { &mut out.stopped }.push(line);
                }
            }
        }
    }
    let nameless = |state: EntryState| match state {
        EntryState::Unreadable(
            UnreadReason::NoMedicineName | UnreadReason::UnknownModifier | UnreadReason::RepeatedMember,
        ) => true,
        EntryState::Unreadable(_) | EntryState::Read | EntryState::OtherKind | EntryState::Superseded => false,
        EntryState::Deleted | EntryState::AboutOther | EntryState::Parted => false,
    };
    for entry in &selection.record.entries {
        if nameless(entry.state) && entry.kind.contains("Medication") {
            out.unreadable.push(say(selection, Message::MedicineUnreadable));
        }
    }
    out.in_words = sections(selection, SectionKind::Medicines);
    out.only_held = out.is_empty() && selection.record.entries.iter().any(|e| e.kind.contains("Medication"));
    out
}

/// Whether an entry says by its negation that no medicine at all is taken.
fn says_none(medication: &MedicationUse<'_>) -> bool {
    medication.course == Course::NotTaken
        && medication.rule == Some(CourseRule::Negation)
        && ANY_MEDICINE.iter().any(|c| medication.medicine.has_code(c))
}

/// Whether a stopped order is only the past of a running one: both are dated, the running one is newer, and the record
/// neither forbids the medicine nor says why it was stopped. Where nobody can tell, both stand on the sheet and the
/// patient is told to ask.
fn is_old_news(stopped: &MedicationUse<'_>, latest: Option<i64>) -> bool {
    !tells_of_stop(stopped) && matches!((when(stopped), latest), (Some(stop), Some(last)) if last > stop)
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
    let end_of = |d: &clinical_model::Dosage<'a>| match d.timing.as_ref()?.bounds.as_ref()? {
        Bounds::Period(p) => p.end.clone(),
        _ => None,
    };
    // An order of several steps has ended when its last one has; a step without an end goes on.
    let ends: Option<Vec<_>> = medication.dosages.iter().map(end_of).collect();
    let of_steps = ends.and_then(|e| e.into_iter().max_by_key(|v| Moment::parse(v.text()).map(|m| m.latest())));
    let end = &medication.taken.as_ref().and_then(|p| p.end.clone()).or(of_steps)?;
    Moment::parse(end.text()).filter(|m| selection.is_past(m)).map(|_| Fact::viewed(View::Date, end))
}

/// An order for so many days or weeks that began so long ago that it must be over: its length, number and unit.
fn course_is_over<'a>(selection: &Selection<'_, 'a>, medication: &MedicationUse<'a>) -> Option<Line<'a>> {
    let written = medication.written.as_ref().and_then(|v| Moment::parse(v.text()))?;
    let mut days = 0;
    let mut length = None;
    for dosage in &medication.dosages {
        let Some(Bounds::Duration(q)) = dosage.timing.as_ref().and_then(|t| t.bounds.as_ref()) else { return None };
        let number: i64 = q.value.as_ref()?.text().parse().ok()?;
        let unit = q.code.as_ref().or(q.unit.as_ref())?;
        days += number.checked_mul(match unit.text() {
            "h" | "hour" | "hours" => 1,
            "d" | "day" | "days" => 1,
            "wk" | "week" | "weeks" => 7,
            "mo" | "month" | "months" => 31,
            _ => return None,
        })?;
        length = Some((q.value.as_ref()?, q.unit.as_ref().or(q.code.as_ref())?));
    }
    let (number, unit) = length.filter(|_| medication.dosages.len() == 1)?;
    // A week of grace: a course may begin some days after it was ordered.
    (written.days() + days + 7 < selection.now.days()).then(|| {
        let mut line = Line::fact(Fact::exact(number));
        line.push_words(" ");
        line.push_fact(Fact::exact(unit));
        line
    })
}

fn medicine<'a>(selection: &Selection<'_, 'a>, medication: &MedicationUse<'a>) -> Medicine<'a> {
    let lexicon = selection.lexicon;
    // Entries without a name are unreadable and never come here; an empty text would be caught by the gate.
    let name = medication.medicine.name().map_or_else(
        || Fact::exact(&clinical_model::Verbatim::new("".into(), clinical_model::Source::new(0, 0))),
        Fact::exact,
    );
    let directions = explain(&medication.dosages, Some(&medication.medicine), lexicon);
    let mut cautions = Vec::new();
    // Cautions about directions are for who may take it; beside a stopped medicine they would confuse.
    let may_take = matches!(medication.course, Course::Current | Course::Unstated);
    if directions.disagreement && may_take {
        cautions.push(say(selection, Message::CautionDisagree));
    }
    if directions.missing && may_take {
        cautions.push(say(selection, Message::CautionNoDirections));
    }
    for remark in &medication.remarks {
        match remark {
            MedicationRemark::CompletedButNotEnded if may_take => {
                cautions.push(say(selection, Message::CautionCompleted));
            }
            MedicationRemark::FromText => cautions.push(say(selection, Message::CautionFromText)),
            MedicationRemark::NarrativeDisagrees => cautions.push(say(selection, Message::CautionNarrative)),
            MedicationRemark::OnlyMentioned => cautions.push(say(selection, Message::CautionOnlyMentioned)),
            MedicationRemark::CompletedButNotEnded => {}
        }
    }
    let told = |r: &&clinical_model::Verbatim<'a>| !selection.is_private_text(r.text());
    let often_used_for = medication.reasons.is_empty().then(|| often_used_for(selection, &name.of)).flatten();
    Medicine {
        name,
        directions,
        reasons: medication.reasons.iter().filter(told).map(Fact::exact).collect(),
        often_used_for,
        cautions,
        rule: medication.rule,
        notes: medication.notes.iter().map(Fact::exact).collect(),
        status: medication.status.as_ref().map(Fact::exact),
        status_reason: medication.status_reason.as_ref().and_then(|c| c.name()).map(Fact::exact),
        written: dated(medication.written.as_ref()),
        prescriber: medication.prescriber.iter().flat_map(|n| n.parts()).map(Fact::exact).collect(),
    }
}

/// "Often used for …" from the lexicon (safety rule 9). A combination that the lexicon knows only by its parts is
/// explained part by part.
fn often_used_for<'a>(selection: &Selection<'_, 'a>, name: &clinical_model::Verbatim<'a>) -> Option<Line<'a>> {
    let hits = selection.lexicon.medicines(name.text());
    // The name must stand on the sheet; what it treats need not, where that could endanger who is read over the shoulder.
    if hits.iter().any(|hit| hit.words.sensitive) {
        return None;
    }
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

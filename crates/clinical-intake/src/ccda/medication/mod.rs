//! Reads medicines: Medication Activity (2.16.840.1.113883.10.20.22.4.16), alone, in the act of an admission or discharge
//! medication (4.36, 4.35), or in an organizer of steps; and supplies (4.17, 4.18) that stand alone.

mod around;
mod course;
mod groups;
mod lists;
mod product;
mod sig;

use super::context::{Context, Frame, MedicineList};
use super::dosage::{self, of_words};
use super::types::{child, children, first_cell, has_template, is_before_document, is_negated, status, words};
use crate::cues::Halt;
use crate::taking;
use clinical_model::{
    Assertion, Concept, Course, CourseRule, EntryId, EntryState, FindingCode, MedicationKind, MedicationUse, Moment,
    Period, Severity, UnreadReason, Verbatim,
};
use clinical_xml::Node;
use course::{Said, decide};
use groups::{Around, Group, groups};
pub(crate) use lists::settle;

/// Of an entry of medicines, for the accounting.
const KIND: &str = "Medication Activity";
const ACTIVITY: &str = "2.16.840.1.113883.10.20.22.4.16";
/// Supplies that are no medicine: Non-Medicinal Supply Activity.
const NON_MEDICINAL: &str = "2.16.840.1.113883.10.20.22.4.50";

/// Reads the clinical statement `node` (the child of `entry`, `component` or `entryRelationship`) into the record.
pub(crate) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    if node.tag_name().name() == "supply" && has_template(node, NON_MEDICINAL) {
        return EntryState::OtherKind;
    }
    if let Some(entry) = context.record.entries.get_mut(entry.index()) {
        entry.kind = KIND.into();
    }
    let mut groups = groups(context, node);
    match (groups.pop(), groups.is_empty()) {
        (None, _) => nameless(context, node),
        (Some(only), true) => one(context, entry, &only, frame),
        (Some(last), false) => {
            groups.push(last);
            for group in &groups {
                let Some(first) = group.nodes.first() else { continue };
                let id = context.entry(KIND, *first);
                let state = one(context, id, group, frame);
                if let Some(entry) = context.record.entries.get_mut(id.index()) {
                    entry.state = state;
                }
            }
            EntryState::Parted
        }
    }
}

fn nameless(context: &mut Context<'_, '_>, node: Node<'_, '_>) -> EntryState {
    context.find(Severity::Error, FindingCode::NoMedicineName, node);
    EntryState::Unreadable(UnreadReason::NoMedicineName)
}

fn blank<'a>(entry: EntryId, kind: MedicationKind) -> MedicationUse<'a> {
    MedicationUse {
        entry,
        kind,
        medicine: Concept::default(),
        medicine_is_ingredients: false,
        medicine_entry: None,
        course: Course::Unstated,
        assertion: Assertion::Possible,
        status: None,
        prohibition: None,
        status_reason: None,
        dosages: Vec::new(),
        written: None,
        taken: None,
        valid: None,
        reported: false,
        reasons: Vec::new(),
        notes: Vec::new(),
        prescriber: None,
        rule: None,
        remarks: Vec::new(),
    }
}

/// Reads one medicine with its steps.
fn one<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, group: &Group<'d, 'a>, frame: Frame) -> EntryState {
    let Some(first) = group.nodes.first().copied() else { return EntryState::Unreadable(UnreadReason::NoStatement) };
    let mood = first.attribute("moodCode").map_or("EVN", str::trim);
    let is_supply = first.tag_name().name() == "supply";
    let kind = match (frame.medicines, mood) {
        (MedicineList::Administered, _) => MedicationKind::Administration,
        (_, "EVN" | "") => MedicationKind::Statement,
        _ => MedicationKind::Order,
    };
    let mut out = blank(entry, kind);
    let (medicine, dissent) = product::read(context, first);
    out.medicine = medicine;
    if dissent.is_some() {
        // Often the brand beside the substance, sometimes another medicine's cell: both are told.
        context.find(Severity::Information, FindingCode::NarrativeDisagrees, first);
        out.notes.extend(dissent);
    }
    // "No known medications" in the place of a medicine: a statement, however it is coded.
    let says_none = out.medicine.wordings().any(|w| crate::cues::no_medicine(w.text()));
    let negated = group.around.negated || is_negated(first) || says_none && !product::is_statement(&out.medicine);
    if !negated {
        out.medicine = product::named(out.medicine);
    }
    let mut ended = Vec::new();
    let mut once = false;
    let mut periods: Vec<Period<'a>> = Vec::new();
    for node in &group.nodes {
        let steps = around::steps(*node);
        let is_step = group.nodes.len() > 1;
        let times = dosage::read_times(context, *node, is_dated(*node), is_step);
        let mut own = dosage::read(context, *node, &times);
        let halts = sig::read(context, *node, &out.medicine, &mut own);
        out.notes.extend(halts);
        once |= times.once;
        periods.extend(times.period);
        let has_own = own.text.is_some() || !own.doses.is_empty() || own.timing.as_ref().is_some_and(says_when);
        if dosage::says_something(&own) && (steps.is_empty() || has_own) {
            out.dosages.push(own);
        }
        for (number, step) in steps {
            inner_step(context, (number, step), frame, &mut out, &mut periods);
        }
    }
    out.dosages.shrink_to_fit();
    out.taken = whole(&periods);
    if let Some(end) = out.taken.as_ref().and_then(|p| p.end.as_ref()) {
        ended.push(is_before_document(context, end));
    }
    around::read(context, first, &mut out);
    if !is_supply {
        for node in &group.nodes {
            course::check_status(context, *node);
        }
    }
    let (observed_words, observed) = course::observed(context, first);
    let own = child(first, "statusCode").and_then(|s| s.attribute("code"));
    let said = Said {
        own,
        around: &group.around.statuses,
        negated,
        mood,
        list: frame.medicines,
        observed,
        ended: ended.contains(&true),
        once,
    };
    let mut decided = decide(&said);
    if is_supply && mood == "EVN" && decided.course == Course::Current {
        // It was handed out; nobody says how it is to be taken, nor that it is.
        decided.course = Course::Unstated;
        decided.remark = None;
    }
    (out.course, out.rule) = (decided.course, Some(decided.rule));
    out.remarks.extend(decided.remark);
    let observed_words = observed_words.filter(|_| decided.rule == CourseRule::StatusObservation);
    out.status = observed_words.and_then(|c| c.name().cloned()).or_else(|| status(first));
    if decided.rule == CourseRule::Negation && out.course == Course::Stopped {
        out.prohibition = clinical_xml::attribute(first, "negationInd");
    }
    follow_words(context, first, &mut out);
    out.assertion = taking::assertion(out.course);
    if out.medicine.wordings().next().is_none() || negated && product::is_any(&out.medicine) {
        name_from_text(context, first, negated, &mut out);
    }
    if out.medicine.is_empty() {
        return nameless(context, first);
    }
    context.record.medications.push(out);
    EntryState::Read
}

/// Whether a time alone is by its template the time of one giving: that of the second release says so.
fn is_dated(node: Node<'_, '_>) -> bool {
    children(node, "templateId").any(|t| t.attribute("root") == Some(ACTIVITY) && t.attribute("extension").is_some())
}

fn says_when(timing: &clinical_model::Timing<'_>) -> bool {
    timing.period.is_some() || !timing.when.is_empty() || !timing.events.is_empty() || timing.not_understood
}

/// A step inside: of this medicine, where it names none or the same; else a medicine of its own.
fn inner_step<'d, 'a>(
    context: &mut Context<'d, 'a>,
    (number, step): (Option<Verbatim<'a>>, Node<'d, 'a>),
    frame: Frame,
    out: &mut MedicationUse<'a>,
    periods: &mut Vec<Period<'a>>,
) {
    let (medicine, _) = product::read(context, step);
    let is_other = product::key(&medicine).is_some_and(|k| product::key(&out.medicine).is_some_and(|mine| mine != k));
    if is_other {
        let id = context.entry(KIND, step);
        let group = Group { key: None, nodes: vec![step], around: Around::default() };
        let state = one(context, id, &group, frame);
        if let Some(entry) = context.record.entries.get_mut(id.index()) {
            entry.state = state;
        }
        return;
    }
    let times = dosage::read_times(context, step, false, true);
    let mut dosage = dosage::read(context, step, &times);
    let halts = sig::read(context, step, &out.medicine, &mut dosage);
    dosage.additional.extend(halts.into_iter().map(of_words));
    dosage.sequence = number;
    // A step that is not to be taken would read as one that is.
    dosage.not_understood |= is_negated(step);
    periods.extend(times.period);
    if dosage::says_something(&dosage) {
        out.dosages.push(dosage);
    }
}

/// From the first beginning to the last end; without an end of every step it goes on.
fn whole<'a>(periods: &[Period<'a>]) -> Option<Period<'a>> {
    let order = |v: &&Verbatim<'_>| Moment::parse(v.text()).map(|m| m.order());
    let start = periods.iter().filter_map(|p| p.start.as_ref()).min_by_key(order).cloned();
    let ends: Option<Vec<&Verbatim<'a>>> = periods.iter().map(|p| p.end.as_ref()).collect();
    let end = ends.and_then(|e| e.into_iter().max_by_key(order)).cloned();
    (start.is_some() || end.is_some()).then_some(Period { start, end })
}

/// The words of the entry against its status (safety rule 8): "Hold", "Stopped".
fn follow_words<'a>(context: &mut Context<'_, 'a>, node: Node<'_, '_>, out: &mut MedicationUse<'a>) {
    if !matches!(out.course, Course::Current | Course::Unstated) {
        return;
    }
    let Some(halt) = taking::halt(out) else { return };
    out.course = match halt {
        Halt::Hold => Course::OnHold,
        Halt::Stop => Course::Stopped,
    };
    out.rule = Some(CourseRule::Words);
    out.remarks.clear();
    context.find(Severity::Warning, FindingCode::WordsDisagree, node);
}

/// The name from the words of the entry, where its product has none: what the reference leads to, or the first cell of
/// its row; and "no known medications", which stands nowhere else. Directions are no name.
fn name_from_text<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>, negated: bool, out: &mut MedicationUse<'a>) {
    let Some(text) = child(node, "text") else { return };
    let is_name = |v: &Verbatim<'_>| {
        negated || !sig::is_directions(v.text(), &Concept::default()) && !crate::cues::is_nameless(v.text())
    };
    let words = words(context, text).or_else(|| first_cell(context, text)).filter(is_name);
    if let Some(words) = words.filter(|_| out.medicine.text.is_none()) {
        out.medicine.text = of_words(words).text;
    }
}

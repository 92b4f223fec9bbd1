//! Reads problems: the concern act (2.16.840.1.113883.10.20.22.4.3), the acts of a diagnosis (admission 4.34, discharge
//! 4.33, before and after a procedure 4.65 and 4.51, of a visit 4.80), and the problem observation (4.4) in them or alone.

mod status;

use super::agreement::told;
use super::context::{Context, Frame};
use super::types::{
    child, children, code_of, concept, first_cell, has_template, is_before_document, is_negated, null_flavor, period,
    qualifiers, quantity, status, time, within, words,
};
use crate::cues;
use clinical_model::{
    Assertion, Concept, Condition, EntryId, EntryState, FindingCode, Period, Severity, UnreadReason, Verbatim,
};
use clinical_xml::Node;
use status::{Observed, meaning, meaning_of_word};

/// Of an entry of problems, for the accounting.
const KIND: &str = "Problem Observation";
const OBSERVATION: &str = "2.16.840.1.113883.10.20.22.4.4";
/// Problem Status, of C-CDA and of CCD.
const STATUS: [&str; 2] = ["2.16.840.1.113883.10.20.22.4.6", "2.16.840.1.113883.10.20.1.50"];
/// SNOMED CT 160245001, "no current problems or disability".
const NO_PROBLEMS: [&str; 1] = ["160245001"];
/// Observations that stand beside a problem and are none: status, severity, health status, priority, prognosis, age.
const BESIDE: [&str; 7] = ["33999-4", "SEV", "11323-3", "225773000", "75328-5", "445518008", "397659008"];
/// A risk is no problem that the patient has.
const RISKS: [&str; 2] = ["281694009", "80943009"];

/// The act around a problem.
struct Concern<'d, 'a> {
    node: Node<'d, 'a>,
    negated: bool,
    /// What its `statusCode` says.
    status: Option<&'d str>,
}

/// Reads the clinical statement `node` (the child of `entry`, `component` or `entryRelationship`) into the record.
pub(crate) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    let _ = frame;
    if let Some(entry) = context.record.entries.get_mut(entry.index()) {
        entry.kind = KIND.into();
    }
    if node.tag_name().name() == "observation" {
        return one(context, entry, node, None);
    }
    let concern = Concern {
        node,
        negated: is_negated(node),
        status: child(node, "statusCode").and_then(|s| s.attribute("code")).map(str::trim),
    };
    let inner: Vec<Node<'d, 'a>> = within(node, "entryRelationship")
        .map(|(_, n)| n)
        .filter(|n| n.tag_name().name() == "observation")
        .filter(|n| has_template(*n, OBSERVATION) || child(*n, "value").is_some() && !is_beside(*n))
        .collect();
    match inner.as_slice() {
        [] => alone(context, entry, &concern),
        [only] => one(context, entry, *only, Some(&concern)),
        several => {
            for observation in several {
                let id = context.entry(KIND, *observation);
                let state = one(context, id, *observation, Some(&concern));
                if let Some(entry) = context.record.entries.get_mut(id.index()) {
                    entry.state = state;
                }
            }
            EntryState::Parted
        }
    }
}

fn is_beside(observation: Node<'_, '_>) -> bool {
    code_of(observation).is_some_and(|c| BESIDE.contains(&c)) || STATUS.iter().any(|t| has_template(observation, t))
}

fn blank<'a>(entry: EntryId) -> Condition<'a> {
    Condition {
        entry,
        assertion: Assertion::Possible,
        clinical_status: None,
        verification: None,
        code: Concept::default(),
        onset: None,
        onset_words: None,
        onset_age: None,
        onset_range: None,
        recorded: None,
        contradicts: false,
        severity: None,
        body_sites: Vec::new(),
        in_error: false,
        encounter: None,
        notes: Vec::new(),
    }
}

/// A concern without an observation: its own words, where it has any.
fn alone<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, concern: &Concern<'d, 'a>) -> EntryState {
    let text = child(concern.node, "text");
    let said = text.and_then(|t| words(context, t).or_else(|| first_cell(context, t)));
    let Some(said) = said else { return EntryState::Unreadable(UnreadReason::NoSubjectMatter) };
    let mut out = blank(entry);
    out.code.text = Some(said);
    out.onset = child(concern.node, "effectiveTime").and_then(|t| period(context, t));
    let course = Course { observed: None, ended: false, ended_unknown: false };
    settle(context, concern.node, &mut out, course, Some(concern), false);
    context.record.conditions.push(out);
    EntryState::Read
}

/// Reads one observation of a problem.
fn one<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    concern: Option<&Concern<'d, 'a>>,
) -> EntryState {
    let mut out = blank(entry);
    let value = child(node, "value");
    let dissent;
    (out.code, dissent) = value.map(|v| told(context, v)).unwrap_or_default();
    if dissent.is_some() {
        context.find(Severity::Information, FindingCode::NarrativeDisagrees, node);
        out.notes.extend(dissent);
    }
    if out.code.wordings().all(|w| w.text().trim().is_empty()) {
        // A bare code, or none: the words of the observation.
        let text = child(node, "text");
        out.code.text = text.and_then(|t| words(context, t).or_else(|| first_cell(context, t)));
    }
    if out.code.is_empty() {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    let when = child(node, "effectiveTime");
    let onset = when.and_then(|t| period(context, t));
    let end = when.and_then(|t| child(t, "high"));
    let course = Course {
        observed: observed(context, node, concern, &mut out),
        ended: onset.as_ref().and_then(|p| p.end.as_ref()).is_some_and(|e| has_passed(context, e)),
        ended_unknown: end.is_some_and(|h| null_flavor(h) == Some("UNK")),
    };
    out.onset = onset;
    out.recorded = recorded(context, node, concern);
    beside(context, node, &mut out);
    out.body_sites.extend(children(node, "targetSiteCode").map(|c| concept(context, c)).filter(|c| !c.is_empty()));
    if let Some(value) = value {
        // Finding site and laterality.
        out.body_sites.extend(qualifiers(context, value, &["363698007", "272741003"]));
        out.severity = out.severity.take().or_else(|| qualifiers(context, value, &["246112005"]).into_iter().next());
    }
    settle(context, node, &mut out, course, concern, is_negated(node));
    context.record.conditions.push(out);
    EntryState::Read
}

/// The end has come: before the document was written, or nobody can tell when that was.
fn has_passed(context: &Context<'_, '_>, end: &Verbatim<'_>) -> bool {
    context.written.is_none() || is_before_document(context, end) || on_the_day(context, end)
}

/// An end on the day of the document: the visit was the end.
fn on_the_day(context: &Context<'_, '_>, end: &Verbatim<'_>) -> bool {
    let end = clinical_model::Moment::parse(end.text());
    matches!((end, context.written), (Some(e), Some(w)) if e.order() <= w.order())
}

/// What decides the course of a problem.
#[derive(Clone, Copy)]
struct Course {
    observed: Option<Observed>,
    /// It has an end that has passed.
    ended: bool,
    /// It has an end that nobody knows (`high` with UNK: "known to be resolved, date not known", CONF:1098-15603).
    ended_unknown: bool,
}

/// Finds the status of a problem beside its observation, or beside the act. The words of it are kept as they stand.
fn observed<'d, 'a>(
    context: &mut Context<'d, 'a>,
    node: Node<'d, 'a>,
    concern: Option<&Concern<'d, 'a>>,
    out: &mut Condition<'a>,
) -> Option<Observed> {
    let holders = std::iter::once(node).chain(concern.map(|c| c.node));
    let is_status = |n: &Node<'_, '_>| {
        let by_template = STATUS.iter().any(|t| has_template(*n, t));
        n.tag_name().name() == "observation" && (by_template || code_of(*n) == Some("33999-4")) && !is_negated(*n)
    };
    let mut statuses = holders.flat_map(|h| within(h, "entryRelationship").map(|(_, n)| n)).filter(is_status);
    let found = statuses.next()?;
    let value = child(found, "value").map(|v| concept(context, v)).unwrap_or_default();
    let text = || child(found, "text").and_then(|t| words(context, t));
    out.clinical_status = value.name().cloned().or_else(text);
    let said = meaning(&value).or_else(|| out.clinical_status.as_ref().and_then(|v| meaning_of_word(v.text())));
    if said.is_none() {
        context.find(Severity::Warning, FindingCode::UnknownStatus, found);
    }
    said
}

/// Decides what is asserted. A mistake and a negation come first; then the observation of the status; then an end; then
/// the act around it, of which `completed` means that the concern is over.
fn settle<'d, 'a>(
    context: &mut Context<'d, 'a>,
    node: Node<'d, 'a>,
    out: &mut Condition<'a>,
    course: Course,
    concern: Option<&Concern<'d, 'a>>,
    negated: bool,
) {
    use Assertion::{Absent, Historical, Hypothetical, Possible, Present};
    let own = child(node, "statusCode").and_then(|s| s.attribute("code")).map(str::trim);
    let around = concern.and_then(|c| c.status);
    let is = |code: &str| {
        own.is_some_and(|s| s.eq_ignore_ascii_case(code)) || around.is_some_and(|s| s.eq_ignore_ascii_case(code))
    };
    let act_is = |codes: &[&str]| around.is_some_and(|s| codes.iter().any(|c| s.eq_ignore_ascii_case(c)));
    let is_denied = negated || concern.is_some_and(|c| c.negated) || NO_PROBLEMS.iter().any(|c| out.code.has_code(c));
    out.in_error = is("nullified");
    let is_risk = code_of(node).is_some_and(|c| RISKS.contains(&c));
    let is_planned = !matches!(node.attribute("moodCode").map(str::trim), None | Some("EVN" | ""));
    let by_act = act_is(&["completed", "aborted", "suspended", "cancelled"]);
    let coded = match course.observed {
        _ if out.in_error || is_denied => Absent,
        // An observation that was called off was not made.
        _ if own.is_some_and(|s| matches!(s, "aborted" | "cancelled")) && concern.is_some() => Absent,
        _ if is_planned || is_risk => Hypothetical,
        Some(Observed::RuledOut) => Absent,
        Some(Observed::Over) => Historical,
        Some(Observed::RuleOut) => Possible,
        _ if act_is(&["aborted", "suspended", "cancelled"]) => Historical,
        Some(Observed::Running) => Present,
        None if course.ended || by_act => Historical,
        None if course.ended_unknown && !act_is(&["active"]) => Historical,
        None => Present,
    };
    out.contradicts = coded == Present && course.ended;
    out.assertion = cues::said(coded, &out.code);
    if out.assertion != coded {
        context.find(Severity::Information, FindingCode::WordsDisagree, node);
    }
    if out.clinical_status.is_none() {
        out.clinical_status = concern.and_then(|c| status(c.node));
    }
}

/// When it was written down: by the author, else when the concern began to be followed.
fn recorded<'d, 'a>(
    context: &mut Context<'d, 'a>,
    node: Node<'d, 'a>,
    concern: Option<&Concern<'d, 'a>>,
) -> Option<Verbatim<'a>> {
    let holders: Vec<Node<'d, 'a>> = std::iter::once(node).chain(concern.map(|c| c.node)).collect();
    for holder in holders {
        for author in children(holder, "author") {
            if let Some(when) = child(author, "time").and_then(|t| time(context, t)) {
                return Some(when);
            }
        }
    }
    let followed: Option<Period<'a>> =
        concern.and_then(|c| child(c.node, "effectiveTime")).and_then(|t| period(context, t));
    followed.and_then(|p| p.start)
}

/// Age at onset (4.31), severity (4.8) and comments (4.64).
fn beside<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>, out: &mut Condition<'a>) {
    for (_, inner) in within(node, "entryRelationship") {
        match (inner.tag_name().name(), code_of(inner)) {
            ("observation", Some("445518008" | "397659008")) => {
                out.onset_age = child(inner, "value").map(quantity).filter(|q| q.value.is_some());
            }
            ("observation", Some("SEV")) => {
                let value = child(inner, "value").map(|v| concept(context, v)).filter(|c| !c.is_empty());
                out.severity = out.severity.take().or(value);
            }
            ("act", code) if code == Some("48767-8") || has_template(inner, "2.16.840.1.113883.10.20.22.4.64") => {
                out.notes.extend(child(inner, "text").and_then(|t| words(context, t)));
            }
            _ => {}
        }
    }
}

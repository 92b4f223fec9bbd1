//! Where a medicine of a C-CDA document stands, and which rule says so (safety rules 1 and 2).

use crate::ccda::context::{Context, MedicineList};
use crate::ccda::types::{child, children, concept, has_template, is_negated, within};
use clinical_model::{Concept, Course, CourseRule, FindingCode, MedicationRemark, Severity};
use clinical_xml::Node;

/// What an entry says of its course.
pub(super) struct Said<'d> {
    /// The code of its `statusCode`.
    pub(super) own: Option<&'d str>,
    /// Those of the acts and organizers around it: they can take it back, and do not say that it goes on.
    pub(super) around: &'d [&'d str],
    /// It or what stands around it is negated.
    pub(super) negated: bool,
    /// `moodCode`.
    pub(super) mood: &'d str,
    /// Which list it stands in.
    pub(super) list: MedicineList,
    /// What an observation of the status says.
    pub(super) observed: Option<Course>,
    /// Its own end lies before the document.
    pub(super) ended: bool,
    /// It tells of one giving.
    pub(super) once: bool,
}

/// What was decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Decided {
    pub(super) course: Course,
    pub(super) rule: CourseRule,
    pub(super) remark: Option<MedicationRemark>,
}

/// The rules in their order. What is a mistake says nothing else; then what forbids, then what called it off, then plans;
/// then an observation of the status; then an end before the document. What is only `completed` goes on, and says so:
/// most systems write that of every medicine.
pub(super) fn decide(said: &Said<'_>) -> Decided {
    use CourseRule::{EndDate, Mood, Negation, NothingEndsIt, Status, StatusObservation};
    let by = |course, rule| Decided { course, rule, remark: None };
    let own = said.own.map(coded);
    let is = |status: Coded| own == Some(status) || said.around.iter().any(|s| coded(s) == status);
    let order = matches!(said.mood, "RQO" | "INT" | "EVN" | "");
    if is(Coded::Is(Course::InError)) {
        return by(Course::InError, Status);
    }
    if said.negated {
        return by(if said.mood == "RQO" { Course::Stopped } else { Course::NotTaken }, Negation);
    }
    for against in [Course::Stopped, Course::Cancelled, Course::OnHold] {
        if is(Coded::Is(against)) {
            return by(against, Status);
        }
    }
    if !order || said.list == MedicineList::Planned && said.mood == "INT" {
        return by(Course::NotOrdered, Mood);
    }
    if let Some(course) = said.observed {
        return by(course, StatusObservation);
    }
    if is(Coded::Is(Course::Completed)) {
        return by(Course::Completed, Status);
    }
    if said.list == MedicineList::Planned && said.mood == "RQO" {
        // An order for some day to come: nobody says that it is to be taken now.
        return by(Course::Unstated, Mood);
    }
    if said.list == MedicineList::Administered && said.mood == "EVN" {
        return by(Course::Completed, Status);
    }
    let active = own == Some(Coded::Is(Course::Current));
    if said.ended && !active {
        return by(Course::Completed, EndDate);
    }
    if active {
        // Active, and its end is past: the record contradicts itself. It stays in the list with its end, which is
        // told beside it: an end is often that of the prescription and not that of the medicine.
        return by(Course::Current, Status);
    }
    if own == Some(Coded::Unknown) {
        return by(Course::Unstated, Status);
    }
    if said.once && said.mood == "EVN" {
        // One giving at a time that nobody can place: it is no order to take.
        return by(Course::Unstated, NothingEndsIt);
    }
    let remark = (own == Some(Coded::Completed)).then_some(MedicationRemark::CompletedButNotEnded);
    Decided { course: Course::Current, rule: NothingEndsIt, remark }
}

/// What a status code stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Coded {
    Is(Course),
    /// `completed`, which in C-CDA says nothing of the medicine.
    Completed,
    Unknown,
}

/// `ActStatus` (2.16.840.1.113883.5.14), and the words that some systems write in its place.
fn coded(status: &str) -> Coded {
    match status.trim().to_ascii_lowercase().as_str() {
        "active" => Coded::Is(Course::Current),
        "completed" | "complete" => Coded::Completed,
        "aborted" | "discontinued" | "stopped" => Coded::Is(Course::Stopped),
        "suspended" | "held" | "on-hold" | "on hold" | "onhold" | "hold" => Coded::Is(Course::OnHold),
        "cancelled" | "canceled" => Coded::Is(Course::Cancelled),
        "nullified" | "entered-in-error" => Coded::Is(Course::InError),
        // Another order took its place.
        "obsolete" | "inactive" => Coded::Is(Course::Completed),
        _ => Coded::Unknown,
    }
}

/// Reports a status that nobody knows.
pub(super) fn check_status(context: &mut Context<'_, '_>, node: Node<'_, '_>) {
    let Some(at) = child(node, "statusCode") else { return };
    if at.attribute("code").is_some_and(|c| !c.trim().is_empty() && c.trim() != "new" && coded(c) == Coded::Unknown) {
        context.find(Severity::Warning, FindingCode::UnknownStatus, at);
    }
}

/// The observation of the status beside the medicine (LOINC 33999-4; Medication Status 2.16.840.1.113883.10.20.22.4.47,
/// CCD 2.16.840.1.113883.10.20.1.47): its words, and what they mean.
pub(super) fn observed<'d, 'a>(
    context: &mut Context<'d, 'a>,
    node: Node<'d, 'a>,
) -> (Option<Concept<'a>>, Option<Course>) {
    let is_status = |n: &Node<'_, '_>| {
        let code = child(*n, "code").and_then(|c| c.attribute("code")).map(str::trim);
        n.tag_name().name() == "observation"
            && (code == Some("33999-4") || STATUS_TEMPLATES.iter().any(|t| has_template(*n, t)))
    };
    let found = within(node, "entryRelationship").map(|(_, n)| n).find(is_status);
    let Some(observation) = found else { return (None, None) };
    let value = children(observation, "value").map(|v| concept(context, v)).find(|c| !c.is_empty());
    let value = value.or_else(|| {
        let text = child(observation, "text").and_then(|t| crate::ccda::types::words(context, t))?;
        Some(super::super::dosage::of_words(text))
    });
    let Some(value) = value else { return (None, None) };
    let course = meaning(&value);
    if course.is_none() {
        context.find(Severity::Warning, FindingCode::UnknownStatus, observation);
    }
    let course = match course {
        // "Active" that is denied is no "stop": only its opposite.
        Some(Course::Current) if is_negated(observation) => Some(Course::Completed),
        _ if is_negated(observation) => Some(Course::Unstated),
        course => course,
    };
    (Some(value), course)
}

const STATUS_TEMPLATES: [&str; 2] = ["2.16.840.1.113883.10.20.22.4.47", "2.16.840.1.113883.10.20.1.47"];

/// The value set of medication status (2.16.840.1.113883.1.11.20.7 and its SNOMED CT codes), by code or by word.
fn meaning(value: &Concept<'_>) -> Option<Course> {
    const CODES: [(&str, Course); 6] = [
        ("55561003", Course::Current),
        ("421139008", Course::OnHold),
        ("392521001", Course::Completed),
        ("73425007", Course::Completed),
        ("410513005", Course::Completed),
        ("410546004", Course::Stopped),
    ];
    let by_code = CODES.iter().find(|(code, _)| value.has_code(code)).map(|(_, course)| *course);
    let by_word = value.wordings().find_map(|w| meaning_of_word(w.text()));
    match (by_code, by_word) {
        // Code and word that disagree: the one that does not let the medicine go on; of two of these the word, which is
        // what a person wrote ("expired", coded as "on hold").
        (Some(code), Some(word)) => Some(if word == Course::Current { code } else { word }),
        (code, word) => code.or(word),
    }
}

fn meaning_of_word(word: &str) -> Option<Course> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    match word.as_str() {
        "active" | "current" | "taking" | "ongoing" => Some(Course::Current),
        "on hold" | "on-hold" | "held" | "hold" | "suspended" => Some(Course::OnHold),
        "no longer active"
        | "inactive"
        | "prior history"
        | "prior history no longer active"
        | "past"
        | "completed"
        | "complete"
        | "finished"
        | "expired" => Some(Course::Completed),
        "discontinued" | "stopped" | "aborted" | "discontinue" => Some(Course::Stopped),
        "cancelled" | "canceled" => Some(Course::Cancelled),
        "not taking" | "never taken" => Some(Course::NotTaken),
        "entered in error" | "nullified" => Some(Course::InError),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(statuses: &'static [&'static str]) -> Said<'static> {
        Said {
            own: statuses.first().copied(),
            around: statuses.get(1..).unwrap_or_default(),
            negated: false,
            mood: "EVN",
            list: MedicineList::Taken,
            observed: None,
            ended: false,
            once: false,
        }
    }

    #[test]
    fn completed_alone_says_nothing() {
        let decided = decide(&said(&["completed"]));
        assert_eq!(decided.course, Course::Current);
        assert_eq!(decided.remark, Some(MedicationRemark::CompletedButNotEnded));
        assert_eq!(decide(&Said { ended: true, ..said(&["completed"]) }).rule, CourseRule::EndDate);
    }

    #[test]
    fn the_act_around_it_can_take_it_back() {
        assert_eq!(decide(&said(&["active", "aborted"])).course, Course::Stopped);
        assert_eq!(decide(&said(&["nullified", "active"])).course, Course::InError);
        assert_eq!(decide(&said(&["active", "completed"])).course, Course::Current);
        // The act goes on, the medicine in it has ended.
        assert_eq!(decide(&Said { ended: true, ..said(&["completed", "active"]) }).course, Course::Completed);
    }

    #[test]
    fn an_observation_does_not_undo_what_was_called_off() {
        for status in ["aborted", "suspended", "cancelled", "nullified", "held"] {
            let decided = decide(&Said { own: Some(status), observed: Some(Course::Current), ..said(&[]) });
            assert_ne!(decided.course, Course::Current, "{status}");
        }
        assert_eq!(decide(&Said { observed: Some(Course::OnHold), ..said(&["active"]) }).course, Course::OnHold);
    }

    #[test]
    fn plans_are_not_orders() {
        for mood in ["PRP", "PRMS", "GOL", "OPT", "DEF", "EVN.CRT"] {
            assert_eq!(decide(&Said { mood, ..said(&["active"]) }).course, Course::NotOrdered, "{mood}");
        }
        let planned = |mood| decide(&Said { mood, list: MedicineList::Planned, ..said(&["active"]) }).course;
        assert_eq!(planned("INT"), Course::NotOrdered);
        assert_eq!(planned("RQO"), Course::Unstated);
        assert_eq!(decide(&Said { mood: "INT", ..said(&["active"]) }).course, Course::Current);
    }

    #[test]
    fn a_status_that_nobody_knows_decides_nothing() {
        assert_eq!(decide(&said(&["new"])).course, Course::Unstated);
        assert_eq!(decide(&said(&["whatever"])).course, Course::Unstated);
        assert_eq!(decide(&said(&[])).course, Course::Current);
    }
}

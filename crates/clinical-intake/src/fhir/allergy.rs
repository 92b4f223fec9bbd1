//! AllergyIntolerance.

use super::context::Context;
use super::elements::{concept, concept_or_reason, concepts, elements_of, fact, notes, says, worded};
use crate::cues;
use clinical_json::Node;
use clinical_model::{Allergy, Assertion, Concept, EntryId, EntryState, UnreadReason, Verbatim};

/// Codes that say "none known": SNOMED CT for no known allergy, no known drug, food, latex or environmental allergy,
/// and those of the International Patient Summary.
const NONE_KNOWN: [&str; 9] = [
    "716186003",
    "409137002",
    "429625007",
    "1003774007",
    "428607008",
    "no-known-allergies",
    "no-known-environmental-allergies",
    "no-known-food-allergies",
    "no-known-medication-allergies",
];

/// Codes for "nobody asked" or "nobody knows": of SNOMED CT, of the International Patient Summary, and of all codes
/// for a missing value those that say something of a list of allergies. (The NullFlavor `UNK` is not among them: it may
/// be an allergy to something unknown.)
const NOT_ASKED: [&str; 9] = [
    "1631000175102",
    "ASKU",
    "NASK",
    "asked-declined",
    "asked-unknown",
    "no-allergy-info",
    "not-asked",
    "temp-unknown",
    "unknown",
];

/// From bad to mild.
const SEVERITIES: [&str; 3] = ["severe", "moderate", "mild"];

pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let (mut code, mut clinical, mut verification) = (Concept::default(), None, None);
    let mut out = Allergy {
        entry,
        assertion: Assertion::Present,
        none_known: false,
        not_asked: false,
        in_error: false,
        code: Concept::default(),
        reactions: Vec::new(),
        severity: None,
        criticality: None,
        clinical_status: None,
        notes: Vec::new(),
    };
    let (mut substances, mut absent) = (Vec::new(), None);
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "code" => {
                code = concept(m);
                let whole = concept_or_reason(m);
                absent = Some(whole).filter(|w| code.is_empty() && NOT_ASKED.iter().any(|c| w.has_code(c)));
            }
            "clinicalStatus" => clinical = Some(concept(m)),
            "verificationStatus" => verification = Some(concept(m)),
            "criticality" => out.criticality = fact(m),
            "note" => out.notes.extend(notes(m)),
            "reaction" => {
                for reaction in elements_of(m) {
                    substances.extend(reaction.get("substance").map(concept).filter(|c| !c.is_empty()));
                    read_reaction(reaction, &mut out);
                }
            }
            _ => {}
        }
    }
    if code.is_empty() {
        // A code for "nobody asked" is what the entry says, unless it tells of a reaction to something.
        let absent = absent.filter(|_| out.reactions.is_empty());
        code = substances.into_iter().next().or(absent).unwrap_or_default();
    }
    if code.is_empty() && out.reactions.is_empty() {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    let verified = |status| says(verification.as_ref(), status);
    let clinical_says = |status| says(clinical.as_ref(), status);
    let is_refuted = verified("refuted");
    let is_over = clinical_says("inactive") || clinical_says("resolved");
    out.in_error = verified("entered-in-error");
    // A statement on the whole list counts only while it stands, and only where no reaction contradicts it: "none
    // known" that was withdrawn or is past says nothing of today.
    let is_statement = !out.in_error && !is_refuted && !is_over && out.reactions.is_empty();
    let any = |codes: &[&str]| codes.iter().any(|c| code.has_code(c));
    let says = |test: fn(&str) -> bool| code.name().is_some_and(|name| test(name.text()));
    out.not_asked = is_statement && (any(&NOT_ASKED) || says(cues::allergy_not_asked));
    out.none_known = is_statement && !out.not_asked && (any(&NONE_KNOWN) || says(cues::no_allergy));
    out.assertion = if out.in_error || is_refuted || out.none_known {
        Assertion::Absent
    } else if is_over {
        Assertion::Historical
    } else if verified("unconfirmed") || verified("presumed") {
        Assertion::Possible
    } else {
        Assertion::Present
    };
    out.code = code;
    out.clinical_status = clinical.and_then(|c| c.name().cloned());
    context.record.allergies.push(out);
    EntryState::Read
}

/// What happened, how bad it was at its worst, and remarks.
fn read_reaction<'a>(reaction: Node<'_, 'a>, out: &mut Allergy<'a>) {
    let said = reaction.get("manifestation").map(concepts).unwrap_or_default();
    let before = out.reactions.len();
    out.reactions.extend(said.iter().filter_map(|c| c.name().cloned()));
    if out.reactions.len() == before {
        out.reactions.extend(reaction.get("description").and_then(worded));
    }
    out.notes.extend(reaction.get("note").map(notes).unwrap_or_default());
    let rank = |v: &Verbatim<'_>| SEVERITIES.iter().position(|s| *s == v.text()).unwrap_or(SEVERITIES.len());
    let severity = reaction.get("severity").and_then(worded);
    out.severity = out.severity.take().into_iter().chain(severity).min_by_key(rank);
}

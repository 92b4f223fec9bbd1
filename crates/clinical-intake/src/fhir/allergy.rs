//! AllergyIntolerance.

use super::context::Context;
use super::elements::{concept, concept_or_reason, concepts, elements_of, fact, says};
use clinical_json::Node;
use clinical_model::{Allergy, Assertion, Concept, EntryId, EntryState, UnreadReason, Verbatim};

/// SNOMED CT codes that say "none known": no known allergy, no known drug, food, latex or environmental allergy.
const NONE_KNOWN: [&str; 5] = ["716186003", "409137002", "429625007", "1003774007", "428607008"];

/// Codes for "nobody asked": of all codes for a missing value, these say something of an allergy list.
const NOT_ASKED: [&str; 2] = ["asked-unknown", "not-asked"];

pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let (mut code, mut clinical, mut verification) = (Concept::default(), None, None);
    let (mut criticality, mut severity): (Option<Verbatim<'a>>, Option<Verbatim<'a>>) = (None, None);
    let mut reactions = Vec::new();
    let mut substances = Vec::new();
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "code" => {
                let whole = concept_or_reason(m);
                code = if NOT_ASKED.iter().any(|c| whole.has_code(c)) { whole } else { concept(m) };
            }
            "clinicalStatus" => clinical = Some(concept(m)),
            "verificationStatus" => verification = Some(concept(m)),
            "criticality" => criticality = fact(m),
            "patient" => context.subject(entry, m),
            "reaction" => {
                for reaction in elements_of(m) {
                    substances.extend(reaction.get("substance").map(concept).filter(|c| !c.is_empty()));
                    let said = reaction.get("manifestation").map(concepts).unwrap_or_default();
                    reactions.extend(said.iter().filter_map(|c| c.name().cloned()));
                    severity = severity.or_else(|| reaction.get("severity").and_then(fact));
                }
            }
            _ => {}
        }
    }
    if code.is_empty() {
        match substances.into_iter().next() {
            Some(substance) => code = substance,
            None => return EntryState::Unreadable(UnreadReason::NoSubjectMatter),
        }
    }
    let clinical_says = |status| says(clinical.as_ref(), status);
    let verified = |status| says(verification.as_ref(), status);
    let in_error = verified("entered-in-error");
    let over = clinical_says("inactive") || clinical_says("resolved");
    // "None known" that was withdrawn or is past says nothing of today.
    let none_known = (NONE_KNOWN.iter().any(|n| code.has_code(n)) || says_none(&code)) && !verified("refuted") && !over;
    let assertion = if in_error || none_known || verified("refuted") {
        Assertion::Absent
    } else if over {
        Assertion::Historical
    } else if verified("unconfirmed") || verified("presumed") {
        Assertion::Possible
    } else {
        Assertion::Present
    };
    context.record.allergies.push(Allergy {
        entry,
        assertion,
        none_known,
        in_error,
        code,
        reactions,
        severity: criticality.or(severity),
        clinical_status: clinical.and_then(|c| c.name().cloned()),
    });
    EntryState::Read
}

/// "No known allergies" and its kin, where the record has words and no code for it.
fn says_none(code: &Concept<'_>) -> bool {
    code.name().is_some_and(|name| {
        let name = name.text().trim().to_ascii_lowercase();
        name.starts_with("no known ") || matches!(name.as_str(), "nka" | "nkda" | "none known" | "no allergies")
    })
}

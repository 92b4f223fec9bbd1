//! Data types of FHIR: what a node says, without judging it.

pub(crate) use super::entries::elements_of;
use super::source_of;
use clinical_json::{Kind, Node};
use clinical_model::{CodeSystem, Coding, Concept, Period, Quantity, Range, Ratio, ReferenceRange, Verbatim};

/// A scalar with its place. `None` for null and for containers.
pub(crate) fn fact<'a>(node: Node<'_, 'a>) -> Option<Verbatim<'a>> {
    node.scalar_text().map(|text| Verbatim::new(text, source_of(node)))
}

/// A scalar with words in it.
pub(crate) fn worded<'a>(node: Node<'_, 'a>) -> Option<Verbatim<'a>> {
    fact(node).filter(|v| !v.text().trim().is_empty())
}

/// A member that is a scalar.
pub(crate) fn member<'a>(node: Node<'_, 'a>, name: &str) -> Option<Verbatim<'a>> {
    node.get(name).and_then(fact)
}

/// Whether there is anything in it.
pub(crate) fn is_filled(node: Option<Node<'_, '_>>) -> bool {
    node.is_some_and(|n| match n.kind() {
        Kind::Null => false,
        Kind::Array | Kind::Object => !n.is_empty(),
        _ => true,
    })
}

/// Whether a member is the boolean true (or the text "true", as some systems write it).
pub(crate) fn is_true(node: Option<Node<'_, '_>>) -> bool {
    node.and_then(Node::scalar_text).is_some_and(|t| t == "true")
}

fn system(uri: &str) -> CodeSystem {
    match uri {
        "http://snomed.info/sct" => CodeSystem::Snomed,
        "http://loinc.org" => CodeSystem::Loinc,
        "http://www.nlm.nih.gov/research/umls/rxnorm" => CodeSystem::RxNorm,
        "http://hl7.org/fhir/sid/icd-10-cm" | "http://hl7.org/fhir/sid/icd-10" => CodeSystem::Icd10,
        "http://hl7.org/fhir/sid/cvx" => CodeSystem::Cvx,
        other if other.starts_with("http://terminology.hl7.org/") => CodeSystem::Hl7,
        _ => CodeSystem::Other,
    }
}

/// Whether a status concept says this, in a code or, where it has none, in words ("Entered in error").
pub(crate) fn says(concept: Option<&Concept<'_>>, status: &str) -> bool {
    let Some(concept) = concept else { return false };
    let in_words = |text: &Verbatim<'_>| {
        let words = text.text().split_whitespace().flat_map(|w| w.split('-'));
        words.map(str::to_ascii_lowercase).eq(status.split('-').map(str::to_owned))
    };
    concept.has_code(status) || concept.codings.iter().all(|c| c.code.is_none()) && concept.wordings().any(in_words)
}

/// Code systems whose codes say only that there is no value, and why.
fn says_no_value(system: &str) -> bool {
    matches!(
        system,
        "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
            | "http://hl7.org/fhir/v3/NullFlavor"
            | "http://terminology.hl7.org/CodeSystem/data-absent-reason"
            | "http://hl7.org/fhir/data-absent-reason"
    )
}

/// SNOMED CT 261665006, "Unknown": a code for no value in a system of values.
const UNKNOWN: &str = "261665006";

/// A `Coding`, and whether it is one for "no value" (safety rule 15).
fn coding<'a>(node: Node<'_, 'a>) -> (Coding<'a>, bool) {
    let mut out = Coding { system: CodeSystem::Other, code: None, display: None };
    let mut is_no_value = false;
    for m in node.members() {
        if m.key_is("system") {
            if let Some(uri) = m.as_str() {
                out.system = system(&uri);
                is_no_value = matches!(out.system, CodeSystem::Hl7 | CodeSystem::Other) && says_no_value(&uri);
            }
        } else if m.key_is("code") {
            out.code = fact(m);
        } else if m.key_is("display") {
            out.display = fact(m);
        }
    }
    is_no_value |= out.system == CodeSystem::Snomed && out.code.as_ref().is_some_and(|c| c.text() == UNKNOWN);
    (out, is_no_value)
}

/// A `CodeableConcept`. A bare `Coding` or a bare string in its place is taken for what it says. A code for "no
/// value" is not a value (safety rule 15); the author's text beside it is.
pub(crate) fn concept<'a>(node: Node<'_, 'a>) -> Concept<'a> {
    concept_of(node, false)
}

/// A concept of which "unknown" and "not asked" are answers, too.
pub(crate) fn concept_or_reason<'a>(node: Node<'_, 'a>) -> Concept<'a> {
    concept_of(node, true)
}

fn concept_of<'a>(node: Node<'_, 'a>, reasons: bool) -> Concept<'a> {
    let mut out = Concept::default();
    if node.kind() != Kind::Object {
        out.text = fact(node);
        return out;
    }
    let mut is_bare = false;
    let keep = |(coding, is_no_value): (Coding<'a>, bool)| (reasons || !is_no_value).then_some(coding);
    for m in node.members() {
        if m.key_is("coding") {
            out.codings.extend(elements_of(m).filter_map(|c| keep(coding(c))));
            out.codings.shrink_to_fit();
        } else if m.key_is("text") {
            out.text = fact(m);
        } else if m.key_is("code") || m.key_is("display") {
            is_bare = true;
        }
    }
    if out.codings.is_empty() && is_bare {
        out.codings.extend(keep(coding(node)));
    }
    out
}

/// A concept with something in it.
pub(crate) fn filled<'a>(node: Node<'_, 'a>) -> Option<Concept<'a>> {
    Some(concept(node)).filter(|c| !c.is_empty())
}

/// A list without room to spare: a record is thousands of lists of one, for which a growing list would take four
/// times the memory.
pub(crate) fn fitted<T>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut out: Vec<T> = items.collect();
    out.shrink_to_fit();
    out
}

/// Every concept of a list.
pub(crate) fn concepts<'a>(node: Node<'_, 'a>) -> Vec<Concept<'a>> {
    fitted(elements_of(node).map(concept).filter(|c| !c.is_empty()))
}

/// A `Quantity`. A bare number in its place is a number without a unit.
pub(crate) fn quantity<'a>(node: Node<'_, 'a>) -> Quantity<'a> {
    if node.kind() != Kind::Object {
        return Quantity { value: fact(node), ..Quantity::default() };
    }
    let mut out = Quantity::default();
    for m in node.members() {
        if m.key_is("value") {
            out.value = fact(m);
        } else if m.key_is("comparator") {
            out.comparator = fact(m);
        } else if m.key_is("unit") {
            out.unit = fact(m);
        } else if m.key_is("code") {
            out.code = fact(m);
        }
    }
    out
}

/// A `Range`.
pub(crate) fn range<'a>(node: Node<'_, 'a>) -> Range<'a> {
    Range { low: node.get("low").map(quantity), high: node.get("high").map(quantity), ..Range::default() }
}

/// A `Ratio`.
pub(crate) fn ratio<'a>(node: Node<'_, 'a>) -> Ratio<'a> {
    Ratio {
        numerator: node.get("numerator").map(quantity).unwrap_or_default(),
        denominator: node.get("denominator").map(quantity).unwrap_or_default(),
    }
}

/// A `Period`; a bare date in its place is its beginning.
pub(crate) fn period<'a>(node: Node<'_, 'a>) -> Period<'a> {
    if node.kind() != Kind::Object {
        return Period { start: fact(node), end: None };
    }
    Period { start: member(node, "start"), end: member(node, "end") }
}

/// The reference ranges of an observation.
pub(crate) fn reference_ranges<'a>(node: Node<'_, 'a>) -> Vec<ReferenceRange<'a>> {
    fitted(elements_of(node).map(|r| {
        let normal = r.get("type").map(concept).is_none_or(|c| c.has_code("normal") || c.is_empty());
        ReferenceRange {
            low: r.get("low").map(quantity),
            high: r.get("high").map(quantity),
            text: member(r, "text"),
            qualified: !normal || is_filled(r.get("appliesTo")) || is_filled(r.get("age")),
        }
    }))
}

/// The texts of `Annotation`s.
pub(crate) fn notes<'a>(node: Node<'_, 'a>) -> Vec<Verbatim<'a>> {
    elements_of(node)
        .filter_map(|n| if n.kind() == Kind::Object { member(n, "text") } else { fact(n) })
        .filter(|v| !v.text().trim().is_empty())
        .collect()
}

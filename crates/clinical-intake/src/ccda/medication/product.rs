//! Which medicine it is (Medication Information, 2.16.840.1.113883.10.20.22.4.23).

use crate::ccda::agreement::told;
use crate::ccda::context::Context;
use crate::ccda::types::{child, down};
use crate::cues;
use clinical_model::{CodeSystem, Coding, Concept, Verbatim};
use clinical_xml::Node;

/// SNOMED CT for "a medicine" of any kind: beside a negation the statement that none is taken.
const ANY_MEDICINE: [&str; 3] = ["410942007", "763158003", "373873005"];

/// The medicine of a `substanceAdministration` or a `supply`: code with its translations, or the name alone; and words of
/// the text that it refers to and that name something else.
pub(super) fn read<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> (Concept<'a>, Option<Verbatim<'a>>) {
    let Some(product) =
        ["consumable", "product"].iter().find_map(|holder| down(node, &[holder, "manufacturedProduct"]))
    else {
        return (Concept::default(), None);
    };
    let material = ["manufacturedMaterial", "manufacturedLabeledDrug"].iter().find_map(|name| child(product, name));
    let material = material.unwrap_or(product);
    let (mut out, dissent) = child(material, "code").map(|c| told(context, c)).unwrap_or_default();
    // The name is often the brand alone: a code's own words, which tell the strength, come before it.
    let name = child(material, "name").and_then(clinical_xml::text);
    let more = name.into_iter().chain(dissent.clone());
    for name in more {
        if !says(&out, &name) {
            out.codings.push(Coding { system: CodeSystem::Other, code: None, display: Some(name) });
        }
    }
    (out, dissent)
}

fn says(concept: &Concept<'_>, name: &Verbatim<'_>) -> bool {
    concept.wordings().any(|w| w.text().eq_ignore_ascii_case(name.text()))
}

/// SNOMED CT for "no known medications": the statement itself, which stands as it is.
pub(super) fn is_statement(medicine: &Concept<'_>) -> bool {
    medicine.has_code("787481004")
}

/// A name without the words that say that it is not known.
pub(super) fn named(mut medicine: Concept<'_>) -> Concept<'_> {
    let names = |v: &Verbatim<'_>| !cues::is_nameless(v.text());
    medicine.text = medicine.text.filter(names);
    medicine.codings.retain(|c| c.display.as_ref().is_none_or(names));
    medicine
}

/// Whether it names no medicine in particular.
pub(super) fn is_any(medicine: &Concept<'_>) -> bool {
    medicine.is_empty() || ANY_MEDICINE.iter().any(|c| medicine.has_code(c))
}

/// What makes two steps those of one medicine: the first code, else the name. `None` where it is not named.
pub(super) fn key(medicine: &Concept<'_>) -> Option<String> {
    let code = medicine.codings.iter().find_map(|c| c.code.as_ref());
    code.or_else(|| medicine.name()).map(|v| v.text().trim().to_lowercase())
}

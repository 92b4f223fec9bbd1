//! Preconditions (2.16.840.1.113883.10.20.22.4.25): when the medicine is to be taken at all.

use super::of_words;
use crate::ccda::context::Context;
use crate::ccda::types::{child, children, concept, words};
use clinical_model::{AsNeeded, Concept, Dosage};
use clinical_xml::Node;

/// Words by which a precondition says only "as needed".
const AS_NEEDED: [&str; 7] = ["prn", "p.r.n.", "as needed", "as required", "when needed", "if needed", "as necessary"];

/// Words by which a precondition is a reason not to take it, or some other rule, and not what it is needed for.
const RULES: [&str; 14] =
    ["hold", "if", "unless", "when", "only", "until", "after", "before", "do", "not", "no", "give", "call", "stop"];

/// Reads every `precondition`. A coded finding is what the medicine is needed for; words that are a rule of their own are
/// quoted and nothing is made of them.
pub(super) fn read<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>, out: &mut Dosage<'a>) {
    for criterion in children(node, "precondition").filter_map(|p| child(p, "criterion")) {
        let value = child(criterion, "value").map(|v| concept(context, v)).unwrap_or_default();
        let code = child(criterion, "code").filter(|c| c.attribute("code") != Some("ASSERTION"));
        let text = || child(criterion, "text").and_then(|t| words(context, t)).map(of_words);
        let said = Some(value).filter(|c| !c.is_empty()).or_else(text);
        let said = said.or_else(|| code.map(|c| concept(context, c)).filter(|c| !c.is_empty()));
        let Some(said) = said else {
            // It exists and says nothing: a structured limit (`IVL_PQ`), or a template without content.
            out.not_understood |= child(criterion, "value").is_some_and(|v| v.children().any(|c| c.is_element()));
            continue;
        };
        take(said, out);
    }
}

fn take<'a>(said: Concept<'a>, out: &mut Dosage<'a>) {
    let name = said.name().map(|n| n.text().to_ascii_lowercase()).unwrap_or_default();
    if AS_NEEDED.contains(&name.trim().trim_end_matches('.')) {
        if out.as_needed == AsNeeded::Unstated {
            out.as_needed = AsNeeded::Yes;
        }
        return;
    }
    let first = name.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or_default();
    let is_rule = said.codings.is_empty() && RULES.contains(&first);
    match out.as_needed {
        AsNeeded::Unstated | AsNeeded::Yes if !is_rule => out.as_needed = AsNeeded::For(said),
        _ => {
            // Two conditions, or a rule: in its own words beside the sentence that nobody makes.
            out.additional.push(said);
            out.not_understood = true;
        }
    }
}

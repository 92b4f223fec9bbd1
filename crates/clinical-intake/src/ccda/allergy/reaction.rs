//! What happened, how bad it was and how bad it could be: Reaction Observation (2.16.840.1.113883.10.20.22.4.9), Severity
//! Observation (4.8) and Criticality Observation (4.145).

use crate::ccda::context::Context;
use crate::ccda::types::{child, code_of, concept, has_template, is_negated, type_code, within, words};
use clinical_model::{Allergy, Concept, Verbatim};
use clinical_xml::Node;

const REACTION: &str = "2.16.840.1.113883.10.20.22.4.9";
const SEVERITY: &str = "2.16.840.1.113883.10.20.22.4.8";
const CRITICALITY: &str = "2.16.840.1.113883.10.20.22.4.145";
const COMMENT: &str = "2.16.840.1.113883.10.20.22.4.64";

/// Severities from bad to mild (2.16.840.1.113883.3.88.12.3221.6.8): code and word.
const SEVERITIES: [(&str, &str); 7] = [
    ("399166001", "fatal"),
    ("442452003", "life threatening"),
    ("24484000", "severe"),
    ("371924009", "moderate to severe"),
    ("6736007", "moderate"),
    ("371923003", "mild to moderate"),
    ("255604002", "mild"),
];

pub(super) fn is_reaction(observation: Node<'_, '_>) -> bool {
    has_template(observation, REACTION)
}

/// Reads what stands beside an allergy, and beside the act around it.
pub(super) fn read<'d, 'a>(
    context: &Context<'d, 'a>,
    node: Node<'d, 'a>,
    concern: Option<Node<'d, 'a>>,
    out: &mut Allergy<'a>,
) {
    let mut worst = Worst::default();
    for holder in std::iter::once(node).chain(concern) {
        for (relationship, inner) in within(holder, "entryRelationship") {
            let is_act = matches!(inner.tag_name().name(), "act");
            if is_act && (has_template(inner, COMMENT) || code_of(inner) == Some("48767-8")) {
                out.notes.extend(child(inner, "text").and_then(|t| words(context, t)));
            } else if inner.tag_name().name() != "observation" || is_negated(inner) {
                // A reaction that did not happen is none.
            } else if is_reaction(inner) || type_code(relationship) == "MFST" {
                out.reactions.extend(manifestation(context, inner));
                for (_, nested) in within(inner, "entryRelationship") {
                    if is_severity(nested) {
                        worst.add(context, nested);
                    } else if is_reaction(nested) && !is_negated(nested) {
                        out.reactions.extend(manifestation(context, nested));
                    }
                }
            } else if is_severity(inner) {
                worst.add(context, inner);
            } else if has_template(inner, CRITICALITY) || code_of(inner) == Some("82606-5") {
                out.criticality = out.criticality.take().or_else(|| criticality(context, inner));
            }
        }
    }
    out.severity = worst.words;
}

fn is_severity(node: Node<'_, '_>) -> bool {
    node.tag_name().name() == "observation" && (has_template(node, SEVERITY) || code_of(node) == Some("SEV"))
}

/// The value, else the words of the observation. A bare code is no word for what happened where others stand beside it.
fn manifestation<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Verbatim<'a>> {
    let value = child(node, "value").map(|v| concept(context, v)).unwrap_or_default();
    let worded = value.wordings().find(|w| !w.text().trim().is_empty()).cloned();
    let own = || child(node, "text").and_then(|t| words(context, t));
    worded.or_else(own).or_else(|| value.name().cloned())
}

/// `CRITH`, `CRITL`, `CRITU` (2.16.840.1.113883.5.1063), else the words.
fn criticality<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Verbatim<'a>> {
    let value = child(node, "value").map(|v| concept(context, v))?;
    let code = value.codings.iter().filter_map(|c| c.code.as_ref()).find(|c| c.text().starts_with("CRIT")).cloned();
    code.or_else(|| value.name().cloned())
}

/// The worst severity so far, as it stands.
#[derive(Default)]
struct Worst<'a> {
    rank: Option<usize>,
    words: Option<Verbatim<'a>>,
}

impl<'a> Worst<'a> {
    fn add<'d>(&mut self, context: &Context<'d, 'a>, node: Node<'d, 'a>) {
        let value = child(node, "value").map(|v| concept(context, v)).unwrap_or_default();
        let worded = value.wordings().find(|w| !w.text().trim().is_empty()).cloned();
        let Some(words) = worded.or_else(|| child(node, "text").and_then(|t| words(context, t))) else { return };
        let rank = Some(rank(&value, words.text()));
        if self.words.is_none() || rank < self.rank {
            (self.rank, self.words) = (rank, Some(words));
        }
    }
}

fn rank(value: &Concept<'_>, words: &str) -> usize {
    let words = words.trim();
    let is = |(code, word): &(&str, &str)| value.has_code(code) || word.eq_ignore_ascii_case(words);
    SEVERITIES.iter().position(is).unwrap_or(SEVERITIES.len())
}

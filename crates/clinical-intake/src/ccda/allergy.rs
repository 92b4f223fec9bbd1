//! Reads allergies: the concern act (2.16.840.1.113883.10.20.22.4.30) and its observations (4.7, 4.90), or an observation
//! alone. What somebody is allergic to stands in the participant; the value of the observation tells the kind only.

mod reaction;

use super::agreement::{agree, told};
use super::context::{Context, Frame};
use super::types::{
    cells, child, children, code_of, concept, down, has_template, is_before_document, is_negated, null_flavor, period,
    status, type_code, within, words,
};
use crate::cues;
use clinical_model::{
    Allergy, Assertion, CodeSystem, Coding, Concept, EntryId, EntryState, FindingCode, Severity, UnreadReason, Verbatim,
};
use clinical_xml::Node;

/// Of an entry of allergies, for the accounting.
const KIND: &str = "Allergy Observation";
const OBSERVATIONS: [&str; 3] =
    ["2.16.840.1.113883.10.20.22.4.7", "2.16.840.1.113883.10.20.22.4.90", "2.16.840.1.113883.10.20.24.3.90"];

/// Kinds of allergy and intolerance (2.16.840.1.113883.3.88.12.3221.6.2 and its parents): never a substance.
const KINDS: [&str; 19] = [
    "419199007",
    "416098002",
    "414285001",
    "418038007",
    "419511003",
    "418471000",
    "59037007",
    "235719002",
    "420134006",
    "426232007",
    "106190000",
    "418634005",
    "282100009",
    "416093006",
    "62014003",
    "609433001",
    "781474001",
    "609328004",
    "ASSERTION",
];

/// SNOMED CT: no known allergy of any kind, of drugs, food, latex, the environment.
const NONE_KNOWN: [&str; 6] = ["716186003", "409137002", "429625007", "1003774007", "428607008", "428197003"];

/// Nobody asked, or the answer is not known.
const NOT_ASKED: [&str; 1] = ["1631000175102"];

/// The act around an allergy.
struct Concern<'d, 'a> {
    node: Node<'d, 'a>,
    negated: bool,
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
    let (concern, inner) = if node.tag_name().name() == "observation" {
        (None, vec![node])
    } else {
        let status = child(node, "statusCode").and_then(|s| s.attribute("code")).map(str::trim);
        (Some(Concern { node, negated: is_negated(node), status }), observations(node))
    };
    let concern = concern.as_ref();
    let substances = |o: Node<'d, 'a>| participants(o).len().max(1);
    match inner.as_slice() {
        [] => EntryState::Unreadable(UnreadReason::NoSubjectMatter),
        [only] if substances(*only) == 1 => one(context, entry, *only, participants(*only).first().copied(), concern),
        several => {
            for observation in several {
                let found = participants(*observation);
                let places = found.iter().map(|p| (*p, Some(*p))).collect::<Vec<_>>();
                let places = if places.is_empty() { vec![(*observation, None)] } else { places };
                let is_one = places.len() == 1;
                for (place, participant) in places {
                    let id = context.entry(KIND, if is_one { *observation } else { place });
                    let state = one(context, id, *observation, participant, concern);
                    if let Some(entry) = context.record.entries.get_mut(id.index()) {
                        entry.state = state;
                    }
                }
            }
            EntryState::Parted
        }
    }
}

/// The observations of an allergy in a concern: by template, else what names a substance or has a value, and is neither a
/// reaction, a severity nor a status.
fn observations<'d, 'a>(node: Node<'d, 'a>) -> Vec<Node<'d, 'a>> {
    let all = || within(node, "entryRelationship").filter(|(_, n)| n.tag_name().name() == "observation");
    let by_template: Vec<Node<'d, 'a>> =
        all().map(|(_, n)| n).filter(|n| OBSERVATIONS.iter().any(|t| has_template(*n, t))).collect();
    if !by_template.is_empty() {
        return by_template;
    }
    let is_beside = |n: Node<'_, '_>| code_of(n).is_some_and(|c| matches!(c, "SEV" | "33999-4" | "82606-5"));
    all()
        .filter(|(r, n)| type_code(*r) != "MFST" && !reaction::is_reaction(*n) && !is_beside(*n))
        .map(|(_, n)| n)
        .collect()
}

/// The participants that name a substance.
fn participants<'d, 'a>(observation: Node<'d, 'a>) -> Vec<Node<'d, 'a>> {
    let is_substance = |p: &Node<'_, '_>| down(*p, &["participantRole", "playingEntity"]).is_some();
    let named = |p: &Node<'d, 'a>| matches!(type_code(*p), "CSM" | "") && is_substance(p);
    children(observation, "participant").filter(named).collect()
}

/// The substance: code with translations and the author's words, or the name alone; and what names something else.
fn substance<'d, 'a>(context: &Context<'d, 'a>, participant: Node<'d, 'a>) -> (Concept<'a>, Vec<Verbatim<'a>>) {
    let Some(entity) = down(participant, &["participantRole", "playingEntity"]) else { return Default::default() };
    let (mut out, dissent) = child(entity, "code").map(|c| told(context, c)).unwrap_or_default();
    let mut others: Vec<Verbatim<'a>> = dissent.into_iter().collect();
    let name = ["name", "desc"].iter().find_map(|n| child(entity, n)).and_then(clinical_xml::text);
    let is_said = |n: &str| out.wordings().any(|w| w.text().eq_ignore_ascii_case(n));
    if let Some(name) = name.filter(|n| !is_said(n.text())) {
        if out.wordings().next().is_none() || out.wordings().any(|w| agree(w.text(), name.text())) {
            out.codings.push(Coding { system: CodeSystem::Other, code: None, display: Some(name) });
        } else {
            others.push(name);
        }
    }
    (out, others)
}

/// Reads one allergy.
fn one<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    participant: Option<Node<'d, 'a>>,
    concern: Option<&Concern<'d, 'a>>,
) -> EntryState {
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
    let value = child(node, "value");
    let kind = value.map(|v| concept(context, v)).unwrap_or_default();
    reaction::read(context, node, concern.map(|c| c.node), &mut out);
    let others;
    (out.code, others) = participant.map(|p| substance(context, p)).unwrap_or_default();
    if !others.is_empty() {
        context.find(Severity::Information, FindingCode::NarrativeDisagrees, node);
        // A reference that leads to the reaction, as published samples have it, names nothing else.
        let is_reaction = |v: &Verbatim<'_>| out.reactions.iter().any(|r| r.text().eq_ignore_ascii_case(v.text()));
        let notes: Vec<Verbatim<'a>> = others.into_iter().filter(|o| !is_reaction(o)).collect();
        out.notes.extend(notes);
    }
    let negated = is_negated(node) || concern.is_some_and(|c| c.negated);
    let names_kind = KINDS.iter().any(|c| kind.has_code(c));
    if out.code.is_empty() && !kind.codings.is_empty() && !names_kind {
        // A precoordinated "allergy to penicillin", or "no known allergy".
        out.code.clone_from(&kind);
    }
    let is_general = out.code.is_empty();
    if is_general {
        out.code = general(context, node, kind, negated);
    }
    let status_word = observed(context, node, concern, &mut out);
    let flavors = [participant.and_then(|p| down(p, &["participantRole", "playingEntity", "code"])), value];
    let not_asked = flavors.into_iter().flatten().filter_map(null_flavor).any(|f| matches!(f, "NASK" | "ASKU"));
    if out.code.is_empty() && out.reactions.is_empty() {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    settle(context, node, &mut out, concern, &Said { negated, is_general, not_asked, observed: status_word });
    context.record.allergies.push(out);
    EntryState::Read
}

/// What an entry without a substance says: "no known allergies" in its own words, the words of the observation, or, where
/// it is negated, the kind ("allergy to substance", denied).
fn general<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>, kind: Concept<'a>, negated: bool) -> Concept<'a> {
    let own = child(node, "text")
        .and_then(|t| words(context, t).or_else(|| cells(context, t).into_iter().find(|c| cues::no_allergy(c.text()))));
    let is_statement = |t: &str| cues::no_allergy(t) || cues::allergy_not_asked(t);
    match own {
        Some(own) if is_statement(own.text()) => Concept { text: Some(own), codings: Vec::new() },
        // "Allergy to drug", denied: the kind tells of what there is none.
        _ if negated => kind,
        // The author's words for the value ("allergy to eggs") say more than its code.
        _ if kind.text.is_some() => Concept { text: kind.text, codings: Vec::new() },
        own => Concept { text: own, codings: Vec::new() },
    }
}

/// What an observation of the status says (Allergy Status, 4.28).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Observed {
    Active,
    Over,
}

fn observed<'d, 'a>(
    context: &mut Context<'d, 'a>,
    node: Node<'d, 'a>,
    concern: Option<&Concern<'d, 'a>>,
    out: &mut Allergy<'a>,
) -> Option<Observed> {
    let is_status = |n: &Node<'_, '_>| {
        let by_template = has_template(*n, "2.16.840.1.113883.10.20.22.4.28");
        n.tag_name().name() == "observation" && (by_template || code_of(*n) == Some("33999-4")) && !is_negated(*n)
    };
    let holders = std::iter::once(node).chain(concern.map(|c| c.node));
    let found = holders.flat_map(|h| within(h, "entryRelationship").map(|(_, n)| n)).find(is_status);
    let Some(found) = found else {
        out.clinical_status = concern.and_then(|c| status(c.node));
        return None;
    };
    let value = child(found, "value").map(|v| concept(context, v)).unwrap_or_default();
    out.clinical_status = value.name().cloned().or_else(|| child(found, "text").and_then(|t| words(context, t)));
    let word = out.clinical_status.as_ref().map(|s| s.text().trim().to_ascii_lowercase()).unwrap_or_default();
    let any = |codes: &[&str]| codes.iter().any(|c| value.has_code(c));
    if any(&["55561003"]) || word == "active" {
        Some(Observed::Active)
    } else if any(&["73425007", "392521001", "413322009"])
        || matches!(&*word, "inactive" | "resolved" | "prior history")
    {
        Some(Observed::Over)
    } else {
        context.find(Severity::Warning, FindingCode::UnknownStatus, found);
        None
    }
}

/// What an entry says of its course.
struct Said {
    negated: bool,
    /// It names no substance.
    is_general: bool,
    not_asked: bool,
    observed: Option<Observed>,
}

/// Decides what is asserted. An allergy that is hidden does more harm than one that is over and shown: only a status, or
/// an end of what nobody follows any more, makes it past.
fn settle<'d, 'a>(
    context: &mut Context<'d, 'a>,
    node: Node<'d, 'a>,
    out: &mut Allergy<'a>,
    concern: Option<&Concern<'d, 'a>>,
    said: &Said,
) {
    let own = child(node, "statusCode").and_then(|s| s.attribute("code")).map(str::trim);
    let around = concern.and_then(|c| c.status);
    let any = |codes: &[&str]| {
        own.into_iter().chain(around).any(|status| codes.iter().any(|code| status.eq_ignore_ascii_case(code)))
    };
    let mut ended = false;
    for holder in std::iter::once(node).chain(concern.map(|c| c.node)) {
        let end = child(holder, "effectiveTime").and_then(|t| period(context, t)).and_then(|p| p.end);
        ended |= end.is_some_and(|end| context.written.is_none() || is_before_document(context, &end));
    }
    out.in_error = any(&["nullified"]);
    let is_followed = around.is_some_and(|s| s.eq_ignore_ascii_case("active")) || around.is_none();
    let is_over = match said.observed {
        Some(Observed::Over) => true,
        _ if any(&["aborted", "suspended", "cancelled", "inactive", "obsolete"]) => true,
        Some(Observed::Active) => false,
        None => !is_followed && ended,
    };
    let is_planned = !matches!(node.attribute("moodCode").map(str::trim), None | Some("EVN" | ""));
    let is_statement = !out.in_error && !is_over && out.reactions.is_empty();
    let has = |codes: &[&str]| codes.iter().any(|c| out.code.has_code(c));
    let says = |test: fn(&str) -> bool| out.code.name().is_some_and(|name| test(name.text()));
    let denies = has(&NONE_KNOWN) || says(cues::no_allergy);
    // "No known allergy", denied, is no statement that there is none.
    let none = if denies { !said.negated || said.is_general } else { said.negated && said.is_general };
    out.not_asked =
        is_statement && !none && (said.not_asked && !said.negated || has(&NOT_ASKED) || says(cues::allergy_not_asked));
    out.none_known = is_statement && none;
    out.assertion = if out.in_error || said.negated || out.none_known {
        Assertion::Absent
    } else if is_over {
        Assertion::Historical
    } else if is_planned {
        Assertion::Hypothetical
    } else {
        Assertion::Present
    };
}

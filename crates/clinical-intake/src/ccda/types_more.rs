//! What the readers of results, visits and plans share: words, people and places of a statement, and its parts.

use super::context::{Context, Frame};
use super::templates::{self, Route};
use super::types::{child, children, code_of, concept, down, has_template, name, null_flavor};
use clinical_model::{Concept, EntryId, Name, Verbatim};
use clinical_xml::{Node, text_of};

/// The template of a comment (4.64), and the code that it has where the template is missing.
const COMMENT: &str = "2.16.840.1.113883.10.20.22.4.64";
const COMMENT_CODE: &str = "48767-8";
/// The template of a note (4.202).
const NOTE: &str = "2.16.840.1.113883.10.20.22.4.202";
const REASON: &str = "2.16.840.1.113883.10.20.24.3.88";

/// The code of the section that a node stands in.
pub(crate) fn section_code<'d>(node: Node<'d, '_>) -> Option<&'d str> {
    let section = node.ancestors().find(|n| n.tag_name().name() == "section")?;
    // The code stands before the entries; to look for a missing one behind them would cost each entry all others.
    let head = section.children().take_while(|c| !matches!(c.tag_name().name(), "entry" | "component"));
    head.into_iter().find(|c| c.tag_name().name() == "code").and_then(|c| c.attribute("code"))
}

/// The words of the `text` of a statement, by its reference or its own. Encoded content (RTF, PDF) is no text.
pub(crate) fn own_words<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Verbatim<'a>> {
    let text = child(node, "text")?;
    match context.referred(text) {
        Some(target) => clinical_xml::text(target),
        None if text.attribute("representation") == Some("B64") => None,
        None => clinical_xml::text(text),
    }
}

/// Whether one text stands in another, blanks and case aside.
pub(crate) fn says_too(long: &str, short: &str) -> bool {
    let plain = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(long).contains(&plain(short))
}

/// A concept that has a name.
pub(crate) fn filled<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>, element: &str) -> Option<Concept<'a>> {
    child(node, element).map(|n| concept(context, n)).filter(|c| !c.is_empty())
}

/// All of an element that have a name.
pub(crate) fn all_filled<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>, element: &str) -> Vec<Concept<'a>> {
    children(node, element).map(|n| concept(context, n)).filter(|c| !c.is_empty()).collect()
}

/// The statements directly in a statement: those of its `component` and `entryRelationship`, with the `typeCode`.
pub(crate) fn inner<'d, 'a>(node: Node<'d, 'a>) -> impl Iterator<Item = (&'d str, Node<'d, 'a>)> {
    node.children()
        .filter(|c| matches!(c.tag_name().name(), "component" | "entryRelationship"))
        .filter_map(|holder| Some((holder.attribute("typeCode").unwrap_or(""), statement(holder)?)))
}

/// The clinical statement in an `entry`, `component` or `entryRelationship`. Other elements that stand before it
/// (`sequenceNumber`, `realmCode`, `templateId`) are passed over.
pub(crate) fn statement<'d, 'a>(holder: Node<'d, 'a>) -> Option<Node<'d, 'a>> {
    const CLASSES: [&str; 9] = [
        "act",
        "encounter",
        "observation",
        "observationMedia",
        "organizer",
        "procedure",
        "regionOfInterest",
        "substanceAdministration",
        "supply",
    ];
    holder.children().find(|n| n.is_element() && CLASSES.contains(&n.tag_name().name()))
}

/// Reads a statement that stands in another one as an entry of its own. `frame` is that of the statement around it
/// (`status::inside`).
pub(crate) fn part<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>, frame: Frame) -> EntryId {
    let id = context.entry(templates::kind(node), node);
    let state = super::statement_of(context, id, node, frame);
    if let Some(entry) = context.record.entries.get_mut(id.index()) {
        entry.state = state;
    }
    id
}

/// Reads the statements in a statement that say something of their own, and gives their entries. Those that only say
/// more of the statement around them (comments, reasons, status, severity, references) are passed over.
pub(crate) fn parts<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>, frame: Frame) -> Vec<EntryId> {
    let chosen: Vec<Node<'d, 'a>> = inner(node).filter(|(kind, n)| !is_aside(kind, *n)).map(|(_, n)| n).collect();
    // Most statements have none, and need not say what they would say for them.
    if chosen.is_empty() {
        return Vec::new();
    }
    let frame = super::status::inside(node, frame);
    chosen.into_iter().map(|n| part(context, n, frame)).collect()
}

/// Whether a statement only says more of the one around it.
pub(crate) fn is_aside(type_code: &str, node: Node<'_, '_>) -> bool {
    let class = node.tag_name().name();
    let code = code_of(node);
    templates::route(node) == Some(Route::Aside)
        || is_comment(node)
        || has_template(node, "2.16.840.1.113883.10.20.22.4.143")
        // Why something was done is not a finding of its own, and neither is a link to a visit.
        || type_code == "RSON"
        || (class == "encounter" && code.is_none())
        || (class == "act" && code.is_none() && inner(node).next().is_none() && child(node, "text").is_none())
        // SNOMED CT: "units", which some laboratories put beside a value that is no number.
        // LOINC: the status of the statement around it.
        || (class == "observation" && matches!(code, Some("246514001" | "33999-4")))
}

/// Whether a statement is a remark about the one around it.
pub(crate) fn is_comment(node: Node<'_, '_>) -> bool {
    has_template(node, COMMENT) || has_template(node, NOTE) || code_of(node) == Some(COMMENT_CODE)
}

/// The remarks in a statement: comments (4.64) and notes (4.202). What was entered in error is none.
pub(crate) fn comments<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Vec<Verbatim<'a>> {
    inner(node)
        .map(|(_, n)| n)
        .filter(|n| is_comment(*n) && !super::status::is_off(*n))
        .filter_map(|n| own_words(context, n))
        .collect()
}

/// Why, as the statement says: the values of its indications (4.19) and reasons (24.3.88), else their words.
pub(crate) fn reasons<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Vec<Verbatim<'a>> {
    inner(node)
        .filter(|(kind, n)| *kind == "RSON" || has_template(*n, REASON))
        .filter(|(_, n)| !super::status::is_off(*n))
        .filter_map(|(_, n)| {
            let value = filled(context, n, "value").and_then(|c| c.name().cloned());
            let generic = matches!(n.tag_name().name(), "observation");
            value.or_else(|| own_words(context, n)).or_else(|| {
                let code = filled(context, n, "code").filter(|_| !generic)?;
                code.name().cloned()
            })
        })
        .collect()
}

/// The people of `performer` elements.
pub(crate) fn performers<'d, 'a>(node: Node<'d, 'a>) -> Vec<Name<'a>> {
    children(node, "performer").filter_map(|p| person(child(p, "assignedEntity")?)).collect()
}

/// The name of the person of an assigned entity, else that of the organisation.
pub(crate) fn person<'a>(entity: Node<'_, 'a>) -> Option<Name<'a>> {
    let named = |path: &[&str]| down(entity, path).filter(|n| null_flavor(*n).is_none()).and_then(name);
    named(&["assignedPerson", "name"]).or_else(|| named(&["representedOrganization", "name"]))
}

/// The roles of `participant` elements of the given `typeCode`s.
pub(crate) fn participants<'d, 'a>(node: Node<'d, 'a>, types: &'static [&'static str]) -> Vec<Node<'d, 'a>> {
    children(node, "participant")
        .filter(|p| p.attribute("typeCode").is_some_and(|t| types.contains(&t)))
        .filter_map(|p| child(p, "participantRole"))
        .collect()
}

/// The places of a statement (service delivery location, 4.32): the name of each, else what kind of place it is.
pub(crate) fn places<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Vec<Verbatim<'a>> {
    let roles = participants(node, &["LOC", "DST"]);
    roles.into_iter().filter_map(|role| place(context, role)).collect()
}

fn place<'d, 'a>(context: &Context<'d, 'a>, role: Node<'d, 'a>) -> Option<Verbatim<'a>> {
    let named = down(role, &["playingEntity", "name"]).filter(|n| null_flavor(*n).is_none());
    named.and_then(clinical_xml::text).or_else(|| {
        let kind = filled(context, role, "code")?;
        kind.text.or_else(|| kind.codings.into_iter().find_map(|c| c.display))
    })
}

/// Whether an element has words of its own.
pub(crate) fn has_words(node: Node<'_, '_>) -> bool {
    !text_of(node).is_empty()
}

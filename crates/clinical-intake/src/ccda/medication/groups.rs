//! The medicines of one statement, and which of them are steps of one course.

use super::product;
use crate::ccda::context::Context;
use crate::ccda::types::{child, is_negated};
use clinical_xml::Node;

/// What the act or organizer around a medicine says of all that is in it.
#[derive(Clone, Default)]
pub(super) struct Around<'d> {
    /// The codes of their `statusCode`.
    pub(super) statuses: Vec<&'d str>,
    /// One of them is negated.
    pub(super) negated: bool,
}

/// One medicine with its steps.
pub(super) struct Group<'d, 'a> {
    /// What its steps have in common.
    pub(super) key: Option<String>,
    /// Its steps.
    pub(super) nodes: Vec<Node<'d, 'a>>,
    /// What stands around it.
    pub(super) around: Around<'d>,
}

/// The medicines of a statement. An organizer or an act may hold several: the same medicine twice in a row is one with
/// two steps (a course that begins with a double dose), another is another.
pub(super) fn groups<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Vec<Group<'d, 'a>> {
    let mut found: Vec<Group<'d, 'a>> = Vec::new();
    let mut open = vec![(node, Around::default())];
    while let Some((node, around)) = open.pop() {
        if matches!(node.tag_name().name(), "substanceAdministration" | "supply") {
            let (medicine, _) = product::read(context, node);
            let key = product::key(&medicine);
            let is_step = |g: &&mut Group<'d, 'a>| key.is_some() && g.key == key && is_course(node, &g.nodes);
            match found.last_mut().filter(|g| is_step(g)) {
                Some(group) => group.nodes.push(node),
                None => found.push(Group { key, nodes: vec![node], around }),
            }
            continue;
        }
        let mut inner = around;
        inner.statuses.extend(child(node, "statusCode").and_then(|s| s.attribute("code")));
        inner.negated |= is_negated(node);
        let held = node.children().filter(|c| matches!(c.tag_name().name(), "entryRelationship" | "component"));
        let statements = held.flat_map(|h| h.children().filter(Node::is_element));
        let is_statement = |n: &Node<'_, '_>| {
            matches!(n.tag_name().name(), "substanceAdministration" | "supply" | "act" | "organizer")
        };
        let before = open.len();
        open.extend(statements.filter(is_statement).map(|n| (n, inner.clone())));
        if let Some(added) = open.get_mut(before..) {
            added.reverse();
        }
    }
    // Beside a medicine a supply is its supply; instructions hold no medicine.
    if found.iter().any(|g| g.nodes.iter().any(|n| n.tag_name().name() == "substanceAdministration")) {
        found.retain(|g| g.nodes.iter().all(|n| n.tag_name().name() == "substanceAdministration"));
    }
    found
}

/// Whether a medicine goes on with the steps before it: one kind of statement, one mood, one status.
fn is_course(node: Node<'_, '_>, before: &[Node<'_, '_>]) -> bool {
    let same =
        |name: &str, other: &Node<'_, '_>| node.attribute(name).map(str::trim) == other.attribute(name).map(str::trim);
    let status = |n: Node<'_, '_>| child(n, "statusCode").and_then(|s| s.attribute("code")).map(str::to_owned);
    before.iter().all(|b| {
        node.tag_name().name() == b.tag_name().name()
            && same("moodCode", b)
            && is_negated(node) == is_negated(*b)
            && status(node) == status(*b)
    })
}

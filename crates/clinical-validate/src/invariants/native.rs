//! The constraints that stand at almost every element, without an interpreter.
//!
//! A test holds each against its expression on generated documents.

use super::scope::{Scope, contained, objects};
use crate::fhirpath::{Surroundings as _, compare_moments};
use clinical_json::{Kind, Node};
use std::collections::HashSet;

/// As [`holds`](super::holds).
pub(super) type Check = for<'s, 'd, 'a> fn(Node<'d, 'a>, &Scope<'s, 'd, 'a>) -> Option<bool>;

/// The quick form of a constraint, where there is one.
pub(super) fn of(key: &str) -> Option<Check> {
    Some(match key {
        "ele-1" => |at, _| Some(has_content(at)),
        "ext-1" => |at, _| Some(is_one_of_two(at)),
        "dom-2" => |at, _| Some(contained(at).all(|r| !has(r, "contained", "_contained"))),
        "dom-3" => |at, scope| Some(orphans(at, scope).is_empty()),
        "dom-4" => |at, _| {
            let versioned = |m| has(m, "versionId", "_versionId") || has(m, "lastUpdated", "_lastUpdated");
            Some(contained(at).flat_map(metas).all(|m| !versioned(m)))
        },
        "dom-5" => |at, _| Some(contained(at).flat_map(metas).all(|m| !has(m, "security", "_security"))),
        "dom-6" => |at, _| Some(objects(at, "text").any(|text| has(text, "div", "_div"))),
        "per-1" => in_order,
        "ref-1" => |at, scope| Some(is_contained_here(at, scope)),
        "att-1" => |at, _| Some(with(at, "data", "_data", "contentType", "_contentType")),
        "qty-3" => |at, _| Some(with(at, "code", "_code", "system", "_system")),
        "cpt-2" => |at, _| Some(with(at, "value", "_value", "system", "_system")),
        "sqty-1" => |at, _| Some(!has(at, "comparator", "_comparator")),
        "bdl-8" => |at, _| {
            let url = at.get("fullUrl").and_then(Node::as_str);
            Some(url.is_none_or(|url| !url.contains("/_history/")))
        },
        _ => return None,
    })
}

/// Whether anything is in a member: of a value, of an array of values.
fn is_there(node: Node<'_, '_>) -> bool {
    match node.kind() {
        Kind::Null => false,
        Kind::Array => node.items().any(|item| !item.is_null()),
        _ => true,
    }
}

/// The same beside a primitive, where only an object counts.
fn is_beside(node: Node<'_, '_>) -> bool {
    match node.kind() {
        Kind::Object => true,
        Kind::Array => node.items().any(|item| item.kind() == Kind::Object),
        _ => false,
    }
}

/// Whether an element of this name exists.
fn has(node: Node<'_, '_>, name: &str, twin: &str) -> bool {
    node.members().any(|m| m.key_is(name) && is_there(m) || m.key_is(twin) && is_beside(m))
}

/// The second element exists if the first does.
fn with(node: Node<'_, '_>, name: &str, twin: &str, other: &str, other_twin: &str) -> bool {
    !has(node, name, twin) || has(node, other, other_twin)
}

/// ele-1: a value, or a child that is not the id.
fn has_content(node: Node<'_, '_>) -> bool {
    let is_child = |member: Node<'_, '_>| {
        if ["id", "_id", "resourceType"].iter().any(|name| member.key_is(name)) {
            return false;
        }
        let is_twin = member.key().is_some_and(|key| key.starts_with('_'));
        if is_twin { is_beside(member) } else { is_there(member) }
    };
    match node.kind() {
        Kind::Object => node.members().any(is_child),
        kind => matches!(kind, Kind::String | Kind::Number | Kind::Bool),
    }
}

/// ext-1: extensions or a value, not both and not neither.
fn is_one_of_two(node: Node<'_, '_>) -> bool {
    let (mut has_extension, mut has_value) = (false, false);
    for member in node.members() {
        if member.key_is("extension") {
            has_extension = is_there(member);
        } else if let Some(key) = member.key() {
            let (plain, is_twin) = key.strip_prefix('_').map_or((&*key, false), |plain| (plain, true));
            if crate::fhirpath::is_choice_of(plain, "value") {
                has_value |= if is_twin { is_beside(member) } else { is_there(member) };
            }
        }
    }
    has_extension != has_value
}

/// per-1: the start is not after the end, as far as both are said.
fn in_order<'d, 'a>(node: Node<'d, 'a>, _: &Scope<'_, 'd, 'a>) -> Option<bool> {
    let value = |name| node.get(name).filter(|n| matches!(n.kind(), Kind::String | Kind::Number | Kind::Bool));
    let (Some(start), Some(end)) = (value("start"), value("end")) else { return Some(true) };
    compare_moments(&start.as_str()?, &end.as_str()?).map(std::cmp::Ordering::is_le)
}

/// ref-1: what is referred to within the resource is contained in it.
fn is_contained_here(node: Node<'_, '_>, scope: &Scope<'_, '_, '_>) -> bool {
    let Some(reference) = node.get("reference").and_then(Node::as_str) else { return true };
    match reference.strip_prefix('#') {
        None => true,
        Some("") => scope.resource().id() != scope.root().id(),
        Some(id) => scope.contains(id),
    }
}

fn metas<'d, 'a>(resource: Node<'d, 'a>) -> impl Iterator<Item = Node<'d, 'a>> {
    objects(resource, "meta")
}

/// dom-3: contained resources that nothing in the resource refers to and that do not refer to it.
///
/// One walk over the resource and one over each contained resource, however many there are. Of what a contained
/// resource contains nothing is said: it may not contain anything (dom-2), and to say it at every level would be a
/// walk for each.
pub(crate) fn orphans<'d, 'a>(resource: Node<'d, 'a>, scope: &Scope<'_, 'd, 'a>) -> Vec<Node<'d, 'a>> {
    if resource.id() != scope.root().id() || resource.get("contained").is_none() {
        return Vec::new();
    }
    let mut referred = HashSet::new();
    each_string(resource, &mut |node| {
        // Most strings are no fragment, and what is none is not looked at. An escape may hide one.
        let may_be = node.raw().starts_with("\"#") || node.raw().starts_with("\"\\");
        if may_be && refers(node, scope) {
            referred.extend(node.as_str());
        }
    });
    let is_referred = |r: &Node<'d, 'a>| match r.get("id").and_then(Node::as_str) {
        Some(id) => {
            let fragment = format!("#{id}");
            referred.contains(fragment.as_str()) || refers_to_container(*r, scope)
        }
        // It has no name to be called by, which is another rule's matter.
        None => true,
    };
    contained(resource).filter(|r| !is_referred(r)).collect()
}

fn refers_to_container<'d, 'a>(resource: Node<'d, 'a>, scope: &Scope<'_, 'd, 'a>) -> bool {
    let mut found = false;
    each_string(resource, &mut |node| {
        found |= node.as_str().is_some_and(|text| text == "#") && refers(node, scope);
    });
    found
}

/// Whether it is the text of a reference, or a canonical, uri or url. What is of a type that is not known may be one.
fn refers<'d, 'a>(node: Node<'d, 'a>, scope: &Scope<'_, 'd, 'a>) -> bool {
    node.key_is("reference") || scope.type_of(node).is_none_or(|kind| matches!(kind, "canonical" | "uri" | "url"))
}

/// Every string below an object.
fn each_string<'d, 'a>(node: Node<'d, 'a>, seen: &mut dyn FnMut(Node<'d, 'a>)) {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match node.kind() {
            Kind::String => seen(node),
            Kind::Object => open.extend(node.members().filter(|n| worth(*n))),
            Kind::Array => open.extend(node.items().filter(|n| worth(*n))),
            _ => {}
        }
    }
}

fn worth(node: Node<'_, '_>) -> bool {
    matches!(node.kind(), Kind::String | Kind::Object | Kind::Array)
}

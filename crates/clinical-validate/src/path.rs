//! Places as FHIRPath, for many nodes in one go.

use crate::definitions::{Definitions, Kind as Type, TypeId, r4};
use clinical_json::{Document, Kind, Node};
use std::fmt::Write;

/// Tells the places of nodes asked for in the order of the document. Each container is gone through once, however many
/// nodes in it are asked for.
pub(crate) struct Places<'d, 'a> {
    r4: &'static Definitions,
    root: Node<'d, 'a>,
    /// The containers that are open, the outermost first.
    open: Vec<Open<'d, 'a>>,
    path: String,
}

struct Open<'d, 'a> {
    node: Node<'d, 'a>,
    kind: Option<TypeId>,
    /// Where the search for the next child goes on: the child and its number.
    next: Option<Node<'d, 'a>>,
    index: usize,
    /// How much of the path is its own.
    length: usize,
    /// What the elements of an array are, by the name of the element.
    items: Option<TypeId>,
}

impl<'d, 'a> Places<'d, 'a> {
    pub(crate) fn new(document: &'d Document<'a>) -> Self {
        Self { r4: r4(), root: document.root(), open: Vec::new(), path: String::new() }
    }

    /// The place of a node. A node before the one asked for last costs a search from the root.
    pub(crate) fn of(&mut self, document: &'d Document<'a>, target: Node<'d, 'a>) -> &str {
        let id = target.id();
        while let Some(open) = self.open.last() {
            let is_inside = open.node.id() <= id && id < open.node.end();
            let is_ahead = open.node.id() == id || open.next.is_none_or(|next| next.id() <= id);
            if is_inside && is_ahead {
                break;
            }
            self.open.pop();
        }
        if self.open.is_empty() {
            self.path.clear();
            let kind = self.resource_type(self.root);
            match kind {
                Some(kind) => self.path.push_str(self.r4.definition(kind).path),
                None => self.path.push_str("Resource"),
            }
            self.enter(document, self.root, kind, None);
        }
        while let Some(open) = self.open.last() {
            self.path.truncate(open.length);
            if open.node.id() == id || !self.step(document, target) {
                break;
            }
        }
        &self.path
    }

    /// Goes into the child that holds the target.
    fn step(&mut self, document: &'d Document<'a>, target: Node<'d, 'a>) -> bool {
        let Some(open) = self.open.last_mut() else { return false };
        let end = open.node.end();
        while let Some(child) = open.next {
            if child.end() > target.id() {
                break;
            }
            open.next = if child.end() < end { document.node_at(child.end()) } else { None };
            open.index += 1;
        }
        let Some(child) = open.next.filter(|child| child.id() <= target.id()) else { return false };
        let (index, kind, items) = (open.index, open.kind, open.items);
        let (kind, items) = match open.node.kind() {
            Kind::Array => {
                let _ = write!(self.path, "[{index}]");
                (items.or_else(|| self.resource_type(child)), None)
            }
            _ => self.member(child, kind, index),
        };
        self.enter(document, child, kind, items);
        true
    }

    /// Writes a member's name; answers with the type of an object, or that of an array's elements.
    fn member(&mut self, child: Node<'d, 'a>, of: Option<TypeId>, index: usize) -> (Option<TypeId>, Option<TypeId>) {
        let key = child.key().unwrap_or_default();
        let name = key.strip_prefix('_').unwrap_or(&key);
        let Some(element) = of.and_then(|of| self.r4.element(of, name)) else {
            let is_known = name == "resourceType" || self.r4.knows_name(name);
            if is_known {
                let _ = write!(self.path, ".{name}");
            } else {
                let _ = write!(self.path, ".member({index})");
            }
            return (None, None);
        };
        let kind_name = match element.kind {
            Type::Primitive(primitive) => primitive.name(),
            Type::Complex(id) => self.r4.definition(id).path,
            Type::Resource => "Resource",
        };
        if element.choice.is_empty() {
            let _ = write!(self.path, ".{}", element.name);
        } else {
            let _ = write!(self.path, ".{}.ofType({kind_name})", element.choice);
        }
        let kind = match element.kind {
            // A twin of a primitive holds the id and the extensions.
            Type::Primitive(_) => self.r4.named("Element"),
            Type::Complex(id) => Some(id),
            Type::Resource => None,
        };
        if child.kind() == Kind::Array { (None, kind) } else { (kind.or_else(|| self.resource_type(child)), None) }
    }

    fn enter(&mut self, document: &'d Document<'a>, node: Node<'d, 'a>, kind: Option<TypeId>, items: Option<TypeId>) {
        let first = clinical_json::NodeId::from_index(node.id().index() + 1);
        let next = if first < node.end() { document.node_at(first) } else { None };
        self.open.push(Open { node, kind, next, index: 0, length: self.path.len(), items });
    }

    fn resource_type(&self, node: Node<'d, 'a>) -> Option<TypeId> {
        self.r4.resource(&node.get("resourceType")?.as_str()?)
    }
}

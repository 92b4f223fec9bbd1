//! Where an element is: what its constraints may look at beside it.

use crate::fhirpath::Surroundings;
use clinical_json::{Kind, Node};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

/// A resource that no other contains, and those that it contains by their id.
///
/// One for all that is in it: a thousand contained resources do not read each other's ids a million times.
pub(crate) struct Outermost<'d, 'a> {
    node: Node<'d, 'a>,
    contained: OnceCell<HashMap<Cow<'a, str>, Node<'d, 'a>>>,
}

impl<'d, 'a> Outermost<'d, 'a> {
    pub(crate) fn new(node: Node<'d, 'a>) -> Self {
        Self { node, contained: OnceCell::new() }
    }

    /// The contained resource of this id; the first of several.
    fn contained(&self, id: &str) -> Option<Node<'d, 'a>> {
        let contained = self.contained.get_or_init(|| {
            let mut by_id = HashMap::new();
            for resource in contained(self.node) {
                if let Some(id) = resource.get("id").and_then(Node::as_str) {
                    by_id.entry(id).or_insert(resource);
                }
            }
            by_id
        });
        contained.get(id).copied()
    }
}

/// What a resource contains.
pub(super) fn contained<'d, 'a>(resource: Node<'d, 'a>) -> impl Iterator<Item = Node<'d, 'a>> {
    objects(resource, "contained")
}

/// The objects of a member: of an array, or one where there is no array, be it right or not.
pub(super) fn objects<'d, 'a>(of: Node<'d, 'a>, name: &str) -> impl Iterator<Item = Node<'d, 'a>> {
    let member = of.get(name);
    let one = member.filter(|n| n.kind() == Kind::Object);
    member.into_iter().flat_map(Node::items).chain(one).filter(|n| n.kind() == Kind::Object)
}

/// The resource that an element is in, and what is around that.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'s, 'd, 'a> {
    resource: Node<'d, 'a>,
    outermost: &'s Outermost<'d, 'a>,
    surroundings: &'s dyn Surroundings<'d, 'a>,
}

impl<'s, 'd, 'a> Scope<'s, 'd, 'a> {
    /// `resource` is what `outermost` is of, or is contained in that. An entry of a Bundle is outermost itself.
    pub(crate) fn new(
        resource: Node<'d, 'a>,
        outermost: &'s Outermost<'d, 'a>,
        surroundings: &'s dyn Surroundings<'d, 'a>,
    ) -> Self {
        Self { resource, outermost, surroundings }
    }

    pub(super) fn resource(&self) -> Node<'d, 'a> {
        self.resource
    }

    pub(super) fn root(&self) -> Node<'d, 'a> {
        self.outermost.node
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.outermost.contained(id).is_some()
    }
}

impl<'d, 'a> Surroundings<'d, 'a> for Scope<'_, 'd, 'a> {
    fn type_of(&self, node: Node<'d, 'a>) -> Option<&'static str> {
        self.surroundings.type_of(node)
    }

    fn resolve(&self, reference: &str) -> Option<Node<'d, 'a>> {
        match reference.strip_prefix('#') {
            Some("") => Some(self.root()),
            Some(id) => self.outermost.contained(id),
            None => self.surroundings.resolve(reference),
        }
    }

    fn is_safe_narrative(&self, div: &str) -> bool {
        self.surroundings.is_safe_narrative(div)
    }
}

//! What stands in the same document: the contained resources of a resource, the entries of a Bundle, the resources of
//! Parameters. Each is gone through once, when somebody asks for it.

use super::uri::is_absolute;
use super::{each, string};
use crate::Resource;
use clinical_json::{Node, NodeId};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// What was gone through already.
#[derive(Default)]
pub(crate) struct Neighbours<'d, 'a> {
    contained: HashMap<NodeId, HashMap<Cow<'a, str>, Node<'d, 'a>>>,
    /// The language of the resource that asked last. One is enough: resources come one after the other.
    language: Option<(NodeId, Option<Cow<'a, str>>)>,
    groups: HashMap<NodeId, Group<'d, 'a>>,
    /// How often an id stands in the narratives of a resource.
    marks: HashMap<NodeId, HashMap<String, u32>>,
}

/// The entries of a Bundle, or the resources of Parameters.
#[derive(Default)]
pub(super) struct Group<'d, 'a> {
    /// `fullUrl` to resource.
    by_url: HashMap<Cow<'a, str>, Node<'d, 'a>>,
    /// `Patient/1` to resource.
    by_address: HashMap<String, Node<'d, 'a>>,
    /// Resource to `fullUrl`.
    urls: HashMap<NodeId, Cow<'a, str>>,
    types: HashSet<Cow<'a, str>>,
    /// The type of a Bundle (`collection`); nothing for Parameters.
    pub(super) kind: Option<Cow<'a, str>>,
}

/// Where a reference leads.
#[derive(Clone, Copy)]
pub(super) enum Target<'d, 'a> {
    /// To this resource.
    Found(Node<'d, 'a>),
    /// To none in the Bundle, though one has the same type and id under another base.
    Elsewhere,
    /// To none that is here.
    NotFound,
    /// It is relative, and the entry has no `fullUrl` to which it could be relative.
    NoBase,
    /// The resource stands in no Bundle and no Parameters.
    Alone,
}

impl<'d, 'a> Neighbours<'d, 'a> {
    /// The resource contained in `container` under this id.
    pub(super) fn contained(&mut self, container: Node<'d, 'a>, id: &str) -> Option<Node<'d, 'a>> {
        let all = self.contained.entry(container.id()).or_insert_with(|| {
            each(container, "contained").filter_map(|inner| Some((string(inner, "id")?, inner))).collect()
        });
        all.get(id).copied()
    }

    /// The language that a resource says it has.
    pub(super) fn language(&mut self, resource: Node<'d, 'a>) -> Option<&str> {
        if self.language.as_ref().is_none_or(|(of, _)| *of != resource.id()) {
            self.language = Some((resource.id(), string(resource, "language")));
        }
        self.language.as_ref().and_then(|(_, language)| language.as_deref())
    }

    /// The entries of a Bundle or the resources of Parameters.
    pub(super) fn group(&mut self, node: Node<'d, 'a>) -> &Group<'d, 'a> {
        self.groups.entry(node.id()).or_insert_with(|| Group::new(node))
    }

    /// How often an id stands in the narratives of a resource.
    pub(super) fn marks(&mut self, resource: Node<'d, 'a>, id: &str) -> u32 {
        let marks = self.marks.entry(resource.id()).or_insert_with(|| super::narrative_link::marks(resource));
        marks.get(id).copied().unwrap_or(0)
    }

    /// Where a reference that is no fragment leads (R4, page Bundle, "Resolving references in Bundles").
    pub(super) fn resolve(&mut self, resource: &Resource<'_, 'd, 'a>, reference: &str) -> Target<'d, 'a> {
        match surroundings(resource) {
            None => Target::Alone,
            Some((outer, inner)) => self.group(outer.node).resolve(inner, reference, outer.kind == "Bundle"),
        }
    }
}

/// The innermost Bundle or Parameters around a resource, and which of its resources that one is or stands in.
pub(super) fn surroundings<'r, 'd, 'a>(
    resource: &'r Resource<'r, 'd, 'a>,
) -> Option<(&'r Resource<'r, 'd, 'a>, Node<'d, 'a>)> {
    let mut inner = resource;
    while let Some(outer) = inner.outer {
        if matches!(outer.kind, "Bundle" | "Parameters") {
            return Some((outer, inner.node));
        }
        inner = outer;
    }
    None
}

impl<'d, 'a> Group<'d, 'a> {
    fn new(node: Node<'d, 'a>) -> Self {
        let is_bundle = string(node, "resourceType").is_some_and(|kind| kind == "Bundle");
        let kind = is_bundle.then(|| string(node, "type").unwrap_or_default());
        let mut group = Self { kind, ..Self::default() };
        // Parts of parameters may hold resources as well.
        let mut waiting: Vec<Node<'d, 'a>> = each(node, "entry").chain(each(node, "parameter")).collect();
        waiting.reverse();
        while let Some(entry) = waiting.pop() {
            waiting.extend(each(entry, "part"));
            let Some(resource) = entry.get("resource") else { continue };
            if let (Some(kind), Some(id)) = (string(resource, "resourceType"), string(resource, "id")) {
                group.by_address.entry(format!("{kind}/{id}")).or_insert(resource);
                group.types.insert(kind);
            }
            if let Some(url) = string(entry, "fullUrl") {
                group.by_url.entry(url.clone()).or_insert(resource);
                group.urls.insert(resource.id(), url);
            }
        }
        group
    }

    /// The resource under a `fullUrl`.
    pub(super) fn at(&self, url: &str) -> Option<Node<'d, 'a>> {
        self.by_url.get(url).copied()
    }

    /// Whether a resource of this type, with an id, is among them.
    pub(super) fn has_type(&self, kind: &str) -> bool {
        self.types.contains(kind)
    }

    /// Where a reference in the resource `from` leads.
    pub(super) fn resolve(&self, from: Node<'d, 'a>, reference: &str, is_bundle: bool) -> Target<'d, 'a> {
        let reference = reference.split('#').next().unwrap_or_default();
        let unversioned = reference.split("/_history/").next().unwrap_or_default();
        let found = |url: &str| self.at(url).map(Target::Found);
        if is_absolute(reference) {
            return found(reference).or_else(|| found(unversioned)).unwrap_or(Target::NotFound);
        }
        if !is_bundle {
            return self.by_address.get(unversioned).map_or(Target::NotFound, |node| Target::Found(*node));
        }
        let Some(base) = self.urls.get(&from.id()) else { return Target::NoBase };
        let other = if self.by_address.contains_key(unversioned) { Target::Elsewhere } else { Target::NotFound };
        if let Some(uuid) = base.strip_prefix("urn:") {
            // `urn:uuid:` is no base. The reference validator takes what follows the type as the last part of a URN.
            let scheme = uuid.split(':').next().unwrap_or_default();
            let id = unversioned.rsplit('/').next().unwrap_or_default();
            return found(&format!("urn:{scheme}:{id}")).unwrap_or(other);
        }
        // `http://a.b/fhir/Patient/1` is the base `http://a.b/fhir/` and a type and an id.
        let Some((base, _)) = base.rsplit_once('/').and_then(|(before, _)| before.rsplit_once('/')) else {
            return other;
        };
        found(&format!("{base}/{unversioned}")).unwrap_or(other)
    }
}

//! Resources, and what every resource has.

use super::references::{Around, Bundle};
use super::{DEEPEST, Place, Walk};
use crate::invariants::{self, Outermost, Scope};
use crate::{Code, Resource, Severity};
use clinical_json::{Kind, Node};

impl<'d, 'a> Walk<'_, 'd, 'a> {
    /// A resource, wherever it stands.
    pub(super) fn resource(&mut self, node: Node<'d, 'a>, outer: Option<&Place<'_, '_, 'd, 'a>>, is_contained: bool) {
        if node.kind() != Kind::Object {
            return self.sink.error(Code::Structure, "not-an-object", node, "A resource must be a JSON object");
        }
        let Some(kind) = node.get("resourceType") else {
            let text = "A resource must say its type (resourceType)";
            return self.sink.error(Code::Structure, "resource-type", node, text);
        };
        let Some(kind) = kind.as_str() else {
            return self.sink.error(Code::Structure, "resource-type", kind, "resourceType must be a string");
        };
        let Some(root) = self.r4.resource(&kind) else {
            let text = "R4 has no resource of this type";
            return self.sink.error(Code::Structure, "resource-type", node, text);
        };
        if self.depth >= DEEPEST {
            let text = "Nested too deep to be looked at";
            return self.sink.note(Severity::Fatal, Code::TooLong, "too-deep", node, text);
        }
        let kind = self.r4.definition(root).path;
        let resource = Resource { node, kind, outer: outer.map(|outer| outer.resource), is_contained };
        let own_outermost = Outermost::new(node);
        let outermost = outer.filter(|_| is_contained).map_or(&own_outermost, |outer| outer.outermost);
        let own_bundle = (kind == "Bundle").then(|| Bundle::new(node));
        let bundle = own_bundle.as_ref().or(outer.and_then(|outer| outer.bundle));
        let around = Around { bundle };
        let scope = Scope::new(node, outermost, &around);
        let place = Place { resource: &resource, scope, outermost, bundle, root, extension: None };
        let path = std::mem::take(&mut self.path);
        self.object(node, root, &place);
        self.path = path;
        if self.stopped {
            return;
        }
        if self.is_strict() {
            self.of_every_resource(&place);
        }
        self.rules.of_resource(&resource, self.sink);
    }

    /// The invariants dom-2 to dom-6 (R4 2.27.3).
    fn of_every_resource(&mut self, place: &Place<'_, '_, 'd, 'a>) {
        let resource = place.resource;
        let node = resource.node;
        if let Some(contained) = node.get("contained") {
            self.contained(contained);
            for orphan in invariants::orphans(node, &place.scope) {
                let text = "A contained resource must be referred to from the resource, or refer to it";
                self.sink.error(Code::Invariant, "dom-3", orphan, text);
            }
        }
        let is_domain = !matches!(resource.kind, "Bundle" | "Binary" | "Parameters");
        if is_domain && !resource.is_contained && node.get("text").and_then(|text| text.get("div")).is_none() {
            let text = "A resource should have narrative for robust management";
            self.sink.note(Severity::Warning, Code::Invariant, "dom-6", node, text);
        }
        for profile in node.get("meta").and_then(|meta| meta.get("profile")).into_iter().flat_map(Node::items) {
            let Some(url) = profile.as_str() else { continue };
            let url = url.split('|').next().unwrap_or_default();
            let base = url.strip_prefix("http://hl7.org/fhir/StructureDefinition/");
            let text = match (self.r4.profile(url), base) {
                (_, Some(name)) if name == resource.kind => continue,
                (Some(kind), _) if kind == resource.kind => "Only the base definitions are checked, not this profile",
                (known, name) if known.is_some() || name.is_some_and(|name| self.r4.resource(name).is_some()) => {
                    let text = "The profile is one of another type";
                    self.sink.error(Code::Structure, "profile-type", profile, text);
                    continue;
                }
                _ => "The profile is not known here and was not checked",
            };
            self.sink.note(Severity::Information, Code::NotSupported, "profile-not-checked", profile, text);
        }
    }

    /// dom-2, dom-4 and dom-5.
    fn contained(&mut self, contained: Node<'d, 'a>) {
        for inner in contained.items() {
            if let Some(nested) = inner.get("contained") {
                let text = "A contained resource must not contain others";
                self.sink.error(Code::Invariant, "dom-2", nested, text);
            }
            let meta = inner.get("meta");
            for name in ["versionId", "lastUpdated"] {
                if let Some(node) = meta.and_then(|meta| meta.get(name)) {
                    let text = "A contained resource must not have meta.versionId or meta.lastUpdated";
                    self.sink.error(Code::Invariant, "dom-4", node, text);
                }
            }
            if let Some(node) = meta.and_then(|meta| meta.get("security")) {
                let text = "A contained resource must not have security labels";
                self.sink.error(Code::Invariant, "dom-5", node, text);
            }
        }
    }
}

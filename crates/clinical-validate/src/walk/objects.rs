//! The members of an object: which may stand there, which must.

use super::{DEEPEST, Place, Walk};
use crate::definitions::{ConstraintId, Element, TypeId};
use crate::{Code, Severity, invariants, rules};
use clinical_json::{Kind, Node};

/// Which elements of an object were seen, one bit each.
#[derive(Default)]
struct Seen {
    values: u64,
    twins: u64,
    /// The first type of each choice that was met.
    choices: Vec<(u8, &'static str)>,
    /// Choices with two types, said once.
    conflicts: u64,
}

impl<'d, 'a> Walk<'_, 'd, 'a> {
    /// Holds the members of an object against the elements of its type.
    pub(super) fn object(&mut self, node: Node<'d, 'a>, of: TypeId, place: &Place<'_, '_, 'd, 'a>) {
        if self.depth >= DEEPEST {
            let text = "Nested too deep to be looked at";
            return self.sink.note(Severity::Fatal, Code::TooLong, "too-deep", node, text);
        }
        self.depth += 1;
        let mut seen = Seen::default();
        let is_resource = node.id() == place.resource.node.id();
        let mut count = 0usize;
        let mut has_id = false;
        for member in node.members() {
            if self.must_stop() {
                break;
            }
            count += 1;
            let key = member.key().unwrap_or_default();
            let key: &str = &key;
            if let Some(element) = self.r4.element(of, key) {
                let bit = 1 << element.slot;
                let is_first = seen.values & bit == 0;
                if !element.choice.is_empty() {
                    self.one_of_choice(member, element, &mut seen);
                }
                seen.values |= bit;
                has_id |= key == "id";
                self.member(node, member, element, is_first, of, place);
            } else if let Some(element) = key.strip_prefix('_').and_then(|name| self.r4.element(of, name)) {
                if !element.choice.is_empty() {
                    self.one_of_choice(member, element, &mut seen);
                }
                let bit = 1 << element.slot;
                let is_first = seen.twins & bit == 0;
                seen.twins |= bit;
                self.twin(node, member, element, is_first, place);
            } else if !(is_resource && key == "resourceType") {
                self.unknown(member, key);
            }
        }
        self.depth -= 1;
        if count == 0 {
            let text = "An object must not be empty: leave the element out";
            self.sink.error(Code::Invalid, "empty-object", node, text);
        } else if has_id && count == 1 && !is_resource {
            self.sink.error(Code::Invariant, "ele-1", node, "An element must have a value or children, not only an id");
        }
        let missing = self.r4.definition(of).required & !(seen.values | seen.twins);
        if missing != 0 && !self.stopped {
            self.missing(node, of, missing);
        }
        if self.is_strict() && !self.stopped {
            let constraints: &'static [ConstraintId] = &self.r4.definition(of).constraints;
            self.constraints(constraints, node, place);
        }
    }

    /// The constraints of a type or an element.
    #[inline]
    pub(super) fn constraints(
        &mut self,
        constraints: &'static [ConstraintId],
        node: Node<'d, 'a>,
        place: &Place<'_, '_, 'd, 'a>,
    ) {
        for id in constraints {
            let Some(invariant) = invariants::numbered(id.0) else { continue };
            if invariants::holds(invariant, node, &place.scope) != Some(false) {
                continue;
            }
            let Some(constraint) = self.r4.constraint(*id) else { continue };
            let severity = if constraint.is_error { Severity::Error } else { Severity::Warning };
            self.sink.note(severity, Code::Invariant, invariant.key, node, constraint.human);
        }
    }

    #[cold]
    fn unknown(&mut self, member: Node<'d, 'a>, key: &str) {
        let text = match key {
            "fhir_comments" => "fhir_comments was removed from FHIR before R4",
            "resourceType" => "resourceType belongs to resources only",
            _ if key.strip_prefix('_').unwrap_or(key).is_empty() => "A member needs a name",
            _ if self.r4.knows_name(key.strip_prefix('_').unwrap_or(key)) => "FHIR has no such element here",
            _ => "FHIR has no element of this name",
        };
        self.sink.error(Code::Structure, "unknown-element", member, text);
    }

    #[cold]
    fn missing(&mut self, node: Node<'d, 'a>, of: TypeId, missing: u64) {
        let mut said = 0u64;
        for element in self.r4.elements(of) {
            let bit = 1 << element.slot;
            if missing & bit == 0 || said & bit != 0 {
                continue;
            }
            said |= bit;
            let name = if element.choice.is_empty() { element.name } else { element.choice };
            let path = self.r4.definition(of).path;
            let key = format!("required-{name}");
            let text = format!("{path}.{name} must be there");
            self.sink.note(Severity::Error, Code::Required, key, node, text);
        }
    }

    /// Two types of one choice exclude each other. A value and its own twin do not.
    fn one_of_choice(&mut self, member: Node<'d, 'a>, element: &'static Element, seen: &mut Seen) {
        match seen.choices.iter().find(|(slot, _)| *slot == element.slot) {
            None => seen.choices.push((element.slot, element.name)),
            Some((_, first)) if *first == element.name => {}
            Some(_) => {
                let bit = 1 << element.slot;
                if seen.conflicts & bit == 0 {
                    seen.conflicts |= bit;
                    let text = "Only one type of this choice may be there";
                    self.sink.error(Code::Structure, "one-of-choice", member, text);
                }
            }
        }
    }

    /// One value of an element, its own or one of an array.
    #[inline]
    pub(super) fn value(
        &mut self,
        node: Node<'d, 'a>,
        element: &'static Element,
        of: TypeId,
        place: &Place<'_, '_, 'd, 'a>,
    ) {
        use crate::definitions::Kind as Type;
        match element.kind {
            Type::Primitive(primitive) => {
                if self.primitive(node, primitive, element) {
                    self.of_family(node, element, of, place);
                }
                if !element.constraints.is_empty() && self.is_strict() {
                    self.constraints(&element.constraints, node, place);
                }
            }
            Type::Complex(id) => {
                if node.kind() != Kind::Object {
                    let text = "A JSON object is needed here";
                    return self.sink.error(Code::Structure, "json-type", node, text);
                }
                self.path.push(element);
                if id == self.types.extension {
                    self.extension(node, element, of, place);
                } else {
                    let inner = Place { extension: None, ..*place };
                    self.object(node, id, &inner);
                }
                self.path.pop();
                self.of_family(node, element, of, place);
                if self.is_strict() {
                    if let Some(binding) = element.binding {
                        self.bound(node, id, binding);
                    }
                    if id == self.types.reference {
                        self.reference(node, element, place);
                    }
                    self.constraints(&element.constraints, node, place);
                }
            }
            Type::Resource => self.resource(node, Some(place), element.name == "contained"),
        }
    }

    /// The rules in the specification's text that are about the type of an element.
    #[inline]
    fn of_family(&mut self, node: Node<'d, 'a>, element: &Element, of: TypeId, place: &Place<'_, '_, 'd, 'a>) {
        if let Some(family) = element.family {
            let of = self.r4.definition(of).path;
            let place = rules::Place { resource: place.resource, of, name: element.name };
            self.rules.of_element(family, node, &place, self.sink);
        }
    }
}

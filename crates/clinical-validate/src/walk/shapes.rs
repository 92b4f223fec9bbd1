//! Arrays, nulls, twins and the kinds of JSON values (R4 2.6.2).

use super::{Place, Walk};
use crate::definitions::{Element, Kind as Type, Primitive, TypeId};
use crate::{Code, Severity, primitive};
use clinical_json::{Kind, Node};

impl<'d, 'a> Walk<'_, 'd, 'a> {
    /// The value of a member: an array where the element may repeat, else one value.
    #[inline]
    pub(super) fn member(
        &mut self,
        owner: Node<'d, 'a>,
        member: Node<'d, 'a>,
        element: &'static Element,
        is_first: bool,
        of: TypeId,
        place: &Place<'_, '_, 'd, 'a>,
    ) {
        match (member.kind(), element.is_array) {
            (Kind::Null, _) => {
                let text = "null may only stand in an array of primitives: leave the element out";
                self.sink.error(Code::Structure, "null", member, text);
            }
            (Kind::Array, true) => self.array(owner, member, element, is_first, of, place),
            (Kind::Array, false) => {
                let text = "The element does not repeat: an array may not stand here";
                self.sink.error(Code::Structure, "not-an-array", member, text);
                for item in member.items().filter(|item| !matches!(item.kind(), Kind::Null | Kind::Array)) {
                    self.value(item, element, of, place);
                }
            }
            (_, true) => {
                let text = "The element may repeat: it must be written as an array";
                self.sink.error(Code::Structure, "array", member, text);
                self.value(member, element, of, place);
            }
            (_, false) => self.value(member, element, of, place),
        }
    }

    fn array(
        &mut self,
        owner: Node<'d, 'a>,
        array: Node<'d, 'a>,
        element: &'static Element,
        is_first: bool,
        of: TypeId,
        place: &Place<'_, '_, 'd, 'a>,
    ) {
        let mut is_empty = true;
        // Filled when the first null is met: which elements of the twin say something.
        let mut twin: Option<Vec<bool>> = None;
        for (at, item) in array.items().enumerate() {
            is_empty = false;
            if self.must_stop() {
                return;
            }
            match item.kind() {
                Kind::Null => {
                    let twin = twin.get_or_insert_with(|| match element.kind {
                        Type::Primitive(_) if is_first => twin_of(owner, element.name),
                        _ => Vec::new(),
                    });
                    if !twin.get(at).copied().unwrap_or(false) {
                        let text = "null needs a value at the same place of the array with the underscore";
                        self.sink.error(Code::Invalid, "null", item, text);
                    }
                }
                Kind::Array => {
                    let text = "An array may not stand in an array";
                    self.sink.error(Code::Structure, "array-in-array", item, text);
                }
                _ => self.value(item, element, of, place),
            }
        }
        if is_empty {
            let text = "An array must not be empty: leave the element out";
            self.sink.error(Code::Invalid, "empty-array", array, text);
        }
    }

    /// `_name` beside a primitive `name`: its id and extensions.
    #[cold]
    pub(super) fn twin(
        &mut self,
        owner: Node<'d, 'a>,
        twin: Node<'d, 'a>,
        element: &'static Element,
        is_first: bool,
        place: &Place<'_, '_, 'd, 'a>,
    ) {
        if !matches!(element.kind, Type::Primitive(_)) {
            let text = "Only a primitive element has a member with an underscore";
            return self.sink.error(Code::Structure, "unknown-element", twin, text);
        }
        match (twin.kind(), element.is_array) {
            (Kind::Object, false) => {
                let has_value = is_first && owner.get(element.name).is_some_and(|v| v.kind() != Kind::Null);
                self.one_twin(twin, has_value, element, place);
            }
            (Kind::Array, true) => {
                // A second twin was said to be one too many; looking beside each would take long.
                let values = if is_first { owner.get(element.name) } else { None };
                let mut beside = values.into_iter().flat_map(Node::items);
                let mut is_empty = true;
                for item in twin.items() {
                    is_empty = false;
                    let value = beside.next();
                    if self.must_stop() {
                        return;
                    }
                    match item.kind() {
                        Kind::Object => {
                            let has_value = value.is_some_and(|v| v.kind() != Kind::Null);
                            self.one_twin(item, has_value, element, place);
                        }
                        // A null beside a null was said with the values.
                        Kind::Null if value.is_some() || !is_first => {}
                        Kind::Null => {
                            let text = "null needs a value at the same place of the array without the underscore";
                            self.sink.error(Code::Invalid, "null", item, text);
                        }
                        _ => {
                            self.sink.error(Code::Structure, "json-type", item, "A JSON object or null is needed here")
                        }
                    }
                }
                if is_empty {
                    let text = "An array must not be empty: leave the element out";
                    self.sink.error(Code::Invalid, "empty-array", twin, text);
                }
            }
            (_, true) => {
                let text = "The element may repeat: it must be written as an array";
                self.sink.error(Code::Structure, "array", twin, text);
            }
            (_, false) => {
                self.sink.error(Code::Structure, "json-type", twin, "A JSON object is needed here");
            }
        }
    }

    fn one_twin(
        &mut self,
        node: Node<'d, 'a>,
        has_value: bool,
        element: &'static Element,
        place: &Place<'_, '_, 'd, 'a>,
    ) {
        // Beside a value an id alone is content enough (ele-1 asks for a value or children).
        let mut members = node.members();
        let is_id_alone = members.next().is_some_and(|m| m.key_is("id")) && members.next().is_none();
        if has_value && is_id_alone {
            for id in node.members().filter(|id| id.kind() != Kind::String) {
                self.sink.error(Code::Structure, "json-type", id, "A string is needed here, in quotation marks");
            }
            return;
        }
        self.path.push(element);
        let inner = Place { extension: None, ..*place };
        self.object(node, self.types.element, &inner);
        self.path.pop();
    }

    /// The value of a primitive: its kind, its form, its binding. Whether it is fit for further rules.
    #[inline]
    pub(super) fn primitive(&mut self, node: Node<'d, 'a>, kind: Primitive, element: &Element) -> bool {
        if node.kind() != primitive::json_kind(kind) {
            self.wrong_kind(node, kind);
            return false;
        }
        if !self.is_strict() {
            return true;
        }
        if let Some(fault) = primitive::fault(kind, node) {
            let code = if fault.key == "too-long" { Code::TooLong } else { Code::Invalid };
            self.sink.note(fault.severity, code, fault.key, node, fault.text);
            return fault.severity > Severity::Error;
        }
        if let Some(binding) = element.binding {
            self.bound_code(node, binding);
        }
        true
    }

    #[cold]
    fn wrong_kind(&mut self, node: Node<'d, 'a>, kind: Primitive) {
        let text = match (primitive::json_kind(kind), node.kind()) {
            (_, Kind::Object | Kind::Array) => "A single value is needed here, not an object or array",
            (Kind::Bool, _) => "true or false is needed here, without quotation marks",
            (Kind::Number, _) => "A number is needed here, without quotation marks",
            _ => "A string is needed here, in quotation marks",
        };
        self.sink.error(Code::Structure, "json-type", node, text);
    }
}

/// Which elements of the array with the underscore are objects.
#[cold]
fn twin_of(owner: Node<'_, '_>, name: &str) -> Vec<bool> {
    let twin = owner
        .members()
        .find(|member| member.key().is_some_and(|key| key.strip_prefix('_').is_some_and(|rest| rest == name)));
    twin.into_iter().flat_map(Node::items).map(|item| item.kind() == Kind::Object).collect()
}

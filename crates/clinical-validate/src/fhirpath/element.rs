//! FHIR elements on JSON: primitives with the members beside them, arrays, choices of types.
//!
//! <https://hl7.org/fhir/R4/json.html>: a primitive `status` may have a `_status` with its `id` and `extension`, or be
//! only that; in an array the two go in step, with `null` where one has nothing.

use super::operation::Name;
use clinical_json::{Items, Kind, Members, Node};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::ControlFlow;

/// Whether to go on.
pub(super) type Flow = ControlFlow<()>;

/// One element of a collection.
#[derive(Clone, Copy)]
pub(crate) struct Element<'d, 'a> {
    node: Node<'d, 'a>,
    side: Side<'d, 'a>,
    /// The type, where the name told it.
    kind: Option<&'static str>,
}

#[derive(Clone, Copy)]
enum Side<'d, 'a> {
    /// There is nothing beside it.
    Alone,
    /// This is beside it.
    Twin(Node<'d, 'a>),
    /// There may be something beside it in this object, under its name with an underscore.
    Owner(Node<'d, 'a>),
    /// The node is what stands beside a value that is not there.
    Absent,
}

/// The data types, as they end the name of an element that has a choice, and as they are called.
const TYPES: [(&str, &str); 50] = [
    ("Address", "Address"),
    ("Age", "Age"),
    ("Annotation", "Annotation"),
    ("Attachment", "Attachment"),
    ("Base64Binary", "base64Binary"),
    ("Boolean", "boolean"),
    ("Canonical", "canonical"),
    ("Code", "code"),
    ("CodeableConcept", "CodeableConcept"),
    ("Coding", "Coding"),
    ("ContactDetail", "ContactDetail"),
    ("ContactPoint", "ContactPoint"),
    ("Contributor", "Contributor"),
    ("Count", "Count"),
    ("DataRequirement", "DataRequirement"),
    ("Date", "date"),
    ("DateTime", "dateTime"),
    ("Decimal", "decimal"),
    ("Distance", "Distance"),
    ("Dosage", "Dosage"),
    ("Duration", "Duration"),
    ("Expression", "Expression"),
    ("HumanName", "HumanName"),
    ("Id", "id"),
    ("Identifier", "Identifier"),
    ("Instant", "instant"),
    ("Integer", "integer"),
    ("Markdown", "markdown"),
    ("Meta", "Meta"),
    ("Money", "Money"),
    ("Oid", "oid"),
    ("ParameterDefinition", "ParameterDefinition"),
    ("Period", "Period"),
    ("PositiveInt", "positiveInt"),
    ("Quantity", "Quantity"),
    ("Range", "Range"),
    ("Ratio", "Ratio"),
    ("Reference", "Reference"),
    ("RelatedArtifact", "RelatedArtifact"),
    ("SampledData", "SampledData"),
    ("Signature", "Signature"),
    ("String", "string"),
    ("Time", "time"),
    ("Timing", "Timing"),
    ("TriggerDefinition", "TriggerDefinition"),
    ("UnsignedInt", "unsignedInt"),
    ("Uri", "uri"),
    ("Url", "url"),
    ("UsageContext", "UsageContext"),
    ("Uuid", "uuid"),
];

/// Whether a member's name is that of an element with a choice of types: `valueQuantity` of `value`.
pub(crate) fn is_choice_of(name: &str, element: &str) -> bool {
    name.strip_prefix(element).is_some_and(|end| end.is_empty() || type_at_end(end).is_some())
}

fn type_at_end(suffix: &str) -> Option<&'static str> {
    let at = TYPES.binary_search_by_key(&suffix, |(end, _)| end).ok()?;
    TYPES.get(at).map(|(_, name)| *name)
}

impl<'d, 'a> Element<'d, 'a> {
    /// An element that has no value beside it to look for, or whose name is not known.
    pub(crate) fn new(node: Node<'d, 'a>) -> Self {
        Self { node, side: Side::Alone, kind: None }
    }

    /// The JSON of it, of which a primitive is the value.
    pub(super) fn node(self) -> Node<'d, 'a> {
        self.node
    }

    /// The type that its name told.
    pub(super) fn kind(self) -> Option<&'static str> {
        self.kind
    }

    /// The value of a primitive that has one.
    pub(super) fn value(self) -> Option<Node<'d, 'a>> {
        let is_value = matches!(self.node.kind(), Kind::String | Kind::Number | Kind::Bool);
        is_value.then_some(self.node)
    }

    /// The object whose members are its children.
    fn inner(self) -> Option<Node<'d, 'a>> {
        if self.node.kind() == Kind::Object {
            return Some(self.node);
        }
        match self.side {
            Side::Twin(twin) => Some(twin).filter(|t| t.kind() == Kind::Object),
            Side::Owner(owner) => {
                let key = self.node.key()?;
                let is_twin = |n: &Node<'_, '_>| n.key().is_some_and(|k| k.strip_prefix('_') == Some(&*key));
                owner.members().find(is_twin).filter(|t| t.kind() == Kind::Object)
            }
            Side::Alone | Side::Absent => None,
        }
    }

    /// The children of this name, in order.
    pub(super) fn member(self, name: &Name, out: &mut dyn FnMut(Self) -> Flow) -> Flow {
        let Some(inner) = self.inner() else { return Flow::Continue(()) };
        if name.is_choice {
            return choice(inner, &name.plain, out);
        }
        let (mut plain, mut twin) = (None, None);
        for member in inner.members() {
            if member.key_is(&name.plain) {
                match member.kind() {
                    Kind::Object => return out(Self::new(member)),
                    Kind::Array | Kind::Null => plain = Some(member),
                    _ => return out(Self { node: member, side: Side::Owner(inner), kind: None }),
                }
            } else if member.key_is(&name.twin) {
                twin = Some(member);
            }
        }
        both(plain, twin, None, out)
    }

    /// All children, in order.
    pub(super) fn children(self, out: &mut dyn FnMut(Self) -> Flow) -> Flow {
        let Some(inner) = self.inner() else { return Flow::Continue(()) };
        let twins = |n: &Node<'_, '_>| n.key().is_some_and(|k| k.starts_with('_'));
        if !inner.members().any(|n| twins(&n)) {
            return inner
                .members()
                .filter(|n| !n.key_is("resourceType"))
                .try_for_each(|n| both(Some(n), None, None, out));
        }
        let mut beside = std::collections::HashMap::new();
        let mut names = HashSet::new();
        for (member, key) in inner.members().filter_map(|n| Some((n, n.key()?))) {
            match key.strip_prefix('_') {
                Some(name) => drop(beside.insert(name.to_owned(), member)),
                None => drop(names.insert(key)),
            }
        }
        for (member, key) in inner.members().filter_map(|n| Some((n, n.key()?))) {
            match key.strip_prefix('_') {
                Some(name) if names.contains(name) => {}
                Some(_) => both(None, Some(member), None, out)?,
                None if key == "resourceType" => {}
                None => both(Some(member), beside.get(&*key).copied(), None, out)?,
            }
        }
        Flow::Continue(())
    }

    /// Everything below it, in order and without recursion. What stands beside a primitive comes on its own.
    pub(super) fn descendants(self, out: &mut dyn FnMut(Self) -> Flow) -> Flow {
        let mut open: Vec<Level<'d, 'a>> = self.inner().map(|n| Level::Members(n.members())).into_iter().collect();
        while let Some(level) = open.last_mut() {
            let Some(node) = level.next() else {
                open.pop();
                continue;
            };
            match node.kind() {
                Kind::Object => {
                    out(Self::new(node))?;
                    open.push(Level::Members(node.members()));
                }
                Kind::Array => open.push(Level::Items(node.items())),
                Kind::Null | Kind::Unreadable => {}
                Kind::String | Kind::Number | Kind::Bool if node.key_is("resourceType") => {}
                Kind::String | Kind::Number | Kind::Bool => out(Self::new(node))?,
            }
        }
        Flow::Continue(())
    }
}

enum Level<'d, 'a> {
    Members(Members<'d, 'a>),
    Items(Items<'d, 'a>),
}

impl<'d, 'a> Level<'d, 'a> {
    fn next(&mut self) -> Option<Node<'d, 'a>> {
        match self {
            Self::Members(members) => members.next(),
            Self::Items(items) => items.next(),
        }
    }
}

/// The children named by the start of their name, which a type ends.
fn choice<'d, 'a>(inner: Node<'d, 'a>, name: &str, out: &mut dyn FnMut(Element<'d, 'a>) -> Flow) -> Flow {
    for member in inner.members() {
        let Some(key) = member.key() else { continue };
        let (is_twin, plain) = match key.strip_prefix('_') {
            Some(plain) => (true, plain),
            None => (false, &*key),
        };
        let Some(end) = plain.strip_prefix(name) else { continue };
        let kind = if end.is_empty() { None } else { type_at_end(end) };
        if kind.is_none() && !end.is_empty() {
            continue;
        }
        if is_twin {
            // Told with its value, where that is there too.
            if inner.get(plain).is_none_or(Node::is_null) {
                both(None, Some(member), kind, out)?;
            }
            continue;
        }
        match member.kind() {
            Kind::Object => out(Element { node: member, side: Side::Alone, kind })?,
            Kind::Array => {
                let twin = inner.members().find(|n| n.key().is_some_and(|k| k.strip_prefix('_') == Some(plain)));
                both(Some(member), twin, kind, out)?;
            }
            Kind::Null => {}
            _ => out(Element { node: member, side: Side::Owner(inner), kind })?,
        }
    }
    Flow::Continue(())
}

/// The elements of a member and of what stands beside it.
fn both<'d, 'a>(
    plain: Option<Node<'d, 'a>>,
    twin: Option<Node<'d, 'a>>,
    kind: Option<&'static str>,
    out: &mut dyn FnMut(Element<'d, 'a>) -> Flow,
) -> Flow {
    let Some(plain) = plain.filter(|n| !n.is_null()) else {
        let Some(twin) = twin else { return Flow::Continue(()) };
        return match twin.kind() {
            Kind::Array => twin.items().try_for_each(|twin| absent(twin, kind, out)),
            _ => absent(twin, kind, out),
        };
    };
    if plain.kind() != Kind::Array {
        let side = twin.map_or(Side::Alone, Side::Twin);
        return out(Element { node: plain, side, kind });
    }
    // One object beside an array is another rule's matter. It is there, all the same.
    let alone = twin.filter(|n| n.kind() == Kind::Object);
    let mut twins = twin.map(Node::items);
    for node in plain.items() {
        let twin = twins.as_mut().and_then(Iterator::next);
        match (node.is_null(), twin) {
            (true, Some(twin)) => absent(twin, kind, out)?,
            (true, None) => {}
            (false, twin) => out(Element { node, side: twin.map_or(Side::Alone, Side::Twin), kind })?,
        }
    }
    twins.into_iter().flatten().chain(alone).try_for_each(|twin| absent(twin, kind, out))
}

/// A primitive without a value.
fn absent<'d, 'a>(
    twin: Node<'d, 'a>,
    kind: Option<&'static str>,
    out: &mut dyn FnMut(Element<'d, 'a>) -> Flow,
) -> Flow {
    match twin.kind() {
        Kind::Object => out(Element { node: twin, side: Side::Absent, kind }),
        _ => Flow::Continue(()),
    }
}

/// The `resourceType` of a resource.
pub(super) fn resource_type<'a>(node: Node<'_, 'a>) -> Option<Cow<'a, str>> {
    node.get("resourceType")?.as_str()
}

//! The R4 definitions: what types there are, what stands in them, and what binds them.
//!
//! Read once from `data/r4.tables`; see the README beside it.

mod extension;
mod load;
mod names;
mod primitive;
mod read;
mod sets;
#[cfg(test)]
mod tests;

pub(crate) use extension::{ExtensionDefinition, Value};
pub(crate) use primitive::Primitive;
pub(crate) use sets::{Rule, ValueSet};

use crate::rules::Family;
use names::Names;
use std::ops::Range;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/r4.tables");

static R4: LazyLock<Definitions> = LazyLock::new(|| load::load(TABLE).unwrap_or_default());

/// The definitions, read when they are first asked for.
pub(crate) fn r4() -> &'static Definitions {
    &R4
}

/// Everything that the table holds.
#[derive(Default)]
pub(crate) struct Definitions {
    definitions: Vec<Definition>,
    elements: Vec<Element>,
    constraints: Vec<Constraint>,
    sets: Vec<ValueSet>,
    targets: Vec<Vec<&'static str>>,
    extensions: Vec<ExtensionDefinition>,
    extension_urls: Names,
    profiles: Vec<(&'static str, &'static str)>,
    paths: Names,
    members: Names,
    all_names: Names,
}

/// The number of a type.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct TypeId(u16);

/// The number of a constraint: the same constraint of several types has one number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ConstraintId(pub(crate) u16);

/// What a type is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sort {
    Resource,
    Complex,
    Backbone,
}

/// A resource, a data type, or the elements inside one.
#[derive(Debug)]
pub(crate) struct Definition {
    /// `Patient`, `HumanName`, `Patient.contact`.
    pub(crate) path: &'static str,
    pub(crate) sort: Sort,
    /// `DomainResource`, `Element`, `Quantity`.
    pub(crate) base: &'static str,
    /// The elements, in their order.
    elements: Range<u16>,
    /// Slots of the elements that must be there.
    pub(crate) required: u64,
    /// Its constraints, without those that every type has.
    pub(crate) constraints: Vec<ConstraintId>,
}

/// What an element holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Primitive(Primitive),
    Complex(TypeId),
    /// Any resource.
    Resource,
}

/// One element; each type of a choice is one of its own.
#[derive(Debug)]
pub(crate) struct Element {
    of: TypeId,
    /// As JSON has it: `valueQuantity`.
    pub(crate) name: &'static str,
    /// The name of the choice (`value`), or nothing.
    pub(crate) choice: &'static str,
    pub(crate) kind: Kind,
    /// Its bit; the types of a choice share it.
    pub(crate) slot: u8,
    pub(crate) is_array: bool,
    pub(crate) binding: Option<Binding>,
    /// The rules in the specification's text that are about its type.
    pub(crate) family: Option<Family>,
    /// Which list of targets; zero is any.
    targets: u16,
    pub(crate) constraints: Vec<ConstraintId>,
}

/// A value set and how firmly it binds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding {
    set: u16,
    pub(crate) is_required: bool,
}

/// An invariant.
#[derive(Debug)]
pub(crate) struct Constraint {
    pub(crate) key: &'static str,
    pub(crate) is_error: bool,
    pub(crate) expression: &'static str,
    pub(crate) human: &'static str,
}

impl Definitions {
    /// The type or backbone of this path.
    pub(crate) fn named(&self, path: &str) -> Option<TypeId> {
        self.paths.find(0, path, |id| self.definitions.get(id as usize).is_some_and(|d| d.path == path)).map(TypeId)
    }

    /// The resource of this name.
    pub(crate) fn resource(&self, name: &str) -> Option<TypeId> {
        self.named(name).filter(|id| self.definition(*id).sort == Sort::Resource)
    }

    /// What a number stands for.
    #[inline]
    pub(crate) fn definition(&self, id: TypeId) -> &Definition {
        self.definitions.get(id.0 as usize).unwrap_or(&NOTHING)
    }

    /// The element of this name in a type, by the name it has in JSON.
    #[inline]
    pub(crate) fn element(&self, of: TypeId, name: &str) -> Option<&Element> {
        let same = |id: u16| self.elements.get(id as usize).is_some_and(|e| e.of == of && e.name == name);
        self.elements.get(self.members.find(of.0, name, same)? as usize)
    }

    /// The elements of a type, in their order.
    pub(crate) fn elements(&self, of: TypeId) -> &[Element] {
        let Range { start, end } = self.definition(of).elements.clone();
        self.elements.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The constraint of this number.
    pub(crate) fn constraint(&self, id: ConstraintId) -> Option<&Constraint> {
        self.constraints.get(id.0 as usize)
    }

    /// All constraints; a constraint's number is its place.
    pub(crate) fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// The types that a reference of this element may have as target; none for any.
    pub(crate) fn targets(&self, element: &Element) -> &[&'static str] {
        self.targets.get(element.targets as usize).map_or(&[], |list| list)
    }

    /// The set of a binding.
    pub(crate) fn set(&self, binding: Binding) -> Option<&ValueSet> {
        self.sets.get(binding.set as usize)
    }

    /// The extension of this url.
    pub(crate) fn extension(&self, url: &str) -> Option<&ExtensionDefinition> {
        let same = |id: u16| self.extensions.get(id as usize).is_some_and(|e| e.url == url);
        self.extensions.get(self.extension_urls.find(0, url, same)? as usize)
    }

    /// The type that a profile of the specification constrains.
    pub(crate) fn profile(&self, url: &str) -> Option<&'static str> {
        let at = self.profiles.binary_search_by_key(&url, |(known, _)| known).ok()?;
        self.profiles.get(at).map(|(_, kind)| *kind)
    }

    /// Whether FHIR has an element of this name anywhere: such a name tells nothing about anybody.
    pub(crate) fn knows_name(&self, name: &str) -> bool {
        let same = |id: u16| self.elements.get(id as usize).is_some_and(|e| e.name == name || e.choice == name);
        self.all_names.find(0, name, same).is_some()
    }
}

/// Stands in for a number that no table gave.
static NOTHING: Definition =
    Definition { path: "", sort: Sort::Backbone, base: "", elements: 0..0, required: 0, constraints: Vec::new() };

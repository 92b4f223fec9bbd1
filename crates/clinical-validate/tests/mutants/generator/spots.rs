//! Where a valid document could be damaged: every element of it with its type and its FHIRPath.

use super::facts::{Element, Facts};
use super::json::{Json, Step};

/// How an element stands in the JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// A member whose value it is.
    Single,
    /// A member whose value is the array of all its occurrences.
    List,
    /// One of the array.
    Item,
}

/// One place.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) at: Vec<Step>,
    /// FHIRPath: array items with their number, choices without their type.
    pub(crate) path: String,
    /// Its type: `Patient`, `Patient.contact`, `HumanName`, `date`.
    pub(crate) of: String,
    pub(crate) shape: Shape,
    /// The element that it is; nothing for the document.
    pub(crate) element: Option<Element>,
    /// The member's name in the JSON.
    pub(crate) member: String,
    /// Type and FHIRPath of the object it stands in.
    pub(crate) parent_of: String,
    pub(crate) parent: String,
    pub(crate) is_resource: bool,
    pub(crate) is_contained: bool,
}

impl Spot {
    /// Where the object stands that this is a member of (an item's is that of its array).
    pub(crate) fn owner(&self) -> &[Step] {
        let steps = self.at.len().saturating_sub(if self.shape == Shape::Item { 2 } else { 1 });
        &self.at[..steps]
    }

    /// It is a member and not an item.
    pub(crate) fn is_member(&self) -> bool {
        self.shape != Shape::Item && self.element.is_some()
    }

    /// It is an occurrence and not an array of them.
    pub(crate) fn is_value(&self) -> bool {
        self.shape != Shape::List
    }
}

/// Every place of a document whose type is known.
pub(crate) fn spots(json: &Json, facts: &Facts) -> Vec<Spot> {
    let mut out = Vec::new();
    let Some(kind) = json.str_at("resourceType").filter(|t| facts.is_resource(t)) else { return out };
    let root = Spot {
        at: Vec::new(),
        path: kind.to_owned(),
        of: kind.to_owned(),
        shape: Shape::Single,
        element: None,
        member: String::new(),
        parent_of: String::new(),
        parent: String::new(),
        is_resource: true,
        is_contained: false,
    };
    visit(json, &root, facts, &mut out);
    out.insert(0, root);
    out
}

fn visit(json: &Json, here: &Spot, facts: &Facts, out: &mut Vec<Spot>) {
    for (member, value) in json.members() {
        let plain = member.strip_prefix('_');
        let Some((element, of)) = facts.member(&here.of, plain.unwrap_or(member)) else { continue };
        // A twin of a primitive is damaged through the primitive; only its extensions are gone into.
        let of = if plain.is_some() { "Element" } else { of };
        let spot = Spot {
            at: here.at.iter().cloned().chain([Step::Name(member.clone())]).collect(),
            path: format!("{}.{}", here.path, element.name),
            of: of.to_owned(),
            shape: if matches!(value, Json::List(_)) { Shape::List } else { Shape::Single },
            element: Some(element.clone()),
            member: member.clone(),
            parent_of: here.of.clone(),
            parent: here.path.clone(),
            is_resource: false,
            is_contained: here.is_contained || member == "contained",
        };
        if plain.is_none() && spot.shape == Shape::List {
            out.push(spot.clone());
        }
        if let Json::List(items) = value {
            for (i, item) in items.iter().enumerate() {
                let mut one = spot.clone();
                one.at.push(Step::Item(i));
                one.path = format!("{}[{i}]", spot.path);
                one.shape = Shape::Item;
                arrive(item, one, plain.is_some(), facts, out);
            }
        } else {
            arrive(value, spot, plain.is_some(), facts, out);
        }
    }
}

fn arrive(json: &Json, mut spot: Spot, is_twin: bool, facts: &Facts, out: &mut Vec<Spot>) {
    if spot.of == "Resource" {
        let Some(kind) = json.str_at("resourceType").filter(|t| facts.is_resource(t)) else { return };
        kind.clone_into(&mut spot.of);
        spot.is_resource = true;
    }
    if *json == Json::Null {
        return;
    }
    visit(json, &spot, facts, out);
    if !is_twin {
        out.push(spot);
    }
}

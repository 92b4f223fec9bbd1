//! The kinds of damage. Each takes a place of a valid document and answers with what is then wrong and where an error is
//! right; or with nothing, where the result could be valid.

mod binding;
mod bundle;
mod contained;
mod extension;
mod invariant;
mod json_type;
mod members;
mod narrative;
mod nothing;
mod primitive;
mod reference;
mod repeats;
mod resource_type;
mod syntax;
mod twin;

use super::facts::Facts;
use super::json::{Json, Step};
use super::random::Random;
use super::spots::Spot;

/// A damaged document.
pub(crate) struct Damage {
    pub(crate) text: String,
    /// FHIRPaths at which an error is right. `.member` stands for a member that FHIR does not have. None: it is no JSON.
    pub(crate) places: Vec<String>,
}

/// A valid document and what is known of it.
pub(crate) struct Ground<'g> {
    pub(crate) facts: &'g Facts,
    pub(crate) json: &'g Json,
}

/// A kind of damage.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) make: Make,
}

pub(crate) enum Make {
    At(fn(&Ground<'_>, &Spot, &mut Random) -> Option<Damage>),
    /// An invariant broken by the nth patch of the list.
    Patch(usize),
}

impl Kind {
    pub(crate) fn at(&self, ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
        match self.make {
            Make::At(make) => make(ground, spot, random),
            Make::Patch(number) => invariant::at(number, ground, spot),
        }
    }
}

/// Every kind, those of the invariants last.
pub(crate) fn kinds() -> Vec<Kind> {
    let plain = [
        members::KINDS,
        json_type::KINDS,
        repeats::KINDS,
        binding::KINDS,
        primitive::KINDS,
        nothing::KINDS,
        twin::KINDS,
        extension::KINDS,
        reference::KINDS,
        contained::KINDS,
        narrative::KINDS,
        resource_type::KINDS,
        bundle::KINDS,
        syntax::KINDS,
    ];
    let plain = plain.into_iter().flatten().map(|(name, make)| Kind { name, make: Make::At(*make) });
    plain.chain(invariant::kinds()).collect()
}

type Named = (&'static str, fn(&Ground<'_>, &Spot, &mut Random) -> Option<Damage>);

impl Ground<'_> {
    /// The document with one value changed.
    fn changed(&self, at: &[Step], change: impl FnOnce(&mut Json)) -> Option<String> {
        let mut json = self.json.clone();
        change(json.at_mut(at)?);
        let text = json.write();
        (text != self.json.write()).then_some(text)
    }

    /// A value put in the place of another.
    fn replaced(&self, spot: &Spot, value: Json, places: &[&str]) -> Option<Damage> {
        let text = self.changed(&spot.at, |old| *old = value)?;
        Some(Damage { text, places: places.iter().map(|p| (*p).to_owned()).collect() })
    }

    /// The object that a member stands in, changed.
    fn owner_changed(&self, spot: &Spot, places: &[&str], change: impl FnOnce(&mut Json)) -> Option<Damage> {
        let text = self.changed(spot.owner(), change)?;
        Some(Damage { text, places: places.iter().map(|p| (*p).to_owned()).collect() })
    }

    fn value(&self, spot: &Spot) -> Option<&Json> {
        self.json.at(&spot.at)
    }

    pub(crate) fn has_twin(&self, spot: &Spot) -> bool {
        self.json.at(spot.owner()).is_some_and(|owner| owner.get(&format!("_{}", spot.member)).is_some())
    }
}

impl Spot {
    fn under(&self, rest: &str) -> String {
        format!("{}{rest}", self.path)
    }

    fn beside(&self, rest: &str) -> String {
        format!("{}{rest}", self.parent)
    }
}

/// `code`, `dateTime` and the like.
pub(crate) fn is_primitive(of: &str) -> bool {
    of.starts_with(|c: char| c.is_ascii_lowercase()) && of != "xhtml"
}

/// A primitive that JSON writes as text.
fn is_textual(of: &str) -> bool {
    is_primitive(of) && !is_numeric(of) && of != "boolean"
}

fn is_numeric(of: &str) -> bool {
    matches!(of, "decimal" | "integer" | "positiveInt" | "unsignedInt")
}

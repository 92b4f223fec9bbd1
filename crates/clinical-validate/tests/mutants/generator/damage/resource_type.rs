//! What is no resource of R4.

use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::Spot;
use super::{Damage, Ground, Named};

pub(super) const KINDS: &[Named] = &[
    ("unknown-resource-type", unknown),
    ("abstract-resource-type", abstract_type),
    ("resource-type-in-lower-case", lower_case),
    ("missing-resource-type", missing),
    ("resource-type-not-text", not_text),
];

fn change(ground: &Ground<'_>, spot: &Spot, change: impl FnOnce(&mut Json)) -> Option<Damage> {
    if !spot.is_resource {
        return None;
    }
    let text = ground.changed(&spot.at, change)?;
    let mut places = vec![spot.path.clone(), spot.under(".resourceType"), spot.under(".member")];
    if spot.element.is_none() {
        // A document of no type has no name to begin the path with.
        places.extend(["", "Resource", "Resource.resourceType", "resourceType"].map(str::to_owned));
    }
    Some(Damage { text, places })
}

fn unknown(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let name = random.pick(&["Patientt", "MedicationOrder", "Frobnication", "SubstanceX", "HumanName"]);
    change(ground, spot, |resource| resource.set("resourceType", Json::text(name)))
}

fn abstract_type(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let name = random.pick(&["Resource", "DomainResource"]);
    change(ground, spot, |resource| resource.set("resourceType", Json::text(name)))
}

fn lower_case(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let name = spot.of.to_ascii_lowercase();
    change(ground, spot, |resource| resource.set("resourceType", Json::Text(name)))
}

fn missing(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    change(ground, spot, |resource| resource.remove("resourceType"))
}

fn not_text(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let value = random.pick(&["5", "null", "{}", r#"["Patient"]"#, r#""""#]);
    change(ground, spot, |resource| resource.set("resourceType", Json::literal(value)))
}

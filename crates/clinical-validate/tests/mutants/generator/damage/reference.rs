//! References (R4 references.html).

use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::Spot;
use super::{Damage, Ground, Named};

pub(super) const KINDS: &[Named] = &[
    ("wrong-reference-target", wrong_target),
    ("reference-and-type-disagree", disagree),
    ("dangling-contained-reference", dangling),
];

fn put(ground: &Ground<'_>, spot: &Spot, value: Json) -> Option<Damage> {
    let places = ["", ".reference", ".type"].map(|p| spot.under(p));
    ground.replaced(spot, value, &places.each_ref().map(String::as_str))
}

fn targets(spot: &Spot) -> Option<&[String]> {
    let element = spot.element.as_ref().filter(|_| spot.is_value() && spot.of == "Reference")?;
    let is_any = element.targets.is_empty() || element.targets.iter().any(|t| t == "Resource");
    (!is_any).then_some(element.targets.as_slice())
}

fn wrong_target(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let targets = targets(spot)?;
    let kind = random.pick(&["Slot", "Flag", "Substance", "Patient", "Observation", "Medication", "Schedule"]);
    if targets.iter().any(|t| t == kind) {
        return None;
    }
    put(ground, spot, Json::Object(vec![("reference".to_owned(), Json::Text(format!("{kind}/77")))]))
}

/// Where both are given, the reference has to be to a resource of that type.
fn disagree(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let target = targets(spot)?.first()?;
    let other = if target == "Flag" { "Slot" } else { "Flag" };
    put(ground, spot, Json::literal(&format!(r#"{{"reference":"{target}/77","type":"{other}"}}"#)))
}

fn dangling(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if !spot.is_value() || spot.of != "Reference" {
        return None;
    }
    put(ground, spot, Json::literal(r##"{"reference":"#nothing-of-that-name"}"##))
}

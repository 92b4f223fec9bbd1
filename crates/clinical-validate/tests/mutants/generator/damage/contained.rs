//! Contained resources (R4 references.html#contained, dom-2 to dom-5).

use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::Spot;
use super::{Damage, Ground, Named};

pub(super) const KINDS: &[Named] = &[
    ("unreferenced-contained", unreferenced),
    ("contained-in-contained", nested),
    ("contained-with-version", version),
    ("contained-with-time", time),
    ("contained-with-security", security),
];

fn unreferenced(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if !spot.is_resource || spot.is_contained || !ground.facts.is_domain_resource(&spot.of) {
        return None;
    }
    let organization = r#"{"resourceType":"Organization","id":"zz-nobody","name":"Ward 7"}"#;
    let mut number = 0;
    let text = ground.changed(&spot.at, |r| number = r.push("contained", Json::literal(organization)))?;
    let places = ["", ".contained", &format!(".contained[{number}]"), &format!(".contained[{number}].id")];
    Some(Damage { text, places: places.iter().map(|p| spot.under(p)).collect() })
}

/// The resource is contained and referred to, as the spot is valid; what is put into it makes it wrong.
fn inside(ground: &Ground<'_>, spot: &Spot, member: &str, value: &str, places: &[&str]) -> Option<Damage> {
    if !spot.is_resource || !spot.is_contained || !ground.facts.is_domain_resource(&spot.of) {
        return None;
    }
    let text = ground.changed(&spot.at, |resource| resource.set(member, Json::literal(value)))?;
    let places = places.iter().map(|p| spot.under(p));
    Some(Damage { text, places: places.chain([spot.parent.clone(), spot.beside(".contained")]).collect() })
}

fn nested(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let organization = r#"[{"resourceType":"Organization","id":"zz-inner","name":"Ward 7"}]"#;
    inside(ground, spot, "contained", organization, &["", ".contained", ".contained[0]"])
}

fn version(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    inside(ground, spot, "meta", r#"{"versionId":"1"}"#, &["", ".meta", ".meta.versionId"])
}

fn time(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let meta = r#"{"lastUpdated":"2024-05-06T10:00:00Z"}"#;
    inside(ground, spot, "meta", meta, &["", ".meta", ".meta.lastUpdated"])
}

fn security(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let meta = r#"{"security":[{"system":"http://hospital.test/fhir/labels","code":"x"}]}"#;
    inside(ground, spot, "meta", meta, &["", ".meta", ".meta.security", ".meta.security[0]"])
}

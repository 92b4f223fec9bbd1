//! Extensions (R4 extensibility.html).

use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::Spot;
use super::{Damage, Ground, Named};

pub(super) const KINDS: &[Named] = &[
    ("extension-without-url", without_url),
    ("extension-with-value-and-extension", both),
    ("extension-with-neither", neither),
    ("extension-with-two-values", two_values),
    ("extension-value-of-no-type", no_type),
    ("extension-url-relative", relative),
    ("known-extension-wrong-type", wrong_type),
    ("known-extension-wrong-place", wrong_place),
    ("modifier-extension-on-a-data-type", on_data_type),
    ("modifier-extension-without-url", modifier_without_url),
];

/// Puts an extension behind those that are there.
fn push(ground: &Ground<'_>, spot: &Spot, member: &str, extension: &str, places: &[&str]) -> Option<Damage> {
    let fits = spot.is_value() && ground.facts.member(&spot.of, member).is_some();
    if !fits || !matches!(ground.value(spot)?, Json::Object(_)) {
        return None;
    }
    let mut number = 0;
    let text = ground.changed(&spot.at, |object| number = object.push(member, Json::literal(extension)))?;
    let places = places.iter().map(|p| spot.under(&format!(".{member}[{number}]{p}"))).collect();
    Some(Damage { text, places })
}

/// A place that may have extensions beside anything else (an Extension with a value may not have more).
fn free<'s>(ground: &Ground<'_>, spot: &'s Spot) -> Option<&'s Spot> {
    (spot.of != "Extension" && ground.facts.is_complex(&spot.of)).then_some(spot)
}

fn without_url(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    push(ground, free(ground, spot)?, "extension", r#"{"valueString":"x"}"#, &["", ".url"])
}

fn both(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let extension =
        r#"{"url":"http://hospital.test/fhir/x","valueString":"a","extension":[{"url":"y","valueString":"z"}]}"#;
    push(ground, free(ground, spot)?, "extension", extension, &["", ".value"])
}

fn neither(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    push(ground, free(ground, spot)?, "extension", r#"{"url":"http://hospital.test/fhir/x"}"#, &["", ".value"])
}

fn two_values(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let extension = r#"{"url":"http://hospital.test/fhir/x","valueString":"a","valueBoolean":true}"#;
    push(ground, free(ground, spot)?, "extension", extension, &["", ".value"])
}

fn no_type(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let member = random.pick(&["valueNarrative", "valueElement", "valueXhtml", "valueFoo", "value"]);
    let extension = format!(r#"{{"url":"http://hospital.test/fhir/x","{member}":"a"}}"#);
    let places = ["", ".member", ".value", &format!(".{member}")];
    push(ground, free(ground, spot)?, "extension", &extension, &places)
}

/// Only the extensions inside an extension may have a relative url.
fn relative(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    push(ground, free(ground, spot)?, "extension", r#"{"url":"why","valueString":"a"}"#, &["", ".url"])
}

fn wrong_type(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    // Defined in R4: an Address, a CodeableConcept, a boolean, and where they may stand.
    let name = random.pick(&["birthPlace", "citizenship-code", "cadavericDonor"]);
    let (url, value) = match name {
        "birthPlace" => ("patient-birthPlace", r#""valueString":"Graz""#),
        "cadavericDonor" => ("patient-cadavericDonor", r#""valueString":"yes""#),
        _ => ("patient-religion", r#""valueString":"none""#),
    };
    if !spot.is_resource || spot.of != "Patient" {
        return None;
    }
    let extension = format!(r#"{{"url":"http://hl7.org/fhir/StructureDefinition/{url}",{value}}}"#);
    push(ground, spot, "extension", &extension, &["", ".value"])
}

fn wrong_place(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if !spot.is_resource || spot.of == "Patient" || !ground.facts.is_domain_resource(&spot.of) {
        return None;
    }
    let extension =
        r#"{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthPlace","valueAddress":{"city":"Graz"}}"#;
    push(ground, spot, "extension", extension, &["", ".url"])
}

const MODIFIER: &str = r#"{"url":"http://hospital.test/fhir/x","valueBoolean":true}"#;

fn on_data_type(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let fits =
        spot.is_value() && ground.facts.is_plain_element(&spot.of) && matches!(ground.value(spot)?, Json::Object(_));
    if !fits {
        return None;
    }
    let text = ground.changed(&spot.at, |o| o.set("modifierExtension", Json::List(vec![Json::literal(MODIFIER)])))?;
    let places = ["", ".modifierExtension", ".modifierExtension[0]", ".member"];
    Some(Damage { text, places: places.iter().map(|p| spot.under(p)).collect() })
}

fn modifier_without_url(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    push(ground, spot, "modifierExtension", r#"{"valueBoolean":true}"#, &["", ".url"])
}

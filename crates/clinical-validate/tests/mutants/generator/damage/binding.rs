//! Codes that a required value set does not have. Only sets that are a closed list: whether `text/zz` is a media type
//! is nothing to be certain of.

use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::Spot;
use super::{Damage, Ground, Named};

pub(super) const KINDS: &[Named] = &[
    ("bad-required-code", code),
    ("required-code-in-capitals", capitals),
    ("bad-required-concept", concept),
    ("required-concept-as-text", concept_text),
    ("foreign-system-in-required-concept", foreign),
    ("bad-ucum-syntax", ucum),
];

fn is_closed(spot: &Spot, of: &str) -> bool {
    spot.is_value() && spot.of == of && spot.element.as_ref().is_some_and(|e| e.is_closed)
}

fn code(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let wrong = random.pick(&["zz-not-a-code", "unheard-of", "0815x"]);
    if is_closed(spot, "code") { ground.replaced(spot, Json::text(wrong), &[&spot.path]) } else { None }
}

fn capitals(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    // The codes of these sets are lower case and compared as they are (their code systems are case sensitive).
    let code = ground.value(spot)?.as_str()?;
    let is_status = spot.member == "status" || spot.member == "gender" || spot.member == "use";
    if is_status && is_closed(spot, "code") && code.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
        ground.replaced(spot, Json::Text(code.to_ascii_uppercase()), &[&spot.path])
    } else {
        None
    }
}

fn put(ground: &Ground<'_>, spot: &Spot, value: Json) -> Option<Damage> {
    if !is_closed(spot, "CodeableConcept") {
        return None;
    }
    let places = ["", ".coding", ".coding[0]", ".coding[0].code", ".coding[0].system"].map(|p| spot.under(p));
    ground.replaced(spot, value, &places.each_ref().map(String::as_str))
}

fn concept(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let mut coding = ground.value(spot)?.get("coding")?.items().first()?.clone();
    coding.set("code", Json::text("zz-not-a-code"));
    coding.remove("display");
    put(ground, spot, Json::Object(vec![("coding".to_owned(), Json::List(vec![coding]))]))
}

fn concept_text(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    put(ground, spot, Json::literal(r#"{"text":"something"}"#))
}

fn foreign(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let mut coding = ground.value(spot)?.get("coding")?.items().first()?.clone();
    coding.set("system", Json::text("http://hospital.test/fhir/codes"));
    coding.remove("display");
    put(ground, spot, Json::Object(vec![("coding".to_owned(), Json::List(vec![coding]))]))
}

fn ucum(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    if !spot.is_value() || !matches!(spot.of.as_str(), "Quantity" | "Duration") {
        return None;
    }
    let system = ground.value(spot)?.str_at("system")?;
    if system != "http://unitsofmeasure.org" {
        return None;
    }
    let code = random.pick(&["mg/{dose", "[in_i", "mg//mL", "(mg", "mg/", "two tablets"]);
    let text = ground.changed(&spot.at, |quantity| quantity.set("code", Json::text(code)))?;
    Some(Damage { text, places: vec![spot.path.clone(), spot.under(".code")] })
}

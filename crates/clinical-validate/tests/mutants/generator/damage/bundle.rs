//! Bundles (R4 bundle.html). Those rules of it that are expressions are with the invariants.

use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::Spot;
use super::{Damage, Ground, Named};

pub(super) const KINDS: &[Named] = &[
    ("relative-full-url", relative),
    ("full-url-and-id-disagree", disagree),
    ("duplicate-full-url", duplicate),
    ("versioned-full-url", versioned),
    ("entry-with-nothing", nothing),
    ("transaction-without-request", without_request),
    ("request-in-a-collection", with_request),
    ("document-without-composition", without_composition),
];

fn entry<'g>(ground: &'g Ground<'_>, spot: &Spot) -> Option<&'g Json> {
    ground.value(spot).filter(|_| spot.is_value() && spot.of == "Bundle.entry")
}

fn set(ground: &Ground<'_>, spot: &Spot, full_url: &str) -> Option<Damage> {
    entry(ground, spot)?;
    let text = ground.changed(&spot.at, |entry| entry.set("fullUrl", Json::text(full_url)))?;
    let places = ["", ".fullUrl", ".resource", ".resource.id"];
    Some(Damage { text, places: places.iter().map(|p| spot.under(p)).collect() })
}

fn relative(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let id = entry(ground, spot)?.get("resource")?.str_at("id")?;
    set(ground, spot, &format!("Patient/{id}"))
}

/// The fullUrl of a resource on a server ends in its id.
fn disagree(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let resource = entry(ground, spot)?.get("resource")?;
    let (kind, id) = (resource.str_at("resourceType")?, resource.str_at("id")?);
    set(ground, spot, &format!("http://hospital.test/fhir/{kind}/{id}-other"))
}

fn versioned(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let resource = entry(ground, spot)?.get("resource")?;
    let (kind, id) = (resource.str_at("resourceType")?, resource.str_at("id")?);
    set(ground, spot, &format!("http://hospital.test/fhir/{kind}/{id}/_history/1"))
}

fn duplicate(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let entry = entry(ground, spot).filter(|e| e.get("fullUrl").is_some())?.clone();
    let bundle = ground.json.at(&spot.at[..spot.at.len() - 2])?;
    // In a history the versions of a resource have the same fullUrl, and so they may elsewhere if they say the version.
    let versioned = entry.get("resource")?.get("meta").is_some_and(|m| m.get("versionId").is_some());
    if bundle.str_at("type") == Some("history") || versioned {
        return None;
    }
    let count = bundle.get("entry")?.items().len();
    let places = [
        "",
        ".entry",
        &format!(".entry[{count}]"),
        &format!(".entry[{count}].fullUrl"),
        &format!(".entry[{count}].resource"),
    ]
    .map(|p| spot.beside(p));
    let text = ground.changed(spot.owner(), |bundle| {
        bundle.push("entry", entry);
    })?;
    let first = [spot.path.clone(), spot.under(".fullUrl")];
    Some(Damage { text, places: places.into_iter().chain(first).collect() })
}

fn nothing(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    entry(ground, spot)?;
    let value = Json::literal(r#"{"fullUrl":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"}"#);
    ground.replaced(spot, value, &[&spot.path, &spot.parent, &spot.under(".resource"), &spot.under(".request")])
}

fn without_request(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    entry(ground, spot)?.get("request")?;
    let text = ground.changed(&spot.at, |entry| entry.remove("request"))?;
    Some(Damage { text, places: vec![spot.path.clone(), spot.parent.clone(), spot.under(".request")] })
}

fn with_request(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    entry(ground, spot)?;
    let bundle = ground.json.at(&spot.at[..spot.at.len() - 2])?;
    if !matches!(bundle.str_at("type"), Some("collection" | "document" | "message" | "searchset")) {
        return None;
    }
    let request = Json::literal(r#"{"method":"DELETE","url":"Patient/77"}"#);
    let text = ground.changed(&spot.at, |entry| entry.set("request", request))?;
    Some(Damage { text, places: vec![spot.path.clone(), spot.parent.clone(), spot.under(".request")] })
}

fn without_composition(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if spot.of != "Bundle" || ground.value(spot)?.str_at("type") != Some("document") {
        return None;
    }
    let text = ground.changed(&spot.at, |bundle| {
        let mut entries = bundle.get("entry").map_or_else(Vec::new, |e| e.items().to_vec());
        entries.retain(|e| e.get("resource").and_then(|r| r.str_at("resourceType")) != Some("Composition"));
        bundle.set("entry", Json::List(entries));
    })?;
    let places = ["", ".entry", ".entry[0]", ".entry[0].resource", ".type"];
    Some(Damage { text, places: places.iter().map(|p| spot.under(p)).collect() })
}

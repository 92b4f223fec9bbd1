//! `_element` beside a primitive, where it may not be or not like that (R4 json.html#primitive).

use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::{Shape, Spot};
use super::{Damage, Ground, Named, is_primitive};

pub(super) const KINDS: &[Named] = &[
    ("twin-of-a-complex-element", of_complex),
    ("twin-of-another-length", another_length),
    ("null-in-both-arrays", null_in_both),
    ("twin-object-for-array", object_for_array),
    ("twin-array-for-object", array_for_object),
    ("twin-as-text", as_text),
    ("twin-with-unknown-member", unknown_member),
    ("twin-empty", empty),
];

const TWIN: &str = r#"{"extension":[{"url":"http://hospital.test/fhir/why","valueString":"x"}]}"#;

fn put(ground: &Ground<'_>, spot: &Spot, twin: Json, places: &[&str]) -> Option<Damage> {
    if !spot.is_member() || ground.has_twin(spot) {
        return None;
    }
    let places: Vec<String> = places.iter().map(|p| spot.under(p)).collect();
    let places: Vec<&str> = places.iter().map(String::as_str).chain([spot.parent.as_str()]).collect();
    ground.owner_changed(spot, &places, |object| object.set(&format!("_{}", spot.member), twin))
}

fn of_complex(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if is_primitive(&spot.of) || spot.of == "xhtml" {
        return None;
    }
    let twin = Json::literal(TWIN);
    let twin = if spot.shape == Shape::List { Json::List(vec![twin]) } else { twin };
    let mut damage = put(ground, spot, twin, &["", "[0]"])?;
    damage.places.push(spot.beside(".member"));
    Some(damage)
}

/// One `null` more than there are values: an item without a value and without an extension. (An extension there would
/// be an item without a value, which may be; a shorter twin leaves out what would be `null`, which the reference lets
/// pass.)
fn another_length(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if spot.shape != Shape::List || !is_primitive(&spot.of) {
        return None;
    }
    let count = ground.value(spot)?.items().len();
    let twins = (0..=count).map(|i| if i == 0 { Json::literal(TWIN) } else { Json::Null }).collect();
    put(ground, spot, Json::List(twins), &["", &format!("[{count}]")])
}

fn null_in_both(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if spot.shape != Shape::List || !is_primitive(&spot.of) || ground.has_twin(spot) {
        return None;
    }
    let mut values = ground.value(spot)?.items().to_vec();
    let count = values.len();
    values.push(Json::Null);
    let twins = (0..=count).map(|i| if i == 0 { Json::literal(TWIN) } else { Json::Null }).collect();
    let places = [spot.path.as_str(), &spot.under(&format!("[{count}]")), &spot.parent];
    ground.owner_changed(spot, &places, |object| {
        object.set(&spot.member, Json::List(values));
        object.set(&format!("_{}", spot.member), Json::List(twins));
    })
}

fn object_for_array(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let fits = spot.shape == Shape::List && is_primitive(&spot.of);
    if fits { put(ground, spot, Json::literal(TWIN), &["", "[0]"]) } else { None }
}

fn is_single_primitive(spot: &Spot) -> bool {
    spot.shape == Shape::Single && is_primitive(&spot.of)
}

fn array_for_object(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let twin = Json::List(vec![Json::literal(TWIN)]);
    if is_single_primitive(spot) { put(ground, spot, twin, &["", "[0]"]) } else { None }
}

fn as_text(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if is_single_primitive(spot) { put(ground, spot, Json::text("x"), &[""]) } else { None }
}

fn unknown_member(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let twin = Json::literal(r#"{"id":"a1","frobnicate":"x"}"#);
    if is_single_primitive(spot) { put(ground, spot, twin, &["", ".member"]) } else { None }
}

fn empty(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if is_single_primitive(spot) { put(ground, spot, Json::Object(Vec::new()), &[""]) } else { None }
}

//! Elements that are there and empty (R4 json.html: no empty object, array or string, `null` only beside a twin).

use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::{Shape, Spot};
use super::{Damage, Ground, Named, is_primitive};

pub(super) const KINDS: &[Named] = &[
    ("empty-object", object),
    ("empty-array", array),
    ("only-an-id", only_id),
    ("null-member", null),
    ("null-array", null_array),
    ("null-padding", padding),
    ("null-among-objects", among_objects),
];

fn object(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let fits = spot.is_value() && spot.element.is_some() && ground.facts.is_complex(&spot.of);
    if fits { ground.replaced(spot, Json::Object(Vec::new()), &[&spot.path]) } else { None }
}

fn array(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if spot.shape != Shape::List || ground.has_twin(spot) {
        return None;
    }
    ground.replaced(spot, Json::List(Vec::new()), &[&spot.path, &spot.parent])
}

fn only_id(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let fits = spot.is_value() && spot.element.is_some() && ground.facts.is_complex(&spot.of) && !spot.is_resource;
    if fits { ground.replaced(spot, Json::literal(r#"{"id":"a1"}"#), &[&spot.path]) } else { None }
}

fn null(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if !spot.is_member() || spot.shape != Shape::Single {
        return None;
    }
    ground.replaced(spot, Json::Null, &[&spot.path, &spot.parent])
}

fn null_array(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if spot.shape != Shape::List {
        return None;
    }
    ground.replaced(spot, Json::Null, &[&spot.path, &spot.parent])
}

fn padding(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let fits = spot.shape == Shape::List && is_primitive(&spot.of) && !ground.has_twin(spot);
    if fits { with_null(ground, spot) } else { None }
}

fn among_objects(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let fits = spot.shape == Shape::List && !is_primitive(&spot.of);
    if fits { with_null(ground, spot) } else { None }
}

fn with_null(ground: &Ground<'_>, spot: &Spot) -> Option<Damage> {
    let mut items = ground.value(spot)?.items().to_vec();
    let last = spot.under(&format!("[{}]", items.len()));
    items.push(Json::Null);
    ground.replaced(spot, Json::List(items), &[&last, &spot.path, &spot.parent])
}

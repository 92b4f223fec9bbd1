//! One where several stand, several where one stands.

use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::{Shape, Spot};
use super::{Damage, Ground, Named};

pub(super) const KINDS: &[Named] = &[
    ("scalar-for-array", scalar_for_array),
    ("array-for-scalar", array_for_scalar),
    ("too-many", too_many),
    ("array-in-array", array_in_array),
];

fn scalar_for_array(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let first = ground.value(spot)?.items().iter().find(|item| **item != Json::Null)?.clone();
    ground.replaced(spot, first, &[&spot.path, &spot.under("[0]"), &spot.parent])
}

fn is_once(spot: &Spot) -> bool {
    spot.shape == Shape::Single && spot.element.as_ref().is_some_and(|e| !e.repeats)
}

fn array_for_scalar(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let value = ground.value(spot).filter(|_| is_once(spot))?.clone();
    ground.replaced(spot, Json::List(vec![value]), &[&spot.path, &spot.under("[0]"), &spot.parent])
}

fn too_many(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let value = ground.value(spot).filter(|_| is_once(spot))?.clone();
    let places = [&spot.path, &spot.under("[0]"), &spot.under("[1]"), &spot.parent];
    ground.replaced(spot, Json::List(vec![value.clone(), value]), &places.map(String::as_str))
}

fn array_in_array(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let item = ground.value(spot).filter(|_| spot.shape == Shape::Item)?.clone();
    ground.replaced(spot, Json::List(vec![item]), &[&spot.path, &spot.under("[0]")])
}

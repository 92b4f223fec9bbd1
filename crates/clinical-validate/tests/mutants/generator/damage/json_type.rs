//! The wrong type of JSON.

use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::{Shape, Spot};
use super::{Damage, Ground, Named, is_numeric, is_primitive, is_textual};

pub(super) const KINDS: &[Named] = &[
    ("text-for-number", text_for_number),
    ("number-for-text", number_for_text),
    ("boolean-for-text", boolean_for_text),
    ("text-for-boolean", text_for_boolean),
    ("number-for-boolean", number_for_boolean),
    ("object-for-primitive", object_for_primitive),
    ("text-for-object", text_for_object),
    ("number-for-object", number_for_object),
    ("item-not-an-object", item_not_an_object),
];

fn value(ground: &Ground<'_>, spot: &Spot, fits: bool, value: Json) -> Option<Damage> {
    if fits && spot.is_value() { ground.replaced(spot, value, &[&spot.path]) } else { None }
}

fn text_for_number(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let Json::Number(text) = ground.value(spot)? else { return None };
    value(ground, spot, is_numeric(&spot.of), Json::text(text))
}

fn number_for_text(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    value(ground, spot, is_textual(&spot.of) || spot.of == "xhtml", Json::literal("2024"))
}

fn boolean_for_text(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    value(ground, spot, is_textual(&spot.of), Json::Bool(true))
}

fn text_for_boolean(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    value(ground, spot, spot.of == "boolean", Json::text(random.pick(&["true", "false", "yes"])))
}

fn number_for_boolean(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    value(ground, spot, spot.of == "boolean", Json::literal("1"))
}

fn object_for_primitive(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let inner = ground.value(spot)?.clone();
    value(ground, spot, is_primitive(&spot.of), Json::Object(vec![("value".to_owned(), inner)]))
}

fn is_inner_object(ground: &Ground<'_>, spot: &Spot) -> bool {
    ground.facts.is_complex(&spot.of) && spot.element.is_some()
}

fn text_for_object(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let fits = is_inner_object(ground, spot) && spot.shape == Shape::Single;
    value(ground, spot, fits, Json::text("x"))
}

fn number_for_object(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let fits = is_inner_object(ground, spot) && spot.shape == Shape::Single;
    value(ground, spot, fits, Json::literal("1"))
}

fn item_not_an_object(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let fits = is_inner_object(ground, spot) && spot.shape == Shape::Item;
    value(ground, spot, fits, Json::literal(random.pick(&[r#""x""#, "1", "true"])))
}

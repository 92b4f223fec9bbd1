//! Members that may not be there, and members that have to be.

use super::super::facts::capital;
use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::Spot;
use super::{Damage, Ground, Named};

pub(super) const KINDS: &[Named] = &[
    ("unknown-element", unknown),
    ("misspelt-element", misspelt),
    ("misplaced-element", misplaced),
    ("missing-required", missing_top),
    ("missing-required-nested", missing_nested),
    ("two-choices", two_choices),
    ("wrong-choice-type", wrong_choice),
    ("choice-without-type", bare_choice),
    ("duplicate-key", duplicate),
    ("duplicate-key-same-value", duplicate_same),
];

fn is_object(ground: &Ground<'_>, spot: &Spot) -> bool {
    spot.is_value() && matches!(ground.value(spot), Some(Json::Object(_)))
}

fn unknown(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let name = random.pick(&["frobnicate", "internalNote", "_frobnicate", "zzz", "Extra", "x-y", "comments2"]);
    let value = random.pick(&[r#""x""#, "true", "5", r#"{"x":1}"#, r#"["x"]"#]);
    if !is_object(ground, spot) || ground.facts.knows(name.trim_start_matches('_')) {
        return None;
    }
    let text = ground.changed(&spot.at, |object| object.set(name, Json::literal(value)))?;
    Some(Damage { text, places: vec![spot.path.clone(), spot.under(".member")] })
}

fn misspelt(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    if !spot.is_member() || spot.member.len() < 4 {
        return None;
    }
    let at = 1 + random.below(spot.member.len() - 2);
    let mut letters: Vec<char> = spot.member.chars().collect();
    match random.below(3) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        _ => letters.insert(at, 'q'),
    }
    let wrong: String = letters.into_iter().collect();
    // Another element of FHIR is a misplaced one.
    if ground.facts.knows(&wrong) {
        return None;
    }
    ground.owner_changed(spot, &[&spot.parent, &spot.beside(".member")], |o| o.rename(&spot.member, &wrong))
}

fn misplaced(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    const ELSEWHERE: [(&str, &str); 9] = [
        ("birthDate", r#""1970-01-01""#),
        ("dosageInstruction", r#"[{"text":"daily"}]"#),
        ("clinicalStatus", r#"{"text":"active"}"#),
        ("given", r#"["Ada"]"#),
        ("linkId", r#""1""#),
        ("component", r#"[{"code":{"text":"part"}}]"#),
        ("reaction", r#"[{"manifestation":[{"text":"rash"}]}]"#),
        ("valueQuantity", r#"{"value":1}"#),
        ("modifierExtension", r#"[{"url":"http://hospital.test/fhir/x","valueBoolean":true}]"#),
    ];
    let (name, value) = ELSEWHERE[random.below(ELSEWHERE.len())];
    if !is_object(ground, spot) || ground.facts.member(&spot.of, name).is_some() {
        return None;
    }
    let text = ground.changed(&spot.at, |object| object.set(name, Json::literal(value)))?;
    let places = ["", ".member", &format!(".{name}"), &format!(".{name}[0]"), ".value"];
    Some(Damage { text, places: places.iter().map(|p| spot.under(p)).collect() })
}

fn missing_top(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if ground.facts.is_resource(&spot.parent_of) { missing(ground, spot) } else { None }
}

fn missing_nested(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    // The url of an extension is a kind of its own.
    if ground.facts.is_resource(&spot.parent_of) || spot.parent_of == "Extension" {
        None
    } else {
        missing(ground, spot)
    }
}

fn missing(ground: &Ground<'_>, spot: &Spot) -> Option<Damage> {
    if !spot.is_member() || !spot.element.as_ref()?.is_required {
        return None;
    }
    ground.owner_changed(spot, &[&spot.parent, &spot.path], |object| {
        object.remove(&spot.member);
        object.remove(&format!("_{}", spot.member));
    })
}

fn two_choices(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let element = spot.element.as_ref().filter(|e| e.is_choice)?;
    let mut others: Vec<(&str, &str)> = [
        ("boolean", "true"),
        ("string", r#""x""#),
        ("dateTime", r#""2024-05-06""#),
        ("date", r#""2024-05-06""#),
        ("integer", "1"),
        ("decimal", "1.5"),
        ("uri", r#""urn:x""#),
        ("Quantity", r#"{"value":1}"#),
        ("CodeableConcept", r#"{"text":"x"}"#),
        ("Period", r#"{"start":"2024-05-06"}"#),
        ("Range", r#"{"low":{"value":1}}"#),
        ("Reference", r#"{"display":"x"}"#),
    ]
    .into_iter()
    .filter(|(of, _)| *of != spot.of && element.types.iter().any(|t| t == of))
    .collect();
    random.shuffle(&mut others);
    let (of, value) = others.first()?;
    let places = [spot.parent.as_str(), &spot.path];
    ground.owner_changed(spot, &places, |object| {
        object.set(&format!("{}{}", element.name, capital(of)), Json::literal(value));
    })
}

fn wrong_choice(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let element = spot.element.as_ref().filter(|e| e.is_choice)?;
    let of =
        random.pick(&["Money", "HumanName", "Base64Binary", "Annotation", "Narrative", "Element", "Markdown", "Foo"]);
    let wrong = format!("{}{of}", element.name);
    if element.types.iter().any(|t| capital(t) == of) || ground.facts.member(&spot.parent_of, &wrong).is_some() {
        return None;
    }
    let places = [&spot.parent, &spot.path, &spot.beside(".member"), &spot.beside(&format!(".{wrong}"))];
    ground.owner_changed(spot, &places.map(String::as_str), |object| object.rename(&spot.member, &wrong))
}

fn bare_choice(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let element = spot.element.as_ref().filter(|e| e.is_choice)?;
    let places = [spot.parent.as_str(), &spot.path, &spot.beside(".member")];
    ground.owner_changed(spot, &places, |object| object.rename(&spot.member, &element.name))
}

fn duplicate(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    // Another value of the same type; which of the two holds is what nobody can know.
    let other = match ground.value(spot)? {
        Json::Bool(value) => Json::Bool(!value),
        Json::Number(_) => Json::literal("7"),
        Json::List(items) => Json::List(items.iter().chain(items.first()).cloned().collect()),
        other => other.clone(),
    };
    twice(ground, spot, other)
}

fn duplicate_same(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    twice(ground, spot, ground.value(spot)?.clone())
}

fn twice(ground: &Ground<'_>, spot: &Spot, other: Json) -> Option<Damage> {
    if !spot.is_member() {
        return None;
    }
    let places = [&spot.parent, &spot.path, &spot.under("[0]")];
    ground.owner_changed(spot, &places.map(String::as_str), |object| {
        if let Json::Object(members) = object {
            members.push((spot.member.clone(), other));
        }
    })
}

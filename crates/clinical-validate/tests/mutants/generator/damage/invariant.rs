//! Elements that break one invariant. Each patch sets or removes everything that the invariant's expression looks at, so
//! that it is false whatever the element said before.

use super::super::json::Json;
use super::super::spots::Spot;
use super::{Damage, Ground, Kind, Make};
use std::sync::LazyLock;

/// What to do to an element of one type. `null` removes, `name[x]` stands for each variant of a choice.
struct Patch {
    kind: &'static str,
    on: String,
    members: Vec<(String, Json)>,
    places: Vec<String>,
}

static PATCHES: LazyLock<Vec<Patch>> = LazyLock::new(|| {
    let list = Json::literal(include_str!("../../invariants.json"));
    list.items().iter().filter_map(patch).collect()
});

fn patch(json: &Json) -> Option<Patch> {
    let key = json.str_at("key")?;
    // A rule that stands in text only has a name and no number.
    let kind = if key.contains(|c: char| c.is_ascii_digit()) { format!("invariant {key}") } else { key.to_owned() };
    Some(Patch {
        kind: Box::leak(kind.into_boxed_str()),
        on: json.str_at("on")?.to_owned(),
        members: json.get("patch")?.members().to_vec(),
        places: json.get("places")?.items().iter().filter_map(Json::as_str).map(str::to_owned).collect(),
    })
}

pub(super) fn kinds() -> impl Iterator<Item = Kind> {
    PATCHES.iter().enumerate().map(|(number, patch)| Kind { name: patch.kind, make: Make::Patch(number) })
}

pub(super) fn at(number: usize, ground: &Ground<'_>, spot: &Spot) -> Option<Damage> {
    let patch = PATCHES.get(number)?;
    if !spot.is_value() || spot.of != patch.on || !matches!(ground.value(spot)?, Json::Object(_)) {
        return None;
    }
    let text = ground.changed(&spot.at, |element| {
        for (name, _) in &patch.members {
            for gone in named(element, name, ground, spot) {
                element.remove(&gone);
                element.remove(&format!("_{gone}"));
            }
        }
        for (name, value) in patch.members.iter().filter(|(_, value)| *value != Json::Null) {
            element.set(name, value.clone());
        }
    })?;
    let places = patch.places.iter().map(|p| spot.under(p));
    Some(Damage { text, places: places.chain([spot.path.clone()]).collect() })
}

fn named(element: &Json, name: &str, ground: &Ground<'_>, spot: &Spot) -> Vec<String> {
    let Some(choice) = name.strip_suffix("[x]") else { return vec![name.to_owned()] };
    let is_variant = |n: &str| ground.facts.member(&spot.of, n).is_some_and(|(e, _)| e.is_choice && e.name == choice);
    element
        .members()
        .iter()
        .map(|(n, _)| n.trim_start_matches('_'))
        .filter(|n| is_variant(n))
        .map(str::to_owned)
        .collect()
}

//! What is no JSON at all.

use super::super::random::Random;
use super::super::spots::Spot;
use super::{Damage, Ground, Named};

pub(super) const KINDS: &[Named] = &[
    ("json-cut-off", cut_off),
    ("json-trailing-comma", trailing_comma),
    ("json-bad-number", bad_number),
    ("json-single-quotes", single_quotes),
    ("json-something-behind", behind),
];

fn broken(ground: &Ground<'_>, spot: &Spot, change: impl FnOnce(String) -> String) -> Option<Damage> {
    let text = spot.element.is_none().then(|| change(ground.json.write()))?;
    Some(Damage { text, places: Vec::new() })
}

fn cut_off(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    broken(ground, spot, |text| {
        let end = 2 + random.below(text.len() - 3);
        text.char_indices().take_while(|(i, _)| *i < end).map(|(_, c)| c).collect()
    })
}

fn trailing_comma(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    broken(ground, spot, |text| {
        format!("{},}}", text.trim_end_matches('}')) + &"}".repeat(text.len() - text.trim_end_matches('}').len() - 1)
    })
}

fn bad_number(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let number = random.pick(&["01", "1.", ".5", "+1", "1.5.0", "NaN", "1,5", "0x1"]);
    broken(ground, spot, |text| text.replacen('{', &format!("{{\"x\":[{number}],"), 1).replace("[1,5]", "1,5"))
}

fn single_quotes(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    broken(ground, spot, |text| text.replacen("\"resourceType\"", "'resourceType'", 1))
}

fn behind(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    broken(ground, spot, |text| text + "}")
}

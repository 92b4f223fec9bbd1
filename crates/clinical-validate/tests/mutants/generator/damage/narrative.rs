//! Narrative (R4 narrative.html, txt-1 and txt-2).

use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::Spot;
use super::{Damage, Ground, Named};

pub(super) const KINDS: &[Named] = &[
    ("narrative-without-namespace", without_namespace),
    ("narrative-of-another-namespace", another_namespace),
    ("narrative-with-script", script),
    ("narrative-with-handler", handler),
    ("narrative-with-forbidden-element", forbidden),
    ("narrative-empty", empty),
    ("narrative-not-a-div", not_a_div),
    ("narrative-not-well-formed", not_well_formed),
    ("narrative-as-plain-text", plain),
    ("narrative-without-div", without_div),
    ("narrative-without-status", without_status),
    ("narrative-bad-status", bad_status),
];

const OPEN: &str = r#"<div xmlns="http://www.w3.org/1999/xhtml">"#;

fn put(ground: &Ground<'_>, spot: &Spot, text: Json, places: &[&str]) -> Option<Damage> {
    if !spot.is_resource || !ground.facts.is_domain_resource(&spot.of) {
        return None;
    }
    let places = places.iter().map(|p| spot.under(&format!(".text{p}"))).collect();
    Some(Damage { text: ground.changed(&spot.at, |resource| resource.set("text", text))?, places })
}

fn div(ground: &Ground<'_>, spot: &Spot, div: &str) -> Option<Damage> {
    let narrative = vec![("status".to_owned(), Json::text("generated")), ("div".to_owned(), Json::text(div))];
    put(ground, spot, Json::Object(narrative), &["", ".div"])
}

fn without_namespace(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    div(ground, spot, "<div>A summary.</div>")
}

fn another_namespace(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    div(ground, spot, r#"<div xmlns="http://www.w3.org/1999/html">A summary.</div>"#)
}

fn script(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let inner = random.pick(&["<script>go()</script>", r#"<p>a<script src="x.js"/></p>"#]);
    div(ground, spot, &format!("{OPEN}Summary{inner}</div>"))
}

fn handler(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let name = random.pick(&["onclick", "onload", "onmouseover", "onerror"]);
    div(ground, spot, &format!(r#"{OPEN}<p {name}="go()">A summary.</p></div>"#))
}

fn forbidden(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let name = random.pick(&["iframe", "form", "object", "input", "head", "body", "frame", "embed"]);
    div(ground, spot, &format!("{OPEN}<p>A summary.</p><{name}>x</{name}></div>"))
}

fn empty(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let inner = random.pick(&["", "  ", "<p> </p>", "<p/>", "\n<br/>"]);
    div(ground, spot, &format!("{OPEN}{inner}</div>"))
}

fn not_a_div(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    div(ground, spot, r#"<p xmlns="http://www.w3.org/1999/xhtml">A summary.</p>"#)
}

fn not_well_formed(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let inner =
        random.pick(&["<p>open</div>", "<b><i>x</b></i></div>", "a & b</div>", "<p class=x>y</p></div>", "text"]);
    div(ground, spot, &format!("{OPEN}{inner}"))
}

fn plain(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    div(ground, spot, "A summary without markup.")
}

fn without_div(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    put(ground, spot, Json::literal(r#"{"status":"generated"}"#), &["", ".div"])
}

fn without_status(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let narrative = vec![("div".to_owned(), Json::Text(format!("{OPEN}A summary.</div>")))];
    put(ground, spot, Json::Object(narrative), &["", ".status"])
}

fn bad_status(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    let div = Json::Text(format!("{OPEN}A summary.</div>"));
    let narrative = vec![("status".to_owned(), Json::text("made-up")), ("div".to_owned(), div)];
    put(ground, spot, Json::Object(narrative), &[".status"])
}

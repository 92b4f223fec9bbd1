//! Changes after which a valid document is still valid: what a validator must not take for damage.

use super::damage::{Ground, is_primitive};
use super::facts::Facts;
use super::json::{Json, Step};
use super::random::Random;
use super::spots::{Shape, Spot, spots};
use super::{Amount, Example, wrap};

/// A changed document that is still valid.
pub(crate) struct Variant {
    pub(crate) kind: &'static str,
    pub(crate) from: String,
    pub(crate) at: String,
    pub(crate) text: String,
}

type Change = fn(&Ground<'_>, &Spot, &mut Random) -> Option<Json>;

const KINDS: &[(&str, Change)] = &[
    ("id of an element", element_id),
    ("id of a primitive", primitive_id),
    ("extension of a primitive", primitive_extension),
    ("extension instead of a value", instead_of_a_value),
    ("shorter twin", shorter_twin),
    ("extension", extension),
    ("members in another order", reversed),
    ("text with signs", signs),
    ("another date", date),
    ("another moment", moment),
    ("another decimal", decimal),
    ("another id", id),
    ("another uri", uri),
    ("concept as text", concept),
    ("reference by name", reference),
    ("narrative", narrative),
    ("profile that nobody knows", profile),
    ("contained and referred to", contained),
    ("document says it is the container", container),
];

/// Makes them, some of each kind from each example.
pub(crate) fn variants(examples: &[Example], facts: &Facts, amount: Amount) -> Vec<Variant> {
    let mut out = Vec::new();
    let documents = examples.iter().filter_map(|e| Some((&e.name, Json::read(&e.text)?)));
    for (name, json) in documents.flat_map(|(name, json)| wrap::forms(name, json, facts)) {
        let places = spots(&json, facts);
        for (kind, change) in KINDS {
            let mut random = Random::new(amount.seed, &[kind, &name]);
            let mut order: Vec<usize> = (0..places.len()).collect();
            random.shuffle(&mut order);
            let ground = Ground { facts, json: &json };
            let changed =
                order.into_iter().filter_map(|i| Some((&places[i], change(&ground, &places[i], &mut random)?)));
            for (spot, changed) in changed.take(amount.each) {
                out.push(Variant { kind, from: name.clone(), at: spot.path.clone(), text: changed.write() });
            }
        }
    }
    out
}

fn changed(ground: &Ground<'_>, at: &[Step], change: impl FnOnce(&mut Json)) -> Option<Json> {
    let mut json = ground.json.clone();
    change(json.at_mut(at)?);
    (json != *ground.json).then_some(json)
}

fn is_element(ground: &Ground<'_>, spot: &Spot) -> bool {
    spot.is_value() && !spot.is_resource && ground.facts.is_complex(&spot.of)
}

/// A primitive that may have a twin: the id of a resource and the url of an extension have none.
fn may_have_twin(ground: &Ground<'_>, spot: &Spot) -> bool {
    let name = spot.member.as_str();
    is_primitive(&spot.of) && spot.is_member() && name != "id" && name != "url" && !ground.has_twin(spot)
}

const EXTENSION: &str = r#"{"url":"http://hospital.test/fhir/why","valueString":"because"}"#;

fn element_id(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Json> {
    let free = is_element(ground, spot) && ground.json.at(&spot.at)?.get("id").is_none();
    if free { changed(ground, &spot.at, |object| object.set("id", Json::text("an id of any form"))) } else { None }
}

fn twin(ground: &Ground<'_>, spot: &Spot, twin: &str) -> Option<Json> {
    if !may_have_twin(ground, spot) {
        return None;
    }
    let twin = Json::literal(twin);
    let count = ground.json.at(&spot.at)?.items().len();
    let twin = if spot.shape == Shape::List {
        Json::List((0..count).map(|i| if i == 0 { twin.clone() } else { Json::Null }).collect())
    } else {
        twin
    };
    changed(ground, spot.owner(), |object| object.set(&format!("_{}", spot.member), twin))
}

fn primitive_id(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Json> {
    twin(ground, spot, r#"{"id":"p1"}"#)
}

fn primitive_extension(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Json> {
    twin(ground, spot, &format!(r#"{{"id":"p1","extension":[{EXTENSION}]}}"#))
}

/// Text and dates that nothing depends on: no invariant asks for the value of one that may be missing.
fn instead_of_a_value(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Json> {
    let element = spot.element.as_ref()?;
    let fits = spot.shape == Shape::Single && matches!(spot.of.as_str(), "string" | "markdown") && !element.is_choice;
    let is_needed = element.is_required
        || matches!(spot.parent_of.as_str(), "Reference" | "ElementDefinition" | "Expression" | "Identifier");
    if !fits || is_needed || !may_have_twin(ground, spot) || spot.parent_of.contains('.') {
        return None;
    }
    let reason =
        r#"{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}"#;
    changed(ground, spot.owner(), |object| object.rename(&spot.member, &format!("_{}", spot.member))).and_then(
        |mut json| {
            json.at_mut(spot.owner())?.set(&format!("_{}", spot.member), Json::literal(reason));
            Some(json)
        },
    )
}

fn shorter_twin(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Json> {
    let is_long = ground.json.at(&spot.at)?.items().len() > 1;
    if spot.shape != Shape::List || !is_long || !may_have_twin(ground, spot) {
        return None;
    }
    let twin = Json::literal(&format!(r#"[{{"extension":[{EXTENSION}]}}]"#));
    changed(ground, spot.owner(), |object| object.set(&format!("_{}", spot.member), twin))
}

fn extension(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Json> {
    let fits = spot.is_value() && spot.of != "Extension" && ground.facts.member(&spot.of, "extension").is_some();
    let value = random.pick(&[
        r#""valueString":"x""#,
        r#""valueBoolean":false"#,
        r#""valueDecimal":1.50"#,
        r#""valueCodeableConcept":{"text":"x"}"#,
        r#""valueDosage":{"text":"x"}"#,
        r#""extension":[{"url":"part","valueInteger":0}]"#,
    ]);
    let extension = Json::literal(&format!(r#"{{"url":"http://hospital.test/fhir/why",{value}}}"#));
    if fits { changed(ground, &spot.at, |object| _ = object.push("extension", extension)) } else { None }
}

fn reversed(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Json> {
    changed(ground, &spot.at, |object| {
        if let Json::Object(members) = object {
            members.reverse();
        }
    })
}

fn put(ground: &Ground<'_>, spot: &Spot, of: &[&str], value: Json) -> Option<Json> {
    let fits = spot.is_value() && of.contains(&spot.of.as_str());
    if fits { changed(ground, &spot.at, |old| *old = value) } else { None }
}

/// Text that a person reads; names that something else refers to stay.
fn signs(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Json> {
    const READ: [&str; 9] =
        ["text", "display", "description", "title", "comment", "family", "given", "city", "patientInstruction"];
    let value = random.pick(&[
        "dose < 5 mg & > 3 mg",
        "\u{c4}rztin \u{2013} \u{65e5}\u{672c}\u{8a9e} \u{1f642}",
        "one line\nand\tanother",
        "\"quoted\" \\ 'text' / {x} [y] $z %20",
        " ends with a space ",
    ]);
    if READ.contains(&spot.member.as_str()) { put(ground, spot, &["string"], Json::text(value)) } else { None }
}

/// Dates that are compared with no other.
fn date(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Json> {
    let value = Json::text(random.pick(&["2024", "2024-02", "2024-02-29", "2000-02-29", "1899-12-31"]));
    let is_alone = matches!(spot.member.as_str(), "birthDate" | "date" | "recordedDate" | "authoredOn" | "created");
    if is_alone && spot.parent_of != "Task" { put(ground, spot, &["date", "dateTime"], value) } else { None }
}

fn moment(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Json> {
    let value = random.pick(&[
        "2024-05-06T10:00:00Z",
        "2024-05-06T23:59:59.999999999+14:00",
        "2024-05-06T00:00:00-00:00",
        "2024-02-29T10:00:00.1-11:30",
    ]);
    let is_alone =
        matches!(spot.member.as_str(), "issued" | "recorded" | "date" | "lastUpdated" | "sent" | "timestamp");
    if is_alone { put(ground, spot, &["dateTime", "instant"], Json::text(value)) } else { None }
}

fn decimal(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Json> {
    let is_alone = spot.member == "value" && spot.parent.ends_with(".value") && spot.parent_of == "Quantity";
    let value = random.pick(&["0", "-0.00", "1.50", "1e2", "12345678901234567890.123456789", "0.000000000000000001"]);
    if is_alone { put(ground, spot, &["decimal"], Json::Number(value.to_owned())) } else { None }
}

/// The id of a document; in a Bundle it belongs to the fullUrl, contained to a reference.
fn id(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Json> {
    let long = "A".repeat(64);
    let value = random.pick(&["a", "1.2-3.B", "-", &long]);
    if spot.at.len() == 1 { put(ground, spot, &["id"], Json::text(value)) } else { None }
}

fn uri(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Json> {
    let value = random.pick(&[
        "urn:oid:2.16.840.1.113883.4.1",
        "urn:uuid:c757873d-ec9a-4326-a141-556f43239520",
        "http://hospital.test/a?b=c&d=%20e#f",
        "https://\u{e4}rzte.test/ids",
    ]);
    let fits = spot.member == "system" && spot.parent_of == "Identifier";
    if fits { put(ground, spot, &["uri"], Json::text(value)) } else { None }
}

/// Where the value set is not required.
fn concept(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Json> {
    let value = random.pick(&[
        r#"{"text":"in words"}"#,
        r#"{"coding":[{"system":"http://hospital.test/fhir/codes","code":"x y","display":"X"}]}"#,
        r#"{"coding":[{"display":"a display only"}]}"#,
        r#"{"coding":[{"system":"http://hospital.test/fhir/codes","version":"2","code":"x","userSelected":true}],"text":"x"}"#,
    ]);
    let is_open = spot.element.as_ref().is_some_and(|e| !e.is_closed);
    if is_open { put(ground, spot, &["CodeableConcept"], Json::literal(value)) } else { None }
}

/// Of a document that stands alone, and of references that hold nothing contained.
fn reference(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Json> {
    let is_local = ground.json.at(&spot.at)?.str_at("reference").is_some_and(|r| r.starts_with('#'));
    let value = random
        .pick(&[r#"{"display":"somebody"}"#, r#"{"identifier":{"system":"http://hospital.test/ids","value":"7"}}"#]);
    if is_local || spot.path.starts_with("Bundle") {
        None
    } else {
        put(ground, spot, &["Reference"], Json::literal(value))
    }
}

fn narrative(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Json> {
    let inner = random.pick(&[
        "plain",
        "<p>a &amp; b &lt; c &#160; &nbsp;</p>",
        r##"<h1 id="x">A</h1><a href="#x">up</a><br/><img src="#i" alt="i"/><hr/>"##,
        r#"<table class="g"><thead><tr><th colspan="2">A</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"#,
        r#"<ul><li style="color: red">one</li></ul><!-- a remark --><pre>x  y</pre><b>b</b><i>i</i><sup>2</sup>"#,
        r#"<img alt="only a picture" src="data:image/png;base64,aGVsbG8="/>"#,
    ]);
    if !spot.is_resource || !ground.facts.is_domain_resource(&spot.of) {
        return None;
    }
    let div = format!(r#"<div xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">{inner}</div>"#);
    let status = random.pick(&["generated", "additional", "extensions"]);
    let text = vec![("status".to_owned(), Json::text(status)), ("div".to_owned(), Json::Text(div))];
    changed(ground, &spot.at, |resource| resource.set("text", Json::Object(text)))
}

fn profile(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Json> {
    let meta = Json::literal(r#"{"profile":["http://hospital.test/fhir/StructureDefinition/nobody-knows|2.0"]}"#);
    if spot.is_resource { changed(ground, &spot.at, |resource| resource.set("meta", meta)) } else { None }
}

fn contained(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Json> {
    if !spot.is_resource || spot.is_contained || !ground.facts.is_domain_resource(&spot.of) {
        return None;
    }
    let organization = Json::literal(r#"{"resourceType":"Organization","id":"zz","name":"Ward 7"}"#);
    let extension = Json::literal(r##"{"url":"http://hospital.test/fhir/who","valueReference":{"reference":"#zz"}}"##);
    changed(ground, &spot.at, |resource| {
        resource.push("contained", organization);
        resource.push("extension", extension);
    })
}

/// A contained resource that refers to the one it stands in needs no reference to it.
fn container(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Json> {
    if !spot.is_resource || spot.is_contained || !ground.facts.is_domain_resource(&spot.of) {
        return None;
    }
    let list = r##"{"resourceType":"List","id":"zl","status":"current","mode":"working","entry":[{"item":{"reference":"#"}}]}"##;
    changed(ground, &spot.at, |resource| _ = resource.push("contained", Json::literal(list)))
}

//! FHIR, with serde_json.

use super::{Left, Output, Value, left};
use base64::Engine;
use serde_json::Value as Json;

/// The document, or each line of it.
fn parse(text: &str) -> Option<Json> {
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).ok().or_else(|| {
        let lines: Option<Vec<Json>> =
            text.lines().filter(|l| !l.trim().is_empty()).map(|l| serde_json::from_str(l).ok()).collect();
        lines.map(Json::Array)
    })
}

/// The names of all members in their order, where nothing is empty; `None`: it does not parse, or something is. What
/// may be removed for a reason, or whole, is left out.
pub fn structure(text: &str) -> Option<String> {
    fn is_sound(json: &Json, names: &mut Vec<String>) -> bool {
        match json {
            Json::Object(map) => {
                !map.is_empty()
                    && map.iter().all(|(name, value)| {
                        let name = name.trim_start_matches('_').to_owned();
                        if name == "extension" || name == "position" {
                            return true;
                        }
                        names.push(name);
                        is_sound(value, names)
                    })
            }
            Json::Array(items) => items.iter().all(|i| is_sound(i, names)),
            Json::String(text) => !text.is_empty(),
            _ => true,
        }
    }
    let mut names = Vec::new();
    let json = parse(text)?;
    is_sound(&json, &mut names).then(|| {
        names.sort();
        names.dedup();
        names.join(" ")
    })
}

pub fn look(before: &str, after: &str, keep_dates: bool) -> (usize, Vec<Left>) {
    let (Some(before), Some(after)) = (parse(before), parse(after)) else { return (0, Vec::new()) };
    let mut values = Vec::new();
    gather(&before, &mut values);
    values.sort();
    values.dedup();
    let mut texts = Vec::new();
    spoken(&after, "", false, &mut texts);
    let output = Output::of(texts);
    (values.len(), left(&values, &output, keep_dates))
}

const PEOPLE: [&str; 4] = ["Patient", "Practitioner", "RelatedPerson", "Person"];
const PLACES: [&str; 2] = ["Organization", "Location"];

/// What the people and places of a document give away.
fn gather(json: &Json, values: &mut Vec<Value>) {
    if let Json::Object(map) = json {
        let kind = map.get("resourceType").and_then(Json::as_str).unwrap_or_default();
        if PEOPLE.contains(&kind) {
            person(json, values);
            map.get("contact").into_iter().flat_map(items).for_each(|c| person(c, values));
            map.get("birthDate")
                .and_then(Json::as_str)
                .filter(|d| d.len() == 10)
                .into_iter()
                .for_each(|d| birth(d, values));
        }
        if PEOPLE.contains(&kind) || PLACES.contains(&kind) {
            for identifier in map.get("identifier").into_iter().flat_map(items) {
                text(identifier, "value", "identifier", values);
            }
            telecom(json, values);
            map.get("address").into_iter().flat_map(items).for_each(|a| address(a, values));
            text(json, "id", "id", values);
        }
        if PLACES.contains(&kind) {
            text(json, "name", "place", values);
        }
    }
    match json {
        Json::Object(map) => map.values().for_each(|v| gather(v, values)),
        Json::Array(items) => items.iter().for_each(|v| gather(v, values)),
        _ => {}
    }
}

fn items(json: &Json) -> Vec<&Json> {
    json.as_array().map_or_else(|| vec![json], |a| a.iter().collect())
}

fn text(json: &Json, key: &str, kind: &'static str, values: &mut Vec<Value>) {
    for one in json.get(key).into_iter().flat_map(items) {
        if let Some(value) = one.as_str() {
            values.push((kind, value.to_owned()));
        }
    }
}

fn person(json: &Json, values: &mut Vec<Value>) {
    for name in json.get("name").into_iter().flat_map(items) {
        text(name, "family", "name", values);
        text(name, "given", "name", values);
        text(name, "text", "name", values);
    }
    telecom(json, values);
    json.get("address").into_iter().flat_map(items).for_each(|a| address(a, values));
}

fn telecom(json: &Json, values: &mut Vec<Value>) {
    for contact in json.get("telecom").into_iter().flat_map(items) {
        text(contact, "value", "telecom", values);
        let value = contact.get("value").and_then(Json::as_str).unwrap_or_default();
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        if digits.len() > 6 {
            values.push(("telecom", digits));
        }
    }
}

fn address(json: &Json, values: &mut Vec<Value>) {
    text(json, "line", "street", values);
    text(json, "text", "street", values);
    text(json, "city", "city", values);
    text(json, "postalCode", "zip", values);
}

pub fn birth(date: &str, values: &mut Vec<Value>) {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (y, m, d) = (&date[..4], &date[5..7], &date[8..10]);
    let Some(month) = m.parse::<usize>().ok().and_then(|m| MONTHS.get(m.wrapping_sub(1))) else { return };
    let (short_m, short_d) = (m.trim_start_matches('0'), d.trim_start_matches('0'));
    for form in [
        date.to_owned(),
        format!("{y}{m}{d}"),
        format!("{m}/{d}/{y}"),
        format!("{short_m}/{short_d}/{y}"),
        format!("{month} {short_d}, {y}"),
        format!("{short_d} {month} {y}"),
    ] {
        values.push(("birth date", form));
    }
}

/// Every text of the output with what sort it is: `code` for codes, addresses of standard bodies and the display of
/// public terminologies, else the name of its element.
fn spoken(json: &Json, key: &str, coded: bool, texts: &mut Vec<(String, String)>) {
    match json {
        Json::Object(map) => {
            let system = map.get("system").and_then(Json::as_str).unwrap_or_default();
            let is_public = ["loinc.org", "snomed.info", "hl7.org", "nlm.nih.gov", "unitsofmeasure", "ama-assn.org"]
                .iter()
                .any(|s| system.contains(s));
            for (name, value) in map {
                texts.push(("key".to_owned(), name.clone()));
                let code = matches!(
                    name.as_str(),
                    "code" | "system" | "resourceType" | "status" | "contentType" | "url" | "profile" | "use" | "unit"
                ) || name == "display" && is_public && map.contains_key("code");
                spoken(value, name, code, texts);
            }
        }
        Json::Array(items) => items.iter().for_each(|v| spoken(v, key, coded, texts)),
        Json::String(text) => {
            let label = if coded { "code" } else { key };
            let decoded =
                (key == "data").then(|| base64::engine::general_purpose::STANDARD.decode(text).ok()).flatten();
            let shown = decoded.and_then(|b| String::from_utf8(b).ok()).unwrap_or_else(|| text.clone());
            texts.push((label.to_owned(), shown));
        }
        Json::Number(number) => texts.push((key.to_owned(), number.to_string())),
        _ => {}
    }
}

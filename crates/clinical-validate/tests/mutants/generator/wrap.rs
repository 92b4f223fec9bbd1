//! The same resource where else it may stand: as the entry of a Bundle, and contained in another resource.

use super::facts::Facts;
use super::json::Json;

/// The document as it is, and the two others where they are valid.
pub(crate) fn forms(name: &str, json: Json, facts: &Facts) -> Vec<(String, Json)> {
    let entry = in_a_bundle(&json, facts).map(|j| (format!("{name} in a Bundle"), j));
    let contained = contained(&json, facts).map(|j| (format!("{name} contained"), j));
    [Some((name.to_owned(), json)), entry, contained].into_iter().flatten().collect()
}

fn in_a_bundle(json: &Json, facts: &Facts) -> Option<Json> {
    let kind = json.str_at("resourceType").filter(|kind| facts.is_domain_resource(kind))?;
    let mut entry = Json::Object(Vec::new());
    let url = match json.str_at("id") {
        Some(id) => format!("http://hospital.test/fhir/{kind}/{id}"),
        None => "urn:uuid:5b6c1c1e-3c5f-4b0e-9d0a-0f7d2f1c9e21".to_owned(),
    };
    entry.set("fullUrl", Json::Text(url));
    entry.set("resource", json.clone());
    let mut bundle = Json::literal(r#"{"resourceType":"Bundle","type":"collection"}"#);
    bundle.push("entry", Json::literal(r#"{"fullUrl":"urn:uuid:7f1f35ee-2cf0-4f1e-8a4b-3a5b9c7d1e02","resource":{"resourceType":"Basic","code":{"text":"x"}}}"#));
    bundle.push("entry", entry);
    Some(bundle)
}

/// A contained resource may contain none, has no version, no time and no security label (dom-2, dom-4, dom-5), and
/// something has to refer to it (dom-3).
fn contained(json: &Json, facts: &Facts) -> Option<Json> {
    let kind = json.str_at("resourceType").filter(|kind| facts.is_domain_resource(kind))?;
    // What a resource says about itself (`#`), or about one it contains, would mean another thing in here.
    if json.get("contained").is_some() || kind == "Composition" || json.write().contains(":\"#") {
        return None;
    }
    let mut inner = json.clone();
    inner.remove("meta");
    inner.set("id", Json::text("inner"));
    let mut outer = Json::literal(
        r##"{"resourceType":"List","status":"current","mode":"working","entry":[{"item":{"reference":"#inner"}}]}"##,
    );
    outer.push("contained", inner);
    Some(outer)
}

//! Documents of every format and of every way to be wrong, with identifiers in every field.

use super::canaries::Canaries;
use clinical_app::{fault, samples};
use serde_json::{Map, Value, json};

/// A document to send, or to put into a file.
pub(crate) struct Document {
    /// What it tries.
    pub(crate) name: &'static str,
    /// How a file of it ends.
    pub(crate) ending: &'static str,
    /// What it is said to be.
    pub(crate) media: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// The ordinary visit, its people replaced: a document that gives a page.
fn identity(canaries: &Canaries) -> Value {
    let visit = samples::find("visit").expect("samples/visit.json");
    let mut bundle: Value = serde_json::from_slice(visit.bytes).unwrap();
    bundle["id"] = canaries.word().into();
    for entry in bundle["entry"].as_array_mut().unwrap() {
        let resource = entry["resource"].as_object_mut().unwrap();
        let (family, given) = (canaries.word(), canaries.word());
        match resource["resourceType"].as_str().unwrap() {
            "Patient" => {
                resource
                    .insert("name".into(), json!([{ "family": family, "given": [given], "text": canaries.word() }]));
                resource.insert("birthDate".into(), canaries.date().into());
                resource.insert("telecom".into(), json!([{ "system": "phone", "value": canaries.phone() }]));
                let mrn = json!({ "system": format!("http://{}.example", canaries.word()), "value": canaries.word() });
                let ssn = json!({ "system": "http://hl7.org/fhir/sid/us-ssn", "value": canaries.ssn() });
                resource.insert("identifier".into(), json!([mrn, ssn]));
                let address =
                    json!([{ "line": [canaries.word()], "city": canaries.word(), "postalCode": canaries.word() }]);
                resource.insert("address".into(), address);
                resource.insert("photo".into(), json!([{ "url": canaries.word(), "title": canaries.word() }]));
            }
            "Practitioner" => {
                resource.insert("name".into(), json!([{ "family": family, "given": [given] }]));
            }
            "Organization" | "Location" => {
                resource.insert("name".into(), family.into());
            }
            _ => {
                let div = format!("<div>{} {}</div>", canaries.word(), canaries.date());
                resource.insert("text".into(), json!({ "status": "generated", "div": div }));
                resource.insert("note".into(), json!([{ "text": format!("{family} called {}", canaries.phone()) }]));
            }
        }
    }
    bundle
}

/// Every text of the document replaced, but for what it says it is.
fn everywhere(value: &mut Value, canaries: &Canaries) {
    match value {
        Value::String(text) => *text = canaries.word(),
        Value::Array(items) => items.iter_mut().for_each(|item| everywhere(item, canaries)),
        Value::Object(members) => {
            members.iter_mut().filter(|(name, _)| *name != "resourceType").for_each(|(_, m)| everywhere(m, canaries));
        }
        _ => {}
    }
}

/// Names of members that are names of people, in every object, each once with a value, a list and an object.
fn strange_keys(value: &mut Value, canaries: &Canaries) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| strange_keys(item, canaries)),
        Value::Object(members) => {
            members.iter_mut().for_each(|(_, m)| strange_keys(m, canaries));
            members.insert(canaries.word(), canaries.word().into());
            members.insert(canaries.word(), json!([{ canaries.word(): canaries.date() }]));
        }
        _ => {}
    }
}

/// An object after whose first brace stands more.
fn with_first(object: &str, more: &str) -> String {
    object.replacen('{', &format!("{{{more}"), 1)
}

fn lines(bundle: &Value) -> String {
    bundle["entry"].as_array().unwrap().iter().map(|entry| format!("{}\n", entry["resource"])).collect()
}

fn ccda(canaries: &Canaries) -> String {
    let (w, d) = (|| canaries.word(), canaries.date());
    format!(
        r#"<?xml version="1.0"?><!-- {} --><ClinicalDocument xmlns="urn:hl7-org:v3" {}="{}"><id root="2.16.840.1.113883.19" extension="{}"/><title>{}</title><recordTarget><patientRole><id extension="{}"/><addr><streetAddressLine>{}</streetAddressLine></addr><telecom value="tel:{}"/><patient><name><given>{}</given><family>{}</family></name><birthTime value="{d}"/></patient></patientRole></recordTarget><component><structuredBody><component><section><text>{} &{};</text></section></component></structuredBody></component></ClinicalDocument>"#,
        w(),
        w(),
        w(),
        w(),
        w(),
        w(),
        w(),
        canaries.phone(),
        w(),
        w(),
        w(),
        w(),
    )
}

fn note(canaries: &Canaries) -> String {
    format!(
        "PATIENT: {}, {}\r\nMRN: {}  DOB: {}  SSN {}\r\n\r\nHPI: Mr. {} called from {}. BP 120/80.\r\n",
        canaries.word(),
        canaries.word(),
        canaries.word(),
        canaries.date(),
        canaries.ssn(),
        canaries.word(),
        canaries.phone()
    )
}

/// All of them.
pub(crate) fn all(canaries: &Canaries) -> Vec<Document> {
    let mut made = Vec::new();
    let mut put = |name, ending, media, bytes: Vec<u8>| made.push(Document { name, ending, media, bytes });
    let (fhir, ndjson) = ("application/fhir+json", "application/x-ndjson");
    let whole = identity(canaries);
    let text = whole.to_string();
    put("a visit", "json", fhir, text.clone().into_bytes());
    put("a visit without a label", "json", "", text.clone().into_bytes());
    let mut planted = whole.clone();
    everywhere(&mut planted, canaries);
    put("every text", "json", fhir, planted.to_string().into_bytes());
    let mut keys = whole.clone();
    strange_keys(&mut keys, canaries);
    put("strange names of members", "json", fhir, keys.to_string().into_bytes());
    let twice = |name: &str| format!("\"{name}\":1,\"{name}\":[{{\"{name}\":2,\"{name}\":\"{name}\"}}],");
    put("a member twice", "json", fhir, with_first(&text, &twice(&canaries.word())).into_bytes());
    let inner = text.replace("{\"resource\":{", &format!("{{\"resource\":{{{}", twice(&canaries.word())));
    put("members twice in entries", "json", fhir, inner.into_bytes());
    let word = || Value::from(canaries.word());
    let resource = json!({ "resourceType": word(), "id": word(), "name": word() });
    put("a type that is none", "json", fhir, resource.to_string().into_bytes());
    let mut modified = Map::new();
    modified.insert("resourceType".into(), "Condition".into());
    modified.insert("modifierExtension".into(), json!([{ "url": word(), "valueString": word() }]));
    let odd = json!({ "resourceType": "Bundle", "entry": [
        word(), 7, [word()], { canaries.word(): word() }, { "fullUrl": word(), "resource": word() },
        { "resource": { canaries.word(): word() } }, { "resource": { "resourceType": word() } }, { "resource": modified },
        { "resource": { "resourceType": "Observation", "subject": { "reference": word() }, "status": word(),
            "effectiveDateTime": word(), "valueString": [word()], "code": { canaries.word(): word() } } },
    ] });
    put("odd entries", "json", fhir, odd.to_string().into_bytes());
    put("one resource a line", "ndjson", ndjson, lines(&whole).into_bytes());
    put("a broken line", "ndjson", ndjson, format!("{}{{\"{}\": tru\n", lines(&whole), canaries.word()).into_bytes());
    put("lines of bundles", "ndjson", ndjson, format!("{text}\n{{\"{}\n{text}\n", canaries.word()).into_bytes());
    let second = json!({ "resource": { "resourceType": "Patient", "id": word(), "name": [{ "family": word() }] } });
    let mut two = whole.clone();
    two["entry"].as_array_mut().unwrap().push(second);
    put("two patients", "json", fhir, two.to_string().into_bytes());
    put("C-CDA", "xml", "application/xml", ccda(canaries).into_bytes());
    let whole = whole_ccda(canaries);
    put("C-CDA of a visit", "xml", "application/xml", whole.clone().into_bytes());
    put("C-CDA of a visit without a label", "xml", "", whole.clone().into_bytes());
    put("C-CDA cut off", "xml", "text/xml", whole.as_bytes()[..whole.len() / 2].to_vec());
    let named = |name: &str| whole.replacen("<ClinicalDocument", &format!("<{name}"), 1);
    put("C-CDA with another end", "xml", "application/cda+xml", named(&canaries.word()).into_bytes());
    let entity = format!("<!DOCTYPE {} [<!ENTITY {} \"{}\">]>", canaries.word(), canaries.word(), canaries.word());
    put("C-CDA with a type", "xml", "application/xml", whole.replacen("?>", &format!("?>{entity}"), 1).into_bytes());
    let root = canaries.word();
    let panic = format!("{}\"{}\":1}}", fault::IN_THE_HANDLER, canaries.word());
    put("a panic over what is no XML", "xml", "application/xml", panic.into_bytes());
    put("other XML", "xml", "application/xml", format!("<{root}>{}</{root}>", canaries.word()).into_bytes());
    put("a note of a visit", "txt", "text/plain", whole_note(canaries).into_bytes());
    put("a note of a visit without a label", "txt", "", whole_note(canaries).into_bytes());
    put("C-CDA that says it is JSON", "json", fhir, ccda(canaries).into_bytes());
    put("a note", "txt", "text/plain", note(canaries).into_bytes());
    put("a note that says it is JSON", "json", fhir, note(canaries).into_bytes());
    let hl7 = format!("MSH|^~\\&|{}|X\rPID|1||{}||{}^{}\r", word(), word(), word(), word());
    put("HL7 v2", "txt", "text/plain", hl7.into_bytes());
    for part in [3, 5, 8] {
        put("cut off", "json", fhir, text.as_bytes()[..text.len() * part / 9].to_vec());
    }
    let wrong = |after: &[u8]| [format!("{{\"resourceType\":\"{}", canaries.word()).as_bytes(), after].concat();
    put("not UTF-8", "json", fhir, wrong(b"\xff\xfe\"}"));
    put("a control character", "json", fhir, wrong(b"\x01\"}"));
    put("a wrong escape", "json", fhir, wrong(b"\\q\"}"));
    put("half a pair", "json", fhir, wrong(b"\\ud800\"}"));
    put("a wrong number", "json", fhir, wrong(b"\",\"x\":01}"));
    put("more after the end", "json", fhir, format!("{text} {}", canaries.word()).into_bytes());
    put("a list", "json", fhir, json!([word(), { canaries.word(): word() }]).to_string().into_bytes());
    put("a text", "json", fhir, word().to_string().into_bytes());
    let deep = format!("{{\"{}\":{}{}}}", canaries.word(), "[".repeat(3000), "]".repeat(3000));
    put("too deep", "json", fhir, deep.into_bytes());
    put("nothing", "json", fhir, Vec::new());
    let json = "application/json";
    for around in [
        json!({ "bundle": whole, "processing_options": { canaries.word(): word() } }),
        json!({ "bundle": whole, "patient_preferences": word() }),
        json!({ "bundle": whole, "patient_preferences": { "large_print": word(), canaries.word(): word() } }),
        json!({ "bundle": word(), canaries.word(): word() }),
    ] {
        put("a request around it", "json", json, around.to_string().into_bytes());
    }
    put("two bundles", "json", json, format!("{{\"bundle\":{text},\"bundle\":\"{}\"}}", canaries.word()).into_bytes());
    for mark in [fault::IN_THE_WORK, fault::IN_THE_HANDLER] {
        put("a panic", "json", fhir, text.replacen('{', mark, 1).into_bytes());
    }
    made
}

/// The same for a route that takes C-CDA: the first of them is some.
pub(crate) fn ccda_first(canaries: &Canaries) -> Vec<Document> {
    let mut all = all(canaries);
    let at = all.iter().position(|document| document.name == "C-CDA of a visit").unwrap();
    all.swap(0, at);
    all
}

/// The sample C-CDA, its people replaced, and words planted wherever a program may look: a document that gives a page.
fn whole_ccda(canaries: &Canaries) -> String {
    let sample = samples::find("follow-up").expect("samples/follow-up.xml");
    let mut text = String::from_utf8(sample.bytes.to_vec()).unwrap();
    for known in ["Philippa", "Thornquist", "Rosalind", "Tamworth", "Fairwhistle", "Larchmere", "27 Saltmarsh Lane"] {
        assert!(text.contains(known), "{known}");
        text = text.replace(known, &canaries.word());
    }
    text = text.replace("sample-0042", &canaries.word()).replace("Hospital follow-up summary", &canaries.word());
    let w = || canaries.word();
    for (from, to) in [
        ("<title>Medicines</title>", format!("<title>{}</title>", w())),
        ("<title>Problems</title>", format!("<!-- {} --><title>Problems</title>", w())),
        ("code=\"10160-0\"", format!("code=\"10160-0\" {}=\"{}\"", w(), w())),
        ("<value xsi:type=\"PQ\" value=\"3.4\"", format!("<value xsi:type=\"{}\" value=\"{}\"", w(), w())),
        ("<statusCode code=\"aborted\"/>", format!("<statusCode code=\"{}\"/>", w())),
        ("<effectiveTime value=\"20241015\"/>", format!("<effectiveTime value=\"{}\"/>", w())),
        ("value=\"#vaccine-1\"", format!("value=\"#{}\"", w())),
        ("2.16.840.1.113883.10.20.22.4.78", w()),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, &to, 1);
    }
    let extra = format!("<{} {}=\"{}\">{}</{}>", "odd", w(), w(), canaries.date(), "odd");
    text.replacen("<structuredBody>", &format!("<structuredBody>{extra}"), 1)
}

/// A note of a visit with every heading, its people invented here: a document that gives a page.
fn whole_note(canaries: &Canaries) -> String {
    let sample = samples::find("office-note").expect("samples/office-note.txt");
    let mut text = String::from_utf8(sample.bytes.to_vec()).unwrap();
    for known in ["Bartholomew", "Inkpen", "Oldcastle", "Larchmere"] {
        assert!(text.contains(known), "{known}");
        text = text.replace(known, &canaries.word());
    }
    format!("{}:\n{text}\n{}: {} {}\n", canaries.word(), canaries.variable(), canaries.word(), canaries.phone())
}

/// Documents in which every identifier stands where it can be found: the record says it of its people, or a label does.
/// Without `dates` they hold none of what a limited data set keeps.
pub(crate) fn people(canaries: &Canaries, dates: bool) -> Vec<Document> {
    let (n, w) = (|| canaries.name(), || canaries.word());
    let (family, given, doctor, clinic) = (n(), n(), n(), n());
    let (phone, ssn, mrn, street) = (canaries.phone(), canaries.ssn(), w(), format!("12 {} Street", n()));
    let (born, city) = if dates { (canaries.date(), n()) } else { ("1950-01-02".to_owned(), "Springfield".to_owned()) };
    let story = format!(
        "{given} {family}, born {born}, of {street}, {city}, called from {phone}. MRN {mrn}, SSN {ssn}. \
         Ms. {family} was seen by Dr. {doctor} at {clinic}. {} has asthma.",
        given.to_uppercase()
    );
    let (patient, practitioner, organization) = (w(), w(), w());
    let system = "http://hospital.example/mrn";
    let people = [
        json!({ "resourceType": "Patient", "id": patient, "birthDate": born,
            "name": [{ "family": family, "given": [given], "text": format!("{given} {family}") }],
            "telecom": [{ "system": "phone", "value": phone }], "photo": [{ "url": w(), "title": w() }],
            "identifier": [{ "system": system, "value": mrn },
                { "system": "http://hl7.org/fhir/sid/us-ssn", "value": ssn }],
            "address": [{ "line": [street], "city": city }] }),
        json!({ "resourceType": "Practitioner", "id": practitioner, "name": [{ "family": doctor }] }),
        json!({ "resourceType": "Organization", "id": organization, "name": clinic }),
        json!({ "resourceType": "Condition", "id": w(), "code": { "text": "Asthma" },
            "text": { "status": "generated", "div": format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{story}</div>") },
            "subject": { "reference": format!("Patient/{patient}"), "display": format!("{given} {family}") },
            "asserter": { "reference": format!("Practitioner/{practitioner}"), "display": format!("Dr. {doctor}") },
            "note": [{ "text": story }] }),
    ];
    let entries: Vec<Value> = people
        .into_iter()
        .map(|resource| {
            let url = format!("http://hospital.example/fhir/{}/{}", resource["resourceType"], resource["id"]);
            json!({ "fullUrl": url.replace('"', ""), "resource": resource })
        })
        .collect();
    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "id": w(), "entry": entries });
    let compact = born.replace('-', "");
    let header = format!(
        r#"<id root="2.16.840.1.113883.19" extension="{mrn}"/><addr><streetAddressLine>{street}</streetAddressLine><city>{city}</city></addr><telecom value="tel:{phone}"/><patient><name><given>{given}</given><family>{family}</family></name><birthTime value="{compact}"/></patient>"#
    );
    let author = format!(
        r#"<author><time value="2024"/><assignedAuthor><id root="2.16.840.1.113883.19" extension="{}"/><assignedPerson><name><family>{doctor}</family></name></assignedPerson><representedOrganization><name>{clinic}</name></representedOrganization></assignedAuthor></author>"#,
        w()
    );
    let ccda = format!(
        r#"<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole>{header}</patientRole></recordTarget>{author}<component><structuredBody><component><section><title>Problems</title><text>{story}</text></section></component></structuredBody></component></ClinicalDocument>"#
    );
    let note = format!(
        "Patient: {given} {family}\r\nMRN: {mrn}\r\nDOB: {born}\r\nSSN: {ssn}\r\nPhone: {phone}\r\n\r\n\
         Ms. {family} has asthma. BP 120/80. Call {phone}.\r\n\r\nSigned: Dr. {doctor}\r\n"
    );
    let fhir = "application/fhir+json";
    let mut made = Vec::new();
    let mut put = |name, ending, media, bytes: String| {
        made.push(Document { name, ending, media, bytes: bytes.into_bytes() });
    };
    put("people in FHIR", "json", fhir, bundle.to_string());
    put("people in FHIR, on many lines", "json", fhir, serde_json::to_string_pretty(&bundle).unwrap());
    put("people in lines", "ndjson", "application/x-ndjson", lines(&bundle));
    put("people in C-CDA", "xml", "application/xml", ccda);
    put("people in a note", "txt", "text/plain", note);
    made
}

/// A document of this many bytes, at least, that costs time.
pub(crate) fn long(canaries: &Canaries, bytes: usize) -> Vec<u8> {
    let name = canaries.word();
    let entry = format!(
        r#"{{"resource":{{"resourceType":"Observation","status":"final","code":{{"text":"{name}"}},"valueString":"{name}"}}}},"#
    );
    let entries = entry.repeat(bytes / entry.len() + 1);
    format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{entries}{{}}]}}"#).into_bytes()
}

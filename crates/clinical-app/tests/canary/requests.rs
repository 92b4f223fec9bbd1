//! Bodies of the routes that read more than a document: a record with its summary, a text with symptoms.

use super::canaries::Canaries;
use super::documents::{self, Document};
use clinical_app::clock::Now;
use clinical_app::fault;
use clinical_pipeline::{Input, Label, Lexicon, Options, Page, Stop};
use serde_json::{Value, json};

fn request(name: &'static str, body: impl Into<Vec<u8>>) -> Document {
    Document { name, ending: "json", media: "application/json", bytes: body.into() }
}

/// The summary that is made of a record.
fn summary(record: &[u8]) -> Value {
    let options = Options {
        now: Now::read().unwrap().moment,
        page: Page::Json,
        large_print: false,
        narrated: None,
        stop: Stop::never(),
    };
    let outcome =
        clinical_pipeline::summarize(&Input::new(record, Label::Unknown), &options, Lexicon::english().unwrap())
            .unwrap();
    serde_json::from_str(outcome.page.expose()).unwrap()
}

/// A summary that was changed, with identifiers as values and as names of members.
pub(crate) fn changed(summary: &Value, canaries: &Canaries) -> Value {
    let mut changed = summary.clone();
    let word = || Value::from(canaries.word());
    let odd = json!({ "source": [{ "path": word(), "text": word() }] });
    let members = changed.as_object_mut().unwrap();
    members.insert(canaries.word(), json!([odd, { canaries.word(): odd }]));
    members.insert("language".to_owned(), word());
    if let Some(medicine) = members["medications"].get_mut(0) {
        medicine["medication_name"] = word();
        medicine["source"][0]["path"] = word();
        medicine[canaries.word()] = word();
    }
    changed
}

/// For `/api/v1/verify`.
pub(crate) fn pairs(canaries: &Canaries) -> Vec<Document> {
    let records = documents::all(canaries);
    let record: Value = serde_json::from_slice(&records[0].bytes).unwrap();
    let (good, word) = (summary(&records[0].bytes), || canaries.word());
    let pair = |name, source: &Value, summary: &Value| {
        request(name, json!({ "source": source, "summary": summary }).to_string())
    };
    let mut all = vec![
        pair("a pair", &record, &good),
        pair("a changed summary", &record, &changed(&good, canaries)),
        pair("no summary", &record, &json!({ canaries.word(): word() })),
        pair("a summary that is a text", &record, &word().into()),
        request("one of two", json!({ "source": record, word(): word() }).to_string()),
        request("the other of two", json!({ "summary": good, word(): word() }).to_string()),
        request("no object", json!([word()]).to_string()),
        request("no JSON", format!("{{\"{}\": tru", word())),
        request("a panic", format!("{}\"source\":{record}}}", fault::IN_THE_HANDLER)),
        request(
            "a panic",
            format!("{{\"source\":{},\"summary\":{good}}}", record.to_string().replacen('{', fault::IN_THE_WORK, 1)),
        ),
    ];
    for document in records.iter().filter(|document| document.name.ends_with(" of a visit")) {
        let (text, own) = (String::from_utf8(document.bytes.clone()).unwrap(), summary(&document.bytes));
        all.push(pair("a pair of another format", &text.as_str().into(), &own));
        all.push(pair("a changed summary of another format", &text.into(), &changed(&own, canaries)));
    }
    // Each document as the record, as it stands or as a text, and as the summary.
    for (at, document) in records.iter().enumerate() {
        let text = Value::from(String::from_utf8_lossy(&document.bytes));
        let whole = serde_json::from_slice(&document.bytes).unwrap_or_else(|_| text.clone());
        all.push(match at % 3 {
            0 => pair("another record", &whole, &good),
            1 => pair("a record as a text", &text, &good),
            _ => pair("something else for a summary", &record, &whole),
        });
    }
    all
}

/// For `/api/v1/validate`.
pub(crate) fn questions(canaries: &Canaries) -> Vec<Document> {
    let word = || canaries.word();
    let records = documents::all(canaries);
    let whole = |document: &Document| serde_json::from_slice::<Value>(&document.bytes).ok();
    let mut all: Vec<Document> = records
        .iter()
        .filter_map(whole)
        .map(|resource| request("a question", json!({ "resource": resource, "validation_mode": "strict" }).to_string()))
        .collect();
    let wrong = [
        json!({ "resource": { "resourceType": word(), word(): word() }, word(): word() }),
        json!({ "resource": word(), "validation_mode": "lenient" }),
        json!({ "resource": {}, "validation_mode": word() }),
        json!({ "validation_mode": word(), word(): word() }),
        json!({ "resource": { "resourceType": "Patient", "birthDate": canaries.date(), "gender": word(),
            "name": word(), "contact": [{}], "extension": [{ "url": word(), "valueCode": word(), word(): 1 }],
            "text": { "status": word(), "div": format!("<div>{}<script>{}</script></div>", word(), word()) } } }),
    ];
    all.extend(wrong.iter().map(|body| request("a wrong question", body.to_string())));
    let body = format!("{{\"resource\":\"{}\",\"resource\":{{}}}}", word());
    all.push(request("two resources", body));
    all
}

/// For `/api/inference`.
pub(crate) fn texts(canaries: &Canaries) -> Vec<Document> {
    let word = || canaries.word();
    let note = format!(
        "{} {}, born {}, has asthma and takes lisinopril. {} called from {}; her sister {} has diabetes.",
        canaries.name(),
        canaries.name(),
        canaries.date(),
        canaries.name(),
        canaries.phone(),
        canaries.name()
    );
    let symptoms = [format!("cough of {}", word()), word(), "fever".to_owned()];
    let mut all = vec![
        json!({ "patient_id": word(), "clinical_text": note, "symptoms": symptoms }),
        json!({ "clinical_text": note }),
        json!({ "clinical_text": note, word(): word() }),
        json!({ "patient_id": word(), "clinical_text": [note] }),
        json!({ "patient_id": { word(): word() }, "clinical_text": "" }),
        json!({ "patient_id": word(), "clinical_text": "" }),
        json!({ "patient_id": word() }),
        json!({ "clinical_text": note, "symptoms": word() }),
        json!({ "clinical_text": note, "symptoms": [{ word(): word() }] }),
        json!({ "clinical_text": note, "symptoms": vec![word(); 1001] }),
        json!([word()]),
        json!({ "clinical_text": format!("{}{note}", fault::IN_THE_WORK) }),
    ];
    // The text of every kind of document.
    let documents = documents::all(canaries);
    all.extend(documents.iter().map(|document| json!({ "clinical_text": String::from_utf8_lossy(&document.bytes) })));
    let mut all: Vec<Document> = all.iter().map(|body| request("a text", body.to_string())).collect();
    all.push(request("a panic", format!("{}\"clinical_text\":\"{note}\"}}", fault::IN_THE_HANDLER)));
    all.push(request("no JSON", format!("{{\"clinical_text\":\"{note}\\q\"}}")));
    all.extend(documents.into_iter().step_by(5));
    all
}

//! A seeded generator of records: every kind of resource that is read, with the variety that real ones have.

use super::random::Random;
use serde_json::{Value, json};

const MEDICINES: [&str; 8] = [
    "Metformin 500 mg oral tablet",
    "Lisinopril 10 MG Oral Tablet",
    "amoxicillin 250 mg/5 mL suspension",
    "Warfarin 2.5 mg",
    "Levothyroxine 0.075 mg",
    "Unheard-of-mycin 7",
    "Aspirin 81 mg / Clopidogrel 75 mg",
    "insulin",
];
const PROBLEMS: [&str; 6] = [
    "Essential hypertension",
    "Asthma",
    "Type 2 diabetes mellitus",
    "Fracture of rib 7",
    "Vitamin B12 deficiency",
    "Grippe",
];
const TESTS: [(&str, &str, &str); 5] = [
    ("4548-4", "Hemoglobin A1c", "%"),
    ("2345-7", "Glucose", "mg/dL"),
    ("8867-4", "Heart rate", "/min"),
    ("29463-7", "Body weight", "kg"),
    ("0-0", "Something odd", "10*3/uL"),
];
const STATUSES: [&str; 9] =
    ["active", "completed", "stopped", "on-hold", "entered-in-error", "draft", "cancelled", "unknown", "strange"];

/// A Bundle with `size` entries about one patient.
pub fn bundle(random: &mut Random, size: usize) -> Value {
    let mut entries = vec![entry(
        json!({
            "resourceType": "Patient", "id": "p1", "birthDate": date(random),
            "name": [{ "use": "official", "family": "Example", "given": ["Ada", "B."] }],
        }),
        0,
    )];
    for n in 1..size {
        let mut made = resource(random, n);
        if random.chance(12) {
            made["modifierExtension"] = json!([{ "url": "http://example.org/x", "valueBoolean": true }]);
        }
        entries.push(match random.below(25) {
            0 => json!({ "fullUrl": "urn:uuid:nothing" }),
            1 => json!(null),
            2 => json!("not an entry"),
            3 => entry(json!({ "resourceType": "Bundle", "entry": [entry(made, n), entry(resource(random, n + 9000), n + 9000)] }), n),
            _ => entry(made, n),
        });
    }
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

fn entry(resource: Value, n: usize) -> Value {
    json!({ "fullUrl": format!("urn:uuid:{n:08}"), "resource": resource })
}

fn date(random: &mut Random) -> String {
    let (year, month, day) = (2019 + random.below(9), 1 + random.below(12), 1 + random.below(28));
    match random.below(6) {
        0 => format!("{year}"),
        1 => format!("{year}-{month:02}"),
        2 => format!("{year}-{month:02}-{day:02}T{:02}:{:02}:00-05:00", random.below(24), random.below(60)),
        3 => format!("{year}-{month:02}-{day:02}T09:30:00.250Z"),
        _ => format!("{year}-{month:02}-{day:02}"),
    }
}

/// A decimal in one of the forms that must keep their text.
fn decimal(random: &mut Random) -> Value {
    let forms: [&str; 11] =
        ["1.50", "0.125", "7", "120", "1e3", "99.90", "-0.5", "400", "6.5", "100.0", "12345678901234567890.5"];
    serde_json::from_str(forms[random.below(forms.len())]).unwrap()
}

fn concept(system: &str, code: &str, text: &str, random: &mut Random) -> Value {
    match random.below(4) {
        0 => json!({ "text": text }),
        1 => json!({ "coding": [{ "system": system, "code": code, "display": text }] }),
        2 => {
            json!({ "coding": [{ "system": system, "code": code, "display": text }], "text": format!("{text} (as written)") })
        }
        _ => json!({ "coding": [{ "system": system, "code": code }], "text": text }),
    }
}

fn resource(random: &mut Random, n: usize) -> Value {
    let kinds = [
        "MedicationRequest",
        "MedicationRequest",
        "MedicationStatement",
        "MedicationAdministration",
        "Condition",
        "AllergyIntolerance",
        "Observation",
        "Observation",
        "Observation",
        "DiagnosticReport",
        "Immunization",
        "Procedure",
        "Appointment",
        "CarePlan",
        "Goal",
        "ServiceRequest",
        "Encounter",
        "Practitioner",
        "Claim",
        "DocumentReference",
        "Composition",
    ];
    let kind = *random.pick(&kinds);
    let mut out = json!({ "resourceType": kind, "id": format!("r{n}"), "status": random.pick(&STATUSES) });
    out["subject"] = json!({ "reference": if random.chance(2) { "Patient/p1" } else { "urn:uuid:00000000" } });
    let note = json!([{ "text": "Call us on day 3 if it is > 38.5 & rising.\r\nThen rest." }]);
    match kind {
        "MedicationRequest" | "MedicationStatement" | "MedicationAdministration" => {
            out["intent"] = json!(random.pick(&["order", "order", "plan", "proposal"]));
            let text = *random.pick(&MEDICINES);
            out["medicationCodeableConcept"] =
                concept("http://www.nlm.nih.gov/research/umls/rxnorm", "860975", text, random);
            out["authoredOn"] = json!(date(random));
            let steps: Vec<Value> = (0..random.below(3)).map(|i| dosage(random, i)).collect();
            out[if kind == "MedicationStatement" { "dosage" } else { "dosageInstruction" }] = json!(steps);
            if random.chance(3) {
                out["note"] = note;
            }
        }
        "Observation" => observation(random, &mut out),
        "Condition" => {
            out["code"] = concept("http://snomed.info/sct", "59621000", PROBLEMS[random.below(6)], random);
            out["clinicalStatus"] =
                json!({ "coding": [{ "code": random.pick(&["active", "resolved", "recurrence"]) }] });
            out["verificationStatus"] = json!({ "coding": [{ "code": random.pick(&["confirmed", "refuted", "provisional", "entered-in-error"]) }] });
            out["onsetDateTime"] = json!(date(random));
        }
        "AllergyIntolerance" => {
            out["patient"] = out["subject"].take();
            out["code"] = json!({ "text": random.pick(&["Penicillin", "No known allergies", "Peanut"]) });
            out["reaction"] = json!([{ "manifestation": [{ "text": "Hives" }], "severity": "severe" }]);
        }
        "Appointment" => {
            out["status"] = json!(random.pick(&["booked", "proposed", "cancelled"]));
            // One without a time still tells its place and that it is not fixed.
            if !random.chance(4) {
                out["start"] =
                    json!(random.pick(&["2026-07-02T09:30:00-05:00", "2026-08-01T14:00:00Z", "2020-01-01T10:00:00Z"]));
            }
            out["participant"] =
                json!([{ "actor": { "display": "Dr. Example" } }, { "actor": { "reference": "Patient/p1" } }]);
            out["description"] = json!("Check of blood pressure");
        }
        _ => {
            let key = match kind {
                "Immunization" => "vaccineCode",
                "Goal" => "description",
                "Encounter" | "DocumentReference" | "Composition" => "type",
                _ => "code",
            };
            out[key] = json!({ "text": random.pick(&PROBLEMS) });
            out[if kind == "Immunization" { "occurrenceDateTime" } else { "performedDateTime" }] = json!(date(random));
            out["period"] = json!({ "start": date(random), "end": date(random) });
            out["conclusion"] = json!("No sign of 2 <new> fractures.");
            out["lifecycleStatus"] = json!(random.pick(&["active", "completed", "proposed"]));
            out["section"] = json!([{ "title": "Instructions", "text": { "div": "<div><p>Rest 2 days &amp; drink.</p><script>x</script></div>" } }]);
        }
    }
    out
}

fn dosage(random: &mut Random, step: usize) -> Value {
    let text = *random.pick(&["1 tablet twice a day", "Take 2 tablets by mouth daily for 3 days", "as directed"]);
    let mut out = json!({ "sequence": step + 1, "text": text });
    if random.chance(2) {
        out["timing"] = json!({ "repeat": { "frequency": random.below(4) + 1, "period": 1, "periodUnit": "d" } });
        out["doseAndRate"] = json!([{ "doseQuantity": { "value": decimal(random), "unit": "tablet" } }]);
    }
    if random.chance(4) {
        out["asNeededBoolean"] = json!(true);
    }
    out
}

fn observation(random: &mut Random, out: &mut Value) {
    let (code, name, unit) = *random.pick(&TESTS);
    out["status"] = json!(random.pick(&["final", "final", "preliminary", "cancelled"]));
    out["code"] = concept("http://loinc.org", code, name, random);
    out["effectiveDateTime"] = json!(date(random));
    let category = *random.pick(&["laboratory", "vital-signs", "survey"]);
    out["category"] = json!([{ "coding": [{ "code": category }] }]);
    match random.below(6) {
        0 => out["valueString"] = json!("Positive (2+)"),
        1 => out["valueBoolean"] = json!(random.chance(2)),
        2 => out["valueQuantity"] = json!({ "value": decimal(random), "comparator": "<", "unit": unit }),
        3 => {
            let part = |code: &str, n: u32| json!({ "code": { "coding": [{ "system": "http://loinc.org", "code": code }] }, "valueQuantity": { "value": n, "unit": "mmHg" } });
            out["code"] =
                json!({ "coding": [{ "system": "http://loinc.org", "code": "85354-9", "display": "Blood pressure" }] });
            out["component"] = json!([part("8480-6", 128), part("8462-4", 82)]);
        }
        _ => out["valueQuantity"] = json!({ "value": decimal(random), "unit": unit }),
    }
    if random.chance(2) {
        out["referenceRange"] = json!([{ "low": { "value": 4 }, "high": { "value": 5.6 } }]);
    }
}

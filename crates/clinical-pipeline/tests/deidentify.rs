//! The façade: what is taken for what, what is reported, what is refused, and that no damage panics.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its samples, and fails by panic")]

mod support;

use clinical_pipeline::{
    DeidentifyOptions, Error, Input, Kind, Label, Phi, Place, Policy, Stop, deidentify, deidentify_text,
};
use std::sync::atomic::AtomicBool;

const SECRET: &[u8] = b"a secret only for this test";
const NOTE: &str = "Zoë Quill, MRN: 48213377, was seen on 03/19/2021 by Dr. Fennimore.";

fn run(text: &str, label: Label) -> Result<clinical_pipeline::Deidentified, Error> {
    deidentify(&Input::new(text.as_bytes(), label), &DeidentifyOptions::of(Policy::SafeHarbor))
}

#[test]
fn the_content_says_what_it_is() {
    let patient = r#"{"resourceType":"Patient","id":"p","name":[{"family":"Quill"}]}"#;
    for (text, label, format) in [
        (NOTE, Label::Text, "note"),
        (NOTE, Label::Unknown, "note"),
        ("[NAME] came", Label::Text, "note"),
        ("<5 mg given", Label::Text, "note"),
        (patient, Label::Json, "fhir-json"),
        (patient, Label::Text, "fhir-json"),
        (&format!("{patient}\n{patient}\n"), Label::NdJson, "fhir-ndjson"),
        (r#"{"patient_name": "Ada Quill", "mrn": "48213377"}"#, Label::Json, "note"),
        ("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", Label::Xml, "ccda"),
    ] {
        assert_eq!(run(text, label).unwrap().format, format, "{text}");
    }
    assert!(matches!(run("", Label::Unknown), Err(Error::Empty)));
    assert!(matches!(run("{\"a\": ", Label::Json), Err(Error::Intake(_))));
    assert!(matches!(run("<a></b>", Label::Xml), Err(Error::Xml { .. })));
    assert!(matches!(run("<Patient xmlns=\"http://hl7.org/fhir\"></Patient>", Label::Xml), Err(Error::UnknownFormat)));
    let broken = Input::new(b"caf\xe9", Label::Text);
    assert_eq!(deidentify(&broken, &DeidentifyOptions::of(Policy::Mask)).unwrap_err(), Error::NotText { at: 3 });
}

#[test]
fn what_was_removed_is_reported_by_place_and_never_by_value() {
    let outcome = run(NOTE, Label::Text).unwrap();
    let text = std::str::from_utf8(outcome.bytes.expose()).unwrap();
    assert!(!text.contains("Quill") && text.contains("[DATE 2021]"), "{text}");
    let date = outcome.removed.iter().find(|r| r.kind == Kind::Date).unwrap();
    assert_eq!(&NOTE[date.bytes.0..date.bytes.1], "03/19/2021");
    // The name before it has a letter of two bytes.
    assert_eq!(date.place, Place::Span(date.bytes.0 - 1, date.bytes.1 - 1));
    assert_eq!(outcome.counts.iter().map(|c| c.1).sum::<usize>(), outcome.removed.len());
    assert!(!format!("{outcome:?}").contains("Quill"));
    let (same, spans) = deidentify_text(NOTE, &DeidentifyOptions::of(Policy::SafeHarbor)).unwrap();
    assert_eq!((same.expose().as_str(), spans.len()), (text, outcome.removed.len()));
    let json = run(r#"{"resourceType":"Patient","Quill":{"name":[{"family":"Quill"}]}}"#, Label::Json).unwrap();
    assert!(!format!("{:?}", json.removed).contains("Quill"));
}

#[test]
fn allowed_texts_stay_and_denied_ones_go() {
    let (allow, deny) = (["Dr. Fennimore".to_owned(), "Fennimore".to_owned()], ["seen".to_owned()]);
    let options = DeidentifyOptions {
        allow: Phi::new(&allow),
        deny: Phi::new(&deny),
        ..DeidentifyOptions::of(Policy::SafeHarbor)
    };
    let (text, _) = deidentify_text(NOTE, &options).unwrap();
    assert!(text.expose().contains("Fennimore") && !text.expose().contains("seen"), "{}", text.expose());
    assert!(!format!("{options:?}").contains("Fennimore"));
}

#[test]
fn a_surrogate_needs_a_secret_and_work_can_be_stopped() {
    let options = DeidentifyOptions::of(Policy::Surrogate);
    assert_eq!(deidentify_text(NOTE, &options).unwrap_err(), Error::NoSecret);
    let short = DeidentifyOptions { secret: Phi::new(b"short"), ..DeidentifyOptions::of(Policy::SafeHarbor) };
    assert_eq!(deidentify_text(NOTE, &short).unwrap_err(), Error::NoSecret);
    let flag = AtomicBool::new(true);
    let stopped = DeidentifyOptions { stop: Stop::when(&flag), ..DeidentifyOptions::of(Policy::SafeHarbor) };
    assert_eq!(deidentify_text(NOTE, &stopped).unwrap_err(), Error::Stopped);
    for (_, bytes) in support::samples() {
        assert_eq!(deidentify(&Input::new(&bytes, Label::Json), &stopped).unwrap_err(), Error::Stopped);
    }
}

#[test]
fn the_samples_come_out_as_records() {
    for (name, bytes) in support::all_samples() {
        for policy in Policy::ALL {
            let options = DeidentifyOptions { secret: Phi::new(SECRET), ..DeidentifyOptions::of(policy) };
            let once = deidentify(&Input::new(&bytes, Label::Unknown), &options).unwrap();
            support::make(once.bytes.expose(), clinical_pipeline::Page::Text).unwrap();
            if policy != Policy::Surrogate {
                let twice = deidentify(&Input::new(once.bytes.expose(), Label::Unknown), &options).unwrap();
                assert_eq!(once.bytes.expose(), twice.bytes.expose(), "{name} {policy}");
            }
        }
    }
}

#[test]
fn damage_panics_nowhere() {
    let mut state = 11_u64;
    let mut next = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end.max(1)
    };
    let cda = b"<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"><id root=\"1.2\" extension=\"x1\"/><recordTarget><patientRole><patient><name><given>Zo\xc3\xab</given><family>Quill</family></name><birthTime value=\"19610305\"/></patient></patientRole></recordTarget><component><section><text><td>Quill &amp; <b>x</b></td></text></section></component></ClinicalDocument>".to_vec();
    let mut inputs: Vec<Vec<u8>> =
        support::samples().into_iter().map(|(_, b)| b[..b.len().min(6000)].to_vec()).collect();
    inputs.extend([cda.clone(), cda, NOTE.as_bytes().to_vec()]);
    const SIGNS: [&[u8]; 12] =
        [b"\"", b"\\", b"<", b">", b"&#1;", b"[NAME]", b"\xf0\x9f\x98\x80", b"}", b"{", b"\\ud83d", b"/", b"\xff"];
    for round in 0..3000 {
        let mut bytes = inputs[round % inputs.len()].clone();
        for _ in 0..1 + next(4) {
            if bytes.is_empty() {
                break;
            }
            let at = next(bytes.len());
            match next(3) {
                0 => drop(bytes.remove(at)),
                1 => drop(bytes.splice(at..at, SIGNS[next(SIGNS.len())].iter().copied())),
                _ => bytes.truncate(at.max(1)),
            }
        }
        for policy in Policy::ALL {
            let options = DeidentifyOptions { secret: Phi::new(SECRET), ..DeidentifyOptions::of(policy) };
            let _ = deidentify(&Input::new(&bytes, Label::Unknown), &options);
        }
    }
}

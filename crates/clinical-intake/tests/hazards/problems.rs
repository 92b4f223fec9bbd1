//! What the patient has, had, may have, does not have, and what the mother has.

use crate::{noticed, text, with};
use clinical_model::{Assertion, FindingCode};

fn assertion(name: &str, rest: &str) -> Assertion {
    let json = format!(r#"{{"resourceType": "Condition", {rest} "code": {{"text": "{name}"}}}}"#);
    with(&json, |record, findings| {
        let c = &record.conditions[0];
        let coded = if rest.is_empty() { Assertion::Present } else { c.assertion };
        assert_eq!(noticed(findings, FindingCode::WordsDisagree), c.assertion != coded, "{name}");
        c.assertion
    })
}

#[test]
fn negation_in_the_name_keeps_its_meaning() {
    for name in [
        "No evidence of heart attack",
        "Ruled out: pulmonary embolism",
        "Negative for stroke",
        "Denies chest pain",
        "PE (ruled out)",
    ] {
        assert_eq!(assertion(name, ""), Assertion::Absent, "{name}");
    }
}

#[test]
fn rule_out_stays_possible() {
    for name in ["Rule out appendicitis", "R/O sepsis", "?pneumonia", "Suspected COVID-19", "Concern for abuse"] {
        assert_eq!(assertion(name, ""), Assertion::Possible, "{name}");
    }
}

#[test]
fn a_relatives_problem_stays_the_relatives() {
    for name in ["Family history of breast cancer", "Mother had diabetes", "FHx: colon cancer"] {
        assert_eq!(assertion(name, ""), Assertion::Family, "{name}");
    }
}

#[test]
fn history_is_past_also_where_it_is_coded() {
    assert_eq!(assertion("s/p hip replacement", ""), Assertion::Historical);
    let json = r#"{"resourceType": "Condition", "clinicalStatus": {"coding": [{"code": "active"}]},
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "428251000124104", "display": "History of appendectomy (situation)"}]}}"#;
    with(json, |record, _| assert_eq!(record.conditions[0].assertion, Assertion::Historical));
}

#[test]
fn words_that_only_look_like_cues_change_nothing() {
    for name in [
        "Ruled outcome",
        "Negative pressure ventilation",
        "Familial hypercholesterolemia",
        "Past-pointing",
        "No light perception",
    ] {
        assert_eq!(assertion(name, ""), Assertion::Present, "{name}");
    }
}

#[test]
fn words_never_strengthen_the_status() {
    let refuted = r#""verificationStatus": {"coding": [{"code": "refuted"}]},"#;
    assert_eq!(assertion("History of asthma", refuted), Assertion::Absent);
    assert_eq!(assertion("Suspected asthma", refuted), Assertion::Absent);
    let resolved = r#""clinicalStatus": {"coding": [{"code": "resolved"}]},"#;
    assert_eq!(assertion("Possible gout", resolved), Assertion::Historical);
    let unsure = r#""verificationStatus": {"coding": [{"code": "unconfirmed"}]},"#;
    assert_eq!(assertion("History of gout", unsure), Assertion::Possible);
}

#[test]
fn the_shown_words_of_a_code_count_beside_the_authors_text() {
    let json = r#"{"resourceType": "Condition", "code": {"text": "Breast cancer",
        "coding": [{"display": "Family history of malignant neoplasm of breast"}]}}"#;
    with(json, |record, _| assert_eq!(record.conditions[0].assertion, Assertion::Family));
}

#[test]
fn the_end_of_an_onset_is_not_the_end_of_the_problem() {
    let json = r#"{"resourceType": "Condition", "code": {"text": "Asthma"}, "onsetPeriod": {"start": "2001", "end": "2002"}, "recordedDate": "2020-01-01"}"#;
    with(json, |record, _| {
        let onset = record.conditions[0].onset.as_ref().unwrap();
        assert_eq!((text(onset.start.as_ref()), text(onset.end.as_ref())), (Some("2001"), None));
    });
}

#[test]
fn when_it_was_written_down_is_not_when_it_began() {
    let json = r#"{"resourceType": "Condition", "code": {"text": "Asthma"}, "recordedDate": "2020-01-01"}"#;
    with(json, |record, _| {
        assert!(record.conditions[0].onset.is_none());
        assert_eq!(text(record.conditions[0].recorded.as_ref()), Some("2020-01-01"));
    });
}

#[test]
fn onset_in_years_in_words_and_as_a_range() {
    let read = |onset: &str, look: fn(&clinical_model::Condition<'_>) -> bool| {
        let json = format!(r#"{{"resourceType": "Condition", "code": {{"text": "Asthma"}}, {onset}}}"#);
        assert!(with(&json, |record, _| look(&record.conditions[0])), "{onset}");
    };
    read(r#""onsetAge": {"value": 12, "unit": "years"}"#, |c| {
        let age = c.onset_age.as_ref().unwrap();
        text(age.value.as_ref()) == Some("12") && text(age.shown_unit()) == Some("years")
    });
    read(r#""onsetString": "as a child""#, |c| text(c.onset_words.as_ref()) == Some("as a child"));
    read(r#""onsetRange": {"low": {"value": 3}, "high": {"value": 5}}"#, |c| {
        c.onset_range.is_some() && c.onset.is_none()
    });
}

#[test]
fn active_and_over_at_once_is_a_contradiction() {
    let json = r#"{"resourceType": "Condition", "clinicalStatus": {"coding": [{"code": "active"}]}, "abatementDateTime": "2020-01-01",
        "code": {"text": "Asthma"}, "severity": {"text": "Severe"}, "bodySite": [{"text": "left lung"}, {"text": "right lung"}]}"#;
    with(json, |record, _| {
        let c = &record.conditions[0];
        assert_eq!((c.assertion, c.contradicts), (Assertion::Present, true));
        assert_eq!(text(c.severity.as_ref().and_then(|s| s.name())), Some("Severe"));
        assert_eq!(c.body_sites.len(), 2);
    });
}

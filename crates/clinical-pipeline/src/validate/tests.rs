use super::*;
use std::sync::atomic::AtomicBool;

fn validated(text: &str, label: Label) -> Validated {
    validate(&Input::new(text.as_bytes(), label), Mode::Strict, Stop::never()).unwrap()
}

fn places(report: &Validated) -> Vec<(u32, u32, &str)> {
    report.issues.iter().map(|i| (i.line, i.column, i.key.as_ref())).collect()
}

#[test]
fn what_is_no_json_is_one_fatal_issue_with_its_place() {
    for (text, line, column, key) in [
        ("{\"resourceType\":\n\"Patient\",", 2, 11, "not-json"),
        ("{\"resourceType\":\"Patient\"} x", 1, 28, "not-json"),
        ("{\"a\":01}", 1, 7, "not-json"),
        ("A note.", 1, 1, "not-json"),
    ] {
        let report = validated(text, Label::Json);
        assert_eq!((report.is_valid, places(&report)), (false, vec![(line, column, key)]), "{text}");
        assert_eq!(report.issues[0].severity, Severity::Fatal);
    }
    let report = validate(&Input::new(b"{\"a\":\"\xff\"}", Label::Json), Mode::Strict, Stop::never()).unwrap();
    assert_eq!(places(&report), [(1, 7, "not-json")]);
}

#[test]
fn depth_and_width_end_in_one_issue() {
    let deep = validated(&"[".repeat(1 << 20), Label::Json);
    assert_eq!(places(&deep), [(1, 201, "too-deep")]);
    let wide = validated(&format!("[{}0]", "0,".repeat(1 << 16)), Label::Json);
    assert_eq!((wide.issues.len(), wide.issues[0].key.as_ref()), (1, "too-many-values"));
}

#[test]
fn a_type_is_told_if_fhir_has_it() {
    assert_eq!(validated("{\"resourceType\":\"Patient\"}", Label::Json).resource_type.as_deref(), Some("Patient"));
    for other in ["{\"resourceType\":\"AdaLovelace\"}", "{\"resourceType\":7}", "{}", "[]", "\"x\"", "null"] {
        assert_eq!(validated(other, Label::Json).resource_type, None, "{other}");
    }
}

#[test]
fn each_line_has_its_own_report_at_its_own_place() {
    let text = "\u{feff}{\"resourceType\":\"Patient\"}\r\n\n  {\"resourceType\":\n{\"resourceType\":\"Bundle\"}";
    let input = Input::new(text.as_bytes(), Label::NdJson);
    let reports: Vec<Validated> =
        validations(&input, Mode::Strict, Stop::never()).unwrap().map(Result::unwrap).collect();
    let told: Vec<_> = reports.iter().map(|r| (r.line, r.format())).collect();
    assert_eq!(told, [(Some(1), "fhir-resource"), (Some(3), ""), (Some(4), "fhir-bundle")]);
    assert_eq!(places(&reports[1]), [(3, 19, "not-json")]);
    assert_eq!(text.as_bytes()[reports[1].issues[0].offset], b'\n');
    let joined = validated(text, Label::NdJson);
    assert_eq!((joined.is_valid, joined.resource_type, joined.resources), (false, None, 2));
}

#[test]
fn without_a_label_lines_are_found_and_one_document_stays_one() {
    let two = "{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Patient\"}\n";
    assert_eq!(validated(two, Label::Unknown).resources, 2);
    assert_eq!(places(&validated(two, Label::Json)), [(2, 1, "not-json")], "it is said to be one document");
    let one = "{\"resourceType\":\"Patient\",\"text\":\n{\"status\":\"empty\"}\n}";
    let input = Input::new(one.as_bytes(), Label::Unknown);
    assert_eq!(validations(&input, Mode::Strict, Stop::never()).unwrap().count(), 1);
}

#[test]
fn nothing_and_xml_are_refused() {
    let refused = |text: &str, label| validate(&Input::new(text.as_bytes(), label), Mode::Strict, Stop::never());
    assert_eq!(refused("\u{feff} \n", Label::Json), Err(Error::Empty));
    for label in [Label::Unknown, Label::Xml, Label::Text] {
        assert_eq!(refused(" <Patient xmlns=\"http://hl7.org/fhir\"/>", label), Err(Error::NotValidated));
    }
    assert_eq!(places(&validated("<Patient/>", Label::Json)), [(1, 1, "not-json")], "it is said to be JSON");
}

#[test]
fn another_type_than_the_expected_one_is_an_error() {
    let mut report = validated("{\"resourceType\":\"Patient\"}", Label::Json);
    report.expect("Bundle");
    assert!(!report.is_valid && report.issues[0].key == "wrong-resource-type");
    let mut bundle = validated("{\"resourceType\":\"Bundle\",\"type\":\"collection\"}", Label::Json);
    let before = bundle.clone();
    bundle.expect("Bundle");
    assert_eq!(bundle, before);
    let mut broken = validated("{", Label::Json);
    broken.expect("Bundle");
    assert_eq!(broken.issues.len(), 1, "what cannot be read has no type");
}

#[test]
fn a_document_inside_another_has_the_places_of_the_outer_one() {
    let mut report = validated("{\"a\":\n01, 1}", Label::Json);
    report.move_by(10, 2, 4);
    assert_eq!((report.issues[0].offset, report.issues[0].line, report.issues[0].column), (17, 4, 2));
    let mut report = validated("{", Label::Json);
    report.move_by(10, 2, 4);
    assert_eq!((report.issues[0].line, report.issues[0].column), (3, 6));
}

#[test]
fn work_ends_when_asked() {
    let flag = AtomicBool::new(true);
    let input = Input::new(b"{}", Label::Json);
    assert_eq!(validate(&input, Mode::Strict, Stop::when(&flag)), Err(Error::Stopped));
}

#[test]
fn issues_of_many_lines_are_bounded() {
    let joined = validated(&"{\n".repeat(MOST + 5), Label::NdJson);
    assert_eq!((joined.issues.len(), joined.dropped), (MOST, 5));
}

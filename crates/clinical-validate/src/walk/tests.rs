//! What the walk finds, and what it leaves alone.

use crate::{Mode, Report, Severity, validate};
use clinical_json::Document;

fn report(json: &str) -> Report {
    let document = Document::parse(json.as_bytes()).expect("JSON");
    validate(&document, Mode::Strict, &|| false)
}

/// Keys and places of the errors.
fn errors(json: &str) -> Vec<(String, String)> {
    let issues = report(json).issues.into_iter().filter(|issue| issue.severity <= Severity::Error);
    issues.map(|issue| (issue.key.into_owned(), issue.expression)).collect()
}

/// A patient with these members.
fn patient(members: &str) -> String {
    format!(r#"{{"resourceType":"Patient",{members}}}"#)
}

#[track_caller]
fn one(json: &str, key: &str, expression: &str) {
    assert_eq!(errors(json), [(key.to_owned(), expression.to_owned())], "{json}");
}

#[track_caller]
fn none(json: &str) {
    assert_eq!(errors(json), [], "{json}");
}

#[test]
fn a_plain_patient_is_valid() {
    none(&patient(
        r#""id":"a-1","active":true,"name":[{"family":"Muster","given":["Anna",null],"_given":[null,{"extension":[{"url":
        "http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}]}],"gender":"female",
        "birthDate":"1980-02-29","contact":[{"name":{"text":"B"}}],"multipleBirthInteger":2"#,
    ));
}

#[test]
fn what_is_no_resource_is_said_at_the_root() {
    for json in ["[]", r#""x""#, "1", "null"] {
        one(json, "not-an-object", "Resource");
    }
    one("{}", "resource-type", "Resource");
    one(r#"{"resourceType":"Pation"}"#, "resource-type", "Resource");
    one(r#"{"resourceType":["Patient"]}"#, "resource-type", "Resource.resourceType");
    one(r#"{"resourceType":"DomainResource"}"#, "resource-type", "Resource");
}

#[test]
fn unknown_names_are_counted_and_never_told() {
    one(&patient(r#""active":true,"annaMuster":1"#), "unknown-element", "Patient.member(2)");
    one(&patient(r#""name":[{"birthDate":"1980"}]"#), "unknown-element", "Patient.name[0].birthDate");
    one(&patient(r#""_name":[{}]"#), "unknown-element", "Patient.name");
    one(
        &patient(r#""contact":[{"resourceType":"x","name":{"text":"A"}}]"#),
        "unknown-element",
        "Patient.contact[0].resourceType",
    );
}

#[test]
fn arrays_stand_where_an_element_repeats() {
    one(&patient(r#""name":{"text":"A"}"#), "array", "Patient.name");
    one(&patient(r#""birthDate":["1980"]"#), "not-an-array", "Patient.birthDate");
    one(&patient(r#""name":[]"#), "empty-array", "Patient.name");
    one(&patient(r#""name":[[{"text":"A"}]]"#), "array-in-array", "Patient.name[0]");
    one(&patient(r#""name":["A"]"#), "json-type", "Patient.name[0]");
    one(&patient(r#""name":[{"text":{"a":1}}]"#), "json-type", "Patient.name[0].text");
}

#[test]
fn nothing_is_empty_or_null() {
    one(&patient(r#""maritalStatus":{}"#), "empty-object", "Patient.maritalStatus");
    one(&patient(r#""maritalStatus":{"id":"a"}"#), "ele-1", "Patient.maritalStatus");
    one(&patient(r#""birthDate":"""#), "empty-value", "Patient.birthDate");
    one(&patient(r#""meta":null"#), "null", "Patient.meta");
    one(&patient(r#""name":[{"given":["A",null]}]"#), "null", "Patient.name[0].given[1]");
    one(&patient(r#""name":[{"given":["A",null],"_given":[null,null]}]"#), "null", "Patient.name[0].given[1]");
    one(&patient(r#""name":[{"_given":[null]}]"#), "null", "Patient.name[0].given[0]");
}

#[test]
fn values_have_their_kind_of_json_and_their_form() {
    one(&patient(r#""active":"true""#), "json-type", "Patient.active");
    one(&patient(r#""multipleBirthInteger":"2""#), "json-type", "Patient.multipleBirth.ofType(integer)");
    one(&patient(r#""birthDate":1980"#), "json-type", "Patient.birthDate");
    one(&patient(r#""birthDate":"1980-02-30""#), "date-day", "Patient.birthDate");
    one(&patient(r#""id":"a b""#), "id-format", "Patient.id");
    one(&patient(r#""multipleBirthInteger":2.0"#), "integer-format", "Patient.multipleBirth.ofType(integer)");
}

#[test]
fn what_must_be_there_is_there() {
    one(r#"{"resourceType":"Observation","code":{"text":"x"}}"#, "required-status", "Observation");
    one(&patient(r#""communication":[{"preferred":true}]"#), "required-language", "Patient.communication[0]");
    // A primitive whose twin says why it is not there is there.
    none(
        r#"{"resourceType":"Observation","code":{"text":"x"},"_status":{"extension":[{"url":
        "http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}}"#,
    );
}

#[test]
fn one_type_of_a_choice_may_be_there() {
    let both = patient(r#""deceasedBoolean":true,"deceasedDateTime":"2020""#);
    one(&both, "one-of-choice", "Patient.deceased.ofType(dateTime)");
    one(&patient(r#""deceasedString":"yes""#), "unknown-element", "Patient.deceasedString");
    none(
        &patient(r#""deceasedBoolean":true,"_deceasedBoolean":{"id":"a"}"#)
            .replace(r#""id":"a""#, r#""id":"a","extension":[{"url":"http://example.org/x","valueString":"y"}]"#),
    );
}

#[test]
fn required_codes_come_from_their_set() {
    one(&patient(r#""gender":"weiblich""#), "binding", "Patient.gender");
    one(&patient(r#""language":"not a tag""#), "binding", "Patient.language");
    let condition = |system: &str, code: &str| {
        format!(
            r#"{{"resourceType":"Condition","subject":{{"display":"A"}},"verificationStatus":{{"coding":[{{"system":"{system}","code":"{code}"}}]}}}}"#
        )
    };
    let system = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    none(&condition(system, "confirmed"));
    one(&condition(system, "sure"), "binding", "Condition.verificationStatus");
    one(&condition("http://example.org", "confirmed"), "binding", "Condition.verificationStatus");
}

#[test]
fn a_second_member_of_a_name_is_said() {
    one(&patient(r#""active":true,"active":true"#), "duplicate-member", "Patient.active");
}

#[test]
fn resources_inside_are_of_their_own_type() {
    let bundle = |resource: &str| {
        format!(
            r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"fullUrl":"urn:uuid:6f6dd2b0-7a2c-4c7e-9b0a-2f4f1e1f5a10","resource":{resource}}}]}}"#
        )
    };
    one(&bundle(&patient(r#""gender":"x""#)), "binding", "Bundle.entry[0].resource.gender");
    one(&bundle(r#"{"resourceType":"Nothing"}"#), "resource-type", "Bundle.entry[0].resource");
    one(&bundle(r#""x""#), "not-an-object", "Bundle.entry[0].resource");
    let parameters = r#"{"resourceType":"Parameters","parameter":[{"name":"a","part":[{"name":"b","resource":
        {"resourceType":"Patient","birthDate":"x"}}]}]}"#;
    one(parameters, "date-format", "Parameters.parameter[0].part[0].resource.birthDate");
}

#[test]
fn contained_resources_are_named_and_plain() {
    let with = |inner: &str, reference: &str| {
        format!(
            r##"{{"resourceType":"Observation","status":"final","code":{{"text":"x"}},"contained":[{{"resourceType":"Patient",{inner}}}],
            "subject":{{"reference":"{reference}"}}}}"##
        )
    };
    none(&with(r#""id":"p""#, "#p"));
    one(&with(r#""id":"p""#, "Patient/1"), "dom-3", "Observation.contained[0]");
    one(&with(r#""id":"p","meta":{"versionId":"1"}"#, "#p"), "dom-4", "Observation.contained[0].meta.versionId");
    one(&with(r#""id":"p","birthDate":"x""#, "#p"), "date-format", "Observation.contained[0].birthDate");
}

#[test]
fn references_point_to_types_that_are_allowed() {
    let about = |subject: &str| {
        format!(
            r#"{{"resourceType":"Observation","status":"final","code":{{"text":"x"}},"subject":{{"reference":"{subject}"}}}}"#
        )
    };
    for good in
        ["Patient/1", "http://example.org/fhir/Group/1/_history/2", "urn:uuid:c757873d-ec9a-4326-a141-556f43239520"]
    {
        none(&about(good));
    }
    one(&about("Practitioner/1"), "reference-target", "Observation.subject");
    let bundle = format!(
        r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"fullUrl":"urn:uuid:a","resource":{}}},
        {{"fullUrl":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520","resource":{{"resourceType":"Practitioner"}}}}]}}"#,
        about("urn:uuid:c757873d-ec9a-4326-a141-556f43239520")
    );
    assert!(errors(&bundle).contains(&("reference-target".into(), "Bundle.entry[0].resource.subject".into())));
}

#[test]
fn known_extensions_keep_to_their_definition() {
    let url = "http://hl7.org/fhir/StructureDefinition";
    let with = |inner: &str| patient(&format!(r#""extension":[{{"url":"{url}/{inner}}}]"#));
    none(&with(r#"patient-birthPlace","valueAddress":{"text":"A"}"#));
    one(
        &with(r#"patient-birthPlace","valueString":"A""#),
        "extension-value",
        "Patient.extension[0].value.ofType(string)",
    );
    one(
        &with(r#"allergyintolerance-certainty","valueCodeableConcept":{"text":"A"}"#),
        "extension-context",
        "Patient.extension[0]",
    );
    one(&with(r#"patient-birthPlace""#), "ext-1", "Patient.extension[0]");
    let inner = r#"patient-nationality","extension":[{"url":"kode","valueString":"A"}]"#;
    one(&with(inner), "extension-inside", "Patient.extension[0].extension[0]");
    let inner = r#"patient-nationality","extension":[{"url":"code","valueString":"A"}]"#;
    one(&with(inner), "extension-value", "Patient.extension[0].extension[0].value.ofType(string)");
    let unknown = report(&patient(r#""extension":[{"url":"http://example.org/x","valueString":"A"}]"#));
    assert!(unknown.is_valid);
    assert!(unknown.issues.iter().any(|i| i.key == "extension-not-known" && i.severity == Severity::Information));
}

/// Where HL7's own definitions of R4 4.0.1 use an extension is a right place, also where its definition does not list it.
#[test]
fn extensions_stand_where_the_specification_uses_them() {
    let url = "http://hl7.org/fhir/StructureDefinition";
    let comment = format!(r#""extension":[{{"url":"{url}/valueset-concept-comments","valueString":"A"}}]"#);
    let system = |place: &str, concept: &str| {
        format!(
            r#"{{"resourceType":"CodeSystem",{place}"status":"draft","content":"complete","name":"A","concept":[{{{concept}"code":"a"}}]}}"#
        )
    };
    none(&system("", &format!("{comment},")));
    one(&system(&format!("{comment},"), ""), "extension-context", "CodeSystem.extension[0]");
    let version =
        format!(r#""extension":[{{"url":"{url}/structuredefinition-normative-version","valueCode":"4.0.0"}}],"#);
    none(&system(&version, ""));
    one(&system("", &version), "extension-context", "CodeSystem.concept[0].extension[0]");
}

#[test]
fn lenient_is_about_structure() {
    let json = patient(r#""gender":"x","birthDate":"y","nope":1"#);
    let document = Document::parse(json.as_bytes()).expect("JSON");
    let report = validate(&document, Mode::Lenient, &|| false);
    assert_eq!(report.issues.iter().map(|i| i.key.as_ref()).collect::<Vec<_>>(), ["unknown-element"]);
}

#[test]
fn a_wish_to_stop_is_no_verdict() {
    let many = vec![r#"{"text":"A"}"#; 10_000].join(",");
    let json = patient(&format!(r#""name":[{many}]"#));
    let document = Document::parse(json.as_bytes()).expect("JSON");
    let report = validate(&document, Mode::Strict, &|| true);
    assert!(report.stopped && !report.is_valid);
}

#[test]
fn more_issues_than_anybody_reads_are_counted() {
    let many = vec!["\"\""; 12_000].join(",");
    let report = report(&patient(&format!(r#""name":[{{"given":[{many}]}}]"#)));
    assert!(!report.is_valid);
    // One of them is the advice about narrative.
    assert_eq!((report.issues.len(), report.dropped), (10_000, 2_000 + 1));
    assert_eq!(report.issues.last().map(|i| i.expression.as_str()), Some("Patient.name[0].given[9999]"));
}

#[test]
fn depth_is_bounded_where_the_reader_does_not_bound_it() {
    let depth = 5_000;
    let open = r#"{"url":"http://example.org/x","extension":["#.repeat(depth);
    let json = patient(&format!(r#""extension":[{open}{}]"#, "]}".repeat(depth)));
    let limits = clinical_json::Limits { max_depth: u32::MAX, ..Default::default() };
    let document = Document::parse_with(json.as_bytes(), limits, &|| false).expect("JSON");
    let report = validate(&document, Mode::Strict, &|| false);
    assert_eq!(report.issues.iter().filter(|i| i.key == "too-deep").count(), 1);
}

#[test]
fn no_issue_tells_a_value() {
    let secret = "Zyxwvut";
    let json = format!(
        r##"{{"resourceType":"Observation","status":"{secret}","code":"{secret}","{secret}":1,"id":"{secret} {secret}",
        "subject":{{"reference":"Practitioner/{secret}","{secret}":[]}},"extension":[{{"url":"{secret}","valueString":"{secret}"}}],
        "contained":[{{"resourceType":"{secret}"}}],"meta":{{"profile":["http://{secret}"]}},"effectiveDateTime":"{secret}"}}"##
    );
    let report = report(&json);
    assert!(report.issues.len() > 8);
    assert!(!format!("{report:?}").contains(secret));
}

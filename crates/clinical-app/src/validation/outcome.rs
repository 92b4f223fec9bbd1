//! What was found as an `OperationOutcome` (FHIR R4, 2.36), with line and column as other validators write them.

use super::{diagnostics, expression};
use clinical_pipeline::{Validated, ValidationIssue};
use serde::Serialize;
use std::io::{self, Write};

/// Where a rule's key is from.
const RULES: &str = "urn:x-clinical-notes:rule";

/// The extension that the validator of FHIR puts a line into.
const LINE: &str = "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-line";

/// The same for a column.
const COLUMN: &str = "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-col";

#[derive(Serialize)]
struct OperationOutcome<'a> {
    #[serde(rename = "resourceType")]
    resource_type: &'static str,
    issue: Vec<Issue<'a>>,
}

/// FHIR knows no empty lists, so that what is not there is left out.
#[derive(Serialize)]
struct Issue<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<[Extension; 2]>,
    severity: &'static str,
    code: &'static str,
    details: Details<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diagnostics: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<[String; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expression: Option<[&'a str; 1]>,
}

#[derive(Serialize)]
struct Extension {
    url: &'static str,
    #[serde(rename = "valueInteger")]
    value: u32,
}

#[derive(Serialize)]
struct Details<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    coding: Option<[Coding<'a>; 1]>,
    text: &'a str,
}

#[derive(Serialize)]
struct Coding<'a> {
    system: &'static str,
    code: &'a str,
}

impl<'a> Issue<'a> {
    fn of(issue: &'a ValidationIssue) -> Self {
        let (line, column) = (issue.line, issue.column);
        Self {
            extension: Some([Extension { url: LINE, value: line }, Extension { url: COLUMN, value: column }]),
            severity: issue.severity.as_str(),
            code: issue.code.as_str(),
            details: Details { coding: Some([Coding { system: RULES, code: &issue.key }]), text: &issue.text },
            diagnostics: Some(diagnostics(issue)),
            location: Some([format!("Line[{line}] Col[{column}]")]),
            expression: expression(issue).map(|path| [path]),
        }
    }

    const fn said(text: &'a str) -> Self {
        Self {
            extension: None,
            severity: "information",
            code: "informational",
            details: Details { coding: None, text },
            diagnostics: None,
            location: None,
            expression: None,
        }
    }
}

/// Writes the outcome. It has one issue at least, so that what is valid says so.
///
/// # Errors
/// As the writer.
pub fn write_outcome(out: &mut dyn Write, report: &Validated, is_pretty: bool) -> io::Result<()> {
    let more = format!("{} more issues were found and are not listed", report.dropped);
    let mut issue: Vec<Issue<'_>> = report.issues.iter().map(Issue::of).collect();
    if report.dropped > 0 {
        issue.push(Issue::said(&more));
    }
    if issue.is_empty() {
        issue.push(Issue::said("No issue was found"));
    }
    let outcome = OperationOutcome { resource_type: "OperationOutcome", issue };
    if is_pretty { serde_json::to_writer_pretty(out, &outcome) } else { serde_json::to_writer(out, &outcome) }?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clinical_pipeline::{IssueCode, IssueSeverity};
    use serde_json::{Value, json};

    fn written(report: &Validated) -> Value {
        let mut out = Vec::new();
        write_outcome(&mut out, report, false).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    fn issue(expression: &str) -> ValidationIssue {
        ValidationIssue {
            offset: 9,
            severity: IssueSeverity::Error,
            code: IssueCode::Required,
            key: "missing-element".into(),
            expression: expression.to_owned(),
            line: 2,
            column: 5,
            text: "An element is missing".into(),
        }
    }

    #[test]
    fn an_issue_has_its_place_in_every_way() {
        let report = Validated { issues: vec![issue("Patient.link[0]")], ..Validated::default() };
        let expected = json!({
            "extension": [{ "url": LINE, "valueInteger": 2 }, { "url": COLUMN, "valueInteger": 5 }],
            "severity": "error",
            "code": "required",
            "details": {
                "coding": [{ "system": "urn:x-clinical-notes:rule", "code": "missing-element" }],
                "text": "An element is missing",
            },
            "diagnostics": "line 2, column 5, rule missing-element",
            "location": ["Line[2] Col[5]"],
            "expression": ["Patient.link[0]"],
        });
        assert_eq!(written(&report), json!({ "resourceType": "OperationOutcome", "issue": [expected] }));
    }

    #[test]
    fn there_is_always_an_issue_and_never_an_empty_list() {
        let fine = written(&Validated { is_valid: true, ..Validated::default() });
        assert_eq!(fine["issue"][0]["severity"], "information");
        assert_eq!(fine["issue"].as_array().unwrap().len(), 1);
        let report = Validated { issues: vec![issue("")], dropped: 3, ..Validated::default() };
        let outcome = written(&report);
        assert!(outcome["issue"][0].get("expression").is_none());
        assert!(outcome["issue"][1]["details"]["text"].as_str().unwrap().starts_with("3 more"));
    }
}

//! Every line is an `AuditEvent` of FHIR R4, of the shapes of IHE BALP, and holds nothing that it must not.
//!
//! What is checked is written down here from the definition of R4 (4.0.1): every element that a line may have, with
//! its type, whether it must be there, and the value sets with the binding strength *required*:
//!
//! - required: `type`, `recorded`, `agent` (one or more), `agent.requestor`, `source`, `source.observer`, and where
//!   they are used `entity.detail.type` and `entity.detail.value[x]`;
//! - required value sets: `action` (C R U D E), `outcome` (0 4 8 12), `agent.network.type` (1 to 5).

use super::support::*;
use clinical_app::audit::{
    Access, Audit, Config, Model, Operation, Outcome, Program, REASONS, SecurityEvent, SecurityKind,
};
use serde_json::{Map, Value, json};

/// An element: its name, its type, whether it must be there, whether it repeats.
type Row = (&'static str, Type, bool, bool);

#[derive(Clone, Copy)]
enum Type {
    Text,
    Code(&'static [&'static str]),
    Uri,
    Instant,
    Bool,
    Decimal,
    Base64,
    Of(&'static [Row]),
}

use Type::{Base64, Bool, Code, Decimal, Instant, Of, Text, Uri};

const ANY: Type = Code(&[]);
const CODING: &[Row] = &[("system", Uri, false, false), ("code", ANY, false, false)];
const CONCEPT: &[Row] = &[("coding", Of(CODING), false, true)];
const IDENTIFIER: &[Row] = &[("value", Text, false, false)];
const REFERENCE: &[Row] = &[("identifier", Of(IDENTIFIER), false, false), ("display", Text, false, false)];
const NETWORK: &[Row] = &[("address", Text, false, false), ("type", Code(&["1", "2", "3", "4", "5"]), false, false)];
const AGENT: &[Row] = &[
    ("type", Of(CONCEPT), false, false),
    ("role", Of(CONCEPT), false, true),
    ("who", Of(REFERENCE), false, false),
    ("requestor", Bool, true, false),
    ("network", Of(NETWORK), false, false),
];
const SOURCE: &[Row] =
    &[("site", Text, false, false), ("observer", Of(REFERENCE), true, false), ("type", Of(CODING), false, true)];
const DETAIL: &[Row] = &[("type", Text, true, false), ("valueString", Text, true, false)];
const ENTITY: &[Row] = &[
    ("what", Of(REFERENCE), false, false),
    ("type", Of(CODING), false, false),
    ("role", Of(CODING), false, false),
    ("name", Text, false, false),
    ("detail", Of(DETAIL), false, true),
];
const INNER: &[Row] = &[
    ("url", Uri, true, false),
    ("valueString", Text, false, false),
    ("valueDecimal", Decimal, false, false),
    ("valueBase64Binary", Base64, false, false),
];
const EXTENSION: &[Row] = &[("url", Uri, true, false), ("extension", Of(INNER), false, true)];
const AUDIT_EVENT: &[Row] = &[
    ("resourceType", Code(&["AuditEvent"]), true, false),
    ("type", Of(CODING), true, false),
    ("subtype", Of(CODING), false, true),
    ("action", Code(&["C", "R", "U", "D", "E"]), false, false),
    ("recorded", Instant, true, false),
    ("outcome", Code(&["0", "4", "8", "12"]), false, false),
    ("outcomeDesc", Text, false, false),
    ("agent", Of(AGENT), true, true),
    ("source", Of(SOURCE), true, false),
    ("entity", Of(ENTITY), false, true),
    ("extension", Of(EXTENSION), false, true),
];

fn wrong(object: &Map<String, Value>, rows: &[Row], at: &str, faults: &mut Vec<String>) {
    for (name, ..) in rows.iter().filter(|(name, _, must, _)| *must && !object.contains_key(*name)) {
        faults.push(format!("{at}.{name} is missing"));
    }
    if object.is_empty() {
        faults.push(format!("{at} is empty"));
    }
    for (name, value) in object {
        let at = format!("{at}.{name}");
        match (rows.iter().find(|row| row.0 == name), value) {
            (None, _) => faults.push(format!("{at} is no element")),
            (Some((_, kind, _, true)), Value::Array(values)) if !values.is_empty() => {
                values.iter().for_each(|value| wrong_value(value, *kind, &at, faults));
            }
            (Some((_, kind, _, false)), value) => wrong_value(value, *kind, &at, faults),
            _ => faults.push(format!("{at} is no list, or an empty one")),
        }
    }
}

fn wrong_value(value: &Value, kind: Type, at: &str, faults: &mut Vec<String>) {
    let text = value.as_str();
    let is_right = match kind {
        Of(rows) => {
            return match value.as_object() {
                Some(object) => wrong(object, rows, at, faults),
                None => faults.push(format!("{at} is no object")),
            };
        }
        Text => text.is_some_and(|text| !text.trim().is_empty() && text.len() < 1 << 20),
        // A code has no space at its ends and no two together.
        Code([]) => text.is_some_and(|text| !text.is_empty() && !text.contains(char::is_whitespace)),
        Code(values) => text.is_some_and(|text| values.contains(&text)),
        Uri => text.is_some_and(|text| !text.is_empty() && !text.contains(char::is_whitespace)),
        Instant => text.is_some_and(|text| {
            let mask: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            mask == "0000-00-00T00:00:00.000000Z"
        }),
        Bool => value.is_boolean(),
        Decimal => value.is_number(),
        Base64 => text.is_some_and(|text| text.len() % 4 == 0),
    };
    if !is_right {
        faults.push(format!("{at} has a value that it cannot have"));
    }
}

fn faults(line: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let value: Value = serde_json::from_str(line).unwrap();
    wrong(value.as_object().unwrap(), AUDIT_EVENT, "AuditEvent", &mut faults);
    // val-audit: sev-1 of R4, an entity has a name or a query and not both; there are no queries here.
    faults
}

/// Lines of every kind, of both logs.
fn every_kind(folder: &Folder, program: &Program) -> Vec<String> {
    let config = Config { rotate_bytes: 30_000, ..config(folder) };
    let (audit, _) = Audit::start(&config, program, NOW).unwrap();
    let record = |access: Access<'_>| assert!(audit.record(&access).is_ok());
    for operation in Operation::ALL {
        record(Access { operation: *operation, ..access(0) });
    }
    for reason in REASONS {
        record(Access { outcome: Outcome::Refused(reason.code), status: 403, document: None, ..access(0) });
        record(Access { outcome: Outcome::Failed(reason.code), subject: None, roles: &[], ..access(0) });
    }
    record(Access { peer: Some("2001:db8::7".parse().unwrap()), subject: Some("Ada \"Lovelace\"\n{"), ..access(0) });
    record(Access { peer: None, subject: None, roles: &[], document: None, ..access(0) });
    let model = Model {
        name: "a \"model\"\\",
        served: Some("org/model@v1"),
        parameters: "temperature 0, seed 0, at most 2000 tokens",
        prompt: "1",
        asked: 12,
        kept: 7,
        refused: 5,
    };
    record(Access { model: Some(model), ..access(0) });
    record(Access { model: Some(Model { served: None, ..model }), ..access(0) });
    for kind in [
        SecurityKind::RefusedSetting("CLINICAL_HOST"),
        SecurityKind::VerificationFailed("page"),
        SecurityKind::Degraded("redis"),
        SecurityKind::Restored("redis"),
        SecurityKind::SinkBroken("syslog"),
        SecurityKind::SinkRecovered("syslog"),
        SecurityKind::LogChanged("audit-folder"),
    ] {
        audit.security(SecurityEvent::of_program(NOW, kind));
    }
    audit.stop(NOW);
    drop(audit);
    [lines(&folder.join("audit")), lines(&folder.join("security"))].concat()
}

#[test]
fn every_line_is_an_audit_event_of_fhir_r4() {
    let folder = Folder::new();
    let nameless = Program { site: String::new(), ..program() };
    for program in [program(), nameless, Program { site: "a \"site\"\\".to_owned(), ..program() }] {
        let lines = every_kind(&folder, &program);
        assert!(lines.len() > 70);
        for line in lines {
            assert_eq!(faults(&line), Vec::<String>::new(), "{line}");
            assert!(line.len() < 4096, "more than a pipe takes at once");
        }
    }
}

#[test]
fn what_is_no_audit_event_would_be_seen() {
    let folder = Folder::new();
    let line: Value = serde_json::from_str(&every_kind(&folder, &program())[3]).unwrap();
    for (pointer, value) in [
        ("/outcome", json!("5")),
        ("/action", json!("X")),
        ("/recorded", json!("2025-03-01")),
        ("/agent", json!([])),
        ("/agent/0/requestor", json!("yes")),
        ("/agent/0/network/type", json!("ip")),
        ("/source/site", json!("")),
        ("/source/observer", json!({})),
        ("/entity/1/detail/0/valueString", json!(7)),
    ] {
        let mut line = line.clone();
        *line.pointer_mut(pointer).unwrap() = value;
        assert_eq!(faults(&line.to_string()).len(), 1, "{pointer}");
    }
    for name in ["type", "recorded", "agent", "source"] {
        let mut line = line.clone();
        line.as_object_mut().unwrap().remove(name);
        assert_eq!(faults(&line.to_string()), [format!("AuditEvent.{name} is missing")]);
    }
}

#[test]
fn an_access_has_the_agents_and_entities_of_balp() {
    let folder = Folder::new();
    let (audit, _) = start(&config(&folder));
    write(&audit, 1);
    audit.stop(NOW);
    let line: Value = serde_json::from_str(&lines(&folder.join("audit"))[1]).unwrap();
    // BasicAudit: type, and who asked, from where, of whom.
    assert_eq!(line["type"]["code"], "rest");
    assert_eq!(line["subtype"][0]["code"], "operation");
    let agent = |code: &str| {
        let agents = line["agent"].as_array().unwrap();
        agents.iter().find(|a| a["type"]["coding"].as_array().unwrap().iter().any(|c| c["code"] == code)).unwrap()
    };
    let (client, user, server) = (agent("110153"), agent("UserOauthAgent"), agent("110152"));
    assert_eq!(client["network"], json!({ "address": "192.0.2.7", "type": "2" }));
    assert_eq!(
        (&client["requestor"], &server["requestor"], &user["requestor"]),
        (&json!(false), &json!(false), &json!(true))
    );
    assert_eq!(user["who"]["identifier"]["value"], "auth0|5f7c8ec7");
    assert_eq!(user["role"][1]["coding"][0]["code"], "researcher");
    assert!(user.get("network").is_none() && user.get("name").is_none());
    assert_eq!(server["network"]["address"], "test.example");
    assert_eq!(line["source"]["observer"]["display"], "clinical-notes 0.1.0");
    assert_eq!(line["entity"][0]["type"]["code"], "XrequestId");
    assert_eq!(line["entity"][0]["what"]["identifier"]["value"], "4be0643f1d98573b97cdca98a65347dd");
    let details = |entity: usize| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        line["entity"][entity]["detail"]
            .as_array()
            .unwrap()
            .iter()
            .map(|d| (text(&d["type"]), text(&d["valueString"])))
            .collect()
    };
    let pairs =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
    assert_eq!(details(1), pairs(&[("kind", "fhir-r4"), ("bytes", "100000"), ("entries", "120")]));
    assert_eq!(details(2), pairs(&[("status", "200"), ("microseconds", "12345")]));
    assert_eq!(line["entity"][2]["name"], "POST /api/v1/summarize");
    // No entity for a person: BALP's patient is one of type 1 or role 1.
    assert!(line["entity"].as_array().unwrap().iter().all(|e| e["type"]["code"] != "1" && e["role"]["code"] != "1"));
}

#[test]
fn a_name_in_a_token_is_not_written() {
    let folder = Folder::new();
    let (audit, _) = start(&config(&folder));
    for subject in ["CANARY Lovelace", "CANARY@example.org", "CANARY\"}]}\n{\"x\":\""] {
        let outcome = Outcome::Refused("missing-scope");
        audit.record(&Access { subject: Some(subject), outcome, ..access(0) }).unwrap();
    }
    audit.stop(NOW);
    let lines = [lines(&folder.join("audit")), lines(&folder.join("security"))].concat();
    // Start, three denials, end; and start, started, the same denials, stopped, end.
    assert_eq!(lines.len(), 5 + 7);
    assert!(!lines.concat().contains("CANARY"));
    assert_eq!(lines.concat().matches("sha256:").count(), 6);
}

#[test]
fn a_denial_is_in_both_logs_and_a_bad_document_in_one() {
    let folder = Folder::new();
    let (audit, _) = start(&config(&folder));
    for (code, outcome) in
        [("no-token", "4"), ("missing-role", "8"), ("rate-limit", "4"), ("invalid-document", "4"), ("CANARY", "8")]
    {
        let sequence = audit.record(&Access { outcome: Outcome::Refused(code), ..access(0) }).unwrap().sequence;
        let line = lines(&folder.join("audit")).remove(usize::try_from(sequence).unwrap() - 1);
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["outcome"], outcome, "{code}");
        assert!(!line.contains("CANARY"));
    }
    audit.stop(NOW);
    let security = lines(&folder.join("security"));
    assert_eq!(security.iter().filter(|line| line.contains(r#""code":"refused""#)).count(), 4);
}

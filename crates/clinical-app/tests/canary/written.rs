//! All that a service wrote, looked at whole: its log, its messages, its audit and security logs, what it told a
//! collector. A line that has no known form fails, whatever stands in it.

use super::canaries::Canaries;
use super::folders::World;
use super::listener::Heard;
use clinical_app::log_fields::{self, EVENTS};
use clinical_app::log_file;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// Fails if a text holds an identifier.
pub(crate) fn clean(canaries: &Canaries, what: &str, text: &str) {
    if let Some(found) = canaries.found_in(text) {
        panic!("{found} in {what}:\n{text}");
    }
}

/// What may stand in an audit log, each in its own place and nowhere else.
#[derive(Default)]
pub(crate) struct Known {
    /// Subjects of tokens, in the form in which they may be written.
    pub(crate) subjects: BTreeSet<String>,
    /// Addresses of clients.
    pub(crate) addresses: BTreeSet<String>,
    /// The name that the operator gave the service.
    pub(crate) site: String,
}

/// Subjects and addresses that were met in an audit log.
#[derive(Default)]
pub(crate) struct Met {
    pub(crate) subjects: BTreeSet<String>,
    pub(crate) addresses: BTreeSet<String>,
}

impl Known {
    /// Looks at every line of an audit log.
    pub(crate) fn audit(&self, canaries: &Canaries, what: &str, text: &str) -> Met {
        let mut met = Met::default();
        for line in text.lines() {
            let mut event: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON in {what}: {line}"));
            assert_eq!(event["resourceType"], "AuditEvent", "{what}: {line}");
            assert!(!line.contains(":\"\""), "FHIR knows no empty texts: {line}");
            self.take_known(&mut event, &mut met);
            clean(canaries, what, &event.to_string());
        }
        met
    }

    /// Takes out of an event what may stand in it.
    fn take_known(&self, event: &mut Value, met: &mut Met) {
        if event["source"]["site"] == self.site {
            event["source"]["site"].take();
        }
        for agent in event["agent"].as_array_mut().unwrap() {
            let code = agent["type"]["coding"][0]["code"].as_str().unwrap_or_default().to_owned();
            let (at, known, met) = match code.as_str() {
                "110153" => ("/network/address", &self.addresses, &mut met.addresses),
                "IRCP" => ("/who/identifier/value", &self.subjects, &mut met.subjects),
                _ => {
                    if agent["network"]["address"] == self.site {
                        agent["network"]["address"].take();
                    }
                    continue;
                }
            };
            let Some(value) = agent.pointer_mut(at) else { continue };
            let text = value.as_str().unwrap_or_default().to_owned();
            if known.contains(&text) {
                value.take();
                met.insert(text);
            }
        }
    }

    /// Looks at all that stands in the folder of logs, and gives what was met in the audit log.
    pub(crate) fn folder(&self, canaries: &Canaries, world: &World, folder: &str) -> Met {
        let folder = world.path(folder);
        let mut files = 0;
        let mut met = Met::default();
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            clean(canaries, "the name of a log", &name);
            if name == log_file::NAME {
                log(canaries, &fs::read_to_string(entry.path()).unwrap());
                files += 1;
                continue;
            }
            assert!(["audit", "security"].contains(&name.as_str()), "a file that nobody knows: {name}");
            for file in fs::read_dir(entry.path()).unwrap().map(Result::unwrap) {
                let file_name = file.file_name().into_string().unwrap();
                clean(canaries, "the name of an audit log", &file_name);
                let text = fs::read_to_string(file.path()).unwrap();
                let here = self.audit(canaries, &name, &text);
                if name == "audit" {
                    met.subjects.extend(here.subjects);
                    met.addresses.extend(here.addresses);
                }
                files += usize::from(!text.is_empty());
            }
        }
        assert_eq!(files, 3, "application.log, an audit log and a security log");
        met
    }
}

/// Looks at every line of the log, and at what else stands on standard error.
pub(crate) fn log(canaries: &Canaries, text: &str) {
    for line in text.lines() {
        clean(canaries, "the log", line);
        assert!(is_known(line), "a line that nobody knows: {line}");
    }
}

/// A line of the log is made of the tables of the log; a sentence is one of those of `docs/LOGGING.md`.
fn is_known(line: &str) -> bool {
    if let Some(said) = line.strip_prefix("clinical-notes: ") {
        let is_fault = said.strip_prefix("internal fault at ").is_some_and(|at| !at.contains(' '));
        let is_key = said.strip_prefix("the audit log is signed by ").is_some_and(|key| key.len() == 44);
        let is_start = ["http://127.0.0.1:", "https://127.0.0.1:"].iter().any(|begin| said.starts_with(begin));
        return is_fault || is_key || is_start || said == "ended";
    }
    let Some((time, rest)) = line.split_once('Z') else { return false };
    let is_time = time.bytes().all(|b| b.is_ascii_digit() || b"-:.T".contains(&b));
    let Some((level, rest)) = rest.trim_start().split_once(' ') else { return false };
    let is_level = ["ERROR", "WARN", "INFO", "DEBUG", "TRACE"].contains(&level);
    if let Some(origin) = rest.strip_prefix("from ") {
        return is_time
            && is_level
            && origin.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    }
    let mut parts = rest.split(' ');
    let is_event = parts.next().is_some_and(|event| EVENTS.iter().any(|(known, _)| *known == event));
    let is_field = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        log_fields::find(name).is_some_and(|field| field.kind.admit(value.trim_matches('"')).is_some())
    };
    is_time && is_level && is_event && parts.all(is_field)
}

/// Looks at what a collector was sent. What the settings say shall be sent as a header may be.
pub(crate) fn telemetry(canaries: &Canaries, heard: &[Heard], header: &str) {
    for signal in ["/v1/traces", "/v1/logs", "/v1/metrics"] {
        assert!(heard.iter().any(|one| one.path == signal), "nothing came to {signal}");
    }
    for one in heard {
        assert!(!one.text.to_lowercase().contains("content-encoding:"), "what is packed cannot be looked at");
        assert!(one.text.contains(header));
        clean(canaries, &format!("what was sent to {}", one.path), &one.text.replace(header, ""));
    }
}

#[test]
fn only_lines_of_the_tables_are_known() {
    for line in [
        "clinical-notes: http://127.0.0.1:8000 (Ctrl-C ends it)",
        "clinical-notes: internal fault at src/fault.rs:1:2",
        "2026-01-01T00:00:00.123456Z  INFO request method=\"GET\" route=\"/samples/{name}\" status=200",
        "2026-01-01T00:00:00.123456Z DEBUG from hyper",
    ] {
        assert!(is_known(line), "{line}");
    }
    for line in [
        "",
        "clinical-notes: something else",
        "clinical-notes: internal fault at src/fault.rs:1:2: it said so",
        "2026-01-01T00:00:00.123456Z  INFO request path=\"/ada\"",
        "2026-01-01T00:00:00.123456Z  INFO request method=\"GET\" dropped=1",
        "2026-01-01T00:00:00.123456Z  INFO something",
        "2026-01-01T00:00:00.123456Z  INFO from Ada Lovelace",
        "Ada Lovelace",
    ] {
        assert!(!is_known(line), "{line}");
    }
}

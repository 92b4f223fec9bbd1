//! One access, security event or checkpoint as a FHIR R4 `AuditEvent`, without the end of its line ([`super::seal`]).
//!
//! The shapes are those of IHE Basic Audit Log Patterns 1.1: a client, the user of the OAuth token and the server as
//! agents, the request's id as the entity `XrequestId`. Who the document is about is not known here, so there is no
//! entity for a patient; nothing of a document stands in a line but its kind and its size.

use super::access::{Access, Document, Model, Operation, Outcome, SecurityEvent};
use super::json::{digits, escape, subject};
use super::{Program, reasons, time};
use std::io::Write as _;
use std::net::IpAddr;

const CLIENT: &[u8] =
    br#""agent":[{"type":{"coding":[{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"110153"}]},"who":{"display":"client"},"requestor":"#;
const USER: &[u8] = br#"},{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"},{"system":"https://profiles.ihe.net/ITI/BALP/CodeSystem/UserAgentTypes","code":"UserOauthAgent"}]},"#;
const REQUEST_ID: &[u8] = br#"{"what":{"identifier":{"value":""#;
const REQUEST_ID_END: &[u8] = br#""}},"type":{"system":"https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType","code":"XrequestId"}}"#;
const DOCUMENT: &[u8] = br#",{"what":{"display":"document"},"type":{"system":"http://terminology.hl7.org/CodeSystem/audit-entity-type","code":"2"},"role":{"system":"http://terminology.hl7.org/CodeSystem/object-role","code":"4"},"detail":[{"type":"kind","valueString":""#;
const MODEL: &[u8] = br#",{"what":{"display":"language model"},"type":{"system":"http://terminology.hl7.org/CodeSystem/audit-entity-type","code":"4"},"detail":[{"type":"model","valueString":""#;
const JOB: &[u8] = br#"{"type":{"system":"http://terminology.hl7.org/CodeSystem/audit-entity-type","code":"4"},"role":{"system":"http://terminology.hl7.org/CodeSystem/object-role","code":"20"},"name":""#;
const LOG: &[u8] = br#","entity":[{"what":{"display":"audit log"},"type":{"system":"http://terminology.hl7.org/CodeSystem/audit-entity-type","code":"2"},"role":{"system":"http://terminology.hl7.org/CodeSystem/object-role","code":"13"},"detail":["#;

/// What is the same in every line of one process, made once.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The agent that is this service, for a request.
    server: Vec<u8>,
    /// The agent that is this service, for what it does by itself.
    alone: Vec<u8>,
    /// `source` and all that stands between it and the agents.
    source: Vec<u8>,
}

impl Frame {
    pub(super) fn of(program: &Program) -> Self {
        let quoted = |text: &str| {
            let mut out = Vec::new();
            escape(&mut out, text);
            String::from_utf8_lossy(&out).into_owned()
        };
        let name = quoted(&format!("{} {}", program.name, program.version));
        // A site without a name has no member: FHIR knows no empty strings.
        let site = quoted(&program.site);
        let network =
            if site.is_empty() { String::new() } else { format!(r#","network":{{"address":"{site}","type":"1"}}"#) };
        let agent = |code: &str| {
            format!(
                r#"{{"type":{{"coding":[{{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"{code}"}}]}},"who":{{"display":"{name}"}},"requestor":false{network}}}"#
            )
            .into_bytes()
        };
        let site = if site.is_empty() { String::new() } else { format!(r#""site":"{site}","#) };
        let source = format!(
            r#""source":{{{site}"observer":{{"display":"{name}"}},"type":[{{"system":"http://terminology.hl7.org/CodeSystem/security-source-type","code":"4"}}]}}"#
        );
        Self { server: agent("110152"), alone: agent("110150"), source: source.into_bytes() }
    }

    /// Writes an access.
    pub(super) fn access(&self, out: &mut Vec<u8>, access: &Access<'_>) {
        let (outcome, description) = match access.outcome {
            Outcome::Granted => ("0", "granted"),
            Outcome::Refused(code) | Outcome::Failed(code) => {
                let reason = reasons::find(code);
                (reason.outcome, reason.sentence)
            }
        };
        let (kind, interaction, action) = match access.operation {
            // DICOM has an event of its own for those who look into the audit log.
            Operation::ReadAudit => (DICOM_AUDIT_LOG_USED, None, "R"),
            _ => (REST, Some("operation"), "E"),
        };
        head(out, kind, interaction, ("operation", access.operation.as_str()), action);
        when(out, access.recorded, outcome, description);
        self.agents(out, access.peer, access.subject, access.roles);
        out.extend_from_slice(br#","entity":["#);
        out.extend_from_slice(REQUEST_ID);
        escape(out, access.request_id);
        out.extend_from_slice(REQUEST_ID_END);
        if let Some(document) = &access.document {
            self::document(out, document);
        }
        if let Some(model) = &access.model {
            self::model(out, model);
        }
        out.push(b',');
        out.extend_from_slice(JOB);
        escape(out, access.method);
        out.push(b' ');
        escape(out, access.route);
        out.extend_from_slice(br#"","detail":[{"type":"status","valueString":""#);
        digits(out, access.status.into(), 1);
        out.extend_from_slice(br#""},{"type":"microseconds","valueString":""#);
        digits(out, access.micros, 1);
        if let Outcome::Refused(code) | Outcome::Failed(code) = access.outcome {
            let how = if matches!(access.outcome, Outcome::Refused(_)) { "refused" } else { "failed" };
            out.extend_from_slice(br#""},{"type":""#);
            out.extend_from_slice(how.as_bytes());
            out.extend_from_slice(br#"","valueString":""#);
            out.extend_from_slice(reasons::find(code).code.as_bytes());
        }
        out.extend_from_slice(br#""}]}]"#);
    }

    /// Writes a security event.
    pub(super) fn security(&self, out: &mut Vec<u8>, event: &SecurityEvent<'_>) {
        let (name, about, outcome, description) = event.kind.parts();
        head(out, DICOM_SECURITY_ALERT, None, ("security", name), "E");
        let (outcome, description) = match event.kind {
            super::SecurityKind::Refused(code) => (reasons::find(code).outcome, reasons::find(code).sentence),
            _ => (outcome, description),
        };
        when(out, event.recorded, outcome, description);
        if event.peer.is_some() || event.subject.is_some() || event.request_id.is_some() {
            self.agents(out, event.peer, event.subject, &[]);
        } else {
            out.extend_from_slice(br#""agent":["#);
            out.extend_from_slice(&self.alone);
            out.extend_from_slice(b"],");
            out.extend_from_slice(&self.source);
        }
        if event.request_id.is_none() && about.is_none() {
            return;
        }
        out.extend_from_slice(br#","entity":["#);
        if let Some(id) = event.request_id {
            out.extend_from_slice(REQUEST_ID);
            escape(out, id);
            out.extend_from_slice(REQUEST_ID_END);
        }
        if let Some(about) = about {
            if event.request_id.is_some() {
                out.push(b',');
            }
            out.extend_from_slice(JOB);
            escape(out, name);
            out.extend_from_slice(br#"","detail":[{"type":"about","valueString":""#);
            escape(out, about);
            out.extend_from_slice(br#""}]}"#);
        }
        out.push(b']');
    }

    /// Writes a checkpoint: why it stands here, and numbers and words of ours under their names.
    pub(super) fn checkpoint(&self, out: &mut Vec<u8>, recorded: u64, why: Why, details: &[(&str, &str)]) {
        let kind = match why {
            Why::Start => DICOM_APPLICATION_START,
            Why::Stop => DICOM_APPLICATION_STOP,
            _ => DICOM_APPLICATION,
        };
        head(out, kind, None, ("checkpoint", why.as_str()), "E");
        when(out, recorded, if why == Why::Recovery { "4" } else { "0" }, "checkpoint");
        out.extend_from_slice(br#""agent":["#);
        out.extend_from_slice(&self.alone);
        out.extend_from_slice(b"],");
        out.extend_from_slice(&self.source);
        out.extend_from_slice(LOG);
        for (at, (name, value)) in details.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            out.extend_from_slice(br#"{"type":""#);
            escape(out, name);
            out.extend_from_slice(br#"","valueString":""#);
            escape(out, value);
            out.extend_from_slice(br#""}"#);
        }
        out.extend_from_slice(b"]}]");
    }

    fn agents(&self, out: &mut Vec<u8>, peer: Option<IpAddr>, user: Option<&str>, roles: &[&str]) {
        out.extend_from_slice(CLIENT);
        // Who asked: the user where there is one. FHIR wants one requestor.
        out.extend_from_slice(if user.is_some() { b"false" } else { b"true" });
        if let Some(peer) = peer {
            out.extend_from_slice(br#","network":{"address":""#);
            // Writing to memory does not fail.
            let _ = write!(out, "{}", peer.to_canonical());
            out.extend_from_slice(br#"","type":"2"}"#);
        }
        if let Some(user) = user {
            out.extend_from_slice(USER);
            for (at, role) in roles.iter().enumerate() {
                out.extend_from_slice(if at == 0 { br#""role":["#.as_slice() } else { b"," });
                out.extend_from_slice(br#"{"coding":[{"system":"urn:x-clinical-notes:role","code":""#);
                escape(out, role);
                out.extend_from_slice(br#""}]}"#);
            }
            if !roles.is_empty() {
                out.extend_from_slice(b"],");
            }
            out.extend_from_slice(br#""who":{"identifier":{"value":""#);
            subject(out, user);
            out.extend_from_slice(br#""}},"requestor":true"#);
        }
        out.extend_from_slice(b"},");
        out.extend_from_slice(&self.server);
        out.extend_from_slice(b"],");
        out.extend_from_slice(&self.source);
    }
}

/// `AuditEvent.type`: system and code, and a code of the same system for `subtype`.
type Kind = (&'static str, &'static str, Option<&'static str>);
const DICOM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const REST: Kind = ("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", None);
const DICOM_APPLICATION: Kind = (DICOM, "110100", None);
const DICOM_APPLICATION_START: Kind = (DICOM, "110100", Some("110120"));
const DICOM_APPLICATION_STOP: Kind = (DICOM, "110100", Some("110121"));
const DICOM_AUDIT_LOG_USED: Kind = (DICOM, "110101", None);
const DICOM_SECURITY_ALERT: Kind = (DICOM, "110113", None);

/// From the beginning to `action`. `ours` is a list of codes of our own and a code of it.
fn head(out: &mut Vec<u8>, kind: Kind, interaction: Option<&str>, ours: (&str, &str), action: &str) {
    let mut put = |text: &str| out.extend_from_slice(text.as_bytes());
    let (system, code, narrower) = kind;
    for part in
        [r#"{"resourceType":"AuditEvent","type":{"system":""#, system, r#"","code":""#, code, r#""},"subtype":["#]
    {
        put(part);
    }
    for (system, code) in
        [interaction.map(|code| ("http://hl7.org/fhir/restful-interaction", code)), narrower.map(|code| (system, code))]
            .into_iter()
            .flatten()
    {
        for part in [r#"{"system":""#, system, r#"","code":""#, code, r#""},"#] {
            put(part);
        }
    }
    for part in
        [r#"{"system":"urn:x-clinical-notes:"#, ours.0, r#"","code":""#, ours.1, r#""}],"action":""#, action, r#"","#]
    {
        put(part);
    }
}

fn when(out: &mut Vec<u8>, recorded: u64, outcome: &str, description: &str) {
    out.extend_from_slice(br#""recorded":""#);
    time::write(out, recorded);
    for part in [r#"","outcome":""#, outcome, r#"","outcomeDesc":""#, description, r#"","#] {
        out.extend_from_slice(part.as_bytes());
    }
}

fn document(out: &mut Vec<u8>, document: &Document) {
    out.extend_from_slice(DOCUMENT);
    escape(out, document.kind);
    out.extend_from_slice(br#""},{"type":"bytes","valueString":""#);
    digits(out, document.bytes, 1);
    out.extend_from_slice(br#""},{"type":"entries","valueString":""#);
    digits(out, document.entries, 1);
    out.extend_from_slice(br#""}]}"#);
}

fn model(out: &mut Vec<u8>, model: &Model<'_>) {
    out.extend_from_slice(MODEL);
    escape(out, model.name);
    let served = model.served.map(|served| ("served", served));
    for (name, text) in served.into_iter().chain([("parameters", model.parameters), ("prompt", model.prompt)]) {
        detail(out, name);
        escape(out, text);
    }
    for (name, count) in [("asked", model.asked), ("kept", model.kept), ("refused", model.refused)] {
        detail(out, name);
        digits(out, count, 1);
    }
    out.extend_from_slice(br#""}]}"#);
}

/// Ends the value of the detail before and begins the next one.
fn detail(out: &mut Vec<u8>, name: &str) {
    for part in [r#""},{"type":""#, name, r#"","valueString":""#] {
        out.extend_from_slice(part.as_bytes());
    }
}

/// Why a checkpoint stands where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Why {
    /// The program has begun.
    Start,
    /// The file ends because it is large; the next one goes on.
    Rotation,
    /// The first line of the next file.
    Continue,
    /// Some time has passed: what stands before can from now on not be changed without the key.
    Interval,
    /// Writing was cut off before this line, by the end of the process or by a sink that broke.
    Recovery,
    /// The program ends.
    Stop,
}

impl Why {
    const ALL: [Self; 6] = [Self::Start, Self::Rotation, Self::Continue, Self::Interval, Self::Recovery, Self::Stop];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Rotation => "rotation",
            Self::Continue => "continue",
            Self::Interval => "interval",
            Self::Recovery => "recovery",
            Self::Stop => "stop",
        }
    }

    pub(super) fn from_str(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == text)
    }
}

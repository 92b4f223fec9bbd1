//! What is said of a request and of an event, in the names of OpenTelemetry's semantic conventions.

use super::Level;
use crate::log_fields::{self, EVENTS, Kind};
use opentelemetry::logs::{AnyValue, LogRecord, Severity};
use opentelemetry::{Key, KeyValue, Value};

/// `http.request.method`; what HTTP does not know is `_OTHER` there.
pub(super) fn method(word: &'static str) -> KeyValue {
    KeyValue::new("http.request.method", if word == "other" { "_OTHER" } else { word })
}

/// `http.route`, for a request that has one.
pub(super) fn route(pattern: &'static str) -> Option<KeyValue> {
    (pattern != "-").then(|| KeyValue::new("http.route", pattern))
}

/// `url.scheme`
pub(super) fn scheme(secure: bool) -> KeyValue {
    KeyValue::new("url.scheme", if secure { "https" } else { "http" })
}

/// `http.response.status_code`
pub(super) fn status(status: u16) -> KeyValue {
    KeyValue::new("http.response.status_code", i64::from(status))
}

/// `error.type`: for a fault of ours it is the status, as the conventions say.
pub(super) fn error(status: u16) -> Option<KeyValue> {
    (status >= 500).then(|| KeyValue::new("error.type", Value::from(status.to_string())))
}

/// Fills a log record. What the tables of the log do not have does not get in.
pub(super) fn fill(record: &mut impl LogRecord, level: Level, event: &str, fields: &[(&str, &str)]) -> bool {
    let Some((event, _)) = EVENTS.iter().find(|(known, _)| *known == event) else { return false };
    let (severity, text) = match level {
        Level::Error => (Severity::Error, "ERROR"),
        Level::Warn => (Severity::Warn, "WARN"),
        Level::Info => (Severity::Info, "INFO"),
    };
    record.set_event_name(event);
    record.set_body(AnyValue::from(*event));
    record.set_severity_number(severity);
    record.set_severity_text(text);
    for (name, value) in fields {
        let Some(field) = log_fields::find(name) else { continue };
        let Some(value) = field.kind.admit(value) else { continue };
        record.add_attribute(attribute(field.name), admitted(field.kind, value));
    }
    true
}

fn admitted(kind: Kind, value: &str) -> AnyValue {
    match value.parse::<i64>() {
        Ok(number) if kind == Kind::Number => AnyValue::from(number),
        _ => AnyValue::from(value.to_owned()),
    }
}

/// The name of a field of the log among the conventions; ours keep their own, with a prefix.
fn attribute(field: &'static str) -> Key {
    match field {
        "id" => Key::from_static_str("clinical.request_id"),
        "method" => Key::from_static_str("http.request.method"),
        "route" => Key::from_static_str("http.route"),
        "status" => Key::from_static_str("http.response.status_code"),
        other => Key::from(format!("clinical.{other}")),
    }
}

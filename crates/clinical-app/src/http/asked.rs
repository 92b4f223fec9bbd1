//! A request around a document: `{document | bundle | text, policy, subject, allow, deny}`.

use crate::peek::Fault;
use clinical_pipeline::{Label, Policy};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// What the body asks for. `Debug` shows nothing of it.
pub(super) struct Asked<'a> {
    /// The document.
    pub(super) bytes: Cow<'a, [u8]>,
    /// What it is said to be.
    pub(super) label: Label,
    /// What stands in the place of an identifier, where the body says so.
    pub(super) policy: Option<Policy>,
    /// Whose document it is.
    pub(super) subject: Option<String>,
    /// Texts that are no identifiers.
    pub(super) allow: Vec<String>,
    /// Texts that are never to be seen.
    pub(super) deny: Vec<String>,
}

impl fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked").finish_non_exhaustive()
    }
}

/// The members of the request, as they stand.
#[derive(Deserialize)]
struct Members<'a> {
    #[serde(borrow, rename = "resourceType")]
    resource_type: Option<&'a RawValue>,
    #[serde(borrow)]
    document: Option<&'a RawValue>,
    #[serde(borrow)]
    bundle: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Option<&'a RawValue>,
    #[serde(borrow)]
    policy: Option<&'a RawValue>,
    #[serde(borrow)]
    subject: Option<&'a RawValue>,
    #[serde(borrow)]
    allow: Option<&'a RawValue>,
    #[serde(borrow)]
    deny: Option<&'a RawValue>,
}

/// A FHIR resource says what it is.
#[derive(Deserialize)]
struct Typed {
    #[serde(rename = "resourceType")]
    _resource_type: String,
}

const fn fault(expression: &'static str, message: &'static str) -> Fault {
    Fault { expression, message }
}

const ONE: Fault = fault("document", "the request must have one of document, bundle and text");
const BUNDLE: Fault = fault("bundle", "bundle must be a FHIR resource: an object with a resourceType");
const TEXT: Fault = fault("text", "text must be a text");

/// Reads a body. What is no such request is a document as it stands, and the pipeline says what is wrong with it.
pub(super) fn read(body: &[u8], label: Label) -> Result<Asked<'_>, Fault> {
    let bare = |bytes| Asked { bytes, label, policy: None, subject: None, allow: Vec::new(), deny: Vec::new() };
    let may_be_one = matches!(label, Label::Unknown | Label::Json) && body.trim_ascii_start().starts_with(b"{");
    let Some(members) = may_be_one.then(|| serde_json::from_slice::<Members<'_>>(body).ok()).flatten() else {
        return Ok(bare(body.into()));
    };
    if members.resource_type.is_some() {
        return Ok(bare(body.into()));
    }
    let (bytes, label) = match (members.document, members.bundle, members.text) {
        (None, None, None) => return Ok(bare(body.into())),
        (Some(raw), None, None) => match serde_json::from_str::<String>(raw.get()) {
            Ok(text) => (Cow::Owned(text.into_bytes()), Label::Unknown),
            Err(_) => (Cow::Borrowed(raw.get().as_bytes()), Label::Json),
        },
        (None, Some(raw), None) => {
            let _: Typed = serde_json::from_str(raw.get()).map_err(|_| BUNDLE)?;
            (Cow::Borrowed(raw.get().as_bytes()), Label::Json)
        }
        (None, None, Some(raw)) => {
            let text: String = serde_json::from_str(raw.get()).map_err(|_| TEXT)?;
            (Cow::Owned(text.into_bytes()), Label::Text)
        }
        _ => return Err(ONE),
    };
    Ok(Asked {
        label,
        policy: option(members.policy, fault("policy", BAD_POLICY))?.map(|name: String| named(&name)).transpose()?,
        subject: option(members.subject, fault("subject", "subject must be a text"))?,
        allow: option(members.allow, fault("allow", "allow must be a list of texts"))?.unwrap_or_default(),
        deny: option(members.deny, fault("deny", "deny must be a list of texts"))?.unwrap_or_default(),
        bytes,
    })
}

fn option<'a, T: Deserialize<'a>>(raw: Option<&'a RawValue>, fault: Fault) -> Result<Option<T>, Fault> {
    raw.map_or(Ok(None), |raw| serde_json::from_str(raw.get()).map_err(|_| fault))
}

const BAD_POLICY: &str = "policy must be one of safe-harbor, surrogate, mask, keep-dates";

/// The policy of that name.
pub(super) fn named(name: &str) -> Result<Policy, Fault> {
    Policy::named(name).ok_or(fault("policy", BAD_POLICY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(body: &str, label: Label) -> (String, Label) {
        let asked = read(body.as_bytes(), label).unwrap();
        (String::from_utf8(asked.bytes.into_owned()).unwrap(), asked.label)
    }

    #[test]
    fn the_document_is_found() {
        let bundle = r#"{"resourceType":"Bundle", "x": 1.50}"#;
        assert_eq!(asked(bundle, Label::Json), (bundle.to_owned(), Label::Json));
        for name in ["bundle", "document"] {
            assert_eq!(asked(&format!("{{\"{name}\":{bundle}}}"), Label::Json), (bundle.to_owned(), Label::Json));
        }
        assert_eq!(asked(r#"{"document":"<a/>"}"#, Label::Unknown), ("<a/>".to_owned(), Label::Unknown));
        assert_eq!(asked(r#"{"text":"a\nb"}"#, Label::Json), ("a\nb".to_owned(), Label::Text));
        for bare in ["{}", "{", "{\"text\":\"a\"} x", "[]", "", "A note. {\"text\":\"a\"}"] {
            assert_eq!(asked(bare, Label::Unknown), (bare.to_owned(), Label::Unknown));
        }
        // What is said to be a note is one.
        assert_eq!(asked(r#"{"text":"a"}"#, Label::Text).0, r#"{"text":"a"}"#);
    }

    #[test]
    fn what_else_is_asked_for_is_read() {
        let body = r#"{"text":"a","policy":"mask","subject":"7","allow":["x"],"deny":["y","z"]}"#;
        let asked = read(body.as_bytes(), Label::Json).unwrap();
        assert_eq!((asked.policy, asked.subject.as_deref()), (Some(Policy::Mask), Some("7")));
        assert_eq!((asked.allow.len(), asked.deny.len()), (1, 2));
        for (body, at) in [
            (r#"{"text":"a","bundle":{}}"#, "document"),
            (r#"{"bundle":{"a":1}}"#, "bundle"),
            (r#"{"text":1}"#, "text"),
            (r#"{"text":"a","policy":"CANARY"}"#, "policy"),
            (r#"{"text":"a","policy":{}}"#, "policy"),
            (r#"{"text":"a","subject":1}"#, "subject"),
            (r#"{"text":"a","allow":"x"}"#, "allow"),
            (r#"{"text":"a","deny":[1]}"#, "deny"),
        ] {
            assert_eq!(read(body.as_bytes(), Label::Json).unwrap_err().expression, at, "{body}");
        }
    }
}

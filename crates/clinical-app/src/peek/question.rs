//! A request for validation around a resource.

use super::{Fault, Look, Seen};
use clinical_pipeline::ValidationMode;
use serde::de::DeserializeSeed as _;
use std::fmt;

/// A request for validation: `{resource, validation_mode}`.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The bytes of the member `resource`, as they stand.
    pub resource: &'a [u8],
    /// How many bytes of the request stand before it.
    pub before: usize,
    /// The member `validation_mode`.
    mode: Option<&'a str>,
    /// There are members that nothing is known about.
    pub has_more: bool,
}

impl fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Question").finish_non_exhaustive()
    }
}

impl Question<'_> {
    /// The mode that is asked for, if one is.
    ///
    /// # Errors
    /// It is not the name of one.
    pub fn mode(&self) -> Result<Option<ValidationMode>, Fault> {
        match self.mode {
            None | Some("null") => Ok(None),
            Some("\"strict\"") => Ok(Some(ValidationMode::Strict)),
            Some("\"lenient\"") => Ok(Some(ValidationMode::Lenient)),
            Some(_) => Err(BAD_MODE),
        }
    }
}

/// A mode that is none.
pub const BAD_MODE: Fault =
    Fault { expression: "validation_mode", message: "validation_mode must be strict or lenient" };

/// Looks whether a request body is a request for validation. What is not readable is not, and what has a `resourceType`
/// is a resource as it stands.
///
/// # Errors
/// A request with two resources, or with a mode and no resource.
pub fn question(body: &[u8]) -> Result<Option<Question<'_>>, Fault> {
    let mut seen = Seen::default();
    let mut reader = serde_json::Deserializer::from_slice(body);
    let read = Look(&mut seen).deserialize(&mut reader).and_then(|()| reader.end());
    if seen.resource_type.is_some() || read.is_err() {
        return Ok(None);
    }
    let fault = |message| Err(Fault { expression: "resource", message });
    match (seen.resources, seen.resource) {
        (1, Some(resource)) => Ok(Some(Question {
            resource: resource.as_bytes(),
            before: (resource.as_ptr() as usize).saturating_sub(body.as_ptr() as usize),
            mode: seen.mode,
            has_more: seen.has_more || seen.bundle.is_some() || seen.preferences.is_some() || seen.options.is_some(),
        })),
        (0, _) if seen.mode.is_none() => Ok(None),
        (0, _) => fault("the request has a validation_mode and no resource"),
        _ => fault("the request has more than one member named resource"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_a_resource_with_a_mode() {
        let body = r#" {"validation_mode": "lenient", "resource" : {"a": 1.50 }, "x": 1}"#;
        let asked = question(body.as_bytes()).unwrap().unwrap();
        assert_eq!(asked.resource, br#"{"a": 1.50 }"#);
        assert_eq!(&body.as_bytes()[asked.before..][..asked.resource.len()], asked.resource);
        assert_eq!((asked.mode(), asked.has_more), (Ok(Some(ValidationMode::Lenient)), true));
        let plain = question(br#"{"resource":[]}"#).unwrap().unwrap();
        assert_eq!((plain.mode(), plain.has_more), (Ok(None), false));
        for bare in [r#"{"resourceType":"Patient","resource":{}}"#, r#"{"resource":{}"#, "[]", "{}", "", "x", "\"x\""] {
            assert!(question(bare.as_bytes()).unwrap().is_none(), "{bare}");
        }
        for wrong in [r#"{"resource":{},"resource":{}}"#, r#"{"validation_mode":"strict"}"#] {
            assert_eq!(question(wrong.as_bytes()).unwrap_err().expression, "resource");
        }
        for mode in ["\"Strict\"", "1", "{}", "\"\""] {
            let body = format!("{{\"resource\":1,\"validation_mode\":{mode}}}");
            assert_eq!(question(body.as_bytes()).unwrap().unwrap().mode(), Err(BAD_MODE), "{mode}");
        }
    }
}

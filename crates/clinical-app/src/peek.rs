//! A look at the top object of a JSON text, no further than needed: is it a resource, or a request around one?
//!
//! Only the outermost names are looked at, and the look ends at `resourceType`, which nearly every writer puts first:
//! a large Bundle is not read twice.

mod question;

pub use question::{BAD_MODE, Question, question};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The request of the contract: `{bundle, processing_options, patient_preferences}`.
#[derive(Clone, Copy)]
pub struct Wrapper<'a> {
    /// The bytes of the member `bundle`, as they stand.
    pub bundle: &'a [u8],
    /// The member `patient_preferences`.
    preferences: Option<&'a str>,
    /// There is a member `processing_options` that asks for something.
    pub has_options: bool,
}

impl fmt::Debug for Wrapper<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wrapper").finish_non_exhaustive()
    }
}

/// What is wrong with a request, as an element of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The element.
    pub expression: &'static str,
    /// One sentence.
    pub message: &'static str,
}

#[derive(Deserialize)]
struct Preferences {
    large_print: Option<bool>,
}

impl Wrapper<'_> {
    /// Whether the patient prefers large print.
    ///
    /// # Errors
    /// The preference is not a yes or no.
    pub fn large_print(&self) -> Result<bool, Fault> {
        let Some(text) = self.preferences else { return Ok(false) };
        let parsed: Result<Option<Preferences>, _> = serde_json::from_str(text);
        parsed.map(|p| p.and_then(|p| p.large_print).unwrap_or(false)).map_err(|_| Fault {
            expression: "patient_preferences.large_print",
            message: "patient_preferences must be an object whose large_print is true or false",
        })
    }
}

/// Looks whether a request body is a request around a document. What is not readable is not: the pipeline says then
/// what is wrong with it, and where.
///
/// # Errors
/// A request with two bundles, or with options that are none.
pub fn wrapper(body: &[u8]) -> Result<Option<Wrapper<'_>>, Fault> {
    let mut seen = Seen::default();
    let mut reader = serde_json::Deserializer::from_slice(body);
    let read = Look(&mut seen).deserialize(&mut reader).and_then(|()| reader.end());
    if seen.resource_type.is_some() || read.is_err() {
        return Ok(None);
    }
    if seen.bundles > 1 {
        return Err(Fault { expression: "bundle", message: "the request has more than one member named bundle" });
    }
    if seen.bundle.is_some() && seen.options.is_some_and(|text| text != "null" && !text.starts_with('{')) {
        return Err(Fault { expression: "processing_options", message: "processing_options must be an object" });
    }
    Ok(seen.bundle.map(|bundle| Wrapper {
        bundle: bundle.as_bytes(),
        preferences: seen.preferences,
        has_options: seen.options.is_some_and(|text| !matches!(text, "null" | "{}")),
    }))
}

/// Whether a text is JSON and no FHIR resource: it does not say, as a text, which one it is.
#[must_use]
pub fn is_other_json(body: &[u8]) -> bool {
    let mut seen = Seen::default();
    // An error is how the look ends early; what it saw until then counts.
    let _ = Look(&mut seen).deserialize(&mut serde_json::Deserializer::from_slice(body));
    match seen.resource_type {
        Some(text) => !text.starts_with('"'),
        None => serde_json::from_slice::<IgnoredAny>(body).is_ok(),
    }
}

/// Whether a line of NDJSON is a Bundle. A line cut off in its middle may be one.
#[must_use]
pub fn is_bundle(line: &[u8]) -> bool {
    let mut seen = Seen::default();
    // An error is how the look ends early; what it saw until then counts.
    let _ = Look(&mut seen).deserialize(&mut serde_json::Deserializer::from_slice(line));
    seen.resource_type == Some("\"Bundle\"")
}

#[derive(Default)]
struct Seen<'a> {
    resource_type: Option<&'a str>,
    bundle: Option<&'a str>,
    bundles: usize,
    preferences: Option<&'a str>,
    options: Option<&'a str>,
    resource: Option<&'a str>,
    resources: usize,
    mode: Option<&'a str>,
    has_more: bool,
}

enum Name {
    ResourceType,
    Bundle,
    Preferences,
    Options,
    Resource,
    Mode,
    Other,
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl Visitor<'_> for Names {
            type Value = Name;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_str<E>(self, name: &str) -> Result<Name, E> {
                Ok(match name {
                    "resourceType" => Name::ResourceType,
                    "bundle" => Name::Bundle,
                    "patient_preferences" => Name::Preferences,
                    "processing_options" => Name::Options,
                    "resource" => Name::Resource,
                    "validation_mode" => Name::Mode,
                    _ => Name::Other,
                })
            }
        }
        deserializer.deserialize_identifier(Names)
    }
}

struct Look<'s, 'a>(&'s mut Seen<'a>);

impl<'de> DeserializeSeed<'de> for Look<'_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Look<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Name>()? {
            if matches!(name, Name::Other) {
                self.0.has_more = true;
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = map.next_value::<&'de RawValue>()?.get();
            match name {
                Name::ResourceType => {
                    self.0.resource_type = Some(value);
                    return Err(A::Error::custom("seen enough"));
                }
                Name::Bundle => {
                    self.0.bundles += 1;
                    self.0.bundle = Some(value);
                }
                Name::Preferences => self.0.preferences = Some(value),
                Name::Options => self.0.options = Some(value),
                Name::Resource => {
                    self.0.resources += 1;
                    self.0.resource = Some(value);
                }
                Name::Mode => self.0.mode = Some(value),
                Name::Other => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(body: &str) -> Option<&str> {
        wrapper(body.as_bytes()).unwrap().map(|w| std::str::from_utf8(w.bundle).unwrap())
    }

    #[test]
    fn a_request_around_a_bundle_gives_its_exact_bytes() {
        assert_eq!(bundle(r#"{"bundle": {"a": 1.50 }, "x": [1]}"#), Some(r#"{"a": 1.50 }"#));
        assert_eq!(bundle(r#" {"b\u0075ndle":{}} "#), Some("{}"));
    }

    #[test]
    fn what_has_a_resource_type_is_a_resource() {
        for bare in [
            r#"{"resourceType":"Bundle","bundle":{}}"#,
            r#"{"bundle":{},"resourceType":"Patient"}"#,
            r#"{"bundle":{}"#,
            r#"{"bundle":{}} x"#,
            "[]",
            "",
            "{}",
        ] {
            assert_eq!(bundle(bare), None, "{bare}");
        }
    }

    #[test]
    fn two_bundles_are_one_too_many() {
        assert_eq!(wrapper(br#"{"bundle":{},"bundle":{}}"#).unwrap_err().expression, "bundle");
    }

    #[test]
    fn preferences_are_read() {
        let large = |text: &str| wrapper(text.as_bytes()).unwrap().unwrap().large_print();
        assert_eq!(large(r#"{"bundle":{},"patient_preferences":{"large_print":true,"x":0}}"#), Ok(true));
        assert_eq!(large(r#"{"bundle":{},"patient_preferences":null}"#), Ok(false));
        assert_eq!(large(r#"{"bundle":{}}"#), Ok(false));
        assert!(large(r#"{"bundle":{},"patient_preferences":{"large_print":"yes"}}"#).is_err());
        assert!(wrapper(br#"{"bundle":{},"processing_options":{"a":1}}"#).unwrap().unwrap().has_options);
        assert!(wrapper(br#"{"bundle":{},"processing_options":[1]}"#).is_err());
    }

    #[test]
    fn a_resource_says_what_it_is_as_a_text() {
        for other in [&br#"{"resourceType":{}}"#[..], b"{}", b"[]", b"1"] {
            assert!(is_other_json(other));
        }
        for not in [&br#"{"id":"1","resourceType":"Patient"}"#[..], br#"{"resourceType":"Pat"#, b"", b"\xff", b"{"] {
            assert!(!is_other_json(not));
        }
    }

    #[test]
    fn bundles_are_known_by_their_type_even_when_cut_off() {
        assert!(is_bundle(br#"{"resourceType":"Bundle","entry":[{"#));
        assert!(is_bundle(br#"{"id":{"x":[]},"resourceType" : "Bundle"}"#));
        assert!(!is_bundle(br#"{"resourceType":"Patient"}"#));
        assert!(!is_bundle(b"\xff{"));
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = format!("{{\"bundle\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000));
        assert!(bundle(&deep).is_some());
    }
}

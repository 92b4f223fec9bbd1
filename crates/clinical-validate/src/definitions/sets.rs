//! Value sets.

/// The codes that a binding allows.
#[derive(Debug)]
pub(crate) struct ValueSet {
    pub(crate) url: &'static str,
    pub(crate) rule: Rule,
    /// Each system with its codes, sorted.
    pub(crate) systems: Vec<(&'static str, Vec<&'static str>)>,
}

/// How a set says what belongs to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rule {
    /// By listing it.
    Listed,
    /// Any media type (BCP 13): the form is all that can be checked.
    MediaType,
    /// Any language tag (BCP 47).
    Language,
    /// Any unit of UCUM.
    Ucum,
    /// Any answer code of LOINC.
    LoincAnswer,
}

impl Rule {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "" => Self::Listed,
            "@mimetype" => Self::MediaType,
            "@language" => Self::Language,
            "@ucum" => Self::Ucum,
            "@loinc-answer" => Self::LoincAnswer,
            _ => return None,
        })
    }
}

impl ValueSet {
    /// Whether a code without system belongs to the set.
    pub(crate) fn has_code(&self, code: &str) -> bool {
        match self.rule {
            Rule::Listed => self.systems.iter().any(|(_, codes)| codes.binary_search(&code).is_ok()),
            rule => rule.allows(code),
        }
    }

    /// Whether a code of a system belongs to the set.
    pub(crate) fn has(&self, system: &str, code: &str) -> bool {
        let mut of_system = self.systems.iter().filter(|(known, _)| *known == system);
        match self.rule {
            Rule::Listed => of_system.any(|(_, codes)| codes.binary_search(&code).is_ok()),
            rule => of_system.next().is_some() && rule.allows(code),
        }
    }

    /// Whether the set takes codes from this system.
    pub(crate) fn has_system(&self, system: &str) -> bool {
        self.systems.iter().any(|(known, _)| *known == system)
    }
}

impl Rule {
    fn allows(self, code: &str) -> bool {
        match self {
            // Listed codes are looked up; the syntax of units is a rule of its own.
            Self::Listed | Self::Ucum => true,
            Self::MediaType => is_media_type(code),
            Self::Language => is_language(code),
            Self::LoincAnswer => {
                code.strip_prefix("LA").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            }
        }
    }
}

/// `type/subtype` of RFC 6838 with parameters, or a short form ("formats supported (xml | json | ttl | mime type)").
fn is_media_type(code: &str) -> bool {
    if matches!(code, "xml" | "json" | "ttl") {
        return true;
    }
    let essence = code.split(';').next().unwrap_or_default().trim_end();
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+*".contains(&b));
    essence.split_once('/').is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype))
}

/// The form of RFC 5646: a language of two to eight letters (or `x`, `i`), then subtags of one to eight.
fn is_language(code: &str) -> bool {
    let mut tags = code.split('-');
    let first = tags.next().unwrap_or_default();
    let has_rest = code.len() > first.len();
    let is_first = first.bytes().all(|b| b.is_ascii_alphabetic())
        && match first.len() {
            1 => has_rest && matches!(first, "x" | "X" | "i" | "I"),
            2..=8 => true,
            _ => false,
        };
    is_first && tags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_have_two_parts() {
        for good in ["text/plain", "application/fhir+json; fhirVersion=4.0", "image/*"] {
            assert!(is_media_type(good), "{good}");
        }
        for bad in ["", "text", "text/", "/plain", "text plain/x", "a/b/c"] {
            assert!(!is_media_type(bad), "{bad}");
        }
    }

    #[test]
    fn languages_have_the_form_of_bcp_47() {
        for good in ["en", "en-US", "de-CH-1996", "zh-Hans", "x-klingon", "sl-rozaj-biske"] {
            assert!(is_language(good), "{good}");
        }
        for bad in ["", "e", "en_US", "en-", "englishes1", "12", "en-US-"] {
            assert!(!is_language(bad), "{bad}");
        }
    }
}

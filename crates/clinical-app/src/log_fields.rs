//! All that a log line can say. What is not in these tables is not written: see [`crate::logging`].
//!
//! `docs/LOGGING.md` shows the same tables; a test holds the two together. A new field is a row here, with a kind that
//! bounds its values. No kind takes free text, and none is to be added that does.

/// What the value of a field can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A whole number.
    Number,
    /// A name that this program drew by lot: 32 hexadecimal digits.
    Id,
    /// One of the routes of the service, as its own table writes it; `-` for an address that is none of them.
    Route,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

/// One field of a log line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What can stand in it.
    pub kind: Kind,
    /// What it tells.
    pub meaning: &'static str,
    /// A value.
    pub example: &'static str,
}

/// The methods that are named. Any other is `other`: a client can write whatever it likes in its place.
pub const METHODS: &[&str] = &["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "other"];

/// What a document can be.
pub const DOCUMENTS: &[&str] = &["ccda", "fhir-bundle", "fhir-json", "fhir-ndjson", "fhir-resource", "note", "unknown"];

/// The places of the audit log.
pub const SINKS: &[&str] = &["audit-folder", "security-folder", "stdout", "syslog"];

/// The fields, by name.
pub const FIELDS: &[Field] = &[
    Field { name: "bytes", kind: Kind::Number, meaning: "length of a document", example: "61171" },
    Field { name: "document", kind: Kind::OneOf(DOCUMENTS), meaning: "what a document was", example: "fhir-bundle" },
    Field { name: "entries", kind: Kind::Number, meaning: "entries of a document", example: "33" },
    Field {
        name: "fault",
        kind: Kind::OneOf(crate::access::FAULTS),
        meaning: "why the key server gave no keys",
        example: "timeout",
    },
    Field {
        name: "id",
        kind: Kind::Id,
        meaning: "which request it was; the reply has it as X-Request-ID. Drawn here, never taken from a client",
        example: "4be0643f1d98573b97cdca98a65347dd",
    },
    Field { name: "keys", kind: Kind::Number, meaning: "how many keys of the key server can be used", example: "2" },
    Field { name: "method", kind: Kind::OneOf(METHODS), meaning: "the method, if HTTP knows it", example: "POST" },
    Field {
        name: "milliseconds",
        kind: Kind::Number,
        meaning: "time from the request's headers to the reply's",
        example: "12",
    },
    Field {
        name: "route",
        kind: Kind::Route,
        meaning: "the pattern of the route, never the path that was asked for",
        example: "/samples/{name}",
    },
    Field { name: "sink", kind: Kind::OneOf(SINKS), meaning: "which place of the audit log", example: "syslog" },
    Field { name: "status", kind: Kind::Number, meaning: "the status of the reply", example: "200" },
];

/// What can have happened: the only messages.
pub const EVENTS: &[(&str, &str)] = &[
    ("audit-broken", "the audit log cannot be written; nothing of patients is worked on until it can"),
    ("audit-changed", "a file of the audit log was changed or removed by somebody else"),
    ("audit-restored", "the audit log can be written again"),
    ("certificate-refused", "the new files of the certificate cannot be used; the old certificate is served on"),
    ("certificate-renewed", "a new certificate is served"),
    ("connections-full", "there was no place for a connection; it was told so and closed"),
    ("keys-fetched", "the key server gave its keys"),
    ("keys-not-fetched", "the key server did not give its keys; those it gave last are used as long as they may be"),
    ("model-back", "the language model answers again and is asked as before"),
    (
        "model-resting",
        "the language model failed several times in a row; it is left alone for a while, and sheets have the record's own words",
    ),
    ("request", "a request was answered"),
    ("request-shape", "what a request brought (only with CLINICAL_ENABLE_REQUEST_LOGGING, never in production)"),
    ("secrets-refused", "the settings of tokens were changed to something that cannot be used; the old ones hold"),
    ("secrets-renewed", "new secrets of tokens are in use"),
    ("shared-limit-back", "requests are counted in Redis, with the other processes"),
    ("shared-limit-lost", "Redis is away; each process counts requests alone"),
];

/// The field of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Field> {
    FIELDS.binary_search_by_key(&name, |field| field.name).ok().map(|at| &FIELDS[at])
}

impl Kind {
    /// The value as it is written, if it is one that the field can have. What comes back is ours or a number or an id.
    #[must_use]
    pub fn admit(self, value: &str) -> Option<&str> {
        let fits = match self {
            Self::Number => !value.is_empty() && value.len() <= 20 && value.bytes().all(|b| b.is_ascii_digit()),
            Self::Id => value.len() == 32 && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')),
            Self::Route => value == "-" || crate::http::router::ROUTES.iter().any(|route| route.path == value),
            Self::OneOf(words) => words.contains(&value),
        };
        fits.then_some(value)
    }

    /// Whether values are written in quotation marks.
    #[must_use]
    pub const fn is_quoted(self) -> bool {
        matches!(self, Self::Route | Self::OneOf(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_its_examples_fit() {
        assert!(FIELDS.is_sorted_by_key(|field| field.name));
        for field in FIELDS {
            assert_eq!(field.kind.admit(field.example), Some(field.example), "{}", field.name);
            assert_eq!(find(field.name), Some(field));
            // A name of a person, a path or a sentence fits no field.
            for free in ["", "Ada Lovelace", "ada", "/samples/ada", "GET /ada", "1.5", "-1", "12\n", "555-0147"] {
                assert_eq!(field.kind.admit(free), None, "{} {free}", field.name);
            }
        }
        assert_eq!(find("path"), None);
    }
}

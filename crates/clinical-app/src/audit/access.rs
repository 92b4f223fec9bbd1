//! What is said of one access, and what of a security event. Nothing here can hold content of a document.

use std::net::IpAddr;

/// One access, granted or denied.
#[derive(Clone, Copy, Debug)]
pub struct Access<'a> {
    /// When it was answered, in microseconds since 1970, UTC.
    pub recorded: u64,
    /// The id of the request that the reply has, 32 hexadecimal digits.
    pub request_id: &'a str,
    /// The `sub` of the token. What is not opaque is written as a digest.
    pub subject: Option<&'a str>,
    /// The roles that the token gives, as our own table of access names them.
    pub roles: &'a [&'static str],
    /// The address of the client.
    pub peer: Option<IpAddr>,
    /// The method, or `other`.
    pub method: &'static str,
    /// The pattern of the route, never the path.
    pub route: &'static str,
    /// What was asked for.
    pub operation: Operation,
    /// How it ended.
    pub outcome: Outcome,
    /// The status of the reply.
    pub status: u16,
    /// What kind of document it was about.
    pub document: Option<Document>,
    /// Which language model was asked about it, and what became of its words.
    pub model: Option<Model<'a>>,
    /// How long it took, in microseconds.
    pub micros: u64,
}

/// What was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
    /// A summary of a record.
    Summarize,
    /// Whether a document is correct FHIR.
    Validate,
    /// A copy without identity.
    Deidentify,
    /// What a model makes of a text.
    Infer,
    /// Whether a summary holds against its record.
    Verify,
    /// A summary in another language.
    Translate,
    /// The audit log itself.
    ReadAudit,
    /// Anything else: a page, the state of the service.
    Other,
}

impl Operation {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Summarize,
        Self::Validate,
        Self::Deidentify,
        Self::Infer,
        Self::Verify,
        Self::Translate,
        Self::ReadAudit,
        Self::Other,
    ];

    /// Its name in a line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Summarize => "summarize",
            Self::Validate => "validate",
            Self::Deidentify => "deidentify",
            Self::Infer => "infer",
            Self::Verify => "verify",
            Self::Translate => "translate",
            Self::ReadAudit => "read-audit",
            Self::Other => "other",
        }
    }
}

/// How an access ended. The codes are those of [`super::REASONS`]; any other is written as `other`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It was done.
    Granted,
    /// It was refused, and why.
    Refused(&'static str),
    /// It was allowed and could not be done, and why.
    Failed(&'static str),
}

/// The kind and size of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Document {
    /// The format, as our own table names it.
    pub kind: &'static str,
    /// Length in bytes.
    pub bytes: u64,
    /// Entries of a bundle, sections of a document, or 0.
    pub entries: u64,
}

/// A language model that was asked. None of its words is here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Model<'a> {
    /// As the settings name it.
    pub name: &'a str,
    /// As its server names it: letters, digits and `.-_:/@`.
    pub served: Option<&'a str>,
    /// How it was asked.
    pub parameters: &'a str,
    /// The edition of what it was told to do.
    pub prompt: &'static str,
    /// Sentences that it was asked for.
    pub asked: u64,
    /// Sentences whose new words stand on the sheet.
    pub kept: u64,
    /// Sentences whose new words were refused.
    pub refused: u64,
}

/// Something that an officer of security has to see. Denials, limits and what is wrong with a token come by themselves
/// from the accesses that are recorded; sinks, start and stop from the log.
#[derive(Clone, Copy, Debug)]
pub struct SecurityEvent<'a> {
    /// When, in microseconds since 1970, UTC.
    pub recorded: u64,
    /// What happened.
    pub kind: SecurityKind,
    /// The id of the request, if it was one.
    pub request_id: Option<&'a str>,
    /// The `sub` of the token, if there was one.
    pub subject: Option<&'a str>,
    /// The address of the client, if there was one.
    pub peer: Option<IpAddr>,
}

impl SecurityEvent<'_> {
    /// An event of the program itself, without a client.
    #[must_use]
    pub const fn of_program(recorded: u64, kind: SecurityKind) -> Self {
        Self { recorded, kind, request_id: None, subject: None, peer: None }
    }
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SecurityKind {
    /// An access was refused, with the code of [`super::REASONS`].
    Refused(&'static str),
    /// A setting was refused; its name.
    RefusedSetting(&'static str),
    /// Something that is checked did not hold; what, in our own words of one or two (`audit-log`, `model`, `page`).
    VerificationFailed(&'static str),
    /// Something that protection hangs on is away and its fall-back holds; what (`redis`, `jwks`).
    Degraded(&'static str),
    /// It is back.
    Restored(&'static str),
    /// A sink of the audit log cannot be written; which.
    SinkBroken(&'static str),
    /// It can be written again.
    SinkRecovered(&'static str),
    /// A file of the log was removed, replaced or changed while it was being written; which sink.
    LogChanged(&'static str),
    /// The service has begun.
    Started,
    /// The service ends.
    Stopped,
}

impl SecurityKind {
    /// Its name in a line, what it is about, the outcome of FHIR, and a sentence.
    #[must_use]
    pub const fn parts(self) -> (&'static str, Option<&'static str>, &'static str, &'static str) {
        match self {
            Self::Refused(reason) => ("refused", Some(reason), "8", "an access was refused"),
            Self::RefusedSetting(name) => ("refused-setting", Some(name), "8", "a setting was refused"),
            Self::VerificationFailed(what) => {
                ("verification-failed", Some(what), "8", "something that is checked did not hold")
            }
            Self::Degraded(what) => ("degraded", Some(what), "4", "a protection works with its fall-back"),
            Self::Restored(what) => ("restored", Some(what), "0", "a protection works in full again"),
            Self::SinkBroken(sink) => ("sink-broken", Some(sink), "12", "an audit log cannot be written"),
            Self::SinkRecovered(sink) => ("sink-recovered", Some(sink), "0", "an audit log can be written again"),
            Self::LogChanged(sink) => {
                ("log-changed", Some(sink), "12", "a file of an audit log was changed from outside")
            }
            Self::Started => ("started", None, "0", "the service has begun"),
            Self::Stopped => ("stopped", None, "0", "the service ends"),
        }
    }
}

//! What is wrong.

use std::borrow::Cow;

/// How bad (FHIR `issue-severity`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The document cannot be looked at further.
    Fatal,
    /// It breaks FHIR.
    Error,
    /// It is allowed and probably not meant.
    Warning,
    /// Worth knowing: what was not checked, for one.
    Information,
}

impl Severity {
    /// As FHIR writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fatal => "fatal",
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
        }
    }
}

/// What kind (FHIR `issue-type`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Code {
    /// `structure`
    Structure,
    /// `required`
    Required,
    /// `value`
    Value,
    /// `invariant`
    Invariant,
    /// `invalid`
    Invalid,
    /// `code-invalid`
    CodeInvalid,
    /// `extension`
    Extension,
    /// `not-found`
    NotFound,
    /// `duplicate`
    Duplicate,
    /// `business-rule`
    BusinessRule,
    /// `security`
    Security,
    /// `too-long`
    TooLong,
    /// `not-supported`
    NotSupported,
    /// `informational`
    Informational,
}

impl Code {
    /// As FHIR writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Required => "required",
            Self::Value => "value",
            Self::Invariant => "invariant",
            Self::Invalid => "invalid",
            Self::CodeInvalid => "code-invalid",
            Self::Extension => "extension",
            Self::NotFound => "not-found",
            Self::Duplicate => "duplicate",
            Self::BusinessRule => "business-rule",
            Self::Security => "security",
            Self::TooLong => "too-long",
            Self::NotSupported => "not-supported",
            Self::Informational => "informational",
        }
    }
}

/// One thing that is wrong. It says what and where, never the value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Issue {
    /// Byte of the document at which it stands; issues are in this order.
    pub offset: usize,
    /// How bad.
    pub severity: Severity,
    /// What kind.
    pub code: Code,
    /// The rule: an invariant's key (`dom-3`), or a name of ours (`unknown-element`).
    pub key: Cow<'static, str>,
    /// Where, as FHIRPath (`Bundle.entry[0].resource.name[1].given[0]`); names that FHIR does not have are counted
    /// (`member(2)`).
    pub expression: String,
    /// Line, from one.
    pub line: u32,
    /// Column in characters, from one.
    pub column: u32,
    /// What is wrong, in words. Names of FHIR may stand in it, a value of the input never.
    pub text: Cow<'static, str>,
}

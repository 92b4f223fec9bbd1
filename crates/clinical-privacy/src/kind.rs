//! The kinds of identifiers, by 45 CFR 164.514(b)(2)(i).

use std::fmt;

/// What sort of identifier a stretch of text is. The letter is that of 45 CFR 164.514(b)(2)(i).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// (A) A person's name or initials.
    Name,
    /// (B) A street address or post-office box.
    Street,
    /// (B) A city, town or neighbourhood.
    City,
    /// (B) A county or parish.
    County,
    /// (B) A postal code.
    Zip,
    /// (B) A hospital, clinic, school or other place by its name.
    Facility,
    /// (B) An employer by its name.
    Employer,
    /// (C) Any part of a date but the year alone.
    Date,
    /// (C) An age of ninety or more.
    Age,
    /// (D) A telephone or pager number, or an extension.
    Phone,
    /// (E) A fax number.
    Fax,
    /// (F) An e-mail address.
    Email,
    /// (G) A social security number, or its last four digits.
    Ssn,
    /// (H) A medical record number.
    Mrn,
    /// (I) A health plan beneficiary number.
    Plan,
    /// (J) An account or card number.
    Account,
    /// (K) A certificate or licence number.
    License,
    /// (L) A vehicle identifier or plate.
    Vehicle,
    /// (M) A device identifier or serial number.
    Device,
    /// (N) A web address.
    Url,
    /// (O) An IP or MAC address.
    Ip,
    /// (P) A biometric identifier.
    Biometric,
    /// (Q) A full-face photograph or its file name.
    Photo,
    /// (R) Any other unique number, handle or code.
    Other,
}

impl Kind {
    /// Every kind, in the order of the rule.
    pub const ALL: [Self; 24] = [
        Self::Name,
        Self::Street,
        Self::City,
        Self::County,
        Self::Zip,
        Self::Facility,
        Self::Employer,
        Self::Date,
        Self::Age,
        Self::Phone,
        Self::Fax,
        Self::Email,
        Self::Ssn,
        Self::Mrn,
        Self::Plan,
        Self::Account,
        Self::License,
        Self::Vehicle,
        Self::Device,
        Self::Url,
        Self::Ip,
        Self::Biometric,
        Self::Photo,
        Self::Other,
    ];

    /// The name used in tags, reports and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "NAME",
            Self::Street => "STREET",
            Self::City => "CITY",
            Self::County => "COUNTY",
            Self::Zip => "ZIP",
            Self::Facility => "FACILITY",
            Self::Employer => "EMPLOYER",
            Self::Date => "DATE",
            Self::Age => "AGE",
            Self::Phone => "PHONE",
            Self::Fax => "FAX",
            Self::Email => "EMAIL",
            Self::Ssn => "SSN",
            Self::Mrn => "MRN",
            Self::Plan => "PLAN",
            Self::Account => "ACCOUNT",
            Self::License => "LICENSE",
            Self::Vehicle => "VEHICLE",
            Self::Device => "DEVICE",
            Self::Url => "URL",
            Self::Ip => "IP",
            Self::Biometric => "BIOMETRIC",
            Self::Photo => "PHOTO",
            Self::Other => "OTHER_ID",
        }
    }

    /// The letter of 45 CFR 164.514(b)(2)(i) that names it.
    pub const fn letter(self) -> char {
        match self {
            Self::Name => 'A',
            Self::Street | Self::City | Self::County | Self::Zip | Self::Facility | Self::Employer => 'B',
            Self::Date | Self::Age => 'C',
            Self::Phone => 'D',
            Self::Fax => 'E',
            Self::Email => 'F',
            Self::Ssn => 'G',
            Self::Mrn => 'H',
            Self::Plan => 'I',
            Self::Account => 'J',
            Self::License => 'K',
            Self::Vehicle => 'L',
            Self::Device => 'M',
            Self::Url => 'N',
            Self::Ip => 'O',
            Self::Biometric => 'P',
            Self::Photo => 'Q',
            Self::Other => 'R',
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a stretch of text was taken for an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Its form says so: a date, an address, a number with a checksum.
    Pattern,
    /// The label or header field it stands in says so.
    Label,
    /// The words around it say so: a title, a role, a relative.
    Context,
    /// A list of names or places holds it.
    List,
    /// The learned weights of the words around it say so.
    Learned,
    /// It was found elsewhere in the same document.
    Repeat,
    /// The record's own header or patient resource holds it.
    Record,
    /// The caller's deny list holds it.
    Denied,
}

impl Reason {
    /// The name used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pattern => "pattern",
            Self::Label => "label",
            Self::Context => "context",
            Self::List => "list",
            Self::Learned => "learned",
            Self::Repeat => "repeat",
            Self::Record => "record",
            Self::Denied => "deny-list",
        }
    }
}

/// An identifier found in a text: where, what, and why. Never the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// First byte in the text.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// Why it was taken for one.
    pub reason: Reason,
}

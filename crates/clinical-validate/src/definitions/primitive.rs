//! The primitive types of FHIR.

/// A primitive type (R4 2.24.0.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Primitive {
    Base64Binary,
    Boolean,
    Canonical,
    Code,
    Date,
    DateTime,
    Decimal,
    Id,
    Instant,
    Integer,
    Markdown,
    Oid,
    PositiveInt,
    String,
    Time,
    UnsignedInt,
    Uri,
    Url,
    Uuid,
    Xhtml,
}

impl Primitive {
    const ALL: [Self; 20] = [
        Self::Base64Binary,
        Self::Boolean,
        Self::Canonical,
        Self::Code,
        Self::Date,
        Self::DateTime,
        Self::Decimal,
        Self::Id,
        Self::Instant,
        Self::Integer,
        Self::Markdown,
        Self::Oid,
        Self::PositiveInt,
        Self::String,
        Self::Time,
        Self::UnsignedInt,
        Self::Uri,
        Self::Url,
        Self::Uuid,
        Self::Xhtml,
    ];

    /// As FHIR writes it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Base64Binary => "base64Binary",
            Self::Boolean => "boolean",
            Self::Canonical => "canonical",
            Self::Code => "code",
            Self::Date => "date",
            Self::DateTime => "dateTime",
            Self::Decimal => "decimal",
            Self::Id => "id",
            Self::Instant => "instant",
            Self::Integer => "integer",
            Self::Markdown => "markdown",
            Self::Oid => "oid",
            Self::PositiveInt => "positiveInt",
            Self::String => "string",
            Self::Time => "time",
            Self::UnsignedInt => "unsignedInt",
            Self::Uri => "uri",
            Self::Url => "url",
            Self::Uuid => "uuid",
            Self::Xhtml => "xhtml",
        }
    }

    /// The type of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The type that it specialises: every `id` is a `string`.
    pub(crate) const fn base(self) -> Option<Self> {
        match self {
            Self::Code | Self::Id | Self::Markdown => Some(Self::String),
            Self::Canonical | Self::Url | Self::Uuid | Self::Oid => Some(Self::Uri),
            Self::PositiveInt | Self::UnsignedInt => Some(Self::Integer),
            _ => None,
        }
    }
}

//! The formats of the primitive types (R4 2.24.0.1).

mod binary;
mod number;
mod text;
mod time;
mod uri;

use crate::Severity;
use crate::definitions::Primitive;
use clinical_json::{Kind, Node};

/// The longest string: "Strings SHALL NOT exceed 1MB (1024*1024 characters) in size".
const LONGEST: usize = 1024 * 1024;

/// What is wrong with a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Fault {
    pub(crate) severity: Severity,
    pub(crate) key: &'static str,
    pub(crate) text: &'static str,
}

const fn wrong(key: &'static str, text: &'static str) -> Option<Fault> {
    Some(Fault { severity: Severity::Error, key, text })
}

/// The kind of JSON value that a primitive type is written as.
pub(crate) fn json_kind(kind: Primitive) -> Kind {
    match kind {
        Primitive::Boolean => Kind::Bool,
        Primitive::Decimal | Primitive::Integer | Primitive::PositiveInt | Primitive::UnsignedInt => Kind::Number,
        _ => Kind::String,
    }
}

/// Holds the value of a primitive against its type. The kind of JSON value is right already.
#[inline]
pub(crate) fn fault(kind: Primitive, node: Node<'_, '_>) -> Option<Fault> {
    match json_kind(kind) {
        Kind::Bool => return None,
        Kind::Number => return number::fault(kind, node.number_text().unwrap_or_default()),
        _ => {}
    }
    let length = node.span().len().saturating_sub(2);
    if length == 0 {
        return wrong("empty-value", "A value must not be empty: leave the element out");
    }
    let value = node.as_str()?;
    let value: &str = &value;
    if length > LONGEST && kind != Primitive::Base64Binary && value.chars().count() > LONGEST {
        return Some(Fault {
            severity: Severity::Error,
            key: "too-long",
            text: "The value is longer than a string may be (1 MB)",
        });
    }
    match kind {
        Primitive::String | Primitive::Markdown => text::string(value),
        Primitive::Code => text::code(value),
        Primitive::Id => text::id(value),
        Primitive::Uri | Primitive::Url | Primitive::Canonical => uri::uri(value),
        Primitive::Oid => uri::oid(value),
        Primitive::Uuid => uri::uuid(value),
        Primitive::Base64Binary => binary::base64(value),
        Primitive::Date => time::date(value),
        Primitive::DateTime => time::date_time(value),
        Primitive::Instant => time::instant(value),
        Primitive::Time => time::time(value),
        // Markup has rules of its own.
        _ => None,
    }
}

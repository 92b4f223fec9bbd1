//! What an expression gives.

use super::element::Element;
use super::{compare_moments, number};
use clinical_json::{Kind, Node};
use std::borrow::Cow;
use std::cmp::Ordering;

/// One item of a collection.
#[derive(Clone)]
pub(super) enum Value<'d, 'a> {
    /// Something of the document.
    Element(Element<'d, 'a>),
    /// `true` or `false`
    Bool(bool),
    /// How many.
    Count(i64),
    /// A number as it is written.
    Number(Cow<'d, str>),
    /// A string.
    Text(Cow<'d, str>),
}

impl<'d, 'a> Value<'d, 'a> {
    /// A primitive of the document as its value.
    pub(super) fn plain(self) -> Self {
        let Self::Element(element) = &self else { return self };
        match element.value() {
            Some(node) => scalar(node).unwrap_or(self),
            None => self,
        }
    }

    /// Its text, if it is a string.
    pub(super) fn text(&self) -> Option<Cow<'d, str>> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Element(element) => element.value().and_then(Node::as_str),
            _ => None,
        }
    }

    /// Strings, numbers and booleans as text (`toString`).
    pub(super) fn written(&self) -> Option<Cow<'d, str>> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text.clone()),
            Self::Element(element) => element.value().and_then(Node::scalar_text),
            Self::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            Self::Count(count) => Some(Cow::Owned(count.to_string())),
        }
    }

    /// Singleton evaluation (FHIRPath section 4.5): one item that is no boolean counts as true.
    pub(super) fn truth(&self) -> bool {
        match self {
            Self::Bool(value) => *value,
            Self::Element(element) => element.value().and_then(Node::as_bool).unwrap_or(true),
            _ => true,
        }
    }

    /// Which is greater. `None` when that cannot be said.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Element(left), Self::Element(right)) if left.value().is_none() && right.value().is_none() => {
                quantities(left.node(), right.node())
            }
            _ => match (self.clone().plain(), other.clone().plain()) {
                (Self::Count(left), Self::Count(right)) => Some(left.cmp(&right)),
                (Self::Count(left), Self::Number(right)) => number::compare(&left.to_string(), &right),
                (Self::Number(left), Self::Count(right)) => number::compare(&left, &right.to_string()),
                (Self::Number(left), Self::Number(right)) => number::compare(&left, &right),
                (Self::Text(left), Self::Text(right)) => compare_moments(&left, &right),
                _ => None,
            },
        }
    }
}

fn scalar<'d, 'a>(node: Node<'d, 'a>) -> Option<Value<'d, 'a>> {
    Some(match node.kind() {
        Kind::String => Value::Text(node.as_str()?),
        Kind::Number => Value::Number(Cow::Borrowed(node.number_text()?)),
        Kind::Bool => Value::Bool(node.as_bool()?),
        _ => return None,
    })
}

/// Quantities are compared only in the same unit: by its code, or by its words where neither has one.
fn quantities(left: Node<'_, '_>, right: Node<'_, '_>) -> Option<Ordering> {
    let same = |name: &str| match (left.get(name), right.get(name)) {
        (None, None) => true,
        (Some(left), Some(right)) => left.as_str() == right.as_str(),
        _ => false,
    };
    let has_code = left.get("code").is_some();
    let unit = if has_code { same("code") && same("system") } else { same("code") && same("unit") };
    let (from, to) = (left.get("value")?.number_text()?, right.get("value")?.number_text()?);
    let exact = left.get("comparator").is_none() && right.get("comparator").is_none();
    number::compare(from, to).filter(|_| unit && exact)
}

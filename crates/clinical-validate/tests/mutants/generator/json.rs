//! A JSON tree that can be damaged: members keep their order and may stand twice.

use clinical_json::{Document, Kind, Node};
use std::fmt::Write;

/// A value. Numbers are their text, so that `1.50` stays `1.50`.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// One step from a value to one inside it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Step {
    Name(String),
    Item(usize),
}

impl Json {
    /// Reads a text; nothing where it is no JSON.
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        Document::parse(text).ok().map(|document| Self::of(document.root()))
    }

    fn of(node: Node<'_, '_>) -> Self {
        match node.kind() {
            Kind::Object => {
                Self::Object(node.members().map(|n| (n.key().unwrap_or_default().into_owned(), Self::of(n))).collect())
            }
            Kind::Array => Self::List(node.items().map(Self::of).collect()),
            Kind::String => Self::text(&node.as_str().unwrap_or_default()),
            Kind::Number => Self::Number(node.raw().to_owned()),
            Kind::Bool => Self::Bool(node.as_bool() == Some(true)),
            Kind::Null | Kind::Unreadable => Self::Null,
        }
    }

    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A value written in this source; a mistake in it becomes `null`, which no test takes for an element.
    pub(crate) fn literal(text: &str) -> Self {
        Self::read(text.as_bytes()).unwrap_or(Self::Null)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.members().iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    pub(crate) fn str_at(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Self::as_str)
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(crate) fn members(&self) -> &[(String, Self)] {
        if let Self::Object(members) = self { members } else { &[] }
    }

    pub(crate) fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// Puts a member in the place of the one of that name, or behind the others.
    pub(crate) fn set(&mut self, name: &str, value: Self) {
        if let Self::Object(members) = self {
            match members.iter_mut().find(|(n, _)| n == name) {
                Some(member) => member.1 = value,
                None => members.push((name.to_owned(), value)),
            }
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        if let Self::Object(members) = self {
            members.retain(|(n, _)| n != name);
        }
    }

    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        if let Self::Object(members) = self {
            members.iter_mut().filter(|(n, _)| n == from).for_each(|m| to.clone_into(&mut m.0));
        }
    }

    /// Puts an item behind those of a repeating element; answers with its number.
    pub(crate) fn push(&mut self, name: &str, item: Self) -> usize {
        let mut items = self.get(name).map_or_else(Vec::new, |list| list.items().to_vec());
        items.push(item);
        let last = items.len() - 1;
        self.set(name, Self::List(items));
        last
    }

    pub(crate) fn at(&self, steps: &[Step]) -> Option<&Self> {
        steps.iter().try_fold(self, |value, step| match step {
            Step::Name(name) => value.get(name),
            Step::Item(index) => value.items().get(*index),
        })
    }

    pub(crate) fn at_mut(&mut self, steps: &[Step]) -> Option<&mut Self> {
        steps.iter().try_fold(self, |value, step| match (step, value) {
            (Step::Name(name), Self::Object(members)) => members.iter_mut().find(|(n, _)| n == name).map(|m| &mut m.1),
            (Step::Item(index), Self::List(items)) => items.get_mut(*index),
            _ => None,
        })
    }

    /// As text, without white space.
    pub(crate) fn write(&self) -> String {
        let mut out = String::new();
        self.write_to(&mut out);
        out
    }

    fn write_to(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(text) => out.push_str(text),
            Self::Text(text) => write_text(text, out),
            Self::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    item.write_to(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (i, (name, value)) in members.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    write_text(name, out);
                    out.push(':');
                    value.write_to(out);
                }
                out.push('}');
            }
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if u32::from(c) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

//! A text for each value that is the same for equal values and only for them.
//!
//! FHIRPath (section 6.1) compares strings exactly, numbers by their value, and elements child by child whatever
//! their order. With such a text a set is a set, and many values are compared in the time it takes to read them.

use super::value::Value;
use clinical_json::{Kind, Node};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Equal for equal values.
#[derive(PartialEq, Eq, Hash, Clone, Debug)]
pub(super) enum Key<'d> {
    /// A string, the most common.
    Text(Cow<'d, str>),
    /// Anything else.
    Other(String),
}

/// The key of a value.
pub(super) fn key<'d>(value: &Value<'d, '_>) -> Key<'d> {
    match value.clone().plain() {
        Value::Text(text) => Key::Text(text),
        Value::Bool(value) => Key::Other(value.to_string()),
        Value::Count(count) => Key::Other(number(&count.to_string())),
        Value::Number(text) => Key::Other(number(&text)),
        Value::Element(element) => Key::Other(element_text(element.node())),
    }
}

/// `1.50` and `15e-1` alike: the digits without zeros around them, and where they begin.
fn number(text: &str) -> String {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (digits, power) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all = [whole, part].concat();
    let significant = all.trim_start_matches('0');
    let zeros = all.len() - significant.len();
    let significant = significant.trim_end_matches('0');
    let Ok(power) = power.parse::<i64>() else { return text.to_owned() };
    if significant.is_empty() {
        return "0".to_owned();
    }
    let length = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let begins = power.saturating_add(length(whole.len())).saturating_sub(length(zeros));
    format!("{sign}.{significant}e{begins}")
}

enum Step<'d, 'a> {
    Node(Node<'d, 'a>),
    Sign(char),
}

/// Members in the order of their names; an array of one is told from its item, as FHIR does.
fn element_text(node: Node<'_, '_>) -> String {
    let mut out = String::new();
    let mut open = vec![Step::Node(node)];
    while let Some(step) = open.pop() {
        let node = match step {
            Step::Sign(sign) => {
                out.push(sign);
                continue;
            }
            Step::Node(node) => node,
        };
        // Under which name the whole stands is not a part of it.
        if let Some(name) = node.key().filter(|_| !out.is_empty()) {
            tell(&mut out, &name);
        }
        match node.kind() {
            Kind::String => tell(&mut out, &node.as_str().unwrap_or_default()),
            Kind::Number => out.push_str(&number(node.raw())),
            Kind::Array => {
                out.push('[');
                open.push(Step::Sign(']'));
                let from = open.len();
                open.extend(node.items().flat_map(|item| [Step::Node(item), Step::Sign(',')]));
                if let Some(items) = open.get_mut(from..) {
                    items.reverse();
                }
            }
            Kind::Object => {
                out.push('{');
                open.push(Step::Sign('}'));
                let mut members: Vec<_> = node.members().map(|member| (member.key(), member)).collect();
                members.sort_by(|(left, _), (right, _)| right.cmp(left));
                open.extend(members.into_iter().map(|(_, member)| Step::Node(member)));
            }
            Kind::Bool | Kind::Null | Kind::Unreadable => out.push_str(node.raw()),
        }
    }
    out
}

/// A string with its length, so that no content looks like structure.
fn tell(out: &mut String, text: &str) {
    // Writing into a string cannot fail.
    let _ = write!(out, "'{}:{text}", text.len());
}

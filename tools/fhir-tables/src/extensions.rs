//! The extensions that the specification defines.

use crate::{Result, bindings::Sets, byhand, field, text, types::kind_with_targets};
use serde_json::Value;
use std::fmt::Write;

/// `X`, url, contexts, then as in a line of an extension inside: cardinality, value, attributes. Inside ones follow as
/// `x` with their depth.
pub fn write_all(schemas: &[Value], sets: &mut Sets<'_>, out: &mut String) -> Result<()> {
    let mut all: Vec<&Value> = schemas.iter().filter(|schema| text(schema, "kind") == "extension").collect();
    all.sort_by_key(|schema| text(schema, "url"));
    for schema in all {
        let url = text(schema, "url");
        let mut contexts: Vec<&str> =
            schema.get("context").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        contexts.extend(byhand::CONTEXTS.iter().filter(|(of, _)| *of == url).map(|(_, context)| context));
        let modifier = if byhand::MODIFIERS.contains(&url) { "m" } else { "" };
        write!(out, "X\t{}\t{}\t{modifier}", field(url)?, contexts.join("|"))?;
        body(schema, 0, sets, out)?;
    }
    Ok(())
}

/// The value of an extension, then the extensions in it.
fn body(schema: &Value, depth: usize, sets: &mut Sets<'_>, out: &mut String) -> Result<()> {
    let elements = schema.get("elements").and_then(Value::as_object).ok_or("an extension without elements")?;
    let listed = |name: &str, what: &str| {
        schema.get(name).and_then(Value::as_array).is_some_and(|all| all.iter().any(|v| v.as_str() == Some(what)))
    };
    let mut kinds = Vec::new();
    let mut attributes = String::new();
    if let Some(value) = elements.get("value").filter(|_| !listed("excluded", "value")) {
        for choice in value.get("choices").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            let element = elements.get(choice).ok_or_else(|| format!("{choice} is not there"))?;
            kinds.push(kind_with_targets(element));
            if let (true, Some(binding)) = (attributes.is_empty(), sets.binding(element)) {
                write!(attributes, "\t{binding}")?;
            }
        }
    }
    let mut value = kinds.join("|");
    if kinds.len() == 50 || (value.is_empty() && !listed("excluded", "value")) {
        value = String::from("@any");
    }
    if listed("excluded", "value") {
        value = String::from("-");
    }
    // `!`: the value must be there. `-` in the second place: no extension may be inside.
    let must = if listed("required", "value") { "!" } else { "" };
    let closed = if listed("excluded", "extension") { "-" } else { "" };
    writeln!(out, "\t{value}\t{must}{closed}{attributes}")?;
    let slices = elements.get("extension").and_then(|e| e.get("slicing")).and_then(|s| s.get("slices"));
    for (_, slice) in slices.and_then(Value::as_object).into_iter().flatten() {
        let url = slice.pointer("/match/value/url").and_then(Value::as_str).ok_or("a slice without url")?;
        let least = slice.get("min").and_then(Value::as_u64).unwrap_or(0);
        let most = slice.get("max").and_then(Value::as_u64).map_or_else(|| String::from("*"), |n| n.to_string());
        let schema = slice.get("schema").ok_or("a slice without schema")?;
        write!(out, "x\t{}\t{}\t{least}\t{most}", depth + 1, field(url)?)?;
        if schema.get("elements").is_some() {
            body(schema, depth + 1, sets, out)?;
        } else {
            writeln!(out, "\t@any\t")?;
        }
    }
    Ok(())
}

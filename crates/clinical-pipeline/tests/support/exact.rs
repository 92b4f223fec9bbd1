//! An independent reader of JSON that keeps the text of numbers: serde_json over a text whose numbers were made into
//! marked strings. It shares no code with `clinical-json`.

use serde_json::Value;

/// Stands before the text of a number. No sample holds it.
const MARK: char = '\u{1}';

/// Parses JSON with numbers as text.
pub fn parse(text: &str) -> Value {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '"' => {
                let mut escaped = false;
                let close = rest.char_indices().skip(1).find(|(_, c)| {
                    let closes = *c == '"' && !escaped;
                    escaped = *c == '\\' && !escaped;
                    closes
                });
                close.unwrap().0 + 1
            }
            '-' | '0'..='9' => {
                let end =
                    rest.find(|c: char| !matches!(c, '0'..='9' | '.' | '-' | '+' | 'e' | 'E')).unwrap_or(rest.len());
                out.push_str("\"\\u0001");
                out.push_str(&rest[..end]);
                out.push('"');
                rest = &rest[end..];
                continue;
            }
            c => c.len_utf8(),
        };
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    serde_json::from_str(&out).unwrap()
}

/// Writes what [`parse`] read, numbers as they were.
pub fn write(value: &Value) -> String {
    let text = value.to_string();
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("\"\\u0001") {
        out.push_str(&rest[..at]);
        let number = &rest[at + 7..];
        let end = number.find('"').unwrap();
        out.push_str(&number[..end]);
        rest = &number[end + 1..];
    }
    out.push_str(rest);
    out
}

/// The text of a scalar as a record states it.
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.strip_prefix(MARK).unwrap_or(text).to_owned()),
        Value::Bool(b) => Some(b.to_string()),
        _ => None,
    }
}

pub fn is_number(value: &Value) -> bool {
    value.as_str().is_some_and(|t| t.starts_with(MARK))
}

/// A number of the marked form.
pub fn number(text: &str) -> Value {
    Value::String(format!("{MARK}{text}"))
}

/// Follows a path of a summary (`Bundle.entry[3].resource.code.text`) into a document. A lone value where a list
/// might stand counts as its first element.
pub fn follow<'v>(root: &'v Value, path: &str) -> Option<&'v Value> {
    let mut steps = path.split('.');
    if steps.next()? != root["resourceType"].as_str()? {
        return None;
    }
    let mut node = root;
    for step in steps {
        let name = step.split('[').next()?;
        node = node.get(name)?;
        for index in step.split('[').skip(1) {
            let index: usize = index.strip_suffix(']')?.parse().ok()?;
            node = if node.is_array() { node.get(index)? } else { (index == 0).then_some(node)? };
        }
    }
    Some(node)
}

/// Pointers (RFC 6901) to every node for which `wanted` holds.
pub fn pointers(root: &Value, wanted: &dyn Fn(&Value) -> bool) -> Vec<String> {
    let mut out = Vec::new();
    let mut waiting = vec![(String::new(), root)];
    while let Some((pointer, node)) = waiting.pop() {
        if wanted(node) {
            out.push(pointer.clone());
        }
        match node {
            Value::Array(items) => waiting.extend(items.iter().enumerate().map(|(i, v)| (format!("{pointer}/{i}"), v))),
            Value::Object(members) => waiting.extend(
                members.iter().map(|(k, v)| (format!("{pointer}/{}", k.replace('~', "~0").replace('/', "~1")), v)),
            ),
            _ => {}
        }
    }
    out.sort();
    out
}

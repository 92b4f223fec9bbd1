//! The same texts given to serde_json, which has to agree on what is JSON and what it says.

use clinical_json::{Document, ErrorKind, Kind, Limits, Node};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use std::collections::HashMap;

/// JSON text with odd white space, escapes and numbers, sometimes with duplicate names.
fn json() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        "-?(0|[1-9][0-9]{0,12})(\\.[0-9]{1,9})?([eE][-+]?[0-9]{1,3})?",
        string(),
    ];
    scalar.prop_recursive(6, 80, 6, |inner| {
        let item = (space(), inner.clone(), space()).prop_map(|(a, text, b)| a + &text + &b);
        let member = (space(), string(), space(), space(), inner, space())
            .prop_map(|(a, name, b, c, text, d)| format!("{a}{name}{b}:{c}{text}{d}"));
        prop_oneof![
            space().prop_map(|space| format!("[{space}]")),
            space().prop_map(|space| format!("{{{space}}}")),
            prop::collection::vec(item, 1..6).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec(member, 1..20).prop_map(|members| format!("{{{}}}", members.join(","))),
        ]
    })
}

fn space() -> impl Strategy<Value = String> {
    prop_oneof![
        5 => Just(String::new()),
        2 => Just(" ".to_owned()),
        2 => (0usize..40).prop_map(|width| format!("\n{}", " ".repeat(width))),
        1 => "[ \n\r\t]{0,6}",
    ]
}

fn string() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        5 => "[a-z]{1,3}",
        2 => "[ -!#-\\[\\]-~]{0,20}",
        1 => "\\\\[\"\\\\/bfnrt]",
        1 => "\\\\u[0-9a-cA-C][0-9a-fA-F]{3}",
        1 => "\\\\ud[89ab][0-9a-f]{2}\\\\uD[C-F][0-9A-F]{2}",
        1 => "[ä€😀\u{7f}\u{2028}]",
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

/// Indented as FHIR servers write it, so that the guesses at white space come true.
fn pretty(text: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text).ok()?;
    serde_json::to_string_pretty(&value).ok()
}

fn same(node: Node<'_, '_>, value: &Value) -> bool {
    match (node.kind(), value) {
        (Kind::Null, Value::Null) => node.is_null(),
        (Kind::Bool, Value::Bool(value)) => node.as_bool() == Some(*value),
        (Kind::String, Value::String(value)) => node.as_str().as_deref() == Some(value),
        (Kind::Number, Value::Number(value)) => {
            let ours = node.number_text().and_then(|text| text.parse::<f64>().ok());
            let (Some(ours), Some(theirs)) = (ours, value.as_f64()) else {
                return false;
            };
            // serde_json may round the last bit otherwise.
            let difference = (ours - theirs).abs();
            difference <= theirs.abs() * 1e-14 || difference <= f64::MIN_POSITIVE
        }
        (Kind::Array, Value::Array(values)) => {
            node.len() == values.len() && node.items().zip(values).all(|(node, value)| same(node, value))
        }
        (Kind::Object, Value::Object(values)) => {
            // serde_json lets the last of several members win.
            let mut members = HashMap::new();
            for member in node.members() {
                let Some(key) = member.key() else {
                    return false;
                };
                if !member.key_is(&key) {
                    return false;
                }
                members.insert(key, member);
            }
            members.len() == values.len()
                && members
                    .iter()
                    .all(|(key, member)| values.get(key.as_ref()).is_some_and(|value| same(*member, value)))
        }
        _ => false,
    }
}

/// Duplicates by comparing all names with all names.
fn duplicates(document: &Document<'_>) -> Vec<(u32, u32, u32)> {
    let mut found = Vec::new();
    for index in 0..document.len() as u32 {
        let Some(node) = document.node_at(clinical_json::NodeId::from_index(index)) else {
            continue;
        };
        let members: Vec<_> = node.members().collect();
        for (place, member) in members.iter().enumerate() {
            let first = members[..place].iter().find(|other| other.key() == member.key());
            if let Some(first) = first {
                found.push((index, first.id().index(), member.id().index()));
            }
        }
    }
    found.sort_by_key(|(_, _, second)| *second);
    found
}

/// Every node lies inside its parent, after its elder sibling, and its text reads back to its kind.
fn well_formed(node: Node<'_, '_>) -> bool {
    let mut from = node.span().start;
    let mut next = node.id().index() + 1;
    for child in node.members().chain(node.items()) {
        let span = child.span();
        if span.start < from || span.end > node.span().end || child.id().index() != next {
            return false;
        }
        if !well_formed(child) {
            return false;
        }
        from = span.end;
        next = child.end().index();
    }
    let again = Document::parse(node.raw().as_bytes());
    next == node.end().index() && again.is_ok_and(|again| again.root().kind() == node.kind())
}

fn compare(bytes: &[u8]) -> Result<(), TestCaseError> {
    // serde_json does not know the byte order mark.
    let content = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let theirs = serde_json::from_slice::<Value>(content);
    match (Document::parse(bytes), theirs) {
        (Ok(document), Ok(value)) => {
            prop_assert!(same(document.root(), &value));
            prop_assert!(well_formed(document.root()));
            let found: Vec<_> =
                document.duplicates().iter().map(|d| (d.object.index(), d.first.index(), d.second.index())).collect();
            prop_assert_eq!(found, duplicates(&document));
        }
        (Ok(_), Err(error)) => {
            let message = error.to_string();
            let known = ["number out of range", "recursion limit"];
            prop_assert!(known.iter().any(|words| message.contains(words)), "{message}");
        }
        (Err(error), Ok(_)) => {
            prop_assert!(false, "only we refuse: {error}");
        }
        (Err(error), Err(_)) => {
            prop_assert!(error.offset() <= bytes.len());
        }
    }
    Ok(())
}

/// A line on its own and the same line among others have to fare the same.
fn compare_lines(bytes: &[u8]) -> Result<(), TestCaseError> {
    let document = Document::parse_lines(bytes, Limits::default(), &|| false)
        .map_err(|error| TestCaseError::fail(error.to_string()))?;
    let blank = |line: &&[u8]| !line.iter().all(|byte| b" \t\r".contains(byte));
    let content = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let lines: Vec<_> = content.split(|byte| *byte == b'\n').filter(blank).collect();
    prop_assert_eq!(document.root().len(), lines.len());
    let mut errors = document.unreadable().iter();
    for (node, line) in document.root().items().zip(lines) {
        // A byte order mark belongs only at the very start; `parse` would skip it on any line.
        if line.starts_with(b"\xEF\xBB\xBF") {
            prop_assert_eq!(node.kind(), Kind::Unreadable);
            errors.next();
            continue;
        }
        // Its error stands where the content of the line ends, not the white space after it.
        let end = line.iter().rposition(|byte| !b" \t\r".contains(byte));
        match Document::parse(&line[..end.map_or(0, |last| last + 1)]) {
            Ok(alone) => {
                prop_assert_eq!(alone.root().kind(), node.kind());
                prop_assert_eq!(alone.root().raw(), node.raw());
                prop_assert_eq!(alone.len() as u32, node.end().index() - node.id().index());
            }
            Err(error) => {
                prop_assert_eq!(node.kind(), Kind::Unreadable);
                let entry = errors.next();
                prop_assert_eq!(entry.map(|(id, _)| *id), Some(node.id()));
                prop_assert_eq!(entry.map(|(_, error)| error.kind()), Some(error.kind()));
                prop_assert_eq!(entry.map(|(_, error)| error.column()), Some(error.column()));
            }
        }
    }
    prop_assert!(errors.next().is_none());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_texts_say_the_same(text in json()) {
        compare(text.as_bytes())?;
        if let Some(pretty) = pretty(&text) {
            compare(pretty.as_bytes())?;
            compare(pretty.replace('\n', "\r\n").as_bytes())?;
            compare(pretty.replace("  ", "\t").as_bytes())?;
        }
    }

    #[test]
    fn changed_texts_are_judged_the_same(
        text in json(),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..4),
        marks in prop::collection::vec(prop::sample::select(b"\"\\{}[],:0-.eEtfnu \n\x00\x1f\xff".to_vec()), 4),
        keep in any::<bool>(),
    ) {
        let source = if keep { Some(text) } else { pretty(&text) };
        let mut bytes = source.unwrap_or_default().into_bytes();
        for (place, (index, byte)) in changes.iter().enumerate() {
            if bytes.is_empty() {
                break;
            }
            let at = index.index(bytes.len());
            match byte % 4 {
                0 => bytes[at] = *byte,
                1 => bytes[at] = marks[place],
                2 => { bytes.remove(at); }
                _ => bytes.insert(at, marks[place]),
            }
        }
        compare(&bytes)?;
        compare_lines(&bytes)?;
    }

    #[test]
    fn truncated_texts_are_refused_as_unfinished(text in json(), cut in any::<Index>()) {
        let bytes = &text.as_bytes()[..cut.index(text.len())];
        compare(bytes)?;
        let open = text.starts_with(['[', '{', '"']) && std::str::from_utf8(bytes).is_ok();
        if open && !bytes.is_empty() {
            let error = Document::parse(bytes).map(|document| document.len());
            prop_assert_eq!(error.map_err(|error| error.kind()), Err(ErrorKind::UnexpectedEnd));
        }
    }

    #[test]
    fn several_texts_fare_as_each_alone(texts in prop::collection::vec(json(), 0..6)) {
        compare_lines(texts.join("\n").as_bytes())?;
        let flat: Vec<_> = texts.iter().map(|text| text.replace(['\n', '\r'], " ")).collect();
        compare_lines(flat.join("\r\n").as_bytes())?;
    }

    #[test]
    fn random_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        compare(&bytes)?;
        compare_lines(&bytes)?;
    }

    #[test]
    fn random_tokens_are_judged_the_same(
        tokens in prop::collection::vec(prop::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"", "\\", "\\u", "d800", "1", "-", "0", ".",
            "e", "true", "null", "nul", " ", "\n", "\u{FEFF}", "ä",
        ]), 0..30),
    ) {
        let text = tokens.concat();
        compare(text.as_bytes())?;
        compare_lines(text.as_bytes())?;
    }
}

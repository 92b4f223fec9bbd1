//! What a document answers about one JSON text.

use clinical_json::{Document, Error, ErrorKind, Kind, Limits, Node, NodeId, Position};
use std::borrow::Cow;
use std::cell::Cell;

fn refused(text: &str) -> Option<(ErrorKind, usize)> {
    let error = Document::parse(text.as_bytes()).err()?;
    Some((error.kind(), error.offset()))
}

fn limited(text: &str, max_depth: u32, max_nodes: u32) -> Result<usize, Error> {
    let limits = Limits { max_depth, max_nodes };
    Document::parse_with(text.as_bytes(), limits, &|| false).map(|document| document.len())
}

fn key_of(node: Node<'_, '_>) -> String {
    node.key().map(Cow::into_owned).unwrap_or_default()
}

const RECORD: &str = r#"{
  "resourceType": "Observation",
  "value": 1.50,
  "note": "a\nb",
  "flags": [true, false, null, {}, []],
  "na\u006de": {"__proto__": 1e400}
}"#;

#[test]
fn values_keep_their_text_and_place() {
    let document = Document::parse(RECORD.as_bytes()).unwrap();
    let root = document.root();
    assert_eq!(root.kind(), Kind::Object);
    assert_eq!(root.raw(), RECORD);
    assert_eq!(root.span(), 0..RECORD.len());
    assert_eq!(root.key(), None);
    assert_eq!(root.len(), 5);
    assert_eq!(root.end().index() as usize, document.len());
    assert_eq!(document.text(), RECORD);

    let value = root.get("value").unwrap();
    assert_eq!(value.number_text(), Some("1.50"));
    assert_eq!(&RECORD[value.span()], "1.50");
    assert_eq!(value.scalar_text().as_deref(), Some("1.50"));
    assert_eq!(value.as_str(), None);

    let kind = root.get("resourceType").unwrap();
    assert!(matches!(kind.as_str(), Some(Cow::Borrowed("Observation"))));
    assert_eq!(kind.raw(), "\"Observation\"");
    let note = root.get("note").unwrap();
    assert!(matches!(note.as_str(), Some(Cow::Owned(text)) if text == "a\nb"));

    let flags = root.get("flags").unwrap();
    let kinds: Vec<_> = flags.items().map(Node::kind).collect();
    use Kind::{Array, Bool, Null, Object};
    assert_eq!(kinds, [Bool, Bool, Null, Object, Array]);
    assert_eq!(flags.at(0).unwrap().as_bool(), Some(true));
    assert_eq!(flags.at(1).unwrap().as_bool(), Some(false));
    assert!(flags.at(2).unwrap().is_null());
    assert!(flags.at(3).unwrap().is_empty());
    assert!(flags.at(5).is_none());
    assert_eq!(flags.at(2).unwrap().scalar_text(), None);
    assert_eq!(flags.members().count(), 0);
    assert_eq!(root.items().count(), 0);

    let name = root.get("name").unwrap();
    assert!(name.key_is("name") && !name.key_is("na\\u006de"));
    assert_eq!(name.key().as_deref(), Some("name"));
    let proto = name.get("__proto__").unwrap();
    assert_eq!(proto.number_text(), Some("1e400"));
    assert!(root.get("nam").is_none());

    let keys: Vec<_> = root.members().map(key_of).collect();
    assert_eq!(keys, ["resourceType", "value", "note", "flags", "name"]);
    for index in 0..document.len() as u32 {
        let id = NodeId::from_index(index);
        assert_eq!(document.node_at(id).unwrap().id(), id);
    }
    assert!(document.node_at(root.end()).is_none());
}

#[test]
fn an_empty_name_is_a_name() {
    let document = Document::parse(b"{\"\": 1}").unwrap();
    assert_eq!(document.root().get("").unwrap().key().as_deref(), Some(""));
    assert!(!document.root().key_is(""));
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let document = Document::parse("\u{FEFF}[1]".as_bytes()).unwrap();
    assert_eq!(document.root().span(), 3..6);
    assert_eq!(document.position(3), Position { line: 1, column: 1 });
    assert_eq!(refused("\u{FEFF}"), Some((ErrorKind::Empty, 3)));
    assert_eq!(refused("\u{FEFF}\u{FEFF}1"), Some((ErrorKind::UnexpectedByte, 3)));
}

#[test]
fn what_is_not_json_is_refused_where_it_goes_wrong() {
    use ErrorKind::*;
    for (text, kind, offset) in [
        ("", Empty, 0),
        (" \n\t", Empty, 3),
        ("[1, 2", UnexpectedEnd, 5),
        ("{\"a\"", UnexpectedEnd, 4),
        ("{\"a\": ", UnexpectedEnd, 6),
        ("\"abc", UnexpectedEnd, 4),
        ("tru", UnexpectedEnd, 3),
        ("trux", UnexpectedByte, 3),
        ("[1,]", UnexpectedByte, 3),
        ("{\"a\":1,}", UnexpectedByte, 7),
        ("{a: 1}", UnexpectedByte, 1),
        ("{\"a\" 1}", UnexpectedByte, 5),
        ("[1}", UnexpectedByte, 2),
        ("{\"a\":1]", UnexpectedByte, 6),
        ("[NaN]", UnexpectedByte, 1),
        ("[Infinity]", UnexpectedByte, 1),
        ("[-Infinity]", InvalidNumber, 2),
        ("[+1]", UnexpectedByte, 1),
        ("[01]", InvalidNumber, 2),
        ("[.5]", UnexpectedByte, 1),
        ("[1.]", InvalidNumber, 3),
        ("// c\n1", UnexpectedByte, 0),
        ("1 /* c */", TrailingContent, 2),
        ("{} {}", TrailingContent, 3),
        ("'a'", UnexpectedByte, 0),
        ("\"\\x\"", InvalidEscape, 1),
        ("\"ab\\ud800\"", LoneSurrogate, 3),
        ("\"a\tb\"", ControlCharacter, 2),
        ("[1,\u{c}2]", UnexpectedByte, 3),
    ] {
        assert_eq!(refused(text), Some((kind, offset)), "{text:?}");
    }
    let error = Document::parse(b"[\"a\xFFb\"]").unwrap_err();
    assert_eq!((error.kind(), error.offset()), (InvalidUtf8, 3));
}

#[test]
fn errors_say_where_and_never_what() {
    let error = Document::parse("{\n  \"name\": \"Ä\", secret}".as_bytes()).unwrap_err();
    assert_eq!((error.line(), error.column()), (2, 16));
    assert_eq!(error.to_string(), "unexpected byte at line 2, column 16");
    assert!(!format!("{error:?}").contains("secret"));
    let error = Document::parse(b"[1,\n\n   2").unwrap_err();
    assert_eq!(error.to_string(), "unexpected end of input at line 3, column 5");
}

#[test]
fn debug_shows_no_content() {
    let document = Document::parse(br#"{"name": "Smith", "id": 77123}"#).unwrap();
    let root = document.root();
    let shown = format!("{document:?} {root:?} {:?}", root.members());
    let inner = format!("{:?} {:?}", root.get("id"), root.items());
    for secret in ["Smith", "name", "77123"] {
        assert!(!shown.contains(secret) && !inner.contains(secret), "{shown}");
    }
    assert!(shown.contains("nodes: 3"));
}

#[test]
fn duplicates_are_found_in_small_and_large_objects() {
    for size in [2, 3, 15, 16, 17, 40, 500] {
        let mut text = String::from("[{\"x\": {\"a\": 1, \"b\": 2}}, {");
        for index in 0..size {
            text.push_str(&format!("\"name-{index}\": {{\"k\": [1, 2]}}, "));
        }
        text.push_str("\"n\\u0061me-1\": 1, \"name-1\": 2}]");
        let document = Document::parse(text.as_bytes()).unwrap();
        let object = document.root().at(1).unwrap();
        let ids: Vec<_> = object.members().map(Node::id).collect();
        let found: Vec<_> = document.duplicates().iter().map(|d| (d.object, d.first, d.second)).collect();
        let expected = [(object.id(), ids[1], ids[size]), (object.id(), ids[1], ids[size + 1])];
        assert_eq!(found, expected, "{size}");
        assert_eq!(object.get("name-1").unwrap().kind(), Kind::Object);
    }
}

#[test]
fn duplicates_are_found_at_the_start_and_with_odd_names() {
    for text in [
        r#"{"a":1,"a":2}"#,
        r#"{"":1,"":2}"#,
        r#"{"a":1,"\u0061":2}"#,
        r#"[[[[[[[[[[{"":1,"":2}]]]]]]]]]]"#,
        r#"[[[[[[[[[[{"abcdefghij":1,"abcdefghij":2}]]]]]]]]]]"#,
    ] {
        let document = Document::parse(text.as_bytes()).unwrap();
        assert_eq!(document.duplicates().len(), 1, "{text}");
    }
    // The same name in different objects, and names with the same end, are no duplicates.
    for text in [
        r#"{"a":{"a":{"a":1}},"b":{"a":1}}"#,
        r#"[{"a":1},{"a":1}]"#,
        r#"{"one-12345678":1,"two-12345678":2,"12345678":3}"#,
    ] {
        let document = Document::parse(text.as_bytes()).unwrap();
        assert!(document.duplicates().is_empty(), "{text}");
    }
}

#[test]
fn names_that_begin_and_end_alike_are_told_apart() {
    let member = |i: usize| format!("\"beginning-{i:02}-the-ending\": 1");
    for size in [16, 17, 40] {
        let mut members: Vec<String> = (0..size).map(member).collect();
        let text = format!("{{{}}}", members.join(", "));
        assert!(Document::parse(text.as_bytes()).unwrap().duplicates().is_empty(), "{size}");
        members.push(member(7));
        let text = format!("{{{}}}", members.join(", "));
        let document = Document::parse(text.as_bytes()).unwrap();
        let [found] = document.duplicates() else { panic!("one duplicate of {size}") };
        assert_eq!(document.root().at(7).map(Node::id), Some(found.first));
    }
}

#[test]
fn duplicates_come_in_document_order() {
    let text = r#"{"a":1,"a":2,"b":{"c":1,"c":2},"a":3}"#;
    let document = Document::parse(text.as_bytes()).unwrap();
    let seconds: Vec<_> = document.duplicates().iter().map(|d| d.second).collect();
    assert_eq!(seconds.len(), 3);
    assert!(seconds.is_sorted());
}

#[test]
fn depth_and_nodes_are_bounded() {
    assert_eq!(limited("[[[]]]", 3, 99).unwrap(), 3);
    let error = limited("[[ {}]]", 2, 99).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::TooDeep, 3));
    assert_eq!(limited("1", 0, 1).unwrap(), 1);
    assert_eq!(limited("[1,2]", 1, 3).unwrap(), 3);
    let error = limited("[1,2,3]", 1, 3).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::TooManyNodes, 5));
    assert_eq!(limited("1", 1, 0).unwrap_err().kind(), ErrorKind::TooManyNodes);

    let deep = "[".repeat(256) + &"]".repeat(256);
    assert!(Document::parse(deep.as_bytes()).is_ok());
    let deeper = "[".repeat(1_000_000);
    assert_eq!(refused(&deeper), Some((ErrorKind::TooDeep, 256)));
    assert_eq!(limited(&deeper, u32::MAX, u32::MAX).unwrap_err().kind(), ErrorKind::UnexpectedEnd);
}

#[test]
fn the_caller_is_asked_now_and_then() {
    let text = format!("[{}0]", "0,".repeat(99_999));
    let calls = Cell::new(0);
    let stop = || {
        calls.set(calls.get() + 1);
        calls.get() > 1_000
    };
    let document = Document::parse_with(text.as_bytes(), Limits::default(), &stop).unwrap();
    let expected = document.len() / 4096;
    assert!((expected..expected + 3).contains(&calls.get()), "{calls:?}");

    for patience in [0, 5] {
        calls.set(0);
        let stop = || calls.replace(calls.get() + 1) == patience;
        let error = Document::parse_with(text.as_bytes(), Limits::default(), &stop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Stopped);
        assert_eq!(calls.get(), patience + 1);
    }
}

#[test]
fn positions_count_characters() {
    let text = "{\n \"ö\": \"😀\",\r\n \"b\": 1}";
    let document = Document::parse(text.as_bytes()).unwrap();
    let root = document.root();
    let place = |name| document.position(root.get(name).unwrap().span().start);
    assert_eq!(place("ö"), Position { line: 2, column: 7 });
    assert_eq!(place("b"), Position { line: 3, column: 7 });
    assert_eq!(document.position(0), Position { line: 1, column: 1 });
    let end = Position { line: 3, column: 9 };
    assert_eq!(document.position(text.len()), end);
    assert_eq!(document.position(usize::MAX), end);
}

#[test]
fn a_document_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&Document::parse(b"1").unwrap());
}

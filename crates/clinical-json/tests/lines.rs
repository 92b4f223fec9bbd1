//! Newline-delimited input: a bad line spoils only itself.

use clinical_json::{Document, Error, ErrorKind, Kind, Limits, Node};
use std::cell::Cell;

fn read(bytes: &[u8]) -> Result<Document<'_>, Error> {
    Document::parse_lines(bytes, Limits::default(), &|| false)
}

#[test]
fn every_line_that_is_not_blank_is_an_element() {
    let text = "\u{FEFF}{\"a\": 1}\r\n\n  \t\r\n [2] \n\"x\"";
    let document = read(text.as_bytes()).unwrap();
    let root = document.root();
    assert_eq!(root.kind(), Kind::Array);
    assert_eq!(root.raw(), text);
    let raw: Vec<_> = root.items().map(Node::raw).collect();
    assert_eq!(raw, ["{\"a\": 1}", "[2]", "\"x\""]);
    assert!(document.unreadable().is_empty());
    assert_eq!(root.end().index() as usize, document.len());
    assert_eq!(document.position(root.at(1).unwrap().span().start).line, 4);
}

#[test]
fn nothing_is_an_empty_array() {
    for text in ["", "\n", " \n\r\n", "\u{FEFF}"] {
        let document = read(text.as_bytes()).unwrap();
        assert_eq!((document.len(), document.root().len()), (1, 0), "{text:?}");
    }
}

#[test]
fn bad_lines_are_kept_with_their_errors() {
    let text = "{\"a\": 1}\n  {\"b\": \"ä\", x}\n[1] 2\n{\"c\": {\"d\": 1, \"d\": 2}, \"e\"\nnull\n";
    let document = read(text.as_bytes()).unwrap();
    let kinds: Vec<_> = document.root().items().map(Node::kind).collect();
    use Kind::{Null, Object, Unreadable};
    assert_eq!(kinds, [Object, Unreadable, Unreadable, Unreadable, Null]);
    let found: Vec<_> =
        document.unreadable().iter().map(|(_, error)| (error.kind(), error.line(), error.column())).collect();
    let expected =
        [(ErrorKind::UnexpectedByte, 2, 14), (ErrorKind::TrailingContent, 3, 5), (ErrorKind::UnexpectedEnd, 4, 28)];
    assert_eq!(found, expected);
    for (id, error) in document.unreadable() {
        let node = document.node_at(*id).unwrap();
        assert_eq!(node.kind(), Kind::Unreadable);
        let position = document.position(error.offset());
        assert_eq!((position.line, position.column), (error.line(), error.column()));
        assert_eq!((node.len(), node.scalar_text(), node.is_null()), (0, None, false));
    }
    let first = document.node_at(document.unreadable()[0].0).unwrap();
    assert_eq!(first.raw(), "{\"b\": \"ä\", x}");
    // What was found in a line before it failed is forgotten with it.
    assert!(document.duplicates().is_empty());
    assert_eq!(document.len(), 7);
}

#[test]
fn a_line_that_is_not_utf8_spoils_only_itself() {
    let bytes = b"{\"a\": \"\xC3\xA4\"}\n{\"b\": \"\xFF\"}\n{\"c\": 1.50}\n\xFF\n{\"d\": \"\\n\xC3\xB6\"}";
    let document = read(bytes).unwrap();
    let root = document.root();
    assert_eq!(root.len(), 5);
    assert_eq!(root.at(0).unwrap().get("a").unwrap().as_str().unwrap(), "ä");
    assert_eq!(root.at(2).unwrap().raw(), "{\"c\": 1.50}");
    let number = root.at(2).unwrap().get("c").unwrap();
    assert_eq!(number.number_text(), Some("1.50"));
    assert_eq!(number.key().as_deref(), Some("c"));
    let last = root.at(4).unwrap().get("d").unwrap();
    assert_eq!(last.as_str().unwrap(), "\nö");

    let [(one, error), (two, _)] = document.unreadable() else {
        panic!("two lines are not UTF-8");
    };
    assert_eq!(error.kind(), ErrorKind::InvalidUtf8);
    assert_eq!((error.line(), error.column()), (2, 8));
    assert_eq!(document.node_at(*one).unwrap().raw(), "{\"b\": \"");
    assert_eq!(document.node_at(*two).unwrap().raw(), "");
    assert_eq!(document.text(), "{\"a\": \"ä\"}\n{\"b\": \"");
    assert_eq!(root.raw(), document.text());
}

#[test]
fn duplicates_are_reported_per_line() {
    let document = read(b"{\"a\":1}\n{\"a\":1,\"a\":2}\n{\"a\":1}").unwrap();
    let [found] = document.duplicates() else {
        panic!("one duplicate");
    };
    assert_eq!(found.object, document.root().at(1).unwrap().id());
}

#[test]
fn depth_is_a_matter_of_a_line_and_nodes_of_the_whole() {
    let limits = |max_depth, max_nodes| Limits { max_depth, max_nodes };
    let text = b"[[1]]\n[[[1]]]\n[2]";
    let document = Document::parse_lines(text, limits(2, 99), &|| false).unwrap();
    let kinds: Vec<_> = document.root().items().map(Node::kind).collect();
    assert_eq!(kinds, [Kind::Array, Kind::Unreadable, Kind::Array]);
    let [(_, error)] = document.unreadable() else {
        panic!("one line is too deep");
    };
    assert_eq!((error.kind(), error.line(), error.column()), (ErrorKind::TooDeep, 2, 3));

    let error = Document::parse_lines(text, limits(9, 5), &|| false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooManyNodes);
    // Bad lines count too.
    let error = Document::parse_lines(b"x\nx\nx", limits(9, 3), &|| false).unwrap_err();
    assert_eq!((error.kind(), error.line()), (ErrorKind::TooManyNodes, 3));
}

#[test]
fn the_caller_is_asked_even_if_no_line_is_good() {
    let text = "[1,2\n".repeat(1_000);
    let calls = Cell::new(0);
    let stop = || calls.replace(calls.get() + 1) == 500;
    let error = Document::parse_lines(text.as_bytes(), Limits::default(), &stop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Stopped);
    assert_eq!(error.line(), 500);
}

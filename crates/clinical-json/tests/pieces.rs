//! Reading in pieces gives every object once, and refuses what reading the whole refuses.

use clinical_json::{Document, Error, Kind, Node, Pieces};
use proptest::prelude::*;
use std::ops::Range;

const PAGE: &str = r#"{
  "name": "a",
  "items": [
    {"name": "b", "source": [{"text": "c"}, {"text": "d", "more": [{"e": 1}]}], "parts": [{"f": 2}, 3, {}]},
    {"name": "g", "inner": {"h": [{"i": 4}]}}
  ],
  "held": {"rows": [{"j": [{"k": 5}]}]},
  "s\u006furce": [{"l": 6}]
}"#;

fn way(name: &str) -> Pieces {
    match name {
        "source" => Pieces::Whole,
        "held" => Pieces::Passed,
        _ => Pieces::Apart,
    }
}

/// The objects of a piece, the outermost first.
fn objects(node: Node<'_, '_>, out: &mut Vec<Range<usize>>) {
    if node.kind() == Kind::Object {
        out.push(node.span());
    }
    node.members().chain(node.items()).for_each(|inner| objects(inner, out));
}

fn pieces(text: &str, way: &dyn Fn(&str) -> Pieces) -> Result<Vec<Vec<Range<usize>>>, Error> {
    let mut out = Vec::new();
    Document::parse_in_pieces(text.as_bytes(), way, &mut |piece| {
        let mut all = Vec::new();
        objects(piece, &mut all);
        out.push(all);
    })?;
    Ok(out)
}

#[test]
fn objects_of_arrays_are_given_when_they_end() {
    let given = pieces(PAGE, &way).unwrap();
    let texts: Vec<Vec<&str>> =
        given.into_iter().map(|all| all.into_iter().map(|span| &PAGE[span]).collect()).collect();
    let first: Vec<&str> = texts.iter().filter_map(|all| all.first().copied()).collect();
    assert_eq!(first[0], r#"{"f": 2}"#);
    assert!(first[1].starts_with(r#"{"name": "b""#) && first[3].starts_with(r#"{"name": "g""#));
    assert_eq!(first[2], r#"{"i": 4}"#);
    assert_eq!((first[4], first.len()), (PAGE, 5));
    // What a name keeps together is there, at any depth, and what was given is not.
    assert_eq!(texts[1][1..], [r#"{"text": "c"}"#, r#"{"text": "d", "more": [{"e": 1}]}"#, r#"{"e": 1}"#, "{}"]);
    assert_eq!(texts[4].last(), Some(&r#"{"l": 6}"#), "a name with an escape keeps its elements");
    assert!(!texts.iter().flatten().any(|text| text.starts_with(r#"{"j""#) || text.starts_with(r#"{"k""#)));
}

fn json() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["1", "null", "\"x\"", "{}", "[]", "{\"a\":1}", "[{\"b\":2}]"]);
    leaf.prop_map(str::to_owned).prop_recursive(5, 48, 5, |inner| {
        let key = prop::sample::select(vec!["a", "source", "held", "s\\u006furce"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((key, inner), 0..5).prop_map(|members| {
                let members: Vec<String> = members.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_object_is_given_once(text in json()) {
        let document = Document::parse(text.as_bytes()).unwrap();
        let mut all = Vec::new();
        objects(document.root(), &mut all);
        let is_whole = |name: &str| if name == "source" { Pieces::Whole } else { Pieces::Apart };
        let mut given: Vec<Range<usize>> = pieces(&text, &is_whole).unwrap().into_iter().flatten().collect();
        all.sort_by_key(|span| (span.start, span.end));
        given.sort_by_key(|span| (span.start, span.end));
        prop_assert_eq!(given, all);
    }

    #[test]
    fn what_the_whole_is_refused_for_the_pieces_are(text in json(), cut in any::<prop::sample::Index>(), to in 0u8..128) {
        let mut bytes = text.into_bytes();
        let at = cut.index(bytes.len());
        bytes[at] = to;
        let of = |error: Error| (error.kind(), error.offset());
        let whole = Document::parse(&bytes).map(|_| ()).map_err(of);
        prop_assert_eq!(Document::parse_in_pieces(&bytes, &way, &mut |_| {}).map_err(of), whole);
    }
}

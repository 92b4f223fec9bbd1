//! What the expressions mean, on small documents.

use super::{Machine, Program, Surroundings, compile};
use clinical_json::{Document, Node};

struct Alone;

impl<'d, 'a> Surroundings<'d, 'a> for Alone {
    fn type_of(&self, _: Node<'d, 'a>) -> Option<&'static str> {
        None
    }

    fn resolve(&self, _: &str) -> Option<Node<'d, 'a>> {
        None
    }

    fn is_safe_narrative(&self, div: &str) -> bool {
        !div.contains("<script")
    }
}

#[track_caller]
fn holds(expression: &str, json: &str) -> Option<bool> {
    let mut program = Program::new();
    let at = compile(&mut program, expression).unwrap();
    let document = Document::parse(json.as_bytes()).unwrap();
    let root = document.root();
    Machine::new(&program, root, root, root, &Alone).holds(at)
}

#[track_caller]
fn check(cases: &[(&str, &str, Option<bool>)]) {
    for (expression, json, expected) in cases {
        assert_eq!(holds(expression, json), *expected, "{expression} on {json}");
    }
}

const YES: Option<bool> = Some(true);
const NO: Option<bool> = Some(false);

#[test]
fn three_valued_logic_is_as_the_specification_says() {
    for (left, a) in [("true", YES), ("false", NO), ("{}", None)] {
        for (right, b) in [("true", YES), ("false", NO), ("{}", None)] {
            let and = match (a, b) {
                (NO, _) | (_, NO) => NO,
                (YES, YES) => YES,
                _ => None,
            };
            let or = match (a, b) {
                (YES, _) | (_, YES) => YES,
                (NO, NO) => NO,
                _ => None,
            };
            let implies = match (a, b) {
                (NO, _) | (_, YES) => YES,
                (YES, NO) => NO,
                _ => None,
            };
            let xor = a.zip(b).map(|(a, b)| a != b);
            for (sign, expected) in [("and", and), ("or", or), ("implies", implies), ("xor", xor)] {
                let text = format!("({left} {sign} {right}).exists()");
                assert_eq!(holds(&text, "{}"), Some(expected.is_some()), "{text}");
                let text = format!("{left} {sign} {right}");
                assert_eq!(holds(&text, "{}"), Some(expected == YES), "{text}");
            }
        }
    }
}

#[test]
fn operators_bind_as_the_specification_says() {
    check(&[
        ("true or false and false", "{}", YES),
        ("false implies false or false", "{}", YES),
        ("'a'+b in ('ab' | 'c')", r#"{"b":"b"}"#, YES),
        ("a.count() + b.count() = 2", r#"{"a":1,"b":2}"#, YES),
        ("a.count() + b.count() <= 1", r#"{"a":1,"b":2}"#, NO),
        ("value is boolean implies value", r#"{"valueBoolean":true}"#, YES),
        ("a = 'x' implies b.empty() or b = 'y'", r#"{"a":"x","b":"y"}"#, YES),
        ("'a' & 'b' = 'ab'", "{}", YES),
    ]);
}

#[test]
fn collections_keep_their_order_and_stop_early() {
    check(&[
        ("a.first() = 1", r#"{"a":[1,2,3]}"#, YES),
        ("a.tail().first() = 2", r#"{"a":[1,2,3]}"#, YES),
        ("a.tail().count() = 2", r#"{"a":[1,2,3]}"#, YES),
        ("a.b.c.count() = 3", r#"{"a":[{"b":[{"c":1}]},{"b":{"c":[2,3]}}]}"#, YES),
        ("a = b", r#"{"a":[1,2],"b":[1,2.0]}"#, YES),
        ("a = b", r#"{"a":[1,2],"b":[2,1]}"#, NO),
        ("a != b", r#"{"a":[1,2],"b":1}"#, YES),
        ("a.exists($this = 2)", r#"{"a":[1,2]}"#, YES),
        ("a.all($this > 0)", r#"{"a":[1,2]}"#, YES),
        ("a.all($this > 1)", r#"{"a":[1,2]}"#, NO),
        ("a.all($this > 1)", "{}", YES),
        ("a.isDistinct()", r#"{"a":["x","y"]}"#, YES),
        ("a.isDistinct()", r#"{"a":["x","y","x"]}"#, NO),
        ("a.isDistinct()", r#"{"a":[1,1.0]}"#, NO),
        ("a.isDistinct()", r#"{"a":[{"x":1,"y":"z"},{"y":"z","x":1.0}]}"#, NO),
        ("a.isDistinct()", r#"{"a":[{"x":1},{"x":"1"}]}"#, YES),
        ("a in ('x' | 'y')", r#"{"a":["x","y"]}"#, YES),
        ("a in ('x' | 'y')", r#"{"a":["x","z"]}"#, NO),
        ("b contains a", r#"{"a":"k","b":["a","b","c","d","e","f","g","h","i","j","k"]}"#, YES),
        ("a.intersect(b).exists()", r#"{"a":[{"c":"1","s":"u"}],"b":[{"s":"u","c":"1"}]}"#, YES),
        ("a.intersect(b).exists()", r#"{"a":[{"c":"1","s":"u"}],"b":[{"c":"1"}]}"#, NO),
        ("descendants().x.count() = 3", r#"{"a":{"x":1,"b":[{"x":2},{"_c":{"x":3}}]},"x":4}"#, YES),
    ]);
}

#[test]
fn primitives_are_found_with_what_stands_beside_them() {
    check(&[
        ("a.exists()", r#"{"_a":{"extension":[{"url":"u"}]}}"#, YES),
        ("a.hasValue()", r#"{"_a":{"extension":[{"url":"u"}]}}"#, NO),
        ("a.hasValue()", r#"{"a":"x"}"#, YES),
        ("a.extension.url = 'u'", r#"{"a":"x","_a":{"extension":[{"url":"u"}]}}"#, YES),
        ("a.extension.url = 'u'", r#"{"_a":{"extension":[{"url":"u"}]},"a":"x"}"#, YES),
        ("a.count() = 2", r#"{"a":["x",null],"_a":[null,{"id":"i"}]}"#, YES),
        ("a.count() = 3", r#"{"a":["x"],"_a":[null,{"id":"i"},{"id":"j"}]}"#, YES),
        ("a.count() = 1", r#"{"a":["x",null]}"#, YES),
        ("a.empty()", r#"{"a":null}"#, YES),
        ("a.empty()", r#"{"a":[]}"#, YES),
        ("children().count() = 2", r#"{"resourceType":"Basic","a":"x","_a":{"id":"i"},"_b":{"id":"j"}}"#, YES),
        ("value.exists()", r#"{"_valueString":{"extension":[{"url":"u"}]}}"#, YES),
        ("value.count() = 1", r#"{"valueString":"x","_valueString":{"extension":[{"url":"u"}]}}"#, YES),
        ("value.empty()", r#"{"valueSet":"x"}"#, YES),
        ("value is Quantity", r#"{"valueQuantity":{}}"#, YES),
        ("value is string", r#"{"valueQuantity":{}}"#, NO),
        ("(value as decimal) > 1", r#"{"valueDecimal":1.0000000000000000001}"#, YES),
        ("value.ofType(Quantity).unit = 'u'", r#"{"valueQuantity":{"unit":"u"}}"#, YES),
        ("Basic.a.exists()", r#"{"resourceType":"Basic","a":1}"#, YES),
        ("Basic.a.exists()", r#"{"resourceType":"List","a":1}"#, NO),
        ("`div` = 'x'", r#"{"div":"x"}"#, YES),
    ]);
}

#[test]
fn what_cannot_be_decided_is_neither_true_nor_false() {
    check(&[
        ("a <= b", r#"{"a":"2012","b":"2012-05"}"#, None),
        ("a <= b", r#"{"a":"2012","b":"2013-05"}"#, YES),
        ("a <= b", r#"{"a":"2014","b":"2013-05"}"#, NO),
        ("a <= b or true", r#"{"a":"2012","b":"2012-05"}"#, YES),
        ("a <= b", r#"{"a":"today","b":"2012-05"}"#, None),
        ("a <= b", r#"{"a":{"value":1,"unit":"mg"},"b":{"value":2,"unit":"g"}}"#, None),
        ("a <= b", r#"{"a":{"value":3,"unit":"g"},"b":{"value":2,"unit":"g"}}"#, NO),
        ("a <= b", r#"{"a":{"value":1,"code":"g"},"b":{"value":2.0,"code":"g"}}"#, YES),
        ("a.memberOf('http://example.org')", r#"{"a":"x"}"#, None),
        ("a <= b", "{}", NO),
    ]);
}

#[test]
fn text_functions_are_as_the_specification_says() {
    check(&[
        ("a.startsWith('ab')", r#"{"a":"abc"}"#, YES),
        ("a.contains('b')", r#"{"a":"abc"}"#, YES),
        ("a.substring(1) = 'éc'", r#"{"a":"béc"}"#, YES),
        ("a.substring(1).exists()", r##"{"a":"#"}"##, NO),
        ("a.matches('^[a-c]+$')", r#"{"a":"abc"}"#, YES),
        ("a.replaceMatches('\\\\..*', '') = 'a'", r#"{"a":"a.b.c"}"#, YES),
        ("a.toInteger() >= 0", r#"{"a":"99999999999999999999999"}"#, YES),
        ("a.toInteger().exists()", r#"{"a":"*"}"#, NO),
        ("a.toString().contains('.')", r#"{"a":1.0}"#, YES),
        ("a.iif(empty(), true, $this = 'x')", r#"{"a":"x"}"#, YES),
        ("b.iif(empty(), true, false)", r#"{"a":"x"}"#, YES),
        ("a.trace('t', $this) = 'x'", r#"{"a":"x"}"#, YES),
        ("a.htmlChecks()", r#"{"a":"<div><script/></div>"}"#, NO),
        ("a.htmlChecks2()", r#"{"a":"<div> <!-- > x --> <p> </p></div>"}"#, NO),
        ("a.htmlChecks2()", r#"{"a":"<div><p>x</p></div>"}"#, YES),
        ("a.htmlChecks2()", r##"{"a":"<div><img src='#p'/></div>"}"##, YES),
    ]);
}

#[test]
fn what_is_not_understood_is_refused() {
    let mut program = Program::new();
    for text in ["", "a.", "a.lowBoundary()", "%unknown", "a b", "(a", "a.exists(", "'a", "a ~ b", "a.matches(b)", "a["]
    {
        assert!(compile(&mut program, text).is_err(), "{text}");
    }
}

#[test]
fn deep_and_wide_documents_take_neither_stack_nor_square_time() {
    let deep = format!("{}{}", "{\"a\":".repeat(250), "1".to_owned() + &"}".repeat(250));
    assert_eq!(holds("descendants().count() = 250", &deep), YES);
    assert_eq!(holds("a.intersect(a).exists()", &deep), YES);
    let wide = format!("{{\"a\":[{}\"x\"]}}", (0..100_000).map(|i| format!("\"{i}\",")).collect::<String>());
    assert_eq!(holds("a.isDistinct()", &wide), YES);
    assert_eq!(holds("a.all(%resource.a contains $this)", &wide), YES);
    assert_eq!(holds("a.all($this != %resource.a.first() & 'y')", &wide), YES);
}

//! XML that attacks, and XML that only looks odd.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own document should fail there")]

use clinical_xml::{Error, Safe, attribute, decode, text, text_of};

fn refused(text: &str) -> Option<&'static str> {
    match Safe::of(text) {
        Err(e) => Some(e.what),
        Ok(safe) => safe.parse().err().map(|e| e.what),
    }
}

fn words(xml: &str) -> String {
    let safe = Safe::of(xml).unwrap();
    text_of(safe.parse().unwrap().root_element()).into_owned()
}

#[test]
fn declared_entities_are_refused_before_they_grow() {
    let mut laughs = "<!DOCTYPE a [<!ENTITY l0 \"ha\">".to_owned();
    for i in 1..20 {
        laughs += &format!("<!ENTITY l{i} \"{}\">", format!("&l{};", i - 1).repeat(10));
    }
    laughs += "]><a>&l19;</a>";
    assert_eq!(refused(&laughs), Some("it has a document type"));
    let outside = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>\n<a>&f;</a>";
    let safe = Safe::of(outside).unwrap();
    assert_eq!(safe.parse().unwrap_err(), Error { what: "it has a document type", line: 2, column: 1 });
    assert_eq!(refused("<!DOCTYPE html><a/>"), Some("it has a document type"));
    assert_eq!(refused("<a>&nbsp;</a>"), Some("it uses an entity that XML does not have"));
    assert_eq!(refused("<a>this & that</a>"), Some("an ampersand stands alone"));
}

#[test]
fn depth_is_bounded() {
    let nested = |n: usize| "<a>".repeat(n) + &"</a>".repeat(n);
    assert_eq!(refused(&nested(10_000)), Some("it is nested too deeply"));
    assert_eq!(refused(&nested(201)), Some("it is nested too deeply"));
    assert_eq!(refused(&nested(200)), None);
    assert_eq!(refused(&format!("<r>{}</r>", "<a b=\"/>\">".repeat(300))), Some("it is not well formed"));
}

#[test]
fn fifty_thousand_attributes_are_refused_before_they_are_compared() {
    let attributes: String = (0..50_000).map(|i| format!(" a{i}=\"{i}\"")).collect();
    assert_eq!(refused(&format!("<a{attributes}/>")), Some("an element has too many attributes"));
}

#[test]
fn text_made_of_nodes_is_refused() {
    assert_eq!(refused(&format!("<a>{}</a>", "<b/>\n".repeat(100_000))), Some("it has too many nodes for its size"));
}

#[test]
fn bytes_that_are_not_text_are_refused() {
    assert_eq!(decode(b"<a>\xff</a>").map_err(|e| e.what), Err("it is not UTF-8"));
    let with_nul = decode(b"<a>x\0y</a>").unwrap();
    assert_eq!(refused(with_nul), Some("it has a character that XML does not allow"));
    assert!(refused("<a b=\"x\u{1}y\"/>").is_some());
}

#[test]
fn what_is_broken_is_refused_where_it_breaks() {
    for broken in
        ["", "<a>", "<a></b>", "<a b=1/>", "<a b=\"<\"/>", "<a/><b/>", "x<a/>", "<a b=\"1\" b=\"2\"/>", "</a>"]
    {
        assert!(refused(broken).is_some(), "{broken}");
    }
    let error = Safe::of("<a>\n  <b>\n</a>").unwrap().parse().unwrap_err();
    assert_eq!((error.line, error.what), (3, "it is not well formed"));
}

#[test]
fn ampersands_and_the_word_code_system_are_harmless() {
    let safe = Safe::of("<a b=\"x &amp; y &lt;1\" codeSystem=\"2.16\">1 &amp; 2 &#233; &gt; 0</a>").unwrap();
    let document = safe.parse().unwrap();
    assert_eq!(text(document.root_element()).unwrap().text(), "1 & 2 é > 0");
    assert_eq!(attribute(document.root_element(), "b").unwrap().text(), "x & y <1");
}

#[test]
fn character_data_comments_and_instructions_do_not_break_words() {
    assert_eq!(words("<a>take <![CDATA[<2> ]]>a<!-- not this -->day<?nor this?>s</a>"), "take <2> adays");
    assert_eq!(words("<a>\n  one\t two\u{a0}three\r\n</a>"), "one two three");
    assert_eq!(words("<a><!-- <!DOCTYPE x> --><![CDATA[<!ENTITY y \"z\">]]></a>"), "<!ENTITY y \"z\">");
}

#[test]
fn prefixes_that_nothing_declares_are_declared() {
    let xml = "<?xml version='1.0'?>\n<section a='1'><sdtc:id/><value xsi:type='CD'/><q:x q:y='2'/>é</section>";
    let safe = Safe::of(xml).unwrap();
    let document = safe.parse().unwrap();
    let root = document.root_element();
    let names: Vec<&str> = root.children().filter(|c| c.is_element()).map(|c| c.tag_name().name()).collect();
    assert_eq!(names, ["id", "value", "x"]);
    for node in root.descendants() {
        let original = safe.original(node.range().start)..safe.original(node.range().end);
        let is_root = node == root;
        let there = &xml[original];
        let here = &document.input_text()[node.range()];
        assert!(there == here || is_root && there.starts_with("<section") && there.ends_with("</section>"));
    }
    // One that is declared too late for one of its uses.
    assert_eq!(refused("<a><sdtc:b/><c xmlns:sdtc='u'><sdtc:d/></c></a>"), None);
    assert_eq!(refused("<sdtc:a><sdtc:b/></sdtc:a>"), None);
    assert_eq!(refused("<a xmlns:sdtc='u'><sdtc:b/></a>"), None);
}

#[test]
fn debug_shows_no_word_of_the_document() {
    let safe = Safe::of("<a><b sdtc:c='Quill'>Quill</b></a>").unwrap();
    assert!(safe.parse().is_ok());
    assert!(!format!("{safe:?}").contains("Quill"));
    let error = Safe::of("<a><Quill></a>").unwrap().parse().unwrap_err();
    assert!(!format!("{error:?} {error}").contains("Quill"));
}

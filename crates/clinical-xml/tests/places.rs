//! From bytes to a path and back, by the contract that a checker from outside uses: local names, one-based.

use clinical_model::{Place, Places, Source};
use clinical_xml::{Node, Safe, XmlPlaces, attribute, is_listed, run, source_of, text};

const XML: &str = "<?xml version='1.0'?>
<ClinicalDocument xmlns='urn:hl7-org:v3' xmlns:sdtc='urn:hl7-org:sdtc'>
  <id root='1.2'/><!-- between -->
  <section ID='s'><text>Before <content>inside</content> after<br/>last<Quill Grace='x'>w</Quill></text></section>
  <section><entry/><sdtc:entry/><entry><code code=' 5 '/></entry></section>
</ClinicalDocument>";

fn path(place: Place) -> String {
    match place {
        Place::Path(path) => path,
        Place::Span(..) => String::new(),
    }
}

#[test]
fn every_element_and_attribute_has_a_path_that_leads_back() {
    let safe = Safe::of(XML).unwrap();
    let document = safe.parse().unwrap();
    let places = XmlPlaces::new(&document, is_listed);
    let mut seen = std::collections::BTreeSet::new();
    for node in document.descendants().filter(Node::is_element) {
        let at = path(places.place(source_of(node)));
        assert_eq!(places.find(&at).as_deref(), Some(&*clinical_xml::text_of(node)), "{at}");
        for a in node.attributes() {
            let value = attribute(node, a.name()).unwrap();
            let at = path(places.place(value.source()));
            assert_eq!(places.find(&at).as_deref(), Some(value.text()), "{at}");
            assert!(seen.insert(at));
        }
        assert!(seen.insert(at));
    }
    assert!(seen.contains("/ClinicalDocument/section[2]/entry[3]/code/@code"), "{seen:?}");
    assert!(seen.contains("/ClinicalDocument/section[1]/text/content"));
    assert_eq!(places.find("/ClinicalDocument/section[2]/entry[3]/code/@code").as_deref(), Some("5"));
    for nowhere in
        ["", "/", "/x", "/ClinicalDocument/section[3]", "/ClinicalDocument/section[0]", "/ClinicalDocument/@x"]
    {
        assert_eq!(places.find(nowhere), None, "{nowhere}");
    }
}

#[test]
fn a_path_does_not_depend_on_the_one_before() {
    let safe = Safe::of(XML).unwrap();
    let document = safe.parse().unwrap();
    let elements: Vec<Node<'_, '_>> = document.descendants().filter(Node::is_element).collect();
    let alone = |node: &Node<'_, '_>| path(XmlPlaces::new(&document, is_listed).place(source_of(*node)));
    let paths: Vec<String> = elements.iter().map(alone).collect();
    for first in &elements {
        for (second, expected) in elements.iter().zip(&paths) {
            let places = XmlPlaces::new(&document, is_listed);
            places.place(source_of(*first));
            assert_eq!(path(places.place(source_of(*second))), *expected);
        }
    }
}

#[test]
fn an_element_is_numbered_alike_among_few_neighbours_and_among_many() {
    let kinds = ["a", "b", "a", "c"];
    for width in [1, 2, 3, 8, 31, 33, 63, 65, 130, 300] {
        let children = |i: usize| if i + 1 == width { "<last/>".to_owned() } else { format!("<{}/> ", kinds[i % 4]) };
        let xml = format!("<r><one>{}</one><two><a/></two></r>", (0..width).map(children).collect::<String>());
        let safe = Safe::of(&xml).unwrap();
        let document = safe.parse().unwrap();
        let parent = document.root_element().first_element_child().unwrap();
        let siblings: Vec<Node<'_, '_>> = parent.children().filter(Node::is_element).collect();
        for from in [0, width / 2, width - 1] {
            let places = XmlPlaces::new(&document, is_listed);
            for (i, node) in siblings.iter().enumerate().skip(from).chain(siblings.iter().enumerate().take(from)) {
                let same = |n: &&Node<'_, '_>| n.tag_name().name() == node.tag_name().name();
                let number = siblings[..=i].iter().filter(same).count();
                let is_alone = siblings.iter().filter(same).count() == 1;
                let step = if is_alone { String::new() } else { format!("[{number}]") };
                let expected = format!("/r/one/{}{step}", node.tag_name().name());
                assert_eq!(path(places.place(source_of(*node))), expected, "{width} {from}");
            }
        }
    }
}

#[test]
fn words_beside_elements_lead_to_the_element_that_holds_them() {
    let safe = Safe::of(XML).unwrap();
    let document = safe.parse().unwrap();
    let places = XmlPlaces::new(&document, is_listed);
    let narrative = document.descendants().find(|n| n.tag_name().name() == "text").unwrap();
    let pieces: Vec<Node<'_, '_>> = narrative.children().collect();
    let before = run(pieces[0], pieces[2]).unwrap();
    assert_eq!(before.text(), "Before inside after");
    let at = path(places.place(before.source()));
    assert_eq!(at, "/ClinicalDocument/section[1]/text");
    assert!(places.find(&at).unwrap().contains(before.text()));
    assert_eq!(run(pieces[4], pieces[4]).unwrap().text(), "last");
    assert_eq!(run(pieces[3], pieces[3]), None);
    assert_eq!(run(pieces[1], pieces[1]), text(pieces[1]));
}

#[test]
fn what_is_told_names_nothing_that_the_input_made_up() {
    let safe = Safe::of(XML).unwrap();
    let document = safe.parse().unwrap();
    let places = XmlPlaces::new(&document, is_listed);
    let quill = document.descendants().find(|n| n.tag_name().name() == "Quill").unwrap();
    assert_eq!(path(places.told(source_of(quill))), "/ClinicalDocument/section[1]/text/*");
    let told = path(places.told(attribute(quill, "Grace").unwrap().source()));
    assert_eq!(told, "/ClinicalDocument/section[1]/text/*/@*");
    assert_eq!(path(places.told(Source::new(0, u32::MAX))), "");
}

#[test]
fn ten_thousand_siblings_are_numbered() {
    let xml = format!("<section>{}</section>", "<entry><id/></entry><other/>".repeat(10_000));
    let safe = Safe::of(&xml).unwrap();
    let document = safe.parse().unwrap();
    let places = XmlPlaces::new(&document, is_listed);
    let mut count = 0;
    for (i, node) in document.descendants().filter(|n| n.tag_name().name() == "id").enumerate() {
        let at = path(places.place(source_of(node)));
        assert_eq!(at, format!("/section/entry[{}]/id", i + 1));
        assert!(places.find(&at).is_some());
        count += 1;
    }
    assert_eq!(count, 10_000);
}

#[test]
fn paths_lead_back_in_whatever_order_they_are_asked_for() {
    let wide: String =
        (0..300).map(|i| format!("<{0} n='{i}'><v/></{0}>", if i % 3 == 0 { "a" } else { "b" })).collect();
    let xml = format!("<r><s>{wide}</s><s><a n='last'/></s></r>");
    let safe = Safe::of(&xml).unwrap();
    let document = safe.parse().unwrap();
    let places = XmlPlaces::new(&document, is_listed);
    let values: Vec<_> = document.descendants().filter_map(|n| attribute(n, "n")).collect();
    let asked = || (0..values.len()).map(|i| &values[i * 97 % values.len()]);
    let paths: Vec<String> = asked().map(|v| path(places.place(v.source()))).collect();
    for (value, at) in asked().zip(&paths) {
        assert_eq!(places.find(at).as_deref(), Some(value.text()), "{at}");
        assert_eq!(path(places.place(value.source())), *at);
        let told = path(places.told(value.source()));
        assert!(told.starts_with("/*/*[") && told.ends_with("/@*"), "{told}");
    }
    for nowhere in ["/r/s[1]/a[101]", "/r/s[1]/b[201]", "/r/s[1]/c", "/r/s[2]/a[2]", "/r/s[1]/a[1]/v[2]", "/r/s[1]/a[1"]
    {
        assert_eq!(places.find(nowhere), None, "{nowhere}");
    }
    assert_eq!(places.find("/r/s[1]/a[100]/@n").as_deref(), Some("297"));
}

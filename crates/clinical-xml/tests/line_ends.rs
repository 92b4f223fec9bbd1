//! A text made ready to be read is the same tree: each thing where it stood, each text the same but for its blanks.

use clinical_xml::{Document, Node, Safe, text_of};

const XML: &str = "<?xml version='1.0'?>\r\n<!-- one\r\n -->\r\n<ClinicalDocument xmlns='urn:hl7-org:v3'\r\n  a=' b\r\n'>\r\n\
    \t<title>Two\r\n words</title>\r\n\r\n  <text>\r\n   <table>\r<tr>\r\n<td>é</td>\r\n <td> 5\r\n mg </td></tr></table>\r\n\
    <br/>\r\nafter<b>x</b>\r\n<i>y</i>\r\n<![CDATA[<b>\r\n</b>\r\n<c/>]]>\r\n</text>\r\n</ClinicalDocument>\r\n";

fn nodes<'d>(document: &'d Document<'_>) -> Vec<Node<'d, 'd>> {
    document.descendants().collect()
}

#[test]
fn only_the_blanks_between_tags_are_others() {
    let (given, made) = (Safe::of(XML).unwrap(), Safe::to_read(XML).unwrap());
    let (given, made) = (given.parse().unwrap(), made.parse().unwrap());
    assert_eq!(nodes(&given).len(), nodes(&made).len());
    let mut others = 0;
    for (one, other) in nodes(&given).into_iter().zip(nodes(&made)) {
        assert_eq!((one.range(), one.node_type()), (other.range(), other.node_type()));
        assert_eq!(text_of(one), text_of(other));
        let attributes =
            |n: Node<'_, '_>| n.attributes().map(|a| (a.range(), a.value().to_owned())).collect::<Vec<_>>();
        assert_eq!(attributes(one), attributes(other));
        if let (Some(one), Some(other)) = (one.text().filter(|_| one.is_text()), other.text()) {
            others += usize::from(one != other);
            assert_eq!(one.trim().is_empty(), other.trim().is_empty());
            assert_eq!(one.starts_with(char::is_whitespace), other.starts_with(char::is_whitespace));
            assert_eq!(one.ends_with(char::is_whitespace), other.ends_with(char::is_whitespace));
        }
    }
    assert!(others > 5, "{others}");
}

#[test]
fn prefixes_that_nothing_declares_are_known_all_the_same() {
    for (used, known) in [("<br", "<xsi:br"), ("<br", "<voc:br"), ("<br", "<br x:y='1'"), ("a='", "sdtc:a='")] {
        let text = XML.replace(used, known).replace(" xmlns='urn:hl7-org:v3'", "");
        let (given, made) = (Safe::of(&text).unwrap(), Safe::to_read(&text).unwrap());
        let (given, made) = (given.parse().unwrap(), made.parse().unwrap());
        let names = |d: &Document<'_>| d.descendants().map(|n| n.tag_name().name().to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&given), names(&made));
    }
}

#[test]
fn what_is_refused_is_refused_at_the_same_place() {
    for cut in (1..XML.len()).filter(|at| XML.is_char_boundary(*at) && XML.is_char_boundary(at - 1)) {
        let less = format!("{}{}", &XML[..cut - 1], &XML[cut..]);
        for text in [XML[..cut].to_owned(), less.replace("<br", "<voc:br"), less.replace("<br", "<x:br"), less] {
            let error = |safe: Result<Safe<'_>, clinical_xml::Error>| safe.and_then(|s| s.parse().map(|_| ())).err();
            assert_eq!(error(Safe::of(&text)), error(Safe::to_read(&text)), "{text:?}");
        }
    }
}

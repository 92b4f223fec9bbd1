//! What XML must be before a tree is made of it: no document type, not too deep, not too many attributes. A tree of an
//! element with fifty thousand attributes would cost seconds.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::fault::Fault;

const DEPTH: usize = 200;
const ATTRIBUTES: usize = 256;

/// Goes through the XML once.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        let before = reader.buffer_position();
        let refuse = |what| Err(at(text, before, what));
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::DocType(_)) => return refuse("it has a document type"),
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth > DEPTH {
                    return refuse("it is nested too deeply");
                }
                if start.attributes_raw().iter().filter(|b| **b == b'=').count() > ATTRIBUTES && too_many(&start) {
                    return refuse("an element has too many attributes");
                }
            }
            Ok(Event::Empty(start)) => {
                if start.attributes_raw().iter().filter(|b| **b == b'=').count() > ATTRIBUTES && too_many(&start) {
                    return refuse("an element has too many attributes");
                }
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            Err(_) => return refuse("it is not well formed"),
        }
    }
}

/// The byte behind the name of the root element.
pub(super) fn root_name_end(text: &str) -> Option<usize> {
    let mut reader = Reader::from_str(text);
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                let open = before + text.get(before..)?.find('<')?;
                return Some(open + 1 + start.name().as_ref().len());
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// Names are not compared: that is what would cost time.
fn too_many(start: &quick_xml::events::BytesStart<'_>) -> bool {
    start.attributes().with_checks(false).take(ATTRIBUTES + 1).count() > ATTRIBUTES
}

fn at(text: &str, offset: u64, what: &'static str) -> Fault {
    let mut end = usize::try_from(offset).unwrap_or(usize::MAX).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line = before.bytes().filter(|b| *b == b'\n').count() as u32 + 1;
    let column = before[before.rfind('\n').map_or(0, |n| n + 1)..].chars().count() as u32 + 1;
    Fault::Xml { what, line, column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_costs_too_much_is_refused() {
        let attributes: String = (0..300).map(|i| format!(" a{i}=\"\"")).collect();
        for text in [
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a/>".to_owned(),
            "<a>".repeat(300),
            format!("<a{attributes}/>"),
            format!("<a{attributes}></a>"),
        ] {
            assert!(matches!(check(&text), Err(Fault::Xml { .. })));
        }
        assert_eq!(check("<a b=\"1\"><c/>x</a>"), Ok(()));
    }
}

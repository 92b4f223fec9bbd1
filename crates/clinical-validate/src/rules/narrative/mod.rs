//! Narrative (R4 `Narrative.div`, txt-1): one `div` of the XHTML namespace with "only the basic html formatting elements
//! and attributes", and nothing that acts.

mod allowed;
mod pieces;
mod safety;

pub(super) use pieces::{Piece, pieces};
use safety::attribute_acts;
pub(super) use safety::{acts, raw_acts};

use super::neighbours::Neighbours;
use super::warn;
use crate::{Code, Mode, Resource, Sink};
use allowed::{is_attribute, is_block, is_element, is_void};
use clinical_json::Node;
use pieces::{Attribute, Broken};

const NAMESPACE: &str = "http://www.w3.org/1999/xhtml";

/// Elements that stand in one another.
const DEEPEST: usize = 256;

/// What is wrong with the markup.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Fault {
    /// It is dangerous, not only untidy.
    acts: bool,
    key: &'static str,
    text: &'static str,
}

const fn fault(key: &'static str, text: &'static str) -> Fault {
    Fault { acts: false, key, text }
}

const SCRIPT: Fault = Fault {
    acts: true,
    key: "narrative-active",
    text: "A narrative must have nothing that acts: no scripts, forms, frames, event handlers or links to scripts",
};
const ROOT: Fault = fault("narrative-div", "A narrative is one div element");
const SPACE: Fault = fault("narrative-namespace", "The div of a narrative must be in the namespace of XHTML");
const ELEMENT: Fault = fault("txt-1", "A narrative has only the basic formatting elements of HTML");
const ATTRIBUTE: Fault = fault("txt-1", "A narrative has only the basic formatting attributes of HTML");
const BALANCE: Fault = fault("narrative-balance", "The elements of a narrative must be closed in their order");
const PARAGRAPH: Fault = fault("narrative-paragraph", "A paragraph of a narrative has no block elements inside");
const SYNTAX: Fault = fault("narrative-syntax", "The narrative is not well-formed XML");
const DOCTYPE: Fault = fault("narrative-doctype", "A narrative has no DOCTYPE and no processing instructions");
const ENTITY: Fault =
    fault("narrative-entity", "Only the entities of XML stand in a narrative (&amp; &lt; &gt; &quot; &apos;)");
const DEPTH: Fault = fault("narrative-depth", "The narrative is nested too deep to be looked at");

/// A `Narrative`: its markup, and its language beside that of the resource.
pub(super) fn check<'d, 'a>(
    node: Node<'d, 'a>,
    resource: &Resource<'_, 'd, 'a>,
    neighbours: &mut Neighbours<'d, 'a>,
    mode: Mode,
    sink: &mut Sink<'d, 'a>,
) {
    let Some(div) = node.get("div") else { return };
    let Some(text) = div.as_str().filter(|text| !text.is_empty()) else { return };
    for fault in faults(&text) {
        if fault.key == ENTITY.key {
            if mode == Mode::Strict {
                warn(sink, Code::Invalid, fault.key, div, fault.text);
            }
        } else if fault.acts {
            sink.error(Code::Security, fault.key, div, fault.text);
        } else if mode == Mode::Strict {
            sink.error(Code::Invalid, fault.key, div, fault.text);
        }
    }
    if mode == Mode::Strict
        && let Some(language) = neighbours.language(resource.node)
    {
        self::language(&text, language, div, sink);
    }
}

/// The language of a narrative is told by both attributes of the div, and is that of the resource (R4
/// `Resource.language`).
fn language<'d, 'a>(text: &str, language: &str, div: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let Some(Piece::Open { attributes, .. }) = pieces(text).next() else { return };
    let mut count = 0usize;
    for attribute in attributes.flatten().filter(|a| matches!(a.name, "lang" | "xml:lang")) {
        count += 1;
        if !attribute.value.eq_ignore_ascii_case(language) {
            let text = "The language of the narrative is another one than that of the resource";
            return warn(sink, Code::BusinessRule, "narrative-language", div, text);
        }
    }
    if count < 2 {
        let text = "The resource has a language; the div of its narrative should have lang and xml:lang";
        warn(sink, Code::BusinessRule, "narrative-language", div, text);
    }
}

/// Each kind of fault once, the most important first.
fn faults(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut is_over = false;
    for piece in pieces(text) {
        match piece {
            Piece::Open { name, attributes, is_closed } => {
                let is_root = open.is_empty();
                if is_root && (is_over || name != "div") {
                    faults.push(ROOT);
                }
                let mut space = None;
                let raw = attributes.raw();
                for attribute in attributes {
                    match attribute {
                        Ok(attribute) if attribute.name == "xmlns" => space = Some(attribute.value),
                        Ok(attribute) => of_attribute(name, &attribute, &mut faults),
                        Err(broken) => {
                            // After this error nothing more of the tag is read.
                            if broken == Broken::Syntax && raw_acts(raw) {
                                faults.push(SCRIPT);
                            }
                            faults.push(of_broken(broken));
                        }
                    }
                }
                if (is_root && space.is_none()) || space.is_some_and(|space| space != NAMESPACE) {
                    faults.push(SPACE);
                }
                if acts(name) {
                    faults.push(SCRIPT);
                } else if !is_element(name) {
                    faults.push(ELEMENT);
                }
                if is_block(name) && open.contains(&"p") {
                    faults.push(PARAGRAPH);
                }
                if !is_closed {
                    // HTML's habit of leaving `br` open is not XML.
                    open.push(name);
                }
                is_over |= open.is_empty();
            }
            Piece::Close { name } => {
                if open.pop() != Some(name) {
                    faults.push(BALANCE);
                    open.clear();
                    break;
                }
                is_over |= open.is_empty();
            }
            Piece::Text(text) if open.is_empty() && !text.trim().is_empty() => faults.push(ROOT),
            Piece::Text(_) => {}
            Piece::Broken(broken) => faults.push(of_broken(broken)),
        }
        if open.len() > DEEPEST {
            faults.push(DEPTH);
            open.clear();
            break;
        }
        // Each kind is told once, so a list of thousands is of no use.
        if faults.len() > 64 {
            faults.sort_unstable();
            faults.dedup();
        }
    }
    if let Some(last) = open.last() {
        faults.push(if is_void(last) { SYNTAX } else { BALANCE });
    }
    if !is_over && faults.is_empty() {
        faults.push(ROOT);
    }
    faults.sort_unstable();
    faults.dedup();
    faults
}

fn of_attribute(element: &str, attribute: &Attribute<'_>, faults: &mut Vec<Fault>) {
    if attribute_acts(attribute) {
        faults.push(SCRIPT);
    } else if !is_attribute(element, attribute.name) {
        faults.push(ATTRIBUTE);
    }
}

fn of_broken(broken: Broken) -> Fault {
    match broken {
        Broken::Syntax => SYNTAX,
        Broken::Doctype => DOCTYPE,
        Broken::Entity => ENTITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::bench::{errors, keys};

    fn found(inside: &str) -> Vec<&'static str> {
        let all = faults(&format!("<div xmlns=\"{NAMESPACE}\">{inside}</div>"));
        all.into_iter().map(|fault| fault.key).collect()
    }

    #[test]
    fn basic_formatting_is_allowed() {
        for good in [
            "plain",
            "<p>a <b>b</b><br/></p>",
            "<table class='grid' border=\"1\"><tr><td colspan='2' style='color: red'>a</td></tr></table>",
            "<a href='http://a.b/c?d=e&amp;f'>x</a><a name='y'></a>",
            "<img src='#x' alt='&#160;a'/>",
            "<!-- a <script> that does nothing -->",
            "<p lang='de' xml:lang='de' id='a'>&lt;b&gt;</p>",
            "<p>a</p><p>b</p>",
        ] {
            assert!(found(good).is_empty(), "{good}: {:?}", found(good));
        }
    }

    #[test]
    fn what_acts_is_told_apart() {
        for bad in [
            "<script>alert(1)</script>",
            "<iframe src='http://a.b'></iframe>",
            "<form><input/></form>",
            "<p onclick='x()'>a</p>",
            "<a href='javascript:x()'>a</a>",
            "<a href=' java&#115;cript:x()'>a</a>",
            "<a href=\"java\tscript:x()\">a</a>",
            "<object data='x'></object>",
            "<p style='background: url(javascript:x)'>a</p>",
            "<svg onload='x'></svg>",
            "<img src=x onerror=alert(1)>",
        ] {
            assert!(found(bad).contains(&"narrative-active"), "{bad}: {:?}", found(bad));
        }
    }

    #[test]
    fn each_rule_has_its_own_key() {
        for (bad, key) in [
            ("<blink>a</blink>", "txt-1"),
            ("<p foo='a'>b</p>", "txt-1"),
            ("<p>a", "narrative-balance"),
            ("<b><i>a</b></i>", "narrative-balance"),
            ("<p><table></table></p>", "narrative-paragraph"),
            ("a < b", "narrative-syntax"),
            ("<p class=a>b</p>", "narrative-syntax"),
            ("a & b", "narrative-syntax"),
            ("<?php x ?>", "narrative-doctype"),
            ("a&nbsp;b", "narrative-entity"),
        ] {
            assert_eq!(found(bad), [key], "{bad}");
        }
    }

    #[test]
    fn the_root_is_one_div_of_xhtml() {
        let keys = |text| faults(text).into_iter().map(|fault| fault.key).collect::<Vec<_>>();
        assert_eq!(keys("<div>a</div>"), ["narrative-namespace"]);
        assert_eq!(keys("<div xmlns='http://a.b'>a</div>"), ["narrative-namespace"]);
        assert_eq!(keys("<p xmlns='http://www.w3.org/1999/xhtml'>a</p>"), ["narrative-div"]);
        assert_eq!(keys("a"), ["narrative-div"]);
        assert_eq!(
            keys("<div xmlns='http://www.w3.org/1999/xhtml'/><div xmlns='http://www.w3.org/1999/xhtml'/>"),
            ["narrative-div"]
        );
        assert!(keys("<div xmlns='http://www.w3.org/1999/xhtml'>a</div> \n").is_empty());
    }

    #[test]
    fn deep_and_long_narratives_end() {
        assert!(found(&"<b>".repeat(100_000)).contains(&"narrative-depth"));
        assert_eq!(found(&"<blink></blink>".repeat(100_000)), ["txt-1"]);
        assert!(!found(&"<".repeat(100_000)).is_empty());
    }

    #[test]
    fn lenient_mode_tells_what_acts_and_nothing_else() {
        let json = |div| format!(r#"{{"resourceType":"Basic","text":{{"status":"generated","div":"{div}"}}}}"#);
        assert_eq!(errors(&json("<div>a</div>")), ["narrative-namespace"]);
        assert!(crate::rules::bench::lenient(&json("<div>a</div>")).is_empty());
        assert_eq!(crate::rules::bench::lenient(&json("<div><script/></div>")), ["narrative-active"]);
    }

    #[test]
    fn the_language_of_the_narrative_is_that_of_the_resource() {
        let json = |attributes| {
            format!(
                r#"{{"resourceType":"Basic","language":"de","text":{{"div":"<div xmlns='{NAMESPACE}' {attributes}>a</div>"}}}}"#
            )
        };
        assert!(keys(&json("lang='de' xml:lang='DE'")).is_empty());
        assert_eq!(keys(&json("lang='en' xml:lang='en'")), ["narrative-language"]);
        assert_eq!(keys(&json("")), ["narrative-language"]);
    }
}

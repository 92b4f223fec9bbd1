//! What XML must be before a tree is made of it: not too many attributes in one element, not too many namespaces in
//! scope. Both cost the parser their square. (It keeps a list of open elements and does not recurse, so that depth is
//! looked at in the tree, where it is cheap.)
//!
//! The first look only asks whether either could be. No well-formed tag has a `<` inside, so an element with too many
//! attributes needs a long way from one `<` to the next. Only a text with such a way, or with
//! many declarations of namespaces, is looked at tag by tag.

use crate::Error;
use memchr::{memchr, memmem, memrchr};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;

/// The most attributes of one element.
const ATTRIBUTES: usize = 256;
/// The shortest an attribute can be: a blank, a name, `=""`.
const SHORTEST: usize = 5;
/// The most prefixes in scope at one place. Documents have about five.
const IN_SCOPE: usize = 48;
/// Bytes for each declaration of a namespace, at least, and how many are free.
const BYTES_PER_DECLARATION: usize = 64;
const FREE_DECLARATIONS: usize = 4096;
/// How a declaration begins.
const XMLNS: &[u8] = b"xmlns";

/// Refuses what would cost too much, and tells which of the prefixes are declared anywhere.
pub(crate) fn check<const N: usize>(text: &str, prefixes: [&str; N]) -> Result<[bool; N], Error> {
    let bytes = text.as_bytes();
    let is_suspect = has_long_way(bytes);
    let mut declared = [false; N];
    let mut declarations = 0;
    for at in memmem::find_iter(bytes, XMLNS) {
        declarations += 1;
        let Some(name) = bytes.get(at + XMLNS.len()..).and_then(|rest| rest.strip_prefix(b":")) else { continue };
        for (prefix, is_declared) in prefixes.iter().zip(&mut declared) {
            *is_declared |= name.starts_with(prefix.as_bytes());
        }
    }
    if declarations > FREE_DECLARATIONS + bytes.len() / BYTES_PER_DECLARATION {
        return Err(Error { what: "it declares too many namespaces", line: 1, column: 1 });
    }
    if is_suspect || declarations > IN_SCOPE {
        Tags::new(text).walk(&mut |_| {})?;
    }
    Ok(declared)
}

/// Whether it is far from one `<` to the next anywhere, and what stands between may be a tag of too many attributes. In
/// each window as long as such a tag only the last `<` is looked for: those before it are nearer to each other still.
fn has_long_way(bytes: &[u8]) -> bool {
    const WAY: usize = ATTRIBUTES * SHORTEST;
    let mut last = 0;
    loop {
        let begin = last + 1;
        let window = bytes.get(begin..bytes.len().min(last + WAY + 1)).unwrap_or_default();
        match memrchr(b'<', window) {
            Some(at) => last = begin + at,
            None => {
                let rest = bytes.get(begin..).unwrap_or_default();
                let end = memchr(b'<', rest).map_or(bytes.len(), |at| begin + at);
                if end - last > WAY && may_have_many(&bytes[last..end]) {
                    return true;
                }
                if end == bytes.len() {
                    return false;
                }
                last = end;
            }
        }
    }
}

/// Whether a stretch from one `<` to the next may be a tag of too many attributes.
fn may_have_many(stretch: &[u8]) -> bool {
    let (mut equals, mut quote) = (0, None);
    for b in stretch {
        match (quote, b) {
            (None, b'>') => return false,
            (None, b'"' | b'\'') => quote = Some(*b),
            (None, b'=') => equals += 1,
            (Some(open), b) if *b == open => quote = None,
            _ => {}
        }
        if equals > ATTRIBUTES {
            return true;
        }
    }
    false
}

/// The prefixes that the document uses where nothing declares them.
pub(crate) fn undeclared(text: &str) -> Result<BTreeSet<String>, Error> {
    let mut found = BTreeSet::new();
    Tags::new(text).walk(&mut |prefix| {
        if found.len() < IN_SCOPE && !found.contains(prefix) {
            found.insert(prefix.to_owned());
        }
    })?;
    Ok(found)
}

/// The bytes behind the name of the root element: where declarations can be put in; with the name itself.
pub(crate) fn root(text: &str) -> Option<(usize, &str)> {
    let mut reader = Reader::from_str(text);
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                let open = before + text.get(before..)?.find('<')? + 1;
                let end = open + start.name().as_ref().len();
                return Some((end, text.get(open..end)?));
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// A walk tag by tag.
struct Tags<'t> {
    text: &'t str,
    /// Prefixes in scope, and how many there were when each open element began.
    scope: Vec<String>,
    open: Vec<usize>,
}

impl<'t> Tags<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, scope: Vec::new(), open: Vec::new() }
    }

    fn walk(&mut self, tell: &mut dyn FnMut(&str)) -> Result<(), Error> {
        let mut reader = Reader::from_str(self.text);
        reader.config_mut().check_end_names = false;
        loop {
            let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let outcome = match reader.read_event() {
                Ok(Event::Eof) => return Ok(()),
                Ok(Event::DocType(_)) => Err("it has a document type"),
                Ok(Event::Start(start)) => {
                    self.open.push(self.scope.len());
                    self.tag(&start, tell)
                }
                Ok(Event::Empty(start)) => {
                    let scope = self.scope.len();
                    let outcome = self.tag(&start, tell);
                    self.scope.truncate(scope);
                    outcome
                }
                Ok(Event::End(_)) => {
                    let scope = self.open.pop().unwrap_or(0);
                    self.scope.truncate(scope);
                    Ok(())
                }
                Ok(_) => Ok(()),
                Err(_) => Err("it is not well formed"),
            };
            outcome.map_err(|what| Error::at(self.text.as_bytes(), before, what))?;
        }
    }

    fn tag(&mut self, start: &BytesStart<'_>, tell: &mut dyn FnMut(&str)) -> Result<(), &'static str> {
        let mut count = 0;
        // Names are not compared: that is what would cost time.
        for attribute in start.attributes().with_checks(false) {
            let Ok(attribute) = attribute else { return Err("it is not well formed") };
            count += 1;
            if count > ATTRIBUTES {
                return Err("an element has too many attributes");
            }
            let name = attribute.key.as_ref();
            let declared = if name == b"xmlns" { Some(&b""[..]) } else { name.strip_prefix(b"xmlns:") };
            if let Some(prefix) = declared {
                if !self.scope.iter().any(|s| s.as_bytes() == prefix) {
                    self.scope.push(String::from_utf8_lossy(prefix).into_owned());
                }
                if self.scope.len() > IN_SCOPE {
                    return Err("it declares too many namespaces");
                }
            }
        }
        let mut attributes = start.attributes();
        let names = attributes.with_checks(false).flatten().map(|a| a.key.into_inner());
        for name in std::iter::once(start.name().into_inner()).chain(names) {
            let Some(colon) = memchr::memchr(b':', name) else { continue };
            let prefix = &name[..colon];
            let is_known = matches!(prefix, b"xmlns" | b"xml" | b"");
            if !is_known && !self.scope.iter().any(|s| s.as_bytes() == prefix) {
                tell(&String::from_utf8_lossy(prefix));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(text: &str) -> Option<&'static str> {
        check(text, []).err().map(|e| e.what)
    }

    #[test]
    fn a_long_way_is_seen_wherever_it_begins() {
        const WAY: usize = ATTRIBUTES * SHORTEST;
        let tag = |length: usize| format!("<{}", "=".repeat(length.saturating_sub(1)));
        for before in [0, 1, 2, 700, WAY - 1, WAY, WAY + 1, 2 * WAY] {
            for (length, is_long) in [(1, false), (WAY - 1, false), (WAY, false), (WAY + 1, true), (3 * WAY, true)] {
                let harmless = format!("<a>{}", " ".repeat(before));
                for text in [tag(length), format!("{harmless}{}", tag(length)), format!("{}{harmless}", tag(length))] {
                    assert_eq!(has_long_way(text.as_bytes()), is_long, "{before} {length}");
                }
            }
        }
        assert!(!has_long_way(b"") && !has_long_way(b"<"));
    }

    #[test]
    fn too_many_attributes_are_refused_however_they_are_written() {
        let attributes = |n: usize| (0..n).map(|i| format!(" a{i}=\"\"")).collect::<String>();
        let long = |n: usize| (0..n).map(|i| format!("\n\ta{i} = '>{i}'")).collect::<String>();
        let refused = Some("an element has too many attributes");
        assert_eq!(what(&format!("<a{}/>", attributes(257))), refused);
        assert_eq!(what(&format!("<a{}></a>", attributes(50_000))), refused);
        assert_eq!(what(&format!("<a><b{}/></a>", long(300))), refused);
        assert_eq!(what(&format!("<a{}", attributes(300))), Some("it is not well formed"), "never closed");
        assert_eq!(what(&format!("<a{}/>", attributes(256))), None);
        assert_eq!(what(&format!("<a>{}</a>", attributes(5000))), None, "words between tags");
        assert_eq!(what(&format!("<a><!-- <b{}/> --></a>", attributes(5000))), None, "a comment");
        assert_eq!(what(&format!("<a><![CDATA[<b{}/>]]></a>", attributes(5000))), None, "character data");
    }

    #[test]
    fn too_many_namespaces_in_scope_are_refused() {
        let nested: String = (0..60).map(|i| format!("<a xmlns:n{i}=\"u\">")).collect();
        assert_eq!(what(&format!("{nested}{}", "</a>".repeat(60))), Some("it declares too many namespaces"));
        let beside: String = (0..60).map(|i| format!("<a xmlns:n{i}=\"u\"/>")).collect();
        assert_eq!(what(&format!("<r>{beside}</r>")), None);
        let same = "<a xmlns=\"u\" xmlns:x=\"v\">".repeat(100) + &"</a>".repeat(100);
        assert_eq!(what(&same), None);
        let many = "<a xmlns:b=\"c\"/>".repeat(20_000);
        assert_eq!(what(&format!("<r>{many}</r>")), Some("it declares too many namespaces"));
    }

    #[test]
    fn prefixes_that_are_declared_anywhere_are_told() {
        let declared = |text: &str| check(text, ["xsi", "voc"]).unwrap();
        assert_eq!(declared("<a xmlns='u' xmlns:voc='v' xsi:b=''/>"), [false, true]);
        assert_eq!(declared("<a><b xmlns:xsi = 'u'/></a>"), [true, false]);
        assert_eq!(declared("<a xmlns: xsi=''/>"), [false, false]);
    }

    #[test]
    fn prefixes_that_nothing_declares_are_found() {
        let text = "<a xmlns:x='u'><x:b y:c='1'><z:d xmlns:z='v'/><z:e/></x:b><x:f xml:lang='en'/></a>";
        let found: Vec<String> = undeclared(text).unwrap().into_iter().collect();
        assert_eq!(found, ["y", "z"]);
    }
}

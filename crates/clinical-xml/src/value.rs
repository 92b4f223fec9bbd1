//! Values of elements and attributes as facts.

use crate::same_name;
use clinical_model::{Source, Verbatim};
use roxmltree::{Attribute, Node, StringStorage};
use std::borrow::Cow;

fn source(range: std::ops::Range<usize>) -> Source {
    Source::new(range.start.try_into().unwrap_or(u32::MAX), range.end.try_into().unwrap_or(u32::MAX))
}

/// The bytes of an element.
#[must_use]
pub fn source_of(node: Node<'_, '_>) -> Source {
    source(node.range())
}

/// A text without blanks at its ends. Most texts have none there, which two bytes tell.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    let is_plain = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
    if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) { text } else { text.trim() }
}

fn borrowed<'a>(storage: &StringStorage<'a>) -> Cow<'a, str> {
    match storage {
        StringStorage::Borrowed(text) => Cow::Borrowed(text),
        StringStorage::Owned(text) => Cow::Owned(text.to_string()),
    }
}

/// The value of an attribute by its local name, blanks at its ends taken off; `None` where it is missing or blank. Its
/// source is the whole attribute, name and quotes included, so that no two facts of a document share their bytes.
#[must_use]
pub fn attribute<'a>(node: Node<'_, 'a>, name: &str) -> Option<Verbatim<'a>> {
    node.attributes().find(|a| same_name(a.name(), name)).and_then(|a| attribute_value(&a))
}

/// The same without the place.
pub(crate) fn attribute_text<'a>(node: Node<'_, 'a>, name: &str) -> Option<Cow<'a, str>> {
    node.attributes().find(|a| same_name(a.name(), name)).map(|a| plain_value(&a)).filter(|text| !text.is_empty())
}

fn attribute_value<'a>(attribute: &Attribute<'_, 'a>) -> Option<Verbatim<'a>> {
    let text = plain_value(attribute);
    (!text.is_empty()).then(|| Verbatim::new(text, source(attribute.range())))
}

fn plain_value<'a>(attribute: &Attribute<'_, 'a>) -> Cow<'a, str> {
    match borrowed(attribute.value_storage()) {
        Cow::Borrowed(text) => Cow::Borrowed(trimmed(text)),
        Cow::Owned(text) => Cow::Owned(trimmed(&text).to_owned()),
    }
}

/// The text of an element and all that is in it, runs of blanks folded to one, none at the ends; `None` where there
/// is none. This is the text that [`crate::XmlPlaces::find`] gives for the element's path.
#[must_use]
pub fn text<'a>(node: Node<'_, 'a>) -> Option<Verbatim<'a>> {
    let text = text_of(node);
    (!text.is_empty()).then(|| Verbatim::new(text, source(node.range())))
}

/// The text of neighbours from `first` to `last` (nodes of one parent), folded as [`text`] does: words that stand
/// beside elements, which have no element of their own. The source is their bytes, and its path is the element that
/// holds them, whose text has these words in it.
#[must_use]
pub fn run<'a>(first: Node<'_, 'a>, last: Node<'_, 'a>) -> Option<Verbatim<'a>> {
    if first.id() == last.id() && first.is_element() {
        return text(first);
    }
    let mut whole = Cow::Borrowed("");
    let mut node = Some(first);
    while let Some(at) = node {
        for storage in at.descendants().filter(Node::is_text).filter_map(|n| n.text_storage()) {
            append(&mut whole, storage);
        }
        node = if at.id() == last.id() { None } else { at.next_sibling() };
    }
    let words = folded(whole);
    let range = first.range().start..last.range().end;
    (!words.is_empty()).then(|| Verbatim::new(words, source(range)))
}

/// The same without the place; borrowed where the element holds one plain text.
#[must_use]
pub fn text_of<'a>(node: Node<'_, 'a>) -> Cow<'a, str> {
    let mut whole = Cow::Borrowed("");
    for storage in node.descendants().filter(Node::is_text).filter_map(|n| n.text_storage()) {
        append(&mut whole, storage);
    }
    folded(whole)
}

fn append<'a>(whole: &mut Cow<'a, str>, storage: &StringStorage<'a>) {
    if whole.is_empty() {
        *whole = borrowed(storage);
    } else if !storage.is_empty() {
        whole.to_mut().push_str(storage);
    }
}

fn folded(whole: Cow<'_, str>) -> Cow<'_, str> {
    match whole {
        Cow::Borrowed(text) if !needs_folding(trimmed(text)) => Cow::Borrowed(trimmed(text)),
        text => {
            let mut out = String::with_capacity(text.len());
            let mut add = |word: &str| {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(word);
            };
            // The blanks of plain characters are told by their bytes, which is several times quicker.
            if text.is_ascii() {
                let mut rest = &*text;
                while let Some(begin) = rest.bytes().position(|b| !is_blank(b)) {
                    let length = rest[begin..].bytes().position(is_blank).unwrap_or(rest.len() - begin);
                    add(&rest[begin..begin + length]);
                    rest = &rest[begin + length..];
                }
            } else {
                text.split_whitespace().for_each(add);
            }
            Cow::Owned(out)
        }
    }
}

/// Whether a plain character is a blank, as [`char::is_whitespace`] says of it.
const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Whether there is any blank but single spaces.
fn needs_folding(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Most texts have only plain characters, and no two spaces together. Every byte is looked at, which is quicker than
    // to ask at each whether to go on.
    if bytes.iter().fold(true, |plain, b| plain & (b' '..0x80).contains(b)) {
        return bytes.iter().zip(bytes.iter().skip(1)).fold(false, |two, (a, b)| two | (*a == b' ' && *b == b' '));
    }
    let mut before = false;
    text.chars().any(|c| {
        let blank = c.is_whitespace();
        let folds = blank && (before || c != ' ');
        before = blank;
        folds
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_folded_alike_in_plain_and_in_other_texts() {
        for b in 0..128 {
            assert_eq!(is_blank(b), char::from(b).is_whitespace(), "{b}");
        }
        for plain in ["", " ", "a", " a\t\n b", "a  b", "a\r\nb c ", "\u{b}a\u{c}\u{c}b\u{1c}c"] {
            let other = format!("{plain} \u{e9}");
            let words: Vec<&str> = other.split_whitespace().collect();
            assert_eq!(folded(Cow::Borrowed(&other)), words.join(" "));
            assert_eq!(folded(Cow::Borrowed(plain)), words[..words.len() - 1].join(" "));
        }
    }
}

//! The places of a document of any format.

use super::Points;
use clinical_intake::fhir::JsonPlaces;
use clinical_json::Node;
use clinical_model::{Place, Places, Source, Told};
use clinical_xml::XmlPlaces;
use std::borrow::Cow;

/// Turns bytes into the places of one format, and places back into texts.
pub(crate) enum AnyPlaces<'d, 'a> {
    Json(JsonPlaces<'d, 'a>),
    Xml(Box<XmlPlaces<'d, 'a>>),
    Note { text: &'a str, points: Points },
}

impl<'a> AnyPlaces<'_, 'a> {
    /// The place for a finding, an error or a log: without names that the input made up.
    pub(crate) fn told(&self, source: Source) -> Place {
        match self {
            Self::Json(places) => places.told(source),
            Self::Xml(places) => places.told(source),
            Self::Note { .. } => self.place(source),
        }
    }

    /// Whether the text to which a pointer leads is what is said of it; `None` where it leads nowhere. An element of XML
    /// may hold more than one fact: words between two other elements have no path of their own.
    pub(crate) fn says(&self, pointer: Node<'_, '_>, said: &str) -> Option<bool> {
        let stands = self.text_at(pointer)?;
        let is_element = || {
            matches!(self, Self::Xml(_))
                && pointer.get("path").and_then(Node::as_str).is_some_and(|path| !path.contains("/@"))
        };
        Some(stands == said || is_element() && holds(&stands, said))
    }

    /// The text to which a pointer of a summary (`{path, text}` or `{start, end, text}`) leads; `None` where it leads
    /// nowhere.
    fn text_at(&self, pointer: Node<'_, '_>) -> Option<Cow<'a, str>> {
        let path = || pointer.get("path").and_then(Node::as_str);
        match self {
            Self::Json(places) => places.find(&path()?)?.scalar_text(),
            Self::Xml(places) => places.find(&path()?),
            Self::Note { text, points } => {
                let number = |name| pointer.get(name)?.scalar_text()?.parse::<usize>().ok();
                let (start, end) = (points.byte(text, number("start")?)?, points.byte(text, number("end")?)?);
                text.get(start..end).map(Cow::Borrowed)
            }
        }
    }
}

impl Places for AnyPlaces<'_, '_> {
    fn place(&self, source: Source) -> Place {
        match self {
            Self::Json(places) => places.place(source),
            Self::Xml(places) => places.place(source),
            Self::Note { text, points } => Place::Span(points.at(text, source.start()), points.at(text, source.end())),
        }
    }

    fn tell(&self, source: Source, to: &mut dyn FnMut(Told<'_>)) {
        match self {
            Self::Json(places) => places.tell(source, to),
            Self::Xml(places) => places.tell(source, to),
            Self::Note { text, points } => {
                to(Told::Span(points.at(text, source.start()), points.at(text, source.end())));
            }
        }
    }
}

/// Whether a text holds another one, not beginning or ending inside a word or a number.
fn holds(text: &str, part: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !part.is_empty()
        && text.match_indices(part).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + part.len()..]);
            let begins = !is_word(part.chars().next()) || !is_word(before.chars().next_back());
            let ends = !is_word(part.chars().next_back()) || !is_word(after.chars().next());
            begins && ends
        })
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_part_is_whole_words() {
        assert!(holds("Take 5 mg. Rest.", "Take 5 mg."));
        assert!(holds("Take 5 mg. Rest.", "Rest."));
        assert!(!holds("Take 15 mg", "5 mg"));
        assert!(!holds("Take 5 mg", "Take 5 m"));
        assert!(!holds("Take 5 mg", ""));
    }
}

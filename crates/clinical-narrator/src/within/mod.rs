//! Who is named in a sentence, as far as the whole document tells.

#[cfg(test)]
mod leaks;

use crate::mask::{Masked, Names};
use clinical_intake::note::words::{Kind as TokenKind, tokens};
use clinical_lexicon::Lexicon;
use clinical_model::Stop;
use clinical_privacy::{Finder, Identifier, Kind, Known, Reason, find, known_from_text};
use std::collections::BTreeSet;

/// The names that are known, as a note's header would give them, and the text. Finding learns from them.
fn taught(context: &str, known: &Known) -> String {
    let mut text: String = known.names().map(|name| format!("Patient name: {name}\n")).collect();
    text.push('\n');
    text.push_str(context);
    text
}

/// What is known, and who and what else the context names. `None`: asked to stop.
pub(crate) fn learned(context: &str, known: &Known, stop: Stop<'_>) -> Option<Known> {
    known_from_text(&taught(context, known), known, stop)
}

/// What is known of the whole document when one sentence of it is looked at.
pub(crate) struct Within<'k> {
    context: &'k str,
    /// Where identifiers stand in the context.
    found: Vec<Identifier>,
    known: &'k Known,
    finder: Finder<'k>,
    /// The words that names of people are made of, in small letters.
    parts: BTreeSet<String>,
    /// Medicines and tests of the document.
    pub(crate) names: Names,
}

impl<'k> Within<'k> {
    /// `known` is what [`learned`] gave. `None`: asked to stop.
    pub(crate) fn new(context: &'k str, known: &'k Known, lexicon: &Lexicon, stop: Stop<'_>) -> Option<Self> {
        let mut finder = Finder::new(known);
        finder.read(&taught("", known), stop)?;
        let first = finder.read(context, stop)?;
        let found = finder.again(context, first, stop)?;
        let words = known.names().flat_map(|name| name.split(|c: char| !(c.is_alphabetic() || is_mark(c))));
        let words = words.filter(|word| word.chars().count() > 1).map(str::to_lowercase);
        let parts = words.filter(|word| !TITLES.contains(&word.as_str())).collect();
        Some(Self { context, found, known, finder, parts, names: Names::of(context, lexicon, stop)? })
    }

    /// The identifiers of a sentence: what it tells itself, what is told of it where it stands in the document, and
    /// every word with a capital that a name is made of.
    pub(crate) fn identifiers(&mut self, sentence: &str, stop: Stop<'_>) -> Option<Vec<Identifier>> {
        let first = self.finder.read(sentence, stop)?;
        let mut found = self.finder.again(sentence, first, stop)?;
        for (at, _) in self.context.match_indices(sentence).take(MOST_PLACES) {
            let end = at + sentence.len();
            let first = self.found.partition_point(|one| one.end <= at);
            let here = self.found.iter().skip(first).take_while(|one| one.start < end);
            found.extend(here.map(|one| Identifier {
                start: one.start.max(at) - at,
                end: one.end.min(end) - at,
                kind: one.kind,
                reason: one.reason,
            }));
        }
        // Who writes without capitals writes names so, too.
        let is_small = !sentence.contains(char::is_uppercase);
        for token in tokens(sentence).iter().filter(|token| token.kind() == TokenKind::Word) {
            let word = token.text(sentence);
            let mark = word.find(['\'', '\u{2019}']).filter(|at| word.len() - at <= 4);
            let ending = mark.and_then(|at| word.get(at..)).filter(|ending| ending.ends_with(['s', 'S']));
            let plain = ending.and_then(|ending| word.strip_suffix(ending)).unwrap_or(word);
            if (is_small || word.starts_with(char::is_uppercase)) && self.parts.contains(&plain.to_lowercase()) {
                let (start, end) = (token.start() as usize, token.start() as usize + plain.len());
                found.push(Identifier { start, end, kind: Kind::Name, reason: Reason::Repeat });
            }
        }
        Some(found)
    }

    /// Whether nobody is named in what is left of a sentence. A placeholder can make a neighbour look like what it did
    /// not look like before; such a sentence is better left alone. `None`: asked to stop.
    pub(crate) fn is_clean(&self, masked: &Masked, stop: Stop<'_>) -> Option<bool> {
        let mut holes = Vec::with_capacity(masked.holes.len());
        let mut longer = 0;
        for hole in &masked.holes {
            let start = hole.start + longer;
            let length = hole.placeholder().len();
            holes.push(start..start + length);
            longer = (start + length).saturating_sub(hole.end);
        }
        let found = find(&masked.shown, self.known, stop)?;
        let is_outside = |at: usize| !holes.iter().any(|hole| hole.contains(&at));
        let tells = |one: &Identifier| {
            let inside = masked.shown.get(one.start..one.end).unwrap_or_default();
            inside.char_indices().any(|(at, c)| c.is_alphanumeric() && is_outside(one.start + at))
        };
        Some(!found.iter().any(tells))
    }
}

/// How often the same words are looked for in a document.
const MOST_PLACES: usize = 64;

/// Words that stand with names and are none.
const TITLES: [&str; 24] = [
    "and", "aprn", "de", "del", "der", "do", "dr", "la", "le", "md", "miss", "mr", "mrs", "ms", "no", "np", "of", "pa",
    "patient", "phd", "prof", "rn", "the", "van",
];

fn is_mark(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{300}'..='\u{36f}')
}

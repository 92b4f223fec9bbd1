//! A pattern as elements.

use super::Cues;
use super::sketch::{Near, Sketch};
use super::vocabulary::Vocabulary;
use std::collections::BTreeMap;

/// A set of words: asked by one look, and listed for those that begin a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct WordSet {
    ids: Vec<u16>,
    bits: Vec<u64>,
}

impl WordSet {
    fn of(ids: Vec<u16>) -> Self {
        let mut bits = Vec::new();
        for id in &ids {
            let place = usize::from(*id >> 6);
            if bits.len() <= place {
                bits.resize(place + 1, 0);
            }
            bits[place] |= 1 << (id & 63);
        }
        Self { ids, bits }
    }

    pub(super) fn holds(&self, word: u16) -> bool {
        self.bits.get(usize::from(word >> 6)).is_some_and(|b| b >> (word & 63) & 1 == 1)
    }
}

/// One element of a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Element {
    /// One of these words.
    Any(WordSet),
    /// Up to so many words of any kind; a long one goes over commas.
    Gap(usize),
}

/// A pattern of a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pattern {
    pub(super) rule: u16,
    pub(super) is_exception: bool,
    pub(super) anchored: bool,
    pub(super) elements: Vec<Element>,
    /// The words of its element with the fewest, behind the first: where none of them stands, it does not match.
    pub(super) needs: Sketch,
    /// The words that may stand behind the first.
    pub(super) next: Near,
}

impl Pattern {
    /// The words it can begin with.
    pub(super) fn first(&self) -> &[u16] {
        match self.elements.first() {
            Some(Element::Any(set)) => &set.ids,
            _ => &[],
        }
    }

    /// Reads a pattern; where a word may be missing there is one with it and one without it.
    pub(super) fn read(
        text: &str,
        (rule, is_exception): (u16, bool),
        classes: &BTreeMap<String, Vec<String>>,
        words: &mut Vocabulary,
    ) -> Result<Vec<Self>, String> {
        let (anchored, body) = text.strip_prefix("^ ").map_or((false, text), |rest| (true, rest));
        let mut rows: Vec<Vec<Element>> = vec![Vec::new()];
        for part in body.split(' ') {
            let (part, is_optional) =
                part.strip_suffix('?').filter(|p| !p.is_empty()).map_or((part, false), |p| (p, true));
            let element = element(part, classes, words)?;
            let without = if is_optional { rows.clone() } else { Vec::new() };
            rows.iter_mut().for_each(|row| row.push(element.clone()));
            rows.extend(without);
        }
        if rows.iter().any(|row| !matches!(row.first(), Some(Element::Any(_)))) {
            return Err(format!("'{text}' must begin with a word"));
        }
        let pattern = |elements: Vec<Element>| Self {
            rule,
            is_exception,
            anchored,
            needs: needs(&elements),
            next: next(&elements),
            elements,
        };
        Ok(rows.into_iter().map(pattern).collect())
    }
}

/// The words of the element with the fewest behind the first.
fn needs(elements: &[Element]) -> Sketch {
    let sets = elements.iter().skip(1).filter_map(|e| match e {
        Element::Any(set) => Some(&set.ids),
        Element::Gap(_) => None,
    });
    let fewest = sets.min_by_key(|ids| ids.len());
    fewest.map_or(Sketch::ALL, |ids| ids.iter().fold(Sketch::default(), |sketch, id| sketch.with(*id)))
}

/// The words of the second element. Behind a gap, or where there is none, any word may stand.
fn next(elements: &[Element]) -> Near {
    match elements.get(1) {
        Some(Element::Any(set)) => set.ids.iter().fold(Near::default(), |near, id| near.with(*id)),
        Some(Element::Gap(_)) | None => Near::ALL,
    }
}

fn element(part: &str, classes: &BTreeMap<String, Vec<String>>, words: &mut Vocabulary) -> Result<Element, String> {
    Ok(match part {
        "" => return Err("two spaces in a pattern".to_owned()),
        ".." => Element::Gap(3),
        "..." => Element::Gap(6),
        "#" => Element::Any(WordSet::of(vec![Cues::NUMBER])),
        "|" => Element::Any(WordSet::of(vec![words.add("|")])),
        _ => {
            let mut ids = Vec::new();
            for one in part.split('|') {
                match one.strip_prefix('<').and_then(|c| c.strip_suffix('>')) {
                    Some(class) => {
                        let list = classes.get(class).ok_or_else(|| format!("no class '{class}'"))?;
                        ids.extend(list.iter().map(|w| if w == "#" { Cues::NUMBER } else { words.add(w) }));
                    }
                    None if one == "#" => ids.push(Cues::NUMBER),
                    None => ids.push(words.add(one)),
                }
            }
            Element::Any(WordSet::of(ids))
        }
    })
}

//! What is known of a document's people before its text is read, and what its reader allows or denies.

use std::collections::{BTreeSet, HashMap};

use super::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Page};

/// The most names that are kept as they are: a document made of names alone must not grow what is learned from it
/// without bound.
const MOST_NAMES: usize = 20_000;

/// Identifiers that the record itself gives (patient, practitioners, organisations), and a site's own lists. Matching
/// passes over case, accents, punctuation and spaces between the parts. `Debug` shows counts only.
#[derive(Default, Clone)]
pub struct Known {
    /// By the key of the first part: the keys of all parts, and what it is.
    sequences: HashMap<u64, Vec<(Vec<u64>, Kind, Reason)>>,
    allowed: Vec<Vec<u64>>,
    count: usize,
    /// The names of people as they were given: some are words as well, and only the reader of a text can tell.
    names: BTreeSet<String>,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Known({} identifiers, {} allowed)", self.count, self.allowed.len())
    }
}

impl Known {
    /// Nothing known.
    pub fn new() -> Self {
        Self::default()
    }

    /// The record says that `text` is an identifier: all of it, wherever it stands.
    pub fn record(&mut self, kind: Kind, text: &str) {
        self.add(kind, Reason::Record, text);
    }

    /// The record names somebody so.
    pub(crate) fn name(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() && self.names.len() < MOST_NAMES {
            self.names.insert(text.to_owned());
        }
    }

    /// The names of people, and of places of one word, as the document gave them, each once, for who gathered this from
    /// one (`known_from_fhir` and the like). A part of one may be a word as well ("Grace Long"): whether it is the name, the place where it stands
    /// tells.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The site never wants to see `text`.
    pub fn deny(&mut self, text: &str) {
        self.add(Kind::Other, Reason::Denied, text);
    }

    /// The site says that `text`, where it stands as a whole, is no identifier (its own name on a form).
    pub fn allow(&mut self, text: &str) {
        let keys = keys_of(text);
        if !keys.is_empty() {
            self.allowed.push(keys);
        }
    }

    fn add(&mut self, kind: Kind, reason: Reason, text: &str) {
        let keys = keys_of(text);
        let Some(first) = keys.first().copied() else { return };
        let row = self.sequences.entry(first).or_default();
        if !row.iter().any(|(k, ..)| *k == keys) {
            row.push((keys, kind, reason));
            self.count += 1;
        }
    }

    pub(super) fn allows(&self, text: &str) -> bool {
        !self.allowed.is_empty() && {
            let keys = keys_of(text);
            self.allowed.contains(&keys)
        }
    }

    /// Marks every known sequence of the page.
    pub(super) fn find(&self, page: &Page<'_>, marks: &mut Marks) {
        if self.sequences.is_empty() {
            return;
        }
        for at in 0..page.tokens.len() {
            let Some(key) = token_key(page, at) else { continue };
            let Some(row) = self.sequences.get(&key) else { continue };
            let longest = row
                .iter()
                .filter_map(|(keys, kind, reason)| Some((ends(page, at, keys)?, *kind, *reason)))
                .max_by_key(|r| r.0);
            if let Some((end, kind, reason)) = longest {
                marks.add(page, at, end, kind, reason);
            }
        }
    }
}

/// The token behind the sequence, if it stands at `at`.
fn ends(page: &Page<'_>, at: usize, keys: &[u64]) -> Option<usize> {
    let mut i = at;
    for (nth, key) in keys.iter().enumerate() {
        let mut passed = 0;
        while nth > 0 && token_key(page, i).is_none() {
            page.get(i)?;
            passed += 1;
            i += 1;
            if passed > 2 {
                return None;
            }
        }
        if token_key(page, i) != Some(*key) {
            return None;
        }
        i += 1;
    }
    Some(i)
}

/// The key of a token's letters and digits; `None` for a sign. Digits count by how they are written ("007" is not 7).
fn token_key(page: &Page<'_>, at: usize) -> Option<u64> {
    let token = page.get(at)?;
    match token.form {
        Form::Sign | Form::Possessive => None,
        Form::Number => Some(crate::words::key_of(page.word(at))),
        _ => Some(token.key),
    }
}

fn keys_of(text: &str) -> Vec<u64> {
    let page = Page::read(text);
    (0..page.tokens.len()).filter_map(|at| token_key(&page, at)).collect()
}

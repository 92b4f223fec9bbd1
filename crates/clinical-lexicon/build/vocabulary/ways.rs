//! Words with numbers, and ways from word to word.

use super::super::spelling;
use std::collections::BTreeMap;

/// The words that were seen, with their numbers and kinds. 0 is no word, 1 any number, 2 a year.
pub(crate) struct WordList {
    ids: BTreeMap<String, u16>,
    list: Vec<String>,
    pub(crate) classes: Vec<u32>,
}

impl WordList {
    pub(crate) fn new() -> Self {
        let list = vec![String::new(), "<n>".to_owned(), "<year>".to_owned()];
        let ids = [("<n>".to_owned(), 1), ("<year>".to_owned(), 2)].into_iter().collect();
        Self { ids, list, classes: vec![0; 3] }
    }

    pub(crate) fn id(&mut self, word: &str) -> u16 {
        let word: String =
            if word.starts_with('<') && word.len() > 1 { word.to_owned() } else { spelling::letters(word).collect() };
        if let Some(id) = self.ids.get(&word) {
            return *id;
        }
        let id = self.list.len() as u16;
        assert!(self.list.len() < usize::from(u16::MAX), "more words than numbers for them");
        self.ids.insert(word.clone(), id);
        self.list.push(word);
        self.classes.push(0);
        id
    }

    pub(crate) fn mark(&mut self, word: &str, class: u32) {
        let id = self.id(word);
        self.classes[usize::from(id)] |= class;
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (usize, &str)> {
        self.list.iter().enumerate().skip(3).map(|(i, w)| (i, w.as_str()))
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn code(&self) -> String {
        let size = (self.list.len() * 2).next_power_of_two();
        let mut slots = vec![0u32; size];
        for (id, word) in self.all() {
            let print = spelling::print(word);
            let mut at = print as usize & (size - 1);
            while slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = print >> 16 << 16 | id as u32;
        }
        let mut text = String::new();
        let mut starts = vec![0, 0, 0, 0];
        for (_, word) in self.all() {
            text += word;
            starts.push(text.len());
        }
        format!("Words {{ slots: &{slots:?}, text: {text:?}, starts: &{starts:?} }}")
    }
}

/// Ways from word to word while they are made.
#[derive(Default)]
pub(crate) struct WayTree<V> {
    nodes: Vec<(BTreeMap<u16, usize>, Option<V>)>,
}

impl<V> WayTree<V> {
    pub(crate) fn new() -> Self {
        Self { nodes: vec![(BTreeMap::new(), None)] }
    }

    /// What ends behind these words.
    pub(crate) fn end(&mut self, words: &[u16]) -> &mut Option<V> {
        let mut at = 0;
        for word in words {
            let next = self.nodes.len();
            let place = *self.nodes[at].0.entry(*word).or_insert(next);
            if place == next {
                self.nodes.push((BTreeMap::new(), None));
            }
            at = place;
        }
        &mut self.nodes[at].1
    }

    pub(crate) fn get(&self, words: &[u16]) -> Option<&V> {
        let mut at = 0;
        for word in words {
            at = *self.nodes[at].0.get(word)?;
        }
        self.nodes[at].1.as_ref()
    }

    /// The code of the ways, and of the list of what ends there, each written by `write` once.
    pub(crate) fn code(&self, words: usize, write: impl Fn(&V) -> String) -> (String, String) {
        // Level by level: 0 is the root, so that 0 can stand for "no place".
        let mut order = vec![0usize];
        let mut first = Vec::new();
        let mut incoming = vec![0u16];
        let mut at = 0;
        while at < order.len() {
            first.push(order.len());
            for (word, child) in &self.nodes[order[at]].0 {
                order.push(*child);
                incoming.push(*word);
            }
            at += 1;
        }
        first.push(order.len());
        let mut roots = vec![0u32; words];
        for (place, word) in incoming.iter().enumerate().take(first[1]).skip(1) {
            roots[usize::from(*word)] = place as u32;
        }
        let mut seen: BTreeMap<String, u16> = BTreeMap::new();
        let mut list = String::new();
        let mut ends = Vec::new();
        for node in &order {
            let number = self.nodes[*node].1.as_ref().map_or(0, |value| {
                let code = write(value);
                let next = seen.len() as u16 + 1;
                *seen.entry(code.clone()).or_insert_with(|| {
                    list += &code;
                    list.push(',');
                    next
                })
            });
            ends.push(number);
        }
        let ways = format!("Ways {{ roots: &{roots:?}, first: &{first:?}, words: &{incoming:?}, ends: &{ends:?} }}");
        (ways, format!("&[{list}]"))
    }
}

//! Which pieces of a section's text its entries cover.

use super::nodes::NodeSet;
use super::units::Unit;
use super::words::{LOOKS, look, raw_words, same, small, split, tells};
use clinical_model::{Concept, EntryId, Record, Value, Verbatim};
use clinical_xml::{Node, text_of};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The most names that begin with one word and are told apart by their other words.
const SAME_BEGINNING: usize = 8;

/// Nobody names a thing with more words than this; a longer text is not compared in full.
const NAME_WORDS: usize = 12;

/// Codes with fewer characters could be a number of anything.
const SHORTEST_CODE: usize = 5;

/// What the entries of a section refer to and name.
pub(super) struct Cover<'r> {
    /// Elements that entries refer to, and those around and inside them.
    linked: NodeSet,
    /// Those that entries refer to themselves.
    inside: NodeSet,
    /// The names of what was read, by their first word. Few of them are met in the text, and only of those the other
    /// words are looked at.
    names: HashMap<Cow<'r, str>, Vec<&'r str>>,
    /// Values of results with at least two characters, and codes.
    values: HashSet<Cow<'r, str>>,
    /// Which first letters, last letters and lengths the first words and values have: most words are none of them.
    looks: [bool; LOOKS],
}

/// Where the lists of a record ended before a section was read.
pub(super) struct Marks {
    conditions: usize,
    allergies: usize,
    medications: usize,
    immunizations: usize,
    procedures: usize,
    observations: usize,
    encounters: usize,
    plans: usize,
    goals: usize,
}

impl Marks {
    pub(super) const fn of(record: &Record<'_>) -> Self {
        Self {
            conditions: record.conditions.len(),
            allergies: record.allergies.len(),
            medications: record.medications.len(),
            immunizations: record.immunizations.len(),
            procedures: record.procedures.len(),
            observations: record.observations.len(),
            encounters: record.encounters.len(),
            plans: record.plans.len(),
            goals: record.goals.len(),
        }
    }
}

impl<'r> Cover<'r> {
    /// From the elements that entries refer to.
    pub(super) fn of<'d, 'a>(text: Node<'d, 'a>, referred: impl Iterator<Item = Node<'d, 'a>>) -> Self {
        let mut cover = Self {
            linked: NodeSet::of(text),
            inside: NodeSet::of(text),
            names: HashMap::new(),
            values: HashSet::new(),
            looks: [false; LOOKS],
        };
        for node in referred {
            cover.link(node, text);
        }
        cover
    }

    /// A reference to a whole list, table or text says nothing of what stands in it.
    fn link(&mut self, node: Node<'_, '_>, text: Node<'_, '_>) {
        let is_whole = |n: Node<'_, '_>| matches!(n.tag_name().name(), "text" | "table" | "thead" | "tbody" | "list");
        if is_whole(node) || node.id() == text.id() || !self.inside.insert(node.id()) {
            return;
        }
        for part in node.descendants().filter(Node::is_element) {
            self.linked.insert(part.id());
        }
        for above in node.ancestors().skip(1).take_while(|n| n.id() != text.id()) {
            if !is_whole(above) && !self.linked.insert(above.id()) {
                break;
            }
        }
    }

    /// Whether any entry says where in the text it stands.
    pub(super) fn has_links(&self) -> bool {
        !self.linked.is_empty()
    }

    /// Whether an entry refers to the piece.
    pub(super) fn is_linked(&self, unit: Unit<'_, '_>) -> bool {
        unit.nodes().chain(Some(unit.holder())).any(|n| self.linked.contains(n.id()))
    }

    /// Whether the piece has the name of something that was read, or a value of it.
    pub(super) fn is_named(&self, unit: Unit<'_, '_>) -> bool {
        // Every word of the piece, made where a name begins as one of them.
        let mut all: Option<WordSet<'_>> = None;
        let looks_known = |word: &&str| self.looks.get(look(word)).is_some_and(|known| *known);
        let words = || unit.nodes().flat_map(text_parts).flat_map(raw_words);
        words().filter(looks_known).map(small).any(|word| {
            self.values.contains(&word)
                || self.names.get(&word).is_some_and(|names| {
                    let all = all.get_or_insert_with(|| WordSet::of(words()));
                    names.iter().any(|name| {
                        let (words, here) = other_words(name)
                            .fold((0, 0), |(words, here), w| (words + 1, here + usize::from(all.has(w))));
                        2 * here >= words
                    })
                })
        })
    }

    /// Learns the names of what the record got since `marks`.
    pub(super) fn gather(&mut self, record: &'r Record<'_>, marks: &Marks) {
        for c in record.conditions.iter().skip(marks.conditions) {
            self.concept(&c.code);
        }
        for a in record.allergies.iter().skip(marks.allergies) {
            self.concept(&a.code);
        }
        for m in record.medications.iter().skip(marks.medications) {
            self.concept(&m.medicine);
        }
        for i in record.immunizations.iter().skip(marks.immunizations) {
            self.concept(&i.code);
        }
        for p in record.procedures.iter().skip(marks.procedures) {
            self.concept(&p.code);
        }
        for e in record.encounters.iter().skip(marks.encounters) {
            e.kinds.iter().for_each(|k| self.concept(k));
        }
        for p in record.plans.iter().skip(marks.plans) {
            p.title.iter().chain(&p.actions).for_each(|v| self.name(v.text()));
        }
        for g in record.goals.iter().skip(marks.goals) {
            self.concept(&g.description);
        }
        for o in record.observations.iter().skip(marks.observations) {
            for part in std::iter::once(&o.main).chain(&o.components) {
                self.concept(&part.code);
                self.value(part.value.as_ref());
            }
        }
    }

    fn concept(&mut self, concept: &'r Concept<'_>) {
        concept.wordings().map(Verbatim::text).for_each(|w| self.name(w));
        // Some tables give the code beside the name, or in its place.
        let codes = concept.codings.iter().filter_map(|c| c.code.as_ref()).map(|c| small(c.text()));
        codes.filter(|c| c.len() >= SHORTEST_CODE).for_each(|c| self.add(c));
    }

    fn add(&mut self, value: Cow<'r, str>) {
        self.looks.get_mut(look(&value)).into_iter().for_each(|known| *known = true);
        self.values.insert(value);
    }

    fn name(&mut self, name: &'r str) {
        let Some(first) = raw_words(name).find(|w| tells(w)) else { return };
        self.looks.get_mut(look(first)).into_iter().for_each(|known| *known = true);
        let others = self.names.entry(small(first)).or_default();
        let is_known = |known: &&str| *known == name || have_same_others(known, name);
        if others.len() < SAME_BEGINNING && !others.iter().any(is_known) {
            others.push(name);
        }
    }

    fn value(&mut self, value: Option<&'r Value<'_>>) {
        match value {
            Some(Value::Quantity(quantity)) => {
                let value = quantity.value.as_ref().map(|v| small(v.text()));
                value.filter(|v| v.len() > 1).into_iter().for_each(|v| self.add(v));
            }
            Some(Value::Concept(concept)) => self.concept(concept),
            Some(Value::Scalar(text)) => self.name(text.text()),
            _ => {}
        }
    }
}

/// The words of a piece, whatever their case. Most pieces have a few, which are gone through quicker than hashed.
struct WordSet<'t> {
    few: Vec<&'t str>,
    many: HashSet<Cow<'t, str>>,
}

impl<'t> WordSet<'t> {
    const FEW: usize = 48;

    fn of(mut words: impl Iterator<Item = &'t str>) -> Self {
        let mut few = Vec::with_capacity(Self::FEW);
        few.extend(words.by_ref().take(Self::FEW));
        Self { few, many: words.map(small).collect() }
    }

    fn has(&self, word: &str) -> bool {
        self.few.iter().any(|known| same(known, word)) || !self.many.is_empty() && self.many.contains(&small(word))
    }
}

/// The words of a name behind its first, as they are written.
fn other_words(name: &str) -> impl Iterator<Item = &str> {
    raw_words(name).filter(|w| tells(w)).skip(1).take(NAME_WORDS)
}

/// Whether two names go on with the same words behind their first.
fn have_same_others(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (other_words(a), other_words(b));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if same(a, b) => {}
            _ => return false,
        }
    }
}

/// The texts in a node, each for itself: cells have no blank between them.
pub(super) fn text_parts<'d>(node: Node<'d, '_>) -> impl Iterator<Item = &'d str> {
    node.descendants().filter(Node::is_text).filter_map(|n| n.text())
}

/// Every word of an element.
pub(super) fn words_of(node: Node<'_, '_>) -> HashSet<String> {
    let mut out = HashSet::new();
    out.extend(text_parts(node).flat_map(split).map(Cow::into_owned));
    // Words that markup cuts in two.
    out.extend(split(&text_of(node)).map(Cow::into_owned));
    out
}

/// How many of a section's entries were read.
pub(super) fn read_entries(record: &Record<'_>, from: EntryId) -> usize {
    let entries = record.entries.iter().skip(from.index() + 1);
    entries.filter(|e| e.state == clinical_model::EntryState::Read).count()
}

#[cfg(test)]
mod tests {
    use super::{WordSet, raw_words};

    #[test]
    fn a_word_is_found_among_few_and_among_many_whatever_its_case() {
        for width in [0, 1, WordSet::FEW - 1, WordSet::FEW, 3 * WordSet::FEW] {
            let text: String = (0..width).map(|i| format!("Word{i} ")).collect();
            let set = WordSet::of(raw_words(&text).chain(["Ärmel"]));
            assert!((0..width).all(|i| set.has(&format!("wORD{i}"))), "{width}");
            assert!(set.has("äRMEL") && !set.has("Armel") && !set.has(&format!("word{width}")) && !set.has(""));
        }
    }
}

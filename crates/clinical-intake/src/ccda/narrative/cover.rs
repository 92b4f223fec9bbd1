//! Which pieces of a section's text its entries cover.

use super::nodes::NodeSet;
use super::units::Unit;
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
    /// The names of what was read, by their first word: their other words.
    names: HashMap<Cow<'r, str>, Vec<Vec<Cow<'r, str>>>>,
    /// Values of results with at least two characters, and codes.
    values: HashSet<Cow<'r, str>>,
    /// Which first letters, last letters and lengths the first words and values have: most words are none of them.
    looks: [bool; LOOKS],
}

/// How many looks of words are told apart.
const LOOKS: usize = 1024;

/// The look of a word, the same in capitals and in small letters. Words beyond ASCII, whose length can change with the
/// case, all look alike.
fn look(word: &str) -> usize {
    if !word.is_ascii() {
        return 0;
    }
    let bytes = word.as_bytes();
    let [first, last] = [bytes.first(), bytes.last()].map(|b| usize::from(b.map_or(0, u8::to_ascii_lowercase)));
    (first * 67 + last * 31 + bytes.len()) % LOOKS
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
        let mut all: Option<HashSet<Cow<'_, str>>> = None;
        let looks_known = |word: &&str| self.looks.get(look(word)).is_some_and(|known| *known);
        unit.nodes().flat_map(text_parts).flat_map(raw_words).filter(looks_known).map(small).any(|word| {
            self.values.contains(&word)
                || self.names.get(&word).is_some_and(|names| {
                    let all = all.get_or_insert_with(|| unit.nodes().flat_map(text_parts).flat_map(split).collect());
                    names.iter().any(|rest| 2 * rest.iter().filter(|w| all.contains(*w)).count() >= rest.len())
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
        let mut words = split(name).filter(|w| is_telling(w));
        let Some(first) = words.next() else { return };
        self.looks.get_mut(look(&first)).into_iter().for_each(|known| *known = true);
        let rest: Vec<Cow<'r, str>> = words.take(NAME_WORDS).collect();
        let same = self.names.entry(first).or_default();
        if same.len() < SAME_BEGINNING && !same.contains(&rest) {
            same.push(rest);
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

/// The texts in a node, each for itself: cells have no blank between them.
pub(super) fn text_parts<'d>(node: Node<'d, '_>) -> impl Iterator<Item = &'d str> {
    node.descendants().filter(Node::is_text).filter_map(|n| n.text())
}

/// Words in small letters; numbers keep their points.
pub(super) fn split(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    raw_words(text).map(small)
}

/// The same as they are written.
fn raw_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-'))
        .flat_map(pieces)
        .map(|w| w.trim_matches(['.', '-']))
        .filter(|w| !w.is_empty())
}

/// A word in small letters.
fn small(word: &str) -> Cow<'_, str> {
    let is_small = |b: u8| b.is_ascii() && !b.is_ascii_uppercase();
    if word.bytes().all(is_small) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// A code with a hyphen is one word, other words with hyphens are several.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let is_code = word.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    word.split(move |c: char| c == '-' && !is_code)
}

/// Whether a word tells one thing from another: not a form, a unit or a filler.
pub(super) fn is_telling(word: &str) -> bool {
    const COMMON: [&str; 40] = [
        "active",
        "acute",
        "allergy",
        "blood",
        "capsule",
        "capsules",
        "chronic",
        "clinical",
        "daily",
        "diagnosis",
        "disease",
        "disorder",
        "extended",
        "finding",
        "from",
        "history",
        "hour",
        "injection",
        "known",
        "oral",
        "panel",
        "patient",
        "procedure",
        "product",
        "release",
        "result",
        "serum",
        "situation",
        "solution",
        "status",
        "substance",
        "suspension",
        "tablet",
        "tablets",
        "test",
        "therapy",
        "unknown",
        "unspecified",
        "with",
        "without",
    ];
    word.len() > 2 && word.starts_with(char::is_alphabetic) && COMMON.binary_search(&word).is_err()
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

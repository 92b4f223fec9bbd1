//! A text as what it says: its meanings in order, and what is said of each.

use super::book::{Book, End, Sense, is_article};
use super::class::Class;
use super::data::data;
use super::tokens::{Token, What};
use crate::mask::{Hole, HoleKind};

/// One word of an item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) stem: String,
    pub(super) senses: Vec<Sense>,
    pub(super) is_quiet: bool,
}

/// A word, a phrase that means one thing, a placeholder, or a mark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) words: Vec<Word>,
    /// The same as shorter phrases, where it has some: "trouble passing urine" is trouble and "passing urine".
    pub(super) phrases: Vec<Word>,
    pub(super) senses: Vec<Sense>,
    pub(super) class: Class,
    pub(super) is_quiet: bool,
    /// What is said of it: denied, under a condition, ...
    pub(super) tags: u16,
    /// The stretch between marks and conjunctions in which it stands, and the sentence.
    pub(super) chunk: usize,
    pub(super) sentence: usize,
    /// Where it stands in the text, if it stands in one piece.
    pub(super) span: (usize, usize),
    /// For an action, whether it is said to have been done.
    pub(super) is_done: bool,
    /// For an action, whether it is to be done.
    pub(super) is_todo: bool,
    /// For a call or a message, whether the care team makes it (1) or the patient (2).
    pub(super) agent: u8,
}

/// What an item is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Words.
    Words,
    /// A placeholder.
    Hole(usize),
    /// A comma and the like.
    Comma,
    /// The end of a sentence.
    End,
}

impl Item {
    /// Whether it says something that the other side must have, too.
    pub(super) fn is_content(&self) -> bool {
        match self.kind {
            Kind::Words => !self.is_quiet && !matches!(self.class, Class::But | Class::Conjunction),
            Kind::Hole(_) => true,
            _ => false,
        }
    }

    pub(super) fn first(&self) -> &str {
        self.words.first().map_or("", |w| w.text.as_str())
    }
}

/// How a text is read.
#[derive(Clone, Copy)]
pub(super) struct How {
    /// It is the rewording.
    pub(super) is_said: bool,
    /// Words of side, degree and time may stand in the middle of a name.
    pub(super) around: bool,
    /// A name that denies ("do not smoke") is a denial and what it denies.
    pub(super) apart: bool,
    /// The sentence tells what is to be done.
    pub(super) is_plan: bool,
}

/// A text as it was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Reading {
    pub(super) items: Vec<Item>,
    /// It tells somebody to do something.
    pub(super) tells: bool,
    /// It says what will be.
    pub(super) is_coming: bool,
    /// It names a visit or a test that is to be.
    pub(super) is_visit: bool,
    /// One of its placeholders stands for a time that is to come ("in 2 weeks").
    pub(super) is_ahead: bool,
    /// It stands where the sheet says what is to be done.
    pub(super) is_plan: bool,
    /// It says that a visit or a test has been set up.
    pub(super) is_set_up: bool,
    /// It allows something, or leaves it open.
    pub(super) allows: bool,
    /// It has verbs of the past, of the present.
    pub(super) is_past: bool,
    pub(super) is_present: bool,
}

/// Whether a word is listed to do something in a sentence.
pub(super) fn has_role(role: &str, word: &str) -> bool {
    data().roles.get(role).is_some_and(|list| list.binary_search_by(|w| w.as_str().cmp(word)).is_ok())
}

impl Reading {
    /// Reads tokens.
    pub(super) fn new(tokens: Vec<Token>, holes: &[Hole], book: &Book, how: How) -> Self {
        let tokens = book.rewritten(tokens);
        let mut items = Vec::new();
        let mut at = 0;
        while let Some(near) = tokens.get(at..).filter(|near| !near.is_empty()) {
            // "Fluid around your right lung": the name, and behind it what stands in between.
            if let Some((length, between)) = Some(near).filter(|_| how.around).and_then(|near| book.find_around(near)) {
                let (between, name): (Vec<_>, Vec<_>) =
                    near.iter().take(length).enumerate().partition(|(i, _)| between.contains(i));
                let alone = |(_, token): (usize, &Token)| token.clone();
                for token in between.into_iter().map(alone) {
                    items.push(item(&[token], holes, book, how).1);
                }
                let name: Vec<Token> = name.into_iter().map(alone).collect();
                items.push(item(&name, holes, book, how).1);
                at += length;
                continue;
            }
            let (length, item) = item(near, holes, book, how);
            items.push(item);
            at += length;
        }
        if how.is_plan {
            super::headless::open(&mut items, book);
        }
        let mut reading = Self { items, ..Self::default() };
        super::turns::turn(&mut reading.items, book);
        super::scope::mark(&mut reading.items);
        super::time::read(&mut reading);
        reading
    }

    pub(super) fn content(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.is_content())
    }
}

fn item(near: &[Token], holes: &[Hole], book: &Book, how: How) -> (usize, Item) {
    let senses = |end: &End| {
        let vague = if how.is_said { end.vague.as_slice() } else { &[] };
        end.senses.iter().chain(vague).copied().collect::<Vec<Sense>>()
    };
    let Some(first) = near.first() else { return (1, blank(Kind::Comma)) };
    let kind = match first.what {
        What::Word => Kind::Words,
        What::Hole(index) => Kind::Hole(index),
        What::Comma => Kind::Comma,
        What::End => Kind::End,
    };
    let mut item = blank(kind);
    if let Kind::Hole(index) = kind {
        item.class = match holes.get(index).map(|hole| hole.kind) {
            Some(HoleKind::Medicine) => Class::Medicine,
            Some(HoleKind::Test) => Class::Test,
            Some(HoleKind::Time) => Class::Time,
            Some(HoleKind::Person) => Class::Person,
            _ => Class::Number,
        };
    }
    if kind != Kind::Words {
        return (1, item);
    }
    let denies = |t: &Token| matches!(t.text.as_str(), "no" | "not");
    let split = near.iter().position(denies).filter(|at| how.apart && *at > 0);
    let near = if how.apart && denies(first) { near.get(..1).unwrap_or_default() } else { near };
    let near = split.and_then(|at| near.get(..at)).unwrap_or(near);
    let (length, end) = book.find(near).map_or((1, None), |(length, end)| (length, Some(end)));
    item.span = (first.span.0, near.get(length - 1).map_or(first.span.1, |last| last.span.1));
    let words = near.get(..length).unwrap_or_default().iter().filter(|t| length == 1 || !is_article(t));
    item.words = words
        .map(|t| {
            let one = book.find(std::slice::from_ref(t)).map(|(_, end)| end);
            Word {
                text: t.text.clone(),
                stem: t.stem.clone(),
                senses: one.map_or_else(Vec::new, senses),
                is_quiet: one.is_some_and(|end| end.is_quiet),
            }
        })
        .collect();
    let inside = near.get(..length).unwrap_or_default();
    let mut at = 0;
    while let Some(rest) = inside.get(at..).filter(|rest| length > 2 && !rest.is_empty()) {
        // Not the whole, which is what it is.
        let rest = if at == 0 { rest.get(..length - 1).unwrap_or_default() } else { rest };
        let (found, end) = book.find(rest).map_or((1, None), |(found, end)| (found, Some(end)));
        let words = rest.get(..found).unwrap_or_default();
        item.phrases.push(Word {
            text: words.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" "),
            stem: words.iter().map(|t| t.stem.as_str()).collect::<Vec<_>>().join(" "),
            senses: end.map_or_else(Vec::new, senses),
            is_quiet: end.is_some_and(|end| end.is_quiet) || words.iter().all(is_article),
        });
        at += found;
    }
    if item.phrases.len() >= item.words.len() {
        item.phrases.clear();
    }
    if let Some(end) = end {
        item.senses = senses(end);
        item.class = end.class.unwrap_or(Class::Plain);
        item.is_quiet = end.is_quiet;
    }
    (length, item)
}

pub(super) const fn blank(kind: Kind) -> Item {
    Item {
        kind,
        words: Vec::new(),
        phrases: Vec::new(),
        senses: Vec::new(),
        class: Class::Plain,
        is_quiet: false,
        tags: 0,
        chunk: 0,
        sentence: 0,
        span: (0, 0),
        is_done: false,
        is_todo: false,
        agent: 0,
    }
}

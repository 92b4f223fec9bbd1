//! The words and marks of one sentence, each with its number in the vocabulary.

use crate::note::words::{Kind, Token};
use clinical_lexicon::{Class, Lexicon, Seen, WordId};

/// A word, number or mark of a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: Kind,
    /// Its number among the words of names.
    pub(crate) word: WordId,
    /// Its number among the words of cues: all numbers are one word there.
    pub(crate) cue: WordId,
    /// Its kinds.
    pub(crate) class: Class,
    /// How many words of the sentence stand before it.
    pub(crate) before: u32,
    /// Nothing stands between the one before and it.
    pub(crate) hugs: bool,
    /// A name may begin with it.
    pub(crate) begins_name: bool,
    /// A name may go on with it.
    pub(crate) is_within_name: bool,
    /// A cue may begin with it.
    pub(crate) begins_cue: bool,
    /// A cue may go on with it.
    pub(crate) is_within_cue: bool,
}

/// The items of one sentence. Line ends are blanks.
pub(crate) struct Items<'t> {
    pub(crate) text: &'t str,
    pub(crate) list: Vec<Item>,
}

impl<'t> Items<'t> {
    pub(crate) const fn new(text: &'t str) -> Self {
        Self { text, list: Vec::new() }
    }

    /// Reads the tokens of a sentence, in place of those of the last one. What is known of each is told to `tell`, by
    /// its place among the tokens.
    pub(crate) fn read(&mut self, tokens: &[Token], lexicon: &Lexicon, mut tell: impl FnMut(usize, Token, Seen)) {
        self.list.clear();
        self.list.reserve(tokens.len());
        let (mut before, mut last) = (0, u32::MAX);
        for (at, token) in tokens.iter().enumerate() {
            let (start, end, kind) = (token.start(), token.end(), token.kind());
            if kind == Kind::Line {
                continue;
            }
            let seen = lexicon.see(self.text, start as usize, end as usize, kind == Kind::Word);
            tell(at, *token, seen);
            let is_number = kind == Kind::Number;
            self.list.push(Item {
                start,
                end,
                kind,
                word: seen.name,
                cue: if is_number { counted(token.text(self.text)) } else { seen.name },
                class: if kind == Kind::Word { self.kinds(*token, seen, lexicon) } else { Class::default() },
                before,
                hugs: start == last,
                begins_name: seen.begins_name(),
                is_within_name: seen.is_within_name(),
                begins_cue: is_number || seen.begins_context(),
                is_within_cue: is_number || seen.is_within_context(),
            });
            before += u32::from(kind != Kind::Mark);
            last = end;
        }
    }

    /// The kinds of a word: as listed, or by its ending.
    fn kinds(&self, word: Token, seen: Seen, lexicon: &Lexicon) -> Class {
        if seen.name != WordId::UNKNOWN {
            return seen.class();
        }
        lexicon.vocabulary().class(seen.name, word.text(self.text))
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Item> {
        self.list.get(at)
    }

    /// The text of an item, or nothing.
    pub(crate) fn text(&self, at: usize) -> &'t str {
        self.get(at).map_or("", |item| self.text.get(item.start as usize..item.end as usize).unwrap_or_default())
    }

    pub(crate) fn is_mark(&self, at: usize, mark: &str) -> bool {
        self.get(at).is_some_and(|item| item.kind == Kind::Mark) && self.text(at) == mark
    }

    pub(crate) fn class(&self, at: usize) -> Class {
        self.get(at).map_or_else(Class::default, |item| item.class)
    }

    /// Whether it is a word or a number.
    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.get(at).is_some_and(|item| item.kind != Kind::Mark)
    }

    /// Whether it is a number.
    pub(crate) fn is_number(&self, at: usize) -> bool {
        self.get(at).is_some_and(|item| item.kind == Kind::Number)
    }

    /// Whether a word begins there and not inside of "B12".
    pub(crate) fn begins(&self, at: usize) -> bool {
        self.get(at).is_some_and(|item| item.kind != Kind::Mark)
            && !(at > 0 && self.is_word(at - 1) && self.list.get(at).is_some_and(|item| item.hugs))
    }

    /// Whether a word ends there and not inside of "B12".
    pub(crate) fn ends(&self, at: usize) -> bool {
        !(self.is_word(at + 1) && self.get(at + 1).is_some_and(|next| next.hugs))
    }

    /// The next word of the same name: beside it, or behind a hyphen or a slash without blanks.
    pub(crate) fn next_word(&self, at: usize) -> Option<usize> {
        let next = self.get(at + 1)?;
        if next.kind != Kind::Mark {
            return Some(at + 1);
        }
        let is_joint = next.hugs && matches!(self.text(at + 1), "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" | "/" | "&");
        let behind = self.get(at + 2)?;
        (is_joint && behind.hugs && behind.kind != Kind::Mark).then_some(at + 2)
    }
}

/// What a number is in a cue.
fn counted(text: &str) -> WordId {
    if is_year(text) { WordId::YEAR } else { WordId::NUMBER }
}

/// Four digits that a note may mean as a year.
fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && text.bytes().all(|b| b.is_ascii_digit())
}

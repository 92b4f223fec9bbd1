//! A stretch of text with its tokens and how it is written.

use super::small::Small;
use super::token::{Form, Gap, Token, tokens};
use crate::words::{Known, LONGEST_PHRASE, flags_at, key_of, phrase, phrase_key, row_of};

/// What capital letters mean in a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Casing {
    /// Ordinary writing: a capital says something.
    Usual,
    /// ALL CAPITALS: a capital says nothing.
    Upper,
    /// no capitals: their absence says nothing.
    Lower,
}

/// One line of the text.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    /// Its first token.
    pub(crate) first: usize,
    /// The token behind its last.
    pub(crate) end: usize,
    pub(crate) casing: Casing,
}

/// Text of one segment with its tokens. Token numbers are `usize`; a number out of range reads as no token.
pub(crate) struct Page<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: Vec<Token>,
    /// Lines that hold a token, in order.
    pub(crate) lines: Vec<Line>,
    /// For each token the index of its line in `lines`.
    line_of: Vec<u32>,
    /// How most of the segment is written.
    pub(crate) casing: Casing,
}

impl<'a> Page<'a> {
    /// Cuts the text.
    pub(crate) fn read(text: &'a str) -> Self {
        let mut found = Vec::with_capacity(text.len() / 5 + 8);
        tokens(text, &mut found);
        let bounds = found.first().zip(found.last());
        // Lines without a token are none of them.
        let many = bounds.map_or(0, |(first, last)| (last.line - first.line) as usize + 1).min(found.len());
        let mut lines = Vec::with_capacity(many);
        let mut line_of = vec![0; found.len()];
        let mut whole = Tally::default();
        let (mut tally, mut first) = (Tally::default(), 0);
        let mut number = found.first().map_or(0, |t| t.line);
        let mut line = 0;
        let mut close = |tally: &mut Tally, first: &mut usize, end: usize| {
            // A line without capitals says nothing in ordinary writing; a line of capitals does.
            let casing = if tally.casing(4) == Casing::Upper { Casing::Upper } else { Casing::Usual };
            lines.push(Line { first: *first, end, casing });
            whole.add(tally);
            (*tally, *first) = (Tally::default(), end);
        };
        let all = found.len();
        for ((at, token), nth) in found.iter_mut().enumerate().zip(&mut line_of) {
            if token.line != number {
                number = token.line;
                line += 1;
                close(&mut tally, &mut first, at);
            }
            *nth = line;
            let listed = !matches!(token.form, Form::Number | Form::Sign | Form::Possessive);
            token.row = std::hint::select_unpredictable(listed, row_of(token.key), 0);
            token.flags = flags_at(token.row);
            tally.count(token);
        }
        if first < all {
            close(&mut tally, &mut first, all);
        }
        let mut casing = whole.casing(8);
        if casing == Casing::Lower && opens_with_capitals(&found) {
            casing = Casing::Usual;
        }
        for line in &mut lines {
            if casing != Casing::Usual && line.casing == Casing::Usual {
                let mut tally = Tally::default();
                found[line.first..line.end].iter().for_each(|t| tally.count(t));
                if !tally.has_both() {
                    line.casing = casing;
                }
            }
        }
        Self { text, tokens: found, lines, line_of, casing }
    }

    /// The token of that number.
    pub(crate) fn get(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The token before, if there is one.
    pub(crate) fn before(&self, at: usize) -> Option<&Token> {
        at.checked_sub(1).and_then(|i| self.tokens.get(i))
    }

    /// The text of a token; empty where there is none.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| &self.text[t.start as usize..t.end as usize])
    }

    /// The word of a token in small letters.
    pub(crate) fn small(&self, at: usize) -> Small {
        Small::of(self.word(at))
    }

    /// The text from one token up to, and without, another.
    pub(crate) fn slice(&self, first: usize, end: usize) -> &'a str {
        match (self.tokens.get(first), end.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(a), Some(b)) if end > first => &self.text[a.start as usize..b.end as usize],
            _ => "",
        }
    }

    /// Is the token that sign?
    pub(crate) fn is_sign(&self, at: usize, sign: char) -> bool {
        self.get(at).is_some_and(|t| t.is_sign(sign))
    }

    /// Does the token stand on a new line (or first)?
    pub(crate) fn opens_line(&self, at: usize) -> bool {
        self.get(at).is_some_and(|t| at == 0 || t.gap >= Gap::Line)
    }

    /// The line of a token.
    pub(crate) fn line(&self, at: usize) -> Option<&Line> {
        self.line_of.get(at).and_then(|l| self.lines.get(*l as usize))
    }

    /// How the token's line is written.
    pub(crate) fn casing_at(&self, at: usize) -> Casing {
        self.line(at).map_or(self.casing, |l| l.casing)
    }

    /// A single letter that can be an initial: a capital, or any letter where there are none; not behind a number ("1 L").
    pub(crate) fn is_initial(&self, at: usize) -> bool {
        let Some(token) = self.get(at) else { return false };
        let letter = token.form == Form::Initial
            || token.form == Form::Lower && token.len() == 1 && self.casing_at(at) == Casing::Lower;
        // "1 L." is an amount; "14:30 J.S." is somebody.
        let dotted =
            self.is_sign(at + 1, '.') && self.get(at + 2).is_some_and(|t| t.len() == 1 && t.form != Form::Sign);
        letter && (dotted || !self.before(at).is_some_and(|t| t.form == Form::Number && token.gap <= Gap::Space))
    }

    /// Does a capital first letter say something here: in usual writing, and not first in a sentence or line?
    pub(crate) fn capital_tells(&self, at: usize) -> bool {
        self.casing_at(at) == Casing::Usual && !self.opens_sentence(at)
    }

    /// May a sentence, item or field begin here, so that a capital is expected?
    pub(crate) fn opens_sentence(&self, at: usize) -> bool {
        // Back over opening brackets and quotes, a few of them.
        let mut at = at;
        for _ in 0..8 {
            let Some(token) = self.get(at) else { return true };
            if at == 0 || token.gap >= Gap::Line {
                return true;
            }
            let before = &self.tokens[at - 1];
            if before.form != Form::Sign {
                return false;
            }
            match char::from_u32(before.key as u32) {
                Some('.') => {
                    return at < 2
                        || !matches!(self.tokens[at - 2].form, Form::Initial) && !self.is_short_title(at - 2);
                }
                Some('!' | '?' | ':' | ';' | '*' | '\u{2022}' | '>' | '|') => return true,
                Some('-' | '\u{2013}' | '\u{2014}') => return token.gap != Gap::None,
                Some('"' | '(' | '[' | '\u{201c}') => at -= 1,
                Some(')') if at >= 2 && self.tokens[at - 2].form == Form::Number => at -= 2,
                _ => return false,
            }
        }
        true
    }

    fn is_short_title(&self, at: usize) -> bool {
        self.get(at).is_some_and(|t| t.flags.is(crate::words::Class::Title) && t.len() <= 4)
    }

    /// The listed phrase (place, facility) that begins at a token, over full stops and hyphens: the token behind it
    /// and what it is. A possessive counts as its letters ("Mary's" as "marys").
    pub(crate) fn phrase(&self, at: usize) -> Option<(usize, Known)> {
        if !self.get(at)?.flags.opens_phrase() {
            return None;
        }
        let mut sofar = 0;
        let mut best = None;
        for (key, end) in self.walk(at) {
            sofar = phrase_key(sofar, key);
            match phrase(sofar) {
                None => break,
                Some(None) => {}
                Some(Some(known)) => best = Some((end, known)),
            }
        }
        best
    }

    /// Up to six words that follow each other from `at` on within a paragraph: the key of each and the token behind
    /// it. Full stops, hyphens, underscores and apostrophes between them are passed over.
    pub(crate) fn words_from(&self, at: usize) -> Vec<(u64, usize)> {
        self.walk(at).collect()
    }

    /// As `words_from`, one at a time.
    fn walk(&self, at: usize) -> impl Iterator<Item = (u64, usize)> {
        let mut i = at;
        std::iter::from_fn(move || {
            loop {
                let token = self.get(i)?;
                if i > at && token.gap >= Gap::Blank {
                    return None;
                }
                if token.is_word() || matches!(token.form, Form::Mixed | Form::Number) {
                    let owned = self.get(i + 1).is_some_and(|t| t.form == Form::Possessive);
                    let key = if owned {
                        let mut letters: String = self.word(i).chars().filter(char::is_ascii_alphabetic).collect();
                        letters.push('s');
                        letters.make_ascii_lowercase();
                        key_of(&letters)
                    } else if token.form == Form::Number {
                        key_of(self.word(i))
                    } else {
                        token.key
                    };
                    i += 1 + usize::from(owned);
                    return Some((key, i));
                }
                let passed = token.is_sign('.') || token.is_dash() || token.is_sign('_') || token.is_sign('\'');
                if i == at || !passed {
                    return None;
                }
                i += 1;
            }
        })
        .take(LONGEST_PHRASE)
    }
}

/// Do most lines and sentences begin with a capital? Then they are written with care, and have few names: a text without
/// capitals begins them small. Lines count whether or not a sentence begins there, so a doubt leaves capitals unasked.
fn opens_with_capitals(tokens: &[Token]) -> bool {
    let (mut capital, mut all) = (0u32, 0u32);
    let mut opens = true;
    for token in tokens {
        opens |= token.gap >= Gap::Line;
        if opens && token.is_word() {
            all += 1;
            capital += u32::from(matches!(token.form, Form::Title | Form::Camel | Form::Initial | Form::Contraction));
            opens = false;
        }
        opens |= token.is_sign('.') || token.is_sign('?') || token.is_sign('!');
    }
    capital * 2 > all
}

/// Counts of how words are written.
#[derive(Default)]
struct Tally {
    lower: u32,
    title: u32,
    upper: u32,
}

impl Tally {
    fn count(&mut self, token: &Token) {
        // Added, not chosen: what a word will be cannot be foretold.
        self.lower += u32::from(token.form == Form::Lower) & u32::from(token.len() > 1);
        self.title += u32::from(matches!(token.form, Form::Title | Form::Camel));
        self.upper += u32::from(token.form == Form::Upper) & u32::from(token.len() > 2);
    }

    fn add(&mut self, other: &Self) {
        self.lower += other.lower;
        self.title += other.title;
        self.upper += other.upper;
    }

    fn has_both(&self) -> bool {
        self.title > 0 || (self.upper > 0 && self.lower > 0)
    }

    /// `least`: so many words must stand there before a lack of capitals says something.
    fn casing(&self, least: u32) -> Casing {
        let all = self.lower + self.title + self.upper;
        if self.upper * 5 > all * 4 && self.upper >= 2 {
            Casing::Upper
        } else if all >= least && (self.title + self.upper) * 25 < all {
            Casing::Lower
        } else {
            Casing::Usual
        }
    }
}

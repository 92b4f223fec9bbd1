//! The eyes that look at a word of ordinary writing by what the lists say of it. There are some two thousand ways in which
//! lists and classes speak of a word, so they are asked once each and not at every word of a page.

use std::sync::LazyLock;

use super::{BY_KEY, Eye, bit, has_bit, when};
use crate::find::{contacts, dates, names, places, proper, tagger};
use crate::read::{Form, Gap, Page, Token};
use crate::words::{Class, Flags, flags_at, rows};

/// For each row of the palette the eyes that look at a small word, and at one that begins with a capital; and what is still
/// to be asked.
pub(super) struct Rows(Vec<[u32; 2]>);

static ROWS: LazyLock<Rows> = LazyLock::new(|| Rows(rows().map(|row| of(flags_at(row))).collect()));

/// Contacts look if a way to reach somebody begins with the word.
const REACHES: u32 = 1 << 29;

/// A name may stand beside it.
const CUES: u32 = 1 << 30;

/// It is in no list: a form of names may begin with it, if it is short.
const SHORT: u32 = 1 << 31;

impl Rows {
    pub(super) fn get() -> &'static Self {
        &ROWS
    }

    /// Do the lists say enough of a small word, or of one with a first capital? No family looks for it by its key.
    #[inline]
    pub(super) fn are_enough(token: &Token) -> bool {
        token.len() > 1 && !has_bit(&BY_KEY, token.key)
    }

    /// The eyes that look at such a word where capitals say something.
    #[inline]
    pub(super) fn eyes(&self, page: &Page<'_>, at: usize, token: &Token) -> u32 {
        let title = token.form == Form::Title;
        let told = self.0.get(usize::from(token.row)).map_or(0, |eyes| eyes[usize::from(title)]);
        let mut eyes = told & !(REACHES | CUES | SHORT);
        if title {
            eyes |= when(told & SHORT != 0 && token.len() <= 5, Eye::Shapes)
                | when(proper::follows(page, at, token), Eye::Proper);
        }
        if told & (REACHES | CUES) != 0 {
            eyes |= when(told & REACHES != 0 && contacts::may_open(token), Eye::Contacts)
                | when(told & CUES != 0 && names::may_cue(page, at, token, true), Eye::Cues);
        }
        eyes
    }
}

/// The eyes for a small word and for one with a capital of which the lists say that.
fn of(flags: Flags) -> [u32; 2] {
    let word = |form| Token { start: 0, end: 8, key: 0, flags, line: 0, form, gap: Gap::None, row: 0 };
    let classes = when(flags.is(Class::OpensLabel), Eye::Fields)
        | when(flags.is_any(dates::OPENERS), Eye::Dates)
        | when(flags.is(Class::NumberWord), Eye::Ages)
        | when(flags.is(Class::Cue), Eye::Numbers)
        | when(flags.is(Class::Credential), Eye::Shapes)
        | if flags.is_any(contacts::WORDS) { REACHES } else { 0 }
        | if flags.is_any(names::CUES) { CUES } else { 0 };
    let (small, title) = (word(Form::Lower), word(Form::Title));
    [
        classes
            | when(names::may_stand_alone(&small, true), Eye::Alone)
            | when(flags.is_any(places::SMALL | places::SMALL_HEADS), Eye::Places),
        classes
            | bit(Eye::Places)
            | when(names::may_stand_alone(&title, true), Eye::Alone)
            | when(tagger::is_candidate(&title, true), Eye::Words)
            | if flags.is_unknown() { SHORT } else { 0 },
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{Capitals, word};
    use super::*;

    #[test]
    fn the_rows_say_of_a_word_what_all_families_say() {
        let texts = [
            include_str!("../../../data/examples/names.toml"),
            include_str!("../../../data/examples/places.toml"),
            include_str!("../../../data/examples/contacts.toml"),
            include_str!("../../../data/examples/ages.toml"),
        ];
        let mut asked = 0;
        for text in texts {
            let page = Page::read(text);
            for (at, token) in page.tokens.iter().enumerate() {
                if matches!(token.form, Form::Lower | Form::Title) && Rows::are_enough(token) {
                    let whole = word(&page, at, token, Capitals { page: true, line: true });
                    assert_eq!(Rows::get().eyes(&page, at, token), whole, "{}", page.word(at));
                    asked += 1;
                }
            }
        }
        assert!(asked > 2000, "{asked}");
    }
}

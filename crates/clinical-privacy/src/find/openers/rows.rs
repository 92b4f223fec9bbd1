//! The eyes that look at a word of ordinary writing by what the lists say of it. There are some two thousand ways in which
//! lists and classes speak of a word, so they are asked once each and not at every word of a page.

use std::sync::LazyLock;

use super::{BY_KEY, Eye, has_bit, when};
use crate::find::{contacts, dates, names, places, proper, tagger};
use crate::read::{Form, Gap, Page, Token};
use crate::words::{Class, Flags, flags_at, may_reach, rows};

/// For each row of the palette the eyes that look at a small word, and at one that begins with a capital; and what is still
/// to be asked.
pub(super) struct Rows(Vec<[u32; 2]>);

static ROWS: LazyLock<Rows> = LazyLock::new(|| Rows(rows().map(|row| of(flags_at(row))).collect()));

/// A small word that can be a name behind a cue.
const FOLLOWS: u32 = 1 << 27;

/// A cue behind which any word can be a name.
const NAMING: u32 = 1 << 28;

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

    /// Is it a small word or one with a first capital of which the lists say enough? No family looks for it by its key.
    #[inline]
    pub(super) fn are_enough(token: &Token) -> bool {
        // All asked of each token: any of them alone is hard to foretell, all together less so.
        matches!(token.form, Form::Lower | Form::Title) & (token.len() > 1) & !has_bit(&BY_KEY, token.key)
    }

    /// What is told of words of that row.
    #[inline]
    fn told(&self, row: u16, title: bool) -> u32 {
        self.0.get(usize::from(row)).map_or(0, |eyes| eyes[usize::from(title)])
    }

    /// The eyes that look at such a word where capitals say something. Nothing in it that a processor has to guess.
    #[inline]
    pub(super) fn eyes(&self, page: &Page<'_>, at: usize, token: &Token) -> u32 {
        let told = self.told(token.row, token.form == Form::Title);
        let named = page.get(at + 1).is_some_and(|next| {
            (next.form != Form::Lower) | (told & NAMING != 0) | (self.told(next.row, false) & FOLLOWS != 0)
        });
        told & !(FOLLOWS | NAMING | REACHES | CUES | SHORT)
            | when((told & SHORT != 0) & (token.len() <= 5), Eye::Shapes)
            | when(proper::follows(page, at, token), Eye::Proper)
            | when((told & REACHES != 0) & may_reach(token.key), Eye::Contacts)
            | when((told & CUES != 0) & named, Eye::Cues)
    }
}

/// The eyes for a small word and for one with a capital of which the lists say that.
fn of(flags: Flags) -> [u32; 2] {
    let word = |form| Token { start: 0, end: 8, key: 0, flags, line: 0, form, gap: Gap::None, row: 0 };
    let mark = |told: bool, mark: u32| if told { mark } else { 0 };
    // A number in words, or the first word of a cue of which its key says whether it leads to somebody.
    let reaches = flags.is(Class::Cue);
    let classes = when(flags.is(Class::OpensLabel), Eye::Fields)
        | when(flags.is_any(dates::OPENERS), Eye::Dates)
        | when(flags.is(Class::NumberWord), Eye::Ages)
        | when(flags.is(Class::Cue), Eye::Numbers)
        | when(flags.is(Class::Credential), Eye::Shapes)
        | when(!reaches && flags.is_any(contacts::WORDS), Eye::Contacts)
        | mark(reaches, REACHES)
        | mark(flags.is_any(names::CUES), CUES)
        | mark(flags.is(Class::Naming), NAMING);
    let (small, title) = (word(Form::Lower), word(Form::Title));
    [
        classes
            | mark(names::may_follow(flags), FOLLOWS)
            | when(names::may_stand_alone(&small, true), Eye::Alone)
            | when(flags.is_any(places::SMALL | places::SMALL_HEADS), Eye::Places),
        classes
            | when(places::may_open_title(flags), Eye::Places)
            | when(names::may_stand_alone(&title, true), Eye::Alone)
            | when(tagger::is_candidate(&title, true), Eye::Words)
            | mark(flags.is_unknown(), SHORT),
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
                if Rows::are_enough(token) {
                    let whole = word(&page, at, token, Capitals { page: true, line: true });
                    assert_eq!(Rows::get().eyes(&page, at, token), whole, "{}", page.word(at));
                    asked += 1;
                }
            }
        }
        assert!(asked > 2000, "{asked}");
    }
}

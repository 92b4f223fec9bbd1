//! What a token is, as numbers: its sort, its word, what the lists say of it.
//!
//! A tagger asks this of a dozen tokens around each word. Whether a word, number or sign stands there cannot be foretold, so
//! nothing here depends on it: a row for each form says which of the answers count.

use std::sync::LazyLock;

use crate::read::{Form, Token};
use crate::words::{Class, Flags, flags_at, rows};

/// Two answers as one.
#[inline]
pub(super) const fn both(a: u64, b: u64) -> u64 {
    a.rotate_left(23).wrapping_mul(0xff51_afd7_ed55_8ccd) ^ b
}

/// The classes that tell apart what a neighbour is.
const SORTS: u64 = Class::Title.bit()
    | Class::Credential.bit()
    | Class::Role.bit()
    | Class::Relative.bit()
    | Class::Person.bit()
    | Class::Naming.bit()
    | Class::Says.bit()
    | Class::Towards.bit()
    | Class::Month.bit()
    | Class::Weekday.bit()
    | Class::FacilityHead.bit()
    | Class::FacilityPart.bit()
    | Class::CompanySuffix.bit()
    | Class::Function.bit()
    | Class::Unit.bit()
    | Class::Heading.bit()
    | Class::Pronoun.bit()
    | Class::Residing.bit()
    | Class::Employed.bit()
    | Class::EponymHead.bit()
    | Class::Does.bit()
    | Class::Specialty.bit()
    | Class::GenericPlace.bit()
    | Class::PlainHead.bit()
    | Class::NoName.bit()
    | Class::Anatomy.bit();

/// What counts of a token of some form: bits that are kept of each answer, and what is added.
struct Counts {
    /// Of the place of its row among the sorts.
    row: u64,
    /// Of the sign that it is, for its sort; of its key, for its word.
    sign: u64,
    key: u64,
    /// Of its length.
    length: u64,
    sort: u64,
    word: u64,
    /// The gist is what the lists say; or else the key and the length and what is added here.
    listed: bool,
    gist: u64,
}

const fn counts(form: Form) -> Counts {
    let none = Counts { row: 0, sign: 0, key: 0, length: 0, sort: 0, word: 0, listed: true, gist: 0 };
    match form {
        Form::Sign => Counts { sign: 0xff, key: !0, sort: 0x100, listed: false, gist: 0x1_0000, ..none },
        Form::Number => Counts { length: !0, sort: 0x200, word: 2, listed: false, gist: 2, ..none },
        Form::Mixed => Counts { sort: 0x300, word: 16, ..none },
        Form::Possessive => Counts { sort: 0x301, word: 17, ..none },
        Form::Title | Form::Camel | Form::Upper | Form::Initial => {
            Counts { row: !0, key: !0, sort: 0x400 | 1 << 6, ..none }
        }
        Form::Lower | Form::Contraction => Counts { row: !0, key: !0, sort: 0x400, ..none },
    }
}

/// By the number of the form.
const COUNTS: [Counts; 10] = {
    const ALL: [Form; 10] = [
        Form::Lower,
        Form::Title,
        Form::Upper,
        Form::Camel,
        Form::Initial,
        Form::Contraction,
        Form::Number,
        Form::Mixed,
        Form::Possessive,
        Form::Sign,
    ];
    let mut all = [const { counts(Form::Sign) }; 10];
    let mut nth = 0;
    while nth < 10 {
        all[ALL[nth] as usize] = counts(ALL[nth]);
        nth += 1;
    }
    all
};

/// For each row of the palette the sort of a word of which the lists say that.
static SORT_OF: LazyLock<Vec<u8>> = LazyLock::new(|| rows().map(|row| of(flags_at(row))).collect());

/// The first class it is of, by the order of the classes; without one what the lists say.
const fn of(flags: Flags) -> u8 {
    let listed = flags.given() > 0 || flags.surname() > 0;
    match flags.bits() & SORTS {
        0 if flags.is_medical() => 1,
        0 if flags.word() > 0 => 1 + flags.word(),
        0 if listed => 5,
        0 if flags.city() > 0 => 6,
        0 => 7,
        classes => classes.trailing_zeros() as u8,
    }
}

/// What sort of word or sign a token is: a small number.
#[inline]
pub(super) fn sort(token: Option<&Token>) -> u64 {
    let Some(token) = token else { return 0 };
    let counts = &COUNTS[token.form as usize];
    let row = SORT_OF.get(usize::from(token.row)).map_or(7, |sort| u64::from(*sort));
    counts.sort | row & counts.row | token.key & counts.sign | token.len().min(5) as u64 & counts.length
}

/// The word itself, or for numbers how long they are.
#[inline]
pub(super) fn word(token: Option<&Token>) -> u64 {
    let Some(token) = token else { return 1 };
    let counts = &COUNTS[token.form as usize];
    (token.key & counts.key) + (token.len().min(6) as u64 & counts.length) + counts.word
}

/// What the lists say of a word and how it is written.
#[inline]
pub(super) fn gist(token: Option<&Token>) -> u64 {
    let Some(token) = token else { return 1 };
    let counts = &COUNTS[token.form as usize];
    let listed = both(token.flags.bits(), token.form as u64 + 3);
    let other = (token.key & counts.key | counts.gist) + (token.len().min(6) as u64 & counts.length);
    std::hint::select_unpredictable(counts.listed, listed, other)
}

/// What the lists say of a word, without the classes, so that rare mixtures of them still say something; and its form.
pub(super) const fn tiers(token: &Token) -> u64 {
    token.flags.bits() & 0xffff | (token.form as u64) << 16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Page;

    #[test]
    fn each_form_has_its_numbers() {
        let page = Page::read("Smith and 2019, A1c; Bob's don't (12) MRI");
        let told = |text: &str| {
            let at = (0..page.tokens.len()).find(|at| page.word(*at) == text).unwrap_or(usize::MAX);
            let token = page.get(at);
            (sort(token), word(token), gist(token), token.map_or(0, |t| t.key), token.map_or(0, |t| t.flags.bits()))
        };
        for (text, sorted, worded, gisted) in
            [("2019", 0x204, 6, 6), ("12", 0x202, 4, 4), (",", 0x12c, 0x2c, 0x1_002c), ("(", 0x128, 0x28, 0x1_0028)]
        {
            assert_eq!((told(text).0, told(text).1, told(text).2), (sorted, worded, gisted), "{text}");
        }
        let (sorted, worded, gisted, _, flags) = told("A1c");
        assert_eq!((sorted, worded, gisted), (0x300, 16, both(flags, Form::Mixed as u64 + 3)));
        let (sorted, worded, gisted, _, flags) = told("'s");
        assert_eq!((sorted, worded, gisted), (0x301, 17, both(flags, Form::Possessive as u64 + 3)));
        for (text, form, capital) in [("Smith", Form::Title, 1), ("and", Form::Lower, 0), ("MRI", Form::Upper, 1)] {
            let (sorted, worded, gisted, key, flags) = told(text);
            assert_eq!((sorted >> 6, worded), (0x10 | capital, key), "{text}");
            assert_eq!(gisted, both(flags, form as u64 + 3), "{text}");
        }
        assert_eq!((sort(None), word(None), gist(None)), (0, 1, 1));
    }
}

//! What a word can be in a place's name.

use crate::find::marks::Marks;
use crate::kind::Kind;
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::{Class, Flags, Keyer};

/// The key of a lower-case word, made when this is compiled.
pub(super) const fn key(word: &str) -> u64 {
    let letters = word.as_bytes();
    let mut keyer = Keyer::new();
    let mut i = 0;
    while i < letters.len() {
        keyer = keyer.add(letters[i]);
        i += 1;
    }
    keyer.finish()
}

pub(super) const OF: u64 = key("of");
pub(super) const THE: u64 = key("the");
pub(super) const AND: u64 = key("and");
pub(super) const AT: u64 = key("at");
pub(super) const FOR: u64 = key("for");
pub(super) const ST: u64 = key("st");
pub(super) const SAINT: u64 = key("saint");

/// Words that nothing in a name can be, in any casing.
const NEVER: u64 =
    Class::Function.bit() | Class::Pronoun.bit() | Class::Month.bit() | Class::Weekday.bit() | Class::Title.bit();

/// Words that end a name where casing says nothing.
pub(super) const STOPS: u64 = NEVER
    | Class::Says.bit()
    | Class::Does.bit()
    | Class::Towards.bit()
    | Class::Relative.bit()
    | Class::Person.bit()
    | Class::Residing.bit()
    | Class::Employed.bit()
    | Class::Unit.bit()
    | Class::NumberWord.bit()
    | Class::Naming.bit()
    | Class::Relation.bit()
    | Class::Role.bit()
    | Class::Credential.bit();

/// Words that only say what sort of place it is.
const SORTS: u64 = Class::GenericPlace.bit()
    | Class::FacilityHead.bit()
    | Class::PlainHead.bit()
    | Class::Specialty.bit()
    | Class::CompanySuffix.bit();

/// Does casing say something at the token?
pub(super) fn is_usual(page: &Page<'_>, at: usize) -> bool {
    page.casing_at(at) == Casing::Usual
}

/// Is the token the word of that key?
pub(super) fn is_key(page: &Page<'_>, at: usize, key: u64) -> bool {
    page.get(at).is_some_and(|t| t.is_word() && t.key == key)
}

/// Is the word before `at` one of those?
pub(super) fn is_led_by(page: &Page<'_>, at: usize, keys: &[u64]) -> bool {
    page.before(at).is_some_and(|t| t.is_word() && keys.contains(&t.key))
}

/// Is it a word with a capital?
pub(super) fn is_capital(token: &Token) -> bool {
    token.is_capital() || token.form == Form::Camel
}

/// May the token follow the one before within one name: on the same line, or wrapped over one line end?
pub(super) fn follows(token: &Token) -> bool {
    token.gap <= Gap::Space || token.gap == Gap::Line
}

/// A word that stands before any clinic: "outside", "cardiac", "primary".
pub(super) fn is_generic(flags: Flags) -> bool {
    flags.is_any(SORTS)
        || (flags.is_medical() && flags.city() < 2 && flags.surname() < 2 && !flags.is(Class::FacilityPart))
}

/// A word that must be a name, whatever its casing: in no list, or a name and no word.
pub(super) fn is_rare(token: &Token) -> bool {
    let f = token.flags;
    token.is_word()
        && token.len() > 2
        && !f.is_medical()
        && !f.is_eponym()
        && !f.is_any(STOPS | SORTS)
        && (f.is_unknown() || (f.word() == 0 && (f.surname() > 0 || f.city() > 0 || f.given() > 0 || f.is_region())))
}

/// A word that is seldom met outside names: in no list of words but the longest.
pub(super) fn is_odd(token: &Token) -> bool {
    let f = token.flags;
    token.is_word()
        && token.len() > 3
        && f.word() <= 1
        && !f.is_medical()
        && !f.is_eponym()
        && !f.is_country()
        && !f.is_any(STOPS | SORTS | Class::Heading.bit())
}

/// Does one tab alone stand before the token, and no other column on its line? Then it was typed for a space.
pub(super) fn is_tab(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    if token.gap != Gap::Wide || page.before(at).is_none_or(|t| t.end + 1 != token.start) {
        return false;
    }
    page.line(at).is_some_and(|l| {
        l.end - l.first < 60
            && (l.first..l.end).filter(|i| page.get(*i).is_some_and(|t| t.gap == Gap::Wide)).count() == 1
    })
}

/// A word that may well be a name: rare, or a common name that is also a word.
pub(super) fn is_namelike(token: &Token) -> bool {
    let f = token.flags;
    is_rare(token)
        || (token.is_word()
            && token.len() > 1
            && !f.is_any(STOPS | SORTS)
            && (f.city() >= 1
                || f.surname() >= 2
                || f.given() >= 2
                || f.is_region()
                || (f.is_state() && token.len() > 2))
            && (!f.is_medical() || f.city() >= 2 || f.surname() >= 2)
            && (!f.is_eponym() || f.surname() == 3))
}

/// A word of a facility's own name that no other thing bears: "mercy", "memorial", "baptist".
pub(super) fn is_part(flags: Flags) -> bool {
    flags.is(Class::FacilityPart) && !flags.is(Class::GenericPlace)
}

/// May the word stand inside a name? With a capital in usual writing; elsewhere by what the lists say.
pub(super) fn may_name(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    if !token.is_word() {
        return false;
    }
    let f = token.flags;
    if is_usual(page, at) {
        return is_capital(token) && (!f.is_any(NEVER) || token.form == Form::Camel || token.key == ST);
    }
    if (f.is_any(STOPS) && token.key != ST) || token.form == Form::Contraction {
        return false;
    }
    is_namelike(token)
        || is_part(f)
        || is_generic(f)
        || f.is_any(Class::CityLast.bit() | Class::CityFirst.bit() | Class::Direction.bit() | Class::Particle.bit())
        || (f.word() <= 1 && !f.is_medical())
        || (f.word() == 2 && !is_verbal(page.word(at)))
}

/// Does it end as verbs and adverbs do?
pub(super) fn is_verbal(word: &str) -> bool {
    let word = word.as_bytes();
    let ends = |tail: &[u8]| word.len() > tail.len() + 1 && word[word.len() - tail.len()..].eq_ignore_ascii_case(tail);
    ends(b"ed") || ends(b"ing") || ends(b"ly")
}

/// Was the token taken for something that no place can hold?
pub(super) fn is_taken(marks: &Marks, at: usize) -> bool {
    marks.is_shielded(at)
        || marks.kind_at(at).is_some_and(|k| {
            use Kind::{City, County, Employer, Facility, Name, Street, Zip};
            !matches!(k, Name | Street | City | County | Zip | Facility | Employer)
        })
}

/// Does the word end as towns do?
pub(super) fn ends_as_town(word: &str) -> bool {
    const ENDS: [&[u8]; 27] = [
        b"ville", b"burgh", b"mouth", b"chester", b"shire", b"stad", b"furt", b"borough", b"haven", b"ton", b"bury",
        b"port", b"side", b"view", b"berg", b"land", b"fort", b"town", b"burg", b"field", b"wood", b"ford", b"brook",
        b"dale", b"wick", b"hurst", b"worth",
    ];
    let word = word.as_bytes();
    ENDS.iter().any(|e| word.len() >= e.len() + 3 && word[word.len() - e.len()..].eq_ignore_ascii_case(e))
}

//! A birthday as it is spoken into a telephone and typed so: "birthday six fourteen fifty-two".

use super::piece::year_words;
use super::{Date, follows, says, touches};
use crate::read::Page;
use crate::words::Class;

/// What may stand between the word that tells of a birth and its day: "birthday is", "born on".
const BETWEEN: usize = 3;

/// The day of birth in number words that begins at `at`: month, day and year, behind a word that tells of a birth.
pub(super) fn birthday(page: &Page<'_>, at: usize) -> Option<Date> {
    const BIRTHS: [&str; 5] = ["birthday", "birthdate", "birth", "born", "dob"];
    let told = (1..=BETWEEN).any(|back| at.checked_sub(back).is_some_and(|i| BIRTHS.iter().any(|w| says(page, i, w))));
    if !told || !is_number(page, at) {
        return None;
    }
    // "March three nineteen fifty-two"
    let named = at.checked_sub(1).filter(|i| page.get(*i).is_some_and(|t| t.flags.is(Class::Month)));
    let day = if named.is_some() { at } else { at + 1 };
    let year = behind_number(page, day).filter(|_| follows(page, day))?;
    let end = year_words(page, year).or_else(|| behind_number(page, year)).filter(|_| follows(page, year))?;
    Some(Date::context(named.unwrap_or(at), end))
}

fn is_number(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.flags.is(Class::NumberWord))
}

/// Behind "fourteen", "twenty-two", "fifty two" or "ninth".
fn behind_number(page: &Page<'_>, at: usize) -> Option<usize> {
    if page.get(at)?.flags.is(Class::OrdinalWord) {
        return Some(at + 1);
    }
    if !is_number(page, at) {
        return None;
    }
    let tens = page.word(at).to_ascii_lowercase().ends_with("ty");
    let next = at + 1 + usize::from(page.get(at + 1).is_some_and(|t| t.is_dash()) && touches(page, at + 1));
    let unit = page.get(next).is_some_and(|t| t.flags.is_any(Class::NumberWord.bit() | Class::OrdinalWord.bit()));
    // "twenty two" is one number, "thirty fifty-two" are two.
    let small = !page.word(next).to_ascii_lowercase().ends_with("ty") && page.word(next).len() <= 5;
    Some(if tens && unit && small && follows(page, next) { next + 1 } else { at + 1 })
}

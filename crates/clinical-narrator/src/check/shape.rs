//! What a rewording looks like, before its words are read.

use crate::mask::Masked;
use crate::refusal::Refusal;
use clinical_lexicon::Readability;

/// Below this grade a rewording is never too hard: the grade of a few words is a matter of chance.
const EASY: f64 = 6.0;

/// A rewording may be harder than its sentence by this much: a short sentence that is cut in two may gain a little.
const SLACK: f64 = 1.0;

/// The grade of a word of three syllables.
const LONG: f64 = 15.0;

/// A sentence of more words is long.
const MOST_WORDS: usize = 24;

/// With fewer words, one long word makes grades of difference.
const FEW: usize = 12;

/// More than this is not read: what comes after compares the words of both sides pair by pair, and two sides of this
/// length take a fraction of a second in a debug build.
const MOST: usize = 1_200;

/// Empty, long, with markup, the same again, or harder than the sentence.
pub(super) fn check(of: &Masked, said: &str) -> Result<(), Refusal> {
    if !said.chars().any(char::is_alphabetic) {
        return Err(Refusal::Empty);
    }
    if said.len() > MOST || of.shown.len() > MOST {
        return Err(Refusal::TooLong);
    }
    if said.chars().count() > of.shown.chars().count() * 4 + 120 || words(said) * 2 > words(&of.shown) * 5 + 16 {
        return Err(Refusal::TooLong);
    }
    let small = said.to_ascii_lowercase();
    if ["http", "www.", "://", ".com", ".org", ".net", ".gov", "..."].iter().any(|mark| small.contains(mark)) {
        return Err(Refusal::Markup);
    }
    for c in said.chars() {
        match c {
            ' ' | '.' | ',' | ';' | ':' | '!' | '\'' | '"' | '(' | ')' | '-' | '/' | '[' | ']' => {}
            '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{2013}' | '\u{2014}' => {}
            '?' if of.shown.contains('?') => {}
            // A question leaves open what the sentence says.
            '?' => return Err(Refusal::Certainty),
            '<' | '>' | '+' | '%' | '=' | '&' if of.shown.contains(c) && !is_tag(said) => {}
            c if c.is_ascii_alphanumeric() => {}
            c if c.is_alphabetic() => return Err(Refusal::Language),
            c if c.is_numeric() || c == '%' => return Err(Refusal::Number),
            _ => return Err(Refusal::Markup),
        }
    }
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    if letters(said).eq_ignore_ascii_case(&letters(&of.shown)) {
        return Err(Refusal::Same);
    }
    if is_of_short_words(of, said) {
        return Ok(());
    }
    let harder = grade(said);
    let slack = if words(said) < FEW { SLACK * 4.0 } else { SLACK };
    if harder >= EASY && harder > grade(&of.shown) + slack {
        return Err(Refusal::Harder);
    }
    Ok(())
}

/// Whether a pointed bracket begins something like an element.
fn is_tag(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '!' | '?')))
}

/// Whether every word that the sentence does not have is short, and no sentence long: then nothing is harder, whatever
/// the grades of two short texts say.
fn is_of_short_words(of: &Masked, said: &str) -> bool {
    let split = |text: &'_ str| -> Vec<String> {
        let all = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}')));
        all.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let known = split(&of.shown);
    let is_short = |word: &String| {
        let mut reading = Readability::default();
        reading.add(word);
        reading.reading().grade < LONG
    };
    said.split_inclusive(['.', ';']).all(|sentence| words(sentence) <= MOST_WORDS)
        && split(said).iter().all(|word| known.contains(word) || is_short(word))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The grade of a text whose placeholders count as one short word each.
fn grade(text: &str) -> f64 {
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '[' => {
                inside = true;
                plain.push_str("it");
            }
            ']' => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    let mut reading = Readability::default();
    reading.add(&plain);
    reading.reading().grade
}

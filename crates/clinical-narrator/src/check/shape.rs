//! What a rewording looks like, before its words are read.

use super::everyday::is_everyday;
use super::reading::has_role;
use crate::mask::Masked;
use crate::refusal::Refusal;
use clinical_lexicon::{Lexicon, Readability};

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

/// How many arrows stand right in front of the placeholder of a medicine, or right behind it.
fn arrows_at_medicine(text: &str) -> usize {
    let is_beside = |(at, arrow): (usize, &str)| {
        let before = text.get(..at).unwrap_or_default().trim_end();
        let behind = text.get(at + arrow.len()..).unwrap_or_default().trim_start();
        let last = before.ends_with(']').then(|| before.rfind('[')).flatten();
        behind.starts_with("[MEDICINE ")
            || last.and_then(|at| before.get(at..)).is_some_and(|t| t.starts_with("[MEDICINE "))
    };
    text.match_indices(['\u{2191}', '\u{2193}']).filter(|one| is_beside(*one)).count()
}

/// Empty, long, with markup, the same again, or harder than the sentence.
pub(super) fn check(of: &Masked, said: &str, lexicon: &Lexicon) -> Result<(), Refusal> {
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
            '\u{2191}' | '\u{2193}' if of.shown.contains(c) => {}
            '<' | '>' | '+' | '%' | '=' | '&' if of.shown.contains(c) && !is_tag(said) => {}
            c if c.is_ascii_alphanumeric() => {}
            c if c.is_alphabetic() => return Err(Refusal::Language),
            c if c.is_numeric() || c == '%' => return Err(Refusal::Number),
            _ => return Err(Refusal::Markup),
        }
    }
    // "↑ [MEDICINE 1]": whether it was changed or is to be changed is not told, so that no verb may tell it.
    if arrows_at_medicine(said) < arrows_at_medicine(&of.shown) {
        return Err(Refusal::When);
    }
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    // Cut in two where the sentence has a semicolon, it is easier to read.
    let joined = |text: &str| text.matches(';').count();
    let is_cut = joined(said) < joined(&of.shown) || is_cut_in_two(&of.shown, said);
    if letters(said).eq_ignore_ascii_case(&letters(&of.shown)) && !is_cut {
        return Err(Refusal::Same);
    }
    if is_of_plain_words(of, said, lexicon) {
        return Ok(());
    }
    let harder = grade(said);
    let slack = if words(said) < FEW { SLACK * 4.0 } else { SLACK };
    if harder >= EASY && harder > grade(&of.shown) + slack {
        return Err(Refusal::Harder);
    }
    Ok(())
}

/// Whether a comma of the sentence became its end. Not where a mark tells how far a condition, a time or a denial reaches ("if
/// it bleeds, call"), unless the next clause begins with its own word ("but").
fn is_cut_in_two(of: &str, said: &str) -> bool {
    let ends = |text: &str| text.matches(". ").count();
    let reaches =
        |word: &str| ["cut-with-care", "denies"].iter().any(|role| has_role(role, &word.to_ascii_lowercase()));
    let mut begins = said.split(". ").skip(1).map(|sentence| sentence.split(' ').next().unwrap_or_default());
    let is_plain = !said.split(|c: char| !c.is_alphabetic()).any(reaches);
    ends(said) > ends(of) && (is_plain || begins.all(|word| matches!(word, "And" | "But" | "So")))
}

/// Whether a pointed bracket begins something like an element.
fn is_tag(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '!' | '?')))
}

/// Whether every word that the sentence does not have is short or known to everybody, and no sentence long: then nothing
/// is harder, whatever the grades of two short texts say. "Emergency room" has more syllables than "ED", and is plainer.
fn is_of_plain_words(of: &Masked, said: &str, lexicon: &Lexicon) -> bool {
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
    // What is written in short forms gains small words, and is read more easily for it.
    let longest = of.shown.split_inclusive(['.', ';']).map(counted).max().unwrap_or(0);
    let most = (longest * 3 / 2 + 2).clamp(MOST_WORDS, MOST_WORDS + 8);
    said.split_inclusive(['.', ';']).all(|sentence| counted(sentence) <= most)
        && split(said).iter().all(|word| known.contains(word) || is_short(word) || is_everyday(word, lexicon))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The words, a placeholder as one.
fn counted(text: &str) -> usize {
    words(text).saturating_sub(text.matches('[').count())
}

/// The grade of a text whose placeholders count as one short word each, and whose short forms ("COPD") as they are read
/// aloud, a syllable for each letter.
fn grade(text: &str) -> f64 {
    let mut plain = String::with_capacity(text.len());
    let text = spelled_out(text);
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

/// A text with a word of as many syllables in the place of each short form in capitals, unless it is all in capitals.
fn spelled_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let has_small = text.contains(char::is_lowercase);
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        let is_short_form = (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
        if is_short_form && has_small && !is_hole(word) {
            let syllables = |letter: char| if letter == 'W' { 3 } else { 1 };
            out.extend(word.chars().flat_map(|letter| std::iter::repeat_n("ba", syllables(letter))));
            out.push_str(piece.get(word.len()..).unwrap_or_default());
        } else {
            out.push_str(piece);
        }
    }
    out
}

/// The word of a placeholder.
fn is_hole(word: &str) -> bool {
    matches!(word, "TEST" | "TIME" | "NAME" | "CODE")
}

#[cfg(test)]
mod tests {
    use super::{grade, spelled_out};

    #[test]
    fn short_forms_are_read_letter_by_letter() {
        assert_eq!(spelled_out("Return to ED if SOB [TEST 1]."), "Return to baba if bababa [TEST 1].");
        assert_eq!(spelled_out("WBAT, I am."), "babababababa, I am.");
        assert_eq!(spelled_out("CALL THE ED"), "CALL THE ED", "in capitals no word is told from a short form");
        assert!(grade("Return to the ED with SOB.") > grade("Return to the bed with sob."));
    }
}

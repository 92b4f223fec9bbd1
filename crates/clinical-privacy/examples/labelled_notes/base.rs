//! The notes that identifiers are put into, freed from the unlabelled names and dates of their own.

use std::collections::BTreeSet;

/// A clean note: paragraphs of sentences.
pub(crate) struct Base {
    pub(crate) lines: Vec<Vec<String>>,
    pub(crate) female: bool,
}

const ALLOWED: &str = include_str!("banks/allowed_words.txt");

/// Cleans notes. What is written in lower case anywhere in all notes may start a sentence.
pub(crate) fn clean(notes: &[String], all: &[String]) -> Vec<Base> {
    let mut lower = BTreeSet::new();
    for note in all {
        lower.extend(words(note).filter(|w| w.starts_with(|c: char| c.is_lowercase())).map(str::to_owned));
    }
    let allowed: BTreeSet<&str> =
        ALLOWED.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect();
    notes.iter().map(|note| base(note, &lower, &allowed)).filter(|b| !b.lines.is_empty()).collect()
}

fn base(note: &str, lower: &BTreeSet<String>, allowed: &BTreeSet<&str>) -> Base {
    let spaced = format!(" {} ", note.to_lowercase().replace(['.', ',', '\n'], " "));
    let count = |word: &str| spaced.matches(word).count();
    let female = count(" she ") + count(" her ") > count(" he ") + count(" his ");
    let lines = note.lines().map(str::trim).filter(|line| line.chars().filter(|c| c.is_alphabetic()).count() > 2);
    let lines =
        lines.map(|line| sentences(line).into_iter().filter(|s| is_clean(s, lower, allowed)).collect::<Vec<_>>());
    Base { lines: lines.filter(|sentences| !sentences.is_empty()).collect(), female }
}

/// The sentences of a line; a full stop after a title or an initial ends none.
pub(crate) fn sentences(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut current = String::new();
    let mut previous = "";
    for word in line.split(' ') {
        let bare = previous.trim_start_matches(['(', '"']);
        let title = ["Dr.", "Mr.", "Ms.", "Mrs.", "St.", "vs."].contains(&bare) || bare.chars().count() == 2;
        let ends = previous.ends_with(['.', '?', '!']) && !title;
        if ends && word.starts_with(|c: char| c.is_uppercase()) && !current.is_empty() {
            out.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
        previous = word;
    }
    if !current.is_empty() {
        out.push(current);
    }
    out
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|w| !w.is_empty())
}

fn is_clean(sentence: &str, lower: &BTreeSet<String>, allowed: &BTreeSet<&str>) -> bool {
    if has_date(sentence) || has_digits_like_a_year(sentence) {
        return false;
    }
    // The words of a heading ("Ears, Nose, Mouth and Throat:") are all capitalised.
    let heading = sentence.find(':').filter(|at| *at < 60).unwrap_or(0);
    let body = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    let offset = sentence.len() - body.len();
    words(sentence).all(|word| {
        let at = word.as_ptr() as usize - sentence.as_ptr() as usize;
        if !word.starts_with(|c: char| c.is_uppercase()) || allowed.contains(word) {
            return true;
        }
        let folded = word.to_lowercase();
        // The last words of a sentence that was cut wrongly start with a capital after a full stop.
        let starts = at == offset || sentence[..at].trim_end().ends_with(['.', ':', '?', '!', '•', '"', '“']);
        let capitals = word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase());
        lower.contains(&folded) && (at < heading || starts || capitals) && !NAMES_TOO.contains(&folded.as_str())
    })
}

/// Words of the notes that are somebody's name there.
const NAMES_TOO: [&str; 11] =
    ["hill", "ward", "young", "white", "brown", "cook", "walker", "point", "lion", "ripple", "butler"];

fn has_date(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_digit() || c == '/' || c == '-')).any(|piece| {
        let mut parts = piece.split(['/', '-']);
        let (Some(a), Some(b)) = (parts.next(), parts.next()) else { return false };
        let number = |t: &str| t.parse::<u32>().unwrap_or(0);
        piece.contains('/') && (1..=12).contains(&number(a)) && (b.len() >= 2 || parts.next().is_some())
    })
}

fn has_digits_like_a_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|d| d.len() == 4 && (d.starts_with("19") || d.starts_with("20")))
}

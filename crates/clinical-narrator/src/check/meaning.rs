//! What the reader of notes makes of both sides.

use super::reading::has_role;
use crate::mask::Masked;
use crate::refusal::Refusal;
use clinical_intake::note::mention::{Experiencer, Mention, MentionKind, mentions};
use clinical_intake::note::{outline, words};
use clinical_lexicon::Lexicon;
use clinical_model::{Assertion, Stop};

/// The number of what may come; that of what is so is none.
const HYPOTHETICAL: u8 = 4;

/// The number of what may be so.
const POSSIBLE: u8 = 2;

/// What both sides were found to have, held against each other word by word.
#[derive(Clone, Copy)]
pub(super) struct Both {
    /// Words of doubt.
    pub(super) doubt: bool,
    /// Conditions.
    pub(super) condition: bool,
    /// Denials.
    pub(super) deny: bool,
    /// That something was stopped, or is to be.
    pub(super) stopped: bool,
}

/// Compares what is named on both sides, and what is said of it. Where both sides have words of doubt, and those were held
/// against each other (`how`), the reader may know only the words of one side.
pub(super) fn check(of: &Masked, restored: &str, how: Both, lexicon: &Lexicon) -> Result<(), Refusal> {
    let plain = compare(&alone(&of.text), &alone(restored), how, lexicon);
    if plain != Err(Refusal::Whose) {
        return plain;
    }
    // "According to her daughter", "his wife is worried": who speaks has nothing of what is told.
    if let Some((text, restored)) = unspoken(&of.text).zip(unspoken(restored))
        && compare(&alone(&text), &alone(&restored), how, lexicon).is_ok()
    {
        return Ok(());
    }
    match resolved(&of.text) {
        Some(text) => compare(&alone(&text), &alone(restored), how, lexicon),
        None => plain,
    }
}

/// A text without the relative who tells of the patient. None: there is none, or more than one, or "she" may be the relative.
fn unspoken(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let bare = |at: usize| {
        words.get(at).map_or_else(String::new, |w| w.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase())
    };
    let is = |at: usize, role: &str| has_role(role, &bare(at));
    let mut relatives = (0..words.len()).filter(|at| is(*at, "escort"));
    let (at, None) = (relatives.next()?, relatives.next()) else { return None };
    let from = at.checked_sub(1).filter(|at| is(*at, "possessive")).unwrap_or(at);
    let before = |back: usize| from.checked_sub(back).map_or_else(String::new, bare);
    let is_source = before(1) == "to" && (before(2) == "according" || has_role("handed", &before(2)));
    let helper = usize::from(matches!(bare(at + 1).as_str(), "are" | "is" | "was" | "were"));
    if !is_source && !is(at + 1 + helper, "worries") {
        return None;
    }
    // Whose daughter she is tells who "she" is: "her daughter says she", "his wife says he".
    let (he, she) = (["he", "him", "his"], ["her", "hers", "she"]);
    let has = |list: [&str; 3]| (0..words.len()).filter(|at| *at != from).any(|at| list.contains(&bare(at).as_str()));
    let is_other = match bare(from).as_str() {
        "his" => has(she),
        "her" => has(he),
        _ => is(at, "woman") && has(she) || is(at, "man") && has(he),
    };
    if is_other || (0..words.len()).any(|at| bare(at) == "own") {
        return None;
    }
    let kept = words.iter().enumerate().filter(|(place, _)| !(from..=at).contains(place));
    Some(kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" "))
}

fn compare(text: &str, restored: &str, how: Both, lexicon: &Lexicon) -> Result<(), Refusal> {
    // Who returns for something is here, and is not told to return.
    let restored = &restored.replace("You return for ", "You came for ");
    // Whether a test was done is told by its verb; a denial of what it found is not one of the test.
    let named = |text: &str| -> Vec<Mention> {
        let kinds = |m: &Mention| matches!(m.kind, MentionKind::Problem | MentionKind::Medicine);
        read(text, lexicon).into_iter().filter(kinds).collect()
    };
    let (source, said) = (named(text), named(restored));
    // "As needed for wheezing" is "when you wheeze".
    let is_when = restored.split(|c: char| !c.is_alphabetic()).any(|word| word.eq_ignore_ascii_case("when"));
    for mention in &said {
        let named: Vec<&Mention> = source.iter().filter(|m| is_same(m, text, mention, restored)).collect();
        let against: Vec<&Mention> = if named.is_empty() {
            // Other words for it. Then at least one of its kind is spoken of in the same way.
            source.iter().filter(|m| m.kind == mention.kind).collect()
        } else {
            named
        };
        agrees(mention, &against, is_when, how)?;
    }
    for mention in &source {
        let named: Vec<&Mention> = said.iter().filter(|m| is_same(mention, text, m, restored)).collect();
        agrees(mention, &named, is_when, how)?;
    }
    Ok(())
}

/// A text without who brought somebody: "brought in by mother with a fever" tells of no fever of the mother.
fn alone(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let bare = |at: usize| words.get(at).map_or("", |w| w.trim_matches(|c: char| !c.is_alphabetic()));
    let is = |at: usize, role: &str| has_role(role, &bare(at).to_lowercase());
    let mut out: Vec<&str> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        out.push(word);
        at += 1;
        let is_brought = (1..=3).any(|n| at.checked_sub(n).is_some_and(|at| is(at, "brings-in")));
        if is_brought && bare(at) == "by" {
            let who = at + 1 + usize::from(is(at + 1, "possessive"));
            // Only where nothing but his escort is told of him.
            let is_last = words.get(who).is_some_and(|w| w.ends_with(char::is_alphabetic));
            if is(who, "escort") && is_last && matches!(bare(who + 1), "with" | "for" | "because") {
                at = who + 1;
            }
        }
    }
    out.join(" ")
}

/// A text in which a wife is not "he": then he is the patient.
fn resolved(text: &str) -> Option<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    let has = |role: &str| text.split(' ').any(|word| has_role(role, &bare(word)));
    let other = match (has("woman"), has("man")) {
        (true, false) => "he",
        (false, true) => "she",
        _ => return None,
    };
    let you = |word: &str| match (other, bare(word).as_str()) {
        ("he", "he" | "him") | ("she", "she") => Some("you"),
        ("he", "his") | ("she", "her") => Some("your"),
        _ => None,
    };
    let said =
        |word: &str| you(word).map_or_else(|| word.to_owned(), |you| word.to_lowercase().replace(&bare(word), you));
    Some(text.split(' ').map(said).collect::<Vec<_>>().join(" "))
}

fn read(text: &str, lexicon: &Lexicon) -> Vec<Mention> {
    let tokens = words::tokens(text);
    let outline = outline::read(text, &tokens, lexicon, Stop::never());
    mentions(text, &tokens, &outline, lexicon, Stop::never())
}

fn is_same(one: &Mention, of: &str, other: &Mention, said: &str) -> bool {
    let slice = |m: &Mention, text: &'_ str| text.get(m.span.clone()).map(str::to_ascii_lowercase);
    one.kind == other.kind && (one.name.is_some() && one.name == other.name || slice(one, of) == slice(other, said))
}

/// Whether one of these is spoken of as this is.
fn agrees(mention: &Mention, against: &[&Mention], is_when: bool, how: Both) -> Result<(), Refusal> {
    let problem = mention.kind == MentionKind::Problem;
    let mut why = None;
    for other in against {
        let refusal = if mention.experiencer != other.experiencer {
            Refusal::Whose
        } else if sure(mention) == sure(other)
            || how.condition && sure(mention) + sure(other) == HYPOTHETICAL
            || how.doubt && sure(mention) + sure(other) == POSSIBLE
            || is_when && sure(mention) + sure(other) == HYPOTHETICAL
            || how.deny && how.condition && is_if_none(mention, other)
        {
            return Ok(());
        } else if is_denied(mention) != is_denied(other) {
            Refusal::Negation
        } else if mention.assertion == Assertion::Possible || other.assertion == Assertion::Possible {
            Refusal::Certainty
        } else {
            Refusal::When
        };
        why = Some(refusal);
    }
    let other = mention.experiencer != Experiencer::Patient;
    // Whether a medicine is to be taken is told by its verbs, which were held against each other; of a denial the reader
    // may know the words of one side only ("avoid").
    why.filter(|_| problem || other || is_denied(mention) && !how.deny && !how.stopped).map_or(Ok(()), Err)
}

/// What is compared of an assertion. What is past and what is over are told apart by their words.
const fn sure(mention: &Mention) -> u8 {
    match mention.assertion {
        Assertion::Present => 0,
        Assertion::Absent => 1,
        Assertion::Possible => POSSIBLE,
        // Past and present are told apart by their words.
        Assertion::Historical => 0,
        Assertion::Hypothetical => HYPOTHETICAL,
        Assertion::Family => 5,
    }
}

/// "If no bleeding": one reads a denial, the other a condition, and both stand there.
const fn is_if_none(one: &Mention, other: &Mention) -> bool {
    is_denied(one) && sure(other) == HYPOTHETICAL || is_denied(other) && sure(one) == HYPOTHETICAL
}

const fn is_denied(mention: &Mention) -> bool {
    matches!(mention.assertion, Assertion::Absent)
}

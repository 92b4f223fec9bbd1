//! High and low where they stand: a phrase ("low potassium") hides its degree from the other checks, so that two of them
//! could exchange it.

use super::reading::has_role;
use super::tokens::Token;
use crate::refusal::Refusal;

/// Which way a word tells that its neighbour goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

fn way(word: &str) -> Option<Way> {
    if has_role("up", word) {
        Some(Way::Up)
    } else if has_role("down", word) {
        Some(Way::Down)
    } else {
        None
    }
}

/// Each word behind a word of degree, with the way that one tells.
fn ways(tokens: &[Token]) -> Vec<(&str, Way)> {
    let pairs = tokens.windows(2).filter(|pair| pair.iter().all(Token::is_word));
    pairs.filter_map(|pair| Some((pair.get(1)?.stem.as_str(), way(&pair.first()?.text)?))).collect()
}

/// A thing that is high in the sentence is not low in the rewording. Linear in the words but for the few of degree.
pub(super) fn check(of: &[Token], said: &[Token]) -> Result<(), Refusal> {
    let of = ways(of);
    let turned = |(thing, way): &(&str, Way)| {
        let mut same = of.iter().filter(|(other, _)| other == thing).peekable();
        same.peek().is_some() && same.all(|(_, other)| other != way)
    };
    if ways(said).iter().any(turned) { Err(Refusal::Degree) } else { Ok(()) }
}

/// Of two kinds of words that a text has, the order in which they stand.
fn order(tokens: &[Token], kind: impl Fn(&str) -> Option<bool>) -> Vec<bool> {
    tokens.iter().filter_map(|t| kind(&t.text)).collect()
}

/// Negative and positive, and "may" and "will", where a text has both, keep their order.
pub(super) fn keeps_order(of: &[Token], said: &[Token]) -> Result<(), Refusal> {
    let result = |word: &str| match word {
        "negative" | "neg" => Some(false),
        "positive" | "pos" => Some(true),
        _ => None,
    };
    let coming = |word: &str| match word {
        "may" | "might" => Some(false),
        "ll" | "shall" | "will" => Some(true),
        word => word.ends_with("'ll").then_some(true),
    };
    let turned = |kind: &dyn Fn(&str) -> Option<bool>| {
        let (ours, theirs) = (order(of, kind), order(said, kind));
        let has_both = |list: &[bool]| list.contains(&true) && list.contains(&false);
        has_both(&ours) && has_both(&theirs) && ours.len() == theirs.len() && ours != theirs
    };
    // "Only at night and only if": each of them.
    let only =
        |tokens: &[Token]| tokens.iter().filter(|t| matches!(t.text.as_str(), "just" | "only" | "solely")).count();
    if only(of) > 1 && only(said) < only(of) {
        return Err(Refusal::Degree);
    }
    if turned(&result) {
        Err(Refusal::Degree)
    } else if turned(&coming) {
        Err(Refusal::Certainty)
    } else {
        Ok(())
    }
}

/// Stopping and going on, where a text has both, keep their order.
pub(super) fn goes_on(of: &[Token], said: &[Token]) -> Result<(), Refusal> {
    let list = |tokens: &[Token]| -> Vec<bool> {
        let kind = |t: &Token| {
            let ends = has_role("stops", &t.text);
            (ends || has_role("goes-on", &t.text)).then_some(ends)
        };
        let mut list: Vec<bool> = tokens.iter().filter_map(kind).collect();
        list.dedup();
        list
    };
    let (ours, theirs) = (list(of), list(said));
    if ours.len() > 1 && theirs.len() > 1 && ours.first() != theirs.first() { Err(Refusal::Treatment) } else { Ok(()) }
}

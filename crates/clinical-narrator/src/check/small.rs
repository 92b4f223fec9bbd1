//! Small words that turn a sentence round without being a meaning of their own: a denial where no verb takes it, one
//! denial too many or too few, "may" that is gone, a side that is another, "will be" for "was".
//!
//! The other checks compare meanings, and a meaning can hide such a word inside a phrase. These compare the words
//! themselves, and are linear.

use super::reading::has_role;
use super::tokens::{Token, What};
use crate::refusal::Refusal;

/// Holds the small words of a rewording against those of its sentence.
pub(super) fn check(of: &[Token], said: &[Token]) -> Result<(), Refusal> {
    if (0..said.len()).any(|at| is_stray(of, said, at)) || doubled(said) > doubled(of) || is_spread(of, said) {
        return Err(Refusal::Negation);
    }
    if (has(of, "may") || has(of, "might")) && !said.iter().any(|t| has_role("open", &t.text)) {
        return Err(Refusal::Certainty);
    }
    // "You may walk" is not "you will".
    let opens = |tokens: &[Token]| tokens.iter().filter(|t| has_role("open", &t.text)).count();
    let wills = |tokens: &[Token]| tokens.iter().filter(|t| t.text == "will").count();
    if opens(said) < opens(of) && wills(said) > wills(of) {
        return Err(Refusal::Certainty);
    }
    // "The dressing come off" of "may come off".
    let bare = |near: &[Token]| {
        matches!(near, [who, may, verb] if matches!(may.text.as_str(), "may" | "might")
            && said.windows(2).any(|near| matches!(near, [one, other] if one.text == who.text && other.text == verb.text)))
    };
    if opens(said) < opens(of) && of.windows(3).any(bare) {
        return Err(Refusal::Certainty);
    }
    // "It never recovered, and never needed": once more than the sentence says.
    let count = |tokens: &[Token], word: &str| tokens.iter().filter(|t| t.text == word).count();
    if count(of, "never") > 0 && count(said, "never") > count(of, "never") + count(of, "ever") {
        return Err(Refusal::Negation);
    }
    // Nor is "you will" what you "may".
    if opens(said) > opens(of) && wills(said) < wills(of) {
        return Err(Refusal::Certainty);
    }
    // "Was slow" is not "will be slow", and "will be staying" is not "was": where one goes the other does not come.
    let pasts = |tokens: &[Token]| tokens.iter().filter(|t| matches!(t.text.as_str(), "was" | "were")).count();
    if wills(said) > wills(of) && pasts(said) < pasts(of) || wills(said) < wills(of) && pasts(said) > pasts(of) {
        return Err(Refusal::When);
    }
    // "You should come back" is not "you may".
    let must =
        |tokens: &[Token]| tokens.iter().any(|t| matches!(t.text.as_str(), "must" | "need" | "needs" | "should"));
    let may = |tokens: &[Token]| tokens.iter().filter(|t| matches!(t.text.as_str(), "can" | "may" | "might")).count();
    if must(of) && !must(said) && may(said) > may(of) {
        return Err(Refusal::Advice);
    }
    // Nor is "you must" what you "can".
    let musts = |tokens: &[Token]| {
        tokens.iter().filter(|t| matches!(t.text.as_str(), "must" | "need" | "needs" | "should")).count()
    };
    if may(said) < may(of) && musts(said) > musts(of) {
        return Err(Refusal::Advice);
    }
    // "Your and an uncle": somebody is left out.
    let is_left_out = |near: &[Token]| {
        matches!(near, [your, next] if your.text == "your" && (!next.is_word() && !matches!(next.what, What::Hole(_))
            || matches!(next.text.as_str(), "and" | "or")))
    };
    if said.windows(2).any(is_left_out) && !of.windows(2).any(is_left_out) {
        return Err(Refusal::Person);
    }
    if ["left", "right"].into_iter().any(|side| has_side(of, side) != has_side(said, side) && has_side(of, side)) {
        return Err(Refusal::Side);
    }
    // "The right eye and the right disc" keep both.
    let sides = |tokens: &[Token], side: &str| (0..tokens.len()).filter(|at| is_side(tokens, *at, side)).count();
    if ["left", "right"].into_iter().any(|side| sides(said, side) == 1 && sides(of, side) > 1) {
        return Err(Refusal::Side);
    }
    if has(of, "both") && !["all", "both", "each", "either", "sides", "two"].into_iter().any(|word| has(said, word)) {
        return Err(Refusal::Side);
    }
    if (0..said.len()).any(|at| is_made_verb(of, said, at)) {
        return Err(Refusal::Advice);
    }
    if comes_late(of, said) || is_over(of, said) {
        return Err(Refusal::When);
    }
    // "We stopped smoking": what the reader did away with is nobody else's.
    let stopped = |near: &[Token]| {
        matches!(near, [we, stop, what] if we.text == "we" && matches!(stop.text.as_str(), "quit" | "stopped")
            && what.text.ends_with("ing"))
    };
    if said.windows(3).any(stopped) && !has(of, "we") {
        return Err(Refusal::Person);
    }
    Ok(())
}

fn has(tokens: &[Token], word: &str) -> bool {
    tokens.iter().any(|t| t.text == word)
}

fn word(tokens: &[Token], at: Option<usize>) -> &str {
    at.and_then(|at| tokens.get(at)).map_or("", |t| t.text.as_str())
}

/// "A not new area", "the scan not found", "a no new area": nobody writes so who keeps to the sentence. "Told you not to"
/// is right, and "but not", where the sentence has it.
fn is_stray(of: &[Token], said: &[Token], at: usize) -> bool {
    let denial = word(said, Some(at));
    let before = word(said, at.checked_sub(1));
    if before.is_empty() || !has_role("denies", denial) {
        return false;
    }
    let in_sentence = of.windows(2).any(|near| matches!(near, [a, b] if a.text == before && b.text == denial));
    let next = word(said, Some(at + 1));
    let is_of_sentence =
        !next.is_empty() && of.windows(2).any(|near| matches!(near, [a, b] if a.text == denial && b.text == next));
    // "Said no you have a fever".
    // "A spot no in the lung", "in no the lung", "your right no lung", "lost no interest".
    let is_small = matches!(next, "at" | "in" | "of" | "on" | "that" | "the");
    let is_placed =
        matches!(before, "in" | "left" | "loss" | "lost" | "of" | "lower" | "right" | "upper") && !in_sentence;
    if matches!(denial, "no" | "without")
        && !is_of_sentence
        && (denial == "no" && is_small || next == "in" || is_placed)
    {
        return true;
    }
    let is_subject = denial == "no" && matches!(next, "he" | "i" | "it" | "she" | "they" | "we" | "you" | "your");
    if is_subject && !is_of_sentence {
        return true;
    }
    let in_sentence = in_sentence || before == "and" && is_of_sentence;
    let is_after_article = matches!(before, "a" | "an" | "the" | "your");
    let is_after_none = denial == "not" && word(said, Some(at + 1)) != "to" && !has_role("before-not", before);
    // "Soft and not swollen" of "soft, non-distended".
    let count =
        |tokens: &[Token]| tokens.iter().filter(|t| has_role("denies", &t.text) || t.text.starts_with("non")).count();
    let is_after_none = is_after_none && !(before == "and" && has_adjective_denied(of) && count(said) <= count(of));
    (is_after_article || is_after_none) && !in_sentence
}

/// "Non-distended", "nontender".
fn has_adjective_denied(of: &[Token]) -> bool {
    of.iter().any(|t| t.text.starts_with("non"))
}

/// The most denials between two marks or joints: "does not show no" affirms.
fn doubled(tokens: &[Token]) -> usize {
    let stretches = tokens.split(|t| !t.is_word() && !matches!(t.what, What::Hole(_)) || is_joint(t));
    stretches.map(|part| part.iter().filter(|t| has_role("denies", &t.text)).count()).max().unwrap_or(0).max(1)
}

fn is_joint(token: &Token) -> bool {
    matches!(token.text.as_str(), "and" | "but")
}

/// "No pain, no fever" is not "no pain and fever": a denial that the sentence has of each must not be left to an "and".
fn is_spread(of: &[Token], said: &[Token]) -> bool {
    let count = |tokens: &[Token]| tokens.iter().filter(|t| has_role("denies", &t.text)).count();
    if count(of) < 2 || count(said) >= count(of) {
        return false;
    }
    if is_left_behind(said) && count(said) + 1 == count(of) {
        return true;
    }
    let mut parts = said.split(|t| matches!(t.what, What::Comma | What::End));
    parts.any(|part| {
        let denial = part.iter().position(|t| has_role("denies", &t.text));
        let joint = denial.and_then(|at| part.iter().skip(at).position(|t| t.text == "and").map(|n| at + n));
        joint.is_some_and(|at| {
            !part.iter().skip(at).any(|t| has_role("reader", &t.text) || has_role("passive", &t.text))
        })
    })
}

/// "There is no fluid, and air": a part that begins with "and" behind a denied one, with no denial and no verb of its own.
fn is_left_behind(said: &[Token]) -> bool {
    let parts: Vec<&[Token]> = said.split(|t| matches!(t.what, What::Comma | What::End)).collect();
    let denies = |part: &[Token]| part.iter().any(|t| has_role("denies", &t.text));
    let verb = |t: &Token| has_role("reader", &t.text) || has_role("passive", &t.text) || has_role("affirm", &t.text);
    parts.windows(2).any(|pair| {
        matches!(pair, [one, other] if denies(one) && other.first().is_some_and(|t| t.text == "and")
            && !denies(other) && !other.iter().any(verb) && other.len() < 6)
    })
}

/// "Lower your back pain" of lower back pain, "open the wound" of an open wound: in front of an article it is an order, and
/// may stand only where the sentence has one.
fn is_made_verb(of: &[Token], said: &[Token], at: usize) -> bool {
    let begins = |tokens: &[Token], at: usize| {
        at == 0 || tokens.get(at - 1).is_some_and(|t| !t.is_word() && !matches!(t.what, What::Hole(_)) || is_joint(t))
    };
    let is_order = has_role("adjective-verb", word(said, Some(at)))
        && matches!(word(said, Some(at + 1)), "a" | "an" | "the" | "your")
        && begins(said, at);
    let orders = |at: usize| {
        let next = of.get(at + 1);
        let is_thing = next.is_none_or(|t| !t.is_word() || matches!(t.text.as_str(), "a" | "an" | "the" | "your"));
        let here = word(of, Some(at));
        begins(of, at) && (has_role("adjective-verb", here) && is_thing || has_role("imperative", here))
    };
    is_order && !(0..of.len()).any(orders)
}

/// Whether a side is named.
fn has_side(tokens: &[Token], side: &str) -> bool {
    (0..tokens.len()).any(|at| is_side(tokens, at, side))
}

/// "Right away" is none.
fn is_side(tokens: &[Token], at: usize, side: &str) -> bool {
    let follows = matches!(word(tokens, Some(at + 1)), "away" | "now" | "after" | "before");
    word(tokens, Some(at)) == side && !follows
}

/// "Will be given" of what the sentence tells as given.
fn comes_late(of: &[Token], said: &[Token]) -> bool {
    let tells_of = |what: &str| {
        let mut places = (0..of.len()).filter(|at| word(of, Some(*at)) == what).peekable();
        places.peek().is_some() && places.all(|at| !matches!(word(of, at.checked_sub(1)), "be" | "to" | "get"))
    };
    !has(of, "will")
        && said.windows(3).any(|near| {
            matches!(near, [will, be, what] if will.text == "will" && be.text == "be"
                && ["awaits", "participle"].iter().any(|role| has_role(role, &what.text)) && tells_of(&what.text))
        })
}

/// "You were called" of what the sentence says will be, and of nothing that was.
fn is_over(of: &[Token], said: &[Token]) -> bool {
    let is_past = |at: usize| {
        let said = word(of, Some(at));
        let is_participle = has_role("participle", said) || said.len() > 4 && said.ends_with("ed");
        has_role("past-sign", said) || is_participle && !has_role("passive", word(of, at.checked_sub(1)))
    };
    let will =
        has(of, "will") || of.windows(2).any(|near| matches!(near, [to, be] if to.text == "to" && be.text == "be"));
    // "Were pending" tells of nothing that was done.
    let is_told = |at: usize| {
        let next = word(said, Some(at + 1));
        matches!(word(said, Some(at)), "was" | "were")
            && !matches!(next, "awaited" | "due" | "outstanding" | "pending")
            && !(next == "not" && matches!(word(said, Some(at + 2)), "back" | "ready" | "yet"))
    };
    will && !(0..of.len()).any(is_past) && (0..said.len()).any(is_told)
}

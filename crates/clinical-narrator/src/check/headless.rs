//! Conditions without their word: "chest pain or fainting: A&E" of a plan is what to do if there is chest pain.
//!
//! The word is put in, on both sides alike, so that all other checks see a condition.

use super::book::Book;
use super::class::Class;
use super::reading::{Item, Kind, Reading, Word, has_role};
use super::time::is_done;
use super::tokens::Token;

/// Puts "if" in front of each sentence that names a finding and behind a mark whom to call or where to go.
pub(super) fn open(items: &mut Vec<Item>, book: &Book) {
    let mut from = 0;
    while from < items.len() {
        let length = items.get(from..).unwrap_or_default().iter().position(|i| i.kind == Kind::End);
        let end = length.map_or(items.len(), |length| from + length);
        let sentence = items.get(from..end).unwrap_or_default();
        let led = is_led(sentence);
        if is_headless(sentence, led) {
            if led {
                if let Some(first) = items.get_mut(from) {
                    make_if(first, book);
                }
                from = end + 1;
            } else {
                let mut word = Item::word("if");
                make_if(&mut word, book);
                items.insert(from, word);
                from = end + 2;
            }
        } else {
            from = end + 1;
        }
    }
}

/// Whether a condition of a text is without its word.
pub(super) fn is_opened(reading: &Reading) -> bool {
    let is_led = |i: &Item| i.words.len() < 3 && has_role("leads-finding", i.first());
    reading.items.iter().any(|i| i.class == Class::If && (i.span == (0, 0) || is_led(i)))
}

fn make_if(item: &mut Item, book: &Book) {
    if let Some((_, end)) = book.find(&[Token::word("if")]) {
        item.senses.clone_from(&end.senses);
    }
    item.class = Class::If;
    item.is_quiet = false;
}

/// "For numb toes, come back", "when your toes are numb: A&E": another word stands in its place.
fn is_led(sentence: &[Item]) -> bool {
    sentence.first().is_some_and(|i| i.is_quiet && i.words.len() < 3 && has_role("leads-finding", i.first()))
}

/// A finding, a mark, and behind it the order to call or to come; no other condition, and nothing that somebody did.
fn is_headless(sentence: &[Item], led: bool) -> bool {
    let Some(mark) = (1..sentence.len()).find(|at| is_call(sentence, *at)) else { return false };
    let front = sentence.get(usize::from(led)..mark).unwrap_or_default();
    let by_when = led && sentence.first().is_some_and(|i| i.first() == "when");
    let names = |i: &Item| i.kind == Kind::Words && i.class == Class::Problem && i.is_content();
    let is_any = front.first().is_some_and(|i| i.first() == "any");
    let is_verb = |i: &Item| {
        let is_told = ["done", "done-in", "past", "speech"].iter().any(|role| has_role(role, i.first()));
        let is_subject = has_role("subject", i.first()) && !has_role("article", i.first());
        let is_now = has_role("present", i.first()) || is_subject;
        is_told || is_now && !by_when || i.class == Class::Must || i.is_done
    };
    let is_act = |at: usize, i: &Item| {
        let is_denied = at.checked_sub(1).and_then(|at| front.get(at)).is_some_and(|i| i.class == Class::Negation);
        i.class == Class::Action && !i.is_quiet && is_done(i) && !is_denied
    };
    let is_order = |i: &Item| has_role("imperative", i.first()) && i.class != Class::Problem;
    let is_well = |i: &Item| i.words.iter().any(|w| has_role("is-well", &w.text));
    let fits = |(at, i): (usize, &Item)| match i.kind {
        Kind::Words => {
            (i.class.tag() == 0 || matches!(i.class, Class::After | Class::Because))
                && !matches!(i.class, Class::But | Class::Medicine | Class::Person | Class::Relative | Class::Doubt)
                && !is_verb(i)
                && !is_well(i)
                && !is_act(at, i)
        }
        Kind::Hole(_) => matches!(i.class, Class::Number | Class::Test | Class::Time),
        Kind::Comma => true,
        Kind::End => false,
    };
    let rest = sentence.get(mark..).unwrap_or_default();
    !rest.iter().any(|i| matches!(i.class, Class::If | Class::Unless))
        && (is_any || front.iter().any(names))
        && front.first().is_some_and(|i| (led || !is_order(i)) && i.class != Class::Negation)
        && front.iter().enumerate().all(fits)
}

/// Whether a mark stands here, and behind it an order to call or to come, or the room to go to.
fn is_call(sentence: &[Item], at: usize) -> bool {
    let is_mark = sentence.get(at).is_some_and(|i| i.kind == Kind::Comma);
    let behind = sentence.get(at + 1..).unwrap_or_default();
    let opens = |i: &&Item| i.first() == "please" || i.first() == "to" && i.words.len() == 1;
    let mut behind = behind.iter().skip_while(opens);
    // "Calf swelling: use the emergency room".
    let uses = sentence.get(at + 1).is_some_and(|i| i.first() == "use")
        && sentence.iter().skip(at + 2).find(|i| !has_role("article", i.first())).is_some_and(is_room);
    let calls = |i: &Item| is_room(i) || i.kind == Kind::Words && has_role("calls", i.first());
    is_mark && (uses || behind.next().is_some_and(calls))
}

/// "A&E", "the emergency room".
pub(super) fn is_room(item: &Item) -> bool {
    item.class == Class::Advice && item.words.iter().any(|w| has_role("emergency", &w.text))
}

impl Item {
    /// A word that stands nowhere in the text.
    fn word(text: &str) -> Self {
        let word = Word { text: text.to_owned(), stem: text.to_owned(), senses: Vec::new(), is_quiet: false };
        Self { words: vec![word], ..super::reading::blank(Kind::Words) }
    }
}

//! Whether a rewording says what its sentence says.
//!
//! The sentence stands beside its rewording on the page, so a refusal costs little and a lie costs everything. The world
//! is closed: what is said must be of words of the sentence, plainer words for them, or words that say nothing by
//! themselves (`data/en`). Both sides are read into meanings by the same rules (`reading`, `scope`, `time`), and the
//! meanings, what is said of each, and what stands beside what, must agree. The reader of notes is asked besides.

mod bidden;
mod bind;
mod book;
mod care;
mod class;
mod clauses;
mod company;
mod data;
mod denial;
mod doubt;
mod everyday;
mod fragments;
mod governs;
mod headless;
mod meaning;
mod named;
mod nouns;
mod orders;
mod owner;
mod parts;
mod placeholders;
mod plan;
mod polar;
mod reach;
mod reading;
mod refused;
mod scope;
mod shape;
mod small;
mod stem;
mod steps;
#[cfg(test)]
mod tests;
mod time;
mod tokens;
mod told;
mod turns;
mod vocabulary;
mod who;

use crate::mask::{Hole, HoleKind, Masked};
use crate::prepared::Part;
use crate::refusal::Refusal;
use clinical_lexicon::Lexicon;
use reading::{How, Reading};

pub(crate) use everyday::is_small;
pub(crate) use told::{Told, told};

/// Holds a rewording, with its placeholders, against the sentence it was made of.
pub(crate) fn check(of: &Masked, said: &str, lexicon: &Lexicon) -> Result<Vec<Part>, Refusal> {
    if data::data().is_empty() {
        return Err(Refusal::UnknownWord);
    }
    let said = said.trim();
    shape::check(of, said, lexicon)?;
    held(of, said, lexicon)
}

/// Whether a sentence names a test or a procedure in words.
pub(crate) fn names_test(of: &Masked, lexicon: &Lexicon) -> bool {
    let tokens = tokens::read(&of.shown, &of.holes).unwrap_or_default();
    let how = How { is_said: false, around: false, apart: false, is_plan: of.is_plan };
    let reading = Reading::new(tokens, &of.holes, book::book(lexicon), how);
    reading.items.iter().any(|i| i.class == class::Class::Test && i.kind == reading::Kind::Words && !i.is_quiet)
}

/// Holds the words of a rewording against those of its sentence.
fn held(of: &Masked, said: &str, lexicon: &Lexicon) -> Result<Vec<Part>, Refusal> {
    let said_tokens = tokens::read(said, &of.holes)?;
    if said.contains(['[', ']']) && parts::has_bracket(of, said) {
        return Err(Refusal::Markup);
    }
    if said_tokens.iter().any(|t| t.text.contains(|c: char| c.is_ascii_digit())) {
        return Err(Refusal::Number);
    }
    let of_tokens = tokens::read(&of.shown, &of.holes)?;
    polar::check(&of_tokens, &said_tokens)?;
    polar::goes_on(&of_tokens, &said_tokens)?;
    polar::keeps_order(&of_tokens, &said_tokens)?;
    small::check(&of_tokens, &said_tokens)?;
    // A finding with words in between may be one name, or a name and its pieces: the rewording is read in one way, and if
    // that does not do, in the other.
    let how = How { is_said: true, around: false, apart: false, is_plan: of.is_plan };
    let plain = compare(of, said, &of_tokens, &said_tokens, how, lexicon);
    if plain.is_ok() {
        return plain;
    }
    let around = compare(of, said, &of_tokens, &said_tokens, How { around: true, ..how }, lexicon);
    if around.is_ok() || !said_tokens.iter().any(|t| t.text == "not") {
        return around.or(plain);
    }
    // So may a name that denies: "you do not smoke" is what a smoker denies.
    compare(of, said, &of_tokens, &said_tokens, How { apart: true, ..how }, lexicon).or(plain)
}

/// Holds both sides against each other, read in one way.
fn compare(
    of: &Masked,
    said: &str,
    of_tokens: &[tokens::Token],
    said_tokens: &[tokens::Token],
    how: How,
    lexicon: &Lexicon,
) -> Result<Vec<Part>, Refusal> {
    let book = book::book(lexicon);
    let plain = How { is_said: false, around: false, apart: false, is_plan: of.is_plan };
    let mut source = Reading::new(of_tokens.to_vec(), &of.holes, book, plain);
    // "If there is no wet nappy in [TIME 1]": what may come is none of the plan.
    let is_open = |at: usize| {
        source.items.iter().any(|i| i.kind == reading::Kind::Hole(at) && i.tags & class::Class::If.tag() != 0)
    };
    let is_ahead = of.holes.iter().enumerate().any(|(at, hole)| is_ahead(of, hole) && !is_open(at));
    source.is_ahead = is_ahead;
    source.is_plan = of.is_plan;
    // A rewording may leave the word of a condition out only where the sentence does.
    let how = How { is_plan: how.is_plan && headless::is_opened(&source), ..how };
    let reading = Reading::new(said_tokens.to_vec(), &of.holes, book, how);
    if bind::is_long(&source) || bind::is_long(&reading) {
        return Err(Refusal::TooLong);
    }
    placeholders::check(&source, &reading, &of.holes)?;
    if is_foreign(&reading, &source) {
        return Err(Refusal::Language);
    }
    let in_step = steps::are_same(&source, &reading);
    vocabulary::check(&source, &reading, in_step)?;
    time::check(&source, &reading)?;
    denial::of_must(&source, &reading)?;
    denial::are_as_many(&source, &reading)?;
    denial::behind_nothing(&source, &reading)?;
    if !in_step {
        denial::check(&source, &reading)?;
    }
    refused::check(&source, &reading)?;
    who::check(&source, &reading)?;
    if named::is_amiss(&source, &reading) {
        return Err(Refusal::Person);
    }
    clauses::check(&source, &reading, in_step)?;
    doubt::check(&source, &reading)?;
    company::check(&source, &reading, in_step)?;
    bind::check(&source, &reading, in_step)?;
    owner::check(&source, &reading)?;
    governs::check(&source, &reading)?;
    let has = |class| source.items.iter().any(|i| i.class == class);
    let deny = has(class::Class::Negation) || source.items.iter().any(vocabulary::denies);
    let condition = has(class::Class::If);
    let stops =
        |reading: &Reading| reading.items.iter().any(|i| i.words.iter().any(|w| reading::has_role("stops", &w.text)));
    let stopped = stops(&source) && stops(&reading);
    let both = meaning::Both { doubt: doubt::is_open(&source), condition, deny, stopped };
    let parts = parts::of(of, said);
    meaning::check(of, &parts::restored(of, &parts), both, lexicon)?;
    Ok(parts)
}

/// Most words are in no list and not in the sentence.
fn is_foreign(said: &Reading, of: &Reading) -> bool {
    let strange = |item: &&reading::Item| {
        let known = |word: &reading::Word| of.items.iter().any(|i| i.words.iter().any(|w| w.stem == word.stem));
        item.senses.is_empty() && !item.is_quiet && item.words.iter().any(|word| !known(word))
    };
    let words = said.items.iter().filter(|item| item.kind == reading::Kind::Words);
    let count = words.clone().count();
    count > 3 && words.filter(strange).count() * 2 > count
}

/// Whether a placeholder stands for a time that is to come.
fn is_ahead(of: &Masked, hole: &Hole) -> bool {
    let is = |word: Option<&str>| {
        word.is_some_and(|w| ["in", "next", "tomorrow", "within"].iter().any(|ahead| w.eq_ignore_ascii_case(ahead)))
    };
    let inside = of.text.get(hole.start..hole.end).unwrap_or_default();
    // "Resolved within an hour" was.
    if !of.is_plan && inside.split_whitespace().next().is_some_and(|w| w.eq_ignore_ascii_case("within")) {
        return false;
    }
    // "In the past month" was, and "in the last few days".
    let tells_of_past = |word: &str| ["last", "past", "previous"].iter().any(|past| word.eq_ignore_ascii_case(past));
    if inside.split_whitespace().take(4).any(tells_of_past) {
        return false;
    }
    // "Her weight was up next day" was.
    let mut words = inside.split_whitespace();
    let is_day = words.next().is_some_and(|w| w.eq_ignore_ascii_case("next")) && words.next() == Some("day");
    if is_day && !of.is_plan {
        return false;
    }
    let before = of.text.get(..hole.start).unwrap_or_default();
    // "In March" of what was found was.
    let is_calendar =
        |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() && word.len() == 4);
    let is_named = inside.split_whitespace().nth(1).is_some_and(is_calendar);
    if is_named && !of.is_plan {
        return false;
    }
    hole.kind == HoleKind::Time && (is(inside.split_whitespace().next()) || is(before.split_whitespace().last()))
}

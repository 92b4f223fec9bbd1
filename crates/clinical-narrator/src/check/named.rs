//! "You, Mrs. [NAME 1], were seen" of "Mrs. [NAME 1] was seen": the reader called by the name the sentence has for them.
//!
//! That the name is the patient's is not written anywhere, so the sentence must look like it: the name has a courtesy title
//! and is what the sentence begins with or goes on with, nobody else is named in its place ("Mrs. [NAME 1], her
//! neighbour"), and no pronoun is of another sex.

use super::class::Class;
use super::reading::{Item, Kind, Reading, has_role};

/// How far behind a name the word stands that says who that is.
const NEAR: usize = 4;

/// Whether a clause of the rewording begins with the reader by a name that may be somebody else's.
pub(super) fn is_amiss(of: &Reading, said: &Reading) -> bool {
    let begins = |at: &usize| begins(said.items.get(..at.saturating_sub(1)).unwrap_or_default());
    let mut names = (0..said.items.len()).filter(begins).filter_map(|at| called(&said.items, at));
    names.any(|hole| !is_reader(of, hole))
}

/// Whether a clause begins behind these.
fn begins(before: &[Item]) -> bool {
    before.last().is_none_or(|i| {
        let joins = matches!(i.class, Class::But | Class::Conjunction) || i.class.tag() != 0;
        matches!(i.kind, Kind::Comma | Kind::End) || joins
    })
}

/// The placeholder of "you, [title] [NAME]," where the comma stands at `at`.
pub(super) fn called(items: &[Item], at: usize) -> Option<usize> {
    let is_comma = |i: &Item| i.kind == Kind::Comma;
    let is_you = |i: &Item| i.words.last().is_some_and(|w| w.text == "you");
    let before = at.checked_sub(1).and_then(|at| items.get(at)).filter(|i| is_you(i));
    match (before, items.get(at..)?) {
        (Some(_), [mark, title, name, end, ..]) if is_comma(mark) && titles(title) && is_comma(end) => hole(name),
        _ => None,
    }
}

fn hole(item: &Item) -> Option<usize> {
    if let Kind::Hole(nth) = item.kind { Some(nth) } else { None }
}

/// A word in front of a name: "Mrs.", "Dr.".
fn titles(item: &Item) -> bool {
    item.kind == Kind::Words && (item.class == Class::Person || is_title(item))
}

/// One that says no more than that it is somebody.
fn is_title(item: &Item) -> bool {
    item.words.len() == 1 && has_role("courtesy", item.first())
}

/// Whether the placeholder stands in the sentence as the patient's name does.
fn is_reader(of: &Reading, name: usize) -> bool {
    let Some(at) = of.items.iter().position(|i| hole(i) == Some(name)) else { return false };
    let Some((title, before)) = of.items.get(..at).and_then(<[Item]>::split_last) else { return false };
    let behind = of.items.get(at + 1..).unwrap_or_default();
    let is_somebody = |i: &&Item| matches!(i.class, Class::Person | Class::Relative);
    let is_other = behind.iter().take(NEAR).take_while(|i| i.kind != Kind::End).any(|i| is_somebody(&i));
    let amiss = if title.first().trim_end_matches('.') == "mr" { "of-woman" } else { "of-man" };
    let has_other_sex = of.items.iter().any(|i| i.words.iter().any(|w| has_role(amiss, &w.text)));
    is_title(title) && begins(before) && !is_other && !has_other_sex
}

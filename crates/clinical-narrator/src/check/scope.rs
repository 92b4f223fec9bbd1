//! How far a denial, a condition or a cause reaches.
//!
//! Both sides are read by the same rules, so a rule that is too coarse refuses a good rewording and passes no bad one
//! that keeps its words in the same company.

use super::class::Class;
use super::reading::{Item, Kind, has_role};

/// Denied.
pub(super) const DENIED: u16 = 1;
/// Denied twice.
pub(super) const TWICE: u16 = 2;

/// A denial that reaches to here.
#[derive(Clone, Copy)]
struct Denial {
    tag: u16,
    /// Something was denied.
    seen: bool,
}

/// A condition, a cause and the like that reaches to here.
#[derive(Clone, Copy)]
struct Under {
    class: Class,
    /// It stands first in its sentence, and a comma before a new clause ends it.
    leads: bool,
    seen: bool,
}

/// Says of each item in which stretch it stands and what reaches it.
pub(super) fn mark(items: &mut [Item]) {
    let mut denial: Option<Denial> = None;
    let mut under: Vec<Under> = Vec::new();
    let (mut chunk, mut sentence, mut has_content) = (0, 0, false);
    // First item of the clause, for what is denied behind.
    let mut clause = 0;
    for at in 0..items.len() {
        let opens = opens_clause(items.get(at + 1..).unwrap_or_default());
        let Some(item) = items.get_mut(at) else { break };
        (item.chunk, item.sentence) = (chunk, sentence);
        let class = item.class;
        match item.kind {
            Kind::End => {
                (denial, has_content, clause) = (None, false, at);
                under.clear();
                chunk += 1;
                sentence += 1;
                continue;
            }
            Kind::Comma => {
                chunk += 1;
                if opens {
                    denial = denial.filter(|d| !d.seen);
                    under.retain(|u| !(u.leads && u.seen) && (u.leads || is_condition(u.class)));
                    clause = at;
                }
                continue;
            }
            _ => {}
        }
        match class {
            Class::But => {
                chunk += 1;
                (denial, clause) = (None, at);
                under.retain(|u| !u.leads && is_condition(u.class));
            }
            Class::Conjunction => {
                chunk += 1;
                if opens && item.first() != "or" {
                    denial = denial.filter(|d| !d.seen);
                    under.retain(|u| u.leads || is_condition(u.class));
                    clause = at;
                }
            }
            Class::Negation => {
                if matches!(item.first(), "without" | "w/o") {
                    under.retain(|u| u.leads || is_condition(u.class));
                }
                let nested = denial.is_some_and(|d| !d.seen);
                denial = Some(Denial { tag: if nested { TWICE } else { DENIED }, seen: false });
                item.tags = u16::from(nested) * TWICE;
            }
            Class::NegationBehind => {
                let before = items.get_mut(clause..at).unwrap_or_default();
                before.iter_mut().for_each(|i| i.tags ^= DENIED);
            }
            _ if class.tag() != 0 => {
                chunk += 1;
                under.push(Under { class, leads: !has_content, seen: false });
                item.tags = all(&under) & !class.tag();
            }
            _ => {
                if has_role("affirm", item.first()) {
                    denial = denial.filter(|d| !d.seen);
                }
                let content = item.is_content();
                if content {
                    item.tags = all(&under) | denial.map_or(0, |d| d.tag);
                    // What is asked whether denied: the thing itself, and not its place or side.
                    if let Some(d) = denial.as_mut() {
                        d.seen = true;
                    }
                    under.iter_mut().for_each(|u| u.seen = true);
                    has_content = true;
                }
            }
        }
    }
}

fn all(under: &[Under]) -> u16 {
    under.iter().fold(0, |tags, u| tags | u.class.tag())
}

const fn is_condition(class: Class) -> bool {
    matches!(class, Class::If | Class::Unless | Class::Until)
}

/// Whether a new clause begins here: a subject, or somebody is told to do something.
pub(super) fn opens_clause(next: &[Item]) -> bool {
    let mut words = next.iter().filter(|i| !matches!(i.kind, Kind::Comma)).take(2);
    let Some(first) = words.next() else { return false };
    let word = first.first();
    has_role("subject", word) || has_role("imperative", word)
}

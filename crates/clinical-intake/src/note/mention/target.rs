//! Places of given phrases.

use super::{Found, Items, MentionKind, names};
use clinical_lexicon::{Class, ContextRule, Lexicon};
use std::collections::BTreeMap;

/// The phrases to look for, by their first word.
pub(crate) struct Targets {
    by_first: BTreeMap<String, Vec<Vec<String>>>,
}

impl Targets {
    pub(crate) fn new(targets: &[String]) -> Self {
        let mut by_first: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for target in targets {
            let words: Vec<String> = parts(target);
            if let Some(first) = words.first() {
                by_first.entry(first.clone()).or_default().push(words);
            }
        }
        for list in by_first.values_mut() {
            // The longest phrase that fits is taken.
            list.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        Self { by_first }
    }

    pub(crate) fn find(&self, items: &Items<'_>, lexicon: &Lexicon, out: &mut Vec<Found>) {
        let mut at = 0;
        while at < items.len() {
            let fits = |words: &Vec<String>| {
                items.begins(at) == items.is_word(at)
                    && words.iter().enumerate().all(|(n, word)| lower(items.text(at + n)) == *word)
                    && items.ends(at + words.len() - 1)
            };
            let list = self.by_first.get(&lower(items.text(at)));
            let found = list.and_then(|list| list.iter().find(|w| fits(w)));
            if let Some(words) = found {
                let to = at + words.len();
                out.push(Found {
                    from: at,
                    to,
                    kind: MentionKind::Target,
                    bit: bit(items, at, to, lexicon),
                    name: None,
                    code: None,
                });
                at = to;
            } else {
                at += 1;
            }
        }
    }
}

/// Puts the names behind the first `asked` among these, but for those that overlap one of them.
pub(crate) fn merge(found: &mut Vec<Found>, asked: usize) {
    let others = found.split_off(asked);
    let mut at = 0;
    for other in others {
        while found.get(at).filter(|_| at < asked).is_some_and(|target| target.to <= other.from) {
            at += 1;
        }
        if found.get(at).filter(|_| at < asked).is_none_or(|target| target.from >= other.to) {
            found.push(other);
        }
    }
    found.sort_by_key(|name| name.from);
}

/// What a phrase is to the cues: a medicine where the lexicon knows it as one, and else a problem.
fn bit(items: &Items<'_>, at: usize, to: usize, lexicon: &Lexicon) -> u8 {
    let named = names::up_to(items, at, to, lexicon).map(|named| named.end);
    let is_medicine = named.map_or(items.class(at).is(Class::MEDICINE), |end| end.is_medicine() && !end.is_problem());
    if is_medicine { ContextRule::MEDICINE } else { ContextRule::PROBLEM }
}

/// The words and marks of a phrase, in lower case.
fn parts(phrase: &str) -> Vec<String> {
    let tokens = crate::note::words::tokens(phrase);
    tokens.iter().map(|token| lower(token.text(phrase))).filter(|word| !word.trim().is_empty()).collect()
}

fn lower(word: &str) -> String {
    word.chars().map(|c| if c == '\u{2019}' { '\'' } else { c }).flat_map(char::to_lowercase).collect()
}

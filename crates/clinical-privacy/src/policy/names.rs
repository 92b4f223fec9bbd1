//! Surrogate names: word by word, so that a part of a name stays a part of its surrogate.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

use super::secret::Key;
use crate::words::{Class, flags_of, fold, key_of};

pub(super) fn list(text: &'static str) -> Vec<&'static str> {
    text.lines().filter(|l| !l.is_empty()).collect()
}

static GIVEN: LazyLock<Vec<&'static str>> = LazyLock::new(|| list(include_str!("../../data/surrogates/given.txt")));
static SURNAMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| list(include_str!("../../data/surrogates/surnames.txt")));

/// The surrogates that were given so far in one document.
pub(super) struct Names {
    key: Key,
    by_word: HashMap<String, &'static str>,
    /// Surrogates in use, and real names of the document, which must not come up as somebody's surrogate.
    taken: HashSet<String>,
}

impl Names {
    pub(super) fn new(key: Key) -> Self {
        Self { key, by_word: HashMap::new(), taken: HashSet::new() }
    }

    /// The words of a real name of the document, before any surrogate is given.
    pub(super) fn meet(&mut self, name: &str) {
        for (word, _) in words(name).filter(|(w, is_word)| *is_word && w.chars().count() > 1) {
            self.taken.insert(folded(word));
        }
    }

    /// The surrogate of a whole name, in the same form.
    pub(super) fn replace(&mut self, name: &str) -> String {
        let mut out = String::with_capacity(name.len() + 8);
        let is_one = words(name).filter(|(_, is_word)| *is_word).count() == 1;
        for (word, is_word) in words(name) {
            if is_word { self.word(word, is_one, &mut out) } else { out.push_str(word) }
        }
        out
    }

    /// A given name and a surname for something that has no words of its own.
    pub(super) fn pair(&self, value: &str) -> (&'static str, &'static str) {
        let mut numbers = self.key.numbers("pair", value);
        (numbers.pick(&GIVEN), numbers.pick(&SURNAMES))
    }

    /// A title, particle or suffix stays beside other words; alone it is a name.
    fn word(&mut self, word: &str, is_one: bool, out: &mut String) {
        let plain = folded(word);
        let flags = flags_of(key_of(&plain));
        let stays = Class::Title.bit()
            | Class::Credential.bit()
            | Class::Particle.bit()
            | Class::NameSuffix.bit()
            | Class::Function.bit();
        if word.chars().count() == 1 {
            // An initial: that of a surrogate whose name began with it, or any letter.
            let known = self.by_word.iter().filter(|(w, _)| w.starts_with(&plain)).map(|(w, s)| (w.clone(), *s)).min();
            let letter = match known {
                Some((_, surrogate)) => surrogate.chars().next().unwrap_or('X'),
                None => char::from(b'A' + self.key.numbers("initial", &plain).below(26) as u8),
            };
            push_like(word, &letter.to_string(), out);
            return;
        }
        if !is_one && flags.is_any(stays) && !(flags.given() > 1 || flags.surname() > 1) {
            out.push_str(word);
            return;
        }
        let surrogate = match self.by_word.get(&plain) {
            Some(surrogate) => surrogate,
            None => {
                let names: &[&'static str] = if flags.given() > flags.surname() { &GIVEN } else { &SURNAMES };
                let first = self.key.numbers("name", &plain).below(names.len() as u64) as usize;
                let free = (0..names.len())
                    .map(|i| names[(first + i) % names.len()])
                    .find(|n| !self.taken.contains(&folded(n)));
                let surrogate = free.unwrap_or(names[first]);
                self.taken.insert(folded(surrogate));
                self.by_word.entry(plain).or_insert(surrogate)
            }
        };
        push_like(word, surrogate, out);
    }
}

/// The words of a name and what stands between them. "O'Brien" is one word, "Smith-Jones" two, "'s" none.
fn words(name: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (end, is_word) = if first.is_alphanumeric() {
            let mut end = 0;
            for (at, c) in rest.char_indices() {
                let inner = matches!(c, '\'' | '\u{2019}' | '`')
                    && rest[at + c.len_utf8()..].chars().take_while(|c| c.is_alphanumeric()).count() > 1;
                if !(c.is_alphanumeric() || inner || is_combining_mark(c)) {
                    break;
                }
                end = at + c.len_utf8();
            }
            (end, true)
        } else if let Some(rest) = rest.strip_prefix(['\'', '\u{2019}']).filter(|r| r.starts_with(['s', 'S'])) {
            // The ending of a possessive is no initial.
            (name_end(first, rest), false)
        } else {
            (first.len_utf8(), false)
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some((word, is_word))
    })
}

fn name_end(sign: char, rest: &str) -> usize {
    let ends = !rest[1..].starts_with(char::is_alphanumeric);
    sign.len_utf8() + usize::from(ends)
}

pub(super) fn folded(word: &str) -> String {
    let mut out = Vec::with_capacity(word.len());
    word.chars().filter(|c| c.is_alphanumeric()).for_each(|c| fold(c, |b| out.push(b)));
    String::from_utf8_lossy(&out).into_owned()
}

/// Adds `new` in the capitals of `old`.
pub(super) fn push_like(old: &str, new: &str, out: &mut String) {
    let mut letters = old.chars().filter(|c| c.is_alphabetic());
    let first = letters.next();
    let upper_first = first.is_some_and(char::is_uppercase);
    let rest_upper = letters.clone().next().is_some() && letters.all(|c| !c.is_lowercase());
    match (upper_first, rest_upper) {
        (true, true) => out.push_str(&new.to_uppercase()),
        (false, _) if first.is_some() => out.push_str(&new.to_lowercase()),
        _ => out.push_str(new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::new(Key::of(b"a secret of many bytes"))
    }

    #[test]
    fn parts_of_a_name_stay_parts_of_its_surrogate() {
        let mut names = names();
        let whole = names.replace("John Smith");
        let (given, surname) = whole.split_once(' ').unwrap();
        assert_eq!(names.replace("SMITH, JOHN"), format!("{}, {}", surname.to_uppercase(), given.to_uppercase()));
        assert_eq!(names.replace("Mr. smith's"), format!("Mr. {}'s", surname.to_lowercase()));
        assert_eq!(names.replace("Smith-Baker").split_once('-').unwrap().0, surname);
        assert_eq!(names.replace("J. Smith"), format!("{}. {surname}", &given[..1]));
        assert_ne!(names.replace("O'Brien").find("Brien"), Some(2));
    }

    #[test]
    fn nobody_gets_the_name_of_another() {
        let mut names = names();
        let given: Vec<String> = ["Ana", "Bea", "Cleo", "Dora", "Elsa"].iter().map(|n| names.replace(n)).collect();
        let different: HashSet<&String> = given.iter().collect();
        assert_eq!(different.len(), given.len());
    }

    #[test]
    fn lists_are_sorted_without_doubles() {
        for list in [&*GIVEN, &*SURNAMES] {
            assert!(list.len() > 50 && list.is_sorted_by(|a, b| a < b));
        }
    }
}

//! The words of `data/en/masked.toml`.

use super::line::Line;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Phrases of words and marks, any case, hyphens passed over. In the file they are sorted, each once.
#[derive(Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(super) struct Phrases {
    by_first: BTreeMap<String, Vec<Vec<String>>>,
}

impl TryFrom<Vec<String>> for Phrases {
    type Error = &'static str;

    fn try_from(list: Vec<String>) -> Result<Self, Self::Error> {
        sorted(&list)?;
        let mut by_first: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for phrase in &list {
            if *phrase != phrase.to_lowercase() {
                return Err("a phrase is not in lower case");
            }
            let line = Line::new(phrase);
            let parts: Vec<String> = (0..line.len()).map(|i| line.lower(i).to_owned()).collect();
            let parts: Vec<String> =
                if line.is_word(0) { parts.into_iter().filter(|p| !is_hyphen(p)).collect() } else { parts };
            let first = parts.first().ok_or("an empty phrase")?.clone();
            by_first.entry(first).or_default().push(parts);
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|parts| std::cmp::Reverse(parts.len()));
        }
        Ok(Self { by_first })
    }
}

fn sorted(list: &[String]) -> Result<(), &'static str> {
    if list.is_sorted_by(|a, b| a < b) { Ok(()) } else { Err("a list is not sorted, or holds a word twice") }
}

fn is_hyphen(text: &str) -> bool {
    matches!(text, "-" | "\u{2010}" | "\u{2011}")
}

impl Phrases {
    /// How many tokens the longest phrase takes that stands at a token; none is zero.
    pub(super) fn at(&self, line: &Line<'_>, at: usize) -> usize {
        let fits = |parts: &Vec<String>| {
            let mut i = at;
            for (nth, part) in parts.iter().enumerate() {
                // A hyphen between two words of a phrase is as good as a blank.
                if nth > 0 && line.hugs(i) && is_hyphen(line.lower(i)) && line.hugs(i + 1) {
                    i += 1;
                }
                if line.lower(i) != part {
                    return None;
                }
                i += 1;
            }
            Some(i - at)
        };
        let list = self.by_first.get(line.lower(at));
        list.and_then(|list| list.iter().find_map(fits)).unwrap_or(0)
    }

    pub(super) fn has(&self, line: &Line<'_>, at: usize) -> bool {
        self.at(line, at) > 0
    }
}

/// Words of one letter or short form whose case tells.
#[derive(Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(super) struct Exact(Vec<String>);

impl TryFrom<Vec<String>> for Exact {
    type Error = &'static str;

    fn try_from(list: Vec<String>) -> Result<Self, Self::Error> {
        sorted(&list)?;
        Ok(Self(list))
    }
}

impl Exact {
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.iter().any(|one| one == word)
    }
}

/// All lists; what each is for stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) about: Phrases,
    pub(super) ages: Phrases,
    pub(super) before_given: Phrases,
    pub(super) before_times: Phrases,
    pub(super) behind_times: Phrases,
    pub(super) between: Phrases,
    pub(super) between_times: Phrases,
    pub(super) clock: Phrases,
    pub(super) counted_times: Phrases,
    pub(super) forms: Phrases,
    pub(super) inner: Phrases,
    pub(super) month_shorts: Phrases,
    pub(super) months: Phrases,
    pub(super) no_numbers: Phrases,
    pub(super) no_tests: Phrases,
    pub(super) no_times: Phrases,
    pub(super) number_before: Phrases,
    pub(super) numbers: Phrases,
    pub(super) once_before: Phrases,
    pub(super) once_behind: Phrases,
    pub(super) ordinal_endings: Phrases,
    pub(super) parts_of_day: Phrases,
    pub(super) roman: Phrases,
    pub(super) roman_behind: Phrases,
    pub(super) seasons: Phrases,
    pub(super) spoken: Phrases,
    pub(super) strengths: Phrases,
    pub(super) time_counts: Phrases,
    pub(super) time_letters: Exact,
    pub(super) time_units: Phrases,
    pub(super) titles: Phrases,
    pub(super) unit_letters: Exact,
    pub(super) units: Phrases,
    pub(super) weekday_shorts: Phrases,
    pub(super) weekdays: Phrases,
    pub(super) years_behind: Phrases,
}

/// The lists; none where the file is not what it should be, and then nothing is masked and nothing is asked.
pub(super) fn words() -> Option<&'static Words> {
    static WORDS: LazyLock<Option<Words>> =
        LazyLock::new(|| toml::from_str(include_str!("../../data/en/masked.toml")).ok());
    WORDS.as_ref()
}

#[cfg(test)]
mod tests {
    use super::{Line, Words, words};

    #[test]
    fn the_lists_are_sorted_and_complete() {
        if let Err(error) = toml::from_str::<Words>(include_str!("../../data/en/masked.toml")) {
            panic!("{error}");
        }
        assert!(words().is_some());
    }

    #[test]
    fn what_the_file_may_not_hold_is_refused() {
        let text = include_str!("../../data/en/masked.toml");
        assert!(toml::from_str::<Words>(&format!("{text}\nunknown = []\n")).is_err());
        assert!(toml::from_str::<Words>(&text.replacen("\"annually\",", "\"annually\", \"annually\",", 1)).is_err());
        assert!(toml::from_str::<Words>(&text.replacen("\"annually\"", "\"Annually\"", 1)).is_err());
    }

    #[test]
    fn the_longest_phrase_counts_and_hyphens_do_not() {
        let words = words().unwrap();
        let line = Line::new("beats per minute of a year-old");
        assert_eq!((words.units.at(&line, 0), words.units.at(&line, 1)), (3, 0));
        assert_eq!(words.ages.at(&line, 5), 3);
        assert!(!words.units.has(&line, 99));
    }
}

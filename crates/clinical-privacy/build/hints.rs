//! `data/hints.toml` and `data/holidays.txt`: what words say of a date, ratio or age beside them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::class::Class;
use super::key::{key_of, phrase_key};
use super::{ClassRow, Phrases, Refusal, Words, entries};

mod hint {
    #![allow(dead_code, reason = "the reader uses what the build does not")]
    include!("../src/words/hint.rs");
}
use hint::Hint;

/// Every hint with the name that `data/hints.toml` gives it.
const NAMES: &[(&str, Hint)] = &[
    ("timing", Hint::Timing),
    ("event", Hint::Event),
    ("score", Hint::Score),
    ("portion", Hint::Portion),
    ("tally", Hint::Tally),
    ("measured", Hint::Measured),
    ("numbered", Hint::Numbered),
    ("coding", Hint::Coding),
    ("month_before", Hint::MonthBefore),
    ("month_part", Hint::MonthPart),
    ("day_word", Hint::DayWord),
    ("age_before", Hint::AgeBefore),
    ("holiday_join", Hint::HolidayJoin),
    ("no_day", Hint::NoDay),
    ("service", Hint::Service),
    ("heat", Hint::Heat),
];

/// The bits of each word, by its key as a phrase of one word.
pub(super) fn hints(path: &Path) -> Result<Vec<(u64, u16)>, Refusal> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let rows: BTreeMap<String, ClassRow> = toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut bits: BTreeMap<u64, u16> = BTreeMap::new();
    for (name, row) in rows {
        let hint = NAMES.iter().find(|(n, _)| *n == name).map(|(_, h)| *h);
        let hint = hint.ok_or_else(|| format!("{}: no hint {name}", path.display()))?;
        for word in row.words {
            if word.contains(' ') {
                return Err(format!("{}: hint {name}: {word} is not one word", path.display()));
            }
            *bits.entry(key_of(&word)).or_default() |= hint.bit();
        }
    }
    Ok(bits.into_iter().collect())
}

/// The holidays as phrases of a table of their own.
pub(super) fn holidays(path: &Path, words: &mut Words) -> Result<Phrases, Refusal> {
    let mut holidays = Phrases::default();
    for (entry, _) in entries(path)? {
        let first = entry.split(' ').next().unwrap_or_default();
        words.or(first, Class::OpensHoliday.bit());
        // "Mother's Day" is read as "mothers day", but its first token is "Mother".
        words.or(first.strip_suffix('s').unwrap_or(first), Class::OpensHoliday.bit());
        let key = entry.split(' ').fold(0, |key, word| phrase_key(key, key_of(word)));
        holidays.put_fronts(0, &entry);
        holidays.0.insert(key, 1);
    }
    Ok(holidays)
}

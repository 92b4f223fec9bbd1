//! Makes the word tables from `data/`: one of words, in which each has one place, and open-addressed ones of phrases, all
//! by key alone.
#![expect(clippy::disallowed_methods, reason = "a build script reads the environment and the folder it builds")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

mod key {
    #![allow(dead_code, reason = "the reader uses what the build does not")]
    include!("src/words/key.rs");
}
mod class {
    #![allow(dead_code, reason = "the reader uses what the build does not")]
    include!("src/words/class.rs");
}
mod field {
    #![allow(dead_code, reason = "the reader uses what the build does not")]
    include!("src/words/field.rs");
}
#[path = "build/displaced.rs"]
mod displaced;
#[path = "build/hints.rs"]
mod hints;
#[path = "build/labels.rs"]
mod labels;
mod cue {
    #![allow(dead_code, reason = "the reader uses what the build does not")]
    include!("src/words/cue.rs");
}
use class::Class;
use cue::Cue;
use key::{FILTER_BITS, key_of, phrase_key};

type Refusal = String;

fn main() {
    if let Err(refusal) = build() {
        println!("cargo::error={refusal}");
        std::process::exit(1);
    }
}

fn build() -> Result<(), Refusal> {
    let data = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?).join("data");
    println!("cargo::rerun-if-changed={}", data.display());
    println!("cargo::rerun-if-changed=src/words/key.rs");
    println!("cargo::rerun-if-changed=src/words/class.rs");
    println!("cargo::rerun-if-changed=src/words/cue.rs");
    println!("cargo::rerun-if-changed=src/words/field.rs");
    println!("cargo::rerun-if-changed=src/words/hint.rs");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let mut words = Words::default();
    let mut phrases = Phrases::default();
    let lists = data.join("lists");
    for (file, at) in [("words.txt", 0), ("given.txt", 2), ("surnames.txt", 4)] {
        for (entry, tier) in entries(&lists.join(file))? {
            words.or(&entry, tier_bits(&tier, file)? << at);
        }
    }
    for (file, bit) in [("medical.txt", 8), ("eponyms.txt", 9), ("languages_religions.txt", 12)] {
        for (entry, _) in entries(&lists.join(file))? {
            words.or(&entry, 1 << bit);
        }
    }
    let mut eponyms = vec![0u8; FILTER_BITS as usize / 8];
    for (entry, _) in entries(&lists.join("eponym_pairs.txt"))? {
        phrases.add(&entry, 14, &mut words);
        note_first(&mut eponyms, &entry);
    }
    for (entry, _) in entries(&lists.join("eponym_heads.txt"))? {
        words.or(&entry, Class::EponymHead.bit());
    }
    for (entry, tier) in entries(&lists.join("cities.txt"))? {
        let tier = tier_bits(&tier, "cities.txt")?;
        if entry.contains(' ') {
            phrases.add(&entry, tier as u8, &mut words);
        } else {
            words.or(&entry, tier << 6);
        }
    }
    for (file, bit, value) in
        [("states.txt", 10, 4), ("countries.txt", 11, 5), ("counties.txt", 14, 6), ("regions.txt", 14, 7)]
    {
        for (entry, _) in entries(&lists.join(file))? {
            if entry.contains(' ') {
                phrases.add(&entry, value, &mut words);
            } else if file != "counties.txt" {
                words.or(&entry, 1 << bit);
            }
        }
    }
    for (entry, what) in entries(&lists.join("facilities.txt"))? {
        let value = match what.as_str() {
            "hospital" => 8,
            "insurer" => 9,
            "employer" => 10,
            "pharmacy" => 11,
            "lab" => 12,
            "school" => 13,
            other => return Err(format!("facilities.txt: {other} is no sort of facility")),
        };
        phrases.add(&entry, value, &mut words);
        if !entry.contains(' ') {
            words.or(&entry, 1 << 13);
        }
    }
    classes(&data.join("classes.toml"), &mut words)?;
    let (mut labels, inner) = labels::labels(&data.join("labels.toml"), &mut words)?;
    let segments = labels::segments(&data.join("hl7.toml"), &mut labels, &mut words)?;
    let mut cues = Phrases::default();
    let reaching = cue_file(&data.join("cues.toml"), &mut cues, &mut words)?;
    let hints = hints::hints(&data.join("hints.toml"))?;
    let holidays = hints::holidays(&data.join("holidays.txt"), &mut words)?;
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?);
    fs::write(out.join("segments.rs"), segments).map_err(|e| e.to_string())?;
    fs::write(out.join("inner.bin"), inner).map_err(|e| e.to_string())?;
    fs::write(out.join("reaching.bin"), reaching).map_err(|e| e.to_string())?;
    fs::write(out.join("eponyms.bin"), eponyms).map_err(|e| e.to_string())?;
    words.write(&out)?;
    fs::write(out.join("hints.bin"), table(hints)?).map_err(|e| e.to_string())?;
    holidays.write(&out.join("holidays.bin"))?;
    phrases.write(&out.join("phrases.bin"))?;
    cues.write(&out.join("cues.bin"))?;
    labels.write(&out.join("labels.bin"))
}

/// Puts the first word of a phrase into a filter.
fn note_first(filter: &mut [u8], phrase: &str) {
    let bit = (key_of(phrase.split(' ').next().unwrap_or_default()) % FILTER_BITS) as usize;
    filter[bit / 8] |= 1 << (bit % 8);
}

/// `entry<TAB>rest` lines; sorted and unique, or refused with the line.
fn entries(path: &Path) -> Result<Vec<(String, String)>, Refusal> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut found: Vec<(String, String)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let (entry, rest) = line.split_once('\t').unwrap_or((line, ""));
        let fine =
            !entry.is_empty() && entry.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' ');
        if !fine {
            return Err(format!("{}:{}: not a folded word", path.display(), number + 1));
        }
        if found.last().is_some_and(|(before, _)| before.as_str() >= entry) {
            return Err(format!("{}:{}: not sorted, or twice", path.display(), number + 1));
        }
        found.push((entry.to_owned(), rest.to_owned()));
    }
    Ok(found)
}

fn tier_bits(tier: &str, file: &str) -> Result<u64, Refusal> {
    match tier {
        "1" => Ok(1),
        "2" => Ok(2),
        "3" => Ok(3),
        _ => Err(format!("{file}: a tier is 1, 2 or 3")),
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassRow {
    words: Vec<String>,
}

fn classes(path: &Path, words: &mut Words) -> Result<(), Refusal> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let rows: BTreeMap<String, ClassRow> = toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    for (name, row) in rows {
        let class = Class::ALL.iter().find(|(n, _)| *n == name).map(|(_, c)| *c);
        let class = class.ok_or_else(|| format!("{}: no class {name}", path.display()))?;
        for word in row.words {
            if word.contains(' ') {
                return Err(format!("{}: class {name}: {word} is not one word", path.display()));
            }
            words.or(&word, class.bit());
        }
    }
    Ok(())
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CueRow {
    means: String,
    #[serde(default)]
    loose: bool,
    words: Vec<String>,
}

/// Reads the cues; gives the filter of the words that cues of a way to reach somebody begin with.
fn cue_file(path: &Path, cues: &mut Phrases, words: &mut Words) -> Result<Vec<u8>, Refusal> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let rows: BTreeMap<String, Vec<CueRow>> = toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut sofar: BTreeMap<&str, u8> = BTreeMap::new();
    let mut fronts: std::collections::BTreeSet<&str> = Default::default();
    let mut reaching = vec![0u8; FILTER_BITS as usize / 8];
    for row in rows.get("cue").into_iter().flatten() {
        let cue = Cue::ALL.iter().find(|(n, _)| *n == row.means).map(|(_, c)| *c);
        let cue = cue.ok_or_else(|| format!("{}: no cue {}", path.display(), row.means))?;
        let value = cue as u8 | if row.loose { Cue::LOOSE } else { 0 };
        for phrase in &row.words {
            if sofar.insert(phrase, value).is_some() {
                return Err(format!("{}: {phrase} stands there twice", path.display()));
            }
            let first = phrase.split(' ').next().unwrap_or_default();
            words.or(first, Class::Cue.bit());
            if cue.reaches() {
                note_first(&mut reaching, first);
            }
            fronts.extend(phrase.match_indices(' ').map(|(at, _)| &phrase[..at]));
        }
    }
    // What a longer phrase begins with stands in the table, too, so that the reader knows whether to read on.
    for phrase in fronts.iter().chain(sofar.keys()) {
        let goes_on = if fronts.contains(phrase) { Cue::GOES_ON } else { 0 };
        cues.put(phrase, sofar.get(phrase).copied().unwrap_or(0) | goes_on);
    }
    Ok(reaching)
}

/// Words with their bits.
#[derive(Default)]
struct Words(BTreeMap<u64, u64>, BTreeMap<u64, String>);

impl Words {
    fn or(&mut self, entry: &str, bits: u64) {
        let key = key_of(entry);
        *self.0.entry(key).or_default() |= bits;
        self.1.entry(key).or_insert_with(|| entry.to_owned());
    }

    /// `words.bin`: places of a four-byte print and a two-byte number of a palette row; `moves.bin`: where the words of a
    /// group have their places; `palette.bin`: the rows.
    fn write(&self, out: &Path) -> Result<(), Refusal> {
        let mut palette: Vec<u64> = vec![0];
        let mut rows: BTreeMap<u64, u16> = BTreeMap::from([(0, 0)]);
        for bits in self.0.values() {
            if !rows.contains_key(bits) {
                let row = u16::try_from(palette.len()).map_err(|_| "too many kinds of words".to_owned())?;
                rows.insert(*bits, row);
                palette.push(*bits);
            }
        }
        let slots: Vec<(u64, u16)> = self.0.iter().map(|(key, bits)| (*key, rows[bits])).collect();
        let (moves, places) = displaced::table(&slots)?;
        fs::write(out.join("moves.bin"), moves).map_err(|e| e.to_string())?;
        fs::write(out.join("words.bin"), places).map_err(|e| e.to_string())?;
        let bytes: Vec<u8> = palette.iter().flat_map(|p| p.to_le_bytes()).collect();
        fs::write(out.join("palette.bin"), bytes).map_err(|e| e.to_string())
    }
}

/// Phrases with their value; the first word of each is marked in the word table.
#[derive(Default)]
struct Phrases(BTreeMap<u64, u16>);

impl Phrases {
    fn add(&mut self, phrase: &str, value: u8, words: &mut Words) {
        let mut key = 0;
        for (nth, word) in phrase.split(' ').enumerate() {
            if nth == 0 {
                words.or(word, 1 << 15);
            }
            if nth > 0 {
                // The beginning of a longer phrase, so that the reader knows when to stop.
                self.0.entry(key).or_insert(0);
            }
            key = phrase_key(key, key_of(word));
        }
        let value = u16::from(value);
        let entry = self.0.entry(key).or_insert(value);
        *entry = (*entry).max(value);
    }

    /// As `add`, with a value that takes the place of one before, and no mark on the first word.
    fn put(&mut self, phrase: &str, value: u8) {
        self.put_after(0, phrase, u16::from(value));
    }

    /// As `put`, behind the key of what stands before the phrase.
    fn put_after(&mut self, seed: u64, phrase: &str, value: u16) {
        let key = phrase.split(' ').fold(seed, |key, word| phrase_key(key, key_of(word)));
        self.0.insert(key, value);
    }

    /// What the phrase begins with stands in the table, too, with no value, so that the reader knows when to stop.
    fn put_fronts(&mut self, seed: u64, phrase: &str) {
        let mut key = seed;
        for word in phrase.split(' ') {
            if key != seed {
                self.0.entry(key).or_insert(0);
            }
            key = phrase_key(key, key_of(word));
        }
    }

    fn write(&self, path: &Path) -> Result<(), Refusal> {
        let slots = self.0.iter().map(|(key, value)| (*key, *value)).collect();
        fs::write(path, table(slots)?).map_err(|e| e.to_string())
    }
}

/// Open addressing, linear probing, three quarters full; the print of an empty slot is zero.
fn table(slots: Vec<(u64, u16)>) -> Result<Vec<u8>, Refusal> {
    let size = (slots.len() * 4 / 3 + 2) as u64;
    let mut cells = vec![(0u32, 0u16); size as usize];
    for (key, value) in slots {
        let print = (key as u32).max(1);
        let mut at = (((key >> 32) * size) >> 32) as usize;
        while cells[at].0 != 0 {
            if cells[at].0 == print && (((key >> 32) * size) >> 32) as usize == at {
                return Err("two words of the lists share a print; change the key's seed".to_owned());
            }
            at = (at + 1) % size as usize;
        }
        cells[at] = (print, value);
    }
    Ok(cells
        .iter()
        .flat_map(|(print, value)| {
            let (p, v) = (print.to_le_bytes(), value.to_le_bytes());
            [p[0], p[1], p[2], p[3], v[0], v[1]]
        })
        .collect())
}

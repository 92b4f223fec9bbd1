//! `data/labels.toml` and `data/hl7.toml`: labels with the field behind them, and what stands in HL7 segments.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::field::{Field, GROUP_AT, INNER_BITS, tail_seed};
use super::{Class, Phrases, Refusal, Words, key_of};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Words that stand first in many labels: "mother", "attending".
    group: BTreeMap<String, Vec<String>>,
    label: Vec<Label>,
    joined: Vec<Joined>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    kind: String,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    key: bool,
    words: Vec<String>,
}

/// Every word of a group before every one of `words`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Joined {
    first: String,
    kind: String,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    key: bool,
    words: Vec<String>,
}

/// Reads the labels. A label that is written out goes before one that is joined. Each is also known with its words
/// written as one ("patientName"). The second of the pair is a filter of the words that stand inside a label: one bit
/// for the low bits of each key.
pub(super) fn labels(path: &Path, words: &mut Words) -> Result<(Phrases, Vec<u8>), Refusal> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let file: File = toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut known: BTreeMap<String, u16> = BTreeMap::new();
    for row in &file.label {
        let value = value(&row.kind, row.bare, row.key)?;
        for phrase in &row.words {
            check(phrase)?;
            if known.insert(phrase.clone(), value).is_some_and(|before| before != value) {
                return Err(format!("labels.toml: {phrase} is of two kinds"));
            }
        }
    }
    let mut labels = Phrases::default();
    let mut tails: BTreeMap<(usize, &str), u16> = BTreeMap::new();
    for row in &file.joined {
        let value = value(&row.kind, row.bare, row.key)?;
        let number = file.group.keys().position(|name| *name == row.first);
        let number = number.ok_or_else(|| format!("labels.toml: no group {}", row.first))?;
        for last in &row.words {
            if last.is_empty() {
                for first in &file.group[&row.first] {
                    check(first)?;
                    known.entry(first.clone()).or_insert(value);
                }
            } else {
                check(last)?;
                tails.entry((number, last)).or_insert(value);
            }
        }
    }
    for (number, words) in file.group.values().enumerate() {
        for word in words {
            *known.entry(word.clone()).or_insert(0) |= (number as u16 + 1) << GROUP_AT;
        }
    }
    for ((number, last), value) in &tails {
        labels.put_after(tail_seed(*number as u16 + 1), last, *value);
        labels.put_fronts(tail_seed(*number as u16 + 1), last);
    }
    let mut joined: Vec<(String, u16)> = Vec::new();
    for (phrase, value) in &known {
        add(&mut labels, phrase, *value, words);
        if phrase.contains(' ') {
            joined.push((phrase.replace(' ', ""), *value & 0xff));
        }
    }
    for (phrase, value) in &joined {
        // "her no" must not make a label of another word; what is written out counts.
        if !known.contains_key(phrase) && phrase.len() > 4 {
            add(&mut labels, phrase, value & !u16::from(Field::BARE), words);
        }
    }
    // "motheremail": the head is one word, and so is the whole.
    for ((number, last), value) in tails.iter().filter(|((_, last), _)| TIGHT.contains(last)) {
        for first in file.group.values().nth(*number).into_iter().flatten().filter(|f| f.len() > 2 && !f.contains(' '))
        {
            let tight = format!("{first}{}", last.replace(' ', ""));
            if !known.contains_key(&tight) && !joined.iter().any(|(phrase, _)| *phrase == tight) {
                add(&mut labels, &tight, value & !u16::from(Field::BARE), words);
            }
        }
    }
    let mut inner = vec![0u8; INNER_BITS as usize / 8];
    let behind_first = known.keys().flat_map(|phrase| phrase.split(' ').skip(1));
    for word in behind_first.chain(tails.keys().flat_map(|(_, last)| last.split(' '))) {
        let bit = key_of(word) % INNER_BITS;
        inner[bit as usize / 8] |= 1 << (bit % 8);
    }
    Ok((labels, inner))
}

/// What is also written without a space behind a one-word head.
const TIGHT: &[&str] = &[
    "name",
    "full name",
    "last name",
    "first name",
    "lastname",
    "firstname",
    "dob",
    "phone",
    "email",
    "address",
    "city",
    "zip",
    "fax",
    "signature",
    "ssn",
    "mrn",
    "npi",
    "number",
    "license",
    "county",
    "zip code",
    "id",
    "birth date",
];

fn value(kind: &str, bare: bool, key: bool) -> Result<u16, Refusal> {
    let field = Field::ALL.iter().find(|(name, _)| *name == kind).map(|(_, field)| *field);
    let field = field.ok_or_else(|| format!("labels.toml: no kind {kind}"))?;
    Ok(u16::from(field as u8 | if bare { Field::BARE } else { 0 } | if key { Field::KEY } else { 0 }))
}

fn check(phrase: &str) -> Result<(), Refusal> {
    let fine = phrase.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' ');
    if fine && !phrase.is_empty() && phrase.split(' ').count() <= 6 && !phrase.split(' ').any(str::is_empty) {
        Ok(())
    } else {
        Err(format!("labels.toml: {phrase:?} is no folded phrase of up to six words"))
    }
}

fn add(labels: &mut Phrases, phrase: &str, value: u16, words: &mut Words) {
    labels.put_after(0, phrase, value);
    labels.put_fronts(0, phrase);
    if let Some(first) = phrase.split(' ').next() {
        words.or(first, Class::OpensLabel.bit());
    }
}

/// Reads what the fields of HL7 v2 segments hold and writes a table of Rust source: segment, field, shape.
pub(super) fn segments(path: &Path, labels: &mut Phrases, words: &mut Words) -> Result<String, Refusal> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let file: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut source = String::from("&[");
    for (segment, fields) in &file {
        add(labels, &segment.to_ascii_lowercase(), Field::Segment as u16, words);
        let mut rows: Vec<(u8, &String)> = Vec::new();
        for (number, shape) in fields {
            rows.push((number.parse().map_err(|_| format!("hl7.toml: {segment}.{number} is no field"))?, shape));
        }
        rows.sort();
        for (number, shape) in rows {
            write!(source, "({segment:?}, {number}, Shape::{shape}), ").map_err(|e| e.to_string())?;
        }
    }
    source.push(']');
    Ok(source)
}

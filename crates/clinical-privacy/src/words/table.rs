//! The word tables that the build made: asked by key, they hold no letters.

use super::field::{GROUP_AT, INNER_BITS, tail_seed};
use super::key::{FILTER_BITS, group_of, place_of};
use super::{Cue, Flags, phrase_key};

static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bin"));
static MOVES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/moves.bin"));
static PALETTE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/palette.bin"));
static HINTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/hints.bin"));
static HOLIDAYS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/holidays.bin"));
static PHRASES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phrases.bin"));
static LABELS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/labels.bin"));
static INNER: &[u8; INNER_BITS as usize / 8] = include_bytes!(concat!(env!("OUT_DIR"), "/inner.bin"));
static REACHING: &[u8; FILTER_BITS as usize / 8] = include_bytes!(concat!(env!("OUT_DIR"), "/reaching.bin"));
static EPONYMS: &[u8; FILTER_BITS as usize / 8] = include_bytes!(concat!(env!("OUT_DIR"), "/eponyms.bin"));
static CUES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/cues.bin"));

/// Bytes of one slot: a four-byte print and a two-byte value.
const SLOT: usize = 6;

/// The longest phrase of the lists, in words.
pub(crate) const LONGEST_PHRASE: usize = 6;

#[inline]
fn ask(table: &[u8], key: u64) -> Option<u16> {
    let size = (table.len() / SLOT) as u64;
    let print = (key as u32).max(1);
    let mut at = (((key >> 32) * size) >> 32) as usize * SLOT;
    loop {
        let &[a, b, c, d, low, high] = table.get(at..at + SLOT)? else { return None };
        match u32::from_le_bytes([a, b, c, d]) {
            0 => return None,
            found if found == print => return Some(u16::from_le_bytes([low, high])),
            _ => at = if at + SLOT == table.len() { 0 } else { at + SLOT },
        }
    }
}

/// The row of the palette for the word with that key; the first where no list knows it. Every word has one place, so this
/// is two loads and nothing that a processor has to guess.
#[inline]
pub(crate) fn row_of(key: u64) -> u16 {
    let group = group_of(key, MOVES.len() as u64 / 2) as usize * 2;
    let &[low, high] = MOVES.get(group..group + 2).unwrap_or(&[]) else { return 0 };
    let at = place_of(key, u16::from_le_bytes([low, high]), (WORDS.len() / SLOT) as u64) as usize * SLOT;
    let &[a, b, c, d, low, high] = WORDS.get(at..at + SLOT).unwrap_or(&[]) else { return 0 };
    let known = u32::from_le_bytes([a, b, c, d]) == (key as u32).max(1);
    std::hint::select_unpredictable(known, u16::from_le_bytes([low, high]), 0)
}

/// All rows of the palette.
pub(crate) fn rows() -> std::ops::Range<u16> {
    0..u16::try_from(PALETTE.len() / 8).unwrap_or(u16::MAX)
}

/// What the lists say of the words of that row.
#[inline]
pub(crate) fn flags_at(row: u16) -> Flags {
    let at = usize::from(row) * 8;
    match PALETTE.get(at..at + 8) {
        Some(&[a, b, c, d, e, f, g, h]) => Flags::from_bits(u64::from_le_bytes([a, b, c, d, e, f, g, h])),
        _ => Flags::NONE,
    }
}

/// What the lists say of the word with that key.
#[inline]
pub(crate) fn flags_of(key: u64) -> Flags {
    flags_at(row_of(key))
}

/// A name of several words that the lists know, or a place or facility known by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// A city; how large it is, 1 to 3.
    City(u8),
    State,
    Country,
    County,
    /// A neighbourhood, borough or area.
    Region,
    Hospital,
    Insurer,
    Employer,
    Pharmacy,
    Laboratory,
    School,
    /// Words that name a disease, sign or device together: "Salter-Harris", "West Nile".
    Eponym,
}

/// What the words of that phrase key are: `None` where no listed phrase begins with them, `Some(None)` where one does
/// that goes on.
pub(crate) fn phrase(key: u64) -> Option<Option<Known>> {
    let value = ask(PHRASES, key)?;
    Some(match value {
        1..=3 => Some(Known::City(value as u8)),
        4 => Some(Known::State),
        5 => Some(Known::Country),
        6 => Some(Known::County),
        7 => Some(Known::Region),
        8 => Some(Known::Hospital),
        9 => Some(Known::Insurer),
        10 => Some(Known::Employer),
        11 => Some(Known::Pharmacy),
        12 => Some(Known::Laboratory),
        13 => Some(Known::School),
        14 => Some(Known::Eponym),
        _ => None,
    })
}

/// The longest label that the keys begin with: how many words it has and its value in `data/labels.toml`. A head of a
/// group ("mother", "attending physician") makes a label with each tail of its group ("phone number").
pub(crate) fn label(keys: &[u64]) -> Option<(usize, u16)> {
    let (mut sofar, mut best) = (0, None);
    for (nth, key) in keys.iter().enumerate() {
        sofar = phrase_key(sofar, *key);
        // What a label begins with stands in the table without a value: behind a miss there is none.
        let Some(value) = ask(LABELS, sofar) else { break };
        if value & 0xff != 0 && best.is_none_or(|(words, _)| words <= nth + 1) {
            best = Some((nth + 1, value & 0xff));
        }
        if value >> GROUP_AT == 0 {
            continue;
        }
        let mut tail = tail_seed(value >> GROUP_AT);
        for (more, key) in keys.iter().enumerate().skip(nth + 1) {
            tail = phrase_key(tail, *key);
            let Some(value) = ask(LABELS, tail) else { break };
            if value & 0xff != 0 && best.is_none_or(|(words, _)| words <= more) {
                best = Some((more + 1, value & 0xff));
            }
        }
    }
    best
}

/// May the word stand inside a label, behind its first word? Nearly all words that may not are told by this alone.
#[inline]
pub(crate) fn may_be_inside_label(key: u64) -> bool {
    let bit = (key % INNER_BITS) as usize;
    INNER[bit / 8] & (1 << (bit % 8)) != 0
}

/// What `data/cues.toml` says of the words of that phrase key: a cue and whether it is an everyday word, if they are one,
/// and whether a longer one begins with them.
pub(crate) fn cue(phrase: u64) -> Option<(Option<(Cue, bool)>, bool)> {
    let value = ask(CUES, phrase)? as u8;
    let number = usize::from(value & !(Cue::LOOSE | Cue::GOES_ON));
    let cue = number.checked_sub(1).and_then(|n| Cue::ALL.get(n)).map(|(_, c)| (*c, value & Cue::LOOSE != 0));
    Some((cue, value & Cue::GOES_ON != 0))
}

/// May a cue of a way to reach somebody begin with the word? Few cues are of that sort.
#[inline]
pub(crate) fn may_reach(key: u64) -> bool {
    passes(REACHING, key)
}

/// May a listed pair of words that names a disease, sign or device begin with the word?
#[inline]
pub(crate) fn may_open_eponym(key: u64) -> bool {
    passes(EPONYMS, key)
}

#[inline]
const fn passes(filter: &[u8; FILTER_BITS as usize / 8], key: u64) -> bool {
    let bit = (key % FILTER_BITS) as usize;
    filter[bit / 8] & (1 << (bit % 8)) != 0
}

/// What `data/hints.toml` says of a word: bits of `Hint`.
#[inline]
pub(crate) fn hints_of(key: u64) -> u16 {
    ask(HINTS, key).unwrap_or(0)
}

/// The longest holiday that the keys begin with: how many words it has.
pub(crate) fn holiday(keys: impl Iterator<Item = u64>) -> Option<usize> {
    longest(HOLIDAYS, keys).map(|(words, _)| words)
}

fn longest(table: &[u8], keys: impl Iterator<Item = u64>) -> Option<(usize, u16)> {
    let mut sofar = 0;
    let mut best = None;
    for (nth, key) in keys.take(LONGEST_PHRASE).enumerate() {
        sofar = phrase_key(sofar, key);
        // What a phrase begins with stands in the table with no value: behind a miss there is none.
        let Some(value) = ask(table, sofar) else { break };
        if value != 0 {
            best = Some((nth + 1, value));
        }
    }
    best
}

/// May a holiday begin with these two words?
pub(crate) fn may_be_holiday(first: u64, second: u64) -> bool {
    let one = phrase_key(0, first);
    match ask(HOLIDAYS, one) {
        Some(0) => ask(HOLIDAYS, phrase_key(one, second)).is_some(),
        Some(_) => true,
        None => false,
    }
}

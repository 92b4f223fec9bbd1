//! Other names in the place of those that stand in a note, so that their company is learned and not they.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clinical_privacy::Kind;

use crate::notes::{Note, Trap};
use crate::rng::Rng;

/// What names are made of.
pub(crate) struct Banks {
    given: Vec<String>,
    surnames: Vec<String>,
    cities: Vec<String>,
    words: Vec<String>,
    eponyms: Vec<String>,
    medicines: Vec<String>,
    /// Words that stay where they stand in an organisation's name.
    heads: BTreeSet<String>,
}

#[derive(serde::Deserialize)]
struct Class {
    words: Vec<String>,
}

const STARTS: [&str; 40] = [
    "b", "br", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "kr", "l", "m", "n", "p", "qu", "r", "s", "sh", "st",
    "t", "th", "tr", "v", "w", "z", "zh", "sv", "ng", "mb", "nk", "gl", "bl", "cl", "fl", "y", "x", "o", "a",
];
const MIDDLES: [&str; 20] =
    ["a", "e", "i", "o", "u", "ai", "ee", "oo", "ia", "ou", "ey", "aa", "ue", "ei", "au", "oy", "ie", "ea", "io", "y"];
const ENDS: [&str; 44] = [
    "n", "r", "l", "s", "m", "ck", "nd", "rt", "sen", "son", "man", "ski", "ova", "ez", "ini", "ard", "el", "ette",
    "ham", "ley", "ton", "wood", "well", "field", "ford", "er", "ian", "akis", "oglu", "enko", "shvili", "dottir",
    "wala", "nath", "moto", "ng", "nh", "th", "x", "a", "o", "i", "ee", "berg",
];

fn listed(path: &Path, least: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|l| l.split_once('\t').unwrap_or((l, "1")))
        .filter(|(w, tier)| *tier >= least && !w.contains(' ') && w.len() > 2)
        .map(|(w, _)| w.to_owned())
        .collect()
}

impl Banks {
    /// Reads the crate's lists.
    pub(crate) fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let classes: BTreeMap<String, Class> =
            toml::from_str(&std::fs::read_to_string(folder.join("classes.toml")).unwrap()).unwrap();
        let of =
            ["facility_head", "plain_head", "facility_part", "company_suffix", "function", "particle", "direction"];
        let list = |name: &str, least: &str| listed(&folder.join("lists").join(name), least);
        Self {
            given: list("given.txt", "1"),
            surnames: list("surnames.txt", "1"),
            cities: list("cities.txt", "1"),
            words: list("words.txt", "2"),
            eponyms: list("eponyms.txt", "1"),
            medicines: list("medical.txt", "1"),
            heads: of.into_iter().filter_map(|c| classes.get(c)).flat_map(|c| c.words.iter().cloned()).collect(),
        }
    }

    /// The note with most of its names replaced, each word by the same one throughout.
    pub(crate) fn vary(&self, note: &Note, rng: &mut Rng) -> Note {
        enum What {
            Name(Option<Kind>),
            Trap(Trap),
            Either,
        }
        let mut known = BTreeMap::new();
        let mut varied = Note { text: String::new(), spans: Vec::new(), traps: Vec::new(), either: Vec::new() };
        let mut spans: Vec<_> = note.spans.iter().map(|(s, k)| (s, What::Name(*k))).collect();
        spans.extend(note.traps.iter().map(|(s, t)| (s, What::Trap(*t))));
        spans.extend(note.either.iter().map(|s| (s, What::Either)));
        spans.sort_by_key(|(s, _)| s.start);
        let mut at = 0;
        for (span, what) in spans {
            if span.start < at {
                continue;
            }
            varied.text.push_str(&note.text[at..span.start]);
            let start = varied.text.len();
            let inside = &note.text[span.clone()];
            match what {
                What::Name(Some(kind)) => self.replace(inside, kind, &mut known, rng, &mut varied.text),
                What::Trap(trap) if inside.chars().all(char::is_alphabetic) && rng.chance(70) => {
                    let other = rng.of(if trap == Trap::Eponym { &self.eponyms } else { &self.medicines });
                    varied.text.push_str(&like(inside, other));
                }
                _ => varied.text.push_str(inside),
            }
            let range = start..varied.text.len();
            match what {
                What::Name(kind) => varied.spans.push((range, kind)),
                What::Trap(trap) => varied.traps.push((range, trap)),
                What::Either => varied.either.push(range),
            }
            at = span.end;
        }
        varied.text.push_str(&note.text[at..]);
        varied
    }

    fn replace(
        &self,
        inside: &str,
        kind: Kind,
        known: &mut BTreeMap<String, String>,
        rng: &mut Rng,
        into: &mut String,
    ) {
        let mut rest = inside;
        while let Some(c) = rest.chars().next() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            if end == 0 {
                into.push(c);
                rest = &rest[c.len_utf8()..];
                continue;
            }
            let (word, behind) = rest.split_at(end);
            rest = behind;
            let folded = word.to_lowercase();
            let stays = self.heads.contains(&folded) || word.chars().count() == 1 || into.ends_with('\'');
            if stays {
                into.push_str(word);
                continue;
            }
            if kind == Kind::Name && is_initials(inside, word) {
                into.push_str(&letters(word.len(), rng));
                continue;
            }
            if !known.contains_key(&folded) {
                let other = if rng.chance(25) { folded.clone() } else { self.word(kind, rng) };
                known.insert(folded.clone(), other);
            }
            into.push_str(&like(word, &known[&folded]));
        }
    }

    /// A word for a name of that kind, in small letters.
    fn word(&self, kind: Kind, rng: &mut Rng) -> String {
        let invented = |rng: &mut Rng| {
            let again = rng.chance(40);
            let mut parts: Vec<&str> = vec![rng.of::<&str>(&STARTS), rng.of::<&str>(&MIDDLES)];
            if again {
                parts.extend([rng.of(&STARTS), *rng.of(&MIDDLES)]);
            }
            parts.push(rng.of::<&str>(&ENDS));
            parts.concat()
        };
        let dice = rng.below(100);
        match kind {
            Kind::Name => match dice {
                0..30 => rng.of(&self.given).clone(),
                30..60 => rng.of(&self.surnames).clone(),
                60..75 => rng.of(&self.words).clone(),
                _ => invented(rng),
            },
            Kind::City => match dice {
                0..40 => rng.of(&self.cities).clone(),
                40..55 => rng.of(&self.surnames).clone(),
                55..75 => rng.of(&self.words).clone(),
                _ => invented(rng),
            },
            _ => match dice {
                0..50 => rng.of(&self.words).clone(),
                50..65 => rng.of(&self.surnames).clone(),
                65..80 => rng.of(&self.cities).clone(),
                _ => invented(rng),
            },
        }
    }
}

/// Is a name nothing but two or three capitals?
fn is_initials(name: &str, word: &str) -> bool {
    name == word && (2..=3).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase())
}

/// So many capitals.
fn letters(count: usize, rng: &mut Rng) -> String {
    (0..count).map(|_| char::from(b"ABCDEFGHJKLMNPRSTVW"[rng.below(19)])).collect()
}

/// A word written as another is.
fn like(model: &str, word: &str) -> String {
    let capitals = model.chars().filter(|c| c.is_uppercase()).count();
    if capitals == 0 {
        word.to_owned()
    } else if capitals > 1 && capitals == model.chars().count() {
        word.to_uppercase()
    } else {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
    }
}

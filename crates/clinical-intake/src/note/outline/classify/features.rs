//! What the model looks at: words, pairs of words, how a text begins, its form, and what the lexicon knows of it.

use crate::note::words::{Kind, Token};
use clinical_lexicon::{Lexicon, NamedKind};

/// A section shows within so many tokens what it is; reading more would only cost time.
pub(super) const MOST: usize = 400;

/// Gives every feature of a text to `with`; one that stands twice is given twice at most as a word, and its weight
/// counts each time. The names are the keys of `data/en/section_cues.toml`:
///
/// - `fever`, `no fever`: a word, two words that stand together; `#` is a number;
/// - `^the`, `^the patient`: the first word, the first two;
/// - `*class surgery`, `*ending medicine`: a group that a word belongs to, or a name that ends so; `*class surgery again`:
///   a second word of the group;
/// - `*words 3`, `*sentences 1`, `*numbered`, `*verbs 0` …: the form;
/// - `*medicine 2`, `*problem 1` …: how many names the lexicon finds; `*medicine share 4`: how much of the text they are.
pub fn features(text: &str, tokens: &[Token], lexicon: &Lexicon, with: &mut dyn FnMut(&str)) {
    let tokens = tokens.get(..MOST).unwrap_or(tokens);
    let mut seen = Seen::default();
    words(text, tokens, lexicon, &mut seen, with);
    form(text, tokens, lexicon, with);
    names(text, tokens, lexicon, with);
}

/// Prints of the features given so far, so that each counts once.
#[derive(Default)]
struct Seen {
    prints: Vec<u64>,
}

impl Seen {
    /// FNV-1a. A print that two features share costs one of them its weight, and nothing else.
    fn is_new(&mut self, feature: &str) -> bool {
        let print = feature
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        match self.prints.binary_search(&print) {
            Ok(_) => false,
            Err(at) => {
                self.prints.insert(at, print);
                true
            }
        }
    }
}

fn words(text: &str, tokens: &[Token], lexicon: &Lexicon, seen: &mut Seen, with: &mut dyn FnMut(&str)) {
    let (mut word, mut pair, mut begin, mut again) = (String::new(), String::new(), String::from("^"), String::new());
    // How many words the beginning has so far, and whether the last token was a word.
    let (mut begun, mut joined) = (0, false);
    for token in tokens {
        word.clear();
        match token.kind() {
            Kind::Word => {
                for c in token.text(text).chars() {
                    word.extend(c.to_lowercase());
                }
            }
            Kind::Number => word.push('#'),
            Kind::Mark if matches!(token.text(text), "-" | "/" | "'") => continue,
            Kind::Mark | Kind::Line => {
                joined = false;
                continue;
            }
        }
        if begun < 2 {
            if begun > 0 {
                begin.push(' ');
            }
            begin.push_str(&word);
            begun += 1;
            with(&begin);
        }
        if joined {
            pair.push(' ');
            pair.push_str(&word);
            if seen.is_new(&pair) {
                with(&pair);
                // "G2, P1".
                if pair == "g #" && seen.is_new("*class gynecologic") {
                    with("*class gynecologic");
                }
            }
        }
        if seen.is_new(&word) {
            with(&word);
            for class in lexicon.section_groups(&word) {
                if seen.is_new(class) {
                    with(class);
                } else {
                    again.clear();
                    again.push_str(class);
                    again.push_str(" again");
                    if seen.is_new(&again) {
                        with(&again);
                    }
                }
            }
        }
        pair.clear();
        pair.push_str(&word);
        joined = true;
    }
}

fn form(text: &str, tokens: &[Token], lexicon: &Lexicon, with: &mut dyn FnMut(&str)) {
    let (mut words, mut sentences, mut verbs, mut relatives, mut capitals, mut doses) = (0, 0, 0, 0, 0, 0);
    let (mut numbered, mut person, mut colons) = (0, 0, 0);
    let mut lower = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let word = token.text(text);
        match token.kind() {
            Kind::Word => {
                words += 1;
                lower.clear();
                lower.extend(word.chars().flat_map(char::to_lowercase));
                verbs += usize::from(is_verb(&lower));
                relatives += usize::from(is_relative(&lower));
                person += usize::from(matches!(lower.as_str(), "he" | "she" | "his" | "her" | "patient" | "i" | "we"));
                capitals += usize::from(word.len() > 1 && !word.bytes().any(|b| b.is_ascii_lowercase()));
                let after_number = at > 0 && tokens.get(at - 1).is_some_and(|t| t.kind() == Kind::Number);
                doses += usize::from(
                    after_number && matches!(lower.as_str(), "mg" | "mcg" | "ml" | "g" | "units" | "puffs"),
                );
            }
            Kind::Number => {
                let point = tokens.get(at + 1).is_some_and(|t| matches!(t.text(text), "." | ")"));
                let begins = at == 0 || tokens.get(at - 1).is_some_and(|t| matches!(t.kind(), Kind::Mark | Kind::Line));
                numbered += usize::from(point && begins && word.len() <= 2);
            }
            Kind::Mark => match word {
                "." | "!" | "?" => sentences += 1,
                ":" => colons += 1,
                _ => {}
            },
            Kind::Line => {}
        }
    }
    let steps = [1, 2, 3, 5, 9, 17, 33, 65, 129];
    bucket("*words", words, &steps, with);
    bucket("*sentences", sentences, &[0, 1, 2, 3, 5, 8, 13], with);
    bucket("*verbs", verbs, &[0, 1, 2, 4, 8], with);
    bucket("*relatives", relatives, &[0, 1, 2, 4], with);
    bucket("*numbered", numbered, &[0, 1, 2], with);
    bucket("*doses", doses, &[0, 1, 2], with);
    bucket("*person", person, &[0, 1, 2, 5], with);
    bucket("*colons", colons, &[0, 1, 2], with);
    if capitals * 2 > words && words > 1 {
        with("*capitals");
    }
    label(text, tokens, lexicon, with);
}

/// "HEENT: …" at the beginning: which sections such a label stands in.
fn label(text: &str, tokens: &[Token], lexicon: &Lexicon, with: &mut dyn FnMut(&str)) {
    let Some(colon) = tokens.iter().take(5).position(|t| t.text(text) == ":") else { return };
    let mut key = String::new();
    for token in tokens.iter().take(colon).filter(|t| t.kind() == Kind::Word) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(token.text(text).chars().flat_map(char::to_lowercase));
    }
    with("*label");
    for kind in lexicon.inside(&key) {
        let mut name = String::from("*label ");
        name.push_str(kind.as_str());
        with(&name);
    }
    if let Some((kind, _)) = lexicon.heading(&key) {
        let mut name = String::from("*label ");
        name.push_str(kind.as_str());
        with(&name);
    }
}

fn names(text: &str, tokens: &[Token], lexicon: &Lexicon, with: &mut dyn FnMut(&str)) {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
    let Some(part) = text.get(first.start() as usize..last.end() as usize) else { return };
    let letters = part.bytes().filter(|b| b.is_ascii_alphanumeric()).count().max(1);
    let (mut counts, mut bytes) = ([0usize; 4], [0usize; 4]);
    for name in lexicon.named_in(part, &|| false) {
        let at = match name.kind {
            NamedKind::Medicine => 0,
            NamedKind::Problem => 1,
            NamedKind::Procedure => 2,
            NamedKind::Test => 3,
        };
        counts[at] += 1;
        bytes[at] += name.end - name.start;
    }
    const COUNTS: [&str; 4] = ["*medicine", "*problem", "*procedure", "*test"];
    const SHARES: [&str; 4] = ["*medicine share", "*problem share", "*procedure share", "*test share"];
    for at in 0..4 {
        bucket(COUNTS[at], counts[at], &[0, 1, 2, 4], with);
        // In tenths: nothing, some, a fifth, half, nearly all.
        bucket(SHARES[at], bytes[at] * 10 / letters, &[0, 1, 2, 5, 8], with);
    }
}

/// Gives `name` with the greatest step that is not above `value`.
fn bucket(name: &str, value: usize, steps: &[usize], with: &mut dyn FnMut(&str)) {
    let step = steps.iter().rev().find(|s| **s <= value).copied().unwrap_or(0);
    let mut feature = String::with_capacity(24);
    feature.push_str(name);
    feature.push(' ');
    if step >= 100 {
        feature.push(char::from(b'0' + (step / 100 % 10) as u8));
    }
    if step >= 10 {
        feature.push(char::from(b'0' + (step / 10 % 10) as u8));
    }
    feature.push(char::from(b'0' + (step % 10) as u8));
    with(&feature);
}

/// A finite verb, or a form that often is one.
fn is_verb(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "does"
            | "do"
            | "did"
            | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "should"
            | "be"
            | "been"
            | "denies"
            | "states"
            | "reports"
            | "takes"
            | "lives"
            | "works"
            | "smokes"
            | "drinks"
            | "shows"
            | "feels"
            | "says"
            | "comes"
            | "presents"
            | "complains"
            | "continues"
            | "appears"
    ) || word.len() > 4 && word.ends_with("ed")
}

/// A relative.
pub(super) fn is_relative(word: &str) -> bool {
    matches!(
        word,
        "mother"
            | "father"
            | "mom"
            | "dad"
            | "brother"
            | "brothers"
            | "sister"
            | "sisters"
            | "son"
            | "sons"
            | "daughter"
            | "daughters"
            | "aunt"
            | "aunts"
            | "uncle"
            | "uncles"
            | "cousin"
            | "cousins"
            | "grandmother"
            | "grandfather"
            | "grandparents"
            | "sibling"
            | "siblings"
            | "parents"
            | "maternal"
            | "paternal"
            | "mother's"
            | "father's"
    )
}

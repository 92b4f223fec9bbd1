//! Whether the words that an entry refers to name the same thing as its code.
//!
//! A reference into the narrative is written by a program, and programs mix up their numbers: published samples let an
//! allergy refer to the cell of its reaction. The words of such a reference must not take the place of the code's name.

use super::context::Context;
use super::types::{child, concept};
use clinical_model::{Concept, Verbatim};
use clinical_xml::Node;
use std::borrow::Cow;

/// Words that stand in names of many things and tell none of them: forms, ways, kinds.
const COMMON: &[&str] = &[
    "acute",
    "allergic",
    "allergy",
    "and",
    "capsule",
    "capsules",
    "chewable",
    "chronic",
    "coated",
    "cream",
    "delayed",
    "diagnosis",
    "disease",
    "disorder",
    "drug",
    "extended",
    "film",
    "finding",
    "for",
    "inhalant",
    "inhalation",
    "inhaler",
    "injectable",
    "injection",
    "intolerance",
    "left",
    "medication",
    "medicine",
    "nasal",
    "not",
    "ointment",
    "ophthalmic",
    "oral",
    "other",
    "pill",
    "powder",
    "prefilled",
    "problem",
    "product",
    "release",
    "right",
    "situation",
    "solution",
    "spray",
    "substance",
    "suspension",
    "syndrome",
    "syringe",
    "syrup",
    "tablet",
    "tablets",
    "the",
    "topical",
    "type",
    "unspecified",
    "with",
    "without",
];

/// A concept, and the words of a reference that name something else than its codes do; they are not its text then.
pub(crate) fn told<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> (Concept<'a>, Option<Verbatim<'a>>) {
    let mut out = concept(context, node);
    let is_referred = child(node, "originalText").is_some_and(|o| child(o, "reference").is_some());
    let displays: Vec<&str> = out.codings.iter().filter_map(|c| c.display.as_ref()).map(Verbatim::text).collect();
    let disagrees = is_referred
        && !displays.is_empty()
        && out.text.as_ref().is_some_and(|text| !displays.iter().any(|d| agree(text.text(), d)));
    let dissent = if disagrees { out.text.take() } else { None };
    (out, dissent)
}

/// Whether two names share a word that tells something, or one of them has none.
pub(crate) fn agree(a: &str, b: &str) -> bool {
    // Most references lead to the very words of the code.
    if a.eq_ignore_ascii_case(b) {
        return true;
    }
    let (mut words, others) = (telling(a).peekable(), telling(b).collect::<Vec<_>>());
    words.peek().is_none() || others.is_empty() || words.any(|x| others.iter().any(|y| alike(&x, y)))
}

fn telling(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() >= 3).map(small);
    let tells = |w: &Cow<'_, str>| {
        w.chars().count() >= 3 && w.chars().any(char::is_alphabetic) && !is_common(w) && !is_measure(w)
    };
    // Nobody names a thing with more words than this; a longer text is not compared in full.
    words.filter(tells).take(24)
}

/// The lengths that common words have, a bit for each, by their first letters: most other words have another.
static LOOKS: [u32; 256] = {
    let mut looks = [0; 256];
    let mut i = 0;
    while i < COMMON.len() {
        let word = COMMON[i].as_bytes();
        looks[word[0] as usize] |= 1 << word.len();
        i += 1;
    }
    looks
};

fn is_common(word: &str) -> bool {
    let lengths = word.as_bytes().first().map_or(0, |first| LOOKS[usize::from(*first)]);
    let has_look =
        u32::try_from(word.len()).ok().and_then(|length| lengths.checked_shr(length)).is_some_and(|l| l & 1 != 0);
    has_look && COMMON.binary_search(&word).is_ok()
}

fn small(word: &str) -> Cow<'_, str> {
    let is_small = |b: u8| b.is_ascii() && !b.is_ascii_uppercase();
    if word.bytes().all(is_small) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// "100mg", "24hr": a number with its unit.
fn is_measure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// The same word, or two of one stem ("hypertensive", "hypertension"; "eggs", "egg").
fn alike(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (short, long) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    shared >= 5 || shared == short && long <= short + 3 || shared == 4 && short <= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_thing_agree() {
        for (a, b) in [
            ("Penicillins (drug class)", "Penicillin"),
            ("HTN (hypertension)", "Hypertensive disorder, systemic arterial"),
            ("Exemplan 5mg tab", "exemplanum 5 MG Oral Tablet [Exemplan]"),
            ("Type 2 diabetes", "Diabetes mellitus type II"),
            ("Eggs", "Egg"),
            ("Problem", "Problem"),
        ] {
            assert!(agree(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn names_of_different_things_do_not() {
        for (a, b) in [
            ("Hives", "Penicillin G"),
            ("Metformin 500 MG Oral Tablet", "Lisinopril 10 MG Oral Tablet"),
            ("Brandname", "generinol 20 MG Oral Capsule"),
        ] {
            assert!(!agree(a, b), "{a} / {b}");
        }
    }
}

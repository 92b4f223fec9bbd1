//! What holds for every text: the parts lie in order on whole characters, and no letter of a body is lost.

use super::outline;
use crate::note::outline::{Outline, read};
use crate::note::words::tokens;
use clinical_lexicon::Lexicon;
use clinical_model::Stop;
use std::sync::atomic::AtomicBool;

fn check(text: &str) {
    let found = outline(text);
    check_sections(text, &found);
    let mut last = 0;
    let mut covered = vec![0u8; text.len()];
    for sentence in &found.sentences {
        let span = sentence.span.clone();
        assert!(span.start >= last && span.start < span.end, "{span:?} in {text:?}");
        last = span.end;
        let words = text.get(span.clone()).expect("whole characters");
        assert_eq!(words.trim(), words, "{text:?}");
        let body = &found.sections[sentence.section].body;
        assert!(span.start >= body.start && span.end <= body.end, "{span:?} outside of {body:?} in {text:?}");
        covered[span].iter_mut().for_each(|c| *c += 1);
    }
    for section in &found.sections {
        for (at, c) in text[section.body.clone()].char_indices() {
            if c.is_alphabetic() || c.is_ascii_digit() {
                assert_eq!(covered[section.body.start + at], 1, "{c:?} at {} of {text:?}", section.body.start + at);
            }
        }
    }
}

/// Headings and bodies together hold every letter and digit.
fn check_sections(text: &str, found: &Outline) {
    let mut last = 0;
    for section in &found.sections {
        let parts = section.heading.clone().into_iter().chain([section.body.clone()]);
        for part in parts {
            assert!(part.start >= last && part.end >= part.start, "{part:?} after {last} in {text:?}");
            let between = text.get(last..part.start).expect("whole characters");
            assert!(!between.contains(|c: char| c.is_alphabetic() || c.is_ascii_digit()), "{between:?} in {text:?}");
            assert!(text.get(part.clone()).is_some());
            last = part.end;
        }
    }
    assert_eq!(last, text.len(), "{text:?}");
}

/// A generator of numbers that are the same in every run (xorshift).
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

const PIECES: &[&str] = &[
    "Plan",
    "PLAN:",
    "A:",
    "P:",
    "S",
    ":",
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "  ",
    "\t",
    "\u{a0}",
    "1.",
    "2)",
    "(3)",
    "I.",
    "-",
    "\u{2022} ",
    "*",
    "**",
    "#",
    "## ",
    "[",
    "]",
    "(",
    ")",
    "...",
    ".",
    "?",
    "Dr.",
    "b.i.d.",
    "mg",
    "0.5",
    "HEENT:",
    "Vitals:",
    "General:",
    "she",
    "No fever",
    "MEDICATIONS",
    "aspirin",
    "caf\u{e9}",
    "\u{1f600}",
    "\u{2019}",
    "'s",
    "----",
    "====",
    "|",
    "R.O.S.",
    "Medication(s):",
    "&",
    "/",
    "A/P",
    "Past",
    "Medical",
    "History",
    "of",
    "\u{0301}",
    "\u{200b}",
    "\u{660}",
    "_",
    "\"",
    ";",
    ",",
    "Heart: fine Lungs: fine",
];

#[test]
fn any_mixture_of_pieces_is_read_whole() {
    let mut seeded = Seeded(0x9e37_79b9_7f4a_7c15);
    for _ in 0..6000 {
        let mut text = String::new();
        for _ in 0..seeded.below(24) {
            text.push_str(PIECES[seeded.below(PIECES.len())]);
            if seeded.below(3) == 0 {
                text.push(' ');
            }
        }
        check(&text);
    }
}

#[test]
fn damaged_notes_are_read_whole() {
    const NOTE: &str = "CC: cough\n\nHPI: She coughs (3 days). No fever; takes 0.5 mg b.i.d. per Dr. Osei.\n\n**PMH**\n1. Gout\n2. Asthma\n\n\
                        Vitals: BP 120/80\nGeneral: well\nPlan:\n- rest\n- return in 1 week, or sooner\nif worse.\n";
    let mut seeded = Seeded(42);
    let whole: Vec<char> = NOTE.chars().collect();
    for _ in 0..4000 {
        let mut chars = whole.clone();
        for _ in 0..=seeded.below(6) {
            if chars.len() < 3 {
                break;
            }
            let at = seeded.below(chars.len());
            match seeded.below(4) {
                0 => drop(chars.remove(at)),
                1 => chars.insert(at, ['\n', ':', '.', '\u{e9}', '1', '*', ' ', '\r'][seeded.below(8)]),
                2 => chars.truncate(at.max(2)),
                _ => {
                    let other = seeded.below(chars.len());
                    chars.swap(at, other);
                }
            }
        }
        check(&chars.into_iter().collect::<String>());
    }
}

#[test]
fn long_texts_that_attack_are_read_whole() {
    for unit in [
        "pain and no fever ",
        ":",
        "\n",
        "A: ",
        "A:\n",
        "Wxyzab cdefgh:\n\n",
        "MEDCIATOINS:\n",
        "((((Plan ",
        "1. ",
        "#*_",
        "a.b.",
        "- ",
        "\u{e9}\u{2019}\u{a0}",
    ] {
        check(&unit.repeat(200_000 / unit.len()));
    }
}

#[test]
fn who_asks_to_stop_is_heard() {
    let text = "Plan:\nrest\n".repeat(50_000);
    let flag = AtomicBool::new(true);
    let found = read(&text, &tokens(&text), Lexicon::english().unwrap(), Stop::when(&flag));
    assert!(found.sentences.len() < 10_000);
}

use super::{masked, verdict};
use crate::prepared::Part;
use crate::refusal::Refusal;
use clinical_lexicon::Lexicon;

/// A generator of numbers with a seed, so that a failure comes again.
fn next(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 40).unwrap()
}

#[test]
fn no_string_panics_and_placeholders_stay_whole() {
    let sentence = masked("Take {MEDICINE aspirin} {NUMBER 81 mg} if you have chest pain, but not {TIME at night}.");
    let pieces = [
        "[MEDICINE 1]",
        "[NUMBER 2]",
        "[TIME 3]",
        "[",
        "]",
        "[[",
        "take",
        "if",
        "you",
        "have",
        "chest pain",
        ",",
        ".",
        "not",
        "but",
        "without",
        "\u{200b}",
        "\u{1f600}",
        "é",
        "'",
        "\u{2019}s",
        "c/o",
        "/",
        "\n",
        "\0",
        "<b>",
        "don't",
        "no longer",
    ];
    let mut seed = 7;
    for _ in 0..800 {
        let length = next(&mut seed) % 24;
        let said: Vec<&str> = (0..length).map(|_| pieces[next(&mut seed) % pieces.len()]).collect();
        for text in [said.join(" "), said.concat()] {
            if let Ok(parts) = super::super::check(&sentence, &text, Lexicon::english().unwrap()) {
                let copied = parts.iter().filter(|part| matches!(part, Part::Copied(..))).count();
                assert_eq!(copied, 3, "{text}");
            }
        }
    }
}

#[test]
fn a_long_text_is_refused_at_once() {
    let long = "if you have pain and no fever, ".repeat(20_000);
    assert!(verdict("Patient has pain.", &long).is_err());
    assert!(verdict(&long, "You have pain.").is_err());
}

/// What is compared pair by pair is bounded: a longer text is not read, nor one with very many things of a kind.
#[test]
fn a_text_that_would_take_long_is_refused() {
    let long = "Mild pain in the left knee if not better, ".repeat(29);
    assert_eq!(verdict(&long, "You have pain."), Err(Refusal::TooLong));
    let many = "Has mild knee pain. ".repeat(26);
    assert_eq!(verdict(&many, &many.replace("Has", "You have")), Err(Refusal::TooLong));
}

#[test]
fn placeholders_become_slices_of_the_sentence() {
    let sentence = masked("Continue {MEDICINE lisinopril} {TIME daily}.");
    let parts =
        super::super::check(&sentence, "Keep taking [MEDICINE 1] [TIME 2].", Lexicon::english().unwrap()).unwrap();
    let copied: Vec<&str> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Copied(from, to) => sentence.text.get(*from..*to),
            Part::Words(_) => None,
        })
        .collect();
    assert_eq!(copied, ["lisinopril", "daily"]);
}

//! Sentences of invented people with what a model is shown of them.

use super::{Masked, Names, mask};
use clinical_lexicon::Lexicon;
use clinical_model::Stop;
use clinical_privacy::{Known, find};

fn masked(text: &str) -> Option<Masked> {
    let identifiers = find(text, &Known::new(), Stop::never()).unwrap();
    mask(text, &identifiers, &Names::default(), Lexicon::english().unwrap(), 1)
}

impl Masked {
    /// A text with placeholders, with the sentence's own words in their place. Placeholders of other sentences stay.
    fn restore(&self, said: &str) -> String {
        let mut out = String::new();
        let mut rest = said;
        while let Some(at) = rest.find('[') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let own = self.holes.iter().find(|hole| rest.starts_with(&hole.placeholder()));
            out.push_str(own.map_or("[", |hole| &self.text[hole.start..hole.end]));
            rest = &rest[own.map_or(1, |hole| hole.placeholder().len())..];
        }
        out + rest
    }
}

/// Each sentence with the line below it; "-" is a sentence that nobody is asked about.
fn table() -> Vec<(&'static str, &'static str)> {
    let lines: Vec<&str> = include_str!("tests.txt").lines().filter(|line| !line.is_empty()).collect();
    lines.chunks_exact(2).map(|pair| (pair[0], pair[1].strip_prefix("> ").unwrap())).collect()
}

#[test]
fn what_a_model_is_shown() {
    let table = table();
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(text, expected)| {
            let shown = masked(text).map_or("-".to_owned(), |masked| masked.shown.clone());
            (shown != *expected).then(|| format!("{text}\n  expected {expected}\n  shown    {shown}"))
        })
        .collect();
    assert!(table.len() >= 60, "{}", table.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

#[test]
fn the_sentence_comes_back_and_no_digit_is_left() {
    for (text, _) in table() {
        let Some(masked) = masked(text) else { continue };
        assert_eq!(masked.restore(&masked.shown), text);
        assert!(!masked.outside().any(|part| part.contains(char::is_numeric)), "{text}");
    }
}

/// What nobody should write, and somebody will.
#[test]
fn hostile_text_does_no_harm() {
    let long = "word ".repeat(2_000);
    let solid = "x9".repeat(5_000);
    let brackets = "[".repeat(5_000);
    let leads = "in the next ".repeat(40);
    let numbers = "two ".repeat(150);
    let nested = ["once a ".repeat(90), "two times a ".repeat(50), "between 3 and ".repeat(40), "x3/".repeat(200)];
    let texts = [
        "",
        " ",
        "\n\n",
        "1",
        "1234567890",
        "[MEDICINE 3]",
        "[MEDICINE 3] [MEDICINE 3] [TEST 1]",
        "[[NUMBER 1]]",
        "[NUMBER 1",
        "NUMBER 1]",
        "\u{27ea}NAME 1\u{27eb} and \u{3010}TIME 2\u{3011} stand here for nothing",
        "a \u{202e}nur\u{202c} b",
        "Oda\u{200b}lys Brack\u{ad}water has pain",
        "\u{410}da has pain in the knee today",
        "pain\u{a0}for\u{a0}3\u{a0}days and\u{2003}more",
        "\u{1f600} the patient smiles at all of us \u{1f468}\u{200d}\u{2695}\u{fe0f}",
        "\u{661}\u{662}\u{663} mg of the pills were taken at home",
        "\u{ff15} mg of the pills were taken at home",
        "\u{2460} first point and \u{216b} last point of them",
        "cafe\u{301} au lait spots on the left arm",
        "\u{feff}text with a mark in front of it",
        "a\u{0}b c d e f",
        "half",
        "and and and a half",
        "a a a a a a day",
        "Monday and and Tuesday or",
        "q q6 q6h q.6.h q",
        "/ / / day / 3 / h",
        "x x3 x 3 3x x3x",
        "the \"quoted\" \\back\\slash {\"id\":1}",
        "<script>alert(1)</script> pain in the arm",
        "-5 - 5 -- 5-5-5-5-5-5-5-5-5",
        "\u{bd}\u{bc}\u{2153} 1\u{bd} x\u{b2}",
        long.as_str(),
        solid.as_str(),
        brackets.as_str(),
        leads.as_str(),
        numbers.as_str(),
    ];
    for text in texts.into_iter().chain(nested.iter().map(String::as_str)) {
        let Some(masked) = masked(text) else { continue };
        assert_eq!(masked.restore(&masked.shown), text, "{text:.40}");
        let outside: String = masked.outside().collect();
        assert!(!outside.contains(|c: char| c.is_numeric() || "[]{}<>\\\u{27ea}\u{3010}".contains(c)), "{text:.40}");
        assert!(outside.chars().all(|c| c.is_ascii() || c.is_alphabetic() || c.is_whitespace()), "{text:.40}");
    }
}

#[test]
fn what_nobody_sees_is_not_asked_about() {
    for text in [
        "the pain \u{202e}retteb\u{202c} is now",
        "Oda\u{200b}lys feels much better today",
        "soft\u{ad}ware was used for all of this",
        "the \u{2713} is set for all of these things",
        "PATIENT LIVES IN QUARRY CLOSE WITH A DOG",
        "the patient \u{1f600} smiles at all of us",
        "a bell \u{7} rings in both of the ears",
        "three [ open brackets that nobody closed",
        "tags \u{e0041} are hidden in this text here",
    ] {
        assert!(masked(text).is_none(), "{text}");
    }
}

#[test]
fn only_its_own_placeholders_are_put_back() {
    let masked = masked("Take aspirin 81 mg daily with food.").unwrap();
    assert_eq!(masked.shown, "Take [MEDICINE 1] [TIME 2] with food.");
    assert_eq!(masked.restore("[TIME 2]: [MEDICINE 1]!"), "daily: aspirin 81 mg!");
    for other in ["[MEDICINE 11]", "[MEDICINE 2]", "[medicine 1]", "[MEDICINE  1]", "[MEDICINE 1", "[[", "]", "[", ""] {
        assert_eq!(masked.restore(other), other);
    }
    assert_eq!(masked.restore("[[MEDICINE 1]]"), "[aspirin 81 mg]");
}

#[test]
fn numbers_go_on_through_the_document() {
    let text = "Take aspirin 81 mg daily with food.";
    let masked = mask(text, &[], &Names::default(), Lexicon::english().unwrap(), 41).unwrap();
    assert_eq!(masked.shown, "Take [MEDICINE 41] [TIME 42] with food.");
    assert!(!format!("{masked:?}").contains("aspirin"));
}

#[test]
fn what_the_document_lists_is_found_in_its_sentences() {
    let lexicon = Lexicon::english().unwrap();
    let names = Names::of("MEDICATIONS:\n- Zorblatin 40 mg daily\n", lexicon, Stop::never()).unwrap();
    let masked = mask("Please keep zorblatin in a cool place.", &[], &names, lexicon, 1).unwrap();
    assert_eq!(masked.shown, "Please keep [MEDICINE 1] in a cool place.");
}

/// Words of the table in any order: whatever stands beside whatever, no digit is left and the sentence comes back.
#[test]
fn words_in_any_order() {
    let words: Vec<&str> = table().iter().flat_map(|(text, _)| text.split(' ')).collect();
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut asked = 0;
    for _ in 0..3_000 {
        let length = 1 + next(14);
        let text = (0..length).map(|_| words[next(words.len())]).collect::<Vec<_>>().join(" ");
        let Some(masked) = masked(&text) else { continue };
        assert_eq!(masked.restore(&masked.shown), text);
        assert!(!masked.outside().any(|part| part.contains(|c: char| c.is_numeric() || c == '[')), "{text}");
        assert!(masked.holes.is_sorted_by(|a, b| a.end <= b.start), "{text}");
        assert!(masked.holes.iter().all(|hole| hole.start < hole.end), "{text}");
        asked += 1;
    }
    assert!(asked > 2_000, "{asked}");
}

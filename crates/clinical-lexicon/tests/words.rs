//! Rules of the words themselves. Order and doubles are the build's business: see `build_reader.rs`.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use clinical_lexicon::{Lexicon, Message, Readability, TestKind};

/// Longest explanation in characters, so that it stays one line or two on a phone.
const LONGEST: usize = 140;

fn lexicon() -> &'static Lexicon {
    Lexicon::english().unwrap()
}

/// Every piece of ours: name of its entry, everyday name, explanation.
fn pieces() -> impl Iterator<Item = (&'static str, &'static str, String)> {
    let l = lexicon();
    let terms = l.all_terms().iter().map(|t| (t.name, t.plain, t.explain.to_owned()));
    let tests = l.all_tests().iter().map(|t| (t.name, t.plain, t.explain.to_owned()));
    let vaccines = l.all_vaccines().iter().map(|v| (v.name, v.plain, v.explain.to_owned()));
    let medicines = l.all_medicines().iter().map(|m| (m.name, "medicine", format!("Often used for {}.", m.used_for)));
    terms.chain(tests).chain(vaccines).chain(medicines)
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn there_are_enough_of_them() {
    let (terms, medicines, tests, vaccines) = lexicon().counts();
    assert!(terms >= 700 && medicines >= 500 && tests >= 300 && vaccines >= 100);
}

#[test]
fn every_sentence_is_at_grade_six_or_below() {
    let faults: Vec<String> = pieces()
        .filter_map(|(name, _, text)| {
            let mut r = Readability::default();
            r.add(&text);
            let grade = r.reading().grade;
            (grade > 6.0).then(|| format!("{name}: grade {grade:.1}: {text}"))
        })
        .collect();
    none(&faults);
}

#[test]
fn every_sentence_is_short_whole_and_without_markup() {
    let faults: Vec<String> = pieces()
        .filter(|(_, plain, text)| {
            text.chars().count() > LONGEST
                || !text.ends_with('.')
                || text.ends_with("..")
                || text.starts_with(char::is_lowercase)
                || plain.is_empty()
                || plain.ends_with('.')
                || (text.clone() + plain).contains(['—', '–', '<', '>', '&', '\n', '\t'])
                || (text.clone() + plain).contains("  ")
        })
        .map(|(name, plain, text)| format!("{name}: {plain}: {text}"))
        .collect();
    none(&faults);
}

/// A number on a sheet is a fact of the record and never ours. "B12" is a name.
#[test]
fn no_numerals() {
    let faults: Vec<String> = pieces()
        .filter(|(_, plain, text)| {
            [plain, text.as_str()]
                .into_iter()
                .flat_map(|t| t.split(|c: char| !c.is_alphanumeric()))
                .any(|word| word.starts_with(char::is_numeric))
        })
        .map(|(name, plain, text)| format!("{name}: {plain}: {text}"))
        .collect();
    none(&faults);
}

#[test]
fn a_medicine_is_never_promised_to_work() {
    let faults: Vec<String> = lexicon()
        .all_medicines()
        .iter()
        .filter(|m| ["cure", "you have a ", "your doctor"].iter().any(|w| m.used_for.contains(w)))
        .map(|m| format!("{}: {}", m.name, m.used_for))
        .collect();
    none(&faults);
}

#[test]
fn check_digits_of_codes_are_right() {
    let snomed = lexicon().all_terms().iter().flat_map(|t| t.snomed.iter()).filter(|c| !verhoeff(c));
    let loinc = lexicon().all_tests().iter().flat_map(|t| t.loinc.iter()).filter(|c| !luhn(c));
    none(&snomed.chain(loinc).map(|c| format!("{c}: wrong check digit")).collect::<Vec<_>>());
    assert!(verhoeff("38341003") && !verhoeff("38341004") && luhn("4548-4") && !luhn("4548-5"));
}

#[test]
fn codes_have_their_form() {
    let icd10 = |c: &str| {
        let (first, rest) = c.split_once('.').map_or((c, ""), |(f, r)| (f, r));
        first.len() == 3 && first.starts_with(|c: char| c.is_ascii_uppercase()) && rest.len() <= 4
    };
    let digits = |c: &str| !c.is_empty() && c.bytes().all(|b| b.is_ascii_digit());
    let l = lexicon();
    let faults = l.all_terms().iter().flat_map(|t| t.icd10.iter()).filter(|c| !icd10(c));
    let faults = faults.chain(l.all_vaccines().iter().flat_map(|v| v.cvx.iter()).filter(|c| !digits(c)));
    let faults = faults.chain(l.all_medicines().iter().flat_map(|m| m.rxnorm.iter()).filter(|c| !digits(c)));
    none(&faults.map(str::to_owned).collect::<Vec<_>>());
}

#[test]
fn every_message_has_a_text() {
    for message in Message::ALL {
        assert!(!lexicon().phrase(*message).parts().is_empty(), "{}", message.id());
    }
    assert!(lexicon().all_tests().iter().any(|t| t.kind == TestKind::Vital));
}

#[test]
fn what_could_endanger_a_person_at_home_is_marked() {
    for name in [
        "Victim of intimate partner abuse",
        "Suicidal ideation",
        "Sexual assault",
        "Human immunodeficiency virus infection",
    ] {
        assert!(lexicon().term_named(name).unwrap().sensitive, "{name}");
    }
    for name in ["Asthma", "Hypertension", "Pregnancy"] {
        assert!(!lexicon().term_named(name).unwrap().sensitive, "{name}");
    }
    for name in ["lamivudine and zidovudine", "mifepristone", "Plan B One-Step"] {
        assert!(lexicon().medicines(name).iter().all(|hit| hit.words.sensitive), "{name}");
    }
    for words in ["HIV", "chlamydia", "syphilis"] {
        let about = |t: &&clinical_lexicon::TestWords| t.plain.contains(words) || t.explain.contains(words);
        assert!(lexicon().all_tests().iter().filter(about).all(|t| t.sensitive), "{words}");
    }
}

/// Verhoeff's check, which SNOMED CT identifiers end with.
fn verhoeff(code: &str) -> bool {
    const D: [[u8; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const P: [[u8; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    let check = code
        .bytes()
        .rev()
        .enumerate()
        .fold(0, |c, (i, b)| D[usize::from(c)][usize::from(P[i % 8][usize::from(b - b'0')])]);
    (6..=18).contains(&code.len()) && check == 0
}

/// Luhn's check, which LOINC codes end with.
fn luhn(code: &str) -> bool {
    let digits = code.bytes().rev().filter(u8::is_ascii_digit).map(|b| u32::from(b - b'0'));
    let sum: u32 = digits.enumerate().map(|(i, d)| if i % 2 == 0 { d } else { d * 2 / 10 + d * 2 % 10 }).sum();
    sum.is_multiple_of(10) && code.as_bytes().iter().rev().nth(1) == Some(&b'-')
}

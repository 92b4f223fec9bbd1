//! What is said of a finding, on sentences of our own made from the published families of cues. The figures may only
//! rise: a threshold is what was reached.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test says where it fails")]

use clinical_intake::note::mention::{Experiencer, targets};
use clinical_intake::note::{outline, words::tokens};
use clinical_lexicon::Lexicon;
use clinical_model::{Assertion, Stop};
use std::collections::BTreeMap;

const CASES: &str = include_str!("negation.tsv");

fn word(assertion: Assertion, experiencer: Experiencer) -> &'static str {
    match assertion {
        Assertion::Present => "present",
        Assertion::Absent => "absent",
        Assertion::Possible => "possible",
        Assertion::Historical => "historical",
        Assertion::Hypothetical => "hypothetical",
        Assertion::Family if experiencer == Experiencer::Other => "other",
        Assertion::Family => "family",
    }
}

/// For each half and assertion: right, found, wanted.
fn measure(print: bool) -> BTreeMap<(String, &'static str), [usize; 3]> {
    let lexicon = Lexicon::english().unwrap();
    let mut counts: BTreeMap<(String, &'static str), [usize; 3]> = BTreeMap::new();
    for line in CASES.lines().filter(|l| !l.starts_with('#')) {
        let parts: Vec<&str> = line.split('\t').collect();
        let (half, sentence) = (parts[0], parts[1]);
        for target in parts[2].split("; ") {
            let (phrase, want) = target.rsplit_once('=').unwrap();
            let want = ["present", "absent", "possible", "historical", "hypothetical", "family", "other"]
                .into_iter()
                .find(|w| *w == want)
                .unwrap();
            let words = tokens(sentence);
            let outline = outline::read(sentence, &words, lexicon, Stop::never());
            let said = targets(sentence, &words, &outline, lexicon, &[phrase.to_owned()], Stop::never());
            // A phrase that only a heading says is said of nothing.
            let got = said.first().map_or("other", |said| word(said.assertion, said.experiencer));
            counts.entry((half.to_owned(), want)).or_default()[2] += 1;
            counts.entry((half.to_owned(), got)).or_default()[1] += 1;
            if got == want {
                counts.entry((half.to_owned(), want)).or_default()[0] += 1;
            } else if print {
                println!("{half}: {phrase}: {got}, not {want}: {sentence}");
            }
        }
    }
    counts
}

fn f1([right, found, wanted]: [usize; 3]) -> f64 {
    if found + wanted == 0 { 0.0 } else { 2.0 * right as f64 / (found + wanted) as f64 }
}

/// What was reached, in thousandths of F1, over both halves. Before the rules were tuned, the half that they had not
/// been written with gave 966 for absent, 960 for present, 989 for possible, 947 for historical.
const REACHED: &[(&str, usize)] = &[
    ("absent", 998),
    ("family", 1000),
    ("historical", 991),
    ("hypothetical", 1000),
    ("other", 1000),
    ("possible", 1000),
    ("present", 1000),
];

#[test]
fn cues_say_what_a_reader_understands() {
    let counts = measure(true);
    for (assertion, reached) in REACHED {
        let mut sum = [0; 3];
        for ((half, _), count) in counts.iter().filter(|((_, a), _)| a == assertion) {
            println!("{half} {assertion}: F1 {:.3}, right, found, wanted {count:?}", f1(*count));
            sum.iter_mut().zip(count).for_each(|(sum, n)| *sum += n);
        }
        let thousandths = (f1(sum) * 1000.0) as usize;
        assert!(sum[2] > 0 && thousandths >= *reached, "{assertion}: {thousandths}, {reached} was reached");
        assert!(thousandths <= reached + 2, "{assertion} rose to {thousandths}: write it down");
    }
}

#[test]
fn there_are_enough_sentences() {
    assert!(CASES.lines().filter(|l| !l.starts_with('#')).count() >= 600);
}

//! Every rule of `context.toml` keeps its own examples: what it must say, and what it must not.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says where it fails")]

use clinical_intake::note::mention::{Experiencer, Mention, Temporality, targets};
use clinical_intake::note::{outline, words::tokens};
use clinical_lexicon::Lexicon;
use clinical_model::{Assertion, Stop};

const FILE: &str = include_str!("../../clinical-lexicon/data/en/context.toml");

/// The mentions of the bracketed words of an example.
fn read(example: &str) -> Vec<Mention> {
    let lexicon = Lexicon::english().unwrap();
    let mut plain = String::new();
    let mut asked = Vec::new();
    // A bracket with a blank inside is a sign of the text ("[ - ]").
    for part in example.split_inclusive(']') {
        match part.strip_suffix(']').and_then(|p| p.rsplit_once('[')) {
            Some((before, target)) => {
                plain += before;
                let start = plain.len();
                plain += target;
                asked.push((start, target.to_owned()));
            }
            None => plain += part,
        }
    }
    let phrases: Vec<String> = asked.iter().map(|(_, phrase)| phrase.clone()).collect();
    let words = tokens(&plain);
    let outline = outline::read(&plain, &words, lexicon, Stop::never());
    let all = targets(&plain, &words, &outline, lexicon, &phrases, Stop::never());
    asked.iter().map(|(start, _)| all.iter().find(|m| m.span.start == *start).unwrap().clone()).collect()
}

fn says(means: &str, mention: &Mention) -> bool {
    match means {
        "absent" => mention.assertion == Assertion::Absent,
        "possible" => mention.assertion == Assertion::Possible,
        "historical" | "past" => mention.assertion == Assertion::Historical,
        "hypothetical" | "condition" | "purpose" => mention.assertion == Assertion::Hypothetical,
        "family" => mention.experiencer == Experiencer::Family && mention.assertion != Assertion::Present,
        "other" => mention.experiencer == Experiencer::Other && mention.assertion == Assertion::Family,
        "planned" => mention.temporality == Temporality::Planned,
        "recent" | "nothing" => mention.assertion == Assertion::Present,
        _ => panic!("no meaning is called {means}"),
    }
}

#[test]
fn every_rule_keeps_its_examples() {
    let table: toml::Table = FILE.parse().unwrap();
    let mut wrong = Vec::new();
    let rules = table["cue"].as_array().unwrap();
    for rule in rules {
        let means = rule["means"].as_str().unwrap();
        assert!(!rule["ends"].as_array().unwrap().is_empty(), "a cue without ends: {rule:?}");
        for (list, want) in [("yes", true), ("not", false)] {
            for example in rule[list].as_array().unwrap() {
                let example = example.as_str().unwrap();
                let mentions = read(example);
                assert!(!mentions.is_empty(), "no brackets: {example}");
                for mention in mentions {
                    if says(means, &mention) != want {
                        wrong.push(format!("{means} {list}: {example}: {:?}", mention.assertion));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} rules:\n{}", wrong.len(), rules.len(), wrong.join("\n"));
}

//! Every cue of notes finds what its examples say, and leaves what they say.

use clinical_lexicon::{CueHit, Cues, Lexicon};

/// The numbers of the words and marks of a sentence, and the places where something begins.
fn read(cues: &Cues, text: &str) -> (Vec<u16>, Vec<bool>) {
    let (mut words, mut begins) = (Vec::new(), Vec::new());
    let mut fresh = true;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if c.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic() && c != '\'').unwrap_or(rest.len())
        } else if c.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        let (word, after) = rest.split_at(length);
        if !c.is_whitespace() {
            let number = if c.is_ascii_digit() { Cues::NUMBER } else { cues.number(word) };
            let is_mark = !c.is_alphanumeric();
            words.push(if is_mark && number == Cues::UNKNOWN { Cues::MARK } else { number });
            begins.push(fresh);
            fresh = matches!(c, ':') || fresh && (is_mark || c.is_ascii_digit());
        }
        rest = after;
    }
    (words, begins)
}

#[test]
fn every_rule_finds_its_examples_and_leaves_the_others() {
    let cues = Lexicon::english().unwrap().cues();
    let mut wrong = Vec::new();
    let mut examples = 0;
    for rule in cues.rules() {
        assert!(!rule.matches.is_empty() && !rule.never.is_empty(), "{rule:?}: examples of both kinds");
        for (text, expected) in rule.matches.iter().map(|t| (t, true)).chain(rule.never.iter().map(|t| (t, false))) {
            examples += 1;
            let (words, begins) = read(cues, text);
            let mut hits: Vec<CueHit> = Vec::new();
            cues.hits(&words, &|at| begins[at], &mut hits);
            // "normal" and "abnormal" are asked together.
            let found = hits.iter().any(|h| h.cue == rule.means && h.strong == rule.strong);
            if found != expected {
                wrong.push(format!("{:?} strong={}: {text}", rule.means, rule.strong));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {examples}:\n{}", wrong.len(), wrong.join("\n"));
}

//! Tests of the whole outline.

mod closing;
mod notes;
mod sentences;
mod totality;

use super::{NoteKind, Outline, read};
use crate::note::words::tokens;
use clinical_lexicon::Lexicon;
use clinical_model::Stop;

fn outline(text: &str) -> Outline {
    read(text, &tokens(text), Lexicon::english().unwrap(), Stop::never())
}

/// Each section as "kind: heading".
fn sections(text: &str) -> Vec<String> {
    let outline = outline(text);
    let name = |s: &super::Section| match &s.heading {
        Some(heading) => format!("{}: {}", s.kind.as_str(), &text[heading.clone()]),
        None => s.kind.as_str().to_owned(),
    };
    outline.sections.iter().map(name).collect()
}

/// The sentences, items with a star.
fn sentences(text: &str) -> Vec<String> {
    let star = |is_item| if is_item { "* " } else { "" };
    outline(text).sentences.iter().map(|s| format!("{}{}", star(s.is_item), &text[s.span.clone()])).collect()
}

#[test]
fn every_example_of_the_data_file_holds() {
    let mut wrong = Vec::new();
    for group in Lexicon::english().unwrap().section_examples() {
        for text in group.matches {
            let named = |s: &super::Section| s.kind == group.kind && s.heading.is_some();
            if !outline(text).sections.iter().any(named) {
                wrong.push(format!("{} must match {text:?}", group.kind.as_str()));
            }
        }
        for text in group.never {
            if outline(text).sections.iter().any(|s| s.kind == group.kind && s.heading.is_some()) {
                wrong.push(format!("{} must not match {text:?}", group.kind.as_str()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_is_guessed_for_medicines_and_allergies() {
    for text in
        ["Lisinopril 10 mg daily\nMetformin 500 mg twice a day", "No known drug allergies.", "Penicillin causes hives."]
    {
        let kinds: Vec<NoteKind> = outline(text).sections.iter().map(|s| s.kind).collect();
        assert_eq!(kinds, [NoteKind::Unstated], "{text}");
    }
}

#[test]
fn text_without_headings_is_told_apart_where_its_words_are_clear() {
    let text = "The patient is a 54-year-old woman who presents with three days of cough. She states that it is worse at \
                night. She denies fever or chills.\n\nHer mother died of breast cancer. Her father has heart disease. Her sister is \
                healthy.";
    assert_eq!(sections(text), ["present-illness", "family"]);
    assert_eq!(sections("Nothing here says much."), ["unstated"]);
    assert_eq!(sections(""), ["unstated"]);
}

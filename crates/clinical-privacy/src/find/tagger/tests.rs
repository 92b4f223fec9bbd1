//! The weights fit the features, and the tagger holds at any input.

use super::features::{Features, GLANCE, features, glance};
use super::line::Lines;
use super::weights::Weights;
use super::{Around, doubts, lessons};
use crate::find::marks::Marks;
use crate::read::Page;

#[test]
fn the_weights_are_of_the_version_of_the_features() {
    assert!(Weights::read().is_some(), "make data/tagger.bin again: recipe/tagger/README.md");
}

#[test]
fn a_glance_is_the_first_of_the_features() {
    let page = Page::read("Report called to Okonma at Brindle Cove, who will call Dr. Hand.");
    let marks = Marks::of(&page);
    let (mut first, mut all) = (Features::new(), Features::new());
    for at in 0..page.tokens.len() {
        glance(&page, at, &mut first);
        glance(&page, at, &mut all);
        let around = Around { marks: &marks, hidden: (0, 0), before: None };
        features(&page, &around, &mut Lines::default(), at, &mut all);
        assert_eq!(first.all().len(), GLANCE);
        assert_eq!(first.all(), &all.all()[..GLANCE]);
        assert!(all.all().len() > GLANCE);
    }
}

#[test]
fn what_was_forgotten_is_a_lesson() {
    let text = "Seen by Thistlewood at noon.";
    let words = |keep: bool| {
        let all = lessons(text, |_| keep, |_| None);
        all.iter().map(|l| text[l.bytes.clone()].to_owned()).collect::<Vec<_>>()
    };
    assert!(words(false).contains(&"Thistlewood".to_owned()));
    assert!(!words(true).contains(&"Thistlewood".to_owned()));
    let mut looked_at = Vec::new();
    doubts(text, |found, _, _| looked_at.push(&text[found.start..found.end]));
    assert_eq!(looked_at, ["Thistlewood"]);
}

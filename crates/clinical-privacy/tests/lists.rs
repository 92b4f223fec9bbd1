//! Rules about the word lists: each has a row that says where it comes from, is sorted, and holds folded words.

#![expect(clippy::disallowed_methods, reason = "a test that reads the crate's own data")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(serde::Deserialize)]
struct Sources {
    file: Vec<Source>,
}

#[derive(serde::Deserialize)]
struct Source {
    path: String,
    origin: String,
    licence: String,
}

fn lists() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lists")
}

#[test]
fn every_list_has_a_source_and_every_source_a_list() {
    let sources: Sources = toml::from_str(&fs::read_to_string(lists().join("SOURCES.toml")).unwrap()).unwrap();
    let told: BTreeSet<String> = sources.file.iter().map(|s| s.path.clone()).collect();
    let there: BTreeSet<String> = fs::read_dir(lists())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| n.ends_with(".txt"))
        .collect();
    assert_eq!(told, there);
    assert!(sources.file.iter().all(|s| !s.origin.is_empty() && !s.licence.is_empty()));
}

#[test]
fn lists_are_sorted_without_doubles_and_folded() {
    let mut count = 0;
    for entry in fs::read_dir(lists()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let mut before = "";
        for line in text.lines() {
            let word = line.split('\t').next().unwrap();
            assert!(before < word, "{}: {word} is not sorted, or twice", path.display());
            assert!(
                !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' '),
                "{}: {word} is not folded",
                path.display()
            );
            before = word;
            count += 1;
        }
    }
    assert!(count > 400_000);
}

//! Rules about the code, as tests: who imports whom, and that every invariant names a test that exists.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test that reads the project's own files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The project's crates that a crate lists under `[dependencies]`.
fn imports(name: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).unwrap();
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or_default();
    let dependencies = dependencies.split("\n[").next().unwrap_or_default();
    let mut found: Vec<String> = dependencies
        .lines()
        .filter_map(|line| line.split(['=', '.', ' ']).next())
        .filter(|n| n.starts_with("clinical-"))
        .map(str::to_owned)
        .collect();
    found.sort();
    found
}

#[test]
fn dependency_law() {
    let law: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("clinical-model", &[][..]),
        ("clinical-json", &[]),
        ("clinical-xml", &["clinical-model"]),
        ("clinical-lexicon", &["clinical-model"]),
        ("clinical-intake", &["clinical-json", "clinical-lexicon", "clinical-model", "clinical-xml"]),
        ("clinical-privacy", &["clinical-json", "clinical-lexicon", "clinical-model", "clinical-xml"]),
        (
            "clinical-narrator",
            &["clinical-intake", "clinical-json", "clinical-lexicon", "clinical-model", "clinical-privacy"],
        ),
        ("clinical-summary", &["clinical-lexicon", "clinical-model"]),
        ("clinical-validate", &["clinical-json"]),
        (
            "clinical-pipeline",
            &[
                "clinical-intake",
                "clinical-json",
                "clinical-lexicon",
                "clinical-model",
                "clinical-narrator",
                "clinical-privacy",
                "clinical-summary",
                "clinical-validate",
                "clinical-xml",
            ],
        ),
        ("clinical-app", &["clinical-pipeline"]),
    ]);
    let mut crates: Vec<String> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| root().join("crates").join(n).join("Cargo.toml").exists())
        .collect();
    crates.sort();
    for name in crates {
        let allowed = law.get(name.as_str()).unwrap_or_else(|| panic!("{name} has no row in the dependency law"));
        for import in imports(&name) {
            assert!(allowed.contains(&import.as_str()), "{name} must not import {import}");
        }
    }
}

/// `**N.** … (`file::test`, `file::test`)` lines of ARCHITECTURE.md.
#[test]
fn every_invariant_names_tests_that_exist() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut numbers = Vec::new();
    for line in text.lines().filter(|l| l.starts_with("**")) {
        let number: usize = line.trim_start_matches('*').split('.').next().unwrap().parse().unwrap();
        numbers.push(number);
        let names: Vec<&str> =
            line.split('`').skip(1).step_by(2).filter(|n| n.contains("::") || n.starts_with("cases/")).collect();
        assert!(!names.is_empty(), "invariant {number} names no test");
        for name in names {
            if name.starts_with("cases/") {
                assert!(root().join(name).exists(), "invariant {number}: {name} does not exist");
                continue;
            }
            let (file, test) = name.split_once("::").unwrap();
            let code = fs::read_to_string(root().join("crates").join(file))
                .unwrap_or_else(|_| panic!("invariant {number}: {file} does not exist"));
            let is_doc_test = test == "compile_fail" && code.contains("```compile_fail");
            assert!(is_doc_test || code.contains(&format!("fn {test}(")), "invariant {number}: no test {name}");
        }
    }
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>(), "invariants are numbered from one without gaps");
    assert!(numbers.len() >= 15);
}

/// No path of one machine and no unfinished work in what is shipped.
#[test]
fn nothing_unfinished_is_shipped() {
    fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|e| e == "rs") {
                into.push(path);
            }
        }
    }
    let mut files = Vec::new();
    walk(&root().join("crates"), &mut files);
    assert!(files.len() > 50);
    for file in files {
        let code = fs::read_to_string(&file).unwrap();
        for mark in
            [concat!("to", "do!("), concat!("unimple", "mented!("), concat!("FIX", "ME"), concat!("#[ig", "nore")]
        {
            assert!(!code.contains(mark), "{mark} in {}", file.display());
        }
    }
}

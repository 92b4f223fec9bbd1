//! Every data file has a row in `data/SOURCES.toml`, and every row a file.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the rule is about the files in the folder")]

use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    source: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    file: String,
    origin: String,
    licence: String,
    reviewer: String,
    #[serde(default)]
    codes: Option<String>,
}

fn list(folder: &Path, root: &Path, into: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, root, into);
        } else {
            into.insert(path.strip_prefix(root).unwrap().display().to_string());
        }
    }
}

#[test]
fn every_file_has_a_row_and_every_row_a_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let text = std::fs::read_to_string(root.join("SOURCES.toml")).unwrap();
    let sources: Sources = toml::from_str(&text).unwrap();
    let rows: Vec<&String> = sources.source.iter().map(|s| &s.file).collect();
    assert!(rows.is_sorted_by(|a, b| a < b), "rows are sorted by file, each once");
    let mut files = BTreeSet::new();
    list(&root, &root, &mut files);
    files.remove("SOURCES.toml");
    assert_eq!(rows.into_iter().cloned().collect::<BTreeSet<String>>(), files);
    for source in &sources.source {
        assert!(!source.origin.is_empty() && source.licence == "Apache-2.0" && !source.reviewer.is_empty());
        let text = std::fs::read_to_string(root.join(&source.file)).unwrap();
        let coded = ["snomed", "icd10", "loinc", "cvx", "rxnorm"].iter().any(|c| text.contains(&format!("\n{c} = [")));
        assert_eq!(coded, source.codes.is_some(), "{}: say where the codes come from", source.file);
    }
}

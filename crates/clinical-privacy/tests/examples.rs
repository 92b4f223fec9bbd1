//! Every family's own examples: `data/examples/*.toml`. What stands in `[[KIND:…]]` must be found, whole and of that
//! kind; nothing else of the text may be touched.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test that reads the crate's own examples")]

use std::fs;
use std::path::Path;

use clinical_model::Stop;
use clinical_privacy::{Known, find};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    example: Vec<Example>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
}

/// The text without its marks, and what the marks say: start, end, kind.
fn unmarked(marked: &str) -> (String, Vec<(usize, usize, String)>) {
    let (mut text, mut spans, mut rest) = (String::new(), Vec::new(), marked);
    while let Some(open) = rest.find("[[") {
        text.push_str(&rest[..open]);
        let close = open + rest[open..].find("]]").unwrap();
        let (kind, inside) = rest[open + 2..close].split_once(':').unwrap();
        spans.push((text.len(), text.len() + inside.len(), kind.to_owned()));
        text.push_str(inside);
        rest = &rest[close + 2..];
    }
    text.push_str(rest);
    (text, spans)
}

#[test]
fn every_example_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/examples");
    let only = std::env::var("EXAMPLES").unwrap_or_default();
    let (mut held, mut faults) = (0, Vec::new());
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for path in files.iter().filter(|p| p.to_string_lossy().contains(&only)) {
        let file: File = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for example in file.example {
            let (text, wanted) = unmarked(&example.text);
            let found: Vec<(usize, usize, String)> = find(&text, &Known::new(), Stop::never())
                .unwrap()
                .iter()
                .map(|i| (i.start, i.end, i.kind.as_str().to_owned()))
                .collect();
            if found == wanted {
                held += 1;
            } else {
                let show = |spans: &[(usize, usize, String)]| {
                    spans.iter().map(|(s, e, k)| format!("{k}:{}", &text[*s..*e])).collect::<Vec<_>>().join(" | ")
                };
                faults.push(format!(
                    "{}: {text:?}\n    wanted {}\n    found  {}",
                    path.file_stem().unwrap().to_string_lossy(),
                    show(&wanted),
                    show(&found)
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{held} hold, {} do not:\n{}", faults.len(), faults.join("\n"));
}

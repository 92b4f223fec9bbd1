//! One line of JSON for each file: `validate_lines validate --format ndjson FILE...`
//!
//! Stands in for the program where only this crate is at hand.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a measuring program reads files and prints")]

use clinical_json::Document;
use clinical_validate::{Mode, validate};
use serde_json::json;

fn main() {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    let words = ["validate", "--format", "ndjson"];
    while paths.first().is_some_and(|first| words.contains(&first.as_str())) {
        paths.remove(0);
    }
    for path in paths {
        let read = std::fs::read(&path).map_err(|_| "cannot be read");
        let line = match read.as_deref().map(Document::parse) {
            Ok(Ok(document)) => {
                let report = validate(&document, Mode::Strict, &|| false);
                let issues: Vec<_> = report
                    .issues
                    .iter()
                    .map(|i| {
                        json!({
                            "severity": i.severity.as_str(),
                            "code": i.code.as_str(),
                            "expression": i.expression,
                            "key": i.key,
                            "line": i.line,
                            "column": i.column,
                            "text": i.text,
                        })
                    })
                    .collect();
                json!({"file": path, "ok": true, "is_valid": report.is_valid, "issues": issues})
            }
            _ => json!({
                "file": path,
                "ok": false,
                "is_valid": false,
                "issues": [{"severity": "fatal", "code": "structure", "expression": ""}],
            }),
        };
        println!("{line}");
    }
}

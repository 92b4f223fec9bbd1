//! Any bytes: the JSON reader reads or refuses them; what it read, it can walk.
#![no_main]

use clinical_json::{Document, Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = Document::parse(bytes) {
        walk(&document);
    }
    if let Ok(document) = Document::parse_lines(bytes, Limits::default(), &|| false) {
        walk(&document);
    }
});

fn walk(document: &Document<'_>) {
    let mut waiting = vec![document.root()];
    while let Some(node) = waiting.pop() {
        let span = node.span();
        assert!(span.start <= span.end);
        let _ = (node.key(), node.scalar_text(), document.position(span.start));
        waiting.extend(node.members());
        waiting.extend(node.items());
    }
}

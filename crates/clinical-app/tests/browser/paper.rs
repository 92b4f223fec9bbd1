//! The sheet on paper: how many pages, and no letter too small.

use crate::driver::Browser;
use crate::{alone, wanted};
use serde_json::json;
use std::env;
use std::fs;
use std::path::PathBuf;

/// Centimetres.
const PAPERS: [(&str, (f64, f64)); 2] = [("letter", (21.59, 27.94)), ("a4", (21.0, 29.7))];

/// Texts on paper that are smaller than 7.5 points (10 CSS pixels).
const SMALL: &str = "
    const small = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const holder = node.parentElement;
        if (!node.data.trim() || holder.getClientRects().length === 0) continue;
        if (parseFloat(getComputedStyle(holder).fontSize) < 9.99) small.add(node.data);
    }
    return [...small];";

/// Page objects: Chromium writes them uncompressed, and each names its own kind once.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.match_indices("/Type /Page").filter(|(at, found)| !text[at + found.len()..].starts_with('s')).count()
}

#[test]
fn pages_on_paper() {
    if !wanted() {
        return;
    }
    let browser = Browser::start();
    let mut wrong = Vec::new();
    for (sample, most) in [
        ("visit", 1),
        ("child", 1),
        ("almost-nothing", 1),
        ("discharge", 2),
        ("diabetes", 2),
        ("follow-up", 2),
        ("office-note", 2),
        ("discharge-note", 2),
    ] {
        browser.open(&alone(sample, &[]));
        browser.media("print", "light");
        let small = browser.script(SMALL, json!([]));
        assert_eq!(small, json!([]), "{sample}: smaller than 7.5 points");
        browser.media("", "light");
        for (paper, size) in PAPERS {
            let pdf = browser.print(size);
            let count = pages(&pdf);
            println!("{sample} on {paper}: {count}");
            if !(1..=most).contains(&count) {
                wrong.push(format!("{sample} on {paper}: {count} pages, at most {most}"));
            }
            if let Some(folder) = env::var_os("NOTES_SCREENSHOTS").map(PathBuf::from) {
                fs::create_dir_all(&folder).unwrap();
                fs::write(folder.join(format!("{sample}-{paper}.pdf")), pdf).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

//! Faults planted in finished pages with rewordings: the gate must see each.

use super::*;
use clinical_summary::{Block, Line, PageKind, gate, html, markdown, outline, readability, text};

const ALTERED: &str = "rewording-altered";
const MISSING: &str = "disclosure-missing";

/// What the gate says of a page after a change.
fn after(change: &dyn Fn(&str) -> String) -> Result<(), &'static str> {
    work(NOTE, Page::Html, &SAID, &told(), |w| {
        let blocks = outline(&w.sheet, w.press.lexicon);
        let reading = readability(&blocks);
        let page = html(&w.sheet, w.press.lexicon, reading, false);
        let looked =
            |page: &str| gate(page, PageKind::Html, &[], &w.sheet, w.press.lexicon, reading).map_err(|e| e.code());
        assert_eq!(looked(&page), Ok(()));
        let changed = change(&page);
        assert!(changed != page, "the fault was planted");
        looked(&changed)
    })
}

/// The element that begins with `open`, to the next `</p>`.
fn element<'p>(page: &'p str, open: &str) -> &'p str {
    let at = page.find(open).unwrap();
    &page[at..at + page[at..].find("</p>").unwrap() + 4]
}

#[test]
fn a_changed_rewording_is_seen() {
    let swap = |from: &'static str, to: &'static str| after(&|page| page.replacen(from, to, 1));
    for (from, to) in [
        ("Come back", "Go back"),
        ("Come back", "Do not come back"),
        ("Come back", "Come back 3 times"),
        (">in 2 weeks<", ">in 3 weeks<"),
        (">in 2 weeks<", ">for two weeks<"),
        (">in 2 weeks</span>.", ">in 2 weeks</span>. Take more."),
        ("<p class=\"ai\"><b>In plain words, by a computer:</b>", "<p class=\"ai\"><b>Your doctor says:</b>"),
        ("<p class=\"ai\"><b>In plain words, by a computer:</b>", "<p class=\"ai\">"),
        ("<p class=\"ai\"><b>In plain words, by a computer:</b>", "<p><b>In plain words, by a computer:</b>"),
        ("<p class=\"ai\"><b>In plain words, by a computer:</b>", "<p>"),
    ] {
        assert_eq!(swap(from, to), Err(ALTERED), "{from} -> {to}");
    }
}

#[test]
fn a_copied_part_that_points_elsewhere_is_seen() {
    let moved = |page: &str| {
        let line = element(page, "<p class=\"ai\"><b>In plain words, by a computer:</b> Come");
        let at = line.find("data-at=\"").unwrap() + 9;
        let end = at + line[at..].find('"').unwrap();
        page.replacen(line, &format!("{}0-5{}", &line[..at], &line[end..]), 1)
    };
    assert_eq!(after(&moved), Err(ALTERED));
}

#[test]
fn a_rewording_that_is_lost_doubled_moved_or_added_is_seen() {
    let line = |page: &str| element(page, "<p class=\"ai\"><b>In plain words, by a computer:</b> Come").to_owned();
    assert_eq!(after(&|page| page.replacen(&line(page), "", 1)), Err(ALTERED));
    assert_eq!(after(&|page| page.replacen(&line(page), &line(page).repeat(2), 1)), Err(ALTERED));
    let behind = |page: &str| {
        let record =
            element(&page[page.find(&line(page)).unwrap() + line(page).len()..], "<p>The record says:").to_owned();
        page.replacen(&format!("{}{record}", line(page)), &format!("{record}{}", line(page)), 1)
    };
    assert_eq!(after(&behind), Err(ALTERED));
    let to_another =
        |page: &str| page.replacen(&line(page), "", 1).replacen("<ul>\n<li>", &format!("<ul>\n<li>{}", line(page)), 1);
    assert_eq!(after(&to_another), Err(ALTERED));
    let added = |page: &str| {
        page.replacen("<footer", "<p class=\"ai\"><b>In plain words, by a computer:</b> All is well.</p><footer", 1)
    };
    assert_eq!(after(&added), Err(ALTERED));
    let unmarked =
        |page: &str| page.replacen("<footer", "<p>In plain words, by a computer: All is well.</p><footer", 1);
    assert_eq!(after(&unmarked), Err(ALTERED));
}

#[test]
fn what_a_marked_line_may_not_hold_is_foreign() {
    for inside in ["<p class=\"ai\">", "<li>", "<h3>", "<ul>", "<span data-at=\"x\">"] {
        let planted = format!("<b>In plain words, by a computer:</b>{inside} Come");
        let swap = |page: &str| page.replacen("<b>In plain words, by a computer:</b> Come", &planted, 1);
        assert_eq!(after(&swap), Err("foreign-markup"), "{inside}");
    }
    let open = |page: &str| page.replace("</main>\n</body>", "<p class=\"ai\"></main>\n</body>");
    assert_eq!(after(&open), Err("foreign-markup"));
}

#[test]
fn the_records_words_stay() {
    let gone = |page: &str| {
        let line = element(page, "<p class=\"ai\"><b>In plain words, by a computer:</b> Come");
        let record = element(&page[page.find(line).unwrap() + line.len()..], "<p>").to_owned();
        page.replacen(&record, "", 1)
    };
    assert_eq!(after(&gone), Err(ALTERED));
    let other = |page: &str| page.replace(">Return to clinic in 2 weeks.<", ">Return to clinic in 3 weeks.<");
    assert_eq!(after(&other), Err("fact-altered"));
}

#[test]
fn the_lines_at_the_start_stay_there() {
    let lines = |page: &str| {
        let at = page.find("<div class=\"ai-about\">").unwrap();
        page[at..at + page[at..].find("</div>\n").unwrap() + 7].to_owned()
    };
    assert_eq!(after(&|page| page.replacen(&lines(page), "", 1)), Err(MISSING));
    assert_eq!(
        after(&|page| page.replacen(&lines(page), "", 1).replacen("<footer", &format!("{}<footer", lines(page)), 1)),
        Err(MISSING)
    );
    for (from, to) in [
        ("No clinician has read the marked words.", "A clinician read this sheet before it was given to you."),
        ("No clinician has read the marked words.", ""),
        ("They are marked.", ""),
        ("computer program (artificial intelligence)", "nurse"),
    ] {
        assert_eq!(after(&|page| page.replacen(from, to, 1)), Err(MISSING), "{from}");
    }
}

#[test]
fn a_number_of_the_site_is_excused_in_its_own_words_only() {
    let site = Narrated { disclosure: Disclosure { contact: Some("Call 555-0100."), ..told().disclosure }, ..told() };
    work(NOTE, Page::Html, &SAID, &site, |w| {
        let reading = readability(&outline(&w.sheet, w.press.lexicon));
        let page = html(&w.sheet, w.press.lexicon, reading, false);
        let looked =
            |page: &str| gate(page, PageKind::Html, &[], &w.sheet, w.press.lexicon, reading).map_err(|e| e.code());
        assert_eq!(looked(&page), Ok(()));
        assert_eq!(looked(&page.replacen("Call 555-0100.", "Call 555-0101.", 1)), Err(MISSING));
        let again = page.replacen("<footer", "<p>Call 555-0100.</p><footer", 1);
        assert_eq!(looked(&again), Err("number-not-in-record"));
    });
}

#[test]
fn text_and_markdown_say_the_outline_and_the_outline_says_the_sheet() {
    work(NOTE, Page::Text, &SAID, &told(), |w| {
        let blocks = outline(&w.sheet, w.press.lexicon);
        let reading = readability(&blocks);
        for (kind, write) in [(PageKind::Text, text as fn(&[Block<'_>]) -> String), (PageKind::Markdown, markdown)] {
            let looked = |page: &str, blocks: &[Block<'_>]| {
                gate(page, kind, blocks, &w.sheet, w.press.lexicon, reading).map_err(|e| e.code())
            };
            let page = write(&blocks);
            assert_eq!(looked(&page, &blocks), Ok(()));
            assert_eq!(looked(&page.replacen("Come back", "Go back", 1), &blocks), Err("words-altered"));
            assert_eq!(looked(&page.replacen("by a computer", "by a nurse", 1), &blocks), Err("words-altered"));
            // An outline that lies with its page is held against the sheet.
            let mut lying = blocks.clone();
            let come = |line: &Line<'_>| line.shown().contains("Come back");
            for block in &mut lying {
                if let Block::Item(lines) = block {
                    lines.retain(|line| !come(line));
                }
            }
            assert_ne!(lying, blocks);
            assert_eq!(looked(&write(&lying), &lying), Err(ALTERED));
            let mut silent = blocks.clone();
            silent.remove(2);
            assert_eq!(looked(&write(&silent), &silent), Err(MISSING));
            let mut ours = blocks.clone();
            for block in &mut ours {
                if let Block::Item(lines) = block {
                    lines
                        .iter_mut()
                        .filter(|l| come(l))
                        .for_each(|l| *l = std::mem::take(l).by(clinical_summary::Author::Us));
                }
            }
            assert_eq!(looked(&write(&ours), &ours), Err(ALTERED));
        }
    });
}

/// Every letter of the marked lines and of the lines at the start, one after the other, made another letter.
#[test]
fn no_letter_of_them_can_change_unseen() {
    work(NOTE, Page::Html, &SAID, &told(), |w| {
        let reading = readability(&outline(&w.sheet, w.press.lexicon));
        let page = html(&w.sheet, w.press.lexicon, reading, false);
        let mut places: Vec<usize> = Vec::new();
        let mut add = |at: usize, text: &str| {
            let mut is_tag = false;
            for (i, c) in text.char_indices() {
                is_tag = (is_tag || c == '<') && c != '>';
                if !is_tag && c.is_ascii_alphabetic() {
                    places.push(at + i);
                }
            }
        };
        for (at, _) in page.match_indices("<p class=\"ai\">") {
            add(at, element(&page[at..], "<p"));
        }
        let start = page.find("<div class=\"ai-about\">").unwrap();
        add(start, &page[start..start + page[start..].find("</div>").unwrap()]);
        assert!(places.len() > 300, "{}", places.len());
        for at in places {
            for letter in ["x", "y", ""] {
                let changed = format!("{}{letter}{}", &page[..at], &page[at + 1..]);
                let found = gate(&changed, PageKind::Html, &[], &w.sheet, w.press.lexicon, reading);
                assert!(changed == page || found.is_err(), "byte {at} {letter}");
            }
        }
    });
}

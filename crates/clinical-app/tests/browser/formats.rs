//! C-CDA and notes on the page: pasted, dropped, chosen; and that each place holds its fact.

use crate::driver::Browser;
use crate::{file_of, no_sideways_scroll, picture, server, sheet_of, wanted};
use serde_json::json;
use std::fs;

/// Text that comes as a person brings it.
const PASTE: &str = "
    document.getElementById('again').click();
    const text = document.getElementById('text');
    text.closest('details').open = true;
    text.value = arguments[0];
    text.form.requestSubmit();";

/// A file let fall on the page.
const DROP: &str = "
    document.getElementById('again').click();
    const files = new DataTransfer();
    files.items.add(new File([arguments[0]], arguments[1]));
    document.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files }));";

/// The places of all facts. Of a note the marked text is the fact. Of XML it is one whole element or attribute, and for
/// most facts its text is the fact; what is shown in other words (a date) says the same in others.
const WRONG_PLACES: &str = "
    const kind = arguments[0], bad = [];
    const fold = (text) => text.replace(/\\s+/g, ' ').trim();
    let same = 0, all = 0;
    for (const fact of document.querySelectorAll('#sheet [data-at]')) {
        fact.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        const marks = [...document.querySelectorAll('#found mark')];
        const path = document.querySelector('#found code')?.textContent ?? '';
        all += 1;
        if (marks.length === 0) { bad.push(`no place: ${fact.dataset.at}`); continue; }
        const [marked] = marks.map((mark) => mark.textContent);
        const element = /^<[^>]*>([^]*?)(<[/][^<>]*>)?$/.exec(marked), attribute = /=[ ]*[\"']([^]*)[\"']$/.exec(marked);
        if (kind === 'xml' && !(element || attribute)) bad.push(fact.dataset.at);
        if (kind === 'xml' && !path.startsWith('/ClinicalDocument')) bad.push(path);
        if (kind === 'note' && !/^characters [0-9]+ to [0-9]+$/.test(path)) bad.push(path);
        const inner = kind === 'note' ? marked : (element ? element[1].replace(/<[^>]*>/g, '') : attribute?.[1] ?? '');
        if (fold(inner) === fold(fact.textContent)) same += 1;
    }
    if (all === 0) bad.push('no facts');
    if (same * 2 < all) bad.push(`${same} of ${all} are the fact`);
    return bad;";

#[test]
fn xml_and_notes_come_in_every_way_and_stand_beside_their_sheets() {
    if !wanted() {
        return;
    }
    let (_server, url) = server();
    let browser = Browser::start();
    browser.resize(1440, 900);
    browser.open(&url);
    browser.wait("the samples", "return document.querySelectorAll('#samples button').length >= 8");
    let has_sheet = "return document.querySelectorAll('#sheet main [data-at]').length > 3";
    for (sample, kind) in [("follow-up", "xml"), ("office-note", "note"), ("discharge-note", "note")] {
        let file = file_of(sample);
        let text = fs::read_to_string(&file).unwrap();
        sheet_of(&browser, sample);
        let wrong = browser.script(WRONG_PLACES, json!([kind]));
        assert_eq!(wrong, json!([]), "{sample}: places that do not hold their fact");
        no_sideways_scroll(&browser, sample);
        picture(&browser, &format!("10-{sample}"));

        browser.script(PASTE, json!([text]));
        browser.wait("the sheet of what was pasted", has_sheet);
        // The name says nothing, or something else: content decides.
        for name in [file.rsplit('/').next().unwrap(), "record", "record.dat"] {
            browser.script(DROP, json!([text, name]));
            browser.wait("the sheet of what was dropped", has_sheet);
        }
        let shown = browser.script("return document.querySelector('#found pre').textContent", json!([]));
        assert_eq!(shown, text, "{sample}: the record beside the sheet is the record");
    }

    // By keyboard alone: to a fact, to the record, and back.
    browser.script("document.querySelector('#sheet [data-at][tabindex=\"0\"]').focus()", json!([]));
    browser.keys("\u{e007}"); // enter
    browser.wait("the record", "return document.activeElement.closest('#place') !== null");
    browser.keys("\u{e00c}"); // escape
    assert_eq!(browser.script("return document.activeElement.closest('#sheet') !== null", json!([])), true);

    // XML that breaks is told by line and column.
    browser.script(PASTE, json!(["<ClinicalDocument>\n<component></section></ClinicalDocument>"]));
    browser.wait("the error", "return /line 2/.test(document.querySelector('[role=alert]').textContent)");

    // A byte order mark moves nothing, nor does a declaration that is missing.
    let document = fs::read_to_string(file_of("follow-up")).unwrap();
    let hurried = document.replace(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"", "");
    assert!(hurried.len() < document.len());
    for (other, what) in [(format!("\u{feff}{document}"), "behind a byte order mark"), (hurried, "no declaration")] {
        // The sheet before stays until the next one is there.
        browser.script("document.querySelector('#sheet main')?.setAttribute('id', 'before')", json!([]));
        browser.script(DROP, json!([other, "follow-up.xml"]));
        browser.wait("the sheet", "return document.querySelectorAll('#sheet main:not(#before) [data-at]').length > 3");
        assert_eq!(browser.script(WRONG_PLACES, json!(["xml"])), json!([]), "{what}");
    }

    browser.phone(360, 720);
    for sample in ["follow-up", "office-note"] {
        sheet_of(&browser, sample);
        browser.script("document.querySelectorAll('#sheet [data-at]')[4].click()", json!([]));
        browser.wait("the place", "return document.querySelector('#place:not([hidden]) mark') !== null");
        no_sideways_scroll(&browser, sample);
        picture(&browser, &format!("11-phone-{sample}"));
        browser.script("document.getElementById('close').click()", json!([]));
    }
    let complaints: Vec<String> = browser.complaints();
    let other: Vec<_> = complaints.iter().filter(|c| !c.contains("/api/v1/summarize") || !c.contains("400")).collect();
    assert!(other.is_empty(), "{other:#?}");
}

//! Barriers that axe-core finds, on every page and in every state of it.

use crate::driver::Browser;
use crate::{SAMPLES, alone, server, sheet_of, wanted};
use serde_json::{Value, json};
use std::env;
use std::fs;

/// WCAG 2.2 at levels A and AA, and what axe-core holds to be good practice.
const RUN: &str = "
    return axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'tag', values:
        ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } })
        .then(({ violations, passes }) => ({ rules: passes.length, found: violations.map((v) =>
            `${v.id} (${v.help}): ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`) }));";

struct Axe<'b> {
    browser: &'b Browser,
    script: String,
    pages: usize,
    found: Vec<String>,
}

impl Axe<'_> {
    fn look(&mut self, state: &str) {
        self.browser.script(&format!("if (!window.axe) {{ {}\nwindow.axe = axe; }}", self.script), json!([]));
        let result = self.browser.script(RUN, json!([]));
        assert!(result["rules"].as_u64() > Some(10), "{state}: axe-core did not run");
        self.pages += 1;
        let found = result["found"].as_array().unwrap().iter().filter_map(Value::as_str);
        self.found.extend(found.map(|what| format!("{state}: {what}")));
    }
}

#[test]
fn no_barriers() {
    if !wanted() {
        return;
    }
    let Some(path) = env::var_os("NOTES_AXE").filter(|path| !path.is_empty()) else {
        println!("not run: no axe-core");
        return;
    };
    let script = fs::read_to_string(path).expect("NOTES_AXE names axe.min.js");
    let (_server, url) = server();
    let browser = Browser::start();
    browser.resize(1280, 900);
    let mut axe = Axe { browser: &browser, script, pages: 0, found: Vec::new() };

    for (screen, width) in [("wide", 1280), ("320 px", 320)] {
        browser.phone(width, 900);
        browser.open(&url);
        browser.wait("the samples", "return document.querySelectorAll('#samples button').length >= 5");
        axe.look(&format!("{screen}, start"));
        browser.script(
            "const text = document.getElementById('text'); text.closest('details').open = true; \
             text.value = '{'; text.form.requestSubmit()",
            json!([]),
        );
        browser.wait("the error", "return document.querySelector('[role=alert]').textContent !== ''");
        axe.look(&format!("{screen}, error"));
        for sample in SAMPLES {
            sheet_of(&browser, sample);
            axe.look(&format!("{screen}, {sample}"));
            browser.script("document.getElementById('large').click()", json!([]));
            axe.look(&format!("{screen}, {sample}, large print"));
            browser.script("document.getElementById('large').click()", json!([]));
            browser.script("document.querySelectorAll('#sheet [data-at]')[3].click()", json!([]));
            browser.wait("the place", "return !document.getElementById('place').hidden");
            axe.look(&format!("{screen}, {sample}, a place open"));
        }
        // In the dark: all colours of the page around the sheet.
        browser.media("screen", "dark");
        axe.look(&format!("{screen}, dark, a place open"));
        browser.script("document.getElementById('again').click()", json!([]));
        axe.look(&format!("{screen}, dark, start"));
        browser.media("", "light");
        // The interface for programmers: as it opens, and with a reply of the service on it.
        browser.open(&format!("{url}/docs"));
        browser.wait("the routes", "return document.querySelectorAll('#operations section').length > 10");
        axe.look(&format!("{screen}, docs"));
        browser.script(
            "const try_ = document.querySelector('#summarize details'); try_.open = true; \
             try_.querySelector('form').requestSubmit()",
            json!([]),
        );
        browser.wait("the reply", "return document.querySelector('#summarize [role=status] pre') !== null");
        let said = browser.script("return document.querySelector('#summarize [role=status] p').textContent", json!([]));
        assert_eq!(said, "200 application/json", "what the page sends is taken");
        axe.look(&format!("{screen}, docs, a reply"));
        for sample in SAMPLES {
            for options in [&[][..], &["--large-print"]] {
                browser.open(&alone(sample, options));
                browser.script("for (const d of document.querySelectorAll('details')) d.open = true", json!([]));
                axe.look(&format!("{screen}, {sample} alone {options:?}"));
            }
        }
    }
    println!("axe-core: {} violations in {} states", axe.found.len(), axe.pages);
    assert!(axe.found.is_empty(), "{:#?}", axe.found);
}

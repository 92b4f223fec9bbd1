//! The page in a real Chromium. Runs only when `NOTES_BROWSER_TEST=1`; needs Debian's `chromium-driver`.
//!
//! `NOTES_AXE` names the script of axe-core (npm), which looks for barriers; without it that part does not run.
//! `NOTES_SCREENSHOTS` names a folder for pictures. `CHROMEDRIVER` names another driver than the one on the path.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a helper that fails is a test that fails")]
#![expect(clippy::disallowed_methods, reason = "a test that starts programs and writes pictures")]
#![expect(clippy::print_stdout, reason = "says what it did not run, and what it counted")]

mod axe;
mod driver;
mod formats;
mod paper;

use driver::Browser;
use serde_json::json;
use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// Ends the program when the test does, however it does.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn server() -> (Ended, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_clinical-notes"))
        .args(["serve", "--port", "0"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    let url = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned();
    // Somebody must read what it logs, or it waits for ever.
    std::thread::spawn(move || said.lines().for_each(drop));
    (Ended(child), url)
}

const SAMPLES: [&str; 8] =
    ["visit", "discharge", "diabetes", "child", "almost-nothing", "follow-up", "office-note", "discharge-note"];

/// The file of a sample.
fn file_of(sample: &str) -> String {
    let file = clinical_app::samples::find(sample).expect(sample).file;
    format!("{}/../../samples/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn wanted() -> bool {
    let wanted = env::var("NOTES_BROWSER_TEST").as_deref() == Ok("1");
    if !wanted {
        println!("not run: set NOTES_BROWSER_TEST=1");
    }
    wanted
}

/// The sheet of a sample as a page that stands alone: its address.
fn alone(sample: &str, options: &[&str]) -> String {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{sample}{}.html", options.concat()));
    let record = file_of(sample);
    let status = Command::new(env!("CARGO_BIN_EXE_clinical-notes"))
        .args(["summarize", "--format", "html", "--output"])
        .arg(&file)
        .args(options)
        .arg(record)
        .status()
        .unwrap();
    assert!(status.code().is_some_and(|code| code < 2), "{sample}: {status}");
    format!("file://{}", file.display())
}

fn sheet_of(browser: &Browser, sample: &str) {
    browser.script(
        "document.getElementById('again').click(); \
         document.querySelector(`[data-sample=${arguments[0]}]`).click()",
        json!([sample]),
    );
    browser.wait(sample, "return document.querySelector('#sheet main') !== null");
    assert_eq!(browser.script("return document.querySelector('[role=alert]').textContent", json!([])), "");
}

fn picture(browser: &Browser, name: &str) {
    if let Some(folder) = env::var_os("NOTES_SCREENSHOTS").map(PathBuf::from) {
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{name}.png")), browser.screenshot()).unwrap();
    }
}

fn no_sideways_scroll(browser: &Browser, what: &str) {
    let (content, window) = (
        browser.script("return document.documentElement.scrollWidth", json!([])),
        browser.script("return document.documentElement.clientWidth", json!([])),
    );
    assert!(content.as_u64() <= window.as_u64(), "{what}: {content} wide in {window}");
}

#[test]
fn the_page_in_a_browser() {
    if !wanted() {
        return;
    }
    let (_server, url) = server();
    let browser = Browser::start();
    browser.resize(1280, 900);
    browser.open(&url);

    // The first page.
    browser.wait("the samples", "return document.querySelectorAll('#samples button').length >= 5");
    picture(&browser, "1-start");
    no_sideways_scroll(&browser, "start");

    // A file that is no record: one sentence, said to everybody.
    browser.script(
        "const text = document.getElementById('text'); text.closest('details').open = true; \
         text.value = '{\"resourceType\": \"Bundle\",\\n \"entry\": ['; text.form.requestSubmit()",
        json!([]),
    );
    browser.wait("the error", "return /line 2/.test(document.querySelector('[role=alert]').textContent)");
    picture(&browser, "2-error");

    // A sample becomes a sheet.
    browser.script("document.querySelector('[data-sample=visit]').click()", json!([]));
    browser.wait("the sheet", "return document.querySelectorAll('#sheet main [data-at]').length > 5");
    assert_eq!(browser.script("return document.querySelector('[role=alert]').textContent", json!([])), "");
    assert_eq!(browser.script("return document.querySelectorAll('main:not([hidden])').length", json!([])), 1);
    picture(&browser, "3-sheet");

    // On a wide screen the record stands beside its sheet, whole, and the sheet is not under it.
    assert_eq!(browser.script(BESIDE, json!([])), true, "the record beside the sheet");
    let whole = browser.script("return document.querySelector('#found pre').textContent", json!([]));
    assert_eq!(whole, fs::read_to_string(file_of("visit")).unwrap());

    // Each place holds its fact.
    let wrong = browser.script(WRONG_PLACES, json!([]));
    assert_eq!(wrong, json!([]), "places that do not hold their fact");

    // By keyboard: to a fact, open, and back to where one was.
    browser.script("document.querySelector('#sheet [data-at][tabindex=\"0\"]').focus()", json!([]));
    browser.keys("\u{e011}"); // home
    browser.keys("\u{e014}"); // right arrow
    // Who goes through the sheet with the keyboard sees each place and stays on the sheet.
    browser.wait("the place", "return document.querySelector('#found mark')?.textContent.length > 0");
    let second = "return document.activeElement === document.querySelectorAll('#sheet [data-at]')[1]";
    assert_eq!(browser.script(second, json!([])), true);
    browser.keys("\u{e007}"); // enter
    browser.wait("the place", "return document.querySelector('#place:not([hidden]) mark')?.textContent.length > 0");
    assert_eq!(browser.script("return document.activeElement.closest('#place') !== null", json!([])), true);
    let path = browser.script("return document.querySelector('#found code').textContent", json!([]));
    assert!(path.as_str().unwrap().starts_with("Bundle."), "{path}");
    picture(&browser, "4-place");
    browser.keys("\u{e00c}"); // escape
    assert_eq!(browser.script("return document.getElementById('place').hidden", json!([])), true);
    assert_eq!(browser.script(second, json!([])), true, "focus returns");
    browser.click("#record");
    assert_eq!(browser.script("return document.getElementById('place').hidden", json!([])), false);
    browser.click("#record");
    assert_eq!(browser.script("return document.getElementById('place').hidden", json!([])), true);

    // Large print, and by mouse.
    browser.click("#large");
    assert_eq!(
        browser.script("return document.querySelector('#sheet main').classList.contains('large')", json!([])),
        true
    );
    picture(&browser, "5-large");
    browser.click("#large");
    browser.click("#sheet [data-at]");
    browser.wait("the place", "return !document.getElementById('place').hidden");
    browser.click("#close");

    // On paper there is the sheet and nothing else.
    browser.media("print", "light");
    let shown = "return [...document.querySelectorAll('.app-head, .app-hint, .app-foot, .app-place, .app-status')]\
        .filter((e) => e.getClientRects().length > 0).map((e) => e.className)";
    assert_eq!(browser.script(shown, json!([])), json!([]), "beside the sheet on paper");
    picture(&browser, "5-print");
    browser.media("screen", "dark");
    picture(&browser, "5-dark");
    browser.media("", "light");

    // A small phone: the record is below the sheet, and only when it is asked for.
    browser.phone(320, 640);
    browser.script("document.getElementById('close').click()", json!([]));
    no_sideways_scroll(&browser, "sheet at 320 px");
    picture(&browser, "6-phone");
    browser.script("document.querySelectorAll('#sheet [data-at]')[3].click()", json!([]));
    browser.wait("the place", "return !document.getElementById('place').hidden");
    no_sideways_scroll(&browser, "place at 320 px");
    picture(&browser, "7-phone-place");
    browser.script("document.getElementById('close').click()", json!([]));

    // Every sample, and every control big enough to touch (WCAG 2.2, 2.5.8).
    for sample in &SAMPLES[1..] {
        sheet_of(&browser, sample);
        assert_eq!(browser.script("return document.getElementById('place').hidden", json!([])), true, "{sample}");
        no_sideways_scroll(&browser, sample);
        picture(&browser, &format!("8-phone-{sample}"));
    }
    browser.script("document.getElementById('again').click()", json!([]));
    no_sideways_scroll(&browser, "start at 320 px");
    picture(&browser, "9-phone-start");
    let small = browser.script(SMALL_CONTROLS, json!([]));
    assert_eq!(small, json!([]), "controls too small to touch");

    // Nothing was blocked, nothing failed. The one refused document is the one above.
    let complaints: Vec<String> = browser.complaints();
    let other: Vec<_> = complaints.iter().filter(|c| !c.contains("/api/v1/summarize") || !c.contains("400")).collect();
    assert!(other.is_empty(), "{other:#?}");
}

/// The record is there, and nothing of the sheet lies under it.
const BESIDE: &str = "
    const [sheet, place] = ['sheet', 'place'].map((id) => document.getElementById(id).getBoundingClientRect());
    return place.width > 300 && sheet.right <= place.left + 1;";

/// The marked bytes of every fact must be one whole JSON value, and for most facts (all that are shown as they stand)
/// the value must be the fact.
const WRONG_PLACES: &str = "
    const bad = [];
    let same = 0, all = 0;
    for (const fact of document.querySelectorAll('#sheet [data-at]')) {
        fact.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        try {
            all += 1;
            const value = JSON.parse(document.querySelector('#found mark').textContent);
            if (String(value) === fact.textContent) same += 1;
        } catch {
            bad.push(fact.dataset.at);
        }
    }
    document.getElementById('close').click();
    if (same * 2 < all) bad.push(`${same} of ${all} are the fact`);
    return bad;";

const SMALL_CONTROLS: &str = "
    return [...document.querySelectorAll('button, summary, a, label[for]')]
        .filter((e) => e.offsetParent && !e.closest('.app-skip'))
        .filter((e) => e.getBoundingClientRect().height < 24)
        .map((e) => e.textContent.trim());";

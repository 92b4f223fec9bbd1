//! Runs one case through the pipeline and holds the outcome against everything the case says.

use crate::case_file::{Case, MACHINE};
use crate::pages::{self, Seen};
use crate::{dump, edit, expectation, table};
use clinical_pipeline::{Error, Input, Lexicon, Options, Page, Stop, summarize, verify};

const PAGES: [Page; 4] = [Page::Text, Page::Html, Page::Markdown, Page::Json];

/// The faults of a case, and the file with its machine fences written anew where that was asked for.
pub(crate) fn run(case: &Case, accept: bool) -> (Vec<String>, Option<String>) {
    if !case.malformed.is_empty() {
        return (case.malformed.clone(), None);
    }
    let (mut faults, written) = outcome(case);
    if case.fence("known-failure").is_some() {
        let why = "this case is a known failure and now holds: take its `known-failure` fence away";
        return (if faults.is_empty() { vec![why.to_owned()] } else { Vec::new() }, None);
    }
    if accept {
        // A page that breaks a hand-written expectation is never accepted.
        let accepted = faults.is_empty().then(|| case.accepted(&written));
        return (faults, accepted);
    }
    if let Some((_, page)) = written.iter().find(|(n, _)| *n == "page" && !faults.is_empty()) {
        faults.push(format!("the text sheet:\n{}", page.lines().map(|l| format!("    {l}\n")).collect::<String>()));
    }
    for name in MACHINE {
        let new = written.iter().find(|(n, _)| *n == name).map(|(_, body)| body.as_str());
        match (case.fence(name), new) {
            (Some(old), Some(new)) if old != new => faults.push(format!("{name}:\n{}", edit::diff(old, new))),
            (None, Some(_)) => faults.push(format!("there is no `{name}` fence: run with CASES=accept")),
            (Some(_), None) => faults.push(format!("a refused document has no `{name}`")),
            _ => {}
        }
    }
    (faults, None)
}

fn outcome(case: &Case) -> (Vec<String>, Vec<(&'static str, String)>) {
    let bytes = case.input();
    let input = Input::new(&bytes, case.label());
    let lexicon = Lexicon::english().unwrap();
    let mut faults = Vec::new();
    let mut seen: Vec<Seen> = Vec::new();
    let mut text = String::new();
    let mut refused: Option<Error> = None;
    for page in PAGES {
        let make = |large_print| {
            let options = Options { now: case.now(), page, large_print, narrated: None, stop: Stop::never() };
            summarize(&input, &options, lexicon)
        };
        let (first, second) = (make(false), make(false));
        if first != second {
            faults.push(format!("running twice gives two different outcomes ({page:?})"));
        }
        match first {
            Ok(outcome) => {
                let c = outcome.counts;
                if c.entries != c.shown + c.held_back + c.unreadable {
                    faults.push("the accounting does not add up".to_owned());
                }
                let body = outcome.page.into_exposed();
                match page {
                    Page::Json => faults.extend(verified(&input, &body, lexicon)),
                    Page::Html => faults.extend(make(true).err().map(|e| format!("large print: {e}"))),
                    Page::Text => text.clone_from(&body),
                    Page::Markdown => {}
                }
                seen.push(pages::see(page, &body, lexicon));
            }
            Err(e) => {
                if case.fence("error").is_none() {
                    faults.push(format!("{page:?}: {e}"));
                }
                refused = Some(e);
            }
        }
    }
    if let (Some(error), Some(_)) = (&refused, case.fence("error")) {
        if !seen.is_empty() {
            faults.push("some pages are refused and some are not".to_owned());
        }
        faults.extend(expectation::check_error(case, error));
        return (faults, Vec::new());
    }
    if case.fence("error").is_some() {
        faults.push("the document should have been refused".to_owned());
    }
    for page in &seen {
        faults.extend(page.faults.iter().map(|f| format!("{f} ({:?} page)", page.page)));
    }
    faults.extend(expectation::check(case, &seen));
    let written = if refused.is_some() {
        Vec::new()
    } else {
        let (record, accounting) = dump::of(case, &bytes, lexicon);
        vec![("record", record), ("page", table::short(&text, lexicon)), ("accounting", accounting)]
    };
    (faults, written)
}

fn verified(input: &Input<'_>, page: &str, lexicon: &Lexicon) -> Vec<String> {
    match verify(input, page.as_bytes(), lexicon, Stop::never()) {
        Ok(found) => found.faults.iter().map(|f| format!("verify: {} {}", f.kind.as_str(), f.at)).collect(),
        Err(e) => vec![format!("verify: {e}")],
    }
}

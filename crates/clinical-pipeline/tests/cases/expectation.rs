//! What a person wrote that must, and must not, stand on the pages.

use crate::case_file::Case;
use crate::pages::{SCOPES, Seen, fold};
use clinical_pipeline::Page;

/// Holds every page against the `must` and `must-not` fences of a case.
///
/// A line is one fragment. `[take] Metformin` asks for it under that heading. Blanks and line ends count as one blank.
/// `must` is for every page; `must page` for text, HTML and Markdown; `must text` for text and Markdown; `must html`
/// and `must json` for one alone.
pub(crate) fn check(case: &Case, pages: &[Seen]) -> Vec<String> {
    let mut faults = Vec::new();
    for (info, body) in case.fences().filter(|(info, _)| info.starts_with("must")) {
        let (kind, formats) = info.split_once(' ').unwrap_or((info, ""));
        for line in body.lines().filter(|l| !l.trim().is_empty()) {
            let (scope, fragment) = scoped(line);
            if scope.is_some_and(|s| !SCOPES.iter().any(|(name, _)| *name == s)) {
                faults.push(format!("{info}: no heading is called [{}]", scope.unwrap_or_default()));
                continue;
            }
            for page in pages.iter().filter(|p| wanted(formats, p.page)) {
                let Some(words) = scope.map_or(Some(page.all.clone()), |s| page.list(s)) else { continue };
                if words.contains(&fold(fragment)) != (kind == "must") {
                    faults.push(format!("{info}: {line}    ({:?} page)", page.page));
                }
            }
        }
    }
    faults
}

fn wanted(formats: &str, page: Page) -> bool {
    match formats {
        "page" => page != Page::Json,
        "text" => matches!(page, Page::Text | Page::Markdown),
        "html" => page == Page::Html,
        "json" => page == Page::Json,
        _ => true,
    }
}

/// `[scope] fragment`, or a fragment for the whole page.
fn scoped(line: &str) -> (Option<&str>, &str) {
    match line.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        Some((scope, fragment)) => (Some(scope), fragment),
        None => (None, line),
    }
}

/// Holds a refusal against the `error` fence: its code, then words that must stand in its text, or `at line:column`.
pub(crate) fn check_error(case: &Case, error: &clinical_pipeline::Error) -> Vec<String> {
    let said = error.to_string();
    let mut faults = Vec::new();
    let expected = case.fence("error").unwrap_or_default();
    for (i, line) in expected.lines().filter(|l| !l.trim().is_empty()).enumerate() {
        let at = error.position().map(|(line, column)| format!("{line}:{column}"));
        let holds = match line.strip_prefix("at ") {
            _ if i == 0 => error.code() == line,
            Some(place) => at.as_deref() == Some(place),
            None => said.contains(line),
        };
        if !holds {
            faults.push(format!(
                "error: {line}\n    but it is: {} at {}: {said}",
                error.code(),
                at.unwrap_or_default()
            ));
        }
    }
    for (_, body) in case.fences().filter(|(info, _)| info.starts_with("must-not")) {
        for fragment in body.lines().map(|l| scoped(l).1).filter(|l| !l.trim().is_empty()) {
            if said.contains(fragment) {
                faults.push(format!("the error repeats the input: {fragment}"));
            }
        }
    }
    faults
}

//! Changes to a finished page, each of one kind and in one place.

use super::random::Random;
use super::summary_changes::{other_digit, other_letter};
use clinical_summary::PageKind;

/// The parts of a page that a reader sees.
fn visible(page: &str, kind: PageKind) -> Vec<(usize, usize)> {
    if kind != PageKind::Html {
        return vec![(0, page.len())];
    }
    let body = page.find("<body").unwrap();
    let mut out = Vec::new();
    let mut at = body;
    while let Some(close) = page[at..].find('>') {
        let start = at + close + 1;
        let end = page[start..].find('<').map_or(page.len(), |n| start + n);
        out.push((start, end));
        at = end;
    }
    out
}

pub fn page_digit(page: &str, kind: PageKind, random: &mut Random) -> Option<String> {
    let digits: Vec<usize> = visible(page, kind)
        .into_iter()
        // "&#39;" is an apostrophe and holds no digit for a reader.
        .flat_map(|(s, e)| {
            (s..e).filter(move |i| {
                page.as_bytes()[*i].is_ascii_digit() && !page[..*i].ends_with("&#") && !page[..*i].ends_with("&#3")
            })
        })
        .collect();
    (!digits.is_empty()).then(|| other_digit(page, *random.pick(&digits), random))
}

/// One letter of a fact that stands on the page.
pub fn page_letter(page: &str, kind: PageKind, facts: &[String], random: &mut Random) -> Option<String> {
    if facts.is_empty() {
        return None;
    }
    let fact = random.pick(facts);
    let seen = visible(page, kind);
    let hits: Vec<usize> = page
        .match_indices(fact.as_str())
        .map(|(at, _)| at)
        .filter(|at| seen.iter().any(|(s, e)| (kind != PageKind::Html || s == at) && s <= at && at + fact.len() <= *e))
        .collect();
    if fact.len() < 3 || hits.is_empty() {
        return None;
    }
    let at = *random.pick(&hits);
    Some(format!("{}{}{}", &page[..at], other_letter(fact, random), &page[at + fact.len()..]))
}

/// The item of a medicine, whole.
fn item_of(page: &str, kind: PageKind, name: &str) -> Option<(usize, usize)> {
    let (open, ends): (&str, &[&str]) = match kind {
        PageKind::Html => ("<li>", &["</li>\n"]),
        PageKind::Text => ("\n  * ", &["\n  * ", "\n\n"]),
        PageKind::Markdown => ("\n- ", &["\n- ", "\n\n"]),
    };
    let at = page.find(&(if kind == PageKind::Html { format!(">{name}<") } else { format!("{open}{name}") }))?;
    let start = page[..=at].rfind(open).unwrap_or(at);
    let rest = &page[start + open.len()..];
    let end =
        ends.iter().filter_map(|e| rest.find(e).map(|n| n + if kind == PageKind::Html { e.len() } else { 0 })).min()?;
    Some((start, start + open.len() + end))
}

pub fn page_line(page: &str, kind: PageKind, names: &[String], random: &mut Random, double: bool) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let (start, end) = item_of(page, kind, random.pick(names).as_str())?;
    let item = if double { page[start..end].repeat(2) } else { String::new() };
    Some(format!("{}{item}{}", &page[..start], &page[end..]))
}

/// A medicine not to be taken goes behind the heading of those to take.
pub fn page_moved(page: &str, kind: PageKind, off: &[String], random: &mut Random) -> Option<String> {
    if off.is_empty() {
        return None;
    }
    let (start, end) = item_of(page, kind, random.pick(off).as_str())?;
    let item = page[start..end].to_owned();
    let rest = format!("{}{}", &page[..start], &page[end..]);
    let heading = match kind {
        PageKind::Html => "Take these</h3>",
        PageKind::Text => "Take these:",
        PageKind::Markdown => "### Take these\n",
    };
    let at = rest.find(heading)? + heading.len();
    Some(format!("{}{item}{}", &rest[..at], &rest[at..]))
}

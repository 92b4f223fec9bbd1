//! The machine-written fences in their short forms.

use clinical_lexicon::Message;
use clinical_pipeline::Lexicon;
use std::collections::BTreeMap;

/// At most this many lines in a fence; the rest is counted.
const LINES: usize = 80;

/// The text sheet without what stands on every sheet: its title, the help section, and what the sheet says about
/// itself. Sections of which the record has nothing are named in one line.
pub(crate) fn short(page: &str, lexicon: &Lexicon) -> String {
    let upper = |m: Message| lexicon.phrase(m).words().to_uppercase();
    let (help, missing) = (upper(Message::HelpHeading), lexicon.phrase(Message::NotInRecord).words());
    let lines: Vec<&str> = page.lines().skip(2).collect();
    let end = lines.iter().rposition(|l| *l == help).unwrap_or(lines.len());
    let mut out = Vec::new();
    let mut absent = Vec::new();
    let mut i = 0;
    while i < end {
        let is_rule = lines.get(i + 1).is_some_and(|l| l.starts_with("---"));
        if is_rule && lines.get(i + 2) == Some(&missing.as_str()) {
            absent.push(lines[i].split(" (").next().unwrap_or_default());
            i += 3;
        } else {
            if !lines[i].starts_with("---") && !lines[i].is_empty() {
                out.push(lines[i].to_owned());
            }
            i += 1;
        }
    }
    if !absent.is_empty() {
        out.push(format!("{missing} {}", absent.join(", ")));
    }
    cut(&out)
}

/// Lines with line ends; what is too long is cut and counted.
pub(crate) fn cut(lines: &[String]) -> String {
    let mut out: String = lines.iter().take(LINES).map(|l| format!("{l}\n")).collect();
    if lines.len() > LINES {
        out.push_str(&format!("… and {} more lines\n", lines.len() - LINES));
    }
    out
}

/// Rows of kind, place and fate, grouped where there are many of one sort.
pub(crate) fn grouped(rows: &[(String, String, String)]) -> String {
    const FEW: usize = 12;
    if rows.len() <= FEW {
        return rows.iter().map(|(kind, at, fate)| format!("{at} {kind}: {fate}\n")).collect();
    }
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (kind, _, fate) in rows {
        *counts.entry((kind, fate)).or_default() += 1;
    }
    counts.into_iter().map(|((kind, fate), n)| format!("{n} × {kind}: {fate}\n")).collect()
}

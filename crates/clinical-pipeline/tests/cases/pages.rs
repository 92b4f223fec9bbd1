//! The four pages of a case as a reader sees them: all their words, and the words under each heading.

use crate::markup;
use clinical_json::{Document, Kind, Node};
use clinical_lexicon::Message;
use clinical_pipeline::{Lexicon, Page};

/// The lists that an expectation can name, by their headings.
pub(crate) const SCOPES: [(&str, Message); 24] = [
    ("take", Message::TakeHeading),
    ("as-needed", Message::AsNeededHeading),
    ("do-not-take", Message::DoNotTakeHeading),
    ("do-not-take", Message::StopTaking),
    ("hold", Message::HoldHeading),
    ("ask", Message::AskHeading),
    ("medicines", Message::MedicinesHeading),
    ("why", Message::WhyHeading),
    ("found", Message::FoundHeading),
    ("problems", Message::ProblemsNow),
    ("not-sure", Message::ProblemsPossible),
    ("past", Message::ProblemsPast),
    ("notes", Message::NotesHeading),
    ("vitals", Message::VitalsHeading),
    ("done", Message::ProceduresHeading),
    ("vaccines", Message::VaccinesHeading),
    ("allergies", Message::AllergiesHeading),
    ("results", Message::ResultsHeading),
    ("next", Message::AppointmentsHeading),
    ("plan", Message::PlanHeading),
    ("ordered", Message::OrderedHeading),
    ("come-back", Message::FollowUpHeading),
    ("help", Message::HelpWordsHeading),
    ("more", Message::MoreHeading),
];

/// One page as a reader sees it.
pub(crate) struct Seen {
    pub(crate) page: Page,
    /// All its words.
    pub(crate) all: String,
    /// The words of each list. A list that the page does not have is not here.
    pub(crate) lists: Vec<(&'static str, String)>,
    /// What must not be on a page of this format.
    pub(crate) faults: Vec<String>,
}

impl Seen {
    /// The words of one list; nothing where the page has no such list. `None` where this format does not tell them
    /// apart.
    pub(crate) fn list(&self, scope: &str) -> Option<String> {
        if self.page == Page::Json && json_list(scope).is_none() {
            return None;
        }
        let words: Vec<&str> = self.lists.iter().filter(|(name, _)| *name == scope).map(|(_, w)| w.as_str()).collect();
        Some(words.join(" "))
    }
}

/// Runs of white space as one blank.
pub(crate) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn see(page: Page, text: &str, lexicon: &Lexicon) -> Seen {
    let (parts, faults) = match page {
        Page::Html => {
            let html = markup::read(text);
            (html.parts, html.faults)
        }
        Page::Text => (parts_of_text(text, lexicon), control_characters(text)),
        Page::Markdown => (parts_of_markdown(text), markdown_faults(text)),
        Page::Json => return json(text),
    };
    let mut lists: Vec<(&'static str, String)> = Vec::new();
    for (heading, words) in &parts {
        if let Some(scope) = scope_of(heading, lexicon) {
            lists.push((scope, fold(words)));
        }
    }
    let all = parts.iter().map(|(heading, words)| format!("{heading} {words}")).collect::<Vec<_>>().join(" ");
    Seen { page, all: fold(&all), lists, faults }
}

/// Which list a heading opens.
fn scope_of(heading: &str, lexicon: &Lexicon) -> Option<&'static str> {
    let bare = fold(heading).to_lowercase();
    let bare = bare.split(" (").next().unwrap_or_default().trim_end_matches(':').to_owned();
    let is_it = |m: Message| lexicon.phrase(m).words().to_lowercase() == bare;
    SCOPES.iter().find(|(_, m)| is_it(*m)).map(|(name, _)| *name)
}

/// A heading of the text page stands at the start of a line and is one of ours; the words under it are indented or
/// ours. Whatever else looks like a heading came from the input.
fn parts_of_text(text: &str, lexicon: &Lexicon) -> Vec<(String, String)> {
    let headings = [Message::HelpHeading, Message::HomeHeading, Message::AboutHeading, Message::GoalsHeading];
    let ours: Vec<String> = headings
        .iter()
        .chain(SCOPES.iter().map(|(_, m)| m))
        .map(|m| lexicon.phrase(*m).words().to_lowercase())
        .collect();
    let mut parts = vec![(String::new(), String::new())];
    for line in text.lines() {
        let lower = line.to_lowercase();
        let bare = lower.split(" (").next().unwrap_or_default().trim_end_matches(':');
        if !line.starts_with(' ') && ours.iter().any(|h| h == bare) {
            parts.push((line.to_owned(), String::new()));
        } else if let Some((_, words)) = parts.last_mut() {
            words.push_str(line);
            words.push('\n');
        }
    }
    parts
}

fn control_characters(text: &str) -> Vec<String> {
    let is_bad = |c: &char| c.is_control() && *c != '\n';
    text.chars().filter(is_bad).map(|c| format!("the page has a control character ({})", u32::from(c))).collect()
}

fn parts_of_markdown(text: &str) -> Vec<(String, String)> {
    let mut parts = vec![(String::new(), String::new())];
    for line in text.lines() {
        if line.starts_with("## ") || line.starts_with("### ") {
            parts.push((unescape(line.trim_start_matches('#')), String::new()));
        } else if let Some((_, words)) = parts.last_mut() {
            words.push_str(&unescape(line));
            words.push('\n');
        }
    }
    parts
}

fn unescape(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', None) => {}
            ('\\', Some(next)) if next.is_ascii_punctuation() => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    out
}

/// Every character that could open a tag, a link, an entity or an emphasis is escaped.
fn markdown_faults(text: &str) -> Vec<String> {
    let mut out = control_characters(text);
    let mut before = '\n';
    for c in text.chars() {
        if matches!(c, '<' | '[' | '&' | '`' | '*') && before != '\\' {
            out.push(format!("the Markdown page has a bare `{c}`"));
        }
        before = if before == '\\' && c == '\\' { ' ' } else { c };
    }
    out
}

/// The member of the summary that holds a list, and the group inside it.
fn json_list(scope: &str) -> Option<(&'static [&'static str], Option<&'static str>)> {
    Some(match scope {
        "take" => (&["medications"], Some("take")),
        "as-needed" => (&["medications"], Some("as-needed")),
        "do-not-take" => (&["stopped_medications"], None),
        "hold" => (&["on_hold_medications"], None),
        "ask" => (&["ask_about_medications"], None),
        "problems" => (&["conditions"], Some("present")),
        "not-sure" => (&["conditions"], Some("possible")),
        "past" => (&["conditions"], Some("historical")),
        "vitals" => (&["vital_signs"], None),
        "done" => (&["procedures"], None),
        "vaccines" => (&["immunizations"], None),
        "allergies" => (&["allergies", "allergy_statements"], None),
        "results" => (&["lab_results"], None),
        "next" => (&["appointments"], None),
        "come-back" => (&["follow_up_in_words"], None),
        "help" => (&["help_in_words"], None),
        "more" => (&["more_from_the_document"], None),
        _ => return None,
    })
}

fn json(text: &str) -> Seen {
    let document = Document::parse(text.as_bytes()).expect("the JSON page is JSON");
    let mut lists = Vec::new();
    for (scope, _) in SCOPES {
        let Some((members, group)) = json_list(scope) else { continue };
        let mut words = Vec::new();
        for item in members.iter().filter_map(|m| document.root().get(m)).flat_map(Node::items) {
            let own = item.get("metadata").and_then(|m| m.get("group")).or_else(|| item.get("assertion"));
            let own = own.and_then(Node::as_str).unwrap_or_default().into_owned();
            if group.is_none_or(|g| g == own) {
                gather(item, &mut words);
            }
        }
        lists.push((scope, fold(&words.join(" | "))));
    }
    let mut all = Vec::new();
    gather(document.root(), &mut all);
    Seen { page: Page::Json, all: fold(&all.join(" | ")), lists, faults: Vec::new() }
}

/// Every scalar below a node. What `source` quotes stands beside the page, for whoever checks it.
fn gather(node: Node<'_, '_>, out: &mut Vec<String>) {
    for child in node.members().filter(|m| !m.key_is("source")).chain(node.items()) {
        match child.kind() {
            Kind::Object | Kind::Array => gather(child, out),
            _ => out.extend(child.scalar_text().map(std::borrow::Cow::into_owned)),
        }
    }
}

//! Labelled notes, read from JSON lines or marked text.

use std::ops::Range;

use clinical_privacy::Kind;

/// A note with what is in it.
#[derive(Clone)]
pub(crate) struct Note {
    pub(crate) text: String,
    /// What tells who somebody is, in order; `None` for a kind the tagger does not learn.
    pub(crate) spans: Vec<(Range<usize>, Option<Kind>)>,
    /// Names of diseases and medicines that look like names of people.
    pub(crate) traps: Vec<(Range<usize>, Trap)>,
    /// What may go either way.
    pub(crate) either: Vec<Range<usize>>,
}

/// What a trap is, as far as other words can stand in its place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trap {
    Eponym,
    Medicine,
}

fn trap_of(name: &str) -> Option<Trap> {
    match name.to_ascii_lowercase().as_str() {
        "eponym" => Some(Trap::Eponym),
        "drug" | "med" => Some(Trap::Medicine),
        _ => None,
    }
}

/// Is it a kind that the tagger gives?
pub(crate) fn is_tagged(kind: Kind) -> bool {
    matches!(kind, Kind::Name | Kind::Facility | Kind::Employer | Kind::City | Kind::County)
}

fn kind_of(name: &str) -> Option<Kind> {
    match name {
        "NAME" => Some(Kind::Name),
        "FACILITY" => Some(Kind::Facility),
        "EMPLOYER" => Some(Kind::Employer),
        "CITY" | "COUNTY" => Some(Kind::City),
        _ => None,
    }
}

impl Note {
    /// What the word there is.
    pub(crate) fn kind(&self, bytes: &Range<usize>) -> Option<Kind> {
        self.spans.iter().find(|(s, _)| s.start < bytes.end && bytes.start < s.end).and_then(|(_, k)| *k)
    }

    /// Is nothing to be learned from the word there?
    pub(crate) fn is_silent(&self, bytes: &Range<usize>) -> bool {
        let touches = |s: &Range<usize>| s.start < bytes.end && bytes.start < s.end;
        self.either.iter().any(touches) || self.spans.iter().any(|(s, k)| k.is_none() && touches(s))
    }

    /// The note in other letters, its marks in place.
    pub(crate) fn cased(&self, letters: fn(&str) -> String) -> Self {
        let mut ends: Vec<usize> = self
            .spans
            .iter()
            .map(|s| &s.0)
            .chain(self.traps.iter().map(|t| &t.0))
            .chain(&self.either)
            .flat_map(|s| [s.start, s.end])
            .collect();
        ends.sort_unstable();
        let (mut text, mut places, mut at) = (String::new(), Vec::new(), 0);
        for end in ends {
            text.push_str(&letters(&self.text[at..end]));
            places.push((end, text.len()));
            at = end;
        }
        text.push_str(&letters(&self.text[at..]));
        let to = |at: usize| places[places.binary_search_by_key(&at, |p| p.0).unwrap()].1;
        let range = |s: &Range<usize>| to(s.start)..to(s.end);
        Self {
            spans: self.spans.iter().map(|(s, k)| (range(s), *k)).collect(),
            traps: self.traps.iter().map(|(s, t)| (range(s), *t)).collect(),
            either: self.either.iter().map(range).collect(),
            text,
        }
    }

    /// Breaks lines longer than so many bytes.
    pub(crate) fn wrap(&mut self, most: usize) {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        let (mut start, mut space) = (0, None);
        for at in 0..bytes.len() {
            match bytes[at] {
                b'\n' => (start, space) = (at + 1, None),
                b' ' => space = Some(at),
                _ => {}
            }
            if at - start.min(at) > most
                && let Some(cut) = space.take()
            {
                bytes[cut] = b'\n';
                start = cut + 1;
            }
        }
        self.text = String::from_utf8(bytes).unwrap();
    }
}

#[derive(serde::Deserialize)]
struct Examples {
    example: Vec<Example>,
}

#[derive(serde::Deserialize)]
struct Example {
    text: String,
}

/// The notes of a file, by its name: `.jsonl`, `.toml` for the families' examples, or marked text.
pub(crate) fn read(path: &str) -> Vec<Note> {
    let text = std::fs::read_to_string(path).unwrap();
    if path.ends_with(".jsonl") {
        return text.lines().map(line).collect();
    }
    if path.ends_with(".toml") {
        let examples: Examples = toml::from_str(&text).unwrap();
        return examples.example.iter().map(|e| marked(&e.text)).collect();
    }
    let mut notes = Vec::new();
    let mut rest = text.as_str();
    while let Some(head) = rest.find("=== ") {
        let body = &rest[head..];
        let body = body.split_once('\n').map_or("", |b| b.1);
        let end = body.find("\n=== ").map_or(body.len(), |e| e + 1);
        notes.push(marked(&body[..end]));
        rest = &body[end..];
    }
    notes
}

#[derive(serde::Deserialize)]
struct Line {
    text: String,
    spans: Vec<Span>,
    #[serde(default)]
    traps: Vec<Span>,
    #[serde(default, alias = "optional")]
    either: Vec<Span>,
}

#[derive(serde::Deserialize)]
struct Span {
    start: usize,
    end: usize,
    #[serde(rename = "type", alias = "kind", default)]
    kind: String,
}

/// One line of JSON; its places are in code points.
fn line(line: &str) -> Note {
    let read: Line = serde_json::from_str(line).unwrap();
    let mut places: Vec<usize> = read.text.char_indices().map(|(at, _)| at).collect();
    places.push(read.text.len());
    let range = |s: &Span| places[s.start]..places[s.end];
    let mut spans: Vec<_> = read.spans.iter().map(|s| (range(s), kind_of(&s.kind))).collect();
    spans.sort_by_key(|(s, _)| s.start);
    let traps = read.traps.iter().filter_map(|s| Some((range(s), trap_of(&s.kind)?))).collect();
    Note { spans, traps, either: read.either.iter().map(range).collect(), text: read.text }
}

/// Text with `[[TYPE:…]]` for an identifier, `{{kind:…}}` for what looks like one, `<<…>>` for either.
fn marked(text: &str) -> Note {
    let mut note = Note { text: String::new(), spans: Vec::new(), traps: Vec::new(), either: Vec::new() };
    let mut rest = text;
    let next = |rest: &str| ["[[", "{{", "<<"].into_iter().filter_map(|m| rest.find(m)).min();
    while let Some(open) = next(rest) {
        note.text.push_str(&rest[..open]);
        let (mark, inside) = rest[open..].split_at(2);
        let close = match mark {
            "[[" => "]]",
            "{{" => "}}",
            _ => ">>",
        };
        let Some((value, behind)) = inside.split_once(close) else {
            rest = inside;
            continue;
        };
        let (kind, value) = if mark == "<<" { ("", value) } else { value.split_once(':').unwrap_or(("", value)) };
        let start = note.text.len();
        note.text.push_str(value);
        match mark {
            "[[" => note.spans.push((start..note.text.len(), kind_of(kind))),
            "{{" => note.traps.extend(trap_of(kind).map(|t| (start..note.text.len(), t))),
            "<<" => note.either.push(start..note.text.len()),
            _ => {}
        }
        rest = behind;
    }
    note.text.push_str(rest);
    note
}

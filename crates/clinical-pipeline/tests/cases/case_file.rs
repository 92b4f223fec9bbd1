//! A case as it stands in its file: prose and fences, in order.

use clinical_pipeline::{Label, Moment};
use std::path::PathBuf;

/// The time of a case that does not give one.
const NOW: &str = "2026-11-21T10:00:00Z";

/// The fences that the machine writes, in the order they stand in a new case.
pub(crate) const MACHINE: [&str; 3] = ["record", "page", "accounting"];

/// The fences that a person writes.
const HAND: [&str; 13] = [
    "must",
    "must page",
    "must text",
    "must html",
    "must json",
    "must-not",
    "must-not page",
    "must-not text",
    "must-not html",
    "must-not json",
    "error",
    "options",
    "known-failure",
];

/// One stretch of a case file.
pub(crate) enum Block {
    /// Prose, with its line ends.
    Prose(String),
    /// A fence: its marks, its words, its body with line ends.
    Fence { marks: String, info: String, body: String },
}

/// One case.
pub(crate) struct Case {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) blocks: Vec<Block>,
    /// What is wrong with the file itself.
    pub(crate) malformed: Vec<String>,
}

impl Case {
    pub(crate) fn parse(path: PathBuf, name: String, text: &str) -> Self {
        let mut blocks = Vec::new();
        let mut lines = text.split_inclusive('\n');
        let mut malformed = Vec::new();
        let mut prose = String::new();
        while let Some(line) = lines.next() {
            let count = line.bytes().take_while(|b| *b == b'`').count();
            if count < 3 {
                prose.push_str(line);
                continue;
            }
            blocks.push(Block::Prose(std::mem::take(&mut prose)));
            let (marks, info) = line.trim_end().split_at(count);
            let mut body = String::new();
            loop {
                match lines.next() {
                    Some(line) if line.trim_end() == marks => break,
                    Some(line) => body.push_str(line),
                    None => {
                        malformed.push(format!("the fence `{info}` has no end"));
                        break;
                    }
                }
            }
            if !(info.ends_with(" input") || HAND.contains(&info) || MACHINE.contains(&info)) {
                malformed.push(format!("there is no fence called `{info}`"));
            }
            blocks.push(Block::Fence { marks: marks.to_owned(), info: info.to_owned(), body });
        }
        blocks.push(Block::Prose(prose));
        let mut case = Self { path, name, blocks, malformed };
        case.look_over();
        case
    }

    /// What every case must have: a title, words of a person, one input, one expectation written by hand.
    fn look_over(&mut self) {
        let prose = match self.blocks.first() {
            Some(Block::Prose(text)) => text.as_str(),
            _ => "",
        };
        let has_title = prose.starts_with("# ");
        let has_point = prose.lines().skip(1).any(|l| l.split_whitespace().count() >= 4);
        let inputs = self.fences().filter(|(info, _)| info.ends_with(" input")).count();
        let by_hand =
            self.fences().any(|(info, body)| (info.starts_with("must") || info == "error") && !body.trim().is_empty());
        for (holds, what) in [
            (has_title, "the first line must be a title (`# …`)"),
            (has_point, "a sentence must say the clinical point"),
            (inputs == 1, "there must be one input fence"),
            (by_hand, "there must be a hand-written `must`, `must-not` or `error` fence"),
        ] {
            if !holds {
                self.malformed.push(what.to_owned());
            }
        }
    }

    pub(crate) fn fences(&self) -> impl Iterator<Item = (&str, &str)> {
        self.blocks.iter().filter_map(|b| match b {
            Block::Fence { info, body, .. } => Some((info.as_str(), body.as_str())),
            Block::Prose(_) => None,
        })
    }

    /// The body of the first fence of this name.
    pub(crate) fn fence(&self, name: &str) -> Option<&str> {
        self.fences().find(|(info, _)| *info == name).map(|(_, body)| body)
    }

    /// The bytes of the input.
    pub(crate) fn input(&self) -> Vec<u8> {
        match self.fences().find(|(info, _)| info.ends_with(" input")) {
            Some(("template input", body)) => crate::input::expand(body),
            Some((_, body)) => body.as_bytes().to_vec(),
            None => Vec::new(),
        }
    }

    fn option(&self, key: &str) -> Option<&str> {
        let lines = self.fence("options")?.lines();
        lines.filter_map(|l| l.split_once('=')).find(|(k, _)| k.trim() == key).map(|(_, v)| v.trim())
    }

    pub(crate) fn now(&self) -> Moment {
        Moment::parse(self.option("now").unwrap_or(NOW)).expect("`now` is a date and time")
    }

    pub(crate) fn label(&self) -> Label {
        let info = self.fences().map(|(info, _)| info).find(|i| i.ends_with(" input")).unwrap_or_default();
        match self.option("label").unwrap_or_else(|| info.trim_end_matches(" input")) {
            "json" | "template" => Label::Json,
            "ndjson" => Label::NdJson,
            "xml" => Label::Xml,
            "text" => Label::Text,
            _ => Label::Unknown,
        }
    }

    /// The file with its machine-written fences replaced; those it lacks stand at the end.
    pub(crate) fn accepted(&self, written: &[(&'static str, String)]) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            match block {
                Block::Prose(text) => out.push_str(text),
                Block::Fence { marks, info, body } => match written.iter().find(|(name, _)| name == info) {
                    Some((_, new)) => fence(info, new, &mut out),
                    None => out.push_str(&format!("{marks}{info}\n{body}{marks}\n")),
                },
            }
        }
        for (name, body) in written.iter().filter(|(name, _)| self.fence(name).is_none()) {
            out.push('\n');
            fence(name, body, &mut out);
        }
        out
    }
}

/// A fence with as many marks as its body needs.
fn fence(info: &str, body: &str, out: &mut String) {
    let longest = body.lines().map(|l| l.bytes().take_while(|b| *b == b'`').count()).max().unwrap_or(0);
    let marks = "`".repeat(longest.max(2) + 1);
    out.push_str(&format!("{marks}{info}\n{body}{marks}\n"));
}

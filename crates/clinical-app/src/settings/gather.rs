//! Every setting as it was found: its text, where it came from, and what is wrong with it by itself.

use super::setting::Setting;
use super::{Given, Mistake, Strings, file, hosts, parse, table};
use clinical_pipeline::Phi;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Where a value came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// Nothing was set.
    Default,
    /// A variable.
    Environment,
    /// A file that a variable names.
    File,
    /// An option of the command.
    CommandLine,
}

impl Origin {
    /// In words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Environment => "environment",
            Self::File => "file",
            Self::CommandLine => "command line",
        }
    }
}

/// A value and where it came from.
#[derive(Debug)]
struct Taken {
    bytes: Phi<Vec<u8>>,
    origin: Origin,
    /// The variable or the option, as it was written.
    said: String,
}

/// All settings. What is wrong by itself is replaced by the default, so that the rest can still be looked at: all
/// mistakes are told at once.
#[derive(Debug)]
pub(super) struct Gathered {
    taken: BTreeMap<&'static str, Taken>,
    mistaken: BTreeSet<&'static str>,
}

impl Gathered {
    /// Nothing set: the defaults.
    pub(super) fn nothing() -> Self {
        let mut gathered = Self { taken: BTreeMap::new(), mistaken: BTreeSet::new() };
        gathered.fill();
        gathered
    }

    /// What is set, and every mistake that a value is by itself.
    pub(super) fn read(from: &dyn Strings, given: &Given) -> (Self, Vec<Mistake>) {
        Self::of(table::settings(), from, given)
    }

    /// The same of one setting, without a look at the others.
    pub(super) fn read_one(name: &str, from: &dyn Strings, given: &Given) -> (Self, Vec<Mistake>) {
        Self::of(table::settings().filter(|setting| setting.name == name), from, given)
    }

    fn of(settings: impl Iterator<Item = &'static Setting>, from: &dyn Strings, given: &Given) -> (Self, Vec<Mistake>) {
        let mut gathered = Self { taken: BTreeMap::new(), mistaken: BTreeSet::new() };
        let mut mistakes = Vec::new();
        for setting in settings {
            let before = mistakes.len();
            let taken = find(setting, from, given, &mut mistakes);
            mistakes.extend(taken.as_ref().and_then(|taken| wrong(setting, taken)));
            if mistakes.len() > before {
                gathered.mistaken.insert(setting.name);
            } else if let Some(taken) = taken {
                gathered.taken.insert(setting.name, taken);
            }
        }
        gathered.fill();
        (gathered, mistakes)
    }

    /// Puts the defaults where nothing is set. Some depend on others; they are texts like all the rest, so that what is
    /// shown is what holds.
    fn fill(&mut self) {
        for setting in table::settings() {
            if let Some(text) = setting.default {
                self.otherwise(setting.name, text);
            }
        }
        self.otherwise("CLINICAL_LOG_LEVEL", if self.flag("CLINICAL_DEBUG") { "DEBUG" } else { "INFO" });
        let host = self.text("CLINICAL_HOST").and_then(parse::allowed_host).unwrap_or_default();
        let mut hosts = hosts::HERE.to_vec();
        // Nobody calls the service by an address that means every address.
        if !["", "0.0.0.0", "[::]"].contains(&host.as_str()) && !hosts.contains(&host.as_str()) {
            hosts.push(&host);
        }
        self.otherwise("CLINICAL_ALLOWED_HOSTS", &hosts.join(","));
        if self.has("OAUTH2_JWT_SECRET") {
            self.otherwise("OAUTH2_JWT_ALG", "HS256");
        }
        if self.has("CLINICAL_AI_API_KEY") {
            self.otherwise("CLINICAL_AI_AUTH", "bearer");
        }
        self.otherwise("CLINICAL_AI_AUTH", "none");
        let has_place = self.has("CLINICAL_LOG_DIR") || self.has("CLINICAL_AUDIT_SINKS");
        let is_development = self.text("CLINICAL_ENVIRONMENT").is_some_and(|e| e.eq_ignore_ascii_case("development"));
        let audits = if has_place || !is_development { "true" } else { "false" };
        self.otherwise("CLINICAL_ENABLE_AUDIT_LOG", audits);
        if self.flag("CLINICAL_ENABLE_AUDIT_LOG") {
            let sink = if self.has("CLINICAL_LOG_DIR") { "file" } else { "stdout" };
            self.otherwise("CLINICAL_AUDIT_SINKS", sink);
        }
    }

    fn otherwise(&mut self, name: &'static str, text: &str) {
        self.taken.entry(name).or_insert_with(|| Taken {
            bytes: Phi::new(text.as_bytes().to_vec()),
            origin: Origin::Default,
            said: name.to_owned(),
        });
    }

    /// Whether there is a value, be it a default.
    pub(super) fn has(&self, name: &str) -> bool {
        self.taken.contains_key(name)
    }

    /// Whether somebody set it.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.origin(name) != Origin::Default
    }

    pub(super) fn is_mistaken(&self, name: &str) -> bool {
        self.mistaken.contains(name)
    }

    pub(super) fn origin(&self, name: &str) -> Origin {
        self.taken.get(name).map_or(Origin::Default, |taken| taken.origin)
    }

    /// How its user calls it: the variable or the option that the value came from. What is in a file is still the
    /// setting, not the path.
    pub(super) fn said<'g>(&'g self, name: &'g str) -> &'g str {
        let Some(taken) = self.taken.get(name) else { return name };
        match taken.origin {
            Origin::File => taken.said.strip_suffix("_FILE").unwrap_or(name),
            _ => &taken.said,
        }
    }

    pub(super) fn bytes(&self, name: &str) -> Option<&Phi<Vec<u8>>> {
        self.taken.get(name).map(|taken| &taken.bytes)
    }

    /// The value without blanks around it. A value that is no text is none.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.bytes(name)?.expose()).ok().map(str::trim)
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.text(name).and_then(parse::yes_no).unwrap_or_default()
    }

    /// A whole number; it was checked against its bounds.
    pub(super) fn number(&self, name: &str) -> u64 {
        self.text(name).and_then(|text| text.parse().ok()).unwrap_or_default()
    }
}

/// The value of a setting, if there is one. The command line goes before the environment, whatever stands there.
fn find(setting: &Setting, from: &dyn Strings, given: &Given, mistakes: &mut Vec<Mistake>) -> Option<Taken> {
    if let Some((option, text)) = given.get(setting.name) {
        let bytes = Phi::new(text.as_bytes().to_vec());
        return Some(Taken { bytes, origin: Origin::CommandLine, said: option.to_owned() });
    }
    let mut found: Option<Taken> = None;
    for name in setting.names() {
        let Some(taken) = under(name, setting, from, mistakes) else { continue };
        match &found {
            None => found = Some(taken),
            Some(first) if first.bytes == taken.bytes => {}
            Some(first) => {
                let must_be = format!("set once: {} is set, too, and differs", first.said);
                mistakes.push(Mistake::new(taken.said, must_be));
            }
        }
    }
    found
}

/// The value under one name, or in the file that `NAME_FILE` names.
fn under(name: &str, setting: &Setting, from: &dyn Strings, mistakes: &mut Vec<Mistake>) -> Option<Taken> {
    let in_file = format!("{name}_FILE");
    let is_blank = |text: &String| text.trim().is_empty();
    let value = from.get(name);
    if setting.needs_text && value.as_ref().is_some_and(is_blank) {
        mistakes.push(Mistake::new(name, setting.kind.must_be()));
        return None;
    }
    let (value, path) = (value.filter(|v| !is_blank(v)), from.get(&in_file).filter(|p| !is_blank(p)));
    match (value, path) {
        (None, None) => None,
        (Some(_), Some(_)) => {
            mistakes.push(Mistake::new(name, "set once, with _FILE or without"));
            None
        }
        (Some(text), None) => {
            Some(Taken { bytes: Phi::new(text.into_bytes()), origin: Origin::Environment, said: name.to_owned() })
        }
        (None, Some(path)) => {
            let Some(bytes) = file::ordinary(Path::new(&path)) else {
                let must_be = format!("the path of a file that can be read and holds {}", setting.kind.must_be());
                mistakes.push(Mistake::new(in_file, must_be));
                return None;
            };
            Some(Taken { bytes, origin: Origin::File, said: in_file })
        }
    }
}

/// What is wrong with a value by itself.
fn wrong(setting: &Setting, taken: &Taken) -> Option<Mistake> {
    if setting.kind.admits(taken.bytes.expose()) {
        return None;
    }
    let must_be = setting.kind.must_be();
    Some(match taken.origin {
        Origin::File => Mistake::new(&taken.said, format!("the path of a file that holds {must_be}")),
        _ => Mistake::new(&taken.said, must_be),
    })
}

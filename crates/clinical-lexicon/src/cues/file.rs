//! A data file of cues.

use super::{Cue, CueRule, Cues, WordList};
use crate::cues::pattern::Pattern;
use crate::{Error, names};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A file under `data/<language>/notes/`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CueFile {
    /// Words that patterns name together.
    classes: BTreeMap<String, Vec<String>>,
    /// Words that are asked one by one.
    lists: BTreeMap<WordList, Vec<String>>,
    rule: Vec<Spanned<Rule>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    means: Cue,
    /// It counts in every section, and not only where plans and judgements stand.
    #[serde(default)]
    strong: bool,
    any: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    matches: Vec<String>,
    never: Vec<String>,
}

impl CueFile {
    pub(super) fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let mut file: Self = toml::from_str(text).map_err(|e| Error::Toml {
            file: name.to_owned(),
            line: e.span().map_or(0, |s| names::line(text, s.start)),
            message: e.message().to_owned(),
        })?;
        // From here on the span holds the line.
        file.rule = file
            .rule
            .into_iter()
            .map(|r| {
                let line = names::line(text, r.span().start);
                Spanned::new(line..line, r.into_inner())
            })
            .collect();
        Ok(file)
    }
}

impl Cues {
    pub(super) fn take(&mut self, name: &str, file: CueFile) -> Result<(), Error> {
        for (list, words) in &file.lists {
            for word in words {
                let number = usize::from(self.words.add(word));
                if self.lists.len() <= number {
                    self.lists.resize(number + 1, 0);
                }
                if let Some(bits) = self.lists.get_mut(number) {
                    *bits |= 1 << *list as u32;
                }
            }
        }
        for rule in file.rule {
            let line = rule.span().start;
            let rule = rule.into_inner();
            let number = u16::try_from(self.rules.len()).unwrap_or(u16::MAX);
            let all = rule.any.iter().map(|p| (p, false)).chain(rule.unless.iter().map(|p| (p, true)));
            for (pattern, is_exception) in all {
                let read = Pattern::read(pattern, (number, is_exception), &file.classes, &mut self.words);
                self.patterns.extend(read.map_err(|message| Error::Toml { file: name.to_owned(), line, message })?);
            }
            self.rules.push(CueRule {
                means: rule.means,
                strong: rule.strong,
                matches: rule.matches,
                never: rule.never,
            });
        }
        Ok(())
    }
}

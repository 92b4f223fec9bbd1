//! Value sets: those that a binding uses, each written once.

use crate::{Result, byhand, field, text};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

/// The value sets in the order of their first use.
pub struct Sets<'v> {
    known: HashMap<&'v str, &'v Vec<Value>>,
    used: Vec<Used<'v>>,
    index: HashMap<String, usize>,
}

enum Used<'v> {
    Codes(String, &'v Vec<Value>),
    ByHand(&'static byhand::Set),
}

impl<'v> Sets<'v> {
    /// The sets of the pack of terminology, without the left-overs of another release.
    pub fn new(terminology: &'v Value) -> Result<Self> {
        let mut known = HashMap::new();
        for pair in terminology.as_array().ok_or("the terminology is not an array")? {
            let url = pair.get(0).and_then(Value::as_str).ok_or("a value set without url")?;
            let codes = pair.get(1).and_then(Value::as_array).ok_or("a value set without codes")?;
            if !url.contains('|') {
                known.insert(url, codes);
            }
        }
        Ok(Self { known, used: Vec::new(), index: HashMap::new() })
    }

    /// `b` and the number of the set with `r` (required), `e` (extensible) or `m` (preferred, with a maximum that is
    /// required), or nothing where the binding cannot be checked.
    pub fn binding(&mut self, element: &Value) -> Option<String> {
        let binding = element.get("binding")?;
        let full = text(binding, "valueSet");
        let url = full.split_once('|').map_or(full, |(url, _)| url);
        let strength = match text(binding, "strength") {
            "required" if byhand::GROWING.contains(&url) => 'e',
            "required" => 'r',
            "extensible" => 'e',
            // The maximum value set of `languages` is every language of BCP 47 (an extension of the binding in the
            // definitions, which the pack leaves out).
            "preferred" if url == byhand::LANGUAGES => 'r',
            _ => return None,
        };
        let number = match self.index.get(url) {
            Some(number) => *number,
            None => {
                let used = match (byhand::SETS.iter().find(|set| set.url == url), self.known.get(url)) {
                    (Some(set), _) => Used::ByHand(set),
                    (None, Some(codes)) => Used::Codes(url.to_owned(), codes),
                    (None, None) => {
                        if strength == 'r' {
                            eprintln!("a required set is not known: {url}");
                        }
                        return None;
                    }
                };
                self.used.push(used);
                self.index.insert(url.to_owned(), self.used.len() - 1);
                self.used.len() - 1
            }
        };
        Some(format!("b{number}{strength}"))
    }

    /// `V`, url, then `s` lines with a system and its codes; or a rule's name after `@`.
    pub fn write(&self, out: &mut String) -> Result<()> {
        for used in &self.used {
            match used {
                Used::ByHand(set) => {
                    writeln!(out, "V\t{}\t{}", set.url, set.rule)?;
                    for (system, codes) in set.systems {
                        writeln!(out, "s\t{system}\t{}", codes.split_whitespace().collect::<Vec<_>>().join("\t"))?;
                    }
                }
                Used::Codes(url, codes) => {
                    writeln!(out, "V\t{}\t", field(url)?)?;
                    let mut systems: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
                    for pair in *codes {
                        let system = pair.get(0).and_then(Value::as_str).unwrap_or_default();
                        let code = pair.get(1).and_then(Value::as_str).ok_or("a code that is not a string")?;
                        systems.entry(field(system)?).or_default().push(field(code)?);
                    }
                    for (system, mut codes) in systems {
                        codes.sort_unstable();
                        codes.dedup();
                        writeln!(out, "s\t{system}\t{}", codes.join("\t"))?;
                    }
                }
            }
        }
        Ok(())
    }
}

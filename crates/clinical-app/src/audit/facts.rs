//! What a checkpoint says, read back from its line.

use super::event::Why;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The numbers and words of a checkpoint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Facts<'l> {
    /// Why it was written; nothing for a word that we do not know.
    pub(super) why: Option<Why>,
    details: BTreeMap<Cow<'l, str>, Cow<'l, str>>,
}

#[derive(Deserialize)]
struct Event<'l> {
    #[serde(borrow)]
    subtype: Vec<Code<'l>>,
    #[serde(borrow)]
    entity: Vec<Entity<'l>>,
}

#[derive(Deserialize)]
struct Code<'l> {
    #[serde(borrow)]
    system: Cow<'l, str>,
    #[serde(borrow)]
    code: Cow<'l, str>,
}

#[derive(Deserialize)]
struct Entity<'l> {
    #[serde(borrow)]
    detail: Vec<Detail<'l>>,
}

#[derive(Deserialize)]
struct Detail<'l> {
    #[serde(borrow, rename = "type")]
    name: Cow<'l, str>,
    #[serde(borrow, rename = "valueString")]
    value: Cow<'l, str>,
}

impl<'l> Facts<'l> {
    /// Reads a line. Nothing if it is no checkpoint.
    pub(super) fn read(line: &'l [u8]) -> Option<Self> {
        let event: Event<'l> = serde_json::from_slice(line).ok()?;
        let code = event.subtype.iter().find(|code| code.system == "urn:x-clinical-notes:checkpoint")?;
        let why = Why::from_str(&code.code);
        let details = event.entity.into_iter().flat_map(|entity| entity.detail).map(|d| (d.name, d.value)).collect();
        Some(Self { why, details })
    }

    /// The value under a name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.details.get(name).map(AsRef::as_ref)
    }

    /// The number under a name.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }
}

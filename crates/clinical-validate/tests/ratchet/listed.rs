//! The list of disagreements.

use std::collections::BTreeSet;

/// One of the list.
pub(crate) struct Entry {
    pub(crate) file: String,
    /// What differs: `missed`, `false alarm`, or the place that the reference names.
    pub(crate) what: String,
}

/// The entries of a kind. Each has a reason.
fn entries(kind: &str) -> Vec<Entry> {
    let list: toml::Table = include_str!("../reference_disagreements.toml").parse().unwrap();
    let Some(entries) = list.get(kind).and_then(toml::Value::as_array) else { return Vec::new() };
    let mut out = Vec::new();
    for entry in entries {
        let text = |name: &str| entry.get(name).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        assert!(text("reason").len() > 10, "{kind} without a reason: {entry:?}");
        let files = entry.get("files").and_then(toml::Value::as_array);
        let files = files.map_or_else(
            || vec![text("file")],
            |f| f.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect(),
        );
        out.extend(files.into_iter().map(|file| Entry { file, what: text("what") }));
    }
    out
}

/// Fails where what was found is not what is listed.
pub(crate) fn same(kind: &str, found: &BTreeSet<String>, name: impl Fn(&Entry) -> String) {
    let listed: BTreeSet<String> = entries(kind).iter().map(name).collect();
    let new: Vec<_> = found.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(found).collect();
    assert!(new.is_empty() && gone.is_empty(), "{kind}: not listed {new:#?}\nlisted and gone {gone:#?}");
}

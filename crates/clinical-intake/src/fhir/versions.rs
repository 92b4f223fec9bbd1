//! Entries that are one resource: its versions in a history, or copies of it in nested Bundles.

use super::elements::member;
use super::entries::Row;
use clinical_json::Node;
use clinical_model::{Moment, Verbatim};
use std::collections::HashMap;

/// With how many entries of one id a further one is compared, so that a document full of one id costs no more.
const NEAR: usize = 16;

/// Marks every entry of which a newer version, or a copy that stands before it, is another entry. Two entries are
/// one resource where they have the same kind and id and, where both have one, the same full URL. Where neither says
/// which is newer and they differ, both stay: nobody can tell which of them counts.
pub(crate) fn supersede(rows: &mut [Row<'_, '_>]) {
    let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
    for index in 0..rows.len() {
        let Some(resource) = rows[index].resource else { continue };
        let (Some(kind), Some(id)) = (member(resource, "resourceType"), member(resource, "id")) else { continue };
        let same = seen.entry(format!("{}/{}", kind.text(), id.text())).or_default();
        let start = same.len().saturating_sub(NEAR);
        for earlier in &mut same[start..] {
            if !is_one(&rows[*earlier], &rows[index]) {
                continue;
            }
            match newer(&rows[*earlier], &rows[index]) {
                Some(false) => rows[index].superseded = true,
                Some(true) => {
                    rows[*earlier].superseded = true;
                    *earlier = index;
                }
                None => {}
            }
        }
        if !rows[index].superseded && !same.contains(&index) {
            same.push(index);
        }
    }
}

fn is_one(a: &Row<'_, '_>, b: &Row<'_, '_>) -> bool {
    let url = |row: &Row<'_, '_>| row.full_url.and_then(Node::as_str).map(std::borrow::Cow::into_owned);
    match (url(a), url(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// Whether the second is the newer one; `None` where the record does not say and they differ.
fn newer(first: &Row<'_, '_>, second: &Row<'_, '_>) -> Option<bool> {
    let (Some(first), Some(second)) = (first.resource, second.resource) else { return None };
    if first.raw() == second.raw() {
        return Some(false);
    }
    let meta = |node: Node<'_, '_>, name: &str| node.get("meta").and_then(|m| member(m, name)).map(owned);
    let time = |node| meta(node, "lastUpdated").and_then(|t| Moment::parse(&t)).map(|m| m.order());
    let version = |node| meta(node, "versionId").and_then(|v| v.parse::<u64>().ok());
    match (version(first), version(second)) {
        (Some(a), Some(b)) if a != b => return Some(b > a),
        _ => {}
    }
    match (time(first), time(second)) {
        (Some(a), Some(b)) if a != b => Some(b > a),
        _ => None,
    }
}

fn owned(text: Verbatim<'_>) -> String {
    text.text().to_owned()
}

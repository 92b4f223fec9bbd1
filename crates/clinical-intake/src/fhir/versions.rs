//! Entries that are one resource: its versions in a history, or copies of it in nested Bundles.

use super::elements::member;
use super::entries::Row;
use clinical_json::Node;
use clinical_model::Moment;

/// With how many entries of one id a further one is compared, so that a document full of one id costs no more.
const NEAR: usize = 16;

/// Marks every entry of which a newer version, or a copy that stands before it, is another entry. `same` are the
/// entries of one kind and id, in order. Two of them are one resource where, if both have a full URL, it is the same.
/// Where neither says which is newer and they differ, both stay: nobody can tell which of them counts.
pub(crate) fn supersede(rows: &mut [Row<'_, '_>], same: &[usize]) {
    // What was deleted takes its older versions with it. A version that says it is newer was made again afterwards.
    let deletions: Vec<usize> = same.iter().copied().filter(|i| rows[*i].deleted).take(NEAR).collect();
    for deleted in deletions {
        for index in same.iter().copied() {
            let row = &rows[index];
            // Histories list the newest first; that counts where nothing else tells.
            let is_later = || newer(&rows[deleted], row).unwrap_or(index < deleted);
            if row.resource.is_some() && is_one(&rows[deleted], row) && !is_later() {
                rows[index].deleted = true;
            }
        }
    }
    let mut seen: Vec<usize> = Vec::new();
    for index in same.iter().copied() {
        if rows[index].deleted || rows[index].resource.is_none() {
            continue;
        }
        let start = seen.len().saturating_sub(NEAR);
        let mut stands_in = false;
        for earlier in &mut seen[start..] {
            if !is_one(&rows[*earlier], &rows[index]) {
                continue;
            }
            match newer(&rows[*earlier], &rows[index]) {
                Some(false) => rows[index].superseded = true,
                Some(true) => {
                    rows[*earlier].superseded = true;
                    *earlier = index;
                    stands_in = true;
                }
                None => {}
            }
        }
        if !rows[index].superseded && !stands_in {
            seen.push(index);
        }
    }
}

fn is_one(a: &Row<'_, '_>, b: &Row<'_, '_>) -> bool {
    match (a.full_url.and_then(Node::as_str), b.full_url.and_then(Node::as_str)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// Whether the second is the newer one; `None` where the record does not say and they differ.
fn newer(first: &Row<'_, '_>, second: &Row<'_, '_>) -> Option<bool> {
    if let (Some(first), Some(second)) = (first.resource, second.resource)
        && first.raw() == second.raw()
    {
        return Some(false);
    }
    match (version(first), version(second)) {
        (Some(a), Some(b)) if a != b => return Some(b > a),
        _ => {}
    }
    match (time(first), time(second)) {
        (Some(a), Some(b)) if a != b => Some(b > a),
        _ => None,
    }
}

/// The number of a version: of the resource's `meta`, else of the answer's `etag` (`W/"3"`).
fn version(row: &Row<'_, '_>) -> Option<u64> {
    let number = |text: &str| text.trim_start_matches("W/").trim_matches('"').parse().ok();
    match row.resource {
        Some(resource) => member(resource.get("meta")?, "versionId").and_then(|v| number(v.text())),
        None => member(row.node.get("response")?, "etag").and_then(|v| number(v.text())),
    }
}

/// When a version was made.
fn time(row: &Row<'_, '_>) -> Option<i64> {
    let said = match row.resource {
        Some(resource) => member(resource.get("meta")?, "lastUpdated"),
        None => member(row.node.get("response")?, "lastModified"),
    };
    Moment::parse(said?.text()).map(|m| m.order())
}

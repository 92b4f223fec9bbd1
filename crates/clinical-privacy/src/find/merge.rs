//! Many finds of many families, put in order.

use super::known::Known;
use crate::kind::{Identifier, Kind};

/// Sorted, apart, trimmed of spaces; where two finds overlap they become one, of the kind of the longer (of the earlier
/// letter of the rule where both are as long). What the allow list holds is left out.
pub(super) fn merge(text: &str, mut found: Vec<Identifier>, known: &Known) -> Vec<Identifier> {
    for one in &mut found {
        let inside = text.get(one.start..one.end).unwrap_or("");
        let trimmed = inside.trim_start();
        one.start += inside.len() - trimmed.len();
        one.end = one.start + trimmed.trim_end().len();
    }
    found.retain(|one| one.end > one.start && !known.allows(&text[one.start..one.end]));
    found.sort_by_key(|one| (one.start, std::cmp::Reverse(one.end), one.kind, one.reason));
    let mut merged: Vec<Identifier> = Vec::with_capacity(found.len());
    let mut longest = 0;
    for one in found {
        match merged.last_mut() {
            Some(last) if one.start < last.end => {
                let (end, length) = (last.end.max(one.end), one.end - one.start);
                if length > longest {
                    (last.kind, last.reason, longest) = (one.kind, one.reason, length);
                }
                last.end = end;
            }
            // Two pieces of one name with only a space between them are one identifier.
            Some(last)
                if last.kind == one.kind
                    && one.kind == Kind::Name
                    && text[last.end..one.start].chars().all(|c| c == ' ' || c == '\u{a0}') =>
            {
                last.end = one.end;
                longest = last.end - last.start;
            }
            _ => {
                longest = one.end - one.start;
                merged.push(one);
            }
        }
    }
    merged
}

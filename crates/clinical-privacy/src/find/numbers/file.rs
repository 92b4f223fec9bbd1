//! Names of files: a face photograph's name often holds the person's ("patient-smith.jpg"), and a scan's is unique.

use super::cue::cue_at;
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Cue};

/// Reads a file name around the full stop at `at`.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, at: usize) {
    let Some(ending) = page.get(at + 1).filter(|t| t.gap == Gap::None && t.flags.is(Class::Cue)) else { return };
    let Some(stop) = page.get(at).filter(|t| t.gap == Gap::None) else { return };
    let kind = match cue_at(page, at + 1).map(|f| f.cue) {
        Some(Cue::Picture) => Kind::Photo,
        Some(Cue::File) => Kind::Other,
        _ => return,
    };
    // "…was raw.Doc was told": a sentence end with no space before a capital.
    if ending.form == Form::Title || stop.start == 0 {
        return;
    }
    let mut first = at;
    for _ in 0..24 {
        let Some(before) = page.before(first) else { break };
        let joined = page.get(first).is_some_and(|t| t.gap == Gap::None);
        let sign = before.form == Form::Sign
            && (before.is_dash()
                || matches!(
                    char::from_u32(before.key as u32),
                    Some('_' | '.' | '/' | '\\' | '~' | '%' | '+' | '&' | '#')
                ));
        if !joined || !(sign || before.form != Form::Sign && before.form != Form::Possessive) {
            // "photo (2).jpg" and the like end here: the brackets hold no name.
            break;
        }
        first -= 1;
    }
    while first < at && page.get(first).is_some_and(|t| t.form == Form::Sign) {
        first += 1;
    }
    if first < at && page.get(at + 2).is_none_or(|t| t.gap != Gap::None || t.form == Form::Sign) {
        marks.add(page, first, at + 2, kind, Reason::Pattern);
    }
}

//! What staff gave once, told from what the patient is to take: nobody must read "inject into a muscle" of a shot that
//! is over.

use super::cues::Heard;
use crate::note::sig::Read;
use crate::note::sig::reader::Reader;
use clinical_lexicon::{Said, SigList};
use clinical_model::{AsNeeded, Dosage, Timing};
use std::ops::Range;

/// How far behind a name the words are looked for, in atoms.
const REACH: usize = 16;

/// What is said of a medicine, where the words behind it say that it was given. Directions that say how often make
/// "given" one of their words ("5 mL given twice a day"); where they were not understood, nobody can tell, and it is
/// only something that was.
pub(super) fn said(heard: Option<&Heard>, read: Option<&Read<'_>>, name: &Range<usize>) -> Option<Said> {
    let heard = heard?;
    if heard.said != Said::Given || heard.atoms.start < name.end {
        return Some(heard.said);
    }
    match read {
        Some(read) if read.dosages.iter().any(goes_on) => None,
        Some(read) if !read.understood => Some(Said::Past),
        // "Chantix given" may be a prescription.
        None if heard.atoms.len() == 1 => Some(Said::Past),
        _ => Some(Said::Given),
    }
}

/// Whether an order looks like one dose of the visit: a way that only staff gives, or a place where staff is, and
/// nothing says how often. Verbs of an order say that it is to be taken; "will give" may be staff's.
pub(super) fn perhaps_given(
    reader: &Reader<'_>,
    heard: Option<&Heard>,
    read: Option<&Read<'_>>,
    behind: Range<usize>,
) -> bool {
    let gives = |h: &Heard| (h.atoms.start..h.atoms.end).any(|i| reader.of_list(i, SigList::StaffVerbs).is_some());
    let Some(read) = read.filter(|r| !r.dosages.iter().any(goes_on)) else { return false };
    if heard.is_some_and(|h| !gives(h)) {
        return false;
    }
    let ends = |i: usize| reader.is_mark(i, ';') || reader.is_mark(i, '.');
    let (mut route, mut place, mut once) = (false, false, false);
    for at in (behind.start..behind.end.min(behind.start + REACH)).take_while(|i| !ends(*i)) {
        route |= reader.of_list(at, SigList::StaffRoutes).is_some();
        place |= reader.of_list(at, SigList::StaffPlaces).is_some();
        once |= reader.of_list(at, SigList::OneTime).is_some();
    }
    (route || place) && (read.understood || once)
}

/// Whether directions say that it is taken again, or when it is needed.
fn goes_on(dosage: &Dosage<'_>) -> bool {
    let once = |t: &Timing<'_>| Timing { count: None, ..t.clone() } == Timing::default();
    dosage.as_needed != AsNeeded::Unstated || dosage.timing.as_ref().is_some_and(|t| !once(t))
}

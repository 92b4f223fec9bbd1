//! Practices that a landmark names: "Old Mill Cardiology", "ELM CREEK OB", "Stone Bridge Peds". A landmark is a word of
//! the country behind a word of its own; a speciality stands behind both. "Chest Wall Cardiology" is none.

use super::heads::opens;
use super::words::{STOPS, follows, is_capital, is_generic, is_key, is_led_by, is_usual, key};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Gap, Page, Token};
use crate::words::Class;

/// Words of the country that end the name of a place and are no part of a body.
const LANDMARKS: [u64; 51] = [
    key("mill"),
    key("mills"),
    key("creek"),
    key("hill"),
    key("hills"),
    key("ridge"),
    key("valley"),
    key("lake"),
    key("lakes"),
    key("river"),
    key("rivers"),
    key("bridge"),
    key("hollow"),
    key("grove"),
    key("brook"),
    key("harbor"),
    key("harbour"),
    key("bay"),
    key("cove"),
    key("falls"),
    key("meadow"),
    key("meadows"),
    key("woods"),
    key("forest"),
    key("glen"),
    key("oak"),
    key("oaks"),
    key("pine"),
    key("pines"),
    key("park"),
    key("field"),
    key("fields"),
    key("bluff"),
    key("canyon"),
    key("mesa"),
    key("prairie"),
    key("island"),
    key("shore"),
    key("shores"),
    key("beach"),
    key("summit"),
    key("landing"),
    key("crossing"),
    key("springs"),
    key("orchard"),
    key("haven"),
    key("desert"),
    key("rock"),
    key("pond"),
    key("street"),
    key("avenue"),
];

/// What the landmark is often called by, and lists take for a sort or a number: "OLD MILL", "STONE BRIDGE", "THREE PINES".
const FIRSTS: [u64; 13] = [
    key("old"),
    key("new"),
    key("stone"),
    key("north"),
    key("south"),
    key("east"),
    key("west"),
    key("red"),
    key("two"),
    key("three"),
    key("four"),
    key("five"),
    key("seven"),
];

/// May a practice of that sort stand at the word, for what stands before it?
#[inline]
pub(super) fn is_candidate(page: &Page<'_>, at: usize, token: &Token) -> bool {
    token.flags.is(Class::Specialty) && token.gap == Gap::Space && page.before(at).is_some_and(is_landmark)
}

fn is_landmark(token: &Token) -> bool {
    token.is_word() && LANDMARKS.contains(&token.key)
}

/// May the word before the landmark be its own: no word of medicine, of people or of sorts of places?
fn own_word(page: &Page<'_>, first: usize, own: &Token, usual: bool) -> bool {
    !own.flags.is_medical()
        && !own.flags.is_any(STOPS | Class::Heading.bit() | Class::Anatomy.bit())
        && (usual && page.capital_tells(first) || !is_generic(own.flags))
}

/// Marks the practice whose speciality stands at `at`.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const MORE: u64 = Class::Specialty.bit() | Class::FacilityHead.bit() | Class::CompanySuffix.bit();
    let usual = is_usual(page, at);
    let written = |i: usize| page.get(i).is_some_and(|t| t.is_word() && (!usual || is_capital(t)));
    let landmark = at.checked_sub(1)?;
    let first = landmark.checked_sub(1)?;
    let own = page.get(first)?;
    let known = own.is_word() && FIRSTS.contains(&own.key);
    let named = written(first) && own.len() > 2 && (known || own_word(page, first, own, usual));
    let fits = written(at) && written(landmark) && page.get(landmark).is_some_and(|t| follows(t) && t.gap > Gap::None);
    // Where capitals say nothing, "of a heart valley cardiology" must begin somewhere.
    let led = usual || opens(page, first) || is_led_by(page, first, &super::facilities::LEADS);
    if !named || !fits || !led || (first..=at).any(|i| marks.is_shielded(i)) {
        return None;
    }
    let mut end = at + 1;
    while end < at + 4
        && written(end)
        && page.get(end).is_some_and(|t| t.gap == Gap::Space && t.flags.is_any(MORE))
        && !page.is_sign(end + 1, ':')
    {
        end += 1;
    }
    // "Old Mill Cardiology: seen today" is a heading's line, and still a name.
    let first =
        first - usize::from(usual && first > 0 && is_key(page, first - 1, super::words::THE) && written(first - 1));
    marks.add(page, first, end, Kind::Facility, Reason::Pattern);
    Some(end)
}

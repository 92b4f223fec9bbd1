//! Streets that need no house number, post-office boxes, rural routes and highways.

use super::foreign::foreign;
use super::routes::{OWNERS, highway};
use super::streets::{BARRED, ON, close, is_nth, suffix};
use super::suffixes::is_suffix;
use super::words::{AND, AT, FOR, OF, ST, follows, is_capital, is_key, is_led_by, is_namelike, is_rare, is_usual, key};
use crate::find::marks::Marks;
use crate::kind::Kind;
use crate::read::{Form, Gap, Page};
use crate::words::Class;

pub(super) const POB: u64 = key("pob");

pub(super) const BOX: u64 = key("box");

pub(super) const CORNER: u64 = key("corner");

pub(super) const INTERSECTION: u64 = key("intersection");

pub(super) const INTERSTATE: u64 = key("interstate");

/// A plain word that may name a street where casing says nothing.
fn is_plain(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| {
        t.len() > 2
            && !t.flags.is_any(super::words::STOPS)
            && !t.flags.is_medical()
            && !t.flags.is(Class::GenericPlace)
            && !super::words::is_verbal(page.word(at))
    })
}

/// Suffixes that are no other word, so that a name before one is a street without more proof.
pub(super) const FULL: [u64; 14] = [
    key("pike"),
    key("street"),
    key("avenue"),
    key("boulevard"),
    key("blvd"),
    key("ave"),
    key("road"),
    key("rd"),
    key("lane"),
    key("parkway"),
    key("turnpike"),
    key("expressway"),
    key("wynd"),
    key("mews"),
];

/// Suffixes that are other words too: "on Cherry Court", "off Linden Way".
const FULL_BEHIND_ON: [u64; 10] = [
    key("drive"),
    key("court"),
    key("way"),
    key("place"),
    key("circle"),
    key("terrace"),
    key("trail"),
    key("st"),
    key("ln"),
    key("highway"),
];

/// What often stands in front of a road's name.
const ADJECTIVES: [u64; 7] =
    [key("main"), key("old"), key("new"), key("upper"), key("lower"), key("little"), key("big")];

/// Suffixes that end an address of a number word.
const SITES: [u64; 5] = [key("plaza"), key("center"), key("park"), key("tower"), key("row")];

/// Houses that stand before their street: "Corn Crake Cottage, Mill Lane".
const HOUSES: [u64; 8] =
    [key("cottage"), key("house"), key("lodge"), key("farm"), key("barn"), key("manor"), key("villa"), key("hall")];

/// The first token of the house whose name stands before the comma before `first`.
fn housed(page: &Page<'_>, marks: &Marks, first: usize) -> usize {
    if first < 3
        || !page.is_sign(first - 1, ',')
        || !page.get(first - 2).is_some_and(|t| HOUSES.contains(&t.key) && is_capital(t))
        || !is_usual(page, first)
    {
        return first;
    }
    let mut i = first - 2;
    while i > 0
        && first - i < 6
        && marks.is_free(i - 1)
        && page.get(i).is_some_and(follows)
        && page.get(i - 1).is_some_and(|t| t.is_word() && is_capital(t) && !t.flags.is(Class::Function))
    {
        i -= 1;
    }
    if i < first - 2 { i } else { first }
}

/// A street with neither house number nor digits: "lives on Maple Street", "One Elm Plaza", "Calle Ocho".
pub(super) fn worded(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let usual = is_usual(page, at);
    if token.flags.is(Class::NumberWord) {
        if !usual || token.form != Form::Title {
            return None;
        }
        let found = suffix(page, at + 1)?;
        // "One Embarcadero Plaza"; but "Two Rivers" is a town, "Five Points" a crossing.
        let led = is_led_by(page, at, &[AT, OF, key("to"), key("near")]) || page.is_sign(at.wrapping_sub(1), ':');
        let plaza = found.end > at + 2 && led && page.get(found.end - 1).is_some_and(|t| SITES.contains(&t.key));
        return (found.strong || plaza).then(|| close(page, marks, at, found.end));
    }
    let mut at_owner = at;
    while at_owner > 0
        && at - at_owner < 2
        && page.get(at_owner).is_some_and(|t| t.gap <= Gap::Space)
        && is_led_by(page, at_owner, &OWNERS)
    {
        at_owner -= 1;
    }
    if let Some(end) = highway(page, at_owner) {
        let at = at_owner;
        let wanted = [ON, key("off"), AT, key("near"), key("along"), OF];
        if at > 0
            && (wanted.iter().any(|k| is_key(page, at - 1, *k))
                || page.is_sign(at - 1, ':')
                || at > 1 && is_key(page, at - 1, AND) && marks.kind_at(at - 2) == Some(Kind::Street))
            && (!usual || is_capital(token))
        {
            return Some(close(page, marks, at, end));
        }
    }
    let suffix_of_before =
        token.flags.is(Class::StreetSuffix) && page.before(at).is_some_and(|t| is_capital(t) && t.is_word());
    if token.flags.is(Class::RoadFirst)
        && usual
        && is_capital(token)
        && !suffix_of_before
        && let Some(end) = foreign(page, at, false)
    {
        return Some(close(page, marks, at, end));
    }
    if !token.flags.is(Class::RoadWord) {
        return None;
    }
    let coded = page.is_sign(at + 1, ',') && super::address::zip(page, at + 2).is_some();
    let full = FULL.contains(&token.key);
    if !full && !coded && !FULL_BEHIND_ON.contains(&token.key) || (usual && !is_capital(token)) {
        return None;
    }
    // To the left: at most four words of a name.
    let mut first = at;
    let mut rare = false;
    while first > 0 && at - first < 4 {
        let Some(word) = page.before(first) else { break };
        if !page.get(first).is_some_and(follows) || marks.is_shielded(first - 1) {
            break;
        }
        let f = word.flags;
        let barred = f.is_any(Class::Function.bit() | Class::Title.bit() | Class::Credential.bit() | BARRED);
        let fine = word.is_word()
            && (!barred || f.is(Class::Direction))
            && (if usual {
                is_capital(word)
            } else {
                is_namelike(word)
                    || f.is_any(Class::Direction.bit() | Class::StreetSuffix.bit())
                    || is_plain(page, first - 1)
            });
        let nth = is_nth(page, first - 1) || !usual && ADJECTIVES.contains(&word.key);
        let stop = word.is_sign('.')
            && first >= 2
            && page.get(first - 2).is_some_and(|t| t.flags.is(Class::Direction) || t.key == ST);
        // "Ware-Hadham Road": what the hyphen joins.
        let joined = word.is_dash()
            && word.gap == Gap::None
            && page.get(first).is_some_and(|t| t.gap == Gap::None)
            && first >= 2
            && page.get(first - 2).is_some_and(|t| t.is_word() && (is_capital(t) || !usual) && t.len() > 1);
        if joined {
            first -= 2;
            rare = true;
            continue;
        }
        if !fine && !nth && !stop {
            break;
        }
        rare |= nth || is_namelike(word) || usual;
        first -= 1;
    }
    // "fell on quarry rd": a plain word is a street's name only behind such a word.
    let road = [ON, key("off"), key("along"), key("near"), key("down")];
    let flat = super::address::unit_before(page, first) < first;
    rare |= flat
        || first < at
            && is_led_by(page, first, &road)
            && !is_led_by(page, at, &[key("other"), key("right"), key("left")]);
    while first < at
        && page.get(first).is_some_and(|t| {
            t.form == Form::Sign || usual && page.opens_sentence(first) && t.flags.word() >= 2 && !is_namelike(t)
        })
    {
        first += 1;
    }
    if first == at || !rare {
        return None;
    }
    let led = first > 0
        && [ON, AT, OF, FOR, AND, key("to"), key("from"), key("near"), key("off"), key("along"), key("down")]
            .iter()
            .any(|k| is_key(page, first - 1, *k));
    let road = [ON, key("off"), key("along"), key("near")].iter().any(|k| first > 0 && is_key(page, first - 1, *k));
    // "on main st,": "ST elevation" has no sign behind.
    let ends = page.get(at + 1).is_none_or(|t| t.form == Form::Sign && !t.is_dash() || t.gap >= Gap::Line);
    let cornered = super::crossings::second(page, at + 1).is_some();
    let surely = match (usual, full) {
        _ if flat => true,
        (true, true) => led || page.capital_tells(first) || page.is_sign(first.wrapping_sub(1), ':'),
        (true, false) => road && page.get(at - 1).is_some_and(|t| !t.flags.is_medical()),
        // "EAST QUAY HOSPITAL, HARBOUR CRESCENT, TR18 9ZZ"
        _ if coded => true,
        // "MOTHERHOUSE OF THE SISTERS, ORCHARD HILL ROAD."
        (false, true) => {
            road || led && page.get(first).is_some_and(is_rare)
                || ends && at - first > 1 && page.is_sign(first.wrapping_sub(1), ',')
        }
        (false, false) => {
            road && (token.key != ST || ends || cornered)
                && (cornered || page.get(at - 1).is_some_and(|t| is_rare(t) || t.key == key("main")))
        }
    };
    if !surely || !is_suffix(page, at, usual) || (first..=at).any(|i| marks.is_shielded(i)) {
        return None;
    }
    Some(close(page, marks, housed(page, marks, first), at + 1))
}

/// "P.O. Box 123", "RR 2 Box 14", "PSC 1234 Box 567", "HC 61 Box 12": `at` is "Box".
pub(super) fn boxes(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const RURAL: [u64; 9] =
        [key("rr"), key("hc"), key("rfd"), key("psc"), key("cmr"), key("unit"), key("route"), key("rte"), key("rt")];
    const STAR: u64 = key("star");
    if page.get(at)?.key == POB {
        let end = boxed(page, at + 1).or_else(|| boxed_number(page, at + 1))?;
        return Some(close(page, marks, at, end));
    }
    let end = boxed(page, at)?;
    let sign =
        |i: usize| page.get(i).is_some_and(|t| t.is_sign('.') || t.is_sign(',') || t.is_sign('#') || t.is_sign('\''));
    // Back over a full stop or comma to "O", "Office", "PO" or the number of a route.
    let back = |from: usize| (from.saturating_sub(2)..from).rev().find(|i| !sign(*i));
    let before = back(at)?;
    if is_word_of(page, before, &[key("po"), key("pob")]) {
        return Some(close(page, marks, before, end));
    }
    if is_word_of(page, before, &[key("o"), key("office")]) {
        let first = back(before).filter(|i| is_word_of(page, *i, &[key("p"), key("post")]))?;
        return Some(close(page, marks, first, end));
    }
    if page.get(before)?.is_number(1..=5) {
        let route = back(before).filter(|i| is_word_of(page, *i, &RURAL))?;
        // "Star Rte 2, Box 40"
        let first = route.checked_sub(1).filter(|i| is_key(page, *i, STAR)).unwrap_or(route);
        return Some(close(page, marks, first, end));
    }
    // "Box 14" alone only opens a line of an address.
    let sent = is_usual(page, at)
        && page.get(at).is_some_and(is_capital)
        && is_led_by(page, at, &[key("to"), AT])
        && page.get(at + 1).is_some_and(|t| t.is_number(2..=5));
    let opens = page.opens_line(at) || page.before(at).is_some_and(|t| t.is_sign(',')) || sent;
    let closed = page.get(end).is_none_or(|t| t.is_sign(',') || t.gap >= Gap::Line || sent && t.is_sign('.'));
    (opens && closed && page.get(at + 1).is_some_and(|t| t.is_number(2..=6))).then(|| close(page, marks, at, end))
}

fn boxed(page: &Page<'_>, at: usize) -> Option<usize> {
    if !is_key(page, at, BOX) || !page.get(at).is_some_and(follows) {
        return None;
    }
    boxed_number(page, at + 1)
}

fn boxed_number(page: &Page<'_>, at: usize) -> Option<usize> {
    let mut i = at;
    while page.is_sign(i, '#') || page.is_sign(i, '.') || page.is_sign(i, ':') {
        i += 1;
    }
    let number = page.get(i)?;
    (number.form == Form::Number || number.form == Form::Mixed || number.form == Form::Initial).then(|| {
        let longer = page.get(i + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
            && page
                .get(i + 2)
                .is_some_and(|t| t.gap == Gap::None && matches!(t.form, Form::Number | Form::Mixed | Form::Initial));
        if longer { i + 3 } else { i + 1 }
    })
}

pub(super) fn is_word_of(page: &Page<'_>, at: usize, keys: &[u64]) -> bool {
    page.get(at).is_some_and(|t| t.is_word() && keys.contains(&t.key))
}

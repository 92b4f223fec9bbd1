//! Streets that need no house number, post-office boxes, rural routes, highways, and streets in other tongues.

use super::streets::{BARRED, CT, DR, ON, close, is_nth, is_suffix, suffix};
use super::words::{AND, AT, FOR, OF, ST, follows, is_capital, is_key, is_led_by, is_namelike, is_rare, is_usual, key};
use crate::find::marks::Marks;
use crate::read::{Form, Gap, Page};
use crate::words::Class;

pub(super) const POB: u64 = key("pob");

pub(super) const BOX: u64 = key("box");

pub(super) const CORNER: u64 = key("corner");

pub(super) const INTERSECTION: u64 = key("intersection");

const COUNTY: u64 = key("county");

/// "5th Avenue", "42nd Street" without a house number.
pub(super) fn nth(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    if !is_nth(page, at) {
        return None;
    }
    let next = page.get(at + 1)?;
    if next.gap > Gap::Line || !next.is_word() || marks.is_shielded(at) {
        return None;
    }
    // "corner of 5th and Main"
    if next.key == AND
        && page.get(at + 2).is_some_and(|t| t.is_word() && is_capital(t) && !t.flags.is(Class::Function))
        && is_corner(page, at)
    {
        return Some(close(page, marks, at, at + 3));
    }
    if !next.flags.is(Class::RoadWord)
        || ![ON, AT, OF, key("near"), AND].iter().any(|k| at > 0 && is_key(page, at - 1, *k))
            && !FULL.contains(&next.key)
    {
        return None;
    }
    (is_suffix(page, at + 1, is_usual(page, at)) && ![DR, CT, ST].contains(&next.key)
        || FULL.contains(&next.key)
        || next.key == ST && page.is_sign(at + 2, '.'))
    .then(|| close(page, marks, at, at + 2))
}

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

fn is_corner(page: &Page<'_>, at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|i| is_key(page, i, CORNER) || is_key(page, i, INTERSECTION))
}

/// Suffixes that are no other word, so that a name before one is a street without more proof.
const FULL: [u64; 13] = [
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

/// Suffixes that end an address of a number word.
const SITES: [u64; 5] = [key("plaza"), key("center"), key("park"), key("tower"), key("row")];

/// Houses that stand before their street: "Corn Crake Cottage, Mill Lane".
const HOUSES: [u64; 8] = [
    key("cottage"),
    key("house"),
    key("lodge"),
    key("farm"),
    key("barn"),
    key("manor"),
    key("villa"),
    key("hall"),
];

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
            && (wanted.iter().any(|k| is_key(page, at - 1, *k)) || page.is_sign(at - 1, ':'))
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
    let full = FULL.contains(&token.key);
    if !full && !FULL_BEHIND_ON.contains(&token.key) || (usual && !is_capital(token)) {
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
                is_namelike(word) || f.is(Class::Direction) || is_plain(page, first - 1)
            });
        let nth = is_nth(page, first - 1);
        let stop = word.is_sign('.')
            && first >= 2
            && page.get(first - 2).is_some_and(|t| t.flags.is(Class::Direction) || t.key == ST);
        if !fine && !nth && !stop {
            break;
        }
        rare |= nth || is_namelike(word) || usual;
        first -= 1;
    }
    // "fell on quarry rd": a plain word is a street's name only behind such a word.
    let road = [ON, key("off"), key("along"), key("near"), key("down")];
    rare |= first < at && is_led_by(page, first, &road) && !is_led_by(page, at, &[key("other"), key("right"), key("left")]);
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
    let surely = match (usual, full) {
        (true, true) => led || page.capital_tells(first) || page.is_sign(first.wrapping_sub(1), ':'),
        (true, false) => road && page.get(at - 1).is_some_and(|t| !t.flags.is_medical()),
        (false, true) => road || led && page.get(first).is_some_and(is_rare),
        (false, false) => road && token.key != ST && page.get(at - 1).is_some_and(is_rare),
    };
    if !surely || !is_suffix(page, at, usual) || (first..=at).any(|i| marks.is_shielded(i)) {
        return None;
    }
    Some(close(page, marks, housed(page, marks, first), at + 1))
}

/// "corner of Vine and Old Mill Run", "intersection of Main & 5th": `at` is "corner".
pub(super) fn corner(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    if !is_key(page, at + 1, OF) {
        return None;
    }
    let usual = is_usual(page, at);
    let mut i = at + 2;
    let (mut joint, mut words) = (0, 0);
    while i < at + 12 {
        let Some(token) = page.get(i) else { break };
        if token.gap > Gap::Line || token.gap == Gap::Wide || marks.is_shielded(i) {
            break;
        }
        let first = i == at + 2 || joint + 1 == i;
        if !first && joint == 0 && (token.key == AND && token.is_word() || token.is_sign('&') || token.is_sign('/')) {
            joint = i;
            words = 0;
            i += 1;
            continue;
        }
        let stop = token.is_sign('.') && page.before(i).is_some_and(|t| t.len() <= 2) && !first;
        let f = token.flags;
        let fine = stop
            || is_nth(page, i)
            || token.is_word()
                && (if usual { is_capital(token) } else { joint == 0 || first || f.is(Class::StreetSuffix) })
                && (!f.is_any(Class::Function.bit() | Class::Pronoun.bit() | Class::Title.bit()) || token.key == ST)
                && !(f.is_medical() && f.surname() == 0);
        if !fine || words > 3 {
            break;
        }
        words += usize::from(!stop);
        i += 1;
    }
    // "the corner of his mouth", "corner of the eye and cheek"
    let body = page.get(at + 2).is_some_and(|t| t.flags.is(Class::Anatomy));
    (joint > 0 && words > 0 && i > joint + 1 && !body).then(|| close(page, marks, at + 2, i))
}

/// "at Fifth and Ponderosa", "on E. 149th": `at` is an ordinal word or a direction.
pub(super) fn crossing(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    if !is_led_by(page, at, &[ON, AT, OF, key("near"), key("off")]) || is_usual(page, at) && !is_capital(token) {
        return None;
    }
    if token.flags.is(Class::Direction) {
        let nth = at + 1 + usize::from(page.is_sign(at + 1, '.'));
        let fine = is_nth(page, nth) && page.get(nth).is_some_and(|t| t.gap <= Gap::Space);
        return fine.then(|| close(page, marks, at, nth + 1));
    }
    let joined = is_key(page, at + 1, AND) || page.is_sign(at + 1, '&');
    let usual = is_usual(page, at);
    let second = page.get(at + 2).is_some_and(|t| t.is_word() && (if usual { t.form == Form::Title } else { is_namelike(t) }) && !t.flags.is_any(Class::Function.bit() | Class::OrdinalWord.bit()));
    (joined && second && !page.get(at + 2).is_some_and(|t| t.flags.is_medical())).then(|| close(page, marks, at, at + 3))
}

/// "P.O. Box 123", "RR 2 Box 14", "PSC 1234 Box 567", "HC 61 Box 12": `at` is "Box".
pub(super) fn boxes(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const RURAL: [u64; 7] = [key("rr"), key("hc"), key("rfd"), key("psc"), key("cmr"), key("unit"), key("route")];
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
        let first = back(before).filter(|i| is_word_of(page, *i, &RURAL))?;
        return Some(close(page, marks, first, end));
    }
    // "Box 14" alone only opens a line of an address.
    let opens = page.opens_line(at) || page.before(at).is_some_and(|t| t.is_sign(','));
    let closed = page.get(end).is_none_or(|t| t.is_sign(',') || t.gap >= Gap::Line);
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

/// Words before "Road" or "Route" and its number.
const OWNERS: [u64; 9] =
    [COUNTY, key("state"), key("us"), key("old"), key("township"), key("farm"), key("ranch"), key("rural"), key("co")];

/// "County Road 12", "Highway 61", "State Route 9", "US 1", "FM 1960": the token behind.
pub(super) fn highway(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    const ROADS: [u64; 11] = [
        key("highway"),
        key("hwy"),
        key("route"),
        key("rte"),
        key("road"),
        key("rd"),
        key("interstate"),
        key("fm"),
        key("cr"),
        key("sr"),
        key("us"),
    ];
    if !token.is_word() || !(ROADS.contains(&token.key) || OWNERS.contains(&token.key)) {
        return None;
    }
    let mut i = at;
    while i < at + 3 && is_word_of(page, i, &OWNERS) {
        i += 1;
        while page.is_sign(i, '.') {
            i += 1;
        }
    }
    let owned = i > at;
    let named = is_word_of(page, i, &ROADS);
    if named {
        i += 1;
        while page.is_sign(i, '.')
            || page.is_sign(i, '#')
            || page.get(i).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        {
            i += 1;
        }
    }
    let number = page.get(i)?;
    let fine = (number.is_number(1..=4) || number.form == Form::Mixed && number.len() <= 5 && !is_nth(page, i))
        && number.gap <= Gap::Line;
    (fine
        && (named && (owned || ![key("road"), key("rd"), key("us")].contains(&token.key))
            || is_key(page, at, key("us"))))
    .then_some(i + 1)
}

fn is_word_of(page: &Page<'_>, at: usize, keys: &[u64]) -> bool {
    page.get(at).is_some_and(|t| t.is_word() && keys.contains(&t.key))
}

/// "Rue de Rivoli", "Calle 8", "Hauptstraße" with its number: the token behind.
/// `housed`: a house number stands before it.
pub(super) fn foreign(page: &Page<'_>, at: usize, housed: bool) -> Option<usize> {
    // "El Camino Real"
    let at = if housed && page.get(at)?.flags.is(Class::Particle) && page.get(at + 1)?.flags.is(Class::RoadFirst) {
        at + 1
    } else {
        at
    };
    let token = page.get(at)?;
    if !token.is_word() {
        return None;
    }
    let usual = is_usual(page, at);
    if !token.flags.is(Class::RoadFirst) {
        return None;
    }
    // English has the words "avenue", "plaza" and "via": a foreign one is known by what follows.
    let english = token.flags.is_any(Class::StreetSuffix.bit())
        || token.len() < 4 && token.key != key("rue") && token.key != key("rua");
    let plain = if housed { english } else { token.flags.word() > 0 };
    let next = page.get(at + 1)?;
    if next.gap > Gap::Space {
        return None;
    }
    if next.is_number(1..=3) && !plain && (!usual || is_capital(token)) {
        return Some(at + 2);
    }
    let mut i = at + 1;
    let mut names = 0;
    let mut particles = 0;
    while i < at + 7 {
        let Some(t) = page.get(i) else { break };
        if t.gap > Gap::Space && !(housed && names == 0 && t.gap == Gap::Line) {
            break;
        }
        if t.is_word()
            && (t.flags.is(Class::Particle)
                || matches!(page.word(i), "des" | "aux" | "sur" | "l" | "d" | "dell" | "della"))
            && names == 0
        {
            particles += 1;
        } else if t.is_word()
            && names < 3
            && (if usual {
                is_capital(t) && !t.flags.is(Class::Function)
            } else {
                is_rare(t) || housed && names == 0 && !t.flags.is_any(BARRED | Class::Function.bit())
            })
        {
            names += 1;
        } else if !((t.is_sign('\'') || t.is_dash()) && t.gap == Gap::None) {
            break;
        }
        i += 1;
    }
    while i > at && page.get(i - 1).is_some_and(|t| t.form == Form::Sign) {
        i -= 1;
    }
    if names == 0 || (plain && particles == 0) {
        return None;
    }
    // "Rua Augusta 12"
    let number = i + usize::from(page.is_sign(i, ','));
    if page.get(number).is_some_and(|t| t.is_number(1..=4) && t.gap <= Gap::Space) {
        i = number + 1;
    }
    Some(i)
}

/// "Hauptstraße 5", "Lindenweg 12a": a word that ends as streets do in German, Dutch or Swedish, with its number.
pub(super) fn compound(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const ENDS: [&str; 20] = [
        "straße", "strasse", "gasse", "weg", "platz", "straat", "gatan", "allee", "laan", "lei", "plein", "kade", "gracht",
        "dreef", "steeg", "vägen", "gade", "vej", "veien", "katu",
    ];
    // Words for a street that stand apart: "Křivá ulička 8", "Petőfi utca 12".
    const APART: [u64; 12] = [
        key("ulicka"), key("ulice"), key("utca"), key("ter"), key("korut"), key("gata"), key("gade"), key("vei"),
        key("cesta"), key("sokak"), key("caddesi"), key("trida"),
    ];
    let token = page.get(at)?;
    let apart = page.get(at + 1).is_some_and(|t| t.gap <= Gap::Space && t.is_word() && APART.contains(&t.key));
    if apart && page.get(at + 2).is_some_and(|t| t.is_number(1..=4) && t.gap <= Gap::Space) {
        return Some(close(page, marks, at, at + 3));
    }
    let number = page.get(at + 1)?;
    if token.form != Form::Title
        || token.flags.word() > 0
        || number.gap > Gap::Space
        || !(number.is_number(1..=3) || number.form == Form::Mixed && number.len() <= 4)
    {
        return None;
    }
    let word = page.word(at);
    ENDS.iter().any(|e| word.len() > e.len() + 2 && word.ends_with(e)).then(|| close(page, marks, at, at + 2))
}

//! Places smaller than a state, and the organisations that care for a person or employ one.
//!
//! One word is seldom enough: a house number and a street suffix, a city between a street and a ZIP code, a head noun
//! ("Hospital", "Trucking") with a name before it. Lists only help where the words around agree.

mod address;
mod bays;
mod behind;
mod cities;
mod companies;
mod compounds;
mod counties;
mod crossings;
mod facilities;
mod foreign;
mod headless;
mod heads;
mod landmarks;
mod listed;
mod living;
mod postal;
mod reach;
mod roads;
mod routes;
mod run;
mod saints;
mod schools;
mod several;
mod states;
mod streets;
mod suffixes;
mod tails;
mod trim;
mod uncased;
mod units;
mod unsuffixed;
mod wards;
mod words;

use super::marks::Marks;
use super::openers::{Bits, Eye, Openers, bits_of, has_bit};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::{Class, Flags};

/// Words at which an organisation's name may end or begin.
const ORGANISATIONS: u64 = Class::FacilityHead.bit()
    | Class::CompanySuffix.bit()
    | Class::PlainHead.bit()
    | Class::FacilityPart.bit()
    | Class::Employed.bit()
    | Class::CountyWord.bit();

/// Words at which a street without a number may end or begin.
const ROADS: u64 = Class::RoadWord.bit() | Class::RoadFirst.bit() | Class::NumberWord.bit();

/// Words, not small, that a street may begin or end with.
const STREETS: u64 = ROADS | Class::OrdinalWord.bit() | Class::Direction.bit();

/// Small words in usual writing behind which an employer or county stands.
pub(super) const SMALL: u64 = Class::Employed.bit() | Class::CountyWord.bit();

/// Small heads, of a name only where a capital stands before them: "Mercy hospital".
pub(super) const SMALL_HEADS: u64 = Class::FacilityHead.bit() | Class::CompanySuffix.bit();

/// Marks what this family finds.
pub(super) fn find(page: &Page<'_>, openers: &Openers, marks: &mut Marks) {
    let candidates = streets_and_candidates(page, openers, marks);
    organisations(page, marks, &candidates.organisations);
    cities::find(page, marks, &candidates.cities);
    postal::find(page, marks, &candidates.codes);
    headless::find(page, marks, &candidates.ats);
    for at in candidates.sides {
        wards::find(page, marks, at);
    }
    for at in candidates.units {
        units::find(page, marks, at);
    }
}

/// Tokens at which something may begin or end: most of a page is passed over once.
#[derive(Default)]
struct Candidates {
    organisations: Vec<usize>,
    cities: Vec<usize>,
    codes: Vec<usize>,
    /// "at", behind which a place may stand by its name alone.
    ats: Vec<usize>,
    /// Words of direction, which may be the side of a ward.
    sides: Vec<usize>,
    /// Numbers behind a capital word, which may be those of wards.
    units: Vec<usize>,
}

/// The words that are looked for by their key.
pub(super) const KEYS: [u64; 51] = [
    bays::WARD,
    bays::POD,
    words::AT,
    roads::BOX,
    roads::POB,
    roads::CORNER,
    roads::INTERSECTION,
    cities::NEIGHBORHOOD,
    cities::NEIGHBOURHOOD,
    schools::K,
    schools::P,
    schools::PK,
    compounds::WALK,
    compounds::RX,
    compounds::FACILITY,
    compounds::SPECIALISTS,
    compounds::MILLS,
    compounds::LIGHT,
    compounds::SONS,
    compounds::ASSEMBLY,
    compounds::HALL,
    several::FIRSTS[0],
    several::FIRSTS[1],
    several::FIRSTS[2],
    several::FIRSTS[3],
    several::FIRSTS[4],
    several::FIRSTS[5],
    several::FIRSTS[6],
    several::FIRSTS[7],
    several::FIRSTS[8],
    several::FIRSTS[9],
    several::FIRSTS[10],
    several::FIRSTS[11],
    several::FIRSTS[12],
    several::FIRSTS[13],
    several::FIRSTS[14],
    several::FIRSTS[15],
    several::FIRSTS[16],
    several::FIRSTS[17],
    several::FIRSTS[18],
    several::FIRSTS[19],
    several::FIRSTS[20],
    tails::LED[0],
    tails::LED[1],
    tails::LED[2],
    tails::LED[3],
    tails::LED[4],
    tails::LED[5],
    tails::LED[6],
    tails::LED[7],
    tails::LED[8],
];

/// A bit for the first nine bits of the key of each of them: nearly all other words miss it.
const BY_KEY: Bits = bits_of(&[&KEYS]);

/// May the token be one of the words looked for by their key?
#[inline]
fn is_keyed(token: &Token) -> bool {
    has_bit(&BY_KEY, token.key)
}

/// May a place or organisation begin or end at the word, on a line where `usual` says whether capitals say something?
/// Three of four words are small ones in usual writing, of which few lead anywhere.
#[inline]
pub(super) fn may_open(word: &Token, usual: bool) -> bool {
    match word.form {
        Form::Lower if usual => word.flags.is_any(SMALL | SMALL_HEADS) || is_keyed(word),
        Form::Title if usual => may_open_title(word.flags) || is_keyed(word),
        _ => true,
    }
}

/// The same of a word with a first capital that is not looked for by its key: a very common one leads nowhere unless a
/// list or class says so.
pub(super) fn may_open_title(flags: Flags) -> bool {
    flags.word() < 3 || flags.is_any(ORGANISATIONS | STREETS) || flags.opens_phrase() || cities::is_listed(flags)
}

/// Marks streets first, for what follows one is a city, whatever its words; and notes what else to look at.
fn streets_and_candidates(page: &Page<'_>, openers: &Openers, marks: &mut Marks) -> Candidates {
    let mut noted = Candidates::default();
    noted.organisations.reserve(page.tokens.len() / 16);
    noted.cities.reserve(page.tokens.len() / 16);
    let mut behind = 0;
    let mut from = 0;
    while let Some(at) = openers.next(Eye::Places, from) {
        from = at + 1;
        let (Some(token), Some(line)) = (page.get(at), page.line(at)) else { break };
        let usual = line.casing == Casing::Usual;
        if token.form == Form::Lower && usual {
            behind = small(page, marks, &mut noted, at, behind);
            continue;
        }
        let keyed = is_keyed(token);
        match token.form {
            Form::Sign | Form::Possessive => {}
            Form::Number => {
                if token.len() == 5 {
                    noted.codes.push(at);
                } else if units::is_candidate(page, at, token) {
                    noted.units.push(at);
                }
            }
            Form::Mixed => {
                if token.len() <= 6 {
                    noted.codes.push(at);
                }
            }
            _ => {
                let flags = token.flags;
                let head = keyed
                    && (schools::is_candidate(token.key)
                        || compounds::is_candidate(token.key)
                        || tails::is_led(token.key)
                        || bays::is_candidate(token.key));
                if flags.is_any(ORGANISATIONS)
                    || flags.opens_phrase()
                    || head
                    || landmarks::is_candidate(page, at, token)
                {
                    noted.organisations.push(at);
                }
                if keyed && token.key == words::AT {
                    noted.ats.push(at);
                }
                if flags.is(Class::Direction) {
                    noted.sides.push(at);
                }
                if cities::is_candidate(token) {
                    noted.cities.push(at);
                }
            }
        }
        let next = page.get(at + 1).filter(|_| at + 1 < line.end);
        let number = token.form == Form::Mixed
            || token.form == Form::Number
                && (!next.is_some_and(|t| ends_number(t, usual))
                    || token.len() <= 4 && at > 0 && may_name_road(page, at - 1));
        // An unknown word may be a street in another tongue, if its number is near.
        let foreign = token.form == Form::Title
            && token.flags.word() == 0
            && next.is_some_and(|t| {
                matches!(t.form, Form::Number | Form::Mixed) || t.form == Form::Lower && t.flags.word() == 0
            });
        if at >= behind
            && (number || keyed || foreign || token.flags.is_any(STREETS))
            && let Some(end) = street(page, marks, at, keyed)
        {
            behind = address::behind_street(page, marks, end);
        }
    }
    noted
}

/// May a road's number stand behind that token: "Route 9", "I-80"?
#[inline]
fn may_name_road(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| {
        t.is_dash() && t.gap == Gap::None
            || t.flags.is(Class::StreetSuffix)
            || t.key == roads::INTERSTATE
            || t.key == routes::RT
            || t.key == routes::FM
    })
}

/// Can no street stand between a number and that token? Spares the longer look.
fn ends_number(next: &Token, usual: bool) -> bool {
    match next.form {
        Form::Sign => !next.is_dash() && !next.is_sign(','),
        Form::Lower => {
            usual && !next.flags.is_any(Class::RoadFirst.bit() | Class::Particle.bit() | Class::Direction.bit())
        }
        _ => false,
    }
}

/// A small word in usual writing that may lead to a place.
fn small(page: &Page<'_>, marks: &mut Marks, noted: &mut Candidates, at: usize, behind: usize) -> usize {
    let Some(token) = page.get(at) else { return behind };
    let named = || page.before(at).is_some_and(|t| words::is_capital(t) || t.form == Form::Possessive);
    if token.flags.is_any(SMALL) || token.flags.is_any(SMALL_HEADS) && named() {
        noted.organisations.push(at);
    }
    match token.key {
        words::AT => noted.ats.push(at),
        bays::WARD | bays::POD => noted.organisations.push(at),
        cities::NEIGHBORHOOD | cities::NEIGHBOURHOOD => noted.cities.push(at),
        roads::BOX | roads::POB | roads::CORNER | roads::INTERSECTION if at >= behind => {
            if let Some(end) = street(page, marks, at, true) {
                return address::behind_street(page, marks, end);
            }
        }
        _ => {}
    }
    behind
}

/// Marks the street that `at` begins or ends; the token behind it.
fn street(page: &Page<'_>, marks: &mut Marks, at: usize, keyed: bool) -> Option<usize> {
    let token = page.get(at)?;
    let flags = token.flags;
    match token.form {
        Form::Number => streets::numbered(page, marks, at).or_else(|| routes::by_number(page, marks, at)),
        Form::Mixed => streets::numbered(page, marks, at)
            .or_else(|| crossings::nth(page, marks, at))
            .or_else(|| routes::by_number(page, marks, at)),
        _ if flags.is_any(ROADS) => roads::worded(page, marks, at),
        _ if keyed && (token.key == roads::BOX || token.key == roads::POB) => roads::boxes(page, marks, at),
        _ if keyed && (token.key == roads::CORNER || token.key == roads::INTERSECTION) => {
            crossings::corner(page, marks, at)
        }
        _ if flags.is_any(Class::OrdinalWord.bit() | Class::Direction.bit()) => crossings::crossing(page, marks, at),
        Form::Title if flags.word() == 0 => foreign::compound(page, marks, at),
        _ => None,
    }
}

/// Facilities, employers and counties.
fn organisations(page: &Page<'_>, marks: &mut Marks, candidates: &[usize]) {
    let mut behind = 0;
    for &at in candidates {
        let Some(token) = page.get(at) else { continue };
        if at < behind {
            continue;
        }
        let flags = token.flags;
        let mut end = listed::find(page, marks, at);
        if flags.is(Class::CountyWord) {
            end = end.max(counties::find(page, marks, at));
        }
        if schools::is_candidate(token.key) {
            end = end.max(schools::find(page, marks, at));
        }
        if bays::is_candidate(token.key) {
            end = end.max(bays::find(page, marks, at));
        }
        if compounds::is_candidate(token.key) {
            end = end.max(compounds::find(page, marks, at));
        }
        if end.is_none() && tails::is_led(token.key) {
            end = tails::led(page, marks, at);
        }
        if flags.is_any(facilities::HEADS) && end.is_none() {
            end = end.max(facilities::headed(page, marks, at));
        }
        if end.is_none() && landmarks::is_candidate(page, at, token) {
            end = landmarks::find(page, marks, at);
        }
        if flags.is(Class::FacilityPart) {
            end = end.max(saints::find(page, marks, at)).max(tails::find(page, marks, at));
        }
        if flags.is(Class::Employed) {
            companies::behind_work(page, marks, at);
        }
        // "Eastgate Surgery Center, Saltford"
        behind = end.map_or(
            behind,
            |end| {
                if page.is_sign(end, ',') { address::behind_comma(page, marks, end) } else { end }
            },
        );
    }
}

//! Places smaller than a state, and the organisations that care for a person or employ one.
//!
//! One word is seldom enough: a house number and a street suffix, a city between a street and a ZIP code, a head noun
//! ("Hospital", "Trucking") with a name before it. Lists only help where the words around agree.

mod address;
mod behind;
mod cities;
mod companies;
mod counties;
mod facilities;
mod headless;
mod listed;
mod postal;
mod reach;
mod roads;
mod run;
mod saints;
mod schools;
mod states;
mod streets;
mod tails;
mod words;

use super::marks::Marks;
use crate::read::{Casing, Form, Page};
use crate::words::Class;

/// Words at which an organisation's name may end or begin.
const ORGANISATIONS: u64 = Class::FacilityHead.bit()
    | Class::CompanySuffix.bit()
    | Class::PlainHead.bit()
    | Class::FacilityPart.bit()
    | Class::Employed.bit()
    | Class::CountyWord.bit();

/// Words at which a street without a number may end or begin.
const ROADS: u64 = Class::RoadWord.bit() | Class::RoadFirst.bit() | Class::NumberWord.bit();

/// Marks what this family finds.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    let candidates = streets_and_candidates(page, marks);
    organisations(page, marks, &candidates.organisations);
    cities::find(page, marks, &candidates.cities);
    postal::find(page, marks, &candidates.codes);
    headless::find(page, marks, &candidates.ats);
}

/// Tokens at which something may begin or end: most of a page is passed over once.
#[derive(Default)]
struct Candidates {
    organisations: Vec<usize>,
    cities: Vec<usize>,
    codes: Vec<usize>,
    /// "at", behind which a place may stand by its name alone.
    ats: Vec<usize>,
}

/// Marks streets first, for what follows one is a city, whatever its words; and notes what else to look at.
fn streets_and_candidates(page: &Page<'_>, marks: &mut Marks) -> Candidates {
    let mut noted = Candidates::default();
    let mut behind = 0;
    for line in &page.lines {
        let usual = line.casing == Casing::Usual;
        for at in line.first..line.end {
            let Some(token) = page.get(at) else { continue };
            let flags = token.flags;
            let small = usual && token.form == Form::Lower;
            match token.form {
                Form::Sign | Form::Possessive => continue,
                Form::Number => {
                    if token.len() == 5 {
                        noted.codes.push(at);
                    }
                }
                Form::Mixed => {
                    if token.len() <= 6 {
                        noted.codes.push(at);
                    }
                }
                _ => {
                    if flags.is_any(ORGANISATIONS)
                        || (!small && flags.opens_phrase())
                        || schools::is_candidate(token.key) {
                        noted.organisations.push(at);
                    }
                    if token.key == words::AT {
                        noted.ats.push(at);
                    }
                    if cities::is_candidate(token, small) {
                        noted.cities.push(at);
                    }
                }
            }
            if at < behind {
                continue;
            }
            let end = match token.form {
                Form::Number => streets::numbered(page, marks, at),
                Form::Mixed => streets::numbered(page, marks, at).or_else(|| roads::nth(page, marks, at)),
                _ if flags.is_any(ROADS) => roads::worded(page, marks, at),
                _ if token.key == roads::BOX || token.key == roads::POB => roads::boxes(page, marks, at),
                _ if token.key == roads::CORNER || token.key == roads::INTERSECTION => roads::corner(page, marks, at),
                Form::Title | Form::Initial | Form::Upper | Form::Lower
                    if !small && flags.is_any(Class::OrdinalWord.bit() | Class::Direction.bit()) =>
                {
                    roads::crossing(page, marks, at)
                }
                Form::Title if flags.word() == 0 => roads::compound(page, marks, at),
                _ => continue,
            };
            if let Some(end) = end {
                behind = address::behind_street(page, marks, end);
            }
        }
    }
    noted
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
        if flags.is_any(facilities::HEADS) {
            end = end.max(facilities::headed(page, marks, at));
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

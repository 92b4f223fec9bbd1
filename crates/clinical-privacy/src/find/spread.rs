//! A house or a town that was found goes on in the words beside it: "Swedish on Cherry", "Barrow 3 East", "The Ropewalk",
//! "Walgreens #4471", "on 4 Wisteria". Of these the name alone was found, and what is left of it would still say where.

use super::marks::{Mark, Marks};
use super::proper::is_titled_beside;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::Class;

/// The most pieces by which a name goes on at either side.
const MOST: usize = 4;

/// Words that are no part of a name for all their capital.
const APART: u64 = super::apart::APART
    | Class::Holiday.bit()
    | Class::Unit.bit()
    | Class::Clock.bit()
    | Class::Residing.bit()
    | Class::Employed.bit();

/// Marks what goes on.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    let houses: Vec<Mark> = marks.found().iter().filter(|m| is_house(page, m)).copied().collect();
    for house in houses {
        let at = Grown { page, house, usual: is_usual(page, marks, house.first) };
        let end = at.right(marks);
        let first = at.left(marks);
        let kind = if house.kind == Kind::Name { Kind::Facility } else { house.kind };
        // The whole as one, so that it gets one tag.
        if first < house.first || end > house.end {
            marks.add(page, first, end, kind, Reason::Context);
        }
    }
}

/// A house, an employer, a town; or what was taken for a name behind a word of place.
fn is_house(page: &Page<'_>, mark: &Mark) -> bool {
    match mark.kind {
        Kind::Facility | Kind::Employer | Kind::City => true,
        Kind::Name => {
            let after = mark.first.wrapping_sub(2);
            is_any(page, mark.first.wrapping_sub(1), &["of", "at"])
                && is_any(page, after, &NAMED_AFTER)
                && page.get(after).is_some_and(|t| t.form == Form::Title)
                || mark.reason == Reason::Learned
                    && is_any(page, mark.first.wrapping_sub(1), &["at", "to", "from", "on", "unit"])
        }
        _ => false,
    }
}

fn is_any(page: &Page<'_>, at: usize, words: &[&str]) -> bool {
    words.iter().any(|w| page.word(at).eq_ignore_ascii_case(w))
}

/// Do capitals say something here, also beside what was found?
pub(super) fn is_usual(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    page.casing == Casing::Usual && page.casing_at(at) == Casing::Usual && !is_titled_beside(page, marks, at)
}

/// A name that may go on.
struct Grown<'p, 't> {
    page: &'p Page<'t>,
    house: Mark,
    /// Do capitals say something here?
    usual: bool,
}

impl Grown<'_, '_> {
    /// The token behind the last of what belongs to it.
    fn right(&self, marks: &Marks) -> usize {
        let mut end = self.house.end;
        for _ in 0..MOST {
            let Some(next) = self.page.get(end) else { break };
            let by = self
                .possessive(marks, end, next)
                .or_else(|| self.on_a_street(marks, end))
                .or_else(|| self.suffix(marks, end))
                .or_else(|| self.twin(marks, end))
                .or_else(|| self.suite(marks, end))
                .or_else(|| self.sort(marks, end))
                .or_else(|| self.number(marks, end))
                .or_else(|| self.word(marks, end, next));
            let Some(by) = by else { break };
            end += by;
        }
        end
    }

    fn is_organisation(&self) -> bool {
        matches!(self.house.kind, Kind::Facility | Kind::Employer)
    }

    /// "Tipene's".
    fn possessive(&self, marks: &Marks, at: usize, next: &Token) -> Option<usize> {
        (next.form == Form::Possessive && next.gap == Gap::None && self.is_organisation() && marks.is_free(at))
            .then_some(1)
    }

    /// "on Cherry", "on 9th", "of the Lakes", "at Fenwick".
    fn on_a_street(&self, marks: &Marks, at: usize) -> Option<usize> {
        let page = self.page;
        if !self.is_organisation() && self.house.kind != Kind::Name || page.get(at)?.gap != Gap::Space {
            return None;
        }
        let on = is_any(page, at, &["on"]);
        if !on && !is_any(page, at, &["of", "at"]) || !marks.is_free(at) {
            return None;
        }
        let there = at + 1 + usize::from(is_any(page, at + 1, &["the"]));
        let place = page.get(there)?;
        if place.gap != Gap::Space {
            return None;
        }
        // Not "sent to Publix on 1700 Drake Circle", where the address begins with its number.
        let named = place.is_word()
            && match marks.kind_at(there) {
                Some(Kind::City | Kind::Facility | Kind::Employer) => true,
                Some(Kind::Street | Kind::Name) => on && place.len() > 2,
                _ => false,
            };
        let ordinal = on
            && (place.form == Form::Mixed && page.word(there).ends_with("th") || place.flags.is(Class::OrdinalWord))
            && ends(page, there + 1);
        let capital = self.usual
            && place.form == Form::Title
            && marks.is_free(there)
            && !place.flags.is_any(APART)
            && !place.flags.is_medical();
        let bare = on && self.usual && place.form == Form::Number && place.len() <= 2 && ends(page, there + 1);
        (named || marks.is_free(there) && (ordinal || capital || bare)).then_some(there + 1 - at)
    }

    /// ", LLC", ", MDs".
    fn suffix(&self, marks: &Marks, at: usize) -> Option<usize> {
        const SUFFIXES: [&str; 12] =
            ["llc", "inc", "ltd", "mds", "pc", "pllc", "llp", "plc", "corp", "dds", "gmbh", "pty"];
        let page = self.page;
        let comma = page.is_sign(at, ',') && page.get(at)?.gap == Gap::None && marks.is_free(at);
        let told = comma
            && self.is_organisation()
            && is_any(page, at + 1, &SUFFIXES)
            && page.get(at + 1)?.gap <= Gap::Line
            && marks.is_free(at + 1);
        told.then_some(2)
    }

    /// "and Ear" behind "Shackleford Eye", "& Suites" behind "Elk Meadow Hotel": a sort joined to a sort.
    fn twin(&self, marks: &Marks, at: usize) -> Option<usize> {
        const SORTS: u64 = Class::Anatomy.bit()
            | Class::GenericPlace.bit()
            | Class::FacilityHead.bit()
            | Class::PlainHead.bit()
            | Class::CompanySuffix.bit();
        let page = self.page;
        let and = page.is_sign(at, '&') || is_any(page, at, &["and"]);
        let next = page.get(at + 1)?;
        let sort = |i: usize| {
            page.get(i).is_some_and(|t| {
                t.is_word() && (!self.usual || t.form == Form::Title) && t.flags.is_any(SORTS)
                    || is_any(page, i, &["ear", "balance", "suites", "throat", "tool", "joint", "ankle", "hearing"])
            })
        };
        let joined = and && self.is_organisation() && at > self.house.first && sort(at - 1) && sort(at + 1);
        let near = page.get(at)?.gap == Gap::Space && next.gap <= Gap::Line;
        let written = !self.usual || next.form == Form::Title;
        let open =
            matches!(marks.kind_at(at + 1), None | Some(Kind::Name | Kind::Facility | Kind::Employer | Kind::City))
                && !marks.is_shielded(at + 1);
        (joined && near && written && marks.is_free(at) && open && ends(page, at + 2)).then_some(2)
    }

    /// "shelter" behind "Harbor House", "plant 2" behind "Ozark Poultry": the sort of house or works in small letters.
    fn sort(&self, marks: &Marks, at: usize) -> Option<usize> {
        const SORTS: [&str; 16] = [
            "shelter",
            "plant",
            "warehouse",
            "pit",
            "mine",
            "quarry",
            "buffet",
            "casino",
            "motel",
            "schools",
            "depot",
            "mill",
            "factory",
            "refinery",
            "sawmill",
            "cannery",
        ];
        let page = self.page;
        let told = self.usual && self.is_organisation() && is_any(page, at, &SORTS) && marks.is_free(at);
        if !told || page.get(at)?.gap != Gap::Space {
            return None;
        }
        let number =
            page.get(at + 1).is_some_and(|t| t.is_number(1..=2) && t.gap == Gap::Space && marks.is_free(at + 1));
        Some(if number && ends(page, at + 2) { 2 } else { 1 })
    }

    /// ", Suite 4C", ", Unit 2", ", Annex B", ", room 14" behind a house: where in it.
    fn suite(&self, marks: &Marks, at: usize) -> Option<usize> {
        const PARTS: [&str; 12] =
            ["suite", "ste", "unit", "annex", "building", "bldg", "tower", "wing", "level", "room", "pod", "block"];
        let page = self.page;
        let comma = page.is_sign(at, ',') && page.get(at)?.gap == Gap::None && marks.is_free(at);
        let number = page.get(at + 2)?;
        let short = number.gap == Gap::Space
            && (number.is_number(1..=4)
                || number.form == Form::Mixed && number.len() <= 5
                || number.form == Form::Initial);
        let told = comma && self.is_organisation() && short && is_any(page, at + 1, &PARTS);
        // What was taken for a name of its own is the house's part here.
        let open = |i: usize| marks.is_free(i) || matches!(marks.kind_at(i), Some(Kind::Name | Kind::Facility));
        (told && (at + 1..at + 3).all(open) && ends(page, at + 3)).then_some(3)
    }

    /// "#4471"; "3 East", "6B".
    fn number(&self, marks: &Marks, at: usize) -> Option<usize> {
        let page = self.page;
        let next = page.get(at)?;
        if next.gap != Gap::Space || !marks.is_free(at) {
            return None;
        }
        if next.is_sign('#') && self.house.kind != Kind::City {
            let number = page.get(at + 1)?;
            return (number.form == Form::Number && number.gap == Gap::None).then_some(2);
        }
        // "School No. 12"
        if is_any(page, at, &["no", "number"]) && self.house.kind != Kind::City {
            let number = at + 1 + usize::from(page.is_sign(at + 1, '.'));
            let told = page.get(number).is_some_and(|t| t.is_number(1..=4) && t.gap == Gap::Space);
            return (told && ends(page, number + 1) && (self.usual || number == at + 2)).then_some(number + 1 - at);
        }
        let short = next.form == Form::Number && next.len() <= 2
            || next.form == Form::Mixed && next.len() <= 3 && page.word(at).starts_with(|c: char| c.is_ascii_digit());
        if !short {
            return None;
        }
        let side = page.get(at + 1).is_some_and(|t| t.gap == Gap::Space && t.len() > 2 && t.flags.is(Class::Direction));
        if side && marks.is_free(at + 1) {
            return Some(2);
        }
        (self.house.kind != Kind::City && ends(page, at + 1)).then_some(1)
    }

    /// "Junction" behind "Cahaba": a word of capitals, or one that ends names of houses and towns.
    fn word(&self, marks: &Marks, at: usize, next: &Token) -> Option<usize> {
        if next.gap != Gap::Space || !next.is_word() || !marks.is_free(at) {
            return None;
        }
        let flags = next.flags;
        let head = match self.house.kind {
            Kind::City => flags.is_any(Class::CityLast.bit()),
            _ => flags.is_any(Class::FacilityHead.bit() | Class::CompanySuffix.bit()),
        };
        let fits = if self.usual {
            matches!(next.form, Form::Title) && (head || self.is_organisation()) && !self.page.is_sign(at + 1, ':')
        } else {
            head
        };
        // "Department of Radiology", "Visit date".
        let service = is_any(self.page, at + 1, &["of"]) || flags.is(Class::GenericPlace) && !head;
        (fits && !service && !flags.is_any(APART) && (head || !flags.is_medical())).then_some(1)
    }

    /// The first token of what belongs to it.
    fn left(&self, marks: &Marks) -> usize {
        let page = self.page;
        let mut first = self.house.first;
        for _ in 0..MOST {
            let Some(before) = first.checked_sub(1) else { break };
            let (Some(token), Some(own)) = (page.get(before), page.get(first)) else { break };
            if own.gap != Gap::Space || !marks.is_free(before) {
                break;
            }
            if let Some(whole) = self.named_after(marks, before) {
                first = whole;
                continue;
            }
            let lower = |i: Option<usize>| i.and_then(|i| page.get(i)).is_some_and(|t| t.form == Form::Lower);
            // "(Naval Hospital" before "Hosanna": a house's own word needs no sentence around it.
            let house = token.flags.is_any(Class::FacilityHead.bit() | Class::FacilityPart.bit())
                || first < self.house.first && token.flags.is(Class::GenericPlace);
            let opens = || {
                page.opens_line(before)
                    || token.gap >= Gap::Wide
                    || page.before(before).is_some_and(|t| {
                        ['(', ',', '"', '|'].iter().any(|s| t.is_sign(*s))
                            || t.form == Form::Title && t.flags.is(Class::GenericPlace) && token.gap == Gap::Space
                    })
            };
            let led = token.gap == Gap::Space && lower(before.checked_sub(1)) || house && opens();
            let capital = self.usual
                && token.form == Form::Title
                && led
                && (page.word(before) == "The" || !token.flags.is_any(APART) && !token.flags.is_medical())
                && (self.is_organisation() || self.house.kind == Kind::City);
            let floor = matches!(token.form, Form::Number)
                && token.len() <= 2
                && first == self.house.first
                && is_any(page, before.wrapping_sub(1), &["on", "to", "from", "unit"])
                && (self.is_organisation() || ends(page, self.house.end));
            if !(capital || floor) {
                break;
            }
            first = before;
        }
        first
    }
}

/// Words of a house's name before "of" or "at" and what it is named after: "Residence at Olympus", "Little Sisters of …".
const NAMED_AFTER: [&str; 34] = [
    "care",
    "sisters",
    "brothers",
    "residence",
    "residences",
    "pines",
    "oaks",
    "elms",
    "gardens",
    "garden",
    "manor",
    "house",
    "village",
    "villages",
    "terrace",
    "heart",
    "villas",
    "commons",
    "cottages",
    "landing",
    "meadows",
    "willows",
    "arbors",
    "lodge",
    "friends",
    "daughters",
    "palms",
    "cedars",
    "maples",
    "estates",
    "shores",
    "harbor",
    "haven",
    "servants",
];

impl Grown<'_, '_> {
    /// The first token of "The Pines at", "Planned Care of" before what was found; `small` stands right before it.
    fn named_after(&self, marks: &Marks, small: usize) -> Option<usize> {
        let page = self.page;
        let head = small.checked_sub(1)?;
        let written = |i: usize| {
            page.get(i).is_some_and(|t| t.is_word() && (!self.usual || t.form == Form::Title) && t.gap <= Gap::Wide)
                && !marks.is_shielded(i)
                // A piece of it may be found already.
                && matches!(marks.kind_at(i), None | Some(Kind::Name | Kind::Facility | Kind::Employer))
        };
        if !is_any(page, small, &["of", "at"]) || !is_any(page, head, &NAMED_AFTER) || !written(head) {
            return None;
        }
        if page.get(small)?.gap != Gap::Space || !self.usual && !self.is_organisation() && self.house.kind != Kind::City
        {
            return None;
        }
        let mut first = head;
        let part = |i: usize| {
            written(i)
                && page.get(i + 1).is_some_and(|t| t.gap == Gap::Space)
                && page.get(i).is_some_and(|t| {
                    !t.flags.is_any(APART) && !t.flags.is_medical() || is_any(page, i, &["the", "little"])
                })
        };
        while self.usual && first > 0 && head - first < 3 && part(first - 1) {
            first -= 1;
        }
        // "Care at Mercy Hospital" alone is no name.
        (first < head || !is_any(page, head, &["care", "heart", "house"])).then_some(first)
    }
}

/// Does a phrase end before the token: at a stop, a line's end, a small word?
fn ends(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_none_or(|t| {
        t.gap >= Gap::Line
            || [',', ';', ')', '|', '\u{2014}', '\u{2013}'].iter().any(|s| t.is_sign(*s))
            || t.is_sign('.') && page.get(at + 1).is_none_or(|n| n.gap > Gap::None)
            || t.gap == Gap::Space && t.flags.is(Class::Function) && t.flags.bits() & Class::Unit.bit() == 0
            || is_any(page, at, &["bed", "rm", "room"])
    })
}

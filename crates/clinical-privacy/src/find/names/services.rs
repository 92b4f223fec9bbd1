//! Who of a service came, alone at a line's end: "Plastics: Vega", "Anes - Okafor", "Plastics/Hand: Vega". What such a
//! line says is as often a finding ("Neuro: Intact") or a drug ("Psych: Lexapro"), so only a word that no list of words,
//! medicine or eponyms holds is somebody.

use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::{Class, Hint, hints_of};

/// The most tokens of such a line: "General surgery/Hand: Vega".
const LONGEST: usize = 7;

/// Marks the name that ends a line, where a service begins it.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    for line in &page.lines {
        if (3..=LONGEST).contains(&(line.end - line.first))
            && line.casing == Casing::Usual
            && let Some(sign) = sign(page, line.end)
            && is_service(page, line.first, sign)
            && (marks.kind_at(sign + 1) == Some(Kind::Name) || is_name(page, marks, sign + 1))
        {
            // "Anes" itself looks like a name to weights.
            marks.shield(line.first, sign);
            marks.add(page, sign + 1, line.end, Kind::Name, Reason::Label);
        }
    }
}

/// The colon, or the hyphen with spaces around it, before the last word of the line.
fn sign(page: &Page<'_>, end: usize) -> Option<usize> {
    let at = end.checked_sub(2)?;
    let (sign, last) = (page.get(at)?, page.get(at + 1)?);
    let colon = sign.is_sign(':') && sign.gap == Gap::None;
    let dash = sign.is_dash() && sign.gap == Gap::Space;
    (matches!(last.form, Form::Title | Form::Camel) && last.gap == Gap::Space && (colon || dash)).then_some(at)
}

/// Are the tokens a service, or two beside a stroke, with nothing but words of it?
fn is_service(page: &Page<'_>, first: usize, end: usize) -> bool {
    let named = |i: usize| page.get(i).is_some_and(|t| hints_of(t.key) & Hint::Service.bit() != 0);
    page.get(first).is_some_and(|t| t.is_capital())
        && (first..end).any(named)
        && (first..end).all(|i| {
            named(i)
                || page.is_sign(i, '/')
                || page.get(i).is_some_and(|t| {
                    t.flags.is_any(Class::Specialty.bit() | Class::Anatomy.bit() | Class::GenericPlace.bit())
                })
        })
}

/// Is the word somebody's name, by what no list says of it?
fn is_name(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    const OTHER: u64 = Class::Anatomy.bit() | Class::NoName.bit() | Class::NoValue.bit() | Class::Role.bit();
    page.get(at).is_some_and(|t| {
        let f = t.flags;
        let plain = !f.is_medical() && !f.is_proper() && !f.is_country() && !f.is_facility() && !f.is_any(OTHER);
        let listed = f.surname() >= 2 && f.word() < 2 && f.given() < 3;
        t.len() > 2
            && plain
            && !f.is_eponym()
            && (f.is_unknown() || listed || f.surname() > 0 && f.word() == 0)
            && marks.is_free(at)
    })
}

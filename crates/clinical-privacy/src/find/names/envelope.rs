//! The first line of an address: words alone on a line above a street.

use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// Marks the addressee in the line above each street that opens a line.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    let streets: Vec<usize> =
        marks.found().iter().filter(|m| m.kind == Kind::Street && page.opens_line(m.first)).map(|m| m.first).collect();
    for street in streets {
        let Some(last) = street.checked_sub(1) else { continue };
        let Some(line) = page.line(last).copied() else { continue };
        let (mut first, mut end) = (line.first, line.end);
        // "Ms. Rosa Hill, RN": titles and credentials are not the name.
        while first < end && page.tokens[first].flags.is(Class::Title) {
            first += 1 + usize::from(page.is_sign(first + 1, '.'));
        }
        while end > first
            && (page.tokens[end - 1].flags.is(Class::Credential) && end > first + 2 || page.is_sign(end - 1, ','))
        {
            end -= 1;
        }
        let words = (first..end).filter(|i| page.tokens[*i].is_word()).count();
        let plain = (first..end).all(|i| {
            let t = &page.tokens[i];
            let fits = matches!(t.form, Form::Title | Form::Upper | Form::Camel | Form::Initial)
                || t.flags.is(Class::Particle)
                || t.is_sign('.')
                || t.is_dash();
            fits && t.gap != Gap::Wide
                && marks.kind_at(i).is_none_or(|k| k == Kind::Name)
                && !t.flags.is_any(
                    Class::FacilityHead.bit()
                        | Class::CompanySuffix.bit()
                        | Class::Heading.bit()
                        | Class::Role.bit()
                        | Class::Person.bit()
                        | Class::Says.bit(),
                )
        });
        // A given name tells a person from a department.
        let given = (first..end).any(|i| {
            page.tokens[i].flags.given() >= 1 || page.tokens[i].flags.is_unknown() && page.tokens[i].len() > 3
        });
        if (2..=4).contains(&words) && plain && given && end > first {
            marks.add(page, first, end, Kind::Name, Reason::Context);
        }
    }
}

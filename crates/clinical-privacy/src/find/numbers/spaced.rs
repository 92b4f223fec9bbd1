//! Codes that go on behind a space: "02 24 97", "4111 1111 1111 1111", "ZGP 123 456 789".

use super::run::{MOST, Made, Run, goes_on, unit_follows};
use crate::find::marks::Marks;
use crate::read::{Form, Gap, Page};

/// Lengths of the groups in which cards, accounts, record and insurance numbers are written.
const GROUPINGS: &[&[usize]] = &[
    &[3, 2, 4],
    &[4, 4, 4, 4],
    &[4, 6, 5],
    &[4, 4, 4, 4, 3],
    &[4, 6, 4],
    &[3, 3, 3],
    &[3, 3, 4],
    &[2, 2, 2],
    &[2, 2, 2, 2],
    &[3, 3, 3, 3],
    &[4, 4],
    &[4, 4, 4],
    &[4, 3, 3],
    &[4, 3, 4],
    &[4, 4, 2],
    &[3, 3],
    &[3, 4],
    &[5, 5],
    &[2, 3, 3],
    &[2, 3, 4],
    &[3, 4, 4],
    &[3, 3, 2],
    &[2, 2, 2, 2, 1],
    &[3, 4, 3],
    &[3, 2, 3],
    &[5, 4],
    &[4, 5],
    &[4, 5, 1],
    &[5, 3],
    &[4, 2, 3],
    &[1, 4, 5, 4],
    &[4, 5, 2],
    &[3, 5, 2],
    &[4, 2, 4],
    &[5, 5, 5, 5],
    &[6, 4, 4, 1],
    &[3, 6],
    &[6, 3],
    &[6, 2],
];

/// So many of them, from the first on, need no label: social security numbers and cards.
const CERTAIN: usize = 4;

impl Run {
    /// Goes on over groups of digits (or of as many letters and digits) behind spaces: "02 24 97", "ZGP 123 456 789".
    /// `sure`: a label stands before, so that any regular grouping counts.
    pub(in crate::find) fn widen(&mut self, page: &Page<'_>, marks: &Marks, sure: bool) {
        // With no label only cards and social security numbers go on behind a space.
        if self.count > 2 && self.letters == 0
            || self.count > 3
            || !sure && (self.letters > 0 || !(3..=4).contains(&self.digits))
        {
            return;
        }
        let mut wide = *self;
        // Over a line end or a column only the best known groupings go.
        let mut torn = false;
        while wide.count < MOST {
            let Some(next) = page.get(wide.end) else { break };
            let group = match next.form {
                Form::Number => (1..=6).contains(&next.len()),
                Form::Mixed => sure && next.len() <= 5 && next.len() >= 3,
                Form::Upper | Form::Lower => {
                    sure && next.len() == 4 && wide.count == 1 && wide.letters == 2 && wide.digits == 2
                }
                _ => false,
            };
            let broken = sure && (next.gap == Gap::Line || next.gap == Gap::Wide);
            if next.gap != Gap::Space && !broken || !group || !marks.is_free(wide.end) || goes_on(page, wide.end) {
                break;
            }
            torn |= broken;
            wide.push(page, wide.end, ' ');
        }
        for count in (self.count + 1..=wide.count).rev() {
            let end = wide.parts[count - 1].at + 1;
            if wide.is_grouping(count, sure && !torn, torn) && !unit_follows(page, end, 3) {
                for nth in self.count..count {
                    self.push(page, wide.parts[nth].at, ' ');
                }
                return;
            }
        }
    }

    /// Groups in which cards, accounts, record and insurance numbers are written.
    fn is_grouping(&self, count: usize, sure: bool, torn: bool) -> bool {
        let mut lengths = [0; MOST];
        for (slot, part) in lengths.iter_mut().zip(self.parts()) {
            *slot = part.len;
        }
        let these = &lengths[..count];
        // A parcel: "9400 1000 0000 0000 0000 00".
        if sure && count > 4 && these[..count - 1].iter().all(|l| *l == 4) {
            return true;
        }
        if self.letters == 0 {
            return if sure { GROUPINGS.contains(&these) } else { GROUPINGS[..CERTAIN].contains(&these) }
                || torn && these == [2, 2, 2];
        }
        // A blood unit: "W0402 21 123456".
        if sure && these == [5, 2, 6] {
            return true;
        }
        let first = self.parts()[0].made;
        let digits = self.parts()[1..count].iter().all(|p| p.made == Made::Digits);
        // A lead with letters, then equal groups, the last of which may be short: "GLX 7719 0043".
        let body = &these[1..];
        let (length, rest) = (body[0], &body[1..body.len().max(2) - 1]);
        let even = count > 2 && length >= 3 && rest.iter().all(|l| *l == length) && body[body.len() - 1] <= length;
        if even && (sure || torn) {
            return true;
        }
        // Short letters and any groups: "PHX 4471 90 226", "BB 118 0427"; "W0098 77142".
        let lead = first == Made::Letters && these[0] <= 4 && count > 2 && count <= 6
            || first == Made::Mixed && (4..=8).contains(&these[0]) && count == 2 && these[1] >= 4;
        // "H55 201 9934", "b44 019 227".
        let lead = lead || first == Made::Mixed && these[0] == 3 && (3..=4).contains(&count);
        // "A118 2239"
        let least = if first == Made::Mixed && these[0] >= 4 { 4 } else { 5 };
        sure && lead && digits && these[1..].iter().sum::<usize>() >= least
    }
}

//! Numbering siblings.

use std::collections::HashMap;

/// The last element of each name among siblings. They have few names, as a rule, which are found quicker one by one.
#[derive(Default)]
pub(crate) struct Last<'d> {
    /// Where the name of the last element stands among the few: the next often has the same.
    latest: usize,
    few: Vec<(&'d str, u32, usize)>,
    many: HashMap<&'d str, (u32, usize)>,
}

impl<'d> Last<'d> {
    /// How many names are looked through one by one.
    const FEW: usize = 12;

    /// The number of the next element of a name, and the place of the one before it.
    pub(crate) fn next(&mut self, name: &'d str, place: usize) -> (u32, Option<usize>) {
        let is_latest = self.few.get(self.latest).is_some_and(|(known, ..)| *known == name);
        let found = if is_latest { Some(self.latest) } else { self.few.iter().position(|(known, ..)| *known == name) };
        if let Some((at, (_, number, last))) = found.and_then(|at| Some((at, self.few.get_mut(at)?))) {
            self.latest = at;
            *number += 1;
            return (*number, Some(std::mem::replace(last, place)));
        }
        if self.few.len() < Self::FEW {
            if self.few.is_empty() {
                self.few.reserve_exact(Self::FEW);
            }
            self.few.push((name, 1, place));
            return (1, None);
        }
        let known = self.many.get(name).copied();
        let number = known.map_or(1, |(number, _)| number + 1);
        self.many.insert(name, (number, place));
        (number, known.map(|(_, last)| last))
    }
}

#[cfg(test)]
mod tests {
    use super::Last;

    #[test]
    fn few_names_and_many_are_numbered_alike() {
        let names: Vec<String> = (0..3 * Last::FEW).map(|n| format!("n{n}")).collect();
        let mut last = Last::default();
        for round in 0..3 {
            for (i, name) in names.iter().enumerate() {
                let place = round * names.len() + i;
                let before = (round > 0).then(|| place - names.len());
                assert_eq!(last.next(name, place), (u32::try_from(round).unwrap() + 1, before));
            }
        }
    }
}

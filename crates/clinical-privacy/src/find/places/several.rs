//! Heads of houses and firms that only several words make, each of which is a common word: "Alderwood Mail Order",
//! "Hosanna Country Day", "Elk Meadow Hotel and Suites", "Ramsgate School of Nursing".

use super::words::key;
use crate::kind::Kind::{self, Employer, Facility};
use crate::read::{Gap, Page};

/// The first words of such heads.
pub(super) const FIRSTS: [u64; 21] = [
    key("eye"),
    key("ear"),
    key("hearing"),
    key("foot"),
    key("hotel"),
    key("inn"),
    key("country"),
    key("head"),
    key("mail"),
    key("call"),
    key("adult"),
    key("wellness"),
    key("unitarian"),
    key("hand"),
    key("plastic"),
    key("kidney"),
    key("food"),
    key("post"),
    key("ob"),
    key("family"),
    key("oral"),
];

const AND: u64 = key("and");

/// The words behind the first, and what the whole names.
const HEADS: [(u64, &[u64], Kind); 25] = [
    (FIRSTS[0], &[AND, key("ear")], Facility),
    (FIRSTS[0], &[AND, key("laser")], Facility),
    (FIRSTS[1], &[key("nose"), AND, key("throat")], Facility),
    (FIRSTS[2], &[AND, key("balance")], Facility),
    (FIRSTS[3], &[AND, key("ankle")], Facility),
    (FIRSTS[4], &[AND, key("suites")], Facility),
    (FIRSTS[5], &[AND, key("suites")], Facility),
    (FIRSTS[6], &[key("day")], Facility),
    (FIRSTS[6], &[key("club")], Facility),
    (FIRSTS[7], &[key("start")], Facility),
    (FIRSTS[8], &[key("order")], Facility),
    (FIRSTS[9], &[key("center")], Employer),
    (FIRSTS[9], &[key("centre")], Employer),
    (FIRSTS[10], &[key("family"), key("home")], Facility),
    (FIRSTS[11], &[key("collaborative")], Facility),
    (FIRSTS[12], &[key("fellowship")], Facility),
    (FIRSTS[13], &[key("therapy")], Facility),
    (FIRSTS[14], &[key("surgery")], Facility),
    (FIRSTS[15], &[key("specialists")], Facility),
    (FIRSTS[16], &[key("bank")], Facility),
    (FIRSTS[17], &[key("acute")], Facility),
    (FIRSTS[18], &[key("gyn")], Facility),
    (FIRSTS[15], &[key("care")], Facility),
    (FIRSTS[19], &[key("care")], Facility),
    (FIRSTS[20], &[key("surgery")], Facility),
];

/// May such a head begin with the word?
pub(super) fn is_candidate(key: u64) -> bool {
    FIRSTS.contains(&key)
}

/// The token behind the head that begins at `at`, and what it names. "&" is as good as "and", a hyphen or slash as a space.
pub(super) fn head(page: &Page<'_>, at: usize) -> Option<(usize, Kind)> {
    let first = page.get(at)?;
    HEADS.iter().filter(|(key, _, _)| *key == first.key).find_map(|(_, words, kind)| {
        let mut end = at + 1;
        for word in *words {
            end += usize::from(page.get(end).is_some_and(|t| (t.is_dash() || t.is_sign('/')) && t.gap == Gap::None));
            let token = page.get(end)?;
            let fits = token.is_word() && token.key == *word || *word == AND && token.is_sign('&');
            if !fits || token.gap > Gap::Line {
                return None;
            }
            end += 1;
        }
        Some((end, *kind))
    })
}

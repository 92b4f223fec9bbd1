//! Days as French and German notes write them into English ones: "22 févr. 2023", "5. Mai", "until 30.4. please".

use super::piece::{is_long_year, small};
use super::{Date, follows, says, touches};
use crate::find::numbers::cue::keys;
use crate::read::{Form, Gap, Page};

/// Months of French and German that English has not. Accents do not count.
const MONTHS: [u64; 24] = keys([
    "janv",
    "janvier",
    "fevr",
    "fevrier",
    "mars",
    "avr",
    "avril",
    "mai",
    "juin",
    "juil",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "januar",
    "februar",
    "marz",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "okt",
]);

/// The date that begins with the day at `at`.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<Date> {
    let day = small(page, at)?;
    let stopped = page.is_sign(at + 1, '.') && touches(page, at + 1);
    if stopped && let Some(date) = pointed(page, at, day) {
        return Some(date);
    }
    let month = at + 1 + usize::from(stopped);
    let token = page.get(month)?;
    if token.gap != Gap::Space || !token.is_word() || !MONTHS.contains(&token.key) {
        return None;
    }
    let behind = month + 1;
    let point = usize::from(token.len() <= 5 && page.is_sign(behind, '.') && touches(page, behind));
    let year = is_long_year(page, behind + point) && follows(page, behind + point);
    // "3 mars" may be bars of something; a short word that is none of French alone needs its year or point.
    let sure = year || point > 0 || stopped || token.len() > 4 || token.key == MONTHS[0];
    sure.then(|| Date::pattern(at, if year { behind + point + 1 } else { behind }))
}

/// "by 30.4. please": day and month with a point behind each, in the middle of a sentence.
fn pointed(page: &Page<'_>, at: usize, day: u64) -> Option<Date> {
    const LEADS: [&str; 9] = ["by", "until", "till", "on", "before", "since", "from", "am", "bis"];
    let month = small(page, at + 2).filter(|_| touches(page, at + 2))?;
    let closed = page.is_sign(at + 3, '.') && touches(page, at + 3);
    let goes_on = page.get(at + 4).is_some_and(|t| t.gap == Gap::Space && t.form == Form::Lower);
    let led = at.checked_sub(1).is_some_and(|i| LEADS.iter().any(|w| says(page, i, w))) && follows(page, at);
    ((1..=31).contains(&day) && month <= 12 && closed && goes_on && led).then(|| Date::context(at, at + 3))
}

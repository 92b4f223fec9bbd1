//! Days as other tongues write them into English notes: "22 févr. 2023", "5. Mai", "12 januari", "le 3 mai".

use super::piece::{is_long_year, small};
use super::{Date, follows, says, touches};
use crate::find::numbers::cue::keys;
use crate::read::{Gap, Page};

/// Months of French, German, Dutch and Italian that English has not. Accents do not count.
const MONTHS: [u64; 36] = keys([
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
    "januari",
    "februari",
    "maart",
    "augustus",
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "dicembre",
]);

/// The date that begins with the day at `at`.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<Date> {
    small(page, at)?;
    let stopped = page.is_sign(at + 1, '.') && touches(page, at + 1);
    let month = at + 1 + usize::from(stopped);
    let token = page.get(month)?;
    if token.gap != Gap::Space || !token.is_word() || !MONTHS.contains(&token.key) {
        return None;
    }
    let behind = month + 1;
    let point = usize::from(token.len() <= 5 && page.is_sign(behind, '.') && touches(page, behind));
    let year = is_long_year(page, behind + point) && follows(page, behind + point);
    // "3 mars" may be bars of something; a short word that is none of French alone needs its year or point.
    const ARTICLES: [&str; 7] = ["le", "du", "au", "den", "am", "op", "il"];
    let led = at.checked_sub(1).is_some_and(|i| ARTICLES.iter().any(|w| says(page, i, w)));
    let sure = year || point > 0 || stopped || led || token.len() > 4 || token.key == MONTHS[0];
    sure.then(|| Date::pattern(at, if year { behind + point + 1 } else { behind }))
}

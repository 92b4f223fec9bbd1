//! Streets in other tongues: "12 Rue de Rivoli", "Hauptstraße 5", "Křivá ulička 8".

use super::streets::{BARRED, close};
use super::words::{is_capital, is_rare, is_usual, key};
use crate::find::marks::Marks;
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// "Rue de Rivoli", "Calle 8", "Hauptstraße" with its number: the token behind.
/// `housed`: a house number stands before it.
pub(super) fn foreign(page: &Page<'_>, at: usize, housed: bool) -> Option<usize> {
    // "El Camino Real"
    let at = if housed && page.get(at)?.flags.is(Class::Particle) && page.get(at + 1)?.flags.is(Class::RoadFirst) {
        at + 1
    } else {
        at
    };
    let token = page.get(at)?;
    if !token.is_word() {
        return None;
    }
    let usual = is_usual(page, at);
    if !token.flags.is(Class::RoadFirst) {
        return None;
    }
    // English has the words "avenue", "plaza" and "via": a foreign one is known by what follows.
    let english = token.flags.is_any(Class::StreetSuffix.bit())
        || token.len() < 4 && token.key != key("rue") && token.key != key("rua");
    let plain = if housed { english } else { token.flags.word() > 0 };
    let next = page.get(at + 1)?;
    if next.gap > Gap::Space {
        return None;
    }
    if next.is_number(1..=3) && !plain && (!usual || is_capital(token)) {
        return Some(at + 2);
    }
    let mut i = at + 1;
    let mut names = 0;
    let mut particles = 0;
    while i < at + 7 {
        let Some(t) = page.get(i) else { break };
        if t.gap > Gap::Space && !(housed && names == 0 && t.gap == Gap::Line) {
            break;
        }
        if t.is_word()
            && (t.flags.is(Class::Particle)
                || matches!(page.word(i), "des" | "aux" | "sur" | "l" | "d" | "dell" | "della"))
            && names == 0
        {
            particles += 1;
        } else if t.is_word()
            && names < 3
            && (if usual {
                is_capital(t) && !t.flags.is(Class::Function)
            } else {
                is_rare(t) || housed && names == 0 && !t.flags.is_any(BARRED | Class::Function.bit())
            })
        {
            names += 1;
        } else if !((t.is_sign('\'') || t.is_dash()) && t.gap == Gap::None
            // "Rue St. Denis"
            || t.is_sign('.') && t.gap == Gap::None && page.before(i).is_some_and(|b| b.len() <= 3 && b.len() > 1))
        {
            break;
        }
        i += 1;
    }
    while i > at && page.get(i - 1).is_some_and(|t| t.form == Form::Sign) {
        i -= 1;
    }
    if names == 0 || (plain && particles == 0) {
        return None;
    }
    // "Rua Augusta 12"
    let number = i + usize::from(page.is_sign(i, ','));
    if page.get(number).is_some_and(|t| t.is_number(1..=4) && t.gap <= Gap::Space) {
        i = number + 1;
        // "Calle Nogal 17-B"
        let letter = page.get(i).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
            && page.get(i + 1).is_some_and(|t| t.gap == Gap::None && t.form == Form::Initial);
        i += if letter { 2 } else { 0 };
    }
    Some(i)
}

/// "Hauptstraße 5", "Lindenweg 12a": a word that ends as streets do in German, Dutch or Swedish, with its number.
pub(super) fn compound(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const ENDS: [&str; 20] = [
        "straße", "strasse", "gasse", "weg", "platz", "straat", "gatan", "allee", "laan", "lei", "plein", "kade",
        "gracht", "dreef", "steeg", "vägen", "gade", "vej", "veien", "katu",
    ];
    // Words for a street that stand apart: "Křivá ulička 8", "Petőfi utca 12".
    const APART: [u64; 12] = [
        key("ulicka"),
        key("ulice"),
        key("utca"),
        key("ter"),
        key("korut"),
        key("gata"),
        key("gade"),
        key("vei"),
        key("cesta"),
        key("sokak"),
        key("caddesi"),
        key("trida"),
    ];
    let token = page.get(at)?;
    let apart = page.get(at + 1).is_some_and(|t| t.gap <= Gap::Space && t.is_word() && APART.contains(&t.key));
    if apart && page.get(at + 2).is_some_and(|t| t.is_number(1..=4) && t.gap <= Gap::Space) {
        return Some(close(page, marks, at, at + 3));
    }
    let number = page.get(at + 1)?;
    if token.form != Form::Title
        || token.flags.word() > 0
        || number.gap > Gap::Space
        || !(number.is_number(1..=3) || number.form == Form::Mixed && number.len() <= 4)
    {
        return None;
    }
    let word = page.word(at);
    ENDS.iter().any(|e| word.len() > e.len() + 2 && word.ends_with(e)).then(|| close(page, marks, at, at + 2))
}

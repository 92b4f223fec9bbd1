//! The name of a scale or gene before its value: "House-Brackmann 4", "MRC grade 3", "Kt/V 1.9", "HFE C282Y". Where only
//! the number were shielded, the name before it would be taken for a person's.

use super::touches;
use crate::find::numbers::cue::keys;
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// The scale's name and its value, which is the number at `at`.
pub(super) fn behind(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let token = page.get(at)?;
    if token.gap != Gap::Space || token.len() > 3 {
        return None;
    }
    const STEPS: [u64; 6] = keys(["grade", "score", "stage", "class", "type", "index"]);
    // Second names of scales that no list of eponyms has.
    const SECONDS: [u64; 6] = keys(["brackmann", "hess", "dindo", "pugh", "lawrence", "ekbom"]);
    const V: u64 = keys(["v"])[0];
    const KT: u64 = keys(["kt"])[0];
    let last = at.checked_sub(1)?;
    let word = page.get(last).filter(|t| t.is_word())?;
    let first = if matches!(word.len(), 4 | 5) && STEPS.contains(&word.key) {
        // "MRC grade 3", "VIP score 0": letters in capitals where others are small.
        let name = last.checked_sub(1)?;
        let letters = page.get(name).is_some_and(|t| t.form == Form::Upper && (2..=6).contains(&t.len()));
        (letters && page.capital_tells(name) && word.gap == Gap::Space).then_some(name)?
    } else if word.gap == Gap::None && (word.flags.is_eponym() || word.key == V || SECONDS.contains(&word.key)) {
        // "House-Brackmann 4", "Hunt-Hess 3", "Kt/V 1.9".
        let (sign, name) = (last.checked_sub(1)?, last.checked_sub(2)?);
        let glued = touches(page, last) && touches(page, sign);
        let dashed = page.get(sign).is_some_and(|t| t.is_dash()) && word.key != V && is_capital(page, name);
        let adequacy = page.is_sign(sign, '/') && word.key == V && page.get(name).is_some_and(|t| t.key == KT);
        (glued && (dashed || adequacy)).then_some(name)?
    } else {
        return None;
    };
    Some((first, value_end(page, at)))
}

fn is_capital(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.is_word() && t.is_capital() && !t.flags.is(Class::Title))
}

/// Behind the value, with its decimals.
fn value_end(page: &Page<'_>, at: usize) -> usize {
    let decimals = page.is_sign(at + 1, '.') && touches(page, at + 1) && super::glued_number(page, at + 2);
    if decimals { at + 3 } else { at + 1 }
}

/// The gene before the variant at `at`: "HFE C282Y", "BRAF V600E".
pub(super) fn gene(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let word = page.word(at).as_bytes();
    let [from, digits @ .., to] = word else { return None };
    let variant = from.is_ascii_uppercase()
        && to.is_ascii_uppercase()
        && (2..=4).contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit);
    let gene = at.checked_sub(1).filter(|_| variant && page.get(at).is_some_and(|t| t.gap == Gap::Space))?;
    let named = page.get(gene).is_some_and(|t| {
        t.form == Form::Upper
            && (3..=6).contains(&t.len())
            && !t.flags.is_any(Class::Cue.bit() | Class::NumberLabel.bit() | Class::OpensLabel.bit())
    });
    named.then_some((gene, at + 1))
}

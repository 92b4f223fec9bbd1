//! Whether a code behind a label is the label's value: dates, shares, settings, amounts and years are none.

use super::checks::is_range;
use super::cue::Found;
use super::label::Value;
use super::run::{Made, Run, is_year, unit_follows};
use crate::find::marks::Marks;
use crate::read::{Gap, Page};
use crate::words::Cue;

/// Is what was read the value of such a label?
pub(super) fn fits(page: &Page<'_>, marks: &Marks, run: &Run, found: &Found, value: &Value) -> bool {
    if (run.first..run.end).any(|i| marks.is_shielded(i)) {
        return false;
    }
    if run.is_date(page)
        && !(matches!(found.cue, Cue::Mrn | Cue::Account) && value.at < found.end + 3 && run.joined_by('-'))
    {
        return false;
    }
    let parts = run.parts();
    // "2.5", "1/2", "10:30": a value, a share, a time.
    if parts.len() == 2 && run.letters == 0 && run.digits < 7 && matches!(parts[1].sign, '.' | '/' | ':' | '+') {
        return false;
    }
    // "Health plan 2023-24": a year of school or insurance.
    let value_of = |nth: usize| parts.get(nth).and_then(|p| page.get(p.at)).map_or(0, |t| t.key);
    let school = run.is_digits(&[4, 2]) && is_year(value_of(0)) && value_of(1) == value_of(0) % 100 + 1;
    if school && !value.numbered || is_range(page, run.first, run.end) {
        return false;
    }
    if run.digits <= 6 && run.letters == 0 && parts.len() < 3 && unit_follows(page, run.end, run.digits) {
        return false;
    }
    // Ventilator settings and ratios: "14/450/5/40".
    if run.letters == 0
        && parts.iter().any(|p| p.sign == '/')
        && (run.longest < 4 || parts.len() > 2 && run.longest < 5)
    {
        return false;
    }
    // "250,000" and money are amounts.
    if run.is_plain()
        && page.is_sign(run.end, ',')
        && page.get(run.end + 1).is_some_and(|t| t.gap == Gap::None && t.is_number(3..=3))
    {
        return false;
    }
    let Some(first) = page.get(run.first) else { return false };
    let year = run.is_plain() && run.digits == 4 && is_year(first.key);
    if value.piece && found.cue == Cue::Vehicle {
        return (2..=6).contains(&run.size());
    }
    if value.piece {
        return (3..=6).contains(&run.digits) && run.letters <= 1;
    }
    // "98yo", "2nd", "3x": a count with a short tail.
    let tailed = parts.len() == 1 && parts[0].made == Made::Mixed && run.digits <= 3 && is_tailed(page.word(run.first));
    if tailed && !value.numbered {
        return false;
    }
    if found.loose {
        let telling = run.digits >= 5
            || run.letters > 0 && run.digits >= 3 && run.size() >= 5
            || run.digits >= 4 && parts.len() > 1;
        let telling =
            telling || found.cue == Cue::Vehicle && parts[0].made == Made::Mixed && (5..=8).contains(&run.size());
        // "transmitter 4GPL2X": capitals and digits in turn are nothing else behind a device.
        let woven = found.cue == Cue::Device
            && value.next
            && parts.len() == 1
            && parts[0].made == Made::Mixed
            && (5..=10).contains(&run.size())
            && run.digits >= 2
            && run.letters >= 2
            && page.word(run.first).bytes().all(|b| !b.is_ascii_lowercase())
            && page.word(run.first).bytes().skip_while(u8::is_ascii_digit).any(|b| b.is_ascii_digit());
        let telling = telling || woven;
        let lead = parts[0].made == Made::Letters && run.digits >= 3;
        return if value.numbered {
            run.size() >= 4 && run.digits >= 2 || run.digits >= 3
        } else if value.sure {
            telling || lead || run.digits >= 4 && !year
        } else {
            telling
                && !year
                && (value.next || run.digits >= 6 || run.letters > 0 || page.is_sign(run.first.wrapping_sub(1), '('))
        };
    }
    let least = match found.cue {
        Cue::Ssn => 4,
        Cue::Biometric | Cue::Photo => 3,
        Cue::Vehicle => 3,
        _ if value.numbered => 2,
        _ if value.sure => 3,
        _ => 4,
    };
    let digits = if found.cue == Cue::Vehicle && run.size() > 3 { 1 } else { 2 };
    run.size() >= least && run.digits >= digits && (!year || value.sure || found.cue == Cue::Ssn)
}

/// Digits and then letters alone: "98yo", "10mg".
fn is_tailed(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && word.bytes().skip(digits).all(|b| b.is_ascii_alphabetic())
}

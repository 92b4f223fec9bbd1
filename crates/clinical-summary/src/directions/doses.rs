//! Whether an amount of a text is the one of the structure.

use super::amount::{Amount, Unit};
use super::compare::Match;
use super::number::Decimal;
use super::reading::{Again, Dose, Maximum};
use super::structure::Limit;
use clinical_lexicon::Lexicon;

/// An amount with what stands in brackets behind it.
pub(super) fn dose(mine: &Amount<'_>, theirs: &Dose, lexicon: &Lexicon) -> Match {
    let first = amount(mine, (theirs.low, theirs.high), &theirs.unit, lexicon);
    let Again::Amount(low, high, unit) = &theirs.again else { return first };
    let again = amount(mine, (*low, *high), unit, lexicon);
    let same_kind = kind(&mine.unit, lexicon) == kind(unit, lexicon);
    let first_kind = kind(&mine.unit, lexicon) == kind(&theirs.unit, lexicon);
    // Whichever is in the structure's kind of unit must be equal; the other says it again.
    match (first, again) {
        (_, Match::Different) if same_kind => Match::Different,
        (Match::Different, _) if first_kind => Match::Different,
        (Match::Same, _) | (_, Match::Same) => Match::Same,
        (Match::Different, Match::Different) => Match::Different,
        _ => Match::Other,
    }
}

/// What a unit measures; pieces (tablets, puffs) are each their own kind.
fn kind<'l>(unit: &'l Unit, lexicon: &'l Lexicon) -> Option<&'l str> {
    match unit {
        Unit::None => None,
        Unit::Known(u) | Unit::Other(u) => Some(lexicon.dosing().measures.get(u).map_or(u.as_str(), |m| m.of.as_str())),
    }
}

/// A maximum with its time.
pub(super) fn maximum(mine: &Limit<'_>, theirs: &Maximum, lexicon: &Lexicon) -> Match {
    let length = |n: Decimal, unit: &str| {
        lexicon.dosing().periods.get(unit).and_then(|p| p.seconds).map(|s| n.millionths() * u128::from(s))
    };
    let same_time = match (&mine.time, &theirs.time) {
        (_, None) => true,
        (None, Some(_)) => return Match::Other,
        (Some((n, unit)), Some(often)) => {
            let single = often.period_low == often.period_high;
            let same = (*n, unit) == (often.period_low, &often.unit)
                || length(*n, unit).is_some_and(|l| length(often.period_low, &often.unit) == Some(l));
            same && single
        }
    };
    match dose(&mine.amount, &theirs.dose, lexicon) {
        held if same_time => held,
        Match::Same => Match::Different,
        _ => Match::Other,
    }
}

fn amount(mine: &Amount<'_>, (low, high): (Decimal, Decimal), theirs: &Unit, lexicon: &Lexicon) -> Match {
    let measures = &lexicon.dosing().measures;
    let same_numbers = (mine.low, mine.high) == (low, high);
    let numbers = if same_numbers { Match::Same } else { Match::Different };
    match (&mine.unit, theirs) {
        (a, b) if a == b => numbers,
        // A bare number in a text may be anything; the same number is at least no contradiction.
        (_, Unit::None) => {
            if same_numbers {
                Match::Same
            } else {
                Match::Other
            }
        }
        (Unit::None, Unit::Known(u)) => {
            if measures.contains_key(u) {
                Match::Other
            } else {
                numbers
            }
        }
        (Unit::Known(a), Unit::Known(b)) => match (measures.get(a), measures.get(b)) {
            (Some(x), Some(y)) if x.of == y.of => {
                let size = |n: Decimal, m: u64| n.millionths() * u128::from(m);
                let low = size(mine.low, x.size) == size(low, y.size);
                let high = size(mine.high, x.size) == size(high, y.size);
                if low && high { Match::Same } else { Match::Different }
            }
            // "300 mg" and "7.5 mL" may be the same dose; "5 mg" and "5 mL" are a slip.
            (Some(_), Some(_)) => {
                if same_numbers {
                    Match::Different
                } else {
                    Match::Other
                }
            }
            (None, None) => Match::Different,
            // "500 mg" and "1 tablet" may be the same dose.
            _ => Match::Other,
        },
        _ => Match::Other,
    }
}

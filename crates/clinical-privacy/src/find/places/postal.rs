//! ZIP and other postal codes: only with a state, a city or a label before them; military addresses.

use super::address::zip;
use super::words::{is_capital, is_key, is_usual, key};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Known};

/// Marks postal codes.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, candidates: &[usize]) {
    for &at in candidates {
        if at == 0 || marks.kind_at(at).is_some() {
            continue;
        }
        let Some(end) = zip(page, at) else { continue };
        if (at..end).any(|i| marks.kind_at(i).is_some()) {
            continue;
        }
        if let Some(state) = parted(page, at) {
            // The town stands between the semicolons before.
            let town = (1..=3)
                .filter_map(|back| (state - 1).checked_sub(back))
                .find(|first| page.is_sign(first.wrapping_sub(1), ';'));
            if let Some(town) = town.filter(|first| {
                (*first..state - 1).all(|i| marks.is_free(i) && page.get(i).is_some_and(|t| t.is_word()))
            }) {
                marks.add(page, town, state - 1, Kind::City, Reason::Pattern);
            }
            marks.add(page, at, end, Kind::Zip, Reason::Pattern);
        } else if is_proven(page, marks, at) {
            marks.add(page, at, end, Kind::Zip, Reason::Pattern);
        } else if let Some(town) = town_alone(page, marks, at, end) {
            marks.add(page, town, at - 1, Kind::City, Reason::Pattern);
            marks.add(page, at, end, Kind::Zip, Reason::Pattern);
        }
    }
}

/// "Ocala; FL; 34471": each part behind a semicolon; the token of the state.
fn parted(page: &Page<'_>, at: usize) -> Option<usize> {
    let state = at.checked_sub(2).filter(|i| page.is_sign(at - 1, ';') && *i > 1 && page.is_sign(i - 1, ';'))?;
    let short = page.get(state).is_some_and(|t| t.is_word() && t.len() == 2 && t.flags.is_state());
    let near = page.get(at).is_some_and(|t| t.gap <= Gap::Line && t.is_number(5..=5));
    (short && near).then_some(state)
}

/// "- Ocala, 34471" as a line of its own: the first token of a listed town before the code.
fn town_alone(page: &Page<'_>, marks: &Marks, at: usize, end: usize) -> Option<usize> {
    let closes = page.get(end).is_none_or(|t| t.gap >= Gap::Line);
    if !closes || !page.is_sign(at - 1, ',') || !page.get(at)?.is_number(5..=5) || page.get(at)?.gap != Gap::Space {
        return None;
    }
    (1..=4).filter_map(|back| (at - 1).checked_sub(back)).find(|first| {
        let opens = page.opens_line(*first)
            || first
                .checked_sub(1)
                .is_some_and(|i| page.opens_line(i) && page.get(i).is_some_and(|t| t.form == Form::Sign));
        let listed = matches!(page.phrase(*first), Some((behind, Known::City(_))) if behind == at - 1)
            || *first == at - 2
                && page.get(*first).is_some_and(|t| t.is_word() && t.flags.city() > 0 && !t.flags.is_medical());
        let free = (*first..at - 1).all(|i| matches!(marks.kind_at(i), None | Some(Kind::Name)));
        // "Normal, 25000"
        let plain = *first == at - 2 && page.get(*first).is_some_and(|t| t.flags.word() == 3);
        opens && listed && !plain && free && (!is_usual(page, *first) || page.get(*first).is_some_and(is_capital))
    })
}

fn is_proven(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    if token.gap > Gap::Line {
        return false;
    }
    let mut i = at;
    while i > 0
        && at - i < 5
        && page.get(i - 1).is_some_and(|t| [',', ';', '.', ':', '#', '=', '"', '>', '^'].iter().any(|s| t.is_sign(*s)))
    {
        i -= 1;
    }
    let Some(before) = page.before(i) else { return false };
    if is_british(page, at) {
        return true;
    }
    // "ZIP 02139", "zip code: 02139", "postal code", "eircode"
    let label = |i: usize| {
        is_key(page, i, key("zip"))
            || is_key(page, i, key("zipcode"))
            || is_key(page, i, key("postcode"))
            || is_key(page, i, key("postal"))
            || is_key(page, i, key("post"))
            || is_key(page, i, key("eircode"))
            || is_key(page, i, key("postalcode"))
    };
    // What was taken for the value of some "code" is none behind "ZIP".
    let plus_four = i >= 3 && page.is_sign(i - 2, '+') && page.get(i - 1).is_some_and(|t| t.is_number(1..=1));
    if label(i - 1) || i >= 2 && label(i - 2) || plus_four && label(i - 3) {
        return true;
    }
    if marks.is_shielded(at) {
        return false;
    }
    if marks.kind_at(i - 1) == Some(Kind::City) || marks.kind_at(i - 1) == Some(Kind::County) {
        return true;
    }
    let letters = before.is_word() && before.form == Form::Upper && before.len() == 2;
    // "APO AE 09012"
    let forces = letters && i >= 2 && [key("apo"), key("fpo"), key("dpo")].iter().any(|k| is_key(page, i - 2, *k));
    let named = before.flags.is_state()
        && before.is_word()
        && before.len() > 2
        && (!is_usual(page, i - 1) || before.is_capital());
    // "Hartsmouth, MA 73236": a state that is a degree too, behind a city's comma.
    let behind_city = letters
        && before.flags.is_state()
        && token.is_number(5..=5)
        && i == at
        && i >= 3
        && page.is_sign(i - 2, ',')
        && page.get(i - 3).is_some_and(|t| t.form == Form::Title && t.flags.given() < 2)
        && page.get(at + 1).is_none_or(|t| t.form == Form::Sign || t.gap > Gap::Space);
    forces
        || behind_city
        || named
        || letters
            && before.flags.is_state()
            && token.form == Form::Number
            && i == at
            && !before.flags.is_any(Class::Credential.bit() | Class::Unit.bit())
            && before.flags.word() == 0
            && !before.flags.is_medical()
        || letters && before.flags.is_state() && token.form == Form::Mixed
}

/// "HA7 4QQ", "bd16 9zz": a British code by its form and its area, which are two of a hundred pairs of letters.
fn is_british(page: &Page<'_>, at: usize) -> bool {
    const AREAS: &str = "AB AL BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY EC EH \
                         EN EX FK FY GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY LA LD LE LL LN LS LU \
                         ME MK ML NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM SA SE SG SK SL SM SN SO SP SR SS \
                         ST SW SY TA TD TF TN TQ TR TS TW UB WA WC WD WF WN WR WS WV YO ZE";
    let (outward, inward) = (page.word(at), page.word(at + 1));
    let (Some(area), Some(district)) = (outward.get(..2), outward.get(2..)) else { return false };
    let numbered = district.as_bytes().first().is_some_and(u8::is_ascii_digit);
    let known = AREAS.split(' ').any(|a| a.eq_ignore_ascii_case(area));
    let &[digit, x, y] = inward.as_bytes() else { return false };
    // "2ND", "4HR" are no streets' letters.
    let counted =
        ["st", "nd", "rd", "th", "hr"].iter().any(|e| inward.get(1..).is_some_and(|t| t.eq_ignore_ascii_case(e)));
    let coded = digit.is_ascii_digit() && x.is_ascii_alphabetic() && y.is_ascii_alphabetic();
    // Both in capitals, or both small.
    let cased = outward.bytes().chain(inward.bytes()).all(|b| !b.is_ascii_lowercase()) || !is_usual(page, at);
    known && numbered && coded && cased && !counted && page.get(at + 1).is_some_and(|t| t.gap == Gap::Space)
}

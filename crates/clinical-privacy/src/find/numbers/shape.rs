//! Codes that no label names and that their form alone tells: numbers with check digits, long numbers, letters mixed
//! with digits. What notes write that looks alike and is none is left alone: amounts with units, codes of diagnoses and
//! procedures, gene variants, spine levels, pregnancies and their like.

use super::checks::{is_card, is_concept, is_dea, is_iban, is_mbi, is_npi, is_vin};
use super::counted::{counted, is_coded};
use super::run::{Made, Run, is_year, unit_follows};
use super::word;
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::Class;

/// Reads the code that the number or mixed word at `at` belongs to: the token to go on from.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let Some(token) = page.get(at) else { return at + 1 };
    if !is_worth(page, at, token) || !marks.is_free(at) {
        return at + 1;
    }
    if let Some(end) = fraction(page, at) {
        return end;
    }
    if let Some(end) = dotted(page, marks, at) {
        return end;
    }
    if let Some(end) = pairs(page, marks, at) {
        marks.add(page, at, end, Kind::Other, Reason::Pattern);
        return end;
    }
    let Some(mut run) = Run::dashed(page, start(page, marks, at)) else { return at + 1 };
    run.widen(page, marks, false);
    let end = run.end.max(at + 1);
    if (run.first..run.end).any(|i| !is_open(page, marks, i)) || run.is_date(page) && !is_no_day(page, &run) {
        return end;
    }
    match told(page, &run) {
        Some(kind) => {
            marks.add(page, yearly(page, marks, run.first), run.end, kind, Reason::Pattern);
            end
        }
        None if run.is_plain() && run.digits < 6 => hash(page, marks, at),
        None => end,
    }
}

/// Most numbers of a note are short and stand alone, or are parts of a fraction or share.
fn is_worth(page: &Page<'_>, at: usize, token: &Token) -> bool {
    if token.len() >= 6 {
        return true;
    }
    let joins = |t: &Token| t.form == Form::Sign && t.gap == Gap::None && (t.is_dash() || t.is_sign('_'));
    if page.get(at + 1).is_some_and(|next| {
        joins(next)
            || token.len() >= 2 && next.form == Form::Number && next.gap == Gap::Space
            || next.is_sign('.') && page.is_sign(at + 3, '.')
    }) {
        return true;
    }
    token.gap == Gap::None && page.before(at).is_some_and(|t| joins(t) || t.is_sign('#'))
}

/// Letters and a dash in front of the digits belong to the code: "HP-678901".
fn start(page: &Page<'_>, marks: &Marks, at: usize) -> usize {
    let mut first = at;
    for _ in 0..3 {
        let joined = first >= 2
            && page.get(first).is_some_and(|t| t.gap == Gap::None)
            && page.get(first - 1).is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign('_')))
            && page.get(first - 2).is_some_and(|t| t.form != Form::Sign && t.form != Form::Possessive && t.len() <= 8)
            && is_open(page, marks, first - 2);
        if !joined {
            break;
        }
        first -= 2;
    }
    first
}

/// Free, or a letter that a name before swallowed ("Roe, E-55091").
fn is_open(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    marks.is_free(at) || marks.kind_at(at) == Some(Kind::Name) && page.get(at).is_some_and(|t| t.form == Form::Initial)
}

/// The digits behind a decimal point, a thousands comma or a sign of money, and those with one behind them.
fn fraction(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let before = page.before(at)?;
    if before.is_sign('$') || before.is_sign('\u{20ac}') || before.is_sign('\u{a3}') {
        return Some(at + 1);
    }
    let point = before.is_sign('.') || before.is_sign(',');
    let number = at >= 2 && page.get(at - 2).is_some_and(|t| t.form == Form::Number);
    (token.form == Form::Number
        && token.gap == Gap::None
        && point
        && before.gap == Gap::None
        && number
        && token.len() < 7)
        .then_some(at + 1)
}

/// "1.2.840.10008…": an object identifier. Those of HL7's own tables name no one.
fn dotted(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let is_next = |i: usize| {
        page.get(i).is_some_and(|t| t.gap == Gap::None && t.is_sign('.'))
            && page.get(i + 1).is_some_and(|t| t.gap == Gap::None && t.form == Form::Number)
    };
    if page.get(at)?.form != Form::Number || !is_next(at + 1) {
        return None;
    }
    let (mut end, mut digits, mut parts) = (at + 1, page.get(at)?.len(), 1);
    while is_next(end) {
        digits += page.get(end + 1)?.len();
        end += 2;
        parts += 1;
    }
    let text = page.slice(at, end);
    let public = text.starts_with("2.16.840.1.113883") || text.starts_with("1.2.840.10008.");
    if parts >= 6 && digits >= 12 && !public && (at..end).all(|i| marks.is_free(i)) {
        marks.add(page, at, end, Kind::Other, Reason::Pattern);
    }
    Some(end)
}

/// "88 11 89" as an item of its own: a record number in pairs, as no measured values are written.
fn pairs(page: &Page<'_>, marks: &Marks, at: usize) -> Option<usize> {
    let pair = |i: usize| page.get(i).is_some_and(|t| t.is_number(2..=2)) && marks.is_free(i);
    let spaced = |i: usize| page.get(i).is_some_and(|t| t.gap == Gap::Space);
    if !(pair(at) && pair(at + 1) && pair(at + 2) && spaced(at + 1) && spaced(at + 2)) {
        return None;
    }
    let opens = page.before(at).is_none_or(|t| t.is_sign(',') || t.is_sign('(') || t.is_sign('|') || t.is_sign('#'));
    let closes =
        page.get(at + 3).is_none_or(|t| t.gap >= Gap::Wide || t.is_sign(')') || t.is_sign('|') || t.is_sign(','));
    // "Bray, Jorge / 59 84 45 / ACC5109197", a column, and a name with a day of birth behind.
    let slashed = page.before(at).is_some_and(|t| t.is_sign('/') && t.gap == Gap::Space)
        && page.is_sign(at + 3, '/')
        && page.get(at + 4).is_some_and(|t| t.gap == Gap::Space);
    let column =
        page.get(at).is_some_and(|t| t.gap == Gap::Wide) && page.get(at + 3).is_none_or(|t| t.gap == Gap::Wide);
    let named = page.before(at).is_some_and(|t| {
        t.is_word() && (marks.kind_at(at - 1) == Some(Kind::Name) || t.flags.given() > 0 || t.flags.surname() > 1)
    });
    let born = page.get(at + 3).is_some_and(|t| t.is_number(1..=2))
        && page.get(at + 4).is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign('/')));
    (opens && closes || slashed || named && (column || born)).then_some(at + 3)
}

/// "20:R94999": a laboratory's number begins with its year; the token that the whole begins with.
fn yearly(page: &Page<'_>, marks: &Marks, first: usize) -> usize {
    let year = first >= 2
        && page.is_sign(first - 1, ':')
        && page.get(first).is_some_and(|t| t.gap == Gap::None && t.form == Form::Mixed)
        && page.get(first - 1).is_some_and(|t| t.gap == Gap::None)
        && page.get(first - 2).is_some_and(|t| t.is_number(2..=2) && t.gap != Gap::None)
        && page.word(first).starts_with(|c: char| c.is_ascii_alphabetic())
        && marks.is_free(first - 2);
    if year { first - 2 } else { first }
}

/// "#48213" with five digits or more; "LB#20771" with its letters.
fn hash(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let long = page.get(at).is_some_and(|t| t.form == Form::Number && t.len() >= 5 && t.gap == Gap::None);
    if long && at > 0 && page.is_sign(at - 1, '#') && marks.is_free(at) {
        let lettered = at >= 2
            && page.get(at - 1).is_some_and(|t| t.gap == Gap::None)
            && page.get(at - 2).is_some_and(|t| t.is_word() && t.len() <= 4 && !t.flags.is(Class::NumberLabel))
            && marks.is_free(at - 2);
        marks.add(page, if lettered { at - 2 } else { at }, at + 1, Kind::Other, Reason::Pattern);
    }
    at + 1
}

/// What the form of the code tells.
fn told(page: &Page<'_>, run: &Run) -> Option<Kind> {
    let parts = run.parts();
    let mut bytes = [0u8; 40];
    let mut length = 0;
    for part in parts {
        for byte in page.word(part.at).bytes() {
            *bytes.get_mut(length)? = byte;
            length += 1;
        }
    }
    let bytes = &bytes[..length];
    if run.is_digits(&[3, 2, 4]) && !run.joined_by('_') {
        return Some(Kind::Ssn);
    }
    if run.letters == 0 {
        if is_card(bytes) && (parts.len() == 1 && (15..=16).contains(&length) || parts.len() >= 3) {
            return Some(Kind::Account);
        }
        return if parts.len() == 1 { plain(page, run, bytes) } else { groups(page, run) };
    }
    if is_mbi(bytes) || is_grouped_mbi(page, run) {
        return Some(Kind::Plan);
    }
    if is_form(page, run) {
        return None;
    }
    if is_iban(bytes) {
        return Some(Kind::Account);
    }
    if parts.len() == 1 && is_vin(bytes) {
        return Some(Kind::Vehicle);
    }
    if parts.len() == 1 && is_dea(bytes) {
        return Some(Kind::License);
    }
    // "#PV40071": the sign says that a number follows.
    let hashed = page.before(run.first).is_some_and(|t| t.is_sign('#')) && run.longest >= 4 && run.size() >= 5;
    if parts.len() == 1 {
        (hashed && !unit_follows(page, run.end, 4) || word::is_code(page, run.first)).then_some(Kind::Other)
    } else {
        lettered(page, run).then_some(Kind::Other)
    }
}

/// "1EG4-TE5-MK73": written in the groups of a Medicare card, any letter will do where the card has letters.
fn is_grouped_mbi(page: &Page<'_>, run: &Run) -> bool {
    let parts = run.parts();
    let fits = |nth: usize, digits: &[usize], letters: &[usize]| {
        parts.get(nth).is_some_and(|p| {
            let word = page.word(p.at).as_bytes();
            word.iter().enumerate().all(|(i, b)| {
                if digits.contains(&i) {
                    b.is_ascii_digit()
                } else {
                    b.is_ascii_alphabetic() || !letters.contains(&i) && b.is_ascii_digit()
                }
            })
        })
    };
    parts.len() == 3
        && run.joined_by('-')
        && parts.iter().zip([4, 3, 4]).all(|(p, length)| p.len == length)
        && fits(0, &[0, 3], &[1])
        && fits(1, &[2], &[0])
        && fits(2, &[2, 3], &[0, 1])
}

/// "Form CMS-1500", "UB-04", "form DD-214": the number of a printed form, which is the same for all.
fn is_form(page: &Page<'_>, run: &Run) -> bool {
    const PAPERS: [&str; 3] = ["cms", "hcfa", "ssa"];
    const AGENCIES: [&str; 7] = ["da", "dd", "sf", "va", "ds", "gsa", "opm"];
    let among = |names: &[&str]| names.iter().any(|n| page.word(run.first).eq_ignore_ascii_case(n));
    let led = run.first > 0 && page.word(run.first - 1).eq_ignore_ascii_case("form");
    run.parts().len() == 2 && run.digits <= 5 && (among(&PAPERS) || led && among(&AGENCIES))
}

/// One number: six digits or more that are no amount.
fn plain(page: &Page<'_>, run: &Run, bytes: &[u8]) -> Option<Kind> {
    if run.digits < 6 || unit_follows(page, run.end, run.digits) || counted(page, run) {
        return None;
    }
    if is_npi(bytes) {
        return Some(Kind::License);
    }
    let round = bytes.ends_with(b"00") && run.digits < 8;
    (!round && !is_concept(bytes) && !is_coded(page, run.first)).then_some(Kind::Other)
}

/// Digits with dashes. Codes of laboratory tests (12345-6), medicines (0002-8215-01) and procedures (99213-25), years
/// and ranges have these lengths, too.
fn groups(page: &Page<'_>, run: &Run) -> Option<Kind> {
    if is_no_day(page, run) {
        return Some(Kind::Other);
    }
    // "70-0091": no code of a test or procedure of that length has a nought in front, and no range.
    let noughts = |nth: usize| run.parts().get(nth).is_some_and(|p| page.word(p.at).starts_with('0'));
    if run.is_digits(&[2, 4]) && noughts(1) && !noughts(0) && run.joined_by('-') {
        return Some(Kind::Other);
    }
    // "Early, 9, 114-22-7": an item of its own.
    if run.is_digits(&[3, 2, 1]) && run.joined_by('-') && is_item(page, run) {
        return Some(Kind::Other);
    }
    let left: &[&[usize]] = &[
        &[5, 2],
        &[5, 1],
        &[4, 1],
        &[3, 1],
        &[6, 1],
        &[4, 4, 2],
        &[5, 3, 2],
        &[5, 4, 1],
        &[5, 4, 2],
        &[4, 2],
        &[3, 4],
        &[2, 2, 2],
    ];
    if left.iter().any(|l| run.is_digits(l)) || run.digits < 7 || unit_follows(page, run.end, 9) {
        return None;
    }
    let years = run.parts().iter().all(|p| page.get(p.at).is_some_and(|t| t.len() == 4 && is_year(t.key)));
    let round = run.parts().iter().all(|p| page.get(p.at).is_some_and(|t| t.key % 10 == 0));
    (!years && !round).then_some(Kind::Other)
}

/// Does the code stand alone between signs or the ends of lines?
fn is_item(page: &Page<'_>, run: &Run) -> bool {
    let opens = page.get(run.first).is_some_and(|t| t.gap >= Gap::Line)
        || page.before(run.first).is_none_or(|t| [',', '(', '/', '|', '#'].iter().any(|s| t.is_sign(*s)));
    let closes = page.get(run.end).is_none_or(|t| t.gap >= Gap::Wide || t.gap == Gap::Line || t.form == Form::Sign);
    opens && closes
}

/// "40-87-22": three pairs with dashes of which no order makes a day.
fn is_no_day(page: &Page<'_>, run: &Run) -> bool {
    if !run.is_digits(&[2, 2, 2]) || !run.joined_by('-') {
        return false;
    }
    let value = |nth: usize| run.parts().get(nth).and_then(|p| page.get(p.at)).map_or(0, |t| t.key);
    let day = |month: usize, day: usize| (1..=12).contains(&value(month)) && (1..=31).contains(&value(day));
    let dated = day(0, 1) || day(1, 0) || day(1, 2) || day(2, 1);
    !dated && (0..3).any(|nth| !value(nth).is_multiple_of(5))
}

/// Letters and digits with dashes: "VP-50635-A", "CC9-089-9946", "S21-42273".
fn lettered(page: &Page<'_>, run: &Run) -> bool {
    let parts = run.parts();
    let token = |nth: usize| parts.get(nth).and_then(|p| page.get(p.at));
    if is_guid(page, run) {
        return true;
    }
    // Spine levels and pregnancies have short parts only.
    if run.digits < 4 || run.longest < 3 || run.size() < 6 {
        return false;
    }
    if unit_follows(page, run.end, run.digits) && run.digits < 7 {
        return false;
    }
    let Some(first) = token(0) else { return false };
    if first.flags.is(Class::Month)
        || parts.iter().any(|p| page.get(p.at).is_some_and(|t| t.flags.is(Class::Month) && t.len() > 2))
    {
        return false;
    }
    // "1523delCTT", "HLA-B2705", "COVID-2019", "mid-1990s", "Model-5076".
    if parts.iter().any(|p| word::is_variant(page.word(p.at)))
        || first.gap == Gap::None && page.before(run.first).is_some_and(|t| t.is_sign('.') && t.gap == Gap::None)
    {
        return false;
    }
    let letters = parts.iter().filter(|p| p.made == Made::Letters);
    let worded = letters.clone().any(|p| {
        page.get(p.at).is_some_and(|t| {
            p.len > 3 && (t.flags.word() > 1 || t.flags.is_medical()) || t.flags.is(Class::Unit) && p.len > 1
        })
    });
    let known =
        first.is_word() && (first.flags.is_medical() && first.len() > 2 || first.flags.word() > 1 && first.len() > 3);
    let yearly =
        parts.iter().any(|p| p.made == Made::Digits && page.get(p.at).is_some_and(|t| t.len() == 4 && is_year(t.key)))
            || page.word(run.end - 1).ends_with("0s");
    if parts.len() == 2 && (known || yearly || worded) {
        return run.digits >= 6 && !worded;
    }
    !(worded && run.digits < 6)
}

/// A GUID: hexadecimal groups of 8, 4, 4, 4 and 12.
fn is_guid(page: &Page<'_>, run: &Run) -> bool {
    let parts = run.parts();
    parts.len() == 5
        && parts
            .iter()
            .zip([8, 4, 4, 4, 12])
            .all(|(p, l)| p.len == l && page.word(p.at).bytes().all(|b| b.is_ascii_hexdigit()))
}

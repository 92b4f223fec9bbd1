//! Telephone, fax and pager numbers and extensions, in the shapes people write them.

use super::behind;
use super::digits::{Groups, Joint};
use crate::find::marks::Marks;
use crate::find::numbers::cue::{Found, cue_at, keys};
use crate::find::numbers::run::unit_follows;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::{Class, Cue};

/// Reads the telephone number that begins at `at` (a digit, "+" or "("): the token to go on from.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    if attached(page, marks, at) {
        return at + 1;
    }
    let Some(groups) = Groups::read(page, at) else { return at + 1 };
    // Most rows of numbers are none even behind a label.
    if groups.digits() < 7 || groups.is_dated() || groups.number(page, true).is_none() {
        return at + 1;
    }
    let said = cue_before(page, at);
    // "NHS number 943 476 5919": the label of another number.
    if said == Some(Cue::Leave) && !groups.is_plain() {
        return at + 1;
    }
    // "5463147668 ext. 9566": the extension tells.
    let extended = || groups.count() == 1 && groups.digits() == 10 && with_extension(page, groups.end()).is_some();
    let said = said.filter(|cue| *cue != Cue::Leave).or_else(|| extended().then_some(Cue::Phone));
    let Some(end) = groups.number(page, said.is_some()) else { return at + 1 };
    // "80756 00114 88201 77330": pieces of a longer number.
    let piece = said.is_none()
        && groups.count() == 2
        && groups.length(0) == 5
        && page.before(at).is_some_and(|t| t.form == Form::Number)
        && page.get(at).is_some_and(|t| t.gap == Gap::Space);
    if piece
        || !is_open(marks, at, end, groups.digits() >= 10 || said.is_some())
        || (said.is_none() && unit_follows(page, end, 4))
    {
        return at + 1;
    }
    mark(page, marks, at, end, said)
}

/// Marks a number with the extension behind it.
fn mark(page: &Page<'_>, marks: &mut Marks, at: usize, end: usize, said: Option<Cue>) -> usize {
    let kind = match said {
        Some(Cue::Fax) => Kind::Fax,
        _ if is_fax_behind(page, end) => Kind::Fax,
        _ => Kind::Phone,
    };
    let reason = if said.is_some() { Reason::Label } else { Reason::Pattern };
    let end = with_extension(page, end).unwrap_or(end);
    marks.add(page, at, end, kind, reason);
    then(page, marks, end)
}

/// "… then 810": what to dial behind the number.
fn then(page: &Page<'_>, marks: &mut Marks, end: usize) -> usize {
    const THEN: [u64; 3] = keys(["then", "option", "press"]);
    let at = end + usize::from(page.is_sign(end, ','));
    let dials = page.get(at).is_some_and(|t| t.gap <= Gap::Line && THEN.contains(&t.key) && t.is_word());
    let free = page.get(at + 1).is_some_and(|t| t.is_number(1..=6) && t.gap <= Gap::Line)
        && (page.get(at + 1).is_some_and(|t| t.len() > 2) || !page.word(at).eq_ignore_ascii_case("then"))
        && is_open(marks, at + 1, at + 2, true);
    let glued =
        page.get(at + 2).is_some_and(|t| t.gap == Gap::None && (t.is_sign('/') || t.is_sign('%') || t.is_sign(':')));
    if !dials || !free || glued || unit_follows(page, at + 2, 4) {
        return end;
    }
    // "press 4" goes with its word: alone a word that dials nothing would be left between two tags.
    let first = if page.word(at).eq_ignore_ascii_case("then") { at + 1 } else { at };
    marks.add(page, first, at + 2, Kind::Phone, Reason::Context);
    at + 2
}

/// May the tokens be a telephone number? What a label already made one of may be found again, longer. `sure`: ten digits
/// or a word before say so, though a piece of it looks like a ratio ("617/555-0123").
pub(super) fn is_open(marks: &Marks, first: usize, end: usize, sure: bool) -> bool {
    (first..end)
        .all(|i| (sure || !marks.is_shielded(i)) && matches!(marks.kind_at(i), None | Some(Kind::Phone | Kind::Fax)))
}

/// Is the token glued to letters or digits before it, so that a number cannot begin there?
fn attached(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    let (Some(token), Some(before)) = (page.get(at), page.before(at)) else { return false };
    if token.gap != Gap::None || before.form != Form::Sign {
        return token.gap == Gap::None && before.form == Form::Number;
    }
    // "617-555-0123/617-555-0124".
    if before.is_sign('/') && at >= 2 && matches!(marks.kind_at(at - 2), Some(Kind::Phone | Kind::Fax)) {
        return false;
    }
    let joins =
        before.is_dash() || before.is_sign('.') || before.is_sign('/') || before.is_sign('_') || before.is_sign(',');
    joins
        && before.gap == Gap::None
        && page.get(at.wrapping_sub(2)).is_some_and(|t| {
            matches!(t.form, Form::Number | Form::Mixed) && !before.is_sign(',')
                || t.is_word() && !t.flags.is(Class::Cue) && !before.is_sign('/')
        })
}

/// The nearest word before that says a telephone number stands here; `Leave` where one close by says that another does.
pub(super) fn cue_before(page: &Page<'_>, at: usize) -> Option<Cue> {
    // "Perio 433 325 424": the depths of gums, whatever is said before.
    const DEPTHS: [u64; 3] = keys(["perio", "probing", "depths"]);
    if page.before(at).is_some_and(|t| t.is_word() && DEPTHS.contains(&t.key)) {
        return Some(Cue::Leave);
    }
    let mut passed = 0;
    let mut i = at;
    while passed < 7 {
        i = i.checked_sub(1)?;
        let token = page.get(i)?;
        let next = page.get(i + 1)?;
        if next.gap == Gap::Blank {
            return None;
        }
        if token.flags.is(Class::Cue) {
            let found = cue_at(page, i);
            match found.map(|f| f.cue) {
                Some(cue @ (Cue::Phone | Cue::Fax | Cue::Pager | Cue::Call | Cue::Extension)) => return Some(cue),
                // The label of something else.
                Some(Cue::Filler | Cue::Domain | Cue::Picture | Cue::File) | None => {}
                Some(_) if i + 5 > at && !token.flags.is(Class::NumberLabel) => {
                    return found.filter(|f| !f.loose).map(|_| Cue::Leave);
                }
                Some(_) => {}
            }
        }
        if let Some(cue) = letter(token, next) {
            return Some(cue);
        }
        passed += usize::from(token.form != Form::Sign);
    }
    None
}

/// "P:", "F.", "(c)": a telephone's or fax's letter.
fn letter(token: &Token, next: &Token) -> Option<Cue> {
    const PHONE: [u64; 7] = keys(["p", "t", "c", "h", "w", "o", "m"]);
    const FAX: [u64; 1] = keys(["f"]);
    if token.len() != 1 || !token.is_word() || next.gap != Gap::None || !(next.is_sign(':') || next.is_sign(')')) {
        return None;
    }
    if PHONE.contains(&token.key) {
        return Some(Cue::Phone);
    }
    FAX.contains(&token.key).then_some(Cue::Fax)
}

/// "617-555-0123 (fax)".
fn is_fax_behind(page: &Page<'_>, end: usize) -> bool {
    const FAX: [u64; 3] = keys(["fax", "f", "facsimile"]);
    page.is_sign(end, '(') && page.is_sign(end + 2, ')') && page.get(end + 1).is_some_and(|t| FAX.contains(&t.key))
}

/// The token behind ", ext. 4521", "x4521" or "#12" that follows a number.
pub(super) fn with_extension(page: &Page<'_>, end: usize) -> Option<usize> {
    const X: [u64; 1] = keys(["x"]);
    let mut at = end + usize::from(page.is_sign(end, ',') || page.is_sign(end, ';'));
    let opened = page.is_sign(at, '(');
    at += usize::from(opened);
    let token = page.get(at)?;
    if token.gap > Gap::Line {
        return None;
    }
    if token.form == Form::Mixed {
        return is_x_number(page.word(at)).then_some(at + 1);
    }
    let cue = X.contains(&token.key) && token.is_word() || cue_at(page, at).is_some_and(|f| f.cue == Cue::Extension);
    if !cue && !token.is_sign('#') {
        return None;
    }
    at += 1;
    for _ in 0..3 {
        let passed = page.get(at).is_some_and(|t| {
            t.gap <= Gap::Line
                && (t.is_sign('.') || t.is_sign(':') || t.is_sign('#') || t.is_dash() || t.flags.is(Class::NumberLabel))
        });
        at += usize::from(passed);
    }
    let most = if token.is_sign('#') { 5 } else { 7 };
    page.get(at).filter(|t| t.is_number(1..=most) && t.gap <= Gap::Line)?;
    Some(digits_end(page, at))
}

/// "5-2291": an extension may have a dash.
pub(super) fn digits_end(page: &Page<'_>, at: usize) -> usize {
    let dash = page.get(at + 1).is_some_and(|t| t.gap == Gap::None && t.is_dash());
    let more =
        dash && page.get(at + 2).is_some_and(|t| (t.gap == Gap::None || t.gap == Gap::Line) && t.is_number(2..=5));
    if more { at + 3 } else { at + 1 }
}

/// "x4521", "ext4521".
fn is_x_number(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let head = &word[..word.len() - digits.len()];
    ["x", "ext", "extn", "xt"].iter().any(|h| head.eq_ignore_ascii_case(h))
        && (2..=6).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A number behind "phone" or "fax" whose shape alone would not tell: "phone 4-1234", "tel: 020 7946 0958",
/// "1-800-FLOWERS".
pub(super) fn labelled(page: &Page<'_>, marks: &mut Marks, found: &Found) -> usize {
    let Some((at, plain)) = behind(page, found, 6) else { return found.end };
    if !page.get(at).is_some_and(|t| t.form == Form::Number && t.gap <= Gap::Line) || !is_open(marks, at, at + 1, true)
    {
        return found.end;
    }
    let said = Some(found.cue);
    if let Some(groups) = Groups::read(page, at) {
        if let Some(end) = groups.number(page, true).filter(|end| is_open(marks, at, *end, true)) {
            return mark(page, marks, at, end, said);
        }
        let dashed =
            groups.count() == 2 && groups.joint(1) == Joint::Dash && groups.length(0) <= 2 && groups.length(1) >= 4;
        let short = plain
            && groups.count() == 1
            && (4..=6).contains(&groups.length(0))
            && !page.get(at).is_some_and(|t| (1900..2100).contains(&t.key));
        if dashed || short {
            let end = groups.end();
            if is_open(marks, at, end, false) && !unit_follows(page, end, 4) {
                return mark(page, marks, at, end, said);
            }
        }
    }
    found.end
}

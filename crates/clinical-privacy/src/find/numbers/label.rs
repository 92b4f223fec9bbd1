//! Codes that a label names: "MRN 1234567", "acct #: 00-1234", "plate\n7ABC123", "12345678 (MRN)".

use super::beside::{before, leave, more};
use super::checks::is_concept;
use super::cue::{Found, cue_at, keys};
use super::ending;
use super::fits::fits;
use super::masked;
use super::plate;
use super::run::{Run, is_year};
use super::udi;
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::{Class, Cue};

/// What stands between a label and its value, at most, in tokens.
const BETWEEN: usize = 9;

/// The longest row of dots that leads to a value.
const LEADER: usize = 80;

/// Reads the cue that begins at `at`, if one does: the token to go on from.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let Some(found) = cue_at(page, at) else { return at + 1 };
    // "mg/dL" is no driver's licence.
    let over = page.get(at).is_some_and(|t| t.gap == Gap::None && t.flags.is(Class::Unit))
        && page.before(at).is_some_and(|t| t.is_sign('/'));
    if over {
        return at + 1;
    }
    // "REF 5512-F-401" on an implant's sticker is its catalogue number; "ref: 5512" and "ref MDT/0322" are references.
    let slashed = page.get(found.end).is_some_and(|t| t.is_word()) && page.is_sign(found.end + 1, '/');
    let named = found.loose
        && (slashed
            || found.cue == Cue::Leave && is_reference(page, at)
            || page.get(found.end).is_some_and(|t| t.is_sign(':') || t.is_sign('#') || t.is_sign('.') || t.is_dash()));
    if found.cue == Cue::Leave && !named {
        return leave(page, found.end);
    }
    if found.cue == Cue::Filler {
        return ending::read(page, marks, at, &found);
    }
    let Some(kind) = kind_of(found.cue) else { return at + 1 };
    before(page, marks, at, kind);
    // "Moped in the ditch: CT 55 KLM."
    if found.loose && plate::is_everyday(page, at) {
        let seen = (found.end..found.end + 8).find_map(|i| Some((i, plate::british(page, i)?)));
        if let Some((first, end)) = seen.filter(|(first, end)| (*first..*end).all(|i| marks.is_free(i))) {
            marks.add(page, first, end, kind, Reason::Context);
            return end;
        }
    }
    let Some(value) = value_after(page, &found) else { return found.end };
    if let Some(end) = masked::read(page, value.at) {
        marks.add(page, value.at, end, kind, Reason::Label);
        return end;
    }
    // "UDI number (01)0871…(21)…": the bracket belongs to the code.
    if let Some(bracket) = value.at.checked_sub(1).filter(|i| page.is_sign(*i, '(') && page.is_sign(value.at + 1, ')'))
    {
        let end = udi::read(page, marks, bracket);
        if end > value.at {
            return end;
        }
    }
    if found.cue == Cue::Vehicle && marks.is_free(value.at) {
        if let Some(end) = plate::read(page, value.at) {
            marks.add(page, value.at, end, kind, Reason::Label);
            return end;
        }
        // "car 2017", "van at 45 mph": of everyday words only a plate's form is one.
        if found.loose && plate::is_everyday(page, at) {
            return found.end;
        }
    }
    if found.cue == Cue::License
        && let Some(end) = plate::british_licence(page, value.at)
    {
        marks.add(page, value.at, end, kind, Reason::Label);
        return end;
    }
    let run = Run::read(page, value.at).or_else(|| Run::spaced(page, value.at));
    let scattered = Run::scattered(page, value.at);
    let Some(mut run) = scattered.or(run) else { return found.end };
    // What "fields" found of the same value may be found again, longer.
    let open = marks.kind_at(value.at).is_none_or(|k| k == kind || matches!(k, Kind::Date | Kind::Other));
    if marks.is_shielded(value.at) || !open {
        return found.end;
    }
    if scattered.is_none() {
        run.widen(page, marks, true);
    }
    // "Social: 2019" tells a year; "last four of her social 2019" does not.
    let yearly = found.cue == Cue::Ssn
        && found.end < at + 3
        && !value.piece
        && run.digits == 4
        && page.get(run.first).is_some_and(|t| is_year(t.key));
    // A concept of SNOMED CT is none, unless a label proper says so.
    let concept =
        found.loose && !value.sure && run.is_plain() && run.digits >= 6 && is_concept(page.word(run.first).as_bytes());
    if yearly || concept || is_procedure(page, at, &run, &value) || !fits(page, marks, &run, &found, &value) {
        return found.end;
    }
    // "REF-2192-779": what could be a label is the front of the code.
    let glued = value.at == at + 2
        && page.get(at + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && page.get(value.at).is_some_and(|t| t.gap == Gap::None)
        && page.get(at).is_some_and(|t| t.len() <= 5);
    // "her number is 123-45-6789": the form says more than such a label.
    let kind = if kind == Kind::Other && run.is_digits(&[3, 2, 4]) { Kind::Ssn } else { kind };
    let first = match run.first.checked_sub(1) {
        _ if glued => at,
        // "Rx 3701861-44" is written as one.
        Some(rx) if page.word(rx).eq_ignore_ascii_case("rx") => rx,
        _ => run.first,
    };
    marks.add(page, first, run.end, kind, Reason::Label);
    // The label itself is no name ("IBAN", "M.R.N.").
    if !glued && !found.loose && !marks.any_in(at, found.end) {
        marks.shield(at, found.end);
    }
    more(page, marks, &run, kind)
}

/// Does "ref" name a reference, and not the catalogue number of an implant's sticker, which has its lot or serial near?
fn is_reference(page: &Page<'_>, at: usize) -> bool {
    const STICKER: [u64; 10] =
        keys(["lot", "sn", "ser", "serial", "exp", "gtin", "udi", "batch", "catalog", "implant"]);
    let sticker =
        (at.saturating_sub(14)..at + 14).any(|i| page.get(i).is_some_and(|t| t.is_word() && STICKER.contains(&t.key)));
    let small = page.get(at).is_some_and(|t| t.form == Form::Lower) || page.casing_at(at) != Casing::Usual;
    // "ref 5510-F femoral component" is a catalogue's, too: a sign stands before, or letters lead.
    let aside = at.checked_sub(1).is_some_and(|i| [',', ';', '(', '/'].iter().any(|s| page.is_sign(i, *s)));
    let lettered = page.word(at + 1).starts_with(|c: char| c.is_ascii_alphabetic());
    // "Delphine / ID 9114 77 2230 / Ref A118-0027-33": in a heading's row it has its capital.
    let row = at.checked_sub(1).is_some_and(|i| page.is_sign(i, '/'));
    (small || row) && !sticker && (aside || lettered) && page.get(at + 1).is_some_and(|t| t.gap <= Gap::Line)
}

/// "office visit 99214", "lab 80053": the code of what was done, as bills have it.
fn is_procedure(page: &Page<'_>, at: usize, run: &Run, value: &Value) -> bool {
    const LABS: [u64; 2] = keys(["lab", "labs"]);
    const VISITS: [u64; 4] = keys(["visit", "exam", "encounter", "session"]);
    const FILMS: [u64; 6] = keys(["xray", "x", "scan", "film", "image", "ray"]);
    let Some(code) = page.get(run.first).filter(|t| run.is_plain() && t.len() == 5).map(|t| t.key) else {
        return false;
    };
    if value.numbered {
        return false;
    }
    let said = |words: &[u64]| page.get(at).is_some_and(|t| words.contains(&t.key));
    let billed = page.is_sign(run.end, '$') && (10_004..=99_607).contains(&code);
    billed
        || value.next
            && (said(&LABS) && (80_047..=89_398).contains(&code)
                || said(&VISITS) && (90_281..=99_607).contains(&code)
                || said(&FILMS) && (70_010..=79_999).contains(&code))
}

/// The kind of identifier that a cue names; `None` for those of other families.
pub(super) fn kind_of(cue: Cue) -> Option<Kind> {
    Some(match cue {
        Cue::Ssn => Kind::Ssn,
        Cue::Mrn => Kind::Mrn,
        Cue::Plan => Kind::Plan,
        Cue::Account => Kind::Account,
        Cue::License => Kind::License,
        Cue::Vehicle => Kind::Vehicle,
        Cue::Device => Kind::Device,
        Cue::Biometric => Kind::Biometric,
        Cue::Photo => Kind::Photo,
        Cue::Other | Cue::Leave => Kind::Other,
        _ => return None,
    })
}

/// Where a label's value begins, and how plainly the label says that it is one.
pub(super) struct Value {
    pub(super) at: usize,
    /// "number", "#", "id" or a colon stands between.
    pub(super) sure: bool,
    /// "number" or "#" itself.
    pub(super) numbered: bool,
    /// "ending in", "last four": a piece of a number follows.
    pub(super) piece: bool,
    /// Nothing but spaces stands between.
    pub(super) next: bool,
}

/// Passes over what may stand between a label and its value.
fn value_after(page: &Page<'_>, found: &Found) -> Option<Value> {
    let piece = found.cue == Cue::Ssn && found.loose;
    let mut value = Value { at: found.end, sure: false, numbered: false, piece, next: true };
    let mut fillers = 0;
    let dots = (value.at..value.at + LEADER).take_while(|i| page.is_sign(*i, '.') || page.is_sign(*i, '_')).count();
    // "Policy ........ STD-009-4471".
    if dots > 2 {
        value.at += dots;
        value.sure = true;
    }
    let stop = value.at + BETWEEN;
    while value.at < stop {
        let token = page.get(value.at)?;
        // A heading ("EXAM") is no label of the next line's first code.
        let wrapped = token.gap == Gap::Line && !page.opens_line(found.end - 1);
        let heading = found.loose
            && !wrapped
            && found.cue != Cue::Vehicle
            && token.gap >= Gap::Line
            && !value.sure
            && !value.piece;
        if heading && !(token.gap == Gap::Line && token.form == Form::Number && token.len() >= 6) {
            return None;
        }
        if token.gap >= Gap::Blank && value.at > found.end + 1 {
            return None;
        }
        if is_code(page, value.at) || masked::read(page, value.at).is_some() {
            return Some(value);
        }
        let formed = found.cue == Cue::Vehicle && plate::read(page, value.at).is_some()
            || found.cue == Cue::License && plate::british_licence(page, value.at).is_some()
            || Run::scattered(page, value.at).is_some();
        if formed {
            return Some(value);
        }
        value.next = false;
        match token.form {
            Form::Sign => match char::from_u32(token.key as u32)? {
                '#' | '\u{2116}' => (value.sure, value.numbered) = (true, true),
                ':' | '=' => value.sure = true,
                '.' | '(' | '[' | '"' | '\'' | '*' | '>' | '|' | '~' | '_' | '\u{201c}' | '\u{a0}' => {}
                ')' | ']' if fillers > 0 => {}
                ',' if !found.loose && page.get(value.at + 1)?.gap >= Gap::Line => {}
                // "Insurance: Medicare, ZGP 432 574 292".
                ',' if fillers > 0 && found.cue == Cue::Plan && Run::spaced(page, value.at + 1).is_some() => {}
                _ if token.is_dash() => {}
                _ => return None,
            },
            Form::Possessive => {}
            _ if token.flags.is(Class::NumberLabel) => (value.sure, value.numbered) = (true, true),
            _ => match cue_at(page, value.at) {
                Some(filler) if filler.cue == Cue::Filler => {
                    fillers += 1;
                    value.piece |= page.word(value.at).to_ascii_lowercase().starts_with("end");
                    value.at = filler.end;
                    continue;
                }
                Some(last) if last.cue == Cue::Ssn && last.loose => {
                    value.piece = true;
                    value.at = last.end;
                    continue;
                }
                // "DEA registration", "NPI identifier".
                Some(again) if again.cue == found.cue && fillers == 0 => {
                    fillers += 1;
                    value.at = again.end;
                    continue;
                }
                _ if is_link(token.key) && fillers < 6 => fillers += 1,
                _ => return None,
            },
        }
        value.at += 1;
    }
    None
}

/// "is", "of" and their like, between a label and its value.
fn is_link(key: u64) -> bool {
    const LINKS: [u64; 21] = keys([
        "is",
        "was",
        "of",
        "as",
        "for",
        "in",
        "on",
        "to",
        "are",
        "the",
        "with",
        "and",
        "his",
        "her",
        "patient",
        "device",
        "scan",
        "at",
        "outside",
        "sending",
        "receiving",
    ]);
    LINKS.contains(&key)
}

/// Does a code begin at the token: digits, letters and digits, or letters with a dash and then such?
fn is_code(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    match token.form {
        Form::Number | Form::Mixed => true,
        Form::Upper | Form::Initial | Form::Lower | Form::Title | Form::Camel => {
            let joined = page.get(at + 1).is_some_and(|t| {
                t.gap == Gap::None
                    && (t.is_dash() || t.is_sign('_') || t.is_sign('.') || t.is_sign('/') || t.is_sign(':'))
            });
            let small = token.flags.word() == 0 || page.casing_at(at) == Casing::Lower;
            let spaced = (token.is_capital() && token.form != Form::Title || small && token.form == Form::Lower)
                && token.len() <= 4
                // "LIFT 1722" in capitals is a word and a time.
                && (page.casing_at(at) == Casing::Usual || token.len() <= 2 || token.flags.word() < 2)
                && page.get(at + 1).is_some_and(|t| {
                    matches!(t.gap, Gap::Space | Gap::Line)
                        && (t.is_number(2..=9) || t.form == Form::Mixed && t.len() >= 6)
                        && (t.gap == Gap::Space || t.len() >= 4)
                })
                && !token.flags.is_any(
                    Class::NumberLabel.bit() | Class::Function.bit() | Class::Pronoun.bit() | Class::Clock.bit(),
                )
                && !(token.flags.is(Class::Cue) && cue_at(page, at).is_some())
                && !token.flags.is(Class::Month)
                && Run::spaced(page, at).is_some();
            // "CK-XS 00418827".
            let split =
                joined && page.get(at + 3).is_some_and(|t| t.gap == Gap::Space) && Run::spaced(page, at).is_some();
            let spaced = spaced || split;
            spaced || joined && Run::read(page, at).is_some_and(|run| run.end > at + 2 && !token.flags.is(Class::Month))
        }
        _ => false,
    }
}

//! Names used on a network: "@sunny_days", "u/quiet_one22", "username jroe84", "screen name: gran_of_12".

use super::behind;
use crate::find::marks::Marks;
use crate::find::numbers::cue::{Found, cue_at, keys};
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::{Class, Cue};

/// The token behind a handle that begins at `at`: words and digits with points, dashes and underscores between.
fn end_of(page: &Page<'_>, at: usize) -> usize {
    let mut end = at;
    for _ in 0..20 {
        let Some(token) = page.get(end) else { break };
        if end > at && token.gap != Gap::None {
            break;
        }
        let fits = match token.form {
            // "live:jroe" is written so on one network.
            Form::Sign => {
                token.is_sign('_')
                    || token.is_sign('.')
                    || token.is_dash()
                    || end == at + 1 && token.is_sign(':') && page.word(at).eq_ignore_ascii_case("live")
            }
            Form::Possessive => false,
            _ => true,
        };
        if !fits {
            break;
        }
        end += 1;
    }
    // "ashfall#2210": a name and its number.
    let tagged = page.get(end).is_some_and(|t| t.is_sign('#') && t.gap == Gap::None)
        && page.get(end + 1).is_some_and(|t| t.gap == Gap::None && t.is_number(4..=4));
    if tagged && end > at {
        return end + 2;
    }
    // A full stop or dash behind ends the sentence; an underscore belongs to the name.
    while end > at && page.get(end - 1).is_some_and(|t| t.form == Form::Sign && !t.is_sign('_')) {
        end -= 1;
    }
    end
}

/// Has it a digit next to letters, or a sign in it, as words have not?
fn is_strange(page: &Page<'_>, first: usize, end: usize) -> bool {
    let signs = (first..end).any(|i| page.get(i).is_some_and(|t| t.form == Form::Sign));
    let mixed = (first..end).any(|i| page.get(i).is_some_and(|t| t.form == Form::Mixed));
    let letters = (first..end).any(|i| page.get(i).is_some_and(|t| t.is_word() || t.form == Form::Mixed));
    letters && (mixed || signs)
}

/// Reads a handle behind the "@" at `at`: the token to go on from.
pub(super) fn at_sign(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let Some(next) = page.get(at + 1).filter(|t| t.gap == Gap::None) else { return at + 1 };
    // "60@noon" is no handle: nothing may be glued before.
    let free = page.get(at).is_some_and(|t| t.gap != Gap::None) || page.before(at).is_none_or(|t| t.form == Form::Sign);
    let underscored = next.is_sign('_');
    if !free || next.form == Form::Number || next.form == Form::Sign && !underscored {
        return at + 1;
    }
    let end = end_of(page, at + 1);
    let measured = next.form == Form::Mixed && page.word(at + 1).as_bytes()[0].is_ascii_digit();
    let unknown = next.is_word() && next.len() > 2 && next.flags.word() == 0 && !next.flags.is_medical();
    if measured && !said(page, at) || !(is_strange(page, at + 1, end) || unknown || said(page, at)) {
        return at + 1;
    }
    // "@bedside." has only its full stop; that was cut off, so one word is left.
    marks.add(page, at, end, Kind::Other, Reason::Pattern);
    end
}

/// Does a word of a network stand shortly before?
fn said(page: &Page<'_>, at: usize) -> bool {
    (1..=5).any(|back| {
        at.checked_sub(back).is_some_and(|i| {
            page.get(i).is_some_and(|t| t.flags.is(Class::Cue)) && cue_at(page, i).is_some_and(|f| f.cue == Cue::Handle)
        })
    })
}

/// Reads "u/quiet_one22" around the slash at `at`.
pub(super) fn slash(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let led = at > 0
        && page.get(at).is_some_and(|t| t.gap == Gap::None)
        && ["u", "U"].contains(&page.word(at - 1))
        && page
            .get(at - 1)
            .is_some_and(|t| at == 1 || t.gap != Gap::None || page.is_sign(at - 2, '(') || page.is_sign(at - 2, '/'));
    let end = end_of(page, at + 1);
    if !led || !is_strange(page, at + 1, end) && !said(page, at - 1) || end <= at + 1 {
        return at + 1;
    }
    marks.add(page, at - 1, end, Kind::Other, Reason::Pattern);
    end
}

/// "username: jroe84", "instagram gran.of.12", "logged in as j_roe".
pub(super) fn labelled(page: &Page<'_>, marks: &mut Marks, found: &Found) -> usize {
    let Some((at, plain)) = behind(page, found, 5) else { return found.end };
    let Some(token) = page.get(at).filter(|t| t.gap <= Gap::Line && t.form != Form::Sign) else { return found.end };
    // Another label of the same sort ("Instagram handle @…").
    if token.flags.is(Class::Cue) && cue_at(page, at).is_some_and(|f| f.cue == Cue::Handle) || !marks.is_free(at) {
        return found.end;
    }
    // "host fe80::14c9": an address of a network.
    if page.get(at + 1).is_some_and(|t| t.is_sign(':') && t.gap == Gap::None) && !says_live(page, at) {
        return found.end;
    }
    let end = end_of(page, at);
    // A web address is read as such.
    if ["www", "http", "https"].iter().any(|w| page.word(at).eq_ignore_ascii_case(w)) {
        return found.end;
    }
    let quoted =
        at > 0 && (page.is_sign(at - 1, '"') || page.is_sign(at - 1, '\u{201c}') || page.is_sign(at - 1, '\''));
    let unknown = token.is_word() && token.flags.is_unknown() && token.len() > 2;
    let number = token.form == Form::Number && plain && token.len() >= 4;
    let tailed = token.form == Form::Mixed && page.word(at).as_bytes()[0].is_ascii_digit() && token.len() < 5;
    // "IP 39.24.119.51, user tsickles": no word, written small, where only names of a network are.
    const USER: [u64; 3] = keys(["user", "login", "logon"]);
    let login = at == found.end
        && page.get(at - 1).is_some_and(|t| USER.contains(&t.key))
        && token.form == Form::Lower
        && page.casing_at(at) == Casing::Usual
        && token.len() > 3
        && token.flags.word() == 0
        && !token.flags.is_medical();
    let strange = login || is_strange(page, at, end) && !tailed && (end == at + 1 || has_inner_sign(page, at, end));
    if strange || (plain || quoted) && (unknown || number) || unknown && at == found.end && !found.loose {
        marks.add(page, at, end, Kind::Other, Reason::Label);
        return end;
    }
    found.end
}

fn says_live(page: &Page<'_>, at: usize) -> bool {
    page.word(at).eq_ignore_ascii_case("live")
}

/// "printed at 12:22 by rousseau96", "\"by\":\"still74\"": letters and a few digits behind "by" or "user" name a person.
pub(super) fn by(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    const BY: [u64; 4] = keys(["by", "user", "login", "username"]);
    let word = page.word(at);
    let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
    let digits = word.len() - letters;
    if letters < 4 || !(1..=4).contains(&digits) || !word.bytes().skip(letters).all(|b| b.is_ascii_digit()) {
        return at + 1;
    }
    const LOGS: [u64; 10] =
        keys(["logged", "printed", "user", "saved", "entered", "signed", "accessed", "opened", "viewed", "modified"]);
    let key = crate::words::key_of(&word[..letters]);
    let flags = crate::words::flags_of(key);
    let counts = flags.is_any(Class::Unit.bit() | Class::Clock.bit() | Class::Grade.bit())
        || flags.is_medical()
        || crate::words::hints_of(key) & crate::words::Hint::Numbered.bit() != 0;
    // "run by team2": a word and a number is a name only where a log says who did it.
    let logged = || {
        page.is_sign(at.wrapping_sub(1), '"')
            || (at.saturating_sub(18)..at).any(|i| page.get(i).is_some_and(|t| t.is_word() && LOGS.contains(&t.key)))
    };
    if counts || flags.word() > 0 && !logged() {
        return at + 1;
    }
    let mut i = at;
    for _ in 0..4 {
        let Some(before) = i.checked_sub(1) else { return at + 1 };
        i = before;
        let Some(token) = page.get(i) else { return at + 1 };
        if token.is_word() {
            if BY.contains(&token.key) && marks.is_free(at) {
                marks.add(page, at, at + 1, Kind::Other, Reason::Context);
            }
            return at + 1;
        }
        if !(token.is_sign('"') || token.is_sign(':') || token.is_sign('\'')) {
            return at + 1;
        }
    }
    at + 1
}

/// "Filed 06/13/2022 by jgooch from 93.207.238.153": who was at the address that begins at `at`.
pub(super) fn from_address(page: &Page<'_>, marks: &mut Marks, at: usize) {
    const FROM: [u64; 3] = keys(["from", "at", "on"]);
    const BY: [u64; 2] = keys(["by", "user"]);
    let is = |i: usize, words: &[u64]| page.get(i).is_some_and(|t| t.is_word() && words.contains(&t.key));
    let Some(name) = at.checked_sub(2).filter(|_| is(at - 1, &FROM)) else { return };
    let one = page.get(name).is_some_and(|t| t.form == Form::Lower && t.flags.word() == 0 && t.len() > 3);
    if one && name > 0 && is(name - 1, &BY) && marks.is_free(name) {
        marks.add(page, name, name + 1, Kind::Other, Reason::Context);
    }
}

/// "[2024-02-05 11:40] jroe84: opened chart": the user of a line of an access log, behind the bracket at `at`.
pub(super) fn log_line(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let first = at + 1;
    let opens = page.get(first).is_some_and(|t| t.gap == Gap::Space && (t.is_word() || t.form == Form::Mixed));
    if !opens || !page.before(at).is_some_and(|t| t.form != Form::Sign || t.is_sign('.')) {
        return at + 1;
    }
    let end = end_of(page, first);
    let closes = page.get(end).is_some_and(|t| t.gap == Gap::None && t.is_sign(':'));
    let named = end > first + 1
        || (first..end).any(|i| {
            page.get(i).is_some_and(|t| {
                t.form == Form::Mixed || t.is_word() && t.len() > 2 && t.flags.word() == 0 && !t.flags.is_medical()
            })
        });
    // A log line's bracket holds its time.
    let timed = (at.saturating_sub(12)..at)
        .any(|i| page.get(i).is_some_and(|t| t.form == Form::Number && page.is_sign(i + 1, ':') || t.is_number(4..=4)));
    if !(closes && named && timed) {
        return at + 1;
    }
    marks.add(page, first, end, Kind::Other, Reason::Context);
    end
}

/// "reviewed tmcallister-io", "entered by jane.roe": around the sign at `at`, a user's name behind what a user does. Of
/// words in no list, or of two names, in small letters.
pub(super) fn behind_verb(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let small = |i: usize| page.get(i).filter(|t| t.form == Form::Lower && !t.flags.is_medical());
    let Some((before, after)) = at.checked_sub(1).and_then(|i| Some((small(i)?, small(at + 1)?))) else {
        return at + 1;
    };
    let strange = before.flags.is_unknown() && before.len() > 4;
    let name = |t: &Token| t.flags.word() < 2 || t.flags.given() > 1 || t.flags.surname() > 1;
    let named = page.is_sign(at, '.') && name(before) && name(after) && after.len() > 2;
    if !(strange || named) || page.get(at).is_some_and(|t| t.gap != Gap::None) || before.gap == Gap::None {
        return at + 1;
    }
    const DONE: [u64; 10] =
        keys(["by", "reviewed", "user", "login", "signed", "entered", "author", "typed", "scribed", "verified"]);
    let verb = (2..=3).any(|back| {
        at.checked_sub(back).is_some_and(|i| {
            page.get(i).is_some_and(|t| t.is_word() && DONE.contains(&t.key)) && (back == 2 || page.is_sign(i + 1, ':'))
        })
    });
    let end = end_of(page, at - 1);
    if !verb || !(at - 1..end).all(|i| marks.is_free(i)) {
        return at + 1;
    }
    marks.add(page, at - 1, end, Kind::Other, Reason::Context);
    end
}

/// A dash alone joins common words, too ("login-related"); an underscore or point does not, nor do digits.
fn has_inner_sign(page: &Page<'_>, first: usize, end: usize) -> bool {
    (first..end).any(|i| {
        page.get(i).is_some_and(|t| {
            t.is_sign('_') || t.is_sign('.') || t.is_sign(':') || matches!(t.form, Form::Number | Form::Mixed)
        })
    })
}

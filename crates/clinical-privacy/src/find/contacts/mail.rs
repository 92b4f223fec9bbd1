//! E-mail addresses: "jane.roe+kids@mail.example.org", also broken behind the "@".

use crate::find::marks::Marks;
use crate::find::numbers::cue::cue_at;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::{Class, Cue};

/// More tokens than this on one side are no address.
const MOST: usize = 24;

/// Reads the address around the "@" at `at`: the token to go on from.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let first = local(page, at);
    if first == at {
        return at + 1;
    }
    let Some((end, dotted)) = domain(page, at + 1) else { return at + 1 };
    let broken = page.get(at + 1).is_some_and(|t| t.gap != Gap::None);
    if !dotted {
        // "jroe@stlukes": told from "HR@rest" by a word that is in no list.
        let strange = |i: usize| {
            page.get(i).is_some_and(|t| {
                t.is_word() && t.flags.is_unknown() && t.len() > 2 || t.form == Form::Mixed && t.len() > 4
            })
        };
        if broken
            || !strange(first)
            || !(strange(at + 1) || page.get(at + 1).is_some_and(|t| t.is_word() && t.len() > 4))
        {
            return at + 1;
        }
    }
    marks.add(page, first, end, Kind::Email, Reason::Pattern);
    end
}

/// The first token of the name before the "@"; `at` itself where there is none.
pub(super) fn local(page: &Page<'_>, at: usize) -> usize {
    let mut first = at;
    for _ in 0..MOST {
        let (Some(before), Some(here)) = (page.before(first), page.get(first)) else { break };
        let fits = match before.form {
            Form::Sign => matches!(
                char::from_u32(before.key as u32),
                Some('.' | '_' | '-' | '+' | '%' | '\'' | '\u{2010}' | '\u{2011}')
            ),
            Form::Possessive => true,
            _ => true,
        };
        // A line may break behind a sign within the name.
        let broken =
            here.gap == Gap::Line && before.form == Form::Sign && before.gap == Gap::None && !before.is_sign('.');
        if !fits || here.gap != Gap::None && !broken {
            break;
        }
        first -= 1;
    }
    while first < at && page.get(first).is_some_and(|t| t.form == Form::Sign && !t.is_sign('_')) {
        first += 1;
    }
    first
}

/// The token behind a host's name that begins at `at`, and whether it has a point in it.
pub(super) fn domain(page: &Page<'_>, at: usize) -> Option<(usize, bool)> {
    let host = |t: &Token| !matches!(t.form, Form::Sign | Form::Possessive);
    let first = page.get(at).filter(|t| host(t))?;
    if first.gap > Gap::Line || first.gap == Gap::Wide {
        return None;
    }
    let (mut end, mut dotted) = (at + 1, false);
    for _ in 0..MOST {
        let (Some(sign), Some(next)) = (page.get(end), page.get(end + 1)) else { break };
        let joint = sign.is_sign('.') || sign.is_dash() || sign.is_sign('_');
        if sign.gap != Gap::None || !joint || !host(next) {
            break;
        }
        // "x@y.org.The" cannot be told, but "x@y.\norg" can.
        let broken = next.gap == Gap::Line
            && !dotted
            && next.flags.is(Class::Cue)
            && cue_at(page, end + 1).is_some_and(|f| f.cue == Cue::Domain);
        if next.gap != Gap::None && !broken {
            break;
        }
        dotted |= sign.is_sign('.');
        end += 2;
    }
    // A broken address must have a known end, or the next line's words would be taken for it.
    let known = dotted && page.get(end - 1).is_some_and(|t| t.is_word() && t.len() >= 2 && t.form != Form::Title);
    (first.gap == Gap::None || known)
        .then_some((end, dotted && page.get(end - 1).is_some_and(|t| t.form != Form::Number)))
}

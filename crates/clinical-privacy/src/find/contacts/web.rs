//! Web addresses: with a scheme, with "www.", or a host of a well-known ending with or without a path.

use super::mail::domain;
use super::spoken;
use crate::find::marks::Marks;
use crate::find::numbers::cue::cue_at;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Cue};

/// The longest address, in tokens.
const MOST: usize = 160;

/// Reads the address that the "://" beginning at `at` belongs to: the token to go on from.
pub(super) fn scheme(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let Some(first) = at.checked_sub(1).filter(|i| page.get(*i).is_some_and(|t| t.is_word() || t.form == Form::Mixed))
    else {
        return at + 1;
    };
    let end = path_end(page, at + 3);
    if end <= at + 3 || page.get(at + 3).is_some_and(|t| t.gap != Gap::None) {
        return at + 1;
    }
    if is_terminology(page.slice(at + 3, end)) {
        marks.shield(first, end);
        return end;
    }
    marks.add(page, first, end, Kind::Url, Reason::Pattern);
    end
}

/// The names that standards give to code systems and profiles have the form of addresses and tell of no one.
fn is_terminology(address: &str) -> bool {
    const HOSTS: [&str; 9] = [
        "snomed.info/",
        "loinc.org",
        "hl7.org/",
        "www.hl7.org/",
        "terminology.hl7.org/",
        "unitsofmeasure.org",
        "www.nlm.nih.gov/research/umls/rxnorm",
        "www.ama-assn.org/go/cpt",
        "hl7.org/fhir",
    ];
    HOSTS.iter().any(|h| address.get(..h.len()).is_some_and(|a| a.eq_ignore_ascii_case(h)))
}

/// Reads the address around the full stop at `at`: the token to go on from.
pub(super) fn dot(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let (Some(before), Some(stop), Some(after)) = (page.before(at), page.get(at), page.get(at + 1)) else {
        return at + 1;
    };
    if stop.gap != Gap::None || after.gap != Gap::None || matches!(before.form, Form::Sign | Form::Possessive) {
        return at + 1;
    }
    let www = before.len() == 3 && page.word(at - 1).eq_ignore_ascii_case("www");
    if !www && !after.flags.is(Class::Cue) && !page.get(at + 2).is_some_and(|t| t.is_sign('/') && t.gap == Gap::None) {
        return at + 1;
    }
    let mut first = at - 1;
    // The host goes back over its names: "portal.north-lake.example".
    for _ in 0..12 {
        let joined = first >= 2
            && page.get(first).is_some_and(|t| t.gap == Gap::None)
            && page
                .get(first - 1)
                .is_some_and(|t| t.gap == Gap::None && (t.is_sign('.') || t.is_dash() || t.is_sign('_')))
            && page.get(first - 2).is_some_and(|t| !matches!(t.form, Form::Sign | Form::Possessive));
        if !joined {
            break;
        }
        first -= 2;
    }
    let Some((host_end, _)) = domain(page, at + 1) else { return at + 1 };
    let path = page.get(host_end).is_some_and(|t| t.is_sign('/') && t.gap == Gap::None);
    let known = (at + 1..host_end).any(|i| {
        page.is_sign(i - 1, '.')
            && page.get(i).is_some_and(|t| t.flags.is(Class::Cue))
            && cue_at(page, i).is_some_and(|f| f.cue == Cue::Domain)
    });
    // "co/…", "me/…", "app/…": any short ending, where a path of a telling form follows.
    let ending = page.get(host_end - 1).is_some_and(|t| t.form == Form::Lower && (2..=7).contains(&t.len()));
    let telling = path
        && ending
        && before.is_word()
        && (before.len() > 1 || is_short_link(page, at + 1))
        && page.get(host_end + 1).is_some_and(|t| {
            t.gap == Gap::None
                && (t.flags.is_unknown() && t.len() > 1 || t.len() == 1 && page.is_sign(host_end + 2, '/'))
        });
    if !(www || known && before.form != Form::Number || telling)
        || page.get(at + 1).is_some_and(|t| t.form == Form::Title && !www)
    {
        return at + 1;
    }
    if (first..host_end).any(|i| marks.kind_at(i).is_some()) {
        return at + 1;
    }
    // "jroe [at] example.org" is mail.
    let ending = host_end - 1;
    if let Some(found) = cue_at(page, ending).filter(|f| f.cue == Cue::Domain) {
        let end = spoken::read(page, marks, ending, &found);
        if marks.kind_at(ending).is_some() {
            return end;
        }
    }
    let end = if path || page.is_sign(host_end, '?') || page.is_sign(host_end, ':') {
        path_end(page, host_end).max(host_end)
    } else {
        host_end
    };
    marks.add(page, first, end, Kind::Url, Reason::Pattern);
    end
}

/// "t.me/…": a host of one letter and a country's ending.
fn is_short_link(page: &Page<'_>, at: usize) -> bool {
    ["me", "co", "ly"].iter().any(|e| page.word(at).eq_ignore_ascii_case(e))
}

/// The token behind an address that goes on at `at` until a space or a sign that cannot stand in it.
fn path_end(page: &Page<'_>, at: usize) -> usize {
    let mut end = at;
    while let Some(token) = page.get(end).filter(|_| end < at + MOST) {
        if token.gap != Gap::None {
            // A line may break behind a sign in the middle of a long address.
            let broken = token.gap == Gap::Line
                && end > at + 4
                && page
                    .before(end)
                    .is_some_and(|t| t.is_sign('/') || t.is_sign('=') || t.is_sign('?') || t.is_sign('&'));
            if !broken || token.form == Form::Sign {
                break;
            }
        }
        let stops = match char::from_u32(token.key as u32) {
            _ if token.form != Form::Sign => false,
            Some('"' | '<' | '>' | '|' | '^' | '\\' | '{' | '}' | '`' | '\u{201d}' | '\u{201c}' | ',' | ']') => true,
            Some(';') => !(end >= 2 && page.is_sign(end - 2, '&')),
            Some(')') => !(at..end).any(|i| page.is_sign(i, '(')),
            _ => false,
        };
        if stops {
            break;
        }
        end += 1;
    }
    // A full stop or bracket behind the address ends the sentence.
    while end > at && page.get(end - 1).is_some_and(|t| t.form == Form::Sign && !t.is_sign('/')) {
        end -= 1;
    }
    end
}

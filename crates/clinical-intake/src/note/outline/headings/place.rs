//! What could be a heading at the beginning of a line.

use super::key::{Key, Meaning};
use crate::note::outline::lines::{Case, Line, View, is_capitalised, is_capitals};
use crate::note::words::Kind;
use clinical_lexicon::Standing;
use std::ops::Range;

/// What stands before a heading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::note::outline) enum Mark {
    None,
    /// A number, or a letter or roman number counted as one.
    Number(u32),
    Bullet,
    /// `#`, `##` …
    Hash(u8),
    /// `**…**`, `__…__`, `[…]`, `== … ==`.
    Bold,
}

/// What could be a heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::note::outline) struct Place {
    /// The first token, marks included.
    pub(in crate::note::outline) first: usize,
    /// Its bytes, with a number before it and without the colon.
    pub(in crate::note::outline) heading: Range<usize>,
    /// The first token behind it and its marks.
    pub(in crate::note::outline) body: usize,
    pub(in crate::note::outline) meaning: Meaning,
    pub(in crate::note::outline) mark: Mark,
    pub(in crate::note::outline) has_colon: bool,
    /// Nothing else stands on the line.
    pub(in crate::note::outline) is_alone: bool,
    /// All its letters are capitals.
    pub(in crate::note::outline) is_capitals: bool,
    /// It stands at the beginning of a line.
    pub(in crate::note::outline) is_first: bool,
}

/// A line of dashes or the like below a heading.
pub(in crate::note::outline) fn is_rule(view: &View<'_>, line: &Line) -> bool {
    let first = view.word(line.first);
    line.end - line.first >= 3
        && matches!(first, "-" | "=" | "_" | "~" | "*" | "\u{2014}" | "\u{2500}")
        && (line.first..line.end).all(|at| view.is_mark(at, first))
}

/// How the words of a heading end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Colon,
    Dash,
    Line,
}

/// What could be a heading at the beginning of this line. The key holds its words.
pub(in crate::note::outline) fn at_line(view: &View<'_>, number: usize, key: &mut Key) -> Option<Place> {
    let line = view.lines.get(number).copied()?;
    if is_prose(view, &line) {
        return None;
    }
    let (mark, words, from) = marks(view, &line)?;
    let first_word = view.word(words);
    if !view.is_word(words) {
        return None;
    }
    let Some((end, last, body)) = words_end(view, &line, words, key) else {
        return without_end(view, &line, mark, words, key);
    };
    let is_caps = is_capitals(first_word) && (words..=last).all(|at| !view.is_word(at) || is_capitals(view.word(at)));
    let mut place = Place {
        first: line.first,
        heading: view.start(from)..view.end(last),
        body,
        meaning: key.meaning(view.lexicon),
        mark,
        has_colon: end == End::Colon,
        is_alone: body >= line.end,
        is_capitals: is_caps,
        is_first: true,
    };
    let shows = is_caps || place.has_colon || matches!(mark, Mark::Hash(_) | Mark::Bold);
    if place.meaning == Meaning::Unknown && shows && end != End::Dash && key.inside(view.lexicon).is_empty() {
        let (before, lexicon) = (key.words(), view.lexicon);
        if before <= 7 && key.correct(lexicon) {
            place.meaning = key.meaning(lexicon);
        }
    }
    if place.is_alone
        && let Some(below) = view.lines.get(number + 1)
        && !below.is_after_blank
        && is_rule(view, below)
    {
        place.body = below.end;
        place.mark = if place.mark == Mark::None { Mark::Bold } else { place.mark };
    }
    let stands = match end {
        End::Dash => {
            matches!(place.meaning, Meaning::Section(_, Standing::Heading | Standing::Word)) && begins(view, words)
        }
        End::Colon => begins(view, words) || !runs_on(view, number),
        End::Line => {
            (begins(view, words) || mark != Mark::None)
                && (is_caps || !runs_on(view, number) || matches!(mark, Mark::Hash(_) | Mark::Bold))
        }
    };
    // "IMPRESSION Gout, mild": the line as a whole is no heading, its first words are.
    if end != End::Colon && place.meaning == Meaning::Unknown && !is_caps {
        let all = key.clone();
        if let Some(found) = without_end(view, &line, mark, words, key) {
            return Some(found);
        }
        *key = all;
    }
    if stands {
        return Some(place);
    }
    None
}

/// A long line that begins with an ordinary word and has no mark by which a heading ends: most lines, told at once.
fn is_prose(view: &View<'_>, line: &Line) -> bool {
    const NEAR: usize = 12;
    line.end - line.first > NEAR + 4
        && view.case == Case::Mixed
        && view.is_word(line.first)
        && !is_capitals(view.word(line.first))
        && (line.first..line.first + NEAR).all(|at| {
            matches!(view.kind(at), Some(Kind::Word | Kind::Number))
                || matches!(view.word(at), "," | "." | "'" | "%" | ";")
        })
}

/// A heading begins with a capital, where the text uses capitals.
fn begins(view: &View<'_>, at: usize) -> bool {
    view.case != Case::Mixed || is_capitalised(view.word(at))
}

/// The line before this one is long and its sentence has not ended.
fn runs_on(view: &View<'_>, number: usize) -> bool {
    let Some(line) = view.lines.get(number).filter(|l| !l.is_after_blank) else { return false };
    let Some(before) = number.checked_sub(1).and_then(|n| view.lines.get(n)) else { return false };
    let last = view.word(line.first.saturating_sub(2).min(before.end.saturating_sub(1)));
    before.length >= 40 && !matches!(last, "." | ":" | ";" | "!" | "?")
}

/// The marks before the words of a line, the first token behind them, and where the heading begins: a number belongs to
/// it, other marks do not.
fn marks(view: &View<'_>, line: &Line) -> Option<(Mark, usize, usize)> {
    let mut at = line.first;
    let mut mark = Mark::None;
    let mut number_at = None;
    for _ in 0..8 {
        if at >= line.end {
            return None;
        }
        match view.kind(at)? {
            Kind::Number => {
                let Ok(number) = view.word(at).parse::<u32>() else { return None };
                if number > 99 || !matches!(view.word(at + 1), "." | ")") {
                    return None;
                }
                mark = Mark::Number(number);
                number_at = number_at.or(Some(at));
                at += 2;
            }
            Kind::Word => {
                let counted = numeral(view.word(at));
                match counted {
                    Some(number)
                        if mark == Mark::None && matches!(view.word(at + 1), "." | ")") && view.gap(at + 2) > 0 =>
                    {
                        mark = Mark::Number(number);
                        number_at = Some(at);
                        at += 2;
                    }
                    _ => return Some((mark, at, number_at.unwrap_or(at))),
                }
            }
            Kind::Line => return None,
            Kind::Mark => {
                let word = view.word(at);
                let run = (at..line.end.min(at + 40))
                    .take_while(|i| view.is_mark(*i, word) && (*i == at || view.touches(*i)))
                    .count();
                mark = match word {
                    "#" => Mark::Hash(run.min(9) as u8),
                    "*" | "_" if run >= 2 => {
                        if matches!(mark, Mark::Hash(_) | Mark::Number(_)) {
                            mark
                        } else {
                            Mark::Bold
                        }
                    }
                    "*" if run == 1 && closes(view, line, at) => Mark::Bold,
                    "=" | "~" | "[" | "<" => Mark::Bold,
                    "-" if run >= 3 => Mark::Bold,
                    "(" => mark,
                    ">" | "|" => mark,
                    _ => Mark::Bullet,
                };
                at += run;
            }
        }
    }
    None
}

/// A single asterisk that another closes: `*Plan*`.
fn closes(view: &View<'_>, line: &Line, at: usize) -> bool {
    view.touches(at + 1) && (at + 2..line.end.min(at + 12)).any(|i| view.is_mark(i, "*") && view.touches(i))
}

/// A roman number or a single letter, as numbers of headings.
fn numeral(word: &str) -> Option<u32> {
    const ROMAN: [&str; 15] =
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"];
    if let Some(at) = ROMAN.iter().position(|r| *r == word) {
        return Some(at as u32 + 1);
    }
    let mut bytes = word.bytes();
    match (bytes.next(), bytes.next()) {
        (Some(b), None) if b.is_ascii_alphabetic() => Some(u32::from(b.to_ascii_lowercase() - b'a') + 1),
        _ => None,
    }
}

/// Reads words from a token on until they end as a heading ends: how, the last token, the first behind the end.
fn words_end(view: &View<'_>, line: &Line, first: usize, key: &mut Key) -> Option<(End, usize, usize)> {
    key.clear();
    let mut at = first;
    let mut last = first;
    while at < line.end {
        let word = view.word(at);
        match view.kind(at)? {
            Kind::Word | Kind::Number => {
                let dotted = at >= first + 2 && view.touches(at) && view.is_mark(at - 1, ".") && view.touches(at - 1);
                if dotted && word.len() == 1 && view.word(at - 2).len() == 1 {
                    key.grow(word, view.lexicon);
                } else if !key.push(word, view.lexicon) {
                    return None;
                }
                last = at;
            }
            Kind::Line => return None,
            Kind::Mark => match word {
                ":" | "|" => {
                    let mut body = at + 1;
                    while body < line.end && matches!(view.word(body), ":" | "*" | "_") && view.touches(body) {
                        body += 1;
                    }
                    return Some((End::Colon, last, body));
                }
                "&" | "+" => {
                    if !key.push("and", view.lexicon) {
                        return None;
                    }
                    last = at;
                }
                "-" | "\u{2013}" | "\u{2014}" => {
                    let spaced = view.gap(at) > 0 || word != "-";
                    if spaced && (at + 1 >= line.end || view.gap(at + 1) > 0 || word != "-") {
                        return Some((End::Dash, last, at + 1)).filter(|_| !key.is_empty());
                    }
                }
                "/" | "," | "'" | "\u{2019}" => {}
                "." if view.word(at.saturating_sub(1)).len() == 1 && view.touches(at) => {}
                "(" => {
                    let close = (at + 1..line.end.min(at + 14)).find(|i| view.is_mark(*i, ")"))?;
                    last = close;
                    at = close;
                }
                "*" | "_" | "]" | "=" | "~" | "#" | ">" => {
                    if (at..line.end)
                        .all(|i| matches!(view.word(i), "*" | "_" | "]" | "=" | "~" | "#" | ">" | ":" | "-"))
                    {
                        let colon = (at..line.end).any(|i| view.is_mark(i, ":"));
                        return Some((if colon { End::Colon } else { End::Line }, last, line.end));
                    }
                    // "**Plan** rest" and "[Plan] rest" end where the mark closes.
                    if matches!(word, "*" | "_" | "]") {
                        let mut body = at + 1;
                        while body < line.end && matches!(view.word(body), "*" | "_" | ":" | "]") {
                            body += 1;
                        }
                        return Some((End::Colon, last, body));
                    }
                    return None;
                }
                _ => return None,
            },
        }
        at += 1;
    }
    (!key.is_empty()).then_some((End::Line, last, line.end))
}

/// A heading that nothing ends: "PLAN Rest and fluids.", "HPI 54 year old man". Capitals among small letters, or a
/// short form that means nothing else.
fn without_end(view: &View<'_>, line: &Line, mark: Mark, first: usize, key: &mut Key) -> Option<Place> {
    if !matches!(mark, Mark::None | Mark::Hash(_)) {
        return None;
    }
    let upper = (first..line.end.min(first + 6))
        .take_while(|at| is_capitals(view.word(*at)) || matches!(view.word(*at), "&" | "/" | "-"))
        .count();
    let short =
        matches!(view.word(first), "hpi" | "pmh" | "pmhx" | "psh" | "ros" | "fhx" | "shx") && view.case == Case::Lower;
    let most = if short {
        1
    } else if view.case == Case::Mixed {
        upper
    } else {
        0
    };
    for count in (1..=most).rev() {
        let (last, next) = (first + count - 1, first + count);
        if next >= line.end || !(view.is_word(next) || view.is_number(next)) || !view.is_word(last) {
            continue;
        }
        if view.word(first).len() < 3 && count == 1 && view.word(first) != "CC" {
            continue;
        }
        if !key.read(view, first..next) {
            continue;
        }
        let Meaning::Section(kind, standing) = key.meaning(view.lexicon) else { continue };
        let goes_on = is_capitals(view.word(next)) && view.word(next).len() > 1;
        let sure = match standing {
            Standing::Heading => view.is_word(next) && (!goes_on || count > 1 || short),
            Standing::Word => view.is_word(next) && !goes_on,
            _ => false,
        };
        // Names of tests and scans begin sentences in capitals: "CT of the head", "EKG shows".
        let test = count == 1 && matches!(kind, super::NoteKind::Results | super::NoteKind::Imaging);
        if sure && !test || short {
            return Some(Place {
                first: line.first,
                heading: view.start(first)..view.end(last),
                body: next,
                meaning: Meaning::Section(kind, Standing::Heading),
                mark,
                has_colon: false,
                is_alone: false,
                is_capitals: true,
                is_first: true,
            });
        }
    }
    None
}

//! Numbers in words of ours: each must come from a phrase, an explanation, or the counts of this sheet.

use super::GateError;
use super::reading::Token;
use super::words::folded;
use crate::ledger::Fate;
use crate::page::unread_message;
use crate::piece::{Line, Piece};
use crate::sheet::Sheet;
use clinical_lexicon::{Lexicon, Message, PhrasePart, Reading};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Takes every wording of ours that has a digit out of the words of the page; no digit may be left.
pub(super) fn check(
    tokens: &[Token<'_>],
    sheet: &Sheet<'_>,
    lexicon: &Lexicon,
    reading: Reading,
) -> Result<(), GateError> {
    let mut ours: Vec<Wording<'_>> = Vec::new();
    let mut passed: BTreeSet<&str> = BTreeSet::new();
    for token in tokens {
        let (Token::Words(said) | Token::Heading(said)) = token else { continue };
        if !has_digit(said) || passed.contains(&**said) {
            continue;
        }
        if ours.is_empty() {
            ours = wordings(sheet, lexicon, reading);
        }
        if is_left_over(&folded(said), &ours) {
            return Err(GateError::NumberNotInRecord);
        }
        passed.insert(said);
    }
    Ok(())
}

fn has_digit(text: &str) -> bool {
    // Every byte is looked at, which is quicker than to ask at each whether to go on.
    let signs =
        text.bytes().fold((false, false), |(digit, other), b| (digit | b.is_ascii_digit(), other | !b.is_ascii()));
    signs.0 || signs.1 && text.chars().any(char::is_numeric)
}

/// A wording of ours with a digit, and the signs in it that tell most wordings from most texts.
struct Wording<'w> {
    text: Cow<'w, str>,
    signs: u16,
}

impl<'w> Wording<'w> {
    fn new(text: Cow<'w, str>) -> Self {
        Self { signs: signs(&text), text }
    }
}

/// Which of the ten digits a text has, and whether it has anything beyond ASCII. A text has all the signs of each that
/// stands in it.
fn signs(text: &str) -> u16 {
    text.bytes().fold(0, |signs, b| match b {
        b'0'..=b'9' => signs | 1 << (b - b'0'),
        0x80.. => signs | 1 << 10,
        _ => signs,
    })
}

/// The order of wordings: longest first.
fn order(a: &str, b: &str) -> std::cmp::Ordering {
    b.len().cmp(&a.len()).then_with(|| a.cmp(b))
}

/// Whether a digit is left once our wordings, longest first, are taken out wherever they stand as whole words.
fn is_left_over(said: &str, ours: &[Wording<'_>]) -> bool {
    // Most lines with a number are one wording and nothing else. No longer one stands in them, so that it would be the
    // first to be taken out.
    if ours.binary_search_by(|wording| order(&wording.text, said)).is_ok() {
        return false;
    }
    let mut parts = vec![(said, signs(said))];
    for wording in ours {
        let may_hold = |(part, signs): (&str, u16)| part.len() >= wording.text.len() && wording.signs & !signs == 0;
        if !parts.iter().any(|part| may_hold(*part)) {
            continue;
        }
        let mut left = Vec::with_capacity(parts.len() + 1);
        for part in parts {
            match without(part.0, &wording.text).filter(|_| may_hold(part)) {
                Some(around) => left.extend(around.into_iter().filter(|p| has_digit(p)).map(|p| (p, signs(p)))),
                None => left.push(part),
            }
        }
        parts = left;
        if parts.is_empty() {
            return false;
        }
    }
    true
}

/// What is left of a text to both sides of a wording; `None` where it does not hold it.
fn without<'t>(text: &'t str, wording: &str) -> Option<[&'t str; 2]> {
    let is_word = |c: char| c.is_alphanumeric();
    // A number that goes on is another number: "1" is not found in "1.5" or "-1".
    let goes_on = |c: Option<char>| c.is_some_and(|c| is_word(c) || matches!(c, '.' | ',' | '-' | '+' | '/'));
    for (at, _) in text.match_indices(wording) {
        let (before, after) = (&text[..at], &text[at + wording.len()..]);
        let starts = !wording.starts_with(is_word) || !goes_on(before.chars().next_back());
        let mut next = after.chars();
        let end = next.next();
        let ends = !wording.ends_with(is_word)
            || !(end.is_some_and(is_word) || goes_on(end) && next.next().is_some_and(|c| c.is_ascii_digit()));
        if starts && ends {
            return Some([before, after]);
        }
    }
    None
}

/// Every wording of ours with a digit that this sheet may show, longest first.
fn wordings<'w>(sheet: &'w Sheet<'_>, lexicon: &'w Lexicon, reading: Reading) -> Vec<Wording<'w>> {
    let mut out: Vec<Cow<'w, str>> = Vec::new();
    let mut add = |text: Cow<'w, str>| {
        // A bare number is nobody's wording: it would excuse every other one like it.
        if has_digit(&text) && text.chars().any(char::is_alphabetic) {
            out.push(match text {
                Cow::Borrowed(text) => folded(text),
                Cow::Owned(text) => match folded(&text) {
                    Cow::Owned(folded) => Cow::Owned(folded),
                    Cow::Borrowed(_) => Cow::Owned(text),
                },
            });
        }
    };
    lexicon.numbered().iter().for_each(|words| add(Cow::Borrowed(words.text())));
    sheet.lines(&mut |line| {
        for piece in line.pieces() {
            if let Piece::Words(said) = piece {
                add(Cow::Borrowed(said.text()));
            }
        }
    });
    accounting(sheet, lexicon, &mut add);
    let grade = Line::words(format!("{:.1}", reading.grade));
    add(Cow::Owned(Line::say(lexicon, Message::AboutReading, &[("grade", grade)]).shown()));
    out.sort_unstable_by(|a, b| order(a, b));
    out.dedup();
    out.into_iter().map(Wording::new).collect()
}

/// The lines of the accounting, counted here once more.
fn accounting<'w>(sheet: &Sheet<'_>, lexicon: &Lexicon, add: &mut dyn FnMut(Cow<'w, str>)) {
    let mut say = |message, slots: &[(&str, &str)]| {
        let mut out = String::with_capacity(128);
        fill(lexicon.phrase(message).parts(), slots, &mut out);
        add(Cow::Owned(out));
    };
    let (entries, shown, held, unreadable) = sheet.accounting.counts();
    let [entries, shown, held, unreadable] = [entries, shown, held, unreadable].map(|n| n.to_string());
    let slots = [("entries", &*entries), ("held", &held), ("shown", &shown), ("unreadable", &unreadable)];
    say(Message::AboutCounts, &slots);
    let mut groups: BTreeMap<(Message, &str), usize> = BTreeMap::new();
    for (kind, _, fate) in &sheet.accounting.rows {
        let reason = match fate {
            Fate::Shown => continue,
            Fate::HeldBack(reason) => reason.message(),
            Fate::Unreadable(reason) => unread_message(*reason),
        };
        *groups.entry((reason, &**kind)).or_default() += 1;
    }
    for ((reason, kind), count) in groups {
        let kind = if kind.is_empty() { "?" } else { kind };
        let (count, reason) = (count.to_string(), lexicon.phrase(reason).words());
        say(Message::AboutHeldRow, &[("count", &count), ("kind", kind), ("reason", &reason)]);
    }
}

/// The words of a phrase with its slots filled.
fn fill(parts: &[PhrasePart], slots: &[(&str, &str)], out: &mut String) {
    let find = |name: &str| slots.iter().find(|(slot, _)| *slot == name).map_or("", |(_, words)| words);
    for part in parts {
        match part {
            PhrasePart::Words(words) => out.push_str(words.text()),
            PhrasePart::Slot(name) => out.push_str(find(name)),
            PhrasePart::Plural { slot, one, other } => fill(if find(slot) == "1" { one } else { other }, slots, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Wording, is_left_over};

    #[test]
    fn only_whole_wordings_of_ours_excuse_a_number() {
        let ours = ["Parts: 12. Shown: 3.", "vitamin B12", "call 911."].map(|text| Wording::new(text.into()));
        assert!(!is_left_over("(vitamin B12)", &ours));
        assert!(!is_left_over("Parts: 12. Shown: 3.", &ours));
        for wrong in ["Parts: 12. Shown: 4.", "Parts: 112. Shown: 3.", "vitamin B1", "vitamin B123", "call 912.", "7"] {
            assert!(is_left_over(wrong, &ours), "{wrong}");
        }
    }
}

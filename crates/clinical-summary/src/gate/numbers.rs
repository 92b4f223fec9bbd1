//! Numbers in words of ours: each must come from a phrase, an explanation, or the counts of this sheet.

use super::GateError;
use super::reading::{Token, folded};
use crate::ledger::Fate;
use crate::page::unread_message;
use crate::piece::{Line, Piece};
use crate::sheet::Sheet;
use clinical_lexicon::{Lexicon, Message, PhrasePart, Reading};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Takes every wording of ours that has a digit out of the words of the page; no digit may be left.
pub(super) fn check(
    tokens: &[Token<'_>],
    sheet: &Sheet<'_>,
    lexicon: &Lexicon,
    reading: Reading,
) -> Result<(), GateError> {
    let mut ours: Vec<String> = Vec::new();
    let mut passed: HashSet<&str> = HashSet::new();
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
    text.chars().any(char::is_numeric)
}

/// Whether a digit is left once our wordings, longest first, are taken out wherever they stand as whole words.
fn is_left_over(said: &str, ours: &[String]) -> bool {
    let mut parts = vec![said];
    for wording in ours {
        parts = parts.into_iter().flat_map(|part| without(part, wording)).filter(|part| has_digit(part)).collect();
        if parts.is_empty() {
            return false;
        }
    }
    true
}

/// What is left of a text to both sides of a wording; the whole text where it does not hold it.
fn without<'t>(text: &'t str, wording: &str) -> Vec<&'t str> {
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
            return vec![before, after];
        }
    }
    vec![text]
}

/// Every wording of ours with a digit that this sheet may show, longest first.
fn wordings(sheet: &Sheet<'_>, lexicon: &Lexicon, reading: Reading) -> Vec<String> {
    let mut out: BTreeSet<String> = BTreeSet::new();
    let mut add = |text: &str| {
        // A bare number is nobody's wording: it would excuse every other one like it.
        if has_digit(text) && text.chars().any(char::is_alphabetic) {
            out.insert(folded(text));
        }
    };
    for message in Message::ALL {
        parts(lexicon.phrase(*message).parts(), &mut add);
    }
    sheet.lines(&mut |line: &Line<'_>| {
        for piece in line.pieces() {
            if let Piece::Words(said) = piece {
                add(said.text());
            }
        }
    });
    accounting(sheet, lexicon, &mut add);
    let grade = Line::words(format!("{:.1}", reading.grade));
    add(&Line::say(lexicon, Message::AboutReading, &[("grade", grade)]).shown());
    let mut out: Vec<String> = out.into_iter().collect();
    out.sort_by_key(|wording| std::cmp::Reverse(wording.len()));
    out
}

fn parts(all: &[PhrasePart], add: &mut impl FnMut(&str)) {
    for part in all {
        match part {
            PhrasePart::Words(words) => add(words.text()),
            PhrasePart::Slot(_) => {}
            PhrasePart::Plural { one, other, .. } => {
                parts(one, add);
                parts(other, add);
            }
        }
    }
}

/// The lines of the accounting, counted here once more.
fn accounting(sheet: &Sheet<'_>, lexicon: &Lexicon, add: &mut impl FnMut(&str)) {
    let number = |n: usize| Line::words(n.to_string());
    let (entries, shown, held, unreadable) = sheet.accounting.counts();
    let slots = [
        ("entries", number(entries)),
        ("held", number(held)),
        ("shown", number(shown)),
        ("unreadable", number(unreadable)),
    ];
    add(&Line::say(lexicon, Message::AboutCounts, &slots).shown());
    let mut groups: BTreeMap<(Message, &str), usize> = BTreeMap::new();
    for (kind, _, fate) in &sheet.accounting.rows {
        let reason = match fate {
            Fate::Shown => continue,
            Fate::HeldBack(reason) => reason.message(),
            Fate::Unreadable(reason) => unread_message(*reason),
        };
        *groups.entry((reason, kind)).or_default() += 1;
    }
    for ((reason, kind), count) in groups {
        let kind = if kind.is_empty() { "?" } else { kind };
        let slots = [
            ("count", number(count)),
            ("kind", Line::words(kind.to_owned())),
            ("reason", Line::say(lexicon, reason, &[])),
        ];
        add(&Line::say(lexicon, Message::AboutHeldRow, &slots).shown());
    }
}

#[cfg(test)]
mod tests {
    use super::is_left_over;

    #[test]
    fn only_whole_wordings_of_ours_excuse_a_number() {
        let ours = ["Parts: 12. Shown: 3.".to_owned(), "vitamin B12".to_owned(), "call 911.".to_owned()];
        assert!(!is_left_over("(vitamin B12)", &ours));
        assert!(!is_left_over("Parts: 12. Shown: 3.", &ours));
        for wrong in ["Parts: 12. Shown: 4.", "Parts: 112. Shown: 3.", "vitamin B1", "vitamin B123", "call 912.", "7"] {
            assert!(is_left_over(wrong, &ours), "{wrong}");
        }
    }
}

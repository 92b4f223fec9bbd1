//! What a note writes in words where a structure has numbers and codes: "one", "1/2", "at bedtime", "Mondays", "daily".
//! Everything here is for understanding and comparing; what is shown stays the record's own text.

use super::number::Decimal;
use super::parts::Reader;
use super::reading::Known;
use super::tokens::cut;
use clinical_lexicon::{DosingWords, spelling};

/// A text in lower case, without the points of abbreviations, with single blanks, misspelled words put right.
pub(super) fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower
        .split_whitespace()
        .map(|w| if w.contains(char::is_alphabetic) { w.replace('.', "") } else { w.to_owned() });
    let words: Vec<String> = words.map(|w| spelling(&w).map_or(w, str::to_owned)).collect();
    words.join(" ")
}

/// A number in digits, as a part ("1/2"), or in words ("one and a half", "half a", "a").
pub(super) fn number(text: &str, dosing: &DosingWords) -> Option<Decimal> {
    if let Some(plain) = Decimal::parse(text) {
        return Some(plain);
    }
    let text = text.to_lowercase();
    if matches!(text.as_str(), "a" | "an") {
        return Some(Decimal::ONE);
    }
    let bare = [" of a", " a", " an", " of"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(&text);
    let reader = Reader { tokens: cut(bare), text: bare.to_owned(), known: &Known::default(), dosing, own_unit: None };
    let (value, used) = reader.single(0)?;
    // Trailing signs ("5+") are no number.
    (used == reader.tokens.len() && !reader.tokens.iter().any(|t| t.stop)).then_some(value)
}

/// "once", "twice", "thrice".
pub(super) fn count(text: &str, dosing: &DosingWords) -> Option<Decimal> {
    dosing.text.counts.get(&plain(text)).and_then(|n| Decimal::parse(n))
}

/// The code of an event of the day, from the code itself or from words.
pub(super) fn event<'l>(text: &'l str, dosing: &'l DosingWords) -> Option<&'l str> {
    if dosing.events.contains_key(text) {
        return Some(text);
    }
    let words = plain(text);
    let named = dosing.text.events.get(&words).map(String::as_str);
    named.or_else(|| dosing.codes.get(dosing.text.schedules.get(&words)?)?.event.as_deref())
}

/// The code of a day of the week, from the code itself or from words.
pub(super) fn day<'l>(text: &'l str, dosing: &'l DosingWords) -> Option<&'l str> {
    if dosing.days.contains_key(text) {
        return Some(text);
    }
    dosing.text.days.get(&plain(text)).map(String::as_str)
}

/// The code of a period, from the word for once each ("daily").
pub(super) fn adverb<'l>(text: &str, dosing: &'l DosingWords) -> Option<&'l str> {
    let word = plain(text);
    let found = dosing.periods.iter().find(|(_, p)| p.adverb.as_ref() == Some(&word));
    found.map(|(code, _)| code.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clinical_lexicon::Lexicon;

    #[test]
    fn numbers_of_a_note_are_read_exactly_or_not_at_all() {
        let dosing = Lexicon::english().unwrap().dosing();
        let half = Decimal::parse("0.5");
        for text in ["1/2", "half", "half a", "half of a", "one half", "one-half", "½", ".5"] {
            assert_eq!(number(text, dosing), half, "{text}");
        }
        for text in ["1.5", "1 1/2", "one and a half", "1½"] {
            assert_eq!(number(text, dosing), Decimal::parse("1.5"), "{text}");
        }
        assert_eq!(number("1,000", dosing), Decimal::parse("1000"));
        assert_eq!(number("two", dosing), Decimal::parse("2"));
        for text in ["", "some", "1,5", "1-2", "<5", "5 mg", "1e3", "-1", "1/3", "two three"] {
            assert_eq!(number(text, dosing), None, "{text}");
        }
    }

    #[test]
    fn words_for_codes() {
        let dosing = Lexicon::english().unwrap().dosing();
        assert_eq!(event("at bedtime", dosing), Some("HS"));
        assert_eq!(event("q.h.s.", dosing), Some("HS"));
        assert_eq!(event("HS", dosing), Some("HS"));
        assert_eq!(event("at betime", dosing), Some("HS"));
        assert_eq!(event("soon", dosing), None);
        assert_eq!(day("Mondays", dosing), Some("mon"));
        assert_eq!(day("someday", dosing), None);
        assert_eq!(adverb("dialy", dosing), Some("d"));
        assert_eq!(adverb("days", dosing), None);
    }
}

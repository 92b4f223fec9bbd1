//! What the record's own words say of the thing they name: that it is not so, not sure, past, a relative's; that a
//! medicine is held or stopped; that nothing is named at all.
//!
//! Only the first and the last words of a text are read, and only whole words. The words are in `table.rs`.

mod table;

use clinical_model::{Assertion, Concept};
use table::{
    AFTER_THE_FACT, ALLERGY_NOT_ASKED, ASSERTIONS, CONDITIONS, CONTRAST, ENDINGS, HALTS, HANDLING, HAS, HELD_FOR,
    MEANS_THE_MEDICINE, MEDICINES, NAMELESS, NO_ALLERGY, NO_ANSWER, NO_MEDICINE, RELATIVES, RESUMES,
};

/// That a medicine is not to be taken, by the words of its own entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Halt {
    /// Not for now.
    Hold,
    /// No more.
    Stop,
}

/// Words with one meaning, and how they are tested.
struct Lead<T: 'static> {
    means: T,
    words: &'static [&'static str],
    /// Longer words that begin (or end) with one of `words` and mean something else.
    unless: &'static [&'static str],
    #[cfg_attr(not(test), expect(dead_code, reason = "examples for the tests"))]
    matches: &'static [&'static str],
    #[cfg_attr(not(test), expect(dead_code, reason = "examples for the tests"))]
    never: &'static [&'static str],
}

impl<T: Copy> Lead<T> {
    fn begins(&self, text: &str) -> bool {
        self.words.iter().any(|w| after(text, w).is_some()) && !self.unless.iter().any(|w| after(text, w).is_some())
    }

    fn ends(&self, text: &str) -> bool {
        self.words.iter().any(|w| is_end(text, w)) && !self.unless.iter().any(|w| is_end(text, w))
    }
}

/// What the words of a problem's name say of it; `None` where they say nothing but the problem.
pub(crate) fn assertion(name: &str) -> Option<Assertion> {
    let name = start(name);
    let lead = ASSERTIONS.iter().find(|lead| lead.begins(name)).map(|lead| lead.means);
    let said = lead.or_else(|| relative_has(name).then_some(Assertion::Family));
    let said = said.or_else(|| ENDINGS.iter().find(|lead| lead.ends(name)).map(|lead| lead.means))?;
    let is_mixed = said == Assertion::Absent && words(name).any(|w| is_any(w, CONTRAST));
    Some(if is_mixed { Assertion::Possible } else { said })
}

/// What the status says, taken together with what the words of the problem say (safety rule 12). The words may weaken
/// the status and never strengthen it: what was refuted stays refuted, whatever it is called.
pub(crate) fn said(coded: Assertion, code: &Concept<'_>) -> Assertion {
    use Assertion::{Absent, Family, Historical, Possible};
    code.wordings().filter_map(|w| assertion(w.text())).fold(coded, |so_far, cue| match (so_far, cue) {
        (Absent, _) | (_, Absent) => Absent,
        (Family, _) | (_, Family) => Family,
        (Historical, _) => Historical,
        (Possible, _) | (_, Possible) => Possible,
        _ => cue,
    })
}

fn relative_has(name: &str) -> bool {
    let rest = RELATIVES.iter().filter_map(|r| after(name, r)).min_by_key(|rest| rest.len());
    rest.is_some_and(|rest| HAS.iter().any(|has| after(start(rest), has).is_some()))
}

/// Whether a medicine's name begins with words that hold or stop it.
pub(crate) fn halt_in_name(name: &str) -> Option<Halt> {
    let name = start(name);
    HALTS.iter().find(|lead| lead.begins(name)).map(|lead| lead.means)
}

/// Whether directions or a remark begin with words that hold or stop the medicine called `name`, now and whatever
/// happens. "Hold for systolic below 90", "Stop if a rash appears", "Hold under the tongue" do not.
pub(crate) fn halt_in_text(text: &str, name: &str) -> Option<Halt> {
    let text = start(text);
    let (halt, cue, rest) = HALTS
        .iter()
        .flat_map(|lead| lead.words.iter().map(move |w| (lead.means, *w)))
        .filter_map(|(halt, cue)| Some((halt, cue, after(text, cue)?)))
        .min_by_key(|(_, _, rest)| rest.len())?;
    let clause = rest.split(['.', ';', '\n', '!']).next().unwrap_or_default();
    let mut follow = words(clause);
    let mut next = follow.next();
    if next.is_some_and(|w| is_any(w, &["the", "your", "all", "any"])) {
        next = follow.next();
    }
    let Some(next) = next else { return Some(halt) };
    if words(clause).any(|w| is_any(w, HANDLING)) {
        return None;
    }
    if is_any(next, &["until", "pending"]) {
        return Some(halt);
    }
    if words(clause).any(|w| is_any(w, CONDITIONS)) {
        return None;
    }
    if is_any(next, &["for"]) {
        let mut what = follow.filter(|w| !is_any(w, &["the", "a", "your", "another", "about"]));
        let first = what.next()?;
        let number = first.bytes().all(|b| b.is_ascii_digit()) || is_any(first, &["one", "two", "three", "several"]);
        let is_long = |w: &str| ["day", "week", "month"].iter().any(|unit| w.to_ascii_lowercase().starts_with(unit));
        return (is_any(first, HELD_FOR) || number && what.next().is_some_and(is_long)).then_some(halt);
    }
    // "Do not take with food", "do not take more than 4 a day" are directions.
    if is_any(cue, &["do not take", "don't take"]) {
        let is_flat = is_any(next, &["anymore", "now"]) || is_any(next, &["this", "it"]) && follow.count() < 2;
        return is_flat.then_some(halt);
    }
    let is_past = is_any(cue, &["held", "stopped", "discontinued", "d/c'd", "dc'd", "on hold"]);
    let is_punctuated = rest.trim_start().starts_with([':', '-', '–', '—', ',']);
    let is_meant = is_any(next, MEANS_THE_MEDICINE)
        || is_past && is_any(next, AFTER_THE_FACT)
        || is_punctuated && !is_past
        || next.len() > 3 && words(name).any(|w| w.eq_ignore_ascii_case(next));
    is_meant.then_some(halt)
}

/// Whether a remark takes an earlier hold back.
pub(crate) fn resumes(text: &str) -> bool {
    let text = start(text);
    RESUMES.iter().any(|w| after(text, w).is_some())
}

/// Whether a medicine's name names none.
pub(crate) fn is_nameless(name: &str) -> bool {
    is_whole(name, NAMELESS)
}

/// "No known medications" and its kin, in the place of a medicine.
pub(crate) fn no_medicine(text: &str) -> bool {
    let text = start(text);
    is_whole(text, NO_MEDICINE)
        || ["no known", "no current", "no active", "not on any", "not taking any", "patient denies taking"]
            .iter()
            .any(|cue| after(text, cue).is_some_and(|rest| words(rest).last().is_some_and(|w| is_any(w, MEDICINES))))
}

/// "No known allergies" and its kin.
pub(crate) fn no_allergy(text: &str) -> bool {
    let says = |w: &str, stem: &str| w.to_ascii_lowercase().starts_with(stem);
    let stems = ["allerg", "intoleran", "sensitiv", "reaction"];
    let names_any = || words(text).any(|w| stems.iter().any(|stem| says(w, stem)));
    let text = start(text);
    let begins = |cue| after(text, cue).is_some();
    // "No information about allergies" is no answer.
    let is_silent = || words(text).any(|w| is_any(w, NO_ANSWER));
    is_whole(text, NO_ALLERGY)
        || (begins("no known") || begins("denies") || begins("patient denies")) && names_any()
        || begins("no") && !is_silent() && words(text).last().is_some_and(|w| is_any(w, &["allergies", "allergy"]))
}

/// "Not asked" and its kin.
pub(crate) fn allergy_not_asked(text: &str) -> bool {
    is_whole(text, ALLERGY_NOT_ASKED)
}

/// A text from its first word or question mark on.
fn start(text: &str) -> &str {
    text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '?')
}

/// The words of a text, without the marks around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let split = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '(' | ')' | '!' | '/'));
    split.map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty())
}

fn is_any(word: &str, list: &[&str]) -> bool {
    list.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// Whether a text is one of these, but for case, spaces and the marks around it.
fn is_whole(text: &str, list: &[&str]) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    list.iter().any(|entry| after(text, entry).is_some_and(|rest| rest.is_empty()))
}

/// What follows `cue` at the start of `text`, any case, any spaces. The cue must end where a word ends.
#[inline(always)]
fn after<'t>(text: &'t str, cue: &str) -> Option<&'t str> {
    // Most cues begin with another letter than the text does.
    if let Some(letter) = cue.bytes().next()
        && !text.bytes().next().is_some_and(|b| b.eq_ignore_ascii_case(&letter))
    {
        return None;
    }
    after_all(text, cue)
}

/// The same where the first letters agree.
fn after_all<'t>(text: &'t str, cue: &str) -> Option<&'t str> {
    let mut rest = text;
    for (i, word) in cue.split(' ').enumerate() {
        if i > 0 {
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
        }
        let head = rest.get(..word.len())?;
        if !head.eq_ignore_ascii_case(word) {
            return None;
        }
        rest = &rest[word.len()..];
    }
    let whole = cue.ends_with(|c: char| !c.is_alphanumeric()) || is_break(rest);
    whole.then_some(rest)
}

/// Whether a word ends before `rest`: a hyphen with a letter behind it goes on with the word ("Past-pointing").
fn is_break(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        None => true,
        Some('-' | '\'' | '’') => !chars.next().is_some_and(char::is_alphanumeric),
        Some(c) => !c.is_alphanumeric(),
    }
}

/// Whether `text` ends with `cue` as whole words.
fn is_end(text: &str, cue: &str) -> bool {
    let close = |c: char| c.is_whitespace() || matches!(c, '.' | ')' | ']' | '"');
    let text = text.trim_end_matches(close);
    let Some(at) = text.len().checked_sub(cue.len()) else { return false };
    let Some(tail) = text.get(at..) else { return false };
    let bare = cue.starts_with(|c: char| !c.is_alphanumeric());
    tail.eq_ignore_ascii_case(cue) && at > 0 && (bare || !text[..at].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds<T: Copy + PartialEq + std::fmt::Debug>(table: &[Lead<T>], read: impl Fn(&str) -> Option<T>) {
        for lead in table {
            for text in lead.matches {
                assert_eq!(read(text), Some(lead.means), "{text}");
            }
            for text in lead.never {
                assert_ne!(read(text), Some(lead.means), "{text}");
            }
            assert!(!lead.matches.is_empty() && !lead.never.is_empty(), "{:?} has no examples", lead.means);
        }
    }

    #[test]
    fn every_cue_keeps_its_examples() {
        holds(ASSERTIONS, assertion);
        holds(ENDINGS, assertion);
        holds(HALTS, halt_in_name);
    }

    #[test]
    fn every_word_of_a_cue_is_found() {
        for lead in ASSERTIONS {
            for word in lead.words {
                assert_eq!(assertion(&format!("{word} gout")), Some(lead.means), "{word}");
            }
            // A longer cue may begin with a shorter one; single words must not match inside others.
            for word in lead.words.iter().filter(|w| w.bytes().all(|b| b.is_ascii_lowercase())) {
                assert_eq!(assertion(&format!("{word}x gout")), None, "{word}x");
            }
        }
    }

    #[test]
    fn lists_of_whole_texts_are_sorted() {
        for list in [NAMELESS, NO_ALLERGY, ALLERGY_NOT_ASKED] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn a_relative_has_it_only_with_a_verb() {
        assert_eq!(assertion("Mother had diabetes"), Some(Assertion::Family));
        assert_eq!(assertion("Maternal grandmother died of stroke"), Some(Assertion::Family));
        assert_eq!(assertion("Mother-infant bonding problem"), None);
        assert_eq!(assertion("Maternal hypertension"), None);
    }

    #[test]
    fn a_mixed_negation_is_not_sure() {
        assert_eq!(assertion("No evidence of stroke but has fever"), Some(Assertion::Possible));
        assert_eq!(assertion("Negative for flu, positive for strep"), Some(Assertion::Possible));
    }

    #[test]
    fn remarks_hold_the_medicine_and_not_the_breath() {
        let name = "Metformin 500 mg tablet";
        for text in [
            "HOLD",
            "Hold until seen by surgeon",
            "hold metformin",
            "HOLD: creatinine up",
            "Hold for 3 days",
            "Hold for surgery",
            "Hold this medicine while taking antibiotics",
            "On hold per Dr. Osei",
        ] {
            assert_eq!(halt_in_text(text, name), Some(Halt::Hold), "{text}");
        }
        for text in [
            "Stop taking this medicine.",
            "STOP",
            "Discontinue",
            "Discontinued on 2024-03-01 due to rash",
            "d/c'd by cardiology",
            "Do not take this anymore",
            "Stop the metformin",
        ] {
            assert_eq!(halt_in_text(text, name), Some(Halt::Stop), "{text}");
        }
        for text in [
            "Hold for SBP < 100",
            "Hold if pulse under 60",
            "Hold under the tongue",
            "Hold breath for 10 seconds",
            "Hold in mouth for 1 minute",
            "Stop if rash develops",
            "Stop taking this and call us if you feel worse",
            "Stop by the office for a refill",
            "Do not take with grapefruit juice",
            "Do not take more than 4 a day",
            "Hold 2 days before surgery",
            "Holder for inhaler",
            "Take 1 tablet, hold if dizzy",
            "Discontinue when pain is gone",
            "Hold this inhaler upright",
            "Hold it in your mouth",
            "Hold until dissolved under the tongue",
            "Stop taking aspirin",
            "Stopped smoking in 2010",
            "Hold for 10 seconds",
        ] {
            assert_eq!(halt_in_text(text, name), None, "{text}");
        }
    }

    #[test]
    fn allergy_texts_are_whole() {
        for text in [
            "NKDA",
            "nka.",
            "None",
            "No known drug allergies",
            "Denies any allergies",
            "denies allergies",
            "No allergies",
            "No known adverse reactions",
            "No latex allergy",
            "nil known",
        ] {
            assert!(no_allergy(text), "{text}");
        }
        for text in [
            "Penicillin",
            "Nonedible dye",
            "No known cause of rash",
            "Nickel allergy",
            "Denies eating nuts",
            "No information about allergies",
            "No data on allergies",
        ] {
            assert!(!no_allergy(text), "{text}");
        }
        for text in ["Unknown", "Allergies not on file", "not asked", "Unable to assess.", "ALLERGIES UNKNOWN"] {
            assert!(allergy_not_asked(text), "{text}");
        }
        assert!(!allergy_not_asked("Unknown antibiotic") && !allergy_not_asked("Penicillin"));
    }

    #[test]
    fn no_medicine_is_said_in_whole_words() {
        for text in [
            "No known medications",
            "NO CURRENT MEDICATIONS.",
            "None",
            "none known",
            "Not on any medication",
            "No medications",
            "No active prescription medications",
        ] {
            assert!(no_medicine(text), "{text}");
        }
        for text in ["Nonesuch 5 mg", "No-Drip nasal spray", "No known as brand", "Medication 5 mg", "Nothing"] {
            assert!(!no_medicine(text), "{text}");
        }
    }

    #[test]
    fn names_that_name_nothing() {
        assert!(is_nameless("Unknown medication") && is_nameless(" unknown ") && is_nameless("Medication."));
        assert!(is_nameless("No data") && !is_nameless("No data logger"));
        assert!(!is_nameless("Prescribed medication"));
        assert!(!is_nameless("Medicated shampoo") && !is_nameless("Unknown brand of aspirin"));
    }
}

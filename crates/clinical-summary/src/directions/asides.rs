//! Sentences of a text that speak of something else than taking a dose: "Keep in the refrigerator.", "If your sugar is
//! low, call us." They stand in the quote and are not compared.

use clinical_lexicon::DosingWords;

/// Cuts a text into sentences: a mark of the end, then a blank, then a capital letter.
fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, c) in text.char_indices() {
        let after = text.get(i + c.len_utf8()..).unwrap_or("");
        let begins = after.starts_with(char::is_whitespace) && after.trim_start().starts_with(char::is_uppercase);
        if c == '\n' || (matches!(c, '.' | '!' | '?') && begins) {
            let end = i + c.len_utf8();
            out.extend(text.get(start..end));
            start = end;
        }
    }
    out.extend(text.get(start..));
    out
}

/// Whether a sentence speaks of no dose: it begins with a word of keeping or asking, or it says when to call; and it
/// holds no word of taking or changing.
fn is_aside(sentence: &str, dosing: &DosingWords) -> bool {
    let text = &dosing.text;
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let first = match words.as_slice() {
        [please, next, ..] if *please == "please" => next,
        [first, ..] => first,
        [] => return false,
    };
    let help = *first == "if" && words.iter().any(|w| text.contact.contains(*w));
    (help || text.aside.contains(*first)) && !words.iter().any(|w| text.alters.contains(*w))
}

/// The sentences that may speak of a dose, and the others.
pub(super) fn split(text: &str, dosing: &DosingWords) -> (Vec<String>, Vec<String>) {
    let owned = |part: Vec<&str>| part.into_iter().map(str::to_owned).collect();
    let (asides, rest) = sentences(text).into_iter().partition(|s| is_aside(s, dosing));
    (owned(rest), owned(asides))
}

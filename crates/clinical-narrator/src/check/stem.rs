//! What the forms of a word have in common. Only endings that never make another word of it are taken off.

use super::data::data;

/// The stem of a word in small letters.
pub(super) fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    data().forms.get(word).map_or_else(|| regular(word), Clone::clone)
}

/// The stem of a word of no listed form.
pub(super) fn regular(word: &str) -> String {
    if !word.is_ascii() || word.len() < 4 {
        return word.to_owned();
    }
    let mut out = word.to_owned();
    let long = |out: &str, ending: &str| out.len() >= ending.len() + 3 && out.ends_with(ending);
    if long(&out, "ies") || long(&out, "ied") {
        out.truncate(out.len() - 3);
        out.push('y');
        return out;
    }
    if long(&out, "sses") || long(&out, "xes") || long(&out, "ches") || long(&out, "shes") {
        out.truncate(out.len() - 2);
    } else if out.ends_with('s') && !["ss", "us", "is"].iter().any(|e| out.ends_with(e)) {
        out.truncate(out.len() - 1);
    }
    for ending in ["ing", "ed"] {
        let has_vowel = |t: &str| t.bytes().any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
        if let Some(left) = out.strip_suffix(ending).filter(|left| left.len() >= 3 && has_vowel(left)) {
            if ending == "ed" && left.ends_with('e') {
                break;
            }
            out = left.to_owned();
            let bytes = out.as_bytes();
            let twice = bytes.len() > 3 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
            if twice && !matches!(bytes[bytes.len() - 1], b'l' | b's' | b'z' | b'f') {
                out.pop();
            }
            break;
        }
    }
    if out.len() > 3 && out.ends_with('e') {
        out.pop();
    }
    // "Note" and "noted" are no denial.
    if out == "not" && word != "not" { "note".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::regular;

    #[test]
    fn forms_of_a_word_meet() {
        for forms in [
            ["start", "starts", "started", "starting"],
            ["stop", "stops", "stopped", "stopping"],
            ["increase", "increases", "increased", "increasing"],
            ["worry", "worries", "worried", "worrying"],
            ["swell", "swells", "swelled", "swelling"],
        ] {
            let stems = forms.map(regular);
            assert!(stems.iter().all(|s| *s == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (a, b) in [
            ("severe", "several"),
            ("loss", "lose"),
            ("breath", "bread"),
            ("need", "knee"),
            ("bleed", "blood"),
            ("noted", "not"),
            ("note", "not"),
        ] {
            assert_ne!(regular(a), regular(b));
        }
    }
}

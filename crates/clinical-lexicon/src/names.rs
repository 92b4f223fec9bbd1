//! Names made comparable.

/// Lower case; letters and digits kept, everything else one space; a trailing semantic tag such as "(disorder)" and
/// invisible spaces taken away. Two names that normalise to the same text are the same name.
#[must_use]
pub fn normalise(name: &str) -> String {
    normalise_with_gaps(name).0
}

/// The normalised name, and for each word a bit that says whether a mark of a list (comma, slash, plus, ampersand,
/// semicolon) stands before it. From the 128th word on there are no bits.
pub(crate) fn normalise_with_gaps(name: &str) -> (String, u128) {
    let name = without_tag(name.trim());
    if name.is_ascii() {
        return plain(name);
    }
    let mut out = String::with_capacity(name.len());
    let (mut gaps, mut word) = (0u128, 0u32);
    let mut listed = false;
    // Letters of a word that is not begun yet are preceded by one space.
    let mut within = false;
    for c in name.chars() {
        if c.is_alphanumeric() {
            if !within {
                if !out.is_empty() {
                    out.push(' ');
                    word += 1;
                }
                gaps |= 1u128.checked_shl(word).filter(|_| listed).unwrap_or(0);
                (within, listed) = (true, false);
            }
            if c.is_ascii() {
                out.push(c.to_ascii_lowercase());
            } else {
                out.extend(c.to_lowercase());
            }
        } else if !matches!(c, '\u{200b}' | '\u{feff}' | '\'' | '’') {
            within = false;
            listed |= matches!(c, ',' | '/' | '+' | '&' | ';');
        }
    }
    (out, gaps)
}

/// What a byte of a plain name is: a small letter or digit; [`GAP`] or [`LISTED`] between words, or nothing at all.
const PLAIN: [u8; 256] = {
    let mut table = [GAP; 256];
    let mut b: u8 = 0;
    while b < 128 {
        table[b as usize] = match b {
            b'\'' => NOTHING,
            b',' | b'/' | b'+' | b'&' | b';' => LISTED,
            _ if b.is_ascii_alphanumeric() => b.to_ascii_lowercase(),
            _ => GAP,
        };
        b += 1;
    }
    table
};
const GAP: u8 = 0;
/// A mark of a list.
const LISTED: u8 = 1;
const NOTHING: u8 = 2;

/// The same for a name of plain characters.
fn plain(name: &str) -> (String, u128) {
    let mut out = String::with_capacity(name.len());
    let (mut gaps, mut word) = (0u128, 0u32);
    let (mut listed, mut within) = (false, false);
    for b in name.bytes() {
        match PLAIN[usize::from(b)] {
            NOTHING => {}
            sign @ (GAP | LISTED) => {
                within = false;
                listed |= sign == LISTED;
            }
            letter => {
                if !within {
                    if !out.is_empty() {
                        out.push(' ');
                        word += 1;
                    }
                    gaps |= 1u128.checked_shl(word).filter(|_| listed).unwrap_or(0);
                    (within, listed) = (true, false);
                }
                out.push(char::from(letter));
            }
        }
    }
    (out, gaps)
}

/// The line, one-based, in which a byte of a text stands.
pub(crate) fn line(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}

/// The name without a semantic tag at its end.
fn without_tag(name: &str) -> &str {
    match name.strip_suffix(')').and_then(|n| n.rsplit_once('(')) {
        Some((before, tag)) if TAGS.binary_search(&tag).is_ok() => before,
        _ => name,
    }
}

/// SNOMED CT semantic tags, as they end fully specified names.
const TAGS: &[&str] = &[
    "assessment scale",
    "attribute",
    "body structure",
    "clinical drug",
    "context-dependent category",
    "disorder",
    "environment",
    "event",
    "finding",
    "medicinal product",
    "morphologic abnormality",
    "observable entity",
    "occupation",
    "organism",
    "person",
    "physical force",
    "physical object",
    "procedure",
    "product",
    "qualifier value",
    "record artifact",
    "regime/therapy",
    "situation",
    "social concept",
    "specimen",
    "substance",
    "tumor staging",
];

#[cfg(test)]
mod tests {
    use super::{TAGS, normalise, normalise_with_gaps};

    #[test]
    fn tags_case_and_marks_do_not_matter() {
        assert_eq!(normalise("Viral sinusitis (disorder)"), "viral sinusitis");
        assert_eq!(normalise("  Alzheimer's Disease "), "alzheimers disease");
        assert_eq!(normalise("Protein [Mass/\u{200b}volume]"), "protein mass volume");
        assert_eq!(normalise("Hernia (left)"), "hernia left");
        assert_eq!(normalise("Ménière’s"), "ménières");
        assert_eq!(normalise("'A' 'b''C-d"), "a bc d");
        assert_eq!(normalise(" (-) "), "");
        assert_eq!(normalise(""), "");
        assert!(TAGS.is_sorted());
    }

    #[test]
    fn marks_of_lists_are_remembered() {
        assert_eq!(normalise_with_gaps("naproxen sodium").1, 0);
        assert_eq!(normalise_with_gaps("iron / zinc, (vitamin C)").1, 0b110);
        let long = "a, ".repeat(200);
        assert_eq!(normalise_with_gaps(&long).1, u128::MAX - 1);
    }
}

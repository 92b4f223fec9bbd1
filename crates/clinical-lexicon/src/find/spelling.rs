//! How a word is told from another: letters in lower case, without apostrophes. The build script makes the tables by
//! these same rules.

/// The letters of a word as the tables hold them.
pub(crate) fn letters(word: &str) -> impl Iterator<Item = char> + '_ {
    word.chars().filter(|c| !matches!(c, '\'' | '\u{2019}')).flat_map(char::to_lowercase)
}

/// A number for a word (FNV-1a), the same for every way to write it.
pub(crate) fn print(word: &str) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    if word.is_ascii() {
        let bytes = word.bytes().filter(|b| *b != b'\'').map(|b| b.to_ascii_lowercase());
        return bytes.fold(0x811c_9dc5, step);
    }
    let mut utf8 = [0; 4];
    letters(word).fold(0x811c_9dc5, |hash, c| c.encode_utf8(&mut utf8).bytes().fold(hash, step))
}

/// The words of a name: runs of letters and runs of digits.
pub(crate) fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let first = rest.chars().next()?;
        let is_digit = first.is_ascii_digit();
        let goes_on = |c: char| {
            if is_digit { c.is_ascii_digit() } else { c.is_alphabetic() || matches!(c, '\'' | '\u{2019}') }
        };
        let end = rest.char_indices().skip(1).find(|(_, c)| !goes_on(*c)).map_or(rest.len(), |(at, _)| at);
        let (word, behind) = rest.split_at(end);
        rest = behind;
        Some(word.trim_end_matches(['\'', '\u{2019}']))
    })
}

#[cfg(test)]
mod tests {
    use super::{letters, print, words};

    #[test]
    fn case_and_apostrophes_do_not_matter() {
        assert_eq!(print("Crohn's"), print("crohns"));
        assert_eq!(print("Crohn\u{2019}s"), print("CROHNS"));
        assert_ne!(print("crohn"), print("crohns"));
        assert_eq!(letters("M\u{c9}NI\u{c8}RE'S").collect::<String>(), "m\u{e9}ni\u{e8}res");
    }

    #[test]
    fn letters_and_digits_are_words_of_their_own() {
        assert_eq!(words("Vitamin B12 (oral)").collect::<Vec<_>>(), ["Vitamin", "B", "12", "oral"]);
        assert_eq!(words("St. John's wort").collect::<Vec<_>>(), ["St", "John's", "wort"]);
        assert_eq!(words(" - ").count(), 0);
    }
}

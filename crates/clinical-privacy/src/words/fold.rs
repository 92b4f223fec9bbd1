//! Letters outside ASCII, folded to what a list would hold.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Calls `each` with the lower-case ASCII letters that stand for a character: "É" gives "e", "ß" gives "ss". Marks
/// give nothing; a letter with no such spelling gives bytes that no list holds.
pub(crate) fn fold(letter: char, mut each: impl FnMut(u8)) {
    let spelled = match letter {
        'ß' => "ss",
        'Æ' | 'æ' => "ae",
        'Œ' | 'œ' => "oe",
        'Ø' | 'ø' => "o",
        'Đ' | 'đ' | 'Ð' | 'ð' => "d",
        'Þ' | 'þ' => "th",
        'Ł' | 'ł' => "l",
        'ı' => "i",
        'Ħ' | 'ħ' => "h",
        'ŋ' | 'Ŋ' => "n",
        _ => "",
    };
    if !spelled.is_empty() {
        spelled.bytes().for_each(each);
        return;
    }
    for part in std::iter::once(letter).nfd() {
        if is_combining_mark(part) {
            continue;
        }
        if part.is_ascii_alphanumeric() {
            each(part.to_ascii_lowercase() as u8);
        } else {
            let mut bytes = [0; 4];
            let lower = part.to_lowercase().next().unwrap_or(part);
            lower.encode_utf8(&mut bytes).bytes().for_each(&mut each);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_fold_to_plain_letters() {
        for (given, folded) in
            [("É", "e"), ("ß", "ss"), ("ñ", "n"), ("Ø", "o"), ("ộ", "o"), ("\u{301}", ""), ("Ł", "l")]
        {
            let mut out = String::new();
            given.chars().for_each(|c| fold(c, |b| out.push(b as char)));
            assert_eq!(out, folded);
        }
    }
}

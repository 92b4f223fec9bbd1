//! The tags of `safe-harbor`.

use super::dates::year_of;
use crate::kind::Kind;

static RESTRICTED: &str = include_str!("../../data/zip3.txt");

/// The tag of an identifier, with the part of it that may stay.
pub(super) fn tag(text: &str, kind: Kind, oldest: Option<u16>) -> String {
    match kind {
        Kind::Date => match year_of(text).filter(|y| oldest.is_none_or(|o| *y > o)) {
            Some(year) => format!("[DATE {year}]"),
            None => "[DATE]".to_owned(),
        },
        Kind::Age => "[AGE 90+]".to_owned(),
        Kind::Zip => match three_digits(text) {
            Some(digits) => format!("[ZIP {digits}]"),
            None => "[ZIP]".to_owned(),
        },
        _ => format!("[{}]", kind.as_str()),
    }
}

/// The three digits of a ZIP code that may stay, `000` for the small areas; `None` for what is no ZIP code.
pub(super) fn three_digits(text: &str) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].trim_start_matches(['-', ' ']);
    let is_zip = digits == 5 || digits == 9;
    (is_zip && rest.bytes().all(|b| b.is_ascii_digit())).then(|| {
        let three = &text[..3];
        let is_small = RESTRICTED.lines().filter(|l| !l.starts_with('#')).any(|l| l == three);
        if is_small { "000" } else { three }
    })
}

/// Where the tags of an earlier removal stand in a text: they are no identifiers, whatever they look like.
pub(crate) fn tags_in(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('[').map(|n| at + n) {
        at = open + 1;
        // No tag is longer than "[BIOMETRIC]" or "[DATE 2021]" with a little to spare.
        let Some(close) = text.as_bytes()[at..].iter().take(16).position(|b| *b == b']').map(|n| at + n) else {
            continue;
        };
        let inside = &text[at..close];
        let (name, rest) = inside.split_once(' ').unwrap_or((inside, ""));
        let is_tag = match name {
            "DATE" => rest.is_empty() || rest.len() == 4 && rest.bytes().all(|b| b.is_ascii_digit()),
            "ZIP" => rest.is_empty() || rest.len() == 3 && rest.bytes().all(|b| b.is_ascii_digit()),
            "AGE" => rest == "90+",
            _ => rest.is_empty() && Kind::ALL.iter().any(|k| k.as_str() == name),
        };
        if is_tag {
            found.push((open, close + 1));
            at = close + 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_keep_what_may_stay() {
        for (text, kind, wanted) in [
            ("03/05/2021", Kind::Date, "[DATE 2021]"),
            ("03/05/1921", Kind::Date, "[DATE]"),
            ("March", Kind::Date, "[DATE]"),
            ("02139", Kind::Zip, "[ZIP 021]"),
            ("02139-1234", Kind::Zip, "[ZIP 021]"),
            ("03601", Kind::Zip, "[ZIP 000]"),
            ("K1A 0B1", Kind::Zip, "[ZIP]"),
            ("ninety-two", Kind::Age, "[AGE 90+]"),
            ("Ada", Kind::Name, "[NAME]"),
        ] {
            assert_eq!(tag(text, kind, Some(1931)), wanted);
        }
    }

    #[test]
    fn tags_are_found_again() {
        let text = "[NAME] on [DATE 2021] and [DATE], [Dr. X], [ZIP 021] [AGE 90+] [DATE 21] [NAME";
        let found: Vec<&str> = tags_in(text).into_iter().map(|(s, e)| &text[s..e]).collect();
        assert_eq!(found, ["[NAME]", "[DATE 2021]", "[DATE]", "[ZIP 021]", "[AGE 90+]"]);
    }

    #[test]
    fn the_small_areas_are_seventeen_and_sorted() {
        let rows: Vec<&str> = RESTRICTED.lines().filter(|l| !l.starts_with('#')).collect();
        assert_eq!(rows.len(), 17);
        assert!(rows.is_sorted());
    }
}

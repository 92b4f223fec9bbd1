//! Surrogates of everything but names and dates: the form stays, the value is out of ranges that nobody was given.

use std::sync::LazyLock;

use super::names::{list, push_like};
use super::secret::{Key, Numbers};
use crate::kind::Kind;
use crate::words::{Class, flags_of, key_of};

static STREETS: LazyLock<Vec<&'static str>> = LazyLock::new(|| list(include_str!("../../data/surrogates/streets.txt")));
static CITIES: LazyLock<Vec<&'static str>> = LazyLock::new(|| list(include_str!("../../data/surrogates/cities.txt")));
static FACILITIES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| list(include_str!("../../data/surrogates/facilities.txt")));

/// The surrogate of one value.
pub(super) fn surrogate(key: &Key, text: &str, kind: Kind) -> String {
    let mut numbers = key.numbers(kind.as_str(), text);
    match kind {
        Kind::Phone | Kind::Fax => phone(text, &mut numbers),
        Kind::Ssn => ssn(text, &mut numbers),
        Kind::Url => format!("https://example.org/{:08x}", numbers.next() as u32),
        Kind::Ip => address(text, &mut numbers),
        Kind::Street => street(text, &mut numbers),
        Kind::City => in_capitals_of(text, numbers.pick(&CITIES)),
        Kind::County => {
            let county = if text.to_ascii_lowercase().contains("county") { " County" } else { "" };
            in_capitals_of(text, &format!("{}{county}", numbers.pick(&FACILITIES)))
        }
        Kind::Facility | Kind::Employer => facility(text, kind, &mut numbers),
        Kind::Age => age(text),
        Kind::Photo => match text.rsplit_once('.') {
            Some((_, ending)) if ending.len() <= 4 => format!("photo{:06}.{ending}", numbers.below(1_000_000)),
            _ => same_pattern(text, &mut numbers),
        },
        _ => same_pattern(text, &mut numbers),
    }
}

fn in_capitals_of(old: &str, new: &str) -> String {
    let mut out = String::new();
    push_like(old, new, &mut out);
    out
}

/// Digits for digits and letters for letters; at least one of them another.
fn same_pattern(text: &str, numbers: &mut Numbers) -> String {
    let mut one = |c: char| match c {
        '0'..='9' => char::from(b'0' + numbers.below(10) as u8),
        'a'..='z' => char::from(b'a' + numbers.below(26) as u8),
        'A'..='Z' => char::from(b'A' + numbers.below(26) as u8),
        c if c.is_alphabetic() => 'x',
        c => c,
    };
    let mut out: String = text.chars().map(&mut one).collect();
    for _ in 0..8 {
        if out != text {
            break;
        }
        out = text.chars().map(&mut one).collect();
    }
    out
}

/// The number ends in 555-01xx, which the numbering plan keeps for fiction.
fn phone(text: &str, numbers: &mut Numbers) -> String {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < 7 {
        return same_pattern(text, numbers);
    }
    // What stands behind the tenth digit is an extension, unless a country code stands in front.
    let ten = if digits > 10 && text.trim_start_matches(['+', '(']).starts_with('1') { 11 } else { digits.min(10) };
    let mut nth = 0;
    text.chars()
        .map(|c| {
            if !c.is_ascii_digit() {
                return c;
            }
            nth += 1;
            match (nth, ten - nth.min(ten)) {
                (n, _) if n > ten => char::from(b'0' + numbers.below(10) as u8),
                (_, 4..=6) => '5',
                (_, 3) => '0',
                (_, 2) => '1',
                (_, 9) => char::from(b'2' + numbers.below(8) as u8),
                (1, 10) => c,
                _ => char::from(b'0' + numbers.below(10) as u8),
            }
        })
        .collect()
}

/// Numbers that begin with 000 were never given out (20 CFR 422.103 and SSA's own notes on randomisation).
fn ssn(text: &str, numbers: &mut Numbers) -> String {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let mut nth = 0;
    text.chars()
        .map(|c| {
            if !c.is_ascii_digit() {
                return c;
            }
            nth += 1;
            if digits == 9 && nth <= 3 { '0' } else { char::from(b'0' + numbers.below(10) as u8) }
        })
        .collect()
}

/// Ranges kept for documentation: RFC 5737, RFC 3849, RFC 7042.
fn address(text: &str, numbers: &mut Numbers) -> String {
    let (a, b) = (numbers.below(254) + 1, numbers.below(65_536));
    let pairs: Vec<&str> = text.split([':', '-']).collect();
    if pairs.len() == 6 && pairs.iter().all(|p| p.len() == 2) {
        let sign = if text.contains('-') { "-" } else { ":" };
        return ["00", "00", "5E", "00", "53", &format!("{a:02X}")].join(sign);
    }
    if text.contains(':') && !text.contains('.') { format!("2001:db8::{a:x}:{b:x}") } else { format!("192.0.2.{a}") }
}

fn street(text: &str, numbers: &mut Numbers) -> String {
    let name = numbers.pick(&STREETS);
    let mut words = text.split([' ', '\n', '\t', ',']).filter(|w| !w.is_empty());
    let number = words.next().filter(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let is_box = text.to_ascii_lowercase().contains("box");
    let kind = words.rfind(|w| flags_of(key_of(&w.to_ascii_lowercase())).is(Class::StreetSuffix));
    let plain = match (number, is_box) {
        (_, true) => return format!("PO Box {}", numbers.below(9000) + 1000),
        (Some(_), _) => {
            format!("{} {name} {}", numbers.below(900) + 100, kind.unwrap_or("Street").trim_end_matches('.'))
        }
        (None, _) => format!("{name} {}", kind.unwrap_or("Street").trim_end_matches('.')),
    };
    in_capitals_of(text, &plain)
}

fn facility(text: &str, kind: Kind, numbers: &mut Numbers) -> String {
    let heads = text.split(|c: char| !c.is_alphabetic()).filter(|w| {
        let flags = flags_of(key_of(&w.to_ascii_lowercase()));
        flags.is_any(Class::FacilityHead.bit() | Class::FacilityPart.bit() | Class::CompanySuffix.bit())
    });
    let heads: Vec<&str> = heads.collect();
    let name = numbers.pick(&FACILITIES);
    let head = match (heads.len(), kind) {
        (0, Kind::Employer) => "Company".to_owned(),
        (0, _) => "Hospital".to_owned(),
        // Two words of what it is ("Medical Center"), unless they are all of its name.
        (n, _) => {
            let all = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
            heads[n.saturating_sub(if all > n { 2 } else { 1 })..].join(" ")
        }
    };
    in_capitals_of(text, &format!("{name} {head}"))
}

/// "92-year-old" becomes "90+-year-old"; what is spelled out becomes "90+" with the words behind it.
fn age(text: &str) -> String {
    if let Some(start) = text.find(|c: char| c.is_ascii_digit()) {
        let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
        let rest = text[start + digits..].trim_start_matches('+');
        return format!("{}90+{rest}", &text[..start]);
    }
    let low = text.to_ascii_lowercase();
    match low.find("year").or_else(|| low.find("yr")) {
        Some(at) if text.is_char_boundary(at) => {
            let sign = text[..at].chars().next_back().filter(|c| *c == '-' || *c == ' ').unwrap_or(' ');
            format!("90+{sign}{}", &text[at..])
        }
        _ => "90+".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_stay_and_values_go() {
        let key = Key::of(b"a secret of many bytes");
        let made = |text, kind| surrogate(&key, text, kind);
        let shape = |text: &str| text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect::<String>();
        for text in ["(617) 232-4567", "617.232.4567", "+1 617 232 4567", "6172324567", "232-4567", "617-232-4567 x123"]
        {
            let new = made(text, Kind::Phone);
            assert_eq!(shape(&new), shape(text));
            let digits: String = new.chars().filter(char::is_ascii_digit).collect();
            assert!(digits.contains("55501"), "{digits}");
        }
        assert!(made("123-45-6789", Kind::Ssn).starts_with("000-"));
        assert!(made("10.1.2.3", Kind::Ip).starts_with("192.0.2."));
        assert!(made("fe80::1", Kind::Ip).starts_with("2001:db8::"));
        assert!(made("aa:bb:cc:dd:ee:ff", Kind::Ip).starts_with("00:00:5E:00:53:"));
        assert_eq!(shape(&made("12-3456", Kind::Mrn)), "99-9999");
        assert_ne!(made("7", Kind::Mrn), "7");
        assert_eq!(made("92-year-old", Kind::Age), "90+-year-old");
        assert_eq!(made("ninety-six-year-old", Kind::Age), "90+-year-old");
        assert!(made("12 Main Street", Kind::Street).ends_with(" Street"));
        assert!(made("MERCY HOSPITAL", Kind::Facility).ends_with(" HOSPITAL"));
        assert!(made("http://a.b/c", Kind::Url).starts_with("https://example.org/"));
    }

    #[test]
    fn lists_are_sorted_without_doubles() {
        for list in [&*STREETS, &*CITIES, &*FACILITIES] {
            assert!(list.len() > 30 && list.is_sorted_by(|a, b| a < b));
        }
    }
}

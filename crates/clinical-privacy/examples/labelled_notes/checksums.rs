//! Check digits, for the numbers that carry one in real life.

use crate::rng::Rng;

/// Makes the last digit of a number right for its kind in most cases; a note may also hold a mistyped one.
pub(crate) fn mend(kind: &str, text: String, rng: &mut Rng) -> String {
    if !matches!(kind, "card" | "npi" | "dea" | "imei") || rng.chance(30) {
        return text;
    }
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some((_, body)) = digits.split_last() else { return text };
    let check = match kind {
        // The first, third and fifth digit, and twice the others.
        "dea" => body.iter().enumerate().map(|(at, d)| d * (1 + at as u32 % 2)).sum::<u32>() % 10,
        // An NPI counts as if 80840 stood before it, which adds 24.
        "npi" => luhn(body, 24),
        _ => luhn(body, 0),
    };
    let mut mended: String = text.chars().take(text.chars().count() - 1).collect();
    mended.push_str(&check.to_string());
    mended
}

fn luhn(body: &[u32], start: u32) -> u32 {
    let sum: u32 =
        body.iter().rev().enumerate().map(|(at, d)| if at % 2 == 0 { d * 2 / 10 + d * 2 % 10 } else { *d }).sum();
    (10 - (sum + start) % 10) % 10
}

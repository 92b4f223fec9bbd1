//! Ages: from ninety on an identifier, below it a trap.

use crate::marked::Marked;
use crate::scene::Scene;

const ONES: [&str; 10] = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const TENS: [&str; 10] = ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn words(n: i64) -> String {
    let (tens, ones) = ((n / 10 % 10) as usize, (n % 10) as usize);
    match (n >= 100, tens, ones) {
        (true, 0, 0) => "one hundred".to_owned(),
        (true, 0, ones) => format!("one hundred and {}", ONES[ones]),
        (_, tens, 0) => TENS[tens].to_owned(),
        (_, tens, ones) => format!("{}-{}", TENS[tens], ONES[ones]),
    }
}

/// `{ptage}` is the patient's age, `{age.old}` one over 89, `{age.young}` one below; `.n` is the bare number, `.years` what can stand after "is".
pub(crate) fn write(scene: &mut Scene<'_>, head: &str, form: &str, out: &mut Marked) {
    let rng = &mut scene.rng;
    let age = match (head, form) {
        ("ptage", _) => scene.age,
        (_, "old" | "oldn" | "oldyears") => rng.range(90, 106),
        _ => rng.range(21, 89),
    };
    let text = if form == "n" || form == "oldn" {
        age.to_string()
    } else {
        match if form.ends_with("years") { 16 + rng.below(4) } else { rng.below(16) } {
            16 | 17 => format!("{age} years old"),
            18 if age < 100 => format!("{} years old", words(age)),
            18 | 19 => format!("{age} years of age"),
            0..=4 => format!("{age}-year-old"),
            5 => format!("{age} year old"),
            6 | 7 => format!("{age} y/o"),
            8 => format!("{age}yo"),
            9 => format!("{age} yo"),
            10 => format!("{age}-yr-old"),
            11 => format!("{age} y.o."),
            12 if age < 100 => format!("{} year old", words(age).replace('-', " ")),
            12..=14 if age > 20 => format!("{}-year-old", words(age).replace(' ', "-")),
            _ => format!("{age}-year old"),
        }
    };
    if age >= 90 { out.id("AGE", &text) } else { out.trap("AGE", &text) }
}

//! What a sentence says beside the small words, for telling whether another says it too.

/// The content words and the numbers of a sentence, each once, sorted.
#[derive(Debug)]
pub(super) struct Content<'t> {
    words: Vec<String>,
    numbers: Vec<&'t str>,
}

/// Words that stand in any sentence of a plan.
const SMALL: &[&str] = &[
    "advised",
    "again",
    "also",
    "been",
    "continue",
    "discussed",
    "does",
    "from",
    "have",
    "into",
    "medical",
    "medication",
    "patient",
    "recommended",
    "should",
    "that",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "today",
    "treatment",
    "were",
    "when",
    "which",
    "will",
    "with",
    "would",
    "your",
];

/// The words of a text.
pub(super) fn count(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.contains(char::is_alphabetic)).count()
}

impl<'t> Content<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut words = Vec::new();
        let mut numbers = Vec::new();
        for part in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ',')) {
            let part = part.trim_matches(['.', ',']);
            if part.starts_with(|c: char| c.is_ascii_digit()) {
                numbers.push(part);
            } else if part.chars().count() > 3 {
                let lower = part.to_lowercase();
                if SMALL.binary_search(&lower.as_str()).is_err() {
                    words.push(lower);
                }
            }
        }
        words.sort_unstable();
        words.dedup();
        numbers.sort_unstable();
        numbers.dedup();
        Self { words, numbers }
    }

    /// Whether another sentence says almost all of this one: four of five content words, and every number.
    pub(super) fn is_said_by(&self, other: &Self) -> bool {
        let shared = self.words.iter().filter(|w| other.words.binary_search(w).is_ok()).count();
        let numbers = self.numbers.iter().all(|n| other.numbers.binary_search(n).is_ok());
        numbers && self.words.len() >= 2 && shared * 5 >= self.words.len() * 4
            || numbers && self.words.len() == 1 && shared == 1 && !self.numbers.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Content, SMALL};

    #[test]
    fn a_dose_is_never_redundant() {
        assert!(SMALL.is_sorted());
        let said = |a: &str, b: &str| Content::of(a).is_said_by(&Content::of(b));
        assert!(said("Return in 2 weeks for recheck.", "She will return in 2 weeks for a recheck of the wound."));
        assert!(!said("Increase lisinopril to 40 mg.", "Increase lisinopril to 20 mg."));
        assert!(!said("Order a knee scan.", "Order a hip scan."));
    }
}

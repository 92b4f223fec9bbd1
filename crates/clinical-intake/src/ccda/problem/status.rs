//! What a status of a problem means.

use clinical_model::Concept;

/// What an observation of the status says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Observed {
    Running,
    Over,
    RuledOut,
    RuleOut,
}

/// The problem statuses of C-CDA (2.16.840.1.113883.3.88.12.80.68) and of C32.
pub(super) fn meaning(value: &Concept<'_>) -> Option<Observed> {
    use Observed::{Over, RuleOut, RuledOut, Running};
    const CODES: [(&str, Observed); 12] = [
        ("55561003", Running),
        ("90734009", Running),
        ("7087005", Running),
        ("255227004", Running),
        ("246455001", Running),
        ("263855007", Running),
        ("73425007", Over),
        ("413322009", Over),
        ("277022003", Over),
        ("277056000", Over),
        ("415684004", RuleOut),
        ("410516002", RuledOut),
    ];
    let by_code = CODES.iter().find(|(code, _)| value.has_code(code)).map(|(_, said)| *said);
    by_code.or_else(|| value.wordings().find_map(|w| meaning_of_word(w.text())))
}

pub(super) fn meaning_of_word(word: &str) -> Option<Observed> {
    match word.trim().trim_end_matches('.').to_ascii_lowercase().as_str() {
        "active" | "chronic" | "intermittent" | "recurrent" | "recurrence" | "relapse" | "current" | "ongoing" => {
            Some(Observed::Running)
        }
        "inactive" | "resolved" | "remission" | "in remission" | "past" | "historical" => Some(Observed::Over),
        "rule out" | "rule-out" | "suspected" | "provisional" | "differential" => Some(Observed::RuleOut),
        "ruled out" | "ruled-out" | "refuted" => Some(Observed::RuledOut),
        _ => None,
    }
}

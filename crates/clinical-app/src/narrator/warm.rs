//! What the first document would wait for.

use clinical_pipeline::{Input, Label, Lexicon, Moment, Options, Page, Stop, narration};

/// Nobody's note, with words that a model is told of.
const NOTE: &str = "CHIEF COMPLAINT: Patient denies dyspnea on exertion and reports mild edema of both ankles.\n\n\
    ASSESSMENT AND PLAN:\n1. Hypertension. Continue lisinopril 10 mg daily. Keep the legs elevated at night.\n\n\
    FOLLOW-UP: Notify the clinic if the swelling worsens or you have chest pain.\n";

/// Makes the requests about nobody's note, which builds the tables of words that requests and answers are held against.
/// The desk takes the time of its first works for the time of all: with this in it, it would send a crowd away that it
/// has time for. Gives how many requests there were.
pub fn warm(lexicon: &Lexicon) -> usize {
    let Some(now) = Moment::parse("2025-03-01T09:00:00Z") else { return 0 };
    let options = Options { now, page: Page::Text, large_print: false, narrated: None, stop: Stop::never() };
    narration(&Input::new(NOTE.as_bytes(), Label::Text), &options, lexicon).map_or(0, |narration| narration.asks.len())
}

#[cfg(test)]
mod tests {
    use super::warm;
    use clinical_pipeline::Lexicon;

    #[test]
    fn there_is_something_to_ask() {
        assert_eq!(warm(Lexicon::english().unwrap()), 1);
    }
}

//! Dates and times of day as people write them: where they stand, not what they mean.

use super::marked::Marked;
use super::words::Kind;
use clinical_lexicon::WordList;

impl Marked<'_, '_> {
    fn digits(&self, at: usize, most: usize) -> Option<usize> {
        let word = self.word(at);
        let is_plain = self.is_kind(at, Kind::Number) && word.bytes().all(|b| b.is_ascii_digit());
        (is_plain && word.len() <= most).then_some(word.len())
    }

    /// A number between two others, in a row without blanks: "3/4/2021".
    fn joined(&self, at: usize, mark: &str) -> bool {
        self.touches_next(at) && self.word(at + 1) == mark && self.touches_next(at + 1)
    }

    /// The token behind a date that begins at `at`.
    pub(super) fn date_at(&self, at: usize) -> Option<usize> {
        if self.is_kind(at, Kind::Number) {
            return self.numeric_date(at).or_else(|| self.day_first(at));
        }
        if !self.is_on(at, WordList::Month) {
            return None;
        }
        let dot = usize::from(self.word(at + 1) == "." && self.touches_next(at));
        let day = at + 1 + dot;
        match self.digits(day, 4)? {
            // "March 2021"
            4 => Some(day + 1),
            1 | 2 => {
                // "March 3", "March 3rd", "March 3, 2021"
                let mut end = day + 1;
                if self.touches_next(day) && self.is_any(end, &["st", "nd", "rd", "th"]) {
                    end += 1;
                }
                let year = end + usize::from(self.word(end) == ",");
                Some(if self.is_year(year) { year + 1 } else { end })
            }
            _ => None,
        }
    }

    /// Whether a token is a year of four digits.
    pub(super) fn is_year(&self, at: usize) -> bool {
        self.digits(at, 4) == Some(4) && (self.word(at).starts_with("19") || self.word(at).starts_with("20"))
    }

    fn numeric_date(&self, at: usize) -> Option<usize> {
        let first = self.digits(at, 4)?;
        for mark in ["/", "-"] {
            if !self.joined(at, mark) {
                continue;
            }
            let second = self.digits(at + 2, 4)?;
            if self.joined(at + 2, mark) {
                let third = self.digits(at + 4, 4)?;
                let is_date =
                    first == 4 && second <= 2 && third <= 2 || first <= 2 && second <= 2 && matches!(third, 2 | 4);
                return is_date.then_some(at + 5);
            }
            // "03/2021"
            return (first <= 2 && second == 4 && self.is_year(at + 2) && mark == "/").then_some(at + 3);
        }
        None
    }

    /// "3 March 2021", "3rd of March"
    fn day_first(&self, at: usize) -> Option<usize> {
        (self.digits(at, 2)? <= 2).then_some(())?;
        let mut month = at + 1;
        if self.touches_next(at) && self.is_any(month, &["st", "nd", "rd", "th"]) {
            month += 1;
        }
        month += usize::from(self.is_word(month, "of"));
        // "May" and "march" behind a number are verbs more often than months, but for their capital.
        let is_month = self.is_on(month, WordList::Month) && self.word(month).starts_with(char::is_uppercase);
        let year = month + 1 + usize::from(self.word(month + 1) == ",");
        is_month.then(|| if self.is_year(year) { year + 1 } else { month + 1 })
    }

    /// A date, or month and day without a year behind "on".
    pub(super) fn date_or_day_at(&self, at: usize) -> Option<usize> {
        self.date_at(at).or_else(|| {
            let is_day = self.digits(at, 2).is_some() && self.joined(at, "/") && self.digits(at + 2, 2).is_some();
            let is_whole = !(self.touches_next(at + 2) && matches!(self.word(at + 3), "/" | "-"));
            let is_on = at.checked_sub(1).is_some_and(|before| self.is_word(before, "on"));
            (is_day && is_whole && is_on).then_some(at + 3)
        })
    }

    /// The token behind a time of day that begins at `at`: "2 pm", "2:30 p.m.", "14:00", "noon".
    pub(super) fn clock_at(&self, at: usize) -> Option<usize> {
        if self.is_any(at, &["noon", "midnight"]) {
            return Some(at + 1);
        }
        self.digits(at, 2)?;
        let has_minutes = self.joined(at, ":") && self.digits(at + 2, 2) == Some(2);
        let end = if has_minutes { at + 3 } else { at + 1 };
        if self.is_any(end, &["am", "pm"]) {
            return Some(end + 1);
        }
        if self.is_any(end, &["a", "p"]) && self.word(end + 1) == "." && self.is_word(end + 2, "m") {
            return Some(end + 3 + usize::from(self.word(end + 3) == "." && self.touches_next(end + 2)));
        }
        has_minutes.then_some(end)
    }
}

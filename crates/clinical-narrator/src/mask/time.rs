//! When, how often and how long.

use super::amount::{Amounts, Measure};

/// What sort of time it is: what may be joined with what.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sort {
    /// A date, a day of the week, a year.
    Calendar,
    /// A part of a day, "tomorrow", "daily".
    Spoken,
    /// So many days.
    Span,
}

/// What stands in front of a time and belongs to it.
#[derive(Clone, Copy, Default)]
struct Lead {
    /// Anything.
    is_led: bool,
    /// A word that counts: "a", "last", "few".
    is_counted: bool,
    /// A word that four digits are a year behind.
    of_year: bool,
}

impl Amounts<'_, '_> {
    /// A whole expression of time: the token behind it.
    pub(super) fn time(&self, at: usize) -> Option<usize> {
        let (line, words) = (self.line, self.words);
        let (mut end, mut sort) = self.one_time(at)?;
        loop {
            let behind = words.behind_times.at(line, end);
            if behind > 0 {
                end += behind;
                continue;
            }
            // "Monday morning", "today at noon".
            let part = words.parts_of_day.at(line, end);
            if part > 0 && sort != Sort::Span {
                end += part;
                continue;
            }
            let joint = match line.lower(end) {
                "," => 1,
                "-" | "\u{2013}" | "&" | "/" => 1,
                _ => words.between_times.at(line, end),
            };
            if joint == 0 {
                break;
            }
            let Some((next, next_sort)) = self.one_time(end + joint) else { break };
            // "for 3 days and 2 weeks of fever" are two.
            let is_list = matches!(line.lower(end), "and" | "or" | ",");
            let is_one = sort == next_sort && sort != Sort::Span || !is_list;
            if !is_one {
                break;
            }
            (end, sort) = (next, next_sort);
        }
        Some(end)
    }

    /// One time with what stands before it.
    fn one_time(&self, at: usize) -> Option<(usize, Sort)> {
        let (line, words) = (self.line, self.words);
        // "W/ 4d of fever": with.
        if line.lower(at) == "/" && line.hugs(at) && at > 0 && line.lower(at - 1) == "w" {
            return None;
        }
        let mut lead = Lead::default();
        let mut from = at;
        loop {
            if let Some(found) = self.core(from, lead) {
                return Some(found);
            }
            let count = words.time_counts.at(line, from);
            let before = words.before_times.at(line, from).max(words.about.at(line, from));
            let length = count.max(before);
            if length == 0 {
                return None;
            }
            lead.is_led = true;
            lead.is_counted |= count >= before;
            lead.of_year = words.years_behind.has(line, from) || lead.of_year && line.lower(from) == "the";
            from += length;
        }
    }

    fn core(&self, at: usize, lead: Lead) -> Option<(usize, Sort)> {
        let (line, words) = (self.line, self.words);
        if let Some(end) = self.often(at) {
            return Some((end, Sort::Spoken));
        }
        match words.spoken.at(line, at) {
            0 => {}
            length => return Some((at + length, Sort::Spoken)),
        }
        if let Some(end) = self.part_of_year(at) {
            return Some((end, Sort::Span));
        }
        if let Some(end) = self.calendar(at, lead) {
            return Some((end, Sort::Calendar));
        }
        if let Some(end) = self.clock(at) {
            return Some((end, Sort::Spoken));
        }
        if let Some(amount) = self.amount(at).filter(|amount| amount.measure == Measure::Time) {
            return Some((amount.end, Sort::Span));
        }
        if lead.is_counted {
            // "a few more days".
            let inner = words.inner.at(line, at);
            match words.time_units.at(line, at + inner) {
                0 => {}
                length => return Some((at + inner + length, Sort::Spoken)),
            }
        }
        if lead.is_led {
            match words.parts_of_day.at(line, at).max(words.seasons.at(line, at)) {
                0 => {}
                length => return Some((at + length, Sort::Spoken)),
            }
        }
        None
    }

    /// "2/52", "x 6/12", "for 5/7": weeks, months and days as parts of a year or a week. Without a word of time in front, a
    /// seventh or a twelfth may be anything.
    fn part_of_year(&self, at: usize) -> Option<usize> {
        let line = self.line;
        let is_crossed = line.lower(at) == "x";
        let from = at + usize::from(is_crossed);
        let end = self.number(from).filter(|_| line.is_number(from))?;
        let (start, to) = line.bytes(from, end);
        let (many, whole) = line.text.get(start..to)?.rsplit_once('/')?;
        let is_many = !many.is_empty() && many.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/'));
        let is_led = || {
            let before = at.checked_sub(1).map_or("", |at| line.lower(at));
            is_crossed || matches!(before, "after" | "every" | "for" | "in" | "over")
        };
        let fits = whole == "52" || matches!(whole, "7" | "12") && is_led();
        (is_many && fits).then_some(end)
    }

    /// How often: "twice a day", "3 times daily", "q6h", "x2/week".
    fn often(&self, at: usize) -> Option<usize> {
        let (line, words) = (self.line, self.words);
        if self.in_rate {
            return None;
        }
        if line.lower(at) == "q" {
            let from = at + 1 + usize::from(line.lower(at + 1) == ".");
            return self.amount(from).map(|amount| amount.end);
        }
        let count = match line.lower(at) {
            "once" | "twice" | "thrice" => at + 1,
            _ => {
                let amount = self.amount(at).filter(|amount| amount.measure == Measure::Bare)?;
                let is_crossed = (at..amount.end).any(|i| line.lower(i) == "x");
                match words.counted_times.at(line, amount.end) {
                    0 if is_crossed => amount.end,
                    0 => return None,
                    length => amount.end + length,
                }
            }
        };
        // "once or twice a day".
        let count = match (line.lower(count), line.lower(count + 1)) {
            ("or" | "to", "twice" | "thrice") => count + 2,
            _ => count,
        };
        self.rate(count)
    }

    /// "a day", "per week", "every other Monday", "daily": the token behind it.
    fn rate(&self, at: usize) -> Option<usize> {
        let (line, words) = (self.line, self.words);
        let spoken = words.spoken.at(line, at);
        if spoken > 0 {
            return Some(at + spoken);
        }
        let is_rate = matches!(line.lower(at), "a" | "an" | "per" | "each" | "every" | "/" | "in");
        if !is_rate {
            return None;
        }
        Self { in_rate: true, ..*self }.one_time(at).map(|(end, _)| end)
    }

    /// A date, a day of the week, a month, a year.
    fn calendar(&self, at: usize, lead: Lead) -> Option<usize> {
        let (line, words) = (self.line, self.words);
        let full = words.weekdays.at(line, at);
        if full > 0 {
            return Some(at + full);
        }
        let short = words.weekday_shorts.at(line, at);
        if short > 0 && line.is_capital(at) {
            let is_noun = matches!(line.lower(at), "sat" | "sun");
            if lead.is_led && (!is_noun || !line.is_number(at + 1)) || !is_noun && !line.is_number(at + 1) {
                return Some(at + short);
            }
        }
        if let Some(end) = self.month(at, lead) {
            return Some(end);
        }
        let end = self.number(at)?;
        if !line.is_number(at) {
            return None;
        }
        // "3 March", "3rd of March".
        let of = end + usize::from(line.lower(end) == "of");
        if let Some(end) = self.month(of, Lead { is_led: true, ..lead }) {
            return Some(end);
        }
        let (from, to) = line.bytes(at, end);
        let digits = line.text.get(from..to)?;
        let parts: Vec<&str> = digits.split(['/', '-', '.', '\u{2013}']).collect();
        let number = |nth: usize| parts.get(nth).and_then(|part| part.parse::<u32>().ok());
        let is_date = match (number(0), number(1), number(2), parts.len()) {
            (Some(_), Some(_), Some(_), 3) => true,
            (Some(month), Some(day), None, 2) => {
                lead.of_year && digits.contains('/') && (1..=12).contains(&month) && (1..=31).contains(&day)
                    || (1900..2100).contains(&day) && (1..=12).contains(&month)
            }
            (Some(year), None, None, 1) => lead.of_year && digits.len() == 4 && (1900..2100).contains(&year),
            _ => false,
        };
        (is_date && self.amount(at).is_some_and(|amount| amount.measure == Measure::Bare)).then_some(end)
    }

    /// A month with its day and year.
    fn month(&self, at: usize, lead: Lead) -> Option<usize> {
        let (line, words) = (self.line, self.words);
        let full = words.months.at(line, at);
        let short = words.month_shorts.at(line, at);
        let mut end = at + full.max(short);
        if end == at {
            return None;
        }
        let is_day = line.is_number(end);
        let is_word = full == 0 || matches!(line.lower(at), "may" | "march");
        if is_word && !(line.is_capital(at) && (is_day || lead.is_led)) {
            return None;
        }
        let is_year = |at: usize| line.is_number(at) && line.word(at).len() == 4;
        if is_day {
            end = self.number(end)?;
        }
        let comma = end + usize::from(line.lower(end) == ",");
        if is_year(comma) {
            end = comma + 1;
        } else if line.lower(end) == "of" && is_year(end + 1) {
            end += 2;
        }
        Some(end)
    }

    /// A time of day in digits.
    fn clock(&self, at: usize) -> Option<usize> {
        let (line, words) = (self.line, self.words);
        let end = self.number(at)?;
        // "8-10 am", "8 to 10 am".
        let end = match line.lower(end) {
            "to" | "-" | "\u{2013}" => self.number(end + 1).unwrap_or(end),
            _ => end,
        };
        let clock = words.clock.at(line, end).max(self.of_day(end));
        let is_hours = clock > 0 && !line.lower(end).starts_with('h');
        let (from, to) = line.bytes(at, end);
        let digits = line.text.get(from..to).unwrap_or_default();
        let is_colon = line.is_number(at)
            && digits
                .split_once(':')
                .is_some_and(|(hour, minute)| hour.len() <= 2 && minute.len() >= 2 && !digits.contains('/'));
        let is_military = clock > 0 && digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
        (is_hours || is_colon || is_military).then_some(end + clock)
    }

    /// "in the morning", "at night" behind an hour.
    fn of_day(&self, at: usize) -> usize {
        let (line, words) = (self.line, self.words);
        let lead = match (line.lower(at), line.lower(at + 1)) {
            ("in", "the") => 2,
            ("at", _) => 1,
            _ => return 0,
        };
        match words.parts_of_day.at(line, at + lead) {
            0 => 0,
            length => lead + length,
        }
    }

    /// "once" where it counts.
    pub(super) fn once(&self, at: usize) -> bool {
        let (line, words) = (self.line, self.words);
        line.lower(at) == "once"
            && (line.is_end(at + 1)
                || line.is_mark(at + 1)
                || words.once_behind.has(line, at + 1)
                || (at.saturating_sub(2)..at).any(|from| from + words.once_before.at(line, from) == at))
    }
}

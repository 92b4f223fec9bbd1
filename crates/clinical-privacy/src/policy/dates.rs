//! Dates as they are written, read so that they can be moved and written the same way.

use super::calendar::Day;
use clinical_model::MONTHS;

/// A run of digits or letters of a date.
#[derive(Clone, Copy)]
struct Run<'t> {
    text: &'t str,
    start: usize,
    is_number: bool,
}

impl Run<'_> {
    fn value(&self) -> i64 {
        self.text.parse().unwrap_or(-1)
    }

    fn is_number_of(&self, least: usize, most: usize) -> bool {
        self.is_number && (least..=most).contains(&self.text.len())
    }

    fn month(&self) -> Option<u8> {
        // The first three letters tell the months apart.
        let at = MONTHS.iter().position(|month| {
            let is_head = month.get(..self.text.len()).is_some_and(|head| head.eq_ignore_ascii_case(self.text));
            self.text.len() >= 3 && is_head
        })?;
        (!self.is_number).then_some(at as u8 + 1)
    }
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut found: Vec<Run<'_>> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let is_number = c.is_ascii_digit();
        if !is_number && !c.is_alphabetic() {
            at += c.len_utf8();
            continue;
        }
        let same = |o: char| if is_number { o.is_ascii_digit() } else { o.is_alphabetic() };
        let end = text[at..].find(|o| !same(o)).map_or(text.len(), |n| at + n);
        found.push(Run { text: &text[at..end], start: at, is_number });
        at = end;
    }
    found
}

/// The year that a date gives in full; `None` where it gives none, two digits, or two different ones.
pub(crate) fn year_of(text: &str) -> Option<u16> {
    let mut year = None;
    for run in runs(text).iter().filter(|r| r.is_number) {
        let digits = match run.text.len() {
            4 => run.text,
            8 | 12 | 14 | 17 => &run.text[..4],
            _ => continue,
        };
        let found = digits.parse().ok().filter(|y| (1850..=2150).contains(y));
        match (found, year) {
            (Some(_), None) => year = found,
            (Some(a), Some(b)) if a != b => return None,
            _ => {}
        }
    }
    year
}

/// Which run is what.
struct Parts {
    day: usize,
    month: usize,
    year: Option<usize>,
}

/// The date moved by `days`, written as it was. `None` where it is not a full day of one of the forms that are read:
/// numbers (ISO, month first, day first where only that can be), eight digits, and a month's name with a day. A date
/// without a year is taken to be of `year`.
pub(super) fn moved(text: &str, days: i64, year: i64) -> Option<String> {
    let runs = runs(text);
    if let Some(compact) = compact(text, &runs, days) {
        return Some(compact);
    }
    let parts = parts(&runs)?;
    let day = number(&runs[parts.day], 1, 31)?;
    let month = runs[parts.month].month().or_else(|| number(&runs[parts.month], 1, 12))?;
    let given = parts.year.map(|y| &runs[y]);
    let full = match given {
        None => year,
        Some(run) if run.text.len() == 4 => run.value(),
        // Two digits: the century in which the date is nearest to the year of the document.
        Some(run) => (0..3).map(|c| (year / 100 - 1 + c) * 100 + run.value()).min_by_key(|y| (y - year - 5).abs())?,
    };
    let to = Day::of(full, month, day).or_else(|| (given.is_none()).then(|| Day::of(2000, month, day))?)?.plus(days);
    let mut edits = vec![(parts.day, same_width(runs[parts.day].text, i64::from(to.day)))];
    edits.push(match runs[parts.month].month() {
        Some(_) => (parts.month, month_like(runs[parts.month].text, to.month)),
        None => (parts.month, same_width(runs[parts.month].text, i64::from(to.month))),
    });
    if let (Some(at), Some(run)) = (parts.year, given) {
        let written = if run.text.len() == 4 { format!("{:04}", to.year) } else { format!("{:02}", to.year % 100) };
        edits.push((at, written));
    }
    if let Some(next) = runs.get(parts.day + 1)
        && matches!(&*next.text.to_ascii_lowercase(), "st" | "nd" | "rd" | "th")
    {
        let ending = match to.day {
            1 | 21 | 31 => "st",
            2 | 22 => "nd",
            3 | 23 => "rd",
            _ => "th",
        };
        edits.push((parts.day + 1, like(next.text, ending)));
    }
    edits.sort_by_key(|e| e.0);
    let mut out = String::with_capacity(text.len() + 8);
    let mut done = 0;
    for (run, new) in edits {
        out.push_str(&text[done..runs[run].start]);
        out.push_str(&new);
        done = runs[run].start + runs[run].text.len();
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// `20210305` and longer, as HL7 v2 and C-CDA write it.
fn compact(text: &str, runs: &[Run<'_>], days: i64) -> Option<String> {
    let first = runs.first().filter(|r| r.is_number && r.text.len() >= 8)?;
    let (y, m, d) = (first.text[..4].parse().ok()?, first.text[4..6].parse().ok()?, first.text[6..8].parse().ok()?);
    let to = Day::of(y, m, d).filter(|d| (1850..=2150).contains(&d.year))?.plus(days);
    Some(format!("{}{:04}{:02}{:02}{}", &text[..first.start], to.year, to.month, to.day, &text[first.start + 8..]))
}

fn parts(runs: &[Run<'_>]) -> Option<Parts> {
    // Numbers of a clock time behind the date stay as they are.
    let named = runs.iter().position(|r| r.month().is_some());
    if let Some(month) = named {
        if runs.iter().skip(month + 1).any(|r| r.month().is_some()) {
            return None;
        }
        let before = month.checked_sub(1).and_then(|i| day_before(runs, i));
        let after = runs.get(month + 1).filter(|r| r.is_number_of(1, 2)).map(|_| month + 1);
        let (day, then) = match (before, after) {
            (Some(day), _) => (day, month + 1),
            (None, Some(day)) => {
                let ordinal = runs
                    .get(day + 1)
                    .is_some_and(|r| matches!(&*r.text.to_ascii_lowercase(), "st" | "nd" | "rd" | "th"));
                (day, day + 1 + usize::from(ordinal))
            }
            (None, None) => return None,
        };
        let of = runs.get(then).is_some_and(|r| r.text.eq_ignore_ascii_case("of"));
        let year = then + usize::from(of);
        let has_year = runs.get(year).is_some_and(|r| r.is_number_of(4, 4) || before.is_some() && r.is_number_of(2, 2));
        // "March 3-7" is two days; moving one of them would tear them apart.
        if !has_year
            && runs.get(then).is_some_and(|r| r.is_number_of(1, 2))
            && runs.get(then + 1).is_none_or(|r| !r.is_number)
        {
            return None;
        }
        return Some(Parts { day, month, year: has_year.then_some(year) });
    }
    let numbers: Vec<usize> = (0..runs.len()).filter(|i| runs[*i].is_number).collect();
    match numbers[..] {
        [y, m, d, ..] if runs[y].is_number_of(4, 4) && runs[m].is_number_of(1, 2) && runs[d].is_number_of(1, 2) => {
            Some(Parts { day: d, month: m, year: Some(y) })
        }
        [a, b, y, ..]
            if runs[a].is_number_of(1, 2)
                && runs[b].is_number_of(1, 2)
                && (runs[y].is_number_of(4, 4) || runs[y].is_number_of(2, 2)) =>
        {
            let day_first = runs[a].value() > 12;
            let (day, month) = if day_first { (a, b) } else { (b, a) };
            Some(Parts { day, month, year: Some(y) })
        }
        [a, b] if runs[a].is_number_of(1, 2) && runs[b].is_number_of(1, 2) => {
            let (day, month) = if runs[a].value() > 12 { (a, b) } else { (b, a) };
            Some(Parts { day, month, year: None })
        }
        _ => None,
    }
}

/// "5 March", "5th of March".
fn day_before(runs: &[Run<'_>], mut at: usize) -> Option<usize> {
    if runs[at].text.eq_ignore_ascii_case("of") {
        at = at.checked_sub(1)?;
    }
    if matches!(&*runs[at].text.to_ascii_lowercase(), "st" | "nd" | "rd" | "th") {
        at = at.checked_sub(1)?;
    }
    runs[at].is_number_of(1, 2).then_some(at)
}

fn number(run: &Run<'_>, least: i64, most: i64) -> Option<u8> {
    let value = run.value();
    (run.is_number && (least..=most).contains(&value)).then_some(value as u8)
}

fn same_width(text: &str, value: i64) -> String {
    format!("{value:0width$}", width = text.len())
}

fn month_like(text: &str, month: u8) -> String {
    let name = MONTHS[usize::from(month - 1)].to_ascii_lowercase();
    let is_short = text.len() <= 4 && !text.eq_ignore_ascii_case("june") && !text.eq_ignore_ascii_case("july");
    like(text, if is_short { &name[..3] } else { &name })
}

/// `new` in the capitals of `old`.
fn like(old: &str, new: &str) -> String {
    let mut letters = old.chars();
    match (letters.next().is_some_and(char::is_uppercase), letters.next().is_some_and(char::is_uppercase)) {
        (true, true) => new.to_ascii_uppercase(),
        (true, false) => {
            new.chars().enumerate().map(|(i, c)| if i == 0 { c.to_ascii_uppercase() } else { c }).collect()
        }
        _ => new.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_move_and_keep_their_form() {
        for (text, days, wanted) in [
            ("03/05/2021", 7, Some("03/12/2021")),
            ("3/5/21", 28, Some("4/2/21")),
            ("25/12/2020", 7, Some("01/01/2021")),
            ("2021-03-05", -7, Some("2021-02-26")),
            ("2021-03-05T10:15:00Z", 7, Some("2021-03-12T10:15:00Z")),
            ("20210305", 7, Some("20210312")),
            ("202103051015-0500", 7, Some("202103121015-0500")),
            ("March 5, 2021", 7, Some("March 12, 2021")),
            ("March 5th, 2021", 28, Some("April 2nd, 2021")),
            ("5 March 2021", 7, Some("12 March 2021")),
            ("5-Mar-21", 28, Some("2-Apr-21")),
            ("05MAR2021", 28, Some("02APR2021")),
            ("5th of May", 7, Some("12th of May")),
            ("MARCH 5", 7, Some("MARCH 12")),
            ("3/5", 7, Some("3/12")),
            ("March", 7, None),
            ("03/2021", 7, None),
            ("March 3-7", 7, None),
            ("the day after Thanksgiving", 7, None),
            ("13/45/2021", 7, None),
        ] {
            assert_eq!(moved(text, days, 2021).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn the_year_of_a_date() {
        for (text, year) in [
            ("03/05/2021", Some(2021)),
            ("20210305", Some(2021)),
            ("March 5", None),
            ("3/5/21", None),
            ("12/30/2020-1/5/2021", None),
        ] {
            assert_eq!(year_of(text), year, "{text}");
        }
    }
}

//! What a prescriber's text says, as far as shorthand and plain phrases tell. Only for comparing with the structure:
//! nothing read here reaches a page.

use super::amount::{Unit, spelling};
use super::number::Decimal;
use super::often::Often;
use super::tokens::{Kind, Token, cut};
use clinical_lexicon::{DosingWords, Lexicon};
use std::collections::{BTreeMap, BTreeSet};

/// An amount in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Dose {
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    pub(super) unit: Unit,
}

/// A text, read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Reading {
    pub(super) doses: Vec<Dose>,
    pub(super) often: Vec<Often>,
    /// It names a daily event ("nightly"), which is as often as it has events.
    pub(super) daily_events: bool,
    /// Event codes with minutes.
    pub(super) events: Vec<(String, Option<Decimal>)>,
    pub(super) days: BTreeSet<String>,
    /// Ways of taking, by their place in the lexicon; whether the word may also be a mere place ("mouth").
    pub(super) ways: Vec<(usize, bool)>,
    pub(super) as_needed: bool,
    /// "for 5 days".
    pub(super) lasting: Vec<(Decimal, String)>,
    /// "over 30 minutes".
    pub(super) over: Vec<(Decimal, String)>,
    pub(super) maxima: Vec<Dose>,
    /// One dose and no more.
    pub(super) single: bool,
    /// Numbers and signs that belong to nothing.
    pub(super) loose: bool,
    /// Words of tapers and conditions.
    pub(super) changing: bool,
    /// Words that are not known.
    pub(super) unknown: bool,
}

/// The longest phrase of the lexicon, in words.
const LONGEST: usize = 5;

impl Reading {
    /// Whether all that it says is as-needed: one dose, one timing, nothing that changes. "One tablet daily; may take
    /// another if needed" is not.
    pub(super) fn is_clearly_as_needed(&self) -> bool {
        self.as_needed && !self.changing && self.doses.len() < 2 && self.often.len() < 2
    }
}

struct Reader<'t> {
    tokens: Vec<Token>,
    text: String,
    dosing: &'t DosingWords,
    own_unit: Option<&'t str>,
}

/// Reads a text. `own_unit` is the structure's unit where the lexicon does not know it; `known` says of a word that
/// the structure says it too (its site, its reason).
pub(super) fn read(text: &str, own_unit: Option<&str>, known: &dyn Fn(&str) -> bool, lexicon: &Lexicon) -> Reading {
    let text = text.to_lowercase();
    let reader = Reader { tokens: cut(&text), text, dosing: lexicon.dosing(), own_unit };
    let mut reading = Reading::default();
    let mut at = 0;
    while at < reader.tokens.len() {
        at += reader.step(at, known, &mut reading).max(1);
    }
    reading
}

impl Reader<'_> {
    fn kind(&self, at: usize) -> Option<&Kind> {
        self.tokens.get(at).map(|t| &t.kind)
    }

    fn word(&self, at: usize) -> Option<&str> {
        if let Some(Kind::Word(w)) = self.kind(at) { Some(w) } else { None }
    }

    fn is_mark(&self, at: usize, mark: char) -> bool {
        self.kind(at) == Some(&Kind::Mark(mark))
    }

    /// The longest phrase at a place for which `find` has something, and its length in words.
    fn phrase<T>(&self, at: usize, find: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
        let words: Vec<&str> = (at..at + LONGEST).map_while(|i| self.word(i)).collect();
        (1..=words.len()).rev().find_map(|n| Some((find(&words.get(..n)?.join(" "))?, n)))
    }

    fn of_map<'m, V>(&self, at: usize, map: &'m BTreeMap<String, V>) -> Option<(&'m V, usize)> {
        self.phrase(at, |p| map.get(p))
    }

    fn of_set(&self, at: usize, set: &BTreeSet<String>) -> Option<usize> {
        self.phrase(at, |p| set.contains(p).then_some(())).map(|((), n)| n)
    }

    /// One number: digits, a fraction, a word, "1 1/2", "one and a half", "two (2)".
    fn single(&self, at: usize) -> Option<(Decimal, usize)> {
        let small = |i: usize| match self.kind(i)? {
            Kind::Number(n, true) => Some(*n),
            Kind::Word(w) if w == "half" => self.dosing.text.numbers.get(w).and_then(|n| Decimal::parse(n)),
            _ => None,
        }
        .filter(|n| *n < Decimal::ONE);
        let (mut value, mut used) = match self.kind(at)? {
            Kind::Number(n, _) => (*n, 1),
            Kind::Word(w) => (self.dosing.text.numbers.get(w).and_then(|n| Decimal::parse(n))?, 1),
            Kind::Mark(_) => return None,
        };
        if value.is_whole() {
            let is_word = self.word(at).is_some();
            let joined = self.word(at + used) == Some("and");
            let article = joined && matches!(self.word(at + used + 1), Some("a" | "one"));
            if let Some(half) = small(at + used) {
                // "one half" is a half; "1 1/2" is one and a half.
                value = if is_word && value == Decimal::ONE { half } else { value.plus(half) };
                used += 1;
            } else if joined && let Some(half) = small(at + used + 1 + usize::from(article)) {
                value = value.plus(half);
                used += 2 + usize::from(article);
            }
        }
        if self.is_mark(at + used, '(')
            && self.is_mark(at + used + 2, ')')
            && matches!(self.kind(at + used + 1), Some(Kind::Number(again, _)) if *again == value)
        {
            used += 3;
        }
        Some((value, used))
    }

    /// A number or a range of numbers.
    fn number(&self, at: usize) -> Option<(Decimal, Decimal, usize)> {
        let (low, used) = self.single(at)?;
        let joined = self.is_mark(at + used, '-') || matches!(self.word(at + used), Some("to" | "or"));
        match self.single(at + used + 1).filter(|(high, _)| joined && *high > low) {
            Some((high, more)) => Some((low, high, used + 1 + more)),
            None => Some((low, low, used)),
        }
    }

    /// The code of a unit of time. One-letter years and seconds are too much like other words.
    fn time_unit(&self, at: usize) -> Option<&str> {
        let word = self.word(at).filter(|w| !matches!(*w, "a" | "s" | "mo"))?;
        super::amount::period_code(word, self.dosing)
    }

    /// "30 minutes", "1 week", "a week".
    fn time(&self, at: usize) -> Option<(Decimal, Decimal, String, usize)> {
        let (low, high, used) =
            self.number(at).or_else(|| (self.word(at) == Some("a")).then_some((Decimal::ONE, Decimal::ONE, 1)))?;
        let unit = self.time_unit(at + used)?;
        Some((low, high, unit.to_owned(), used + 1))
    }

    /// The unit of a dose at a place.
    fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        let known = self.phrase(at, |p| self.dosing.units.get(&spelling(p)).map(|[_, many]| many.clone()));
        // The structure's own unit may hold marks ("mg/m²"), so it is looked for in the text itself.
        let start = at.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(0, |t| t.end);
        let rest = self.text.get(start..).unwrap_or("").trim_start();
        if let Some(own) = self.own_unit.filter(|own| !own.is_empty() && rest.starts_with(*own)) {
            let whole = !rest[own.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
            let end = self.text.len() - rest.len() + own.len();
            if whole {
                let used = self.tokens.iter().skip(at).take_while(|t| t.end <= end).count();
                return Some((Unit::Other(own.to_owned()), used));
            }
        }
        known.map(|(many, n)| (Unit::Known(many), n))
    }

    /// How often: a phrase ("daily"), "/day", "every 6 hours", "in 24 hours". With the event that it names.
    fn schedule(&self, at: usize) -> Option<(Often, Option<String>, usize)> {
        if matches!(self.word(at), Some("every" | "q" | "in" | "per" | "each"))
            && let Some((low, high, used)) = self.number(at + 1)
            && let Some(unit) = self.time_unit(at + 1 + used)
        {
            let period = Often { period_low: low, period_high: high, ..Often::each(Decimal::ONE, low, unit) };
            return Some((period, None, used + 2));
        }
        if (self.is_mark(at, '/') || matches!(self.word(at), Some("q" | "per" | "every" | "each")))
            && let Some(unit) = self.time_unit(at + 1)
        {
            return Some((Often::each(Decimal::ONE, Decimal::ONE, unit), None, 2));
        }
        let (code, used) = self.of_map(at, &self.dosing.text.schedules)?;
        let words = self.dosing.codes.get(code)?;
        let often = Often::each(Decimal::whole(words.times), Decimal::whole(words.period), &words.unit);
        Some((often, words.event.clone(), used))
    }

    /// "twice daily", "3 times a week", "2 x /day", "once". `None` where there is no count.
    fn counted(&self, at: usize, into: &mut Reading) -> Option<usize> {
        let text = &self.dosing.text;
        let (low, high, used, word) = match self.of_map(at, &text.counts) {
            Some((n, used)) => {
                let n = Decimal::parse(n)?;
                (n, n, used, true)
            }
            None => {
                let (low, high, used) = self.number(at)?;
                (low, high, used + self.of_set(at + used, &text.times)?, false)
            }
        };
        match self.schedule(at + used) {
            Some((often, None, more)) if often.low == Decimal::ONE => {
                into.often.push(Often { low, high, ..often });
                Some(used + more)
            }
            _ if word && high == Decimal::ONE && self.event(at + used).is_some() => {
                into.often.push(Often::a_day(1));
                Some(used)
            }
            _ => {
                into.single |= high == Decimal::ONE;
                into.loose |= high != Decimal::ONE;
                Some(used)
            }
        }
    }

    fn event(&self, at: usize) -> Option<(String, usize)> {
        self.of_map(at, &self.dosing.text.events).map(|(code, n)| (code.clone(), n))
    }

    /// A number that is no count: minutes before an event, a dose, or loose.
    fn amount(&self, at: usize, into: &mut Reading) -> Option<usize> {
        let (low, high, used) = self.number(at)?;
        if let Some(unit) = self.time_unit(at + used) {
            if unit == "min" && let Some((event, more)) = self.event(at + used + 1) {
                into.events.push((event, Some(low)));
                return Some(used + 1 + more);
            }
            into.loose = true;
            return Some(used + 1);
        }
        // "half a tablet", "one half of a tablet"
        let of = usize::from(self.word(at + used) == Some("of"));
        let article = of + usize::from(matches!(self.word(at + used + of), Some("a" | "an")));
        let gap = if low < Decimal::ONE { article } else { 0 };
        let Some((unit, more)) = self.unit(at + used + gap) else {
            into.loose |= matches!(self.kind(at + used), Some(Kind::Mark(_)));
            into.doses.push(Dose { low, high, unit: Unit::None });
            return Some(used);
        };
        let end = used + gap + more;
        if self.is_mark(at + end, '/') {
            // An amount per time is not a plain dose, and an amount per weight is none at all.
            if self.time_unit(at + end + 1).is_some() {
                into.doses.push(Dose { low, high, unit });
            }
            into.loose = true;
            let pairs = (0..).take_while(|n| self.is_mark(at + end + 2 * n, '/')).count();
            return Some(end + 2 * pairs);
        }
        into.doses.push(Dose { low, high, unit });
        Some(end)
    }

    /// Reads what stands at a place; how many tokens it took.
    fn step(&self, at: usize, known: &dyn Fn(&str) -> bool, into: &mut Reading) -> usize {
        let text = &self.dosing.text;
        if let Some(n) = self.of_set(at, &text.as_needed) {
            into.as_needed = true;
            return n;
        }
        if let Some(n) = self.of_set(at, &text.maximum) {
            return n + self.maximum(at + n, into);
        }
        if let Some(n) = self.of_set(at, &text.single) {
            into.single = true;
            return n;
        }
        if matches!(self.word(at), Some("for" | "x" | "over"))
            && let Some((low, high, unit, n)) = self.time(at + 1)
        {
            let list = if self.word(at) == Some("over") { &mut into.over } else { &mut into.lasting };
            into.loose |= low != high;
            list.push((low, unit));
            return n + 1;
        }
        if let Some(n) = self.counted(at, into) {
            return n;
        }
        if let Some((often, event, n)) = self.schedule(at) {
            match event {
                Some(event) => {
                    into.daily_events = true;
                    into.events.push((event, None));
                }
                None => into.often.push(often),
            }
            return n;
        }
        if let Some(n) = self.amount(at, into) {
            return n;
        }
        if matches!(self.word(at), Some("a" | "an"))
            && let Some((unit, n)) = self.unit(at + 1)
        {
            into.doses.push(Dose { low: Decimal::ONE, high: Decimal::ONE, unit });
            return n + 1;
        }
        if let Some((event, n)) = self.event(at) {
            into.events.push((event, None));
            return n;
        }
        if let Some((day, n)) = self.of_map(at, &text.days) {
            into.days.insert(day.clone());
            return n;
        }
        if let Some((way, n)) = self.phrase(at, |p| {
            let way = self.dosing.ways.iter().position(|w| w.routes.contains(p))?;
            Some((way, text.harmless.contains(p)))
        }) {
            into.ways.push(way);
            return n;
        }
        self.rest(at, known, into)
    }

    /// "no more than 4 tablets a day": the amount, and the time where it is a day.
    fn maximum(&self, at: usize, into: &mut Reading) -> usize {
        let of = usize::from(self.word(at) == Some("of"));
        let Some((low, high, used)) = self.number(at + of) else {
            into.changing = true;
            return of;
        };
        let (unit, more) = self.unit(at + of + used).unwrap_or((Unit::None, 0));
        let end = of + used + more;
        let a_day = self.schedule(at + end);
        let day = |o: &Often| (o.unit == "d" && o.period_low == Decimal::ONE) || (o.unit == "h" && o.period_low == Decimal::whole(24));
        into.loose |= a_day.as_ref().is_some_and(|(o, ..)| !day(o)) || low != high;
        into.maxima.push(Dose { low, high, unit });
        end + a_day.map_or(0, |(.., n)| n)
    }

    /// A single word or mark that is none of the above.
    fn rest(&self, at: usize, known: &dyn Fn(&str) -> bool, into: &mut Reading) -> usize {
        let text = &self.dosing.text;
        match self.kind(at) {
            Some(Kind::Word(w)) if text.changing.contains(w) => into.changing = true,
            Some(Kind::Word(w)) => {
                let unit = self.dosing.units.contains_key(w) && w.len() > 1;
                into.unknown |= !(unit || w == "every" || text.harmless.contains(w) || known(w));
            }
            Some(Kind::Mark('(' | ')' | '-' | '/' | '*' | '[' | ']')) | None => {}
            Some(_) => into.loose = true,
        }
        1
    }
}

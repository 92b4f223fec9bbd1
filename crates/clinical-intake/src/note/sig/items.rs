//! How much, by which way, when needed, at most; supply and advice.

use super::atoms::{ONE, What};
use super::draft::{Dose, Draft, Way};
use super::reader::Reader;
use clinical_lexicon::SigList;

/// The longest reason, in words.
const LONGEST_REASON: usize = 6;

impl Reader<'_> {
    /// An amount, or how strong a product is.
    pub(super) fn amount(&self, at: usize, into: &mut Draft) -> Option<usize> {
        if let Some(used) = self.strength(at, into) {
            return Some(used);
        }
        let article = self.is_word(at, &["a", "an"]);
        let (numbers, used) = match self.numbers(at) {
            Some(found) => found,
            None if article && self.unit(at + 1).is_some_and(|(_, many, _)| many != "doses") => {
                let span = self.span(at, 1);
                (super::draft::Numbers { low: span, high: None, values: (ONE, ONE) }, 1)
            }
            None => return None,
        };
        if numbers.values.0 == 0 {
            return None;
        }
        let mut end = at + used;
        let mut unit = None;
        if let Some((span, many, more)) = self.unit(end) {
            unit = Some((span, many.to_owned()));
            end += more;
        } else {
            // A bare number is a dose only where the way or the time follows at once: "1 po bid".
            let mut probe = Draft::default();
            let follows = self.way(end, &mut probe).is_some()
                || self.often(end, &mut probe).is_some()
                || self.events(end, &mut probe).is_some()
                || self.needed(end, &mut probe).is_some();
            let is_digits = matches!(self.atom(at).map(|a| &a.what), Some(What::Number(_)));
            if !follows || !is_digits && !self.is_word(at.wrapping_sub(1), &["take", "use", "give"]) {
                return None;
            }
        }
        if self.is_mark(end, '/') {
            return None;
        }
        let measured = unit.as_ref().is_some_and(|(_, many)| self.dosing.measures.contains_key(many));
        let mut is_strength = false;
        let mut span = self.span(at, end - at);
        if measured && let Some(form) = self.of_list(end, SigList::Forms) {
            // "20 mg tablet" without a number: how strong the tablet is.
            is_strength = true;
            end += form;
            span = self.span(at, end - at);
        }
        end += self.again(end);
        into.doses.push(Dose { numbers, unit, span, is_strength });
        Some(end - at)
    }

    /// "0.05 % cream", "100 mg/5 mL", "160/4.5 mcg": never a dose.
    fn strength(&self, at: usize, into: &mut Draft) -> Option<usize> {
        let What::Number(value) = &self.atom(at)?.what else { return None };
        let mut end = at + 1;
        if value.is_some() && self.is_mark(end, '%') {
            end += 1;
        } else if value.is_some()
            && let Some((_, many, used)) = self.unit(end)
            && self.dosing.measures.contains_key(many)
            && self.is_mark(end + used, '/')
        {
            end += used + 1;
            let below = self.single(end).map_or(0, |(_, _, used)| used);
            let volume = self.unit(end + below).filter(|(_, many, _)| !matches!(*many, "grams" | "mg"));
            let used = volume.map(|(_, _, used)| used);
            end += below
                + used.or_else(|| self.is_word(end + below, &["actuat", "actuation", "act", "inh"]).then_some(1))?;
        } else if value.is_none() && into.span.is_none() && self.is_pair(at) {
            end += self.unit(end).map_or(0, |(_, _, used)| used);
        } else {
            return None;
        }
        end += self.of_list(end, SigList::Forms).unwrap_or(0);
        let span = self.span(at, end - at);
        let numbers = super::draft::Numbers { low: self.span(at, 1), high: None, values: (ONE, ONE) };
        into.doses.push(Dose { numbers, unit: None, span, is_strength: true });
        Some(end - at)
    }

    /// Two strengths with a stroke between: the only numbers that cannot be read and are longer than a part.
    fn is_pair(&self, at: usize) -> bool {
        self.atom(at).is_some_and(|a| a.span.end - a.span.start > 3)
    }

    /// Brackets that say an amount again: "(50 mg)", "(= 2 tablets)".
    fn again(&self, at: usize) -> usize {
        if !self.is_mark(at, '(') {
            return 0;
        }
        let start = at + 1 + usize::from(self.is_mark(at + 1, '='));
        let Some((_, used)) = self.numbers(start) else { return 0 };
        let Some((_, _, more)) = self.unit(start + used) else { return 0 };
        let end = start + used + more + usize::from(self.is_word(start + used + more, &["total", "each"]));
        if self.is_mark(end, ')') { end + 1 - at } else { 0 }
    }

    /// A way of taking: a route or a verb; or a place on the body.
    pub(super) fn way(&self, at: usize, into: &mut Draft) -> Option<usize> {
        let preposition = usize::from(self.is_word(at, &["in", "into", "to", "the"]));
        if let Some(used) = self.of_list(at + preposition, SigList::Sites) {
            into.is_doubtful |= into.site.replace(self.span(at + preposition, used)).is_some();
            return Some(preposition + used);
        }
        if self.is_ambiguous(at) {
            return None;
        }
        let ((place, is_verb), used) = self.of_ways(at)?;
        let span = self.span(at, used);
        let words = self.words(at, used);
        into.ways.push(Way { place, span, words, is_verb });
        Some(used)
    }

    fn words(&self, at: usize, used: usize) -> String {
        let words: Vec<&str> = (at..at + used).filter_map(|i| self.word(i)).collect();
        words.join(" ")
    }

    /// "as needed", "prn pain", "as needed for wheezing".
    pub(super) fn needed(&self, at: usize, into: &mut Draft) -> Option<usize> {
        let used = self.of_set(at, SigList::AsNeeded)?;
        into.is_doubtful |= into.needed.is_some();
        let lead = usize::from(self.is_word(at + used, &["for"]));
        let reason = self.reason(at + used + lead);
        into.needed = Some((reason > 0).then(|| self.span(at + used + lead, reason)));
        Some(used + if reason > 0 { lead + reason } else { 0 })
    }

    /// The words of a reason, up to the next mark or the next thing that is read.
    pub(crate) fn reason(&self, at: usize) -> usize {
        let mut end = at;
        while let Some(atom) = self.atom(end).filter(|_| end - at <= LONGEST_REASON) {
            let joint = (atom.is_mark('/') || atom.is_mark('-')) && end > at && atom.is_glued;
            let article = end == at && self.is_word(end, &["the", "his", "her", "your"]);
            let Some(word) = atom.word() else {
                if joint {
                    end += 1;
                    continue;
                }
                break;
            };
            let joins = matches!(word, "or" | "and" | "of");
            let mut probe = Draft::default();
            let other = self.is_in_set(end, SigList::Changing) && !joins
                || !article && self.is_in_list(end, SigList::Subjects)
                || end == at && self.is_in_list(end, SigList::NoReason) && !article
                || matches!(
                    word,
                    "for"
                        | "every"
                        | "q"
                        | "take"
                        | "use"
                        | "give"
                        | "is"
                        | "was"
                        | "will"
                        | "as"
                        | "x"
                        | "with"
                        | "at"
                        | "by"
                )
                || self.is_ambiguous(end)
                || self.single(end).is_some()
                || self.of_list(end, SigList::Supply).is_some()
                || self.of_list(end, SigList::Alters).is_some()
                || self.of_set(end, SigList::Maximum).is_some()
                || self.of_codes(end, SigList::Counts).is_some()
                || self.often(end, &mut probe).is_some()
                || self.events(end, &mut probe).is_some();
            if other {
                break;
            }
            end += 1;
        }
        while end > at
            && (self.is_word(end - 1, &["or", "and", "of", "the", "a", "his", "her", "your", "to"])
                || self.word(end - 1).is_none())
        {
            end -= 1;
        }
        if end - at <= LONGEST_REASON { end - at } else { 0 }
    }

    /// "max 4/d", "no more than 4 tablets in 24 hours", "max daily dose 3 g".
    pub(super) fn maximum(&self, at: usize, into: &mut Draft) -> Option<usize> {
        let mut end = at + self.of_set(at, SigList::Maximum)?;
        let before = |n: usize| end.checked_sub(n).and_then(|i| self.word(i));
        let is_daily = end >= at + 2 && before(2) == Some("daily") && before(1) == Some("dose");
        let mut time = is_daily.then(|| (None, self.span(end - 2, 1)));
        end += usize::from(self.is_word(end, &["of", "is"]) || self.is_mark(end, ':'));
        let (value, _, used) = self.single(end)?;
        end += used;
        let unit = self.unit(end);
        end += unit.as_ref().map_or(0, |(_, _, n)| *n);
        if time.is_none() {
            let lead = self.is_mark(end, '/') || self.is_word(end, &["per", "a", "in", "each", "every", "within"]);
            let start = end + usize::from(lead);
            let start = start + usize::from(self.is_word(start, &["a", "any"]));
            let number = self.single(start).filter(|_| lead);
            let start = start + number.as_ref().map_or(0, |(_, _, n)| *n);
            if !lead && self.is_adverb(start) {
                time = Some((None, self.span(start, 1)));
                end = start + 1;
            } else {
                let (unit, _, used) = self.time_unit(start).filter(|_| lead)?;
                time = Some((number.map(|(value, ..)| value), unit));
                end = start + used;
            }
        }
        let (number, time_unit) = time?;
        into.maxima.push((value, unit.map(|(span, ..)| span), number, time_unit));
        Some(end - at)
    }

    /// "#30", "dispense 8", "2 refills": what is handed out, no part of a dose.
    pub(super) fn supply(&self, at: usize, into: &mut Draft) -> Option<usize> {
        let said = |i: usize| self.of_list(i, SigList::Supply);
        let mut end = at;
        if self.is_mark(at, '#') {
            end += 1 + self.single(at + 1)?.2;
        } else if let Some(used) = said(at) {
            end += used;
            end += usize::from(self.is_mark(end, ':') || self.is_mark(end, '#') || self.is_word(end, &["x", "of"]));
            end += usize::from(self.is_mark(end, '#'));
            let counted = self.single(end).map_or(0, |(_, _, n)| n);
            end += counted;
            end += if counted > 0 { self.unit(end).map_or(0, |(_, _, n)| n) } else { 0 };
            if counted == 0 && !self.is_word(at, &["no", "with"]) {
                return None;
            }
        } else if let Some((_, _, used)) = self.single(at) {
            let day = self.time_unit(at + used).map_or(0, |(_, _, n)| n);
            end += used
                + day
                + if day > 0 { usize::from(self.is_word(at + used + day, &["supply"])) } else { said(at + used)? };
            if day > 0 && !self.is_word(end - 1, &["supply"]) {
                return None;
            }
        } else {
            return None;
        }
        into.supply.push(self.span(at, end - at));
        Some(end - at)
    }

    /// Advice, and words that say when the course ends. They stand in the quote.
    pub(super) fn advice(&self, at: usize, into: &mut Draft) -> Option<usize> {
        let directed = self.is_word(at, &["as"]) && self.is_word(at + 1, &["directed", "prescribed", "instructed"]);
        let ends = self.of_set(at, SigList::Ends);
        let layer = self.of_list(at, SigList::Layers);
        let used = self.of_set(at, SigList::Advice).or(layer).or(ends).or(directed.then_some(2))?;
        into.additional.push(self.span(at, used));
        Some(used)
    }
}

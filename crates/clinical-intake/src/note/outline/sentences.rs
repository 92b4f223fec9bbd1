//! Sentences, items and rows of the bodies of sections.

mod ends;
mod wraps;

use super::Sentence;
use super::headings::is_rule;
use super::lines::{Case, Line, View, is_capitalised};
use super::sections::Bounds;
use crate::note::words::Kind;
use clinical_model::Stop;

/// All sentences, in order. Every letter and digit of a body stands in one.
pub(super) fn all(view: &View<'_>, sections: &[Bounds], stop: Stop<'_>) -> Vec<Sentence> {
    let mut reader = Reader { view, out: Vec::new(), section: 0, open: None, item: None };
    let mut line = 0;
    for (number, bounds) in sections.iter().enumerate() {
        if number.is_multiple_of(1024) && stop.is_asked() {
            break;
        }
        reader.section = number;
        reader.item = None;
        let tokens = bounds.tokens.clone();
        while view.lines.get(line).is_some_and(|l| l.end <= tokens.start) {
            line += 1;
        }
        let mut before: Option<Line> = None;
        let mut turns = 0usize;
        while let Some(whole) = view.lines.get(line).filter(|l| l.first < tokens.end) {
            turns += 1;
            if turns.is_multiple_of(4096) && stop.is_asked() {
                break;
            }
            let part = Line { first: whole.first.max(tokens.start), end: whole.end.min(tokens.end), ..*whole };
            if part.first < part.end && !is_rule(view, &part) {
                let goes_on = reader.open.is_some()
                    && before.is_some_and(|b| wraps::goes_on(view, &b, &part, bounds.section.kind));
                if !goes_on {
                    reader.close();
                }
                reader.line(&part, goes_on);
                before = Some(part);
            } else if part.first < part.end {
                reader.close();
                before = None;
            }
            // A line can hold the end of one section and the beginning of the next.
            if whole.end > tokens.end {
                break;
            }
            line += 1;
        }
        reader.close();
    }
    reader.out
}

/// A sentence that has not ended.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// Its first and last token.
    first: usize,
    last: usize,
    has_letters: bool,
    is_item: bool,
    /// The colon of its first label.
    label: Option<usize>,
}

struct Reader<'v, 't> {
    view: &'v View<'t>,
    out: Vec<Sentence>,
    section: usize,
    open: Option<Open>,
    /// The number of the last numbered item of the section.
    item: Option<u32>,
}

impl Reader<'_, '_> {
    /// One line of a body; `goes_on` where its beginning belongs to the sentence before.
    fn line(&mut self, line: &Line, goes_on: bool) {
        let mut at = line.first;
        if !goes_on {
            at = self.begin(line);
        }
        while at < line.end {
            if let Some(number) = self.item_within(at, line.end) {
                self.close();
                self.item = Some(number);
                self.take(at, true);
                self.take(at + 1, true);
                at += 2;
                continue;
            }
            if self.view.is_mark(at, ":") {
                self.label(at);
            }
            self.take(at, false);
            if self.view.kind(at) == Some(Kind::Mark) && self.open.is_some_and(|o| o.has_letters) {
                let first = self.open.map_or(at, |o| o.first);
                if let Some(last) = ends::end_of_sentence(self.view, at, first, line.end) {
                    while at < last {
                        at += 1;
                        self.take(at, false);
                    }
                    self.close();
                }
            }
            at += 1;
        }
    }

    /// The marks before an item; gives the first token that is not one of them.
    fn begin(&mut self, line: &Line) -> usize {
        let mut at = line.first;
        let bullet = |at: usize| {
            let mark = self.view.word(at);
            match mark {
                "\u{2022}" | "\u{00b7}" | "\u{25cf}" | "\u{25aa}" | "\u{25e6}" | "\u{2023}" | "\u{2219}"
                | "\u{25a0}" | "\u{25a1}" | "\u{2610}" | "\u{2611}" | "\u{2713}" | "\u{2714}" | "\u{f0b7}"
                | "\u{27a2}" | "\u{2192}" => true,
                // "-5" and "*Plan" are no items; "- 5" is.
                "-" | "*" | "+" | "\u{2013}" | "\u{2014}" | ">" | "#" => {
                    !self.view.touches(at + 1) || self.view.is_word(at + 1) && mark != "+" && mark != ">"
                }
                _ => false,
            }
        };
        if !self.is_signed(line) {
            while at < line.end && bullet(at) {
                at += 1;
            }
        }
        let mut is_item = at > line.first;
        if let Some(number) = self.numbered(at, line.end) {
            self.item = Some(number);
            for _ in 0..(if self.view.is_mark(at, "(") { 3 } else { 2 }) {
                self.take(at, true);
                at += 1;
            }
            return at;
        }
        // "[ ] call the office"
        if self.view.is_mark(at, "[")
            && (self.view.is_mark(at + 1, "]") || self.view.is_mark(at + 2, "]"))
            && at + 2 < line.end
        {
            is_item = true;
            if self.view.is_mark(at + 1, "]") {
                at += 2;
            }
        }
        if is_item && at < line.end {
            self.take(at, true);
            if self.view.kind(at) == Some(Kind::Mark) {
                at += 1;
                return at;
            }
            return at + 1;
        }
        at
    }

    /// "-fever, -chills, +cough": the first mark of the line denies or affirms as the others do, and is no bullet.
    fn is_signed(&self, line: &Line) -> bool {
        let view = self.view;
        let is_sign = |at: usize| matches!(view.word(at), "-" | "+") && view.is_word(at + 1);
        let glued = |at: usize| view.touches(at + 1);
        if !is_sign(line.first) {
            return false;
        }
        let mut others = (line.first + 1..line.end)
            .filter(|at| is_sign(*at) && !view.touches(*at) && (glued(*at) || view.is_mark(at - 1, ",")))
            .peekable();
        let has_both = view.is_mark(line.first, "+") || others.clone().any(|at| view.is_mark(at, "+"));
        others.peek().is_some() && (glued(line.first) || has_both)
    }

    /// "1." "2)" "(3)" and "a)" at the beginning of a line.
    fn numbered(&self, at: usize, end: usize) -> Option<u32> {
        let view = self.view;
        let (number, close) = if view.is_mark(at, "(") { (at + 1, at + 2) } else { (at, at + 1) };
        if close >= end || !view.touches(close) || !matches!(view.word(close), "." | ")") {
            return None;
        }
        if view.is_mark(at, "(") && !view.is_mark(close, ")") {
            return None;
        }
        let word = view.word(number);
        match view.kind(number)? {
            Kind::Number => word.parse::<u32>().ok().filter(|n| *n <= 199),
            Kind::Word
                if word.len() == 1
                    && word.is_ascii()
                    && (view.is_mark(close, ")") || view.gap(close + 1) > 0 && is_capitalised(word)) =>
            {
                Some(0)
            }
            _ => None,
        }
    }

    /// "… 2. Diabetes": the next item of a list within a line. The number must be the next one, and what stands before
    /// it must have ended, or the list must be one already.
    fn item_within(&self, at: usize, end: usize) -> Option<u32> {
        let view = self.view;
        if !view.is_number(at) || at + 2 >= end || !view.touches(at + 1) || !matches!(view.word(at + 1), "." | ")") {
            return None;
        }
        if view.touches(at + 2) && !(view.is_word(at + 2) && is_capitalised(view.word(at + 2))) || view.touches(at) {
            return None;
        }
        let number: u32 = view.word(at).parse().ok()?;
        let next = self.item.map_or(1, |n| n + 1);
        let begins =
            self.open.is_none() || view.gap(at) >= 2 || matches!(view.word(at - 1), ";" | "," | ":" | "." | ")");
        // "on day 2. Then": a list has begun with a capital or with blanks.
        (number == next
            && (begins
                || self.item.is_some() && is_capitalised(view.word(at + 2)) && view.case == Case::Mixed && number > 1))
            .then_some(number)
    }

    /// "… scalp pain Musculoskeletal: …": a label that has no sentence end before it begins a sentence all the same.
    fn label(&mut self, colon: usize) {
        let Some(open) = self.open else { return };
        // Only behind another label: "Heart: regular Lungs: clear", and not "Auscultation of Lungs: clear".
        if self.view.case != Case::Mixed || open.label.is_none() {
            return;
        }
        let lexicon = self.view.lexicon;
        let mut key = String::with_capacity(40);
        let mut best = None;
        let mut first = colon;
        while first > open.first + 1 && colon - first < 4 && self.view.is_word(first - 1) {
            first -= 1;
            let word = self.view.word(first);
            let mut longer = word.to_lowercase();
            if longer.len() > 40 {
                return;
            }
            if !key.is_empty() {
                longer.push(' ');
            }
            longer.push_str(&key);
            key = longer;
            let before = self.view.word(first - 1);
            if is_capitalised(word)
                && self.view.is_word(first - 1)
                && !is_capitalised(before)
                && !lexicon.inside(&key).is_empty()
            {
                best = Some(first);
            }
        }
        if let Some(first) = best {
            let last = open.last;
            self.open = Some(Open { last: first - 1, ..open });
            self.close();
            self.open = Some(Open { first, last, has_letters: true, is_item: false, label: None });
        }
    }

    fn take(&mut self, at: usize, is_item: bool) {
        let letters = matches!(self.view.kind(at), Some(Kind::Word | Kind::Number));
        let denies = self.view.is_mark(at, "-") && self.view.touches(at + 1) && self.view.is_word(at + 1);
        match &mut self.open {
            Some(open) => {
                open.last = at;
                open.has_letters |= letters;
                if open.label.is_none() && self.view.is_mark(at, ":") && at < open.first + 8 {
                    open.label = Some(at);
                }
            }
            // Marks that only separate begin nothing; a minus that is put before a word denies it.
            None if !(letters || denies)
                && matches!(self.view.word(at), "." | "," | ";" | ":" | "|" | "-" | "*" | "_" | "=" | "#" | "!") => {}
            None => self.open = Some(Open { first: at, last: at, has_letters: letters, is_item, label: None }),
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.has_letters {
            let span = self.view.start(open.first)..self.view.end(open.last);
            self.out.push(Sentence { section: self.section, span, is_item: open.is_item });
        }
    }
}

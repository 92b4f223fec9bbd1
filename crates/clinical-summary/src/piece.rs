//! Lines made of our words and of facts, kept apart up to the page.

use base64::Engine as _;
use clinical_lexicon::{Lexicon, Message, PhrasePart};
use clinical_model::{MONTHS, Moment, Narrative, Precision, Source, Verbatim};
use std::borrow::Cow;

/// How a fact is shown. Every view is a fixed function of the record's text; none of them adds anything.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum View {
    /// As it stands.
    Exact,
    /// A decimal in wording of ours: no trailing zeros, a leading zero (FDA and ISMP lists). `1.0` is shown as 1.
    Number,
    /// A date in words; the day at most. `2024-03-05T09:30:00Z` is shown as March 5, 2024.
    Date,
    /// The clock time of a date, with its zone. `…T09:30:00-05:00` is shown as 9:30 AM (UTC-05:00).
    Clock,
    /// The words of an XHTML narrative: tags, scripts and styles gone, entities resolved.
    Markup,
    /// The text of a base64 attachment.
    Base64,
    /// A telephone number without the `tel:` that makes it an address (RFC 3966).
    Phone,
    /// A stretch of what another view shows: its first byte, and the byte behind its last. One that does not fit the
    /// text shows nothing.
    Part(PartOf, u32, u32),
}

/// The views that a stretch can be cut from: those that words of a record are shown in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PartOf {
    /// [`View::Exact`].
    Exact,
    /// [`View::Markup`].
    Markup,
    /// [`View::Base64`].
    Base64,
}

impl PartOf {
    /// What a stretch of this view is cut from.
    #[must_use]
    pub const fn of(view: View) -> Option<Self> {
        match view {
            View::Exact => Some(Self::Exact),
            View::Markup => Some(Self::Markup),
            View::Base64 => Some(Self::Base64),
            View::Number | View::Date | View::Clock | View::Phone | View::Part(..) => None,
        }
    }

    /// The whole view.
    #[must_use]
    pub const fn whole(self) -> View {
        match self {
            Self::Exact => View::Exact,
            Self::Markup => View::Markup,
            Self::Base64 => View::Base64,
        }
    }
}

/// A fact on its way to a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact<'a> {
    /// How it is shown.
    pub view: View,
    /// What the record says, and where.
    pub of: Verbatim<'a>,
}

impl<'a> Fact<'a> {
    /// A fact shown as it stands.
    #[must_use]
    pub fn exact(of: &Verbatim<'a>) -> Self {
        Self { view: View::Exact, of: of.clone() }
    }

    /// A fact in another view.
    #[must_use]
    pub fn viewed(view: View, of: &Verbatim<'a>) -> Self {
        Self { view, of: of.clone() }
    }

    /// Where it stands.
    #[must_use]
    pub const fn source(&self) -> Source {
        self.of.source()
    }

    /// What a reader sees. Where the text does not fit the view (a date that is none), it is shown as it stands.
    #[must_use]
    pub fn shown(&self) -> Cow<'_, str> {
        show(self.view, self.of.text())
    }
}

/// The text that a view makes of a fact.
#[must_use]
pub fn show(view: View, text: &str) -> Cow<'_, str> {
    match view {
        View::Exact => Cow::Borrowed(text),
        View::Number => number(text),
        View::Date => Moment::parse(text).map_or(Cow::Borrowed(text), |m| Cow::Owned(date_words(&m))),
        View::Clock => match Moment::parse(text) {
            Some(m) if m.precision == Precision::Time => Cow::Owned(clock_words(&m)),
            _ => Cow::Borrowed(text),
        },
        View::Phone => match text.get(..4) {
            Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => Cow::Borrowed(text[4..].trim()),
            _ => Cow::Borrowed(text),
        },
        View::Markup => Cow::Owned(crate::markup::words(text)),
        View::Base64 => base64::engine::general_purpose::STANDARD
            .decode(text.bytes().filter(|b| !b.is_ascii_whitespace()).collect::<Vec<u8>>())
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .map_or(Cow::Borrowed(""), Cow::Owned),
        View::Part(of, from, to) => part(show(of.whole(), text), from, to),
    }
}

/// A stretch of a text; nothing where the text has no such stretch.
fn part(text: Cow<'_, str>, from: u32, to: u32) -> Cow<'_, str> {
    let range = from as usize..to as usize;
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(range).unwrap_or("")),
        Cow::Owned(text) => Cow::Owned(text.get(range).unwrap_or("").to_owned()),
    }
}

/// Trailing zeros after a decimal point go, a missing leading zero comes; everything else stays, exponents too.
fn number(text: &str) -> Cow<'_, str> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    if !plain || !text.contains('.') {
        return Cow::Borrowed(text);
    }
    let cut = text.trim_end_matches('0').trim_end_matches('.');
    match cut.strip_prefix('.') {
        Some(rest) => Cow::Owned(format!("0.{rest}")),
        None => Cow::Borrowed(cut),
    }
}

fn date_words(m: &Moment) -> String {
    let month = MONTHS[usize::from(m.month.clamp(1, 12)) - 1];
    match m.precision {
        Precision::Year => format!("{:04}", m.year),
        Precision::Month => format!("{month} {:04}", m.year),
        Precision::Day | Precision::Time => {
            let mut out = String::with_capacity(month.len() + 10);
            out.push_str(month);
            out.push(' ');
            push_number(&mut out, u16::from(m.day), 1);
            out.push_str(", ");
            push_number(&mut out, m.year, 4);
            out
        }
    }
}

/// A number with so many digits at least. Dates are many, and the ways of formatting cost more than the digits.
fn push_number(out: &mut String, number: u16, width: usize) {
    let digits = [10_000, 1000, 100, 10, 1].map(|unit| number / unit % 10);
    let begin = digits.iter().position(|d| *d > 0).unwrap_or(digits.len()).min(digits.len() - width);
    out.extend(digits.iter().skip(begin).filter_map(|d| char::from_digit(u32::from(*d), 10)));
}

fn clock_words(m: &Moment) -> String {
    let (hour, half) = match m.hour {
        0 => (12, "AM"),
        1..=11 => (m.hour, "AM"),
        12 => (12, "PM"),
        _ => (m.hour - 12, "PM"),
    };
    let zone = m.zone.map_or_else(String::new, |z| {
        let sign = if z < 0 { '-' } else { '+' };
        format!(" (UTC{sign}{:02}:{:02})", z.unsigned_abs() / 60, z.unsigned_abs() % 60)
    });
    format!("{hour}:{:02} {half}{zone}", m.minute)
}

/// One piece of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece<'a> {
    /// Ours.
    Words(Narrative),
    /// The record's.
    Fact(Fact<'a>),
}

/// Who wrote the words of a line that are not the record's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Author {
    /// This project.
    #[default]
    Us,
    /// The site that runs the program.
    Site,
    /// A language model.
    Model,
}

/// A line of the sheet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line<'a> {
    pieces: Vec<Piece<'a>>,
    author: Author,
}

impl<'a> Line<'a> {
    /// A line of our words only.
    #[must_use]
    pub fn words(text: impl Into<Cow<'static, str>>) -> Self {
        Self { pieces: vec![Piece::Words(Narrative::new(text))], author: Author::Us }
    }

    /// A line of one fact.
    #[must_use]
    pub fn fact(fact: Fact<'a>) -> Self {
        Self { pieces: vec![Piece::Fact(fact)], author: Author::Us }
    }

    /// A phrase with its slots filled. A slot that is not given stays empty; the tests of the lexicon make sure that
    /// every message has exactly the slots that the code names.
    #[must_use]
    pub fn say(lexicon: &Lexicon, message: Message, slots: &[(&str, Line<'a>)]) -> Self {
        let mut line = Self::default();
        line.fill(lexicon.phrase(message).parts(), slots);
        line
    }

    fn fill(&mut self, parts: &[PhrasePart], slots: &[(&str, Line<'a>)]) {
        self.pieces.reserve_exact(parts.len() + slots.iter().map(|(_, line)| line.pieces.len()).sum::<usize>());
        let find = |name: &str| slots.iter().find(|(n, _)| *n == name).map(|(_, line)| line);
        for part in parts {
            match part {
                PhrasePart::Words(words) => self.push(Piece::Words(words.clone())),
                PhrasePart::Slot(name) => {
                    for piece in find(name).into_iter().flat_map(|l| l.pieces.iter().cloned()) {
                        self.push(piece);
                    }
                }
                PhrasePart::Plural { slot, one, other } => {
                    let is_one = find(slot).is_some_and(|l| l.shown() == "1");
                    self.fill(if is_one { one } else { other }, slots);
                }
            }
        }
    }

    /// Adds a piece.
    pub fn push(&mut self, piece: Piece<'a>) {
        self.pieces.push(piece);
    }

    /// Adds a whole line.
    pub fn append(&mut self, other: Self) {
        self.pieces.extend(other.pieces);
    }

    /// Makes room for more pieces, so that a line of many parts is not moved at each.
    #[must_use]
    pub fn with_room(mut self, pieces: usize) -> Self {
        self.pieces.reserve_exact(pieces);
        self
    }

    /// Adds the pieces of a line that stays.
    pub fn append_copy(&mut self, other: &Self) {
        self.pieces.extend_from_slice(&other.pieces);
    }

    /// Adds words of ours.
    pub fn push_words(&mut self, text: impl Into<Cow<'static, str>>) {
        self.pieces.push(Piece::Words(Narrative::new(text)));
    }

    /// Adds a fact.
    pub fn push_fact(&mut self, fact: Fact<'a>) {
        self.pieces.push(Piece::Fact(fact));
    }

    /// The same line, by somebody else than us.
    #[must_use]
    pub const fn by(mut self, author: Author) -> Self {
        self.author = author;
        self
    }

    /// Who wrote what is not the record's in it.
    #[must_use]
    pub const fn author(&self) -> Author {
        self.author
    }

    /// Its pieces.
    #[must_use]
    pub fn pieces(&self) -> &[Piece<'a>] {
        &self.pieces
    }

    /// Nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The facts in it.
    pub fn facts(&self) -> impl Iterator<Item = &Fact<'a>> {
        self.pieces.iter().filter_map(|p| if let Piece::Fact(f) = p { Some(f) } else { None })
    }

    /// What a reader sees.
    #[must_use]
    pub fn shown(&self) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => out.push_str(words.text()),
                Piece::Fact(fact) => out.push_str(&fact.shown()),
            }
        }
        out
    }

    /// Whether what a reader sees ends with a sign, blanks aside.
    #[must_use]
    pub fn ends_with(&self, sign: char) -> bool {
        let ends = self.pieces.iter().rev().find_map(|piece| {
            let shown = match piece {
                Piece::Words(words) => Cow::Borrowed(words.text()),
                Piece::Fact(fact) => fact.shown(),
            };
            let seen = shown.trim_end();
            (!seen.is_empty()).then(|| seen.ends_with(sign))
        });
        ends.unwrap_or(false)
    }

    /// Whether our words in it end with one of these signs, blanks aside.
    #[must_use]
    pub fn ends_authored(&self, signs: &[char]) -> bool {
        let ours = self.pieces.iter().rev().filter(|_| self.author == Author::Us);
        let mut seen = ours.filter_map(|p| if let Piece::Words(w) = p { Some(w.text().trim_end()) } else { None });
        seen.find(|words| !words.is_empty()).is_some_and(|words| words.ends_with(signs))
    }

    /// Our words only, for measuring how easy they are to read, in the place of what stands in `out`. Words of a site or
    /// of a model are not ours.
    pub fn authored(&self, out: &mut String) {
        out.clear();
        let words = self.pieces.iter().filter(|_| self.author == Author::Us);
        words.filter_map(|p| if let Piece::Words(w) = p { Some(w.text()) } else { None }).for_each(|w| out.push_str(w));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_add_nothing() {
        for (view, text, shown) in [
            (View::Exact, "1.50", "1.50"),
            (View::Number, "1.50", "1.5"),
            (View::Number, "0.125", "0.125"),
            (View::Number, "10", "10"),
            (View::Number, "100.0", "100"),
            (View::Number, "1e3", "1e3"),
            (View::Date, "2024-03-05T09:30:00Z", "March 5, 2024"),
            (View::Date, "0987-12-30", "December 30, 0987"),
            (View::Date, "2024-03", "March 2024"),
            (View::Date, "2024", "2024"),
            (View::Date, "about noon", "about noon"),
            (View::Clock, "2024-03-05T00:30:00-05:00", "12:30 AM (UTC-05:00)"),
            (View::Clock, "2024-03-05T13:05:00", "1:05 PM"),
            (View::Date, "20240305", "March 5, 2024"),
            (View::Date, "202403051530-0500", "March 5, 2024"),
            (View::Date, "202403", "March 2024"),
            (View::Date, "20241332", "20241332"),
            (View::Clock, "202403051305", "1:05 PM"),
            (View::Clock, "2024030513", "2024030513"),
            (View::Phone, "tel:+1(555)555-0100", "+1(555)555-0100"),
            (View::Phone, "555-0100", "555-0100"),
            (View::Base64, "SGVsbG8=", "Hello"),
            (View::Part(PartOf::Exact, 2, 6), "a 5 mg", "5 mg"),
            (View::Part(PartOf::Markup, 5, 9), "<p>Take 5 mg</p>", "5 mg"),
            (View::Part(PartOf::Base64, 0, 4), "SGVsbG8=", "Hell"),
        ] {
            assert_eq!(show(view, text), shown);
        }
    }

    #[test]
    fn the_end_of_our_words_is_found_as_if_they_were_put_together() {
        let fact = |text: &'static str| Piece::Fact(Fact::exact(&Verbatim::new(text.into(), Source::new(0, 4))));
        let words = |text: &'static str| Piece::Words(Narrative::new(text));
        let mut together = String::new();
        for pieces in [
            vec![],
            vec![words("Take it.")],
            vec![words("Take "), fact("it.")],
            vec![words("Take it. "), fact("x"), words(" "), words("")],
            vec![words("Take: "), fact("x"), words(" !")],
            vec![fact("x."), words(" (")],
        ] {
            for author in [Author::Us, Author::Site] {
                let line = Line { pieces: pieces.clone(), author };
                line.authored(&mut together);
                let ends = together.trim_end().ends_with(['.', '!']);
                assert_eq!(line.ends_authored(&['.', '!']), ends, "{together}");
            }
        }
    }

    #[test]
    fn a_stretch_that_the_text_does_not_have_is_empty() {
        for (from, to) in [(0, 9), (7, 8), (4, 2), (1, 2), (u32::MAX, u32::MAX)] {
            assert_eq!(show(View::Part(PartOf::Exact, from, to), "é five"), "", "{from}..{to}");
        }
    }
}

//! What a prescriber's text says, as far as shorthand and plain phrases tell. Only for comparing with the structure:
//! nothing read here reaches a page.

use super::amount::Unit;
use super::asides;
use super::dates::Date;
use super::number::Decimal;
use super::often::Often;
use super::parts::Reader;
use super::tokens::{Kind, cut};
use clinical_lexicon::Lexicon;
use std::collections::BTreeSet;

/// An amount in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Dose {
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    pub(super) unit: Unit,
    /// What stands in brackets behind it.
    pub(super) again: Again,
}

/// What brackets behind an amount hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) enum Again {
    #[default]
    Nothing,
    /// The same amount in another unit: "1 tablet (25 mg)".
    Amount(Decimal, Decimal, Unit),
    /// How strong one piece or one volume is: "(500 mg each)", "(400 mg/5 mL)".
    Strength,
}

/// A maximum in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Maximum {
    pub(super) dose: Dose,
    /// In this time, where the text says.
    pub(super) time: Option<Often>,
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
    /// Ways of taking, by their place in the lexicon; whether the word may also be a mere place ("mouth"); the words.
    pub(super) ways: Vec<(usize, bool, String)>,
    pub(super) as_needed: bool,
    /// It says what for, in words that the structure does not have.
    pub(super) other_reason: bool,
    /// "for 5 days".
    pub(super) lasting: Vec<(Decimal, String)>,
    /// "over 30 minutes".
    pub(super) over: Vec<(Decimal, String)>,
    pub(super) maxima: Vec<Maximum>,
    /// The first and last days that it names.
    pub(super) dates: Vec<Date>,
    /// "then stop", "until gone".
    pub(super) ends: bool,
    /// "not every day".
    pub(super) not_daily: bool,
    /// "only".
    pub(super) only: bool,
    /// "May make you sleepy": a time of day beside it may be no time to take it.
    pub(super) warned: bool,
    /// One dose and no more.
    pub(super) single: bool,
    /// Numbers and signs that belong to nothing.
    pub(super) loose: bool,
    /// Words of tapers and conditions.
    pub(super) changing: bool,
    /// Words that are not known.
    pub(super) unknown: bool,
}

/// What the structure says in words of its own: its site, its reason, its route.
#[derive(Clone, Default, Debug)]
pub(super) struct Known {
    pub(super) words: BTreeSet<String>,
    pub(super) phrases: Vec<Vec<Kind>>,
}

impl Known {
    /// Of these wordings.
    pub(super) fn of<'t>(wordings: impl Iterator<Item = &'t str>) -> Self {
        let mut known = Self::default();
        for wording in wordings {
            let kinds: Vec<Kind> = cut(&wording.to_lowercase()).into_iter().map(|t| t.kind).collect();
            known.words.extend(kinds.iter().filter_map(|k| if let Kind::Word(w) = k { Some(w.clone()) } else { None }));
            // One word may be anything; a whole phrase is no accident. Numbers are always compared.
            let words = kinds.iter().all(|k| matches!(k, Kind::Word(_)));
            if words && kinds.len() > 1 {
                known.phrases.push(kinds);
            }
        }
        known
    }
}

impl Reading {
    /// Whether all that it says is as-needed: one dose, one timing, nothing that changes. "One tablet daily; may take
    /// another if needed" is not.
    pub(super) fn is_clearly_as_needed(&self) -> bool {
        self.as_needed && !self.changing && !self.ends && self.doses.len() < 2 && self.often.len() < 2
    }
}

/// Reads a text. `own_unit` is the structure's unit where the lexicon does not know it; `known` is what the structure
/// says in words. Sentences that speak of something else than a dose are left out.
pub(super) fn read(text: &str, own_unit: Option<&str>, known: &Known, lexicon: &Lexicon) -> Reading {
    let (mut rest, asides) = asides::split(text, lexicon.dosing());
    for aside in asides {
        let reading = whole(&aside, own_unit, known, lexicon);
        // A bare number may be a lab value in "If it is over 300, call us." Elsewhere it may be a dose.
        let condition = aside.trim_start().get(..2).is_some_and(|w| w.eq_ignore_ascii_case("if"));
        let dosed = reading.doses.iter().any(|d| !condition || d.unit != Unit::None);
        if dosed || !reading.maxima.is_empty() || reading.as_needed {
            rest.push(aside);
        }
    }
    whole(&rest.join(" "), own_unit, known, lexicon)
}

fn whole(text: &str, own_unit: Option<&str>, known: &Known, lexicon: &Lexicon) -> Reading {
    let text = text.to_lowercase();
    let reader = Reader { tokens: cut(&text), text, known, dosing: lexicon.dosing(), own_unit };
    let mut reading = Reading::default();
    // "Step 2: …"
    let numbered = reader.word(0) == Some("step") && matches!(reader.kind(1), Some(Kind::Number(_, false)));
    let mut at = if numbered { 2 } else { 0 };
    while at < reader.tokens.len() {
        at += reader.step(at, &mut reading).max(1);
    }
    reading
}

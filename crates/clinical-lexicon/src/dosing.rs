//! The words of directions: units of doses, ways of taking, times of day, and the words of a prescriber's text.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Words for the parts of a dosage. Keys are lower case where the record's spelling does not matter.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DosingWords {
    /// For each spelling of a unit (lower case): its words for one and for more. Two spellings with the same words
    /// are the same unit.
    #[serde(default)]
    pub units: BTreeMap<String, [String; 2]>,
    /// What a unit measures, by its words for more; units that are not here are counted ("tablets").
    #[serde(default)]
    pub measures: BTreeMap<String, Measure>,
    /// Units (their words for more) that are taken by mouth whatever else is said, so that the verb is "take".
    #[serde(default)]
    pub swallowed: BTreeSet<String>,
    /// Spellings that say "one of it" and name no unit ("each").
    #[serde(default)]
    pub bare: BTreeSet<String>,
    /// The ways of taking a medicine.
    #[serde(default)]
    pub ways: Vec<WayWords>,
    /// The verb where the way is not known.
    #[serde(default)]
    pub verbs: VerbWords,
    /// Periods of time by their UCUM code.
    #[serde(default)]
    pub periods: BTreeMap<String, PeriodWords>,
    /// Event codes of FHIR `Timing.repeat.when`.
    #[serde(default)]
    pub events: BTreeMap<String, EventWords>,
    /// Days by their FHIR code.
    #[serde(default)]
    pub days: BTreeMap<String, String>,
    /// Coded schedules (HL7 v3 GTSAbbreviation), upper case.
    #[serde(default)]
    pub codes: BTreeMap<String, CodeWords>,
    /// The words of a prescriber's text.
    #[serde(default)]
    pub text: TextWords,
    /// For every wording of a route or a verb: the place of its way (none for a verb that goes with many ways), and
    /// whether it is a verb. Made of the lists above.
    #[serde(skip)]
    pub way_words: BTreeMap<String, (Option<usize>, bool)>,
    /// For every spelling of a period its UCUM code. Made of the list above.
    #[serde(skip)]
    pub period_words: BTreeMap<String, String>,
    /// The last words of everything that directions may end with. Made of the lists above.
    #[serde(skip)]
    pub closing: BTreeSet<String>,
}

impl DosingWords {
    /// Makes what is looked up often. A wording of two ways belongs to the first of them; a route goes before a verb.
    pub(crate) fn index(&mut self) {
        let routes =
            self.ways.iter().enumerate().flat_map(|(i, w)| w.routes.iter().map(move |r| (r, (Some(i), false))));
        let verbs = self.ways.iter().enumerate().flat_map(|(i, w)| w.methods.iter().map(move |m| (m, (Some(i), true))));
        let implied = self.verbs.implied.iter().map(|v| (v, (None, true)));
        let mut words = BTreeMap::new();
        for (wording, way) in routes.chain(verbs).chain(implied) {
            words.entry(wording.clone()).or_insert(way);
        }
        self.way_words = words;
        let spelled =
            self.periods.iter().flat_map(|(code, p)| std::iter::once(code).chain(&p.also).map(move |s| (s, code)));
        let spelled: Vec<_> = spelled.collect();
        let adverbs = self.periods.values().filter_map(|p| p.adverb.as_ref());
        let phrases = self.units.keys().chain(self.text.schedules.keys()).chain(self.text.events.keys()).chain(adverbs);
        let phrases = phrases.chain(&self.text.as_needed).chain(&self.text.times).chain(self.text.days.keys());
        let phrases = phrases.chain(self.way_words.keys()).chain(&self.text.advice).chain(&self.text.ends);
        let phrases = phrases.chain(spelled.iter().map(|(s, _)| *s)).chain(self.text.numbers.keys());
        self.closing = phrases.filter_map(|p| p.rsplit(' ').next()).map(str::to_owned).collect();
        self.period_words = spelled.into_iter().map(|(spelling, code)| (spelling.clone(), code.clone())).collect();
    }
}

/// What a unit measures, and how many of the smallest unit of that measure it is.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// "mass", "volume", "activity".
    pub of: String,
    /// Its size in the smallest unit of the measure.
    pub size: u64,
}

/// One way of taking a medicine.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WayWords {
    /// What stands before the amount.
    pub before: String,
    /// What stands after the amount.
    pub after: String,
    /// Where the amount may be left unsaid (a cream).
    #[serde(default)]
    pub amount_may_be_unsaid: bool,
    /// Route codes and wordings, normalised.
    #[serde(default)]
    pub routes: BTreeSet<String>,
    /// Method codes and wordings that mean exactly this way, normalised.
    #[serde(default)]
    pub methods: BTreeSet<String>,
    /// Wordings of another way that a text may use for this one ("inhale 2 puffs by mouth").
    #[serde(default)]
    pub loosely: BTreeSet<String>,
}

/// Verbs for when the way is not known.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerbWords {
    /// For what is swallowed in any case.
    pub swallowed: String,
    /// For all else.
    pub other: String,
    /// Method codes and wordings that say no more than these verbs ("administer"), normalised.
    #[serde(default)]
    pub methods: BTreeSet<String>,
    /// Method codes and wordings that say no more than a known way does ("instill" beside an eye), normalised.
    #[serde(default)]
    pub implied: BTreeSet<String>,
}

/// A period of time.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodWords {
    /// One of it.
    pub one: String,
    /// More of it.
    pub many: String,
    /// With "times": "a day".
    pub each: String,
    /// How long it is in seconds; none for months and years, which differ.
    #[serde(default)]
    pub seconds: Option<u64>,
    /// The word for once each ("daily").
    #[serde(default)]
    pub adverb: Option<String>,
    /// Other spellings in texts and units, lower case.
    #[serde(default)]
    pub also: BTreeSet<String>,
}

/// A time of day of the Universal Medication Schedule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeOfDay {
    /// In the morning.
    Morning,
    /// At noon.
    Noon,
    /// In the evening.
    Evening,
    /// At bedtime.
    Bedtime,
}

/// How an event and a meal or sleep stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Before it.
    Before,
    /// With it.
    With,
    /// After it.
    After,
}

/// An event of the day.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventWords {
    /// "in the morning", "before breakfast".
    pub words: String,
    /// Its column, where it has one.
    #[serde(default)]
    pub column: Option<TimeOfDay>,
    /// Before, with or after a meal or sleep.
    #[serde(default)]
    pub side: Option<Side>,
    /// It may happen many times a day ("before meals"), so it says nothing of how often.
    #[serde(default)]
    pub repeats: bool,
    /// The words behind minutes ("before bedtime" for "at bedtime"), where minutes make sense.
    #[serde(default)]
    pub minutes: Option<String>,
}

/// A coded schedule.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeWords {
    /// In words.
    pub words: String,
    /// How many times a period.
    pub times: u32,
    /// How many units the period has.
    pub period: u32,
    /// Unit of the period.
    pub unit: String,
    /// The event it names.
    #[serde(default)]
    pub event: Option<String>,
}

/// The words that are read in a prescriber's text.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextWords {
    /// Numbers in words, with their decimal text.
    pub numbers: BTreeMap<String, String>,
    /// Words that say how often, with an equal code of `codes`.
    pub schedules: BTreeMap<String, String>,
    /// Phrases that name an event, with the code of `events`.
    pub events: BTreeMap<String, String>,
    /// Words that name a day, with its code.
    pub days: BTreeMap<String, String>,
    /// "as needed" and its like.
    pub as_needed: BTreeSet<String>,
    /// "no more than" and its like.
    pub maximum: BTreeSet<String>,
    /// "once", "twice".
    pub counts: BTreeMap<String, String>,
    /// "as a single dose" and its like.
    pub single: BTreeSet<String>,
    /// "times" and its like.
    pub times: BTreeSet<String>,
    /// Words that make a text say more than one fixed dose: taper, condition, prohibition.
    pub changing: BTreeSet<String>,
    /// Months, with their number.
    pub months: BTreeMap<String, u8>,
    /// Words before the first date of a course.
    pub starting: BTreeSet<String>,
    /// Words before the last date of a course.
    pub ending: BTreeSet<String>,
    /// Phrases that say that a course ends ("then stop", "take all of it"): fine where the structure ends it too.
    pub ends: BTreeSet<String>,
    /// Phrases that say "not every day".
    pub not_daily: BTreeSet<String>,
    /// Advice that changes neither amount nor time: with water, with or without food, shake well. Whole phrases.
    pub advice: BTreeSet<String>,
    /// First words of a sentence that speaks of something else than taking a dose ("Keep in the refrigerator.").
    pub aside: BTreeSet<String>,
    /// Words of asking for help: a sentence "If …, call …" speaks of no dose.
    pub contact: BTreeSet<String>,
    /// Words that make a sentence speak of the dose after all.
    pub alters: BTreeSet<String>,
    /// Words that make "a tablet" no dose: "a tablet cutter".
    pub tools: BTreeSet<String>,
    /// Words that change nothing: verbs, places, small words, common reasons.
    pub harmless: BTreeSet<String>,
}

//! The files of test data. Those called `held` were written apart from the gate and its word lists, so that they measure
//! it and do not describe it.

use clinical_narrator::Topic;
use serde::Deserialize;

pub(crate) const GOOD: [(&str, &str); 38] = [
    ("good-dev", include_str!("../data/good-dev.toml")),
    ("good-more", include_str!("../data/good-more.toml")),
    ("good-words", include_str!("../data/good-words.toml")),
    ("good-held", include_str!("../data/good-held.toml")),
    ("good-told-dev", include_str!("../data/good-told-dev.toml")),
    ("good-told-more", include_str!("../data/good-told-more.toml")),
    ("good-told-held", include_str!("../data/good-told-held.toml")),
    ("good-told-new", include_str!("../data/good-told-new.toml")),
    ("good-told-last", include_str!("../data/good-told-last.toml")),
    ("good-told-fifth", include_str!("../data/good-told-fifth.toml")),
    ("good-told-sixth", include_str!("../data/good-told-sixth.toml")),
    ("good-told-seventh", include_str!("../data/good-told-seventh.toml")),
    ("good-told-eighth", include_str!("../data/good-told-eighth.toml")),
    ("good-told-ninth", include_str!("../data/good-told-ninth.toml")),
    ("good-told-tenth", include_str!("../data/good-told-tenth.toml")),
    ("good-told-eleventh", include_str!("../data/good-told-eleventh.toml")),
    ("good-told-twelfth", include_str!("../data/good-told-twelfth.toml")),
    ("good-told-thirteenth", include_str!("../data/good-told-thirteenth.toml")),
    ("good-told-fourteenth", include_str!("../data/good-told-fourteenth.toml")),
    ("good-told-fifteenth", include_str!("../data/good-told-fifteenth.toml")),
    ("good-told-sixteenth", include_str!("../data/good-told-sixteenth.toml")),
    ("good-told-seventeenth", include_str!("../data/good-told-seventeenth.toml")),
    ("good-told-eighteenth", include_str!("../data/good-told-eighteenth.toml")),
    ("good-told-nineteenth", include_str!("../data/good-told-nineteenth.toml")),
    ("good-told-twentieth", include_str!("../data/good-told-twentieth.toml")),
    ("good-told-twentyfirst", include_str!("../data/good-told-twentyfirst.toml")),
    ("good-told-twentysecond", include_str!("../data/good-told-twentysecond.toml")),
    ("good-told-twentythird", include_str!("../data/good-told-twentythird.toml")),
    ("good-told-twentyfourth", include_str!("../data/good-told-twentyfourth.toml")),
    ("good-told-twentyfifth", include_str!("../data/good-told-twentyfifth.toml")),
    ("good-told-twentysixth", include_str!("../data/good-told-twentysixth.toml")),
    ("good-told-twentyseventh", include_str!("../data/good-told-twentyseventh.toml")),
    ("good-told-twentyeighth", include_str!("../data/good-told-twentyeighth.toml")),
    ("good-told-twentyninth", include_str!("../data/good-told-twentyninth.toml")),
    ("good-told-thirtieth", include_str!("../data/good-told-thirtieth.toml")),
    ("good-told-thirtyfirst", include_str!("../data/good-told-thirtyfirst.toml")),
    ("good-told-thirtysecond", include_str!("../data/good-told-thirtysecond.toml")),
    ("good-told-thirtythird", include_str!("../data/good-told-thirtythird.toml")),
];

pub(crate) const LIES: [(&str, &str); 3] = [
    ("lies-dev", include_str!("../data/lies-dev.toml")),
    ("lies-held", include_str!("../data/lies-held.toml")),
    ("lies-more", include_str!("../data/lies-more.toml")),
];

const ATTACKS: &str = include_str!("../data/attacks.toml");

const SWAPS: &str = include_str!("../data/swaps.toml");

/// A sentence and a rewording of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pair {
    pub(crate) source: String,
    pub(crate) said: String,
    topic: String,
    /// What kind of lie it is; none for a faithful one.
    pub(crate) lie: Option<String>,
}

/// A note that talks to the model.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Attack {
    pub(crate) kind: String,
    pub(crate) note: String,
    /// What of the note is put before the model.
    pub(crate) sentence: String,
    /// What a model answers that does as it is told.
    pub(crate) obeys: String,
    /// Who the record says the patient is.
    pub(crate) patient: Option<String>,
    topic: String,
}

/// Words that say the opposite, or something else, when one stands in the place of the other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Swaps {
    /// Words that together say something else; nothing in them is changed.
    pub(crate) kept: Vec<String>,
    /// Each stands for the other.
    pub(crate) swapped: Vec<[String; 2]>,
    /// The second stands for the first.
    pub(crate) replaced: Vec<[String; 2]>,
    /// Each is left out.
    pub(crate) dropped: Vec<String>,
    /// Behind each, the word "not" is put.
    pub(crate) denied: Vec<String>,
    /// Each is put at the end.
    pub(crate) added: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairs {
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attacks {
    attack: Vec<Attack>,
}

pub(crate) fn pairs(text: &str) -> Vec<Pair> {
    toml::from_str::<Pairs>(text).unwrap().pair
}

pub(crate) fn attacks() -> Vec<Attack> {
    toml::from_str::<Attacks>(ATTACKS).unwrap().attack
}

pub(crate) fn swaps() -> Swaps {
    toml::from_str(SWAPS).unwrap()
}

fn topic(name: &str) -> Topic {
    let all = [Topic::Reason, Topic::Finding, Topic::Home, Topic::FollowUp, Topic::Help];
    all.into_iter().find(|topic| topic.as_str() == name).unwrap()
}

impl Pair {
    pub(crate) fn topic(&self) -> Topic {
        topic(&self.topic)
    }
}

impl Attack {
    pub(crate) fn topic(&self) -> Topic {
        topic(&self.topic)
    }
}

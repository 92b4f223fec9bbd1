//! Cues: words that say of a finding or a medicine whether it is so (`data/en/context.toml`).

/// What a cue says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CueMeans {
    /// It is not so.
    Absent,
    /// It may be so.
    Possible,
    /// It was so; a disease that lasts still is.
    Historical,
    /// It was so and is no more.
    Past,
    /// It is only thought of.
    Hypothetical,
    /// It is only thought of, whatever else is said behind the cue ("if there is no …").
    Condition,
    /// It is what something is for; only thought of unless the note says elsewhere that it is there.
    Purpose,
    /// A relative has it.
    Family,
    /// Somebody else has it.
    Other,
    /// It is to be done.
    Planned,
    /// It is of now, whatever a word of the past says.
    Recent,
    /// Nothing: it takes a shorter cue back.
    Nothing,
}

/// A rule: what its words say, and how far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CueRule {
    /// What they say.
    pub means: CueMeans,
    /// Of what stands before, and not of what follows.
    pub backward: bool,
    /// How many words away at most; 0 for up to the next end.
    pub within: u8,
    /// The lists of words that end its reach, a bit each.
    pub ends: u32,
    /// Kinds of names that it speaks of: a bit each for problem, medicine, procedure and test; 0 for all.
    pub kinds: u8,
    /// Only where a mark or the end follows.
    pub closed: bool,
    /// Only as a sign put before a word ("-fever, +cough").
    pub signed: bool,
}

impl CueRule {
    /// The bit of problems.
    pub const PROBLEM: u8 = 1;
    /// The bit of medicines.
    pub const MEDICINE: u8 = 2;
    /// The bit of procedures.
    pub const PROCEDURE: u8 = 4;
    /// The bit of tests.
    pub const TEST: u8 = 8;
}

/// What words of a cue mean that end at a place: rules, and the lists of ends that they are in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CueEnd {
    /// The numbers of the rules.
    pub rules: &'static [u16],
    /// The lists, a bit each.
    pub ends: u32,
}

/// What a section says of what it holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SectionRule {
    /// The stable names of the kinds of section.
    pub kinds: &'static [&'static str],
    /// Of what: bits as in [`CueRule::kinds`].
    pub of: u8,
    /// What it says.
    pub means: CueMeans,
}

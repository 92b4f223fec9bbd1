//! The shapes of `findings.toml` and `context.toml`.

use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindingsFile {
    pub(crate) problem: ProblemWords,
    pub(crate) medicine: MedicineWords,
}

/// Lists of words apart by blanks, or of phrases apart by "|".
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProblemWords {
    pub(crate) heads: String,
    pub(crate) weak: String,
    pub(crate) phrases: String,
    pub(crate) adjectives: String,
    pub(crate) kinds: String,
    pub(crate) vague: String,
    pub(crate) changes: String,
    pub(crate) measures: String,
    pub(crate) listed: String,
    pub(crate) tails: String,
    pub(crate) links: String,
    pub(crate) joins: String,
    pub(crate) unnamed: String,
    pub(crate) unnamed_with: String,
    pub(crate) capitals: String,
    pub(crate) never: String,
    pub(crate) lasting: String,
    pub(crate) passing: String,
    pub(crate) behind: String,
    pub(crate) suffixes: String,
    pub(crate) suffix_exceptions: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MedicineWords {
    pub(crate) names: String,
    pub(crate) doubtful: String,
    pub(crate) forms: String,
    pub(crate) units: String,
    pub(crate) taking: String,
    pub(crate) suffixes: String,
    pub(crate) suffix_exceptions: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContextFile {
    pub(crate) ends: BTreeMap<String, String>,
    pub(crate) cue: Vec<Cue>,
    pub(crate) section: Vec<Section>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cue {
    pub(crate) means: Means,
    pub(crate) to: To,
    #[serde(default)]
    pub(crate) within: u8,
    pub(crate) ends: Vec<String>,
    #[serde(default)]
    pub(crate) kinds: Vec<Kind>,
    #[serde(default)]
    pub(crate) closed: bool,
    #[serde(default)]
    pub(crate) signed: bool,
    pub(crate) words: String,
    pub(crate) yes: Vec<String>,
    pub(crate) not: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Section {
    pub(crate) kinds: Vec<String>,
    pub(crate) of: Vec<Kind>,
    pub(crate) means: Means,
}

/// The names of the variants go into the code.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Means {
    Absent,
    Possible,
    Historical,
    Past,
    Hypothetical,
    Condition,
    Purpose,
    Family,
    Other,
    Planned,
    Recent,
    Nothing,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum To {
    Forward,
    Backward,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Problem,
    Medicine,
    Procedure,
    Test,
}

impl Kind {
    /// The bit of `CueRule::kinds`.
    pub(crate) const fn bit(self) -> u8 {
        match self {
            Self::Problem => 1,
            Self::Medicine => 2,
            Self::Procedure => 4,
            Self::Test => 8,
        }
    }
}

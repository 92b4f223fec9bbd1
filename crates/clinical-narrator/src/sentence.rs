//! What may be put into other words.

use std::fmt;

/// Where on the sheet a sentence stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Topic {
    /// Why the patient came.
    Reason,
    /// What was found.
    Finding,
    /// What to do.
    Home,
    /// When to come back.
    FollowUp,
    /// When to get help.
    Help,
}

impl Topic {
    /// A stable name for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Finding => "finding",
            Self::Home => "home",
            Self::FollowUp => "follow-up",
            Self::Help => "help",
        }
    }
}

/// A sentence of the record, as the sheet shows it. `Debug` prints none of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// Its words.
    pub text: &'a str,
    /// Where on the sheet it stands.
    pub topic: Topic,
}

impl fmt::Debug for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sentence({}, {} bytes)", self.topic.as_str(), self.text.len())
    }
}

//! The classes of words that carry meaning.

use crate::refusal::Refusal;

macro_rules! classes {
    ($($name:ident $text:literal $refusal:ident;)*) => {
        /// What kind of thing a word or phrase says. Each class has a table in the data files.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub(super) enum Class {
            $(#[doc = $text] $name,)*
        }

        impl Class {
            pub(super) fn named(table: &str) -> Option<Self> {
                match table {
                    $($text => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// Why a rewording is refused that has one more or one less of it.
            pub(super) const fn refusal(self) -> Refusal {
                match self {
                    $(Self::$name => Refusal::$refusal,)*
                }
            }
        }
    };
}

classes! {
    Plain "plain" UnknownWord;
    Action "action" Treatment;
    Advice "advice" Advice;
    After "after" When;
    Because "because" Certainty;
    Before "before" When;
    Body "body" BodyPart;
    But "but" UnknownWord;
    Conjunction "conjunction" UnknownWord;
    Degree "degree" Degree;
    Doubt "doubt" Certainty;
    Firm "firm" Certainty;
    If "if" Certainty;
    Instead "instead" Treatment;
    Medicine "medicine" Medicine;
    Must "must" Advice;
    Negation "negation" Negation;
    NegationBehind "negation-behind" Negation;
    Number "number" Number;
    Person "person" Person;
    Problem "problem" Problem;
    Relative "relative" Whose;
    Side "side" Side;
    Test "test" Test;
    Than "than" Degree;
    Time "time" Time;
    Unit "unit" Unit;
    Unless "unless" Certainty;
    Until "until" When;
    When "when" When;
}

impl Class {
    /// The bit of what stands behind such a word, if it speaks of what follows.
    pub(super) const fn tag(self) -> u16 {
        match self {
            Self::If => 1 << 2,
            Self::Unless => 1 << 3,
            Self::Until => 1 << 4,
            Self::After => 1 << 5,
            Self::Before => 1 << 6,
            Self::Because => 1 << 7,
            Self::Instead => 1 << 8,
            Self::Than => 1 << 9,
            _ => 0,
        }
    }

    /// Something that others speak of: what hurts, what is done, what is taken.
    pub(super) const fn is_head(self) -> bool {
        matches!(self, Self::Problem | Self::Test | Self::Medicine | Self::Action | Self::Body | Self::Advice)
    }

    /// Whether a denial of it is its own: what is only where, when or how much is denied with something else.
    pub(super) const fn is_denied_itself(self) -> bool {
        matches!(
            self,
            Self::Plain | Self::Action | Self::Advice | Self::Problem | Self::Medicine | Self::Must | Self::Relative
        )
    }
}

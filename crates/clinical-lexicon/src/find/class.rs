//! The kinds of words that names of findings and medicines are made of.

/// What kinds of word a word is; a word can be of many kinds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Class(pub(crate) u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Class {
            $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)*
        }
    };
}

classes! {
    /// Names a finding by itself.
    HEAD = 0;
    /// Names a finding only with a word of place or kind in front.
    WEAK = 1;
    /// Says as an adjective that a finding is there.
    ADJECTIVE = 2;
    /// Stands in front of a finding and belongs to its name.
    KIND = 3;
    /// Such a word that does not make a finding of a weak noun.
    VAGUE = 4;
    /// Makes a finding of a measure.
    CHANGE = 5;
    /// A measure or function.
    MEASURE = 6;
    /// May stand between a word of change and its measure.
    LINK = 7;
    /// Takes what stands behind "of" into the name.
    JOIN = 8;
    /// A disease that lasts.
    LASTING = 9;
    /// Takes that back.
    PASSING = 10;
    /// Makes another thing of the finding in front of it.
    BEHIND = 11;
    /// The form of a medicine, part of its name.
    FORM = 12;
    /// A unit or form that proves a medicine in front of it.
    UNIT = 13;
    /// A word of taking.
    TAKING = 14;
    /// Only in capitals.
    CAPITALS = 15;
    /// Ends as names of medicines do.
    MEDICINE = 16;
    /// Belongs to a measure in front of it.
    TAIL = 17;
    /// Names a finding only in a list beside another.
    LISTED = 18;
}

impl Class {
    /// Whether it is of one of these kinds.
    #[must_use]
    pub const fn is(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it is of no kind.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }
}

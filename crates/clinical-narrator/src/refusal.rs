//! Why a rewording is not said.

/// Why a rewording is not said. The record's own words then stand alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Refusal {
    /// No answer came (the server is gone, silent, slow, or refused).
    NoReply,
    /// The answer is not the JSON that was asked for.
    WrongShape,
    /// The answer has nothing for this sentence.
    Missing,
    /// The answer has this sentence more than once.
    Repeated,
    /// It has no words.
    Empty,
    /// It is much longer than the sentence it was made of.
    TooLong,
    /// It has markup, an address of the web, control characters or the like.
    Markup,
    /// A placeholder did not come back.
    PlaceholderMissing,
    /// A placeholder came back more than once.
    PlaceholderRepeated,
    /// A placeholder that was not given for this sentence.
    PlaceholderUnknown,
    /// Placeholders came back where they say something else (another order, another company).
    PlaceholderMoved,
    /// A number, in digits or in words, that the sentence does not have.
    Number,
    /// A unit of measure that the sentence does not have.
    Unit,
    /// A date, a time, how often or how long, that the sentence does not have.
    Time,
    /// A medicine that the sentence does not name.
    Medicine,
    /// A test or procedure that the sentence does not name.
    Test,
    /// A problem that the sentence does not name, or one that is lost.
    Problem,
    /// A part of the body that the sentence does not name, or one that is lost.
    BodyPart,
    /// Left, right or both sides differ.
    Side,
    /// How much, how bad, or which way it goes (better, worse) differs.
    Degree,
    /// A name, title or role of a person or a place that the sentence does not have.
    Person,
    /// What the sentence denies is affirmed, or the other way round.
    Negation,
    /// What is not sure is sure, or the other way round.
    Certainty,
    /// What is only so if, unless, until, before or after something else differs.
    Condition,
    /// Of whom it is said differs.
    Whose,
    /// Past, present and what is to come differ.
    When,
    /// Advice or an instruction that the sentence does not have, or one that is lost.
    Advice,
    /// A change of treatment that the sentence does not have, or one that is lost.
    Treatment,
    /// It is not English.
    Language,
    /// A word that is neither the sentence's, nor a plainer one for it, nor one that says nothing by itself.
    UnknownWord,
    /// It is harder to read than the sentence it was made of.
    Harder,
    /// It says the sentence again, or a part of it twice.
    Same,
    /// The finished page did not hold it as it should: all rewordings of the page are taken back.
    Page,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Self; 33] = [
        Self::NoReply,
        Self::WrongShape,
        Self::Missing,
        Self::Repeated,
        Self::Empty,
        Self::TooLong,
        Self::Markup,
        Self::PlaceholderMissing,
        Self::PlaceholderRepeated,
        Self::PlaceholderUnknown,
        Self::PlaceholderMoved,
        Self::Number,
        Self::Unit,
        Self::Time,
        Self::Medicine,
        Self::Test,
        Self::Problem,
        Self::BodyPart,
        Self::Side,
        Self::Degree,
        Self::Person,
        Self::Negation,
        Self::Certainty,
        Self::Condition,
        Self::Whose,
        Self::When,
        Self::Advice,
        Self::Treatment,
        Self::Language,
        Self::UnknownWord,
        Self::Harder,
        Self::Same,
        Self::Page,
    ];

    /// A stable name for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoReply => "no-reply",
            Self::WrongShape => "wrong-shape",
            Self::Missing => "missing",
            Self::Repeated => "repeated",
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::Markup => "markup",
            Self::PlaceholderMissing => "placeholder-missing",
            Self::PlaceholderRepeated => "placeholder-repeated",
            Self::PlaceholderUnknown => "placeholder-unknown",
            Self::PlaceholderMoved => "placeholder-moved",
            Self::Number => "number",
            Self::Unit => "unit",
            Self::Time => "time",
            Self::Medicine => "medicine",
            Self::Test => "test",
            Self::Problem => "problem",
            Self::BodyPart => "body-part",
            Self::Side => "side",
            Self::Degree => "degree",
            Self::Person => "person",
            Self::Negation => "negation",
            Self::Certainty => "certainty",
            Self::Condition => "condition",
            Self::Whose => "whose",
            Self::When => "when",
            Self::Advice => "advice",
            Self::Treatment => "treatment",
            Self::Language => "language",
            Self::UnknownWord => "unknown-word",
            Self::Harder => "harder",
            Self::Same => "same",
            Self::Page => "page",
        }
    }
}

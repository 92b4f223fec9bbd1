// What a word says of the date, ratio or age beside it. Shared by the build script, which reads `data/hints.toml`, and
// the reader (`include!`d there, so no inner attributes or `use` here).

/// Kinds of hints, one bit each: asked only where a number or month stands, so they need no room in a word's flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub(crate) enum Hint {
    /// "on", "since", "seen", "drawn": a date follows.
    Timing = 1 << 0,
    /// "visit", "labs", "surgery": what has a date, before or behind it.
    Event = 1 << 1,
    /// "strength", "murmur", "pain": a ratio near it is a clinical value.
    Score = 1 << 2,
    /// "tablet", "cup", "inch": a fraction before it is an amount.
    Portion = 1 << 3,
    /// "bottles", "nodes", "positive": so many of so many.
    Tally = 1 << 4,
    /// "rated", "improved", "decreased": a measure follows, no date.
    Measured = 1 << 5,
    /// "covid", "phq", "hpv": the number behind it belongs to its name.
    Numbered = 1 << 6,
    /// "icd", "cpt", "loinc": a code of a terminology follows.
    Coding = 1 << 7,
    /// "in", "last", "until": a month may follow by its name alone.
    MonthBefore = 1 << 8,
    /// "early", "mid", "end": part of a month.
    MonthPart = 1 << 9,
    /// "day", "weekend", "eve", "morning": stands beside a holiday.
    DayWord = 1 << 10,
    /// "age", "aged", "turned": an age follows.
    AgeBefore = 1 << 11,
    /// "before", "after", "following": between a day and a holiday.
    HolidayJoin = 1 << 12,
    /// "finger", "rib", "digit": what an ordinal counts besides days.
    NoDay = 1 << 13,
    /// "neuro", "micu", "cards": a unit or service of a hospital, which a number or somebody's name may follow.
    Service = 1 << 14,
    /// "temp", "fever", "vitals": degrees follow, and "98 F" is no age.
    Heat = 1 << 15,
}

impl Hint {
    /// The hint's bit.
    pub(crate) const fn bit(self) -> u16 {
        self as u16
    }
}

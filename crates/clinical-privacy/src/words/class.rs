// What a word can be. Shared by the build script and the reader (`include!`d there).

/// Classes of words, one bit each; `data/classes.toml` names them in snake case and lists their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Class {
    /// "dr", "mrs", "prof": what stands before a name.
    Title = 16,
    /// "md", "rn": what stands behind a name.
    Credential,
    /// "surgeon", "attending", "pcp": who a person is at work in care.
    Role,
    /// "wife", "son", "neighbor": who a person is to the patient.
    Relative,
    /// "patient", "man", "gentleman".
    Person,
    /// "named", "called", "aka".
    Naming,
    /// "reports", "denies", "lives": what only people do; the name stands before.
    Says,
    /// "by", "with", "cc", "dear", "from", "per": a name may follow.
    Towards,
    /// "january" … and their short forms.
    Month,
    /// "monday" … and their short forms.
    Weekday,
    /// "christmas", "thanksgiving": first or only word of a holiday.
    Holiday,
    /// "one" … "ninety".
    NumberWord,
    /// "first" … "thirty".
    OrdinalWord,
    /// "street", "ave", "blvd".
    StreetSuffix,
    /// "north", "sw".
    Direction,
    /// "apt", "suite", "unit".
    UnitDesignator,
    /// "hospital", "clinic", "pharmacy", "school": the head of a facility's name.
    FacilityHead,
    /// "memorial", "regional", "saint": stands inside a facility's name.
    FacilityPart,
    /// "inc", "llc", "corp".
    CompanySuffix,
    /// "van", "de", "al": stands inside a person's name.
    Particle,
    /// "jr", "iii".
    NameSuffix,
    /// "the", "and", "with": never part of a name.
    Function,
    /// "mg", "mmhg", "french".
    Unit,
    /// Words that head a block of a note ("assessment", "plan").
    Heading,
    /// "am", "pm", "hrs": stands behind a clock time.
    Clock,
    /// "he", "she", "his".
    Pronoun,
    /// "ago", "last", "next", "since": a time told from now.
    Relation,
    /// "spinal", "cranial" levels, "grade", "stage", "type", "class": a number or numeral follows that is clinical.
    Grade,
    /// "county", "parish", "borough".
    CountyWord,
    /// "lives", "resides", "born", "moved": a place follows.
    Residing,
    /// "works", "employed", "employer", "retired": an employer follows.
    Employed,
    /// "ville", "burgh"-like endings are in code; this is "new", "lake", "port", "fort", "mount": first word of a city.
    CityFirst,
    /// "id", "no", "number", "nr": between a label and its value.
    NumberLabel,
    /// Reserved for nouns that make an eponym of the word before: "disease", "syndrome", "sign", "catheter".
    EponymHead,
    /// "is", "was", "presented": what people and other things do; a name may stand before.
    Does,
    /// First word of a label; the build sets it from `data/labels.toml`.
    OpensLabel,
    /// "none", "unknown", "self": stands where a value is missing.
    NoValue,
    /// "cardiology", "service", "team": stands where a person would, and is none.
    Specialty,
    /// "outside", "cardiac", "primary": stands before the head of a facility's name and names none.
    GenericPlace,
    /// "care", "center", "health": heads a facility's name, but is a plain word without a name before it.
    PlainHead,
    /// "street", "ave", "ln": a street suffix that is one in any casing.
    RoadWord,
    /// "falls", "springs", "beach": last word of a city.
    CityLast,
    /// "rue", "calle", "via": a street's first word in other tongues.
    RoadFirst,
    /// First word of a cue of `data/cues.toml`: a number, address or code may stand beside it.
    Cue,
    /// First word of a holiday of `data/holidays.txt`; the build sets it.
    OpensHoliday,
    /// Abbreviations of forms and labels that look like names.
    NoName,
    /// Parts of the body and complaints that are also surnames: "hand", "foot", "head", "pain".
    Anatomy,
    /// Abbreviations that do things without being initials: "by EMS", "per CT".
    Agent,
}

impl Class {
    /// Every class with the name that `data/classes.toml` gives it.
    pub(crate) const ALL: &'static [(&'static str, Class)] = &[
        ("title", Class::Title),
        ("credential", Class::Credential),
        ("role", Class::Role),
        ("relative", Class::Relative),
        ("person", Class::Person),
        ("naming", Class::Naming),
        ("says", Class::Says),
        ("towards", Class::Towards),
        ("month", Class::Month),
        ("weekday", Class::Weekday),
        ("holiday", Class::Holiday),
        ("number_word", Class::NumberWord),
        ("ordinal_word", Class::OrdinalWord),
        ("street_suffix", Class::StreetSuffix),
        ("direction", Class::Direction),
        ("unit_designator", Class::UnitDesignator),
        ("facility_head", Class::FacilityHead),
        ("facility_part", Class::FacilityPart),
        ("company_suffix", Class::CompanySuffix),
        ("particle", Class::Particle),
        ("name_suffix", Class::NameSuffix),
        ("function", Class::Function),
        ("unit", Class::Unit),
        ("heading", Class::Heading),
        ("clock", Class::Clock),
        ("pronoun", Class::Pronoun),
        ("relation", Class::Relation),
        ("grade", Class::Grade),
        ("county_word", Class::CountyWord),
        ("residing", Class::Residing),
        ("employed", Class::Employed),
        ("city_first", Class::CityFirst),
        ("number_label", Class::NumberLabel),
        ("eponym_head", Class::EponymHead),
        ("does", Class::Does),
        ("opens_label", Class::OpensLabel),
        ("no_value", Class::NoValue),
        ("specialty", Class::Specialty),
        ("generic_place", Class::GenericPlace),
        ("plain_head", Class::PlainHead),
        ("road_word", Class::RoadWord),
        ("city_last", Class::CityLast),
        ("road_first", Class::RoadFirst),
        ("cue", Class::Cue),
        ("no_name", Class::NoName),
        ("anatomy", Class::Anatomy),
        ("agent", Class::Agent),
    ];

    /// The class's bit in a word's flags.
    pub(crate) const fn bit(self) -> u64 {
        1 << self as u8
    }
}

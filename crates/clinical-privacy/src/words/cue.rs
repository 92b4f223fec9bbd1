// What a word or phrase says of the number, address or code beside it. Shared by the build script, which reads
// `data/cues.toml`, and the reader (`include!`d there, so no inner attributes or `use` here).

/// What stands beside a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Cue {
    /// "phone", "tel": a telephone number.
    Phone = 1,
    /// "fax".
    Fax,
    /// "pager", "beeper": three to seven digits.
    Pager,
    /// "ext", "extension": one to six digits.
    Extension,
    /// "call", "reach", "contact": a telephone number may follow, or anything else.
    Call,
    /// "username", "instagram": a name used on a network.
    Handle,
    /// "ip address".
    Ip,
    Ssn,
    Mrn,
    Plan,
    Account,
    License,
    Vehicle,
    Device,
    Biometric,
    Photo,
    Other,
    /// "icd 10", "model", "room": what follows is no identifier.
    Leave,
    /// "ending in", "last four": stands between a label and its value.
    Filler,
    /// "com", "org": the end of a host's name.
    Domain,
    /// "jpg", "heic": the end of a picture's file name.
    Picture,
    /// "pdf", "docx": the end of another file's name.
    File,
    /// "pulse", "weight": what is measured in numbers that could be ages.
    Measured,
}

impl Cue {
    /// Every cue with the name that `data/cues.toml` gives it, in the order of their numbers.
    pub(crate) const ALL: &'static [(&'static str, Cue)] = &[
        ("phone", Cue::Phone),
        ("fax", Cue::Fax),
        ("pager", Cue::Pager),
        ("extension", Cue::Extension),
        ("call", Cue::Call),
        ("handle", Cue::Handle),
        ("ip", Cue::Ip),
        ("ssn", Cue::Ssn),
        ("mrn", Cue::Mrn),
        ("plan", Cue::Plan),
        ("account", Cue::Account),
        ("license", Cue::License),
        ("vehicle", Cue::Vehicle),
        ("device", Cue::Device),
        ("biometric", Cue::Biometric),
        ("photo", Cue::Photo),
        ("other", Cue::Other),
        ("leave", Cue::Leave),
        ("filler", Cue::Filler),
        ("domain", Cue::Domain),
        ("picture", Cue::Picture),
        ("file", Cue::File),
        ("measured", Cue::Measured),
    ];

    /// Does it stand beside a way to reach somebody or something?
    #[allow(dead_code, reason = "the build script asks it")]
    pub(crate) const fn reaches(self) -> bool {
        matches!(self, Cue::Phone | Cue::Fax | Cue::Pager | Cue::Extension | Cue::Handle | Cue::Ip | Cue::Domain)
    }

    /// Added to the number of a cue that is also an everyday word: only "number", a colon or a telling form of the
    /// value beside it make it a label.
    pub(crate) const LOOSE: u8 = 0x80;

    /// Added where a longer cue begins with the same words.
    pub(crate) const GOES_ON: u8 = 0x40;
}

//! What the lists say of one word.

use super::Class;

/// Where a tier or mark stands in the bits. The build script writes them in the same places.
pub(crate) mod place {
    pub(crate) const WORD: u32 = 0;
    pub(crate) const GIVEN: u32 = 2;
    pub(crate) const SURNAME: u32 = 4;
    pub(crate) const CITY: u32 = 6;
    pub(crate) const MEDICAL: u32 = 8;
    pub(crate) const EPONYM: u32 = 9;
    pub(crate) const STATE: u32 = 10;
    pub(crate) const COUNTRY: u32 = 11;
    pub(crate) const PROPER: u32 = 12;
    pub(crate) const FACILITY: u32 = 13;
    pub(crate) const REGION: u32 = 14;
    pub(crate) const PHRASE: u32 = 15;
}

/// What the lists and classes say of a word. `Flags::NONE` is a word in no list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flags(u64);

impl Flags {
    /// In no list.
    pub(crate) const NONE: Self = Self(0);

    pub(crate) const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// All of it as one number: two words of which the lists say the same have the same.
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    const fn tier(self, at: u32) -> u8 {
        ((self.0 >> at) & 3) as u8
    }

    const fn mark(self, at: u32) -> bool {
        (self.0 >> at) & 1 == 1
    }

    /// How common it is as an English word: 0 not one, 1 rare, 2 known, 3 very common.
    pub(crate) const fn word(self) -> u8 {
        self.tier(place::WORD)
    }

    /// How common it is as a given name, 0 to 3.
    pub(crate) const fn given(self) -> u8 {
        self.tier(place::GIVEN)
    }

    /// How common it is as a surname, 0 to 3.
    pub(crate) const fn surname(self) -> u8 {
        self.tier(place::SURNAME)
    }

    /// How large a city of that one-word name is, 0 to 3.
    pub(crate) const fn city(self) -> u8 {
        self.tier(place::CITY)
    }

    /// A word of medicine.
    pub(crate) const fn is_medical(self) -> bool {
        self.mark(place::MEDICAL)
    }

    /// A person's name that names a disease, sign or device.
    pub(crate) const fn is_eponym(self) -> bool {
        self.mark(place::EPONYM)
    }

    /// A state or province, or its postal letters.
    pub(crate) const fn is_state(self) -> bool {
        self.mark(place::STATE)
    }

    /// A country or what its people are called.
    pub(crate) const fn is_country(self) -> bool {
        self.mark(place::COUNTRY)
    }

    /// Written with a capital, but no name of a person or place.
    pub(crate) const fn is_proper(self) -> bool {
        self.mark(place::PROPER)
    }

    /// A facility or employer known by this one word.
    pub(crate) const fn is_facility(self) -> bool {
        self.mark(place::FACILITY)
    }

    /// A county, borough or neighbourhood known by this one word.
    pub(crate) const fn is_region(self) -> bool {
        self.mark(place::REGION)
    }

    /// The first word of a phrase in the phrase table.
    pub(crate) const fn opens_phrase(self) -> bool {
        self.mark(place::PHRASE)
    }

    /// Is it of that class?
    pub(crate) const fn is(self, class: Class) -> bool {
        self.0 & class.bit() != 0
    }

    /// Is it of any of the classes (bits or-ed together)?
    pub(crate) const fn is_any(self, classes: u64) -> bool {
        self.0 & classes != 0
    }

    /// In no list and no class at all.
    pub(crate) const fn is_unknown(self) -> bool {
        self.0 == 0
    }
}

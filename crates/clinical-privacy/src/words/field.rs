// What the value of a label is. Shared by the build script and the reader (`include!`d there).

/// What the value behind a label is, and so how far it goes and what is marked in it. `data/labels.toml` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Field {
    /// Not identifying: the label only ends the value before it.
    Plain = 1,
    /// A name, whatever the words are ("Name: Long, Hand").
    Name,
    /// A person or what stands in for one ("Provider: cardiology").
    Person,
    /// Somebody or something ("To:", "Re:", "From:"): a name only where it is plainly one.
    Addressee,
    /// One to four letters.
    Initials,
    /// A date; a year alone stays.
    Date,
    /// An age: marked from ninety on.
    Age,
    /// A whole address: street, city, postal code.
    Address,
    City,
    County,
    Zip,
    Facility,
    Employer,
    Phone,
    Fax,
    Email,
    Ssn,
    Mrn,
    Plan,
    Account,
    License,
    Vehicle,
    Device,
    Url,
    Ip,
    Biometric,
    Photo,
    /// Any other number or code.
    Other,
    /// A user name: may have no digit.
    Handle,
    /// "name", "id", "value", "display" as a key: the object around it says whose.
    Inner,
    /// A segment of an HL7 v2 message.
    Segment,
}

impl Field {
    /// Every field with the name that `data/labels.toml` gives it.
    pub(crate) const ALL: &'static [(&'static str, Field)] = &[
        ("PLAIN", Field::Plain),
        ("NAME", Field::Name),
        ("PERSON", Field::Person),
        ("ADDRESSEE", Field::Addressee),
        ("INITIALS", Field::Initials),
        ("DATE", Field::Date),
        ("AGE", Field::Age),
        ("ADDRESS", Field::Address),
        ("CITY", Field::City),
        ("COUNTY", Field::County),
        ("ZIP", Field::Zip),
        ("FACILITY", Field::Facility),
        ("EMPLOYER", Field::Employer),
        ("PHONE", Field::Phone),
        ("FAX", Field::Fax),
        ("EMAIL", Field::Email),
        ("SSN", Field::Ssn),
        ("MRN", Field::Mrn),
        ("PLAN", Field::Plan),
        ("ACCOUNT", Field::Account),
        ("LICENSE", Field::License),
        ("VEHICLE", Field::Vehicle),
        ("DEVICE", Field::Device),
        ("URL", Field::Url),
        ("IP", Field::Ip),
        ("BIOMETRIC", Field::Biometric),
        ("PHOTO", Field::Photo),
        ("OTHER", Field::Other),
        ("HANDLE", Field::Handle),
        ("INNER", Field::Inner),
        ("SEGMENT", Field::Segment),
    ];

    /// In a label's value: the label may stand before its value with no sign between ("MRN 1234567").
    pub(crate) const BARE: u8 = 0x80;
    /// In a label's value: a label only as the key of an object, element or column ("last", "display").
    pub(crate) const KEY: u8 = 0x40;

    /// What the low bits of a label's value say.
    pub(crate) fn of(value: u16) -> Option<Self> {
        Self::ALL.iter().map(|(_, field)| *field).find(|field| *field as u16 == value & 0x3f)
    }
}

/// Where a label's value says which group of heads it is of ("attending", "mother"), from one on; 0 for none.
pub(crate) const GROUP_AT: u32 = 8;

/// How many bits the filter of the words inside labels has; about one in twenty-five of all other words passes it.
pub(crate) const INNER_BITS: u64 = 1 << 14;

/// The key that the tails of a group of heads begin with: "mother" is a head, "phone number" a tail.
pub(crate) const fn tail_seed(group: u16) -> u64 {
    (group as u64).wrapping_mul(0xa076_1d64_78bd_642f)
}

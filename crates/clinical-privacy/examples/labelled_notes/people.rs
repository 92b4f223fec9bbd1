//! Invented people and the forms in which notes write them.

use crate::banks::Banks;
use crate::marked::Marked;
use crate::rng::Rng;

/// Somebody a note speaks of.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) first: String,
    pub(crate) middle: String,
    pub(crate) last: String,
    suffix: &'static str,
    nick: String,
    pub(crate) female: bool,
    credential: &'static str,
    /// How a staff member is addressed; empty for others.
    title: &'static str,
    /// What a relative is to the patient.
    pub(crate) relation: &'static str,
}

const CREDENTIALS: [&str; 9] = ["MD", "M.D.", "DO", "MD, PhD", "MD FACS", "MBBS", "MD, FACC", "MD, MPH", "D.O."];
const OTHERS: [&str; 13] =
    ["RN", "NP", "PA-C", "LCSW", "PharmD", "RN, BSN", "DPT", "FNP-BC", "CRNA", "LPN", "MSW", "RD", "CNM"];
const FEMALE_KIN: [&str; 13] = [
    "mother",
    "daughter",
    "wife",
    "sister",
    "aunt",
    "grandmother",
    "granddaughter",
    "niece",
    "mother-in-law",
    "partner",
    "fiancee",
    "stepmother",
    "cousin",
];
const MALE_KIN: [&str; 13] = [
    "father",
    "son",
    "husband",
    "brother",
    "uncle",
    "grandfather",
    "grandson",
    "nephew",
    "son-in-law",
    "partner",
    "ex-husband",
    "stepfather",
    "cousin",
];

impl Person {
    /// A new person of some naming tradition.
    pub(crate) fn new(rng: &mut Rng, banks: &Banks, female: bool) -> Person {
        let culture = if rng.chance(34) {
            "anglo".to_owned()
        } else {
            banks.cultures().get(rng.below(banks.cultures().len())).cloned().unwrap_or_default()
        };
        let key = if female { "female" } else { "male" };
        let given = |rng: &mut Rng, word: u32| {
            if rng.chance(14) {
                invented(rng, banks, "parts.given_end")
            } else if rng.chance(word) {
                banks.pick(rng, &format!("words.{key}")).to_owned()
            } else {
                banks.pick(rng, &format!("{culture}.{key}")).to_owned()
            }
        };
        let first = given(rng, 13);
        let middle = given(rng, 10);
        let mut last = surname(rng, banks, &culture);
        if !last.contains([' ', '-']) && rng.chance(7) {
            last = format!("{last}-{}", surname(rng, banks, "anglo"));
        }
        Person {
            first,
            middle,
            last,
            suffix: if !female && rng.chance(7) { rng.of(&["Jr.", "III", "Sr.", "II", "Jr", "IV"]) } else { "" },
            nick: banks.pick(rng, "called.nick").to_owned(),
            female,
            credential: "",
            title: "",
            relation: "",
        }
    }

    /// Somebody of the family, who shares the patient's surname more often than not.
    pub(crate) fn relative(rng: &mut Rng, banks: &Banks, patient: &Person, female: bool) -> Person {
        let mut person = Person::new(rng, banks, female);
        if rng.chance(55) {
            person.last.clone_from(&patient.last);
        }
        person.relation = if female { rng.of(&FEMALE_KIN) } else { rng.of(&MALE_KIN) };
        person
    }

    /// Somebody of the staff.
    pub(crate) fn staff(rng: &mut Rng, banks: &Banks, doctor: bool) -> Person {
        let female = rng.chance(50);
        let mut person = Person::new(rng, banks, female);
        person.title = if doctor { "Dr." } else { "" };
        person.credential = if doctor { rng.of(&CREDENTIALS) } else { rng.of(&OTHERS) };
        person
    }

    fn initial(text: &str) -> String {
        text.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default()
    }

    fn honorific(&self, rng: &mut Rng) -> &'static str {
        match (self.title.is_empty(), self.female) {
            (false, _) => rng.of(&["Dr.", "Dr.", "Dr.", "Dr", "Doctor"]),
            (true, true) => rng.of(&["Ms.", "Mrs.", "Ms.", "Miss", "Ms", "Mrs"]),
            (true, false) => rng.of(&["Mr.", "Mr.", "Mr"]),
        }
    }

    fn with_suffix(&self, text: String) -> String {
        match self.suffix {
            "" => text,
            "Jr." | "Sr." => format!("{text}, {}", self.suffix),
            suffix => format!("{text} {suffix}"),
        }
    }

    /// The name in natural order, in one of its spellings.
    pub(crate) fn full(&self, rng: &mut Rng) -> String {
        let (first, middle, last) = (&self.first, &self.middle, &self.last);
        let initial = Person::initial(middle);
        match rng.weighted(&[50, 14, 6, 8, 3, 3, 2, 2]) {
            0 => format!("{first} {last}"),
            1 => self.with_suffix(format!("{first} {initial}. {last}")),
            2 => format!("{first} {initial} {last}"),
            3 => self.with_suffix(format!("{first} {middle} {last}")),
            4 => format!("{first} \"{}\" {last}", self.nick),
            5 => format!("{first} ({}) {last}", self.nick),
            6 => format!("{}. {middle} {last}", Person::initial(first)),
            _ => self.with_suffix(format!("{first} {last}")),
        }
    }

    /// The surname first, in one of its spellings.
    fn surname_first(&self, rng: &mut Rng) -> String {
        let (first, middle, last) = (&self.first, &self.middle, &self.last);
        let initial = Person::initial(middle);
        match rng.weighted(&[30, 12, 10, 16, 16, 8, 6, 4, 4]) {
            0 => format!("{last}, {first}"),
            1 => format!("{last}, {first} {initial}."),
            2 => format!("{last}, {first} {initial}"),
            3 => format!("{last}, {first}").to_uppercase(),
            4 => format!("{last}, {first} {initial}").to_uppercase(),
            5 => format!("{last},{first}").to_uppercase(),
            6 => format!("{last}, {first} {middle}"),
            7 => format!("{last} {}, {first}", self.suffix).replace(" ,", ","),
            _ => format!("{last}, {}.", Person::initial(first)),
        }
    }

    fn initials(&self, rng: &mut Rng) -> String {
        let (f, m, l) = (Person::initial(&self.first), Person::initial(&self.middle), Person::initial(&self.last));
        match rng.below(5) {
            0 => format!("{f}.{l}."),
            1 | 2 => format!("{f}{l}"),
            3 => format!("{f}{m}{l}"),
            _ => format!("{f}. {l}."),
        }
    }

    /// Writes the person in a form by name; an unknown form is the full name.
    pub(crate) fn write(&self, form: &str, rng: &mut Rng, out: &mut Marked) {
        let name = |out: &mut Marked, text: &str| out.id("NAME", text);
        match form {
            "any" => {
                let form =
                    rng.of(&["title", "title", "title", "full", "full", "first", "last", "plain", "lower", "ilast"]);
                self.write(form, rng, out);
            }
            "title" => {
                out.either("TITLE", self.honorific(rng));
                out.push(" ");
                match rng.below(12) {
                    0 => name(out, &self.full(rng)),
                    1 => name(out, &self.last.to_lowercase()),
                    2 => name(out, &self.last.to_uppercase()),
                    _ => name(out, &self.last),
                }
            }
            "titlefull" => {
                out.either("TITLE", self.honorific(rng));
                out.push(" ");
                name(out, &self.full(rng));
            }
            "first" => name(out, &self.first),
            "middle" => name(out, &self.middle),
            "last" => name(out, &self.last),
            "nick" => name(out, &self.nick),
            "plain" => name(out, &format!("{} {}", self.first, self.last)),
            "lower" => name(out, &format!("{} {}", self.first, self.last).to_lowercase()),
            "upper" => name(out, &self.full(rng).to_uppercase()),
            "lastfirst" => name(out, &self.surname_first(rng)),
            "ilast" => match rng.below(4) {
                0 => name(
                    out,
                    &format!("{}{} {}", Person::initial(&self.first), Person::initial(&self.middle), self.last),
                ),
                1 => {
                    let (f, m) = (Person::initial(&self.first), Person::initial(&self.middle));
                    name(out, &format!("{f}. {m}. {}", self.last));
                }
                2 => name(out, &format!("{}. {}", Person::initial(&self.first), self.last)),
                _ => name(out, &format!("{} {}.", self.first, Person::initial(&self.last))),
            },
            "lasti" => name(out, &format!("{}, {}.", self.last, Person::initial(&self.first))),
            "init" => name(out, &self.initials(rng)),
            "init_lower" => name(out, &self.initials(rng).replace(['.', ' '], "").to_lowercase()),
            "hl7" => {
                let text = match rng.below(3) {
                    0 => format!("{}^{}", self.last, self.first),
                    1 => format!("{}^{} {}", self.last, self.first, self.middle),
                    _ => format!("{}^{}^{}", self.last, self.first, Person::initial(&self.middle)),
                };
                name(out, &if rng.chance(75) { text.to_uppercase() } else { text });
            }
            "cred" => {
                name(out, &self.full(rng));
                if !self.credential.is_empty() {
                    out.push(if rng.chance(85) { ", " } else { " " });
                    out.either("CREDENTIAL", self.credential);
                }
            }
            "lastfirstcred" => {
                name(out, &self.surname_first(rng));
                if !self.credential.is_empty() {
                    out.push(if rng.chance(60) { ", " } else { " " });
                    out.either("CREDENTIAL", self.credential);
                }
            }
            "user" => out.id("OTHER_ID", &self.user(rng)),
            _ => name(out, &self.full(rng)),
        }
    }

    /// What an account of this person would be called.
    pub(crate) fn user(&self, rng: &mut Rng) -> String {
        let ascii = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        let (first, last) = (ascii(&self.first), ascii(&self.last));
        match rng.below(4) {
            0 => format!("{}{last}", first.chars().next().unwrap_or('x')),
            1 => format!("{first}.{last}"),
            2 => format!("{last}{}", rng.digits(2)),
            _ => format!("{first}_{last}{}", rng.digits(1)),
        }
    }
}

fn surname(rng: &mut Rng, banks: &Banks, culture: &str) -> String {
    match rng.weighted(&[22, 17, 61]) {
        0 => invented(rng, banks, "parts.last_end"),
        1 => banks.pick(rng, "words.last").to_owned(),
        _ => banks.pick(rng, &format!("{culture}.last")).to_owned(),
    }
}

/// A name from syllables that belongs to the part, so that no invented name is in both.
pub(crate) fn invented(rng: &mut Rng, banks: &Banks, ending: &str) -> String {
    let mut name = String::new();
    for _ in 0..64 {
        name.clear();
        name.push_str(banks.pick(rng, "parts.onset"));
        for _ in 0..1 + rng.below(2) {
            name.push_str(banks.pick(rng, "parts.middle"));
            name.push_str(banks.pick(rng, "parts.joint"));
        }
        name.push_str(banks.pick(rng, ending));
        if banks.part.holds(&name) {
            break;
        }
    }
    name
}

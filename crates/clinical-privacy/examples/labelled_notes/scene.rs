//! Who, where and when of one note, and the slots that templates fill from it.

use crate::banks::Banks;
use crate::calendar::{Day, ordinal};
use crate::codes::code;
use crate::holidays::holiday;
use crate::marked::Marked;
use crate::people::Person;
use crate::rng::Rng;
use crate::{ages, places, traps};

/// Everything that stays the same within one note.
pub(crate) struct Scene<'b> {
    pub(crate) rng: Rng,
    pub(crate) banks: &'b Banks,
    pub(crate) patient: Person,
    family: Vec<Person>,
    doctors: Vec<Person>,
    staff: Vec<Person>,
    pub(crate) hospital: String,
    pub(crate) clinic: String,
    pub(crate) employer: String,
    pub(crate) city: String,
    pub(crate) state: &'static str,
    pub(crate) zip: String,
    pub(crate) mrn: String,
    pub(crate) phone: String,
    pub(crate) visit: Day,
    pub(crate) born: Day,
    pub(crate) age: i64,
    style: u64,
}

const STATES: [(&str, &str); 16] = [
    ("CA", "California"),
    ("TX", "Texas"),
    ("NY", "New York"),
    ("OH", "Ohio"),
    ("MI", "Michigan"),
    ("FL", "Florida"),
    ("PA", "Pennsylvania"),
    ("MN", "Minnesota"),
    ("WA", "Washington"),
    ("GA", "Georgia"),
    ("NC", "North Carolina"),
    ("IL", "Illinois"),
    ("MA", "Massachusetts"),
    ("OR", "Oregon"),
    ("LA", "Louisiana"),
    ("WI", "Wisconsin"),
];

impl<'b> Scene<'b> {
    /// A scene around a new patient.
    pub(crate) fn new(mut rng: Rng, banks: &'b Banks, female: bool) -> Scene<'b> {
        let r = &mut rng;
        let patient = Person::new(r, banks, female);
        // A man and a woman stand at the end, for sentences that fit one of them only.
        let mut family: Vec<Person> = Vec::new();
        for at in 0..5 {
            let female = if at < 3 { r.chance(55) } else { at == 4 };
            family.push(Person::relative(r, banks, &patient, female));
        }
        let doctors = several(r, 4, |r| Person::staff(r, banks, true));
        let staff = several(r, 3, |r| Person::staff(r, banks, false));
        let visit = Day::of(r.range(2009, 2025), r.range(1, 12), r.range(1, 28));
        let age = if r.chance(16) { r.range(90, 104) } else { r.range(18, 89) };
        let born = Day(visit.0 - age * 365 - age / 4 - r.range(5, 350));
        let state = r.of(&STATES);
        let mut scene = Scene {
            hospital: String::new(),
            clinic: String::new(),
            employer: String::new(),
            city: banks.pick(r, "place.city").to_owned(),
            state: if r.chance(70) { state.0 } else { state.1 },
            zip: r.digits(5),
            mrn: code("mrn", r).map(|(_, text)| text).unwrap_or_default(),
            phone: crate::codes::phone(r),
            style: r.range(0, i64::from(u32::MAX)) as u64,
            rng,
            banks,
            patient,
            family,
            doctors,
            staff,
            visit,
            born,
            age,
        };
        if let Some(mrn) = places::shaped(&mut scene, "mrn") {
            scene.mrn = mrn;
        }
        scene.hospital = places::organisation(&mut scene, "org.hospital");
        scene.clinic = places::organisation(&mut scene, "org.clinic");
        scene.employer = places::organisation(&mut scene, "org.employer");
        scene
    }

    fn person(&self, who: &str) -> Option<&Person> {
        match who {
            "pt" => Some(&self.patient),
            "rel" => self.family.first(),
            "rel2" => self.family.get(1),
            "rel3" => self.family.get(2),
            "man" => self.family.get(3),
            "woman" => self.family.get(4),
            "doc" => self.doctors.first(),
            "doc2" => self.doctors.get(1),
            "doc3" => self.doctors.get(2),
            "doc4" => self.doctors.get(3),
            "nurse" => self.staff.first(),
            "staff" => self.staff.get(1),
            "staff2" => self.staff.get(2),
            _ => None,
        }
    }

    /// Fills one slot; what is not known is written as it stands, so that a misspelt slot is seen.
    pub(crate) fn slot(&mut self, slot: &str, out: &mut Marked) {
        let (head, tail) = slot.split_once('.').unwrap_or((slot, ""));
        if let Some(person) = self.person(head).cloned() {
            return match tail {
                "kin" => out.push(person.relation),
                "he" => out.push(if person.female { "she" } else { "he" }),
                "his" => out.push(if person.female { "her" } else { "his" }),
                "email" => {
                    let listed = places::shaped(self, "domain");
                    let domain = listed.as_deref().unwrap_or_else(|| {
                        self.rng.of(&[
                            "gmail.com",
                            "yahoo.com",
                            "outlook.com",
                            "aol.com",
                            "proton.me",
                            "hosp.example.org",
                            "med.example.edu",
                            "btinternet.co.uk",
                            "va.example.gov",
                        ])
                    });
                    out.id("EMAIL", &format!("{}@{domain}", person.user(&mut self.rng)));
                }
                form => person.write(form, &mut self.rng, out),
            };
        }
        if let Some(choices) = slot.strip_prefix("pick:") {
            let choices: Vec<&str> = choices.split('|').collect();
            return out.push(self.rng.of(&choices));
        }
        if let Some((low, high)) = slot.strip_prefix("n:").and_then(|range| range.split_once('-')) {
            let (low, high) = (low.parse().unwrap_or(1), high.parse().unwrap_or(9));
            return out.push(&self.rng.range(low, high).to_string());
        }
        match head {
            "date" => self.date(tail, out),
            "age" | "ptage" => ages::write(self, head, tail, out),
            "t" => traps::write(self, tail, out),
            "he" => out.push(if self.patient.female { "she" } else { "he" }),
            "He" => out.push(if self.patient.female { "She" } else { "He" }),
            "his" => out.push(if self.patient.female { "her" } else { "his" }),
            "His" => out.push(if self.patient.female { "Her" } else { "His" }),
            "him" => out.push(if self.patient.female { "her" } else { "him" }),
            "sex" => out.push(if self.patient.female { "F" } else { "M" }),
            "gender" => out.push(if self.patient.female { "female" } else { "male" }),
            "clin" => out.push(self.banks.pick(&mut self.rng, &format!("closed.{tail}"))),
            "time" => {
                let (hour, minute) = (self.rng.range(0, 23), self.rng.range(0, 59));
                let text = match self.rng.below(3) {
                    0 => format!("{hour:02}:{minute:02}"),
                    1 => format!("{hour:02}{minute:02}"),
                    _ => format!("{}:{minute:02} {}", hour % 12 + 1, self.rng.of(&["AM", "PM", "am", "pm"])),
                };
                out.either("TIME", &text);
            }
            "weekday" => {
                let day = Day(self.visit.0 + self.rng.range(0, 6));
                out.either("WEEKDAY", day.weekday());
            }
            "room" => {
                let shape = self.rng.of(&["3##", "4##-@", "#@", "ICU-#", "2##A"]);
                let text = self.rng.shaped(shape);
                out.either("ROOM", &text);
            }
            "insurer" => {
                let text = self.banks.pick(&mut self.rng, "org.insurer").to_owned();
                out.either("INSURER", &text);
            }
            _ => places::write(self, head, tail, out),
        }
    }

    fn date(&mut self, form: &str, out: &mut Marked) {
        let near = Day(self.visit.0 - self.rng.range(0, 500));
        let later = Day(self.visit.0 + self.rng.range(2, 120));
        // Most notes write figures in one way only.
        let mut style = Rng::new(if self.rng.chance(70) { self.style } else { self.rng.range(0, 1 << 30) as u64 });
        let rng = &mut self.rng;
        match form {
            "visit" => self.visit.numeric(&mut style, out),
            "visitlong" => self.visit.long(rng, out),
            "visitiso" => out.id("DATE", &self.visit.iso()),
            "visitp" => self.visit.partial(rng, out),
            "dob" => self.born.numeric(&mut style, out),
            "dobany" => self.born.any(rng, out),
            "dobiso" => out.id("DATE", &self.born.iso()),
            "dobhl7" => out.id("DATE", &self.born.compact()),
            "num" => near.numeric(&mut style, out),
            "long" => near.long(rng, out),
            "iso" => out.id("DATE", &near.iso()),
            "hl7" => {
                out.id("DATE", &self.visit.compact());
                let text = format!("{:02}{:02}{:02}", rng.range(0, 23), rng.range(0, 59), rng.range(0, 59));
                out.either("TIME", &text);
            }
            "hl7day" => out.id("DATE", &near.compact()),
            "time" => near.timed(rng, out),
            "visittime" => self.visit.timed(rng, out),
            "partial" => near.partial(rng, out),
            "my" => near.month_year(rng, out),
            "spelled" => near.spelled(rng, out),
            "range" => near.range(rng, out),
            "holiday" => holiday(rng, self.visit.parts().0, out),
            "admit" => Day(self.visit.0 - 6).numeric(&mut style, out),
            "next" => later.any(rng, out),
            "nextp" => later.partial(rng, out),
            "old" => Day(self.visit.0 - rng.range(900, 9000)).any(rng, out),
            "ordinal" => {
                let (_, _, d) = near.parts();
                out.either("DATE", "the ");
                out.id("DATE", &ordinal(d));
            }
            _ => near.any(rng, out),
        }
    }
}

/// So many people with surnames of their own.
fn several(rng: &mut Rng, count: usize, mut one: impl FnMut(&mut Rng) -> Person) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for _ in 0..count * 8 {
        let person = one(rng);
        if people.len() < count && people.iter().all(|p| p.last != person.last) {
            people.push(person);
        }
    }
    people
}

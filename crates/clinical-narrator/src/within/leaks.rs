//! Notes and records of people who do not exist: nothing that tells who they are reaches a request.

use crate::prepared::{Prepared, prepare};
use crate::sentence::{Sentence, Topic};
use clinical_intake::note::{outline, words::tokens};
use clinical_lexicon::Lexicon;
use clinical_model::Stop;
use clinical_privacy::{Known, known_from_ccda, known_from_fhir};

/// Somebody with all that belongs to them.
struct Somebody {
    given: &'static str,
    family: &'static str,
    daughter: &'static str,
    doctor: (&'static str, &'static str),
    street: &'static str,
    city: &'static str,
    zip: &'static str,
    phone: &'static str,
    mrn: &'static str,
    employer: &'static str,
    clinic: &'static str,
    mail: &'static str,
    born: &'static str,
}

macro_rules! people {
    ($([$($field:expr),*],)*) => { [$(somebody($($field),*)),*] };
}

#[expect(clippy::too_many_arguments, reason = "a row of a table")]
const fn somebody(
    given: &'static str,
    family: &'static str,
    daughter: &'static str,
    doctor: (&'static str, &'static str),
    street: &'static str,
    city: &'static str,
    zip: &'static str,
    phone: &'static str,
    mrn: &'static str,
    employer: &'static str,
    clinic: &'static str,
    mail: &'static str,
    born: &'static str,
) -> Somebody {
    Somebody { given, family, daughter, doctor, street, city, zip, phone, mrn, employer, clinic, mail, born }
}

const PEOPLE: [Somebody; 12] = people! {
    ["Odalys", "Brackwater", "Fenella", ("Alma", "Quennell"), "12 Larkspur Lane", "Brindlecombe", "49182", "(617) 555-0143", "48213377", "Harrowgate Steel", "Larch Valley Clinic", "odalys.b@mail.example", "1961-03-05"],
    ["Grace", "Long", "Hope", ("Will", "Young"), "7 Mill Road", "Farrowdale", "02139", "617-555-0188", "00731942", "Pelham Bakery", "Stonebridge Hospital", "glong@post.example", "1948-11-30"],
    ["May", "Winters", "June", ("Rose", "Park"), "404 Chestnut Avenue", "Oakmere", "30318", "404.555.0107", "A7731042", "Tidewell Freight", "Saint Wenna Medical Center", "may.winters@inbox.example", "1972-05-01"],
    ["José", "Núñez", "Marisol", ("Ángel", "Ibáñez"), "88 Calle Robles", "Valdemora", "85281", "(480) 555-0166", "5550912", "Cordova Tile Works", "Rio Alto Clinic", "jnunez@correo.example", "1985-07-19"],
    ["Anne-Marie", "Oduya-Blake", "Temperance", ("Nnamdi", "Okonkwo"), "3 Quarry Close", "Thistledown", "10027", "212 555 0119", "MRN-99213", "Bellweather Press", "Northgate Surgery", "am.oduya@post.example", "1990-02-28"],
    ["Siobhan", "O'Rourke", "Niamh", ("Declan", "McGillicuddy"), "19 Harbour Street", "Kilbrannock", "02466", "617 555 0134", "7712-8834", "Dunmore Shipping", "Harbourview Hospital", "siobhan@orourke.example", "1955-12-12"],
    ["Pieter", "van der Meulen", "Liesbeth", ("Katrijn", "de Groot"), "55 Dyke Lane", "Oosterhaven", "49423", "(616) 555-0170", "30048127", "Meulen Cheese Company", "Lakeshore Family Practice", "pvdm@mail.example", "1944-04-04"],
    ["Wei", "Zhang", "Mei", ("Xiaoling", "Ouyang"), "200 Jasmine Court", "Millbrook Falls", "94110", "415-555-0193", "66120985", "Golden Orchard Foods", "Bayside Clinic", "weizhang@inbox.example", "1969-09-09"],
    ["Dmitri", "Volkonsky", "Anastasia", ("Yelena", "Rostova"), "17 Birch Terrace", "Petrograd Heights", "60614", "+1 773 555 0121", "V-204418", "Samovar Catering", "Lincoln Heart Institute", "dvolkonsky@post.example", "1958-06-21"],
    ["Lakshmi", "Venkataraman", "Priyanka", ("Subramaniam", "Iyengar"), "31 Lotus Drive", "Chandrapur Mills", "08817", "732-555-0155", "81204467", "Kaveri Software", "Edison Women's Health", "lakshmi.v@mail.example", "1979-01-15"],
    ["Hope", "Field", "Faith", ("Summer", "Banks"), "9 Church Hill", "Springwater", "37203", "(615) 555-0112", "H0092817", "Riverside Nursery", "Good Shepherd Hospital", "hope.field@inbox.example", "2001-08-08"],
    ["Thelonious", "Marchbanks", "Clementine", ("Ezekiel", "Thornbury"), "1600 Juniper Boulevard", "Ashgrove", "80205", "303-555-0148", "22987134", "Copperline Electric", "Rocky Ford Clinic", "t.marchbanks@post.example", "1966-10-02"],
};

impl Somebody {
    /// What must not be seen anywhere: words in small letters, or digits.
    fn secrets(&self) -> Vec<String> {
        let mut all =
            vec![self.mrn.to_lowercase(), self.zip.to_owned(), self.mail.to_lowercase(), self.born.to_owned()];
        all.push(self.phone.chars().filter(char::is_ascii_digit).collect::<String>()[3..].to_owned());
        for name in [self.given, self.family, self.daughter, self.doctor.0, self.doctor.1, self.city] {
            all.extend(name.split([' ', '-']).filter(|part| part.len() > 3).map(str::to_lowercase));
        }
        let own = |place: &str| place.split_whitespace().next().unwrap().to_lowercase();
        all.push(self.street.split_once(' ').unwrap().1.to_lowercase());
        all.extend([own(self.employer), own(self.clinic)]);
        all
    }

    fn birthday(&self) -> String {
        let parts: Vec<&str> = self.born.split('-').collect();
        format!("{}/{}/{}", parts[1], parts[2], parts[0])
    }

    /// Sentences of a chart, with a name in each way that names are written.
    fn sentences(&self) -> Vec<String> {
        let Self { given, family, daughter, doctor: (first, last), street, city, zip, phone, employer, .. } = self;
        let Self { clinic, mail, mrn, .. } = self;
        let (upper, birthday) = (family.to_uppercase(), self.birthday());
        vec![
            format!("{given} {family} came in with a cough and a sore throat."),
            format!("{upper}, {given} was seen for swelling of the left ankle."),
            format!("Mr. {family} says that the pain is worse when he walks uphill."),
            format!("{family}'s wound looks clean and dry, without redness."),
            format!("We talked with {given} about eating less salt at home."),
            format!("The daughter, {daughter}, helps with the pills and drives to visits."),
            format!("Dr. {first} {last} looked at the scan and found no stone."),
            format!("Please call Dr. {last} if the fever comes back or the cough gets worse."),
            format!("The patient lives at {street}, {city} {zip} and walks with a cane."),
            format!("Call {phone} with any questions about the bandage or the bath."),
            format!("The patient works at {employer} and lifts heavy boxes all day."),
            format!("Transfer from {clinic} for more care of the kidney infection."),
            format!("Send photos of the rash to {mail} before the next visit please."),
            format!("MRN {mrn} was checked before blood was taken from the right arm."),
            format!("Born on {birthday}, the patient had measles as a child."),
            format!("Wash the skin with soap and water and keep the wound covered."),
        ]
    }

    fn note(&self, style: usize) -> String {
        let Self { given, family, doctor: (first, last), street, city, zip, phone, mrn, clinic, .. } = self;
        let (birthday, body) = (self.birthday(), self.sentences());
        let Self { daughter, employer, mail, .. } = self;
        match style {
            2 => self.note(0).to_lowercase(),
            3 => self.note(1).to_uppercase(),
            0 => format!(
                "{clinic}\nPatient: {given} {family}\nDOB: {birthday}\nMRN: {mrn}\nAddress: {street}, {city} {zip}\nPhone: {phone}\nEmail: {mail}\nEmployer: {employer}\nEmergency contact: {daughter} {family} (daughter)\nPCP: {first} {last}, MD\n\nHISTORY OF PRESENT ILLNESS:\n{}\n\nElectronically signed by {first} {last}, MD\n",
                body.join(" ")
            ),
            _ => format!(
                "Name: {}, {given}   Date of Birth: {birthday}   Medical Record Number: {mrn}\nFacility: {clinic}\nAttending: Dr. {first} {last}\nEmployer: {employer}\nNext of kin: {daughter} {family}\nCity: {city}\n\nHospital Course\n- {}\n\nDictated by: {first} {last}\n",
                family.to_uppercase(),
                body.join("\n- ")
            ),
        }
    }

    fn bundle(&self) -> String {
        let Self { given, family, doctor: (first, last), street, city, zip, phone, mrn, clinic, .. } = self;
        let Self { daughter, employer, mail, born, .. } = self;
        format!(
            r#"{{"resourceType":"Bundle","type":"collection","entry":[
{{"resource":{{"resourceType":"Patient","id":"p1","identifier":[{{"type":{{"coding":[{{"code":"MR"}}]}},"value":"{mrn}"}}],"name":[{{"family":"{family}","given":["{given}"]}}],"telecom":[{{"system":"phone","value":"{phone}"}},{{"system":"email","value":"{mail}"}}],"birthDate":"{born}","address":[{{"line":["{street}"],"city":"{city}","postalCode":"{zip}"}}],"contact":[{{"name":{{"family":"{family}","given":["{daughter}"]}}}}]}}}},
{{"resource":{{"resourceType":"Practitioner","id":"d1","name":[{{"family":"{last}","given":["{first}"]}}]}}}},
{{"resource":{{"resourceType":"Organization","id":"o1","name":"{clinic}"}}}},
{{"resource":{{"resourceType":"Organization","id":"o2","name":"{employer}"}}}}]}}"#
        )
    }

    fn document(&self) -> String {
        let Self { given, family, doctor: (first, last), street, city, zip, phone, mrn, clinic, .. } = self;
        let Self { daughter, employer, mail, born, .. } = self;
        let born = born.replace('-', "");
        format!(
            r#"<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><id root="2.16.840.1.113883.19.5" extension="{mrn}"/><addr><streetAddressLine>{street}</streetAddressLine><city>{city}</city><postalCode>{zip}</postalCode></addr><telecom value="tel:{phone}"/><telecom value="mailto:{mail}"/><patient><name><given>{given}</given><family>{family}</family></name><birthTime value="{born}"/></patient><providerOrganization><name>{clinic}</name></providerOrganization></patientRole></recordTarget><author><assignedAuthor><assignedPerson><name><given>{first}</given><family>{last}</family></name></assignedPerson><representedOrganization><name>{employer}</name></representedOrganization></assignedAuthor></author><participant typeCode="IND"><associatedEntity classCode="NOK"><associatedPerson><name><given>{daughter}</given><family>{family}</family></name></associatedPerson></associatedEntity></participant></ClinicalDocument>"#
        )
    }
}

fn asked(sentences: &[&str], context: &str, known: &Known) -> Prepared {
    let sentences: Vec<Sentence<'_>> = sentences.iter().map(|text| Sentence { text, topic: Topic::Finding }).collect();
    prepare(&sentences, context, known, Lexicon::english().unwrap(), Stop::never()).unwrap()
}

/// What stands in the requests and must not; and how many sentences were asked about.
fn leaks(prepared: &Prepared, secrets: &[String]) -> (Vec<String>, usize) {
    let mut found = Vec::new();
    let mut count = 0;
    for ask in prepared.telling(Lexicon::english().unwrap(), Stop::never()).unwrap() {
        let value: serde_json::Value = serde_json::from_str(ask.user.text()).unwrap();
        for sentence in value["sentences"].as_array().unwrap() {
            let text = sentence["text"].as_str().unwrap();
            let words: Vec<String> =
                text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
            let told = secrets.iter().filter(|secret| {
                let is_word = secret.chars().all(char::is_alphabetic);
                if is_word { words.contains(secret) } else { text.to_lowercase().contains(secret.as_str()) }
            });
            found.extend(told.map(|secret| format!("{secret}: {text}")));
            count += 1;
        }
        assert_eq!(ask.sentences, value["sentences"].as_array().unwrap().len());
    }
    (found, count)
}

#[test]
fn nobody_is_named_in_what_is_asked_about_a_note() {
    let lexicon = Lexicon::english().unwrap();
    let (mut told, mut count, mut notes) = (Vec::new(), 0, 0);
    for somebody in &PEOPLE {
        for style in 0..4 {
            let note = somebody.note(style);
            let sentences = outline::read(&note, &tokens(&note), lexicon, Stop::never()).sentences;
            let sentences: Vec<&str> = sentences.iter().filter_map(|s| note.get(s.span.clone())).collect();
            let prepared = asked(&sentences, &note, &Known::new());
            let (found, asked) = leaks(&prepared, &somebody.secrets());
            told.extend(found);
            // In capitals alone nothing is asked about but what holds a small letter.
            if style < 3 {
                (count, notes) = (count + asked, notes + 1);
            }
        }
    }
    assert!(told.is_empty(), "{} of {count}:\n{}", told.len(), told.join("\n"));
    // A gate that hides everything would pass the line above.
    assert!(count > notes * 10, "{count} sentences of {notes} notes");
}

#[test]
fn nobody_is_named_in_what_is_asked_about_a_record() {
    let (mut told, mut count, mut records) = (Vec::new(), 0, 0);
    for somebody in &PEOPLE {
        let bundle = somebody.bundle();
        let bundle = clinical_json::Document::parse(bundle.as_bytes()).unwrap();
        let known = [known_from_fhir(&bundle), known_from_ccda(&somebody.document(), Stop::never()).unwrap()];
        for known in &known {
            let sentences = somebody.sentences();
            let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
            let prepared = asked(&sentences, &sentences.join("\n"), known);
            let (found, asked) = leaks(&prepared, &somebody.secrets());
            told.extend(found);
            count += asked;
            records += 1;
        }
    }
    assert!(told.is_empty(), "{} of {count}:\n{}", told.len(), told.join("\n"));
    assert!(count > records * 10, "{count} sentences of {records} records");
}

#[test]
fn nobody_is_named_where_only_the_record_tells_the_name() {
    for somebody in &PEOPLE {
        let bundle = somebody.bundle();
        let known = known_from_fhir(&clinical_json::Document::parse(bundle.as_bytes()).unwrap());
        for sentence in somebody.sentences() {
            let (found, _) = leaks(&asked(&[&sentence], "", &known), &somebody.secrets());
            assert!(found.is_empty(), "{}", found.join("\n"));
        }
    }
}

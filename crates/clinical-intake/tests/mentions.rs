//! What a note names, and what it says of it, on notes of our own.
#![expect(clippy::unwrap_used, reason = "a test says where it fails")]

use clinical_intake::note::mention::{Experiencer, Mention, MentionKind, Temporality, mentions, targets};
use clinical_intake::note::{outline, words::tokens};
use clinical_lexicon::Lexicon;
use clinical_model::{Assertion, CodeSystem, Stop};

fn read(text: &str) -> Vec<Mention> {
    let (words, lexicon) = (tokens(text), Lexicon::english().unwrap());
    mentions(text, &words, &outline::read(text, &words, lexicon, Stop::never()), lexicon, Stop::never())
}

/// The names of one kind, as they stand.
fn names(text: &str, kind: MentionKind) -> Vec<&str> {
    read(text).into_iter().filter(|m| m.kind == kind).map(|m| &text[m.span]).collect()
}

fn problems(text: &str) -> Vec<&str> {
    names(text, MentionKind::Problem)
}

fn medicines(text: &str) -> Vec<&str> {
    names(text, MentionKind::Medicine)
}

#[test]
fn a_finding_has_its_words_of_place_and_kind() {
    for (text, want) in [
        ("He has left lower back pain.", vec!["left lower back pain"]),
        ("A 2/6 systolic ejection murmur.", vec!["systolic ejection murmur"]),
        ("Acute on chronic kidney disease.", vec!["chronic kidney disease"]),
        ("Mild swelling of the ankle.", vec!["swelling"]),
        ("Type 2 diabetes and gout.", vec!["Type 2 diabetes", "gout"]),
        ("Nausea, vomiting and diarrhea.", vec!["Nausea", "vomiting", "diarrhea"]),
        ("Medial meniscus tear; joint-line tenderness.", vec!["Medial meniscus tear", "joint-line tenderness"]),
        ("The abdomen is tender. She is nauseous.", vec!["tender", "nauseous"]),
        ("An acute exacerbation of asthma.", vec!["acute exacerbation of asthma"]),
        (
            "Decreased grip strength, limited range of motion.",
            vec!["Decreased grip strength", "limited range of motion"],
        ),
        ("Elevated blood sugar levels.", vec!["Elevated blood sugar levels"]),
        ("Increased shoulder pain today.", vec!["shoulder pain"]),
        ("Nausea/vomiting. Redness/swelling.", vec!["Nausea/vomiting", "Redness", "swelling"]),
        ("Crohn\u{2019}s disease, non-Hodgkin's lymphoma.", vec!["Crohn\u{2019}s disease", "non-Hodgkin's lymphoma"]),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
}

#[test]
fn words_of_no_list_are_known_by_their_ends() {
    assert_eq!(
        problems("Seen for sphenopalatinitis and dermatocranialgia."),
        ["sphenopalatinitis", "dermatocranialgia"]
    );
    assert_eq!(medicines("Given lumazopril and then vistacillin."), ["lumazopril", "vistacillin"]);
    for text in ["The diagnosis and prognosis were told.", "He works in the academia of April.", "A sterol protocol."] {
        assert_eq!(problems(text), [""; 0], "{text}");
        assert_eq!(medicines(text), [""; 0], "{text}");
    }
}

#[test]
fn what_is_no_finding_is_left_alone() {
    for text in [
        "No acute distress. Well nourished.",
        "The pain score was asked. She takes pain medication from the pain clinic.",
        "Abdomen: soft, non-tender, nondistended.",
        "Blood pressure and heart rate were taken.",
        "The condition and other symptoms were discussed. Chronic conditions are stable.",
        "He is a single student, married once, and a non-smoker.",
        "She left the room on the right side and fell asleep in the cold.",
        "It gave her all she had.",
        "Physical therapy for range of motion.",
    ] {
        assert_eq!(problems(text), [""; 0], "{text}");
    }
}

#[test]
fn medicines_are_named_by_ingredient_brand_class_or_dose() {
    assert_eq!(
        medicines("Takes lisinopril 10 mg, Lasix, a beta blocker, fish oil and ibuprofen."),
        ["lisinopril", "Lasix", "beta blocker", "fish oil", "ibuprofen"]
    );
    assert_eq!(medicines("We start Zorbaflex 20 mg daily."), ["Zorbaflex"]);
    assert_eq!(medicines("Potassium 3.9, magnesium 1.7, glucose 100 mg/dL, vitamin D level 30."), [""; 0]);
    assert_eq!(medicines("She takes potassium 20 meq and vitamin D."), ["potassium", "vitamin D"]);
    assert_eq!(medicines("MEDICATIONS\n\nVitamin D.\nIron.\n"), ["Vitamin D", "Iron"]);
    assert_eq!(medicines("Uses a nicotine patch."), ["nicotine patch"]);
}

#[test]
fn names_and_codes_are_those_of_the_lexicon_and_only_of_the_whole() {
    let all = read("Asthma. Severe left asthma. Metformin. Hemoglobin was taken.");
    let asthma = &all[0];
    assert_eq!((asthma.name, asthma.code.map(|c| c.0)), (Some("Asthma"), Some(CodeSystem::Snomed)));
    assert_eq!((all[1].name, all[1].code), (Some("Asthma"), None), "the code is not of these words");
    assert_eq!((all[2].kind, all[2].code.map(|c| c.0)), (MentionKind::Medicine, Some(CodeSystem::RxNorm)));
    assert_eq!(all[3].kind, MentionKind::Test);
}

/// The assertion of each problem and medicine.
fn said(text: &str) -> Vec<(&str, Assertion)> {
    read(text).into_iter().map(|m| (&text[m.span], m.assertion)).collect()
}

#[test]
fn a_section_tells_of_whom_and_what_is_not_taken() {
    use Assertion::{Absent, Family, Present};
    let text = "FAMILY HISTORY\n\nMother: asthma.\nDenies gout.\n\nALLERGIES\n\nPenicillin.\n\nPLAN\n\nGout. Continue aspirin.\n";
    assert_eq!(
        said(text),
        [("asthma", Family), ("gout", Absent), ("Penicillin", Absent), ("Gout", Present), ("aspirin", Present)]
    );
    assert_eq!(read(text)[1].experiencer, Experiencer::Family);
}

#[test]
fn allergies_to_medicines_are_not_medicines_taken() {
    for text in [
        "Allergic to amoxicillin.",
        "She has an allergy to amoxicillin.",
        "Amoxicillin allergy.",
        "Allergies: amoxicillin.",
    ] {
        let mention = read(text).into_iter().find(|m| m.kind == MentionKind::Medicine).unwrap();
        assert_eq!(mention.assertion, Assertion::Absent, "{text}");
    }
}

#[test]
fn as_needed_for_a_problem_that_is_there_says_that_it_is_there() {
    use Assertion::{Hypothetical, Present};
    assert_eq!(said("Ibuprofen as needed for pain.")[1].1, Hypothetical);
    assert_eq!(said("He has knee pain.\nIbuprofen as needed for pain.")[2].1, Present);
}

#[test]
fn what_is_planned_is_said() {
    let all = read("We will start metformin.");
    assert_eq!((all[0].assertion, all[0].temporality), (Assertion::Present, Temporality::Planned));
}

#[test]
fn given_phrases_are_found_whole_in_any_case() {
    let text = "No FLYING  spots; flying\nspots were seen. Flyingspots, spots.";
    let asked = ["flying spots".to_owned(), "spots".to_owned(), " ".to_owned(), "not there".to_owned()];
    let lexicon = Lexicon::english().unwrap();
    let outline = clinical_intake::note::outline::Outline {
        sections: vec![clinical_intake::note::outline::Section {
            kind: clinical_intake::note::outline::NoteKind::Unstated,
            heading: None,
            body: 0..text.len(),
        }],
        sentences: vec![clinical_intake::note::outline::Sentence { section: 0, span: 0..text.len(), is_item: false }],
    };
    let found = targets(text, &tokens(text), &outline, lexicon, &asked, Stop::never());
    let said: Vec<(&str, Assertion)> = found.iter().map(|m| (&text[m.span.clone()], m.assertion)).collect();
    assert_eq!(
        said,
        [("FLYING  spots", Assertion::Absent), ("flying\nspots", Assertion::Present), ("spots", Assertion::Present)]
    );
}

#[test]
fn it_ends_when_asked_and_nothing_overlaps() {
    let flag = std::sync::atomic::AtomicBool::new(true);
    let text = "He has gout.\n".repeat(1000);
    let words = tokens(&text);
    let lexicon = Lexicon::english().unwrap();
    let outline = outline::read(&text, &words, lexicon, Stop::never());
    assert!(mentions(&text, &words, &outline, lexicon, Stop::when(&flag)).is_empty());
    let all = mentions(&text, &words, &outline, lexicon, Stop::never());
    assert_eq!(all.len(), 1000);
    assert!(all.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start && pair[0].sentence < pair[1].sentence));
}

#[test]
fn no_text_panics() {
    let pieces = [
        "no ",
        "-",
        "(-)",
        "?",
        ": ",
        "gout",
        ", ",
        "of ",
        "B12",
        "\u{e9}",
        "\n",
        "if ",
        "'s",
        "history of ",
        "\u{2019}",
        "5 mg ",
        "/",
    ];
    let mut seed = 7usize;
    for _ in 0..2000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text += pieces[(seed >> 33) % pieces.len()];
        }
        for mention in read(&text) {
            assert!(text.get(mention.span).is_some(), "{text}");
        }
    }
}

#[test]
fn signs_at_the_beginning_of_a_line_deny_and_affirm() {
    for (text, fever) in [
        ("-fever, -chills, +cough", Assertion::Absent),
        ("+ cough, - fever", Assertion::Absent),
        ("Here for cough. -fever, +chills", Assertion::Absent),
        ("- fever\n- cough", Assertion::Present),
        ("- fever and cough, 3 days", Assertion::Present),
    ] {
        let said: Vec<_> = read(text).into_iter().filter(|m| &text[m.span.clone()] == "fever").collect();
        assert_eq!(said.iter().map(|m| m.assertion).collect::<Vec<_>>(), [fever], "{text}");
    }
}

#[test]
fn a_minus_before_a_medicine_is_a_bullet() {
    for text in ["-lisinopril 10 mg daily, -metformin 500 mg", "MEDICATIONS\n-aspirin, -metformin, +fish oil"] {
        let all = read(text);
        let medicines: Vec<_> = all.iter().filter(|m| m.kind == MentionKind::Medicine).collect();
        assert!(medicines.len() > 1, "{text}");
        assert!(medicines.iter().all(|m| m.assertion == Assertion::Present), "{text}: {medicines:?}");
    }
}

#[test]
fn a_heading_that_doubts_doubts_all_below() {
    for heading in ["Ddx:", "Differential diagnosis:\n1.", "WORKING DIAGNOSIS\n", "Provisional diagnosis:"] {
        let text = format!("{heading} gout\n2. sepsis");
        let all = read(&text);
        assert!(all.len() == 2 && all.iter().all(|m| m.assertion == Assertion::Possible), "{text}: {all:?}");
    }
    assert!(read("Final diagnosis: gout\n2. sepsis").iter().all(|m| m.assertion == Assertion::Present));
}

#[test]
fn a_phrase_that_only_a_heading_says_is_found_there() {
    let text = "Tobacco use: never\nAsthma\nsince childhood";
    let words = tokens(text);
    let lexicon = Lexicon::english().unwrap();
    let outline = outline::read(text, &words, lexicon, Stop::never());
    let phrases = ["tobacco use".to_owned(), "asthma".to_owned()];
    let said = targets(text, &words, &outline, lexicon, &phrases, Stop::never());
    assert_eq!(said.iter().map(|m| m.assertion).collect::<Vec<_>>(), [Assertion::Absent, Assertion::Present]);
}

#[test]
fn below_a_heading_of_medicines_an_everyday_word_is_one_only_where_an_item_begins() {
    assert_eq!(medicines("Meds: metformin 500 mg daily. LITHIUM LEVEL 0.4 TODAY."), ["metformin"]);
    assert_eq!(medicines("Meds: metformin 500 mg daily. Told about iron and honey."), ["metformin"]);
    assert_eq!(medicines("Meds: metformin, iron, vitamin D and zinc"), ["metformin", "iron", "vitamin D", "zinc"]);
    assert_eq!(medicines("Medications:\n1. Iron\n- Zinc\n"), ["Iron", "Zinc"]);
}

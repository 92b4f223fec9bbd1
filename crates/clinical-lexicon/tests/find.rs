//! Problems, procedures, tests and vaccines are found in the names that real records give them, and never by a part.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use clinical_lexicon::Lexicon;
use clinical_model::{CodeSystem, Coding, Concept, Source, Verbatim};

fn lexicon() -> &'static Lexicon {
    Lexicon::english().unwrap()
}

fn term(wording: &str) -> Option<&'static str> {
    lexicon().term_named(wording).map(|t| t.name)
}

fn concept(text: &str, codes: &[(CodeSystem, &str)]) -> Concept<'static> {
    let verbatim = |s: &str| Verbatim::new(s.to_owned().into(), Source::new(0, 0));
    Concept {
        text: (!text.is_empty()).then(|| verbatim(text)),
        codings: codes
            .iter()
            .map(|(system, code)| Coding { system: *system, code: Some(verbatim(code)), display: None })
            .collect(),
    }
}

fn test(text: &str, codes: &[(CodeSystem, &str)]) -> Option<&'static str> {
    lexicon().test(&concept(text, codes)).map(|t| t.name)
}

#[test]
fn the_same_problem_in_other_words() {
    let bronchitis = term("Acute bronchitis");
    assert!(bronchitis.is_some());
    for wording in [
        "acute bronchitis (disorder)",
        "Bronchitis, acute",
        "ACUTE  BRONCHITIS",
        "Acute bronchitis, unspecified",
        "[X]Acute bronchitis",
        "[D] Acute bronchitis NOS",
        "Acute bronchitis, not otherwise specified",
    ] {
        assert_eq!(term(wording), bronchitis, "{wording}");
    }
    let reflux = term("Gastroesophageal reflux disease");
    for wording in ["Gastroesophageal reflux disease (GERD)", "GERD - Gastroesophageal reflux disease"] {
        assert_eq!(term(wording), reflux, "{wording}");
    }
    assert_eq!(term("Pain, chest"), term("Chest pain"));
    assert_eq!(term("Moderate chest pain"), term("Chest pain"));
}

#[test]
fn a_history_a_denial_or_a_suspicion_is_not_the_problem_itself() {
    for name in ["Asthma", "Stroke", "Pneumonia", "Breast cancer", "Appendicitis", "Pulmonary embolism", "Seizure"] {
        let present = term(name);
        assert!(present.is_some(), "{name}");
        for before in [
            "History of",
            "Past history of",
            "Family history of",
            "No",
            "No evidence of",
            "Suspected",
            "Possible",
            "Rule out",
            "Risk of",
            "Fear of",
            "At risk for",
            "Screening for",
            "Resolved",
            "Personal history of",
        ] {
            for wording in [format!("{before} {name}"), format!("{name}, {before}"), format!("{name} ({before})")] {
                assert_ne!(term(&wording), present, "{wording}");
            }
        }
    }
}

#[test]
fn a_part_of_a_wording_is_never_enough() {
    for wording in [
        "Persistent stent",
        "Sleep disorder due to asthma",
        "Heart attack prevention education",
        "Asthma action plan",
        "Diabetes screening declined",
        "Left",
        "Acute",
        "Unspecified",
        "",
        " - ",
        "()",
        ",",
        "[X]",
    ] {
        assert_eq!(term(wording), None, "{wording}");
    }
    assert_ne!(term("Sleep disorder"), term("Sleep"));
    assert_ne!(term("Stress disorder, acute"), term("Stress"));
    assert_ne!(term("Myocardial infarction (old)"), term("Myocardial infarction"));
}

#[test]
fn the_first_snomed_code_goes_before_the_wording_and_the_wording_before_codes_for_billing() {
    let find = |text, codes: &[(CodeSystem, &str)]| lexicon().term(&concept(text, codes)).map(|t| t.name);
    let (snomed, icd10) = (CodeSystem::Snomed, CodeSystem::Icd10);
    assert_eq!(find("Fever", &[(icd10, "I10"), (snomed, "195967001")]), term("Asthma"));
    assert_eq!(find("Fever", &[(icd10, "I10")]), term("Fever"));
    assert_eq!(find("An unknown wording", &[(icd10, "I10")]), term("Essential hypertension"));
    assert_eq!(find("Fever", &[(CodeSystem::Other, "195967001")]), term("Fever"));
    assert_eq!(find("Fever", &[(snomed, "1"), (snomed, "195967001")]), term("Fever"));
    assert_eq!(find("Unknown", &[(snomed, "1"), (snomed, "195967001")]), term("Asthma"));
}

/// Seen in a record of Synthea: the code says no more than "physical examination".
#[test]
fn a_vague_code_does_not_hide_that_the_wording_is_sensitive() {
    let vague = concept("Physical exam following abortion", &[(CodeSystem::Snomed, "5880005")]);
    assert!(lexicon().term(&vague).unwrap().sensitive);
}

#[test]
fn tests_by_loinc_first_then_by_long_name() {
    let glucose = test("", &[(CodeSystem::Loinc, "2345-7")]);
    assert!(glucose.is_some());
    assert_eq!(test("Something else", &[(CodeSystem::Loinc, "2345-7")]), glucose);
    assert!(test("Glucose [Mass/volume] in Blood", &[]).is_some());
    assert!(test("Glucose [Mass/volume] in Blood by Automated test strip", &[]).is_some());
    assert_ne!(test("Glucose [Mass/volume] in Urine by Test strip", &[]), glucose);
    assert!(test("Serum creatinine level", &[]).is_some());
    assert_eq!(test("Glucose tolerance education", &[]), None);
}

#[test]
fn a_blood_test_is_not_explained_as_one_of_urine() {
    for analyte in ["Bacteria", "Ketones", "Protein", "Nitrite", "Leukocyte esterase", "Epithelial cells", "Casts"] {
        let name = format!("{analyte} [Presence] in Serum or Plasma");
        let words = lexicon().test(&concept(&name, &[]));
        assert!(words.is_none_or(|w| !w.explain.contains("urine") && !w.explain.contains("pee")), "{name}: {words:?}");
    }
}

#[test]
fn vaccines_by_cvx_with_or_without_zeros_and_by_name() {
    let by = |text: &str, codes: &[(CodeSystem, &str)]| lexicon().vaccine(&concept(text, codes)).map(|v| v.name);
    let mmr = by("", &[(CodeSystem::Cvx, "03")]);
    assert!(mmr.is_some());
    assert_eq!(by("", &[(CodeSystem::Cvx, "3")]), mmr);
    assert_eq!(by("MMR vaccine", &[]), mmr);
    assert_eq!(by("influenza denied", &[]), None);
}

/// Pieces of real names and of awkward Unicode, put together at random but the same way each time.
#[test]
fn no_wording_panics() {
    const PIECES: &[&str] = &[
        "Bronchitis",
        "acute",
        "left",
        ",",
        "(",
        ")",
        "[X]",
        "[",
        "]",
        " - ",
        " ",
        "ß",
        "İ",
        "é",
        "'",
        "\u{200b}",
        "🫀",
        "insulin syringe",
        "calcium",
        "/",
        "as",
        "unspecified",
        "not otherwise specified",
        "by",
        " in ",
        "0.9%",
    ];
    let mut seed = 7u64;
    for _ in 0..20_000 {
        let mut wording = String::new();
        for _ in 0..seed % 9 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            wording += PIECES[usize::try_from(seed >> 33).unwrap() % PIECES.len()];
        }
        seed = seed.wrapping_add(1).wrapping_mul(2_862_933_555_777_941_757) >> 1;
        let _ = lexicon().term_named(&wording);
        let _ = lexicon().medicines(&wording);
        let _ = lexicon().test(&concept(&wording, &[]));
        let _ = lexicon().vaccine(&concept(&wording, &[]));
    }
}

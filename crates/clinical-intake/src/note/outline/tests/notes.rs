//! Whole notes, about people who do not exist.

use super::{outline, sections};

#[test]
fn headings_in_capitals_alone_on_lines() {
    let text = "CHIEF COMPLAINT\n\nCough.\n\nHISTORY OF PRESENT ILLNESS\n\nShe coughs at night.\n\nPAST HISTORY\n\nMedical\nAsthma.\n\n\
                Surgical\nHernia repair.\n\nREVIEW OF SYSTEMS\n\nRespiratory: Cough.\n\nPHYSICAL EXAM\n\nNeck\n- Palpation: Supple.\n\n\
                RESULTS\n\nX-ray of the chest, today.\n\nImpression\nClear.\n\nASSESSMENT AND PLAN\n\nAsthma.\n- Plan: inhaler.\n\n\
                COPD.\n- Labs: blood gas.\n\nINSTRUCTIONS\n\nReturn in a week.";
    assert_eq!(
        sections(text),
        [
            "chief-complaint: CHIEF COMPLAINT",
            "present-illness: HISTORY OF PRESENT ILLNESS",
            "past-medical: PAST HISTORY",
            "past-medical: Medical",
            "past-surgical: Surgical",
            "review-of-systems: REVIEW OF SYSTEMS",
            "exam: PHYSICAL EXAM",
            "results: RESULTS",
            "assessment-and-plan: ASSESSMENT AND PLAN",
            "instructions: INSTRUCTIONS",
        ]
    );
}

#[test]
fn headings_with_colons_and_text_behind_them() {
    let text = "CC: cough\nHPI: She coughs. No fever.\nPMH: asthma, gout\nPSH: none\nMeds: albuterol prn\nAllergies: NKDA\nFH: \
                father with gout\nSH: never smoked\nROS: negative\nVitals: BP 120/80 HR 72\nGen: well\nHEENT: clear\nLungs: clear\nLabs: Na \
                140\nA/P: 1. Asthma: albuterol\n2. Allergies: cetirizine\nLabs: CBC next week\nDispo: home\nFollow-up: one week\nReturn precautions: trouble breathing";
    assert_eq!(
        sections(text),
        [
            "chief-complaint: CC",
            "present-illness: HPI",
            "past-medical: PMH",
            "past-surgical: PSH",
            "medications: Meds",
            "allergies: Allergies",
            "family: FH",
            "social: SH",
            "review-of-systems: ROS",
            "vitals: Vitals",
            "exam",
            "results: Labs",
            "assessment-and-plan: A/P",
            "disposition: Dispo",
            "follow-up: Follow-up",
            "return-precautions: Return precautions",
        ]
    );
}

#[test]
fn one_line_with_everything() {
    let text = "58 yo man with gout here for a check. PMH: gout. ALLERGIES: NKDA MEDICATIONS: allopurinol 100 mg daily SOCIAL HISTORY: no \
                tobacco. ASSESSMENT: Gout, stable. PLAN: Continue.";
    assert_eq!(
        sections(text)[1..],
        [
            "past-medical: PMH",
            "allergies: ALLERGIES",
            "medications: MEDICATIONS",
            "social: SOCIAL HISTORY",
            "assessment: ASSESSMENT",
            "plan: PLAN",
        ]
    );
}

#[test]
fn small_letters_capitals_and_other_line_ends() {
    let text = "cc: cough\nhpi: she coughs and takes these medications: none that help\npmh: asthma\nmedications\nalbuterol\nallergies\nnkda\nassessment and plan\nasthma\n";
    let wanted =
        ["chief-complaint", "present-illness", "past-medical", "medications", "allergies", "assessment-and-plan"];
    let kinds = |text: &str| outline(text).sections.iter().map(|s| s.kind.as_str()).collect::<Vec<_>>();
    assert_eq!(kinds(text), wanted);
    assert_eq!(kinds(&text.to_uppercase()), wanted);
    assert_eq!(kinds(&text.replace('\n', "\r\n")), wanted);
    assert_eq!(kinds(&text.replace('\n', "\r")), wanted);
    assert_eq!(kinds(&text.replace(' ', "\u{a0}")), wanted);
    assert_eq!(kinds(&text.replace('\n', "\n\t")), wanted);
    assert_eq!(
        kinds("cc: cough hpi: 54 yo with cough x 3 d. pmh: asthma. meds: albuterol. allergies: nkda. plan: rest"),
        ["chief-complaint", "present-illness", "past-medical", "medications", "allergies", "plan"]
    );
}

#[test]
fn marks_numbers_and_rules() {
    let text = "# Subjective\nCough.\n\n## Current Medications\n- albuterol\n\n# Assessment\n**Asthma**\nBetter.\n\n# Plan\n1. Rest\n2. Medications: same";
    assert_eq!(
        sections(text),
        ["present-illness: Subjective", "medications: Current Medications", "assessment: Assessment", "plan: Plan"]
    );
    let text = "Medications\n-----------\naspirin\n\nHobby corner\n------------\nchess\n\nPlan\n====\nrest";
    assert_eq!(sections(text), ["medications: Medications", "other: Hobby corner", "plan: Plan"]);
    let text = "I. CHIEF COMPLAINT: cough\nII. MEDICATIONS: none\nIII. ASSESSMENT: cold\n1. Cold\n2. Medications reviewed\nIV. PLAN: rest";
    assert_eq!(
        sections(text),
        [
            "chief-complaint: I. CHIEF COMPLAINT",
            "medications: II. MEDICATIONS",
            "assessment: III. ASSESSMENT",
            "plan: IV. PLAN"
        ]
    );
    let text = "**Diagnosis:** gout\n**Plan:** rest\n**Follow up:** a week";
    assert_eq!(sections(text), ["diagnosis: Diagnosis", "plan: Plan", "follow-up: Follow up"]);
}

#[test]
fn soap_letters() {
    let text = "S: coughs\nO: T 98.6 P: 72\nP: 72, R: 14\nA: cold\nP: rest";
    assert_eq!(sections(text), ["present-illness: S", "exam: O", "assessment: A", "plan: P"]);
}

#[test]
fn problems_stay_inside_the_assessment() {
    let text = "ASSESSMENT AND PLAN:\n\nHYPERTENSION:\nstable\n\n# Diabetes\nmetformin\n\n2. Depression: better\n\nHeart failure:\nPlan: continue\n\
                Labs: BNP\n\nDISPOSITION:\nhome";
    assert_eq!(sections(text), ["assessment-and-plan: ASSESSMENT AND PLAN", "disposition: DISPOSITION"]);
}

#[test]
fn an_unknown_heading_ends_the_section_before() {
    let text = "MEDICATIONS:\naspirin\n\nSPACESHIP LOG:\nwarfarin was mentioned\n\nPLAN:\nrest";
    assert_eq!(sections(text), ["medications: MEDICATIONS", "other: SPACESHIP LOG", "plan: PLAN"]);
}

#[test]
fn wrapped_words_are_no_headings() {
    let text = "HPI: She was told by her own doctor last week to stop all of her\nmedications: she did not. She has a long history of\nAllergies \
                and a\nPlan was made with her.\n";
    assert_eq!(sections(text), ["present-illness: HPI"]);
}

#[test]
fn discharge_papers() {
    let text = "Discharge Diagnoses:\n1. Gout\n\nDischarge Medications:\n1. Allopurinol 100 mg daily\n\nDischarge Instructions:\nDrink water.\n\nDiet: \
                regular\n\nWhen to call your doctor:\n- fever\n\nFollow-up Appointments:\nClinic in two weeks";
    assert_eq!(
        sections(text),
        [
            "diagnosis: Discharge Diagnoses",
            "medications: Discharge Medications",
            "instructions: Discharge Instructions",
            "return-precautions: When to call your doctor",
            "follow-up: Follow-up Appointments",
        ]
    );
}

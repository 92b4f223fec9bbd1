//! Where sentences end.

use super::sentences;

#[test]
fn abbreviations_and_decimals_end_nothing() {
    for text in [
        "Seen by Dr. Osei today.",
        "Take 1 tab. b.i.d. with food.",
        "Give approx. 5 mL vs. none.",
        "Cr. 1.2 and No. 5 given.",
        "Seen by Dr. J. Osei.",
        "He takes 2 tabs p.o. q.d. for pain.",
        "Rule out ? stone or ?infection.",
        "The dose was 0.5 mg. daily.",
    ] {
        assert_eq!(sentences(text), [text]);
    }
}

#[test]
fn sentences_end_where_they_end() {
    for (text, wanted) in [
        ("No fever. No chills.", vec!["No fever.", "No chills."]),
        ("Pain in the chest.She denies cough.", vec!["Pain in the chest.", "She denies cough."]),
        ("Is it worse? It is not!", vec!["Is it worse?", "It is not!"]),
        ("BP 120/80. Pulse 72.", vec!["BP 120/80.", "Pulse 72."]),
        ("Takes aspirin 81 mg. Denies pain.", vec!["Takes aspirin 81 mg.", "Denies pain."]),
        ("He said \"no pain.\" He left.", vec!["He said \"no pain.\"", "He left."]),
        ("no fever. no chills.", vec!["no fever.", "no chills."]),
        ("Taken b.i.d. Denies pain.", vec!["Taken b.i.d.", "Denies pain."]),
        ("Heart: Regular rate Lungs: Clear", vec!["Heart: Regular rate", "Lungs: Clear"]),
        ("Auscultation of Lungs: Clear", vec!["Auscultation of Lungs: Clear"]),
    ] {
        assert_eq!(sentences(text), wanted);
    }
}

#[test]
fn items_and_rows_stand_alone() {
    assert_eq!(sentences("- aspirin\n\u{2022} 5 mg of it\n* warfarin\n"), ["* aspirin", "* 5 mg of it", "* warfarin"]);
    assert_eq!(sentences("1. Gout\n2) Asthma\n(3) Flu"), ["* 1. Gout", "* 2) Asthma", "* (3) Flu"]);
    assert_eq!(
        sentences("1.  Left flank pain. 2.  Stone, 5 mm. 3.  Nausea."),
        ["* 1.  Left flank pain.", "* 2.  Stone, 5 mm.", "* 3.  Nausea."]
    );
    assert_eq!(sentences("Na 140 K 4.2\nCl 100 BUN 12"), ["Na 140 K 4.2", "Cl 100 BUN 12"]);
    assert_eq!(sentences("[ ] call the office\n[x] rest"), ["* call the office", "* [x] rest"]);
    assert_eq!(sentences("MEDICATIONS:\nlisinopril 10 mg\nmetformin 500 mg"), ["lisinopril 10 mg", "metformin 500 mg"]);
    assert_eq!(sentences("aspirin; warfarin; metformin"), ["aspirin; warfarin; metformin"]);
}

#[test]
fn wrapped_lines_are_one_sentence() {
    let text = "HPI: The patient was seen in the clinic because she had a cough that\nwould not go away, and she was given an inhaler by\nDr. Osei. \
                She is better.";
    let found = sentences(text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].ends_with("Dr. Osei."));
    assert_eq!(sentences("No fever\n\nand no cough"), ["No fever", "and no cough"]);
    assert_eq!(sentences("BP: 130/68\nHR: 98\nTemp: 97.7"), ["BP: 130/68", "HR: 98", "Temp: 97.7"]);
    assert_eq!(sentences("Allergies to penicillin,\nsulfa"), ["Allergies to penicillin,\nsulfa"]);
}

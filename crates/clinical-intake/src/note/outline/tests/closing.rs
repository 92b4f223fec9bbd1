//! Where notes are signed, by people who do not exist.

use super::{sections, sentences};

fn plan(end: &str) -> Vec<String> {
    sections(&format!("CC: cough\nHPI: She coughs.\nPLAN:\nRest and fluids.\n{end}"))
}

#[test]
fn a_signature_is_no_part_of_the_plan() {
    for end in [
        "P. Szewer, MD",
        "Thaddea Moorcot, MD",
        "Bolt, Emerlin, MD, FACC pager 2-0000",
        "Imogen Fairwater-Chow, LCSW Lic# CSW-00000",
        "Electronically signed: T. Vallencort, MD Lic. G-000000",
        "Electronically signed by Mara Quill, NP on 2/3/2031 at 10:00",
        "Dictated by: Quill\nTranscribed: 2/3/2031",
        "Thank you for letting us take part in her care.",
        "Sincerely,\nMara Quill, DO",
        "WARM REGARDS,\nPRIYA M. NAYER, DMD",
        "\nMara Quill, RN",
    ] {
        assert_eq!(plan(end), ["chief-complaint: CC", "present-illness: HPI", "plan: PLAN", "unstated"], "{end}");
    }
    let lower = "cc: cough\nhpi: she coughs.\nplan:\nrest and fluids.\nw. de groote md";
    assert_eq!(sections(lower).last().map(String::as_str), Some("unstated"));
}

#[test]
fn an_order_is_no_signature() {
    for end in [
        "Call Dr. Quill, MD",
        "Call Mara Quill, MD",
        "Refer to Mara Quill, MD",
        "Ice, Rest, PT",
        "Ibuprofen, Tylenol, PT",
        "- Mara Quill, MD, Tuesday at 10",
        "See:\nMara Quill, MD",
        "Notify MD",
        "Mara Quill will call.",
        "notify the md",
        "call m. quill md",
    ] {
        assert_eq!(plan(end).last().map(String::as_str), Some("plan: PLAN"), "{end}");
    }
}

#[test]
fn whom_to_see_is_no_signature() {
    let text = "PLAN:\nRest.\nFOLLOW UP:\nMara Quill, MD\nCardiology, 2/3/2031";
    assert_eq!(sections(text).last().map(String::as_str), Some("follow-up: FOLLOW UP"));
}

#[test]
fn a_signature_far_from_the_end_takes_nothing_with_it() {
    let lines = "Keep the leg up.\n".repeat(12);
    let text = format!("PLAN:\nMara Quill, MD\n{lines}");
    assert_eq!(sections(&text), ["plan: PLAN"]);
}

#[test]
fn the_letter_of_a_name_ends_no_sentence() {
    for text in [
        "Talked down by Officer J. Holten, badge 12.",
        "Screened by: K. Johnsen, LMFT",
        "Her mother is Priya M. Nayer of the first floor.",
        "cosigned E. Blackmoor, PharmD",
    ] {
        assert_eq!(sentences(text), [text]);
    }
    for (text, wanted) in [
        ("Take Vitamin D. Come back.", 2),
        ("She has Hepatitis C. Liver tests are normal.", 2),
        ("The blood group is A. She is well.", 2),
        ("This is Stage B. Patient is stable.", 2),
    ] {
        assert_eq!(sentences(text).len(), wanted, "{text}");
    }
}

//! Headers of our own making.

use super::{Header, header};
use crate::note::marked::Marked;
use crate::note::outline::NoteKind;
use crate::note::values::tests::outline;
use crate::note::words::tokens;
use clinical_lexicon::Lexicon;
use clinical_model::{EntryId, Verbatim};

fn told(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let outline = outline(NoteKind::Unstated, text);
    let marked = Marked::new(text, &tokens, &outline, Lexicon::english().unwrap());
    let h: Header<'_> = header(&marked);
    assert_eq!(h.contradicts, text.contains("twice"), "{text}");
    [&h.name, &h.birth_date, &h.age, &h.sex, &h.number, &h.visit, &h.provider]
        .into_iter()
        .map(|f| f.as_ref().map(Verbatim::text).unwrap_or("-").to_owned())
        .collect()
}

#[test]
fn labelled_fields_are_read() {
    for (text, expected) in [
        ("Patient: Ana Pell\nDOB: 03/04/1971", ["Ana Pell", "03/04/1971", "-", "-", "-", "-", "-"]),
        ("PATIENT NAME: PELL, ANA B.   MRN: 00123-4   Sex: F", ["PELL, ANA B", "-", "-", "F", "00123-4", "-", "-"]),
        ("Name: Ana Pell | DOB: 1971-03-04 | Age: 54", ["Ana Pell", "1971-03-04", "54", "-", "-", "-", "-"]),
        (
            "Date of visit: March 3, 2031\nProvider: Dr. Ugo Bray, MD",
            ["-", "-", "-", "-", "-", "March 3, 2031", "Dr. Ugo Bray, MD"],
        ),
        ("Patient: denies pain.", ["-", "-", "-", "-", "-", "-", "-"]),
        ("Patient: Stable", ["-", "-", "-", "-", "-", "-", "-"]),
        ("The name: Ana Pell", ["-", "-", "-", "-", "-", "-", "-"]),
        ("Date: tomorrow", ["-", "-", "-", "-", "-", "-", "-"]),
        ("DOB: unknown", ["-", "-", "-", "-", "-", "-", "-"]),
        ("Admission Date: 3/4/2031   Discharge Date: 3/8/2031", ["-", "-", "-", "-", "-", "3/4/2031", "-"]),
        ("Name: Ana Pell\nName: Bo Pell twice", ["Ana Pell", "-", "-", "-", "-", "-", "-"]),
        ("", ["-", "-", "-", "-", "-", "-", "-"]),
    ] {
        if text.contains("twice") {
            continue;
        }
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn two_names_are_a_contradiction_and_no_patient() {
    let text = "Name: Ana Pell\nName: Bo Pell\nDate of visit: 3/4/2031";
    let tokens = tokens(text);
    let outline = outline(NoteKind::Unstated, text);
    let h = header(&Marked::new(text, &tokens, &outline, Lexicon::english().unwrap()));
    assert!(h.contradicts && h.patient(None).is_none());
    assert_eq!(h.visit(EntryId(0)).unwrap().period.unwrap().start.unwrap().text(), "3/4/2031");
}

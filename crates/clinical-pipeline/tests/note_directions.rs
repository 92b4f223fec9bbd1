//! Directions of a note, from the words to the sentence: what is read by intake and said by summary, whole.
#![expect(clippy::unwrap_used, reason = "tests")]

use clinical_intake::note::{sig::dosage, words::tokens};
use clinical_lexicon::Lexicon;
use clinical_summary::explain;

/// The sentences of all steps; "-" for a step that is only quoted.
fn said(text: &str) -> String {
    let lexicon = Lexicon::english().unwrap();
    let read = dosage(text, &tokens(text), lexicon).unwrap();
    let all = explain(&read.dosages, None, lexicon);
    assert!(!all.disagreement, "{text}");
    for step in &all.steps {
        assert!(!step.quoted.is_empty(), "the words stand beside the sentence: {text}");
        assert!(read.understood || step.plain.is_none(), "{text}");
    }
    let lines: Vec<String> =
        all.steps.iter().map(|s| s.plain.as_ref().map_or_else(|| "-".to_owned(), |l| l.shown())).collect();
    lines.join(" | ")
}

#[test]
fn shorthand_becomes_a_plain_sentence() {
    for (text, sentence) in [
        (
            "1 tab po bid prn pain, max 4/d",
            "Take 1 tablet by mouth only when you need it for pain. You can use it twice a day (bid). No more than 4 in a day.",
        ),
        ("1/2-1 tab po daily", "Take 1/2 to 1 tablet by mouth every day."),
        ("2 puffs q4-6h", "Use 2 puffs every 4 to 6 hours."),
        ("take one tablet by mouth twice daily with food", "Take one tablet by mouth twice a day."),
        ("500 mg PO q8h x 10 days", "Take 500 mg by mouth every 8 hours, for 10 days."),
        ("5mg qhs", "Use 5 mg at bedtime."),
        ("10 units subcut before meals and at bedtime", "Inject 10 units under the skin before meals and at bedtime."),
        ("1 gtt OU BID", "Use 1 drop twice a day (BID). Where: OU (each eye)."),
        ("apply thin layer to affected area TID", "Put it on the skin three times a day (TID)."),
        (
            "inhale 2 puffs every 4 to 6 hours as needed for wheezing",
            "Breathe in 2 puffs only when you need it for wheezing. You can use it every 4 to 6 hours.",
        ),
        ("1 tabelt twise dialy", "Take 1 tablet twice a day."),
        ("20 mg one time a day", "Use 20 mg every day."),
        ("one and a half tablets daily", "Take one and a half tablets every day."),
        (".5 mg daily", "Use 0.5 mg every day."),
        ("100 ug daily", "Use 100 micrograms every day."),
        (
            "1 tablet every 6 hours, no more than 4 tablets in 24 hours",
            "Take 1 tablet every 6 hours. No more than 4 tablets in 24 hours.",
        ),
        ("1 tab tid with meals", "Take 1 tablet three times a day (tid), with meals."),
        (
            "2 tabs q6h prn, max daily dose 4 g",
            "Take 2 tablets only when you need it. You can use it every 6 hours. No more than 4 grams in a day.",
        ),
        ("inhale 1 puff by mouth twice daily", "Breathe in 1 puff twice a day."),
        ("400 mg every 8 hours for a week", "Use 400 mg every 8 hours, for a week."),
    ] {
        assert_eq!(said(text), sentence, "{text}");
    }
}

#[test]
fn steps_keep_their_order() {
    assert_eq!(
        said("40 mg daily for 5 days, then 20 mg daily for 5 days"),
        "First: Use 40 mg every day, for 5 days. | Then: Use 20 mg every day, for 5 days."
    );
    assert_eq!(
        said("1 tab in the morning and 2 tabs at bedtime"),
        "Take 1 tablet in the morning. | And also: Take 2 tablets at bedtime."
    );
}

#[test]
fn weekly_never_reads_as_daily() {
    for text in ["6 tablets weekly", "6 tablets once a week", "6 tablets every Monday", "6 tabs 3x/week", "1 tab qod"] {
        assert!(said(text).contains("not every day"), "{text}: {}", said(text));
    }
}

#[test]
fn what_is_not_sure_has_no_sentence() {
    for text in [
        "1 gtt od bid",
        "10 u qhs",
        "1 tab hs",
        "1 tab BID-TID",
        "25 mg bid, hold for SBP < 90",
        "1 tablet daily unless dizzy",
        "alternating 5 mg and 2.5 mg",
        "1 tablet twice daily until finished",
        "u/s",
        "5-325 mg every 6 hours",
    ] {
        assert_eq!(said(text), "-", "{text}");
    }
}

#[test]
fn no_sentence_says_a_number_that_the_words_do_not() {
    let table = include_str!("../../clinical-intake/tests/data/directions.txt");
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let text = line.split_once(" => ").unwrap().0;
        let numbers = |t: &str| -> Vec<String> {
            let parts = t.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty());
            parts.map(|p| p.trim_end_matches('0').to_owned()).collect()
        };
        // ".5" is shown with a zero in front, "5.0" without one behind (FDA and ISMP lists).
        let mut given = numbers(text);
        given.push(String::new());
        for number in numbers(&said(text)) {
            assert!(given.contains(&number), "{text}: {}", said(text));
        }
    }
}

//! What is chosen, and in which order.

use super::{ExtractLimit, ExtractReason, extract};
use clinical_model::{Carries, EntryId, Format, NoteSentence, Record, SectionKind, Source, Verbatim};

const PLAN: Carries = Carries {
    assessment: false,
    plan: true,
    medicine_change: false,
    follow_up: false,
    return_precaution: false,
    result: false,
};

fn record(rows: &[(&'static str, SectionKind, Carries)]) -> Record<'static> {
    let mut record = Record::new(Format::Note);
    for (i, (text, kind, carries)) in (0u32..).zip(rows) {
        let text = Verbatim::new((*text).into(), Source::new(i * 100, i * 100 + 10));
        record.sentences.push(NoteSentence { entry: EntryId(i), kind: *kind, text, carries: *carries });
    }
    record
}

fn texts<'r>(record: &'r Record<'_>, limit: ExtractLimit) -> Vec<&'r str> {
    extract(record, limit).into_iter().map(|e| e.sentence.text.text()).collect()
}

#[test]
fn medicines_first_then_coming_back_then_plans_then_judgements_each_in_order() {
    let medicine = Carries { medicine_change: true, ..PLAN };
    let follow = Carries { follow_up: true, ..PLAN };
    let judged = Carries { assessment: true, plan: false, ..PLAN };
    let record = record(&[
        ("This looks like gout of the left foot.", SectionKind::Plan, judged),
        ("Order a uric acid level.", SectionKind::Plan, PLAN),
        ("Return in 2 weeks.", SectionKind::Plan, follow),
        ("Start colchicine 0.6 mg.", SectionKind::Plan, medicine),
        ("Film the foot.", SectionKind::Plan, PLAN),
        ("He lives alone.", SectionKind::Social, Carries::default()),
    ]);
    assert_eq!(
        texts(&record, ExtractLimit::default()),
        [
            "Start colchicine 0.6 mg.",
            "Return in 2 weeks.",
            "Order a uric acid level.",
            "Film the foot.",
            "This looks like gout of the left foot."
        ]
    );
    let first = &extract(&record, ExtractLimit::default())[0];
    assert_eq!(first.reasons, [ExtractReason::MedicineChange, ExtractReason::Plan]);
}

#[test]
fn it_is_bounded_in_sentences_and_characters() {
    let rows = [
        ("Order a scan of the chest.", SectionKind::Plan, PLAN),
        ("Order a count of the blood.", SectionKind::Plan, PLAN),
        ("Walk twice daily.", SectionKind::Plan, PLAN),
    ];
    let record = record(&rows);
    assert_eq!(texts(&record, ExtractLimit { sentences: 1, characters: 2_000 }).len(), 1);
    assert_eq!(texts(&record, ExtractLimit { sentences: 12, characters: 30 }), ["Order a scan of the chest."]);
    assert_eq!(texts(&record, ExtractLimit { sentences: 0, characters: 2_000 }), Vec::<&str>::new());
    assert_eq!(texts(&record, ExtractLimit { sentences: 12, characters: 0 }), Vec::<&str>::new());
}

#[test]
fn the_same_is_said_once_and_a_dose_always() {
    let follow = Carries { follow_up: true, ..PLAN };
    let medicine = Carries { medicine_change: true, ..PLAN };
    let record = record(&[
        ("Increase amlodipine to 5 mg daily.", SectionKind::Plan, medicine),
        ("Increase amlodipine to 10 mg daily.", SectionKind::Plan, medicine),
        ("She will return in 2 weeks for a recheck.", SectionKind::Plan, follow),
        ("Return in 2 weeks, recheck.", SectionKind::Instructions, follow),
    ]);
    assert_eq!(
        texts(&record, ExtractLimit::default()),
        [
            "Increase amlodipine to 5 mg daily.",
            "Increase amlodipine to 10 mg daily.",
            "She will return in 2 weeks for a recheck."
        ]
    );
}

#[test]
fn what_carries_nothing_is_not_chosen() {
    let record = record(&[("All is well.", SectionKind::Plan, Carries::default())]);
    assert!(extract(&record, ExtractLimit::default()).is_empty());
    assert!(extract(&Record::new(Format::Note), ExtractLimit::default()).is_empty());
}

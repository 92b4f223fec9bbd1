//! The whole way with a language model that answers well, badly, or not at all: what is asked, what is answered, the
//! page, and the summary verified.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests fail by panic")]

mod support;

use clinical_pipeline::{
    Disclosure, Input, Label, Narrated, Options, Outcome, Page, Phi, Refusal, Stop, narration, summarize, verify,
};
use serde_json::{Value, json};
use support::random::Random;
use support::summary_changes::CHANGES;
use support::{PAGES, exact, lexicon, now};

const NOTE: &str = "CHIEF COMPLAINT:\nThe patient denies chest pain.\n\nASSESSMENT:\nNo evidence of pneumonia on the chest x-ray.\n\nPLAN:\nElevate legs when seated. Take furosemide 40 mg once daily.\n\nFOLLOW-UP:\nThe patient should return to the clinic in 2 weeks.\n";

/// What a good model answers: the beginning of the sentence as it is asked, and the answer; placeholders stay.
const GOOD: [(&str, &str); 2] = [
    ("The patient denies chest pain.", "You said you do not have chest pain."),
    ("The patient should return to the clinic ", "You should come back to the clinic "),
];

fn options(page: Page) -> Options<'static> {
    Options { now: now(), page, large_print: false, narrated: None, stop: Stop::never() }
}

/// A model: what it makes of a sentence, if anything.
type Answer<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Answers every request with `answer`, which is given each sentence as it is asked.
fn replies(bytes: &str, answer: Answer<'_>) -> Vec<Option<Phi<String>>> {
    let input = Input::new(bytes.as_bytes(), Label::Unknown);
    let asks = narration(&input, &options(Page::Text), lexicon()).unwrap().asks;
    assert!(!asks.is_empty());
    asks.iter()
        .map(|ask| {
            let asked: Value = serde_json::from_str(ask.user.text()).unwrap();
            let sentences = asked["sentences"].as_array().unwrap();
            assert_eq!(sentences.len(), ask.sentences);
            let said = sentences
                .iter()
                .filter_map(|s| Some(json!({ "id": s["id"], "text": answer(s["text"].as_str().unwrap())? })));
            Some(Phi::new(json!({ "sentences": said.collect::<Vec<_>>() }).to_string()))
        })
        .collect()
}

fn good(asked: &str) -> Option<String> {
    GOOD.iter().find_map(|(from, to)| Some(format!("{to}{}", asked.strip_prefix(from)?)))
}

fn made(bytes: &str, page: Page, replies: &[Option<Phi<String>>]) -> Outcome {
    let narrated = Some(Narrated {
        replies,
        model: "stub:1",
        parameters: "temperature 0",
        disclosure: Disclosure { opening: None, reviewed: false, contact: Some("Call 555-0100.") },
    });
    let input = Input::new(bytes.as_bytes(), Label::Unknown);
    summarize(&input, &Options { narrated, ..options(page) }, lexicon()).unwrap()
}

fn faults(bytes: &str, summary: &str) -> Vec<String> {
    let input = Input::new(bytes.as_bytes(), Label::Unknown);
    let found = verify(&input, summary.as_bytes(), lexicon(), Stop::never()).unwrap();
    found.faults.into_iter().map(|f| format!("{} {}", f.kind.as_str(), f.at)).collect()
}

#[test]
fn good_words_stand_on_every_page_and_are_counted() {
    let replies = replies(NOTE, &good);
    for page in PAGES {
        let outcome = made(NOTE, page, &replies);
        let counts = outcome.narrated.unwrap();
        assert_eq!(counts.kept, GOOD.len(), "{page:?}: {counts:?}");
        assert_eq!(counts.asked, counts.kept + counts.refused.iter().map(|(_, n)| n).sum::<usize>());
        assert!(counts.refused.iter().all(|(why, _)| *why == Refusal::Missing), "{counts:?}");
        let text = outcome.page.expose().split_whitespace().collect::<Vec<_>>().join(" ");
        for words in [
            "You said you do not have chest pain.",
            "The patient denies chest pain.",
            "You should come back to the clinic",
        ] {
            assert!(text.contains(words), "{page:?}: {words}");
        }
        assert_eq!(outcome.page, made(NOTE, page, &replies).page);
    }
}

#[test]
fn a_summary_with_good_words_verifies_and_one_with_others_does_not() {
    let summary = made(NOTE, Page::Json, &replies(NOTE, &good)).page.into_exposed();
    assert_eq!(faults(NOTE, &summary), Vec::<String>::new());
    let lie = summary.replace("You said you do not have chest pain.", "You said you have chest pain.");
    assert_ne!(lie, summary);
    let found = faults(NOTE, &lie);
    assert!(found.contains(&"altered summary.reasons[0].plain_words[0]".to_owned()), "{found:?}");
    let other = NOTE.replace("denies chest pain", "reports chest pain");
    let found = faults(&other, &summary);
    assert!(found.contains(&"altered summary.reasons[0].plain_words[0]".to_owned()), "{found:?}");
}

#[test]
fn lies_and_nonsense_leave_the_page_as_it_was() {
    let wrap = |text: &'static str| move |_: &str| Some(text.to_owned());
    let lies: [Answer<'_>; 6] = [
        &wrap("You have chest pain."),
        &wrap("Stop taking furosemide."),
        &wrap("<script>alert(1)</script>"),
        &|asked| Some(asked.replace("denies", "reports")),
        &|asked| Some(format!("{asked} Take more aspirin.")),
        &|asked| Some(asked.to_owned()),
    ];
    for page in PAGES {
        let input = Input::new(NOTE.as_bytes(), Label::Unknown);
        let plain = summarize(&input, &options(page), lexicon()).unwrap();
        for (i, lie) in lies.iter().enumerate() {
            let outcome = made(NOTE, page, &replies(NOTE, lie));
            assert_eq!(outcome.narrated.unwrap().kept, 0, "lie {i}");
            assert_eq!(outcome.page, plain.page, "lie {i}");
        }
    }
}

/// Seeded changes of every kind, each of one place, to a summary with rewordings.
#[test]
fn verify_sees_every_change_of_a_summary_with_good_words() {
    let text = made(NOTE, Page::Json, &replies(NOTE, &good)).page.into_exposed();
    let whole = exact::parse(&text);
    assert_eq!(faults(NOTE, &exact::write(&whole)), Vec::<String>::new());
    let input = Input::new(NOTE.as_bytes(), Label::Unknown);
    let (mut done, mut missed) = (0, Vec::new());
    for seed in 0..4000 {
        let mut random = Random::new(seed);
        let (kind, change) = *random.pick(&CHANGES);
        let mut changed = whole.clone();
        if !change(&mut changed, &mut random) || changed == whole {
            continue;
        }
        done += 1;
        let text = exact::write(&changed);
        let is_seen = verify(&input, text.as_bytes(), lexicon(), Stop::never()).map_or(true, |v| !v.faults.is_empty());
        if !is_seen {
            missed.push((seed, kind));
        }
    }
    assert!(done > 1000, "{done}");
    assert!(missed.is_empty(), "{} of {done} not seen: {:?}", missed.len(), &missed[..missed.len().min(20)]);
}

const CCDA: &str = r#"<ClinicalDocument xmlns="urn:hl7-org:v3"><templateId root="2.16.840.1.113883.10.20.22.1.2"/>
<recordTarget><patientRole><id root="2.16.840.1.113883.19" extension="P-77"/><patient>
<name><given>Ottoline</given><family>Quillfeather</family></name></patient></patientRole></recordTarget>
<component><structuredBody><component><section><templateId root="2.16.840.1.113883.10.20.22.2.45"/>
<code code="69730-0" codeSystem="2.16.840.1.113883.6.1"/><title>Instructions</title>
<text><paragraph>Ottoline was seen by us. The patient denies chest pain. The patient should return to the clinic in 2 weeks.</paragraph></text>
</section></component></structuredBody></component></ClinicalDocument>"#;

const FHIR: &str = r#"{"resourceType": "Composition", "status": "final", "title": "Discharge summary", "section": [
  {"title": "Discharge instructions", "code": {"coding": [{"system": "http://loinc.org", "code": "8653-8"}]},
   "text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Café &amp; rest. The patient denies chest pain. The patient should return to the clinic in 2 weeks.</p></div>"}}]}"#;

#[test]
fn sentences_of_a_section_are_reworded_one_by_one() {
    for bytes in [CCDA, FHIR] {
        let replies = replies(bytes, &|asked| {
            assert!(!asked.contains("Ottoline") && !asked.contains("2 weeks"), "{asked}");
            good(asked)
        });
        for page in PAGES {
            let outcome = made(bytes, page, &replies);
            assert_eq!(outcome.narrated.unwrap().kept, GOOD.len(), "{page:?}");
            if page == Page::Json {
                let summary = outcome.page.into_exposed();
                assert_eq!(faults(bytes, &summary), Vec::<String>::new());
                places(&serde_json::from_str(&summary).unwrap());
            }
        }
    }
}

/// The places of rewordings are code points of the words they name.
fn places(summary: &Value) {
    let item = &summary["care_instructions"][0];
    let text = item["text"][0].as_str().unwrap();
    let plain = item["plain_words"].as_array().unwrap();
    let sentences = ["The patient denies chest pain.", "The patient should return to the clinic in 2 weeks."];
    assert_eq!(plain.len(), sentences.len());
    for (one, sentence) in plain.iter().zip(sentences) {
        let at = |name: &str| usize::try_from(one[name].as_u64().unwrap()).unwrap();
        let found: String = text.chars().skip(at("start")).take(at("end") - at("start")).collect();
        assert_eq!(found, sentence);
    }
}

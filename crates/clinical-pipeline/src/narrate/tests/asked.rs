//! What is asked, with the real masks: no name and no number of the record, and the same every time.

use super::*;

const PEOPLE: &str = r#"{"resourceType":"Patient","id":"p1","name":[{"given":["Ottoline"],"family":"Quillfeather"}],"birthDate":"1956-03-14"}
{"resourceType":"Practitioner","id":"d1","name":[{"given":["Barnaby"],"family":"Thistlewood"}]}
{"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"reference":"Patient/p1"},"title":"Plan","activity":[{"detail":{"status":"in-progress","description":"Quillfeather must elevate both legs when she is seated, as Thistlewood said on 2026-05-12."}}]}"#;

fn asks(bytes: &str) -> Vec<clinical_narrator::Ask> {
    let options = Options { now: now(), page: Page::Text, large_print: false, narrated: None, stop: Stop::never() };
    let input = Input::new(bytes.as_bytes(), Label::Unknown);
    crate::narration(&input, &options, Lexicon::english().unwrap()).unwrap().asks
}

#[test]
fn who_is_named_anywhere_in_a_record_is_in_no_request() {
    let asks = asks(PEOPLE);
    let all: String = asks.iter().map(|ask| ask.user.text()).collect();
    assert!(all.contains("elevate both legs"), "{all}");
    for word in ["Quillfeather", "Ottoline", "Thistlewood", "Barnaby", "2026", "1956"] {
        assert!(!all.to_lowercase().contains(&word.to_lowercase()), "{word} in {all}");
    }
}

#[test]
fn a_document_is_asked_about_in_the_same_words_every_time() {
    for bytes in [NOTE, CCDA, FHIR, PEOPLE] {
        let first = asks(bytes);
        assert!(!first.is_empty());
        assert_eq!(first, asks(bytes));
    }
}

#[test]
fn replies_in_the_words_of_the_record_are_refused_and_each_is_counted() {
    for bytes in [NOTE, CCDA, FHIR] {
        let asks = asks(bytes);
        let sentences: usize = asks.iter().map(|ask| ask.sentences).sum();
        // The request itself is a reply in the right shape: every sentence says what it said.
        let same: Vec<Option<Phi<String>>> =
            asks.iter().map(|ask| Some(Phi::new(ask.user.text().to_owned()))).collect();
        for replies in [&same[..], &[]] {
            let narrated = Some(Narrated { replies, ..told() });
            let options = Options { now: now(), page: Page::Json, large_print: false, narrated, stop: Stop::never() };
            let input = Input::new(bytes.as_bytes(), Label::Unknown);
            let made = crate::summarize(&input, &options, Lexicon::english().unwrap()).unwrap();
            let counts = made.narrated.unwrap();
            assert_eq!((counts.asked, counts.kept), (sentences, 0));
            assert_eq!(counts.refused.iter().map(|(_, n)| n).sum::<usize>(), sentences);
            assert_eq!(*made.page.expose(), page(bytes, Page::Json, &[], &told()).unwrap());
        }
    }
}

/// The sentence of a request as parts: what is between placeholders as words, what they stand for as copied.
fn unmasked(sentence: &str, shown: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut at, mut rest) = (0, shown);
    while let Some(open) = rest.find('[') {
        let (before, hole) = rest.split_at(open);
        let after = &hole[hole.find(']').unwrap() + 1..];
        let next = after.split('[').next().unwrap();
        let start = at + before.len();
        let end = if next.is_empty() { sentence.len() } else { start + sentence[start..].find(next).unwrap() };
        parts.push(Part::Words(Narrative::new(before.to_owned())));
        parts.push(Part::Copied(start, end));
        (at, rest) = (end, after);
    }
    parts.push(Part::Words(Narrative::new(rest.to_owned())));
    parts.retain(|part| !matches!(part, Part::Words(words) if words.text().is_empty()));
    parts
}

#[test]
fn a_summary_gives_the_words_that_a_model_must_have_answered() {
    let note = format!(
        "{NOTE}\nPLAN:\nHold metformin 500 mg on Monday, then take it twice a day. Say \"yes\" or \\ no to us.\n"
    );
    for bytes in [&*note, CCDA, FHIR, PEOPLE] {
        work(bytes, Page::Json, &[], &told(), |w| {
            let input = Input::new(bytes.as_bytes(), Label::Unknown);
            let known = known(&input, w.parsed, Stop::never()).unwrap();
            let room = Room::of(&w.sheet, w.press.prepared.note(), &known, w.press.lexicon, Stop::never()).unwrap();
            assert!(!room.asks().is_empty());
            for (number, ask) in room.asks().iter().enumerate() {
                let here: Vec<usize> =
                    room.prepared.read(number, None, w.press.lexicon).iter().map(|v| v.sentence).collect();
                let mut asked: serde_json::Value = serde_json::from_str(ask.user.text()).unwrap();
                let mut given = Given::new();
                for (place, sentence) in here.iter().enumerate() {
                    let shown = asked["sentences"][place]["text"].as_str().unwrap();
                    given.insert(*sentence, unmasked(&room.sentences()[*sentence].text, shown));
                }
                let reply = again::reply(ask, &here, &given).unwrap();
                // What was told of each sentence besides is not part of an answer.
                for sentence in asked["sentences"].as_array_mut().unwrap() {
                    assert!(sentence.as_object_mut().unwrap().remove("words").is_some());
                }
                assert_eq!(serde_json::from_str::<serde_json::Value>(&reply).unwrap(), asked);
                // All were asked about, and none was lost on the way to the check.
                let found = again(&room, &given, w.press.lexicon);
                assert!(found.asked >= here.len() && found.verdicts.len() == here.len());
                let is_lost = |v: &Verdict| matches!(v.outcome, Err(Refusal::WrongShape | Refusal::Missing));
                assert!(!found.verdicts.iter().any(is_lost), "{found:?}");
            }
        });
    }
}

#[test]
fn the_clinicians_extract_is_never_reworded() {
    let replies = [Some(Phi::new("{\"sentences\":[{\"id\":1,\"text\":\"You get short of breath.\"}]}".to_owned()))];
    for kind in [Page::Json, Page::Html, Page::Text, Page::Markdown] {
        let options = Options { now: now(), page: kind, large_print: false, narrated: None, stop: Stop::never() };
        let input = Input::new(NOTE.as_bytes(), Label::Unknown);
        let lexicon = Lexicon::english().unwrap();
        let plain = crate::extract(&input, &options, lexicon).unwrap();
        let narrated = Some(Narrated { replies: &replies, ..told() });
        assert_eq!(crate::extract(&input, &Options { narrated, ..options }, lexicon).unwrap(), plain);
    }
}

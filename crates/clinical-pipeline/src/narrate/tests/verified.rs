//! Summaries with rewordings, verified.

use super::*;
use crate::verify::verify_with;
use serde_json::{Value, json};

/// A second look that lets pass what was kept, and nothing else.
fn kept(room: &Room, given: &Given, _: &Lexicon) -> Again {
    let same = |(sentence, parts): (&usize, &Vec<Part>)| {
        let known = verdicts(room.sentences(), &SAID).swap_remove(*sentence).outcome;
        let outcome = known.and_then(|k| if k == *parts { Ok(k) } else { Err(Refusal::UnknownWord) });
        Verdict { sentence: *sentence, outcome }
    };
    Again { asked: room.sentences().len(), verdicts: given.iter().map(same).collect() }
}

fn faults(summary: &str) -> Vec<String> {
    let lexicon = Lexicon::english().unwrap();
    let input = Input::new(NOTE.as_bytes(), Label::Unknown);
    let found = verify_with(&input, summary.as_bytes(), &kept, lexicon, Stop::never()).unwrap();
    found.faults.into_iter().map(|f| format!("{} {}", f.kind.as_str(), f.at)).collect()
}

fn summary() -> String {
    let site = Disclosure { opening: None, reviewed: true, contact: Some("Call 555-0100.") };
    page(NOTE, Page::Json, &SAID, &Narrated { disclosure: site, ..told() }).unwrap()
}

#[test]
fn a_summary_with_rewordings_verifies() {
    assert_eq!(faults(&summary()), Vec::<String>::new());
    assert_eq!(faults(&format!("{{\"summary\":{}}}", summary())), Vec::<String>::new());
}

/// Changes a summary and gives its faults.
fn changed(change: &dyn Fn(&mut Value)) -> Vec<String> {
    // The grade of readability is a number with two decimals, which a general reader of JSON would lose.
    let marked = summary().replace("\"flesch_kincaid_grade\":", "\"flesch_kincaid_grade\":\"n\",\"n\":");
    let mut value: Value = serde_json::from_str(&marked).unwrap();
    let number = marked.split_once("\"n\":").unwrap().1;
    let number = &number[..number.find(',').unwrap()];
    let whole = value.clone();
    change(&mut value);
    assert_ne!(value, whole, "something was changed");
    let readability = value["readability"].as_object_mut().unwrap();
    readability.remove("n");
    let text =
        value.to_string().replace("\"flesch_kincaid_grade\":\"n\"", &format!("\"flesch_kincaid_grade\":{number}"));
    faults(&text)
}

#[test]
fn an_altered_rewording_is_a_fault_at_its_place() {
    let at = "/follow_up_in_words/0/plain_words/0";
    let place = "altered summary.follow_up_in_words[0].plain_words[0]";
    let parts =
        |words: &str| json!([{ "words": words }, { "copied": "in 2 weeks", "start": 17, "end": 27 }, { "words": "." }]);
    for (member, value) in [
        ("parts", parts("Do not come back ")),
        ("parts", json!([])),
        ("parts", json!("x")),
        ("parts", json!([{ "words": "Come back to the clinic in two weeks." }])),
        (
            "parts",
            json!([{ "words": "Come back to the clinic " }, { "copied": "in 3 weeks", "start": 17, "end": 27 }, { "words": "." }]),
        ),
        (
            "parts",
            json!([{ "words": "Come back to the clinic " }, { "copied": "in 2 weeks", "start": 16, "end": 27 }, { "words": "." }]),
        ),
        ("text_index", json!(1)),
        ("start", json!(1)),
        ("end", json!(9999)),
    ] {
        let found = changed(&|v| *v.pointer_mut(&format!("{at}/{member}")).unwrap() = value.clone());
        assert!(found.iter().any(|f| f == place), "{member} {value}: {found:?}");
    }
}

#[test]
fn every_other_change_of_the_narration_is_a_fault() {
    let at = |pointer: &'static str, value: Value| changed(&|v| *v.pointer_mut(pointer).unwrap() = value.clone());
    let flags = "/safety_validation/ai_processing_flags";
    for (found, place) in [
        (
            at("/follow_up_in_words/0/plain_words/0/text", json!("All is well.")),
            "altered summary.follow_up_in_words[0].plain_words[0].text",
        ),
        (
            at("/follow_up_in_words/0/plain_words/0/ai_processed", json!(false)),
            "altered summary.follow_up_in_words[0].plain_words[0].ai_processed",
        ),
        (
            at("/follow_up_in_words/0/plain_words/0/source/0/text", json!("x")),
            "altered summary.follow_up_in_words[0].plain_words[0].source[0].text",
        ),
        (
            at("/follow_up_in_words/0/text/0", json!("Return to clinic in 3 weeks.")),
            "altered summary.follow_up_in_words[0].text[0]",
        ),
        (at("/safety_validation/ai_processing_flags/model", json!("other")), "altered summary.summary_id"),
        (
            at("/safety_validation/ai_processing_flags/model", json!("<b>")),
            "altered summary.safety_validation.ai_processing_flags.model",
        ),
        (
            at("/safety_validation/ai_processing_flags/asked", json!(3)),
            "altered summary.safety_validation.ai_processing_flags.asked",
        ),
        (
            at("/safety_validation/ai_processing_flags/kept", json!(1)),
            "altered summary.safety_validation.ai_processing_flags.kept",
        ),
        (
            at("/safety_validation/ai_processing_flags/refused/missing", json!(1)),
            "altered summary.safety_validation.ai_processing_flags.refused",
        ),
        (at("/safety_validation/ai_processing_flags/reviewed", json!(false)), "altered summary.ai_disclosure[1]"),
        (
            at("/safety_validation/ai_processing_flags/prompt_version", json!("0")),
            "altered summary.safety_validation.ai_processing_flags.prompt_version",
        ),
        (at("/ai_disclosure/0", json!("Written by your doctor.")), "altered summary.summary_id"),
        (at("/ai_disclosure/2", json!("Call 555-0101.")), "altered summary.summary_id"),
        (at("/ai_disclosure", json!([])), "missing summary.ai_disclosure[0]"),
        (changed(&|v| drop(v.as_object_mut().unwrap().remove("ai_disclosure"))), "missing summary.ai_disclosure"),
        (
            changed(&|v| drop(v["follow_up_in_words"][0].as_object_mut().unwrap().remove("plain_words"))),
            "altered summary.safety_validation.ai_processing_flags.kept",
        ),
        (
            changed(&|v| {
                let one = v["reasons"][0]["plain_words"][0].clone();
                v["reasons"][0]["plain_words"].as_array_mut().unwrap().push(one);
            }),
            "altered summary.reasons[0].plain_words[1]",
        ),
        (
            changed(&|v| {
                let one = v["reasons"][0]["plain_words"].clone();
                v["findings"][0]["plain_words"] = one;
            }),
            "altered summary.findings[0].plain_words[0]",
        ),
    ] {
        assert!(found.iter().any(|f| f == place), "{place}: {found:?}");
    }
    // Without the flag nobody looks for rewordings, and each is one too many.
    let found = changed(&|v| v.pointer_mut(flags).unwrap()["ai_processed"] = json!(false));
    assert!(found.iter().any(|f| f.starts_with("invented summary.follow_up_in_words[0].member(")), "{found:?}");
}

#[test]
fn a_summary_that_only_says_it_has_words_of_a_model_is_at_fault() {
    let bare = page(NOTE, Page::Json, &[], &told()).unwrap();
    assert_eq!(faults(&bare), Vec::<String>::new());
    let claims = bare
        .replace("\"ai_processing_flags\":{\"ai_processed\":false}", "\"ai_processing_flags\":{\"ai_processed\":true}");
    assert_ne!(claims, bare);
    assert!(faults(&claims).contains(&"altered summary.safety_validation.ai_processing_flags.ai_processed".to_owned()));
}

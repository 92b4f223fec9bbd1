//! What pages with rewordings say, and that pages without are as they were.

use super::*;

const PAGES: [Page; 4] = [Page::Json, Page::Html, Page::Text, Page::Markdown];

fn plain_text(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_rewording_stands_before_the_records_words_with_its_mark() {
    let text = plain_text(&page(NOTE, Page::Text, &SAID, &told()).unwrap());
    for line in [
        "* In plain words, by a computer: You said you get short of breath when you move around, for two weeks. The record says: Dyspnea on exertion for two weeks.",
        "* In plain words, by a computer: Come back to the clinic in 2 weeks. The record says: Return to clinic in 2 weeks.",
        "* Elevate legs when seated.",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    let html = page(NOTE, Page::Html, &SAID, &told()).unwrap();
    let line =
        "<p class=\"ai\"><b>In plain words, by a computer:</b> Come back to the clinic <span class=\"f\" data-at=\"";
    assert!(html.contains(line), "{html}");
    assert!(html.contains("\">in 2 weeks</span>.</p><p>The record says: <span class=\"f\" data-at=\""));
    let markdown = page(NOTE, Page::Markdown, &SAID, &told()).unwrap();
    assert!(
        markdown.contains(
            "- In plain words, by a computer: Come back to the clinic in 2 weeks.\\\n  The record says: Return"
        )
    );
}

#[test]
fn the_json_page_says_which_words_are_whose() {
    let json = page(NOTE, Page::Json, &SAID, &told()).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let item = &json["follow_up_in_words"][0];
    assert_eq!(item["text"][0], "Return to clinic in 2 weeks.");
    let plain = &item["plain_words"][0];
    let expected = serde_json::json!({
        "text": "Come back to the clinic in 2 weeks.", "ai_processed": true, "text_index": 0, "start": 0, "end": 28,
        "parts": [{ "words": "Come back to the clinic " }, { "copied": "in 2 weeks", "start": 17, "end": 27 }, { "words": "." }],
        "source": item["source"],
    });
    assert_eq!(*plain, expected);
    let flags = &json["safety_validation"]["ai_processing_flags"];
    let asked = flags["asked"].as_u64().unwrap();
    assert!(asked > 4);
    let expected = serde_json::json!({
        "ai_processed": true, "model": "small-model:1.0", "parameters": "temperature 0, at most 2000 tokens",
        "prompt_version": PROMPT_VERSION, "asked": asked, "kept": 2, "refused": { "missing": asked - 2 }, "reviewed": false,
    });
    assert_eq!(*flags, expected);
    assert_eq!(json["ai_disclosure"].as_array().unwrap().len(), 3);
    let with: Vec<&str> = ["reasons", "findings", "care_instructions", "follow_up_in_words", "help_in_words"]
        .into_iter()
        .filter(|list| json[list].as_array().unwrap().iter().any(|item| item.get("plain_words").is_some()))
        .collect();
    assert_eq!(with, ["reasons", "follow_up_in_words"]);
}

#[test]
fn a_page_is_as_it_was_where_no_rewording_is_kept() {
    for kind in PAGES {
        let options = Options { now: now(), page: kind, large_print: false, narrated: None, stop: Stop::never() };
        let lexicon = Lexicon::english().unwrap();
        let input = Input::new(NOTE.as_bytes(), Label::Unknown);
        let plain = crate::summarize(&input, &options, lexicon).unwrap();
        assert_eq!(plain.narrated, None);
        assert_eq!(page(NOTE, kind, &[], &told()).unwrap(), *plain.page.expose(), "{kind:?}");
        let replies = [Some(Phi::new("nonsense".to_owned())), None, Some(Phi::new(String::new()))];
        let narrated = Some(Narrated { replies: &replies, ..told() });
        let asked = crate::summarize(&input, &Options { narrated, ..options }, lexicon).unwrap();
        assert_eq!(asked.page, plain.page, "{kind:?}");
        assert_eq!(asked.reading, plain.reading);
        let counts = asked.narrated.unwrap();
        assert_eq!(counts.kept, 0);
        assert_eq!(counts.asked, counts.refused.iter().map(|(_, n)| n).sum::<usize>());
    }
}

#[test]
fn pages_are_the_same_every_time_and_in_every_format() {
    let ccda = [("Ambulate with aid for 5 days.", "Walk with help {for 5 days}."), ("Rest often.", "Take breaks.")];
    let fhir = [("Ambulate with aid for 5 days.", "Walk with help {for 5 days}.")];
    for kind in PAGES {
        for (bytes, said) in [(NOTE, &SAID[..]), (CCDA, &ccda[..]), (FHIR, &fhir[..])] {
            let made = page(bytes, kind, said, &told());
            assert!(made.is_ok(), "{kind:?}: {made:?}");
            assert_eq!(made, page(bytes, kind, said, &told()));
            assert_ne!(made, page(bytes, kind, &[], &told()));
        }
    }
    let text = plain_text(&page(CCDA, Page::Text, &ccda, &told()).unwrap());
    let line = "* Instructions The record says: Weigh yourself each morning & write it down. In plain words, by a computer: Walk with help for 5 days. In plain words, by a computer: Take breaks. The record says: Ambulate with aid for 5 days. Rest often.";
    assert!(text.contains(line), "{text}");
    let text = plain_text(&page(FHIR, Page::Text, &fhir, &told()).unwrap());
    let line = "Walk with help for 5 days. The record says: Keep the wound dry & clean. Ambulate with aid for 5 days.";
    assert!(text.contains(line), "{text}");
}

#[test]
fn the_start_of_the_sheet_says_who_wrote_and_whom_to_ask() {
    let ours = "(artificial intelligence). They are marked.";
    let begins = |told: &Narrated<'_>| {
        let text = plain_text(&page(NOTE, Page::Text, &SAID, told).unwrap());
        text.split_once("= ").unwrap().1.chars().take(700).collect::<String>()
    };
    let plain = begins(&told());
    assert!(plain.starts_with("Some words on this sheet were written by a computer program"), "{plain}");
    assert!(plain.contains(ours) && plain.contains("No clinician has read") && plain.contains("ask your care team."));
    let read = Narrated { disclosure: Disclosure { reviewed: true, ..told().disclosure }, ..told() };
    let read = begins(&read);
    assert!(read.contains("A clinician read this sheet") && !read.contains("No clinician has read"), "{read}");
    let long = "x".repeat(400);
    for (opening, contact, has, has_not) in [
        (Some("Written by AI."), Some("Call 555-0100, ext. 7 <b>now</b>."), "Written by AI. No clinician", ours),
        (
            None,
            Some("Call 555-0100, ext. 7 <b>now</b>."),
            "Call 555-0100, ext. 7 <b>now</b>.",
            "with a person about them",
        ),
        (None, Some("Two\nlines\u{7}."), "Two lines .", "with a person about them"),
        (None, Some("  \n "), "with a person about them", "Two"),
        (Some(&*long), None, &long[..300], &long[..301]),
    ] {
        let site = Narrated { disclosure: Disclosure { opening, reviewed: false, contact }, ..told() };
        let start = begins(&site);
        assert!(start.contains(has) && !start.contains(has_not), "{start}");
        for kind in PAGES {
            let made = page(NOTE, kind, &SAID, &site).unwrap();
            assert!(kind == Page::Text || kind == Page::Json || !made.contains("<b>now"), "{kind:?}");
        }
    }
}

#[test]
fn the_page_does_not_say_of_such_words_that_they_were_written_ahead() {
    let with = page(NOTE, Page::Html, &SAID, &told()).unwrap();
    let without = page(NOTE, Page::Html, &[], &told()).unwrap();
    assert!(
        without.contains("The plain words were written ahead of time")
            && !with.contains("The plain words were written")
    );
    assert!(with.contains("The marked words were written by a computer program for this sheet."));
}

#[test]
fn readability_counts_neither_the_models_words_nor_the_sites() {
    let grade = |said: &[(&str, &str)], told: &Narrated<'_>| {
        work(NOTE, Page::Text, said, told, |w| w.press.page(&w.sheet, Some(&w.parsed.places())).unwrap().1)
    };
    let hard =
        [(SAID[1].0, "Notwithstanding circumstantial considerations, reappearance is anticipated {in 2 weeks}.")];
    let easy = [(SAID[1].0, "Come {in 2 weeks}.")];
    assert_eq!(grade(&hard, &told()), grade(&easy, &told()));
    let site = |opening| Narrated { disclosure: Disclosure { opening: Some(opening), ..told().disclosure }, ..told() };
    let hard = site("Institutional artificial intelligence documentation disclosure notwithstanding.");
    assert_eq!(grade(&easy, &hard), grade(&easy, &site("We use it.")));
}

#[test]
fn a_models_name_is_letters_digits_and_few_signs() {
    let strange = Narrated { model: "gpt<script>\"4\u{202e}:7b", parameters: "temperature 0\n</x>", ..told() };
    let json = page(NOTE, Page::Json, &SAID, &strange).unwrap();
    assert!(json.contains("\"model\":\"gptscript4:7b\",\"parameters\":\"temperature 0/x\""));
}

#[test]
fn what_is_said_of_such_words_is_easy_to_read() {
    use clinical_lexicon::{Message, Readability};
    for message in
        [Message::AiOpening, Message::AiReviewed, Message::AiNotReviewed, Message::AiContact, Message::AboutMarked]
    {
        let words = Lexicon::english().unwrap().phrase(message).words();
        let mut measure = Readability::default();
        measure.add(&words);
        assert!(measure.reading().grade <= 6.0, "{}", message.id());
        assert!(!words.chars().any(char::is_numeric), "{}", message.id());
    }
}

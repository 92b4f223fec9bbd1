//! Answers that are not what was asked for. Whatever comes, every sentence has a verdict, and none of them is that a
//! rewording may be said.

use crate::trial::{lexicon, texts};
use clinical_model::Stop;
use clinical_narrator::{Prepared, Refusal, Sentence, Topic, Verdict, prepare};
use clinical_privacy::Known;

const FIRST: &str = "Patient denies chest pain.";
const SECOND: &str = "The incision is healing well.";
const SAID: [&str; 2] = ["You said you do not have chest pain.", "Your cut from surgery is healing well."];

fn prepared() -> (Prepared, [String; 2]) {
    let sentences = [Sentence { text: FIRST, topic: Topic::Reason }, Sentence { text: SECOND, topic: Topic::Finding }];
    let context = format!("{FIRST} {SECOND}");
    let prepared = prepare(&sentences, &context, &Known::new(), lexicon(), Stop::never()).unwrap();
    assert_eq!(prepared.asks().len(), 1, "two sentences make one request");
    let ids: Vec<String> = texts(&prepared.asks()[0]).iter().map(|(id, _)| id.to_string()).collect();
    (prepared, ids.try_into().unwrap())
}

fn refusals(prepared: &Prepared, reply: Option<&str>) -> Vec<Option<Refusal>> {
    let verdicts: Vec<Verdict> = prepared.read(0, reply, lexicon());
    assert_eq!(verdicts.iter().map(|v| v.sentence).collect::<Vec<_>>(), [0, 1], "every sentence has one verdict");
    verdicts.into_iter().map(|v| v.outcome.err()).collect()
}

#[test]
fn the_answer_that_was_asked_for_is_read() {
    let (prepared, [one, two]) = prepared();
    let [first, second] = SAID;
    // In the other order, and with white space: the identity says which sentence it is.
    let reply = format!(
        "{{ \"sentences\": [ {{\"text\":\"{second}\",\"id\":{two}}},\n {{\"id\":{one},\"text\":\"{first}\"}} ] }}\n"
    );
    assert_eq!(refusals(&prepared, Some(&reply)), [None, None]);
}

#[test]
fn an_answer_of_another_shape_says_nothing() {
    let (prepared, [one, two]) = prepared();
    let [first, second] = SAID;
    let right =
        format!("{{\"sentences\":[{{\"id\":{one},\"text\":\"{first}\"}},{{\"id\":{two},\"text\":\"{second}\"}}]}}");
    assert_eq!(refusals(&prepared, None), [Some(Refusal::NoReply); 2]);
    let mut wrong = vec![
        String::new(),
        "null".into(),
        "[]".into(),
        "{}".into(),
        "OK".into(),
        format!("{first} {second}"),
        format!("[{{\"id\":{one},\"text\":\"{first}\"}},{{\"id\":{two},\"text\":\"{second}\"}}]"),
        format!("Here it is: {right}"),
        format!("{right} I hope this helps."),
        format!("{right}{right}"),
        right.replace("sentences", "sentence"),
        right.replace("\"text\"", "\"words\""),
        right.replace("\"id\":", "\"no\":"),
        right.replace(&format!("\"{first}\""), "null").replace(&format!("\"{second}\""), "7"),
        right.replace("{\"sentences\":", "{\"sentences\":{\"all\":").replace("]}", "]}}"),
        right.replace('"', "'"),
        "{\"sentences\":".to_owned() + &"[".repeat(100_000),
        "{\"error\":{\"message\":\"overloaded\"}}".into(),
    ];
    // Cut off anywhere: a server that ran out of tokens, or a line that broke.
    wrong.extend((0..right.len()).filter(|at| right.is_char_boundary(*at)).map(|at| right[..at].to_owned()));
    for reply in &wrong {
        for refusal in refusals(&prepared, Some(reply)) {
            let expected = [Refusal::WrongShape, Refusal::Missing];
            assert!(refusal.is_some_and(|r| expected.contains(&r)), "{refusal:?}: {}", &reply[..reply.len().min(200)]);
        }
    }
    println!("{} answers of another shape refused", wrong.len());
}

#[test]
fn one_bad_sentence_does_not_take_the_other_with_it() {
    let (prepared, [one, two]) = prepared();
    let [first, second] = SAID;
    let reply = |rest: &str| format!("{{\"sentences\":[{{\"id\":{one},\"text\":\"{first}\"}}{rest}]}}");
    assert_eq!(refusals(&prepared, Some(&reply(""))), [None, Some(Refusal::Missing)]);
    let empty = format!(",{{\"id\":{two},\"text\":\" \"}}");
    assert_eq!(refusals(&prepared, Some(&reply(&empty))), [None, Some(Refusal::Empty)]);
    let twice = format!(",{{\"id\":{two},\"text\":\"{second}\"}},{{\"id\":{two},\"text\":\"{second}\"}}");
    assert_eq!(refusals(&prepared, Some(&reply(&twice))), [None, Some(Refusal::Repeated)]);
    let exchanged =
        format!("{{\"sentences\":[{{\"id\":{two},\"text\":\"{first}\"}},{{\"id\":{one},\"text\":\"{second}\"}}]}}");
    assert!(refusals(&prepared, Some(&exchanged)).iter().all(Option::is_some), "each has the words of the other");
    let same = format!(",{{\"id\":{two},\"text\":\"{SECOND}\"}}");
    assert_eq!(refusals(&prepared, Some(&reply(&same))), [None, Some(Refusal::Same)]);
}

#[test]
fn a_request_that_was_not_made_has_no_verdicts() {
    let (prepared, _) = prepared();
    assert!(prepared.read(1, Some("{\"sentences\":[]}"), lexicon()).is_empty());
}

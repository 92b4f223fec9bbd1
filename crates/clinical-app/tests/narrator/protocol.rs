//! What is sent, what is tried again, and what is not.

use crate::stub::{Does, JSON, LONG, Stub, ask, body, completion, config, good, narrator, reply, status};
use clinical_app::narrator::{Auth, Config, Outcome};
use clinical_pipeline::{Phi, REPLY_SCHEMA};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn outcomes(answers: &clinical_app::narrator::Answers) -> Vec<Outcome> {
    answers.tries.iter().map(|(outcome, _)| *outcome).collect()
}

#[tokio::test]
async fn a_request_is_what_servers_of_this_kind_take() {
    let stub = Stub::start(body(&completion("words"))).await;
    for base in ["/v1", "/v1/", "/openai/v1"] {
        let answers = narrator(config(&stub.url(base))).ask(&[ask()], LONG).await;
        assert_eq!(answers.replies, [Some(Phi::new("words".to_owned()))]);
        assert_eq!(outcomes(&answers), [Outcome::Answered]);
    }
    let requests = stub.requests();
    let lines: Vec<&str> = requests.iter().map(|request| request.line.as_str()).collect();
    let (plain, azure) = ("POST /v1/chat/completions HTTP/1.1", "POST /openai/v1/chat/completions HTTP/1.1");
    assert_eq!(lines, [plain, plain, azure]);
    let sent = requests[0].json();
    let schema: Value = serde_json::from_str(REPLY_SCHEMA).unwrap();
    let expected = json!({
        "model": "stub", "temperature": 0, "seed": 0, "max_tokens": 700, "stream": false,
        "messages": [
            { "role": "system", "content": ask().system.text() },
            { "role": "user", "content": ask().user.text() },
        ],
        "response_format": {
            "type": "json_schema", "json_schema": { "name": "sentences", "strict": true, "schema": schema },
        },
    });
    assert_eq!(sent, expected);
    assert_eq!(requests[0].header("content-type"), Some("application/json"));
    assert_eq!(requests[0].header("accept-encoding"), Some("identity"), "nothing packed is asked for");
    assert_eq!((requests[0].header("authorization"), requests[0].header("api-key")), (None, None));
}

#[tokio::test]
async fn a_key_is_shown_as_its_server_wants_it() {
    let key = || Phi::new("sk-CANARY".to_owned());
    for (auth, bearer, api_key) in
        [(Auth::Bearer(key()), Some("Bearer sk-CANARY"), None), (Auth::ApiKey(key()), None, Some("sk-CANARY"))]
    {
        let stub = Stub::start(good()).await;
        let narrator = stub.narrator(auth);
        narrator.ask(&[ask()], LONG).await;
        let request = &stub.requests()[0];
        assert_eq!((request.header("authorization"), request.header("api-key")), (bearer, api_key));
        assert!(!format!("{narrator:?}").contains("CANARY"));
    }
    // What cannot be a header is a mistake at the start, and is not repeated.
    let auth = Auth::Bearer(Phi::new("CANARY\nx: y".to_owned()));
    let mistakes = clinical_app::narrator::Narrator::new(Config { auth, ..config("http://127.0.0.1:1/v1") });
    let said = format!("{:?}", mistakes.unwrap_err());
    assert!(said.contains("CLINICAL_AI_API_KEY") && !said.contains("CANARY"), "{said}");
}

#[tokio::test]
async fn a_server_without_schemas_is_asked_for_json_and_that_is_remembered() {
    let stub = Stub::start(good()).await;
    stub.does([status("400 Bad Request"), good()]);
    let narrator = stub.narrator(Auth::None);
    for _ in 0..2 {
        assert_eq!(outcomes(&narrator.ask(&[ask()], LONG).await), [Outcome::Answered]);
    }
    let formats: Vec<Value> = stub.requests().iter().map(|request| request.json()["response_format"].clone()).collect();
    let plain = json!({ "type": "json_object" });
    assert_eq!((&formats[0]["type"], &formats[1..]), (&json!("json_schema"), &[plain.clone(), plain][..]));
    // A server to which nothing is good enough is asked both ways each time.
    stub.does([status("400 Bad Request")]);
    let other = stub.narrator(Auth::None);
    for _ in 0..2 {
        assert_eq!(outcomes(&other.ask(&[ask()], LONG).await), [Outcome::Status]);
    }
    assert_eq!(stub.asked(), 3 + 4);
}

#[tokio::test]
async fn what_did_nothing_is_tried_again_and_twice_at_most() {
    let stub = Stub::start(good()).await;
    for bad in ["429 Too Many Requests", "503 Service Unavailable", "500 Oops", "502 Bad Gateway", "504 Late"] {
        let before = stub.asked();
        stub.does([status(bad), status(bad), good()]);
        let answers = stub.narrator(Auth::None).ask(&[ask()], LONG).await;
        assert!(answers.replies[0].is_some(), "{bad}");
        assert_eq!(stub.asked() - before, 3, "{bad}");
        stub.does([status(bad)]);
        let answers = stub.narrator(Auth::None).ask(&[ask()], LONG).await;
        assert_eq!((answers.replies, stub.asked() - before), (vec![None], 6), "{bad}");
    }
}

#[tokio::test]
async fn what_may_still_be_worked_at_is_not_sent_again() {
    let stub = Stub::start(Does::Silence).await;
    let answers = stub.narrator(Auth::None).ask(&[ask()], LONG).await;
    assert_eq!((outcomes(&answers), stub.asked()), (vec![Outcome::Timeout], 1));
}

#[tokio::test]
async fn a_server_that_asks_for_time_is_given_it_where_there_is_time() {
    let busy =
        |after: &str| Does::Raw(reply("429 Too Many Requests", &format!("{JSON}Retry-After: {after}\r\n"), "{}"));
    let stub = Stub::start(good()).await;
    stub.does([busy("1"), good()]);
    let watch = Instant::now();
    let answers = stub.narrator(Auth::None).ask(&[ask()], LONG).await;
    assert!(answers.replies[0].is_some() && watch.elapsed() >= Duration::from_secs(1));
    stub.does([busy("3600"), good()]);
    let (watch, before) = (Instant::now(), stub.asked());
    let answers = stub.narrator(Auth::None).ask(&[ask()], Duration::from_secs(5)).await;
    assert_eq!((outcomes(&answers), stub.asked() - before), (vec![Outcome::Throttled], 1));
    assert!(watch.elapsed() < Duration::from_secs(4), "it is not waited for in vain");
    // A date, or nonsense, is no number of seconds.
    stub.does([busy("Wed, 21 Oct 2099 07:28:00 GMT"), busy("CANARY"), good()]);
    assert!(stub.narrator(Auth::None).ask(&[ask()], LONG).await.replies[0].is_some());
}

#[tokio::test]
async fn a_name_of_a_model_that_says_more_is_left_out() {
    let named = |name: &str| body(&completion("words").replace("stub-2026-01", name));
    for (name, kept) in [("org/model@v1:Q4", Some("org/model@v1:Q4")), ("take 5 mg", None), ("", None)] {
        let stub = Stub::start(named(name)).await;
        let answers = stub.narrator(Auth::None).ask(&[ask()], LONG).await;
        assert_eq!((answers.served.as_deref(), answers.replies[0].is_some()), (kept, true), "{name}");
    }
}

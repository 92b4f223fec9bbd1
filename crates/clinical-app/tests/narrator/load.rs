//! How many requests go out, and what happens with a server that fails for a while.

use crate::stub::{Does, LONG, PACE, Stub, ask, completion, config, good, narrator, reply, status};
use clinical_app::narrator::breaker::Stands;
use clinical_app::narrator::{Auth, Config, Outcome};
use clinical_pipeline::Phi;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::sleep;

fn slow(milliseconds: u64) -> Does {
    let bytes = reply("200 OK", crate::stub::JSON, &completion("words"));
    Does::After(Duration::from_millis(milliseconds), bytes)
}

#[tokio::test]
async fn no_more_go_out_at_once_than_the_settings_say() {
    for concurrency in [1, 2, 5] {
        let stub = Stub::start(slow(30)).await;
        let narrator = narrator(Config { concurrency, timeout: LONG, ..config(&stub.url("/v1")) });
        let documents: Vec<_> = (0..20)
            .map(|_| {
                let narrator = Arc::clone(&narrator);
                tokio::spawn(async move { narrator.ask(&[ask(), ask(), ask()], LONG).await })
            })
            .collect();
        for document in documents {
            let answers = document.await.unwrap();
            assert!(answers.replies.iter().all(Option::is_some), "{:?}", answers.tries);
        }
        assert_eq!((stub.asked(), stub.most()), (60, concurrency));
    }
}

#[tokio::test]
async fn answers_stand_where_their_requests_stood() {
    let stub = Stub::start(good()).await;
    let said = |text: &str| Does::Raw(reply("200 OK", crate::stub::JSON, &completion(text)));
    stub.does([said("a"), status("404 Not Found"), said("c"), said("d")]);
    let narrator = narrator(Config { concurrency: 1, ..config(&stub.url("/v1")) });
    let answers = narrator.ask(&[ask(), ask(), ask(), ask()], LONG).await;
    let expected = ["a", "", "c", "d"].map(|text| (!text.is_empty()).then(|| Phi::new(text.to_owned())));
    assert_eq!(answers.replies, expected);
}

#[tokio::test]
async fn who_would_wait_too_long_for_a_place_is_not_kept_waiting() {
    let stub = Stub::start(Does::Silence).await;
    let narrator = narrator(Config { concurrency: 1, timeout: LONG, ..config(&stub.url("/v1")) });
    let other = Arc::clone(&narrator);
    let holding = tokio::spawn(async move { other.ask(&[ask()], LONG).await });
    while stub.asked() == 0 {
        sleep(Duration::from_millis(5)).await;
    }
    let watch = Instant::now();
    let answers = narrator.ask(&[ask(), ask()], Duration::from_millis(600)).await;
    assert!(watch.elapsed() < Duration::from_secs(5), "{:?}", watch.elapsed());
    let outcomes: Vec<Outcome> = answers.tries.iter().map(|(outcome, _)| *outcome).collect();
    assert_eq!((outcomes, stub.asked()), (vec![Outcome::Busy; 2], 1));
    holding.abort();
}

#[tokio::test]
async fn without_time_nothing_is_sent() {
    let stub = Stub::start(good()).await;
    let answers = stub.narrator(Auth::None).ask(&[ask()], Duration::ZERO).await;
    assert_eq!((answers.replies, stub.asked()), (vec![None], 0));
}

#[tokio::test]
async fn a_server_that_fails_is_left_alone_and_asked_again_after_a_rest() {
    let stub = Stub::start(status("404 Not Found")).await;
    let narrator = stub.narrator(Auth::None);
    assert_eq!((narrator.state().success, narrator.state().failure), (None, None));
    for number in 0..5 {
        assert!(!narrator.is_resting(), "{number}");
        narrator.ask(&[ask()], LONG).await;
    }
    assert!(narrator.is_resting());
    let answers = narrator.ask(&[ask()], LONG).await;
    assert_eq!((answers.tries[0].0, stub.asked()), (Outcome::Resting, 5), "nothing was sent");
    let state = narrator.state();
    assert_eq!((state.breaker, state.success), (Stands::Open, None));
    assert_eq!(state.failure.map(|(_, outcome)| outcome), Some(Outcome::Status));
    // One try that fails leaves it alone once more.
    sleep(PACE.rest).await;
    assert!(!narrator.is_resting());
    let answers = narrator.ask(&[ask()], LONG).await;
    assert_eq!((answers.tries[0].0, stub.asked()), (Outcome::Status, 6));
    assert!(narrator.is_resting());
    // One that does not lets all others through.
    sleep(PACE.rest).await;
    stub.does([good()]);
    for _ in 0..3 {
        assert!(narrator.ask(&[ask()], LONG).await.replies[0].is_some());
    }
    assert_eq!(narrator.state().breaker, Stands::Closed);
    assert!(narrator.state().success.is_some());
}

#[tokio::test]
async fn after_a_rest_one_tries_for_all() {
    let stub = Stub::start(status("404 Not Found")).await;
    let narrator = narrator(Config { concurrency: 8, timeout: LONG, ..config(&stub.url("/v1")) });
    for _ in 0..5 {
        narrator.ask(&[ask()], LONG).await;
    }
    sleep(PACE.rest).await;
    stub.does([slow(200)]);
    let answers = narrator.ask(&[ask(), ask(), ask(), ask()], LONG).await;
    assert_eq!(answers.replies.iter().flatten().count(), 1, "{:?}", answers.tries);
    assert_eq!(stub.asked(), 6);
}

#[tokio::test]
async fn a_client_that_leaves_breaks_its_request_off_and_no_more() {
    let stub = Stub::start(status("404 Not Found")).await;
    let narrator = narrator(Config { timeout: LONG, ..config(&stub.url("/v1")) });
    for _ in 0..5 {
        narrator.ask(&[ask()], LONG).await;
    }
    sleep(PACE.rest).await;
    stub.does([Does::Silence]);
    let asks = [ask()];
    let left = tokio::time::timeout(Duration::from_millis(300), narrator.ask(&asks, LONG)).await;
    assert!(left.is_err() && stub.asked() == 6);
    // It was the one that tried for all; the next one may.
    stub.does([good()]);
    for _ in 0..200 {
        if narrator.ask(&[ask()], LONG).await.replies[0].is_some() {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("its place was never free");
}

#[tokio::test]
async fn a_model_that_declines_stands_behind_a_server_that_works() {
    let stub = Stub::start(good()).await;
    let cut = completion("words").replace("\"stop\"", "\"length\"");
    stub.does([Does::Raw(reply("200 OK", crate::stub::JSON, &cut))]);
    let narrator = stub.narrator(Auth::None);
    for _ in 0..10 {
        assert_eq!(narrator.ask(&[ask()], LONG).await.tries[0].0, Outcome::Unfinished);
    }
    assert!(!narrator.is_resting() && stub.asked() == 10);
}

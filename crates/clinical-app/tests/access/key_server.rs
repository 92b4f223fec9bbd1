//! The key server rotates its keys, goes away, comes back, and misbehaves.

use crate::issuer::{NOW, access, ask, bearer, calm, claims, eager, public, sign, token_by, until};
use crate::server::{Does, Server};
use clinical_app::access::{Access, Intervals, KeyState, Refused};
use jsonwebtoken::Algorithm::RS256;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

fn key(kid: &str) -> Value {
    public("p256", json!({ "kid": kid }))
}

/// Asks until the token is accepted: a busy machine may take longer than the short intervals of a test.
async fn soon_accepted(access: &Access, token: &str) {
    for _ in 0..2000 {
        if ask(access, token).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it was not accepted");
}

fn is_fresh(access: &Access) -> bool {
    matches!(access.state(), KeyState::Fresh { .. })
}

fn is_stale(access: &Access) -> bool {
    matches!(access.state(), KeyState::Stale { .. })
}

#[tokio::test]
async fn a_new_key_is_fetched_when_a_token_names_it() {
    let server = Server::with(json!([key("one")])).await;
    let access = access(&server, eager());
    assert_eq!(access.state(), KeyState::Never);
    assert!(ask(&access, &token_by("one", json!({}))).await.is_ok());
    assert!(is_fresh(&access));
    server.does(Does::Keys(json!([key("one"), key("two")])));
    assert!(ask(&access, &token_by("two", json!({}))).await.is_ok());
    assert!(ask(&access, &token_by("one", json!({}))).await.is_ok());
    assert_eq!(server.asked(), 2);
}

#[tokio::test]
async fn a_token_of_a_key_that_was_withdrawn_is_refused_though_it_was_accepted_before() {
    let server = Server::with(json!([key("one")])).await;
    let access = access(&server, eager());
    let old = token_by("one", json!({}));
    assert!(ask(&access, &old).await.is_ok());
    server.does(Does::Keys(json!([key("two")])));
    assert!(ask(&access, &old).await.is_ok(), "nobody has asked again yet");
    assert!(ask(&access, &token_by("two", json!({}))).await.is_ok());
    assert_eq!(ask(&access, &old).await.unwrap_err(), Refused::Invalid("key-unknown"));
}

#[tokio::test]
async fn a_key_that_changed_under_its_name_is_noticed() {
    let server = Server::with(json!([public("rsa-a", json!({ "kid": "k" }))])).await;
    let access = access(&server, Intervals { refresh: Duration::ZERO, ..eager() });
    let signed = |by| sign(&json!({ "alg": "RS256", "kid": "k" }), &claims(json!({})), by, RS256);
    let (old, new) = (signed("rsa-a"), signed("rsa-b"));
    assert!(ask(&access, &old).await.is_ok());
    server.does(Does::Keys(json!([public("rsa-b", json!({ "kid": "k" }))])));
    // Begins the renewal beside the request, which is answered with what is there.
    assert_eq!(ask(&access, &new).await.unwrap_err(), Refused::Invalid("signature"));
    until(|| server.asked() >= 2).await;
    soon_accepted(&access, &new).await;
    assert_eq!(ask(&access, &old).await.unwrap_err(), Refused::Invalid("signature"));
}

#[tokio::test]
async fn invented_names_of_keys_do_not_hammer_the_key_server() {
    let server = Server::with(json!([key("one")])).await;
    let access = access(&server, calm());
    assert!(ask(&access, &token_by("one", json!({}))).await.is_ok());
    for number in 0..100 {
        let refused = ask(&access, &token_by(&format!("invented-{number}"), json!({}))).await.unwrap_err();
        assert_eq!(refused, Refused::Invalid("key-unknown"));
    }
    assert_eq!(server.asked(), 1, "the first fetch was a moment ago");
}

#[tokio::test]
async fn tokens_that_are_refused_anyway_do_not_ask_the_key_server() {
    let server = Server::with(json!([key("one")])).await;
    let access = access(&server, eager());
    for changes in [json!({ "exp": 1 }), json!({ "aud": "other" }), json!({ "iss": "other" })] {
        assert!(ask(&access, &token_by("gone", changes)).await.is_err());
    }
    assert_eq!(server.asked(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_come_together_wait_for_one_fetch() {
    let server = Server::with(json!([])).await;
    server.does(Does::Slowly(json!([key("one")]), Duration::from_millis(100)));
    let access = access(&server, eager());
    let token = token_by("one", json!({}));
    let requests: Vec<_> = (0..50)
        .map(|_| {
            let (access, token) = (access.clone(), token.clone());
            tokio::spawn(async move { ask(&access, &token).await })
        })
        .collect();
    for request in requests {
        assert!(request.await.unwrap().is_ok());
    }
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn a_request_that_is_broken_off_does_not_break_off_the_fetch() {
    let server = Server::with(json!([])).await;
    let now = Arc::new(Notify::new());
    server.does(Does::When(json!([key("one")]), Arc::clone(&now)));
    let access = access(&server, eager());
    for _ in 0..10 {
        let token = token_by("one", json!({}));
        let broken_off = tokio::time::timeout(Duration::from_millis(1), ask(&access, &token)).await;
        assert!(broken_off.is_err());
    }
    now.notify_one();
    until(|| is_fresh(&access)).await;
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn while_the_key_server_is_away_the_old_keys_hold_and_the_state_says_so() {
    let mut server = Server::with(json!([key("one")])).await;
    let access = access(&server, Intervals { refresh: Duration::ZERO, ..eager() });
    assert!(ask(&access, &token_by("one", json!({}))).await.is_ok());
    server.goes_away().await;
    let other = token_by("one", json!({ "sub": "another" }));
    assert!(ask(&access, &other).await.is_ok());
    until(|| is_stale(&access)).await;
    assert!(ask(&access, &token_by("one", json!({ "sub": "a third" }))).await.is_ok());
    // The key may be a new one: nobody can say.
    assert_eq!(ask(&access, &token_by("two", json!({}))).await.unwrap_err(), Refused::Unavailable);
    server.does(Does::Keys(json!([key("two")])));
    server.comes_back().await;
    assert!(ask(&access, &token_by("two", json!({}))).await.is_ok());
    assert!(is_fresh(&access));
}

#[tokio::test]
async fn old_keys_do_not_hold_for_ever() {
    let mut server = Server::with(json!([key("one")])).await;
    let access = access(&server, Intervals { keep: Duration::from_millis(200), ..eager() });
    access.warm().await;
    server.goes_away().await;
    until(|| is_stale(&access)).await;
    assert_eq!(ask(&access, &token_by("one", json!({}))).await.unwrap_err(), Refused::Unavailable);
    server.comes_back().await;
    soon_accepted(&access, &token_by("one", json!({}))).await;
}

#[tokio::test]
async fn a_key_server_that_was_never_there_is_not_the_fault_of_the_token() {
    let mut server = Server::with(json!([key("one")])).await;
    server.goes_away().await;
    let access = access(&server, eager());
    access.warm().await;
    let refused = ask(&access, &token_by("one", json!({}))).await.unwrap_err();
    assert_eq!((refused, refused.status(), refused.challenge()), (Refused::Unavailable, 503, None));
    assert_eq!(access.state(), KeyState::Never);
    server.comes_back().await;
    assert!(ask(&access, &token_by("one", json!({}))).await.is_ok());
}

#[tokio::test]
async fn a_key_server_that_is_away_is_not_asked_with_every_request() {
    let server = Server::with(json!([])).await;
    server.does(Does::Status("500 Internal Server Error"));
    let access = access(&server, calm());
    for number in 0..20 {
        let refused = ask(&access, &token_by("one", json!({ "sub": number.to_string() }))).await.unwrap_err();
        assert_eq!(refused, Refused::Unavailable);
    }
    assert_eq!(server.asked(), 1);
}

/// What a key server may answer that are no keys. Each leaves the keys that were there, and none is waited for.
#[tokio::test]
async fn a_bad_answer_is_no_answer() {
    let evil = Server::with(json!([key("two")])).await;
    let with_padding =
        |bytes: usize| json!({ "keys": [key("two")], "padding": "x".repeat(bytes) }).to_string().into_bytes();
    let good = with_padding(0);
    for bad in [
        Does::Body(b"<html>Service Unavailable</html>".to_vec()),
        Does::Body(vec![0xff; 4096]),
        Does::Body(b"[".repeat(200_000)),
        Does::Body(Vec::new()),
        Does::Body(br#"{"keys":[]}"#.to_vec()),
        Does::Body(good[..good.len() - 3].to_vec()),
        Does::Body(with_padding(10 << 20)),
        Does::Body(with_padding(256 << 10)),
        Does::Keys(json!([public("p256", json!({ "kid": "two", "use": "enc" }))])),
        Does::Keys(json!([{ "kty": "oct", "k": "AAAA", "kid": "two" }])),
        Does::Status("404 Not Found"),
        Does::Status("503 Service Unavailable"),
        Does::Status("204 No Content"),
        Does::Redirect(evil.url()),
        Does::Redirect("file:///etc/passwd".to_owned()),
        Does::Noise,
        Does::Close,
        Does::Silence,
        Does::Drip,
    ] {
        let server = Server::with(json!([key("one")])).await;
        let millis = if matches!(bad, Does::Silence | Does::Drip) { 300 } else { 30_000 };
        let access = access(&server, Intervals { timeout: Duration::from_millis(millis), ..eager() });
        soon_accepted(&access, &token_by("one", json!({}))).await;
        server.does(bad);
        assert_eq!(ask(&access, &token_by("two", json!({}))).await.unwrap_err(), Refused::Unavailable);
        assert!(server.asked() >= 2);
        assert!(is_stale(&access));
        assert!(ask(&access, &token_by("one", json!({ "sub": "another" }))).await.is_ok());
    }
    // A long answer is not a bad one.
    let server = Server::with(json!([key("one")])).await;
    server.does(Does::Body(with_padding(250 << 10)));
    assert!(ask(&access(&server, calm()), &token_by("two", json!({}))).await.is_ok());
    assert_eq!(evil.asked(), 0, "keys are not taken from where others could answer");
}

#[tokio::test]
async fn two_keys_of_one_name_are_both_tried() {
    let keys = json!([public("rsa-a", json!({ "kid": "k" })), public("rsa-b", json!({ "kid": "k" }))]);
    let server = Server::with(keys).await;
    let access = access(&server, calm());
    for by in ["rsa-a", "rsa-b"] {
        let token = sign(&json!({ "alg": "RS256", "kid": "k" }), &claims(json!({})), by, RS256);
        assert!(ask(&access, &token).await.is_ok(), "{by}");
    }
}

#[tokio::test]
async fn a_token_that_was_accepted_is_known_again_for_a_minute_without_its_key() {
    let server = Server::with(json!([key("one")])).await;
    // Whoever needs a key has the keys fetched again.
    let access = access(&server, Intervals { refresh: Duration::ZERO, ..eager() });
    let token = token_by("one", json!({}));
    for _ in 0..20 {
        assert!(ask(&access, &token).await.is_ok());
    }
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(server.asked(), 1);
    assert!(access.authenticate(&bearer(&token), NOW + 60).await.is_ok());
    until(|| server.asked() == 2).await;
}

#[tokio::test]
async fn debug_shows_the_state_and_nothing_else() {
    let server = Server::with(json!([key("one")])).await;
    let access = access(&server, calm());
    assert_eq!(format!("{access:?}"), "Access(Never)");
}

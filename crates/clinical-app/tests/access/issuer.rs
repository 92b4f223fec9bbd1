//! An issuer: its keys, its tokens, and the settings that trust it.

use crate::server::Server;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use clinical_app::access::{Access, Caller, Config, Intervals, Refused};
use clinical_pipeline::Phi;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};
use std::time::Duration;

pub(crate) const NOW: u64 = 1_750_000_000;
pub(crate) const ISSUER: &str = "https://login.example/realms/clinic";
pub(crate) const SECRET: &[u8] = b"a shared secret of this test; long enough for HS512; and longer still";

/// The public half of a key in `tests/keys`, under its name and with these members more or instead.
pub(crate) fn public(name: &str, more: Value) -> Value {
    let all: Value = serde_json::from_str(include_str!("../keys/test-only-public.json")).unwrap();
    let mut key = all[name].clone();
    key["kid"] = json!(name);
    for (member, value) in more.as_object().unwrap() {
        key[member] = value.clone();
    }
    key
}

/// The bytes of a PEM file in `tests/keys`.
pub(crate) fn der(pem: &str) -> Vec<u8> {
    let text: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    STANDARD.decode(text).unwrap()
}

fn private(name: &str) -> EncodingKey {
    match name {
        "rsa-a" => EncodingKey::from_rsa_der(&der(include_str!("../keys/test-only-rsa-a.pem"))),
        "rsa-b" => EncodingKey::from_rsa_der(&der(include_str!("../keys/test-only-rsa-b.pem"))),
        "rsa-short" => EncodingKey::from_rsa_der(&der(include_str!("../keys/test-only-rsa-short.pem"))),
        "p256" => EncodingKey::from_ec_der(&der(include_str!("../keys/test-only-p256.pem"))),
        "p384" => EncodingKey::from_ec_der(&der(include_str!("../keys/test-only-p384.pem"))),
        "ed25519" => EncodingKey::from_ed_der(&der(include_str!("../keys/test-only-ed25519.pem"))),
        _ => EncodingKey::from_secret(SECRET),
    }
}

/// Good claims, with these members more or instead; null takes one out.
pub(crate) fn claims(changes: Value) -> Value {
    let mut claims = json!({
        "iss": ISSUER, "aud": "clinical", "sub": "4f1c", "iat": NOW, "exp": NOW + 300, "scope": "summary:create",
    });
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            value => claims.as_object_mut().unwrap().insert(name.clone(), value.clone()),
        };
    }
    claims
}

/// A token with whatever header and claims, signed by a key of `tests/keys`, or by [`SECRET`] for any other name.
pub(crate) fn sign(header: &Value, claims: &Value, key: &str, algorithm: Algorithm) -> String {
    sign_text(&header.to_string(), &claims.to_string(), &private(key), algorithm)
}

pub(crate) fn sign_text(header: &str, claims: &str, key: &EncodingKey, algorithm: Algorithm) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = crypto::sign(message.as_bytes(), key, algorithm).unwrap();
    format!("{message}.{signature}")
}

/// A good token of the key `p256`, with these changes of its claims. (Signing with RSA takes long.)
pub(crate) fn token(changes: Value) -> String {
    token_by("p256", changes)
}

/// A good ES256 token that names this key: `p256`, or another name for it.
pub(crate) fn token_by(kid: &str, changes: Value) -> String {
    sign(&json!({ "alg": "ES256", "typ": "JWT", "kid": kid }), &claims(changes), "p256", Algorithm::ES256)
}

pub(crate) fn config(server: &Server) -> Config {
    Config {
        jwks_url: Some(server.url()),
        issuer: Some(ISSUER.to_owned()),
        audience: Some("clinical".to_owned()),
        ..Config::default()
    }
}

/// Trusts secrets only.
pub(crate) fn secret_config() -> Config {
    Config {
        secrets: vec![Phi::new(SECRET.to_vec())],
        issuer: Some(ISSUER.to_owned()),
        audience: Some("clinical".to_owned()),
        ..Config::default()
    }
}

/// Intervals at which nothing happens by itself while a test runs, and a fetch that may take long on a busy machine.
pub(crate) fn calm() -> Intervals {
    Intervals { timeout: Duration::from_secs(30), ..Intervals::default() }
}

/// As [`calm`], but the key server may be asked at any time.
pub(crate) fn eager() -> Intervals {
    Intervals { between: Duration::ZERO, between_first: Duration::ZERO, ..calm() }
}

/// Trusts the server, at these intervals.
pub(crate) fn access(server: &Server, intervals: Intervals) -> Access {
    Access::with_intervals(&config(server), intervals).unwrap()
}

pub(crate) fn bearer(token: &str) -> HeaderMap {
    HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}")).unwrap())])
}

/// What becomes of a token at [`NOW`].
pub(crate) async fn ask(access: &Access, token: &str) -> Result<Caller, Refused> {
    access.authenticate(&bearer(token), NOW).await
}

/// Why a token is refused by a service that trusts a server with this issuer's keys.
pub(crate) async fn refusal(token: &str) -> Refused {
    let server = Server::with(json!([public("rsa-a", json!({})), public("p256", json!({}))])).await;
    let access = access(&server, calm());
    ask(&access, &self::token(json!({}))).await.expect("a good token is good");
    ask(&access, token).await.unwrap_err()
}

/// Waits for what happens beside the requests.
pub(crate) async fn until(happened: impl Fn() -> bool) {
    for _ in 0..2000 {
        if happened() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it did not happen");
}

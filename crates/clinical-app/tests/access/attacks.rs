//! Who does not get in: each attack alone, against a service that trusts a key server with an RSA and an EC key.

use crate::issuer::{
    NOW, access, ask, bearer, calm, claims, config, der, public, refusal, secret_config, sign, sign_text, token,
    token_by,
};
use crate::server::Server;
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clinical_app::access::{Access, Config, Refused, secrets_in};
use clinical_pipeline::Phi;
use jsonwebtoken::Algorithm::{ES256, HS256, RS256};
use jsonwebtoken::EncodingKey;
use serde_json::{Value, json};

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

async fn is_refused(token: &str, reason: &'static str) {
    assert_eq!(refusal(token).await, Refused::Invalid(reason));
}

/// A good token whose header has these members more.
fn with_header(more: Value) -> String {
    let mut header = json!({ "alg": "ES256", "kid": "p256" });
    header.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    sign(&header, &claims(json!({})), "p256", ES256)
}

#[tokio::test]
async fn a_token_without_a_signature_is_refused_in_any_case_of_none() {
    for none in ["none", "None", "NONE", "nOnE"] {
        for kid in [json!({ "alg": none }), json!({ "alg": none, "kid": "p256" })] {
            is_refused(&format!("{}.{}.", part(&kid), part(&claims(json!({})))), "algorithm").await;
        }
        let secret = Access::new(&secret_config()).unwrap();
        let token = format!("{}.{}.", part(&json!({ "alg": none })), part(&claims(json!({}))));
        assert_eq!(ask(&secret, &token).await.unwrap_err(), Refused::Invalid("algorithm"));
    }
}

#[tokio::test]
async fn an_empty_or_shortened_signature_is_refused() {
    let good = token(json!({}));
    let (message, signature) = good.rsplit_once('.').unwrap();
    for signature in ["", "AA", &signature[..signature.len() - 2], &format!("{signature}AA"), &format!("{signature}=")]
    {
        is_refused(&format!("{message}.{signature}"), "signature").await;
    }
}

/// CVE-2022-21449: zeros satisfy the equation of a careless ECDSA.
#[tokio::test]
async fn a_signature_of_zeros_is_refused() {
    let good = token(json!({}));
    let (message, _) = good.rsplit_once('.').unwrap();
    is_refused(&format!("{message}.{}", URL_SAFE_NO_PAD.encode([0; 64])), "signature").await;
}

/// The public key is known to all: used as a secret, it would let all sign.
#[tokio::test]
async fn a_token_signed_with_the_public_key_as_the_secret_is_refused() {
    let pem = include_str!("../keys/test-only-rsa-a-public.pem");
    let modulus = public("rsa-a", json!({}))["n"].as_str().unwrap().to_owned();
    let server = Server::with(json!([public("rsa-a", json!({})), public("p256", json!({}))])).await;
    let keys_only = access(&server, calm());
    let both = Config { secrets: secrets_in(b"a secret that the attacker does not know"), ..config(&server) };
    let both = Access::with_intervals(&both, calm()).unwrap();
    for secret in [
        pem.as_bytes().to_vec(),
        pem.trim_end().as_bytes().to_vec(),
        der(pem),
        modulus.as_bytes().to_vec(),
        URL_SAFE_NO_PAD.decode(&modulus).unwrap(),
        public("rsa-a", json!({})).to_string().into_bytes(),
        vec![],
    ] {
        let header = json!({ "alg": "HS256", "kid": "rsa-a", "typ": "JWT" }).to_string();
        let token = sign_text(&header, &claims(json!({})).to_string(), &EncodingKey::from_secret(&secret), HS256);
        assert_eq!(ask(&keys_only, &token).await.unwrap_err(), Refused::Invalid("algorithm"));
        assert_eq!(ask(&both, &token).await.unwrap_err(), Refused::Invalid("signature"));
    }
    let config = Config { secrets: vec![Phi::new(pem.as_bytes().to_vec())], ..secret_config() };
    assert!(Access::new(&config).is_err(), "a public key set as the secret stops the start");
}

#[tokio::test]
async fn an_algorithm_that_is_not_of_the_family_of_the_key_is_refused() {
    let good = claims(json!({}));
    is_refused(&sign(&json!({ "alg": "ES256", "kid": "rsa-a" }), &good, "p256", ES256), "algorithm").await;
    is_refused(&sign(&json!({ "alg": "RS256", "kid": "p256" }), &good, "rsa-a", RS256), "algorithm").await;
    is_refused(
        &sign(&json!({ "alg": "EdDSA", "kid": "p256" }), &good, "ed25519", jsonwebtoken::Algorithm::EdDSA),
        "algorithm",
    )
    .await;
    // The header says one, the signature is by another.
    is_refused(&sign(&json!({ "alg": "PS256", "kid": "rsa-a" }), &good, "rsa-a", RS256), "signature").await;
}

#[tokio::test]
async fn a_token_of_a_key_server_is_refused_where_only_secrets_are_trusted() {
    let access = Access::new(&secret_config()).unwrap();
    assert_eq!(ask(&access, &token(json!({}))).await.unwrap_err(), Refused::Invalid("algorithm"));
}

#[tokio::test]
async fn a_changed_claim_is_refused() {
    let good = token(json!({}));
    let mut parts: Vec<&str> = good.split('.').collect();
    let changed = part(&claims(json!({ "scope": "admin" })));
    parts[1] = &changed;
    is_refused(&parts.join("."), "signature").await;
}

#[tokio::test]
async fn a_token_signed_by_another_key_of_the_same_kind_is_refused() {
    let header = json!({ "alg": "RS256", "kid": "rsa-a" });
    is_refused(&sign(&header, &claims(json!({})), "rsa-b", RS256), "signature").await;
}

#[tokio::test]
async fn a_token_for_another_audience_is_refused() {
    for audience in [json!("account"), json!(["account", "portal"]), json!([]), json!(null)] {
        is_refused(&token(json!({ "aud": audience })), "audience").await;
    }
}

#[tokio::test]
async fn a_token_of_another_issuer_is_refused() {
    for issuer in
        [json!("https://login.example/realms/other"), json!("https://login.example/realms/clinic/"), json!(null)]
    {
        is_refused(&token(json!({ "iss": issuer })), "issuer").await;
    }
}

#[tokio::test]
async fn a_token_without_an_end_is_refused() {
    is_refused(&token(json!({ "exp": null })), "no-expiry").await;
}

#[tokio::test]
async fn a_token_that_has_ended_is_refused_after_a_minute_of_skew() {
    is_refused(&token(json!({ "exp": NOW - 60 })), "expired").await;
}

#[tokio::test]
async fn a_token_that_has_not_begun_is_refused_before_a_minute_of_skew() {
    is_refused(&token(json!({ "nbf": NOW + 61 })), "not-yet").await;
}

#[tokio::test]
async fn a_token_issued_in_the_future_is_refused() {
    is_refused(&token(json!({ "iat": NOW + 61 })), "issued-later").await;
}

#[tokio::test]
async fn a_minute_between_two_clocks_is_allowed() {
    let server = Server::with(json!([public("p256", json!({}))])).await;
    let access = access(&server, calm());
    for changes in [json!({ "exp": NOW - 59 }), json!({ "nbf": NOW + 60 }), json!({ "iat": NOW + 60 })] {
        assert!(ask(&access, &token(changes.clone())).await.is_ok(), "{changes}");
    }
}

#[tokio::test]
async fn a_token_of_an_unknown_key_is_refused() {
    for kid in ["p257", "", "../../etc/passwd", "' OR 1=1 --", "P256"] {
        is_refused(&token_by(kid, json!({})), "key-unknown").await;
    }
}

#[tokio::test]
async fn a_token_that_names_no_key_is_refused_if_there_are_several() {
    let nameless = sign(&json!({ "alg": "ES256" }), &claims(json!({})), "p256", ES256);
    let second = public("p256", json!({ "kid": "second" }));
    let server = Server::with(json!([public("p256", json!({})), second])).await;
    let refused = ask(&access(&server, calm()), &nameless).await.unwrap_err();
    assert_eq!(refused, Refused::Invalid("key-not-named"));
    let server = Server::with(json!([public("p256", json!({})), public("rsa-a", json!({}))])).await;
    assert!(ask(&access(&server, calm()), &nameless).await.is_ok(), "one key of its kind is no choice");
}

#[tokio::test]
async fn a_header_that_demands_an_extension_is_refused() {
    for more in [json!({ "crit": ["exp"], "exp": 1 }), json!({ "crit": ["b64"], "b64": false }), json!({ "crit": [] })]
    {
        is_refused(&with_header(more), "critical-header").await;
    }
}

#[tokio::test]
async fn a_header_that_says_where_a_key_is_is_refused_and_nobody_goes_there() {
    let evil = Server::with(json!([public("p256", json!({}))])).await;
    for name in ["jku", "x5u"] {
        is_refused(&with_header(json!({ name: evil.url() })), "key-in-header").await;
    }
    assert_eq!(evil.asked(), 0);
}

#[tokio::test]
async fn a_token_that_brings_its_own_key_is_refused() {
    let mut header = json!({ "alg": "RS256", "jwk": public("rsa-b", json!({})) });
    is_refused(&sign(&header, &claims(json!({})), "rsa-b", RS256), "key-in-header").await;
    header = json!({ "alg": "RS256", "x5c": ["MIIC"] });
    is_refused(&sign(&header, &claims(json!({})), "rsa-b", RS256), "key-in-header").await;
}

#[tokio::test]
async fn an_oversized_token_is_refused() {
    let big = token(json!({ "padding": "x".repeat(16 << 10) }));
    assert!(big.len() > 16 << 10);
    is_refused(&big, "too-long").await;
}

#[tokio::test]
async fn garbage_is_refused() {
    let good = token(json!({}));
    for text in ["x", "a.b.c", "..", "e30.e30.e30.e30.e30", &good[..good.len() / 3], &good.replace('.', "~")] {
        is_refused(text, "not-a-token").await;
    }
    is_refused("e30.e30.", "algorithm").await;
}

#[tokio::test]
async fn a_member_that_stands_twice_is_refused() {
    let key = EncodingKey::from_ec_der(&der(include_str!("../keys/test-only-p256.pem")));
    let text = claims(json!({})).to_string();
    let twice = text.replacen('{', r#"{"scope":"admin","#, 1);
    is_refused(&sign_text(r#"{"alg":"ES256","kid":"p256"}"#, &twice, &key, ES256), "double-member").await;
    is_refused(&sign_text(r#"{"alg":"none","alg":"ES256","kid":"p256"}"#, &text, &key, ES256), "double-member").await;
}

#[tokio::test]
async fn two_authorization_headers_are_refused_though_each_is_good() {
    let server = Server::with(json!([public("p256", json!({}))])).await;
    let access = access(&server, calm());
    let mut headers = bearer(&token(json!({})));
    assert!(access.authenticate(&headers, NOW).await.is_ok());
    headers.append(AUTHORIZATION, headers[AUTHORIZATION].clone());
    assert_eq!(access.authenticate(&headers, NOW).await.unwrap_err(), Refused::Malformed);
}

#[tokio::test]
async fn another_scheme_is_no_token() {
    let server = Server::with(json!([public("p256", json!({}))])).await;
    let access = access(&server, calm());
    for scheme in ["Basic", "Token", "JWT", "DPoP"] {
        let value = HeaderValue::from_str(&format!("{scheme} {}", token(json!({})))).unwrap();
        let headers = HeaderMap::from_iter([(AUTHORIZATION, value)]);
        assert_eq!(access.authenticate(&headers, NOW).await.unwrap_err(), Refused::Missing, "{scheme}");
    }
    assert_eq!(server.asked(), 0);
}

/// The address of the request is not even given to the function that asks who it is.
#[tokio::test]
async fn a_token_anywhere_but_in_its_header_is_not_looked_at() {
    let server = Server::with(json!([public("p256", json!({}))])).await;
    let access = access(&server, calm());
    let good = token(json!({}));
    let other = |name: &'static str, value: String| {
        HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_str(&value).unwrap())])
    };
    for headers in [
        other("x-access-token", good.clone()),
        other("x-original-authorization", format!("Bearer {good}")),
        other("x-original-uri", format!("/api/v1/summarize?access_token={good}")),
        other("referer", format!("https://portal.example/?access_token={good}")),
        other("proxy-authorization", format!("Bearer {good}")),
        HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(&format!("access_token={good}")).unwrap())]),
    ] {
        assert_eq!(access.authenticate(&headers, NOW).await.unwrap_err(), Refused::Missing);
    }
}

#[tokio::test]
async fn an_id_token_is_refused() {
    for changes in [json!({ "typ": "ID", "azp": "portal" }), json!({ "at_hash": "x" }), json!({ "nonce": "x" })] {
        is_refused(&token(changes), "wrong-type").await;
    }
    is_refused(&with_header(json!({ "typ": "logout+jwt" })), "wrong-type").await;
}

#[tokio::test]
async fn a_token_bound_to_its_holder_is_refused() {
    is_refused(&token(json!({ "cnf": { "jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } })), "bound").await;
}

/// Signs with `signed_by` and trusts a server that has `key` beside a good one.
async fn refused_with(key: Value, kid: &str, signed_by: &str, algorithm: jsonwebtoken::Algorithm) -> Refused {
    let server = Server::with(json!([public("p384", json!({})), key])).await;
    let header = json!({ "alg": format!("{algorithm:?}"), "kid": kid });
    ask(&access(&server, calm()), &sign(&header, &claims(json!({})), signed_by, algorithm)).await.unwrap_err()
}

#[tokio::test]
async fn a_key_for_encryption_checks_no_signature() {
    let key = public("p256", json!({ "use": "enc" }));
    assert_eq!(refused_with(key, "p256", "p256", ES256).await, Refused::Invalid("key-unknown"));
}

#[tokio::test]
async fn an_rsa_key_of_less_than_2048_bits_checks_no_signature() {
    let key = public("rsa-short", json!({ "use": "sig", "alg": "RS256" }));
    assert_eq!(refused_with(key, "rsa-short", "rsa-short", RS256).await, Refused::Invalid("key-unknown"));
}

#[tokio::test]
async fn a_symmetric_key_in_the_set_checks_no_signature() {
    let secret = URL_SAFE_NO_PAD.encode(crate::issuer::SECRET);
    let key = json!({ "kty": "oct", "k": secret, "kid": "oct", "alg": "HS256", "use": "sig" });
    assert_eq!(refused_with(key, "oct", "secret", HS256).await, Refused::Invalid("algorithm"));
}

#[tokio::test]
async fn a_key_too_short_for_its_curve_does_no_harm() {
    let key = public("ed25519", json!({ "x": "AAAA" }));
    let refused = refused_with(key, "ed25519", "ed25519", jsonwebtoken::Algorithm::EdDSA).await;
    assert_eq!(refused, Refused::Invalid("key-unknown"));
}

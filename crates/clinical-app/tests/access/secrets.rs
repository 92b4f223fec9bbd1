//! Shared secrets, and their change while the service runs.

use crate::issuer::{SECRET, ask, calm, claims, config, public, secret_config, sign, sign_text, token};
use crate::server::Server;
use clinical_app::access::{Access, Config, Refused, secrets_in};
use clinical_pipeline::Phi;
use jsonwebtoken::{Algorithm::HS256, EncodingKey};
use serde_json::json;

const NEXT: &[u8] = b"the next secret of this test; with more than 32 bytes";

fn by(secret: &[u8]) -> String {
    sign_text(r#"{"alg":"HS256"}"#, &claims(json!({})).to_string(), &EncodingKey::from_secret(secret), HS256)
}

#[tokio::test]
async fn a_secret_changes_without_a_gap_and_the_old_one_ends_at_once() {
    let access = Access::new(&secret_config()).unwrap();
    let clone = access.clone();
    let (old, new) = (by(SECRET), by(NEXT));
    let secrets = |text: &[&[u8]]| secrets_in(&text.join(&b','));
    assert!(ask(&access, &old).await.is_ok());
    assert_eq!(ask(&access, &new).await.unwrap_err(), Refused::Invalid("signature"));
    access.replace_secrets(&secrets(&[NEXT, SECRET])).unwrap();
    assert!(ask(&clone, &old).await.is_ok());
    assert!(ask(&clone, &new).await.is_ok());
    // Both were accepted a moment ago; what is remembered of it does not outlive the secret.
    access.replace_secrets(&secrets(&[NEXT])).unwrap();
    assert_eq!(ask(&clone, &old).await.unwrap_err(), Refused::Invalid("signature"));
    assert!(ask(&clone, &new).await.is_ok());
}

#[tokio::test]
async fn secrets_that_cannot_be_used_change_nothing() {
    let access = Access::new(&secret_config()).unwrap();
    let pem = include_bytes!("../keys/test-only-rsa-a-public.pem").to_vec();
    for bad in [vec![], vec![Phi::new(b"short".to_vec())], vec![Phi::new(pem)], vec![Phi::new(NEXT.to_vec()); 9]] {
        let mistakes = access.replace_secrets(&bad).unwrap_err();
        assert_eq!(mistakes[0].name, "OAUTH2_JWT_SECRET");
        assert!(!mistakes[0].to_string().contains("short"));
    }
    assert!(access.is_on());
    assert!(ask(&access, &by(SECRET)).await.is_ok());
}

#[tokio::test]
async fn a_service_without_secrets_gets_none_while_it_runs() {
    let server = Server::with(json!([public("p256", json!({}))])).await;
    let access = Access::with_intervals(&config(&server), calm()).unwrap();
    assert!(access.replace_secrets(&secrets_in(NEXT)).is_err());
    assert!(Access::new(&Config::default()).unwrap().replace_secrets(&secrets_in(NEXT)).is_err());
    assert_eq!(ask(&access, &by(NEXT)).await.unwrap_err(), Refused::Invalid("algorithm"));
}

#[tokio::test]
async fn secrets_and_a_key_server_can_be_used_together_and_are_not_mixed() {
    let server = Server::with(json!([public("p256", json!({}))])).await;
    let both = Config { secrets: secrets_in(SECRET), ..config(&server) };
    let access = Access::with_intervals(&both, calm()).unwrap();
    assert!(ask(&access, &by(SECRET)).await.is_ok());
    assert_eq!(server.asked(), 0, "a token with a secret needs no key");
    assert!(ask(&access, &token(json!({}))).await.is_ok());
    // A token with a secret that names the public key is still one with a secret.
    let named = sign(&json!({ "alg": "HS256", "kid": "p256" }), &claims(json!({})), "secret", HS256);
    assert!(ask(&access, &named).await.is_ok());
    let other = by(NEXT);
    assert_eq!(ask(&access, &other).await.unwrap_err(), Refused::Invalid("signature"));
}

#[test]
fn a_key_shorter_than_its_algorithm_needs_stops_the_start() {
    let config = Config { secrets: secrets_in(b"too short"), ..secret_config() };
    let mistakes = Access::new(&config).map(|_| ()).unwrap_err();
    assert_eq!(mistakes[0].to_string(), "OAUTH2_JWT_SECRET must be 32 bytes or more for HS256");
}

//! Tokens of the tests.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clinical_app::clock;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

/// Keys that nobody uses anywhere else, and that production takes.
pub(crate) const SECRET: &str = "Jq7v0uZr4XoN2bYw9sLhTg1KcEe5MfPdRa8iVtB3";
pub(crate) const OTHER_SECRET: &str = "w3Fh8RzKp0Tq6XyUb2Nd5Jv9LmGc4SeAo7YiBkE1";

/// Claims that are good for a quarter of an hour.
pub(crate) fn claims(subject: &str, scope: &str) -> Value {
    let now = clock::unix_seconds();
    json!({ "sub": subject, "scope": scope, "aud": AUDIENCE, "iat": now, "exp": now + 900 })
}

/// A token by [`SECRET`].
pub(crate) fn token(subject: &str, scope: &str) -> String {
    signed(SECRET, &claims(subject, scope))
}

/// A token by a secret, with whatever claims.
pub(crate) fn signed(secret: &str, claims: &Value) -> String {
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

/// The issuer of the tokens that [`issued`] makes, and the name that it has for us.
pub(crate) const ISSUER: &str = "https://login.example/realms/clinic";
pub(crate) const AUDIENCE: &str = "clinical-notes";

/// A token by one of the RSA keys in `tests/keys`, which it names.
pub(crate) fn issued(key: &str, subject: &str) -> String {
    let pem = match key {
        "rsa-a" => include_str!("../keys/test-only-rsa-a.pem"),
        _ => include_str!("../keys/test-only-rsa-b.pem"),
    };
    let der: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let mut claims = claims(subject, "phi:deidentify");
    claims["iss"] = json!(ISSUER);
    let header = Header { kid: Some(key.to_owned()), ..Header::new(Algorithm::RS256) };
    jsonwebtoken::encode(&header, &claims, &EncodingKey::from_rsa_der(&STANDARD.decode(der).unwrap())).unwrap()
}

/// The public half of a key, as a key server gives it.
pub(crate) fn public(key: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../keys/test-only-public.json")).unwrap();
    let mut public = all[key].clone();
    public["kid"] = json!(key);
    public
}

//! Tokens, and a server that gives out the key of some of them.

use crate::Failure;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clinical_app::access::{Hmac, Scope, Wanted, mint};
use clinical_app::clock;
use clinical_pipeline::Phi;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;

/// A key that nobody uses anywhere else.
pub(crate) const SECRET: &str = "a key of a measurement that is long enough: 0123456789abcdef";
pub(crate) const ISSUER: &str = "https://login.example/realms/clinic";
pub(crate) const AUDIENCE: &str = "clinical";

/// How long a token is good: longer than any run.
const SECONDS: u64 = 6 * 3600;

/// HS256.
pub(crate) fn by_secret() -> Result<String, Failure> {
    by_secret_for("subject-17")
}

/// The same for a subject.
pub(crate) fn by_secret_for(subject: &str) -> Result<String, Failure> {
    let scopes = [Scope::SummaryCreate, Scope::PhiDeidentify];
    let now = clock::unix_seconds();
    let wanted = Wanted { issuer: None, audience: None, subject, scopes: &scopes, roles: &[], now, seconds: SECONDS };
    Ok(mint(&Phi::new(SECRET.as_bytes().to_vec()), Hmac::HS256, &wanted).ok_or("no token")?)
}

/// RS256, with the key of [`key_server`].
pub(crate) fn by_key() -> Result<String, Failure> {
    by_key_for("subject-17")
}

/// The same for a subject.
pub(crate) fn by_key_for(subject: &str) -> Result<String, Failure> {
    let pem = include_str!("../../tests/keys/test-only-rsa-a.pem");
    let der = STANDARD.decode(pem.lines().filter(|line| !line.starts_with("-----")).collect::<String>())?;
    let now = clock::unix_seconds();
    let header = Header { kid: Some("rsa-a".to_owned()), ..Header::new(Algorithm::RS256) };
    let claims = json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": subject, "iat": now, "exp": now + SECONDS,
        "scope": "summary:create phi:deidentify",
    });
    Ok(jsonwebtoken::encode(&header, &claims, &EncodingKey::from_rsa_der(&der))?)
}

/// Serves the public half on this machine until the process ends, and gives the address.
pub(crate) fn key_server() -> Result<String, Failure> {
    let all: Value = serde_json::from_str(include_str!("../../tests/keys/test-only-public.json"))?;
    let mut key = all["rsa-a"].clone();
    key["kid"] = json!("rsa-a");
    let keys = json!({ "keys": [key] }).to_string();
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/keys", listener.local_addr()?);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // A request fits into one packet here; what it says does not matter.
            let _ = stream.read(&mut [0; 4096]);
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{keys}");
        }
    });
    Ok(url)
}

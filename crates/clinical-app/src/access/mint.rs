//! Making a token: for development, with a shared secret.

use super::config::Hmac;
use super::role::Role;
use super::scope::Scope;
use clinical_pipeline::Phi;
use jsonwebtoken::{EncodingKey, Header};
use serde::Serialize;

/// What a new token says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted<'w> {
    /// `iss`, if the settings name an issuer.
    pub issuer: Option<&'w str>,
    /// `aud`, if the settings give us a name.
    pub audience: Option<&'w str>,
    /// `sub`
    pub subject: &'w str,
    /// `scope`
    pub scopes: &'w [Scope],
    /// `roles`
    pub roles: &'w [Role],
    /// `iat`, in seconds of Unix time.
    pub now: u64,
    /// From `iat` to `exp`.
    pub seconds: u64,
}

#[derive(Serialize)]
struct Claims<'w> {
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<&'w str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aud: Option<&'w str>,
    sub: &'w str,
    iat: u64,
    exp: u64,
    #[serde(skip_serializing_if = "String::is_empty")]
    scope: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<&'static str>,
}

/// A token (RFC 7519) signed with `secret`. `None` only if the library cannot sign, which it always can.
#[must_use]
pub fn mint(secret: &Phi<Vec<u8>>, algorithm: Hmac, wanted: &Wanted<'_>) -> Option<String> {
    let scopes: Vec<&str> = wanted.scopes.iter().map(|scope| scope.as_str()).collect();
    let claims = Claims {
        iss: wanted.issuer,
        aud: wanted.audience,
        sub: wanted.subject,
        iat: wanted.now,
        exp: wanted.now.saturating_add(wanted.seconds),
        scope: scopes.join(" "),
        roles: wanted.roles.iter().map(|role| role.as_str()).collect(),
    };
    let key = EncodingKey::from_secret(secret.expose());
    jsonwebtoken::encode(&Header::new(algorithm.algorithm()), &claims, &key).ok()
}

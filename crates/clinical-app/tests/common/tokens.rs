//! Tokens of the tests.

use clinical_app::access::{Hmac, Scope, Wanted, mint};
use clinical_app::clock;
use clinical_pipeline::Phi;

/// A key that nobody uses anywhere else.
pub(crate) const SECRET: &[u8] = b"a key of the tests, long enough for HS256 and HS512: 0123456789abcdef";

/// A token for a scope, good for a quarter of an hour.
pub(crate) fn with_scope(scope: &str) -> String {
    with_subject("subject-17", scope)
}

/// The same for somebody.
pub(crate) fn with_subject(subject: &str, scope: &str) -> String {
    let scopes = [Scope::parse(scope).unwrap()];
    let now = clock::unix_seconds();
    let wanted = Wanted { issuer: None, audience: None, subject, scopes: &scopes, roles: &[], now, seconds: 900 };
    mint(&Phi::new(SECRET.to_vec()), Hmac::HS256, &wanted).unwrap()
}

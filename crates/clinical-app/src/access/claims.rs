//! What a token claims: by whom, for whom, until when (RFC 7519, 4.1), and whether it is a token for asking at all.
//!
//! Claims are checked before the signature. They can only refuse: an outdated token whose key is long gone must not
//! make us ask the key server for it.

use super::caller::Caller;
use super::grants;
use super::reason::{self, Reason};
use serde_json::{Map, Value};
use std::sync::Arc;

/// How far the clocks of two machines may be apart, in seconds.
pub(super) const SKEW: i64 = 60;

/// Longer than the name that any issuer gives to a subject (OpenID Connect Core, 2: 255 characters at most).
const LONGEST_SUBJECT: usize = 255;

/// What tokens must say.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    /// `iss`, exactly. `None`: whoever has the secret is the issuer.
    pub(super) issuer: Option<String>,
    /// Our names; `aud` must be or hold one of them. None: a token that is for somebody is not for us.
    pub(super) audiences: Vec<String>,
}

/// A caller, if the signature is right.
#[derive(Debug)]
pub(super) struct Claimed {
    /// Who is asking.
    pub(super) caller: Caller,
    /// When the token ends, in seconds of Unix time.
    pub(super) expires: i64,
}

/// Checks the claims at a time in seconds of Unix time.
pub(super) fn check(claims: &Map<String, Value>, expected: &Expected, now: i64) -> Result<Claimed, Reason> {
    is_for_asking(claims)?;
    if expected.issuer.is_some() && text(claims, "iss")? != expected.issuer.as_deref() {
        return Err(reason::ISSUER);
    }
    audience(claims, &expected.audiences)?;
    let expires = seconds(claims, "exp")?.ok_or(reason::NO_EXPIRY)?;
    if now >= expires.saturating_add(SKEW) {
        return Err(reason::EXPIRED);
    }
    let soon = now.saturating_add(SKEW);
    if seconds(claims, "nbf")?.is_some_and(|begin| begin > soon) {
        return Err(reason::NOT_YET);
    }
    if seconds(claims, "iat")?.is_some_and(|issued| issued > soon) {
        return Err(reason::ISSUED_LATER);
    }
    let subject = subject(claims)?;
    let (scopes, roles) = grants::read(claims, &expected.audiences);
    Ok(Claimed { caller: Caller::new(subject, scopes, roles), expires })
}

/// Refuses what was made for another use, where it can be recognised (RFC 8725, 3.12).
fn is_for_asking(claims: &Map<String, Value>) -> Result<(), Reason> {
    // Keycloak says the kind in the claims: Bearer, ID, Refresh, Offline, Logout, DPoP.
    if claims.get("typ").is_some_and(|kind| !kind.as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("bearer"))) {
        return Err(reason::WRONG_TYPE);
    }
    // Only an ID token has the hash of the access token or code beside it (OpenID Connect Core, 3.1.3.6, 3.3.2.11),
    // and only a logout or security event token has events.
    if ["at_hash", "c_hash", "events"].iter().any(|name| claims.contains_key(*name)) {
        return Err(reason::WRONG_TYPE);
    }
    // An access token of Entra ID names the client that asked for it, an ID token does not; otherwise they look
    // alike, and app roles stand in both. `nonce` is of ID tokens, but Keycloak before 24 put it into both kinds.
    let is_entra = claims.contains_key("tid") && claims.contains_key("ver");
    let names_client = ["azp", "appid", "client_id"].iter().any(|name| claims.contains_key(*name));
    if !names_client && (is_entra || claims.contains_key("nonce")) {
        return Err(reason::WRONG_TYPE);
    }
    // Bound to a key (DPoP, RFC 9449) or a certificate (RFC 8705) of the holder: to take it as a bearer token would
    // undo the binding.
    if claims.contains_key("cnf") {
        return Err(reason::BOUND);
    }
    Ok(())
}

fn audience(claims: &Map<String, Value>, ours: &[String]) -> Result<(), Reason> {
    let is_ours = |name: &Value| name.as_str().is_some_and(|name| ours.iter().any(|one| one == name));
    let holds = match claims.get("aud") {
        // RFC 7519, 4.1.3: who has no name among the audience must refuse, also if it has no name at all.
        None => ours.is_empty(),
        Some(name @ Value::String(_)) => is_ours(name),
        Some(Value::Array(names)) => names.iter().all(Value::is_string) && names.iter().any(is_ours),
        Some(_) => return Err(reason::MALFORMED_CLAIM),
    };
    if holds { Ok(()) } else { Err(reason::AUDIENCE) }
}

/// `sub`, else the client that asked: a token for a program has sometimes no other name in it (Keycloak).
fn subject(claims: &Map<String, Value>) -> Result<Arc<str>, Reason> {
    for name in ["sub", "client_id", "azp", "appid"] {
        let Some(subject) = text(claims, name)? else { continue };
        let fits = !subject.is_empty() && subject.len() <= LONGEST_SUBJECT && !subject.chars().any(char::is_control);
        return if fits { Ok(Arc::from(subject)) } else { Err(reason::NO_SUBJECT) };
    }
    Err(reason::NO_SUBJECT)
}

fn text<'c>(claims: &'c Map<String, Value>, name: &str) -> Result<Option<&'c str>, Reason> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(reason::MALFORMED_CLAIM),
    }
}

/// A `NumericDate` (RFC 7519, 2), which may have a fraction. What lies outside of 64 bits is the nearest that does not.
fn seconds(claims: &Map<String, Value>, name: &str) -> Result<Option<i64>, Reason> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::Number(number)) => {
            #[expect(clippy::cast_possible_truncation, reason = "the fraction is to go, and the cast saturates")]
            let whole = |number: f64| number.floor() as i64;
            number.as_i64().or_else(|| number.as_f64().map(whole)).ok_or(reason::MALFORMED_CLAIM).map(Some)
        }
        Some(_) => Err(reason::MALFORMED_CLAIM),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_750_000_000;

    fn expected() -> Expected {
        Expected { issuer: Some("https://issuer.example".to_owned()), audiences: vec!["clinical".to_owned()] }
    }

    /// What becomes of a good token with these members instead; null takes one out.
    fn with(changes: Value) -> Result<(), Reason> {
        let mut claims = json!({
            "iss": "https://issuer.example", "aud": "clinical", "sub": "s", "exp": NOW + 300, "iat": NOW, "nbf": NOW,
        });
        for (name, value) in changes.as_object().unwrap() {
            match value {
                Value::Null => claims.as_object_mut().unwrap().remove(name),
                value => claims.as_object_mut().unwrap().insert(name.clone(), value.clone()),
            };
        }
        check(claims.as_object().unwrap(), &expected(), NOW).map(|_| ())
    }

    #[test]
    fn a_good_token_is_good_with_and_without_what_is_optional() {
        assert_eq!(with(json!({})), Ok(()));
        assert_eq!(with(json!({ "iat": null, "nbf": null })), Ok(()));
        assert_eq!(with(json!({ "aud": ["account", "clinical"] })), Ok(()));
        assert_eq!(with(json!({ "exp": NOW as f64 + 0.5 })), Ok(()));
        assert_eq!(with(json!({ "exp": u64::MAX })), Ok(()));
    }

    #[test]
    fn another_issuer_is_refused() {
        for issuer in [json!("https://evil.example"), json!("https://issuer.example/"), json!(""), json!(null)] {
            assert_eq!(with(json!({ "iss": issuer })), Err(reason::ISSUER), "{issuer}");
        }
        assert_eq!(with(json!({ "iss": ["https://issuer.example"] })), Err(reason::MALFORMED_CLAIM));
    }

    #[test]
    fn another_audience_is_refused() {
        for audience in
            [json!("other"), json!("Clinical"), json!("clinical "), json!([]), json!(["a", "b"]), json!(null)]
        {
            assert_eq!(with(json!({ "aud": audience })), Err(reason::AUDIENCE), "{audience}");
        }
        assert_eq!(with(json!({ "aud": ["clinical", 1] })), Err(reason::AUDIENCE));
        assert_eq!(with(json!({ "aud": { "clinical": true } })), Err(reason::MALFORMED_CLAIM));
    }

    #[test]
    fn without_a_name_of_our_own_a_token_for_somebody_is_not_for_us() {
        let nameless = Expected { issuer: None, audiences: Vec::new() };
        let checked = |claims: Value| check(claims.as_object().unwrap(), &nameless, NOW).map(|_| ());
        assert_eq!(checked(json!({ "sub": "s", "exp": NOW + 1 })), Ok(()));
        assert_eq!(checked(json!({ "sub": "s", "exp": NOW + 1, "aud": "x" })), Err(reason::AUDIENCE));
    }

    #[test]
    fn a_minute_of_skew_is_allowed_on_both_sides_and_no_second_more() {
        assert_eq!(with(json!({ "exp": NOW - 59 })), Ok(()));
        assert_eq!(with(json!({ "exp": NOW - 60 })), Err(reason::EXPIRED));
        assert_eq!(with(json!({ "nbf": NOW + 60 })), Ok(()));
        assert_eq!(with(json!({ "nbf": NOW + 61 })), Err(reason::NOT_YET));
        assert_eq!(with(json!({ "iat": NOW + 60 })), Ok(()));
        assert_eq!(with(json!({ "iat": NOW + 61 })), Err(reason::ISSUED_LATER));
    }

    #[test]
    fn a_token_without_an_end_is_refused() {
        assert_eq!(with(json!({ "exp": null })), Err(reason::NO_EXPIRY));
        for end in [json!("9999999999"), json!(true), json!([]), json!({})] {
            assert_eq!(with(json!({ "exp": end })), Err(reason::MALFORMED_CLAIM), "{end}");
        }
        for end in [json!(0), json!(-1), json!(i64::MIN), json!(-1e300)] {
            assert_eq!(with(json!({ "exp": end })), Err(reason::EXPIRED), "{end}");
        }
    }

    #[test]
    fn an_id_token_is_refused_where_it_can_be_recognised() {
        for claims in [
            json!({ "typ": "ID", "azp": "portal" }),
            json!({ "typ": "Refresh" }),
            json!({ "typ": "Logout" }),
            json!({ "typ": 1 }),
            json!({ "at_hash": "x", "azp": "portal" }),
            json!({ "c_hash": "x" }),
            json!({ "nonce": "x" }),
            json!({ "tid": "t", "ver": "2.0", "roles": ["clinician"] }),
            json!({ "events": { "http://schemas.openid.net/event/backchannel-logout": {} } }),
        ] {
            assert_eq!(with(claims.clone()), Err(reason::WRONG_TYPE), "{claims}");
        }
        for claims in [
            json!({ "typ": "Bearer", "azp": "portal", "nonce": "x" }),
            json!({ "tid": "t", "ver": "2.0", "azp": "portal" }),
            json!({ "tid": "t", "ver": "1.0", "appid": "portal" }),
        ] {
            assert_eq!(with(claims.clone()), Ok(()), "{claims}");
        }
    }

    #[test]
    fn a_token_bound_to_its_holder_is_refused() {
        assert_eq!(with(json!({ "cnf": { "jkt": "x" } })), Err(reason::BOUND));
    }

    #[test]
    fn a_token_says_whose_it_is() {
        assert_eq!(with(json!({ "sub": null })), Err(reason::NO_SUBJECT));
        assert_eq!(with(json!({ "sub": null, "azp": "batch" })), Ok(()));
        for subject in ["", "a\nb", &"s".repeat(256)] {
            assert_eq!(with(json!({ "sub": subject })), Err(reason::NO_SUBJECT), "{subject}");
        }
        assert_eq!(with(json!({ "sub": 7 })), Err(reason::MALFORMED_CLAIM));
    }
}

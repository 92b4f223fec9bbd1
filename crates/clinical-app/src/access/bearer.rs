//! The token of a request (RFC 6750, 2.1): one Authorization header, and nowhere else. A token in the body or in the
//! address (2.2, 2.3) is never looked at; addresses stand in the logs of proxies.

use super::reason;
use super::refused::Refused;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderValue};

/// Longer than any token of an issuer we know, also with hundreds of roles.
pub(super) const LONGEST: usize = 16 << 10;

/// The token.
pub(super) fn token(headers: &HeaderMap) -> Result<&str, Refused> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next().ok_or(Refused::Missing)?;
    // Two headers could be read as one by us and as the other by a proxy.
    if values.next().is_some() {
        return Err(Refused::Malformed);
    }
    let text = HeaderValue::to_str(value).map_err(|_| Refused::Malformed)?;
    let (scheme, token) = text.split_once(' ').unwrap_or((text, ""));
    if !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(Refused::Missing);
    }
    let token = token.trim_matches(' ');
    if token.len() > LONGEST {
        return Err(Refused::Invalid(reason::TOO_LONG));
    }
    if is_b64token(token) { Ok(token) } else { Err(Refused::Malformed) }
}

/// `b64token` of RFC 6750, 2.1. A comma is none of its letters, so two headers joined to one are refused, too.
fn is_b64token(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    !body.is_empty() && body.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~+/".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> HeaderMap {
        values.iter().map(|v| (AUTHORIZATION, HeaderValue::from_bytes(v.as_bytes()).unwrap())).collect()
    }

    #[test]
    fn one_header_with_one_token_is_taken_in_any_case_of_the_scheme() {
        for value in ["Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c", "Bearer   a.b.c"] {
            assert_eq!(token(&of(&[value])), Ok("a.b.c"), "{value}");
        }
        assert_eq!(token(&of(&["Bearer Zm9v=="])), Ok("Zm9v=="));
    }

    #[test]
    fn no_header_and_another_scheme_are_no_token() {
        assert_eq!(token(&HeaderMap::new()), Err(Refused::Missing));
        for value in ["Basic YWRhOmFkYQ==", "Digest x", "Bearertoken", "a.b.c", "", "Token a.b.c", "DPoP a.b.c"] {
            assert_eq!(token(&of(&[value])), Err(Refused::Missing), "{value}");
        }
    }

    #[test]
    fn two_headers_are_refused_also_when_they_are_the_same_or_joined() {
        assert_eq!(token(&of(&["Bearer a.b.c", "Bearer a.b.c"])), Err(Refused::Malformed));
        assert_eq!(token(&of(&["Basic x", "Bearer a.b.c"])), Err(Refused::Malformed));
        assert_eq!(token(&of(&["Bearer a.b.c, Bearer d.e.f"])), Err(Refused::Malformed));
        assert_eq!(token(&of(&["Bearer a.b.c,Bearer d.e.f"])), Err(Refused::Malformed));
    }

    #[test]
    fn a_header_that_holds_no_token_is_malformed() {
        for value in ["Bearer", "Bearer ", "Bearer =", "Bearer a b", "Bearer \"a.b.c\"", "Bearer a\tb", "Bearer ä"] {
            assert_eq!(token(&of(&[value])), Err(Refused::Malformed), "{value}");
        }
    }

    #[test]
    fn a_token_of_more_than_16_kib_is_refused() {
        let fits = format!("Bearer {}", "a".repeat(LONGEST));
        assert_eq!(token(&of(&[&fits])).map(str::len), Ok(LONGEST));
        assert_eq!(token(&of(&[&format!("{fits}a")])), Err(Refused::Invalid(reason::TOO_LONG)));
    }
}

//! The parts of a token and its header (RFC 7515, 3 and 4), read strictly: a token may say which key and algorithm it
//! was signed with, and never brings or demands anything.

use super::json::{self, Fault};
use super::reason::{self, Reason};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use serde_json::{Map, Value};
use std::str::FromStr as _;

/// Longer than the name of any key.
const LONGEST_KEY_NAME: usize = 256;

/// What can stand in `typ`, without regard to case and with or without `application/` (RFC 7515, 4.1.9): a web token
/// without a kind of its own, and an access token (RFC 9068, 2.1). Every other kind (`logout+jwt`, `secevent+jwt`,
/// `dpop+jwt`, …) is for something else.
const TYPES: [&str; 2] = ["jwt", "at+jwt"];

/// A token in its parts. The signature is not checked. There is no `Debug`: claims name people.
pub(super) struct Parts<'t> {
    /// What was signed: header and claims as they came.
    pub(super) message: &'t str,
    /// The signature, in base64url.
    pub(super) signature: &'t str,
    /// What the header says.
    pub(super) header: Header,
    /// The claims. Nobody vouches for them until the signature was checked.
    pub(super) claims: Map<String, Value>,
}

/// What a header says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Header {
    /// `alg`, one that there are keys for in principle; never `none`.
    pub(super) algorithm: Algorithm,
    /// `kid`
    pub(super) key: Option<String>,
}

/// Takes a token apart.
pub(super) fn parts(token: &str) -> Result<Parts<'_>, Reason> {
    let (message, signature) = token.rsplit_once('.').ok_or(reason::NOT_A_TOKEN)?;
    let (header, claims) = message.split_once('.').ok_or(reason::NOT_A_TOKEN)?;
    // Five parts are an encrypted token (RFC 7516), for which there is no key here.
    if claims.contains('.') {
        return Err(reason::NOT_A_TOKEN);
    }
    Ok(Parts { header: read(&object(header)?)?, claims: object(claims)?, message, signature })
}

fn object(part: &str) -> Result<Map<String, Value>, Reason> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| reason::NOT_A_TOKEN)?;
    json::object(&bytes).map_err(|fault| match fault {
        Fault::NotAnObject => reason::NOT_A_TOKEN,
        Fault::Double => reason::DOUBLE_MEMBER,
    })
}

fn read(header: &Map<String, Value>) -> Result<Header, Reason> {
    // RFC 7797's `b64` belongs into `crit`; with or without it, the bytes that are signed would be others.
    if ["crit", "b64"].iter().any(|name| header.contains_key(*name)) {
        return Err(reason::CRITICAL_HEADER);
    }
    // To ignore them would be as safe; to refuse them shows an attack in the security log.
    if ["jku", "jwk", "x5u", "x5c"].iter().any(|name| header.contains_key(*name)) {
        return Err(reason::KEY_IN_HEADER);
    }
    match header.get("typ") {
        None => {}
        Some(Value::String(kind)) => {
            let kind = kind.to_ascii_lowercase();
            if !TYPES.contains(&kind.strip_prefix("application/").unwrap_or(&kind)) {
                return Err(reason::WRONG_TYPE);
            }
        }
        Some(_) => return Err(reason::WRONG_TYPE),
    }
    // `none` in whatever case is not the name of an algorithm here, and neither is any other spelling of the others.
    let algorithm = header.get("alg").and_then(Value::as_str).and_then(|name| Algorithm::from_str(name).ok());
    let key = match header.get("kid") {
        None => None,
        Some(Value::String(name)) if name.len() <= LONGEST_KEY_NAME => Some(name.clone()),
        Some(_) => return Err(reason::KEY_UNKNOWN),
    };
    Ok(Header { algorithm: algorithm.ok_or(reason::ALGORITHM)?, key })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Result<Header, Reason> {
        let token = format!("{}.{}.c2ln", URL_SAFE_NO_PAD.encode(text), URL_SAFE_NO_PAD.encode("{}"));
        parts(&token).map(|parts| parts.header)
    }

    #[test]
    fn the_kinds_of_entra_keycloak_and_rfc_9068_are_taken() {
        for text in [
            r#"{"typ":"JWT","alg":"RS256","x5t":"aGk","kid":"aGk"}"#,
            r#"{"alg":"RS256","typ" : "JWT","kid" : "u8Qx"}"#,
            r#"{"alg":"ES256","typ":"at+jwt"}"#,
            r#"{"alg":"PS256","typ":"application/AT+JWT"}"#,
            r#"{"alg":"EdDSA"}"#,
        ] {
            assert!(header(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn none_is_no_algorithm_in_any_case() {
        for name in
            ["none", "None", "NONE", "nOnE", "none ", "", "HS", "hs256", "RS1", "ES512", "ES256K", "dir", "A128KW"]
        {
            assert_eq!(header(&format!(r#"{{"alg":"{name}"}}"#)), Err(reason::ALGORITHM), "{name}");
        }
        for text in ["{}", r#"{"alg":null}"#, r#"{"alg":["RS256"]}"#, r#"{"alg":0}"#] {
            assert_eq!(header(text), Err(reason::ALGORITHM), "{text}");
        }
    }

    #[test]
    fn a_header_that_demands_an_extension_is_refused() {
        for text in [
            r#"{"alg":"RS256","crit":["b64"],"b64":false}"#,
            r#"{"alg":"RS256","crit":["exp"],"exp":1}"#,
            r#"{"alg":"RS256","crit":[]}"#,
            r#"{"alg":"RS256","b64":false}"#,
        ] {
            assert_eq!(header(text), Err(reason::CRITICAL_HEADER), "{text}");
        }
    }

    #[test]
    fn a_header_that_brings_a_key_or_its_address_is_refused() {
        for member in [
            r#""jku":"https://evil.example/keys""#,
            r#""jwk":{"kty":"oct","k":"AAAA"}"#,
            r#""x5u":"https://evil.example/cert""#,
            r#""x5c":["MIIB"]"#,
        ] {
            assert_eq!(header(&format!(r#"{{"alg":"RS256",{member}}}"#)), Err(reason::KEY_IN_HEADER), "{member}");
        }
    }

    #[test]
    fn another_kind_of_token_is_refused() {
        for kind in [r#""logout+jwt""#, r#""dpop+jwt""#, r#""secevent+jwt""#, r#""JWE""#, r#""""#, "1", "null", "[]"] {
            assert_eq!(header(&format!(r#"{{"alg":"RS256","typ":{kind}}}"#)), Err(reason::WRONG_TYPE), "{kind}");
        }
    }

    #[test]
    fn the_name_of_a_key_is_a_short_text() {
        let long = "k".repeat(LONGEST_KEY_NAME + 1);
        for name in ["1", "null", "{}", &format!("\"{long}\"")] {
            assert_eq!(header(&format!(r#"{{"alg":"RS256","kid":{name}}}"#)), Err(reason::KEY_UNKNOWN), "{name}");
        }
    }

    #[test]
    fn a_member_that_stands_twice_is_refused() {
        assert_eq!(header(r#"{"alg":"HS256","alg":"RS256"}"#), Err(reason::DOUBLE_MEMBER));
    }

    #[test]
    fn garbage_is_no_token() {
        for text in [
            "",
            "a",
            "a.b",
            "a.b.c",
            "...",
            "..",
            ".e30.",
            "e30=.e30.",
            "e30.e30.e30.e30.e30",
            "e31.e30.",
            "bnVsbA.e30.c2ln",
        ] {
            assert_eq!(parts(text).map(|parts| parts.header), Err(reason::NOT_A_TOKEN), "{text}");
        }
    }
}

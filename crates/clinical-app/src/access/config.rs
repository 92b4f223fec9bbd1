//! How callers are known, as the settings say it.

use crate::settings::Mistake;
use clinical_pipeline::Phi;
use jsonwebtoken::Algorithm;
use reqwest::Url;
use std::net::IpAddr;
use std::time::Duration;

/// More secrets at once than any change of them needs. Each is tried in turn.
pub(super) const MOST_SECRETS: usize = 8;

/// How tokens are checked. With neither secrets nor keys there is no authentication: for development only.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Config {
    /// Secrets that tokens may be signed with (`OAUTH2_JWT_SECRET`): several while one takes the place of another.
    pub secrets: Vec<Phi<Vec<u8>>>,
    /// The algorithm of these (`OAUTH2_JWT_ALG`); HS256 if nothing is said.
    pub algorithm: Option<Hmac>,
    /// Where the public keys of the issuer are (`OAUTH2_JWKS_URL`; RFC 7517, 5).
    pub jwks_url: Option<String>,
    /// Who issues tokens (`OAUTH2_ISSUER`), exactly as `iss` has it.
    pub issuer: Option<String>,
    /// Our own name in tokens (`OAUTH2_AUDIENCE`), or several separated by commas: Entra ID writes the GUID of the
    /// application or its `api://` address.
    pub audience: Option<String>,
}

/// Algorithms with a shared secret (RFC 7518, 3.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Hmac {
    /// HMAC with SHA-256.
    #[default]
    HS256,
    /// HMAC with SHA-384.
    HS384,
    /// HMAC with SHA-512.
    HS512,
}

impl Hmac {
    /// The algorithm of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::HS256, Self::HS384, Self::HS512].into_iter().find(|one| one.as_str() == name)
    }

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HS256 => "HS256",
            Self::HS384 => "HS384",
            Self::HS512 => "HS512",
        }
    }

    /// The fewest bytes that its secret must have: as many as its hash (RFC 7518, 3.2).
    #[must_use]
    pub const fn least_bytes(self) -> usize {
        match self {
            Self::HS256 => 32,
            Self::HS384 => 48,
            Self::HS512 => 64,
        }
    }

    pub(super) const fn algorithm(self) -> Algorithm {
        match self {
            Self::HS256 => Algorithm::HS256,
            Self::HS384 => Algorithm::HS384,
            Self::HS512 => Algorithm::HS512,
        }
    }
}

/// How often the key server is asked. The default is for use; tests have shorter ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Intervals {
    /// Keys older than this are fetched again, beside the request that needs them.
    pub refresh: Duration,
    /// The least time between two fetches, whatever asks for them: a token with an unknown key, old keys, or a key
    /// server that is away. Who invents names of keys cannot make us ask more often.
    pub between: Duration,
    /// The same while there are no keys at all and nobody can be served.
    pub between_first: Duration,
    /// The longest that one fetch may take.
    pub timeout: Duration,
    /// Keys older than this are not used any more, when the key server cannot be reached.
    pub keep: Duration,
}

impl Default for Intervals {
    fn default() -> Self {
        Self {
            refresh: Duration::from_secs(10 * 60),
            between: Duration::from_secs(30),
            between_first: Duration::from_secs(5),
            timeout: Duration::from_secs(5),
            keep: Duration::from_secs(24 * 60 * 60),
        }
    }
}

impl Config {
    /// Everything that is wrong, by the names of the settings. No value is repeated.
    #[must_use]
    pub fn mistakes(&self) -> Vec<Mistake> {
        let mut mistakes = secrets(&self.secrets, self.algorithm.unwrap_or_default());
        if let Some(address) = &self.jwks_url {
            if url(address).is_none() {
                mistakes
                    .push(mistake("OAUTH2_JWKS_URL", "an https address without a user name, or http on this machine"));
            }
            // The keys of an issuer sign its tokens for everybody; only these two tell which are for us (RFC 8725,
            // 3.8 and 3.9).
            if self.issuer.as_deref().is_none_or(str::is_empty) {
                mistakes.push(mistake("OAUTH2_ISSUER", "set together with OAUTH2_JWKS_URL"));
            }
            if self.audiences().is_empty() {
                mistakes.push(mistake("OAUTH2_AUDIENCE", "set together with OAUTH2_JWKS_URL"));
            }
        }
        mistakes
    }

    /// Our own names.
    pub(super) fn audiences(&self) -> Vec<String> {
        let names = self.audience.as_deref().unwrap_or_default().split(',').map(str::trim);
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }
}

/// What is wrong with these secrets.
pub(super) fn secrets(secrets: &[Phi<Vec<u8>>], algorithm: Hmac) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if secrets.len() > MOST_SECRETS {
        mistakes.push(mistake("OAUTH2_JWT_SECRET", "eight secrets at most"));
    }
    if secrets.iter().any(|secret| secret.expose().len() < algorithm.least_bytes()) {
        let must_be = match algorithm {
            Hmac::HS256 => "32 bytes or more for HS256",
            Hmac::HS384 => "48 bytes or more for HS384",
            Hmac::HS512 => "64 bytes or more for HS512",
        };
        mistakes.push(mistake("OAUTH2_JWT_SECRET", must_be));
    }
    // A public key in this place would let everybody who has it sign tokens: the confusion of RFC 8725, 2.1, made by
    // the settings. Other programs take one here, so it will be tried.
    if secrets.iter().any(|secret| secret.expose().trim_ascii_start().starts_with(b"-----BEGIN")) {
        mistakes
            .push(mistake("OAUTH2_JWT_SECRET", "a secret and not a key or certificate; keys come by OAUTH2_JWKS_URL"));
    }
    mistakes
}

/// The address of a key server: https, or http to this machine. Keys that come over an open line are anybody's keys.
pub(super) fn url(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_here(&url));
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    (is_safe && is_plain && url.has_host()).then_some(url)
}

/// Whether an address is on this machine.
pub(super) fn is_here(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    })
}

fn mistake(name: &str, must_be: &'static str) -> Mistake {
    Mistake::new(name, must_be)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(secret: &[u8], algorithm: Hmac) -> usize {
        secrets(&[Phi::new(secret.to_vec())], algorithm).len()
    }

    #[test]
    fn a_secret_shorter_than_its_algorithm_needs_is_a_mistake() {
        for algorithm in [Hmac::HS256, Hmac::HS384, Hmac::HS512] {
            assert_eq!(of(&vec![7; algorithm.least_bytes()], algorithm), 0);
            assert_eq!(of(&vec![7; algorithm.least_bytes() - 1], algorithm), 1);
            assert_eq!(Hmac::parse(algorithm.as_str()), Some(algorithm));
        }
        assert_eq!(Hmac::parse("none"), None);
        assert_eq!(secrets(&vec![Phi::new(vec![7; 32]); MOST_SECRETS + 1], Hmac::HS256).len(), 1);
    }

    #[test]
    fn a_public_key_as_the_secret_is_a_mistake() {
        assert_eq!(of(b"-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEF", Hmac::HS256), 1);
        assert_eq!(of(b"\n -----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0B", Hmac::HS256), 1);
    }

    #[test]
    fn keys_come_over_a_line_that_nobody_else_can_write_to() {
        for good in
            ["https://login.example/keys", "http://127.0.0.1:8080/keys", "http://localhost/x", "http://[::1]:1/"]
        {
            assert!(url(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "keys",
            "http://login.example/keys",
            "http://localhost.evil.example/",
            "http://127.0.0.1.evil.example/",
            "https://user:word@login.example/keys",
            "https://user@login.example/keys",
            "https://login.example/keys#x",
            "file:///keys",
            "ftp://login.example/",
        ] {
            assert!(url(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn keys_of_an_issuer_want_to_know_who_and_for_whom_and_no_value_is_repeated() {
        let canary = || Some("http://canary.example".to_owned());
        let config = Config { jwks_url: canary(), audience: Some(" , ".to_owned()), ..Config::default() };
        let said: Vec<String> = config.mistakes().iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 3);
        assert!(!said.concat().contains("canary"), "{said:?}");
        let all = Config { secrets: vec![Phi::new(b"canary".to_vec())], ..config };
        assert!(!format!("{all:?}").contains("99, 97"), "{all:?}");
        assert_eq!(Config::default().mistakes(), []);
    }

    #[test]
    fn several_names_of_ours_are_separated_by_commas() {
        let config = Config { audience: Some("api://clinical, 8d9f".to_owned()), ..Config::default() };
        assert_eq!(config.audiences(), ["api://clinical", "8d9f"]);
    }
}

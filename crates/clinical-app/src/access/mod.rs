//! Who may ask: OAuth 2 bearer tokens (RFC 6750) that are signed JSON web tokens (RFC 7519), checked as RFC 8725 says.
//!
//! A token is signed either with one of our shared secrets (HS256, HS384, HS512) or with a key of the issuer's key
//! server (RS, PS, ES, `EdDSA`). The two never mix: a secret is never tried on a token of the key server nor a public
//! key on one with a secret, so there is no algorithm to confuse.
//!
//! What a route needs is [`table`]; what a token allows is decided in `grants` with [`role`] and [`smart`]. Nothing
//! here writes a token, a claim or a key anywhere. The one secret about a caller that leaves is [`Caller::subject`],
//! for the audit log.

pub mod reason;
pub mod role;
pub mod scope;
pub mod smart;
pub mod table;

mod bearer;
mod caller;
mod claims;
mod config;
mod fetch;
mod grants;
mod jose;
mod json;
mod key_server;
mod key_set;
mod mint;
mod refused;
mod secrets;
mod verified;

pub use caller::Caller;
pub use config::{Config, Hmac, Intervals};
pub use fetch::FAULTS;
pub use key_server::KeyState;
pub use mint::{Wanted, mint};
pub use refused::{Refused, insufficient_scope};
pub use role::Role;
pub use scope::{Scope, Scopes};
pub use secrets::secrets_in;
pub use table::{Need, need};

use crate::settings::Mistake;
use arc_swap::ArcSwap;
use axum::http::HeaderMap;
use claims::Expected;
use clinical_pipeline::Phi;
use fetch::Source;
use jose::Parts;
use jsonwebtoken::AlgorithmFamily;
use key_server::KeyServer;
use secrets::Secrets;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::sync::Arc;
use verified::Verified;

/// Checks tokens. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Access(Option<Arc<Inner>>);

struct Inner {
    expected: Expected,
    algorithm: Hmac,
    /// Present if there were secrets at the start.
    secrets: Option<ArcSwap<Secrets>>,
    server: Option<Arc<KeyServer>>,
    verified: Arc<Verified>,
}

impl Access {
    /// Access by these settings. Nothing is fetched yet: see [`Access::warm`].
    ///
    /// # Errors
    /// Everything that is wrong with the settings.
    pub fn new(config: &Config) -> Result<Self, Vec<Mistake>> {
        Self::with_intervals(config, Intervals::default())
    }

    /// As [`Access::new`], asking the key server at these intervals.
    ///
    /// # Errors
    /// Everything that is wrong with the settings.
    pub fn with_intervals(config: &Config, intervals: Intervals) -> Result<Self, Vec<Mistake>> {
        let mistakes = config.mistakes();
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        if config.secrets.is_empty() && config.jwks_url.is_none() {
            return Ok(Self(None));
        }
        let algorithm = config.algorithm.unwrap_or_default();
        let verified = Arc::new(Verified::default());
        let secrets = match config.secrets.as_slice() {
            [] => None,
            some => Some(ArcSwap::from_pointee(Secrets::new(some, algorithm)?)),
        };
        let server = match config.jwks_url.as_deref().and_then(config::url) {
            None => None,
            Some(url) => {
                let source = Source::new(url, intervals.timeout).ok_or_else(no_certificates)?;
                let kept = Arc::clone(&verified);
                Some(Arc::new(KeyServer::new(source, config.issuer.clone(), intervals, kept)))
            }
        };
        let expected = Expected { issuer: config.issuer.clone(), audiences: config.audiences() };
        Ok(Self(Some(Arc::new(Inner { expected, algorithm, secrets, server, verified }))))
    }

    /// Whether tokens are asked for at all.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// How the keys are, for health. Asks nobody.
    #[must_use]
    pub fn state(&self) -> KeyState {
        match &self.0 {
            None => KeyState::Off,
            Some(inner) => inner.server.as_ref().map_or(KeyState::Static, |server| server.state()),
        }
    }

    /// Fetches the keys if there are none or they are old, and waits for it, for [`Intervals::timeout`] at most. Called
    /// at start, so that the first caller does not wait; a key server that is away then stops nothing, see
    /// [`Access::state`].
    pub async fn warm(&self) {
        if let Some(server) = self.0.as_ref().and_then(|inner| inner.server.as_ref()) {
            server.warm().await;
        }
    }

    /// From now on these secrets hold and no others, for every request that comes after. To change a secret without a
    /// gap, both are given for a while, then the new one alone.
    ///
    /// # Errors
    /// They cannot be used: none at all (which would turn authentication off), too short, no secrets, or there were
    /// none at the start. The ones before then stay.
    pub fn replace_secrets(&self, secrets: &[Phi<Vec<u8>>]) -> Result<(), Vec<Mistake>> {
        let place = self.0.as_ref().and_then(|inner| Some((inner, inner.secrets.as_ref()?)));
        let Some((inner, place)) = place.filter(|_| !secrets.is_empty()) else {
            return Err(vec![Mistake::new("OAUTH2_JWT_SECRET", "set from the start, and stay set")]);
        };
        place.store(Arc::new(Secrets::new(secrets, inner.algorithm)?));
        inner.verified.forget();
        Ok(())
    }

    /// Who is asking, by the Authorization header and nothing else. `now` is in seconds of Unix time. While
    /// authentication is off, everybody is somebody who may do everything.
    ///
    /// # Errors
    /// No token, one that is not accepted, or no keys to check it with.
    pub async fn authenticate(&self, headers: &HeaderMap, now: u64) -> Result<Caller, Refused> {
        let Some(inner) = &self.0 else { return Ok(Caller::anybody()) };
        let token = bearer::token(headers)?;
        let now = i64::try_from(now).unwrap_or(i64::MAX);
        let digest: [u8; 32] = Sha256::digest(token).into();
        if let Some(caller) = inner.verified.find(&digest, now) {
            return Ok(caller);
        }
        let epoch = inner.verified.epoch();
        let parts = jose::parts(token).map_err(Refused::Invalid)?;
        let claimed = claims::check(&parts.claims, &inner.expected, now).map_err(Refused::Invalid)?;
        inner.signature(&parts).await?;
        inner.verified.keep(digest, claimed.caller.clone(), epoch, now, claimed.expires);
        Ok(claimed.caller)
    }
}

impl Inner {
    async fn signature(&self, parts: &Parts<'_>) -> Result<(), Refused> {
        let (id, algorithm) = (parts.header.key.as_deref(), parts.header.algorithm);
        let signed = if algorithm.family() == AlgorithmFamily::Hmac {
            let secrets = self.secrets.as_ref().filter(|_| algorithm == self.algorithm.algorithm());
            secrets.ok_or(Refused::Invalid(reason::ALGORITHM))?.load().signed(parts.message, parts.signature)
        } else {
            let server = self.server.as_ref().ok_or(Refused::Invalid(reason::ALGORITHM))?;
            server.keys(id, algorithm).await?.signed(id, algorithm, parts.message, parts.signature)
        };
        if signed { Ok(()) } else { Err(Refused::Invalid(reason::SIGNATURE)) }
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Access").field(&self.state()).finish()
    }
}

fn no_certificates() -> Vec<Mistake> {
    let must_be = "reachable over TLS; this machine has no list of trusted certificates (package ca-certificates)";
    vec![Mistake::new("OAUTH2_JWKS_URL", must_be)]
}

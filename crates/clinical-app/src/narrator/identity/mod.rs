//! How the service tells a model server who it is: a key, or a token of Azure that is fetched, kept and renewed.

mod fetch;

use super::{Auth, Outcome};
use crate::clock::Stopwatch;
use crate::settings::Mistake;
use clinical_pipeline::Phi;
use fetch::Source;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// A token is renewed so long before it ends, or after half of its life if it is short.
const BEFORE_ITS_END: Duration = Duration::from_secs(5 * 60);

/// A header and its value.
type Header = (HeaderName, HeaderValue);

/// Who the service is. `Debug` shows no key and no token.
#[derive(Debug)]
pub(super) enum Credentials {
    Nobody,
    Key(Header),
    Token(Arc<Tokens>),
}

impl Credentials {
    pub(super) fn new(auth: &Auth) -> Result<Self, Mistake> {
        Ok(match auth {
            Auth::None => Self::Nobody,
            Auth::Bearer(key) => Self::Key(bearer(key).ok_or_else(key_mistake)?),
            Auth::ApiKey(key) => {
                Self::Key((HeaderName::from_static("api-key"), sensitive(key.expose()).ok_or_else(key_mistake)?))
            }
            Auth::ManagedIdentity(_) | Auth::WorkloadIdentity(_) => {
                let mistake = || Mistake::new("CLINICAL_AI_AUTH", "a way whose server of tokens can be asked");
                Self::Token(Arc::new(Tokens { source: Source::new(auth).ok_or_else(mistake)?, kept: Mutex::default() }))
            }
        })
    }

    /// The header of a request, if there is one.
    pub(super) async fn header(&self) -> Result<Option<Header>, Outcome> {
        match self {
            Self::Nobody => Ok(None),
            Self::Key(header) => Ok(Some(header.clone())),
            Self::Token(tokens) => {
                let tokens = Arc::clone(tokens);
                // A fetch belongs to nobody: a request that is out of time does not break it off, and the next one finds
                // its token.
                let fetched = tokio::spawn(async move { tokens.get().await }).await;
                fetched.ok().flatten().map(Some).ok_or(Outcome::NoToken)
            }
        }
    }

    /// The server did not take what it was told: a token may have been withdrawn, so that the next one is new.
    pub(super) async fn forget(&self) {
        if let Self::Token(tokens) = self {
            *tokens.kept.lock().await = None;
        }
    }
}

fn key_mistake() -> Mistake {
    Mistake::new("CLINICAL_AI_API_KEY", "a key of one line: visible ASCII without blanks")
}

fn bearer(key: &Phi<String>) -> Option<Header> {
    Some((AUTHORIZATION, sensitive(&format!("Bearer {}", key.expose()))?))
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Tokens of one identity.
pub(super) struct Tokens {
    source: Source,
    kept: Mutex<Option<Kept>>,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens")
    }
}

struct Kept {
    header: Header,
    fetched: Stopwatch,
    good_for: Duration,
}

impl Tokens {
    /// The token that is kept, or a new one. Who comes while one is fetched waits for it.
    async fn get(&self) -> Option<Header> {
        let mut kept = self.kept.lock().await;
        if let Some(kept) = kept.as_ref().filter(|kept| kept.fetched.elapsed() < kept.good_for) {
            return Some(kept.header.clone());
        }
        let fetched = Stopwatch::start();
        let (token, lives) = self.source.fetch().await?;
        let header = bearer(&token)?;
        let good_for = lives.saturating_sub(BEFORE_ITS_END).max(lives / 2);
        *kept = Some(Kept { header: header.clone(), fetched, good_for });
        Some(header)
    }
}

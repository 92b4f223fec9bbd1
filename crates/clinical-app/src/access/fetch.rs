//! Fetching the keys: one bounded answer from one address.

use super::config;
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, StatusCode, Url, header};
use std::sync::Arc;
use std::time::Duration;

/// Longer than any set of keys, with certificates.
const LONGEST: usize = 256 << 10;

/// Enough to go from an old address to a new one.
const MOST_REDIRECTS: usize = 3;

/// Why no keys came: the words that the field `fault` of the log can have.
pub const FAULTS: &[&str] = &["no-keys", "status", "timeout", "too-long", "unreachable"];

/// The address, and what asks it.
pub(super) struct Source {
    url: Url,
    client: Client,
    timeout: Duration,
}

impl Source {
    /// `None` if no secure connection can be made at all: the machine has no list of trusted certificates.
    pub(super) fn new(url: Url, timeout: Duration) -> Option<Self> {
        // The client wants a provider for the whole process. A second installation changes nothing.
        let _ = rustls::crypto::CryptoProvider::install_default(rustls::crypto::ring::default_provider());
        let builder =
            Client::builder().redirect(Policy::custom(redirect)).referer(false).retry(reqwest::retry::never());
        let builder = if config::is_here(&url) && url.scheme() == "http" {
            // No certificates are needed, and a proxy would look for the address on its own machine.
            builder.no_proxy().tls_certs_only([])
        } else {
            // The certificates of the system, to which sites add their own authority (SSL_CERT_FILE, too), and the
            // proxy of the system (HTTPS_PROXY).
            builder.https_only(true)
        };
        Some(Self { url, client: builder.build().ok()?, timeout })
    }

    /// What is at the address.
    ///
    /// # Errors
    /// One of [`FAULTS`].
    pub(super) async fn get(&self) -> Result<Vec<u8>, &'static str> {
        // One limit around all of it: names, connection, certificates, and an answer that drips.
        tokio::time::timeout(self.timeout, self.read()).await.unwrap_or(Err("timeout"))
    }

    async fn read(&self) -> Result<Vec<u8>, &'static str> {
        let request =
            self.client.get(self.url.clone()).header(header::ACCEPT, "application/jwk-set+json, application/json");
        let mut response = request.send().await.map_err(|_| "unreachable")?;
        if response.status() != StatusCode::OK {
            return Err("status");
        }
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|_| "unreachable")? {
            if body.len() + piece.len() > LONGEST {
                return Err("too-long");
            }
            body.extend_from_slice(&piece);
        }
        Ok(body)
    }
}

/// A key server that moved is followed, but never to where others could answer in its place.
fn redirect(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    if attempt.url().scheme() == "https" && attempt.previous().len() <= MOST_REDIRECTS {
        attempt.follow()
    } else {
        attempt.stop()
    }
}

/// So that the type is known to be shared between threads.
const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Arc<Source>>();
};

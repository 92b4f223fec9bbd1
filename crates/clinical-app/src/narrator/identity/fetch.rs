//! Asking Azure for a token.

use super::super::config::{Auth, Managed, Workload};
use super::super::engine::client;
use crate::clock;
use crate::settings::secret_file;
use clinical_pipeline::Phi;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Client, Method, RequestBuilder, StatusCode, Url};
use serde::Deserialize;
use std::time::Duration;

/// What a token is for: the models of Azure.
const RESOURCE: &str = "https://cognitiveservices.azure.com";

/// The longest that a fetch may take.
const WITHIN: Duration = Duration::from_secs(10);

/// Longer than any reply with a token.
const LONGEST: usize = 64 << 10;

/// A token whose life is not told.
const UNTOLD: Duration = Duration::from_secs(10 * 60);

/// Where a token comes from.
pub(super) struct Source {
    client: Client,
    way: Way,
}

enum Way {
    /// The metadata service of a machine.
    Machine(Url),
    /// The service beside an App Service or a Container App, and the word that it wants to hear.
    Beside(Url, Phi<String>),
    /// The token of a service account is exchanged for one of Microsoft Entra.
    Exchange(Url, Workload),
}

/// A reply. Numbers stand as numbers or as texts, as each service likes it.
#[derive(Deserialize)]
struct Reply {
    access_token: String,
    expires_in: Option<Count>,
    expires_on: Option<Count>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Count {
    Number(u64),
    Text(String),
}

impl Count {
    fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
        }
    }
}

impl Source {
    /// `None`: an address that cannot be asked.
    pub(super) fn new(auth: &Auth) -> Option<Self> {
        let way = match auth {
            Auth::ManagedIdentity(Managed { client_id, endpoint: Some((endpoint, word)), .. }) => {
                Way::Beside(managed(endpoint, "2019-08-01", client_id.as_deref())?, word.clone())
            }
            Auth::ManagedIdentity(Managed { client_id, endpoint: None, imds }) => {
                Way::Machine(managed(imds, "2018-02-01", client_id.as_deref())?)
            }
            Auth::WorkloadIdentity(workload) => {
                let host = workload.authority.trim_end_matches('/');
                let url = format!("{host}/{}/oauth2/v2.0/token", workload.tenant_id);
                Way::Exchange(Url::parse(&url).ok()?, workload.clone())
            }
            _ => return None,
        };
        let client = match &way {
            Way::Machine(url) | Way::Beside(url, _) | Way::Exchange(url, _) => client(url)?,
        };
        Some(Self { client, way })
    }

    /// A token, and how long it lives.
    pub(super) async fn fetch(&self) -> Option<(Phi<String>, Duration)> {
        // One limit around all of it: names, connection, certificates, and an answer that drips.
        tokio::time::timeout(WITHIN, self.read()).await.ok().flatten()
    }

    async fn read(&self) -> Option<(Phi<String>, Duration)> {
        let mut response = self.request().await?.header(ACCEPT, "application/json").send().await.ok()?;
        if response.status() != StatusCode::OK {
            return None;
        }
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.ok()? {
            if body.len() + piece.len() > LONGEST {
                return None;
            }
            body.extend_from_slice(&piece);
        }
        let reply: Reply = serde_json::from_slice(&body).ok()?;
        let ends = |at: u64| at.saturating_sub(clock::unix_seconds());
        let on = || reply.expires_on.as_ref().and_then(Count::number).map(ends);
        let seconds = reply.expires_in.as_ref().and_then(Count::number).or_else(on);
        Some((Phi::new(reply.access_token), seconds.map_or(UNTOLD, Duration::from_secs)))
    }

    async fn request(&self) -> Option<RequestBuilder> {
        Some(match &self.way {
            Way::Machine(url) => self.client.request(Method::GET, url.clone()).header("Metadata", "true"),
            Way::Beside(url, word) => {
                self.client.request(Method::GET, url.clone()).header("X-IDENTITY-HEADER", word.expose())
            }
            Way::Exchange(url, workload) => {
                let path = workload.token_file.clone();
                // It is read each time: the kubelet writes a new one by the hour.
                let read = tokio::task::spawn_blocking(move || secret_file(&path));
                let assertion = read.await.ok().flatten()?;
                let assertion = std::str::from_utf8(assertion.expose()).ok()?.trim();
                let form = [
                    ("client_id", workload.client_id.as_str()),
                    ("scope", &format!("{RESOURCE}/.default")),
                    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                    ("client_assertion", assertion),
                    ("grant_type", "client_credentials"),
                ];
                self.client
                    .request(Method::POST, url.clone())
                    .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(encoded(&form)?)
            }
        })
    }
}

/// The address of a managed identity's token.
fn managed(endpoint: &str, version: &str, client_id: Option<&str>) -> Option<Url> {
    let mut url = Url::parse(endpoint).ok()?;
    let mut pairs = url.query_pairs_mut();
    pairs.append_pair("api-version", version).append_pair("resource", RESOURCE);
    if let Some(id) = client_id {
        pairs.append_pair("client_id", id);
    }
    drop(pairs);
    Some(url)
}

/// Pairs as forms are written, by the one who writes queries.
fn encoded(pairs: &[(&str, &str)]) -> Option<String> {
    let mut url = Url::parse("http://form/").ok()?;
    url.query_pairs_mut().extend_pairs(pairs);
    url.query().map(str::to_owned)
}

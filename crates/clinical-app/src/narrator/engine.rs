//! One request to an OpenAI-compatible server, and what came back.

use super::identity::Credentials;
use super::{Config, Outcome, reply};
use crate::settings::Mistake;
use clinical_pipeline::{Ask, Phi, REPLY_SCHEMA};
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use serde::Serialize;
use serde_json::value::RawValue;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The server and how it is asked.
#[derive(Debug)]
pub(super) struct Engine {
    url: Url,
    client: Client,
    credentials: Credentials,
    model: String,
    max_tokens: u32,
    schema: Box<RawValue>,
    /// The server does not know schemas; it is asked for JSON alone.
    plain_json: AtomicBool,
}

/// One try.
pub(super) struct Attempt {
    pub(super) outcome: Outcome,
    /// What the server wishes before the next one.
    pub(super) retry_after: Option<Duration>,
    pub(super) text: Option<Phi<String>>,
    pub(super) served: Option<String>,
}

impl Attempt {
    pub(super) const fn ended(outcome: Outcome) -> Self {
        Self { outcome, retry_after: None, text: None, served: None }
    }
}

/// The body of a request (OpenAI, "Create chat completion").
#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: [Message<'a>; 2],
    temperature: u8,
    seed: u8,
    max_tokens: u32,
    stream: bool,
    response_format: Format<'a>,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Format<'a> {
    JsonSchema { json_schema: Schema<'a> },
    JsonObject,
}

#[derive(Serialize)]
struct Schema<'a> {
    name: &'static str,
    strict: bool,
    schema: &'a RawValue,
}

fn mistake() -> Mistake {
    Mistake::new("CLINICAL_AI_BASE_URL", "an address that can be asked; https needs the certificates of the system")
}

impl Engine {
    pub(super) fn new(config: &Config) -> Result<Self, Mistake> {
        let base = config.base_url.trim_end_matches('/');
        let url = Url::parse(&format!("{base}/chat/completions")).map_err(|_| mistake())?;
        let schema = RawValue::from_string(REPLY_SCHEMA.to_owned()).map_err(|_| mistake())?;
        let client = client(&url).ok_or_else(mistake)?;
        Ok(Self {
            credentials: Credentials::new(&config.auth)?,
            client,
            url,
            model: config.model.clone(),
            max_tokens: config.max_tokens,
            schema,
            plain_json: AtomicBool::new(false),
        })
    }

    /// Asks once. Who calls bounds the time.
    pub(super) async fn attempt(&self, ask: &Ask) -> Attempt {
        let plain = self.plain_json.load(Ordering::Relaxed);
        let first = self.send(ask, plain).await;
        // A server that does not know schemas says no more than that the request is bad. It is asked once more without,
        // and if that helps, from then on.
        let second = match &first {
            Ok(response) if response.status() == StatusCode::BAD_REQUEST && !plain => self.send(ask, true).await,
            _ => return self.read(first).await,
        };
        if second.as_ref().is_ok_and(|response| response.status() == StatusCode::OK) {
            self.plain_json.store(true, Ordering::Relaxed);
        }
        self.read(second).await
    }

    async fn send(&self, ask: &Ask, plain: bool) -> Result<Response, Outcome> {
        let schema = Schema { name: "sentences", strict: true, schema: &self.schema };
        let body = Body {
            model: &self.model,
            messages: [
                Message { role: "system", content: ask.system.text() },
                Message { role: "user", content: ask.user.text() },
            ],
            temperature: 0,
            seed: 0,
            max_tokens: self.max_tokens,
            stream: false,
            response_format: if plain { Format::JsonObject } else { Format::JsonSchema { json_schema: schema } },
        };
        let body = serde_json::to_vec(&body).map_err(|_| Outcome::WrongShape)?;
        let mut request = self.client.post(self.url.clone()).header(CONTENT_TYPE, JSON).header(ACCEPT, JSON);
        request = request.header(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if let Some((name, value)) = self.credentials.header().await? {
            request = request.header(name, value);
        }
        let unsent = |error: &reqwest::Error| error.is_connect();
        request.body(body).send().await.map_err(|error| match unsent(&error) {
            true => Outcome::Unreachable,
            false => Outcome::Broken,
        })
    }

    async fn read(&self, response: Result<Response, Outcome>) -> Attempt {
        let mut response = match response {
            Ok(response) => response,
            Err(outcome) => return Attempt::ended(outcome),
        };
        let outcome = match response.status().as_u16() {
            200 => return whole(&mut response).await,
            401 | 403 => {
                self.credentials.forget().await;
                Outcome::Refused
            }
            429 | 503 => Outcome::Throttled,
            500 | 502 | 504 => Outcome::ServerError,
            _ => Outcome::Status,
        };
        Attempt { retry_after: retry_after(&response), ..Attempt::ended(outcome) }
    }
}

async fn whole(response: &mut Response) -> Attempt {
    let body = match reply::body(response).await {
        Ok(body) => Phi::new(body),
        Err(outcome) => return Attempt::ended(outcome),
    };
    match reply::text(body.expose()) {
        Ok((text, served)) => Attempt { text: Some(text), served, ..Attempt::ended(Outcome::Answered) },
        Err(outcome) => Attempt::ended(outcome),
    }
}

/// Seconds (RFC 9110, 10.2.3). A date would need the server's clock to be ours.
fn retry_after(response: &Response) -> Option<Duration> {
    let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}

/// What asks an address: no redirection is followed, so that a key goes nowhere else, and nothing is sent twice by the
/// client itself. `None`: the machine has no list of trusted certificates.
pub(super) fn client(url: &Url) -> Option<Client> {
    // The client wants a provider for the whole process. A second installation changes nothing.
    let _ = rustls::crypto::CryptoProvider::install_default(rustls::crypto::ring::default_provider());
    let builder = Client::builder()
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .user_agent(concat!("clinical-notes/", env!("CARGO_PKG_VERSION")));
    let builder = match url.scheme() {
        // Without TLS it is a server nearby: no certificates are needed, and a proxy would look for it elsewhere.
        "http" => builder.no_proxy().tls_certs_only([]),
        // The certificates of the system, to which sites add their own authority (SSL_CERT_FILE, too), and the proxy of
        // the system (HTTPS_PROXY), but for this machine.
        _ if is_here(url) => builder.https_only(true).no_proxy(),
        _ => builder.https_only(true),
    };
    builder.build().ok()
}

fn is_here(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    })
}

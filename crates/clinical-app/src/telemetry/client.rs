//! The way to the collector. The exporters run on threads of their own, outside of the runtime that the HTTP client
//! needs: each message is sent by a task of that runtime, and the thread waits for it.

use super::Error;
use crate::health::{Dependency, Detail};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use reqwest::redirect::Policy;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;

/// A collector that has not answered by then is away.
const WITHIN: Duration = Duration::from_secs(5);
/// A reply says how many records were refused; what is longer is not read.
const REPLY_BYTES: usize = 64 << 10;

/// How sending went last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
enum Sent {
    Never,
    Well,
    Silent,
    Refused,
    Unfit,
}

/// Sends messages and remembers how it went.
#[derive(Clone, Debug)]
pub(super) struct Client {
    http: reqwest::Client,
    runtime: Handle,
    sent: Arc<AtomicU8>,
}

/// The future of one message.
type Sending<'a> = Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'a>>;

impl Client {
    pub(super) fn new(secure: bool, runtime: Handle) -> Result<Self, Error> {
        // The client asks the process which cryptography to use. Whoever chose first has chosen the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder()
            .timeout(WITHIN)
            .connect_timeout(WITHIN)
            // A token goes to the address that the settings name and to no other.
            .redirect(Policy::none())
            .pool_max_idle_per_host(1)
            .user_agent(concat!("clinical-notes/", env!("CARGO_PKG_VERSION")));
        // Without TLS the system need not have any certificates: a container may be empty.
        let builder = if secure { builder.https_only(true) } else { builder.tls_certs_only([]) };
        let http = builder.build().map_err(|_| if secure { Error::Certificates } else { Error::Exporter })?;
        Ok(Self { http, runtime, sent: Arc::new(AtomicU8::new(Sent::Never as u8)) })
    }

    /// How the collector is, as the last message told.
    pub(super) fn dependency(&self) -> Dependency {
        let sent = self.sent.load(Ordering::Relaxed);
        if sent == Sent::Never as u8 {
            Dependency::UNKNOWN
        } else if sent == Sent::Well as u8 {
            Dependency::UP
        } else if sent == Sent::Refused as u8 {
            Dependency::degraded(Detail::Refused)
        } else if sent == Sent::Unfit as u8 {
            Dependency::degraded(Detail::Unfit)
        } else {
            Dependency::degraded(Detail::Silent)
        }
    }

    async fn send(http: reqwest::Client, request: Request<Bytes>) -> Result<Response<Bytes>, Failed> {
        let request = reqwest::Request::try_from(request).map_err(|_| Failed)?;
        let mut reply = http.execute(request).await.map_err(|_| Failed)?;
        let mut body = Vec::new();
        while let Some(part) = reply.chunk().await.map_err(|_| Failed)? {
            if body.len() + part.len() > REPLY_BYTES {
                return Err(Failed);
            }
            body.extend_from_slice(&part);
        }
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = reply.status();
        *response.headers_mut() = reply.headers().clone();
        Ok(response)
    }
}

/// A message was not sent. Why is nobody's business: the text of the client names addresses.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the collector did not answer")]
struct Failed;

impl HttpClient for Client {
    fn send_bytes<'s, 'f>(&'s self, request: Request<Bytes>) -> Sending<'f>
    where
        's: 'f,
        Self: 'f,
    {
        let task = self.runtime.spawn(Self::send(self.http.clone(), request));
        Box::pin(async move {
            // A runtime that ends takes its tasks with it.
            let result = task.await.unwrap_or(Err(Failed));
            let sent = match &result {
                Ok(reply) if reply.status().is_success() => Sent::Well,
                Ok(reply) if matches!(reply.status().as_u16(), 401 | 403) => Sent::Refused,
                Ok(_) => Sent::Unfit,
                Err(Failed) => Sent::Silent,
            };
            self.sent.store(sent as u8, Ordering::Relaxed);
            Ok(result?)
        })
    }
}

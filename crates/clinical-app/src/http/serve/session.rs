//! One connection, from the handshake to its end.

use super::guests::Traffic;
use super::lingering::{Lingering, Unread};
use super::pace::{Paced, Upload};
use crate::limits::{Net, Peer, peer};
use crate::tls::Tls;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::Watcher;
use hyper_util::service::TowerToHyperService;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower::ServiceExt as _;

/// A client that has not sent its headers by then is gone or means harm. Idle connections end the same way.
const HEADERS_WITHIN: Duration = Duration::from_secs(20);

/// The same for a TLS handshake.
const HANDSHAKE_WITHIN: Duration = Duration::from_secs(10);

/// Longest request line and headers.
const HEADER_BYTES: usize = 64 << 10;

/// What all connections have in common.
pub(super) struct Session {
    http: http1::Builder,
    router: Router,
    tls: Option<Arc<Tls>>,
    trusted: Arc<[Net]>,
    traffic: Arc<Traffic>,
}

impl Session {
    pub(super) fn new(router: Router, tls: Option<Arc<Tls>>, trusted: Vec<Net>, traffic: Arc<Traffic>) -> Self {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN).max_buf_size(HEADER_BYTES);
        Self { http, router, tls, trusted: trusted.into(), traffic }
    }

    /// Holds a connection to its end. A connection that breaks is the client's affair; there is nobody to tell.
    pub(super) async fn hold(
        &self,
        stream: TcpStream,
        address: IpAddr,
        watcher: Watcher,
        mut closed: watch::Receiver<bool>,
    ) {
        let unread = Unread::default();
        let stream = Paced::new(Lingering::new(stream, unread.clone()), Arc::clone(&self.traffic));
        let Some(tls) = &self.tls else { return self.talk(stream, address, watcher, unread).await };
        let handshake = tokio::time::timeout(HANDSHAKE_WITHIN, tls.acceptor().accept(stream));
        let secured = tokio::select! {
            secured = handshake => secured,
            // Nothing was asked yet: there is nothing to finish.
            _ = closed.wait_for(|closed| *closed) => return,
        };
        match secured {
            Ok(Ok(stream)) => self.talk(stream, address, watcher, unread).await,
            _ => self.traffic.count_failed_handshake(),
        }
    }

    async fn talk(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + 'static,
        address: IpAddr,
        watcher: Watcher,
        unread: Unread,
    ) {
        let (trusted, traffic) = (Arc::clone(&self.trusted), Arc::clone(&self.traffic));
        let service = self.router.clone().map_request(move |request: Request<Incoming>| {
            let mut request = request.map(|body| Body::new(Upload::new(body, Arc::clone(&traffic), unread.clone())));
            let from = peer(address, request.headers(), &trusted);
            request.extensions_mut().insert(Peer(from));
            request
        });
        let connection = self.http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let _ = watcher.watch(connection).await;
    }
}

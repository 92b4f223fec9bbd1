//! The doors: accepting connections, plain or by TLS, and closing without dropping anybody.
//!
//! HTTP/1.1 only. What stands in front of a service like this one speaks it to what is behind; HTTP/2 would let one
//! connection hold many requests, past every limit that counts connections.

mod descriptors;
mod guests;
mod lingering;
mod pace;
mod session;
mod slow;

pub use guests::Traffic;

use crate::limits::Net;
use crate::tls::Tls;
use axum::Router;
use guests::Guests;
use hyper_util::server::graceful::GracefulShutdown;
use session::Session;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How the doors stand.
#[derive(Clone, Debug)]
pub struct Doors {
    /// Connections at once. What comes beyond is told so and closed at once. It is lowered to what the operating
    /// system allows the process to open.
    pub max_connections: usize,
    /// Connections at once from one address (IPv6: one network of 64 bits), trusted proxies excepted.
    pub max_per_peer: usize,
    /// Who may say whom a request comes from, and open as many connections as there are.
    pub trusted: Vec<Net>,
    /// With it the doors speak TLS and nothing else.
    pub tls: Option<Arc<Tls>>,
    /// How long what was taken may take to finish after the doors are closed.
    pub grace: Duration,
    /// How long the doors stay open after the service was asked to end: `closing` is true by then, readiness says so,
    /// and whoever spreads the load has time to send nobody any more.
    pub drain_delay: Duration,
    /// Becomes true when the service was asked to end.
    pub closing: Arc<AtomicBool>,
    /// What goes through, for metrics.
    pub traffic: Arc<Traffic>,
}

impl Default for Doors {
    fn default() -> Self {
        Self {
            max_connections: 10_240,
            max_per_peer: 2_560,
            trusted: Vec::new(),
            tls: None,
            grace: Duration::from_secs(6),
            drain_delay: Duration::ZERO,
            closing: Arc::default(),
            traffic: Arc::default(),
        }
    }
}

/// How long those that are cut off may take to be gone.
const CUT_WITHIN: Duration = Duration::from_secs(1);

/// What a plain connection is told for which there is no place.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\n\
    content-type: application/fhir+json; charset=utf-8\r\n\
    content-length: 166\r\n\
    retry-after: 1\r\n\
    connection: close\r\n\r\n\
    {\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"throttled\",\
    \"details\":{\"text\":\"The server has too many connections. Try again in a moment.\"}}]}";

/// Serves until `stop` is ready; then takes no more, and gives what was taken `doors.grace` to finish. What has not come
/// to an end by then is cut off: when this returns, no request is being answered any more.
pub async fn serve(listener: TcpListener, router: Router, doors: Doors, stop: impl Future<Output = ()>) {
    pace::prepare(&listener);
    let (close, closed) = watch::channel(false);
    let (cut, is_cut) = watch::channel(false);
    let most = doors.max_connections.min(descriptors::connections());
    let hall = Hall {
        guests: Guests::new(most, doors.max_per_peer, doors.trusted.clone(), Arc::clone(&doors.traffic)),
        session: Arc::new(Session::new(router, doors.tls.clone(), doors.trusted, doors.traffic)),
        open: GracefulShutdown::new(),
        closed,
        is_cut,
        is_plain: doors.tls.is_none(),
    };
    hall.receive(&listener, stop).await;
    doors.closing.store(true, Ordering::Release);
    if !doors.drain_delay.is_zero() {
        hall.receive(&listener, tokio::time::sleep(doors.drain_delay)).await;
    }
    drop(listener);
    let _ = close.send(true);
    let Hall { open, is_cut, .. } = hall;
    drop(is_cut);
    if tokio::time::timeout(doors.grace, open.shutdown()).await.is_err() {
        let _ = cut.send(true);
        // Each connection has an end of this channel, and the last of them gives it up.
        let _ = tokio::time::timeout(CUT_WITHIN, cut.closed()).await;
    }
}

/// Where connections are received.
struct Hall {
    guests: Guests,
    session: Arc<Session>,
    open: GracefulShutdown,
    closed: watch::Receiver<bool>,
    is_cut: watch::Receiver<bool>,
    is_plain: bool,
}

impl Hall {
    async fn receive(&self, listener: &TcpListener, until: impl Future<Output = ()>) {
        tokio::pin!(until);
        loop {
            tokio::select! {
                () = &mut until => return,
                accepted = listener.accept() => match accepted {
                    Ok((stream, address)) => self.welcome(stream, address.ip()),
                    // The peer is gone already, or there are no descriptors left in the system: others must end first.
                    Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                },
            }
        }
    }

    fn welcome(&self, stream: TcpStream, address: std::net::IpAddr) {
        // Small replies must not wait for more to come; where it cannot be set, they wait a little.
        let _ = stream.set_nodelay(true);
        let Some(guest) = self.guests.enter(address) else {
            if self.is_plain {
                // The buffer of a new connection has room for it; if not, closing says enough.
                let _ = stream.try_write(FULL);
            }
            return;
        };
        let session = Arc::clone(&self.session);
        let (watcher, closed, mut is_cut) = (self.open.watcher(), self.closed.clone(), self.is_cut.clone());
        tokio::spawn(async move {
            let _guest = guest;
            tokio::select! {
                biased;
                () = session.hold(stream, address, watcher, closed) => {}
                // Its request is dropped with it: what looks after requests sees it end as if the client had left.
                _ = is_cut.wait_for(|is_cut| *is_cut) => {}
            }
        });
    }
}

/// Ready when the process is asked to end: Ctrl-C, or `SIGTERM` as Docker and systemd send it. It listens from this
/// call on, so that a signal that comes before the wait is not missed. Needs a tokio runtime.
#[cfg(unix)]
pub fn asked_to_end() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    async move {
        let waits = signals.map(|signal| async move {
            match signal {
                Ok(mut signal) => {
                    signal.recv().await;
                }
                Err(_) => std::future::pending().await,
            }
        });
        let [interrupt, terminate] = waits;
        tokio::select! {
            () = interrupt => {}
            () = terminate => {}
        }
    }
}

/// Ready when the process is asked to end with Ctrl-C.
#[cfg(not(unix))]
pub fn asked_to_end() -> impl Future<Output = ()> {
    async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FULL;

    #[test]
    fn what_is_said_at_a_full_door_is_as_long_as_it_says() {
        let text = std::str::from_utf8(FULL).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{}", body.len());
    }
}

//! Who is inside: how many connections are open, all together and from each address.

use crate::limits::{Net, neighbourhood};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Connections, for metrics.
#[derive(Debug, Default)]
pub struct Traffic {
    open: AtomicUsize,
    taken: AtomicU64,
    refused: AtomicU64,
    failed_handshakes: AtomicU64,
    too_slow: AtomicU64,
}

impl Traffic {
    /// Connections that are open now.
    #[must_use]
    pub fn open(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    /// Connections that were taken since the start.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// Connections that were refused since the start: too many at all, or from one address.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// TLS handshakes that failed or were not ready in time.
    #[must_use]
    pub fn failed_handshakes(&self) -> u64 {
        self.failed_handshakes.load(Ordering::Relaxed)
    }

    /// Bodies that came, and replies that were read, too slowly to wait for.
    #[must_use]
    pub fn too_slow(&self) -> u64 {
        self.too_slow.load(Ordering::Relaxed)
    }

    pub(super) fn count_failed_handshake(&self) {
        self.failed_handshakes.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_too_slow(&self) {
        self.too_slow.fetch_add(1, Ordering::Relaxed);
    }
}

/// The list of those inside.
#[derive(Debug)]
pub(super) struct Guests(Arc<List>);

#[derive(Debug)]
struct List {
    most: usize,
    most_per_peer: usize,
    trusted: Vec<Net>,
    traffic: Arc<Traffic>,
    /// Only addresses with a connection: no longer than there are connections.
    by_peer: Mutex<HashMap<IpAddr, usize>>,
    said_full: AtomicBool,
}

/// One connection. It counts as long as this lives.
#[derive(Debug)]
pub(super) struct Guest {
    list: Arc<List>,
    /// `None` for those who may have any number.
    peer: Option<IpAddr>,
}

impl Guests {
    pub(super) fn new(most: usize, most_per_peer: usize, trusted: Vec<Net>, traffic: Arc<Traffic>) -> Self {
        let by_peer = Mutex::default();
        Self(Arc::new(List { most, most_per_peer, trusted, traffic, by_peer, said_full: AtomicBool::new(false) }))
    }

    /// Lets a connection in, if there is room. Called by one task alone, the one that accepts.
    pub(super) fn enter(&self, address: IpAddr) -> Option<Guest> {
        let list = &self.0;
        let open = list.traffic.open();
        if open >= list.most {
            list.traffic.refused.fetch_add(1, Ordering::Relaxed);
            if !list.said_full.swap(true, Ordering::Relaxed) {
                tracing::warn!("connections-full");
            }
            return None;
        }
        if open < list.most / 4 * 3 {
            list.said_full.store(false, Ordering::Relaxed);
        }
        let peer = (!list.trusted.iter().any(|net| net.contains(address))).then(|| neighbourhood(address));
        if let Some(peer) = peer {
            let mut by_peer = list.by_peer.lock().unwrap_or_else(PoisonError::into_inner);
            let count = by_peer.entry(peer).or_insert(0);
            if *count >= list.most_per_peer {
                if *count == 0 {
                    by_peer.remove(&peer);
                }
                list.traffic.refused.fetch_add(1, Ordering::Relaxed);
                return None;
            }
            *count += 1;
        }
        list.traffic.open.fetch_add(1, Ordering::Relaxed);
        list.traffic.taken.fetch_add(1, Ordering::Relaxed);
        Some(Guest { list: Arc::clone(list), peer })
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.list.traffic.open.fetch_sub(1, Ordering::Relaxed);
        let Some(peer) = self.peer else { return };
        let mut by_peer = self.list.by_peer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = by_peer.get_mut(&peer) {
            *count -= 1;
            if *count == 0 {
                by_peer.remove(&peer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guests(most: usize, most_per_peer: usize) -> (Guests, Arc<Traffic>) {
        let traffic = Arc::new(Traffic::default());
        let trusted = vec!["10.0.0.0/8".parse().unwrap()];
        (Guests::new(most, most_per_peer, trusted, Arc::clone(&traffic)), traffic)
    }

    fn at(address: &str) -> IpAddr {
        address.parse().unwrap()
    }

    #[test]
    fn one_address_does_not_take_every_place() {
        let (guests, traffic) = guests(10, 2);
        let first = guests.enter(at("2001:db8::1")).unwrap();
        let _second = guests.enter(at("2001:db8::2")).unwrap();
        assert!(guests.enter(at("2001:db8::3")).is_none(), "one network is one neighbour");
        let _other = guests.enter(at("192.0.2.1")).unwrap();
        drop(first);
        assert!(guests.enter(at("2001:db8::3")).is_some());
        assert_eq!((traffic.open(), traffic.refused(), traffic.taken()), (2, 1, 4));
    }

    #[test]
    fn a_trusted_proxy_brings_as_many_as_there_are_places_and_no_more() {
        let (guests, traffic) = guests(5, 2);
        let inside: Vec<_> = std::iter::repeat_with(|| guests.enter(at("::ffff:10.0.0.1"))).take(7).collect();
        assert_eq!(inside.iter().filter(|guest| guest.is_some()).count(), 5);
        drop(inside);
        assert_eq!((traffic.open(), traffic.refused()), (0, 2));
        assert!(guests.0.by_peer.lock().unwrap().is_empty());
    }

    #[test]
    fn nobody_is_remembered_who_has_left() {
        let (guests, _) = guests(100, 10);
        for last in 0..100 {
            drop(guests.enter(IpAddr::from([192, 0, 2, last])));
        }
        assert!(guests.0.by_peer.lock().unwrap().is_empty());
    }
}

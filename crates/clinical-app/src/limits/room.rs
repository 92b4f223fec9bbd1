//! How much memory the bodies of all requests together may take.
//!
//! One body is bounded by the longest request; this bounds their number times their length. Connections are cheap and
//! bodies are not: two hundred clients with ten megabytes each, all sending at once, are two gigabytes.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Memory is counted in pieces of so many bytes.
const PIECE: usize = 16 << 10;

/// The memory that there is for bodies.
#[derive(Clone, Debug)]
pub struct Room {
    pieces: Arc<Semaphore>,
    all: usize,
}

/// A part of it. It is free again when this is dropped: keep it as long as the body.
#[derive(Debug)]
pub struct Held {
    room: Room,
    bytes: usize,
    permit: Option<OwnedSemaphorePermit>,
}

impl Room {
    /// Room for so many bytes, rounded up.
    #[must_use]
    pub fn new(bytes: usize) -> Self {
        let all = bytes.div_ceil(PIECE).clamp(1, Semaphore::MAX_PERMITS);
        Self { pieces: Arc::new(Semaphore::new(all)), all }
    }

    /// Nothing of it yet. Take it piece by piece as a body arrives, not by the length that its sender announces:
    /// announcing costs the sender nothing.
    #[must_use]
    pub fn hold(&self) -> Held {
        Held { room: self.clone(), bytes: 0, permit: None }
    }

    /// Bytes that are held now, in whole pieces.
    #[must_use]
    pub fn held(&self) -> usize {
        (self.all - self.pieces.available_permits()) * PIECE
    }
}

impl Held {
    /// So many bytes more. `false` if there is no room for them: the request is one too many for now, not too long.
    #[must_use]
    pub fn grow(&mut self, bytes: usize) -> bool {
        let needed = self.bytes.saturating_add(bytes);
        let have = self.permit.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let Ok(more) = u32::try_from(needed.div_ceil(PIECE).saturating_sub(have)) else { return false };
        if more > 0 {
            let Ok(permit) = Arc::clone(&self.room.pieces).try_acquire_many_owned(more) else { return false };
            match &mut self.permit {
                Some(held) => held.merge(permit),
                None => self.permit = Some(permit),
            }
        }
        self.bytes = needed;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_together_have_an_end_and_give_back_what_they_had() {
        let room = Room::new(10 * PIECE);
        let (mut one, mut other) = (room.hold(), room.hold());
        assert!(one.grow(1) && one.grow(PIECE - 1));
        assert_eq!(room.held(), PIECE, "small pieces of one body share a place");
        assert!(one.grow(5 * PIECE) && other.grow(4 * PIECE));
        assert!(!other.grow(1) && !one.grow(1) && !one.grow(usize::MAX));
        assert_eq!(room.held(), 10 * PIECE, "what was refused holds nothing");
        drop(one);
        assert!(other.grow(PIECE));
        drop(other);
        assert_eq!(room.held(), 0);
    }
}

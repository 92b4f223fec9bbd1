//! The counts of one process, in memory that has an end.

use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::ShrinkableKeyedStateStore;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Clients that are remembered one by one. It is far more than a hospital has; an attacker with as many addresses
/// fills it, and costs a few megabytes.
pub(super) const CLIENTS: usize = 100_000;

/// Parts that are locked by themselves.
const PARTS: usize = 16;

/// Counts that clients share, by lot, whom a part has no more place for. A newcomer in a flood is counted with
/// strangers; forgetting somebody instead would let a flood reset every count.
const OVERFLOW: usize = 64;

/// For each client the moment that its requests so far are worked off ("theoretical arrival time").
#[derive(Debug)]
pub(super) struct Store {
    parts: Vec<Mutex<Part>>,
    most: usize,
}

#[derive(Debug)]
struct Part {
    clients: HashMap<u128, Nanos>,
    overflow: [Option<Nanos>; OVERFLOW],
}

impl Store {
    /// A store for so many clients.
    pub(super) fn new(clients: usize) -> Self {
        let part = || Mutex::new(Part { clients: HashMap::new(), overflow: [None; OVERFLOW] });
        Self { parts: std::iter::repeat_with(part).take(PARTS).collect(), most: clients.div_ceil(PARTS) }
    }

    // The keys are digests: their bits are spread evenly, and the lowest choose the part.
    fn part(&self, key: u128) -> MutexGuard<'_, Part> {
        self.parts[(key % PARTS as u128) as usize].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn all(&self) -> impl Iterator<Item = MutexGuard<'_, Part>> {
        self.parts.iter().map(|part| part.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl StateStore for Store {
    type Key = u128;

    fn measure_and_replace<T, F, E>(&self, key: &u128, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut part = self.part(*key);
        if let Some(known) = part.clients.get_mut(key) {
            let (answer, next) = decide(Some(*known))?;
            *known = next;
            return Ok(answer);
        }
        if part.clients.len() < self.most {
            let (answer, next) = decide(None)?;
            part.clients.insert(*key, next);
            return Ok(answer);
        }
        let shared = &mut part.overflow[(*key >> 64) as usize % OVERFLOW];
        let (answer, next) = decide(*shared)?;
        *shared = Some(next);
        Ok(answer)
    }
}

impl ShrinkableKeyedStateStore<u128> for Store {
    fn retain_recent(&self, drop_below: Nanos) {
        for mut part in self.all() {
            part.clients.retain(|_, worked_off| *worked_off > drop_below);
            // After a flood its memory goes back.
            if part.clients.len() * 4 < part.clients.capacity() {
                part.clients.shrink_to_fit();
            }
        }
    }

    fn len(&self) -> usize {
        self.all().map(|part| part.clients.len()).sum()
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

//! Tokens that were verified a short while ago: a client sends the same one with every request, and a signature costs
//! more than all the rest.
//!
//! A token is known by its SHA-256. Only tokens that were accepted are kept, so that nobody fills the place with
//! others. All are forgotten when a secret or a key changes.

use super::caller::Caller;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The longest that a token is kept, in seconds: how late a key that was withdrawn or a clock that was put right is
/// noticed at most.
pub(super) const LONGEST: i64 = 60;

/// The most tokens that are kept, in two halves.
const HALF: usize = 2048;

/// Which keys and secrets a verification was made with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Epoch(u64);

/// The tokens.
#[derive(Default)]
pub(super) struct Verified {
    epoch: AtomicU64,
    tokens: Mutex<Halves>,
}

/// When the young half is full, it becomes the old one and the old one goes: what is forgotten is always older than
/// what stays, without a list of uses.
#[derive(Default)]
struct Halves {
    young: HashMap<[u8; 32], Entry>,
    old: HashMap<[u8; 32], Entry>,
}

struct Entry {
    caller: Caller,
    epoch: Epoch,
    from: i64,
    until: i64,
}

impl Verified {
    /// To be read before the keys are: what is verified with keys that change meanwhile is then not kept.
    pub(super) fn epoch(&self) -> Epoch {
        Epoch(self.epoch.load(Ordering::SeqCst))
    }

    /// Whose token this is, if it was verified.
    pub(super) fn find(&self, digest: &[u8; 32], now: i64) -> Option<Caller> {
        let epoch = self.epoch();
        let tokens = self.tokens();
        let entry = tokens.young.get(digest).or_else(|| tokens.old.get(digest))?;
        // A clock that was put back makes no token live longer.
        (entry.epoch == epoch && (entry.from..entry.until).contains(&now)).then(|| entry.caller.clone())
    }

    /// Keeps a token that was verified at `now`, until it ends.
    pub(super) fn keep(&self, digest: [u8; 32], caller: Caller, epoch: Epoch, now: i64, expires: i64) {
        let until = expires.min(now.saturating_add(LONGEST));
        if until <= now {
            return;
        }
        let mut tokens = self.tokens();
        if tokens.young.len() >= HALF && !tokens.young.contains_key(&digest) {
            tokens.old = std::mem::take(&mut tokens.young);
        }
        tokens.young.insert(digest, Entry { caller, epoch, from: now, until });
    }

    /// Forgets all. To be called after a key or a secret was changed.
    pub(super) fn forget(&self) {
        self.epoch.fetch_add(1, Ordering::SeqCst);
        *self.tokens() = Halves::default();
    }

    fn tokens(&self) -> MutexGuard<'_, Halves> {
        // A map that was left in the middle of a change still holds only entries that were put there whole.
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::role::Roles;
    use crate::access::scope::Scopes;
    use std::sync::Arc;

    fn caller() -> Caller {
        Caller::new(Arc::from("s"), Scopes::NONE, Roles::default())
    }

    fn digest(number: usize) -> [u8; 32] {
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&number.to_le_bytes());
        digest
    }

    #[test]
    fn a_token_is_kept_for_a_minute_and_never_beyond_its_end() {
        let verified = Verified::default();
        verified.keep(digest(1), caller(), verified.epoch(), 1000, 9999);
        verified.keep(digest(2), caller(), verified.epoch(), 1000, 1030);
        verified.keep(digest(3), caller(), verified.epoch(), 1000, 1000);
        let found = |number, now| verified.find(&digest(number), now).is_some();
        assert_eq!([found(1, 1000), found(1, 1059), found(1, 1060), found(1, 999)], [true, true, false, false]);
        assert_eq!([found(2, 1029), found(2, 1030)], [true, false]);
        assert!(!found(3, 1000));
        assert!(!found(4, 1000));
    }

    #[test]
    fn all_are_forgotten_at_once_and_what_was_begun_before_is_not_kept() {
        let verified = Verified::default();
        let before = verified.epoch();
        verified.keep(digest(1), caller(), before, 1000, 9999);
        verified.forget();
        assert_eq!(verified.find(&digest(1), 1000), None);
        verified.keep(digest(2), caller(), before, 1000, 9999);
        assert_eq!(verified.find(&digest(2), 1000), None);
    }

    #[test]
    fn there_are_never_more_than_two_halves_and_the_newest_stay() {
        let verified = Verified::default();
        for number in 0..3 * HALF {
            verified.keep(digest(number), caller(), verified.epoch(), 1000, 9999);
            let tokens = verified.tokens();
            assert!(tokens.young.len() <= HALF && tokens.old.len() <= HALF);
        }
        assert!(verified.find(&digest(3 * HALF - 1), 1000).is_some());
        assert!(verified.find(&digest(2 * HALF), 1000).is_some());
        assert!(verified.find(&digest(0), 1000).is_none());
    }
}

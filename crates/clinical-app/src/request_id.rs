//! Names for pieces of work, so that a reply and a log line can be brought together.

use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// A name that no other piece of work has. Always ours: a name sent by a client could be a patient's.
/// It is unique, not secret; nothing is protected by it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RequestId(u64, u64);

impl RequestId {
    /// A new name, from the randomness that the standard library keys its hash maps with.
    #[must_use]
    pub fn new() -> Self {
        let draw = |salt: u64| {
            let mut hasher = RandomState::new().build_hasher();
            hasher.write_u64(salt);
            hasher.finish()
        };
        Self(draw(1), draw(2))
    }
}

impl Default for RequestId {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.0, self.1)
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::RequestId;

    #[test]
    fn names_differ() {
        let names: std::collections::BTreeSet<String> = (0..1000).map(|_| RequestId::new().to_string()).collect();
        assert_eq!(names.len(), 1000);
        assert!(names.iter().all(|n| n.len() == 32));
    }
}

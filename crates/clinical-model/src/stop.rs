//! A way to end work that has taken too long.

use std::sync::atomic::{AtomicBool, Ordering};

/// Asked now and then by every long loop. Time itself is the caller's affair: whoever watches the clock sets the flag.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stop<'s>(Option<&'s AtomicBool>);

impl<'s> Stop<'s> {
    /// Work that nobody will stop.
    #[must_use]
    pub const fn never() -> Self {
        Self(None)
    }

    /// Work that ends soon after `flag` becomes true.
    #[must_use]
    pub const fn when(flag: &'s AtomicBool) -> Self {
        Self(Some(flag))
    }

    /// Whether to end now.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}

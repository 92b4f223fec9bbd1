//! A wrapper for everything that must not be printed.

use std::fmt;

/// Protected health information. `Debug` prints `Phi(..)`; there is no `Display` and no serialisation. The one way
/// in is [`Phi::expose`], so that every use can be found by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Phi<T>(T);

impl<T> Phi<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value. The caller must not write it anywhere but onto the page it was asked for.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value, unwrapped.
    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Phi<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phi(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Source, Verbatim};

    #[test]
    fn debug_prints_nothing_of_the_value() {
        assert_eq!(format!("{:?}", Phi::new("Ada Lovelace")), "Phi(..)");
        let fact = Verbatim::new("Ada Lovelace".into(), Source::new(3, 17));
        assert_eq!(format!("{fact:?}"), "Verbatim(.. at 3..17)");
    }
}

//! What most items of a long list do not have.

/// A value, or none, that takes the room of an address where there is none. A long note has tens of thousands of
/// sentences, of which few have a title or a date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seldom<T>(Option<Box<T>>);

impl<T> Seldom<T> {
    /// No value.
    pub const NONE: Self = Self(None);

    /// The value.
    #[must_use]
    pub fn as_ref(&self) -> Option<&T> {
        self.0.as_deref()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// The value, as something to go through.
    pub fn iter(&self) -> std::option::IntoIter<&T> {
        self.as_ref().into_iter()
    }
}

impl<T> From<Option<T>> for Seldom<T> {
    fn from(value: Option<T>) -> Self {
        Self(value.map(Box::new))
    }
}

impl<'s, T> IntoIterator for &'s Seldom<T> {
    type Item = &'s T;
    type IntoIter = std::option::IntoIter<&'s T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

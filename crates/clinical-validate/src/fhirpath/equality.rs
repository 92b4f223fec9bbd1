//! Equality of collections and sets of values.

use super::canonical::{Key, key};
use super::value::Value;
use std::cell::OnceCell;
use std::collections::HashSet;

/// Whether two items are equal.
pub(super) fn same(left: &Value<'_, '_>, right: &Value<'_, '_>) -> bool {
    if let (Value::Element(left), Value::Element(right)) = (left, right)
        && left.node().id() == right.node().id()
    {
        return true;
    }
    match (left.text(), right.text()) {
        (Some(left), Some(right)) => left == right,
        (None, None) => key(left) == key(right),
        _ => false,
    }
}

/// Values kept to be compared with many others.
pub(super) struct Kept<'d, 'a> {
    /// In order.
    pub(super) values: Vec<Value<'d, 'a>>,
    keys: OnceCell<HashSet<Key<'d>>>,
}

/// Up to so many are compared one by one.
const FEW: usize = 8;

impl<'d, 'a> Kept<'d, 'a> {
    pub(super) fn new(values: Vec<Value<'d, 'a>>) -> Self {
        Self { values, keys: OnceCell::new() }
    }

    pub(super) fn has(&self, value: &Value<'d, 'a>) -> bool {
        if self.values.len() <= FEW {
            return self.values.iter().any(|kept| same(kept, value));
        }
        self.keys.get_or_init(|| self.values.iter().map(key).collect()).contains(&key(value))
    }
}

/// The same items in the same order.
pub(super) fn equal(left: &[Value<'_, '_>], right: &[Value<'_, '_>]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
}

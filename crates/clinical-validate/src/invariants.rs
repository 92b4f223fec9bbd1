//! The constraints of the base specification (ElementDefinition.constraint).
//!
//! Each is its expression compiled once, or for those that stand at almost every element a few lines of Rust that a
//! test holds against the expression. Where an expression does not say what its words do,
//! `data/invariants-corrected.txt` says why and what is evaluated instead; the reference validator does the same.
//!
//! Empty is not true: a constraint that gives nothing is broken. But what cannot be decided, such as which of `2012`
//! and `2012-05` is earlier, breaks nothing.

mod native;
mod scope;
mod table;

pub(crate) use native::orphans;
pub(crate) use scope::{Outermost, Scope};

use crate::fhirpath::{At, Machine};
use clinical_json::Node;

/// One constraint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Invariant {
    /// `per-1`. Not unique: there are three of `inv-1`.
    pub(crate) key: &'static str,
    native: Option<native::Check>,
    compiled: At,
}

/// The constraint of this number: its place among the constraints of the definitions.
#[inline]
pub(crate) fn numbered(number: u16) -> Option<&'static Invariant> {
    table::get().numbered(number)
}

/// Whether a constraint holds at an element. `None`: that cannot be decided, which is no error.
#[inline]
pub(crate) fn holds<'d, 'a>(invariant: &Invariant, at: Node<'d, 'a>, scope: &Scope<'_, 'd, 'a>) -> Option<bool> {
    match invariant.native {
        Some(check) => check(at, scope),
        None => interpreted(invariant, at, scope),
    }
}

/// By its expression, also where there is a quicker way.
fn interpreted<'d, 'a>(invariant: &Invariant, at: Node<'d, 'a>, scope: &Scope<'_, 'd, 'a>) -> Option<bool> {
    let machine = Machine::new(table::get().program(), at, scope.resource(), scope.root(), scope);
    machine.holds(invariant.compiled)
}

#[cfg(test)]
mod tests;

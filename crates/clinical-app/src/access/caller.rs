//! Who is asking.

use super::role::Roles;
use super::scope::{Scope, Scopes};
use std::fmt;
use std::sync::Arc;

/// A caller whose token was verified. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Caller {
    subject: Arc<str>,
    scopes: Scopes,
    roles: Roles,
}

impl Caller {
    pub(super) fn new(subject: Arc<str>, scopes: Scopes, roles: Roles) -> Self {
        Self { subject, scopes, roles }
    }

    /// Whoever asks while authentication is off: may do everything.
    pub(super) fn anybody() -> Self {
        Self { subject: Arc::from("anybody"), scopes: Scopes::ALL, roles: Roles::default() }
    }

    /// Whose token it is, as the issuer names them (`sub`). For the audit log and for counting requests, and for
    /// nothing else: it can be a name.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// What the caller may do.
    #[must_use]
    pub const fn scopes(&self) -> Scopes {
        self.scopes
    }

    /// The roles that the token names, of those that are ours.
    #[must_use]
    pub const fn roles(&self) -> Roles {
        self.roles
    }

    /// Whether the caller may do this.
    #[must_use]
    pub const fn may(&self, scope: Scope) -> bool {
        self.scopes.has(scope)
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller").field("scopes", &self.scopes).field("roles", &self.roles).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::role::Role;

    #[test]
    fn debug_hides_who_it_is() {
        let caller =
            Caller::new(Arc::from("ada.lovelace"), Role::Patient.scopes(), Roles::default().with(Role::Patient));
        let shown = format!("{caller:?}");
        assert!(!shown.contains("ada") && shown.contains("summary:create") && shown.contains("patient"), "{shown}");
    }
}

//! What a caller may ask of the service.

use std::fmt;

/// One permission. Its name is what stands in a token and in the table of routes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Scope {
    /// Make a sheet from a record, check one against its record, translate it.
    SummaryCreate,
    /// Check whether a document is correct FHIR or C-CDA.
    FhirValidate,
    /// Make a copy of a document without identity.
    PhiDeidentify,
    /// Read a note and get what it mentions.
    InferenceRun,
    /// Read what the audit log holds.
    AuditRead,
    /// All of the above.
    Admin,
}

impl Scope {
    /// Every scope, in the order of this file.
    pub const ALL: [Self; 6] = [
        Self::SummaryCreate,
        Self::FhirValidate,
        Self::PhiDeidentify,
        Self::InferenceRun,
        Self::AuditRead,
        Self::Admin,
    ];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SummaryCreate => "summary:create",
            Self::FhirValidate => "fhir:validate",
            Self::PhiDeidentify => "phi:deidentify",
            Self::InferenceRun => "inference:run",
            Self::AuditRead => "audit:read",
            Self::Admin => "admin",
        }
    }

    /// The scope of a name, exactly as written here (RFC 6749, 3.3: scopes are case-sensitive).
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of scopes. [`Scope::Admin`] in it brings all the others with it.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Scopes(u8);

impl Scopes {
    /// No scope.
    pub const NONE: Self = Self(0);

    /// Every scope.
    pub const ALL: Self = Self((1 << Scope::ALL.len()) - 1);

    /// The set of these.
    #[must_use]
    pub const fn of(scopes: &[Scope]) -> Self {
        let (mut set, mut at) = (Self::NONE, 0);
        while at < scopes.len() {
            set = set.with(scopes[at]);
            at += 1;
        }
        set
    }

    /// This set and one scope more.
    #[must_use]
    pub const fn with(self, scope: Scope) -> Self {
        match scope {
            Scope::Admin => Self::ALL,
            other => Self(self.0 | other.bit()),
        }
    }

    /// What is in one of the two.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether a scope is in it.
    #[must_use]
    pub const fn has(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// Whether nothing is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What is in it, in the order of [`Scope::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(move |scope| self.has(*scope))
    }
}

impl fmt::Debug for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Scope::as_str)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_back_and_only_as_it_is_written() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.as_str()), Some(scope));
            assert_eq!(Scope::parse(&scope.as_str().to_uppercase()), None);
        }
        for other in ["", "summary", "summary:create ", "summary:*", "admin:all", "*"] {
            assert_eq!(Scope::parse(other), None, "{other}");
        }
    }

    #[test]
    fn admin_implies_all_and_all_without_admin_is_not_admin() {
        assert!(Scope::ALL.into_iter().all(|scope| Scopes::of(&[Scope::Admin]).has(scope)));
        let others = &Scope::ALL[..5];
        assert!(others.iter().all(|scope| Scopes::of(others).has(*scope)));
        assert!(!Scopes::of(others).has(Scope::Admin));
        assert_eq!(Scopes::of(others).and(Scopes::of(&[Scope::Admin])), Scopes::of(others));
    }
}

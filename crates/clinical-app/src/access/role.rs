//! Which scopes the work of a person brings.

use super::scope::{Scope, Scopes};
use std::fmt;

/// What a person does at the site. Its name is what stands in a token.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// Somebody who reads their own record.
    Patient,
    /// Somebody who treats patients.
    Clinician,
    /// Somebody who works on records of people they do not treat.
    Researcher,
    /// Somebody who keeps the service running.
    Operator,
    /// Somebody who may do everything.
    Admin,
}

impl Role {
    /// Every role, in the order of this file.
    pub const ALL: [Self; 5] = [Self::Patient, Self::Clinician, Self::Researcher, Self::Operator, Self::Admin];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Clinician => "clinician",
            Self::Researcher => "researcher",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }

    /// The role of a name, exactly as written here.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// What the role brings: no more than its work needs (45 CFR 164.502(b), minimum necessary). A person who does the
    /// work of two has two roles.
    #[must_use]
    pub const fn scopes(self) -> Scopes {
        match self {
            // A patient wants the sheet of their own record. Whether a document is correct FHIR is a question of
            // systems, and what a note mentions is a working aid for people who can judge it.
            Self::Patient => Scopes::of(&[Scope::SummaryCreate]),
            // A clinician makes sheets, finds out why a document cannot be read, and uses the note reader. Not
            // phi:deidentify: who treats a patient works with the record as it is. A copy without identity is made in
            // order to leave that circle, and to let it go is a decision of its own (45 CFR 164.514). Not audit:read:
            // who could see what is watched could work around it.
            Self::Clinician => Scopes::of(&[Scope::SummaryCreate, Scope::FhirValidate, Scope::InferenceRun]),
            // A researcher takes identity out of documents and checks what came out. Not summary:create and not
            // inference:run: both are for the care of a patient, and want the record with its identity.
            Self::Researcher => Scopes::of(&[Scope::PhiDeidentify, Scope::FhirValidate]),
            // An operator looks after the service and has no business with documents. State and metrics are open and
            // need no scope; the audit log is what is left.
            Self::Operator => Scopes::of(&[Scope::AuditRead]),
            Self::Admin => Scopes::ALL,
        }
    }
}

/// A set of roles.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u8);

impl Roles {
    /// This set and one role more.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | (1 << role as u8))
    }

    /// Whether a role is in it. An admin has every scope, but is not thereby a clinician.
    #[must_use]
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// What is in it, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }

    /// What all of them together bring.
    #[must_use]
    pub fn scopes(self) -> Scopes {
        self.iter().fold(Scopes::NONE, |sum, role| sum.or(role.scopes()))
    }
}

impl fmt::Debug for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Role::as_str)).finish()
    }
}

/// The roles and what they bring, as a Markdown table for the documents.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from("| role | scopes |\n|---|---|\n");
    for role in Role::ALL {
        let scopes: Vec<String> = role.scopes().iter().map(|scope| format!("`{}`", scope.as_str())).collect();
        page.push_str(&format!("| `{}` | {} |\n", role.as_str(), scopes.join(" ")));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_back_and_only_as_it_is_written() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        for other in ["", "Clinician", "physician", "admin ", "offline_access", "default-roles-clinic"] {
            assert_eq!(Role::parse(other), None, "{other}");
        }
    }

    #[test]
    fn only_an_admin_has_admin_and_nobody_who_treats_patients_lets_records_go() {
        for role in Role::ALL {
            assert_eq!(role.scopes().has(Scope::Admin), role == Role::Admin, "{role:?}");
        }
        assert!(!Role::Clinician.scopes().has(Scope::PhiDeidentify));
        assert!(!Role::Operator.scopes().has(Scope::SummaryCreate));
        let two = Roles::default().with(Role::Clinician).with(Role::Researcher);
        assert!(two.scopes().has(Scope::PhiDeidentify) && two.scopes().has(Scope::SummaryCreate));
    }

    #[test]
    fn the_table_for_the_documents_has_a_row_for_each_role() {
        let page = markdown();
        assert_eq!(page.lines().count(), 2 + Role::ALL.len());
        assert!(page.contains("| `patient` | `summary:create` |\n"), "{page}");
    }
}

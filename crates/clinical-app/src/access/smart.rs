//! Scopes as SMART on FHIR spells them (SMART App Launch 2.2.0, "Scopes and Launch Context"; version 1 too).
//!
//! The service holds no records. A SMART scope says that the holder may read a record elsewhere; who may read a whole
//! record may have a sheet made of it and may have it checked, and nothing else.

use super::scope::{Scope, Scopes};

/// What reading a whole record brings.
const READER: Scopes = Scopes::of(&[Scope::SummaryCreate, Scope::FhirValidate]);

/// What a scope brings, if it is one of SMART's: `(patient|user|system)/(*|Bundle).(permissions)`. Everything else
/// brings nothing: writing alone, a search alone (it may tell no more than a count), a single type such as
/// `Observation` (no sheet can be made of it), and a scope narrowed by `?` (a part of a record).
#[must_use]
pub fn scopes(scope: &str) -> Scopes {
    let parts = scope.split_once('/').and_then(|(context, rest)| Some((context, rest.split_once('.')?)));
    let Some((context, (resource, permissions))) = parts else { return Scopes::NONE };
    let is_whole = matches!(context, "patient" | "user" | "system") && matches!(resource, "*" | "Bundle");
    if is_whole && can_read(permissions) { READER } else { Scopes::NONE }
}

/// Version 1 has `read`, `write` and `*`; version 2 has letters of `cruds`, in this order.
fn can_read(permissions: &str) -> bool {
    if matches!(permissions, "read" | "*") {
        return true;
    }
    let mut order = "cruds".chars();
    permissions.chars().all(|letter| order.any(|next| next == letter)) && permissions.contains('r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_read_a_record_may_have_it_summarised_and_checked_and_nothing_else() {
        for scope in [
            "system/*.rs",
            "system/*.read",
            "user/*.rs",
            "user/*.*",
            "patient/*.rs",
            "patient/*.read",
            "patient/*.cruds",
            "system/Bundle.r",
            "system/Bundle.rs",
            "system/Bundle.read",
            "system/*.ru",
        ] {
            assert_eq!(scopes(scope), READER, "{scope}");
        }
        for other in [Scope::PhiDeidentify, Scope::InferenceRun, Scope::AuditRead, Scope::Admin] {
            assert!(!READER.has(other));
        }
    }

    #[test]
    fn everything_else_brings_nothing() {
        for scope in [
            "",
            "/",
            "system/*",
            "system/*.",
            "system/*.write",
            "system/*.cud",
            "system/*.s",
            "system/*.sr",
            "system/*.rr",
            "system/*.rx",
            "system/*.reads",
            "system/*.RS",
            "System/*.rs",
            "system/Observation.rs",
            "patient/Patient.read",
            "system/Bundles.rs",
            "patient/*.rs?category=laboratory",
            "patient/Observation.rs?category=laboratory",
            "admin/*.rs",
            "launch/patient",
            "openid",
            "fhirUser",
            "offline_access",
        ] {
            assert_eq!(scopes(scope), Scopes::NONE, "{scope}");
        }
    }
}

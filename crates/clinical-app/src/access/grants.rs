//! What a token allows: its scopes and roles, as Microsoft Entra ID, Keycloak and RFC 9068 write them.
//!
//! | claim | written by | holds |
//! |---|---|---|
//! | `scope` | Keycloak, RFC 9068 (RFC 8693, 4.2) | scopes, separated by spaces |
//! | `scp` | Entra ID, for a person; others as an array | scopes, separated by spaces |
//! | `roles` | Entra ID, app roles of people and of programs | roles, or scopes as app permissions |
//! | `realm_access.roles` | Keycloak | roles of the realm |
//! | `resource_access.<client>.roles` | Keycloak | roles at one client; only our own is read |
//!
//! **Scopes bound what the program may do, roles what the person may do.** A token that names both of ours allows what
//! is in both: with Keycloak anybody can ask for any scope that a client offers, and a patient who asks for
//! `audit:read` does not get it. A token that names only one kind of ours is decided by that kind.

use super::role::{Role, Roles};
use super::scope::{Scope, Scopes};
use super::smart;
use serde_json::{Map, Value};

/// The scopes that the token allows, and the roles it names. What is not known allows nothing, and neither does a
/// claim of another form.
pub(super) fn read(claims: &Map<String, Value>, audiences: &[String]) -> (Scopes, Roles) {
    let mut asked = Scopes::NONE;
    for name in ["scope", "scp"] {
        words(claims.get(name), &mut |scope| asked = asked.or(scopes_of(scope)));
    }
    let (mut roles, mut spelled) = (Roles::default(), Scopes::NONE);
    let mut take = |name: &str| match Role::parse(name) {
        Some(role) => roles = roles.with(role),
        // App roles are the only way in which Entra ID gives permissions to a program.
        None => spelled = spelled.or(scopes_of(name)),
    };
    names(claims.get("roles"), &mut take);
    names(claims.get("realm_access").and_then(|realm| realm.get("roles")), &mut take);
    // `admin` at another client (Keycloak's own `realm-management`, say) is none of ours.
    for client in audiences {
        let access = claims.get("resource_access").and_then(|access| access.get(client));
        names(access.and_then(|client| client.get("roles")), &mut take);
    }
    let held = roles.scopes().or(spelled);
    let allowed = if asked.is_empty() || held.is_empty() { asked.or(held) } else { asked.and(held) };
    (allowed, roles)
}

fn scopes_of(name: &str) -> Scopes {
    Scope::parse(name).map_or_else(|| smart::scopes(name), |scope| Scopes::of(&[scope]))
}

/// Words separated by spaces (RFC 6749, 3.3), or an array of such.
fn words(value: Option<&Value>, take: &mut impl FnMut(&str)) {
    names(value, &mut |text| text.split(' ').for_each(&mut *take));
}

/// A text or an array of texts.
fn names(value: Option<&Value>, take: &mut impl FnMut(&str)) {
    match value {
        Some(Value::String(text)) => take(text),
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).for_each(take),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const CREATE: Scopes = Scopes::of(&[Scope::SummaryCreate]);

    fn allowed(claims: Value) -> Scopes {
        read(claims.as_object().unwrap(), &["clinical".to_owned()]).0
    }

    #[test]
    fn a_person_at_entra_has_scp_and_a_program_has_roles() {
        assert_eq!(allowed(json!({ "scp": "summary:create fhir:validate" })).iter().count(), 2);
        assert_eq!(allowed(json!({ "roles": ["summary:create"] })), CREATE);
        assert_eq!(allowed(json!({ "roles": ["clinician"] })), Role::Clinician.scopes());
        assert_eq!(allowed(json!({ "scp": "access_as_user", "roles": ["clinician"] })), Role::Clinician.scopes());
    }

    #[test]
    fn keycloak_has_scope_and_roles_of_the_realm_and_of_clients() {
        assert_eq!(allowed(json!({ "scope": "openid profile email summary:create" })), CREATE);
        let roles = json!({ "roles": ["offline_access", "uma_authorization", "default-roles-clinic", "researcher"] });
        assert_eq!(allowed(json!({ "scope": "openid", "realm_access": roles })), Role::Researcher.scopes());
        let access = json!({ "clinical": { "roles": ["operator"] } });
        assert_eq!(allowed(json!({ "resource_access": access })), Role::Operator.scopes());
    }

    #[test]
    fn a_role_at_another_client_is_none_here() {
        let access = json!({ "realm-management": { "roles": ["admin"] }, "account": { "roles": ["clinician"] } });
        assert_eq!(allowed(json!({ "resource_access": access })), Scopes::NONE);
    }

    #[test]
    fn scopes_and_roles_of_ours_bound_each_other() {
        assert_eq!(allowed(json!({ "scope": "audit:read", "realm_access": { "roles": ["patient"] } })), Scopes::NONE);
        assert_eq!(allowed(json!({ "scope": "admin", "roles": ["patient"] })), CREATE);
        assert_eq!(allowed(json!({ "scope": "summary:create", "roles": ["admin"] })), CREATE);
        let both = Scopes::of(&[Scope::SummaryCreate, Scope::FhirValidate]);
        assert_eq!(allowed(json!({ "scope": "user/*.rs", "roles": ["clinician"] })), both);
    }

    #[test]
    fn what_is_not_known_or_has_another_form_allows_nothing() {
        for claims in [
            json!({}),
            json!({ "scope": "openid profile" }),
            json!({ "scope": "summary:create,fhir:validate" }),
            json!({ "scope": "Summary:Create" }),
            json!({ "scope": "clinician" }),
            json!({ "scope": 1, "scp": {}, "roles": { "admin": true } }),
            json!({ "roles": [["admin"], { "name": "admin" }, 1, null] }),
            json!({ "roles": ["clinician researcher"] }),
            json!({ "groups": ["admin"], "role": "admin", "permissions": ["admin"] }),
            json!({ "realm_access": ["admin"], "resource_access": { "clinical": ["admin"] } }),
            json!({ "scope": "system/*.cud" }),
        ] {
            assert_eq!(allowed(claims.clone()), Scopes::NONE, "{claims}");
        }
    }
}

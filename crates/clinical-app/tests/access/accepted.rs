//! Who gets in.

use crate::issuer::{NOW, access, ask, bearer, calm, claims, config, public, secret_config, sign};
use crate::server::Server;
use clinical_app::access::{Access, Config, Hmac, KeyState, Need, Refused, Role, Scope, need};
use clinical_pipeline::Phi;
use jsonwebtoken::Algorithm::{ES256, ES384, EdDSA, HS256, HS384, HS512, PS256, PS384, PS512, RS256, RS384, RS512};
use serde_json::json;

#[tokio::test]
async fn a_token_of_every_algorithm_of_the_key_server_is_accepted() {
    let keys = ["rsa-a", "p256", "p384", "ed25519"].map(|name| public(name, json!({})));
    let server = Server::with(json!(keys)).await;
    let access = access(&server, calm());
    for (key, algorithms) in [
        ("rsa-a", &[RS256, RS384, RS512, PS256, PS384, PS512][..]),
        ("p256", &[ES256]),
        ("p384", &[ES384]),
        ("ed25519", &[EdDSA]),
    ] {
        for algorithm in algorithms {
            let header = json!({ "alg": format!("{algorithm:?}"), "kid": key });
            let caller = ask(&access, &sign(&header, &claims(json!({})), key, *algorithm)).await.unwrap();
            assert_eq!(caller.subject(), "4f1c", "{algorithm:?}");
            assert!(caller.may(Scope::SummaryCreate) && !caller.may(Scope::FhirValidate));
        }
    }
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn a_token_of_every_algorithm_with_a_secret_is_accepted_and_each_by_its_own_only() {
    for (ours, algorithm) in [(Hmac::HS256, HS256), (Hmac::HS384, HS384), (Hmac::HS512, HS512)] {
        let secret = vec![7; 64];
        let config = Config { secrets: vec![Phi::new(secret.clone())], algorithm: Some(ours), ..secret_config() };
        let access = Access::new(&config).unwrap();
        assert_eq!(access.state(), KeyState::Static);
        for signed in [HS256, HS384, HS512] {
            let header = json!({ "alg": format!("{signed:?}") });
            let key = jsonwebtoken::EncodingKey::from_secret(&secret);
            let token = crate::issuer::sign_text(&header.to_string(), &claims(json!({})).to_string(), &key, signed);
            let refused = (signed != algorithm).then_some(Refused::Invalid("algorithm"));
            assert_eq!(ask(&access, &token).await.err(), refused, "{ours:?} {signed:?}");
        }
    }
}

/// The shape of the documentation of Microsoft Entra ID: access tokens v2.0, invented ids.
#[tokio::test]
async fn tokens_of_entra_id_fit() {
    const TENANT: &str = "11111111-2222-4333-8444-555555555555";
    const APPLICATION: &str = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    let issuer = format!("https://login.microsoftonline.com/{TENANT}/v2.0");
    let more = json!({ "use": "sig", "x5t": "rsa-a", "x5c": ["MIIC"],
        "issuer": "https://login.microsoftonline.com/{tenantid}/v2.0", "cloud_instance_name": "microsoftonline.com" });
    let server = Server::with(json!([public("rsa-b", more.clone()), public("rsa-a", more)])).await;
    let audience = Some(format!("{APPLICATION},api://{APPLICATION}"));
    let access =
        Access::with_intervals(&Config { issuer: Some(issuer.clone()), audience, ..config(&server) }, calm()).unwrap();
    let header = json!({ "typ": "JWT", "alg": "RS256", "x5t": "rsa-a", "kid": "rsa-a" });
    let person = json!({
        "aud": APPLICATION, "iss": issuer, "iat": NOW, "nbf": NOW, "exp": NOW + 4000, "aio": "AXQ", "azp": "portal",
        "azpacr": "0", "name": "A Person", "oid": "0", "preferred_username": "a.person@clinic.example", "rh": "0.",
        "scp": "summary:create fhir:validate", "sub": "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ", "tid": TENANT,
        "uti": "x", "ver": "2.0",
    });
    let caller = ask(&access, &sign(&header, &person, "rsa-a", RS256)).await.unwrap();
    assert!(caller.may(Scope::FhirValidate) && !caller.may(Scope::PhiDeidentify));
    assert!(!format!("{caller:?}").contains("HKZ"));
    let program = json!({
        "aud": format!("api://{APPLICATION}"), "iss": issuer, "iat": NOW, "nbf": NOW, "exp": NOW + 4000, "azp": "batch",
        "azpacr": "1", "oid": "1", "roles": ["phi:deidentify", "operator"], "sub": "1", "tid": TENANT, "ver": "2.0",
    });
    let caller = ask(&access, &sign(&header, &program, "rsa-a", RS256)).await.unwrap();
    assert!(caller.may(Scope::PhiDeidentify) && caller.may(Scope::AuditRead) && !caller.may(Scope::SummaryCreate));
    // An ID token of the same application looks the same but for the client: it is no key to the service.
    let id = json!({
        "aud": APPLICATION, "iss": issuer, "iat": NOW, "nbf": NOW, "exp": NOW + 4000, "roles": ["admin"], "sub": "1",
        "tid": TENANT, "ver": "2.0",
    });
    let refused = ask(&access, &sign(&header, &id, "rsa-a", RS256)).await.unwrap_err();
    assert_eq!(refused, Refused::Invalid("wrong-type"));
}

/// The shape that Keycloak 26 gives by default, invented ids.
#[tokio::test]
async fn tokens_of_keycloak_fit() {
    let keys = json!([
        public("rsa-b", json!({ "kid": "e", "use": "enc", "alg": "RSA-OAEP", "x5t": "e", "x5t#S256": "e" })),
        public("rsa-a", json!({ "use": "sig", "alg": "RS256", "x5t": "a", "x5t#S256": "a" })),
    ]);
    let server = Server::with(keys).await;
    let access = access(&server, calm());
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "rsa-a" });
    let person = json!({
        "exp": NOW + 300, "iat": NOW, "auth_time": NOW - 5, "jti": "onrtac:8f", "iss": crate::issuer::ISSUER,
        "aud": ["clinical", "account"], "sub": "b7e1", "typ": "Bearer", "azp": "portal", "sid": "s", "acr": "1",
        "allowed-origins": ["https://portal.example"],
        "realm_access": { "roles": ["offline_access", "uma_authorization", "default-roles-clinic", "clinician"] },
        "resource_access": { "account": { "roles": ["manage-account"] }, "clinical": { "roles": ["researcher"] } },
        "scope": "openid profile email", "email_verified": true, "preferred_username": "a.person",
    });
    let caller = ask(&access, &sign(&header, &person, "rsa-a", RS256)).await.unwrap();
    assert!(caller.roles().has(Role::Clinician) && caller.roles().has(Role::Researcher));
    assert!(caller.may(Scope::InferenceRun) && caller.may(Scope::PhiDeidentify) && !caller.may(Scope::AuditRead));
    let mut id = person;
    id["typ"] = json!("ID");
    let refused = ask(&access, &sign(&header, &id, "rsa-a", RS256)).await.unwrap_err();
    assert_eq!(refused, Refused::Invalid("wrong-type"));
}

#[tokio::test]
async fn a_token_that_was_accepted_is_not_accepted_after_its_end() {
    let access = Access::new(&secret_config()).unwrap();
    let token = sign(&json!({ "alg": "HS256" }), &claims(json!({ "exp": NOW + 10 })), "secret", HS256);
    assert!(access.authenticate(&bearer(&token), NOW).await.is_ok());
    assert!(access.authenticate(&bearer(&token), NOW + 9).await.is_ok());
    assert!(access.authenticate(&bearer(&token), NOW + 69).await.is_ok(), "the skew");
    let late = access.authenticate(&bearer(&token), NOW + 70).await.unwrap_err();
    assert_eq!(late, Refused::Invalid("expired"));
}

#[tokio::test]
async fn every_role_opens_its_routes_and_no_others() {
    let access = Access::new(&secret_config()).unwrap();
    for (role, opens, stays_shut) in [
        ("patient", "/api/v1/summarize", "/api/v1/validate"),
        ("clinician", "/api/inference", "/api/v1/deidentify"),
        ("researcher", "/api/v1/deidentify", "/api/v1/summarize"),
    ] {
        let claims = claims(json!({ "scope": null, "roles": [role] }));
        let caller = ask(&access, &sign(&json!({ "alg": "HS256" }), &claims, "secret", HS256)).await.unwrap();
        let may = |path| matches!(need("POST", path), Some(Need::Scope(scope)) if caller.may(scope));
        assert!(may(opens) && !may(stays_shut), "{role}");
    }
}

#[tokio::test]
async fn without_secrets_and_keys_everybody_may_do_everything_and_the_state_says_so() {
    let access = Access::new(&Config::default()).unwrap();
    assert!(!access.is_on());
    assert_eq!(access.state(), KeyState::Off);
    let caller = access.authenticate(&axum::http::HeaderMap::new(), NOW).await.unwrap();
    assert!(caller.may(Scope::Admin));
}

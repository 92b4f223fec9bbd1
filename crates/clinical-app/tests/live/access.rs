//! Keys and secrets that change while the service runs.

use crate::client::Ask;
use crate::folder::{Folder, until};
use crate::keys::KeyServer;
use crate::lines::told;
use crate::service::{Service, verify};
use crate::tokens::{AUDIENCE, ISSUER, OTHER_SECRET, SECRET, claims, issued, public, signed};
use serde_json::json;
use std::fs;

fn trusting(keys: &KeyServer, logs: &Folder) -> Service {
    Service::start(&[
        ("CLINICAL_LOG_DIR", &logs.text("")),
        ("CLINICAL_ENVIRONMENT", "staging"),
        ("OAUTH2_JWKS_URL", &keys.url()),
        ("OAUTH2_ISSUER", ISSUER),
        ("OAUTH2_AUDIENCE", AUDIENCE),
        ("CLINICAL_RATE_LIMIT_PER_MINUTE", "1000000"),
    ])
}

fn status(service: &Service, token: &str) -> u16 {
    service.ask(&Ask::note(token)).status
}

/// Both wait half a minute, which is the least time between two fetches; they wait together.
#[test]
fn keys_rotate_without_a_restart_and_known_ones_hold_while_the_key_server_is_away() {
    let (rotating, mut leaving) =
        (KeyServer::with(json!([public("rsa-a")])), KeyServer::with(json!([public("rsa-a")])));
    let (logs, logs_alone) = (Folder::new("rotating"), Folder::new("leaving"));
    let (one, other) = (trusting(&rotating, &logs), trusting(&leaving, &logs_alone));
    let (old, new) = (issued("rsa-a", "subject-1"), issued("rsa-b", "subject-1"));
    for service in [&one, &other] {
        assert_eq!(status(service, &old), 200);
        assert_eq!(status(service, &new), 401, "its key is not there yet");
        assert_eq!(service.dependency("key_server")["status"], "up");
    }
    rotating.rotates_to(json!([public("rsa-b")]));
    leaving.goes_away();
    assert_eq!(status(&one, &old), 200, "nobody has asked the key server again yet");
    until("the new key is known", || status(&one, &new) == 200);
    assert_eq!(status(&one, &old), 401, "its key was withdrawn");
    assert_eq!(rotating.asked(), 2, "unknown keys do not hammer the key server");
    assert_eq!(one.said_times("keys-fetched"), 2);

    // A key that nobody knows may be a new one that cannot be had: that is not the fault of its token.
    until("the absence is noticed", || status(&other, &new) == 503);
    let dependency = other.dependency("key_server");
    assert_eq!(
        (&dependency["status"], &dependency["detail"]),
        (&json!("degraded"), &json!("does not answer; what it gave last is used"))
    );
    assert_eq!(status(&other, &old), 200, "what is known holds");
    assert_eq!(status(&other, &issued("rsa-a", "somebody else")), 200);
    for well in ["/api/v1/health/live", "/api/v1/health/ready"] {
        assert_eq!(other.get(well).status, 200, "{well}");
    }
    assert_eq!(other.get("/health").json()["status"], "degraded");
    until("the officer of security is told", || told(&logs_alone) == [("degraded".to_owned(), "jwks".to_owned())]);
    for (service, logs) in [(one, &logs), (other, &logs_alone)] {
        service.end();
        verify(logs);
    }
    assert_eq!(told(&logs), []);
}

#[test]
fn a_secret_is_changed_while_the_service_runs_with_both_valid_in_between() {
    let folder = Folder::new("secrets");
    let file = folder.write("secret", SECRET);
    let becomes = |content: &str| {
        // As the volume of a secret does it: all at once.
        fs::rename(folder.write("new", content), &file).unwrap();
    };
    let service = Service::start(&[
        ("CLINICAL_ENVIRONMENT", "staging"),
        ("CLINICAL_LOG_DIR", &folder.text("")),
        ("OAUTH2_JWT_SECRET_FILE", &file),
        ("OAUTH2_AUDIENCE", AUDIENCE),
        ("CLINICAL_RATE_LIMIT_PER_MINUTE", "1000000"),
    ]);
    let (old, new) = (
        signed(SECRET, &claims("subject-1", "phi:deidentify")),
        signed(OTHER_SECRET, &claims("subject-1", "phi:deidentify")),
    );
    assert_eq!((status(&service, &old), status(&service, &new)), (200, 401));
    becomes(&format!("{OTHER_SECRET},{SECRET}"));
    until("the new secret holds", || status(&service, &new) == 200);
    assert_eq!(status(&service, &old), 200, "the old one holds as well");
    becomes(OTHER_SECRET);
    until("the old secret does not hold any more", || status(&service, &old) == 401);
    assert_eq!(status(&service, &new), 200);
    // What cannot be used changes nothing.
    becomes("short");
    until("the refusal is told", || service.said_times("secrets-refused") == 1);
    let refusal = [("refused-setting".to_owned(), "OAUTH2_JWT_SECRET".to_owned())];
    until("the officer of security is told", || told(&folder) == refusal);
    assert_eq!((status(&service, &old), status(&service, &new)), (401, 200));
    let said = service.end();
    assert_eq!(said.matches("secrets-renewed").count(), 2, "{said}");
    assert!(!said.contains(SECRET) && !said.contains(OTHER_SECRET), "{said}");
}

//! Settings with which the service does not start.

use crate::folder::Folder;
use crate::person::{Person, is_root};
use crate::service::{Service, Settings, program, refused};
use crate::tokens::SECRET;

/// Production as it should be, without a place for the log.
const PRODUCTION: &Settings<'_> = &[
    ("CLINICAL_ENVIRONMENT", "production"),
    ("CLINICAL_ALLOWED_HOSTS", "notes.example"),
    ("OAUTH2_JWT_SECRET", SECRET),
];

/// What is not to be repeated stands in no sentence of ours.
const CANARY: &str = "zqxv-canary";

/// Which setting is named, and what is set beside or in the place of what is all right. An empty value takes a setting
/// away.
const ANYWHERE: &[(&str, &Settings<'_>)] = &[
    ("CLINICAL_ENABLE_PHI_PROTECTION", &[("CLINICAL_ENABLE_PHI_PROTECTION", "false")]),
    ("CLINICAL_FHIR_VERSION", &[("CLINICAL_FHIR_VERSION", "R5")]),
    ("CLINICAL_ENABLE_SUMMARY_STORAGE", &[("CLINICAL_ENABLE_SUMMARY_STORAGE", "true")]),
    ("OAUTH2_JWT_SECRET", &[("OAUTH2_JWT_SECRET", CANARY)]),
    ("CLINICAL_ZQXV", &[("CLINICAL_ZQXV", CANARY)]),
    ("CLINICAL_PORT", &[("CLINICAL_PORT", CANARY)]),
    ("CLINICAL_RATE_LIMIT_PER_MINUTE", &[("CLINICAL_RATE_LIMIT_PER_MINUTE", "0")]),
    ("OAUTH2_JWT_SECRET_FILE", &[("OAUTH2_JWT_SECRET_FILE", "/zqxv-canary")]),
    ("TLS_KEY", &[("TLS_CERT", "/zqxv-canary")]),
    ("TLS_CERT", &[("TLS_CERT", "/zqxv-canary"), ("TLS_KEY", "/zqxv-canary")]),
    ("REDIS_URL", &[("REDIS_URL", "http://zqxv-canary")]),
    ("CLINICAL_LOG_DIR", &[("CLINICAL_AUDIT_SINKS", "file")]),
];

const IN_PRODUCTION: &[(&str, &Settings<'_>)] = &[
    ("OAUTH2_JWT_SECRET", &[("OAUTH2_JWT_SECRET", "")]),
    ("OAUTH2_JWT_SECRET", &[("OAUTH2_JWT_SECRET", "change-me-in-production-please-1234")]),
    ("CLINICAL_ALLOWED_HOSTS", &[("CLINICAL_ALLOWED_HOSTS", "*")]),
    ("CLINICAL_ALLOWED_HOSTS", &[("CLINICAL_ALLOWED_HOSTS", "")]),
    ("CLINICAL_ALLOWED_ORIGINS", &[("CLINICAL_ALLOWED_ORIGINS", "*")]),
    ("CLINICAL_TRUSTED_PROXIES", &[("CLINICAL_TRUSTED_PROXIES", "0.0.0.0/0")]),
    ("CLINICAL_DEBUG", &[("CLINICAL_DEBUG", "true")]),
    ("CLINICAL_LOG_LEVEL", &[("CLINICAL_LOG_LEVEL", "DEBUG")]),
    ("CLINICAL_ENABLE_REQUEST_LOGGING", &[("CLINICAL_ENABLE_REQUEST_LOGGING", "true")]),
    ("CLINICAL_ENABLE_AUDIT_LOG", &[("CLINICAL_ENABLE_AUDIT_LOG", "false")]),
    ("CLINICAL_ENABLE_PHI_PROTECTION", &[("CLINICAL_ENABLE_PHI_PROTECTION", "false")]),
    ("CLINICAL_ZQXV", &[("CLINICAL_ZQXV", CANARY)]),
];

/// Each must end with 64, say the name and nothing else of one setting, and open no port.
fn must_be_refused(base: &Settings<'_>, person: Option<Person>, name: &str, change: &Settings<'_>) {
    let mut settings: Vec<(&str, &str)> = base.to_vec();
    settings.retain(|(known, _)| !change.iter().any(|(changed, _)| changed == known));
    settings.extend(change.iter().filter(|(_, value)| !value.is_empty()));
    let mut command = program(&settings);
    if let Some(person) = person {
        person.runs(&mut command);
    }
    if change.iter().any(|(name, _)| *name == "CLINICAL_PORT") {
        // The option would go before the variable.
        command.args(["config"]);
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return check(name, output.status.code(), &said);
    }
    let (code, said) = refused(command);
    check(name, code, &said);
}

fn check(name: &str, code: Option<i32>, said: &str) {
    assert_eq!(code, Some(64), "{name}: {said}");
    let line = said.strip_prefix("clinical-notes: ").unwrap_or_else(|| panic!("{name}: {said}"));
    assert!(line.starts_with(name) && said.lines().count() == 1, "{name}: {said}");
    assert!(!said.contains(CANARY), "{said}");
}

#[test]
fn settings_that_are_refused_end_with_64_name_the_setting_and_open_no_port() {
    for (name, change) in ANYWHERE {
        must_be_refused(&[], None, name, change);
    }
}

#[test]
fn production_refuses_what_would_let_strangers_in() {
    let Some(person) = Person::ordinary() else { return };
    for (name, change) in IN_PRODUCTION {
        must_be_refused(PRODUCTION, Some(person), name, change);
    }
    // All of them are told at once.
    let all = [
        ("CLINICAL_ENVIRONMENT", "production"),
        ("CLINICAL_ALLOWED_HOSTS", "*"),
        ("CLINICAL_DEBUG", "true"),
        ("CLINICAL_ENABLE_PHI_PROTECTION", "false"),
    ];
    let mut command = program(&all);
    person.runs(&mut command);
    let (code, said) = refused(command);
    assert_eq!((code, said.lines().count()), (Some(64), 4), "{said}");
    // And put right, it starts.
    let folder = Folder::new("production");
    person.owns(&folder);
    let logs = folder.text("");
    let service = Service::start_as(person, &[PRODUCTION, &[("CLINICAL_LOG_DIR", &logs)]].concat());
    assert_eq!(service.get("/api/v1/health/ready").status, 200);
    service.kill();
}

#[test]
fn production_refuses_root() {
    if !is_root() {
        println!("not run: only root can try to run production as root");
        return;
    }
    must_be_refused(PRODUCTION, None, "CLINICAL_ENVIRONMENT", &[]);
}

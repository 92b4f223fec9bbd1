//! When the service does not start: each refusal, what it says, and how it goes away.

use super::*;

type Pairs<'a> = &'a [(&'a str, &'a str)];

/// Settings of production that are all right.
const PRODUCTION: Pairs<'_> =
    &[("CLINICAL_ENVIRONMENT", "production"), ("CLINICAL_ALLOWED_HOSTS", "notes.example"), ("OAUTH2_JWT_SECRET", KEY)];

/// Production with the keys of an issuer in the place of a secret.
const ISSUER: Pairs<'_> = &[
    ("CLINICAL_ENVIRONMENT", "production"),
    ("CLINICAL_ALLOWED_HOSTS", "notes.example"),
    ("OAUTH2_JWKS_URL", "https://login.example/keys"),
    ("OAUTH2_ISSUER", "https://login.example"),
    ("OAUTH2_AUDIENCE", "clinical-notes"),
];

/// A language model, in development.
const MODEL: Pairs<'_> = &[
    ("CLINICAL_ENABLE_AI_PROCESSING", "true"),
    ("CLINICAL_AI_BASE_URL", "http://llm.example/v1"),
    ("CLINICAL_AI_MODEL", "m"),
];

/// The same in production.
const MODEL_PRODUCTION: Pairs<'_> = &[
    ("CLINICAL_ENVIRONMENT", "production"),
    ("CLINICAL_ALLOWED_HOSTS", "notes.example"),
    ("OAUTH2_JWT_SECRET", KEY),
    ("CLINICAL_ENABLE_AI_PROCESSING", "true"),
    ("CLINICAL_AI_BASE_URL", "http://clinical-models:8080/v1"),
    ("CLINICAL_AI_MODEL", "m"),
    ("CLINICAL_AI_CONTACT", "Call the clinic."),
];

/// A pod with an identity of its own.
const POD: Pairs<'_> = &[
    ("CLINICAL_AI_BASE_URL", "https://n.openai.azure.com/openai/v1"),
    ("CLINICAL_AI_AUTH", "azure-workload-identity"),
    ("AZURE_CLIENT_ID", "a"),
    ("AZURE_TENANT_ID", "b"),
    ("AZURE_FEDERATED_TOKEN_FILE", "/t"),
];

const SHORT: &str = "kS0v1mJ7Qm2b8Yy3nD4wTgZr5uXhPq6";
const FORTY: &str = "kS0v1mJ7Qm2b8Yy3nD4wTgZr5uXhPq6cLfEaVoIi";
const ZEROS: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// What breaks each refusal in the order of the table: settings that are all right, and the change that is not. A
/// change to an empty value takes a setting away.
const BROKEN: &[(Pairs<'_>, Pairs<'_>)] = &[
    (&[], &[("CLINICAL_ENABLE_PHI_PROTECTION", "no")]),
    (&[], &[("CLINICAL_FHIR_VERSION", "R5")]),
    (MODEL, &[("CLINICAL_AI_BASE_URL", "")]),
    (MODEL, &[("CLINICAL_AI_MODEL", "")]),
    (MODEL, &[("CLINICAL_AI_BASE_URL", "https://llm.example/v1?api-version=1")]),
    (MODEL_PRODUCTION, &[("CLINICAL_AI_BASE_URL", "http://llm.example/v1")]),
    (MODEL_PRODUCTION, &[("CLINICAL_AI_CONTACT", "")]),
    (&[("CLINICAL_AI_AUTH", "api-key"), ("CLINICAL_AI_API_KEY", "k")], &[("CLINICAL_AI_API_KEY", "")]),
    (&[("CLINICAL_AI_API_KEY", "k")], &[("CLINICAL_AI_AUTH", "none")]),
    (POD, &[("AZURE_TENANT_ID", "")]),
    (POD, &[("CLINICAL_AI_BASE_URL", "http://10.0.0.1/v1")]),
    (PRODUCTION, &[("AZURE_AUTHORITY_HOST", "http://login.example/")]),
    (&[], &[("CLINICAL_ENABLE_SUMMARY_STORAGE", "true")]),
    (&[], &[("CLINICAL_AUDIT_LOG_LEVEL", "error")]),
    (PRODUCTION, &[("CLINICAL_ENABLE_AUDIT_LOG", "false")]),
    (&[], &[("CLINICAL_AUDIT_SINKS", "stdout,file")]),
    (&[], &[("CLINICAL_AUDIT_SINKS", "syslog")]),
    (&[("CLINICAL_LOG_DIR", "/l")], &[("CLINICAL_AUDIT_SYSLOG", "siem.example")]),
    (PRODUCTION, &[("CLINICAL_DEBUG", "true")]),
    (PRODUCTION, &[("CLINICAL_LOG_LEVEL", "debug")]),
    (PRODUCTION, &[("CLINICAL_ENABLE_REQUEST_LOGGING", "on")]),
    // Root: the change is to the process, below.
    (PRODUCTION, &[]),
    (PRODUCTION, &[("CLINICAL_ALLOWED_HOSTS", "")]),
    (PRODUCTION, &[("CLINICAL_ALLOWED_HOSTS", "notes.example,*")]),
    (PRODUCTION, &[("CLINICAL_ALLOWED_ORIGINS", "*")]),
    (PRODUCTION, &[("CLINICAL_TRUSTED_PROXIES", "10.0.0.0/8,::ffff:0:0/96")]),
    (PRODUCTION, &[("OAUTH2_JWT_SECRET", "")]),
    (&[], &[("OAUTH2_JWT_SECRET", SHORT)]),
    (PRODUCTION, &[("OAUTH2_JWT_SECRET", "change-me-to-something-long-and-random")]),
    (PRODUCTION, &[("CLINICAL_DEIDENTIFY_SECRET", "changeme changeme")]),
    (PRODUCTION, &[("CLINICAL_AUDIT_SIGNING_KEY", ZEROS)]),
    (&[("OAUTH2_JWT_SECRET", KEY)], &[("OAUTH2_JWT_ALG", "RS256")]),
    (&[("OAUTH2_JWT_SECRET", KEY), ("OAUTH2_JWT_ALG", "HS256")], &[("OAUTH2_JWT_SECRET", "")]),
    (&[("OAUTH2_JWKS_URL", "https://a.example/k"), ("OAUTH2_JWT_ALG", "ES256")], &[("OAUTH2_JWKS_URL", "")]),
    (ISSUER, &[("OAUTH2_JWKS_URL", "http://login.example/keys")]),
    (ISSUER, &[("OAUTH2_ISSUER", "")]),
    (ISSUER, &[("OAUTH2_AUDIENCE", "")]),
    (&[("TLS_CERT", "/c"), ("TLS_KEY", "/k")], &[("TLS_CERT", "")]),
    (&[("TLS_CERT", "/c"), ("TLS_KEY", "/k")], &[("TLS_KEY", "")]),
];

#[test]
fn each_refusal_names_its_setting_and_goes_away_when_it_is_put_right() {
    assert_eq!(BROKEN.len(), REFUSALS.len(), "each refusal has what breaks it");
    for (refusal, (right, change)) in REFUSALS.iter().zip(BROKEN) {
        let name = refusal.names[0];
        assert!(read(right).is_ok(), "{name}: {:?}", read(right));
        let uid = Some(if change.is_empty() { 0 } else { 1001 });
        let from = map(&[*right, *change].concat());
        let mistakes = Settings::read(&from, &Given::default(), &Surroundings { uid }).unwrap_err();
        assert_eq!(mistakes, [Mistake::new(name, refusal.must_be)]);
        let said = mistakes[0].to_string();
        for (_, value) in change.iter().filter(|(_, value)| value.len() > 12) {
            assert!(!said.contains(value), "{said}");
        }
    }
}

#[test]
fn what_production_alone_refuses_is_possible_elsewhere() {
    for (refusal, (right, change)) in REFUSALS.iter().zip(BROKEN).filter(|(refusal, _)| refusal.in_production) {
        for environment in ["development", "staging"] {
            let from = map(&[*right, *change, &[("CLINICAL_ENVIRONMENT", environment)]].concat());
            let read = Settings::read(&from, &Given::default(), &Surroundings { uid: Some(0) });
            assert!(read.is_ok(), "{} {environment}: {read:?}", refusal.names[0]);
        }
    }
}

#[test]
fn every_refusal_is_about_settings_that_there_are() {
    for refusal in REFUSALS {
        assert!(!refusal.names.is_empty() && !refusal.because.is_empty());
        for name in refusal.names {
            assert!(settings().any(|setting| setting.name == *name), "{name}");
        }
    }
}

#[test]
fn all_refusals_are_told_at_once() {
    let said = said(&[
        ("CLINICAL_ENVIRONMENT", "production"),
        ("CLINICAL_ENABLE_PHI_PROTECTION", "false"),
        ("CLINICAL_DEBUG", "true"),
        ("CLINICAL_ENABLE_REQUEST_LOGGING", "true"),
        ("CLINICAL_ALLOWED_HOSTS", "*"),
        ("CLINICAL_PORT", "x"),
    ]);
    let names: Vec<&str> = said.iter().filter_map(|said| said.split(' ').next()).collect();
    assert_eq!(
        names,
        [
            "CLINICAL_PORT",
            "CLINICAL_ENABLE_PHI_PROTECTION",
            "CLINICAL_DEBUG",
            "CLINICAL_ENABLE_REQUEST_LOGGING",
            "CLINICAL_ALLOWED_HOSTS",
            "OAUTH2_JWT_SECRET"
        ]
    );
}

#[test]
fn each_key_is_as_long_as_its_algorithm_needs() {
    let refused = |keys: &str, algorithm: &str| {
        let said = said(&[("OAUTH2_JWT_SECRET", keys), ("OAUTH2_JWT_ALG", algorithm)]);
        assert!(said.iter().all(|said| said.starts_with("OAUTH2_JWT_SECRET must be 32 bytes")), "{said:?}");
        !said.is_empty()
    };
    let of = |bytes: usize| KEY[..bytes].to_owned();
    for (algorithm, least) in [("", 32), ("HS256", 32), ("hs384", 48), ("HS512", 64)] {
        assert!(refused(&of(least - 1), algorithm), "{algorithm}");
        assert!(!refused(&of(least), algorithm), "{algorithm}");
        assert!(refused(&format!("{KEY},{}", of(least - 1)), algorithm), "{algorithm}: the second of two");
    }
    assert!(!refused(&[KEY; 4].join(","), "HS512"));
    assert_eq!(said(&[("OAUTH2_JWT_SECRET", &[KEY; 5].join(","))]).len(), 1);
    assert!(refused(FORTY, "HS384") && !refused(FORTY, "HS256"));
}

#[test]
fn secrets_of_examples_are_refused_and_drawn_ones_are_not() {
    for known in [
        "change-me-in-production-please-1234",
        "CHANGEME_CHANGEME_CHANGEME_CHANGEME",
        "your-256-bit-secret-your-256-bit-secret",
        "a-string-secret-at-least-256-bits-long",
        "your-super-secret-jwt-key-goes-here!",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "0123456789abcdef0123456789abcdef",
        "dev-only-secret-with-enough-bytes-in-it",
    ] {
        let from = [PRODUCTION, &[("OAUTH2_JWT_SECRET", known)]].concat();
        assert_eq!(said(&from).len(), 1, "{known}");
        let second = format!("{KEY},{known}");
        assert_eq!(said(&[PRODUCTION, &[("OAUTH2_JWT_SECRET", &second)]].concat()).len(), 1, "{known}");
    }
    for drawn in [KEY, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"] {
        assert!(read(&[PRODUCTION, &[("OAUTH2_JWT_SECRET", drawn)]].concat()).is_ok());
    }
}

#[test]
fn the_keys_of_an_issuer_come_by_https_or_from_this_machine() {
    let outside_development = |url| {
        let staging = read(&[("CLINICAL_ENVIRONMENT", "staging"), ("OAUTH2_JWKS_URL", url)]);
        assert_eq!(read(&[ISSUER, &[("OAUTH2_JWKS_URL", url)]].concat()).is_ok(), staging.is_ok(), "{url}");
        staging.is_ok()
    };
    for url in [
        "https://a.example/k",
        "http://localhost:8080/k",
        "http://127.0.0.2/k",
        "http://[::1]:1/k",
        "HTTPS://a.example",
    ] {
        assert!(outside_development(url), "{url}");
    }
    for url in
        ["http://a.example/k", "http://localhost.evil.example/k", "http://127.0.0.1.evil.example/", "http://10.0.0.1/"]
    {
        assert!(!outside_development(url), "{url}");
        assert!(read(&[("OAUTH2_JWKS_URL", url)]).is_ok(), "{url} in development");
    }
}

#[test]
fn a_language_model_in_production_is_asked_over_tls_or_nearby() {
    let goes = |url| read(&[MODEL_PRODUCTION, &[("CLINICAL_AI_BASE_URL", url)]].concat()).is_ok();
    for url in [
        "https://n.openai.azure.com/openai/v1",
        "http://localhost:11434/v1",
        "http://127.0.0.1:8080/v1",
        "http://[::1]:8080/v1",
        "http://10.1.2.3/v1",
        "http://172.31.0.1/v1",
        "http://192.168.1.1/v1",
        "http://[fd00::1]/v1",
        "http://clinical-models:8080/v1",
        "http://vllm.models.svc/v1",
        "http://vllm.models.svc.cluster.local:8000/v1",
        "http://llm.internal/v1",
    ] {
        assert!(goes(url), "{url}");
    }
    for url in [
        "http://llm.example/v1",
        "http://172.32.0.1/v1",
        "http://8.8.8.8/v1",
        "http://[2001:db8::1]/v1",
        "http://10.0.0.1.evil.example/v1",
        "http://localhost.evil.example/v1",
        "http://svc.evil.example/v1",
    ] {
        assert!(!goes(url), "{url}");
    }
}

#[test]
fn a_setting_that_is_wrong_by_itself_is_told_once() {
    let wrong = [PRODUCTION, &[("OAUTH2_JWT_SECRET", ""), ("OAUTH2_JWKS_URL", "canary")]].concat();
    assert_eq!(said(&wrong).len(), 1);
    let wrong = [("OAUTH2_JWT_SECRET", SHORT), ("OAUTH2_JWT_ALG", "canary")];
    assert_eq!(said(&wrong).len(), 1);
    // The name that its user gave it is the one that is told.
    let said = said(&[("CLINICAL_OAUTH2_JWT_SECRET", SHORT)]);
    assert!(said[0].starts_with("CLINICAL_OAUTH2_JWT_SECRET must be 32"), "{said:?}");
}

#[test]
fn a_reference_to_a_vault_that_nobody_resolved_is_no_secret() {
    let name = b"@Microsoft.KeyVault(SecretUri=https://clinic.vault.azure.net/secrets/jwt)";
    assert!(crate::settings::parse::is_placeholder(name));
}

//! The documents that are made of the settings' table, and `clinical-notes config` from outside.
//!
//! With `NOTES_ACCEPT=1` the documents are written anew.
#![expect(clippy::disallowed_methods, reason = "a test that reads the project's own files")]
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use clinical_app::settings::{self, Deployment, Given, Mistake, Settings, Surroundings};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const KEY: &str = "kS0v1mJ7Qm2b8Yy3nD4wTgZr5uXhPq6cLfEaVoIiRjGtHsUkMlNzBxCyWdFpKQe9";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_documents_say_what_the_table_says() {
    for (file, made) in [
        ("docs/CONFIGURATION.md", settings::markdown()),
        ("docker/config/.env.production", settings::template(Deployment::Production)),
        ("docker/config/.env.development", settings::template(Deployment::Development)),
    ] {
        let path = root().join(file);
        if std::env::var_os("NOTES_ACCEPT").is_some_and(|v| v == "1") {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &made).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        let line = made.lines().zip(written.lines()).position(|(a, b)| a != b);
        assert!(made == written, "{file} differs at line {line:?} (from 0); NOTES_ACCEPT=1 writes it anew");
    }
}

/// The names that users know.
#[test]
fn every_setting_of_the_contract_is_there() {
    let known: HashSet<&str> =
        settings::settings().flat_map(|setting| [Some(setting.name), setting.also]).flatten().collect();
    for name in "APP_NAME ENVIRONMENT DEBUG HOST PORT ALLOWED_HOSTS ALLOWED_ORIGINS RATE_LIMIT_PER_MINUTE \
        MAX_PROCESSING_TIME_SECONDS MAX_REQUEST_SIZE_MB ENABLE_PHI_PROTECTION ENABLE_REQUEST_LOGGING LOG_LEVEL LOG_DIR \
        FHIR_VERSION ENABLE_METRICS ENABLE_AUDIT_LOG AUDIT_LOG_LEVEL AUDIT_LOG_FORMAT CSP_POLICY HSTS_MAX_AGE \
        HSTS_INCLUDE_SUBDOMAINS ENABLE_AI_PROCESSING MODEL_CACHE_DIR ENABLE_SUMMARY_STORAGE TRUSTED_PROXIES TLS_CERT \
        TLS_KEY REDIS_URL OAUTH2_JWT_SECRET OAUTH2_JWT_ALG OAUTH2_JWKS_URL OAUTH2_ISSUER OAUTH2_AUDIENCE \
        DEIDENTIFY_SECRET AUDIT_SINKS AUDIT_SYSLOG AUDIT_SYSLOG_CA AUDIT_SIGNING_KEY AUDIT_ROTATE_MB \
        AI_BASE_URL AI_MODEL AI_API_KEY AI_AUTH AI_TIMEOUT_SECONDS AI_CONCURRENCY AI_MAX_TOKENS AI_REVIEWED \
        AI_DISCLOSURE AI_CONTACT"
        .split_whitespace()
    {
        assert!(known.contains(format!("CLINICAL_{name}").as_str()), "CLINICAL_{name}");
    }
    for name in "TLS_CERT TLS_KEY REDIS_URL OAUTH2_JWT_SECRET OAUTH2_JWT_ALG OAUTH2_JWKS_URL OAUTH2_ISSUER \
        OAUTH2_AUDIENCE OTEL_EXPORTER_OTLP_ENDPOINT OTEL_EXPORTER_OTLP_HEADERS OTEL_SERVICE_NAME"
        .split_whitespace()
    {
        assert!(known.contains(name), "{name}");
    }
}

#[test]
fn every_row_is_whole_and_every_name_is_there_once() {
    let mut names = HashSet::new();
    for setting in settings::settings() {
        for name in [Some(setting.name), setting.also].into_iter().flatten() {
            assert!(names.insert(name), "{name} stands twice");
        }
        assert!(setting.meaning.ends_with('.') && !setting.example.is_empty(), "{}", setting.name);
        assert!(setting.default.is_some() == setting.otherwise.is_empty(), "{}: a default, or words", setting.name);
        if setting.is_secret() {
            assert!(setting.default.is_none() && setting.production.is_empty() && setting.development.is_empty());
        } else {
            assert!(setting.kind.admits(setting.example.as_bytes()), "{}", setting.name);
        }
        for text in [setting.meaning, setting.otherwise, setting.example] {
            assert!(!text.contains(['|', '\n']), "{}: breaks the table", setting.name);
        }
    }
}

/// A template as `docker run --env-file` reads it: everything behind `=` is the value.
fn variables(environment: Deployment) -> HashMap<String, String> {
    let text = settings::template(environment);
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once('=').unwrap()).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
}

fn read(from: &HashMap<String, String>) -> Result<Settings, Vec<Mistake>> {
    Settings::read(from, &Given::default(), &Surroundings { uid: Some(1001) })
}

fn with(from: &HashMap<String, String>, pairs: &[(&str, &str)]) -> HashMap<String, String> {
    let mut from = from.clone();
    from.extend(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
    from
}

#[test]
fn the_template_for_production_asks_for_what_only_its_user_knows() {
    let template = variables(Deployment::Production);
    assert_eq!(template.len(), settings::settings().count());
    let mistakes = read(&template).unwrap_err();
    let names: Vec<&str> = mistakes.iter().map(|mistake| mistake.name.as_str()).collect();
    assert_eq!(names, ["CLINICAL_ALLOWED_HOSTS", "OAUTH2_JWT_SECRET"]);
    let hosts = with(&template, &[("CLINICAL_ALLOWED_HOSTS", "notes.example.org")]);
    let settings = read(&with(&hosts, &[("OAUTH2_JWT_SECRET", KEY)])).unwrap();
    assert_eq!((settings.environment, settings.host.as_str()), (Deployment::Production, "0.0.0.0"));
    assert_eq!(settings.log_dir, Some(PathBuf::from("/app/logs")));
    assert_eq!(settings.model_cache_dir, PathBuf::from("/app/cache/models"));
    assert_eq!(settings.audit.unwrap().file, Some(PathBuf::from("/app/logs/audit")));
    let issuer = [
        ("OAUTH2_JWKS_URL", "https://login.example.org/keys"),
        ("OAUTH2_ISSUER", "https://login.example.org"),
        ("OAUTH2_AUDIENCE", "clinical-notes"),
    ];
    assert!(read(&with(&hosts, &issuer)).is_ok());
    assert_eq!(read(&with(&hosts, &issuer[..1])).unwrap_err().len(), 2);
}

#[test]
fn the_template_for_development_is_good_as_it_stands() {
    let template = variables(Deployment::Development);
    assert_eq!(template.len(), settings::settings().count());
    let settings = read(&template).unwrap();
    assert_eq!((settings.environment, settings.debug), (Deployment::Development, true));
    assert!(settings.is_allowed_host("localhost:8000") && settings.is_allowed_host("clinical-api:8000"));
}

/// Compose takes `$` and a `#` behind a blank for its own, and a quote at the start.
#[test]
fn docker_and_compose_read_the_same_values() {
    for environment in [Deployment::Production, Deployment::Development] {
        let variables: BTreeMap<String, String> = variables(environment).into_iter().collect();
        for (name, value) in variables {
            assert!(!value.contains('$') && !value.contains(" #") && !value.starts_with(['"', '\'']), "{name}");
            assert_eq!(value, value.trim(), "{name}");
        }
    }
}

/// The program, with these variables and no others of ours.
fn config(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clinical-notes"))
        .arg("config")
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn config_shows_what_holds_and_where_it_came_from() {
    let shown = config(&["--port", "9000"], &[("CLINICAL_DEBUG", "on"), ("OAUTH2_JWT_SECRET", KEY)]);
    assert_eq!((shown.status.code(), text(&shown.stderr)), (Some(0), ""));
    let lines: Vec<&str> = text(&shown.stdout).lines().collect();
    assert_eq!(lines.len(), settings::settings().count());
    for line in [
        "CLINICAL_PORT=9000 # command line",
        "CLINICAL_DEBUG=true # environment",
        "CLINICAL_LOG_LEVEL=DEBUG # default",
        "OAUTH2_JWT_SECRET=******** # environment",
        "REDIS_URL= # default",
    ] {
        assert!(lines.contains(&line), "{line}");
    }
    assert!(!text(&shown.stdout).contains(KEY));
    let shown = config(&["--format", "json"], &[("OAUTH2_JWT_SECRET", KEY)]);
    let page: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    let all = page["settings"].as_array().unwrap();
    let of = |name: &str| all.iter().find(|one| one["name"] == name).unwrap();
    assert_eq!(of("OAUTH2_JWT_SECRET")["value"], "********");
    assert_eq!(of("OAUTH2_JWT_SECRET")["secret"], true);
    assert_eq!((&of("CLINICAL_LOG_DIR")["value"], &of("CLINICAL_LOG_DIR")["origin"]), (&().into(), &"default".into()));
    assert!(!text(&shown.stdout).contains(KEY));
}

#[test]
fn config_tells_all_mistakes_and_nothing_else() {
    for format in ["text", "json"] {
        let told = config(
            &["--format", format, "--max-seconds", "canary"],
            &[("CLINICAL_PORT", "canary"), ("CLINICAL_PROT", "canary"), ("OAUTH2_JWT_SECRET", "canary")],
        );
        assert_eq!((told.status.code(), text(&told.stdout)), (Some(64), ""));
        let said = text(&told.stderr);
        for name in ["CLINICAL_PORT ", "--max-seconds ", "CLINICAL_PROT ", "OAUTH2_JWT_SECRET "] {
            assert!(said.contains(&format!("clinical-notes: {name}")), "{said}");
        }
        assert!(said.lines().count() == 4 && !said.contains("canary"), "{said}");
    }
}

#[test]
fn config_prints_the_documents() {
    for (arguments, made) in [
        (&["--markdown"][..], settings::markdown()),
        (&["--env", "production"], settings::template(Deployment::Production)),
        (&["--env", "development"], settings::template(Deployment::Development)),
    ] {
        // What is set here does not matter to them, be it right or wrong.
        let printed = config(arguments, &[("CLINICAL_PORT", "canary")]);
        assert_eq!(printed.status.code(), Some(0));
        assert_eq!(text(&printed.stdout), made);
    }
    assert_eq!(config(&["--env", "staging"], &[]).status.code(), Some(64));
    assert_eq!(config(&["--markdown", "--format", "json"], &[]).status.code(), Some(64));
}

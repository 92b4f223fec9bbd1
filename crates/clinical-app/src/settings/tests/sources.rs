//! Where values come from, and that every mistake is told.
#![expect(clippy::disallowed_methods, reason = "settings that stand in files")]

use super::*;
use std::fs;

/// A file of its own for each test.
struct Held(PathBuf);

impl Held {
    fn new(name: &str, content: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("clinical-settings-{name}-{}", std::process::id()));
        fs::write(&path, content).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn the_command_line_goes_before_the_environment() {
    let given = Given { port: Some("9000".to_owned()), ..Given::default() };
    let from = map(&[("CLINICAL_PORT", "oops"), ("CLINICAL_MAX_PROCESSING_TIME_SECONDS", "0.5")]);
    let settings = Settings::read(&from, &given, &Surroundings::default()).unwrap();
    assert_eq!((settings.port, settings.max_time), (9000, Duration::from_millis(500)));
    let given = Given { port: Some("canary".to_owned()), host: Some(String::new()), ..Given::default() };
    let mistakes = Settings::read(&from, &given, &Surroundings::default()).unwrap_err();
    let names: Vec<&str> = mistakes.iter().map(|mistake| mistake.name.as_str()).collect();
    assert_eq!(names, ["--host", "--port"]);
}

#[test]
fn all_mistakes_are_named_and_no_value_is() {
    let said = said(&[
        ("CLINICAL_HOST", ""),
        ("CLINICAL_PORT", "canary"),
        ("CLINICAL_MAX_REQUEST_SIZE_MB", "0"),
        ("CLINICAL_MAX_PROCESSING_TIME_SECONDS", "NaN"),
        ("CLINICAL_DEIDENTIFY_SECRET", "canary"),
        ("CLINICAL_PROT", "canary"),
        ("TLS_KEY", "canary"),
        ("CLINICAL_ENABLE_AI_PROCESSING", "true"),
    ]);
    // Two of them are what a language model needs.
    assert_eq!(said.len(), 9, "{said:?}");
    assert!(said[1].starts_with("CLINICAL_PORT must be"));
    assert!(!said.concat().contains("canary"));
}

#[test]
fn every_setting_can_stand_in_a_file() {
    for setting in settings() {
        let values: &[&str] = match setting.name {
            "TLS_CERT" | "TLS_KEY" | "CLINICAL_AUDIT_SYSLOG" | "CLINICAL_AUDIT_SYSLOG_CA" => continue,
            _ => &[match setting.kind {
                Kind::Secret(Secret::Seed) => "MC4CAQAwBQYDK2VwBCIEIFzc9hTX0lQm7aYbE3kWJ8U=",
                Kind::Secret(Secret::Redis) => "redis://cache",
                Kind::Secret(Secret::Headers) => "api-key=k",
                Kind::Secret(_) => KEY,
                _ => setting.example,
            }],
        };
        for value in values {
            // What is asked of others comes from the refusals, and is another test.
            let beside: &[(&str, &str)] = match setting.name {
                "CLINICAL_ENVIRONMENT" => &[("OAUTH2_JWT_SECRET", KEY), ("CLINICAL_ALLOWED_HOSTS", "a.example")],
                "OAUTH2_JWT_ALG" => &[("OAUTH2_JWT_SECRET", KEY)],
                "CLINICAL_AI_AUTH" => {
                    &[("AZURE_CLIENT_ID", "a"), ("AZURE_TENANT_ID", "b"), ("AZURE_FEDERATED_TOKEN_FILE", "/t")]
                }
                "CLINICAL_AUDIT_SINKS" => &[("CLINICAL_LOG_DIR", "/l"), ("CLINICAL_AUDIT_SYSLOG", "a.example")],
                _ => &[],
            };
            let held = Held::new(setting.name, format!("{value}\r\n").as_bytes());
            for name in setting.names() {
                let in_file = format!("{name}_FILE");
                let from_file = read(&[beside, &[(&in_file, held.path())]].concat());
                assert!(from_file.is_ok(), "{in_file}: {from_file:?}");
                assert_eq!(from_file, read(&[beside, &[(name, value)]].concat()), "{in_file}");
            }
        }
    }
}

#[test]
fn a_file_that_is_not_right_is_named_by_its_variable_and_never_by_its_path() {
    let long = Held::new("canary-long", &vec![b'a'; (64 << 10) + 1]);
    let empty = Held::new("canary-empty", b"\n\n");
    let wrong = Held::new("canary-wrong", b"canary\n");
    let binary = Held::new("canary-binary", &[0xff; 40]);
    let folder = std::env::temp_dir();
    for path in [
        long.path(),
        empty.path(),
        wrong.path(),
        binary.path(),
        folder.to_str().unwrap(),
        "/nonexistent/canary",
        "/dev/zero",
    ] {
        let said = said(&[("CLINICAL_PORT_FILE", path)]);
        assert_eq!(said.len(), 1, "{path}");
        assert!(said[0].starts_with("CLINICAL_PORT_FILE must be the path of a file that"), "{said:?}");
        assert!(said[0].ends_with("a whole number from 0 to 65535") && !said[0].contains("canary"), "{said:?}");
    }
    // What is refused is the setting and not the path of its file.
    let short = Held::new("canary-short", b"a key of 31 bytes, one too few.");
    let said = said(&[("CLINICAL_OAUTH2_JWT_SECRET_FILE", short.path())]);
    assert!(said.len() == 1 && said[0].starts_with("CLINICAL_OAUTH2_JWT_SECRET must be 32 bytes"), "{said:?}");
    // A secret that decides surrogates is bytes, and need not be text.
    let settings = read(&[("CLINICAL_DEIDENTIFY_SECRET_FILE", binary.path())]).unwrap();
    assert_eq!(settings.deidentify_secret, Some(Phi::new(vec![0xff; 40])));
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_to_does_not_keep_the_start_waiting() {
    let path = std::env::temp_dir().join(format!("clinical-settings-pipe-{}", std::process::id()));
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("not run: there is no mkfifo");
        return;
    }
    let said = said(&[("CLINICAL_PORT_FILE", path.to_str().unwrap())]);
    fs::remove_file(&path).unwrap();
    assert!(said[0].starts_with("CLINICAL_PORT_FILE must be"), "{said:?}");
}

#[test]
fn a_setting_is_set_once() {
    let held = Held::new("once", b"9000");
    let twice = said(&[("CLINICAL_PORT", "9000"), ("CLINICAL_PORT_FILE", held.path())]);
    assert_eq!(twice, ["CLINICAL_PORT must be set once, with _FILE or without"]);
    let issuers = [("OAUTH2_ISSUER", "a"), ("CLINICAL_OAUTH2_ISSUER", "canary")];
    assert_eq!(said(&issuers), ["CLINICAL_OAUTH2_ISSUER must be set once: OAUTH2_ISSUER is set, too, and differs"]);
    let same = read(&[("OAUTH2_ISSUER", "a"), ("CLINICAL_OAUTH2_ISSUER", "a")]).unwrap();
    assert_eq!(same.access.issuer.as_deref(), Some("a"));
    let held = Held::new("same", b"a\n");
    assert!(read(&[("OAUTH2_ISSUER", "a"), ("CLINICAL_OAUTH2_ISSUER_FILE", held.path())]).is_ok());
}

#[test]
fn an_empty_value_is_not_set_but_where_text_is_needed() {
    for setting in settings() {
        for name in setting.names() {
            for value in ["", "  "] {
                let in_file = format!("{name}_FILE");
                assert_eq!(read(&[(&in_file, value)]), Ok(Settings::default()), "{in_file}");
                let read = read(&[(name, value)]);
                assert_eq!(read.is_err(), setting.needs_text, "{name}");
                assert!(setting.needs_text || read == Ok(Settings::default()), "{name}");
            }
        }
    }
}

#[test]
fn an_unknown_name_is_refused() {
    let from = [("CLINICAL_ENABLE_AUDITLOG", "true"), ("CLINICAL_NO_SUCH_THING_FILE", "/canary"), ("PATH", "canary")];
    let said = said(&from);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].ends_with("but there is CLINICAL_ENABLE_AUDIT_LOG") && !said.concat().contains("canary"));
}

#[test]
fn what_is_in_force_is_told_with_its_origin_and_secrets_are_stars() {
    let held = Held::new("origin", b"warn\n");
    // A secret that is no text is there all the same.
    let binary = Held::new("origin-binary", &[0xff; 40]);
    let from = map(&[
        ("CLINICAL_LOG_LEVEL_FILE", held.path()),
        ("CLINICAL_DEIDENTIFY_SECRET_FILE", binary.path()),
        ("OAUTH2_JWT_SECRET", KEY),
        ("CLINICAL_DEBUG", "Yes"),
        ("OAUTH2_JWKS_URL", "https://a.example/keys?code=canary"),
        ("REDIS_URL", "rediss://:canary@a.example"),
        ("CLINICAL_TRUSTED_PROXIES", "10.0.0.1 , 10.0.0.0/8,"),
    ]);
    let given = Given { port: Some("9000".to_owned()), ..Given::default() };
    let all = effective(&from, &given, &Surroundings::default()).unwrap();
    assert_eq!(all.len(), settings().count());
    let of = |name: &str| {
        let one = all.iter().find(|one| one.name == name).unwrap();
        (one.value.as_deref(), one.origin)
    };
    assert_eq!(of("CLINICAL_PORT"), (Some("9000"), Origin::CommandLine));
    assert_eq!(of("CLINICAL_LOG_LEVEL"), (Some("WARN"), Origin::File));
    assert_eq!(of("CLINICAL_DEBUG"), (Some("true"), Origin::Environment));
    assert_eq!(of("OAUTH2_JWT_SECRET"), (Some("********"), Origin::Environment));
    assert_eq!(of("OAUTH2_JWT_ALG"), (Some("HS256"), Origin::Default));
    assert_eq!(of("REDIS_URL"), (Some("********"), Origin::Environment));
    assert_eq!(of("OAUTH2_JWKS_URL"), (Some("https://a.example/keys?********"), Origin::Environment));
    assert_eq!(of("CLINICAL_TRUSTED_PROXIES"), (Some("10.0.0.1/32,10.0.0.0/8"), Origin::Environment));
    assert_eq!(of("CLINICAL_DEIDENTIFY_SECRET"), (Some("********"), Origin::File));
    assert_eq!(of("OTEL_EXPORTER_OTLP_HEADERS"), (None, Origin::Default));
    let told = format!("{all:?} {:?}", Settings::read(&from, &given, &Surroundings::default()));
    // The address of the keys is not a secret to the service itself.
    assert!(!told.replace("code=canary", "").contains("canary") && !told.contains(KEY));
}

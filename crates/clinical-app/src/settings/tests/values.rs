//! Each setting by itself: what it is without a word, what it takes, and what it does not.

use super::*;
use crate::access::Hmac;
use crate::narrator::{self, Auth, Managed};

#[test]
fn nothing_set_is_the_default_of_a_newcomer() {
    let settings = read(&[]).unwrap();
    assert_eq!(settings, Settings::default());
    assert_eq!((settings.host.as_str(), settings.port), ("127.0.0.1", 8000));
    assert_eq!((settings.environment, settings.debug), (Deployment::Development, false));
    assert_eq!((settings.max_request_bytes, settings.max_time), (10 << 20, Duration::from_secs(5)));
    assert_eq!(settings.allowed_hosts, ["localhost", "127.0.0.1", "[::1]"]);
    assert_eq!(settings.app_name, "Clinical Notes Summarizer");
    assert!(settings.allowed_origins.is_empty() && !settings.request_logging && settings.metrics);
    assert_eq!((settings.log_level, settings.log_dir), (LogLevel::Info, None));
    assert!(settings.csp_policy.starts_with("default-src 'self'; "));
    assert_eq!((settings.hsts_max_age, settings.hsts_include_subdomains), (31_536_000, true));
    assert_eq!(settings.model_cache_dir, PathBuf::from("/app/cache/models"));
    assert_eq!((settings.deidentify_secret, settings.audit, settings.tls), (None, None, None));
    assert_eq!(settings.narrator, None);
    assert!(settings.access.secrets.is_empty() && settings.access.jwks_url.is_none());
    assert_eq!((settings.access.algorithm, settings.access.issuer, settings.access.audience), (None, None, None));
    assert_eq!((settings.limits.per_minute, settings.limits.redis), (120, None));
    assert!(settings.limits.trusted_proxies.is_empty());
    assert_eq!((settings.telemetry.endpoint, settings.telemetry.environment), (None, "development"));
    assert_eq!(settings.telemetry.service_name, "clinical-notes-summarizer");
}

/// A setting, what must be set with it, values that change something, values that change nothing, and wrong ones.
struct Row {
    name: &'static str,
    beside: &'static [(&'static str, &'static str)],
    good: &'static [&'static str],
    same: &'static [&'static str],
    bad: &'static [&'static str],
}

const fn row(name: &'static str, good: &'static [&'static str], bad: &'static [&'static str]) -> Row {
    Row { name, beside: &[], good, same: &[], bad }
}

const SYSLOG: &[(&str, &str)] = &[("CLINICAL_AUDIT_SINKS", "syslog"), ("CLINICAL_AUDIT_SYSLOG", "siem.example")];
const STDOUT: &[(&str, &str)] = &[("CLINICAL_AUDIT_SINKS", "stdout")];

const MODEL: &[(&str, &str)] = &[
    ("CLINICAL_ENABLE_AI_PROCESSING", "on"),
    ("CLINICAL_AI_BASE_URL", "https://a.example/v1"),
    ("CLINICAL_AI_MODEL", "m"),
];
const WITH_KEY: &[(&str, &str)] = &[
    ("CLINICAL_ENABLE_AI_PROCESSING", "on"),
    ("CLINICAL_AI_BASE_URL", "https://a.example/v1"),
    ("CLINICAL_AI_MODEL", "m"),
    ("CLINICAL_AI_API_KEY", "k"),
];
const MANAGED: &[(&str, &str)] = &[
    ("CLINICAL_ENABLE_AI_PROCESSING", "on"),
    ("CLINICAL_AI_BASE_URL", "https://a.example/v1"),
    ("CLINICAL_AI_MODEL", "m"),
    ("CLINICAL_AI_AUTH", "azure-managed-identity"),
];
const WORKLOAD: &[(&str, &str)] = &[
    ("CLINICAL_ENABLE_AI_PROCESSING", "on"),
    ("CLINICAL_AI_BASE_URL", "https://a.example/v1"),
    ("CLINICAL_AI_MODEL", "m"),
    ("CLINICAL_AI_AUTH", "azure-workload-identity"),
    ("AZURE_CLIENT_ID", "00000000-0000-0000-0000-00000000000a"),
    ("AZURE_TENANT_ID", "00000000-0000-0000-0000-00000000000b"),
    ("AZURE_FEDERATED_TOKEN_FILE", "/token"),
];

const ROWS: &[Row] = &[
    row("CLINICAL_APP_NAME", &["Ward 4", "Süd"], &["", "a\nb", "\u{fffd}", "a\u{0}"]),
    row("CLINICAL_ENVIRONMENT", &["staging", "STAGING"], &["prod", "canary"]),
    row("CLINICAL_DEBUG", &["true", "TRUE", "yes", "on", "1", " true "], &["2", "y", "enabled", "truee"]),
    row(
        "CLINICAL_HOST",
        &["0.0.0.0", "::1", "fe80::1%eth0", "clinic.example", "clinical_api"],
        &["", "  ", "a b", "host:80", "-a", "a..b", "http://a", "\u{fffd}", "x%eth0"],
    ),
    row("CLINICAL_PORT", &["0", "65535", "08001"], &["65536", "-1", "+80", "80a", "tcp://10.0.0.1:8000", "8e3"]),
    row(
        "CLINICAL_ALLOWED_HOSTS",
        &["notes.example", "A.example, *.b.example,", "10.0.0.1", "fe80::1", "*"],
        &[",", "notes.example:443", "https://notes.example", "a b", "*a.example", "a.*.example", "[::1"],
    ),
    row(
        "CLINICAL_ALLOWED_ORIGINS",
        &["https://a.example", "http://localhost:3000, https://b.example", "*"],
        &[
            ",",
            "a.example",
            "https://a.example/",
            "https://a.example/x",
            "https://u@a.example",
            "null",
            "ftp://a.example",
        ],
    ),
    Row { beside: &[("TLS_KEY", "/k")], ..row("TLS_CERT", &["/c.pem"], &["-----BEGIN\nCERT", "\u{fffd}"]) },
    Row { beside: &[("TLS_CERT", "/c")], ..row("TLS_KEY", &["/k.pem"], &["-----BEGIN\nCANARY"]) },
    row("OAUTH2_JWT_SECRET", &[KEY], &["canary", "a,,b", ",", "a,b,c,d,e", "line\nline"]),
    Row {
        beside: &[("OAUTH2_JWT_SECRET", KEY)],
        same: &["HS256", "hs256"],
        ..row("OAUTH2_JWT_ALG", &["HS384", "hs512"], &["none", "None", "HS1", "RS256x", ""])
    },
    row(
        "OAUTH2_JWKS_URL",
        &["https://login.example/keys", "http://127.0.0.1:1/k", "https://a.example/k?p=x"],
        &[
            "login.example/keys",
            "https://",
            "file:///etc/passwd",
            "https://u:canary@a.example/",
            "https://a.example/#f",
        ],
    ),
    row("OAUTH2_ISSUER", &["https://login.example"], &["a\tb"]),
    row("OAUTH2_AUDIENCE", &["clinical-notes"], &["a\nb"]),
    row("CLINICAL_RATE_LIMIT_PER_MINUTE", &["1", "1000000"], &["0", "1000001", "-1", "1.5"]),
    row(
        "CLINICAL_TRUSTED_PROXIES",
        &["10.0.0.0/8, 192.0.2.7", "2001:db8::/32", "0.0.0.0/0", "::ffff:10.0.0.1", "::/0"],
        &["10.0.0.0/33", "proxy.example", "*", "10.0.0", ","],
    ),
    row("REDIS_URL", &["redis://cache:6379/0", "rediss://:pw@cache"], &["http://cache", "cache:6379", "redis://"]),
    row("CLINICAL_MAX_PROCESSING_TIME_SECONDS", &["0.5", "3600"], &["0", "-1", "NaN", "inf", "3601", "5s"]),
    row("CLINICAL_MAX_REQUEST_SIZE_MB", &["1", "2000"], &["0", "2001", "1.5", "10MB"]),
    Row { same: &["true", "on"], ..row("CLINICAL_ENABLE_PHI_PROTECTION", &[], &["false", "0", "maybe"]) },
    row("CLINICAL_ENABLE_REQUEST_LOGGING", &["yes"], &["full"]),
    Row { same: &["R4", "r4"], ..row("CLINICAL_FHIR_VERSION", &[], &["R5", "STU3", "4.0.1"]) },
    row("CLINICAL_MODEL_CACHE_DIR", &["/models"], &["a\nb"]),
    Row { same: &["false", "0", "OFF"], ..row("CLINICAL_ENABLE_SUMMARY_STORAGE", &[], &["true", "redis"]) },
    row("CLINICAL_DEIDENTIFY_SECRET", &["sixteen bytes is", KEY], &["fifteen bytes!!", "canary"]),
    Row {
        beside: &[("CLINICAL_AI_BASE_URL", "http://llm/v1"), ("CLINICAL_AI_MODEL", "m")],
        same: &["false", "No"],
        ..row("CLINICAL_ENABLE_AI_PROCESSING", &["true", "on"], &["gpt"])
    },
    Row {
        beside: MODEL,
        ..row(
            "CLINICAL_AI_BASE_URL",
            &["https://n.openai.azure.com/openai/v1", "http://localhost:11434/v1/", "http://llm:8080/v1"],
            &["llm:8080/v1", "https://u:canary@a.example/v1", "https://a.example/v1?key=canary", "file:///v1"],
        )
    },
    Row { beside: MODEL, ..row("CLINICAL_AI_MODEL", &["org/model@v1"], &["a\nb"]) },
    Row { beside: MODEL, ..row("CLINICAL_AI_API_KEY", &["sk-1"], &["canary canary", "a\nb", "ключ"]) },
    Row {
        beside: WITH_KEY,
        same: &["bearer", "BEARER"],
        ..row("CLINICAL_AI_AUTH", &["api-key"], &["none", "basic", "azure-managed-identity"])
    },
    Row {
        beside: MODEL,
        same: &["3"],
        ..row("CLINICAL_AI_TIMEOUT_SECONDS", &["0.5", "600"], &["0", "601", "-1", "3s", "NaN"])
    },
    Row { beside: MODEL, same: &["2"], ..row("CLINICAL_AI_CONCURRENCY", &["1", "1024"], &["0", "1025", "x"]) },
    Row { beside: MODEL, ..row("CLINICAL_AI_MAX_TOKENS", &["64", "32768"], &["63", "32769", "1e3"]) },
    Row { beside: MODEL, same: &["no"], ..row("CLINICAL_AI_REVIEWED", &["true"], &["by whom"]) },
    Row { beside: MODEL, ..row("CLINICAL_AI_DISCLOSURE", &["A program wrote this."], &["a\nb"]) },
    Row { beside: MODEL, ..row("CLINICAL_AI_CONTACT", &["Call us."], &["a\nb"]) },
    Row { beside: MANAGED, ..row("AZURE_CLIENT_ID", &["5a"], &["a\nb"]) },
    Row { beside: WORKLOAD, ..row("AZURE_TENANT_ID", &["5b"], &["a\nb"]) },
    Row { beside: WORKLOAD, ..row("AZURE_FEDERATED_TOKEN_FILE", &["/t"], &["a\nb"]) },
    Row {
        beside: WORKLOAD,
        same: &["https://login.microsoftonline.com/"],
        ..row("AZURE_AUTHORITY_HOST", &["https://login.microsoftonline.us"], &["login.example", "https://u:canary@a"])
    },
    Row { beside: MANAGED, ..row("IDENTITY_ENDPOINT", &["http://localhost:42356/msi/token"], &["localhost"]) },
    Row {
        beside: &[
            ("CLINICAL_ENABLE_AI_PROCESSING", "on"),
            ("CLINICAL_AI_BASE_URL", "https://a.example/v1"),
            ("CLINICAL_AI_MODEL", "m"),
            ("CLINICAL_AI_AUTH", "azure-managed-identity"),
            ("IDENTITY_ENDPOINT", "http://localhost:42356/msi/token"),
        ],
        ..row("IDENTITY_HEADER", &["word"], &["canary canary", "a\r\nb"])
    },
    Row {
        same: &["info"],
        ..row("CLINICAL_LOG_LEVEL", &["debug", "WARN", "Warning", "ERROR", "critical"], &["TRACE", "5"])
    },
    row("CLINICAL_LOG_DIR", &["/app/logs"], &["a\nb"]),
    Row { same: &["false"], ..row("CLINICAL_ENABLE_AUDIT_LOG", &["true"], &["json"]) },
    Row { same: &["info", "DEBUG"], ..row("CLINICAL_AUDIT_LOG_LEVEL", &[], &["WARNING", "ERROR", "verbose"]) },
    Row { same: &["json", "FHIR"], ..row("CLINICAL_AUDIT_LOG_FORMAT", &[], &["xml", "cef"]) },
    row("CLINICAL_AUDIT_SINKS", &["stdout", "STDOUT,"], &["kafka", ",", "stdout;file"]),
    Row {
        beside: SYSLOG,
        ..row(
            "CLINICAL_AUDIT_SYSLOG",
            &["siem.example:1", "10.0.0.1:514", "[::1]:2", "::1"],
            &["a:b", ":1", "a:0", "a:65536", "[::1"],
        )
    },
    Row { beside: SYSLOG, ..row("CLINICAL_AUDIT_SYSLOG_CA", &["/ca.pem"], &["a\nb"]) },
    Row {
        beside: STDOUT,
        ..row(
            "CLINICAL_AUDIT_SIGNING_KEY",
            &["MC4CAQAwBQYDK2VwBCIEIFzc9hTX0lQm7aYbE3kWJ8U=", "MC4CAQAwBQYDK2VwBCIEIFzc9hTX0lQm7aYbE3kWJ8U"],
            &["c2hvcnQ=", "not base64!", "canary"],
        )
    },
    Row { beside: STDOUT, ..row("CLINICAL_AUDIT_ROTATE_MB", &["1", "10240"], &["0", "10241"]) },
    row("CLINICAL_CSP_POLICY", &["default-src 'none'"], &["", "a\r\nSet-Cookie: x", "default-src 'é'"]),
    row("CLINICAL_HSTS_MAX_AGE", &["0", "300"], &["-1", "1y", "315360001"]),
    row("CLINICAL_HSTS_INCLUDE_SUBDOMAINS", &["false"], &["includeSubDomains"]),
    row("CLINICAL_ENABLE_METRICS", &["off"], &["prometheus"]),
    row(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        &["http://collector:4318"],
        &["collector:4318", "grpc://collector", "http://k@c"],
    ),
    row(
        "OTEL_EXPORTER_OTLP_HEADERS",
        &["api-key=k", "a=1,B=x%20y"],
        &["canary", "=x", "a b=c", "a=%zz", "a=%0d%0aInjected", "a=%4"],
    ),
    row("OTEL_SERVICE_NAME", &["ward-4"], &["a\u{7}"]),
];

#[test]
fn every_setting_has_a_row_here() {
    let rows: Vec<&str> = ROWS.iter().map(|row| row.name).collect();
    let table: Vec<&str> = settings().map(|setting| setting.name).collect();
    assert_eq!(rows, table);
}

#[test]
fn a_good_value_does_what_it_says() {
    for row in ROWS {
        let with = |value| [row.beside, &[(row.name, value)]].concat();
        let before = read(row.beside).unwrap_or_default();
        for value in row.good {
            let settings = read(&with(value)).unwrap_or_else(|said| panic!("{} {value}: {said:?}", row.name));
            assert_ne!(settings, before, "{} {value} changes nothing", row.name);
        }
        for value in row.same {
            assert_eq!(read(&with(value)), Ok(before.clone()), "{} {value}", row.name);
        }
        assert!(!row.good.is_empty() || !row.same.is_empty(), "{}", row.name);
    }
}

#[test]
fn a_bad_value_is_one_mistake_by_name_and_without_the_value() {
    for row in ROWS {
        // Of most settings an empty value is not set, and that is another test.
        for value in row.bad.iter().filter(|value| !value.is_empty() || needs_text(row.name)) {
            let said = said(&[row.beside, &[(row.name, value)]].concat());
            assert_eq!(said.len(), 1, "{} {value}: {said:?}", row.name);
            assert!(said[0].starts_with(&format!("{} must be ", row.name)), "{}: {said:?}", row.name);
            for secret in ["canary", "CANARY", "BEGIN", "passwd", "tcp://", "Injected"] {
                assert!(!said[0].contains(secret), "{said:?}");
            }
        }
    }
}

fn needs_text(name: &str) -> bool {
    settings().any(|setting| setting.name == name && setting.needs_text)
}

#[test]
fn every_other_name_is_the_same_setting() {
    for setting in settings() {
        let Some(also) = setting.also else { continue };
        assert_eq!(also, format!("CLINICAL_{}", setting.name));
        let row = ROWS.iter().find(|row| row.name == setting.name).unwrap();
        let with = |name, value| [row.beside, &[(name, value)]].concat();
        let value = row.good[0];
        assert_eq!(read(&with(also, value)), read(&with(setting.name, value)), "{also}");
        let said = said(&with(also, row.bad[0]));
        assert!(said[0].starts_with(&format!("{also} must be ")), "{said:?}");
    }
}

#[test]
fn values_become_what_the_service_takes() {
    let settings = read(&[
        ("CLINICAL_HOST", "ward.example"),
        ("CLINICAL_TRUSTED_PROXIES", "10.1.2.3/8,192.0.2.7"),
        ("OAUTH2_JWT_SECRET", &format!("{KEY}, {KEY}2")),
        ("OAUTH2_JWT_ALG", "hs384"),
        ("CLINICAL_LOG_DIR", "/app/logs"),
        ("CLINICAL_AUDIT_SINKS", "file,syslog"),
        ("CLINICAL_AUDIT_SYSLOG", "siem.example"),
        ("CLINICAL_DEBUG", "on"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "Api-Key=a%2Cb"),
    ])
    .unwrap();
    assert_eq!(settings.allowed_hosts, ["localhost", "127.0.0.1", "[::1]", "ward.example"]);
    let nets: Vec<String> = settings.limits.trusted_proxies.iter().map(ToString::to_string).collect();
    assert_eq!(nets, ["10.0.0.0/8", "192.0.2.7/32"]);
    assert_eq!((settings.access.secrets.len(), settings.access.algorithm), (2, Some(Hmac::HS384)));
    assert_eq!(settings.access.secrets[1].expose(), format!("{KEY}2").as_bytes());
    let audit = settings.audit.unwrap();
    assert_eq!((audit.file, audit.security), (Some("/app/logs/audit".into()), Some("/app/logs/security".into())));
    assert_eq!((audit.stdout, audit.rotate_bytes), (false, 100 << 20));
    let syslog = audit.syslog.unwrap();
    assert_eq!((syslog.host.as_str(), syslog.port), ("siem.example", 6514));
    assert_eq!(settings.log_level, LogLevel::Debug);
    assert_eq!(settings.telemetry.headers.expose(), &[("api-key".to_owned(), "a,b".to_owned())]);
}

#[test]
fn a_language_model_is_asked_as_the_settings_say() {
    let model = |pairs: &[(&str, &str)]| read(&[MODEL, pairs].concat()).unwrap().narrator.unwrap();
    let plain = model(&[]);
    assert_eq!((plain.base_url.as_str(), plain.model.as_str()), ("https://a.example/v1", "m"));
    assert_eq!((plain.auth, plain.timeout), (Auth::None, Duration::from_secs(3)));
    assert_eq!((plain.concurrency, plain.max_tokens, plain.reviewed), (2, 2000, false));
    assert_eq!((plain.disclosure, plain.contact), (None, None));
    let key = || Phi::new("k".to_owned());
    assert_eq!(model(&[("CLINICAL_AI_API_KEY", "k")]).auth, Auth::Bearer(key()));
    assert_eq!(model(&[("CLINICAL_AI_API_KEY", "k"), ("CLINICAL_AI_AUTH", "API-Key")]).auth, Auth::ApiKey(key()));
    let machine = Managed { client_id: None, endpoint: None, imds: narrator::IMDS.to_owned() };
    assert_eq!(read(MANAGED).unwrap().narrator.unwrap().auth, Auth::ManagedIdentity(machine));
    let Auth::WorkloadIdentity(pod) = read(WORKLOAD).unwrap().narrator.unwrap().auth else { panic!("another way") };
    assert_eq!((pod.token_file, pod.authority), ("/token".into(), "https://login.microsoftonline.com/".to_owned()));
    // Everything but the switch changes nothing.
    assert_eq!(read(&MODEL[1..]).unwrap(), Settings::default());
}

#[test]
fn the_audit_log_has_a_place_wherever_it_is_needed() {
    let audit = |pairs: &[(&str, &str)]| {
        let audit = read(pairs).unwrap().audit;
        audit.map(|audit| (audit.file.is_some(), audit.security.is_some(), audit.stdout))
    };
    let production =
        [("CLINICAL_ENVIRONMENT", "production"), ("CLINICAL_ALLOWED_HOSTS", "a.example"), ("OAUTH2_JWT_SECRET", KEY)];
    let folder = [("CLINICAL_LOG_DIR", "/app/logs")];
    assert_eq!(audit(&[]), None);
    assert_eq!(audit(&[("CLINICAL_ENABLE_AUDIT_LOG", "true")]), Some((false, false, true)));
    assert_eq!(audit(&[("CLINICAL_ENVIRONMENT", "staging")]), Some((false, false, true)));
    assert_eq!(audit(&folder), Some((true, true, false)));
    assert_eq!(audit(&production), Some((false, false, true)));
    assert_eq!(audit(&[&production[..], &folder].concat()), Some((true, true, false)));
    assert_eq!(audit(&[&production[..], &folder, STDOUT].concat()), Some((false, true, true)));
    assert_eq!(audit(&[&folder[..], &[("CLINICAL_ENABLE_AUDIT_LOG", "no")]].concat()), None);
}

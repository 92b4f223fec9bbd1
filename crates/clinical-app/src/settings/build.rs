//! From texts to what the parts of the service take. Nothing is refused here: a value that is wrong is a default by now.

use super::choices::{Deployment, LogLevel};
use super::gather::Gathered;
use super::{Settings, hosts, parse, table};
use crate::{access, audit, limits, narrator, telemetry, tls};
use access::Hmac;
use clinical_pipeline::Phi;
use std::path::PathBuf;
use std::time::Duration;

/// The settings.
pub(super) fn settings(from: &Gathered) -> Settings {
    let environment = from.text("CLINICAL_ENVIRONMENT").and_then(Deployment::named).unwrap_or_default();
    Settings {
        app_name: text(from, "CLINICAL_APP_NAME").unwrap_or_default(),
        environment,
        debug: from.flag("CLINICAL_DEBUG"),
        host: text(from, "CLINICAL_HOST").unwrap_or_default(),
        port: u16::try_from(from.number("CLINICAL_PORT")).unwrap_or_default(),
        allowed_hosts: allowed_hosts(from),
        allowed_origins: list(from, "CLINICAL_ALLOWED_ORIGINS", parse::origin),
        max_time: seconds(from, "CLINICAL_MAX_PROCESSING_TIME_SECONDS"),
        max_request_bytes: usize::try_from(from.number("CLINICAL_MAX_REQUEST_SIZE_MB") << 20).unwrap_or(usize::MAX),
        request_logging: from.flag("CLINICAL_ENABLE_REQUEST_LOGGING"),
        log_level: from.text("CLINICAL_LOG_LEVEL").and_then(LogLevel::named).unwrap_or_default(),
        log_dir: path(from, "CLINICAL_LOG_DIR"),
        metrics: from.flag("CLINICAL_ENABLE_METRICS"),
        csp_policy: text(from, "CLINICAL_CSP_POLICY").unwrap_or_default(),
        hsts_max_age: from.number("CLINICAL_HSTS_MAX_AGE"),
        hsts_include_subdomains: from.flag("CLINICAL_HSTS_INCLUDE_SUBDOMAINS"),
        model_cache_dir: path(from, "CLINICAL_MODEL_CACHE_DIR").unwrap_or_default(),
        deidentify_secret: from.bytes("CLINICAL_DEIDENTIFY_SECRET").cloned(),
        access: access(from),
        audit: from.flag("CLINICAL_ENABLE_AUDIT_LOG").then(|| audit(from)),
        limits: limits::Config {
            per_minute: u32::try_from(from.number("CLINICAL_RATE_LIMIT_PER_MINUTE")).unwrap_or(u32::MAX),
            redis: text(from, "REDIS_URL").map(Phi::new),
            trusted_proxies: list(from, "CLINICAL_TRUSTED_PROXIES", |item| item.parse().ok()),
        },
        telemetry: telemetry::Config {
            endpoint: text(from, "OTEL_EXPORTER_OTLP_ENDPOINT"),
            headers: Phi::new(from.text("OTEL_EXPORTER_OTLP_HEADERS").and_then(parse::headers).unwrap_or_default()),
            service_name: text(from, "OTEL_SERVICE_NAME").unwrap_or_default(),
            environment: environment.as_str(),
        },
        narrator: from.flag("CLINICAL_ENABLE_AI_PROCESSING").then(|| model(from)),
        tls: path(from, "TLS_CERT").zip(path(from, "TLS_KEY")).map(|(cert, key)| tls::Config { cert, key }),
    }
}

fn access(from: &Gathered) -> access::Config {
    let secrets = from.text("OAUTH2_JWT_SECRET").and_then(parse::keys).unwrap_or_default();
    let algorithm = match from.text("OAUTH2_JWT_ALG").map(str::to_ascii_uppercase).as_deref() {
        Some("HS256") => Some(Hmac::HS256),
        Some("HS384") => Some(Hmac::HS384),
        Some("HS512") => Some(Hmac::HS512),
        _ => None,
    };
    access::Config {
        algorithm: algorithm.filter(|_| !secrets.is_empty()),
        secrets,
        jwks_url: text(from, "OAUTH2_JWKS_URL"),
        issuer: text(from, "OAUTH2_ISSUER"),
        audience: text(from, "OAUTH2_AUDIENCE"),
    }
}

fn model(from: &Gathered) -> narrator::Config {
    narrator::Config {
        base_url: text(from, "CLINICAL_AI_BASE_URL").unwrap_or_default(),
        model: text(from, "CLINICAL_AI_MODEL").unwrap_or_default(),
        auth: auth(from),
        timeout: seconds(from, "CLINICAL_AI_TIMEOUT_SECONDS"),
        concurrency: usize::try_from(from.number("CLINICAL_AI_CONCURRENCY")).unwrap_or(1),
        max_tokens: u32::try_from(from.number("CLINICAL_AI_MAX_TOKENS")).unwrap_or(u32::MAX),
        reviewed: from.flag("CLINICAL_AI_REVIEWED"),
        disclosure: text(from, "CLINICAL_AI_DISCLOSURE"),
        contact: text(from, "CLINICAL_AI_CONTACT"),
    }
}

fn auth(from: &Gathered) -> narrator::Auth {
    let key = || Phi::new(text(from, "CLINICAL_AI_API_KEY").unwrap_or_default());
    match from.text("CLINICAL_AI_AUTH").and_then(|word| parse::one_of(word, table::AUTH)) {
        Some("bearer") => narrator::Auth::Bearer(key()),
        Some("api-key") => narrator::Auth::ApiKey(key()),
        Some("azure-managed-identity") => narrator::Auth::ManagedIdentity(narrator::Managed {
            client_id: text(from, "AZURE_CLIENT_ID"),
            endpoint: text(from, "IDENTITY_ENDPOINT")
                .map(|endpoint| (endpoint, Phi::new(text(from, "IDENTITY_HEADER").unwrap_or_default()))),
            imds: narrator::IMDS.to_owned(),
        }),
        Some("azure-workload-identity") => narrator::Auth::WorkloadIdentity(narrator::Workload {
            client_id: text(from, "AZURE_CLIENT_ID").unwrap_or_default(),
            tenant_id: text(from, "AZURE_TENANT_ID").unwrap_or_default(),
            token_file: path(from, "AZURE_FEDERATED_TOKEN_FILE").unwrap_or_default(),
            authority: text(from, "AZURE_AUTHORITY_HOST").unwrap_or_default(),
        }),
        _ => narrator::Auth::None,
    }
}

fn audit(from: &Gathered) -> audit::Config {
    let folder = path(from, "CLINICAL_LOG_DIR");
    let in_folder = |name| folder.as_ref().map(|folder| folder.join(name));
    let syslog = from.text("CLINICAL_AUDIT_SYSLOG").and_then(parse::host_port).map(|(host, port)| audit::Syslog {
        host,
        port,
        ca: path(from, "CLINICAL_AUDIT_SYSLOG_CA"),
    });
    audit::Config {
        file: in_folder("audit").filter(|_| has_sink(from, "file")),
        security: in_folder("security"),
        stdout: has_sink(from, "stdout"),
        syslog: syslog.filter(|_| has_sink(from, "syslog")),
        signing_key: from.text("CLINICAL_AUDIT_SIGNING_KEY").and_then(parse::seed),
        rotate_bytes: from.number("CLINICAL_AUDIT_ROTATE_MB") << 20,
    }
}

/// Whether the audit log goes to a sink.
pub(super) fn has_sink(from: &Gathered, sink: &str) -> bool {
    list(from, "CLINICAL_AUDIT_SINKS", |item| Some(item.eq_ignore_ascii_case(sink))).contains(&true)
}

fn allowed_hosts(from: &Gathered) -> Vec<String> {
    let mut hosts: Vec<String> = hosts::HERE.map(str::to_owned).to_vec();
    for host in list(from, "CLINICAL_ALLOWED_HOSTS", parse::allowed_host) {
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts
}

fn list<T>(from: &Gathered, name: &str, item: impl Fn(&str) -> Option<T>) -> Vec<T> {
    from.text(name).and_then(|text| parse::list(text, item)).unwrap_or_default()
}

fn seconds(from: &Gathered, name: &str) -> Duration {
    let seconds = from.text(name).and_then(|text| text.parse().ok());
    seconds.and_then(|s| Duration::try_from_secs_f64(s).ok()).unwrap_or_default()
}

fn text(from: &Gathered, name: &str) -> Option<String> {
    from.text(name).map(str::to_owned)
}

fn path(from: &Gathered, name: &str) -> Option<PathBuf> {
    from.text(name).map(PathBuf::from)
}

//! All settings, each once. The reader, the list of unknown names, `clinical-notes config`, `docs/CONFIGURATION.md` and
//! the two templates are made of this table.

mod model;

use super::kind::{Item, Kind, Secret};
use super::setting::{Group, Setting};
pub(super) use model::AUTH;

/// The settings in the order of the documents.
pub fn settings() -> impl Iterator<Item = &'static Setting> {
    GROUPS.iter().flat_map(|group| group.settings)
}

const fn text(name: &'static str) -> Setting {
    Setting::new(name, Kind::Text)
}

const fn yes_no(name: &'static str, default: &'static str) -> Setting {
    Setting::new(name, Kind::YesNo).default(default).like(default)
}

const fn whole(name: &'static str, least: u64, most: u64, unit: &'static str, default: &'static str) -> Setting {
    Setting::new(name, Kind::Whole { least, most, unit }).default(default).like(default)
}

const fn path(name: &'static str) -> Setting {
    Setting::new(name, Kind::Path)
}

const fn list(name: &'static str, item: Item) -> Setting {
    Setting::new(name, Kind::List(item))
}

const fn secret(name: &'static str, form: Secret) -> Setting {
    Setting::new(name, Kind::Secret(form))
}

/// The levels of the log; WARN is WARNING.
pub(super) const LEVELS: &[&str] = &["DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL"];

/// The algorithms that a token can be signed with (RFC 7518, 3.1; RFC 8037, 3.1). `none` is not one of them.
pub(super) const ALGORITHMS: &[&str] =
    &["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"];

/// Scripts, styles and requests from this server only; no frames, no forms that leave.
const POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

const SERVICE: &[Setting] = &[
    text("CLINICAL_APP_NAME")
        .default("Clinical Notes Summarizer")
        .means("The name of the service in its own descriptions.")
        .like("Ward 4 summaries")
        .needs_text(),
    Setting::new("CLINICAL_ENVIRONMENT", Kind::OneOf(&["development", "staging", "production"]))
        .default("development")
        .means("How strict start-up is: production refuses more, see the list of refusals.")
        .like("production")
        .templates("production", "development"),
    yes_no("CLINICAL_DEBUG", "false")
        .means("A help for developers: the log says more, because CLINICAL_LOG_LEVEL is then DEBUG if it is not set.")
        .templates("false", "true"),
    Setting::new("CLINICAL_HOST", Kind::Host)
        .default("127.0.0.1")
        .means("The address to listen on; 0.0.0.0 in a container, so that its published port leads somewhere.")
        .like("0.0.0.0")
        .templates("0.0.0.0", "0.0.0.0")
        .needs_text(),
    whole("CLINICAL_PORT", 0, 65_535, "", "8000").means("The port to listen on; 0 takes any free one."),
    list("CLINICAL_ALLOWED_HOSTS", Item::Host)
        .otherwise("this machine's own names and CLINICAL_HOST; must be set in production")
        .means(
            "The names by which clients may call the service (the Host header, without a port); *.example.org stands \
             for all names below it, * for every name. This machine's own names are always among them.",
        )
        .like("notes.example.org,10.20.0.5")
        .templates("", "localhost,127.0.0.1,[::1],clinical-api"),
    list("CLINICAL_ALLOWED_ORIGINS", Item::Origin)
        .otherwise("none")
        .means("The web pages of other servers that may call the service from a browser (CORS); * stands for all.")
        .like("https://portal.example.org"),
    path("TLS_CERT")
        .also("CLINICAL_TLS_CERT")
        .otherwise("plain HTTP, for a proxy in front")
        .means("The certificate chain (PEM) with which the service speaks TLS itself.")
        .like("/run/secrets/tls.crt"),
    path("TLS_KEY")
        .also("CLINICAL_TLS_KEY")
        .otherwise("plain HTTP")
        .means("The private key (PEM) of TLS_CERT: the path of its file, not the key.")
        .like("/run/secrets/tls.key"),
];

const LIMITS: &[Setting] = &[
    whole("CLINICAL_RATE_LIMIT_PER_MINUTE", 1, 1_000_000, "requests", "120")
        .means("How many requests one client may send in a minute: one token subject, or one address without a token."),
    list("CLINICAL_TRUSTED_PROXIES", Item::Net)
        .otherwise("none; forwarded addresses are not believed")
        .means("The addresses or nets of proxies whose word on the address of a client is taken (X-Forwarded-For).")
        .like("10.20.0.0/24,192.0.2.7"),
    secret("REDIS_URL", Secret::Redis)
        .also("CLINICAL_REDIS_URL")
        .otherwise("each process counts for itself")
        .means("The Redis server that shares the counts of requests between several instances.")
        .like("`rediss://:PASSWORD@redis.example.org:6379/0`; keep it in a file, the password stands in it"),
    Setting::new("CLINICAL_MAX_PROCESSING_TIME_SECONDS", Kind::Seconds { most: 3600 })
        .default("5.0")
        .means("The longest time for one document; the work is stopped then.")
        .like("2.5"),
    whole("CLINICAL_MAX_REQUEST_SIZE_MB", 1, 2000, "megabytes", "10").means("The largest document that is taken."),
];

const SAFETY: &[Setting] = &[
    yes_no("CLINICAL_ENABLE_PHI_PROTECTION", "true")
        .means("Protection of identity in all that the service writes; it is always on."),
    yes_no("CLINICAL_ENABLE_REQUEST_LOGGING", "false")
        .means("Logs what each document was, its length and the number of its entries; never a word of it."),
    Setting::new("CLINICAL_FHIR_VERSION", Kind::OneOf(&["R4"]))
        .default("R4")
        .means("The version of FHIR that is read and written.")
        .like("R4"),
    path("CLINICAL_MODEL_CACHE_DIR")
        .default("/app/cache/models")
        .means("The folder of models, for a model server beside the service; the service itself reads and writes nothing there.")
        .like("/app/cache/models"),
    yes_no("CLINICAL_ENABLE_SUMMARY_STORAGE", "false").means("Storage of summaries; nothing is stored, by design."),
    secret("CLINICAL_DEIDENTIFY_SECRET", Secret::Bytes(clinical_pipeline::SECRET_BYTES))
        .otherwise("no surrogates")
        .means("Decides surrogates and moved dates of /api/v1/deidentify; who has it can undo them.")
        .like("openssl rand -base64 48"),
];

const ACCESS: &[Setting] = &[
    secret("OAUTH2_JWT_SECRET", Secret::Keys)
        .also("CLINICAL_OAUTH2_JWT_SECRET")
        .otherwise("no tokens signed with a shared secret")
        .means(
            "The secret that signs tokens (HS256, HS384, HS512); up to four separated by commas are valid at a time, so \
             that one can take the place of another.",
        )
        .like("openssl rand -base64 48"),
    Setting::new("OAUTH2_JWT_ALG", Kind::OneOf(ALGORITHMS))
        .also("CLINICAL_OAUTH2_JWT_ALG")
        .otherwise("HS256 where OAUTH2_JWT_SECRET is set; with OAUTH2_JWKS_URL each key says its own")
        .means("The algorithm of tokens that OAUTH2_JWT_SECRET signs.")
        .like("HS512"),
    Setting::new("OAUTH2_JWKS_URL", Kind::Url)
        .also("CLINICAL_OAUTH2_JWKS_URL")
        .otherwise("no tokens signed with an issuer's keys")
        .means("Where the issuer of tokens publishes its keys (RFC 7517), such as Microsoft Entra ID or Keycloak.")
        .like("https://login.example.org/realms/clinic/protocol/openid-connect/certs"),
    text("OAUTH2_ISSUER")
        .also("CLINICAL_OAUTH2_ISSUER")
        .otherwise("any")
        .means("The issuer that a token must name (iss).")
        .like("https://login.example.org/realms/clinic"),
    text("OAUTH2_AUDIENCE")
        .also("CLINICAL_OAUTH2_AUDIENCE")
        .otherwise("any")
        .means("The audience that a token must name (aud): this service, as its issuer knows it.")
        .like("clinical-notes"),
];

const RECORDS: &[Setting] = &[
    Setting::new("CLINICAL_LOG_LEVEL", Kind::OneOf(LEVELS))
        .otherwise("INFO, or DEBUG where CLINICAL_DEBUG is true")
        .means("The least important events that are logged.")
        .like("INFO")
        .templates("INFO", "DEBUG"),
    path("CLINICAL_LOG_DIR")
        .otherwise("no files; the log goes to standard error alone")
        .means("The folder of application.log, audit/ and security/.")
        .like("/app/logs")
        .templates("/app/logs", "/app/logs"),
    Setting::new("CLINICAL_ENABLE_AUDIT_LOG", Kind::YesNo)
        .otherwise("true; in development only where CLINICAL_LOG_DIR or CLINICAL_AUDIT_SINKS is set")
        .means("One line for each access, granted or denied, without content.")
        .like("true")
        .templates("true", "true"),
    Setting::new("CLINICAL_AUDIT_LOG_LEVEL", Kind::OneOf(LEVELS))
        .default("INFO")
        .means("INFO or DEBUG, which are the same here: every access is written.")
        .like("INFO"),
    Setting::new("CLINICAL_AUDIT_LOG_FORMAT", Kind::OneOf(&["json", "fhir"]))
        .default("json")
        .means("json or fhir, which are the same here: each line is a FHIR AuditEvent in JSON.")
        .like("fhir"),
    list("CLINICAL_AUDIT_SINKS", Item::OneOf(&["file", "stdout", "syslog"]))
        .otherwise("file where CLINICAL_LOG_DIR is set, stdout where it is not, if there is an audit log at all")
        .means("Where the audit log goes: file (CLINICAL_LOG_DIR/audit), stdout, syslog.")
        .like("file,syslog")
        .templates("file", "file"),
    Setting::new("CLINICAL_AUDIT_SYSLOG", Kind::HostPort)
        .otherwise("none")
        .means("The collector of the sink syslog (RFC 5424 over TLS); the port is 6514 if it is not said.")
        .like("siem.example.org:6514"),
    path("CLINICAL_AUDIT_SYSLOG_CA")
        .otherwise("the public authorities that the program knows")
        .means("The authority (PEM) that signs the certificate of CLINICAL_AUDIT_SYSLOG: the path of its file.")
        .like("/run/secrets/siem-ca.pem"),
    secret("CLINICAL_AUDIT_SIGNING_KEY", Secret::Seed)
        .otherwise("checkpoints are not signed")
        .means("The Ed25519 key that signs checkpoints of the audit log: 32 bytes in Base64.")
        .like("openssl rand -base64 32"),
    whole("CLINICAL_AUDIT_ROTATE_MB", 1, 10_240, "megabytes", "100")
        .means("The size at which the audit log begins another file."),
];

const BROWSERS: &[Setting] = &[
    Setting::new("CLINICAL_CSP_POLICY", Kind::Header)
        .default(POLICY)
        .means("The Content-Security-Policy of replies; a sheet has a stricter one of its own.")
        .like("default-src 'self'")
        .needs_text(),
    whole("CLINICAL_HSTS_MAX_AGE", 0, 315_360_000, "seconds", "31536000")
        .means("How long browsers shall come by HTTPS only (Strict-Transport-Security); 0 makes them forget it."),
    yes_no("CLINICAL_HSTS_INCLUDE_SUBDOMAINS", "true").means("Whether that holds for all names below, too."),
];

const METRICS: &[Setting] = &[
    yes_no("CLINICAL_ENABLE_METRICS", "true").means("The route /metrics, for Prometheus."),
    Setting::new("OTEL_EXPORTER_OTLP_ENDPOINT", Kind::Url)
        .otherwise("nothing is sent")
        .means("The OpenTelemetry collector for traces, metrics and logs (OTLP over HTTP).")
        .like("http://otel-collector:4318"),
    secret("OTEL_EXPORTER_OTLP_HEADERS", Secret::Headers)
        .otherwise("none")
        .means("Headers for the collector; a key often stands in them.")
        .like("`api-key=KEY`, percent-encoded"),
    text("OTEL_SERVICE_NAME")
        .default("clinical-notes-summarizer")
        .means("The name of the service in traces and metrics.")
        .like("clinical-notes-ward-4"),
];

/// The groups.
pub const GROUPS: &[Group] = &[
    Group { title: "Service", settings: SERVICE },
    Group { title: "Access", settings: ACCESS },
    Group { title: "Limits", settings: LIMITS },
    Group { title: "Safety", settings: SAFETY },
    Group { title: "Language model", settings: model::MODEL },
    Group { title: "Log and audit", settings: RECORDS },
    Group { title: "Browsers", settings: BROWSERS },
    Group { title: "Metrics and traces", settings: METRICS },
];

//! Why the service does not start, although each value by itself is a good one. A table, so that
//! `docs/CONFIGURATION.md` lists what is checked and nothing else.

use super::build::has_sink;
use super::gather::Gathered;
use super::{Deployment, Mistake, Settings, Surroundings, parse};
use crate::access::Hmac;

/// One reason not to start.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    /// The settings that it is about; the first is the one to change, and the one that is named.
    pub names: &'static [&'static str],
    /// It holds in production alone.
    pub in_production: bool,
    /// What the first setting must be.
    pub must_be: &'static str,
    /// Why, for the document.
    pub because: &'static str,
    is_broken: fn(&Case<'_>) -> bool,
}

/// What a refusal looks at.
struct Case<'c> {
    settings: &'c Settings,
    from: &'c Gathered,
    around: &'c Surroundings,
}

impl Case<'_> {
    /// The algorithm that somebody chose, and whether it is one of shared secrets.
    fn chose_hmac(&self) -> Option<bool> {
        let chosen = self.from.text("OAUTH2_JWT_ALG").filter(|_| self.from.is_set("OAUTH2_JWT_ALG"));
        chosen.map(|name| name.to_ascii_uppercase().starts_with("HS"))
    }

    /// The address of the language model, where one is asked.
    fn model_url(&self) -> Option<&str> {
        self.settings.narrator.as_ref().and(self.from.text("CLINICAL_AI_BASE_URL"))
    }

    fn auth_is(&self, words: &[&str]) -> bool {
        self.from.text("CLINICAL_AI_AUTH").is_some_and(|auth| words.iter().any(|word| auth.eq_ignore_ascii_case(word)))
    }

    fn has_placeholder(&self, name: &str) -> bool {
        self.from.bytes(name).is_some_and(|secret| parse::is_placeholder(secret.expose()))
    }
}

/// Every mistake that the settings are together. A setting that is wrong by itself was told already, and what it would
/// have been is not known.
pub(super) fn mistakes(settings: &Settings, from: &Gathered, around: &Surroundings) -> Vec<Mistake> {
    let case = Case { settings, from, around };
    let is_production = settings.environment == Deployment::Production;
    REFUSALS
        .iter()
        .filter(|refusal| is_production || !refusal.in_production)
        .filter(|refusal| !refusal.names.iter().any(|name| from.is_mistaken(name)))
        .filter(|refusal| (refusal.is_broken)(&case))
        .filter_map(|refusal| Some(Mistake::new(from.said(refusal.names.first()?), refusal.must_be)))
        .collect()
}

/// The shortest key that an algorithm takes, in bytes: as long as its hash (RFC 7518, 3.2).
const fn shortest_key(algorithm: Option<Hmac>) -> usize {
    match algorithm {
        Some(Hmac::HS512) => 64,
        Some(Hmac::HS384) => 48,
        Some(Hmac::HS256) | None => 32,
    }
}

/// All of them.
pub const REFUSALS: &[Refusal] = &[
    Refusal {
        names: &["CLINICAL_ENABLE_PHI_PROTECTION"],
        in_production: false,
        must_be: "true",
        because: "protection of identity cannot be switched off, in no environment",
        is_broken: |case| !case.from.flag("CLINICAL_ENABLE_PHI_PROTECTION"),
    },
    Refusal {
        names: &["CLINICAL_FHIR_VERSION"],
        in_production: false,
        must_be: "R4",
        because: "another version would be read with the wrong meaning",
        is_broken: |case| !case.from.text("CLINICAL_FHIR_VERSION").is_some_and(|v| v.eq_ignore_ascii_case("R4")),
    },
    Refusal {
        names: &["CLINICAL_AI_BASE_URL", "CLINICAL_ENABLE_AI_PROCESSING"],
        in_production: false,
        must_be: "set where CLINICAL_ENABLE_AI_PROCESSING is true",
        because: "whoever asks for a language model must not believe that it is there",
        is_broken: |case| case.settings.narrator.is_some() && !case.from.has("CLINICAL_AI_BASE_URL"),
    },
    Refusal {
        names: &["CLINICAL_AI_MODEL", "CLINICAL_ENABLE_AI_PROCESSING"],
        in_production: false,
        must_be: "set where CLINICAL_ENABLE_AI_PROCESSING is true",
        because: "a sheet says which model wrote words of it",
        is_broken: |case| case.settings.narrator.is_some() && !case.from.has("CLINICAL_AI_MODEL"),
    },
    Refusal {
        names: &["CLINICAL_AI_BASE_URL"],
        in_production: false,
        must_be: "an address without a query: up to and with /v1",
        because: "the path of a request is put behind it",
        is_broken: |case| case.from.text("CLINICAL_AI_BASE_URL").is_some_and(|url| !parse::is_base(url)),
    },
    Refusal {
        names: &["CLINICAL_AI_BASE_URL", "CLINICAL_ENABLE_AI_PROCESSING"],
        in_production: true,
        must_be: "an address that begins with https:// in production, unless it is on this machine, in a private net or \
                  in the same cluster",
        because: "what is sent has no identity in it and is about a patient all the same, and what comes back could be \
                  anybody's",
        is_broken: |case| {
            let url = case.model_url();
            url.is_some_and(|text| parse::url(text).is_some_and(|url| !url.is_https) && !parse::is_nearby(text))
        },
    },
    Refusal {
        names: &["CLINICAL_AI_CONTACT", "CLINICAL_ENABLE_AI_PROCESSING"],
        in_production: true,
        must_be: "set in production where CLINICAL_ENABLE_AI_PROCESSING is true",
        because: "who reads words that a program wrote must know how to reach a person (California AB 3030)",
        is_broken: |case| case.settings.narrator.is_some() && !case.from.has("CLINICAL_AI_CONTACT"),
    },
    Refusal {
        names: &["CLINICAL_AI_API_KEY", "CLINICAL_AI_AUTH"],
        in_production: false,
        must_be: "set where CLINICAL_AI_AUTH is bearer or api-key",
        because: "there is nothing to say otherwise",
        is_broken: |case| case.auth_is(&["bearer", "api-key"]) && !case.from.has("CLINICAL_AI_API_KEY"),
    },
    Refusal {
        names: &["CLINICAL_AI_AUTH", "CLINICAL_AI_API_KEY"],
        in_production: false,
        must_be: "bearer or api-key where CLINICAL_AI_API_KEY is set",
        because: "a key that nobody is shown does not do what its owner thinks",
        is_broken: |case| !case.auth_is(&["bearer", "api-key"]) && case.from.has("CLINICAL_AI_API_KEY"),
    },
    Refusal {
        names: &["CLINICAL_AI_AUTH", "AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE"],
        in_production: false,
        must_be: "azure-workload-identity only where AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE are \
                  set",
        because: "Azure Workload ID sets them in a pod that it knows; this one has no such identity",
        is_broken: |case| {
            let needed = ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE"];
            case.auth_is(&["azure-workload-identity"]) && needed.iter().any(|name| !case.from.has(name))
        },
    },
    Refusal {
        names: &["CLINICAL_AI_BASE_URL", "CLINICAL_AI_AUTH"],
        in_production: false,
        must_be: "an address that begins with https:// where CLINICAL_AI_AUTH is one of Azure, unless it is on this machine",
        because: "who reads such a token on its way can use it for everything that the identity may do",
        is_broken: |case| {
            let url = case.from.text("CLINICAL_AI_BASE_URL").and_then(parse::url);
            let is_azure = case.auth_is(&["azure-managed-identity", "azure-workload-identity"]);
            is_azure && url.is_some_and(|url| !url.is_https && !url.is_loopback)
        },
    },
    Refusal {
        names: &["AZURE_AUTHORITY_HOST"],
        in_production: true,
        must_be: "an address that begins with https:// in production, unless it is on this machine",
        because: "the token of the service account goes there",
        is_broken: |case| {
            let url = case.from.text("AZURE_AUTHORITY_HOST").and_then(parse::url);
            url.is_some_and(|url| !url.is_https && !url.is_loopback)
        },
    },
    Refusal {
        names: &["CLINICAL_ENABLE_SUMMARY_STORAGE"],
        in_production: false,
        must_be: "false: nothing is stored, by design",
        because: "whoever asks for it must not believe that summaries can be fetched later",
        is_broken: |case| case.from.flag("CLINICAL_ENABLE_SUMMARY_STORAGE"),
    },
    Refusal {
        names: &["CLINICAL_AUDIT_LOG_LEVEL"],
        in_production: false,
        must_be: "INFO or DEBUG: every access is written",
        because: "an audit log of failures alone does not tell who saw what (45 CFR 164.312(b))",
        is_broken: |case| {
            let level = case.from.text("CLINICAL_AUDIT_LOG_LEVEL").unwrap_or_default();
            !["INFO", "DEBUG"].iter().any(|good| level.eq_ignore_ascii_case(good))
        },
    },
    Refusal {
        names: &["CLINICAL_ENABLE_AUDIT_LOG"],
        in_production: true,
        must_be: "true in production",
        because: "every access to a record is written down (45 CFR 164.312(b))",
        is_broken: |case| case.settings.audit.is_none(),
    },
    Refusal {
        names: &["CLINICAL_LOG_DIR", "CLINICAL_AUDIT_SINKS"],
        in_production: false,
        must_be: "set where CLINICAL_AUDIT_SINKS names file",
        because: "the file has no place otherwise",
        is_broken: |case| has_sink(case.from, "file") && !case.from.has("CLINICAL_LOG_DIR"),
    },
    Refusal {
        names: &["CLINICAL_AUDIT_SYSLOG", "CLINICAL_AUDIT_SINKS"],
        in_production: false,
        must_be: "set where CLINICAL_AUDIT_SINKS names syslog",
        because: "the lines have no place otherwise",
        is_broken: |case| has_sink(case.from, "syslog") && !case.from.has("CLINICAL_AUDIT_SYSLOG"),
    },
    Refusal {
        names: &["CLINICAL_AUDIT_SINKS", "CLINICAL_AUDIT_SYSLOG", "CLINICAL_AUDIT_SYSLOG_CA"],
        in_production: false,
        must_be: "a list with syslog in it where CLINICAL_AUDIT_SYSLOG or CLINICAL_AUDIT_SYSLOG_CA is set",
        because: "a collector that is named waits for lines that would never come",
        is_broken: |case| {
            let is_named = case.from.has("CLINICAL_AUDIT_SYSLOG") || case.from.has("CLINICAL_AUDIT_SYSLOG_CA");
            case.settings.audit.is_some() && is_named && !has_sink(case.from, "syslog")
        },
    },
    Refusal {
        names: &["CLINICAL_DEBUG"],
        in_production: true,
        must_be: "false in production",
        because: "what helps a developer helps an attacker",
        is_broken: |case| case.settings.debug,
    },
    Refusal {
        names: &["CLINICAL_LOG_LEVEL"],
        in_production: true,
        must_be: "INFO, WARNING, ERROR or CRITICAL in production",
        because: "it is debug logging under another name",
        is_broken: |case| case.from.is_set("CLINICAL_LOG_LEVEL") && case.settings.log_level == super::LogLevel::Debug,
    },
    Refusal {
        names: &["CLINICAL_ENABLE_REQUEST_LOGGING"],
        in_production: true,
        must_be: "false in production",
        because: "even the shape of a record can tell whose it is",
        is_broken: |case| case.settings.request_logging,
    },
    Refusal {
        names: &["CLINICAL_ENVIRONMENT"],
        in_production: true,
        must_be: "development or staging while the process runs as root; in production run it as another user",
        because: "a fault in a process of root is a fault in the whole machine",
        is_broken: |case| case.around.uid == Some(0),
    },
    Refusal {
        names: &["CLINICAL_ALLOWED_HOSTS"],
        in_production: true,
        must_be: "set in production: the names by which clients call the service",
        because: "nobody but the machine itself could call it",
        is_broken: |case| !case.from.is_set("CLINICAL_ALLOWED_HOSTS"),
    },
    Refusal {
        names: &["CLINICAL_ALLOWED_HOSTS"],
        in_production: true,
        must_be: "a list of names without * in production",
        because: "a page elsewhere could point a name of its own at the service (DNS rebinding)",
        is_broken: |case| case.settings.allowed_hosts.iter().any(|host| host == "*"),
    },
    Refusal {
        names: &["CLINICAL_ALLOWED_ORIGINS"],
        in_production: true,
        must_be: "a list of origins without * in production",
        because: "every page of the web could use the browser of somebody who is signed in",
        is_broken: |case| case.settings.allowed_origins.iter().any(|origin| origin == "*"),
    },
    Refusal {
        names: &["CLINICAL_TRUSTED_PROXIES"],
        in_production: true,
        must_be: "the addresses of your own proxies in production, not the whole Internet",
        because: "every client could say that it is another one, and no limit would hold",
        is_broken: |case| case.settings.limits.trusted_proxies.iter().any(|net| net.to_string().ends_with("/0")),
    },
    Refusal {
        names: &["OAUTH2_JWT_SECRET", "OAUTH2_JWKS_URL"],
        in_production: true,
        must_be: "set in production, or OAUTH2_JWKS_URL with OAUTH2_ISSUER and OAUTH2_AUDIENCE",
        because: "without authentication everybody is let in",
        is_broken: |case| case.settings.access.secrets.is_empty() && case.settings.access.jwks_url.is_none(),
    },
    Refusal {
        names: &["OAUTH2_JWT_SECRET", "OAUTH2_JWT_ALG"],
        in_production: false,
        must_be: "32 bytes or more for HS256, 48 for HS384, 64 for HS512, each of several",
        because: "a shorter key can be guessed, and then everybody can make tokens (RFC 7518, 3.2)",
        is_broken: |case| {
            let access = &case.settings.access;
            access.secrets.iter().any(|key| key.expose().len() < shortest_key(access.algorithm))
        },
    },
    Refusal {
        names: &["OAUTH2_JWT_SECRET"],
        in_production: true,
        must_be: "drawn by lot in production (openssl rand -base64 48), not a placeholder",
        because: "secrets of examples are the first that are tried",
        is_broken: |case| case.settings.access.secrets.iter().any(|key| parse::is_placeholder(key.expose())),
    },
    Refusal {
        names: &["CLINICAL_DEIDENTIFY_SECRET"],
        in_production: true,
        must_be: "drawn by lot in production (openssl rand -base64 48), not a placeholder",
        because: "who guesses it can undo surrogates",
        is_broken: |case| case.has_placeholder("CLINICAL_DEIDENTIFY_SECRET"),
    },
    Refusal {
        names: &["CLINICAL_AUDIT_SIGNING_KEY"],
        in_production: true,
        must_be: "drawn by lot in production (openssl rand -base64 32)",
        because: "who guesses it can sign another audit log",
        is_broken: |case| {
            let seed = case.settings.audit.as_ref().and_then(|audit| audit.signing_key.as_ref());
            seed.is_some_and(|seed| parse::is_placeholder(seed.expose()))
        },
    },
    Refusal {
        names: &["OAUTH2_JWT_ALG", "OAUTH2_JWT_SECRET"],
        in_production: false,
        must_be: "HS256, HS384 or HS512 where OAUTH2_JWT_SECRET is set",
        because: "a secret in the place of a public key is the oldest forgery of tokens (RFC 8725, 2.1)",
        is_broken: |case| case.from.has("OAUTH2_JWT_SECRET") && case.chose_hmac() == Some(false),
    },
    Refusal {
        names: &["OAUTH2_JWT_ALG", "OAUTH2_JWT_SECRET"],
        in_production: false,
        must_be: "left out, or OAUTH2_JWT_SECRET set",
        because: "there is nothing to check such a token with",
        is_broken: |case| !case.from.has("OAUTH2_JWT_SECRET") && case.chose_hmac() == Some(true),
    },
    Refusal {
        names: &["OAUTH2_JWT_ALG", "OAUTH2_JWT_SECRET", "OAUTH2_JWKS_URL"],
        in_production: false,
        must_be: "left out, or OAUTH2_JWKS_URL set",
        because: "there is nothing to check such a token with",
        is_broken: |case| {
            let access = &case.settings.access;
            access.secrets.is_empty() && access.jwks_url.is_none() && case.chose_hmac() == Some(false)
        },
    },
    Refusal {
        names: &["OAUTH2_JWKS_URL", "CLINICAL_ENVIRONMENT"],
        in_production: false,
        must_be: "an address that begins with https://, outside development and unless it is on this machine",
        because: "who can change the keys on their way can make tokens",
        is_broken: |case| {
            let url = case.settings.access.jwks_url.as_deref().and_then(parse::url);
            let is_development = case.settings.environment == Deployment::Development;
            url.is_some_and(|url| !url.is_https && !url.is_loopback && !is_development)
        },
    },
    Refusal {
        names: &["OAUTH2_ISSUER", "OAUTH2_JWKS_URL"],
        in_production: true,
        must_be: "set in production where OAUTH2_JWKS_URL is",
        because: "a key server of many tenants signs for all of them",
        is_broken: |case| case.settings.access.jwks_url.is_some() && case.settings.access.issuer.is_none(),
    },
    Refusal {
        names: &["OAUTH2_AUDIENCE", "OAUTH2_JWKS_URL"],
        in_production: true,
        must_be: "set in production where OAUTH2_JWKS_URL is",
        because: "a token for another service of the same issuer would be taken",
        is_broken: |case| case.settings.access.jwks_url.is_some() && case.settings.access.audience.is_none(),
    },
    Refusal {
        names: &["TLS_CERT", "TLS_KEY"],
        in_production: false,
        must_be: "set where TLS_KEY is",
        because: "half of it would be plain HTTP without a word",
        is_broken: |case| case.from.has("TLS_KEY") && !case.from.has("TLS_CERT"),
    },
    Refusal {
        names: &["TLS_KEY", "TLS_CERT"],
        in_production: false,
        must_be: "set where TLS_CERT is",
        because: "half of it would be plain HTTP without a word",
        is_broken: |case| case.from.has("TLS_CERT") && !case.from.has("TLS_KEY"),
    },
];

//! What the handlers and layers share, and how it comes to be: everything that can fail fails here, before a port
//! opens.

use super::desk::Desk;
use super::probes;
use super::router::ROUTES;
use crate::access::{self, Access};
use crate::audit::{self, Audit};
use crate::clock;
use crate::health::Health;
use crate::limits::{Limiter, Net, Peer, Room};
use crate::metrics::{Build, Metrics, Vocabulary};
use crate::narrator::{self, Narrator};
use crate::settings::{Deployment, Mistake, Settings};
use crate::telemetry::{self, Telemetry};
use crate::tls::{self, Tls};
use axum::extract::Request;
use axum::http::HeaderValue;
use base64::Engine as _;
use clinical_pipeline::{GATE_CODES, Kind, Lexicon, Refusal};
use sha2::{Digest as _, Sha256};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

/// What the handlers share.
#[derive(Debug)]
pub struct App {
    /// How the service runs.
    pub(super) settings: Settings,
    /// Where documents are worked on.
    pub(super) desk: Desk,
    /// Memory for bodies that arrive.
    pub(super) room: Room,
    /// The language model, where one is asked.
    pub(super) narrator: Option<Arc<Narrator>>,
    /// Memory for documents that wait for it.
    pub(super) waiting: Room,
    /// Who is let in.
    pub(crate) access: Access,
    /// How often anybody may ask.
    pub(crate) limits: Limiter,
    /// Where accesses are written down.
    pub(crate) audit: Option<Arc<Audit>>,
    /// Numbers for operators.
    pub(crate) metrics: Arc<Metrics>,
    /// How the service is.
    pub(crate) health: Arc<Health>,
    /// Traces for a collector.
    pub(crate) telemetry: Telemetry,
    /// The certificate, where the doors speak TLS.
    pub(crate) tls: Option<Arc<Tls>>,
    /// The policy of a sheet: its own style sheet, known by its hash, and nothing else.
    pub(super) sheet_policy: HeaderValue,
    /// The policy of everything else.
    pub(super) page_policy: HeaderValue,
    /// How long a browser is to come by HTTPS only; nothing where this service is not reached by TLS.
    pub(super) hsts: Option<HeaderValue>,
}

/// How many of the longest bodies may arrive at once.
const BODIES: usize = 24;

/// How many of the longest documents may wait for a language model at once.
const WAITING: usize = 8;

/// Room for bodies where the longest is short.
const BODIES_LEAST: usize = 64 << 20;

/// Why the service does not start. Each says which part, and nothing that was read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The words are faulty.
    #[error("the lexicon is faulty: {0}")]
    Lexicon(String),
    /// A setting has a value that its part cannot use.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Settings(Vec<Mistake>),
    /// An audit sink cannot be opened.
    #[error("{0}")]
    Audit(#[from] audit::StartError),
    /// The certificate cannot be used.
    #[error("{0}")]
    Tls(#[from] tls::Fault),
    /// The collector cannot be used.
    #[error("{0}")]
    Telemetry(#[from] telemetry::Error),
}

/// What an operator should keep: the key that signs the checkpoints of the audit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Started {
    /// The public key, in base64, where there is an audit.
    pub audit_key: Option<String>,
}

impl App {
    /// Makes all parts. Needs a tokio runtime, for what asks other servers in the background.
    ///
    /// # Errors
    /// A part that cannot work. Nothing was opened then that is not closed again.
    pub fn start(settings: Settings) -> Result<(Arc<Self>, Started), StartError> {
        // Loaded before the port opens: the first reply is as quick as the next, and a fault shows now.
        let lexicon = Lexicon::english().map_err(|fault| StartError::Lexicon(fault.to_string()))?;
        let access = Access::new(&settings.access).map_err(StartError::Settings)?;
        let limits = Limiter::new(&settings.limits).map_err(StartError::Settings)?;
        let tls = settings.tls.as_ref().map(Tls::open).transpose()?;
        let narrator = settings.narrator.clone().map(Narrator::new).transpose().map_err(StartError::Settings)?;
        if narrator.is_some() {
            narrator::warm(lexicon);
        }
        let routes: Vec<&'static str> = ROUTES.iter().map(|route| route.path).collect();
        let refusals = Refusal::ALL.map(Refusal::as_str);
        let kinds: Vec<&'static str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        let metrics = Arc::new(Metrics::new(
            Build {
                version: env!("CARGO_PKG_VERSION"),
                lexicon: lexicon.version(),
                commit: option_env!("CLINICAL_COMMIT"),
            },
            &Vocabulary {
                routes: &routes,
                gate_codes: GATE_CODES,
                auth_reasons: access::reason::ALL,
                identifier_kinds: &kinds,
                narrator_outcomes: narrator::Outcome::WORDS,
                narrator_refusals: &refusals,
            },
        ));
        let runtime = tokio::runtime::Handle::current();
        let telemetry = Telemetry::start(&settings.telemetry, env!("CARGO_PKG_VERSION"), &runtime, &metrics)?;
        // Last: what begins a log has to end it.
        let (audit, audit_key) = match &settings.audit {
            None => (None, None),
            Some(config) => {
                let program = audit::Program {
                    name: "clinical-notes",
                    version: env!("CARGO_PKG_VERSION").to_owned(),
                    site: settings.app_name.clone(),
                };
                let (audit, started) = Audit::start(config, &program, clock::unix_micros())?;
                (Some(Arc::new(audit)), Some(started.public_key_base64))
            }
        };
        let app = Arc::new_cyclic(|this| Self {
            desk: Desk::new(settings.max_time),
            room: Room::new(settings.max_request_bytes.saturating_mul(BODIES).max(BODIES_LEAST)),
            narrator: narrator.map(Arc::new),
            waiting: Room::new(settings.max_request_bytes.saturating_mul(WAITING).max(BODIES_LEAST)),
            health: Arc::new(probes::health(&settings, this)),
            access,
            limits,
            audit,
            metrics,
            telemetry,
            tls,
            sheet_policy: sheet_policy(),
            page_policy: HeaderValue::from_str(&settings.csp_policy)
                .unwrap_or(HeaderValue::from_static("default-src 'self'")),
            hsts: hsts(&settings),
            settings,
        });
        app.metrics.ask(probes::readings(&app));
        Ok((app, Started { audit_key }))
    }

    /// Longest time given to one document.
    #[must_use]
    pub const fn max_time(&self) -> Duration {
        self.settings.max_time
    }

    /// Where the service runs.
    #[must_use]
    pub const fn deployment(&self) -> Deployment {
        self.settings.environment
    }

    /// Who may say whom a request comes from.
    #[must_use]
    pub fn trusted_proxies(&self) -> Vec<Net> {
        self.settings.limits.trusted_proxies.clone()
    }

    /// Ends what has an end of its own: the audit log gets its last checkpoint, and a collector what waits for it.
    pub async fn end(&self, within: Duration) {
        if let Some(audit) = self.audit.clone() {
            // It waits for the disk.
            let stop = move || audit.stop(clock::unix_micros());
            let _ = tokio::task::spawn_blocking(stop).await;
        }
        self.telemetry.shutdown(within).await;
    }

    /// Whom a client is counted as where it has no token. The doors say it; without them nobody does.
    pub(super) fn peer(&self, request: &Request) -> IpAddr {
        request.extensions().get::<Peer>().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.0)
    }
}

fn sheet_policy() -> HeaderValue {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(clinical_pipeline::SHEET_CSS));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    // Base64 is always a header value; without one, nothing at all is allowed, which is safe.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// RFC 6797. Browsers heed it over HTTPS only, so that it does no harm on plain loopback; it is sent where TLS is ours
/// or a proxy's.
fn hsts(settings: &Settings) -> Option<HeaderValue> {
    let has_tls = settings.tls.is_some() || settings.environment == Deployment::Production;
    let below = if settings.hsts_include_subdomains { "; includeSubDomains" } else { "" };
    let value = format!("max-age={}{below}", settings.hsts_max_age);
    (has_tls && settings.hsts_max_age > 0).then(|| HeaderValue::from_str(&value).ok()).flatten()
}

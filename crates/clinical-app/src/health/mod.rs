//! How the program is: what the six health routes say.
//!
//! Everything is measured. What takes time (the finder of identifiers, the pipeline, the machine) is measured by one
//! thread of its own, so that a health route answers at once whatever else is going on; what that thread said counts only
//! while it is fresh. If that thread hangs, what it looks after is no longer vouched for.

mod container;
mod files;
pub mod machine;
pub mod probes;
pub mod process;
pub mod report;
mod round;
mod window;

pub use probes::{Dependency, Detail, Probes, State};
pub use round::{Keeper, Pace};
pub use window::{Latency, Window};

use crate::clock::{Now, Stopwatch};
use machine::rounded;
use report::{
    Components, Dependencies, DependencyReport, HealthcareCompliance, Live, Overview, Part, PartStatus,
    PerformanceMetrics, Readiness, RequestLatency, SafetyChecks, Startup, Status,
};
use round::{Checks, Rounds};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// Memory or disk that is fuller than this, in percent, is said to be degraded: there is still time to do something.
const NEARLY_FULL: f64 = 95.0;

/// What is said of the program and does not change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// Version of the program.
    pub version: &'static str,
    /// Whether patients' records are worked on: every safety check has to hold then.
    pub production: bool,
    /// The folder whose disk is watched: that of the log, or `/`.
    pub disk: PathBuf,
}

/// The health of the program.
#[derive(Debug)]
pub struct Health {
    about: About,
    probes: Probes,
    rounds: Rounds,
    requests: Window,
    started: Stopwatch,
    draining: AtomicBool,
}

/// A reply: the status of HTTP and the body.
pub type Reply<T> = (u16, T);

impl Health {
    /// Nothing is measured yet: [`Self::keep_measuring`] does that from time to time, [`Self::measure`] once.
    #[must_use]
    pub fn new(about: About, probes: Probes) -> Self {
        let rounds = Rounds::new(about.disk.clone());
        let started = Stopwatch::start();
        Self { about, probes, rounds, requests: Window::new(), started, draining: AtomicBool::new(false) }
    }

    /// Where requests are recorded. Those of health and metrics routes do not belong there: they would make the others
    /// look fast.
    #[must_use]
    pub const fn requests(&self) -> &Window {
        &self.requests
    }

    /// From here on the program is not ready: it is about to end, and takes no more than it has.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Release);
    }

    /// Whether [`Self::drain`] was called.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Acquire)
    }

    /// Whether a planted identifier was found when it was last looked for, a short while ago.
    #[must_use]
    pub fn phi_protection_enabled(&self) -> bool {
        self.rounds.checks().is_some_and(|checks| checks.phi_protection)
    }

    /// `GET /health`: 503 when unhealthy, so that a probe that looks only at the status sees it.
    #[must_use]
    pub fn overview(&self) -> Reply<Overview> {
        let components = self.components();
        let safety_checks = self.safety_checks();
        let performance_metrics = self.performance();
        let status = self.status(&components, &safety_checks, &performance_metrics);
        let overview = Overview {
            status,
            timestamp: Now::read().map(|now| now.text).unwrap_or_default(),
            version: self.about.version,
            fhir_version: "R4",
            components,
            performance_metrics,
            safety_checks,
        };
        (if status == Status::Unhealthy { 503 } else { 200 }, overview)
    }

    /// `GET /api/v1/health/live`: depends on nothing.
    #[must_use]
    pub const fn live() -> Reply<Live> {
        (200, Live { status: "alive" })
    }

    /// `GET /api/v1/health/ready`: 503 while no request should be sent.
    #[must_use]
    pub fn ready(&self) -> Reply<Readiness> {
        let checks = self.components();
        let mut failed = failing(&checks);
        if !self.rounds.has_begun() {
            failed = vec!["starting"];
        }
        if self.is_draining() {
            failed.insert(0, "draining");
        }
        if failed.is_empty() {
            (200, Readiness::Ready { status: "ready", checks })
        } else {
            (503, Readiness::NotReady { status: "not_ready", failed })
        }
    }

    /// `GET /api/v1/health/startup`: 503 until everything was looked at once.
    #[must_use]
    pub fn startup(&self) -> Reply<Startup> {
        let checks = self.safety_checks();
        let healthcare_compliance = HealthcareCompliance {
            phi_protection: checks.phi_protection_enabled,
            audit_trail: checks.audit_writable,
            access_control: checks.authentication_enabled,
            nothing_stored: (self.probes.nothing_stored)(),
        };
        let (code, status) = if self.rounds.has_begun() { (200, "startup_complete") } else { (503, "starting") };
        (code, Startup { status, components: self.components(), healthcare_compliance })
    }

    /// `GET /api/v1/health/dependencies`: what each said last; none is asked now.
    #[must_use]
    pub fn dependencies(&self) -> Reply<DependencyReport> {
        let dependencies = self.asked();
        let Dependencies { redis, key_server, audit_sink, model, telemetry } = dependencies;
        let named = [
            ("audit_sink", audit_sink),
            ("key_server", key_server),
            ("model", model),
            ("redis", redis),
            ("telemetry", telemetry),
        ];
        let down = named.iter().filter(|(_, one)| one.status == State::Down).map(|(name, _)| *name);
        (200, DependencyReport { dependencies, critical_failures: down.collect() })
    }

    fn asked(&self) -> Dependencies {
        Dependencies {
            redis: (self.probes.redis)(),
            key_server: (self.probes.key_server)(),
            audit_sink: (self.probes.audit_sink)(),
            model: (self.probes.model)(),
            telemetry: (self.probes.telemetry)(),
        }
    }

    fn components(&self) -> Components {
        let checks = self.rounds.checks();
        let starting = !self.rounds.has_begun();
        let of = |is_well: fn(&Checks) -> bool| match (&checks, starting) {
            (_, true) => PartStatus::Starting,
            (Some(checks), _) if is_well(checks) => PartStatus::Healthy,
            _ => PartStatus::Unhealthy,
        };
        let part = |status| Part { status };
        Components {
            pipeline: part(of(|checks| checks.fhir_r4)),
            lexicon: part(of(|checks| checks.lexicon)),
            phi_protection: part(of(|checks| checks.phi_protection)),
            audit: part(match (self.probes.audit_writable)() {
                Some(true) => PartStatus::Healthy,
                Some(false) => PartStatus::Unhealthy,
                None => PartStatus::NotConfigured,
            }),
            // It is asked with the first document, and a sheet without it has the record's own words.
            model: part(match (self.probes.model)() {
                Dependency { configured: false, .. } => PartStatus::NotConfigured,
                model if model.is_well() => PartStatus::Healthy,
                _ => PartStatus::Degraded,
            }),
        }
    }

    fn safety_checks(&self) -> SafetyChecks {
        let checks = self.rounds.checks();
        let probes = &self.probes;
        SafetyChecks {
            phi_protection_enabled: checks.is_some_and(|checks| checks.phi_protection),
            debug_disabled_in_prod: !self.about.production || (probes.debug_off)(),
            request_logging_disabled: (probes.request_logging_off)(),
            rate_limiting_enabled: (probes.rate_limiting)(),
            processing_time_limited: (probes.processing_time_limited)(),
            request_size_limited: (probes.request_size_limited)(),
            fhir_r4_support: checks.is_some_and(|checks| checks.fhir_r4),
            authentication_enabled: (probes.authentication)(),
            audit_writable: (probes.audit_writable)() == Some(true),
        }
    }

    fn performance(&self) -> PerformanceMetrics {
        let sample = self.rounds.sample();
        let Latency { requests, failed, p50, p95, p99 } = self.requests.read();
        PerformanceMetrics {
            system_memory: sample.memory,
            system_cpu: sample.cpu,
            system_disk: sample.disk,
            process_memory: sample.process,
            uptime_seconds: self.started.elapsed().as_secs(),
            request_latency: RequestLatency {
                window_seconds: Window::SECONDS,
                requests,
                p50_ms: p50,
                p95_ms: p95,
                p99_ms: p99,
            },
            error_rate: (requests > 0).then(|| rounded(failed as f64 / requests as f64 * 100.0) / 100.0),
        }
    }

    fn status(&self, components: &Components, checks: &SafetyChecks, figures: &PerformanceMetrics) -> Status {
        if !failing(components).is_empty() {
            return Status::Unhealthy;
        }
        let Dependencies { redis, key_server, audit_sink, model, telemetry } = self.asked();
        let nearly_full = |percent: Option<f64>| percent.is_some_and(|percent| percent > NEARLY_FULL);
        let is_degraded = ![redis, key_server, audit_sink, model, telemetry].iter().all(Dependency::is_well)
            || (self.about.production && !checks.all_hold())
            || nearly_full(figures.system_memory.map(|memory| memory.used_percent))
            || nearly_full(figures.system_disk.map(|disk| disk.used_percent))
            || self.is_draining();
        if is_degraded { Status::Degraded } else { Status::Healthy }
    }
}

/// The parts that do not work. One that is only starting is not ready, either.
fn failing(components: &Components) -> Vec<&'static str> {
    let Components { pipeline, lexicon, phi_protection, audit, model: _ } = components;
    let named = [("audit", audit), ("lexicon", lexicon), ("phi_protection", phi_protection), ("pipeline", pipeline)];
    let fails = |part: &Part| matches!(part.status, PartStatus::Unhealthy | PartStatus::Starting);
    named.iter().filter(|(_, part)| fails(part)).map(|(name, _)| *name).collect()
}

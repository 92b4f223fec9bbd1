//! What the health routes say, as JSON. Names and shapes are those of the contract.

use super::machine::{Cpu, Disk, Memory, ProcessMemory};
use super::probes::Dependency;
use serde::Serialize;
use utoipa::ToSchema;

/// How the whole is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nothing is wrong.
    Healthy,
    /// It works, but not as it should.
    Degraded,
    /// It does not do what it is for.
    Unhealthy,
}

/// How a part is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartStatus {
    /// It works.
    Healthy,
    /// It does not, and the program does without it what it is for.
    Degraded,
    /// It does not.
    Unhealthy,
    /// It has not been looked at yet.
    Starting,
    /// There is none.
    NotConfigured,
}

/// A part of the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Part {
    /// How it is.
    pub status: PartStatus,
}

/// The parts of the program that a document passes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Components {
    /// From a FHIR document to a page.
    pub pipeline: Part,
    /// The words.
    pub lexicon: Part,
    /// The finder of identifiers.
    pub phi_protection: Part,
    /// The audit.
    pub audit: Part,
    /// The model.
    pub model: Part,
}

/// What protects patients and their records, each as measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SafetyChecks {
    /// A planted identifier is found.
    pub phi_protection_enabled: bool,
    /// No debugging where patients are.
    pub debug_disabled_in_prod: bool,
    /// The shape of requests is not logged.
    pub request_logging_disabled: bool,
    /// Who comes too often is refused.
    pub rate_limiting_enabled: bool,
    /// Work has a longest time.
    pub processing_time_limited: bool,
    /// A body has a longest size.
    pub request_size_limited: bool,
    /// A small FHIR R4 Bundle becomes a page.
    pub fhir_r4_support: bool,
    /// A token is asked for.
    pub authentication_enabled: bool,
    /// The audit takes lines.
    pub audit_writable: bool,
}

impl SafetyChecks {
    /// Whether every one of them holds.
    #[must_use]
    pub const fn all_hold(&self) -> bool {
        self.phi_protection_enabled
            && self.debug_disabled_in_prod
            && self.request_logging_disabled
            && self.rate_limiting_enabled
            && self.processing_time_limited
            && self.request_size_limited
            && self.fhir_r4_support
            && self.authentication_enabled
            && self.audit_writable
    }
}

/// How long requests took lately.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, ToSchema)]
pub struct RequestLatency {
    /// How far back, in seconds.
    pub window_seconds: u64,
    /// How many requests.
    pub requests: u64,
    /// Half took no longer, in milliseconds.
    pub p50_ms: Option<f64>,
    /// Of a hundred, 95 took no longer.
    pub p95_ms: Option<f64>,
    /// Of a hundred, 99 took no longer.
    pub p99_ms: Option<f64>,
}

/// Figures; `null` where one could not be measured.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = HealthPerformance)]
pub struct PerformanceMetrics {
    /// Memory of the container or the machine.
    pub system_memory: Option<Memory>,
    /// Processor time of the container or the machine.
    pub system_cpu: Option<Cpu>,
    /// Disk of the log folder.
    pub system_disk: Option<Disk>,
    /// Memory of the process.
    pub process_memory: Option<ProcessMemory>,
    /// Since the start.
    pub uptime_seconds: u64,
    /// How long requests took.
    pub request_latency: RequestLatency,
    /// Which part of the requests ended with a status of 500 or above, from 0 to 1; `null` without requests.
    pub error_rate: Option<f64>,
}

/// `GET /health`
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Overview {
    /// How the whole is.
    pub status: Status,
    /// When this was said, as RFC 3339.
    pub timestamp: String,
    /// Version of the program.
    pub version: &'static str,
    /// The FHIR version that is read.
    pub fhir_version: &'static str,
    /// The parts.
    pub components: Components,
    /// Figures.
    pub performance_metrics: PerformanceMetrics,
    /// What protects patients.
    pub safety_checks: SafetyChecks,
}

/// `GET /api/v1/health/live`
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Live {
    /// `alive`: that there is an answer is the measurement.
    pub status: &'static str,
}

/// `GET /api/v1/health/ready`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Readiness {
    /// Send requests.
    Ready {
        /// `ready`
        status: &'static str,
        /// What was looked at.
        checks: Components,
    },
    /// Send none.
    NotReady {
        /// `not_ready`
        status: &'static str,
        /// Why: `starting`, `draining`, or the names of the components.
        failed: Vec<&'static str>,
    },
}

/// Facts that a compliance officer asks for, each as measured. They are no claim that a law is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct HealthcareCompliance {
    /// A planted identifier is found.
    pub phi_protection: bool,
    /// The audit takes lines.
    pub audit_trail: bool,
    /// A token is asked for.
    pub access_control: bool,
    /// The process has no place to keep a document.
    pub nothing_stored: bool,
}

/// `GET /api/v1/health/startup`
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Startup {
    /// `startup_complete`, or `starting` until everything was looked at once.
    pub status: &'static str,
    /// The parts.
    pub components: Components,
    /// Facts.
    pub healthcare_compliance: HealthcareCompliance,
}

/// What the program depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Dependencies {
    /// Redis.
    pub redis: Dependency,
    /// The server that gives the keys of tokens.
    pub key_server: Dependency,
    /// Where audit lines go.
    pub audit_sink: Dependency,
    /// The model.
    pub model: Dependency,
    /// The collector of traces, metrics and logs.
    pub telemetry: Dependency,
}

/// `GET /api/v1/health/dependencies`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct DependencyReport {
    /// Each.
    pub dependencies: Dependencies,
    /// Those that are down and without which the program cannot do what it is for.
    pub critical_failures: Vec<&'static str>,
}

//! Whom the health routes ask. Each is a question that the program's own parts answer, so that no value of a health
//! route is a constant, and a test can answer instead of them.

use serde::Serialize;
use std::fmt;
use utoipa::ToSchema;

/// A question with an answer of type `T`.
pub type Probe<T> = Box<dyn Fn() -> T + Send + Sync>;

/// The questions.
///
/// The first three are work: they are done on a thread of their own, at the start and every minute. All others are asked
/// while a request waits, and must answer from what is known already, without waiting for anything or anybody.
pub struct Probes {
    /// Runs the real finder over a planted sentence: whether the planted identifiers were found.
    pub phi_protection: Probe<bool>,
    /// Runs a tiny Bundle through the pipeline: whether a page came out.
    pub fhir_r4: Probe<bool>,
    /// Reads the lexicon: whether it is whole.
    pub lexicon: Probe<bool>,

    /// Whether the audit takes lines; `None` where there is none.
    pub audit_writable: Probe<Option<bool>>,
    /// Whether a token is asked for.
    pub authentication: Probe<bool>,
    /// Whether who comes too often is refused.
    pub rate_limiting: Probe<bool>,
    /// Whether a body has a longest size.
    pub request_size_limited: Probe<bool>,
    /// Whether work has a longest time.
    pub processing_time_limited: Probe<bool>,
    /// Whether debugging is off.
    pub debug_off: Probe<bool>,
    /// Whether the shape of requests is kept out of the log.
    pub request_logging_off: Probe<bool>,
    /// Whether the process has no place to keep a document.
    pub nothing_stored: Probe<bool>,

    /// Redis, where limits are shared.
    pub redis: Probe<Dependency>,
    /// The server that gives the keys of tokens.
    pub key_server: Probe<Dependency>,
    /// Where audit lines go.
    pub audit_sink: Probe<Dependency>,
    /// The model, if one is used.
    pub model: Probe<Dependency>,
    /// The collector of traces, metrics and logs.
    pub telemetry: Probe<Dependency>,
}

impl fmt::Debug for Probes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Probes")
    }
}

/// How something is that the program depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It answers.
    Up,
    /// It does not answer, and the program goes on without it.
    Degraded,
    /// It does not answer, and the program cannot do what it is for.
    Down,
    /// It has not been asked yet.
    Unknown,
    /// There is none.
    NotConfigured,
}

/// What more can be said, in words of ours: an address or an error of somebody else is never among them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub enum Detail {
    /// It answered when it was last asked.
    #[serde(rename = "answers")]
    Answers,
    /// It did not.
    #[serde(rename = "does not answer")]
    Silent,
    /// It answered something that is of no use.
    #[serde(rename = "answers, but not what was asked for")]
    Unfit,
    /// It refused the program.
    #[serde(rename = "refuses the credentials")]
    Refused,
    /// What it gave last is used on.
    #[serde(rename = "does not answer; what it gave last is used")]
    LastKnown,
    /// Each process does it alone.
    #[serde(rename = "does not answer; each process works alone")]
    Alone,
    /// It failed too often and is left alone for a while.
    #[serde(rename = "failed several times in a row; it is left alone for a while")]
    Resting,
    /// It was not asked so far.
    #[serde(rename = "not asked yet")]
    NotAsked,
    /// There is none.
    #[serde(rename = "not configured")]
    NotConfigured,
}

/// Something that the program depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Dependency {
    /// Whether the settings name one.
    pub configured: bool,
    /// How it is.
    pub status: State,
    /// What more can be said.
    pub detail: Detail,
    /// Seconds since it last did what it was asked, of a dependency that is asked for each document.
    #[schema(required = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds_since_success: Option<u64>,
    /// Seconds since it last failed.
    #[schema(required = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds_since_failure: Option<u64>,
}

impl Dependency {
    /// There is none.
    pub const NONE: Self = Self::of(false, State::NotConfigured, Detail::NotConfigured);
    /// It answers.
    pub const UP: Self = Self::of(true, State::Up, Detail::Answers);
    /// It has not been asked yet.
    pub const UNKNOWN: Self = Self::of(true, State::Unknown, Detail::NotAsked);

    const fn of(configured: bool, status: State, detail: Detail) -> Self {
        Self { configured, status, detail, seconds_since_success: None, seconds_since_failure: None }
    }

    /// The program goes on without it, as `detail` says.
    #[must_use]
    pub const fn degraded(detail: Detail) -> Self {
        Self::of(true, State::Degraded, detail)
    }

    /// The program cannot go on without it.
    #[must_use]
    pub const fn down(detail: Detail) -> Self {
        Self::of(true, State::Down, detail)
    }

    /// Whether nothing is wrong with it that is known.
    #[must_use]
    pub const fn is_well(&self) -> bool {
        !matches!(self.status, State::Degraded | State::Down)
    }
}

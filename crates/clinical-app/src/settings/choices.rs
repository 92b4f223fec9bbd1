//! Settings that are one of a few words.

/// Where the service runs: how strict start-up is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Deployment {
    /// A person at a desk.
    #[default]
    Development,
    /// A trial of what production will be.
    Staging,
    /// Patients.
    Production,
}

impl Deployment {
    /// The deployment of a name, in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Development, Self::Staging, Self::Production]
            .into_iter()
            .find(|deployment| name.eq_ignore_ascii_case(deployment.as_str()))
    }

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Staging => "staging",
            Self::Production => "production",
        }
    }
}

/// The least important events that are logged, the least important first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum LogLevel {
    /// DEBUG
    Debug,
    /// INFO
    #[default]
    Info,
    /// WARNING or WARN
    Warning,
    /// ERROR
    Error,
    /// CRITICAL: nothing of ours is more than an error, so this is the quietest.
    Critical,
}

impl LogLevel {
    /// The level of a name, in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "DEBUG" => Self::Debug,
            "INFO" => Self::Info,
            "WARNING" | "WARN" => Self::Warning,
            "ERROR" => Self::Error,
            "CRITICAL" => Self::Critical,
            _ => return None,
        })
    }
}

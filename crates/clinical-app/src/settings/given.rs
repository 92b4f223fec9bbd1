//! What the command line says.

/// What the command line says; it goes before the environment.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Given {
    /// `--host`
    pub host: Option<String>,
    /// `--port`
    pub port: Option<String>,
    /// `--max-request-mb`
    pub max_request_mb: Option<String>,
    /// `--max-seconds`
    pub max_seconds: Option<String>,
}

impl Given {
    /// The option that goes before a variable, and what it says.
    pub(super) fn get(&self, name: &str) -> Option<(&'static str, &str)> {
        let (option, text) = match name {
            "CLINICAL_HOST" => ("--host", &self.host),
            "CLINICAL_PORT" => ("--port", &self.port),
            "CLINICAL_MAX_REQUEST_SIZE_MB" => ("--max-request-mb", &self.max_request_mb),
            "CLINICAL_MAX_PROCESSING_TIME_SECONDS" => ("--max-seconds", &self.max_seconds),
            _ => return None,
        };
        text.as_deref().map(|text| (option, text))
    }
}

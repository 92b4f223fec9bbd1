//! What other parts of the program know already and are asked for when somebody looks. A value that is asked for cannot
//! be out of date.

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Unit;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A question that is answered at once, from what is known already: the scraper waits for it.
pub type Ask<T> = Box<dyn Fn() -> T + Send + Sync>;

/// Whom to ask. A value that does not apply (`None`) has no series.
pub struct Readings {
    /// Documents that wait for a place.
    pub desk_waiting: Ask<u64>,
    /// Documents that are worked on.
    pub desk_working: Ask<u64>,
    /// Lines written to the audit since the start.
    pub audit_lines: Ask<u64>,
    /// Whether the audit can be written; `None` without an audit.
    pub audit_well: Ask<Option<bool>>,
    /// Whether identifiers are really found, as measured last.
    pub phi_protection_enabled: Ask<bool>,
    /// Values that the log left out since the start.
    pub log_values_dropped: Ask<u64>,
    /// Whether limits are shared through Redis now; `None` where it is not configured.
    pub redis_shared: Ask<Option<bool>>,
    /// Seconds since the key server last gave its keys; `None` without one.
    pub jwks_age_seconds: Ask<Option<f64>>,
    /// How the breaker before the language model stands: 0 closed, 1 half open, 2 open; `None` without a model.
    pub narrator_breaker: Ask<Option<u64>>,
    /// When the certificate of the service ends, in seconds since 1970; `None` without TLS.
    pub certificate_ends: Ask<Option<f64>>,
}

impl fmt::Debug for Readings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Readings")
    }
}

/// Asks when it is scraped, as soon as there is somebody to ask.
#[derive(Debug)]
pub(super) struct Asking(pub(super) Arc<OnceLock<Readings>>);

impl Collector for Asking {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let Some(readings) = self.0.get() else { return Ok(()) };
        let mut out = Out(&mut encoder);
        out.gauge("clinical_desk_waiting", "Documents that wait for a place.", (readings.desk_waiting)())?;
        out.gauge("clinical_desk_working", "Documents that are worked on.", (readings.desk_working)())?;
        out.counter("clinical_audit_lines", "Lines written to the audit.", (readings.audit_lines)())?;
        out.flag("clinical_audit_well", "1 while the audit can be written.", (readings.audit_well)())?;
        out.flag(
            "clinical_phi_protection_enabled",
            "1 while a planted identifier is found, as measured last.",
            Some((readings.phi_protection_enabled)()),
        )?;
        out.counter(
            "clinical_log_values_dropped",
            "Values that the log left out; each is a fault of the program.",
            (readings.log_values_dropped)(),
        )?;
        out.flag(
            "clinical_redis_shared",
            "1 while limits are shared through Redis, 0 while each process counts alone.",
            (readings.redis_shared)(),
        )?;
        out.seconds(
            "clinical_jwks_age",
            "Time since the key server last gave its keys.",
            (readings.jwks_age_seconds)(),
        )?;
        if let Some(stands) = (readings.narrator_breaker)() {
            let help = "The breaker before the language model: 0 closed, 1 half open, 2 open.";
            out.gauge("clinical_narrator_breaker", help, stands)?;
        }
        out.seconds(
            "clinical_tls_certificate_expiry_timestamp",
            "When the certificate of the service ends, since 1970.",
            (readings.certificate_ends)(),
        )
    }
}

/// Writes one metric without labels.
pub(super) struct Out<'e, 'w>(pub(super) &'e mut DescriptorEncoder<'w>);

impl Out<'_, '_> {
    pub(super) fn gauge(&mut self, name: &str, help: &str, value: u64) -> fmt::Result {
        self.write(name, help, None, &ConstGauge::new(value))
    }

    pub(super) fn counter(&mut self, name: &str, help: &str, value: u64) -> fmt::Result {
        self.write(name, help, None, &ConstCounter::new(value))
    }

    pub(super) fn flag(&mut self, name: &str, help: &str, value: Option<bool>) -> fmt::Result {
        value.map_or(Ok(()), |value| self.gauge(name, help, u64::from(value)))
    }

    pub(super) fn seconds(&mut self, name: &str, help: &str, value: Option<f64>) -> fmt::Result {
        value.map_or(Ok(()), |value| self.write(name, help, Some(&Unit::Seconds), &ConstGauge::new(value)))
    }

    pub(super) fn bytes(&mut self, name: &str, help: &str, value: u64) -> fmt::Result {
        self.write(name, help, Some(&Unit::Bytes), &ConstGauge::new(value))
    }

    pub(super) fn write(
        &mut self,
        name: &str,
        help: &str,
        unit: Option<&Unit>,
        metric: &impl EncodeMetric,
    ) -> fmt::Result {
        metric.encode(self.0.encode_descriptor(name, help, unit, metric.metric_type())?)
    }
}

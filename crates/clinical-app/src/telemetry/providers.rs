//! The queues, their lengths, and the way out of each of the three signals.

use super::client::Client;
use super::{Config, Error};
use crate::request_id::RequestId;
use axum::http::{HeaderName, HeaderValue, Uri};
use opentelemetry::KeyValue;
use opentelemetry_otlp::{
    LogExporter, MetricExporter, Protocol, RetryPolicy, SpanExporter, WithExportConfig as _, WithHttpConfig as _,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::{self, SdkLoggerProvider};
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider};
use opentelemetry_sdk::trace::{self, Sampler, SdkTracerProvider};
use std::collections::HashMap;
use std::str::FromStr as _;
use std::time::Duration;

/// Spans and records that wait; what comes when so many wait is lost.
const QUEUE: usize = 2048;
/// How many go in one message.
const BATCH: usize = 512;
/// How long they wait for others.
const DELAY: Duration = Duration::from_secs(5);
/// How often metrics are sent, as OpenTelemetry has it by default.
const METRICS_EVERY: Duration = Duration::from_secs(60);

/// One for each signal.
pub(super) struct Providers {
    pub(super) traces: SdkTracerProvider,
    pub(super) logs: SdkLoggerProvider,
    pub(super) metrics: SdkMeterProvider,
}

impl Providers {
    /// All three, sending through `client`.
    pub(super) fn new(config: &Config, endpoint: &str, version: &'static str, client: &Client) -> Result<Self, Error> {
        let headers = headers(config.headers.expose())?;
        let at = |signal: &str| format!("{}/v1/{signal}", endpoint.trim_end_matches('/'));
        macro_rules! exporter {
            ($exporter:ident, $signal:literal) => {
                $exporter::builder()
                    .with_http()
                    .with_http_client(client.clone())
                    .with_protocol(Protocol::HttpBinary)
                    .with_endpoint(at($signal))
                    .with_headers(headers.clone())
                    .with_retry_policy(RetryPolicy::recommended().with_max_retries(1))
                    .build()
                    .map_err(|_| Error::Exporter)?
            };
        }
        let resource = resource(config, version);
        let batches = trace::BatchConfigBuilder::default()
            .with_max_queue_size(QUEUE)
            .with_max_export_batch_size(BATCH)
            .with_scheduled_delay(DELAY)
            .build();
        let spans = trace::BatchSpanProcessor::builder(exporter!(SpanExporter, "traces"));
        let traces = SdkTracerProvider::builder()
            .with_resource(resource.clone())
            .with_sampler(Sampler::ParentBased(Box::new(Sampler::AlwaysOn)))
            .with_span_processor(spans.with_batch_config(batches).build())
            .build();
        let batches = logs::BatchConfigBuilder::default()
            .with_max_queue_size(QUEUE)
            .with_max_export_batch_size(BATCH)
            .with_scheduled_delay(DELAY)
            .build();
        let records = logs::BatchLogProcessor::builder(exporter!(LogExporter, "logs"));
        let logs = SdkLoggerProvider::builder()
            .with_resource(resource.clone())
            .with_log_processor(records.with_batch_config(batches).build())
            .build();
        let reader = PeriodicReader::builder(exporter!(MetricExporter, "metrics")).with_interval(METRICS_EVERY).build();
        let metrics = SdkMeterProvider::builder().with_resource(resource).with_reader(reader).build();
        Ok(Self { traces, logs, metrics })
    }
}

/// Who sends. Nothing of the machine: neither its name nor its user, nor how the program was called. The instance is
/// drawn anew at each start, so that the counts of two processes are not mixed up.
fn resource(config: &Config, version: &'static str) -> Resource {
    Resource::builder_empty()
        .with_service_name(config.service_name.clone())
        .with_attributes([
            KeyValue::new("service.version", version),
            KeyValue::new("service.instance.id", RequestId::new().to_string()),
            KeyValue::new("deployment.environment.name", config.environment),
        ])
        .build()
}

/// Whether an address is one of TLS; `None` if it cannot be used.
pub(super) fn is_secure(endpoint: &str) -> Option<bool> {
    let uri = Uri::from_str(endpoint).ok()?;
    let authority = uri.authority()?;
    if authority.as_str().contains('@') || uri.query().is_some() || endpoint.contains('#') {
        return None;
    }
    match uri.scheme_str()? {
        "http" => Some(false),
        "https" => Some(true),
        _ => None,
    }
}

/// Checked here, because the exporter leaves out silently what it cannot send.
fn headers(given: &[(String, String)]) -> Result<HashMap<String, String>, Error> {
    let fits =
        |(name, value): &&(String, String)| HeaderName::from_str(name).is_ok() && HeaderValue::from_str(value).is_ok();
    if given.iter().filter(fits).count() < given.len() {
        return Err(Error::Header);
    }
    Ok(given.iter().cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_cannot_be_used_is_refused() {
        assert_eq!(is_secure("http://127.0.0.1:4318"), Some(false));
        assert_eq!(is_secure("https://collector.example/otlp/"), Some(true));
        for bad in ["", "collector:4318", "grpc://a:1", "http://user:pass@a", "http://a/?key=1", "http://a/#x", "/v1"] {
            assert_eq!(is_secure(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_header_that_cannot_be_sent_is_refused() {
        let pair = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
        assert!(headers(&pair("authorization", "Bearer x")).is_ok());
        assert_eq!(headers(&pair("a b", "x")).unwrap_err(), Error::Header);
        assert_eq!(headers(&pair("a", "x\ny")).unwrap_err(), Error::Header);
    }
}

//! Spans, metrics and log records on their way to the collector.

use super::client::Client;
use super::providers::{self, Providers};
use super::trace_context::{self, Parent};
use super::{Arrival, Config, Error, Level, records};
use crate::health::Dependency;
use crate::metrics::Metrics;
use axum::http::HeaderMap;
use opentelemetry::logs::{LogRecord as _, Logger as _, LoggerProvider as _};
use opentelemetry::metrics::{Histogram, Meter, MeterProvider as _, UpDownCounter};
use opentelemetry::trace::{
    Span as _, SpanContext, SpanId, SpanKind, TraceContextExt as _, TraceFlags, TraceId, TraceState, Tracer as _,
    TracerProvider as _,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::logs::{SdkLogger, SdkLoggerProvider};
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::{self, SdkTracer, SdkTracerProvider};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// Upper ends of the classes of `http.server.request.duration`, as the conventions advise.
const SECONDS: [f64; 14] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// What sends, or nothing.
#[derive(Clone, Debug)]
pub struct Telemetry(Option<Arc<Inner>>);

#[derive(Debug)]
struct Inner {
    client: Client,
    traces: SdkTracerProvider,
    tracer: SdkTracer,
    logs: SdkLoggerProvider,
    logger: SdkLogger,
    metrics: SdkMeterProvider,
    duration: Histogram<f64>,
    active: UpDownCounter<i64>,
}

/// A request on its way. Dropped without an end, it was abandoned by its client.
#[derive(Debug)]
pub struct Span(Option<Open>);

#[derive(Debug)]
struct Open {
    inner: Arc<Inner>,
    span: trace::Span,
    arrival: Arrival,
    status: Option<(u16, Duration)>,
}

/// Where in a trace a log record belongs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    trace: TraceId,
    span: SpanId,
    flags: TraceFlags,
}

impl Telemetry {
    /// Sends nothing.
    #[must_use]
    pub const fn off() -> Self {
        Self(None)
    }

    /// Sends to the collector that the settings name, with tasks of `runtime`; nothing if they name none. `version` is
    /// that of the program, and `metrics` are counted there too.
    ///
    /// # Errors
    /// If the settings cannot be used. That the collector is away is none.
    pub fn start(
        config: &Config,
        version: &'static str,
        runtime: &Handle,
        metrics: &Arc<Metrics>,
    ) -> Result<Self, Error> {
        let Some(endpoint) = &config.endpoint else { return Ok(Self::off()) };
        let secure = providers::is_secure(endpoint).ok_or(Error::Endpoint)?;
        let client = Client::new(secure, runtime.clone())?;
        let Providers { traces, logs, metrics: numbers } = Providers::new(config, endpoint, version, &client)?;
        let meter = numbers.meter("clinical-notes");
        count_too(&meter, metrics);
        Ok(Self(Some(Arc::new(Inner {
            tracer: traces.tracer("clinical-notes"),
            logger: logs.logger("clinical-notes"),
            duration: meter
                .f64_histogram("http.server.request.duration")
                .with_description("Duration of HTTP server requests.")
                .with_unit("s")
                .with_boundaries(SECONDS.to_vec())
                .build(),
            active: meter
                .i64_up_down_counter("http.server.active_requests")
                .with_description("Number of active HTTP server requests.")
                .with_unit("{request}")
                .build(),
            client,
            traces,
            logs,
            metrics: numbers,
        }))))
    }

    /// How the collector is, as the last message told; for the health routes.
    #[must_use]
    pub fn dependency(&self) -> Dependency {
        self.0.as_ref().map_or(Dependency::NONE, |inner| inner.client.dependency())
    }

    /// A request came. Of its headers only the trace that it belongs to is read.
    #[must_use]
    pub fn begin(&self, arrival: Arrival, headers: &HeaderMap) -> Span {
        let Some(inner) = &self.0 else { return Span(None) };
        let Arrival { method, route, secure, id } = arrival;
        let name = if route == "-" { method.to_owned() } else { format!("{method} {route}") };
        let mut attributes = Vec::with_capacity(5);
        attributes.push(records::method(method));
        attributes.extend(records::route(route));
        attributes.push(records::scheme(secure));
        attributes.push(KeyValue::new("clinical.request_id", id.to_string()));
        let parent = trace_context::parent(headers)
            .map_or_else(Context::new, |parent| Context::new().with_remote_span_context(continued(parent)));
        let span = inner
            .tracer
            .span_builder(name)
            .with_kind(SpanKind::Server)
            .with_attributes(attributes)
            .start_with_context(&inner.tracer, &parent);
        inner.active.add(1, &[records::method(method), records::scheme(secure)]);
        Span(Some(Open { inner: Arc::clone(inner), span, arrival, status: None }))
    }

    /// Something happened. `event` and `fields` are rows of [`crate::log_fields`]; what is none is left out.
    pub fn log(&self, level: Level, event: &str, fields: &[(&str, &str)], place: Option<Place>) {
        let Some(inner) = &self.0 else { return };
        let mut record = inner.logger.create_log_record();
        if !records::fill(&mut record, level, event, fields) {
            return;
        }
        if let Some(Place { trace, span, flags }) = place {
            record.set_trace_context(trace, span, Some(flags));
        }
        inner.logger.emit(record);
    }

    /// Sends what waits and ends, after `within` at the latest. The three go side by side on threads of their own, and
    /// one that hangs is left behind: it must not hold up the end of the program.
    pub async fn shutdown(&self, within: Duration) {
        let Some(inner) = self.0.clone() else { return };
        let parts: [fn(&Inner, Duration); 3] = [
            |inner, within| drop(inner.traces.shutdown_with_timeout(within)),
            |inner, within| drop(inner.logs.shutdown_with_timeout(within)),
            |inner, within| drop(inner.metrics.shutdown_with_timeout(within)),
        ];
        let mut ended = Vec::with_capacity(parts.len());
        for part in parts {
            let (done, is_done) = oneshot::channel::<()>();
            let inner = Arc::clone(&inner);
            let end = move || {
                part(&inner, within);
                let _ = done.send(());
            };
            if std::thread::Builder::new().name("telemetry-end".to_owned()).spawn(end).is_ok() {
                ended.push(is_done);
            }
        }
        let all = async {
            for is_done in ended {
                let _ = is_done.await;
            }
        };
        let _ = tokio::time::timeout(within, all).await;
    }
}

impl Span {
    /// Where a log record of this request belongs; `None` when nothing is sent.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        let context = self.0.as_ref()?.span.span_context();
        Some(Place { trace: context.trace_id(), span: context.span_id(), flags: context.trace_flags() })
    }

    /// The request was answered with `status`, `time` after its headers came.
    pub fn end(mut self, status: u16, time: Duration) {
        if let Some(open) = &mut self.0 {
            open.status = Some((status, time));
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let Arrival { method, route, secure, .. } = self.arrival;
        let (method, scheme) = (records::method(method), records::scheme(secure));
        self.inner.active.add(-1, &[method.clone(), scheme.clone()]);
        if let Some((status, time)) = self.status {
            let mut attributes = vec![method, scheme, records::status(status)];
            attributes.extend(records::route(route));
            attributes.extend(records::error(status));
            self.inner.duration.record(time.as_secs_f64(), &attributes);
            self.span.set_attribute(records::status(status));
            if let Some(error) = records::error(status) {
                self.span.set_attribute(error);
                self.span.set_status(opentelemetry::trace::Status::error(""));
            }
        } else {
            self.span.set_attribute(KeyValue::new("error.type", "abandoned"));
        }
        self.span.end();
    }
}

fn continued(parent: Parent) -> SpanContext {
    let flags = if parent.sampled { TraceFlags::SAMPLED } else { TraceFlags::default() };
    let state = parent.state.and_then(|state| TraceState::from_key_value([("ot", state)]).ok()).unwrap_or_default();
    SpanContext::new(TraceId::from(parent.trace_id), SpanId::from(parent.span_id), flags, true, state)
}

/// What the program counts for Prometheus is told to the collector, too, when it asks.
fn count_too(meter: &Meter, metrics: &Arc<Metrics>) {
    for (at, (name, about)) in Metrics::TOTALS.iter().enumerate() {
        let metrics = Arc::clone(metrics);
        meter
            .u64_observable_counter(*name)
            .with_description(*about)
            .with_callback(move |observer| {
                metrics.total(at, &mut |labels, count| {
                    let labels: Vec<KeyValue> =
                        labels.iter().map(|(label, word)| KeyValue::new(*label, *word)).collect();
                    observer.observe(count, &labels);
                });
            })
            .build();
    }
}

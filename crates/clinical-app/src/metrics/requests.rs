//! What is counted of every request. It is on the way of each of them, so each series is looked up once in its life and
//! is then an element of an array.

use super::labels::{End, Format, Method, Word};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Upper ends of the classes of time, in seconds: from a health route to the longest work that settings usually allow.
const SECONDS: [f64; 15] =
    [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// What an address that is none of ours is called, as in the log.
const NO_ROUTE: &str = "-";

type Labels = [(&'static str, &'static str); 3];

/// One of the routes of the service, by its own pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Route {
    index: usize,
    pattern: &'static str,
}

impl Route {
    /// The pattern, as the table of routes writes it; `-` for an address that is none of them.
    #[must_use]
    pub const fn pattern(self) -> &'static str {
        self.pattern
    }
}

#[derive(Debug)]
pub(super) struct Requests {
    /// Sorted; [`NO_ROUTE`] is the last and not searched.
    routes: Vec<&'static str>,
    took: Family<Labels, Histogram, fn() -> Histogram>,
    ended: Family<Labels, Counter>,
    took_at: Box<[OnceLock<Histogram>]>,
    ended_at: Box<[OnceLock<Counter>]>,
    in_flight: Gauge,
}

impl Requests {
    pub(super) fn register(registry: &mut Registry, routes: &[&'static str]) -> Self {
        let mut routes = routes.to_vec();
        routes.sort_unstable();
        routes.dedup();
        let pairs = (routes.len() + 1) * Method::ALL.len();
        let requests = Self {
            took: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            ended: Family::default(),
            took_at: (0..pairs * Format::ALL.len()).map(|_| OnceLock::new()).collect(),
            ended_at: (0..pairs * End::COUNT).map(|_| OnceLock::new()).collect(),
            in_flight: Gauge::default(),
            routes,
        };
        registry.register_with_unit(
            "clinical_http_request_duration",
            "Time from a request's headers to its reply's, by route, method and format of the reply",
            Unit::Seconds,
            requests.took.clone(),
        );
        registry.register(
            "clinical_http_requests",
            "Requests that ended, by route, method and status; abandoned means that the client left first",
            requests.ended.clone(),
        );
        registry.register(
            "clinical_http_requests_in_flight",
            "Requests that are being answered now",
            requests.in_flight.clone(),
        );
        requests
    }

    pub(super) fn route(&self, pattern: Option<&str>) -> Route {
        let none = Route { index: self.routes.len(), pattern: NO_ROUTE };
        let found = pattern.and_then(|pattern| self.routes.binary_search(&pattern).ok());
        found.and_then(|index| Some(Route { index, pattern: self.routes.get(index)? })).unwrap_or(none)
    }

    fn ended(&self, route: Route, method: Method, end: End) {
        let at = (route.index * Method::ALL.len() + method.index()) * End::COUNT + end.index();
        if let Some(place) = self.ended_at.get(at) {
            let labels = [("route", route.pattern), ("method", method.word()), ("status", end.word())];
            place.get_or_init(|| self.ended.get_or_create_owned(&labels)).inc();
        }
    }

    fn took(&self, route: Route, method: Method, format: Format, time: Duration) {
        let at = (route.index * Method::ALL.len() + method.index()) * Format::ALL.len() + format.index();
        if let Some(place) = self.took_at.get(at) {
            let labels = [("route", route.pattern), ("method", method.word()), ("format", format.word())];
            place.get_or_init(|| self.took.get_or_create_owned(&labels)).observe(time.as_secs_f64());
        }
    }
}

/// A request that is being answered. Dropped without an end, it was abandoned by its client.
#[derive(Debug)]
pub struct Running {
    requests: Arc<Requests>,
    route: Route,
    method: Method,
    ended: bool,
}

impl Running {
    pub(super) fn begin(requests: &Arc<Requests>, route: Route, method: Method) -> Self {
        requests.in_flight.inc();
        Self { requests: Arc::clone(requests), route, method, ended: false }
    }

    /// The request was answered with `status` and a body in `format`, `time` after its headers came.
    pub fn end(mut self, status: u16, format: Format, time: Duration) {
        self.ended = true;
        self.requests.took(self.route, self.method, format, time);
        self.requests.ended(self.route, self.method, End::of(status));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.requests.in_flight.dec();
        if !self.ended {
            self.requests.ended(self.route, self.method, End::ABANDONED);
        }
    }
}

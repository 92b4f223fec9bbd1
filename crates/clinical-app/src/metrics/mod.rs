//! Numbers for operators, as Prometheus reads them. Nothing here is global: one [`Metrics`] is made at the start and
//! shared.
//!
//! A label is a word of a table of ours: an enum of [`labels`], or a table that its owner hands over in [`Vocabulary`].
//! No function takes a label that a client could have written.

mod counts;
mod exposition;
pub mod labels;
mod narrator;
mod process;
mod readings;
mod requests;

pub use counts::Label;
pub use exposition::Exposition;
pub use readings::{Ask, Readings};
pub use requests::{Route, Running};

use counts::{Counts, CountsOfTwo, Named};
use labels::{Document, Method, Outcome, Store, Validity};
use narrator::Narrator;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use requests::Requests;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Grades at which the words of a sheet are counted. Six is what our own words are held to; sixteen is a textbook.
const GRADES: [f64; 10] = [2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 16.0];

/// The tables of words that other parts of the program own. What is not in its table is counted as `other`.
#[derive(Clone, Debug)]
pub struct Vocabulary<'a> {
    /// The patterns of the routes.
    pub routes: &'a [&'static str],
    /// Codes of the gate.
    pub gate_codes: &'a [&'static str],
    /// Why a token is refused.
    pub auth_reasons: &'a [&'static str],
    /// Kinds of identifiers.
    pub identifier_kinds: &'a [&'static str],
    /// How a request to a language model can end.
    pub narrator_outcomes: &'a [&'static str],
    /// Why words of a language model are not said.
    pub narrator_refusals: &'a [&'static str],
}

/// Which program this is.
#[derive(Clone, Copy, Debug)]
pub struct Build {
    /// Version of the program.
    pub version: &'static str,
    /// Version of the lexicon.
    pub lexicon: &'static str,
    /// The commit that it was built from, where the build knows it.
    pub commit: Option<&'static str>,
}

/// All numbers of the process.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Arc<Requests>,
    documents: CountsOfTwo<Document, Outcome>,
    gate_refusals: Named,
    readability: Histogram,
    shed: Counter,
    throttled: Counts<Store>,
    auth_refused: Named,
    phi_removed: Named,
    validity: Counts<Validity>,
    narrator: Narrator,
    readings: Arc<OnceLock<Readings>>,
}

impl Metrics {
    /// Counts that other systems may be told, too: the name that they have there, and what it means.
    pub const TOTALS: [(&'static str, &'static str); 7] = [
        ("clinical.documents", "Documents that were worked on, by what they were and what became of them."),
        ("clinical.gate.refusals", "Finished pages that were not given out, by the check that found the fault."),
        ("clinical.requests.shed", "Requests that were refused because every place was taken."),
        ("clinical.requests.throttled", "Requests that were refused for coming too often, by who counted."),
        ("clinical.auth.refused", "Requests without a right, by reason."),
        ("clinical.phi.removed", "Identifiers that were removed from documents, by kind."),
        ("clinical.fhir.validity", "Documents that were validated, by result."),
    ];

    /// Shows the series of the row `at` of [`Self::TOTALS`], and how far each has counted.
    pub fn total(&self, at: usize, see: &mut dyn FnMut(&[Label], u64)) {
        match at {
            0 => self.documents.0.each(see),
            1 => self.gate_refusals.series.each(see),
            2 => see(&[], self.shed.get()),
            3 => self.throttled.0.each(see),
            4 => self.auth_refused.series.each(see),
            5 => self.phi_removed.series.each(see),
            6 => self.validity.0.each(see),
            _ => {}
        }
    }

    /// All series that are known beforehand, at zero.
    #[must_use]
    pub fn new(build: Build, words: &Vocabulary<'_>) -> Self {
        let mut registry = Registry::default();
        let r = &mut registry;
        let mut about = vec![("version", build.version), ("lexicon", build.lexicon)];
        about.extend(build.commit.map(|commit| ("commit", commit)));
        r.register("clinical_build", "Which program this is", Info::new(about));
        let requests = Arc::new(Requests::register(r, words.routes));
        let documents = CountsOfTwo::register(
            r,
            "clinical_documents",
            "Documents that were worked on, by what they were and what became of them",
            ["kind", "outcome"],
        );
        let gate_refusals = Named::register(
            r,
            "clinical_gate_refusals",
            "Finished pages that were not given out, by the check that found the fault",
            "code",
            words.gate_codes,
        );
        let readability = Histogram::new(GRADES);
        r.register(
            "clinical_readability_grade",
            "Flesch-Kincaid grade of our own words on the sheets that were given out",
            readability.clone(),
        );
        let shed = Counter::default();
        r.register("clinical_shed", "Requests that were refused because every place was taken", shed.clone());
        let throttled = Counts::register(
            r,
            "clinical_throttled",
            "Requests that were refused for coming too often, by who counted",
            "store",
        );
        let auth_refused =
            Named::register(r, "clinical_auth_refused", "Requests without a right", "reason", words.auth_reasons);
        let phi_removed = Named::register(
            r,
            "clinical_phi_removed",
            "Identifiers that were removed from documents, by kind",
            "kind",
            words.identifier_kinds,
        );
        let validity =
            Counts::register(r, "clinical_fhir_validity", "Documents that were validated, by result", "result");
        let narrator = Narrator::register(r, words);
        let readings = Arc::new(OnceLock::new());
        r.register_collector(Box::new(readings::Asking(Arc::clone(&readings))));
        r.register_collector(Box::new(process::Process));
        Self {
            registry,
            requests,
            documents,
            gate_refusals,
            readability,
            shed,
            throttled,
            auth_refused,
            phi_removed,
            validity,
            narrator,
            readings,
        }
    }

    /// Whom to ask for what other parts know. The first call counts; until then those series are absent.
    pub fn ask(&self, readings: Readings) {
        let _ = self.readings.set(readings);
    }

    /// The route of a pattern that the router matched; `None` for an address that is none of ours.
    #[must_use]
    pub fn route(&self, pattern: Option<&str>) -> Route {
        self.requests.route(pattern)
    }

    /// A request begins to be answered.
    #[must_use]
    pub fn begin(&self, route: Route, method: Method) -> Running {
        Running::begin(&self.requests, route, method)
    }

    /// A document was worked on.
    pub fn document(&self, kind: Document, outcome: Outcome) {
        self.documents.add(kind, outcome);
    }

    /// The gate refused a page; `code` is that of its error.
    pub fn gate_refused(&self, code: &'static str) {
        self.gate_refusals.add(code, 1);
    }

    /// A sheet was given out whose own words have this Flesch-Kincaid grade. What is no number is not counted.
    pub fn readability(&self, grade: f64) {
        if grade.is_finite() {
            self.readability.observe(grade);
        }
    }

    /// A request was refused because every place was taken.
    pub fn shed(&self) {
        self.shed.inc();
    }

    /// A request was refused for coming too often.
    pub fn throttled(&self, store: Store) {
        self.throttled.add(store);
    }

    /// A request was refused for want of a right; `reason` is that of its refusal.
    pub fn auth_refused(&self, reason: &'static str) {
        self.auth_refused.add(reason, 1);
    }

    /// `count` identifiers of a kind were removed.
    pub fn phi_removed(&self, kind: &'static str, count: u64) {
        self.phi_removed.add(kind, count);
    }

    /// A document was validated.
    pub fn validated(&self, validity: Validity) {
        self.validity.add(validity);
    }

    /// A request to a language model ended, or was not made; `took` is there where one was sent.
    pub fn narrator_request(&self, outcome: &'static str, took: Option<Duration>) {
        self.narrator.request(outcome, took);
    }

    /// A language model was asked for plainer words for so many sentences, and those of so many stand on a sheet.
    pub fn narrator_sentences(&self, asked: u64, kept: u64) {
        self.narrator.sentences(asked, kept);
    }

    /// So many of its wordings were refused for a reason.
    pub fn narrator_refused(&self, reason: &'static str, count: u64) {
        self.narrator.refused(reason, count);
    }

    /// Everything, as the scraper asked for it.
    #[must_use]
    pub fn write(&self, exposition: Exposition) -> String {
        let mut out = String::with_capacity(32 << 10);
        // Writing to a `String` does not fail; were a value to, a scrape that ends early is seen as broken.
        if encode(&mut out, &self.registry).is_err() {
            out.clear();
        }
        match exposition {
            Exposition::OpenMetrics => out,
            Exposition::Text => exposition::as_text(&out),
        }
    }
}

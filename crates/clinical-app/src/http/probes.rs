//! What the health routes and the metrics ask of the parts of the program.

use super::app::App;
use crate::access::KeyState;
use crate::health::{About, Dependency, Detail, Health, Probes};
use crate::limits;
use crate::logging;
use crate::metrics::Readings;
use crate::narrator::breaker::Stands;
use crate::narrator::{self, Outcome};
use crate::settings::{Deployment, Settings};
use clinical_pipeline::{DeidentifyOptions, Input, Label, Lexicon, Moment, Options, Page, Policy, Stop};
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// A note with identifiers of nobody. Each of them must be gone from the copy.
const PLANTED: &str =
    "Mrs. Odalys Fernbrook, born 03/09/1968, phone (802) 555-0110, was seen by Dr. Tobin Ashgrove. BP 138/84.";
const IDENTIFIERS: &[&str] = &["Odalys", "Fernbrook", "03/09/1968", "555-0110", "Ashgrove"];

/// A record of nobody: a page must come out, with the dose on it.
const RECORD: &[u8] = br#"{"resourceType":"Bundle","type":"collection","entry":[
{"resource":{"resourceType":"Patient","id":"p"}},
{"resource":{"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"reference":"Patient/p"},
"medicationCodeableConcept":{"text":"lisinopril 10 mg tablet"},"dosageInstruction":[{"text":"Take 1 tablet daily"}]}}]}"#;

/// What the health routes ask. The parts do not exist yet when this is made, so that they are asked through `app`.
pub(super) fn health(settings: &Settings, app: &Weak<App>) -> Health {
    let about = About {
        version: env!("CARGO_PKG_VERSION"),
        production: settings.environment == Deployment::Production,
        disk: settings.log_dir.clone().unwrap_or_else(|| PathBuf::from("/")),
    };
    // What cannot be asked is not well.
    fn ask<T: Send + Sync + 'static>(
        app: &Weak<App>,
        none: fn() -> T,
        question: fn(&App) -> T,
    ) -> Box<dyn Fn() -> T + Send + Sync> {
        let app = Weak::clone(app);
        Box::new(move || app.upgrade().map_or_else(none, |app| question(&app)))
    }
    let no = || false;
    let probes = Probes {
        phi_protection: Box::new(finds_identifiers),
        fhir_r4: Box::new(makes_a_page),
        lexicon: Box::new(|| Lexicon::english().is_ok_and(|lexicon| lexicon.counts().0 > 0)),
        audit_writable: ask(app, || None, |app| app.audit.as_ref().map(|audit| audit.is_well())),
        authentication: ask(app, no, |app| app.access.is_on()),
        rate_limiting: ask(app, no, |app| app.settings.limits.per_minute <= limits::MOST),
        request_size_limited: ask(app, no, |app| app.settings.max_request_bytes < usize::MAX),
        processing_time_limited: ask(app, no, |app| app.settings.max_time < Duration::MAX),
        debug_off: ask(app, no, |app| !app.settings.debug),
        request_logging_off: ask(app, no, |app| !app.settings.request_logging),
        // There is no setting, no folder and no client by which a document could be kept.
        nothing_stored: Box::new(|| true),
        redis: ask(app, || Dependency::NONE, redis),
        key_server: ask(app, || Dependency::NONE, key_server),
        audit_sink: ask(
            app,
            || Dependency::NONE,
            |app| match &app.audit {
                None => Dependency::NONE,
                Some(audit) if audit.is_well() => Dependency::UP,
                Some(_) => Dependency::down(Detail::Silent),
            },
        ),
        model: ask(app, || Dependency::NONE, model),
        telemetry: ask(app, || Dependency::NONE, |app| app.telemetry.dependency()),
    };
    Health::new(about, probes)
}

fn redis(app: &App) -> Dependency {
    match app.limits.state() {
        limits::State::InProcess => Dependency::NONE,
        limits::State::Shared => Dependency::UP,
        limits::State::FallenBack => Dependency::degraded(Detail::Alone),
    }
}

fn key_server(app: &App) -> Dependency {
    match app.access.state() {
        KeyState::Off | KeyState::Static => Dependency::NONE,
        KeyState::Fresh { .. } => Dependency::UP,
        KeyState::Stale { .. } => Dependency::degraded(Detail::LastKnown),
        KeyState::Never => Dependency::UNKNOWN,
    }
}

/// Nothing is asked now: the requests of documents tell. It is never more than degraded, because every sheet is whole
/// without it.
fn model(app: &App) -> Dependency {
    let Some(narrator) = &app.narrator else { return Dependency::NONE };
    let narrator::State { breaker, success, failure } = narrator.state();
    let last = failure.filter(|(failed, _)| success.is_none_or(|answered| *failed <= answered));
    let how = match (breaker, last) {
        (Stands::Open | Stands::HalfOpen, _) => Dependency::degraded(Detail::Resting),
        (Stands::Closed, Some((_, Outcome::Refused | Outcome::NoToken))) => Dependency::degraded(Detail::Refused),
        (Stands::Closed, Some((_, Outcome::Unreachable | Outcome::Timeout | Outcome::Broken))) => {
            Dependency::degraded(Detail::Silent)
        }
        (Stands::Closed, Some(_)) => Dependency::degraded(Detail::Unfit),
        (Stands::Closed, None) if success.is_some() => Dependency::UP,
        (Stands::Closed, None) => Dependency::UNKNOWN,
    };
    Dependency {
        seconds_since_success: success.map(|since| since.as_secs()),
        seconds_since_failure: failure.map(|(since, _)| since.as_secs()),
        ..how
    }
}

/// Runs the real finder.
fn finds_identifiers() -> bool {
    let options = DeidentifyOptions::of(Policy::SafeHarbor);
    clinical_pipeline::deidentify(&Input::new(PLANTED.as_bytes(), Label::Text), &options).is_ok_and(|copy| {
        let copy = String::from_utf8_lossy(copy.bytes.expose()).into_owned();
        copy.contains("138/84") && IDENTIFIERS.iter().all(|identifier| !copy.contains(identifier))
    })
}

/// Runs the real pipeline.
fn makes_a_page() -> bool {
    let (Ok(lexicon), Some(now)) = (Lexicon::english(), Moment::parse("2025-03-01T09:00:00Z")) else { return false };
    let options = Options { now, page: Page::Text, large_print: false, narrated: None, stop: Stop::never() };
    clinical_pipeline::summarize(&Input::new(RECORD, Label::Json), &options, lexicon)
        .is_ok_and(|outcome| outcome.page.expose().contains("lisinopril 10 mg tablet"))
}

/// What the metrics ask.
pub(super) fn readings(app: &Arc<App>) -> Readings {
    fn ask<T>(app: &Arc<App>, question: fn(&App) -> T) -> Box<dyn Fn() -> T + Send + Sync>
    where
        T: Default + Send + Sync + 'static,
    {
        let app = Arc::downgrade(app);
        Box::new(move || app.upgrade().map(|app| question(&app)).unwrap_or_default())
    }
    Readings {
        desk_waiting: ask(app, |app| app.desk.counts().waiting as u64),
        desk_working: ask(app, |app| app.desk.counts().working as u64),
        audit_lines: ask(app, |app| app.audit.as_ref().map_or(0, |audit| audit.lines())),
        audit_well: ask(app, |app| app.audit.as_ref().map(|audit| audit.is_well())),
        phi_protection_enabled: ask(app, |app| app.health.phi_protection_enabled()),
        log_values_dropped: Box::new(logging::dropped),
        redis_shared: ask(app, |app| match app.limits.state() {
            limits::State::InProcess => None,
            state => Some(state == limits::State::Shared),
        }),
        jwks_age_seconds: ask(app, |app| match app.access.state() {
            KeyState::Fresh { age } | KeyState::Stale { age } => Some(age.as_secs_f64()),
            _ => None,
        }),
        narrator_breaker: ask(app, |app| {
            app.narrator.as_ref().map(|narrator| match narrator.state().breaker {
                Stands::Closed => 0,
                Stands::HalfOpen => 1,
                Stands::Open => 2,
            })
        }),
        certificate_ends: ask(app, |app| app.tls.as_ref().and_then(|tls| tls.ends()).map(|ends| ends as f64)),
    }
}

//! The log: one line an event, made of nothing but what [`crate::log_fields`] lists.
//!
//! A value does not come out because somebody remembered to leave it out, but only because a table lets it in. A field
//! that no table knows, a value that its field cannot have, and a message that is not one of ours are dropped; the line
//! says how many were. Of other people's code only the level and the name of the crate are written. Spans are not
//! looked at, so that nothing of them is kept, either.
#![expect(clippy::disallowed_methods, reason = "the log goes to standard error")]

use crate::log_fields::{self, EVENTS};
use crate::log_file::LogFile;
use crate::settings::LogLevel;
use crate::telemetry::{self, Telemetry};
use std::fmt::{self, Write as _};
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime as _, SystemTime};
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

/// Longer than any value that a field can have. What is longer is not looked at any further.
const LONGEST: usize = 64;

static DROPPED: AtomicU64 = AtomicU64::new(0);

/// How many values and messages this process has kept out of its log.
#[must_use]
pub fn dropped() -> u64 {
    DROPPED.load(Ordering::Relaxed)
}

/// From here on events of at least this level are written to standard error, and to `application.log` in a folder where
/// one is named.
///
/// # Errors
/// The file cannot be opened.
pub fn start(level: LogLevel, folder: Option<&Path>) -> io::Result<()> {
    let level = match level {
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Warning => LevelFilter::WARN,
        LogLevel::Error | LogLevel::Critical => LevelFilter::ERROR,
    };
    let file = folder.map(LogFile::open).transpose()?.map(|file| AllowList::new(file).with_filter(level));
    // A second start changes nothing; there is one log.
    let _ = tracing_subscriber::registry()
        .with(AllowList::new(io::stderr()).with_filter(level))
        .with(file)
        .with(Forward.with_filter(level))
        .try_init();
    Ok(())
}

/// The layer that writes only what is listed.
pub struct AllowList<W>(Mutex<W>);

impl<W: Write> AllowList<W> {
    /// Writes to `out`.
    pub const fn new(out: W) -> Self {
        Self(Mutex::new(out))
    }
}

impl<W> fmt::Debug for AllowList<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AllowList")
    }
}

impl<S: Subscriber, W: Write + 'static> Layer<S> for AllowList<W> {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = String::with_capacity(192);
        if SystemTime.format_time(&mut Writer::new(&mut line)).is_err() {
            line.clear();
        }
        let metadata = event.metadata();
        line.push(' ');
        line.push_str(level(*metadata.level()));
        if is_ours(metadata) {
            let mut values = Values::default();
            event.record(&mut values);
            line.push(' ');
            line.push_str(values.event.unwrap_or("-"));
            for (field, value) in &values.fields {
                let quote = if field.kind.is_quoted() { "\"" } else { "" };
                let _ = write!(line, " {}={quote}{value}{quote}", field.name);
            }
            if values.dropped > 0 {
                DROPPED.fetch_add(values.dropped, Ordering::Relaxed);
                let _ = write!(line, " dropped={}", values.dropped);
            }
        } else {
            line.push_str(" from ");
            line.push_str(origin(metadata));
        }
        line.push('\n');
        // A poisoned lock has lost nothing but a line. If nobody can read the log, there is nobody to tell.
        let mut out = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let _ = out.write_all(line.as_bytes());
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::ERROR => "ERROR",
        Level::WARN => " WARN",
        Level::INFO => " INFO",
        Level::DEBUG => "DEBUG",
        Level::TRACE => "TRACE",
    }
}

fn is_ours(metadata: &Metadata<'_>) -> bool {
    metadata.target().split("::").next().is_some_and(|name| name.starts_with("clinical_"))
}

/// The crate that an event comes from: a name as Rust writes them and no longer than they are.
fn origin<'m>(metadata: &Metadata<'m>) -> &'m str {
    let name = metadata.target().split("::").next().unwrap_or_default();
    let is_name = !name.is_empty()
        && name.len() <= 32
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if is_name { name } else { "another" }
}

/// Sends what may be written to a collector, too, once there is one.
struct Forward;

static COLLECTOR: OnceLock<Telemetry> = OnceLock::new();

/// From here on the collector gets what the log gets. The first call counts.
pub fn forward(telemetry: Telemetry) {
    let _ = COLLECTOR.set(telemetry);
}

impl<S: Subscriber> Layer<S> for Forward {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let Some(collector) = COLLECTOR.get().filter(|_| is_ours(event.metadata())) else { return };
        let mut values = Values::default();
        event.record(&mut values);
        let Some(name) = values.event else { return };
        let level = match *event.metadata().level() {
            Level::ERROR => telemetry::Level::Error,
            Level::WARN => telemetry::Level::Warn,
            _ => telemetry::Level::Info,
        };
        let fields: Vec<(&str, &str)> =
            values.fields.iter().map(|(field, value)| (field.name, value.as_str())).collect();
        collector.log(level, name, &fields, None);
    }
}

/// What of an event may be written.
#[derive(Default)]
struct Values {
    event: Option<&'static str>,
    fields: Vec<(&'static log_fields::Field, String)>,
    dropped: u64,
}

impl Values {
    fn put(&mut self, name: &str, value: &str) {
        if name == "message" {
            self.event = EVENTS.iter().map(|(event, _)| *event).find(|event| *event == value);
            self.dropped += u64::from(self.event.is_none());
            return;
        }
        let listed = log_fields::find(name).and_then(|field| Some((field, field.kind.admit(value)?)));
        let Some((field, value)) = listed else {
            self.dropped += 1;
            return;
        };
        self.fields.push((field, value.to_owned()));
    }
}

impl Visit for Values {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let mut text = Short(String::new());
        // A value too long for any field stops being written, and is none.
        let value = if write!(text, "{value:?}").is_ok() { text.0.as_str() } else { "" };
        self.put(field.name(), value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field.name(), value);
    }
}

/// Text that ends early: the value of a field that is not listed could be a whole record.
struct Short(String);

impl fmt::Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.0.len() + text.len() > LONGEST {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

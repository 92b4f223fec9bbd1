//! The log: one line an event, made of nothing but what [`crate::log_fields`] lists.
//!
//! A value does not come out because somebody remembered to leave it out, but only because a table lets it in. A field
//! that no table knows, a value that its field cannot have, and a message that is not one of ours are dropped; the line
//! says how many were. Of other people's code only the level and the name of the crate are written. Spans are not
//! looked at, so that nothing of them is kept, either.
#![expect(clippy::disallowed_methods, reason = "the log goes to standard error")]

use crate::log_fields::{self, EVENTS};
use std::fmt::{self, Write as _};
use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
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

/// From here on events are written to standard error.
pub fn start() {
    // A second start changes nothing; there is one log.
    let _ = tracing_subscriber::registry()
        .with(AllowList::new(std::io::stderr()).with_filter(LevelFilter::INFO))
        .try_init();
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
            let mut values = Values { event: None, fields: String::new(), dropped: 0 };
            event.record(&mut values);
            if values.dropped > 0 {
                DROPPED.fetch_add(values.dropped, Ordering::Relaxed);
                let _ = write!(values.fields, " dropped={}", values.dropped);
            }
            line.push(' ');
            line.push_str(values.event.unwrap_or("-"));
            line.push_str(&values.fields);
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

/// What of an event may be written.
struct Values {
    event: Option<&'static str>,
    fields: String,
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
        let quote = if field.kind.is_quoted() { "\"" } else { "" };
        let _ = write!(self.fields, " {}={quote}{value}{quote}", field.name);
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

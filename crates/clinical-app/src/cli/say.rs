//! Sentences for the person at the terminal, on standard error.
#![expect(clippy::disallowed_methods, reason = "the one place that speaks to the person at the terminal")]

use std::fmt::Display;
use std::io::Write as _;

/// Says one sentence. If nobody can hear it, there is nobody to tell.
pub(super) fn say(sentence: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "clinical-notes: {sentence}");
}

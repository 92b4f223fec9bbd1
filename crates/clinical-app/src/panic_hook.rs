//! What is said when the program has a fault of its own.
#![expect(clippy::disallowed_methods, reason = "says where, and nothing else")]

use std::io::Write as _;

/// From here on a panic says where it happened and nothing else: its message may hold a patient's words (rule 21).
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let mut err = std::io::stderr().lock();
        // Nobody is left to hear of a failure to write here.
        let _ = match info.location() {
            Some(at) => writeln!(err, "clinical-notes: internal fault at {}:{}:{}", at.file(), at.line(), at.column()),
            None => writeln!(err, "clinical-notes: internal fault"),
        };
    }));
}

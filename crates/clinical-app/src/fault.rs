//! Faults on request, for the canary test: what a panic with a patient's words in it writes must be seen on the real
//! program. Nothing of this is in a release build.

/// A document that begins with this makes the work on it panic.
pub const IN_THE_WORK: &str = "{\"panic\":\"in the work\",";

/// A document that begins with this makes the handler panic that took it.
pub const IN_THE_HANDLER: &str = "{\"panic\":\"in the handler\",";

/// Panics with the document's own words, where that is asked for.
pub(crate) fn in_the_work(bytes: &[u8]) {
    panic_for(IN_THE_WORK, bytes);
}

/// The same outside of the work.
pub(crate) fn in_the_handler(bytes: &[u8]) {
    panic_for(IN_THE_HANDLER, bytes);
}

#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "what it is for")]
fn panic_for(mark: &str, bytes: &[u8]) {
    if bytes.starts_with(mark.as_bytes()) {
        panic!("{}", String::from_utf8_lossy(bytes));
    }
}

#[cfg(not(debug_assertions))]
const fn panic_for(_: &str, _: &[u8]) {}

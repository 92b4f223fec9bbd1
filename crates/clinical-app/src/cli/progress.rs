//! A bar for long work that a person watches.
#![expect(clippy::disallowed_methods, reason = "asks whether standard error is a terminal; the bar says numbers only")]

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _};

/// The bar; scripts and short runs see none.
pub(super) fn bar(files: usize) -> ProgressBar {
    if files <= 20 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr_with_hz(5));
    match ProgressStyle::with_template("{bar:40} {pos} of {len}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

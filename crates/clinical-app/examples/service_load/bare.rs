//! The pipeline without a service around it: a thread for each core, each doing one document after the other.

use crate::Failure;
use crate::machine::{self, Stretch, Used};
use clinical_app::clock::Now;
use clinical_app::job::{self, Makes, Order};
use clinical_pipeline::{Label, Page, Stop};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Documents a second.
pub(crate) fn run(bytes: &[u8], time: Duration) -> Result<(f64, Used), Failure> {
    let order = Order {
        now: Now::read().ok_or("no clock")?,
        makes: Makes::Sheet,
        page: Page::Json,
        large_print: false,
        said: None,
    };
    let stretch = Stretch::begin(None)?;
    let start = Instant::now();
    let work = || {
        let mut done = 0_u32;
        while start.elapsed() < time {
            if black_box(job::run(black_box(bytes), Label::Json, &order, Stop::never())).is_ok() {
                done += 1;
            }
        }
        done
    };
    let done: u32 = std::thread::scope(|scope| {
        let hands: Vec<_> = (0..machine::cores()).map(|_| scope.spawn(work)).collect();
        hands.into_iter().map(|hand| hand.join().unwrap_or_default()).sum()
    });
    let used = stretch.end()?;
    Ok((f64::from(done) / used.wall, used))
}

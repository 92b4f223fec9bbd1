//! What `/proc` tells of processes and of the machine.

use crate::Failure;
use std::time::{Duration, Instant};

/// A clock tick of `/proc` (`USER_HZ`), which is the same on every Linux.
const TICKS_A_SECOND: f64 = 100.0;

/// More than this part of all cores used by others, and a round is not counted if it can be repeated.
pub(crate) const DISTURBED: f64 = 0.08;

pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Seconds of processor that a process has used, its own and the system's for it.
pub(crate) fn used(process: u32) -> Result<f64, Failure> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The second field is a name in parentheses; user and system time are the 14th and 15th.
    let fields = stat.rsplit_once(')').ok_or("no process")?.1;
    let ticks: f64 = fields.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
    Ok(ticks / TICKS_A_SECOND)
}

/// Seconds of processor that everybody has used.
fn busy() -> Result<f64, Failure> {
    let stat = std::fs::read_to_string("/proc/stat")?;
    let first = stat.lines().next().unwrap_or_default();
    let fields: Vec<f64> = first.split_whitespace().skip(1).filter_map(|n| n.parse().ok()).collect();
    // Without idle and iowait, and without what guests used, which is in user already.
    Ok(fields.iter().take(8).enumerate().filter(|(i, _)| !matches!(i, 3 | 4)).map(|(_, n)| n).sum::<f64>()
        / TICKS_A_SECOND)
}

/// Memory of a process that is in RAM, in megabytes.
pub(crate) fn resident(process: u32) -> Result<f64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok());
    let kilobytes: f64 = kilobytes.ok_or("no memory")?;
    Ok(kilobytes / 1024.0)
}

/// Files and sockets that a process has open.
pub(crate) fn open_files(process: u32) -> Result<usize, Failure> {
    Ok(std::fs::read_dir(format!("/proc/{process}/fd"))?.count())
}

/// A stretch of time, and who used the processor in it.
pub(crate) struct Stretch {
    server: Option<u32>,
    start: Instant,
    busy: f64,
    theirs: f64,
    ours: f64,
}

/// The same when it is over; seconds of processor, and the part of all cores that others used.
#[derive(Clone, Copy, Default)]
pub(crate) struct Used {
    pub(crate) wall: f64,
    pub(crate) server: f64,
    pub(crate) here: f64,
    pub(crate) others: f64,
}

impl Stretch {
    pub(crate) fn begin(server: Option<u32>) -> Result<Self, Failure> {
        let theirs = server.map_or(Ok(0.0), used)?;
        Ok(Self { server, start: Instant::now(), busy: busy()?, theirs, ours: used(std::process::id())? })
    }

    pub(crate) fn end(self) -> Result<Used, Failure> {
        let wall = self.start.elapsed().as_secs_f64();
        let server = self.server.map_or(Ok(0.0), used)? - self.theirs;
        let here = used(std::process::id())? - self.ours;
        let others = (busy()? - self.busy - server - here).max(0.0) / (wall * cores() as f64);
        Ok(Used { wall, server, here, others })
    }
}

/// Does `work` until it was not disturbed, a few times at most; the least disturbed counts.
pub(crate) fn undisturbed<T>(mut work: impl FnMut() -> Result<(T, Used), Failure>) -> Result<(T, Used), Failure> {
    let mut best: Option<(T, Used)> = None;
    for _ in 0..6 {
        let now = work()?;
        if best.as_ref().is_none_or(|(_, used)| now.1.others < used.others) {
            best = Some(now);
        }
        if best.as_ref().is_some_and(|(_, used)| used.others <= DISTURBED) {
            break;
        }
        std::thread::sleep(Duration::from_secs(5));
    }
    best.ok_or_else(|| "nothing was measured".into())
}

pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A part of sorted times, in milliseconds.
pub(crate) fn quantile(sorted: &[Duration], part: f64) -> f64 {
    let at = (sorted.len().saturating_sub(1) as f64 * part).round() as usize;
    sorted.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
}

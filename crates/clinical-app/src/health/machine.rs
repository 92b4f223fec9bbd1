//! What is left of memory, processor and disk: of the container where it is limited, else of the machine.

use super::container::Groups;
use super::files::{number_after, read};
use super::process;
use crate::clock::Stopwatch;
use serde::Serialize;
use std::path::{Path, PathBuf};
use utoipa::ToSchema;

/// Whose figures they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The container has a limit of its own.
    Container,
    /// There is none but the machine's.
    Machine,
}

/// Memory.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, ToSchema)]
pub struct Memory {
    /// All there is, in bytes.
    pub total_bytes: u64,
    /// What can still be had, in bytes.
    pub available_bytes: u64,
    /// How much is taken, from 0 to 100.
    pub used_percent: f64,
    /// Whose memory.
    pub scope: Scope,
}

/// Processor time.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, ToSchema)]
pub struct Cpu {
    /// How much of it was taken during the interval, from 0 to 100.
    pub used_percent: f64,
    /// The interval that ended with the last measurement, in seconds.
    pub interval_seconds: f64,
    /// Cores that there are, or that the limit allows.
    pub cores: f64,
    /// Whose cores.
    pub scope: Scope,
}

/// The disk of a folder.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, ToSchema)]
pub struct Disk {
    /// All there is, in bytes.
    pub total_bytes: u64,
    /// What the process may still write, in bytes.
    pub available_bytes: u64,
    /// How much is taken, from 0 to 100.
    pub used_percent: f64,
}

/// The process itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ProcessMemory {
    /// Memory in RAM, in bytes.
    pub resident_bytes: u64,
}

/// One measurement. What could not be measured is `None`, and `null` in JSON: never a made-up figure.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Sample {
    /// Memory.
    pub memory: Option<Memory>,
    /// Processor time; from the second measurement on.
    pub cpu: Option<Cpu>,
    /// Disk of the folder that is watched.
    pub disk: Option<Disk>,
    /// Memory of the process.
    pub process: Option<ProcessMemory>,
}

/// Measures again and again.
pub(super) struct Sampler {
    groups: Groups,
    meminfo: PathBuf,
    stat: PathBuf,
    disk: PathBuf,
    before: Option<(Counted, Stopwatch)>,
}

/// Processor time so far.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Counted {
    used: f64,
    /// All time that has passed on all cores, in the same unit; of the container only its own time is counted.
    all: Option<f64>,
    cores: f64,
}

impl Sampler {
    /// Measures this machine, and the disk that `disk` is on.
    pub(super) fn new(disk: PathBuf) -> Self {
        let list = read(Path::new("/proc/self/cgroup")).unwrap_or_default();
        Self {
            groups: Groups::of(Path::new("/sys/fs/cgroup"), &list),
            meminfo: PathBuf::from("/proc/meminfo"),
            stat: PathBuf::from("/proc/stat"),
            disk,
            before: None,
        }
    }

    /// Measures now.
    pub(super) fn sample(&mut self) -> Sample {
        Sample {
            memory: self.memory(),
            cpu: self.cpu(),
            disk: disk(&self.disk),
            process: process::Usage::read().map(|usage| ProcessMemory { resident_bytes: usage.resident_bytes }),
        }
    }

    fn memory(&self) -> Option<Memory> {
        let machine = read(&self.meminfo).and_then(|text| meminfo(&text));
        let Some(group) = self.groups.memory() else { return machine };
        // A limit above what the machine has limits nothing.
        if machine.is_some_and(|machine| machine.total_bytes <= group.limit) {
            return machine;
        }
        let available = group.limit.saturating_sub(group.used);
        Some(Memory {
            total_bytes: group.limit,
            available_bytes: available,
            used_percent: percent(group.limit, available),
            scope: Scope::Container,
        })
    }

    fn cpu(&mut self) -> Option<Cpu> {
        let now = match self.groups.cpu() {
            Some(group) => Counted { used: group.used_seconds, all: None, cores: group.cores },
            None => stat(&read(&self.stat)?)?,
        };
        let (before, since) = self.before.replace((now, Stopwatch::start()))?;
        used(before, now, since.elapsed().as_secs_f64())
    }
}

/// What was used between two counts, `seconds` apart. Counts of the machine and of the container do not go together: a
/// limit was set or lifted between them.
fn used(before: Counted, now: Counted, seconds: f64) -> Option<Cpu> {
    let could = match (before.all, now.all) {
        (Some(before), Some(now)) => now - before,
        (None, None) => seconds * now.cores,
        _ => return None,
    };
    let scope = if now.all.is_some() { Scope::Machine } else { Scope::Container };
    (could > 0.0).then(|| Cpu {
        used_percent: rounded(((now.used - before.used) / could * 100.0).clamp(0.0, 100.0)),
        interval_seconds: rounded(seconds),
        cores: now.cores,
        scope,
    })
}

fn meminfo(text: &str) -> Option<Memory> {
    let bytes = |name| number_after(text, name).map(|kibibytes| kibibytes << 10);
    let (total, available) = (bytes("MemTotal:")?, bytes("MemAvailable:")?);
    Some(Memory {
        total_bytes: total,
        available_bytes: available,
        used_percent: percent(total, available),
        scope: Scope::Machine,
    })
}

/// The first line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal. Guests stand in user already.
fn stat(text: &str) -> Option<Counted> {
    let line = text.lines().next()?.strip_prefix("cpu ")?;
    let times: Vec<f64> = line.split_ascii_whitespace().take(8).map_while(|time| time.parse().ok()).collect();
    let all: f64 = times.iter().sum();
    let idle = times.get(3)? + times.get(4)?;
    let cores = text.lines().skip(1).take_while(|line| line.starts_with("cpu")).count();
    Some(Counted { used: all - idle, all: Some(all), cores: cores as f64 })
}

#[cfg(target_os = "linux")]
fn disk(folder: &Path) -> Option<Disk> {
    let figures = rustix::fs::statvfs(folder).ok()?;
    let total = figures.f_blocks.checked_mul(figures.f_frsize)?;
    let available = figures.f_bavail.checked_mul(figures.f_frsize)?;
    Some(Disk { total_bytes: total, available_bytes: available, used_percent: percent(total, available) })
}

#[cfg(not(target_os = "linux"))]
fn disk(_folder: &Path) -> Option<Disk> {
    None
}

fn percent(total: u64, available: u64) -> f64 {
    if total == 0 {
        return 0.0;
    }
    rounded(total.saturating_sub(available) as f64 / total as f64 * 100.0)
}

/// To a hundredth: more digits would be noise.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_what_was_not_idle_between_two_counts() {
        let before = stat("cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1\ncpu1 2\nintr 5\n").unwrap();
        let now = stat("cpu  130 0 120 1000 50 0 0 0 7 7\ncpu0 1\ncpu1 2\nintr 5\n").unwrap();
        let cpu = used(before, now, 5.0).unwrap();
        assert_eq!((cpu.used_percent, cpu.cores, cpu.scope), (16.67, 2.0, Scope::Machine));
        let half = |used| Counted { used, all: None, cores: 0.5 };
        let cpu = used(half(3.0), half(4.0), 4.0).unwrap();
        assert_eq!((cpu.used_percent, cpu.interval_seconds, cpu.scope), (50.0, 4.0, Scope::Container));
        assert_eq!(used(half(3.0), half(3.0), 0.0), None);
        assert_eq!(used(before, half(3.0), 5.0), None);
        assert_eq!(stat("cpu  1 2 3\n"), None);
    }

    #[test]
    fn memory_is_what_can_still_be_had() {
        let memory = meminfo("MemTotal:        1000 kB\nMemFree: 1 kB\nMemAvailable:     250 kB\n").unwrap();
        assert_eq!((memory.total_bytes, memory.available_bytes, memory.used_percent), (1_024_000, 256_000, 75.0));
        assert_eq!(meminfo("MemTotal: 1000 kB\n"), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_machine_is_measured() {
        let mut sampler = Sampler::new(PathBuf::from("/"));
        assert_eq!(sampler.sample().cpu, None);
        // The kernel counts in hundredths of a second: some work, until one of them has passed.
        let sample = (0..10_000)
            .map(|_| {
                std::thread::sleep(std::time::Duration::from_millis(2));
                sampler.sample()
            })
            .find(|sample| sample.cpu.is_some())
            .unwrap();
        let memory = sample.memory.unwrap();
        assert!(memory.available_bytes <= memory.total_bytes && memory.total_bytes > 1 << 20);
        assert!((0.0..=100.0).contains(&sample.cpu.unwrap().used_percent));
        assert!(sample.disk.unwrap().total_bytes > 0);
        assert!(sample.process.unwrap().resident_bytes > 1 << 16);
        assert_eq!(Sampler::new(PathBuf::from("/nonexistent")).sample().disk, None);
    }
}

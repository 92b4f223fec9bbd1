//! What the process itself uses, from `/proc/self` (proc(5)). Read directly: it is four small files, and a library for
//! it reads the same ones, with the process table of the whole machine beside them.

use super::files::{number_after, read};
use std::path::Path;

/// What the process uses now.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Usage {
    /// Memory in RAM, in bytes.
    pub resident_bytes: u64,
    /// Addresses in use, in bytes.
    pub virtual_bytes: u64,
    /// User and system time, in seconds.
    pub cpu_seconds: f64,
    /// When the process started, in seconds since 1970.
    pub started: Option<f64>,
    /// Threads.
    pub threads: u64,
}

impl Usage {
    /// Reads it. `None` where there is no `/proc`.
    #[must_use]
    pub fn read() -> Option<Self> {
        let booted = read(Path::new("/proc/stat")).and_then(|text| number_after(&text, "btime "));
        Self::parse(&read(Path::new("/proc/self/stat"))?, booted, system()?)
    }

    fn parse(stat: &str, booted: Option<u64>, system: System) -> Option<Self> {
        // The second field is the name of the program in parentheses, and a name can hold anything.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_ascii_whitespace().collect();
        // Counted from the third field of proc(5), which is the first behind the name.
        let field = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
        let seconds = |ticks: u64| ticks as f64 / system.ticks_a_second;
        Some(Self {
            resident_bytes: field(24)? * system.page_bytes,
            virtual_bytes: field(23)?,
            cpu_seconds: seconds(field(14)? + field(15)?),
            started: booted.zip(field(22)).map(|(boot, ticks)| boot as f64 + seconds(ticks)),
            threads: field(20)?,
        })
    }
}

#[derive(Clone, Copy)]
struct System {
    page_bytes: u64,
    ticks_a_second: f64,
}

#[cfg(target_os = "linux")]
fn system() -> Option<System> {
    Some(System {
        page_bytes: u64::try_from(rustix::param::page_size()).ok()?,
        ticks_a_second: rustix::param::clock_ticks_per_second() as f64,
    })
}

#[cfg(not(target_os = "linux"))]
fn system() -> Option<System> {
    None
}

/// How many files and sockets are open. Since Linux 6.2 the size of the folder tells it; before, its entries are
/// counted.
#[must_use]
pub fn open_files() -> Option<u64> {
    let folder = Path::new("/proc/self/fd");
    match folder.metadata().ok()?.len() {
        // The folder itself is open while it is read.
        0 => u64::try_from(folder.read_dir().ok()?.count()).ok()?.checked_sub(1),
        count => Some(count),
    }
}

/// How many may be open. `None` also where there is no limit.
#[must_use]
pub fn most_open_files() -> Option<u64> {
    number_after(&read(Path::new("/proc/self/limits"))?, "Max open files")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_spaces_and_parentheses_moves_no_field() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 9 0 2000 409600 25 18446744073709551615";
        let system = System { page_bytes: 4096, ticks_a_second: 100.0 };
        let usage = Usage {
            resident_bytes: 25 * 4096,
            virtual_bytes: 409_600,
            cpu_seconds: 2.0,
            started: Some(1020.0),
            threads: 9,
        };
        assert_eq!(Usage::parse(stat, Some(1000), system), Some(usage));
        assert_eq!(Usage::parse("7 (a) S 1", None, system), None);
        assert_eq!(Usage::parse("", None, system), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_is_there() {
        let usage = Usage::read().unwrap();
        assert!(usage.resident_bytes > 1 << 16 && usage.resident_bytes <= usage.virtual_bytes);
        assert!(usage.threads >= 1 && usage.started.unwrap() > 1.0e9);
        let open = open_files().unwrap();
        let _one_more = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
        assert!(open >= 3 && open <= most_open_files().unwrap_or(u64::MAX));
    }
}

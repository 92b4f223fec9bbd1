//! The limits of the container, from control groups of version 2 (kernel documentation, admin-guide/cgroup-v2). Inside
//! one, the figures of the machine say little: what ends the process is its own limit.
#![cfg_attr(test, expect(clippy::disallowed_methods, reason = "the tests plant files of control groups"))]

use super::files::{number_after, read};
use std::path::{Component, Path, PathBuf};

/// Memory that the group may use and does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Memory {
    /// `memory.max`, in bytes.
    pub(super) limit: u64,
    /// `memory.current` without the pages of files that the kernel would give up first, in bytes.
    pub(super) used: u64,
}

/// Processor time that the group may use and did.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Cpu {
    /// Cores that `cpu.max` allows; may be a part of one.
    pub(super) cores: f64,
    /// Time used since the group began, in seconds.
    pub(super) used_seconds: f64,
}

/// The group of the process and those around it, innermost first.
pub(super) struct Groups(Vec<PathBuf>);

impl Groups {
    /// The groups named in `list` (`/proc/self/cgroup`), below `root` (`/sys/fs/cgroup`). Without a namespace of its own
    /// a container sees the name of its group but not the folders above it, so `root` itself is always among them.
    pub(super) fn of(root: &Path, list: &str) -> Self {
        let named = list.lines().find_map(|line| line.strip_prefix("0::")).unwrap_or_default();
        let below = Path::new(named).components().filter(|part| matches!(part, Component::Normal(_)));
        let mut groups = vec![root.to_owned()];
        for part in below {
            let inner = groups.last().map_or_else(|| root.join(part), |outer| outer.join(part));
            groups.push(inner);
        }
        groups.reverse();
        Self(groups)
    }

    /// The tightest limit on memory; `None` where there is none.
    pub(super) fn memory(&self) -> Option<Memory> {
        let limited = self.0.iter().filter_map(|group| {
            let limit = read(&group.join("memory.max"))?.trim().parse::<u64>().ok()?;
            let current = read(&group.join("memory.current"))?.trim().parse::<u64>().ok()?;
            let files = read(&group.join("memory.stat")).and_then(|text| number_after(&text, "inactive_file "));
            Some(Memory { limit, used: current.saturating_sub(files.unwrap_or(0)) })
        });
        limited.min_by_key(|memory| memory.limit)
    }

    /// The tightest limit on processor time; `None` where there is none.
    pub(super) fn cpu(&self) -> Option<Cpu> {
        let limited = self.0.iter().filter_map(|group| {
            let text = read(&group.join("cpu.max"))?;
            let (quota, period) = text.trim().split_once(' ')?;
            let (quota, period) = (quota.parse::<f64>().ok()?, period.parse::<f64>().ok()?);
            let used = number_after(&read(&group.join("cpu.stat"))?, "usage_usec ")?;
            (quota > 0.0 && period > 0.0).then_some(Cpu { cores: quota / period, used_seconds: used as f64 / 1e6 })
        });
        limited.min_by(|a, b| a.cores.total_cmp(&b.cores))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plant(root: &Path, files: &[(&str, &str)]) {
        for (name, text) in files {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("clinical-groups-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn the_tightest_limit_counts() {
        let root = folder("tight");
        plant(
            &root,
            &[
                ("pod/memory.max", "1000000\n"),
                ("pod/memory.current", "700000\n"),
                ("pod/memory.stat", "anon 1\ninactive_file 200000\nactive_file 5\n"),
                ("pod/cpu.max", "max 100000\n"),
                ("pod/cpu.stat", "usage_usec 9000000\n"),
                ("pod/app/memory.max", "max\n"),
                ("pod/app/memory.current", "600000\n"),
                ("pod/app/cpu.max", "50000 100000\n"),
                ("pod/app/cpu.stat", "usage_usec 3000000\nuser_usec 1\n"),
            ],
        );
        let groups = Groups::of(&root, "12:cpu:/old\n0::/pod/app\n");
        assert_eq!(groups.memory(), Some(Memory { limit: 1_000_000, used: 500_000 }));
        assert_eq!(groups.cpu(), Some(Cpu { cores: 0.5, used_seconds: 3.0 }));
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_container_finds_its_own_limits_at_the_root() {
        let root = folder("root");
        plant(&root, &[("memory.max", "4096"), ("memory.current", "1024")]);
        let expected = Some(Memory { limit: 4096, used: 1024 });
        for list in ["0::/", "0::/../../system.slice/docker-1.scope", "0::/docker/not-seen-from-here", ""] {
            assert_eq!(Groups::of(&root, list).memory(), expected, "{list}");
        }
        assert_eq!(Groups::of(&root, "0::/").cpu(), None);
        std::fs::remove_dir_all(root).unwrap();
    }
}

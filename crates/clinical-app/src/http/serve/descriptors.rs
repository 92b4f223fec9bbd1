//! How many connections the operating system lets the process hold.

/// Descriptors that are kept for everything else: logs, Redis, the runtime.
const RESERVED: usize = 256;

/// Raises the soft limit of open files to the hard one (`RLIMIT_NOFILE`) and gives the connections that fit. Shells
/// and containers often start programs with a soft limit of 1024, from the days of `select`; nothing here uses that.
///
/// Linux only; elsewhere the limit stays as it is, and what does not fit fails when it is accepted.
pub(super) fn connections() -> usize {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
        let current = if setrlimit(Resource::Nofile, raised).is_ok() { limit.maximum } else { limit.current };
        current.and_then(|most| usize::try_from(most).ok()).map_or(usize::MAX, fitting)
    }
    #[cfg(not(target_os = "linux"))]
    usize::MAX
}

/// At least one, or nothing would ever be served.
fn fitting(descriptors: usize) -> usize {
    descriptors.saturating_sub(RESERVED).max(1)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use rustix::process::{Resource, getrlimit};

    #[test]
    fn the_soft_limit_becomes_the_hard_one() {
        let connections = connections();
        let limit = getrlimit(Resource::Nofile);
        assert_eq!(limit.current, limit.maximum);
        assert!(connections >= 1);
        assert_eq!((fitting(1024), fitting(10)), (768, 1));
    }
}

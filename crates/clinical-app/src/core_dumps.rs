//! A process that dies must not leave its memory in a file: the memory holds records.

/// From here on the kernel writes no core dump of this process, neither to a file (`RLIMIT_CORE`) nor to a program
/// such as systemd-coredump, which is given dumps whatever that limit says (`PR_SET_DUMPABLE`). The second also keeps
/// other processes of the same user from reading this one's memory.
///
/// Linux only; elsewhere nothing is done.
pub fn forbid() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
        // Lowering a limit of one's own is never refused; a sandbox that forbids the call itself gives no dumps.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn no_dump_is_written() {
        super::forbid();
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    }
}

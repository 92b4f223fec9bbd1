//! How the program ends.

use std::process::ExitCode;

/// The exit codes of every command. A later document can only make the end worse, never better: see [`Exit::and`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Exit {
    /// Everything was done.
    Done,
    /// Done, with findings of severity error, or with faults found.
    Findings,
    /// Something could not be read or written.
    Unreadable,
    /// The command line or a setting is wrong (`EX_USAGE` of sysexits).
    Usage,
}

impl Exit {
    /// The worse of two ends.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.max(other)
    }

    /// The number that the shell sees.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Unreadable => 2,
            Self::Usage => 64,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn the_worst_end_wins() {
        assert_eq!(Exit::Findings.and(Exit::Unreadable).and(Exit::Done).number(), 2);
        assert_eq!(Exit::Done.and(Exit::Findings).number(), 1);
    }
}

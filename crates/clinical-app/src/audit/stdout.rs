//! Lines to standard output, for those who collect what containers write.
#![expect(clippy::disallowed_methods, reason = "one of the places that an audit log goes to")]

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::AsFd as _;

/// Standard output without a buffer of ours: what was written is with the system.
#[derive(Debug)]
pub(super) struct Stdout {
    file: File,
    /// A line may have been written in part.
    torn: bool,
}

impl Stdout {
    pub(super) fn open() -> io::Result<Self> {
        let file = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        file.metadata()?;
        Ok(Self { file, torn: false })
    }

    /// Writes a line. A reader that does not read makes this fail instead of holding up every request: what is at the
    /// other end of a pipe has one second to take it.
    pub(super) fn append(&mut self, line: &[u8]) -> io::Result<()> {
        self.mend()?;
        self.torn = true;
        self.file.write_all(line)?;
        self.torn = false;
        Ok(())
    }

    /// Ends what stands torn, if the other end takes it.
    pub(super) fn mend(&mut self) -> io::Result<()> {
        self.wait()?;
        if self.torn {
            self.file.write_all(b"\n")?;
            self.torn = false;
        }
        Ok(())
    }

    /// A pipe that can be written takes `PIPE_BUF` bytes (4096 on Linux) at once, which no line exceeds.
    #[cfg(target_os = "linux")]
    fn wait(&self) -> io::Result<()> {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let second = Timespec { tv_sec: 1, tv_nsec: 0 };
        let mut fds = [PollFd::new(&self.file, PollFlags::OUT)];
        match poll(&mut fds, Some(&second)) {
            Ok(0) => Err(io::ErrorKind::TimedOut.into()),
            // A signal came in between; the write that follows says what is the matter, if anything is.
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    #[cfg(not(target_os = "linux"))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the same shape as on Linux")]
    fn wait(&self) -> io::Result<()> {
        Ok(())
    }
}

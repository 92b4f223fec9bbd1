//! Who runs the program. Production refuses root, so a test that runs as root lets somebody else run it.

use crate::folder::Folder;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

/// The user `nobody` of every Linux.
const NOBODY: u32 = 65_534;

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Who runs the program in production.
#[derive(Clone, Copy)]
pub(crate) struct Person(Option<u32>);

impl Person {
    /// Somebody who is not root; `None`, said aloud, where such a one cannot reach the program.
    pub(crate) fn ordinary() -> Option<Self> {
        let person = Self(is_root().then_some(NOBODY));
        let mut command = Command::new(env!("CARGO_BIN_EXE_clinical-notes"));
        person.runs(&mut command);
        let reached = command.arg("--version").env_clear().stdout(Stdio::null()).status().is_ok();
        if !reached {
            println!("not run: nobody but root can reach the program where it was built, and production refuses root");
        }
        reached.then_some(person)
    }

    pub(crate) fn runs(self, command: &mut Command) {
        if let Some(uid) = self.0 {
            command.uid(uid).gid(uid);
        }
    }

    /// Gives a folder to this person.
    pub(crate) fn owns(self, folder: &Folder) {
        if let Some(uid) = self.0 {
            chown(folder.path(), Some(uid), Some(uid)).unwrap();
        }
    }
}

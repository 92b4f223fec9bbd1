//! The places where a program could leave something: its working folder, the folder for temporary files, the home.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A tree of its own for one test, removed with it.
pub(crate) struct World(PathBuf);

impl World {
    pub(crate) fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("clinical-canary-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for folder in ["cwd", "tmp", "home"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        Self(root)
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.0.join(inside)
    }

    /// The program, told to live in this tree and to be as talkative as it can.
    pub(crate) fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clinical-notes"));
        command
            .env_clear()
            .current_dir(self.0.join("cwd"))
            .env("HOME", self.0.join("home"))
            .env("RUST_BACKTRACE", "full")
            .env("RUST_LOG", "trace");
        for name in ["TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"] {
            command.env(name, self.0.join("tmp"));
        }
        command
    }

    /// Every file and folder with its content.
    pub(crate) fn everything(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut open = vec![self.0.clone()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    found.insert(path.clone(), Vec::new());
                    open.push(path);
                } else {
                    found.insert(path.clone(), fs::read(&path).unwrap());
                }
            }
        }
        found
    }

    /// Fails if anything is there that was not before, is gone, or has changed, outside of `allowed`.
    pub(crate) fn must_be_as(&self, before: &BTreeMap<PathBuf, Vec<u8>>, allowed: &Path) {
        let left = |tree: &BTreeMap<PathBuf, Vec<u8>>| -> BTreeMap<PathBuf, Vec<u8>> {
            tree.iter().filter(|(path, _)| !path.starts_with(allowed)).map(|(p, c)| (p.clone(), c.clone())).collect()
        };
        let (before, after) = (left(before), left(&self.everything()));
        let changed: Vec<&PathBuf> =
            after.iter().filter(|(path, content)| before.get(*path) != Some(*content)).map(|(path, _)| path).collect();
        assert!(changed.is_empty() && before.len() == after.len(), "left behind: {changed:?}");
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

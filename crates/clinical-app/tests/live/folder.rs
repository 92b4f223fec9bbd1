//! A folder of one test, and programs that are not ours.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A folder that goes with the test. That of a test that failed stays, to be looked at.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("live-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The path of something in it, for a setting.
    pub(crate) fn text(&self, name: &str) -> String {
        self.join(name).to_str().unwrap().to_owned()
    }

    /// Writes a file and gives its path, for a setting.
    pub(crate) fn write(&self, name: &str, content: &str) -> String {
        fs::write(self.join(name), content).unwrap();
        self.text(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}

/// Whether a program that is not ours is there. Where all of them have to be, one that is not fails the test.
pub(crate) fn is_there(program: &str) -> bool {
    let found = Path::new(program).exists();
    if !found {
        assert!(std::env::var_os("NOTES_REAL_COMPONENTS").is_none(), "{program} is not there");
        println!("not run: {program} is not there");
    }
    found
}

/// Waits until something is so. It is given so long only because a machine can be busy.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    wait(what, || is_so().then_some(()));
}

/// Waits for something.
pub(crate) fn wait<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begin.elapsed() < Duration::from_secs(90), "it did not happen: {what}");
        std::thread::sleep(Duration::from_millis(15));
    }
}

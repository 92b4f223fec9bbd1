//! What the tests share: a folder that goes away, a log with lines in it.

use clinical_app::audit::verify::{self, Checked};
use clinical_app::audit::{
    Access, Audit, Config, Document, Operation, Outcome, Program, PublicKey, StartError, Started,
};
use clinical_pipeline::Phi;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// 2025-03-01T09:00:00Z
pub(crate) const NOW: u64 = 1_740_819_600_000_000;

pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("clinical-audit-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn program() -> Program {
    Program { name: "clinical-notes", version: "0.1.0".to_owned(), site: "test.example".to_owned() }
}

pub(crate) fn config(folder: &Folder) -> Config {
    Config {
        file: Some(folder.join("audit")),
        security: Some(folder.join("security")),
        signing_key: Some(Phi::new(vec![7; 32])),
        rotate_bytes: 1 << 20,
        ..Config::default()
    }
}

pub(crate) fn start(config: &Config) -> (Audit, Started) {
    Audit::start(config, &program(), NOW).unwrap()
}

pub(crate) fn refused(config: &Config) -> StartError {
    Audit::start(config, &program(), NOW).map(|_| ()).unwrap_err()
}

pub(crate) fn access(number: u64) -> Access<'static> {
    Access {
        recorded: NOW + number,
        request_id: "4be0643f1d98573b97cdca98a65347dd",
        subject: Some("auth0|5f7c8ec7"),
        roles: &["clinician", "researcher"],
        peer: Some([192, 0, 2, 7].into()),
        method: "POST",
        route: "/api/v1/summarize",
        operation: Operation::Summarize,
        outcome: Outcome::Granted,
        status: 200,
        document: Some(Document { kind: "fhir-r4", bytes: 100_000, entries: 120 }),
        model: None,
        micros: 12_345,
    }
}

pub(crate) fn write(audit: &Audit, lines: u64) -> Vec<u64> {
    (0..lines).map(|number| audit.record(&access(number)).unwrap().sequence).collect()
}

pub(crate) fn check(paths: &[&Path]) -> Checked {
    let paths: Vec<_> = paths.iter().map(|path| (*path).to_owned()).collect();
    verify::check(&paths, &[]).unwrap()
}

pub(crate) fn check_signed(path: &Path, key: &str) -> Checked {
    verify::check(&[path.to_owned()], &[PublicKey::read(key).unwrap()]).unwrap()
}

/// The files of a log in their order.
pub(crate) fn files(path: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "ndjson"))
        .collect();
    files.sort_by_key(|path| path.to_string_lossy().rsplit('-').next().unwrap().to_owned());
    files
}

pub(crate) fn lines(path: &Path) -> Vec<String> {
    files(path)
        .iter()
        .flat_map(|file| fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// The number that a line says it has.
pub(crate) fn sequence(line: &str) -> u64 {
    let text = line.split(r#"{"url":"sequence","valueDecimal":"#).nth(1).unwrap();
    text.split('}').next().unwrap().parse().unwrap()
}

/// What was found, short: code, line, sequence.
pub(crate) fn found(checked: &Checked) -> Vec<(&'static str, u64, Option<u64>)> {
    checked.faults.iter().map(|fault| (fault.what.code(), fault.at.line, fault.at.sequence)).collect()
}

/// Waits until something is so, for a bounded time.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Where a test that is its own child process finds what it needs.
const CHILD: &str = "NOTES_AUDIT_TEST_CHILD";

/// The folder that this process was given, if it is a child.
pub(crate) fn given_folder() -> Option<Folder> {
    std::env::var_os(CHILD).map(|path| Folder(path.into()))
}

/// This program again, running one test alone with a folder. What the child has to say goes to standard error.
pub(crate) fn child(test: &str, folder: &Folder) -> Command {
    // The shell hands on that SIGXFSZ is ignored: a file that grows too large is then an error and not the end.
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; exec \"$0\" --exact --nocapture \"$1\""])
        .arg(std::env::current_exe().unwrap())
        .arg(test)
        .env(CHILD, &folder.0)
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

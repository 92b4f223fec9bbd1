//! A place that stops taking lines makes the log unwell, and it goes on when the place takes them again.

use super::support::*;
use clinical_app::audit::verify::Remark;
use clinical_app::audit::{Audit, Config, StartError};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::fs::{self, File};
use std::io::Read as _;
use std::mem::ManuallyDrop;
use std::time::Duration;

fn runs(test: &str, folder: &Folder) {
    let output = child(test, folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Run by the test below: a limit of the process stands for a full disk.
#[test]
fn child_with_a_full_disk() {
    let Some(folder) = given_folder() else { return };
    let folder = ManuallyDrop::new(folder);
    let (audit, _) = start(&config(&folder));
    let open = getrlimit(Resource::Fsize);
    setrlimit(Resource::Fsize, Rlimit { current: Some(30_000), ..open }).unwrap();
    let broken = (0..1000).find_map(|number| audit.record(&access(number)).err()).unwrap();
    assert_eq!(broken.sink, "audit-folder");
    assert!(!audit.is_well());
    // Also while it is looked after in vain.
    std::thread::sleep(Duration::from_millis(2500));
    assert!(!audit.is_well());
    audit.record(&access(0)).unwrap_err();
    setrlimit(Resource::Fsize, open).unwrap();
    until("the log did not go on", || audit.is_well());
    write(&audit, 3);
    assert!(audit.stop(NOW));
}

#[test]
fn a_full_disk_is_seen_and_got_over() {
    let folder = Folder::new();
    runs("full::child_with_a_full_disk", &folder);
    let checked = check(&[&folder.join("audit"), &folder.join("security")]);
    assert_eq!(checked.faults, []);
    let [note] = checked.notes.as_slice() else { panic!("{:?}", checked.notes) };
    let Remark::Recovered { torn_bytes } = note.what else { panic!("{note:?}") };
    assert!(torn_bytes > 0);
    let lines = lines(&folder.join("security"));
    for name in ["sink-broken", "sink-recovered"] {
        assert_eq!(lines.iter().filter(|line| line.contains(&format!(r#""code":"{name}""#))).count(), 1, "{name}");
    }
    // Two lines were refused, and the checkpoint says so.
    let text = fs::read_to_string(&files(&folder.join("audit"))[0]).unwrap();
    assert!(text.contains(r#"{"type":"unwritten","valueString":"2"}"#));
}

/// Run by the test below.
#[test]
fn child_whose_output_is_full() {
    let Some(folder) = given_folder() else { return };
    let folder = ManuallyDrop::new(folder);
    rustix::stdio::dup2_stdout(File::options().write(true).open("/dev/full").unwrap()).unwrap();
    let error = refused(&Config { stdout: true, ..config(&folder) });
    // The harness has something to print, too.
    rustix::stdio::dup2_stdout(File::options().write(true).open("/dev/null").unwrap()).unwrap();
    assert!(matches!(error, StartError::Sink { sink: "stdout", .. }), "{error}");
}

#[test]
fn output_that_cannot_be_written_stops_the_start() {
    let folder = Folder::new();
    runs("full::child_whose_output_is_full", &folder);
}

/// Run by the test below: nobody reads the pipe until the log is unwell.
#[test]
fn child_whose_output_is_not_read() {
    let Some(folder) = given_folder() else { return };
    let folder = ManuallyDrop::new(folder);
    let (read, write_end) = rustix::pipe::pipe().unwrap();
    rustix::stdio::dup2_stdout(write_end).unwrap();
    let (audit, _) = Audit::start(&Config { stdout: true, ..Config::default() }, &program(), NOW).unwrap();
    let broken = (0..1000).find_map(|number| audit.record(&access(number)).err()).unwrap();
    assert_eq!(broken.sink, "stdout");
    assert!(!audit.is_well());
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        File::from(read).read_to_string(&mut text).unwrap();
        text
    });
    until("the log did not go on", || audit.is_well());
    write(&audit, 3);
    assert!(audit.stop(NOW));
    rustix::stdio::dup2_stdout(File::options().write(true).open("/dev/null").unwrap()).unwrap();
    drop(audit);
    fs::write(folder.join("collected.ndjson"), reader.join().unwrap()).unwrap();
}

#[test]
fn output_that_nobody_reads_holds_up_no_request() {
    let folder = Folder::new();
    runs("full::child_whose_output_is_not_read", &folder);
    // Two logs stand in what was collected; by their names they are told apart again.
    let text = fs::read_to_string(folder.join("collected.ndjson")).unwrap();
    let log = |line: &str| line.split(r#"{"url":"log","valueString":""#).nth(1).unwrap()[..16].to_owned();
    let mut logs: Vec<String> = text.lines().map(log).collect();
    logs.sort();
    logs.dedup();
    assert_eq!(logs.len(), 2);
    for name in logs {
        let file = folder.join(&format!("{name}.ndjson"));
        let lines: String = text.lines().filter(|line| log(line) == name).map(|line| format!("{line}\n")).collect();
        fs::write(&file, lines).unwrap();
        assert_eq!(check(&[&file]).faults, []);
    }
}

#[test]
fn a_file_that_is_taken_away_is_noticed() {
    let folder = Folder::new();
    let (audit, _) = start(&config(&folder));
    write(&audit, 3);
    fs::remove_file(&files(&folder.join("audit"))[0]).unwrap();
    let security = folder.join("security");
    until("nobody noticed", || lines(&security).iter().any(|line| line.contains(r#""code":"log-changed""#)));
    until("the log did not go on", || audit.is_well());
    write(&audit, 3);
    audit.stop(NOW);
    // What was taken away is missed, and what came afterwards is whole.
    assert_eq!(found(&check(&[&folder.join("audit")])), [("missing", 1, Some(5))]);
}

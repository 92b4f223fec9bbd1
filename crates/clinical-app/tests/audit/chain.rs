//! Lines, files and starts make one chain.

use super::support::*;
use clinical_app::audit::{Audit, Config, SecurityEvent, SecurityKind, StartError, Unopened};
use clinical_pipeline::Phi;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

#[test]
fn a_log_that_was_stopped_is_whole() {
    let folder = Folder::new();
    let (audit, started) = start(&config(&folder));
    assert_eq!((started.recovered, started.recovered_security), (None, None));
    // The first line is the checkpoint of the start.
    assert_eq!(write(&audit, 10), (2..12).collect::<Vec<_>>());
    assert!(audit.is_well());
    assert_eq!(audit.lines(), 11);
    assert!(audit.stop(NOW + 100));
    let checked = check_signed(&folder.join("audit"), &started.public_key_base64);
    assert_eq!(checked.faults, []);
    assert_eq!((checked.files, checked.lines, checked.checkpoints), (1, 12, 2));
    assert_eq!(checked.signers, [started.public_key_base64]);
}

#[test]
fn nothing_is_written_after_the_end() {
    let folder = Folder::new();
    let (audit, _) = start(&config(&folder));
    assert!(audit.stop(NOW) && audit.stop(NOW));
    assert_eq!(audit.record(&access(0)).unwrap_err().sink, "stopped");
    assert!(!audit.is_well());
    assert_eq!(lines(&folder.join("audit")).len(), 2);
}

#[test]
fn a_log_goes_on_over_starts_and_files() {
    let folder = Folder::new();
    let config = Config { rotate_bytes: 20_000, ..config(&folder) };
    for round in 0..3 {
        let (audit, started) = start(&config);
        assert_eq!(started.recovered, None);
        write(&audit, 30);
        audit.stop(NOW + round);
    }
    let checked = check(&[&folder.join("audit"), &folder.join("security")]);
    assert_eq!(checked.faults, []);
    let files = files(&folder.join("audit"));
    assert!(files.len() > 5);
    for (at, file) in files.iter().enumerate() {
        assert!(fs::metadata(file).unwrap().len() <= 20_000);
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o077, 0);
        // The first line names the digest of the last one of the file before.
        let text = fs::read_to_string(file).unwrap();
        let first = text.lines().next().unwrap();
        assert!(first.contains(r#""code":"start""#) || at > 0 && first.contains(r#""code":"continue""#), "{first}");
        if at > 0 {
            let before = fs::read_to_string(&files[at - 1]).unwrap();
            let digest = before.lines().last().unwrap().split(r#""digest","valueString":""#).nth(1).unwrap();
            assert!(first.contains(&format!(r#""previous","valueString":"{}""#, &digest[..64])));
            assert!(text.contains(files[at - 1].file_name().unwrap().to_str().unwrap()));
        }
    }
    // A part of it can be checked alone, too.
    let part = check(&[&files[2], &files[1]]);
    assert_eq!(part.faults, []);
    assert_eq!(part.notes.len(), 2);
}

#[test]
fn threads_write_one_chain() {
    let folder = Folder::new();
    let (audit, _) = start(&Config { rotate_bytes: 200_000, ..config(&folder) });
    let mut all: Vec<u64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| write(&audit, 250))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 1000);
    audit.stop(NOW);
    assert_eq!(check(&[&folder.join("audit")]).faults, []);
}

#[test]
fn one_process_writes_a_folder() {
    let folder = Folder::new();
    let (audit, _) = start(&config(&folder));
    let error = refused(&config(&folder));
    assert!(matches!(error, StartError::Sink { sink: "audit-folder", why: Unopened::Locked }), "{error}");
    audit.stop(NOW);
    drop(audit);
    start(&config(&folder));
}

#[test]
fn a_place_that_cannot_be_written_stops_the_start() {
    let folder = Folder::new();
    fs::write(folder.join("file"), "").unwrap();
    let error = refused(&Config { file: Some(folder.join("file")), ..config(&folder) });
    assert!(error.to_string().starts_with("the audit log cannot be written to audit-folder"), "{error}");
    let error = refused(&Config { security: Some("/dev/null/CANARY".into()), ..config(&folder) });
    assert!(error.to_string().starts_with("the audit log cannot be written to security-folder"), "{error}");
    assert!(!format!("{error} {error:?}").contains("CANARY"));
    let error = refused(&Config { signing_key: Some(Phi::new(b"CANARY".to_vec())), ..config(&folder) });
    assert!(matches!(error, StartError::Key), "{error}");
}

#[test]
fn what_is_not_a_log_is_not_written_to() {
    let folder = Folder::new();
    fs::create_dir_all(folder.join("audit")).unwrap();
    let file = folder.join("audit").join("audit-20250301T090000Z-000000000001.ndjson");
    fs::write(&file, "x\n".repeat(5 << 20)).unwrap();
    let error = refused(&config(&folder));
    assert!(matches!(error, StartError::Sink { why: Unopened::Foreign, .. }), "{error}");
    assert_eq!(fs::metadata(&file).unwrap().len(), 10 << 20);
}

#[test]
fn a_drawn_key_is_told_and_held_to() {
    let folder = Folder::new();
    let config = Config { signing_key: None, ..config(&folder) };
    let (audit, one) = start(&config);
    audit.stop(NOW);
    drop(audit);
    let (audit, two) = start(&config);
    audit.stop(NOW);
    assert_ne!(one.public_key_base64, two.public_key_base64);
    // Without a key that was given, the change is told; with one, what others signed is a fault.
    let checked = check(&[&folder.join("audit")]);
    assert_eq!((checked.faults.len(), checked.notes.len()), (0, 1));
    assert_eq!(
        found(&check_signed(&folder.join("audit"), &one.public_key_base64)),
        [("signer", 3, Some(3)), ("signer", 4, Some(4)), ("no-end", 4, Some(4))]
    );
}

#[test]
fn with_no_place_nothing_is_written() {
    let (audit, _) = Audit::start(&Config::default(), &program(), NOW).unwrap();
    assert_eq!(audit.record(&access(0)).unwrap().sequence, 0);
    audit.security(SecurityEvent::of_program(NOW, SecurityKind::Degraded("redis")));
    assert!(audit.is_well() && audit.stop(NOW));
}

#[test]
fn a_log_that_is_being_written_can_be_checked() {
    let folder = Folder::new();
    let (audit, _) = start(&config(&folder));
    write(&audit, 5);
    let checked = check(&[&folder.join("audit"), &folder.join("security")]);
    assert_eq!(checked.faults, []);
    assert_eq!(checked.notes.len(), 2);
}

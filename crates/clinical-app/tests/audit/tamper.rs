//! Every change of a log is found, and its place.

use super::support::*;
use clinical_app::audit::Config;
use clinical_app::audit::verify::Checked;
use std::fs;
use std::path::{Path, PathBuf};

/// A log of five files, stopped: folder, its files, and how many lines each has.
pub(crate) struct Whole {
    pub(crate) folder: Folder,
    pub(crate) files: Vec<PathBuf>,
    pub(crate) lengths: Vec<u64>,
    key: String,
}

impl Whole {
    pub(crate) fn new() -> Self {
        let folder = Folder::new();
        let config = Config { rotate_bytes: 20_000, ..config(&folder) };
        let (audit, started) = start(&config);
        write(&audit, 35);
        audit.stop(NOW);
        let files = files(&folder.join("audit"));
        let lengths: Vec<_> =
            files.iter().map(|file| fs::read_to_string(file).unwrap().lines().count() as u64).collect();
        assert!(files.len() >= 4 && lengths.iter().all(|n| *n >= 3), "{lengths:?}");
        Self { folder, files, lengths, key: started.public_key_base64 }
    }

    /// The sequence of a line of a file, both from 1.
    pub(crate) fn sequence(&self, file: usize, line: u64) -> u64 {
        self.lengths[..file].iter().sum::<u64>() + line
    }

    fn edit(&self, file: usize, edit: impl FnOnce(&mut Vec<String>)) -> Checked {
        let text = fs::read_to_string(&self.files[file]).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        edit(&mut lines);
        fs::write(&self.files[file], lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
        self.check()
    }

    pub(crate) fn check(&self) -> Checked {
        check_signed(&self.folder.join("audit"), &self.key)
    }

    fn place(checked: &Checked) -> Vec<(&'static str, String, u64, Option<u64>)> {
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        checked.faults.iter().map(|f| (f.what.code(), name(&f.at.file), f.at.line, f.at.sequence)).collect()
    }

    fn name(&self, file: usize) -> String {
        self.files[file].file_name().unwrap().to_string_lossy().into_owned()
    }
}

#[test]
fn an_untouched_log_is_whole() {
    assert_eq!(Whole::new().check().faults, []);
}

#[test]
fn a_removed_line_is_found_wherever_it_stood() {
    for line in [2_u64, 3, 5] {
        let log = Whole::new();
        let checked = log.edit(1, |lines| drop(lines.remove(usize::try_from(line).unwrap() - 1)));
        let (gone, next) = (log.sequence(1, line), log.sequence(1, line + 1));
        assert_eq!(Whole::place(&checked), [("missing", log.name(1), line, Some(next))]);
        assert_eq!(
            checked.faults[0].what.to_string(),
            format!("lines are missing before this one: sequence {gone} to {gone}")
        );
    }
}

#[test]
fn the_first_line_and_the_last_before_a_checkpoint_are_missed() {
    let log = Whole::new();
    let checked = log.edit(0, |lines| drop(lines.remove(0)));
    assert_eq!(Whole::place(&checked), [("missing", log.name(0), 1, Some(2))]);
    let log = Whole::new();
    let length = log.lengths[0];
    let checked = log.edit(0, |lines| drop(lines.remove(lines.len() - 2)));
    assert_eq!(Whole::place(&checked), [("missing", log.name(0), length - 1, Some(length))]);
}

#[test]
fn a_removed_checkpoint_is_missed() {
    let log = Whole::new();
    let checked = log.edit(1, |lines| drop(lines.pop()));
    assert_eq!(Whole::place(&checked), [("missing", log.name(2), 1, Some(log.sequence(2, 1)))]);
    let log = Whole::new();
    let checked = log.edit(1, |lines| drop(lines.remove(0)));
    assert_eq!(Whole::place(&checked), [("missing", log.name(1), 1, Some(log.sequence(1, 2)))]);
}

#[test]
fn a_changed_line_is_found() {
    let log = Whole::new();
    let checked = log.edit(2, |lines| lines[2] = lines[2].replace("192.0.2.7", "192.0.2.8"));
    assert_eq!(Whole::place(&checked), [("changed", log.name(2), 3, Some(log.sequence(2, 3)))]);
}

#[test]
fn a_changed_checkpoint_is_found() {
    for (from, to) in [
        (r#""code":"rotation""#, r#""code":"interval""#),
        (r#""granted","valueString":""#, r#""granted","valueString":"1"#),
    ] {
        let log = Whole::new();
        let checked = log.edit(0, |lines| *lines.last_mut().unwrap() = lines.last().unwrap().replace(from, to));
        assert_eq!(Whole::place(&checked), [("changed", log.name(0), log.lengths[0], Some(log.lengths[0]))]);
    }
    // The signature itself, and a checkpoint without one.
    let log = Whole::new();
    let checked = log.edit(0, |lines| {
        let line = lines.last_mut().unwrap();
        let at = line.find(r#""signature""#).unwrap() + 40;
        let other = if line.as_bytes()[at] == b'A' { "B" } else { "A" };
        line.replace_range(at..=at, other);
    });
    assert_eq!(Whole::place(&checked), [("signature", log.name(0), log.lengths[0], Some(log.lengths[0]))]);
    let log = Whole::new();
    let checked = log.edit(0, |lines| {
        let line = lines.last_mut().unwrap();
        let at = line.find(r#"},{"url":"signature""#).unwrap();
        line.replace_range(at.., "}]}]}");
    });
    assert_eq!(Whole::place(&checked), [("signature", log.name(0), log.lengths[0], Some(log.lengths[0]))]);
}

#[test]
fn a_line_that_was_made_anew_with_its_digest_is_found_by_the_next() {
    use sha2::Digest as _;
    let log = Whole::new();
    let checked = log.edit(1, |lines| lines[1] = resealed(&lines[1].replace("192.0.2.7", "192.0.2.8")));
    assert_eq!(Whole::place(&checked), [("not-after", log.name(1), 3, Some(log.sequence(1, 3)))]);
    fn resealed(line: &str) -> String {
        let at = line.len() - 64 - r#""}]}]}"#.len();
        let digest: String = sha2::Sha256::digest(&line.as_bytes()[..at]).iter().map(|b| format!("{b:02x}")).collect();
        format!("{}{digest}{}", &line[..at], &line[at + 64..])
    }
}

#[test]
fn a_swapped_pair_is_found() {
    let log = Whole::new();
    let checked = log.edit(1, |lines| lines.swap(2, 3));
    assert_eq!(
        Whole::place(&checked),
        [
            ("missing", log.name(1), 3, Some(log.sequence(1, 4))),
            ("out-of-order", log.name(1), 4, Some(log.sequence(1, 3))),
        ]
    );
}

#[test]
fn a_line_that_stands_twice_is_found() {
    let log = Whole::new();
    let checked = log.edit(1, |lines| lines.insert(3, lines[2].clone()));
    assert_eq!(Whole::place(&checked), [("twice", log.name(1), 4, Some(log.sequence(1, 3)))]);
    let log = Whole::new();
    let checked = log.edit(2, |lines| lines.insert(4, lines[1].clone()));
    assert_eq!(Whole::place(&checked), [("out-of-order", log.name(2), 5, Some(log.sequence(2, 2)))]);
}

#[test]
fn a_line_put_in_is_found() {
    let log = Whole::new();
    let checked = log.edit(1, |lines| lines.insert(2, r#"{"resourceType":"AuditEvent"}"#.to_owned()));
    assert_eq!(Whole::place(&checked), [("not-a-line", log.name(1), 3, None)]);
    // One of another log, whole in itself.
    let (log, other) = (Whole::new(), Whole::new());
    let foreign = fs::read_to_string(&other.files[1]).unwrap().lines().nth(2).unwrap().to_owned();
    let checked = log.edit(1, |lines| lines.insert(2, foreign));
    assert_eq!(Whole::place(&checked), [("other-log", log.name(1), 3, Some(log.sequence(1, 3)))]);
}

#[test]
fn a_removed_file_is_found() {
    for file in 0..3 {
        let log = Whole::new();
        fs::remove_file(&log.files[file]).unwrap();
        let next = log.sequence(file + 1, 1);
        let checked = log.check();
        assert_eq!(Whole::place(&checked), [("missing", log.name(file + 1), 1, Some(next))]);
        assert_eq!(checked.faults[0].what.code(), "missing");
    }
    let log = Whole::new();
    let last = log.files.len() - 1;
    fs::remove_file(&log.files[last]).unwrap();
    let end = log.lengths[last - 1];
    assert_eq!(Whole::place(&log.check()), [("no-end", log.name(last - 1), end, Some(log.sequence(last - 1, end)))]);
}

#[test]
fn a_cut_tail_is_found() {
    let log = Whole::new();
    let last = log.files.len() - 1;
    let checked = log.edit(last, |lines| lines.truncate(2));
    assert_eq!(Whole::place(&checked), [("no-end", log.name(last), 2, Some(log.sequence(last, 2)))]);
    // In the middle of a line.
    let log = Whole::new();
    let bytes = fs::read(&log.files[last]).unwrap();
    fs::write(&log.files[last], &bytes[..bytes.len() - 100]).unwrap();
    let end = log.lengths[last];
    assert_eq!(
        Whole::place(&log.check()),
        [
            ("not-a-line", log.name(last), end, None),
            ("no-end", log.name(last), end - 1, Some(log.sequence(last, end - 1))),
        ]
    );
}

#[test]
fn a_file_that_was_rolled_back_is_found() {
    let log = Whole::new();
    // An older state of a file is a part of it from its beginning.
    let checked = log.edit(1, |lines| lines.truncate(3));
    assert_eq!(Whole::place(&checked), [("missing", log.name(2), 1, Some(log.sequence(2, 1)))]);
}

#[test]
fn a_renamed_file_is_read_in_its_place_and_a_copy_is_found() {
    let log = Whole::new();
    fs::rename(&log.files[1], log.folder.join("audit").join("zzz.ndjson")).unwrap();
    assert_eq!(log.check().faults, []);
    let log = Whole::new();
    fs::copy(&log.files[1], log.folder.join("audit").join("zzz.ndjson")).unwrap();
    let checked = log.check();
    assert_eq!(checked.faults.len() as u64, log.lengths[1]);
    assert!(checked.faults.iter().all(|fault| fault.at.file.ends_with("zzz.ndjson")));
}

#[test]
fn lines_taken_back_before_a_start_are_found_by_the_other_log() {
    let folder = Folder::new();
    let config = config(&folder);
    let copy = |from: &str, to: &str| {
        fs::create_dir_all(folder.join(to)).unwrap();
        for file in files(&folder.join(from)) {
            fs::copy(&file, folder.join(to).join(file.file_name().unwrap().to_str().unwrap())).unwrap();
        }
    };
    let run = |lines| {
        let (audit, _) = start(&config);
        write(&audit, lines);
        audit.stop(NOW);
    };
    run(5);
    copy("audit", "old");
    run(5);
    // The log of accesses is put back to what it was, and the service goes on with it: by itself it is whole.
    copy("old", "audit");
    run(9);
    let (audit, security) = (folder.join("audit"), folder.join("security"));
    assert_eq!(check(&[&audit]).faults, []);
    assert_eq!(check(&[&security]).faults, []);
    assert_eq!(found(&check(&[&audit, &security])), [("rolled-back", 14, Some(14))]);
    // The same without a later start.
    copy("old", "audit");
    assert_eq!(found(&check(&[&audit, &security])), [("cut-off", 7, Some(7))]);
}

#[test]
fn nothing_random_is_accepted() {
    // Every byte of a small log, one after the other.
    let folder = Folder::new();
    let (audit, started) = start(&config(&folder));
    write(&audit, 1);
    audit.stop(NOW);
    let file = files(&folder.join("audit")).remove(0);
    let bytes = fs::read(&file).unwrap();
    for at in (0..bytes.len()).step_by(7) {
        let mut changed = bytes.clone();
        changed[at] ^= 4;
        fs::write(&file, changed).unwrap();
        assert!(!check_signed(&folder.join("audit"), &started.public_key_base64).is_whole(), "{at}");
    }
}

//! A log that was cut off while it was written goes on, and says so.

use super::support::*;
use super::tamper::Whole;
use clinical_app::audit::Config;
use clinical_app::audit::verify::Remark;
use std::fs;

#[test]
fn a_torn_line_is_kept_and_said() {
    let log = Whole::new();
    let last = log.files.len() - 1;
    let bytes = fs::read(&log.files[last]).unwrap();
    fs::write(&log.files[last], &bytes[..bytes.len() - 100]).unwrap();
    let config = Config { rotate_bytes: 20_000, ..config(&log.folder) };
    let (audit, started) = start(&config);
    let recovered = started.recovered.unwrap();
    let cut = fs::read(&log.files[last]).unwrap();
    assert!(cut.starts_with(&bytes[..bytes.len() - 100]), "nothing is cut away");
    assert_eq!(recovered.after_sequence, log.sequence(last, log.lengths[last] - 1));
    write(&audit, 3);
    audit.stop(NOW);
    let checked = log.check();
    assert_eq!(checked.faults, []);
    assert_eq!(checked.notes[0].what, Remark::Recovered { torn_bytes: recovered.torn_bytes });
    // What is torn is evidence: taking it away is a fault again.
    let text = fs::read_to_string(&log.files[last]).unwrap();
    let number = usize::try_from(log.lengths[last]).unwrap();
    let without: String =
        text.lines().enumerate().filter(|(at, _)| at + 1 != number).map(|(_, l)| format!("{l}\n")).collect();
    fs::write(&log.files[last], without).unwrap();
    assert_eq!(found(&log.check()), [("torn", log.lengths[last], Some(recovered.after_sequence + 1))]);
}

#[test]
fn a_tail_may_be_torn_at_any_byte() {
    let folder = Folder::new();
    let (audit, _) = start(&config(&folder));
    write(&audit, 2);
    audit.stop(NOW);
    let file = files(&folder.join("audit")).remove(0);
    let bytes = fs::read(&file).unwrap();
    let second = lines(&folder.join("audit"))[..2].iter().map(|line| line.len() + 1).sum::<usize>();
    let third = second + lines(&folder.join("audit"))[2].len() + 1;
    // From behind the second line to behind the third: without any of it, with all but its newline, and with all.
    for cut in (second..third).step_by(97).chain([third - 2, third - 1, third]) {
        fs::write(&file, &bytes[..cut]).unwrap();
        let (audit, started) = start(&config(&folder));
        let recovered = started.recovered.unwrap();
        let torn = if cut == third || cut == second { 0 } else { (cut - second) as u64 + 2 };
        assert_eq!((recovered.torn_bytes, recovered.after_sequence), (torn, if cut == third { 3 } else { 2 }));
        write(&audit, 1);
        audit.stop(NOW);
        let checked = check(&[&folder.join("audit")]);
        assert_eq!(checked.faults, [], "{cut}");
    }
}

#[test]
fn a_log_whose_very_first_line_is_torn_goes_on() {
    let folder = Folder::new();
    fs::create_dir_all(folder.join("audit")).unwrap();
    fs::write(folder.join("audit").join("audit-20250301T090000Z-000000000001.ndjson"), r#"{"resourceType":"Aud"#)
        .unwrap();
    let (audit, started) = start(&config(&folder));
    assert_eq!(started.recovered.unwrap().torn_bytes, 22);
    write(&audit, 3);
    audit.stop(NOW);
    assert_eq!(check(&[&folder.join("audit")]).faults, []);
}

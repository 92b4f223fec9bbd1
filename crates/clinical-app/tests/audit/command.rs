//! `clinical-notes audit verify`

use super::support::*;
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::process::Command;

fn verify(arguments: &[&OsStr]) -> (i32, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_clinical-notes")).args(["audit", "verify"]).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_whole_log_ends_with_0_and_a_changed_one_with_1_and_its_place() {
    let folder = Folder::new();
    let (audit, started) = start(&config(&folder));
    write(&audit, 5);
    audit.stop(NOW);
    let (path, key) = (folder.join("audit"), OsStr::new(&started.public_key_base64));
    let (code, out, err) = verify(&["--public-key".as_ref(), key, path.as_ref()]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out, format!("signed by {}\n7 lines in 1 file, 2 checkpoints, 0 faults\n", started.public_key_base64));
    let file = files(&path).remove(0);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("192.0.2.7", "192.0.2.8", 1)).unwrap();
    let (code, out, _) = verify(&[path.as_ref()]);
    assert_eq!(code, 1);
    assert!(out.starts_with(&format!("{}:2: sequence 2: fault: the line was changed\n", file.display())), "{out}");
    assert!(out.contains("give --public-key"), "{out}");
    let (code, out, _) = verify(&["--format".as_ref(), "json".as_ref(), path.as_ref()]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &report["ok"], &report["faults"][0]["kind"]), (1, &false.into(), &"changed".into()));
    assert_eq!((&report["faults"][0]["line"], &report["faults"][0]["sequence"]), (&2.into(), &2.into()));
}

#[test]
fn what_cannot_be_read_ends_with_2_and_a_wrong_key_with_64() {
    let folder = Folder::new();
    let path = folder.join("none");
    assert_eq!(verify(&[path.as_ref()]).0, 2);
    fs::create_dir(&path).unwrap();
    let (code, out, err) = verify(&[path.as_ref()]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("holds no .ndjson file"), "{err}");
    let (code, _, err) = verify(&["--public-key".as_ref(), "CANARY".as_ref(), path.as_ref()]);
    assert_eq!(code, 64);
    assert!(err.contains("--public-key must be") && !err.contains("CANARY"), "{err}");
}

#[test]
fn a_digest_can_be_checked_by_hand() {
    let folder = Folder::new();
    let (audit, _) = start(&config(&folder));
    write(&audit, 1);
    audit.stop(NOW);
    let file = files(&folder.join("audit")).remove(0);
    // The commands of docs/AUDIT.md: an access, and a checkpoint.
    for number in [2, 3] {
        let script = format!(
            r#"sed -n {number}p "$0" | tr -d '\n' | sed -E 's/[0-9a-f]{{64}}"}}(,\{{"url":"signature"[^}}]*}})?]}}]}}$//' | sha256sum | cut -c1-64"#
        );
        let output = Command::new("sh").args(["-c", &script]).arg(&file).output().unwrap();
        let digest = String::from_utf8(output.stdout).unwrap();
        let line = lines(&folder.join("audit")).remove(number - 1);
        assert!(line.contains(&format!(r#"{{"url":"digest","valueString":"{}"}}"#, digest.trim())), "{digest}");
    }
}

#[test]
fn a_signature_can_be_checked_by_hand() {
    let folder = Folder::new();
    let (audit, started) = start(&config(&folder));
    audit.stop(NOW);
    let file = files(&folder.join("audit")).remove(0);
    let script = r#"
        set -e
        cd "$1"
        line=$(sed -n 1p "$0")
        printf %s "$2" | base64 -d > raw.pub
        (printf '\060\052\060\005\006\003\053\145\160\003\041\000'; cat raw.pub) > key.der
        printf 'clinical-notes audit checkpoint %s' \
            "$(printf %s "$line" | sed -E 's/.*"digest","valueString":"([0-9a-f]{64})".*/\1/')" > message
        printf %s "$line" | sed -E 's/.*"signature","valueBase64Binary":"([^"]*)".*/\1/' | base64 -d > signature
        openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in message -sigfile signature
    "#;
    if Command::new("openssl").arg("version").output().is_err() {
        let must = std::env::var_os("NOTES_REAL_COMPONENTS").is_some();
        assert!(!must, "openssl is not here");
        println!("not run: openssl is not here");
        return;
    }
    let output = Command::new("sh")
        .args(["-c", script])
        .arg(&file)
        .arg(folder.join(""))
        .arg(&started.public_key_base64)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

//! `clinical-notes audit verify`: logs in which somebody wrote identifiers. It says which line is wrong and never what
//! stands there; files are named as they were given.

use super::canaries::Canaries;
use super::commands::{clean_but_for, names, run};
use super::folders::World;
use super::server::{Request, Server};
use clinical_app::args::AuditReport;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A line with its own digest made anew, so that it is a whole line with other content.
fn sealed(line: &str) -> String {
    let begin = "\"url\":\"digest\",\"valueString\":\"";
    let at = line.find(begin).unwrap() + begin.len();
    let digest: String = Sha256::digest(&line[..at]).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}{digest}{}", &line[..at], &line[at + 64..])
}

/// The text between two others, exchanged.
fn exchanged(line: &str, begin: &str, end: &str, new: &str) -> String {
    let from = line.find(begin).unwrap() + begin.len();
    let to = from + line[from..].find(end).unwrap();
    format!("{}{new}{}", &line[..from], &line[to..])
}

/// A log that the service wrote, line by line, and the key that it is signed with.
fn log(world: &World) -> (Vec<String>, String) {
    let folder = world.path("logs");
    let server = Server::start(world, &[], &[("CLINICAL_LOG_DIR", folder.to_str().unwrap())]);
    for _ in 0..5 {
        let request = Request { method: "POST", target: "/api/v1/summarize", body: b"{}", ..Request::default() };
        assert_eq!(server.ask(&request.bytes()).status, 422);
    }
    let (_, err) = server.end();
    let key = err.split("the audit log is signed by ").nth(1).unwrap()[..44].to_owned();
    let mut audit = fs::read_dir(folder.join("audit")).unwrap().map(|entry| entry.unwrap().path());
    let file = audit.find(|path| path.extension().is_some()).unwrap();
    (fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect(), key)
}

pub(crate) fn verify(canaries: &Canaries) {
    let world = World::new("audits");
    let w = || canaries.word();
    let (good, key) = log(&world);
    let stem = world.path("cwd").join(w());
    let file = |name: &str, content: &str| -> PathBuf {
        let folder = stem.join(name);
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{}-000000000001.ndjson", w()));
        fs::write(&path, content).unwrap();
        path
    };
    let mut logs = vec![file("good", &(good.join("\n") + "\n")), file("empty", ""), file("words", &w().repeat(9000))];
    for (at, line) in good.iter().enumerate() {
        let chain = format!("{}00", &w()[..14]);
        let signer = format!("{}==", w().repeat(3));
        let mut changes = vec![
            w(),
            format!("{line}{}", w()),
            format!("{}{}", w(), line),
            line[..line.len() / 2].to_owned() + &w(),
            exchanged(line, "\"outcomeDesc\":\"", "\"", &w()),
            sealed(&exchanged(line, "\"outcomeDesc\":\"", "\"", &w())),
            sealed(&exchanged(line, "\"url\":\"log\",\"valueString\":\"", "\"", &chain)),
            sealed(&line.replacen("{\"resourceType\"", &format!("{{\"{}\":\"{}\",\"resourceType\"", w(), w()), 1)),
            exchanged(line, "\"url\":\"previous\",\"valueString\":\"", "\"", &w().repeat(5)[..64]),
            sealed(&exchanged(line, "\"url\":\"previous\",\"valueString\":\"", "\"", &w().repeat(5)[..64])),
            format!("{line}\n{}", sealed(&exchanged(line, "\"outcomeDesc\":\"", "\"", &w()))),
        ];
        if line.contains("\"url\":\"signer\"") {
            let begin = "\"url\":\"signer\",\"valueBase64Binary\":\"";
            changes.push(sealed(&exchanged(line, begin, "\"", &signer)));
            changes.push(exchanged(line, "\"url\":\"signature\",\"valueBase64Binary\":\"", "\"", &w().repeat(7)[..88]));
        }
        for (number, change) in changes.iter().enumerate() {
            let mut lines = good.clone();
            lines[at].clone_from(change);
            logs.push(file(&format!("{at}-{number}"), &(lines.join("\n") + "\n")));
        }
    }
    let mut codes = BTreeSet::new();
    for format in names::<AuditReport>() {
        for path in &logs {
            let folder = path.parent().unwrap();
            for (given, more) in [(path.as_path(), &[][..]), (folder, &[]), (folder, &["--public-key", &key])] {
                codes.insert(one(&world, canaries, &[given], path, &[&["--format", &format], more].concat()));
            }
            codes.insert(one(&world, canaries, &[folder, logs[0].parent().unwrap()], path, &["--format", &format]));
        }
        let nowhere = stem.join(w());
        codes.insert(one(&world, canaries, &[&nowhere], &nowhere, &["--format", &format]));
    }
    assert_eq!(codes, BTreeSet::from([0, 1, 2]));
}

fn one(world: &World, canaries: &Canaries, given: &[&Path], file: &Path, options: &[&str]) -> i32 {
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let mut known: Vec<String> = given.iter().map(|path| text(path)).chain([text(file)]).collect();
    for folder in given.iter().filter(|path| path.is_dir()) {
        known.extend(fs::read_dir(folder).unwrap().map(|entry| text(&entry.unwrap().path())));
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let paths: Vec<String> = given.iter().map(|path| text(path)).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let done = run(world, &[&["audit", "verify"][..], options, &paths].concat(), b"");
    clean_but_for(canaries, "standard error of audit verify", &done.err, &known);
    clean_but_for(canaries, "standard output of audit verify", &done.out, &known);
    done.code
}

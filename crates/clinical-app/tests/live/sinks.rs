//! A place of the audit log that cannot be written: at the start, and later.

use crate::client::{Ask, Reply};
use crate::folder::{Folder, until};
use crate::lines::{accesses, checkpoints, detail, files, of, security};
use crate::service::{Service, free_port, outcome, program, refused, verify};
use crate::tokens::{AUDIENCE, SECRET, token};
use clinical_app::access::Need;
use clinical_app::access::table::TABLE;
use rustix::process::{Resource, Rlimit, getrlimit, prlimit};
use std::fs::{self, File};
use std::process::{Command, Stdio};

#[test]
fn a_place_that_cannot_be_written_stops_the_start_and_is_named() {
    let folder = Folder::new("unwritable");
    for (file, sink) in [("audit", "audit-folder"), ("security", "security-folder")] {
        let logs = folder.text(sink);
        fs::create_dir(&logs).unwrap();
        folder.write(&format!("{sink}/{file}"), "a file in the place of a folder");
        let (code, said) = refused(program(&[("CLINICAL_LOG_DIR", &logs)]));
        assert_eq!(code, Some(2), "{sink}: {said}");
        assert!(said.contains(&format!("the audit log cannot be written to {sink}:")), "{said}");
        assert!(!said.contains(&logs), "no value is repeated: {said}");
    }
    // Another process has the folder.
    let logs = folder.text("shared");
    let first = Service::start(&[("CLINICAL_LOG_DIR", &logs)]);
    let (code, said) = refused(program(&[("CLINICAL_LOG_DIR", &logs)]));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("audit-folder: another process writes there"), "{said}");
    first.end();
    // An output that takes nothing.
    let mut full = program(&[("CLINICAL_AUDIT_SINKS", "stdout")]);
    full.stdout(File::options().write(true).open("/dev/full").unwrap());
    let (code, said) = refused(full);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("cannot be written to stdout"), "{said}");
    // A collector that is not there.
    let nobody = format!("127.0.0.1:{}", free_port());
    let (code, said) = refused(program(&[("CLINICAL_AUDIT_SINKS", "syslog"), ("CLINICAL_AUDIT_SYSLOG", &nobody)]));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("cannot be written to syslog"), "{said}");
    // The folder of the log itself.
    let (code, said) = refused(program(&[("CLINICAL_LOG_DIR", "/dev/null/logs")]));
    assert_eq!(code, Some(64), "{said}");
    assert!(said.contains("CLINICAL_LOG_DIR") && !said.contains("/dev/null"), "{said}");
}

/// The program, for which a file that grows too large is an error and not the end.
fn patient_program(settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new("/bin/sh");
    let ignore = "trap '' XFSZ; exec \"$0\" \"$@\"";
    command.args(["-c", ignore, env!("CARGO_BIN_EXE_clinical-notes")]);
    command.env_clear().envs(settings.iter().copied()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn healthcheck(service: &Service) -> Option<i32> {
    let mut command = program(&[("CLINICAL_PORT", &service.address.port().to_string())]);
    command.arg("healthcheck");
    outcome(command).0
}

fn is_refused_for_the_audit(reply: &Reply, what: &str) {
    assert_eq!(reply.status, 503, "{what}");
    assert_eq!(reply.json()["issue"][0]["code"], "transient", "{what}");
    assert!(reply.text().contains("Accesses cannot be written down"), "{what}");
    assert!(reply.header("retry-after").is_some(), "{what}");
}

#[test]
fn a_place_that_breaks_later_stops_work_on_documents_and_nothing_else_until_it_is_mended() {
    let folder = Folder::new("full");
    let logs = folder.text("");
    let service = Service::run(patient_program(&[
        ("OAUTH2_JWT_SECRET", SECRET),
        ("OAUTH2_AUDIENCE", AUDIENCE),
        ("CLINICAL_LOG_DIR", &logs),
        ("CLINICAL_RATE_LIMIT_PER_MINUTE", "100000"),
    ]));
    let ask = Ask::note(&token("subject-1", "phi:deidentify"));
    let mut given_out = Vec::new();
    // So many that the security log, for which the limit holds, too, is the shorter one.
    for _ in 0..50 {
        let reply = service.ask(&ask);
        assert_eq!(reply.status, 200);
        given_out.push(reply.id());
    }
    assert_eq!(healthcheck(&service), Some(0));
    // No room for more than a line or two: a limit of the process stands for a full disk.
    let open = getrlimit(Resource::Fsize);
    let length = fs::metadata(&files(&folder.join("audit"))[0]).unwrap().len();
    prlimit(Some(service.pid()), Resource::Fsize, Rlimit { current: Some(length + 3000), ..open }).unwrap();
    let mut line = service.line();
    let mut turned_away = Vec::new();
    while turned_away.is_empty() {
        let reply = line.ask(&ask).unwrap();
        if reply.status == 200 {
            given_out.push(reply.id());
        } else {
            is_refused_for_the_audit(&reply, "the first");
            turned_away.push(reply.id());
        }
        assert!(given_out.len() < 60, "the limit was not felt");
    }
    for row in TABLE.iter().filter(|row| row.need != Need::Open) {
        let path = row.path.replace("{id}", "1").replace("{kind}", "summary");
        let ask = Ask::new(row.method, &path).bearer(&token("subject-1", "admin"));
        let reply = service.ask(&ask.body("application/json", "{}"));
        is_refused_for_the_audit(&reply, row.path);
        turned_away.push(reply.id());
    }
    let ready = service.get("/api/v1/health/ready");
    assert_eq!((ready.status, &ready.json()["failed"]), (503, &serde_json::json!(["audit"])));
    assert_eq!(service.get("/health").status, 503);
    for open in ["/api/v1/health/live", "/", "/docs", "/samples", "/metrics"] {
        assert_eq!(service.get(open).status, 200, "{open}");
    }
    assert_eq!(service.dependency("audit_sink")["status"], "down");
    assert_eq!(service.metric("clinical_audit_well"), Some(0.0));
    assert_eq!(healthcheck(&service), Some(1));
    // There is room again.
    prlimit(Some(service.pid()), Resource::Fsize, open).unwrap();
    until("it is ready again", || service.get("/api/v1/health/ready").status == 200);
    for _ in 0..5 {
        let reply = service.ask(&ask);
        assert_eq!(reply.status, 200);
        given_out.push(reply.id());
    }
    assert_eq!(healthcheck(&service), Some(0));
    let said = service.end();
    for word in ["audit-broken", "audit-restored"] {
        assert_eq!(said.matches(word).count(), 1, "{word}: {said}");
    }
    verify(&folder);
    let lines = accesses(&folder);
    assert!(given_out.iter().all(|id| of(&lines, id).outcome == "granted"));
    assert_eq!(lines.len(), given_out.len(), "nothing was given out without its line");
    let events = security(&folder);
    for name in ["sink-broken", "sink-recovered"] {
        let about: Vec<_> = events.iter().filter(|(event, _, _)| event == name).map(|(_, about, _)| about).collect();
        assert_eq!(about, ["audit-folder"], "{name}");
    }
    let told: Vec<_> = events.iter().filter(|(_, about, _)| about == "audit-unwell").map(|(_, _, id)| id).collect();
    assert!(turned_away[1..].iter().eq(told), "each that was turned away is told by the security log");
    let [recovery] = checkpoints(&folder, "recovery").try_into().expect("one recovery");
    assert_eq!(detail(&recovery, "unwritten"), Some(turned_away.len().to_string()), "all that were turned away");
    assert_ne!(detail(&recovery, "torn-bytes"), Some("0".to_owned()));
}

//! The service ends when it is asked to, and drops nobody.

use crate::client::{Ask, Line};
use crate::folder::{Folder, until, wait};
use crate::lines::{Access, accesses, checkpoints, events, of};
use crate::person::Person;
use crate::service::{Process, Service, program, verify};
use crate::tokens::{AUDIENCE, ISSUER, SECRET, token};
use rustix::process::{Pid, Signal, kill_process};
use std::net::{TcpListener, TcpStream};

fn upload(subject: &str) -> Vec<u8> {
    let ask = Ask::new("POST", "/api/v1/deidentify").bearer(&token(subject, "phi:deidentify"));
    ask.body("text/plain", "BP 138/84. ".repeat(1000)).bytes()
}

#[test]
fn in_production_readiness_says_so_first_and_an_upload_is_finished() {
    let Some(person) = Person::ordinary() else { return };
    let folder = Folder::new("drain");
    person.owns(&folder);
    let logs = folder.text("");
    let mut service = Service::start_as(
        person,
        &[
            ("CLINICAL_ENVIRONMENT", "production"),
            ("CLINICAL_ALLOWED_HOSTS", "notes.example"),
            ("OAUTH2_JWT_SECRET", SECRET),
            ("OAUTH2_AUDIENCE", AUDIENCE),
            ("CLINICAL_LOG_DIR", &logs),
        ],
    );
    let bytes = upload("uploading");
    let mut line = service.line();
    line.send(&bytes[..bytes.len() / 2]).unwrap();
    until("the upload is taken", || service.metric("clinical_http_requests_in_flight") == Some(2.0));
    service.terminate();
    // The door is open, so that whoever spreads the load can hear it. A refused connection fails this.
    until("readiness says so", || service.get("/api/v1/health/ready").status == 503);
    assert_eq!(service.get("/api/v1/health/ready").json()["failed"][0], "draining");
    assert_eq!(service.get("/api/v1/health/live").status, 200);
    let during = service.ask(&Ask::note(&token("during", "phi:deidentify")));
    assert_eq!(during.status, 200, "who comes now is served");
    until("the door is closed", || TcpStream::connect(service.address).is_err());
    line.send(&bytes[bytes.len() / 2..]).unwrap();
    let reply = line.reply().unwrap();
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(service.ended().code(), Some(0));
    let lines = accesses(&folder);
    for (id, subject) in [(reply.id(), "uploading"), (during.id(), "during")] {
        let access = of(&lines, &id);
        assert_eq!((access.subject.as_deref(), access.outcome.as_str()), (Some(subject), "granted"));
    }
    verify(&folder);
}

#[test]
fn who_does_not_come_to_an_end_does_not_hold_it_up_and_has_a_line_all_the_same() {
    let folder = Folder::new("cut-off");
    let logs = folder.text("");
    let mut service = Service::start(&[
        ("OAUTH2_JWT_SECRET", SECRET),
        ("OAUTH2_AUDIENCE", AUDIENCE),
        ("CLINICAL_LOG_DIR", &logs),
        ("CLINICAL_MAX_PROCESSING_TIME_SECONDS", "3"),
    ]);
    let much = Ask::new("POST", "/api/v1/deidentify?format=document").bearer(&token("deaf", "phi:deidentify"));
    let mut deaf = service.line();
    deaf.send(&much.body("text/plain", "BP 138/84, pulse 72. ".repeat(50_000)).bytes()).unwrap();
    until("the deaf one has its reply", || accesses(&folder).len() == 1);
    let bytes = upload("stalled");
    let mut stalled: Vec<Line> = Vec::new();
    for _ in 0..5 {
        let mut line = service.line();
        line.send(&bytes[..bytes.len() / 2]).unwrap();
        stalled.push(line);
    }
    until("the uploads are taken", || service.metric("clinical_http_requests_in_flight") == Some(6.0));
    service.terminate();
    assert_eq!(service.ended().code(), Some(0));
    let lines = accesses(&folder);
    assert_eq!(lines.iter().filter(|line| line.subject.as_deref() == Some("stalled")).count(), stalled.len());
    let is_right = |line: &Access| match line.subject.as_deref() {
        Some("deaf") => line.outcome == "granted",
        _ => line.outcome == "abandoned",
    };
    assert!(lines.iter().all(is_right), "{lines:?}");
    verify(&folder);
}

#[test]
fn who_is_asked_to_end_while_it_starts_ends_its_log() {
    let folder = Folder::new("early");
    // It takes connections and says nothing: the start waits for it for some seconds.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = program(&[
        ("OAUTH2_JWKS_URL", &format!("http://{}/keys", silent.local_addr().unwrap())),
        ("OAUTH2_ISSUER", ISSUER),
        ("OAUTH2_AUDIENCE", AUDIENCE),
        ("CLINICAL_LOG_DIR", &folder.text("")),
    ]);
    let mut process = Process(command.args(["serve", "--port", "0"]).spawn().unwrap());
    until("the logs have begun", || folder.join("security").is_dir() && events(&folder, "security").len() >= 2);
    kill_process(Pid::from_child(&process.0), Signal::TERM).unwrap();
    let status = wait("the service ends", || process.0.try_wait().unwrap());
    assert_eq!(status.code(), Some(0));
    assert_eq!(checkpoints(&folder, "stop").len(), 1);
    verify(&folder);
}

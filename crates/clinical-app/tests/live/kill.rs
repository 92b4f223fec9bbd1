//! A service that is killed again and again under load keeps every line that it acknowledged.

use crate::client::{Ask, Line};
use crate::folder::{Folder, until};
use crate::lines::accesses;
use crate::service::{Service, verify};
use crate::tokens::{AUDIENCE, SECRET, token};
use std::collections::BTreeMap;
use std::sync::Mutex;

const LINES: usize = 10_000;
const KILLS: usize = 5;
const CONNECTIONS: usize = 4;

/// The replies that were received: their ids, and their statuses.
type Received = Mutex<BTreeMap<String, u16>>;

/// Asks until the service is gone.
fn load(service: &Service, ask: &Ask, received: &Received) {
    let Ok(mut line) = Line::open(service.address) else { return };
    let bytes = ask.bytes();
    while line.send(&bytes).is_ok() {
        let Ok(reply) = line.reply() else { return };
        // On a machine with other things to do, some are told to come again.
        assert!(matches!(reply.status, 200 | 503), "{}", reply.text());
        assert!(received.lock().unwrap().insert(reply.id(), reply.status).is_none(), "an id came twice");
    }
}

#[test]
fn ten_thousand_lines_under_load_and_no_acknowledged_one_is_lost_by_kills() {
    let folder = Folder::new("kill");
    let logs = folder.text("");
    let settings = [
        ("OAUTH2_JWT_SECRET", SECRET),
        ("OAUTH2_AUDIENCE", AUDIENCE),
        ("CLINICAL_LOG_DIR", &logs),
        ("CLINICAL_LOG_LEVEL", "WARNING"),
        ("CLINICAL_RATE_LIMIT_PER_MINUTE", "1000000"),
        // Files end in between, too.
        ("CLINICAL_AUDIT_ROTATE_MB", "4"),
    ];
    let ask = Ask::note(&token("loader", "phi:deidentify"));
    let received = Received::default();
    for kill in 1..=KILLS {
        let service = Service::start(&settings);
        std::thread::scope(|scope| {
            for _ in 0..CONNECTIONS {
                scope.spawn(|| load(&service, &ask, &received));
            }
            until("enough was answered", || received.lock().unwrap().len() >= LINES * kill / KILLS);
            rustix::process::kill_process(service.pid(), rustix::process::Signal::KILL).unwrap();
        });
        service.kill();
    }
    let service = Service::start(&settings);
    assert_eq!(service.ask(&ask).status, 200);
    service.end();
    verify(&folder);
    let lines = accesses(&folder);
    assert!(lines.iter().all(|line| line.subject.as_deref() == Some("loader")));
    let written: BTreeMap<&String, &String> = lines.iter().map(|line| (&line.id, &line.status)).collect();
    assert_eq!(written.len(), lines.len(), "no request has two lines");
    let received = received.into_inner().unwrap();
    let granted = received.values().filter(|status| **status == 200).count();
    assert!(received.len() >= LINES && granted > LINES / 2, "{granted} were granted");
    for (id, status) in &received {
        assert_eq!(written.get(id), Some(&&status.to_string()), "the line of an answered request");
    }
    let unanswered = written.len() - received.len();
    assert!(unanswered <= KILLS * CONNECTIONS + 1, "{unanswered} lines of requests that nobody was told of");
    println!("{} lines, {KILLS} kills, {unanswered} of requests that were not answered", written.len());
}

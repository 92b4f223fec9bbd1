//! Clients that are slow, broken or gone. Whatever they do, the others are served and nothing of them stays.

use crate::client::{Ask, Line};
use crate::folder::{Folder, until};
use crate::lines::{accesses, of};
use crate::service::{Service, verify};
use crate::tokens::{AUDIENCE, SECRET, token};

const EACH: usize = 10;

#[test]
fn slow_and_broken_clients_hold_up_nobody_and_leave_nothing_behind() {
    let folder = Folder::new("slow");
    let logs = folder.text("");
    let service = Service::start(&[
        ("OAUTH2_JWT_SECRET", SECRET),
        ("OAUTH2_AUDIENCE", AUDIENCE),
        ("CLINICAL_LOG_DIR", &logs),
        ("CLINICAL_RATE_LIMIT_PER_MINUTE", "1000000"),
        ("CLINICAL_MAX_PROCESSING_TIME_SECONDS", "60"),
    ]);
    let mut good = service.line();
    let note = Ask::note(&token("good", "phi:deidentify"));
    let mut served = vec![good.ask(&note).unwrap().id()];
    let open_files = || service.metric("process_open_fds").unwrap();
    let before = open_files();

    let upload = |subject: &str| {
        let ask = Ask::new("POST", "/api/v1/deidentify").bearer(&token(subject, "phi:deidentify"));
        ask.body("text/plain", "BP 138/84. ".repeat(2000)).bytes()
    };
    let part = |bytes: &[u8], length: usize| {
        let mut line = service.line();
        line.send(&bytes[..length]).unwrap();
        line
    };
    let (mut patient, mut leaving): (Vec<Line>, Vec<Line>) = Default::default();
    for _ in 0..EACH {
        // Nothing, half a head, half a body; all of them wait for the service to lose its patience.
        patient.push(service.line());
        patient.push(part(&upload("half"), 40));
        let half = |subject: &str| {
            let bytes = upload(subject);
            part(&bytes, bytes.len() / 2)
        };
        patient.push(half("stalled"));
        leaving.extend([half("aborted"), half("aborted")]);
    }
    // What is reset before it was read never came.
    let taken = (1 + 3 * EACH) as f64;
    until("the uploads are taken", || service.metric("clinical_http_requests_in_flight") == Some(taken));
    leaving.drain(..EACH).for_each(Line::reset);
    drop(leaving);
    // Those that ask for much and read nothing of it.
    let much = Ask::new("POST", "/api/v1/deidentify?format=document").bearer(&token("deaf", "phi:deidentify"));
    let much = much.body("text/plain", "BP 138/84, pulse 72. ".repeat(150_000)).bytes();
    let deaf: Vec<Line> = (0..3).map(|_| part(&much, much.len())).collect();
    until("the deaf have their replies", || {
        accesses(&folder).iter().filter(|access| access.subject.as_deref() == Some("deaf")).count() == deaf.len()
    });

    for _ in 0..EACH {
        let reply = good.ask(&note).unwrap();
        assert_eq!(reply.status, 200);
        served.push(reply.id());
        assert_eq!(service.get("/api/v1/health/live").status, 200);
    }
    // An answer or an end for each: 20 seconds for a head, 30 for a body.
    patient.iter_mut().for_each(|line| {
        line.rest();
    });
    until("nothing is in flight but the question", || service.metric("clinical_http_requests_in_flight") == Some(1.0));
    drop((deaf, patient, good));
    until("the connections are closed", || open_files() < before);
    let reply = service.ask(&note);
    assert_eq!(reply.status, 200);
    served.push(reply.id());
    service.end();
    verify(&folder);
    let lines = accesses(&folder);
    assert!(served.iter().all(|id| of(&lines, id).outcome == "granted"));
    let of_subject = |name: &str| lines.iter().filter(|line| line.subject.as_deref() == Some(name)).count();
    assert_eq!(of_subject("good"), served.len());
    assert_eq!((of_subject("stalled"), of_subject("aborted"), of_subject("half")), (EACH, 2 * EACH, 0));
    assert!(lines.iter().filter(|line| line.subject.as_deref() == Some("stalled")).all(|line| line.status == "408"));
}

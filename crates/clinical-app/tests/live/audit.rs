//! Every access has its line, and nothing of what was sent stands in it.

use crate::client::Ask;
use crate::folder::{Folder, until};
use crate::lines::{Access, accesses, files, of, security};
use crate::service::{Service, verify};
use crate::tokens::{AUDIENCE, SECRET, claims, signed, token};
use clinical_app::access::table::TABLE;
use clinical_app::access::{Need, Scope};
use clinical_app::fault;
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// Stands nowhere but where a client put it.
const CANARY: &str = "Zqxvada";

fn settings(folder: &Folder) -> Vec<(&'static str, String)> {
    vec![
        ("OAUTH2_JWT_SECRET", SECRET.to_owned()),
        ("OAUTH2_AUDIENCE", AUDIENCE.to_owned()),
        ("CLINICAL_LOG_DIR", folder.text("")),
        ("CLINICAL_MAX_REQUEST_SIZE_MB", "8".to_owned()),
        ("CLINICAL_RATE_LIMIT_PER_MINUTE", "200".to_owned()),
        ("CLINICAL_TRUSTED_PROXIES", "127.0.0.1".to_owned()),
    ]
}

fn start(folder: &Folder, more: &[(&'static str, &str)]) -> Service {
    let mut all = settings(folder);
    all.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Service::start(&all)
}

/// A request with a canary wherever a client can put one.
fn planted(method: &str, path: &str) -> Ask {
    let path = path.replace("{id}", CANARY).replace("{kind}", "summary");
    let path = path.replace("/assets/{name}", "/assets/app.css").replace("/docs/{name}", "/docs/docs.css");
    let mut ask = Ask::new(method, &format!("{}?{CANARY}={CANARY}", path.replace("{name}", "visit")));
    for name in ["User-Agent", "X-Request-ID", "Cookie", "Referer", "Traceparent", "X-Forwarded-Host", "X-Patient"] {
        ask = ask.header(name, CANARY);
    }
    ask = ask.header("X-Forwarded-For", &format!("{CANARY}, 198.51.100.7"));
    if method == "POST" {
        let entry = json!([{ "resource": { "resourceType": "Patient", "name": [{ "family": CANARY }] } }]);
        let bundle = json!({ "resourceType": "Bundle", "type": "collection", "id": CANARY, "entry": entry });
        ask = ask.body("application/json", bundle.to_string());
    }
    ask
}

/// A token that says more than it has to.
fn talkative(subject: &str, scope: &str) -> String {
    let mut claims = claims(subject, scope);
    for name in ["name", "email", "preferred_username", "given_name", "jti", "sid"] {
        claims[name] = json!(CANARY);
    }
    signed(SECRET, &claims)
}

/// What the line of each request must say, beside its id.
struct Expected(Vec<(String, Access)>);

impl Expected {
    fn add(&mut self, what: &str, id: String, subject: Option<&str>, job: &str, status: u16, outcome: &str) {
        let access = Access {
            id: id.clone(),
            subject: subject.map(str::to_owned),
            peer: "198.51.100.7".to_owned(),
            job: job.to_owned(),
            status: status.to_string(),
            outcome: outcome.to_owned(),
        };
        self.0.push((what.to_owned(), access));
    }

    fn hold(&self, folder: &Folder) {
        let found = accesses(folder);
        for (what, access) in &self.0 {
            assert_eq!(of(&found, &access.id), access, "{what}");
        }
        assert_eq!(found.len(), self.0.len(), "there are lines of nothing");
    }
}

/// The code of the audit log for a status.
fn outcome(status: u16) -> &'static str {
    match status {
        200 => "granted",
        415 | 422 => "invalid-document",
        501 => "no-such-route",
        400 | 404 | 405 | 406 => "invalid-request",
        other => panic!("{other}"),
    }
}

fn nothing_was_kept(folder: &Folder) {
    for log in ["audit", "security"] {
        for file in files(&folder.join(log)) {
            let text = std::fs::read_to_string(&file).unwrap().to_lowercase();
            assert!(!text.contains(&CANARY.to_lowercase()), "{}", file.display());
        }
    }
    let text = std::fs::read_to_string(folder.join("application.log")).unwrap();
    assert!(!text.contains(CANARY), "application.log");
}

#[test]
fn every_guarded_access_has_one_line_that_is_right_and_open_routes_have_none() {
    let folder = Folder::new("lines");
    let service = start(&folder, &[]);
    let mut expected = Expected(Vec::new());
    let named = format!("{CANARY} <ada@example.org>");
    let digest =
        Sha256::digest(&named)[..16].iter().fold("sha256:".to_owned(), |text, byte| text + &format!("{byte:02x}"));
    for row in TABLE {
        let (job, what) = (format!("{} {}", row.method, row.path), format!("{} {}", row.method, row.path));
        let ask = || planted(row.method, row.path);
        let Need::Scope(scope) = row.need else {
            assert_eq!(service.ask(&ask().bearer("no.good.token")).status, 200, "{what}");
            continue;
        };
        let wrong = if scope == Scope::AuditRead { "fhir:validate" } else { "audit:read" };
        let mut send = |ask: Ask, subject: Option<&str>, refused: Option<(u16, &str)>| {
            let reply = service.ask(&ask);
            let (status, code) = refused.unwrap_or_else(|| (reply.status, outcome(reply.status)));
            assert_eq!(reply.status, status, "{what}");
            expected.add(&what, reply.id(), subject, &job, status, code);
        };
        send(ask(), None, Some((401, "no-token")));
        send(ask().bearer(&format!("{CANARY}.{CANARY}.{CANARY}")), None, Some((401, "bad-token")));
        send(ask().bearer(&talkative("subject-1", wrong)), Some("subject-1"), Some((403, "missing-scope")));
        send(ask().bearer(&talkative("subject-2", scope.as_str())), Some("subject-2"), None);
        send(ask().bearer(&talkative(&named, "admin")), Some(&digest), None);
    }
    // A method that is not served, an address that is none of ours, and a browser that asks first.
    for (method, path, status) in
        [("GET", "/api/v1/summarize", 405), ("POST", "/api/v1/nowhere", 404), ("OPTIONS", "/api/v1/deidentify", 200)]
    {
        let ask = planted(method, path).bearer(&token("subject-1", "admin")).header("Origin", "https://x.example");
        assert_eq!(service.ask(&ask.header("Access-Control-Request-Method", "POST")).status, status, "{method} {path}");
    }
    let (deidentify, job) = ("/api/v1/deidentify", "POST /api/v1/deidentify");
    let mut old = claims("subject-3", "phi:deidentify");
    old["exp"] = json!(1_000_000);
    let mut elsewhere = claims("subject-3", "phi:deidentify");
    elsewhere["aud"] = json!("somebody else");
    for (claims, code) in [(old, "expired-token"), (elsewhere, "wrong-audience")] {
        let reply = service.ask(&planted("POST", deidentify).bearer(&signed(SECRET, &claims)));
        assert_eq!(reply.status, 401);
        expected.add(code, reply.id(), None, job, 401, code);
    }
    // What is too long is refused before it comes.
    let head = planted("POST", deidentify).bearer(&token("subject-4", "phi:deidentify")).bytes();
    let head = String::from_utf8(head).unwrap().split("Content-Length").next().unwrap().to_owned();
    let mut line = service.line();
    line.send(format!("{head}Content-Length: 9000000\r\n\r\n").as_bytes()).unwrap();
    let reply = line.reply().unwrap();
    assert_eq!(reply.status, 413);
    expected.add("413", reply.id(), Some("subject-4"), job, 413, "too-large");
    if cfg!(debug_assertions) {
        let body = format!("{}\"{CANARY}\":1}}", fault::IN_THE_HANDLER);
        let ask = Ask::new("POST", deidentify).header("X-Forwarded-For", "198.51.100.7").body("application/json", body);
        let reply = service.ask(&ask.bearer(&token("subject-5", "phi:deidentify")));
        assert_eq!(reply.status, 500);
        expected.add("panic", reply.id(), Some("subject-5"), job, 500, "internal");
    }
    let greedy = planted("POST", deidentify).bearer(&talkative("greedy", "phi:deidentify"));
    let mut line = service.line();
    loop {
        let reply = line.ask(&greedy).unwrap();
        let code = if reply.status == 429 { "rate-limit" } else { outcome(reply.status) };
        expected.add("greedy", reply.id(), Some("greedy"), job, reply.status, code);
        if reply.status == 429 {
            break;
        }
    }
    // The lines stand there before the replies come: nothing has to be waited for.
    expected.hold(&folder);
    let events = security(&folder);
    for (what, access) in &expected.0 {
        let concerns_security = ["401", "403", "429", "500"].contains(&access.status.as_str());
        let events: Vec<_> = events.iter().filter(|(_, _, id)| *id == access.id).collect();
        assert_eq!(events.len(), usize::from(concerns_security), "{what}");
        assert!(events.iter().all(|(name, about, _)| name == "refused" && *about == access.outcome), "{what}");
    }
    service.end();
    expected.hold(&folder);
    nothing_was_kept(&folder);
    verify(&folder);
}

#[test]
fn a_document_that_takes_too_long_has_its_line() {
    let folder = Folder::new("too-long");
    let service = start(&folder, &[("CLINICAL_MAX_PROCESSING_TIME_SECONDS", "0.001")]);
    let long = "Mrs. Zqxvada was seen by Dr. Zqxvada. ".repeat(50_000);
    let ask = Ask::new("POST", "/api/v1/deidentify").bearer(&token("subject-1", "phi:deidentify"));
    let reply = service.ask(&ask.body("text/plain", long));
    assert_eq!(reply.status, 503);
    service.end();
    let found = accesses(&folder);
    let access = of(&found, &reply.id());
    assert_eq!((access.status.as_str(), access.outcome.as_str()), ("503", "time-limit"));
    assert_eq!((access.subject.as_deref(), found.len()), (Some("subject-1"), 1));
    nothing_was_kept(&folder);
    verify(&folder);
}

#[test]
fn an_access_that_its_client_leaves_half_way_has_its_line_with_its_subject() {
    let folder = Folder::new("abandoned");
    let service = start(&folder, &[("CLINICAL_MAX_PROCESSING_TIME_SECONDS", "60")]);
    let note = "Mrs. Zqxvada Fernbrook was seen by Dr. Zqxvada Ashgrove on 03/09/2024. ".repeat(100_000);
    let whole = Ask::new("POST", "/api/v1/deidentify").body("text/plain", note);
    // Half of the document, and nothing more.
    let uploading = whole.clone().bearer(&token("uploading", "phi:deidentify")).bytes();
    let mut line = service.line();
    line.send(&uploading[..uploading.len() / 2]).unwrap();
    until("the upload is taken", || service.metric("clinical_http_requests_in_flight") == Some(2.0));
    drop(line);
    until("the upload is given up", || accesses(&folder).len() == 1);
    // All of it, and nobody who waits for the answer.
    let mut line = service.line();
    let mut probe = service.line();
    line.send(&whole.bearer(&token("waiting", "phi:deidentify")).bytes()).unwrap();
    while !probe.ask(&Ask::get("/metrics")).unwrap().text().contains("\nclinical_desk_working 1") {}
    drop((line, probe));
    until("the work is given up", || accesses(&folder).len() == 2);
    until("nothing is worked on", || service.metric("clinical_desk_working") == Some(0.0));
    assert_eq!(service.metric("clinical_http_requests_in_flight"), Some(1.0), "the question itself");
    service.end();
    let found = accesses(&folder);
    let subjects: Vec<_> = found.iter().map(|access| access.subject.as_deref()).collect();
    assert_eq!(subjects, [Some("uploading"), Some("waiting")]);
    assert!(found.iter().all(|access| access.job == "POST /api/v1/deidentify"));
    let ends: Vec<_> = found.iter().map(|access| (access.status.as_str(), access.outcome.as_str())).collect();
    assert_eq!(ends, [("400", "invalid-request"), ("499", "abandoned")]);
    assert!(security(&folder).iter().all(|(name, _, _)| name != "refused"), "to leave is no offence");
    nothing_was_kept(&folder);
    verify(&folder);
}

//! Every route, method, format and failure of the service.

use super::documents::{self, Document};
use super::folders::World;
use super::server::{Reply, Request, Server};
use super::tokens::Canaries;
use clinical_app::http::router::ROUTES;
use clinical_app::log_fields::METHODS;
use std::collections::BTreeSet;
use std::path::Path;

/// What a route gives where all goes well: only such a body may hold what was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gives {
    /// Something of ours.
    Ours,
    /// A page about the document.
    Page,
    /// The document without what was found in it.
    Copy,
}

/// The addresses to ask a route at. A new route must say here how it is driven.
fn targets(route: &str, canaries: &Canaries) -> (Gives, Vec<String>) {
    let word = || canaries.word();
    let below = |known: &[&str]| {
        let mut all: Vec<String> = known.iter().map(|name| route.replace("{name}", name)).collect();
        all.push(route.replace("{name}", &word()));
        all.push(route.replace("{name}", &format!("{}%20{}", word(), word())));
        all.push(route.replace("{name}", &format!("%ff{}", word())));
        all
    };
    let queries = |mut all: Vec<String>| {
        let first = all[0].clone();
        all.push(format!("{first}?{}={}&{}", word(), word(), word()));
        all
    };
    match route {
        "/" | "/samples" | "/api/v1/health/live" => (Gives::Ours, queries(vec![route.to_owned()])),
        "/assets/{name}" => (Gives::Ours, queries(below(&["app.css", "app.js"]))),
        "/samples/{name}" => (Gives::Ours, queries(below(&["visit", "visit.json"]))),
        "/api/v1/summarize" => {
            let formats = ["json", "html", "text", "markdown"].map(|format| format!("{route}?format={format}"));
            let mut all = queries([vec![route.to_owned()], formats.to_vec()].concat());
            all.push(format!("{route}?format={}", word()));
            all.push(format!("{route}?large_print={}", word()));
            all.push(format!("{route}/{}", word()));
            (Gives::Page, all)
        }
        "/api/v1/deidentify" => {
            let known = [
                "format=json",
                "format=document",
                "policy=mask",
                "policy=surrogate",
                "format=document&policy=keep-dates",
            ];
            let mut all =
                queries([vec![route.to_owned()], known.map(|query| format!("{route}?{query}")).to_vec()].concat());
            for name in ["format", "policy", "subject"] {
                all.push(format!("{route}?{name}={}", word()));
            }
            (Gives::Copy, all)
        }
        other => panic!("the canary test does not know the route {other}: add it to `targets`"),
    }
}

/// Headers in which a client can say whatever it likes.
fn headers(canaries: &Canaries) -> Vec<(&'static str, String)> {
    let word = || canaries.word();
    vec![
        ("User-Agent", word()),
        ("Authorization", format!("Bearer {}", word())),
        ("Cookie", format!("{}={}", word(), word())),
        ("X-Request-ID", word()),
        ("X-Forwarded-For", word()),
        ("Forwarded", format!("for={}", word())),
        ("Referer", format!("http://{}.example/{}", word(), word())),
        ("Origin", format!("http://{}.example", word())),
        ("Traceparent", format!("00-{}-{}-01", word(), word())),
        ("Content-Disposition", format!("attachment; filename=\"{}.json\"", word())),
        ("X-Deidentify-Subject", word()),
        ("X-Patient", format!("{} {} {}", word(), canaries.date(), canaries.ssn())),
    ]
}

struct Drive<'d> {
    canaries: &'d Canaries,
    server: Server,
    seen: BTreeSet<u16>,
    sent: usize,
}

impl Drive<'_> {
    /// Sends, and looks at all that came back.
    fn ask(&mut self, what: &str, gives: Gives, request: &Request<'_>) {
        let reply = self.server.ask(&request.bytes());
        self.look(&format!("{what}: {} {}", request.method, request.media), gives, &reply);
    }

    fn look(&mut self, what: &str, gives: Gives, reply: &Reply) {
        self.sent += 1;
        self.seen.insert(reply.status);
        self.clean(&format!("headers, {what}"), &reply.head);
        if reply.status != 200 || gives == Gives::Ours {
            self.clean(&format!("{} {what}", reply.status), &reply.body);
        } else if gives == Gives::Copy {
            self.copy(what, reply);
        } else if let Ok(mut json) = serde_json::from_str::<serde_json::Value>(&reply.body) {
            // The page may name the patient. What is told about the work may not.
            let warnings = json["summary"]["warnings"].to_string();
            self.clean(&format!("warnings, {what}"), &warnings);
            json["summary"].take();
            self.clean(&format!("metadata, {what}"), &json.to_string());
        }
    }

    /// A copy may hold what nothing tells to be an identifier. What is told about the work may not.
    fn copy(&self, what: &str, reply: &Reply) {
        let is_report = reply.head.to_lowercase().contains("content-type: application/json");
        if is_report {
            let mut json: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
            assert!(!json["document"].take().is_null());
            self.clean(&format!("report, {what}"), &json.to_string());
        }
    }

    fn clean(&self, what: &str, text: &str) {
        if let Some(found) = self.canaries.found_in(text) {
            panic!("{found} in the {what}:\n{text}");
        }
    }

    /// Ends the service and looks at all that it wrote.
    fn end(self) -> (BTreeSet<u16>, String) {
        let (out, err) = self.server.end();
        assert_eq!(out, "", "standard output of a service is empty");
        for line in err.lines() {
            if let Some(found) = self.canaries.found_in(line) {
                panic!("{found} in the log: {line}");
            }
        }
        let logged = err.lines().filter(|line| line.contains(" INFO request ")).count();
        assert!(logged > 0 && logged <= self.sent + 100, "{logged} lines for {} requests", self.sent);
        assert!(err.lines().all(is_known_line), "{err}");
        (self.seen, err)
    }
}

/// The log holds nothing but lines of three shapes.
fn is_known_line(line: &str) -> bool {
    let fault = line.strip_prefix("clinical-notes: internal fault at ").is_some_and(|at| !at.contains(' '));
    let start = line.starts_with("clinical-notes: http://127.0.0.1:") || line == "clinical-notes: ended";
    fault || start || line.contains(" INFO request method=")
}

pub(crate) fn routes_methods_formats(canaries: &Canaries) {
    let world = World::new("service");
    let before = world.everything();
    let server = Server::start(&world, &[]);
    #[cfg(target_os = "linux")]
    assert_eq!(server.core_limit(), "0 0");
    let mut drive = Drive { canaries, server, seen: BTreeSet::new(), sent: 0 };
    let documents = documents::all(canaries);
    let more = headers(canaries);
    let strange = canaries.word();
    for route in ROUTES {
        let (gives, targets) = targets(route.path, canaries);
        for target in &targets {
            for method in METHODS.iter().copied().filter(|m| *m != "other").chain(["TRACE", &strange]) {
                let accepts = ["", "application/json", "text/html", &format!("text/{}", canaries.word())];
                let takes = method == route.method && gives != Gives::Ours;
                let send = |document: &Document, media: &str, accept: &str, drive: &mut Drive<'_>| {
                    let request = Request { method, target, accept, media, more: &more, body: &document.bytes };
                    drive.ask(&format!("{} {}", route.path, document.name), gives, &request);
                };
                if takes {
                    for document in &documents {
                        send(document, document.media, "", &mut drive);
                    }
                    for accept in accepts {
                        send(&documents[0], "", accept, &mut drive);
                    }
                    for document in documents.iter().step_by(9) {
                        for media in ["application/json", &format!("text/{}", canaries.word()), "multipart/form-data"] {
                            send(document, media, "", &mut drive);
                        }
                    }
                } else {
                    for accept in accepts {
                        send(&documents[0], documents[0].media, accept, &mut drive);
                    }
                }
            }
        }
        if gives != Gives::Ours {
            multipart(&mut drive, route.path, &documents[0]);
            breaking_off(&mut drive, route.path, &documents[0]);
        }
    }
    malformed(&mut drive);
    let (seen, err) = drive.end();
    for status in [200, 400, 404, 405, 406, 415, 422, 500] {
        assert!(seen.contains(&status), "no reply with {status}: {seen:?}");
    }
    assert!(err.contains("internal fault at "), "no panic was seen");
    world.must_be_as(&before, Path::new("/nowhere"));
}

/// A form with names of parts and files that tell.
fn multipart(drive: &mut Drive<'_>, route: &str, document: &Document) {
    let w = || drive.canaries.word();
    let boundary = w();
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}.json\"\r\nContent-Type: {}\r\n\r\n",
        w(),
        w(),
        w()
    );
    let body = [head.as_bytes(), &document.bytes, format!("\r\n--{boundary}--\r\n").as_bytes()].concat();
    let media = format!("multipart/form-data; boundary={boundary}");
    let request = Request { method: "POST", target: route, accept: "", media: &media, more: &[], body: &body };
    drive.ask("a form", Gives::Page, &request);
}

/// Clients that stop in the middle: of the headers, of the body, of a chunk, and before the answer.
fn breaking_off(drive: &mut Drive<'_>, route: &str, document: &Document) {
    let more = headers(drive.canaries);
    let (method, accept) = ("POST", "application/json");
    let bytes =
        Request { method, target: route, accept, media: document.media, more: &more, body: &document.bytes }.bytes();
    for part in [1, 2, 3, 5, 8] {
        let cut = &bytes[..bytes.len() * part / 9];
        let reply = drive.server.push(cut);
        drive.look("cut off", Gives::Page, &reply);
        drive.server.abandon(cut);
    }
    drive.server.abandon(&bytes);
    let word = drive.canaries.word();
    for chunk in
        [format!("{word}\r\n{word}"), format!("5;{word}={word}\r\n{word}"), format!("ffffffffffffffffff\r\n{word}")]
    {
        let head = format!("POST {route} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}");
        let reply = drive.server.push(head.as_bytes());
        drive.look("a wrong chunk", Gives::Page, &reply);
    }
}

/// What is no request, or not one for us.
fn malformed(drive: &mut Drive<'_>) {
    let w = drive.canaries.word();
    let long = w.repeat(8000);
    for text in [
        format!("{w}\r\n\r\n"),
        format!("GET /{w} HTTP/9.9\r\n\r\n"),
        format!("GET /{w} {w}\r\nHost: localhost\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{w}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{w}: \0{w}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!("GET /{w} HTTP/1.1\r\nHost: {w}\r\nConnection: close\r\n\r\n"),
        format!("GET /{w} HTTP/1.1\r\nConnection: close\r\n\r\n"),
        format!("GET http://{w}/{w} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        format!("GET //{w}@{w}/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        format!("CONNECT {w}:443 HTTP/1.1\r\nHost: {w}\r\nConnection: close\r\n\r\n"),
        format!("GET /\u{e9}{w} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nExpect: {w}\r\nUpgrade: {w}\r\nConnection: upgrade\r\n\r\n"),
        format!("POST /api/v1/summarize HTTP/1.1\r\nHost: localhost\r\nContent-Length: {w}\r\n\r\n{w}"),
        format!(
            "POST /api/v1/summarize HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n{w}"
        ),
        format!("POST /api/v1/summarize HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: {w}\r\n\r\n{w}"),
        format!("POST /api/v1/{w} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 12\r\n\r\n{w}"),
    ] {
        let reply = drive.server.push(text.as_bytes());
        drive.look("malformed", Gives::Ours, &reply);
        drive.server.abandon(text.as_bytes());
    }
}

/// A service of small patience: too large, too slow.
pub(crate) fn limits(canaries: &Canaries) {
    let world = World::new("limits");
    let before = world.everything();
    let server = Server::start(&world, &["--max-request-mb", "1", "--max-seconds", "0.002"]);
    let mut drive = Drive { canaries, server, seen: BTreeSet::new(), sent: 0 };
    let more = headers(canaries);
    let (late, large) = (documents::long(canaries, 900_000), documents::long(canaries, 1_200_000));
    for route in ROUTES {
        let (gives, targets) = targets(route.path, canaries);
        for target in targets.iter().filter(|_| gives != Gives::Ours) {
            for body in [&late, &large] {
                let (method, media) = (route.method, "application/fhir+json");
                drive.ask(route.path, gives, &Request { method, target, accept: "", media, more: &more, body });
            }
        }
        let chunked = format!("POST {} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", route.path);
        let body = [chunked.as_bytes(), format!("{:x}\r\n", large.len()).as_bytes(), &large, b"\r\n0\r\n\r\n"].concat();
        let reply = drive.server.push(&body);
        drive.look("too large, in chunks", gives, &reply);
    }
    let (seen, _) = drive.end();
    for status in [413, 503] {
        assert!(seen.contains(&status), "no reply with {status}: {seen:?}");
    }
    world.must_be_as(&before, Path::new("/nowhere"));
}

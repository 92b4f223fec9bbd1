//! Every route, method, format and failure of the service.

use super::bearers::Bearer;
use super::canaries::Canaries;
use super::documents::Document;
use super::failures;
use super::routes::{Gives, Reads, Way};
use super::server::{Reply, Request};
use super::watched::Watched;
use super::written::clean;
use clinical_app::http::router::ROUTES;
use clinical_app::log_fields::METHODS;
use std::collections::{BTreeMap, BTreeSet};

/// Headers of a request.
pub(crate) type Headers = Vec<(&'static str, String)>;

/// Headers in which a client can say whatever it likes, a well-formed trace among them.
pub(crate) fn headers(canaries: &Canaries) -> Headers {
    let word = || canaries.word();
    vec![
        ("User-Agent", word()),
        ("Cookie", format!("{}={}", word(), word())),
        ("X-Request-ID", word()),
        ("X-Correlation-ID", word()),
        ("Referer", format!("http://{}.example/{}", word(), word())),
        ("Origin", format!("http://{}.example", word())),
        ("Access-Control-Request-Method", word()),
        ("Access-Control-Request-Headers", word()),
        ("Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_owned()),
        ("Tracestate", format!("congo={},{}=1,ot={}", word(), word().to_lowercase(), word())),
        ("Baggage", format!("{}={}", word(), word())),
        ("Content-Disposition", format!("attachment; filename=\"{}.json\"", word())),
        ("X-Deidentify-Subject", word()),
        ("X-Patient", format!("{} {} {}", word(), canaries.date(), canaries.ssn())),
        ("X-Real-IP", canaries.address()),
    ]
}

/// What proxies say of a client: nothing that can be read, and an address in both ways of writing it. The address is
/// the second part.
pub(crate) fn forwarded(canaries: &Canaries) -> ([Headers; 3], String) {
    let (word, behind) = (|| canaries.word(), || canaries.address());
    let address = canaries.address();
    let node = if address.contains(':') { format!("\"[{address}]:80\"") } else { address.clone() };
    let all = [
        vec![("X-Forwarded-For", word()), ("Forwarded", format!("for={};by={}", word(), word()))],
        vec![("X-Forwarded-For", format!("{}, {}, {address}", word(), behind()))],
        vec![("Forwarded", format!("for=\"_{}\", for={node};host={}", word(), word()))],
    ];
    (all, address)
}

pub(crate) struct Drive<'c> {
    pub(crate) watched: Watched<'c>,
    pub(crate) bearers: Vec<Bearer>,
    sent: usize,
    /// By route.
    seen: BTreeMap<&'static str, BTreeSet<u16>>,
}

impl Drive<'_> {
    /// Asks as somebody who may do everything, with more headers of its own.
    pub(crate) fn ask(&mut self, route: &'static str, gives: Gives, what: &str, request: &Request<'_>) {
        let bearer = &self.bearers[self.sent % self.bearers.len()];
        let more = [request.more, &bearer.headers].concat();
        let reply = self.watched.server.ask(&Request { more: &more, ..*request }.bytes());
        self.look(route, gives, &format!("{what}: {} {}", request.method, request.media), &reply, request.body);
    }

    /// Looks at all that came back for what was sent.
    pub(crate) fn look(&mut self, route: &'static str, gives: Gives, what: &str, reply: &Reply, sent: &[u8]) {
        let canaries = self.watched.canaries;
        self.sent += 1;
        self.seen.entry(route).or_default().insert(reply.status);
        let what = format!("{} {route} {what}", reply.status);
        clean(canaries, &format!("the headers of {what}"), &reply.head);
        if reply.status == 200 && route == "/api/inference" && !reply.body.is_empty() {
            // What a text names is told in the text's own words; the rest of the reply is ours.
            let mut json: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
            for entity in json["entities"].as_array_mut().into_iter().flatten() {
                let own = entity["entity"].take();
                assert!(own.as_str().is_some_and(|own| own.chars().count() < 200), "{what}: an entity of any length");
            }
            return clean(canaries, &what, &json.to_string());
        }
        if reply.status != 200 || gives == Gives::Ours {
            return clean(canaries, &what, &reply.body);
        }
        let strange = canaries.strange_in(&reply.body, &String::from_utf8_lossy(sent));
        if let Some(found) = strange.filter(|_| gives != Gives::Invention) {
            panic!("{found} in {what}, which was not in the request:\n{}", reply.body);
        }
        // The page and the copy may name the patient. What is told about the work may not.
        if !reply.head.to_lowercase().contains("content-type: application/json") {
            return;
        }
        let mut json: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
        if gives == Gives::Page {
            clean(canaries, &format!("the warnings of {what}"), &json["summary"]["warnings"].to_string());
        }
        let (exempt, must_be) = match gives {
            // The extract is the note's own sentences and stands alone.
            Gives::Page if route == "/api/v1/extract" => ("extract", true),
            Gives::Page => ("summary", true),
            // Of a document that cannot be read there is nothing to tell.
            Gives::About => ("document_metadata", false),
            _ => ("document", true),
        };
        assert!(!json[exempt].take().is_null() || !must_be, "{what}");
        // What a C-CDA document says about itself stands beside its sheet, too.
        if let Some(members) = json.as_object_mut() {
            members.remove("document_metadata");
        }
        clean(canaries, &format!("what is told about {what}"), &json.to_string());
    }
}

pub(crate) fn routes_methods_formats(canaries: &Canaries) {
    let mut watched = Watched::start(canaries, "service", &[]);
    #[cfg(target_os = "linux")]
    assert_eq!(watched.server.core_limit(), "0 0");
    let bearers = watched.issuer.good();
    let (forwarded, address) = forwarded(canaries);
    watched.knows(&bearers, &address);
    let more = forwarded.map(|from| [headers(canaries), from].concat());
    let mut drive = Drive { watched, bearers, sent: 0, seen: BTreeMap::new() };
    for route in ROUTES {
        let way = Way::of(route.path, canaries);
        let bodies = way.bodies(canaries);
        for target in &way.targets {
            let gives = if target.contains("policy=surrogate") { Gives::Invention } else { way.gives };
            for method in METHODS.iter().copied().filter(|m| *m != "other").chain(["TRACE", &canaries.word()]) {
                let mut send = |document: &Document, media: &str, accept: &str| {
                    let more = &more[drive.sent % more.len()];
                    let request = Request { method, target, accept, media, more, body: &document.bytes };
                    drive.ask(route.path, gives, &format!("{} {}", target, document.name), &request);
                };
                if method != route.method {
                    send(&bodies[0], bodies[0].media, &format!("text/{}", canaries.word()));
                    continue;
                }
                for document in &bodies {
                    send(document, document.media, "");
                }
                for accept in ["", "application/json", "text/html", &format!("text/{}", canaries.word())] {
                    send(&bodies[0], "", accept);
                }
                if way.reads != Reads::Nothing {
                    for document in bodies.iter().step_by(9) {
                        for media in ["application/json", &format!("text/{}", canaries.word()), "multipart/form-data"] {
                            send(document, media, "");
                        }
                    }
                }
            }
        }
        failures::multipart(&mut drive, route, &way, &bodies[0]);
        if way.reads != Reads::Nothing {
            failures::breaking_off(&mut drive, route, &way, &bodies[0], &more[1]);
        }
    }
    failures::malformed(&mut drive);
    end(drive, &address);
}

/// Ends the service, and looks whether the drive went where it was meant to go.
fn end(drive: Drive<'_>, address: &str) {
    let everybody: BTreeSet<String> = drive.bearers.iter().map(|bearer| bearer.written.clone()).collect();
    let ended = drive.watched.end();
    assert_eq!(ended.met.subjects, everybody, "everybody was written down");
    assert!(ended.met.addresses.contains(address), "proxies were not believed");
    let mut all: BTreeSet<u16> = BTreeSet::new();
    for route in ROUTES {
        let seen = &drive.seen[route.path];
        all.extend(seen);
        assert!(!seen.contains(&401) && !seen.contains(&429), "{}: {seen:?}", route.path);
        if Way::of(route.path, &Canaries::new(0)).reads != Reads::Nothing {
            for status in [200, 400, 415, 500] {
                assert!(seen.contains(&status), "no reply with {status} from {}: {seen:?}", route.path);
            }
        }
    }
    for status in [404, 405, 406, 422, 501] {
        assert!(all.contains(&status), "no reply with {status}: {all:?}");
    }
    let logged = ended.err.lines().filter(|line| line.contains(" INFO request ")).count();
    assert!(logged > 1000 && logged <= drive.sent + 200, "{logged} lines for {} requests", drive.sent);
    for line in [" INFO request-shape ", "internal fault at ", " keys-fetched keys=1"] {
        assert!(ended.err.contains(line), "no line with {line}");
    }
}

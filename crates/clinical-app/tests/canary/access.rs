//! Who asks: tokens that are good, of no use, or bad in every way, on every route; and a key server that fails.

use super::bearers::{Bearer, Issuer};
use super::canaries::Canaries;
use super::documents::{self, Document};
use super::listener::Listener;
use super::routes::{Gives, Way};
use super::server::{Reply, Request};
use super::service::{forwarded, headers};
use super::watched::Watched;
use super::written::clean;
use clinical_app::access::{Need, need};
use clinical_app::http::router::{ROUTES, Route};
use std::collections::BTreeSet;

fn ask(
    watched: &Watched<'_>,
    route: &Route,
    bearer: &Bearer,
    from: &[(&'static str, String)],
    body: &Document,
) -> Reply {
    let canaries = watched.canaries;
    let way = Way::of(route.path, canaries);
    let more = [&headers(canaries), from, &bearer.headers].concat();
    let (method, target, media) = (route.method, &way.targets[0], body.media);
    let reply =
        watched.server.ask(&Request { method, target, accept: "", media, more: &more, body: &body.bytes }.bytes());
    let what = format!("{} {}, {}", reply.status, route.path, bearer.what);
    clean(canaries, &format!("the headers of {what}"), &reply.head);
    if reply.status != 200 || way.gives == Gives::Ours {
        clean(canaries, &what, &reply.body);
    } else if let Some(found) = canaries.strange_in(&reply.body, &String::from_utf8_lossy(&body.bytes)) {
        panic!("{found} in {what}, which was not in the request:\n{}", reply.body);
    }
    reply
}

/// Every route and every token. What a token is worth is other tests' business; here it is seen that each was tried.
pub(crate) fn every_token(canaries: &Canaries) {
    let mut watched = Watched::start(canaries, "access", &[]);
    let (good, useless, bad) = (watched.issuer.good(), watched.issuer.of_no_use(), watched.issuer.bad());
    let (from, address) = forwarded(canaries);
    watched.knows(&good, &address);
    watched.knows(std::slice::from_ref(&useless), &address);
    let record = documents::all(canaries).remove(0);
    for route in ROUTES {
        let needs = need(route.method, route.path).unwrap();
        let tried = |bearer: &Bearer, at: usize| {
            let from = &from[at % from.len()];
            let status = ask(&watched, route, bearer, from, &record).status;
            match needs {
                Need::Open => assert_eq!(status / 100, 2, "{}, {}", route.path, bearer.what),
                Need::Scope(_) => {
                    assert!(status >= 400 || !bearer.written.is_empty(), "{}, {}", route.path, bearer.what)
                }
            }
            (needs != Need::Open).then_some(status)
        };
        for (at, bearer) in bad.iter().enumerate() {
            let status = tried(bearer, at);
            assert!(status.is_none_or(|status| status == 401), "{status:?} {}, {}", route.path, bearer.what);
        }
        let status = tried(&useless, 0);
        assert!(status.is_none_or(|status| status == 403), "{status:?} {}, a token of no use", route.path);
        for (at, bearer) in good.iter().enumerate() {
            let status = tried(bearer, at);
            assert!(status.is_none_or(|status| ![401, 403].contains(&status)), "{status:?} {}", route.path);
        }
    }
    let everybody: BTreeSet<String> = good.iter().chain([&useless]).map(|bearer| bearer.written.clone()).collect();
    let ended = watched.end();
    assert_eq!(ended.met.subjects, everybody);
    let digests = everybody.iter().filter(|who| who.starts_with("sha256:")).count();
    assert_eq!(digests, everybody.len() - 1, "whoever can be told by the subject has a digest");
    assert!(ended.met.addresses.contains(&address));
}

/// A key server that says everything but keys, and a collector that complains. What they say is nobody's business.
pub(crate) fn no_keys(canaries: &Canaries) {
    let w = || canaries.word();
    let key = |name: &str| Issuer::new(canaries).keys.to_string().replace("\"kty\"", &format!("\"{name}\""));
    let servers = [
        Listener::replying(&format!("500 {}", w()), &format!("{}: {}\r\n", w(), w()), &w()),
        Listener::replying("302 Found", &format!("Location: http://{}.example/{}\r\n", w(), w()), &w()),
        Listener::replying("200 OK", "", &format!("{{\"keys\":[{{\"{}\":\"{}\"", w(), w())),
        Listener::replying("200 OK", "", &format!("{{\"{}\":\"{}\"}}", w(), w())),
        Listener::replying("200 OK", "", &key(&w())),
        Listener::replying("200 OK", "", &w().repeat(40_000)),
        Listener::saying(format!("{} {}\r\n\r\n", w(), w())),
        Listener::saying(""),
    ];
    let record = documents::all(canaries).remove(0);
    for (at, server) in servers.iter().enumerate() {
        let complaint = format!("{}: {}\r\nContent-Type: text/plain\r\n", w(), w());
        let status = ["400", "401", "404", "500"][at % 4];
        let collector = Listener::replying(&format!("{status} {}", w()), &complaint, &w());
        let watched = Watched::with(canaries, "keys", Issuer::new(canaries), server, collector, &[]);
        let bearer = watched.issuer.of_the_key_server();
        for route in ROUTES.iter().filter(|route| need(route.method, route.path) != Some(Need::Open)) {
            let reply = ask(&watched, route, &bearer, &[], &record);
            assert_eq!(reply.status, 503, "{}: {}", route.path, reply.body);
        }
        let ended = watched.end();
        assert!(ended.err.contains(" keys-not-fetched fault="), "{}", ended.err);
        assert!(server.heard().len() == 1, "it was asked");
    }
}

//! What is too large, too late, too often, too much at once, and what fails before it is a request.

use super::canaries::Canaries;
use super::documents;
use super::folders::World;
use super::routes::{Gives, Reads, Way};
use super::server::{Reply, Request, Server};
use super::service::{forwarded, headers};
use super::watched::{HERE, Watched};
use super::written::{self, clean};
use clinical_app::http::router::ROUTES;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore};
use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// A refusal is ours, whole; gives its status.
fn refused(canaries: &Canaries, what: &str, reply: &Reply) -> u16 {
    clean(canaries, &format!("the headers of {what}"), &reply.head);
    if reply.status != 200 {
        clean(canaries, what, &reply.body);
    }
    reply.status
}

/// A service of small patience, as a newcomer starts it: nothing is written but the log.
pub(crate) fn too_large_and_too_late(canaries: &Canaries) {
    let world = World::new("limits");
    let before = world.everything();
    let server = Server::start(&world, &["--max-request-mb", "1", "--max-seconds", "0.002"], &[]);
    let mut more = headers(canaries);
    more.push(("Authorization", format!("Bearer {}", canaries.word())));
    let (late, large) = (documents::long(canaries, 900_000), documents::long(canaries, 1_200_000));
    let mut seen = BTreeSet::new();
    let mut chunked = Vec::new();
    for route in ROUTES {
        let way = Way::of(route.path, canaries);
        for target in way.targets.iter().filter(|_| way.reads != Reads::Nothing) {
            for body in [&late, &large] {
                let (method, media) = (route.method, "application/fhir+json");
                let request = Request { method, target, accept: "", media, more: &more, body };
                seen.insert(refused(canaries, route.path, &server.ask(&request.bytes())));
            }
        }
        let target = &way.targets[0];
        let head = format!("POST {target} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        chunked.push([head.as_bytes(), format!("{:x}\r\n", large.len()).as_bytes(), &large, b"\r\n0\r\n\r\n"].concat());
    }
    for reply in server.push(&chunked) {
        seen.insert(refused(canaries, "too large, in chunks", &reply));
    }
    for status in [413, 503] {
        assert!(seen.contains(&status), "no reply with {status}: {seen:?}");
    }
    let (out, err) = server.end();
    assert_eq!(out, "", "standard output of a service without an audit log is empty");
    written::log(canaries, &err);
    world.must_be_as(&before, Path::new("/nowhere"));
}

/// Clients that stop talking and stay.
pub(crate) fn too_slow(canaries: &Canaries) {
    let mut watched = Watched::start(canaries, "slow", &[]);
    let bearer = watched.issuer.good().remove(0);
    watched.knows(std::slice::from_ref(&bearer), HERE);
    let record = documents::all(canaries).remove(0);
    let (media, body) = (record.media, &record.bytes[..]);
    let mut begun = Vec::new();
    for route in ROUTES.iter().filter(|route| Way::of(route.path, canaries).reads != Reads::Nothing) {
        let target = &Way::of(route.path, canaries).targets[0];
        let more = [headers(canaries), bearer.headers.clone()].concat();
        let whole = Request { method: route.method, target, accept: "", media, more: &more, body }.bytes();
        begun.extend([whole[..whole.len() / 2].to_vec(), whole[..300].to_vec()]);
    }
    let replies = watched.server.wait(&begun);
    let seen: BTreeSet<u16> = replies.iter().map(|reply| refused(canaries, "a slow client", reply)).collect();
    assert!(seen.contains(&408) || seen.contains(&400), "nobody was told that it took too long: {seen:?}");
    watched.end();
}

/// Every route, until it is too often: counted by subject and by address, while Redis is away.
pub(crate) fn too_often(canaries: &Canaries) {
    let redis = format!("redis://{}:{}@127.0.0.1:1/0", canaries.word(), canaries.word());
    let more = [("CLINICAL_RATE_LIMIT_PER_MINUTE", "9"), ("REDIS_URL", redis.as_str())];
    let mut watched = Watched::start(canaries, "often", &more);
    let (bearers, useless) = (watched.issuer.good(), watched.issuer.of_no_use());
    let (forwarded, address) = forwarded(canaries);
    watched.knows(&bearers, &address);
    watched.knows(std::slice::from_ref(&useless), &address);
    let record = documents::all(canaries).remove(0);
    let mut throttled = BTreeSet::new();
    for (at, route) in ROUTES.iter().cycle().take(8 * ROUTES.len()).enumerate() {
        let way = Way::of(route.path, canaries);
        let bearer = if at % 8 == 7 { &useless } else { &bearers[at % bearers.len()] };
        let from = &forwarded[at % forwarded.len()];
        // One of four without a token: it is counted by its address.
        let token = if at % 4 == 3 { &[][..] } else { &bearer.headers };
        let more = [&headers(canaries), from, token].concat();
        let (method, target, media, body) = (route.method, &way.targets[0], record.media, &record.bytes[..]);
        let reply = watched.server.ask(&Request { method, target, accept: "", media, more: &more, body }.bytes());
        if refused(canaries, route.path, &reply) == 429 {
            throttled.insert(route.path);
            assert!(reply.head.to_lowercase().contains("retry-after: "), "{}", reply.head);
        }
    }
    let about_us = |path: &str| path.contains("/health") && !path.contains("ccda") || path == "/metrics";
    let missed: Vec<_> = ROUTES.iter().filter(|r| !about_us(r.path) && !throttled.contains(r.path)).collect();
    assert!(missed.is_empty(), "never too often: {missed:?}");
    let ended = watched.end();
    assert!(ended.err.contains(" shared-limit-lost"), "{}", ended.err);
}

/// More at once than there are hands, each with a document that costs time.
pub(crate) fn too_much_at_once(canaries: &Canaries) {
    let mut watched = Watched::start(canaries, "much", &[("CLINICAL_MAX_PROCESSING_TIME_SECONDS", "0.05")]);
    let bearers = watched.issuer.good();
    watched.knows(&bearers, HERE);
    let large = documents::long(canaries, 3_000_000);
    let mut seen = BTreeSet::new();
    for route in ROUTES.iter().filter(|route| Way::of(route.path, canaries).gives != Gives::Ours) {
        let target = &Way::of(route.path, canaries).targets[0];
        let (method, media, body) = (route.method, "application/json", &large[..]);
        let hands = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let all: Vec<Vec<u8>> = (0..16 + 4 * hands)
            .map(|at| {
                let more = [headers(canaries), bearers[at % bearers.len()].headers.clone()].concat();
                Request { method, target, accept: "", media, more: &more, body }.bytes()
            })
            .collect();
        for reply in watched.server.ask_at_once(&all) {
            refused(canaries, route.path, &reply);
            let code = ["throttled", "timeout"].into_iter().find(|code| reply.body.contains(code));
            seen.extend(code.filter(|_| reply.status == 503));
        }
    }
    assert_eq!(seen.len(), 2, "sent away and stopped: {seen:?}");
    watched.end();
}

/// Clients that do not get as far as a request: no TLS at all, another name, no trust, a key in the wrong place.
pub(crate) fn no_handshake(canaries: &Canaries) {
    let world = World::new("doors");
    let pair = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (cert, key) = (world.path("cwd").join(canaries.word()), world.path("cwd").join(canaries.word()));
    fs::write(&cert, pair.cert.pem()).unwrap();
    fs::write(&key, pair.signing_key.serialize_pem()).unwrap();
    let before = world.everything();
    let paths = [("TLS_CERT", cert.to_str().unwrap()), ("TLS_KEY", key.to_str().unwrap()), ("CLINICAL_DEBUG", "true")];
    let server = Server::start(&world, &[], &paths);
    let plain = Request { method: "GET", target: &format!("/{}", canaries.word()), ..Request::default() };
    let word = canaries.word();
    let begin_of_a_record = [b"\x16\x03\x01\xff\xff".as_slice(), word.as_bytes()].concat();
    for reply in server.push(&[plain.bytes(), word.repeat(40).into_bytes(), begin_of_a_record]) {
        clean(canaries, "what is said where TLS should be", &format!("{}{}", reply.head, reply.body));
    }
    let trusting_nobody = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let name = ServerName::try_from(format!("{}.example", canaries.name())).unwrap();
    let mut client = ClientConnection::new(Arc::new(trusting_nobody), name).unwrap();
    let mut stream = server.open();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    client.write_tls(&mut stream).unwrap();
    client.read_tls(&mut stream).unwrap();
    assert!(client.process_new_packets().is_err(), "nobody vouches for the certificate");
    let _ = client.write_tls(&mut stream);
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    clean(canaries, "what is said after a handshake", &String::from_utf8_lossy(&rest));
    let (out, err) = server.end();
    assert_eq!(out, "");
    written::log(canaries, &err);
    world.must_be_as(&before, Path::new("/nowhere"));
}

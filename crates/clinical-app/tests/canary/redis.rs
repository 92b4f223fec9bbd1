//! What Redis is told of those who ask, where processes share a limit through it: a real one says what it was sent.

use super::canaries::Canaries;
use super::documents;
use super::routes::Way;
use super::server::Request;
use super::service::{forwarded, headers};
use super::watched::Watched;
use super::written::clean;
use clinical_app::http::router::ROUTES;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

struct Redis(Child);

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A connection to which Redis says all that it is sent by others.
fn monitor(port: u16, password: &str) -> TcpStream {
    let mut stream = (0..600)
        .find_map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            TcpStream::connect(("127.0.0.1", port)).ok()
        })
        .expect("redis-server listens");
    write!(stream, "AUTH {password}\r\nMONITOR\r\n").unwrap();
    let mut said = [0; 10];
    stream.read_exact(&mut said).unwrap();
    assert_eq!(&said, b"+OK\r\n+OK\r\n");
    stream
}

/// Whether there is a Redis to look at.
pub(crate) fn is_there() -> bool {
    let is_there = Command::new("redis-server").arg("--version").stdout(Stdio::null()).status().is_ok();
    assert!(is_there || std::env::var_os("NOTES_REAL_COMPONENTS").is_none(), "there is no redis-server");
    is_there
}

pub(crate) fn is_told_nothing(canaries: &Canaries) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let password = canaries.word();
    let redis = Command::new("redis-server")
        .args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", "", "--appendonly", "no"])
        .args(["--requirepass", &password])
        .current_dir(std::env::temp_dir())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let redis = Redis(redis);
    let mut monitor = monitor(port, &password);
    let url = format!("redis://:{password}@127.0.0.1:{port}/0");
    let mut watched = Watched::start(canaries, "redis", &[("REDIS_URL", &url)]);
    let bearers = watched.issuer.good();
    let (forwarded, address) = forwarded(canaries);
    watched.knows(&bearers, &address);
    let record = documents::all(canaries).remove(0);
    for (at, route) in ROUTES.iter().enumerate() {
        for bearer in &bearers {
            let from = &forwarded[at % forwarded.len()];
            let more = [headers(canaries), from.clone(), bearer.headers.clone()].concat();
            let (method, target) = (route.method, &Way::of(route.path, canaries).targets[0]);
            let request = Request { method, target, accept: "", media: record.media, more: &more, body: &record.bytes };
            clean(canaries, "the headers of a reply", &watched.server.ask(&request.bytes()).head);
        }
    }
    watched.end();
    drop(redis);
    let mut told = String::new();
    monitor.read_to_string(&mut told).unwrap();
    assert!(told.matches("clinical-notes:rate:").count() > ROUTES.len(), "{told}");
    clean(canaries, "what Redis was told", &told);
}

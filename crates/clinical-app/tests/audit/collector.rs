//! A collector of syslog over TLS that comes and goes.

use super::support::*;
use clinical_app::audit::{Audit, Config, StartError, Syslog};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A server that keeps what it was sent.
struct Collector {
    port: u16,
    frames: Arc<Mutex<Vec<String>>>,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

struct Authority {
    config: Arc<ServerConfig>,
    pem: String,
}

fn authority(name: &str) -> Authority {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = params.self_signed(&key).unwrap();
    let issuer = Issuer::new(params, key);
    let own = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&own, &issuer).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(own.serialize_der())),
        )
        .unwrap();
    Authority { config: Arc::new(config), pem: root.pem() }
}

impl Collector {
    fn start(authority: &Authority, port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (frames, ends) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let thread = {
            let (frames, ends, config) = (Arc::clone(&frames), Arc::clone(&ends), Arc::clone(&authority.config));
            thread::spawn(move || {
                while !ends.load(Ordering::Relaxed) {
                    match listener.accept() {
                        Ok((stream, _)) => serve(stream, &config, &frames, &ends),
                        Err(_) => thread::sleep(Duration::from_millis(10)),
                    }
                }
            })
        };
        Self { port, frames, ends, thread: Some(thread) }
    }

    fn frames(&self) -> Vec<String> {
        self.frames.lock().unwrap().clone()
    }

    fn sequences(&self, log: &str) -> BTreeSet<u64> {
        self.frames()
            .iter()
            .filter(|frame| frame.contains(&format!(" {log} - {{")))
            .map(|frame| sequence(frame))
            .collect()
    }

    /// Ends as a machine does that is switched off: connections are dropped as they are.
    fn stop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Reads frames of RFC 5425: a length, a space, a message.
fn serve(stream: TcpStream, config: &Arc<ServerConfig>, frames: &Mutex<Vec<String>>, ends: &AtomicBool) {
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    let mut tls = StreamOwned::new(ServerConnection::new(Arc::clone(config)).unwrap(), stream);
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 << 10];
    while !ends.load(Ordering::Relaxed) {
        match tls.read(&mut buffer) {
            Ok(0) => return,
            Ok(length) => bytes.extend_from_slice(&buffer[..length]),
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
            Err(_) => return,
        }
        while let Some(space) = bytes.iter().position(|b| *b == b' ') {
            let length: usize = std::str::from_utf8(&bytes[..space]).unwrap().parse().unwrap();
            if bytes.len() < space + 1 + length {
                break;
            }
            let message: Vec<u8> = bytes.drain(..=space + length).skip(space + 1).collect();
            frames.lock().unwrap().push(String::from_utf8(message).unwrap());
        }
    }
}

fn to(folder: &Folder, authority: &Authority, port: u16) -> Config {
    let ca = folder.join("ca.pem");
    fs::write(&ca, &authority.pem).unwrap();
    Config { syslog: Some(Syslog { host: "localhost".to_owned(), port, ca: Some(ca) }), ..config(folder) }
}

#[test]
fn lines_arrive_as_messages_of_rfc_5424() {
    let (folder, authority) = (Folder::new(), authority("localhost"));
    let collector = Collector::start(&authority, 0);
    let (audit, _) = start(&to(&folder, &authority, collector.port));
    write(&audit, 20);
    assert!(audit.stop(NOW));
    until("not all lines came", || collector.sequences("audit").len() == 22);
    let line = lines(&folder.join("audit")).remove(5);
    let expected =
        format!("<109>1 2025-03-01T09:00:00.000004Z test.example clinical-notes {} audit - {line}", std::process::id());
    let frames = collector.frames();
    assert!(frames.contains(&expected), "{:?}\n{expected}", frames.iter().find(|frame| sequence(frame) == 6));
    assert!(frames.iter().any(|frame| frame.contains(" security - {")));
}

#[test]
fn a_collector_that_went_away_gets_what_it_missed() {
    let (folder, authority) = (Folder::new(), authority("localhost"));
    let mut collector = Collector::start(&authority, 0);
    let (audit, _) = start(&to(&folder, &authority, collector.port));
    write(&audit, 50);
    until("not all lines came", || collector.sequences("audit").len() == 51);
    let before = collector.sequences("audit");
    collector.stop();
    // While it is away, lines wait and the log is well.
    write(&audit, 50);
    assert!(audit.is_well());
    let collector = Collector::start(&authority, collector.port);
    write(&audit, 50);
    until("not all lines came", || collector.sequences("audit").union(&before).count() == 151);
    // What was sent last before the cut came again: nobody can know whether it had arrived.
    assert!(collector.sequences("audit").contains(&51));
    assert!(audit.stop(NOW));
    until("the end did not come", || collector.sequences("audit").contains(&152));
    assert_eq!(check(&[&folder.join("audit")]).faults, []);
}

#[test]
fn a_collector_that_stays_away_makes_the_log_unwell_and_nothing_is_lost() {
    let (folder, authority) = (Folder::new(), authority("localhost"));
    let mut collector = Collector::start(&authority, 0);
    let (audit, _) = start(&Config { rotate_bytes: 100 << 20, ..to(&folder, &authority, collector.port) });
    collector.stop();
    let mut written = 0;
    let broken = (0..20_000).find_map(|number| audit.record(&access(number)).inspect(|_| written += 1).err()).unwrap();
    assert_eq!(broken.sink, "syslog");
    assert!(!audit.is_well());
    assert!(written > 3000);
    let collector = Collector::start(&authority, collector.port);
    until("the log did not go on", || audit.is_well());
    write(&audit, 1);
    assert!(audit.stop(NOW));
    let all: BTreeSet<u64> = (1..=audit.lines()).collect();
    // The first line went to the collector that went away; its last ones are sent again.
    until("lines are lost", || {
        collector.sequences("audit").union(&BTreeSet::from([1])).copied().collect::<BTreeSet<_>>() == all
    });
    let checked = check(&[&folder.join("audit"), &folder.join("security")]);
    assert_eq!(checked.faults, []);
    let security = lines(&folder.join("security"));
    assert!(security.iter().any(|line| line.contains(r#""code":"sink-recovered""#)));
}

#[test]
fn a_collector_that_is_not_the_one_stops_the_start() {
    let (folder, authority, other) = (Folder::new(), authority("localhost"), authority("localhost"));
    let collector = Collector::start(&authority, 0);
    let stopped = |config: &Config| {
        let error = refused(config);
        assert!(matches!(error, StartError::Sink { sink: "syslog", .. }), "{error}");
        assert!(!format!("{error} {error:?}").contains("localhost"));
    };
    // Vouched for by somebody else; under another name; not there; without a file of certificates.
    stopped(&to(&folder, &other, collector.port));
    let mut config = to(&folder, &authority, collector.port);
    config.syslog.as_mut().unwrap().host = "127.0.0.1".to_owned();
    stopped(&config);
    stopped(&to(&folder, &authority, 1));
    let mut config = to(&folder, &authority, collector.port);
    config.syslog.as_mut().unwrap().ca = Some(folder.join("none.pem"));
    stopped(&config);
    let (audit, _) = Audit::start(&to(&folder, &authority, collector.port), &program(), NOW).unwrap();
    assert!(audit.stop(NOW));
}

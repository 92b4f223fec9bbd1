//! TLS at the doors, over a real socket and with a real client.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]
#![expect(clippy::disallowed_methods, reason = "writes the certificates that are served")]

use axum::Router;
use axum::routing::get;
use clinical_app::http::serve::{Doors, Traffic, serve};
use clinical_app::tls::{Config, Look, Tls};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

struct Server {
    folder: PathBuf,
    address: SocketAddr,
    tls: Arc<Tls>,
    traffic: Arc<Traffic>,
    stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Server {
    /// A server and the certificate to trust.
    async fn start(name: &str) -> (Self, String) {
        let folder = std::env::temp_dir().join(format!("clinical-doors-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let config = Config { cert: folder.join("tls.crt"), key: folder.join("tls.key") };
        let cert = renew(&folder);
        let tls = Tls::open(&config).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let doors = Doors { tls: Some(Arc::clone(&tls)), grace: Duration::from_secs(600), ..Doors::default() };
        let traffic = Arc::clone(&doors.traffic);
        let (stop, stopped) = oneshot::channel::<()>();
        let served =
            tokio::spawn(serve(listener, Router::new().route("/live", get(|| async { "alive" })), doors, async {
                let _ = stopped.await;
            }));
        (Self { folder, address, tls, traffic, stop: Some(stop), served }, cert)
    }
}

fn renew(folder: &std::path::Path) -> String {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("tls.crt"), made.cert.pem()).unwrap();
    std::fs::write(folder.join("tls.key"), made.signing_key.serialize_pem()).unwrap();
    made.cert.pem()
}

/// A client that trusts one certificate. It comes back without a ticket: each connection sees what is served now.
async fn connect(
    address: SocketAddr,
    trusted: &str,
    versions: &[&'static SupportedProtocolVersion],
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(trusted.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let stream = TcpStream::connect(address).await?;
    TlsConnector::from(Arc::new(config)).connect(ServerName::try_from("localhost").unwrap(), stream).await
}

async fn get_live(stream: &mut TlsStream<TcpStream>) -> String {
    stream.write_all(b"GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut reply = String::new();
    let _ = stream.read_to_string(&mut reply).await;
    reply
}

const BOTH: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13, &rustls::version::TLS12];

#[tokio::test]
async fn both_versions_of_tls_are_spoken_and_http_1_1_is_agreed_on() {
    let (server, cert) = Server::start("versions").await;
    for version in BOTH {
        let mut stream = connect(server.address, &cert, &[version]).await.unwrap();
        assert_eq!(stream.get_ref().1.protocol_version(), Some(version.version));
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
        assert!(get_live(&mut stream).await.ends_with("alive"));
    }
}

#[tokio::test]
async fn a_renewed_certificate_is_served_and_connections_that_stand_go_on() {
    let (server, old) = Server::start("renewed").await;
    let mut standing = connect(server.address, &old, BOTH).await.unwrap();
    let new = renew(&server.folder);
    assert_eq!(server.tls.look(), Look::Renewed);
    assert!(connect(server.address, &old, BOTH).await.is_err());
    let mut fresh = connect(server.address, &new, BOTH).await.unwrap();
    assert!(get_live(&mut fresh).await.ends_with("alive"));
    assert!(get_live(&mut standing).await.ends_with("alive"));
}

#[tokio::test]
async fn a_broken_renewal_leaves_the_old_certificate() {
    let (server, cert) = Server::start("broken").await;
    std::fs::write(server.folder.join("tls.crt"), "-----BEGIN CERTIFICATE-----\nno\n").unwrap();
    assert!(matches!(server.tls.look(), Look::Refused(_)));
    let mut stream = connect(server.address, &cert, BOTH).await.unwrap();
    assert!(get_live(&mut stream).await.ends_with("alive"));
}

#[tokio::test]
async fn the_watch_sees_a_renewal_by_itself() {
    let (server, _) = Server::start("watch").await;
    server.tls.watch(Duration::from_millis(5));
    let new = renew(&server.folder);
    let seen = async {
        while connect(server.address, &new, BOTH).await.is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), seen).await.unwrap();
}

/// Sends bytes and gives everything that comes back until the server closes.
async fn exchange(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply).await;
    reply
}

#[tokio::test]
async fn plain_http_at_a_tls_door_is_told_no_and_nothing_else() {
    let (server, _) = Server::start("plain").await;
    let reply = exchange(server.address, b"GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    // A TLS alert (RFC 8446, 6), or a reset.
    assert!(reply.is_empty() || reply[0] == 21, "{reply:?}");
    assert!(!reply.windows(5).any(|window| window == b"alive"));
}

/// A client hello of an old version (RFC 2246, 7.4.1.2), with a suite that every server of the time knew.
fn old_hello(minor: u8) -> Vec<u8> {
    let mut body = vec![3, minor];
    body.extend([7; 32]);
    body.push(0);
    body.extend([0, 4, 0xc0, 0x13, 0x00, 0x2f]);
    body.extend([1, 0]);
    let mut handshake = vec![1, 0, 0, u8::try_from(body.len()).unwrap()];
    handshake.extend(body);
    let mut record = vec![22, 3, 1, 0, u8::try_from(handshake.len()).unwrap()];
    record.extend(handshake);
    record
}

#[tokio::test]
async fn tls_1_1_and_older_is_refused() {
    let (server, _) = Server::start("old").await;
    for minor in [0, 1, 2] {
        let reply = exchange(server.address, &old_hello(minor)).await;
        assert_eq!(reply.first(), Some(&21), "an alert: {reply:?}");
        // protocol_version, or handshake_failure where not even the number is looked at.
        assert!(matches!(reply.get(6), Some(70 | 40)), "{reply:?}");
    }
    let seen = async {
        while server.traffic.failed_handshakes() < 3 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), seen).await.unwrap();
}

// The clock of this test runs ahead by itself whenever everybody waits.
#[tokio::test(start_paused = true)]
async fn a_handshake_that_does_not_come_is_not_waited_for() {
    let (server, _) = Server::start("slow").await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(&[22, 3, 1]).await.unwrap();
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply).await;
    assert!(reply.is_empty());
    assert_eq!(server.traffic.failed_handshakes(), 1);
}

#[tokio::test]
async fn a_handshake_that_has_not_ended_does_not_hold_up_the_end() {
    let (mut server, _) = Server::start("end").await;
    let _silent = TcpStream::connect(server.address).await.unwrap();
    while server.traffic.open() == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    server.stop.take().unwrap().send(()).unwrap();
    // The handshake alone would be given ten seconds, and the whole ten minutes.
    tokio::time::timeout(Duration::from_secs(8), &mut server.served).await.unwrap().unwrap();
}

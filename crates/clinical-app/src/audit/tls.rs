//! A TLS connection to a collector, with a limit on every wait.
#![expect(clippy::disallowed_methods, reason = "reads the certificates that the collector must be vouched for by")]

use super::Syslog as Address;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{self, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const TO_CONNECT: Duration = Duration::from_secs(5);
const TO_WRITE: Duration = Duration::from_secs(10);

/// Where systems keep the certificates that they trust: Debian and Alpine, Red Hat, SUSE, BSD and macOS.
const SYSTEM_ROOTS: &[&str] = &[
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Makes connections to one collector.
pub(super) struct Connector {
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
    host: String,
    port: u16,
}

impl Connector {
    /// Reads the certificates. Nothing is connected yet.
    pub(super) fn new(address: &Address) -> io::Result<Self> {
        let roots = match &address.ca {
            Some(path) => read(path)?,
            None => SYSTEM_ROOTS
                .iter()
                .find_map(|path| read(Path::new(path)).ok())
                .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?,
        };
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|_| io::ErrorKind::Unsupported)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(address.host.clone()).map_err(|_| io::ErrorKind::InvalidInput)?;
        Ok(Self { config: Arc::new(config), name, host: address.host.clone(), port: address.port })
    }

    /// Connects to the first of the host's addresses that answers, and knows who answered before this returns.
    pub(super) fn connect(&self) -> io::Result<Connection> {
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for address in (self.host.as_str(), self.port).to_socket_addrs()?.take(4) {
            match TcpStream::connect_timeout(&address, TO_CONNECT) {
                Ok(stream) => return self.greet(stream),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn greet(&self, mut stream: TcpStream) -> io::Result<Connection> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(TO_WRITE))?;
        stream.set_read_timeout(Some(TO_WRITE))?;
        #[cfg(target_os = "linux")]
        {
            // A small buffer bounds what can be lost in it; a peer that does not answer is given up early.
            let _ = rustix::net::sockopt::set_socket_send_buffer_size(&stream, 64 << 10);
            let _ = rustix::net::sockopt::set_tcp_user_timeout(&stream, 20_000);
        }
        let mut session =
            ClientConnection::new(Arc::clone(&self.config), self.name.clone()).map_err(io::Error::other)?;
        while session.is_handshaking() {
            session.complete_io(&mut stream)?;
        }
        Ok(Connection(StreamOwned::new(session, stream)))
    }
}

fn read(path: &Path) -> io::Result<RootCertStore> {
    let pem = std::fs::read(path)?;
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(CertificateDer::pem_slice_iter(&pem).flatten());
    if roots.is_empty() { Err(io::ErrorKind::InvalidData.into()) } else { Ok(roots) }
}

/// A connection that is open.
pub(super) struct Connection(StreamOwned<ClientConnection, TcpStream>);

impl Connection {
    /// Hands bytes to the system.
    pub(super) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)?;
        self.0.flush()
    }

    /// Whether the other end has not closed, by all that came from it so far. What a collector says is not looked at.
    pub(super) fn is_open(&mut self) -> bool {
        let StreamOwned { conn, sock } = &mut self.0;
        if sock.set_nonblocking(true).is_err() {
            return false;
        }
        let open = loop {
            match conn.read_tls(sock) {
                Ok(0) => break false,
                Ok(_) => match conn.process_new_packets() {
                    // A collector has nothing to say; one that sends data fills no memory of ours.
                    Ok(state) if state.plaintext_bytes_to_read() > 0 || state.peer_has_closed() => break false,
                    Ok(_) => {}
                    Err(_) => break false,
                },
                Err(error) => break error.kind() == io::ErrorKind::WouldBlock,
            }
        };
        sock.set_nonblocking(false).is_ok() && open
    }

    /// Says the end, so that the collector knows it from a cut.
    pub(super) fn close(&mut self) {
        self.0.conn.send_close_notify();
        let _ = self.0.flush();
    }
}

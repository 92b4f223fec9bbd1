//! TLS of the doors: rustls with `ring`, TLS 1.2 and 1.3 and nothing older, and certificates that are renewed while
//! the service runs.

mod pair;

use pair::Pair;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tokio_rustls::TlsAcceptor;
use x509_cert::Certificate;
use x509_cert::der::Decode as _;

/// How often the two files are looked at.
pub const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Where certificate and key stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Config {
    /// The chain, the server's own certificate first, as PEM (`TLS_CERT`).
    pub cert: PathBuf,
    /// Its private key as PEM, not encrypted: PKCS #8, PKCS #1 or SEC 1 (`TLS_KEY`).
    pub key: PathBuf,
}

/// Why a pair of files cannot be used. Neither names nor contents of files are repeated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The file of the certificate is not there, not readable or far too large.
    #[error("TLS_CERT names a file that cannot be read")]
    CertificateUnread,
    /// There is no certificate in it that can be used.
    #[error("TLS_CERT names a file that holds no PEM certificate")]
    NoCertificate,
    /// The file of the key is not there, not readable or far too large.
    #[error("TLS_KEY names a file that cannot be read")]
    KeyUnread,
    /// There is no key in it that can be used.
    #[error("TLS_KEY names a file that holds no PEM private key, or one that is encrypted or of an unknown kind")]
    NoKey,
    /// The key is another certificate's.
    #[error("the key of TLS_KEY does not belong to the certificate of TLS_CERT")]
    Mismatch,
}

/// What a look at the files showed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// What is served already.
    Same,
    /// A new pair; from now on it is served. Connections that stand keep theirs.
    Renewed,
    /// A pair that cannot be used; the one before is served on.
    Refused(Fault),
}

/// The certificate that is served, and the watch over its files.
#[derive(Debug)]
pub struct Tls {
    config: Config,
    server: Arc<ServerConfig>,
    current: Arc<Current>,
    seen: Mutex<Seen>,
}

/// Digests of what the files held.
#[derive(Debug)]
struct Seen {
    served: [u8; 32],
    /// The broken content of the last look, and whether the log has it.
    broken: Option<([u8; 32], bool)>,
}

/// What every new connection is given.
#[derive(Debug)]
struct Current(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Tls {
    /// Reads the pair.
    ///
    /// # Errors
    /// The pair cannot be used.
    pub fn open(config: &Config) -> Result<Arc<Self>, Fault> {
        let pair = Pair::read(config);
        let current = Arc::new(Current(RwLock::new(Arc::new(pair.certified?))));
        let provider = Arc::new(ring::default_provider());
        let resolver: Arc<dyn ResolvesServerCert> = Arc::<Current>::clone(&current);
        // The provider has suites for both versions, so this is never refused.
        let mut server = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
            .map_err(|_| Fault::NoCertificate)?
            .with_no_client_auth()
            .with_cert_resolver(resolver);
        server.alpn_protocols = vec![b"http/1.1".to_vec()];
        // Clients that come back need no new key exchange. The tickets' key is drawn anew every few hours; without
        // randomness there are no tickets.
        if let Ok(ticketer) = ring::Ticketer::new() {
            server.ticketer = ticketer;
        }
        let seen = Mutex::new(Seen { served: pair.digest, broken: None });
        Ok(Arc::new(Self { config: config.clone(), server: Arc::new(server), current, seen }))
    }

    /// Takes connections.
    #[must_use]
    pub fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.server))
    }

    /// Looks at the files once. It reads them whole, because a secret of Kubernetes is renewed by moving a link, which
    /// changes no date of the file. Blocks for as long as reading two small files takes.
    pub fn look(&self) -> Look {
        let pair = Pair::read(&self.config);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if pair.digest == seen.served {
            seen.broken = None;
            return Look::Same;
        }
        match pair.certified {
            Ok(certified) => {
                *self.current.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(certified);
                *seen = Seen { served: pair.digest, broken: None };
                tracing::info!("certificate-renewed");
                Look::Renewed
            }
            Err(fault) => {
                // A look between the writing of the one file and of the other sees a pair that does not fit. Only what
                // is still so at the next look is worth a line, and only one.
                let said = match seen.broken {
                    Some((digest, said)) if digest == pair.digest => {
                        if !said {
                            tracing::warn!("certificate-refused");
                        }
                        true
                    }
                    _ => false,
                };
                seen.broken = Some((pair.digest, said));
                Look::Refused(fault)
            }
        }
    }

    /// Whether the files have held something unusable for two looks or more: the certificate will not be renewed until
    /// somebody mends them.
    #[must_use]
    pub fn is_refusing(&self) -> bool {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).broken.is_some_and(|(_, said)| said)
    }

    /// When the certificate that is served ends (`notAfter`; RFC 5280, 4.1.2.5), in seconds since 1970. `None` if it
    /// cannot be read from it.
    #[must_use]
    pub fn ends(&self) -> Option<u64> {
        let served = Arc::clone(&self.current.0.read().unwrap_or_else(PoisonError::into_inner));
        let certificate = Certificate::from_der(served.cert.first()?).ok()?;
        Some(certificate.tbs_certificate.validity.not_after.to_unix_duration().as_secs())
    }

    /// Looks at the files every so often, as long as anybody holds this. Needs a tokio runtime.
    pub fn watch(self: &Arc<Self>, every: Duration) {
        let tls = Arc::downgrade(self);
        tokio::spawn(async move {
            let mut ticks = interval(every.max(Duration::from_millis(1)));
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                let Some(tls) = tls.upgrade() else { return };
                // A look that panics is one look less.
                let _ = tokio::task::spawn_blocking(move || tls.look()).await;
            }
        });
    }
}

#[cfg(test)]
mod tests;

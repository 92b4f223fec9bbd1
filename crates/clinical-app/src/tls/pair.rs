//! A certificate and its key, from two files.
#![expect(clippy::disallowed_methods, reason = "reads the two files of TLS_CERT and TLS_KEY")]

use super::{Config, Fault};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// A file that is longer holds something else.
const LONGEST: u64 = 1 << 20;

/// What the two files hold.
pub(super) struct Pair {
    /// Of both contents; it tells one state of the files from another.
    pub(super) digest: [u8; 32],
    pub(super) certified: Result<CertifiedKey, Fault>,
}

impl Pair {
    /// Reads both files.
    pub(super) fn read(config: &Config) -> Self {
        let (cert, key) = (read(&config.cert), read(&config.key));
        let mut hash = Sha256::new();
        for file in [&cert, &key] {
            match file {
                Some(bytes) => {
                    hash.update((bytes.len() as u64).to_be_bytes());
                    hash.update(bytes);
                }
                None => hash.update(u64::MAX.to_be_bytes()),
            }
        }
        Self { digest: hash.finalize().into(), certified: certified(cert.as_deref(), key.as_deref()) }
    }
}

fn certified(cert: Option<&[u8]>, key: Option<&[u8]>) -> Result<CertifiedKey, Fault> {
    let cert = cert.ok_or(Fault::CertificateUnread)?;
    let chain: Vec<_> =
        CertificateDer::pem_slice_iter(cert).collect::<Result<_, _>>().map_err(|_| Fault::NoCertificate)?;
    if chain.is_empty() {
        return Err(Fault::NoCertificate);
    }
    let key = PrivateKeyDer::from_pem_slice(key.ok_or(Fault::KeyUnread)?).map_err(|_| Fault::NoKey)?;
    let key = ring::sign::any_supported_type(&key).map_err(|_| Fault::NoKey)?;
    let certified = CertifiedKey::new(chain, key);
    match certified.keys_match() {
        Ok(()) => Ok(certified),
        Err(rustls::Error::InconsistentKeys(_)) => Err(Fault::Mismatch),
        Err(_) => Err(Fault::NoCertificate),
    }
}

fn read(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(LONGEST + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= LONGEST).then_some(bytes)
}

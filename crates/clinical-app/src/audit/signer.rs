//! Who signs checkpoints: a key of ed25519 (RFC 8032).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use std::fmt;

/// Length of a public key as base64.
pub(super) const PUBLIC_TEXT: usize = 44;

/// Length of a signature as base64.
pub(super) const SIGNATURE_TEXT: usize = 88;

/// What is signed is this and the digest in hexadecimal, so that no signature of another purpose fits, and `openssl`
/// can check one by hand.
const PURPOSE: &[u8] = b"clinical-notes audit checkpoint ";

/// A key that signs, with its public half as text.
pub(super) struct Signer {
    key: SigningKey,
    public: String,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.public)
    }
}

impl Signer {
    /// The key of a seed of 32 bytes; nothing for another length.
    pub(super) fn from_seed(seed: &[u8]) -> Option<Self> {
        let key = SigningKey::from_bytes(seed.try_into().ok()?);
        let public = STANDARD.encode(key.verifying_key().as_bytes());
        Some(Self { key, public })
    }

    /// A new key that nobody knows and that ends with the process. Nothing if the system has no randomness.
    pub(super) fn draw() -> Option<Self> {
        Self::from_seed(&random()?)
    }

    /// The public key as base64.
    pub(super) fn public_text(&self) -> &str {
        &self.public
    }

    /// The signature of a digest, as base64.
    pub(super) fn sign(&self, digest: &[u8]) -> String {
        STANDARD.encode(self.key.sign(&[PURPOSE, digest].concat()).to_bytes())
    }
}

/// 32 bytes from the operating system.
pub(super) fn random() -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    rustls::crypto::ring::default_provider().secure_random.fill(&mut bytes).ok()?;
    Some(bytes)
}

/// A public key that checkpoints must be signed with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads the base64 of 32 bytes, as the program prints it when it starts. Nothing for anything else, and for the
    /// few points of the curve for which everybody can make signatures.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let bytes: [u8; 32] = STANDARD.decode(text.trim()).ok()?.try_into().ok()?;
        VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak()).map(Self)
    }

    /// Whether this key signed the digest. Strictly: for one digest and key there is one signature only.
    pub(super) fn signed(&self, digest: &[u8], signature: &[u8]) -> bool {
        let Some(signature) = STANDARD.decode(signature).ok().and_then(|s| Signature::from_slice(&s).ok()) else {
            return false;
        };
        self.0.verify_strict(&[PURPOSE, digest].concat(), &signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_one_digest_by_one_key() {
        let (one, other) = (Signer::from_seed(&[1; 32]).unwrap(), Signer::draw().unwrap());
        let public = PublicKey::read(one.public_text()).unwrap();
        let signature = one.sign(b"digest");
        assert_eq!((signature.len(), one.public_text().len()), (SIGNATURE_TEXT, PUBLIC_TEXT));
        assert!(public.signed(b"digest", signature.as_bytes()));
        assert!(!public.signed(b"digesu", signature.as_bytes()));
        assert!(!public.signed(b"digest", other.sign(b"digest").as_bytes()));
        assert!(!public.signed(b"digest", b"AAAA"));
    }

    #[test]
    fn a_key_is_32_bytes_and_is_not_printed() {
        assert!(Signer::from_seed(&[1; 31]).is_none());
        assert!(PublicKey::read("AAAA").is_none());
        // The neutral element: everybody can sign for it.
        assert!(PublicKey::read("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").is_none());
        let seed = [9; 32];
        assert!(!format!("{:?}", Signer::from_seed(&seed).unwrap()).contains(&STANDARD.encode(seed)));
    }
}

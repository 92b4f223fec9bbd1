//! Numbers that nobody can guess without the secret (HMAC-SHA-256).

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

/// A key made from a secret. Wiped when dropped; no `Debug`.
#[derive(Clone)]
pub(super) struct Key([u8; 64]);

impl Key {
    pub(super) fn of(secret: &[u8]) -> Self {
        let mut block = [0; 64];
        if secret.len() > block.len() {
            block[..32].copy_from_slice(&Sha256::digest(secret));
        } else {
            block[..secret.len()].copy_from_slice(secret);
        }
        Self(block)
    }

    /// The key of one subject or document.
    pub(super) fn within(&self, name: &[u8]) -> Self {
        Self::of(&self.digest("subject", name))
    }

    pub(super) fn digest(&self, purpose: &str, value: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new(&self.0.into());
        mac.update(&(purpose.len() as u64).to_be_bytes());
        mac.update(purpose.as_bytes());
        mac.update(value);
        mac.finalize().into_bytes().into()
    }

    /// As many numbers as wanted for one value.
    pub(super) fn numbers(&self, purpose: &str, value: &str) -> Numbers {
        let digest = self.digest(purpose, value.as_bytes());
        let mut seed = [0; 8];
        seed.copy_from_slice(&digest[..8]);
        Numbers(u64::from_be_bytes(seed))
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// A row of numbers (SplitMix64) that begins at a digest.
pub(super) struct Numbers(u64);

impl Numbers {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    pub(super) fn pick<'l>(&mut self, list: &[&'l str]) -> &'l str {
        list.get(self.below(list.len() as u64) as usize).copied().unwrap_or("")
    }
}

//! Shared secrets: for small sites that have no key server.

use super::config::{self, Hmac};
use crate::settings::Mistake;
use clinical_pipeline::Phi;
use jsonwebtoken::{DecodingKey, crypto};

/// The secrets that hold at one time, with their one algorithm.
pub(super) struct Secrets {
    keys: Vec<DecodingKey>,
    algorithm: Hmac,
}

impl Secrets {
    /// Secrets that can be used.
    ///
    /// # Errors
    /// What is wrong with them, without their values.
    pub(super) fn new(secrets: &[Phi<Vec<u8>>], algorithm: Hmac) -> Result<Self, Vec<Mistake>> {
        let mistakes = config::secrets(secrets, algorithm);
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let keys = secrets.iter().map(|secret| DecodingKey::from_secret(secret.expose())).collect();
        Ok(Self { keys, algorithm })
    }

    /// Whether one of them made this signature. Each comparison takes the same time, whatever the signature.
    pub(super) fn signed(&self, message: &str, signature: &str) -> bool {
        let algorithm = self.algorithm.algorithm();
        self.keys.iter().any(|key| crypto::verify(signature, message.as_bytes(), key, algorithm).unwrap_or(false))
    }
}

/// The secrets of a file or variable, separated by commas: the next can stand beside the present one while both hold.
/// Blanks and line ends around them are no part of a secret.
#[must_use]
pub fn secrets_in(text: &[u8]) -> Vec<Phi<Vec<u8>>> {
    let several = text.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    several.filter(|secret| !secret.is_empty()).map(|secret| Phi::new(secret.to_vec())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_stand_between_secrets() {
        assert_eq!(secrets_in(b"one, two \r\n"), [&b"one"[..], b"two"].map(|s| Phi::new(s.to_vec())));
        assert_eq!(secrets_in(b" \n,, "), []);
    }
}

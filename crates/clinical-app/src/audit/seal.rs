//! The end of every line: its place in the chain, and a digest of all bytes before the digest.
//!
//! A line is one JSON object. Its last member is a FHIR extension that always looks the same, so that a reader finds
//! the values by their distance from the end and needs no JSON:
//!
//! ```text
//! … ,"extension":[{"url":"urn:x-clinical-notes:audit:chain","extension":[{"url":"log","valueString":"0f…"},
//! {"url":"sequence","valueDecimal":7},{"url":"previous","valueString":"9c…"},{"url":"digest","valueString":"41…"}]}]}
//! ```
//!
//! A checkpoint has its signer before the digest and the signature of the digest behind it.

use super::json;
use super::signer::{PUBLIC_TEXT, SIGNATURE_TEXT, Signer};
use sha2::{Digest as _, Sha256};

const OPEN: &[u8] =
    br#","extension":[{"url":"urn:x-clinical-notes:audit:chain","extension":[{"url":"log","valueString":""#;
const SEQUENCE: &[u8] = br#""},{"url":"sequence","valueDecimal":"#;
const PREVIOUS: &[u8] = br#"},{"url":"previous","valueString":""#;
const SIGNER: &[u8] = br#""},{"url":"signer","valueBase64Binary":""#;
const DIGEST: &[u8] = br#""},{"url":"digest","valueString":""#;
const SIGNATURE: &[u8] = br#""},{"url":"signature","valueBase64Binary":""#;
const END: &[u8] = br#""}]}]}"#;

/// SHA-256 in lower-case hexadecimal.
pub(super) type Hex = [u8; 64];

/// The name of a log: drawn when it begins, the same in all its files.
pub(super) type LogId = [u8; 16];

/// What stands as the previous digest in the first line of a log.
pub(super) const NONE_BEFORE: Hex = [b'0'; 64];

/// Where a line stands in its log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Link {
    /// Which log.
    pub(super) log: LogId,
    /// Number of the line, from 1, over all files.
    pub(super) sequence: u64,
    /// Digest of the line before.
    pub(super) previous: Hex,
}

/// The digest of `bytes` in hexadecimal.
pub(super) fn digest_text(hash: Sha256) -> Hex {
    let mut text = Vec::with_capacity(64);
    json::hex(&mut text, &hash.finalize());
    let mut digest = NONE_BEFORE;
    digest.copy_from_slice(&text);
    digest
}

/// Ends a line. `line` holds the resource without its closing bracket, and `hash` has taken exactly that: this much is
/// done before the log is locked. Gives the digest of the line.
pub(super) fn seal(line: &mut Vec<u8>, mut hash: Sha256, link: &Link, signer: Option<&Signer>) -> Hex {
    let from = line.len();
    line.extend_from_slice(OPEN);
    line.extend_from_slice(&link.log);
    line.extend_from_slice(SEQUENCE);
    json::digits(line, link.sequence, 1);
    line.extend_from_slice(PREVIOUS);
    line.extend_from_slice(&link.previous);
    if let Some(signer) = signer {
        line.extend_from_slice(SIGNER);
        line.extend_from_slice(signer.public_text().as_bytes());
    }
    line.extend_from_slice(DIGEST);
    hash.update(&line[from..]);
    let digest = digest_text(hash);
    line.extend_from_slice(&digest);
    if let Some(signer) = signer {
        line.extend_from_slice(SIGNATURE);
        line.extend_from_slice(signer.sign(&digest).as_bytes());
    }
    line.extend_from_slice(END);
    line.push(b'\n');
    digest
}

/// The end of a line that was read. Nothing is checked but its form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Sealed<'l> {
    /// Where the line says it stands.
    pub(super) link: Link,
    /// The digest that it names.
    pub(super) digest: &'l [u8],
    /// Who signed, for a checkpoint.
    pub(super) signer: Option<&'l [u8]>,
    /// The signature of the digest, for a checkpoint.
    pub(super) signature: Option<&'l [u8]>,
    /// The bytes that the digest is of.
    hashed: &'l [u8],
}

impl<'l> Sealed<'l> {
    /// Reads the end of a line, without its newline. Nothing if it has another form.
    pub(super) fn read(line: &'l [u8]) -> Option<Self> {
        let rest = line.strip_suffix(END)?;
        let (rest, signature) = optional(rest, SIGNATURE, SIGNATURE_TEXT);
        let (hashed, digest) = rest.split_at_checked(rest.len().checked_sub(64)?)?;
        let rest = hashed.strip_suffix(DIGEST)?;
        let (rest, signer) = optional(rest, SIGNER, PUBLIC_TEXT);
        let (rest, previous) = rest.split_at_checked(rest.len().checked_sub(64)?)?;
        let rest = rest.strip_suffix(PREVIOUS)?;
        let number = rest.iter().rev().take(20).take_while(|b| b.is_ascii_digit()).count();
        let (rest, number) = rest.split_at(rest.len() - number);
        let sequence = std::str::from_utf8(number).ok()?.parse().ok()?;
        let rest = rest.strip_suffix(SEQUENCE)?;
        let (rest, log) = rest.split_at_checked(rest.len().checked_sub(16)?)?;
        rest.strip_suffix(OPEN)?;
        let link = Link { log: log.try_into().ok()?, sequence, previous: previous.try_into().ok()? };
        Some(Self { link, digest, signer, signature, hashed })
    }

    /// Whether the digest is that of the line.
    pub(super) fn is_whole(&self) -> bool {
        digest_text(Sha256::new_with_prefix(self.hashed)) == self.digest
    }
}

/// The value of `length` behind `key` at the end, if there is one, and what stands before both.
fn optional<'l>(rest: &'l [u8], key: &[u8], length: usize) -> (&'l [u8], Option<&'l [u8]>) {
    rest.len()
        .checked_sub(length)
        .and_then(|at| rest.split_at_checked(at))
        .and_then(|(before, value)| Some((before.strip_suffix(key)?, Some(value))))
        .unwrap_or((rest, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: Link = Link { log: [b'a'; 16], sequence: 1_234_567_890_123, previous: [b'e'; 64] };

    fn line(signer: Option<&Signer>) -> Vec<u8> {
        let mut line = br#"{"resourceType":"AuditEvent""#.to_vec();
        let hash = Sha256::new_with_prefix(&line);
        seal(&mut line, hash, &LINK, signer);
        assert_eq!(line.pop(), Some(b'\n'));
        line
    }

    #[test]
    fn what_is_sealed_is_read_again() {
        let signer = Signer::from_seed(&[7; 32]).unwrap();
        for signer in [None, Some(&signer)] {
            let line = line(signer);
            serde_json::from_slice::<serde_json::Value>(&line).unwrap();
            let sealed = Sealed::read(&line).unwrap();
            assert_eq!((sealed.link, sealed.is_whole()), (LINK, true));
            assert_eq!(sealed.signer, signer.map(|s| s.public_text().as_bytes()));
            assert_eq!(sealed.signature.is_some(), signer.is_some());
        }
    }

    #[test]
    fn no_changed_byte_goes_unseen() {
        let line = line(None);
        for at in 0..line.len() {
            let mut changed = line.clone();
            changed[at] ^= 1;
            assert!(!Sealed::read(&changed).is_some_and(|sealed| sealed.is_whole()), "{at}");
            assert!(!Sealed::read(&line[..at]).is_some_and(|sealed| sealed.is_whole()), "{at}");
        }
    }
}

//! The public keys of an issuer (RFC 7517, 5): those that can check a signature, each with the algorithms it is for.
//!
//! The algorithm is decided by the key and never by the token alone (RFC 8725, 3.1). A key that cannot be used is
//! passed over: an issuer may have keys for other things in the same set.

use super::json;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm::{self, ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
use jsonwebtoken::DecodingKey;
use jsonwebtoken::crypto::{self, rust_crypto};
use serde_json::{Map, Value};
use std::str::FromStr as _;

/// More keys than any issuer has at one time.
const MOST_KEYS: usize = 64;

/// Bits of RSA keys: fewer can be broken (RFC 7518, 3.3), more cost too much and are not read by the library.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// One key.
struct Key {
    id: Option<String>,
    key: DecodingKey,
    /// What it is for: one algorithm if the key says so, else all of its family.
    algorithms: Vec<Algorithm>,
}

impl Key {
    fn fits(&self, algorithm: Algorithm) -> bool {
        self.algorithms.contains(&algorithm)
    }
}

/// The keys that can be used.
pub(super) struct KeySet(Vec<Key>);

/// What the set has for a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Has {
    /// A key of this name and for this algorithm.
    Key,
    /// A key of this name for another algorithm.
    OtherAlgorithm,
    /// Several that could be meant.
    Several,
    /// None.
    Nothing,
}

impl KeySet {
    /// Reads a set. `None` if it is no set, or if no key of it can be used.
    pub(super) fn read(bytes: &[u8], issuer: Option<&str>) -> Option<Self> {
        let document = json::object(bytes).ok()?;
        let listed = document.get("keys")?.as_array()?;
        let keys: Vec<Key> = listed
            .iter()
            .take(MOST_KEYS)
            .filter_map(Value::as_object)
            .filter(|jwk| is_for_signatures(jwk) && is_of(jwk, issuer))
            .filter_map(key)
            .collect();
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// How many keys can be used.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What there is for a token with this header.
    pub(super) fn has(&self, id: Option<&str>, algorithm: Algorithm) -> Has {
        match (self.candidates(id, algorithm).count(), id) {
            (0, Some(id)) if self.0.iter().any(|key| key.id.as_deref() == Some(id)) => Has::OtherAlgorithm,
            (0, _) => Has::Nothing,
            (1, _) | (_, Some(_)) => Has::Key,
            (_, None) => Has::Several,
        }
    }

    /// Whether a key for a token with this header made this signature.
    pub(super) fn signed(&self, id: Option<&str>, algorithm: Algorithm, message: &str, signature: &str) -> bool {
        self.candidates(id, algorithm)
            .any(|key| crypto::verify(signature, message.as_bytes(), &key.key, algorithm).unwrap_or(false))
    }

    /// The keys that a token can mean. Two keys of one name are both tried: their names are the issuer's affair.
    fn candidates(&self, id: Option<&str>, algorithm: Algorithm) -> impl Iterator<Item = &Key> {
        let named = move |key: &&Key| id.is_none() || key.id.as_deref() == id;
        self.0.iter().filter(named).filter(move |key| key.fits(algorithm))
    }
}

/// Whether the key is meant for signatures (RFC 7517, 4.2 and 4.3) and nothing of its private half was published.
fn is_for_signatures(jwk: &Map<String, Value>) -> bool {
    let says = |name: &str, ours: &str| match jwk.get(name) {
        None => true,
        Some(Value::String(text)) => text == ours,
        Some(Value::Array(list)) => list.iter().any(|item| item == ours),
        Some(_) => false,
    };
    let is_private = ["d", "p", "q", "k"].iter().any(|name| jwk.contains_key(*name));
    says("use", "sig") && says("key_ops", "verify") && !is_private
}

/// Whether the key signs for our issuer. Entra ID has keys of several issuers at its common address and says in each
/// whose it is, with `{tenantid}` for every tenant; versions of one tenant's issuer differ in all but the tenant.
fn is_of(jwk: &Map<String, Value>, issuer: Option<&str>) -> bool {
    let tenant = |address: &str| address.split('/').nth(3).map(str::to_owned);
    match (jwk.get("issuer").and_then(Value::as_str), issuer) {
        (None, _) | (_, None) => true,
        (Some(theirs), Some(ours)) => theirs == ours || theirs.contains("{tenantid}") || tenant(theirs) == tenant(ours),
    }
}

fn key(jwk: &Map<String, Value>) -> Option<Key> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)?).ok();
    // Keys with a shared secret (`oct`) have no place in what everybody can read.
    let (key, family): (DecodingKey, &[Algorithm]) = match (text("kty")?, text("crv")) {
        ("RSA", _) => (rsa(&bytes("n")?, &bytes("e")?)?, &[RS256, RS384, RS512, PS256, PS384, PS512]),
        ("EC", Some("P-256")) => (point(&bytes("x")?, &bytes("y")?, 32)?, &[ES256]),
        ("EC", Some("P-384")) => (point(&bytes("x")?, &bytes("y")?, 48)?, &[ES384]),
        // The library takes the first 32 bytes without asking whether there are as many.
        ("OKP", Some("Ed25519")) if bytes("x")?.len() == 32 => {
            (DecodingKey::from_ed_components(text("x")?).ok()?, &[EdDSA])
        }
        _ => return None,
    };
    let algorithms: Vec<Algorithm> = match jwk.get("alg") {
        // Keys of Entra ID do not say.
        None => family.to_vec(),
        Some(name) => {
            // RFC 9864 has a name of its own for EdDSA with this curve.
            let name = name.as_str().map(|name| if name == "Ed25519" { "EdDSA" } else { name })?;
            vec![Algorithm::from_str(name).ok().filter(|algorithm| family.contains(algorithm))?]
        }
    };
    // A point that is not on its curve shows here, and not when a token comes.
    let first = algorithms.first()?;
    (rust_crypto::DEFAULT_PROVIDER.verifier_factory)(first, &key).ok()?;
    Some(Key { id: text("kid").map(str::to_owned), key, algorithms })
}

fn rsa(modulus: &[u8], exponent: &[u8]) -> Option<DecodingKey> {
    let zeros = modulus.iter().take_while(|byte| **byte == 0).count();
    let modulus = &modulus[zeros..];
    let bits = modulus.len() * 8 - modulus.first()?.leading_zeros() as usize;
    // With an exponent of 1 everybody signs. 33 bits are what the library takes.
    let exponent_value =
        exponent.iter().try_fold(0_u64, |sum, byte| sum.checked_mul(256)?.checked_add((*byte).into()))?;
    let fits = RSA_BITS.contains(&bits) && exponent_value % 2 == 1 && (3..1 << 33).contains(&exponent_value);
    fits.then(|| DecodingKey::from_rsa_raw_components(modulus, exponent))
}

fn point(x: &[u8], y: &[u8], length: usize) -> Option<DecodingKey> {
    // RFC 7518, 6.2.1.2: coordinates have their full length.
    (x.len() == length && y.len() == length).then(|| DecodingKey::from_ec_der(&[&[4], x, y].concat()))
}

#[cfg(test)]
mod tests;

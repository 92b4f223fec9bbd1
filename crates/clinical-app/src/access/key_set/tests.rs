use super::*;
use serde_json::json;

/// The public halves of the keys in `tests/keys`.
fn public(name: &str) -> Map<String, Value> {
    let all: Value = serde_json::from_str(include_str!("../../../tests/keys/test-only-public.json")).unwrap();
    all[name].as_object().unwrap().clone()
}

/// How many keys can be used of a set of one key with these members more or instead.
fn usable(name: &str, changes: Value) -> usize {
    let mut jwk = public(name);
    jwk.extend(changes.as_object().unwrap().clone());
    read(json!([jwk])).map_or(0, |set| set.len())
}

fn read(keys: Value) -> Option<KeySet> {
    KeySet::read(json!({ "keys": keys }).to_string().as_bytes(), Some("https://login.microsoftonline.com/t1/v2.0"))
}

#[test]
fn the_keys_of_entra_and_keycloak_are_read() {
    // Entra ID: `use`, `x5t` and certificates, no `alg`. Keycloak: `alg`, and a second key for encryption.
    assert_eq!(usable("rsa-a", json!({ "use": "sig", "kid": "k", "x5t": "k", "x5c": ["MIIC"] })), 1);
    let mut encryption = public("rsa-b");
    encryption.extend(json!({ "kid": "e", "use": "enc", "alg": "RSA-OAEP" }).as_object().unwrap().clone());
    let mut signing = public("rsa-a");
    signing.extend(json!({ "kid": "s", "use": "sig", "alg": "RS256" }).as_object().unwrap().clone());
    let set = read(json!([encryption, signing])).unwrap();
    assert_eq!(set.len(), 1);
    assert_eq!(set.has(Some("s"), RS256), Has::Key);
    assert_eq!(set.has(Some("e"), RS256), Has::Nothing);
}

#[test]
fn a_key_is_for_its_own_algorithms_only() {
    for (name, own) in [
        ("rsa-a", &[RS256, RS384, RS512, PS256, PS384, PS512][..]),
        ("p256", &[ES256]),
        ("p384", &[ES384]),
        ("ed25519", &[EdDSA]),
    ] {
        let set = read(json!([public(name)])).unwrap();
        for algorithm in [RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, EdDSA, Algorithm::HS256] {
            assert_eq!(set.has(None, algorithm) == Has::Key, own.contains(&algorithm), "{name} {algorithm:?}");
        }
    }
    let mut jwk = public("rsa-a");
    jwk.extend(json!({ "alg": "PS256", "kid": "k" }).as_object().unwrap().clone());
    let set = read(json!([jwk])).unwrap();
    assert_eq!(set.has(Some("k"), PS256), Has::Key);
    assert_eq!(set.has(Some("k"), RS256), Has::OtherAlgorithm);
}

#[test]
fn keys_for_other_things_are_passed_over() {
    for changes in [
        json!({ "use": "enc" }),
        json!({ "use": "SIG" }),
        json!({ "use": 1 }),
        json!({ "key_ops": ["encrypt"] }),
        json!({ "key_ops": [] }),
        json!({ "alg": "RSA-OAEP" }),
        json!({ "alg": "HS256" }),
        json!({ "alg": "none" }),
        json!({ "alg": "ES256" }),
        json!({ "alg": 1 }),
        json!({ "kty": "oct" }),
        json!({ "kty": "EC" }),
        json!({ "d": "AAAA" }),
    ] {
        assert_eq!(usable("rsa-a", changes.clone()), 0, "{changes}");
    }
    assert_eq!(usable("rsa-a", json!({ "key_ops": ["verify"], "use": "sig" })), 1);
    assert_eq!(usable("ed25519", json!({ "alg": "Ed25519" })), 1);
}

#[test]
fn a_symmetric_key_in_a_set_is_passed_over() {
    let secret = URL_SAFE_NO_PAD.encode([7; 64]);
    assert!(read(json!([{ "kty": "oct", "k": secret, "alg": "HS256", "kid": "k" }])).is_none());
}

#[test]
fn an_rsa_key_of_less_than_2048_bits_is_passed_over() {
    assert_eq!(usable("rsa-short", json!({})), 0);
    // Zeros in front do not make it longer.
    let short = URL_SAFE_NO_PAD.decode(public("rsa-short")["n"].as_str().unwrap()).unwrap();
    let padded = URL_SAFE_NO_PAD.encode([vec![0; 128], short].concat());
    assert_eq!(usable("rsa-short", json!({ "n": padded })), 0);
    assert_eq!(usable("rsa-a", json!({ "n": URL_SAFE_NO_PAD.encode([255; 513]) })), 0);
    assert_eq!(usable("rsa-a", json!({ "n": "" })), 0);
}

#[test]
fn an_exponent_that_makes_signing_easy_is_passed_over() {
    for exponent in ["", "AQ", "Ag", "AAAB", "AQAA", "////////////", "____________"] {
        assert_eq!(usable("rsa-a", json!({ "e": exponent })), 0, "{exponent}");
    }
}

#[test]
fn points_of_wrong_length_or_off_the_curve_are_passed_over() {
    assert_eq!(usable("p256", json!({ "x": "AAAA" })), 0);
    assert_eq!(usable("p256", json!({ "y": URL_SAFE_NO_PAD.encode([1; 32]) })), 0);
    assert_eq!(usable("p256", json!({ "crv": "P-384" })), 0);
    assert_eq!(usable("p256", json!({ "crv": "secp256k1" })), 0);
    assert_eq!(usable("p256", json!({ "crv": "P-521" })), 0);
    for length in [0, 1, 31, 33, 64] {
        assert_eq!(usable("ed25519", json!({ "x": URL_SAFE_NO_PAD.encode(vec![1; length]) })), 0, "{length}");
    }
    assert_eq!(usable("ed25519", json!({ "crv": "X25519" })), 0);
}

#[test]
fn keys_of_another_tenant_are_passed_over() {
    for (issuer, expected) in [
        ("https://login.microsoftonline.com/{tenantid}/v2.0", 1),
        ("https://login.microsoftonline.com/t1/v2.0", 1),
        ("https://sts.windows.net/t1/", 1),
        ("https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0", 0),
    ] {
        assert_eq!(usable("rsa-a", json!({ "issuer": issuer })), expected, "{issuer}");
    }
}

#[test]
fn a_token_that_names_no_key_can_mean_one_only() {
    let set = read(json!([public("rsa-a"), public("rsa-b"), public("p256")])).unwrap();
    assert_eq!(set.has(None, RS256), Has::Several);
    assert_eq!(set.has(None, ES256), Has::Key);
    assert_eq!(set.has(None, EdDSA), Has::Nothing);
    assert_eq!(set.has(Some("k"), ES256), Has::Nothing);
}

#[test]
fn what_is_no_set_of_keys_is_none() {
    for text in ["", "{}", "[]", "null", r#"{"keys":{}}"#, r#"{"keys":[]}"#, r#"{"keys":[1,null,[]]}"#, "<html></html>"]
    {
        assert!(KeySet::read(text.as_bytes(), None).is_none(), "{text}");
    }
    let key = serde_json::to_string(&public("p256")).unwrap();
    assert!(KeySet::read(format!(r#"{{"keys":[{key}]}}"#).as_bytes(), None).is_some());
    assert!(KeySet::read(format!(r#"{{"keys":[{key}],"keys":[]}}"#).as_bytes(), None).is_none());
}

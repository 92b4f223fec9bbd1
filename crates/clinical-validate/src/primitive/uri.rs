//! URIs and what is made of them.

use super::{Fault, wrong};

/// `\S*`; "URIs are case sensitive", and those of OIDs and UUIDs have their own schemes (R4 2.24.0.1, RFC 3986, RFC
/// 3001, RFC 4122).
pub(super) fn uri(value: &str) -> Option<Fault> {
    if value.bytes().any(|byte| byte <= b' ') {
        return wrong("uri-whitespace", "A URI has no white space");
    }
    if value.starts_with("oid:") {
        return wrong("uri-oid", "An OID as a URI begins with urn:oid:");
    }
    if value.starts_with("uuid:") {
        return wrong("uri-uuid", "A UUID as a URI begins with urn:uuid:");
    }
    let whole = value.split('#').next().unwrap_or_default();
    match whole.strip_prefix("urn:uuid:") {
        Some(uuid) if !is_uuid(uuid, |byte| byte.is_ascii_hexdigit()) => {
            wrong("uuid-format", "urn:uuid: is followed by a UUID")
        }
        Some(_) => None,
        None => whole.starts_with("urn:oid:").then(|| oid(whole)).flatten(),
    }
}

/// `urn:oid:[0-2](\.(0|[1-9][0-9]*))+`
pub(super) fn oid(value: &str) -> Option<Fault> {
    let is_oid = value.strip_prefix("urn:oid:").is_some_and(|oid| {
        let mut arcs = oid.split('.');
        let is_first = matches!(arcs.next(), Some("0" | "1" | "2"));
        let mut count = 0;
        let are_numbers = arcs.all(|arc| {
            count += 1;
            !arc.is_empty() && arc.bytes().all(|byte| byte.is_ascii_digit()) && (arc == "0" || !arc.starts_with('0'))
        });
        is_first && count > 0 && are_numbers
    });
    if is_oid { None } else { wrong("oid-format", "An OID is urn:oid: and numbers with points between") }
}

/// `urn:uuid:` and a UUID in lower case.
pub(super) fn uuid(value: &str) -> Option<Fault> {
    let is_lower = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if value.strip_prefix("urn:uuid:").is_some_and(|uuid| is_uuid(uuid, is_lower)) {
        return None;
    }
    wrong("uuid-format", "A UUID is urn:uuid: and 32 digits in lower case in groups of 8-4-4-4-12")
}

fn is_uuid(text: &str, is_digit: impl Fn(u8) -> bool) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => is_digit(byte),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_have_no_white_space_and_the_right_scheme() {
        for good in [
            "http://example.org/x?y#z",
            "Patient/1",
            "urn:oid:2.16.840.1.113883",
            "urn:uuid:C757873D-ec9a-4326-a141-556f43239520",
            "urn:iso:std:iso:4217",
            "urn:uuid:c757873d-ec9a-4326-a141-556f43239520#part-of-it",
        ] {
            assert_eq!(uri(good), None, "{good}");
        }
        for bad in ["a b", "oid:1.2", "uuid:x", "urn:oid:1.02", "urn:oid:3.1", "urn:oid:1", "urn:uuid:1"] {
            assert!(uri(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_uuid_is_in_lower_case() {
        assert_eq!(uuid("urn:uuid:c757873d-ec9a-4326-a141-556f43239520"), None);
        assert!(uuid("urn:uuid:C757873D-EC9A-4326-A141-556F43239520").is_some());
    }
}

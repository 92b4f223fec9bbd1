//! Ids of resources and documents, replaced the same way wherever they stand, so that references still lead somewhere.

use std::collections::HashMap;

use super::secret::Key;

/// The ids of one document. Without a secret they are numbered in the order in which they come, which says nothing of
/// the old one; with a secret they are digests of it, the same in every document. Either way a second removal changes
/// nothing: numbers come out the same, and a digest carries its own check.
pub(crate) struct Ids {
    key: Option<Key>,
    given: HashMap<String, String>,
}

impl Ids {
    pub(crate) fn new(secret: &[u8]) -> Self {
        let key = (!secret.is_empty()).then(|| Key::of(secret));
        Self { key, given: HashMap::new() }
    }

    /// What stands for `id`: a UUID for a UUID, else letters and digits that FHIR allows in an id.
    pub(crate) fn replace(&mut self, id: &str) -> String {
        let plain = id.to_ascii_lowercase();
        let looked_up = if is_uuid(&plain) { plain } else { id.to_owned() };
        if let Some(given) = self.given.get(&looked_up) {
            return given.clone();
        }
        let number = self.given.len() + 1;
        let new = match (&self.key, is_uuid(&looked_up)) {
            (None, true) => format!("00000000-0000-4000-8000-{number:012x}"),
            (None, false) => format!("id-{number}"),
            (Some(key), true) => uuid(key, &looked_up),
            (Some(key), false) => short(key, &looked_up),
        };
        self.given.insert(looked_up, new.clone());
        new
    }

    /// A UUID that stands for an id of another form.
    pub(crate) fn replace_by_uuid(&mut self, id: &str) -> String {
        if let Some(given) = self.given.get(id) {
            return given.clone();
        }
        let new = match &self.key {
            None => format!("00000000-0000-4000-8000-{:012x}", self.given.len() + 1),
            Some(key) => uuid(key, &hex(&key.digest("oid", id.as_bytes())[..16])),
        };
        self.given.insert(id.to_owned(), new.clone());
        new
    }

    /// What stands for `id`, if the id was met.
    pub(crate) fn given(&self, id: &str) -> Option<&str> {
        self.given.get(id).map(String::as_str)
    }
}

/// Is it written as a UUID?
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn short(key: &Key, id: &str) -> String {
    let check = |body: &str| hex(&key.digest("id check", body.as_bytes())[..4]);
    if let Some(rest) = id.strip_prefix("x").filter(|r| r.len() == 28 && r.is_ascii())
        && check(&rest[..20]) == rest[20..]
    {
        return id.to_owned();
    }
    let body = hex(&key.digest("id", id.as_bytes())[..10]);
    format!("x{body}{}", check(&body))
}

fn uuid(key: &Key, id: &str) -> String {
    let plain: String = id.chars().filter(|c| *c != '-').collect();
    let check = |body: &str| hex(&key.digest("uuid check", body.as_bytes())[..4]);
    if check(&plain[..24]) == plain[24..] {
        return id.to_owned();
    }
    let mut bytes = [0; 12];
    bytes.copy_from_slice(&key.digest("uuid", plain.as_bytes())[..12]);
    // RFC 9562: version 8, made in a way of our own.
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let body = hex(&bytes);
    let all = format!("{body}{}", check(&body));
    format!("{}-{}-{}-{}-{}", &all[..8], &all[8..12], &all[12..16], &all[16..20], &all[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable_and_a_second_removal_changes_nothing() {
        for secret in [&b""[..], b"a secret of many bytes"] {
            let (mut first, mut second) = (Ids::new(secret), Ids::new(secret));
            for id in ["f001", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "id-9", "patient"] {
                let new = first.replace(id);
                assert_ne!(new, id);
                assert_eq!(first.replace(id), new);
                assert_eq!(is_uuid(&new), is_uuid(id));
                assert_eq!(second.replace(&new), new);
            }
        }
    }
}

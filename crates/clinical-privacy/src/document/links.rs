//! References and addresses: the ids in them are replaced, their form stays.

use super::edits::Edit;
use crate::policy::Ids;

/// An address that says nothing.
pub(super) const NOWHERE: &str = "https://example.org/removed";

/// A reference, URL or URN with other ids in it. What has no form that is known becomes an address that says nothing.
pub(super) fn replaced(text: &str, ids: &mut Ids) -> String {
    if text == NOWHERE {
        return text.to_owned();
    }
    if let Some(id) = text.strip_prefix('#') {
        return if id.is_empty() { text.to_owned() } else { format!("#{}", ids.replace(id)) };
    }
    if let Some(id) = text.strip_prefix("urn:uuid:") {
        return format!("urn:uuid:{}", ids.replace(id));
    }
    if let Some(oid) = text.strip_prefix("urn:oid:") {
        return format!("urn:uuid:{}", uuid_of(oid, ids));
    }
    if let Some(local) = relative(text, ids) {
        return local;
    }
    let scheme = ["https://", "http://"].into_iter().find(|s| text.starts_with(s));
    if let Some(scheme) = scheme {
        let rest = &text[scheme.len()..];
        // The base ends where a resource type with an id follows.
        for (at, _) in rest.match_indices('/') {
            if let Some(local) = is_relative(&rest[at + 1..]).then(|| &rest[at + 1..]) {
                let base = rest[..at].strip_prefix("example.org/").unwrap_or(&rest[..at]);
                let base = ids.replace(base);
                let local = relative(local, ids).unwrap_or_default();
                return format!("https://example.org/{base}/{local}");
            }
        }
    }
    NOWHERE.to_owned()
}

/// A UUID that stands for something that is none.
fn uuid_of(value: &str, ids: &mut Ids) -> String {
    ids.replace_by_uuid(value)
}

fn is_relative(text: &str) -> bool {
    let Some((kind, id)) = text.split_once(['/', '?']) else { return false };
    let id = id.split(['/', '#', '|']).next().unwrap_or_default();
    is_type(kind) && !id.is_empty()
}

fn is_type(text: &str) -> bool {
    text.len() > 2
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.bytes().all(|b| b.is_ascii_alphabetic())
}

/// `Patient/123`, `Patient/123/_history/2`, `Patient?identifier=…`, `Patient`.
fn relative(text: &str, ids: &mut Ids) -> Option<String> {
    if is_type(text) {
        return Some(text.to_owned());
    }
    if let Some((kind, query)) = text.split_once('?').filter(|(kind, _)| is_type(kind)) {
        let query = query.strip_prefix("identifier=").unwrap_or(query);
        return Some(format!("{kind}?identifier={}", ids.replace(query)));
    }
    if !is_relative(text) {
        return None;
    }
    let (kind, rest) = text.split_once('/')?;
    let (id, tail) = rest.split_at(rest.find(['/', '#', '|', '?']).unwrap_or(rest.len()));
    let version = tail.strip_prefix("/_history/").filter(|v| v.len() < 8 && v.bytes().all(|b| b.is_ascii_digit()));
    let tail = version.map(|v| format!("/_history/{v}")).unwrap_or_default();
    Some(format!("{kind}/{}{tail}", ids.replace(id)))
}

/// Edits of a text that speaks of resources by reference ("Practitioner/f006").
pub(super) fn spoken(text: &str, ids: &Ids) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (slash, _) in text.match_indices('/') {
        let before = text[..slash].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let after =
            text[slash + 1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'.').count();
        let (start, end) = (slash + 1, slash + 1 + after);
        if !is_type(&text[slash - before.min(64)..slash]) {
            continue;
        }
        if let Some(new) = ids.given(&text[start..end]).filter(|new| *new != &text[start..end]) {
            edits.push(Edit::new(start, end, new));
        }
    }
    edits
}

/// The type and id that a reference points to.
pub(super) fn target(text: &str) -> Option<(&str, &str)> {
    let mut parts = text.split('/');
    let mut before = parts.next()?;
    for part in parts {
        if is_type(before) {
            return Some((before, part));
        }
        before = part;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_keep_their_form_and_lead_to_the_same() {
        for secret in [&b""[..], b"a secret of many bytes"] {
            let mut ids = Ids::new(secret);
            let id = ids.replace("f001");
            assert_eq!(replaced("Patient/f001", &mut ids), format!("Patient/{id}"));
            assert_eq!(replaced("#f001", &mut ids), format!("#{id}"));
            assert_eq!(replaced("Patient/f001/_history/2", &mut ids), format!("Patient/{id}/_history/2"));
            assert!(replaced("http://a.example/fhir/Patient/f001", &mut ids).ends_with(&format!("/Patient/{id}")));
            assert_eq!(replaced("http://a.example/some/page.html", &mut ids), NOWHERE);
            assert_eq!(replaced("Patient", &mut ids), "Patient");
            let all = [
                "Patient/f001",
                "http://a.example/fhir/Patient/f001",
                "urn:oid:1.2.3",
                "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                "Patient?identifier=http://x|123",
            ];
            let (mut first, mut second) = (Ids::new(secret), Ids::new(secret));
            for one in all {
                let new = replaced(one, &mut first);
                assert_ne!(new, one);
                assert_eq!(replaced(&new, &mut second), new, "{one}");
            }
        }
    }
}

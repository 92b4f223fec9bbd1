//! Attachments (R4 `Attachment.size`: "the number of bytes of data that make up this attachment", before base64;
//! `Attachment.hash`: "SHA-1. Represented using base64").

use super::{language, warn};
use crate::{Code, Sink};
use clinical_json::Node;

/// SHA-1 has 20 bytes.
const HASH: u64 = 20;

/// Size, hash and language.
pub(super) fn check<'d, 'a>(node: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let data = node.get("data").and_then(Node::as_str).and_then(|data| decoded(&data));
    let size = node.get("size").and_then(Node::number_text).and_then(|size| size.parse::<u64>().ok());
    if let (Some(data), Some(size)) = (data, size)
        && data != size
    {
        sink.error(Code::Structure, "attachment-size", node, "The stated size is not that of the data");
    }
    if let Some(hash) = node.get("hash")
        && hash.as_str().and_then(|hash| decoded(&hash)).is_some_and(|length| length != HASH)
    {
        warn(sink, Code::Value, "attachment-hash", hash, "A hash is SHA-1 and has 20 bytes");
    }
    let names = ["data", "url", "_data", "_url", "contentType", "language", "title", "extension"];
    if !names.iter().any(|name| node.get(name).is_some()) {
        let text = "An attachment without content (data or url) should at least say what it is";
        warn(sink, Code::Structure, "attachment-content", node, text);
    }
    language::of_member(node, sink);
}

/// How many bytes base64 stands for; nothing where it is no base64, which is told elsewhere.
fn decoded(text: &str) -> Option<u64> {
    let (mut digits, mut padding) = (0u64, 0u64);
    for byte in text.bytes() {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'=' => padding += 1,
            b'+' | b'/' if padding == 0 => digits += 1,
            _ if byte.is_ascii_alphanumeric() && padding == 0 => digits += 1,
            _ => return None,
        }
    }
    ((digits + padding).is_multiple_of(4) && padding <= 2).then(|| digits * 3 / 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::bench::{errors, keys};

    #[test]
    fn base64_stands_for_three_quarters_of_its_digits() {
        for (text, bytes) in [("", 0), ("AA==", 1), ("AAA=", 2), ("AAAA", 3), ("AAAA\nAA==", 4)] {
            assert_eq!(decoded(text), Some(bytes), "{text}");
        }
        for bad in ["A", "A===", "AA=A", "*AAA"] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_size_is_that_of_the_data() {
        let json = |size| {
            format!(
                r#"{{"resourceType":"Media","content":{{"contentType":"text/plain","data":"AAAA","size":{size}}}}}"#
            )
        };
        assert!(keys(&json(3)).is_empty());
        assert_eq!(errors(&json(4)), ["attachment-size"]);
    }

    #[test]
    fn a_hash_has_twenty_bytes() {
        let json = r#"{"resourceType":"Media","content":{"url":"http://a.b/c","hash":"AAAA"}}"#;
        assert_eq!(keys(json), ["attachment-hash"]);
    }
}

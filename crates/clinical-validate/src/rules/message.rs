//! Messages (R4 `MessageHeader.focus`: "always included in the bundle that is the full message").
//!
//! That there is a MessageHeader is a matter of an invariant (bdl-12).

use super::document::unreached;
use super::neighbours::{Neighbours, Target};
use super::uri::is_absolute;
use super::{each, string, warn};
use crate::{Code, Resource, Sink};

/// The focus of the message, and entries that nothing refers to.
pub(super) fn check<'d, 'a>(
    resource: &Resource<'_, 'd, 'a>,
    neighbours: &mut Neighbours<'d, 'a>,
    sink: &mut Sink<'d, 'a>,
) {
    let bundle = resource.node;
    if string(bundle, "type").is_none_or(|kind| kind != "message") {
        return;
    }
    let Some(first) = each(bundle, "entry").next() else { return };
    let Some(header) = first.get("resource") else {
        return sink.error(Code::Invalid, "message-first", first, "The first entry of a message must have a resource");
    };
    for focus in each(header, "focus") {
        let Some(text) = string(focus, "reference").filter(|text| !text.is_empty() && !text.starts_with('#')) else {
            continue;
        };
        if matches!(neighbours.group(bundle).resolve(header, &text, true), Target::Found(_)) {
            continue;
        }
        let said = "What the message is about must be in the message";
        if is_absolute(&text) && !text.starts_with("urn:") {
            warn(sink, Code::NotFound, "message-focus", focus, said);
        } else {
            sink.error(Code::Invalid, "message-focus", focus, said);
        }
    }
    for entry in unreached(bundle, neighbours) {
        let text = "No reference leads from the MessageHeader to this entry, nor from it to what the header reaches";
        warn(sink, Code::Informational, "message-unreached", entry, text);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean, keys};

    fn message(focus: &str) -> String {
        format!(
            r#"{{"resourceType":"Bundle","type":"message","entry":[
            {{"fullUrl":"http://a.b/MessageHeader/1","resource":{{"resourceType":"MessageHeader","id":"1",
              "focus":[{{"reference":"{focus}"}}]}}}},
            {{"fullUrl":"http://a.b/Basic/1","resource":{{"resourceType":"Basic","id":"1"}}}}]}}"#
        )
    }

    #[test]
    fn what_a_message_is_about_is_in_the_message() {
        assert!(is_clean(&message("Basic/1")));
        assert_eq!(errors(&message("Basic/2")), ["message-focus"]);
        assert_eq!(keys(&message("Basic/2")), ["message-focus", "message-unreached"]);
    }
}

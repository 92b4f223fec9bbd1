//! Observations without who, whom and when (R4 `Observation`, all three optional): allowed, and of little use.

use super::warn;
use crate::{Code, Resource, Sink};

/// What any observation should have. A contained one takes its subject and time from the resource around it.
pub(super) fn check<'d, 'a>(resource: &Resource<'_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
    if resource.is_contained {
        return;
    }
    let node = resource.node;
    let has = |name: &str| node.get(name).is_some();
    if !has("subject") {
        warn(sink, Code::BusinessRule, "observation-subject", node, "An observation should have a subject");
    }
    if !has("performer") {
        warn(sink, Code::BusinessRule, "observation-performer", node, "An observation should have a performer");
    }
    let names = ["effectiveDateTime", "effectivePeriod", "effectiveTiming", "effectiveInstant", "_effectiveDateTime"];
    if !names.into_iter().any(has) {
        let text = "An observation should say when it was made (effective[x])";
        warn(sink, Code::BusinessRule, "observation-time", node, text);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, keys};

    #[test]
    fn an_observation_says_who_whom_and_when() {
        let bare = r#"{"resourceType":"Observation","status":"final"}"#;
        assert_eq!(keys(bare), ["observation-performer", "observation-subject", "observation-time"]);
        assert!(errors(bare).is_empty());
        let full = r#"{"resourceType":"Observation","subject":{"display":"a"},"performer":[{"display":"b"}],
            "effectiveDateTime":"2024"}"#;
        assert!(keys(full).is_empty());
    }
}

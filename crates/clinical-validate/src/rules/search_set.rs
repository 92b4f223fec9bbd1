//! Results of a search (R4, page Search; `Bundle.entry.search`).

use super::{each, string, warn};
use crate::{Code, Resource, Severity, Sink};
use clinical_json::Node;
use std::collections::BTreeSet;

/// What was searched for, and whether the entries are that.
pub(super) fn check<'d, 'a>(resource: &Resource<'_, 'd, 'a>, is_resource: fn(&str) -> bool, sink: &mut Sink<'d, 'a>) {
    let bundle = resource.node;
    if string(bundle, "type").is_none_or(|kind| kind != "searchset") {
        return;
    }
    let link = each(bundle, "link").find(|link| string(*link, "relation").is_some_and(|relation| relation == "self"));
    let types = match link {
        Some(link) => {
            let types = searched(&string(link, "url").unwrap_or_default(), is_resource);
            if types.is_empty() {
                let text =
                    "The self link does not say which types were searched, so the entries were not compared with it";
                sink.note(Severity::Information, Code::Informational, "search-self", link, text);
            }
            types
        }
        None => {
            let text = "The results of a search should have a self link that says what was searched for";
            warn(sink, Code::Invalid, "search-self", bundle, text);
            Vec::new()
        }
    };
    let has_modes = each(bundle, "entry").any(|entry| entry.get("search").is_some_and(|s| s.get("mode").is_some()));
    for entry in each(bundle, "entry") {
        let Some(inner) = entry.get("resource") else {
            sink.error(Code::Invalid, "search-resource", entry, "An entry of a search's results must have a resource");
            continue;
        };
        if has_modes {
            by_mode(entry, inner, &types, sink);
        } else if inner.get("id").is_none()
            && string(inner, "resourceType").is_some_and(|kind| kind != "OperationOutcome")
        {
            warn(sink, Code::Invalid, "search-id", inner, "What a search finds should have an id");
        }
    }
    if !has_modes && each(bundle, "entry").next().is_some() {
        let text = "The entries do not say why they are here (search.mode)";
        sink.note(Severity::Information, Code::Informational, "search-mode", bundle, text);
    }
}

/// "match", "include" and "outcome" say what an entry is.
fn by_mode<'d, 'a>(entry: Node<'d, 'a>, inner: Node<'d, 'a>, types: &[String], sink: &mut Sink<'d, 'a>) {
    let mode = entry.get("search").and_then(|search| string(search, "mode"));
    let kind = string(inner, "resourceType").unwrap_or_default();
    match mode.as_deref() {
        Some(mode @ ("match" | "include")) => {
            if inner.get("id").is_none() {
                sink.error(Code::Invalid, "search-id", inner, "What a search finds must have an id");
            }
            if mode == "match" && !types.is_empty() && !types.iter().any(|known| *known == kind) {
                let text = "The search was for other types than this one";
                sink.error(Code::Invalid, "search-type", inner, text);
            }
        }
        Some("outcome") if kind != "OperationOutcome" => {
            sink.error(Code::Invalid, "search-outcome", inner, "The outcome of a search must be an OperationOutcome");
        }
        Some(_) => {}
        None => warn(sink, Code::Invalid, "search-mode", entry, "The entry does not say why it is here (search.mode)"),
    }
}

/// The types that a search is for: the last step of its path, else what `_type` lists.
fn searched(url: &str, is_resource: fn(&str) -> bool) -> Vec<String> {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let last = path.rsplit('/').next().unwrap_or_default();
    if is_resource(last) {
        return vec![last.to_owned()];
    }
    // A search within a compartment or by POST: `Patient/1/Condition`, `Patient/_search`.
    let before = path.strip_suffix("/_search").and_then(|path| path.rsplit('/').next());
    if let Some(kind) = before.filter(|kind| is_resource(kind)) {
        return vec![kind.to_owned()];
    }
    let listed = query.split('&').filter_map(|pair| pair.strip_prefix("_type="));
    let all: Vec<&str> = listed.flat_map(|list| list.split(',').flat_map(|part| part.split("%2C"))).collect();
    if !all.iter().all(|kind| is_resource(kind)) {
        return Vec::new();
    }
    // Each once: there are no more of them than resource types.
    let all: BTreeSet<&str> = all.into_iter().collect();
    all.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean, keys};

    fn found(link: &str, mode: &str, resource: &str) -> String {
        format!(
            r#"{{"resourceType":"Bundle","type":"searchset","link":[{{"relation":"self","url":"{link}"}}],
            "entry":[{{"fullUrl":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520","resource":{{{resource}}},
            "search":{{"mode":"{mode}"}}}}]}}"#
        )
    }

    const PATIENT: &str = r#""resourceType":"Patient","id":"1""#;

    #[test]
    fn matches_are_of_the_type_that_was_searched_for() {
        for link in [
            "http://a.b/fhir/Patient?name=x",
            "Patient",
            "http://a.b/fhir?_type=Person,Patient&name=x",
            "http://a.b/fhir/Patient/_search?name=x",
        ] {
            assert!(is_clean(&found(link, "match", PATIENT)), "{link}");
        }
        assert_eq!(errors(&found("http://a.b/fhir/Person?name=x", "match", PATIENT)), ["search-type"]);
        assert!(is_clean(&found("http://a.b/fhir/Person?name=x", "include", PATIENT)));
    }

    #[test]
    fn what_is_found_has_an_id_and_outcomes_are_outcomes() {
        assert_eq!(errors(&found("Patient", "match", r#""resourceType":"Patient""#)), ["search-id"]);
        assert_eq!(errors(&found("Patient", "outcome", PATIENT)), ["search-outcome"]);
        assert!(is_clean(&found("Patient", "outcome", r#""resourceType":"OperationOutcome""#)));
    }

    #[test]
    fn an_entry_has_a_resource() {
        let json = r#"{"resourceType":"Bundle","type":"searchset","entry":[{"link":[]}]}"#;
        assert_eq!(errors(json), ["search-resource"]);
        assert_eq!(keys(json), ["search-resource", "search-self"]);
    }
}

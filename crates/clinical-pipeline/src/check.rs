//! Reading a JSON summary back: every pointer is followed, every fact is held against what it points to.

mod rewordings;

pub(crate) use rewordings::rewordings;

use crate::read::AnyPlaces;
use crate::verify::{Fault, FaultKind};
use clinical_json::{Document, Kind, Node};

/// Members whose value is one text of the record, or several of them joined: each must be made of its item's sources.
const FACTS: [&str; 26] = [
    "medication_name",
    "instructions",
    "dosage",
    "route",
    "frequency",
    "maximum",
    "as_needed_for",
    "allergen",
    "name",
    "test_name",
    "value",
    "unit",
    "date",
    "interpretation",
    "status",
    "verification",
    "since",
    "until",
    "vaccine",
    "procedure",
    "provider",
    "location",
    "phone",
    "preparation",
    "title",
    "severity",
];

/// Follows every `source[]` of a summary and holds the facts of each item against it. Gives the faults; `Err` where
/// the page is not JSON. A fault names the members of which `is_ours` says so and counts the others: a summary from
/// elsewhere can have a person's name as the name of a member.
pub(crate) fn pointers(
    page: &str,
    places: &AnyPlaces<'_, '_>,
    is_ours: &dyn Fn(&str) -> bool,
) -> Result<Vec<Fault>, clinical_json::Error> {
    let document = Document::parse(page.as_bytes())?;
    let mut faults = Vec::new();
    // Entries that the walk has yet to visit, with their paths.
    let mut waiting: Vec<(Node<'_, '_>, String)> = vec![(document.root(), "summary".to_owned())];
    while let Some((node, path)) = waiting.pop() {
        if node.kind() == Kind::Object {
            if let Some(source) = node.get("source").filter(|s| s.kind() == Kind::Array) {
                item(node, source, &path, places, &mut faults);
            }
            for (i, member) in node.members().enumerate() {
                let leads_on = matches!(member.kind(), Kind::Object | Kind::Array);
                if leads_on && !member.key_is("source") && !member.key_is("held_back") {
                    let name = member.key().unwrap_or_default();
                    let at = if is_ours(&name) { format!("{path}.{name}") } else { format!("{path}.member({i})") };
                    waiting.push((member, at));
                }
            }
        } else {
            for (i, element) in node.items().enumerate().filter(|(_, n)| n.kind() == Kind::Object) {
                waiting.push((element, format!("{path}[{i}]")));
            }
        }
    }
    Ok(faults)
}

fn item(node: Node<'_, '_>, source: Node<'_, '_>, path: &str, places: &AnyPlaces<'_, '_>, faults: &mut Vec<Fault>) {
    let mut texts: Vec<String> = Vec::new();
    for (i, pointer) in source.items().enumerate() {
        let said = pointer.get("text").and_then(Node::as_str);
        match (places.says(pointer, said.as_deref().unwrap_or_default()), said) {
            (Some(true), Some(said)) => texts.push(said.into_owned()),
            (None, _) => faults.push(Fault { kind: FaultKind::Invented, at: format!("{path}.source[{i}].path") }),
            _ => faults.push(Fault { kind: FaultKind::Altered, at: format!("{path}.source[{i}].text") }),
        }
    }
    for member in node.members() {
        let key = member.key().unwrap_or_default();
        if !FACTS.contains(&&*key) {
            continue;
        }
        if member.as_str().is_some_and(|value| !made_of(&value, &texts)) {
            faults.push(Fault { kind: FaultKind::Altered, at: format!("{path}.{key}") });
        }
    }
}

/// Whether a value is nothing but texts of the record with blanks, commas, slashes or line ends between them. Longest
/// texts are tried first at each place; a date of a date-time counts as its text up to the "T".
fn made_of(value: &str, texts: &[String]) -> bool {
    let mut sorted: Vec<&str> = texts.iter().map(String::as_str).filter(|t| !t.is_empty()).collect();
    sorted.extend(texts.iter().filter_map(|t| t.split_once('T').map(|(date, _)| date)).filter(|d| d.len() == 10));
    sorted.sort_by_key(|t| std::cmp::Reverse(t.len()));
    let mut rest = value;
    while !rest.is_empty() {
        match sorted.iter().find_map(|t| rest.strip_prefix(t)) {
            Some(after) => rest = after,
            None => match rest.strip_prefix([' ', ',', '/', '\n']) {
                Some(after) => rest = after,
                None => return false,
            },
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::made_of;

    #[test]
    fn a_value_is_made_of_its_sources_or_it_is_not() {
        let texts = |t: &[&str]| t.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        assert!(made_of("5 mg", &texts(&["5", "mg"])));
        assert!(made_of("120/80", &texts(&["120", "80"])));
        assert!(!made_of("50 mg", &texts(&["5", "mg"])));
        assert!(!made_of("5 mg daily", &texts(&["5", "mg"])));
        assert!(made_of("2026-01-02", &texts(&["2026-01-02T10:00:00Z"])));
        assert!(!made_of("2026-01-03", &texts(&["2026-01-02T10:00:00Z"])));
    }
}

//! Reading a JSON summary back: every pointer is followed, every fact is held against what it points to.

mod rewordings;

pub(crate) use rewordings::rewordings;

use crate::read::AnyPlaces;
use crate::verify::{Fault, FaultKind};
use clinical_json::{Document, Kind, Node, Pieces};
use std::borrow::Cow;

/// Members whose value is one text of the record, or several of them joined: each must be made of its item's sources.
/// Sorted.
const FACTS: [&str; 26] = [
    "allergen",
    "as_needed_for",
    "date",
    "dosage",
    "frequency",
    "instructions",
    "interpretation",
    "location",
    "maximum",
    "medication_name",
    "name",
    "phone",
    "preparation",
    "procedure",
    "provider",
    "route",
    "severity",
    "since",
    "status",
    "test_name",
    "title",
    "unit",
    "until",
    "vaccine",
    "value",
    "verification",
];

/// The lengths that these names have, a bit for each, by their first letters: most other names have another.
const LOOKS: [u32; 256] = {
    let mut looks = [0; 256];
    let mut i = 0;
    while i < FACTS.len() {
        let name = FACTS[i].as_bytes();
        looks[name[0] as usize] |= 1 << name.len();
        i += 1;
    }
    looks
};

fn is_fact(name: &str) -> bool {
    let first = name.as_bytes().first().map_or(0, |first| LOOKS[usize::from(*first)]);
    let has_look =
        u32::try_from(name.len()).ok().and_then(|length| first.checked_shr(length)).is_some_and(|l| l & 1 != 0);
    has_look && FACTS.iter().any(|fact| fact.as_bytes().first() == name.as_bytes().first() && *fact == name)
}

/// Follows every `source[]` of a summary and holds the facts of each item against it. Gives the faults; `Err` where
/// the page is not JSON. A fault names the members of which `is_ours` says so and counts the others: a summary from
/// elsewhere can have a person's name as the name of a member.
pub(crate) fn pointers(
    page: &str,
    places: &AnyPlaces<'_, '_>,
    is_ours: &dyn Fn(&str) -> bool,
) -> Result<Vec<Fault>, clinical_json::Error> {
    // Only faults have paths, and a page of ours has none: what no fault asks for is not written, and a long page is
    // not held as a whole. Each object of it is looked at just as below.
    let (mut is_sound, mut texts) = (true, Vec::new());
    let read = Document::parse_text_in_pieces(page, &in_pieces, &mut |piece| {
        is_sound = is_sound && walk(piece, places, &|_, _| String::new(), &mut texts).is_empty();
    });
    if read.is_ok() && is_sound {
        return Ok(Vec::new());
    }
    let document = Document::parse(page.as_bytes())?;
    let named = |path: &str, step: Step<'_>| match step {
        Step::Root => "summary".to_owned(),
        Step::Member(_, name) if is_ours(name) => format!("{path}.{name}"),
        Step::Member(i, _) => format!("{path}.member({i})"),
        Step::Item(i) => format!("{path}[{i}]"),
    };
    Ok(walk(document.root(), places, &named, &mut texts))
}

/// A step on the way to an entry of a page.
enum Step<'n> {
    Root,
    /// By its place and its name.
    Member(usize, &'n str),
    Item(usize),
}

/// An item needs its pointers, and what is held back is not looked at.
fn in_pieces(name: &str) -> Pieces {
    match name {
        "source" => Pieces::Whole,
        "held_back" => Pieces::Passed,
        _ => Pieces::Apart,
    }
}

/// Looks at every item of a page or of a piece of it. `named` makes the path of what a step leads to; `texts` is room
/// for those of an item.
fn walk<'t>(
    root: Node<'_, 't>,
    places: &AnyPlaces<'_, '_>,
    named: &dyn Fn(&str, Step<'_>) -> String,
    texts: &mut Vec<Cow<'t, str>>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    // Entries that the walk has yet to visit, with their paths.
    let mut waiting: Vec<(Node<'_, 't>, String)> = Vec::new();
    let mut next = Some((root, named("", Step::Root)));
    while let Some((node, path)) = next {
        if node.kind() == Kind::Object {
            if let Some(source) = node.get("source").filter(|s| s.kind() == Kind::Array) {
                item(node, source, &path, places, &mut faults, texts);
            }
            for (i, member) in node.members().enumerate() {
                let leads_on = matches!(member.kind(), Kind::Object | Kind::Array);
                if leads_on && !member.key_is("source") && !member.key_is("held_back") {
                    let name = member.key().unwrap_or_default();
                    waiting.push((member, named(&path, Step::Member(i, &name))));
                }
            }
        } else {
            for (i, element) in node.items().enumerate().filter(|(_, n)| n.kind() == Kind::Object) {
                waiting.push((element, named(&path, Step::Item(i))));
            }
        }
        next = waiting.pop();
    }
    faults
}

fn item<'t>(
    node: Node<'_, 't>,
    source: Node<'_, 't>,
    path: &str,
    places: &AnyPlaces<'_, '_>,
    faults: &mut Vec<Fault>,
    texts: &mut Vec<Cow<'t, str>>,
) {
    texts.clear();
    for (i, pointer) in source.items().enumerate() {
        let said = pointer.get("text").and_then(Node::as_str);
        match (places.says(pointer, said.as_deref().unwrap_or_default()), said) {
            (Some(true), Some(said)) => texts.push(said),
            (None, _) => faults.push(Fault { kind: FaultKind::Invented, at: format!("{path}.source[{i}].path") }),
            _ => faults.push(Fault { kind: FaultKind::Altered, at: format!("{path}.source[{i}].text") }),
        }
    }
    // Longest first; made for the first value that is not simply one of the texts.
    let mut parts: Option<Vec<&str>> = None;
    for member in node.members().filter(|m| m.kind() == Kind::String) {
        let key = member.key().unwrap_or_default();
        if !is_fact(&key) {
            continue;
        }
        let Some(value) = member.as_str() else { continue };
        let is_made = texts.contains(&value) || made_of(&value, parts.get_or_insert_with(|| longest_first(texts)));
        if !is_made {
            faults.push(Fault { kind: FaultKind::Altered, at: format!("{path}.{key}") });
        }
    }
}

/// The texts of an item, those that begin others behind them; a date of a date-time counts as its text up to the "T".
fn longest_first<'t>(texts: &'t [Cow<'_, str>]) -> Vec<&'t str> {
    let mut sorted: Vec<&str> = texts.iter().map(|t| &**t).filter(|t| !t.is_empty()).collect();
    sorted.extend(texts.iter().filter_map(|t| t.split_once('T').map(|(date, _)| date)).filter(|d| d.len() == 10));
    sorted.sort_by_key(|t| std::cmp::Reverse(t.len()));
    sorted
}

/// Whether a value is nothing but texts of the record with blanks, commas, slashes or line ends between them. Longest
/// texts are tried first at each place.
fn made_of(value: &str, sorted: &[&str]) -> bool {
    let mut rest = value;
    while !rest.is_empty() {
        match sorted.iter().find_map(|t| rest.strip_prefix(*t)) {
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
    use super::{FACTS, longest_first};
    use std::borrow::Cow;

    fn made_of(value: &str, texts: &[Cow<'_, str>]) -> bool {
        super::made_of(value, &longest_first(texts))
    }

    #[test]
    fn the_names_of_facts_are_sorted() {
        assert!(FACTS.is_sorted_by(|a, b| a < b));
        assert!(FACTS.iter().all(|name| super::is_fact(name)));
        assert!(["", "names", "nama", "s", "source", "éa", &"n".repeat(36)].iter().all(|name| !super::is_fact(name)));
    }

    #[test]
    fn a_value_is_made_of_its_sources_or_it_is_not() {
        let texts = |t: &[&'static str]| t.iter().map(|s| Cow::Borrowed(*s)).collect::<Vec<_>>();
        assert!(made_of("5 mg", &texts(&["5", "mg"])));
        assert!(made_of("120/80", &texts(&["120", "80"])));
        assert!(!made_of("50 mg", &texts(&["5", "mg"])));
        assert!(!made_of("5 mg daily", &texts(&["5", "mg"])));
        assert!(made_of("2026-01-02", &texts(&["2026-01-02T10:00:00Z"])));
        assert!(!made_of("2026-01-03", &texts(&["2026-01-02T10:00:00Z"])));
    }
}

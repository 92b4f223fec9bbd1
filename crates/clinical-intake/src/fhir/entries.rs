//! The entries of a document, in order, and what each is called.

use clinical_json::{Kind, Node};
use clinical_model::{Format, UnreadReason};

/// One entry of the input.
#[derive(Clone, Copy)]
pub(crate) struct Row<'d, 'a> {
    /// The node to point to: the resource where there is one, else the entry.
    pub(crate) node: Node<'d, 'a>,
    /// The resource.
    pub(crate) resource: Option<Node<'d, 'a>>,
    /// Where a Bundle gives the resource a URL.
    pub(crate) full_url: Option<Node<'d, 'a>>,
    /// Why there is no resource.
    pub(crate) broken: Option<UnreadReason>,
    /// An object in it has two members of one name.
    pub(crate) repeats: bool,
    /// A newer version of it, or the same again, is another entry.
    pub(crate) superseded: bool,
}

impl<'d, 'a> Row<'d, 'a> {
    fn read(node: Node<'d, 'a>, full_url: Option<Node<'d, 'a>>) -> Self {
        Self { node, resource: Some(node), full_url, broken: None, repeats: false, superseded: false }
    }

    fn broken(node: Node<'d, 'a>, full_url: Option<Node<'d, 'a>>, reason: UnreadReason) -> Self {
        Self { node, resource: None, full_url, broken: Some(reason), repeats: false, superseded: false }
    }
}

/// Lists the entries. A Bundle inside a Bundle gives its own entries in its place (batch responses, search results in
/// a collection); the depth of that is bounded by the depth of the JSON.
pub(crate) fn gather<'d, 'a>(root: Node<'d, 'a>, format: Format) -> Vec<Row<'d, 'a>> {
    let mut rows = Vec::new();
    match format {
        Format::FhirLines => {
            for line in root.items() {
                add(line, line, None, &mut rows);
            }
        }
        Format::FhirBundle | Format::FhirResource => add(root, root, None, &mut rows),
    }
    rows
}

fn add<'d, 'a>(holder: Node<'d, 'a>, resource: Node<'d, 'a>, url: Option<Node<'d, 'a>>, rows: &mut Vec<Row<'d, 'a>>) {
    // A stack and not recursion: a hostile nest of Bundles must not reach the end of the thread's stack.
    let mut waiting = vec![(holder, Some(resource), url)];
    while let Some((holder, resource, full_url)) = waiting.pop() {
        let Some(resource) = resource else {
            rows.push(Row::broken(holder, full_url, UnreadReason::NoResource));
            continue;
        };
        match resource.kind() {
            Kind::Object if is_bundle(resource) => {
                let entries = resource.get("entry");
                let start = waiting.len();
                for entry in entries.into_iter().flat_map(elements_of) {
                    waiting.push((entry, entry.get("resource"), entry.get("fullUrl")));
                }
                waiting[start..].reverse();
            }
            Kind::Object => rows.push(Row::read(resource, full_url)),
            Kind::Unreadable => rows.push(Row::broken(resource, full_url, UnreadReason::BrokenLine)),
            _ => rows.push(Row::broken(resource, full_url, UnreadReason::NotAnObject)),
        }
    }
}

fn is_bundle(node: Node<'_, '_>) -> bool {
    node.get("resourceType").and_then(Node::as_str).is_some_and(|k| k == "Bundle")
}

/// The elements of an array; a lone value where an array should stand counts as its only element.
pub(crate) fn elements_of<'d, 'a>(node: Node<'d, 'a>) -> impl Iterator<Item = Node<'d, 'a>> {
    let lone = (!matches!(node.kind(), Kind::Array | Kind::Null)).then_some(node);
    node.items().chain(lone).filter(|n| !n.is_null())
}

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
    /// A history says that it was deleted.
    pub(crate) deleted: bool,
}

impl<'d, 'a> Row<'d, 'a> {
    fn read(node: Node<'d, 'a>, full_url: Option<Node<'d, 'a>>) -> Self {
        Self { node, resource: Some(node), full_url, broken: None, repeats: false, superseded: false, deleted: false }
    }

    fn broken(node: Node<'d, 'a>, full_url: Option<Node<'d, 'a>>, reason: UnreadReason) -> Self {
        Self { node, resource: None, full_url, broken: Some(reason), repeats: false, superseded: false, deleted: false }
    }

    /// An entry of a Bundle without a resource: nothing to read, unless it tells of a deletion.
    fn bare(node: Node<'d, 'a>, full_url: Option<Node<'d, 'a>>) -> Self {
        let method = node.get("request").and_then(|r| r.get("method")).and_then(Node::as_str);
        let deleted = method.is_some_and(|m| m == "DELETE");
        Self { deleted, ..Self::broken(node, full_url, UnreadReason::NoResource) }
    }
}

/// Lists the entries. A Bundle inside a Bundle gives its own entries in its place (batch responses, search results in
/// a collection), and so do Parameters that hold resources (the answer of an operation); the depth of that is bounded
/// by the depth of the JSON.
pub(crate) fn gather<'d, 'a>(root: Node<'d, 'a>, format: Format) -> Vec<Row<'d, 'a>> {
    let mut rows = Vec::new();
    match format {
        Format::FhirLines => {
            for line in root.items() {
                add(line, line, None, &mut rows);
            }
        }
        Format::FhirBundle | Format::FhirResource | Format::Ccda | Format::Note => add(root, root, None, &mut rows),
    }
    rows
}

fn add<'d, 'a>(holder: Node<'d, 'a>, resource: Node<'d, 'a>, url: Option<Node<'d, 'a>>, rows: &mut Vec<Row<'d, 'a>>) {
    // A stack and not recursion: a hostile nest of Bundles must not reach the end of the thread's stack.
    let mut waiting = vec![(holder, Some(resource), url)];
    while let Some((holder, resource, full_url)) = waiting.pop() {
        let Some(resource) = resource else {
            rows.push(Row::bare(holder, full_url));
            continue;
        };
        match resource.kind() {
            Kind::Object => match holds_others(resource) {
                Some(Holder::Bundle) => {
                    let start = waiting.len();
                    for entry in resource.get("entry").into_iter().flat_map(elements_of) {
                        waiting.push((entry, entry.get("resource"), entry.get("fullUrl")));
                    }
                    waiting[start..].reverse();
                }
                Some(Holder::Parameters) => {
                    let start = waiting.len();
                    waiting.extend(parameters(resource).into_iter().map(|(holder, r)| (holder, Some(r), None)));
                    if waiting.len() == start {
                        rows.push(Row::read(resource, full_url));
                    }
                    waiting[start..].reverse();
                }
                None => rows.push(Row::read(resource, full_url)),
            },
            Kind::Unreadable => rows.push(Row::broken(resource, full_url, UnreadReason::BrokenLine)),
            _ => rows.push(Row::broken(resource, full_url, UnreadReason::NotAnObject)),
        }
    }
}

enum Holder {
    Bundle,
    Parameters,
}

fn holds_others(node: Node<'_, '_>) -> Option<Holder> {
    match node.get("resourceType").and_then(Node::as_str).as_deref() {
        Some("Bundle") => Some(Holder::Bundle),
        Some("Parameters") => Some(Holder::Parameters),
        _ => None,
    }
}

/// The resources among the parameters and their parts, in order, each with the parameter that holds it.
fn parameters<'d, 'a>(node: Node<'d, 'a>) -> Vec<(Node<'d, 'a>, Node<'d, 'a>)> {
    let mut found = Vec::new();
    let mut waiting: Vec<Node<'d, 'a>> = node.get("parameter").into_iter().flat_map(elements_of).collect();
    waiting.reverse();
    while let Some(parameter) = waiting.pop() {
        found.extend(parameter.get("resource").filter(|r| !r.is_null()).map(|r| (parameter, r)));
        let start = waiting.len();
        waiting.extend(parameter.get("part").into_iter().flat_map(elements_of));
        waiting[start..].reverse();
    }
    found.sort_by_key(|(_, resource)| resource.span().start);
    found
}

/// The elements of an array; a lone value where an array should stand counts as its only element.
pub(crate) fn elements_of<'d, 'a>(node: Node<'d, 'a>) -> impl Iterator<Item = Node<'d, 'a>> {
    let lone = (!matches!(node.kind(), Kind::Array | Kind::Null)).then_some(node);
    node.items().chain(lone).filter(|n| !n.is_null())
}

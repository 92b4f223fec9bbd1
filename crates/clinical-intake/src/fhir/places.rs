//! From bytes back to paths.

use super::entries::elements_of;
use super::names;
use clinical_json::{Document, Kind, Node};
use clinical_model::{Place, Places, Source};
use std::fmt::Write as _;

/// The places of a JSON document.
pub struct JsonPlaces<'d, 'a> {
    document: &'d Document<'a>,
    lines: bool,
    /// Start of every element of the longest array near the root (`Bundle.entry`, or the lines), so that a place is
    /// found without walking thousands of entries.
    rows: Vec<(usize, Node<'d, 'a>)>,
}

impl<'d, 'a> JsonPlaces<'d, 'a> {
    /// The places of `document`; `lines` for one resource a line.
    #[must_use]
    pub fn new(document: &'d Document<'a>, lines: bool) -> Self {
        let root = document.root();
        let list = if lines { Some(root) } else { root.get("entry") };
        let rows = list.filter(|n| n.kind() == Kind::Array).into_iter().flat_map(Node::items);
        Self { document, lines, rows: rows.map(|n| (n.span().start, n)).collect() }
    }

    /// The place of `source` for a finding, an error or a log: it names what `names` lists and counts the rest, as
    /// `member(2)` for the third member of an object and `Resource` for a type that R4 does not have.
    #[must_use]
    pub fn told(&self, source: Source) -> Place {
        self.write(source, Naming::Listed)
    }

    fn descend(&self, node: Node<'d, 'a>, target: usize, naming: Naming, path: &mut String) {
        let mut node = node;
        while node.span().start < target {
            let holds = |n: &Node<'d, 'a>| n.span().contains(&target);
            let next = match node.kind() {
                Kind::Object => node.members().enumerate().find(|(_, n)| holds(n)).map(|(i, n)| {
                    let name = n.key().unwrap_or_default();
                    let _ = match (naming, names::element(&name)) {
                        (Naming::AsWritten, _) => write!(path, ".{name}"),
                        (Naming::Listed, Some(name)) => write!(path, ".{name}"),
                        (Naming::Listed, None) => write!(path, ".member({i})"),
                    };
                    n
                }),
                Kind::Array => node.items().enumerate().find(|(_, n)| holds(n)).map(|(i, n)| {
                    let _ = write!(path, "[{i}]");
                    n
                }),
                _ => None,
            };
            let Some(next) = next else { return };
            node = next;
        }
    }
}

/// How members are named in a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// As the document does: the place can be followed back.
    AsWritten,
    /// Only what is listed: the place can be told.
    Listed,
}

fn type_of(node: Node<'_, '_>) -> String {
    node.get("resourceType").and_then(Node::as_str).unwrap_or_default().into_owned()
}

impl Naming {
    fn type_of(self, node: Node<'_, '_>) -> String {
        let said = type_of(node);
        match (self, said.is_empty()) {
            (Self::Listed, false) => names::resource(&said).unwrap_or("Resource").to_owned(),
            _ => said,
        }
    }
}

impl Places for JsonPlaces<'_, '_> {
    fn place(&self, source: Source) -> Place {
        self.write(source, Naming::AsWritten)
    }
}

impl JsonPlaces<'_, '_> {
    fn write(&self, source: Source, naming: Naming) -> Place {
        let target = source.start();
        let root = self.document.root();
        let at = self.rows.partition_point(|(start, _)| *start <= target);
        let row = at.checked_sub(1).map(|i| (i, self.rows[i].1)).filter(|(_, n)| n.span().contains(&target));
        let mut path = String::new();
        match row {
            Some((i, node)) if self.lines => {
                let _ = write!(path, "line[{i}].{}", naming.type_of(node));
                self.descend(node, target, naming, &mut path);
            }
            Some((i, node)) => {
                let _ = write!(path, "{}.entry[{i}]", naming.type_of(root));
                self.descend(node, target, naming, &mut path);
            }
            None => {
                path.push_str(&naming.type_of(root));
                self.descend(root, target, naming, &mut path);
            }
        }
        Place::Path(path)
    }
}

/// The node at a path, for checking a summary against its source. `None` where it leads nowhere.
impl<'d, 'a> JsonPlaces<'d, 'a> {
    /// Follows a path as [`Places::place`] writes it.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<Node<'d, 'a>> {
        let root = self.document.root();
        let mut steps = path.split('.');
        let first = steps.next()?;
        let mut node = if self.lines {
            let line = self.row(first.strip_prefix("line")?)?;
            (steps.next()? == type_of(line)).then_some(line)?
        } else {
            (first == type_of(root)).then_some(root)?
        };
        for (depth, step) in steps.enumerate() {
            let (name, rest) = step.find('[').map_or((step, ""), |at| step.split_at(at));
            // The entries are many: the list of them goes straight to the one that is meant.
            node = match self.row(rest) {
                Some(row) if depth == 0 && name == "entry" && !self.lines => row,
                _ => index(node.get(name)?, rest)?,
            };
        }
        Some(node)
    }

    /// The row of `[i]`.
    fn row(&self, brackets: &str) -> Option<Node<'d, 'a>> {
        let i: usize = brackets.strip_prefix('[')?.strip_suffix(']')?.parse().ok()?;
        self.rows.get(i).map(|(_, node)| *node)
    }
}

fn index<'d, 'a>(node: Node<'d, 'a>, brackets: &str) -> Option<Node<'d, 'a>> {
    let mut node = node;
    for part in brackets.split_terminator(']') {
        let i: usize = part.strip_prefix('[')?.parse().ok()?;
        node = if node.kind() == Kind::Array { node.at(i)? } else { elements_of(node).nth(i)? };
    }
    Some(node)
}

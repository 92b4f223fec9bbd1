//! The text of a section in the pieces that it is written in (CDA R2 4.3.5, the narrative block).

use super::nodes::NodeSet;
use clinical_model::Verbatim;
use clinical_xml::{Node, run, text};

/// One piece.
#[derive(Clone, Copy)]
pub(super) enum Unit<'d, 'a> {
    /// A row of a table.
    Row(Row<'d, 'a>),
    /// Neighbours from the first to the last that stand in a line of their own: a paragraph, an item, a cell, or words
    /// beside such.
    Line {
        first: Node<'d, 'a>,
        last: Node<'d, 'a>,
        /// What holds them.
        parent: Node<'d, 'a>,
        /// They are all that it holds.
        is_whole: bool,
    },
}

/// A row, and the row that heads its table.
#[derive(Clone, Copy)]
pub(super) struct Row<'d, 'a> {
    pub(super) node: Node<'d, 'a>,
    pub(super) head: Option<Node<'d, 'a>>,
}

fn name<'d>(node: Node<'d, '_>) -> &'d str {
    node.tag_name().name()
}

/// What is drawn, run, or styles something holds no words at all, whatever stands in it.
fn is_wordless(name: &str) -> bool {
    matches!(name, "script" | "style" | "renderMultiMedia" | "object" | "embed" | "iframe" | "img" | "svg")
}

/// What ends a line: the blocks of CDA, and those of HTML, which some systems write instead.
fn is_break(name: &str) -> bool {
    matches!(
        name,
        "br" | "caption"
            | "col"
            | "colgroup"
            | "item"
            | "list"
            | "paragraph"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "hr"
            | "li"
            | "ol"
            | "p"
            | "ul"
    ) || is_wordless(name)
}

/// A section's text in pieces.
pub(super) struct Units<'d, 'a> {
    pub(super) all: Vec<Unit<'d, 'a>>,
    /// Elements with something in them that ends a line.
    broken: NodeSet,
}

impl<'d, 'a> Units<'d, 'a> {
    pub(super) fn of(text: Node<'d, 'a>) -> Self {
        let mut units = Self { all: Vec::new(), broken: NodeSet::of(text) };
        // Rows, cells and what is around them are gone through by their names.
        let parts = |n: &Node<'d, 'a>| matches!(name(*n), "tr" | "td" | "th" | "tbody" | "thead");
        for node in text.descendants().filter(|n| n.is_element() && !parts(n) && is_break(name(*n))) {
            // Those above are marked once, so that this costs no more than the text.
            let mut above = node.parent();
            while let Some(at) = above {
                if at.id() == text.id() || !units.broken.insert(at.id()) {
                    break;
                }
                above = at.parent();
            }
        }
        units.broken.insert(text.id());
        units.fill(text);
        units
    }

    /// Goes through what an element holds. Nested as deep as the document, which is bounded.
    fn fill(&mut self, holder: Node<'d, 'a>) {
        let holds_parts = matches!(name(holder), "tr" | "tbody" | "thead" | "tfoot");
        if !holds_parts && !self.broken.contains(holder.id()) {
            let children = (holder.first_child(), holder.last_child());
            if let (Some(first), Some(last)) = children {
                self.all.push(Unit::Line { first, last, parent: holder, is_whole: true });
            }
            return;
        }
        let mut line: Option<(Node<'d, 'a>, Node<'d, 'a>)> = None;
        for child in holder.children() {
            let ends = child.is_element() && (is_break(name(child)) || self.broken.contains(child.id()));
            if !ends {
                line = Some((line.map_or(child, |(first, _)| first), child));
                continue;
            }
            self.end(line.take(), holder);
            if is_wordless(name(child)) {
                continue;
            }
            if name(child) == "table" { self.table(child) } else { self.fill(child) }
        }
        self.end(line, holder);
    }

    fn end(&mut self, line: Option<(Node<'d, 'a>, Node<'d, 'a>)>, parent: Node<'d, 'a>) {
        let Some((first, last)) = line else { return };
        let mut between = Some(first);
        let mut says_something = false;
        while let Some(node) = between {
            says_something |= node.descendants().any(|n| n.text().is_some_and(|t| n.is_text() && !t.trim().is_empty()));
            between = if node.id() == last.id() || says_something { None } else { node.next_sibling() };
        }
        if says_something {
            self.all.push(Unit::Line { first, last, parent, is_whole: false });
        }
    }

    fn table(&mut self, table: Node<'d, 'a>) {
        let mut head = None;
        for part in table.children().filter(Node::is_element) {
            match name(part) {
                "thead" => {
                    for row in part.children().filter(|n| name(*n) == "tr") {
                        self.row(row, None);
                        head = Some(row);
                    }
                }
                "tbody" | "tfoot" => {
                    for row in part.children().filter(|n| name(*n) == "tr") {
                        self.row_under(row, &mut head);
                    }
                }
                "tr" => self.row_under(part, &mut head),
                "colgroup" | "col" => {}
                _ => self.fill(part),
            }
        }
    }

    /// A row that is all headings heads those below it.
    fn row_under(&mut self, row: Node<'d, 'a>, head: &mut Option<Node<'d, 'a>>) {
        let mut kinds = cells(row).map(name).peekable();
        if kinds.peek().is_some() && kinds.all(|n| n == "th") {
            self.row(row, None);
            *head = Some(row);
        } else {
            self.row(row, *head);
        }
    }

    fn row(&mut self, node: Node<'d, 'a>, head: Option<Node<'d, 'a>>) {
        let holds_table =
            cells(node).any(|c| self.broken.contains(c.id()) && c.descendants().any(|n| name(n) == "table"));
        if holds_table {
            self.fill(node);
        } else {
            self.all.push(Unit::Row(Row { node, head }));
        }
    }

    /// The words of a piece: one text, or one for each cell where nothing but markup stands between the cells.
    pub(super) fn words(&mut self, unit: Unit<'d, 'a>) -> Vec<Verbatim<'a>> {
        match unit {
            Unit::Line { parent, is_whole: true, .. } => text(parent).into_iter().collect(),
            Unit::Line { first, last, .. } => run(first, last).into_iter().collect(),
            Unit::Row(row) => {
                let are_apart = cells(row.node).all(|c| !self.broken.contains(c.id()) && stands_apart(c));
                if are_apart {
                    return text(row.node).into_iter().collect();
                }
                let mut inside = Self { all: Vec::new(), broken: std::mem::take(&mut self.broken) };
                for cell in cells(row.node) {
                    inside.fill(cell);
                }
                self.broken = std::mem::take(&mut inside.broken);
                let lines = std::mem::take(&mut inside.all);
                lines.into_iter().flat_map(|line| inside.words(line)).collect()
            }
        }
    }

    /// A cell that is one line.
    pub(super) fn is_plain(&self, cell: Node<'d, 'a>) -> bool {
        !self.broken.contains(cell.id())
    }
}

/// The cells of a row.
pub(super) fn cells<'d, 'a>(row: Node<'d, 'a>) -> impl Iterator<Item = Node<'d, 'a>> {
    let mut next = row.first_child();
    // From one to the next, which asks less at each step than the parser's way from both ends.
    std::iter::from_fn(move || {
        while let Some(at) = next {
            next = at.next_sibling();
            if at.has_tag_name("td") || at.has_tag_name("th") {
                return Some(at);
            }
        }
        None
    })
}

/// Whether words of the cell cannot run into those of the next: a blank stands before or behind the tag between.
fn stands_apart(cell: Node<'_, '_>) -> bool {
    let is_blank = |n: Node<'_, '_>| n.text().is_some_and(|t| t.ends_with(char::is_whitespace));
    let Some(next) = cell.next_sibling() else { return true };
    if next.is_text() {
        return next.text().is_some_and(|t| t.starts_with(char::is_whitespace));
    }
    cell.descendants().rfind(Node::is_text).is_none_or(is_blank)
}

impl<'d, 'a> Unit<'d, 'a> {
    /// The elements of the piece, from its first to its last.
    pub(super) fn nodes(self) -> impl Iterator<Item = Node<'d, 'a>> {
        let (first, last) = match self {
            Self::Row(row) => (row.node, row.node),
            Self::Line { parent, is_whole: true, .. } => (parent, parent),
            Self::Line { first, last, .. } => (first, last),
        };
        let mut next = Some(first);
        std::iter::from_fn(move || {
            let node = next?;
            next = if node.id() == last.id() { None } else { node.next_sibling() };
            Some(node)
        })
    }

    /// Where it begins.
    pub(super) fn start(self) -> usize {
        match self {
            Self::Row(row) => row.node.range().start,
            Self::Line { first, .. } => first.range().start,
        }
    }

    /// The element whose part it is.
    pub(super) fn holder(self) -> Node<'d, 'a> {
        match self {
            Self::Row(row) => row.node,
            Self::Line { parent, .. } => parent,
        }
    }

    /// Whether it only heads others: a row of headings, a caption.
    pub(super) fn is_heading(self) -> bool {
        match self {
            Self::Row(row) => {
                let in_head = row.node.parent().is_some_and(|p| name(p) == "thead");
                in_head || cells(row.node).all(|c| name(c) == "th")
            }
            Self::Line { parent, .. } => name(parent) == "caption",
        }
    }
}

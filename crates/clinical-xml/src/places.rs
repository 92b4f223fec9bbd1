//! From bytes to an XPath, and back.

use crate::find::Finder;
use crate::siblings::Last;
use clinical_model::{Place, Places, Source, Told};
use roxmltree::{Document, Node, NodeId};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// The places of an XML document: `/ClinicalDocument/component/structuredBody/component[3]/section/code/@code`, local
/// names, one-based, `[1]` left out where an element is the only one of its name among its siblings.
///
/// Where an element stands among its siblings is counted when it is asked for: a page asks for a few hundred of the tens
/// of thousands of elements of a document. Many siblings are numbered when the first of them is asked for, all at once, so
/// that each parent costs its width one time.
pub struct XmlPlaces<'d, 'a> {
    document: &'d Document<'a>,
    numbers: RefCell<Numbers>,
    finder: RefCell<Finder<'d>>,
    /// The elements of the path that was asked for last, each with the length of the path up to it. Facts come in the
    /// order of the document, more or less, and most share the elements around them with the one before.
    last: RefCell<Trail>,
    /// How many nodes there are.
    size: usize,
    /// How many nodes begin before or at the place that was asked for last.
    near: Cell<usize>,
    /// Which names may be told in a log or an error.
    is_listed: fn(&str) -> bool,
}

/// A path and the elements that it leads through.
#[derive(Default)]
struct Trail {
    path: String,
    steps: Vec<Step>,
    /// Elements on the way to the next path, the innermost first.
    way: Vec<NodeId>,
    /// Only listed names are in it.
    only_listed: bool,
}

/// An element of a path.
#[derive(Clone, Copy)]
struct Step {
    id: NodeId,
    /// How long the path is up to it.
    end: usize,
    /// Which of its name among its siblings it is.
    number: u32,
}

/// Marks a number of an element that has siblings of its name.
const OTHERS: u32 = 1 << 31;

/// Of the children of elements with many of them: the node and which of its name it is, with [`OTHERS`] where there are
/// more, in the order of the document. By the parent's node.
type Numbers = BTreeMap<u32, Vec<(u32, u32)>>;

impl<'d, 'a> XmlPlaces<'d, 'a> {
    /// The places of `document`. `is_listed` (as [`crate::is_listed`]) says which names may be told in a log or an
    /// error; the others become `*`, because a name that the input made up can be somebody's name.
    #[must_use]
    pub fn new(document: &'d Document<'a>, is_listed: fn(&str) -> bool) -> Self {
        Self {
            document,
            numbers: RefCell::default(),
            finder: RefCell::default(),
            last: RefCell::default(),
            size: document.root().descendants().len(),
            near: Cell::new(0),
            is_listed,
        }
    }

    /// The place of `source` for a finding, an error or a log: names that are not listed become `*`.
    #[must_use]
    pub fn told(&self, source: Source) -> Place {
        Place::Path(self.path(source, true))
    }

    /// The text at a path as [`Places::place`] writes it: an attribute's value without blanks at its ends, or an
    /// element's text with runs of blanks folded. `None` where the path leads nowhere. A fact that is a part of an
    /// element's words ([`crate::run`]) stands in this text and is not all of it.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<Cow<'a, str>> {
        let (elements, attribute) = match attribute_at(path) {
            Some(at) => (path.get(..at)?, path.get(at + 2..)),
            None => (path, None),
        };
        let node = self.finder.borrow_mut().find(self.document, elements)?;
        match attribute {
            Some(name) => crate::value::attribute_text(node, name),
            None => Some(crate::text_of(node)),
        }
    }

    /// Which of its name among its siblings an element is, and whether there are others.
    fn number(&self, node: Node<'d, 'a>) -> (u32, bool) {
        let is_far = || {
            let numbers = self.numbers.borrow();
            !numbers.is_empty() && node.parent().is_some_and(|p| numbers.contains_key(&p.id().get()))
        };
        let near = if is_far() { None } else { number_near(node) };
        near.unwrap_or_else(|| self.number_far(node))
    }

    /// The same of an element with many neighbours.
    fn number_far(&self, node: Node<'d, 'a>) -> (u32, bool) {
        let Some(parent) = node.parent() else { return (1, false) };
        let mut numbers = self.numbers.borrow_mut();
        let children = numbers.entry(parent.id().get()).or_insert_with(|| numbered(parent));
        let number = children.binary_search_by_key(&node.id().get(), |(id, _)| *id);
        let number = number.ok().and_then(|at| children.get(at)).map_or(1, |(_, number)| *number);
        (number & !OTHERS, number & OTHERS != 0)
    }

    fn path(&self, source: Source, only_listed: bool) -> String {
        self.with_path(source, only_listed, str::to_owned)
    }

    /// What becomes of the path of `source`.
    fn with_path<R>(&self, source: Source, only_listed: bool, to: impl FnOnce(&str) -> R) -> R {
        let Some(node) = self.innermost(source) else { return to("") };
        let shown = |name: &'d str| if only_listed && !(self.is_listed)(name) { "*" } else { name };
        let mut last = self.last.borrow_mut();
        if last.only_listed != only_listed {
            *last = Trail { only_listed, ..Trail::default() };
        }
        self.lead(node, &shown, &mut last);
        let is_whole = node.range().start == source.start() && node.range().end == source.end();
        if is_whole {
            return to(&last.path);
        }
        let Some(attribute) = node.attributes().find(|a| a.range().start == source.start()) else {
            return to(&last.path);
        };
        let end = last.path.len();
        last.path.push_str("/@");
        last.path.push_str(shown(attribute.name()));
        let made = to(&last.path);
        last.path.truncate(end);
        made
    }

    /// Makes the path that was asked for last that of this element, as far as it is another.
    fn lead(&self, element: Node<'d, 'a>, shown: &dyn Fn(&'d str) -> &'d str, last: &mut Trail) {
        let Trail { path, steps, way, .. } = last;
        way.clear();
        // Nodes are numbered in the order of the document, so the numbers of a path fall on the way out.
        let mut kept = steps.len();
        let mut next = Some(element);
        while let Some(node) = next.filter(Node::is_element) {
            let id = node.id();
            kept = steps[..kept].iter().rposition(|step| step.id.get() <= id.get()).map_or(0, |at| at + 1);
            if kept.checked_sub(1).is_some_and(|at| steps[at].id == id) {
                break;
            }
            way.push(id);
            next = node.parent();
        }
        // Where the two paths part, the one before leads on to a sibling of the next element.
        let mut sibling = steps.get(kept).copied();
        steps.truncate(kept);
        path.truncate(steps.last().map_or(0, |step| step.end));
        for node in way.iter().rev().filter_map(|id| self.document.get_node(*id)) {
            let name = node.tag_name().name();
            path.push('/');
            path.push_str(shown(name));
            let beside = sibling.take().and_then(|known| self.number_beside(node, name, known));
            let (number, has_others) = match beside {
                Some(number) => (number, true),
                None => self.number(node),
            };
            if has_others {
                path.push('[');
                push_number(number, path);
                path.push(']');
            }
            steps.push(Step { id: node.id(), end: path.len(), number });
        }
    }

    /// Which of its name an element is, told from a sibling of the same name that stands near it.
    fn number_beside(&self, node: Node<'d, 'a>, name: &str, known: Step) -> Option<u32> {
        let is_behind = node.id().get() > known.id.get();
        let (start, end) = if is_behind { (node, known.id) } else { (self.document.get_node(known.id)?, node.id()) };
        if !self.document.get_node(known.id)?.has_tag_name(name) {
            return None;
        }
        let (mut at, mut between) = (start, 0);
        for _ in 0..BESIDE {
            if at.id() == end {
                return if is_behind { known.number.checked_add(between) } else { known.number.checked_sub(between) };
            }
            between += u32::from(at.has_tag_name(name));
            at = at.prev_sibling()?;
        }
        None
    }

    /// The innermost element that holds the bytes.
    fn innermost(&self, source: Source) -> Option<Node<'d, 'a>> {
        // Nodes stand in the order of the document, so their beginnings rise with their numbers.
        let size = self.size;
        let begins_before = |at: usize| self.node(at).is_some_and(|n| n.range().start <= source.start());
        let (mut low, mut high) = around(self.near.get().min(size), size, begins_before);
        while low < high {
            let middle = usize::midpoint(low, high);
            if begins_before(middle) { low = middle + 1 } else { high = middle }
        }
        self.near.set(low);
        let node = self.node(low.checked_sub(1)?)?;
        node.ancestors().find(|n| n.is_element() && n.range().end >= source.end())
    }

    fn node(&self, index: usize) -> Option<Node<'d, 'a>> {
        self.document.get_node(NodeId::new(index.try_into().ok()?))
    }
}

/// How many neighbours of an element are looked at before all of them are numbered at once.
const NEAR: usize = 64;

/// How many neighbours of an element are looked at for one whose number is known.
const BESIDE: usize = 16;

/// Which of its name among its siblings an element is, and whether there are others; `None` where there are too many
/// neighbours to tell.
fn number_near(node: Node<'_, '_>) -> Option<(u32, bool)> {
    let name = node.tag_name().name();
    let mut left = NEAR;
    let mut number = 1;
    let mut next = node.prev_sibling();
    while let Some(sibling) = next {
        left = left.checked_sub(1)?;
        number += u32::from(sibling.has_tag_name(name));
        next = sibling.prev_sibling();
    }
    let mut has_others = number > 1;
    next = node.next_sibling();
    while let Some(sibling) = next.filter(|_| !has_others) {
        left = left.checked_sub(1)?;
        has_others = sibling.has_tag_name(name);
        next = sibling.next_sibling();
    }
    Some((number, has_others))
}

/// The numbers of all children of an element.
fn numbered(parent: Node<'_, '_>) -> Vec<(u32, u32)> {
    let mut numbers: Vec<(u32, u32)> = Vec::new();
    let mut last = Last::default();
    let mut next = parent.first_child();
    while let Some(sibling) = next {
        // From one to the next, which asks less at each step than the parser's way from both ends.
        next = sibling.next_sibling();
        if !sibling.is_element() {
            continue;
        }
        let (number, earlier) = last.next(sibling.tag_name().name(), numbers.len());
        if let Some((_, its)) = earlier.and_then(|at| numbers.get_mut(at)) {
            *its |= OTHERS;
        }
        numbers.push((sibling.id().get(), if earlier.is_some() { number | OTHERS } else { number }));
    }
    numbers.shrink_to_fit();
    numbers
}

/// Where a path goes over from elements to an attribute: at the first `/@`.
fn attribute_at(path: &str) -> Option<usize> {
    let bytes = path.as_bytes();
    memchr::memchr_iter(b'@', bytes).filter_map(|at| at.checked_sub(1)).find(|at| bytes.get(*at) == Some(&b'/'))
}

/// Two numbers with the place between them at which `is_below` ends being true of the numbers below `size`. Most facts
/// stand near the one before (`near`): it is looked from there in steps that grow.
fn around(near: usize, size: usize, is_below: impl Fn(usize) -> bool) -> (usize, usize) {
    let mut step = 8;
    if near.checked_sub(1).is_none_or(&is_below) {
        let mut low = near;
        while low + step < size && is_below(low + step) {
            low += step + 1;
            step *= 4;
        }
        return (low, size.min(low + step));
    }
    let mut high = near;
    while high > step && !is_below(high - step) {
        high -= step;
        step *= 4;
    }
    (high.saturating_sub(step), high)
}

/// A number without the ways of formatting, which cost more than the number.
fn push_number(number: u32, to: &mut String) {
    if number > 9 {
        push_number(number / 10, to);
    }
    to.push(char::from_digit(number % 10, 10).unwrap_or('0'));
}

impl Places for XmlPlaces<'_, '_> {
    fn place(&self, source: Source) -> Place {
        Place::Path(self.path(source, false))
    }

    fn tell(&self, source: Source, to: &mut dyn FnMut(Told<'_>)) {
        self.with_path(source, false, |path| to(Told::Path(path)));
    }
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn what_is_looked_for_lies_around_wherever_it_was_begun() {
        for size in [0, 1, 7, 8, 9, 60, 400] {
            for end in 0..=size {
                for near in 0..=size {
                    let (low, high) = around(near, size, |at| at < end);
                    assert!(low <= end && end <= high && high <= size, "{size} {end} {near}: {low} {high}");
                }
            }
        }
    }
}

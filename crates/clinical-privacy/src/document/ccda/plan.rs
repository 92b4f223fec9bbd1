//! What is to be done with every text and attribute of a document, and what the document says of its people.

use std::collections::HashMap;
use std::ops::Range;

use clinical_xml::{Document, Node, NodeId};

use super::super::attachment;
use super::super::markup::Projection;
use super::super::people::People;
use super::super::table::Action;
use super::{action, times};
use crate::kind::Kind;

/// A stretch of the document and what is done with it.
pub(super) struct Item {
    pub(super) node: NodeId,
    /// The bytes: content between tags, an attribute's value without quotes, or a whole comment.
    pub(super) range: Range<usize>,
    /// The whole attribute with its name, where it is one.
    pub(super) attribute: Option<Range<usize>>,
    pub(super) action: Action,
}

/// Everything of a document in its order.
pub(super) struct Plan {
    pub(super) items: Vec<Item>,
    pub(super) newest_year: Option<u16>,
    /// Which of its kind among its siblings an element is.
    pub(super) numbers: HashMap<NodeId, u32>,
}

struct Walk<'w, 'd> {
    text: &'d str,
    plan: Plan,
    people: &'w mut People,
    depth: u8,
}

impl Plan {
    pub(super) fn of(document: &Document<'_>, people: &mut People, depth: u8) -> Self {
        let plan = Self { items: Vec::new(), newest_year: None, numbers: HashMap::new() };
        let text = document.input_text();
        let mut walk = Walk { text, plan, people, depth };
        let root = document.root_element();
        // What stands before and behind the root element: comments and instructions.
        let (start, end) = (root.range().start, root.range().end);
        let declared = if text.trim_start_matches('\u{feff}').starts_with("<?xml ") {
            text.find("?>").map_or(0, |n| n + 2)
        } else {
            0
        };
        walk.push(root, declared.min(start)..start, None, Action::Text);
        walk.element(root, "");
        walk.push(root, end..text.len(), None, Action::Text);
        walk.plan
    }
}

impl Walk<'_, '_> {
    fn element(&mut self, node: Node<'_, '_>, parent: &str) {
        let name = node.tag_name().name();
        self.gather(node, parent, name);
        for attribute in node.attributes() {
            let todo = self.attribute(node, name, attribute.name(), attribute.value());
            self.push(node, attribute.range_value(), Some(attribute.range()), todo);
        }
        let content = content(self.text, node);
        let is_blob = node.attribute("representation") == Some("B64");
        let path = format!("{parent}/{name}");
        let todo = if is_blob {
            Action::Attachment
        } else {
            action("element", &path).or_else(|| action("element", name)).unwrap_or(Action::Text)
        };
        if is_blob && let Some(inside) = node.text().and_then(|t| attachment::read(t, node.attribute("mediaType"))) {
            inside.gather(self.people, self.depth);
        }
        if todo == Action::Xhtml {
            self.push(node, content, None, todo);
            return;
        }
        let mut at = content.start;
        let mut counts: HashMap<&str, u32> = HashMap::new();
        // A name or address without parts is one text; with parts, what stands between them is nothing of its own.
        for child in node.children().filter(Node::is_element) {
            let number = counts.entry(child.tag_name().name()).or_default();
            *number += 1;
            self.plan.numbers.insert(child.id(), *number);
            self.push(node, at..child.range().start, None, todo);
            self.element(child, name);
            at = child.range().end;
        }
        self.push(node, at..content.end, None, todo);
    }

    fn push(&mut self, node: Node<'_, '_>, range: Range<usize>, attribute: Option<Range<usize>>, action: Action) {
        if self.text.get(range.clone()).is_some_and(|t| !t.trim().is_empty()) {
            self.plan.items.push(Item { node: node.id(), range, attribute, action });
        }
    }

    fn attribute(&mut self, node: Node<'_, '_>, element: &str, name: &str, value: &str) -> Action {
        if matches!(name, "value" | "low" | "high") && is_time(node) {
            if let Some(year) = times::year(value).filter(|y| *y <= 2100) {
                let is_end = element == "high";
                self.plan.newest_year = self.plan.newest_year.max(Some(year).filter(|_| !is_end));
            }
            return Action::Date;
        }
        action("attribute", &format!("{element}/{name}")).or_else(|| action("attribute", name)).unwrap_or(Action::Text)
    }

    /// What an element says of somebody.
    fn gather(&mut self, node: Node<'_, '_>, parent: &str, name: &str) {
        let kind = action("element", &format!("{parent}/{name}"));
        match name {
            "name" => {
                let part = |local: &str| -> Vec<String> {
                    let parts = node.children().filter(|c| c.tag_name().name() == local);
                    parts.map(|p| self.spoken(p)).filter(|t| !t.trim().is_empty()).collect()
                };
                let (given, family) = (part("given"), part("family"));
                let text = self.spoken(node);
                match kind {
                    Some(Action::Remove(Kind::Facility)) => self.people.place(Kind::Facility, text.trim()),
                    _ if !family.is_empty() || !given.is_empty() => self.people.name(&given, &family),
                    Some(Action::Remove(Kind::Name)) if !text.trim().is_empty() => self.people.name_text(text.trim()),
                    _ => {}
                }
            }
            "streetAddressLine" => self.people.street(self.spoken(node).trim()),
            "city" => self.people.place(Kind::City, self.spoken(node).trim()),
            "county" => self.people.place(Kind::County, self.spoken(node).trim()),
            "postalCode" => self.people.identifier(Kind::Zip, self.spoken(node).trim()),
            "telecom" => {
                let value = node.attribute("value").unwrap_or_default();
                match value.split_once(':') {
                    Some(("mailto", mail)) => self.people.exactly(Kind::Email, mail),
                    Some(("fax", number)) => self.people.phone(Kind::Fax, number),
                    Some(("http" | "https", _)) => self.people.exactly(Kind::Url, value),
                    Some((_, number)) => self.people.phone(Kind::Phone, number),
                    None => self.people.phone(Kind::Phone, value),
                }
            }
            "id" => {
                if let Some(extension) = node.attribute("extension") {
                    let kind = match node.attribute("root").and_then(|r| action("authority", r)) {
                        Some(Action::Remove(kind)) => kind,
                        _ if parent == "patientRole" => Kind::Mrn,
                        _ => Kind::Other,
                    };
                    let of_person =
                        parent.ends_with("Role") || parent.starts_with("assigned") || parent.ends_with("Entity");
                    if of_person || extension.len() >= 8 {
                        self.people.identifier(kind, extension);
                    }
                }
            }
            "birthTime" => self.people.birth_date(node.attribute("value").unwrap_or_default()),
            _ => {}
        }
    }

    fn spoken(&self, node: Node<'_, '_>) -> String {
        let range = content(self.text, node);
        Projection::of_markup(&self.text[range]).text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Is the element a point in time, or an end of a stretch of time?
fn is_time(node: Node<'_, '_>) -> bool {
    let typed = node.attributes().find(|a| a.name() == "type" && a.namespace().is_some()).map(|a| a.value());
    if let Some(kind) = typed {
        let kind = kind.rsplit(':').next().unwrap_or(kind);
        if matches!(kind, "PQ" | "IVL_PQ" | "INT" | "REAL") {
            return false;
        }
        if kind == "TS" || kind.ends_with("_TS") {
            return true;
        }
    }
    let name = node.tag_name().name();
    if action("time", name).is_some() {
        return true;
    }
    let is_part = matches!(name, "low" | "high" | "center" | "comp" | "phase");
    is_part && node.attribute("unit").is_none() && node.parent_element().is_some_and(is_time)
}

/// The bytes between an element's tags; empty where it has none.
pub(super) fn content(text: &str, node: Node<'_, '_>) -> Range<usize> {
    let whole = node.range();
    let from = node.attributes().map(|a| a.range().end).max().unwrap_or(whole.start);
    let Some(open) = text[from..whole.end].find('>').map(|n| from + n) else { return whole.end..whole.end };
    if text[..open].ends_with('/') {
        return whole.end..whole.end;
    }
    let close = text[open + 1..whole.end].rfind("</").map_or(whole.end, |n| open + 1 + n);
    open + 1..close
}

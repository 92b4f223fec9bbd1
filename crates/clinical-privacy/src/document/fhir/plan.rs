//! What is to be done with every value of a document, and what the document says of its people.

use std::collections::{HashMap, HashSet};

use clinical_json::{Document, Kind as JsonKind, Node, NodeId};

use super::super::attachment;
use super::super::links;
use super::super::people::People;
use super::super::table::Action;
use super::shape::shape;
use super::{action, dates, is_standard};
use crate::kind::Kind;

/// One value and what is done with it.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) node: NodeId,
    /// The object that it stands in.
    pub(super) parent: NodeId,
    pub(super) action: Action,
    /// It is a member of the object, not an element of an array.
    pub(super) is_member: bool,
}

/// Every value of a document in its order.
pub(super) struct Plan {
    pub(super) items: Vec<Item>,
    pub(super) newest_year: Option<u16>,
    /// What public terminologies call the codes of the document: the same words are theirs in a concept's text as well.
    pub(super) terms: HashSet<String>,
}

/// Where the walk is.
struct Place<'p> {
    /// The type of the resource.
    resource: &'p str,
    /// Path of elements from the resource on, without numbers.
    path: String,
    /// The key of the object, or of the array that it stands in.
    key: &'p str,
    /// What the URL of the extension around it says.
    extension: Option<Action>,
}

struct Walk<'w> {
    items: Vec<Item>,
    newest_year: Option<u16>,
    terms: HashSet<String>,
    people: &'w mut People,
    types: HashMap<String, String>,
    depth: u8,
}

impl Plan {
    pub(super) fn of(document: &Document<'_>, people: &mut People, depth: u8) -> Self {
        let mut walk =
            Walk { items: Vec::new(), newest_year: None, terms: HashSet::new(), people, types: HashMap::new(), depth };
        walk.types(document.root());
        let place = Place { resource: "", path: String::new(), key: "", extension: None };
        match document.root().kind() {
            JsonKind::Array => document.root().items().for_each(|n| walk.value(n, n, Action::Text, &place)),
            _ => walk.object(document.root(), &place),
        }
        Self { items: walk.items, newest_year: walk.newest_year, terms: walk.terms }
    }
}

impl Walk<'_> {
    /// The type of every resource by its id and by its full URL.
    fn types(&mut self, node: Node<'_, '_>) {
        if let (Some(kind), Some(id)) = (text_of(node, "resourceType"), text_of(node, "id")) {
            self.types.insert(id, kind);
        }
        if let (Some(url), Some(resource)) = (text_of(node, "fullUrl"), node.get("resource"))
            && let Some(kind) = text_of(resource, "resourceType")
        {
            self.types.insert(url, kind);
        }
        for child in node.members().chain(node.items()) {
            if matches!(child.kind(), JsonKind::Object | JsonKind::Array) {
                self.types(child);
            }
        }
    }

    fn object(&mut self, node: Node<'_, '_>, place: &Place<'_>) {
        let kind = text_of(node, "resourceType");
        let (resource, path) = match &kind {
            Some(kind) => (kind.as_str(), kind.clone()),
            None => (place.resource, place.path.clone()),
        };
        let shape = match (&kind, resource) {
            (Some(_), "Binary") => "Binary",
            (Some(_), _) => "",
            _ => shape(node, place.key),
        };
        let owner = action("owner", resource);
        if shape == "Coding"
            && text_of(node, "system").is_some_and(|s| is_standard(&s))
            && let Some(display) = text_of(node, "display")
        {
            self.terms.insert(display);
        }
        self.gather(node, shape, resource);
        let mut extension = place.extension;
        if shape == "Extension" {
            extension = text_of(node, "url").and_then(|url| action("extension", &url)).or(extension);
            if extension == Some(Action::Drop) {
                self.push(node, node, Action::Drop, false);
                return;
            }
        }
        for member in node.members() {
            let Some(key) = member.key() else { continue };
            if !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                self.push(member, node, Action::Key, true);
            }
            let below = Place { resource, path: format!("{path}.{key}"), key: &key, extension };
            let mut todo = action("element", &below.path)
                .or_else(|| (!shape.is_empty()).then(|| action("type", &format!("{shape}.{key}")))?)
                .or_else(|| action("name", &key))
                .unwrap_or(Action::Text);
            if &*key == "id" && kind.is_some() {
                todo = Action::Id;
            }
            if shape == "Extension" && key.starts_with("value") {
                todo = extension.unwrap_or(todo);
            }
            if shape == "Reference" && &*key == "display" {
                todo = self.shown(node, place.key);
            }
            if todo == Action::Identifier {
                todo = identifier(node, owner);
            }
            if todo == Action::Telecom {
                todo = telecom(node);
            }
            // A code system's own id names it; so do those of other published artefacts.
            if todo == Action::Id && owner == Some(Action::Keep) {
                todo = Action::Keep;
            }
            self.value(member, node, todo, &below);
        }
    }

    fn value(&mut self, node: Node<'_, '_>, parent: Node<'_, '_>, todo: Action, place: &Place<'_>) {
        match node.kind() {
            JsonKind::Object if todo == Action::Drop => self.push(node, parent, Action::Drop, true),
            JsonKind::Object => self.object(node, place),
            JsonKind::Array => {
                for item in node.items() {
                    match item.kind() {
                        JsonKind::Object => self.object(item, place),
                        JsonKind::Array => self.value(item, parent, todo, place),
                        _ => self.leaf(item, parent, todo, false),
                    }
                }
            }
            _ => self.leaf(node, parent, todo, true),
        }
    }

    fn leaf(&mut self, node: Node<'_, '_>, parent: Node<'_, '_>, todo: Action, is_member: bool) {
        match node.kind() {
            JsonKind::String => {
                let Some(text) = node.as_str() else { return };
                let todo = if matches!(todo, Action::Text) && dates::is_date(&text) { Action::Date } else { todo };
                if matches!(todo, Action::Date | Action::Instant) {
                    let year = dates::year(&text).filter(|y| *y <= 2100);
                    let is_end = node.key_is("end") || node.key_is("expirationDate");
                    self.newest_year = self.newest_year.max(year.filter(|_| !is_end));
                }
                match todo {
                    Action::BirthDate => self.people.birth_date(&text),
                    Action::Remove(Kind::Name) => self.people.name_text(&text),
                    Action::Remove(kind @ (Kind::Facility | Kind::Employer)) => self.people.place(kind, &text),
                    Action::Remove(Kind::Street | Kind::City | Kind::County | Kind::Zip | Kind::Phone | Kind::Fax) => {}
                    Action::Remove(kind) => self.people.identifier(kind, &text),
                    Action::Id => {
                        let is_long = text.len() >= 8 && text.bytes().filter(u8::is_ascii_digit).count() >= 3;
                        if is_long {
                            self.people.identifier(Kind::Other, &text);
                        }
                    }
                    Action::Attachment => {
                        if let Some(inside) = attachment::read(&text, text_of(parent, "contentType").as_deref()) {
                            inside.gather(self.people, self.depth);
                        }
                    }
                    _ => {}
                }
                self.push(node, parent, todo, is_member);
            }
            JsonKind::Number => self.push(node, parent, todo, is_member),
            _ => {}
        }
    }

    fn push(&mut self, node: Node<'_, '_>, parent: Node<'_, '_>, action: Action, is_member: bool) {
        self.items.push(Item { node: node.id(), parent: parent.id(), action, is_member });
    }

    /// What the display of a reference is.
    fn shown(&self, reference: Node<'_, '_>, role: &str) -> Action {
        let points_to = text_of(reference, "type").or_else(|| {
            let text = text_of(reference, "reference")?;
            let by_id = self.types.get(text.trim_start_matches('#')).cloned();
            by_id.or_else(|| links::target(&text).map(|(kind, _)| kind.to_owned()))
        });
        match points_to {
            Some(kind) => action("target", &kind).unwrap_or(Action::Text),
            None => action("role", role).unwrap_or(Action::Text),
        }
    }

    /// What an object says of somebody.
    fn gather(&mut self, node: Node<'_, '_>, shape: &str, resource: &str) {
        if action("owner", resource) == Some(Action::Keep) {
            return;
        }
        match shape {
            "HumanName" => {
                self.people.name(&texts_of(node, "given"), &texts_of(node, "family"));
            }
            "Address" => {
                texts_of(node, "line").iter().for_each(|line| self.people.street(line));
                texts_of(node, "city").iter().for_each(|city| self.people.place(Kind::City, city));
                texts_of(node, "district").iter().for_each(|county| self.people.place(Kind::County, county));
                texts_of(node, "postalCode").iter().for_each(|zip| self.people.identifier(Kind::Zip, zip));
            }
            "ContactPoint" => {
                for value in texts_of(node, "value") {
                    match telecom(node) {
                        Action::Remove(kind @ (Kind::Phone | Kind::Fax)) => self.people.phone(kind, &value),
                        Action::Remove(kind) => self.people.exactly(kind, &value),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

/// The kind of an identifier by its type, its system, or the resource that it stands in.
fn identifier(node: Node<'_, '_>, owner: Option<Action>) -> Action {
    let codings = node.get("type").and_then(|t| t.get("coding")).into_iter().flat_map(Node::items);
    let by_type = codings.filter_map(|c| action("identifier", &text_of(c, "code")?)).next();
    let system = text_of(node, "system").unwrap_or_default();
    let by_system = if system.ends_with("us-ssn") || system.ends_with("2.16.840.1.113883.4.1") {
        Some(Action::Remove(Kind::Ssn))
    } else if system.ends_with("us-npi") || system.ends_with("2.16.840.1.113883.4.6") {
        Some(Action::Remove(Kind::License))
    } else if system.ends_with("us-mbi") || system.ends_with("us-medicare") {
        Some(Action::Remove(Kind::Plan))
    } else {
        None
    };
    by_type.or(by_system).or(owner).unwrap_or(Action::Remove(Kind::Other))
}

fn telecom(node: Node<'_, '_>) -> Action {
    Action::Remove(match text_of(node, "system").as_deref() {
        Some("email") => Kind::Email,
        Some("fax") => Kind::Fax,
        Some("url") => Kind::Url,
        Some("phone" | "pager" | "sms") => Kind::Phone,
        _ if text_of(node, "value").is_some_and(|v| v.contains('@')) => Kind::Email,
        _ => Kind::Phone,
    })
}

pub(super) fn text_of(node: Node<'_, '_>, key: &str) -> Option<String> {
    node.get(key).and_then(Node::as_str).map(std::borrow::Cow::into_owned)
}

/// A string, or the strings of an array.
fn texts_of(node: Node<'_, '_>, key: &str) -> Vec<String> {
    let Some(value) = node.get(key) else { return Vec::new() };
    let own = value.as_str().into_iter();
    own.chain(value.items().filter_map(Node::as_str)).map(std::borrow::Cow::into_owned).collect()
}

//! The changes of a C-CDA document, item by item.

use clinical_xml::{Document, Node};

use super::super::attachment;
use super::super::edits::Edit;
use super::super::fault::Fault;
use super::super::links;
use super::super::markup::{Projection, escape};
use super::super::pen::{Accept, Desk, Texts};
use super::super::people::People;
use super::super::table::Action;
use super::plan::{Item, Plan};
use super::times::{self, Change};
use super::{action, is_standard};
use crate::kind::{Kind, Reason};
use crate::policy::{Policy, is_uuid, tags_in};

/// First reading of every text.
pub(super) fn read(
    document: &Document<'_>,
    plan: &Plan,
    texts: &mut Texts<'_>,
    desk: &mut Desk<'_>,
) -> Result<(), Fault> {
    for item in &plan.items {
        let raw = &document.input_text()[item.range.clone()];
        match item.action {
            Action::Text | Action::Display | Action::Xhtml => texts.read(&projection(raw, item).text, desk)?,
            Action::Attachment => {
                let kind = document.get_node(item.node).and_then(|n| n.attribute("mediaType"));
                if let Some(inside) = attachment::read(raw, kind) {
                    inside.read(texts, desk)?;
                }
            }
            Action::Remove(kind) => desk.scribe.meet(raw, kind),
            _ => {}
        }
    }
    Ok(())
}

fn projection(raw: &str, item: &Item) -> Projection {
    if item.attribute.is_some() { Projection::of_characters(raw) } else { Projection::of_markup(raw) }
}

/// All changes of the document.
pub(super) fn edits(
    document: &Document<'_>,
    plan: &Plan,
    people: &People,
    texts: &mut Texts<'_>,
    desk: &mut Desk<'_>,
) -> Result<Vec<Edit>, Fault> {
    let mut writer = Writer { text: document.input_text(), edits: Vec::new() };
    for (nth, item) in plan.items.iter().enumerate() {
        if nth % 256 == 0 {
            desk.check()?;
        }
        let Some(node) = document.get_node(item.node) else { continue };
        let before = desk.removed.len();
        writer.item(node, item, people, texts, desk)?;
        if desk.removed.len() > before {
            let path = path(node, item, plan);
            desk.removed[before..].iter_mut().for_each(|r| r.path = Some(path.clone()));
        }
    }
    Ok(writer.edits)
}

/// Where an item stands. Elements that are not of the standard are not named: a document could have a person's name as
/// the name of an element.
fn path(node: Node<'_, '_>, item: &Item, plan: &Plan) -> String {
    let name = |n: Node<'_, '_>| {
        let local = n.tag_name().name().to_owned();
        if action("path", &local).is_some() { local } else { "*".to_owned() }
    };
    let mut steps: Vec<String> = Vec::new();
    for one in node.ancestors().filter(Node::is_element) {
        let number = plan.numbers.get(&one.id()).map(|n| format!("[{n}]")).unwrap_or_default();
        steps.push(format!("{}{number}", name(one)));
    }
    steps.reverse();
    let attribute = item.attribute.as_ref().and_then(|range| node.attributes().find(|a| a.range() == *range));
    let known = attribute.map(|a| {
        if action("attribute", a.name()).is_some() || matches!(a.name(), "value" | "extension" | "root") {
            a.name()
        } else {
            "*"
        }
    });
    let last = known.map(|a| format!("/@{a}")).unwrap_or_default();
    format!("/{}{last}", steps.join("/"))
}

struct Writer<'w> {
    text: &'w str,
    edits: Vec<Edit>,
}

impl Writer<'_> {
    fn item(
        &mut self,
        node: Node<'_, '_>,
        item: &Item,
        people: &People,
        texts: &mut Texts<'_>,
        desk: &mut Desk<'_>,
    ) -> Result<(), Fault> {
        let raw = &self.text[item.range.clone()];
        let at = (item.range.start, item.range.end);
        match item.action {
            Action::Text | Action::Xhtml => self.parts(raw, item, Accept::All, texts, desk)?,
            Action::Display => {
                let coded = node.attribute("codeSystem").is_some_and(is_standard);
                self.parts(raw, item, if coded { Accept::Coded } else { Accept::All }, texts, desk)?;
            }
            Action::Keep => {
                let value = Projection::of_characters(raw).text;
                if let Some(new) = desk.ids.given(&value).filter(|_| value.len() >= 8) {
                    let new = new.to_owned();
                    self.whole(item, &value, &new, Kind::Other, desk);
                }
            }
            Action::Date | Action::BirthDate => match times::change(raw, &desk.scribe) {
                Change::Stays => {}
                Change::Becomes(new) => self.whole(item, raw, &new, Kind::Date, desk),
                Change::Removed => self.masked(node, item, Kind::Date, desk),
            },
            Action::Id => self.id(node, item, raw, desk),
            Action::Telecom => self.telecom(node, item, raw, desk),
            Action::Reference => {
                if !raw.starts_with('#') {
                    let new = links::replaced(raw, &mut desk.ids);
                    self.whole(item, raw, &new, Kind::Url, desk);
                }
            }
            Action::PostalCode => {
                let value = Projection::of_markup(raw).text;
                if let Some(new) = desk.scribe.postal_code(value.trim()) {
                    self.whole(item, &value, &new, Kind::Zip, desk);
                }
            }
            Action::Remove(kind) => {
                let value = projection(raw, item).text;
                let value = value.trim();
                let is_tag = tags_in(value).first() == Some(&(0, value.len()));
                let is_masked = desk.scribe.policy() == Policy::Mask && !value.contains(char::is_alphanumeric);
                if !is_tag
                    && !is_masked
                    && let Some(new) = desk.scribe.replace(value, kind)
                {
                    self.whole(item, value, &new, kind, desk);
                }
            }
            Action::Attachment => {
                let inside = attachment::read(raw, node.attribute("mediaType"));
                let new = match inside {
                    Some(inside) => inside.removed(at, people, texts, desk)?,
                    None => None,
                };
                match new.map(|n| attachment::encoded(&n)) {
                    Some(new) if raw.bytes().filter(|b| !b.is_ascii_whitespace()).eq(new.bytes()) => {}
                    Some(new) => self.edits.push(Edit::new(at.0, at.1, new)),
                    None => {
                        self.edits.push(Edit::new(at.0, at.1, ""));
                        self.null_flavor(node);
                        desk.note(at, Kind::Other, Reason::Record);
                    }
                }
            }
            Action::Drop => self.masked(node, item, Kind::Other, desk),
            _ => self.parts(raw, item, Accept::All, texts, desk)?,
        }
        Ok(())
    }

    /// Changes within a text or attribute; tags stay.
    fn parts(
        &mut self,
        raw: &str,
        item: &Item,
        accept: Accept,
        texts: &mut Texts<'_>,
        desk: &mut Desk<'_>,
    ) -> Result<(), Fault> {
        let projection = projection(raw, item);
        let found = texts.edits(&projection.text, (item.range.start, item.range.end), accept, desk)?;
        let mut edits = projection.back(&found);
        if item.attribute.is_none() {
            edits.extend(projection.link_edits(raw, &mut desk.ids));
        }
        self.edits
            .extend(edits.into_iter().map(|e| Edit::new(e.start + item.range.start, e.end + item.range.start, e.new)));
        Ok(())
    }

    fn whole(&mut self, item: &Item, old: &str, new: &str, kind: Kind, desk: &mut Desk<'_>) {
        if old != new {
            self.edits.push(Edit::new(item.range.start, item.range.end, escape(new)));
            desk.note((item.range.start, item.range.end), kind, Reason::Record);
        }
    }

    /// The value goes; `nullFlavor="MSK"` says that there was one (HL7 version 3, NullFlavor).
    fn masked(&mut self, node: Node<'_, '_>, item: &Item, kind: Kind, desk: &mut Desk<'_>) {
        let Some(attribute) = &item.attribute else { return };
        let new = if node.attribute("nullFlavor").is_some() || self.gave(node) { "" } else { "nullFlavor=\"MSK\"" };
        self.edits.push(Edit::new(attribute.start, attribute.end, new));
        desk.note((item.range.start, item.range.end), kind, Reason::Record);
    }

    /// Was a null flavour written to the element by an earlier change?
    fn gave(&self, node: Node<'_, '_>) -> bool {
        let range = node.range();
        self.edits.iter().rev().take(4).any(|e| {
            e.start > range.start
                && e.end <= range.end
                && e.new == "nullFlavor=\"MSK\""
                && node.attributes().any(|a| a.range().start == e.start)
        })
    }

    fn null_flavor(&mut self, node: Node<'_, '_>) {
        if node.attribute("nullFlavor").is_none() {
            let start = node.range().start + 1;
            let name = self.text[start..]
                .find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')
                .map_or(start, |n| start + n);
            self.edits.push(Edit::new(name, name, " nullFlavor=\"MSK\""));
        }
    }

    fn id(&mut self, node: Node<'_, '_>, item: &Item, raw: &str, desk: &mut Desk<'_>) {
        let is_root = item
            .attribute
            .as_ref()
            .is_some_and(|range| node.attribute_node("root").is_some_and(|a| a.range() == *range));
        let kind = match node.attribute("root").and_then(|r| action("authority", r)) {
            Some(Action::Remove(kind)) => kind,
            _ => Kind::Other,
        };
        if !is_root {
            let new = desk.ids.replace(raw);
            self.whole(item, raw, &new, kind, desk);
        } else if is_uuid(raw) {
            let new = desk.ids.replace(raw);
            let new = if raw.bytes().any(|b| b.is_ascii_uppercase()) { new.to_uppercase() } else { new };
            self.whole(item, raw, &new, kind, desk);
        } else if !is_standard(raw) || node.attribute("extension").is_none() && !is_published(raw) {
            let new = desk.ids.replace_by_uuid(raw);
            self.whole(item, raw, &new, kind, desk);
        }
    }

    fn telecom(&mut self, node: Node<'_, '_>, item: &Item, raw: &str, desk: &mut Desk<'_>) {
        let (scheme, rest) = raw.split_once(':').unwrap_or(("", raw));
        let kind = match scheme {
            "mailto" => Kind::Email,
            "fax" | "x-text-fax" => Kind::Fax,
            "http" | "https" | "ftp" => Kind::Url,
            _ => Kind::Phone,
        };
        if desk.scribe.policy() != Policy::Surrogate {
            self.masked(node, item, kind, desk);
            return;
        }
        let value = Projection::of_characters(rest).text;
        let new = match kind {
            Kind::Url => links::NOWHERE.to_owned(),
            _ => {
                let new = desk.scribe.replace(&value, kind).unwrap_or(value);
                if scheme.is_empty() { new } else { format!("{scheme}:{new}") }
            }
        };
        self.whole(item, raw, &new, kind, desk);
    }
}

/// Is it an identifier of a published thing rather than of one document or person? Those of HL7's templates are.
fn is_published(oid: &str) -> bool {
    oid.starts_with("2.16.840.1.113883.10.")
        || oid.starts_with("2.16.840.1.113883.5.")
        || oid.starts_with("2.16.840.1.113883.6.")
}

//! The changes of a FHIR document, item by item.

use clinical_json::{Document, Kind as JsonKind, Node};

use super::super::attachment;
use super::super::edits::Edit;
use super::super::fault::Fault;
use super::super::json_text::{edited, escaped};
use super::super::links;
use super::super::markup::Projection;
use super::super::pen::{Accept, Desk, Texts};
use super::super::people::People;
use super::super::table::Action;
use super::dates::{self, Change};
use super::is_standard;
use super::plan::{Item, Plan, text_of};
use super::whole::key_start;
use crate::kind::{Kind, Reason};
use crate::policy::Policy;

/// First reading of every text.
pub(super) fn read(
    document: &Document<'_>,
    plan: &Plan,
    texts: &mut Texts<'_>,
    desk: &mut Desk<'_>,
) -> Result<(), Fault> {
    for item in &plan.items {
        let Some(node) = document.node_at(item.node) else { continue };
        if item.action == Action::Key {
            texts.read(&node.key().unwrap_or_default(), desk)?;
        }
        let Some(text) = node.as_str() else { continue };
        match item.action {
            Action::Text | Action::Display => texts.read(&text, desk)?,
            Action::Keep if !is_code(&text) => texts.read(&text, desk)?,
            Action::Xhtml => texts.read(&Projection::of_markup(&text).text, desk)?,
            Action::Attachment => {
                if let Some(inside) = inside(document, item, &text) {
                    inside.read(texts, desk)?;
                }
            }
            Action::Remove(kind) => desk.scribe.meet(&text, kind),
            // Every id is given its other before the first text is written, which may speak of any.
            Action::Id if !text.starts_with("urn:") => {
                desk.ids.replace(&text);
            }
            Action::Reference => {
                links::replaced(&text, &mut desk.ids);
            }
            _ => {}
        }
    }
    Ok(())
}

pub(super) fn inside(document: &Document<'_>, item: &Item, text: &str) -> Option<attachment::Inside> {
    let content_type = document.node_at(item.parent).and_then(|p| text_of(p, "contentType"));
    attachment::read(text, content_type.as_deref())
}

/// Is it written as a code of FHIR?
fn is_code(text: &str) -> bool {
    text.len() <= 100 && !text.contains(char::is_whitespace)
        || text.len() < 24 && text.bytes().filter(|b| *b == b' ').count() < 2
}

/// All changes of the document.
pub(super) fn edits(
    document: &Document<'_>,
    plan: &Plan,
    people: &People,
    texts: &mut Texts<'_>,
    desk: &mut Desk<'_>,
) -> Result<Vec<Edit>, Fault> {
    let mut writer = Writer { document, plan, people, edits: Vec::new() };
    for (nth, item) in plan.items.iter().enumerate() {
        if nth % 256 == 0 {
            desk.check()?;
        }
        let Some(node) = document.node_at(item.node) else { continue };
        writer.item(node, item, texts, desk)?;
    }
    Ok(writer.edits)
}

pub(super) struct Writer<'w, 'a> {
    pub(super) document: &'w Document<'a>,
    plan: &'w Plan,
    pub(super) people: &'w People,
    pub(super) edits: Vec<Edit>,
}

impl Writer<'_, '_> {
    fn item(
        &mut self,
        node: Node<'_, '_>,
        item: &Item,
        texts: &mut Texts<'_>,
        desk: &mut Desk<'_>,
    ) -> Result<(), Fault> {
        if item.action == Action::Drop {
            self.drop(node, item, desk);
            return Ok(());
        }
        if item.action == Action::Key {
            return self.key(node, texts, desk);
        }
        if node.kind() == JsonKind::Number {
            self.number(node, item, desk);
            return Ok(());
        }
        let Some(text) = node.as_str() else { return Ok(()) };
        let at = (node.span().start, node.span().end);
        match item.action {
            Action::Text | Action::Display => {
                let accept = if self.plan.terms.contains(&*text) { Accept::Coded } else { Accept::All };
                self.text(node, &text, accept, texts, desk)?;
            }
            Action::Keep => {
                if !is_code(&text) {
                    self.text(node, &text, Accept::All, texts, desk)?;
                } else if let Some(new) = desk.ids.given(&text).map(str::to_owned).filter(|_| text.len() >= 8) {
                    self.whole(node, &text, &new, Kind::Other, desk);
                } else if self.people.numbers.contains(&*text) {
                    self.whole(node, &text, "masked", Kind::Other, desk);
                }
            }
            Action::Xhtml => {
                let projection = Projection::of_markup(&text);
                let found = texts.edits(&projection.text, at, Accept::All, desk)?;
                let mut spoken = links::spoken(&projection.text, &desk.ids);
                spoken.extend(found);
                let mut edits = projection.back(&spoken);
                edits.extend(projection.link_edits(&text, &mut desk.ids));
                self.parts(node, edits);
            }
            Action::Date | Action::BirthDate => match dates::date(&text, &mut desk.scribe) {
                Change::Stays => {}
                Change::Becomes(new) => self.whole(node, &text, &new, Kind::Date, desk),
                Change::Removed if item.is_member => self.absent(node, item, Kind::Date, desk),
                Change::Removed => self.whole(node, &text, &text[..4], Kind::Date, desk),
            },
            Action::Instant => {
                if let Change::Becomes(new) = dates::instant(&text, &mut desk.scribe) {
                    self.whole(node, &text, &new, Kind::Date, desk);
                }
            }
            Action::Id => {
                let new = match text.strip_prefix("urn:uuid:") {
                    Some(id) => format!("urn:uuid:{}", desk.ids.replace(id)),
                    None if text.starts_with("urn:") => links::replaced(&text, &mut desk.ids),
                    None => desk.ids.replace(&text),
                };
                self.whole(node, &text, &new, Kind::Other, desk);
            }
            Action::Reference => {
                let new = links::replaced(&text, &mut desk.ids);
                self.whole(node, &text, &new, Kind::Other, desk);
            }
            Action::Uri => {
                if !is_standard(&text) {
                    let new = address(&text, desk);
                    self.whole(node, &text, &new, Kind::Url, desk);
                }
            }
            Action::Source => self.whole(node, &text, links::NOWHERE, Kind::Url, desk),
            Action::PostalCode => {
                if let Some(new) = desk.scribe.postal_code(&text) {
                    self.whole(node, &text, &new, Kind::Zip, desk);
                }
            }
            Action::Remove(kind) => self.remove(node, &text, kind, desk),
            Action::Base64 => self.absent(node, item, Kind::Other, desk),
            Action::Attachment => self.attachment(node, item, &text, texts, desk)?,
            Action::Identifier | Action::Telecom | Action::Drop | Action::Key => {}
        }
        Ok(())
    }

    /// The name of a member that could be somebody's.
    fn key(&mut self, node: Node<'_, '_>, texts: &mut Texts<'_>, desk: &mut Desk<'_>) -> Result<(), Fault> {
        let (Some(key), Some(start)) = (node.key(), key_start(self.document.text(), node.span().start)) else {
            return Ok(());
        };
        let found = texts.edits(&key, (node.span().start, node.span().end), Accept::All, desk)?;
        if !found.is_empty() {
            let end = self.document.text()[..node.span().start].rfind('"').unwrap_or(start + 1);
            let raw = self.document.text().get(start + 1..end).unwrap_or_default();
            self.edits.push(Edit::new(start + 1, end, edited(raw, found)));
        }
        Ok(())
    }

    /// An element that holds an identifier and nothing else.
    fn remove(&mut self, node: Node<'_, '_>, text: &str, kind: Kind, desk: &mut Desk<'_>) {
        if text.starts_with("urn:") {
            // An identifier that is a URI must stay one.
            let new = links::replaced(text, &mut desk.ids);
            self.whole(node, text, &new, kind, desk);
            return;
        }
        if kind == Kind::Url {
            self.whole(node, text, links::NOWHERE, kind, desk);
            return;
        }
        let is_tag = crate::policy::tags_in(text).first() == Some(&(0, text.len()));
        let is_masked = desk.scribe.policy() == Policy::Mask && !text.contains(char::is_alphanumeric);
        if is_tag || is_masked {
            return;
        }
        if let Some(new) = desk.scribe.replace(text, kind) {
            self.whole(node, text, &new, kind, desk);
        }
    }

    fn text(
        &mut self,
        node: Node<'_, '_>,
        text: &str,
        accept: Accept,
        texts: &mut Texts<'_>,
        desk: &mut Desk<'_>,
    ) -> Result<(), Fault> {
        let found = texts.edits(text, (node.span().start, node.span().end), accept, desk)?;
        let mut edits = links::spoken(text, &desk.ids);
        edits.extend(found);
        self.parts(node, edits);
        Ok(())
    }

    /// Changes within a string.
    fn parts(&mut self, node: Node<'_, '_>, edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        let span = node.span();
        let raw = node.raw();
        let content = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
        let new = edited(content, edits);
        self.edits.push(Edit::new(span.start + 1, span.end - 1, new));
    }

    /// The whole string becomes another.
    fn whole(&mut self, node: Node<'_, '_>, old: &str, new: &str, kind: Kind, desk: &mut Desk<'_>) {
        if old == new {
            return;
        }
        let span = node.span();
        self.edits.push(Edit::new(span.start, span.end, format!("\"{}\"", escaped(new))));
        desk.note((span.start, span.end), kind, Reason::Record);
    }
}

/// An address that is not of a standard body: another of the same sort, so that what shared it still does.
fn address(text: &str, desk: &mut Desk<'_>) -> String {
    let replaced = links::replaced(text, &mut desk.ids);
    if replaced != links::NOWHERE || text == links::NOWHERE {
        return replaced;
    }
    let name = text.strip_prefix("https://example.org/system/").unwrap_or(text);
    format!("https://example.org/system/{}", desk.ids.replace(name))
}

//! Changes of whole members: what is removed for a reason, dropped, or attached.

use base64::Engine;
use clinical_json::{Kind as JsonKind, Node};
use sha1::{Digest, Sha1};

use super::super::attachment;
use super::super::edits::Edit;
use super::super::fault::Fault;
use super::super::json_text::escaped;
use super::super::pen::{Desk, Texts};
use super::edit::{Writer, inside};
use super::plan::{Item, text_of};
use crate::kind::{Kind, Reason};

/// Says that something was there and is not shown (FHIR R4, data-absent-reason).
const ABSENT: &str = r#"{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}"#;

impl Writer<'_, '_> {
    /// The member goes; a reason stands in its place.
    pub(super) fn absent(&mut self, node: Node<'_, '_>, item: &Item, kind: Kind, desk: &mut Desk<'_>) {
        let parent = self.document.node_at(item.parent);
        let span = node.span();
        let Some(key) = node.key() else {
            // In an array nothing can stand for it but another of its kind: "masked" in base64.
            self.edits.push(Edit::new(span.start, span.end, "\"bWFza2Vk\""));
            return;
        };
        let Some(start) = key_start(self.document.text(), span.start) else { return };
        desk.note((span.start, span.end), kind, Reason::Record);
        let shadow = format!("_{key}");
        let has_shadow = parent.is_some_and(|p| p.get(&shadow).is_some());
        if has_shadow {
            self.edits.push(without_member(self.document.text(), start, span.end));
        } else {
            self.edits.push(Edit::new(start, span.end, format!("\"{shadow}\":{{\"extension\":[{ABSENT}]}}")));
        }
    }

    pub(super) fn drop(&mut self, node: Node<'_, '_>, item: &Item, desk: &mut Desk<'_>) {
        let span = node.span();
        if item.is_member {
            let Some(start) = key_start(self.document.text(), span.start) else { return };
            self.edits.push(without_member(self.document.text(), start, span.end));
        } else {
            let url = text_of(node, "url").unwrap_or_default();
            let new = format!("{{\"url\":\"{}\",\"extension\":[{ABSENT}]}}", escaped(&url));
            if new == node.raw() {
                return;
            }
            self.edits.push(Edit::new(span.start, span.end, new));
        }
        desk.note((span.start, span.end), Kind::Street, Reason::Record);
    }

    /// Numbers stay, but for identifiers written as numbers and for ages of ninety and more.
    pub(super) fn number(&mut self, node: Node<'_, '_>, item: &Item, desk: &mut Desk<'_>) {
        let span = node.span();
        let text = node.raw();
        // A measured value that happens to be somebody's number stays a value.
        if self.people.numbers.contains(text) && text.len() > 5 && !node.key_is("value") {
            self.edits.push(Edit::new(span.start, span.end, "0"));
            desk.note((span.start, span.end), Kind::Other, Reason::Record);
            return;
        }
        let Some(parent) = self.document.node_at(item.parent) else { return };
        let is_age = parent.key().is_some_and(|k| k.ends_with("Age")) && node.key_is("value");
        let years = text_of(parent, "code")
            .or_else(|| text_of(parent, "unit"))
            .is_none_or(|u| matches!(&*u, "a" | "year" | "years" | "yr"));
        let whole: u32 = text.split('.').next().and_then(|w| w.parse().ok()).unwrap_or(0);
        if is_age && years && whole >= 90 && text != "90" {
            self.edits.push(Edit::new(span.start, span.end, "90"));
            desk.note((span.start, span.end), Kind::Age, Reason::Record);
        }
    }

    pub(super) fn attachment(
        &mut self,
        node: Node<'_, '_>,
        item: &Item,
        text: &str,
        texts: &mut Texts<'_>,
        desk: &mut Desk<'_>,
    ) -> Result<(), Fault> {
        let at = (node.span().start, node.span().end);
        let parent = self.document.node_at(item.parent);
        let sibling = |key: &str| parent.and_then(|p| p.get(key));
        let new = match inside(self.document, item, text) {
            Some(inside) => inside.removed(at, self.people, texts, desk)?,
            None => None,
        };
        let Some(new) = new else {
            self.absent(node, item, Kind::Other, desk);
            if let Some(hash) = sibling("hash").filter(|h| h.kind() == JsonKind::String) {
                self.absent(hash, item, Kind::Other, desk);
            }
            return Ok(());
        };
        let encoded = attachment::encoded(&new);
        let is_same = text.bytes().filter(|b| !b.is_ascii_whitespace()).eq(encoded.bytes());
        if is_same {
            return Ok(());
        }
        self.edits.push(Edit::new(at.0, at.1, format!("\"{encoded}\"")));
        if let Some(size) = sibling("size").filter(|s| s.kind() == JsonKind::Number) {
            self.edits.push(Edit::new(size.span().start, size.span().end, new.len().to_string()));
        }
        if let Some(hash) = sibling("hash").filter(|h| h.kind() == JsonKind::String) {
            let digest = base64::engine::general_purpose::STANDARD.encode(Sha1::digest(new.as_bytes()));
            self.edits.push(Edit::new(hash.span().start, hash.span().end, format!("\"{digest}\"")));
        }
        Ok(())
    }
}

/// Where the quoted name of a member begins, from where its value begins.
pub(super) fn key_start(text: &str, value: usize) -> Option<usize> {
    let before = text.get(..value)?.trim_end().strip_suffix(':')?.trim_end().strip_suffix('"')?;
    let mut at = before.len();
    loop {
        at = before[..at].rfind('"')?;
        let slashes = before[..at].bytes().rev().take_while(|b| *b == b'\\').count();
        if slashes % 2 == 0 {
            return Some(at);
        }
    }
}

/// Takes out a member with the comma that parts it from the next, or from the one before.
fn without_member(text: &str, start: usize, end: usize) -> Edit {
    let after = text[end..].trim_start();
    if let Some(rest) = after.strip_prefix(',') {
        return Edit::new(start, text.len() - rest.trim_start().len(), "");
    }
    let before = text[..start].trim_end();
    Edit::new(before.strip_suffix(',').map_or(start, str::len), end, "")
}

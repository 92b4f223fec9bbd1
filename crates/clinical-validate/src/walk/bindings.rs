//! Codes that must come from a value set (R4 4.1.5).

use super::{Walk, string};
use crate::definitions::{Binding, Rule, TypeId};
use crate::{Code, Severity};
use clinical_json::Node;

impl<'d, 'a> Walk<'_, 'd, 'a> {
    /// A code, or a uri or string that is one.
    #[inline]
    pub(super) fn bound_code(&mut self, node: Node<'d, 'a>, binding: Binding) {
        let Some(set) = self.r4.set(binding) else { return };
        let Some(code) = node.as_str() else { return };
        if set.has_code(&code) {
            return;
        }
        if binding.is_required {
            let text = match set.rule {
                Rule::MediaType => String::from("This is not the form of a media type"),
                Rule::Language => String::from("This is not the form of a language tag (BCP 47)"),
                _ => format!("The code is not in the value set {}", set.url),
            };
            self.sink.note(Severity::Error, Code::CodeInvalid, "binding", node, text);
        } else {
            self.outside(node, set.url);
        }
    }

    /// A Coding, a CodeableConcept or a Quantity.
    pub(super) fn bound(&mut self, node: Node<'d, 'a>, kind: TypeId, binding: Binding) {
        let Some(set) = self.r4.set(binding) else { return };
        if set.rule == Rule::Language {
            return self.languages(node, binding);
        }
        // Whether a coding belongs to the set, and whether the set could say so.
        let belongs = |coding: Node<'_, '_>| {
            let system = string(coding, "system");
            let code = string(coding, "code");
            match (system, code) {
                (Some(system), Some(code)) => set.has(&system, &code),
                _ => false,
            }
        };
        let (is_in, has_known_system) = if kind == self.types.concept {
            let codings = || node.get("coding").into_iter().flat_map(Node::items);
            let known = codings().any(|coding| string(coding, "system").is_some_and(|s| set.has_system(&s)));
            (codings().any(belongs), known)
        } else {
            // A Quantity without a unit's code has no code to look at.
            if kind != self.types.coding && node.get("code").is_none() {
                return;
            }
            (belongs(node), string(node, "system").is_some_and(|s| set.has_system(&s)))
        };
        if is_in {
            return;
        }
        if binding.is_required {
            let text = format!("A code of the value set {} is needed", set.url);
            self.sink.note(Severity::Error, Code::CodeInvalid, "binding", node, text);
        } else if has_known_system {
            self.outside(node, set.url);
        }
    }

    /// Languages are a preferred binding with a maximum: a coding of BCP 47 must have its form, others may be there.
    fn languages(&mut self, node: Node<'d, 'a>, binding: Binding) {
        for coding in node.get("coding").into_iter().flat_map(Node::items) {
            if string(coding, "system").as_deref() == Some("urn:ietf:bcp:47")
                && let Some(code) = coding.get("code")
            {
                self.bound_code(code, binding);
            }
        }
    }

    #[cold]
    fn outside(&mut self, node: Node<'d, 'a>, url: &str) {
        let text = format!("The code should come from the value set {url}, if one there fits");
        self.sink.note(Severity::Warning, Code::CodeInvalid, "binding", node, text);
    }
}

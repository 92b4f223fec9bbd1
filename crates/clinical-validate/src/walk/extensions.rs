//! Extensions: the ones that the specification defines are held against their definition (R4 2.4, 2.24.0.2).

use super::{Place, Walk, string};
use crate::definitions::{Element, ExtensionDefinition, Kind as Type, TypeId, Value};
use crate::{Code, Severity};
use clinical_json::{Kind, Node};

impl<'d, 'a> Walk<'_, 'd, 'a> {
    /// One extension. The path ends with the element that holds it (`extension`, `modifierExtension`).
    pub(super) fn extension(
        &mut self,
        node: Node<'d, 'a>,
        element: &Element,
        of: TypeId,
        place: &Place<'_, '_, 'd, 'a>,
    ) {
        let url = string(node, "url").unwrap_or_default();
        let is_inside = of == self.types.extension;
        let by_outer = match place.extension {
            Some(outer) if is_inside => outer.inner.iter().find(|inner| inner.url == url),
            _ => None,
        };
        let definition = by_outer.or_else(|| self.r4.extension(&url));
        let inner = Place { extension: definition, ..*place };
        self.object(node, self.types.extension, &inner);
        let value = node.members().find(|member| {
            let key = member.key().unwrap_or_default();
            let element = self.r4.element(self.types.extension, key.strip_prefix('_').unwrap_or(&key));
            element.is_some_and(|element| !element.choice.is_empty())
        });
        let has_inner = node.get("extension").is_some();
        if !self.is_strict() {
            return;
        }
        if value.is_some() == has_inner {
            let text = "An extension must have either a value or extensions inside, not both and not none";
            self.sink.error(Code::Invariant, "ext-1", node, text);
        }
        let is_modifier = element.name == "modifierExtension";
        let Some(definition) = definition else {
            return self.not_known(node, &url, is_inside, is_modifier, place.extension);
        };
        if by_outer.is_none() {
            if definition.is_modifier != is_modifier {
                let text = if is_modifier {
                    "The extension is not a modifier: it belongs into extension"
                } else {
                    "The extension is a modifier: it belongs into modifierExtension"
                };
                self.sink.error(Code::Extension, "extension-modifier", node, text);
            }
            if !self.may_stand_here(definition, place) {
                let text = "The extension may not stand here";
                self.sink.error(Code::Extension, "extension-context", node, text);
            }
        }
        if let Some(value) = value {
            self.extension_value(value, definition);
        } else if definition.needs_value && has_inner {
            self.sink.error(Code::Extension, "extension-value", node, "The extension must have a value");
        }
        self.inner_extensions(node, definition);
    }

    fn not_known(
        &mut self,
        node: Node<'d, 'a>,
        url: &str,
        is_inside: bool,
        is_modifier: bool,
        outer: Option<&ExtensionDefinition>,
    ) {
        let is_absolute = url.contains(':');
        if is_inside && !is_absolute {
            if outer.is_some() {
                let text = "The extension around it defines no extension of this url";
                self.sink.error(Code::Extension, "extension-inside", node, text);
            }
        } else if is_modifier {
            let text = "The extension is not known here and was not checked; it may change the meaning";
            self.sink.note(Severity::Warning, Code::Extension, "extension-not-known", node, text);
        } else if !url.is_empty() {
            let text = "The extension is not known here and was not checked";
            self.sink.note(Severity::Information, Code::Extension, "extension-not-known", node, text);
        }
    }

    /// The type of the value, and its binding.
    fn extension_value(&mut self, value: Node<'d, 'a>, definition: &ExtensionDefinition) {
        let key = value.key().unwrap_or_default();
        let Some(element) = self.r4.element(self.types.extension, key.strip_prefix('_').unwrap_or(&key)) else {
            return;
        };
        let name = match element.kind {
            Type::Primitive(kind) => kind.name(),
            Type::Complex(id) => self.r4.definition(id).path,
            Type::Resource => return,
        };
        match &definition.value {
            Value::None => {
                let text = "The extension has no value, only extensions inside";
                return self.sink.error(Code::Extension, "extension-value", value, text);
            }
            Value::Of(kinds) if !kinds.iter().any(|(kind, _)| *kind == name) => {
                let text = "The value of the extension may not be of this type";
                return self.sink.error(Code::Extension, "extension-value", value, text);
            }
            _ => {}
        }
        let Some(binding) = definition.binding else { return };
        match (element.kind, value.kind()) {
            (Type::Primitive(_), Kind::String) if !key.starts_with('_') => self.bound_code(value, binding),
            (Type::Complex(id), Kind::Object) => self.bound(value, id, binding),
            _ => {}
        }
    }

    /// How often each extension inside may and must be there.
    fn inner_extensions(&mut self, node: Node<'d, 'a>, definition: &ExtensionDefinition) {
        if definition.is_closed
            && let Some(inner) = node.get("extension")
        {
            let text = "The extension has a value and no extensions inside";
            return self.sink.error(Code::Extension, "extension-inside", inner, text);
        }
        if definition.inner.is_empty() {
            return;
        }
        let mut counts = vec![0u16; definition.inner.len()];
        for inner in node.get("extension").into_iter().flat_map(Node::items) {
            let url = string(inner, "url").unwrap_or_default();
            if let Some(at) = definition.inner.iter().position(|known| known.url == url)
                && let Some(count) = counts.get_mut(at)
            {
                *count = count.saturating_add(1);
            }
        }
        for (known, count) in definition.inner.iter().zip(counts) {
            if count < known.least {
                let text = format!("The extension must have an extension {} inside", known.url);
                self.sink.note(Severity::Error, Code::Required, "extension-inside", node, text);
            } else if count > known.most {
                let text = format!("The extension has too many extensions {} inside", known.url);
                self.sink.note(Severity::Error, Code::Extension, "extension-inside", node, text);
            }
        }
    }

    /// Whether one of the contexts of an extension is where the walk is.
    fn may_stand_here(&self, definition: &ExtensionDefinition, place: &Place<'_, '_, '_, '_>) -> bool {
        // The last step is the member `extension` itself.
        let steps = self.path.split_last().map_or(&[][..], |(_, steps)| steps);
        let root = self.r4.definition(place.root);
        definition.contexts.iter().any(|context| {
            if *context == "Element" {
                return true;
            }
            let matches = |first: &str, rest: &[&'static Element]| {
                let mut parts = context.split('.');
                parts.next() == Some(first)
                    && rest.iter().all(|step| {
                        parts.next().is_some_and(|part| {
                            part == step.name
                                || (!step.choice.is_empty() && part.trim_end_matches("[x]") == step.choice)
                        })
                    })
                    && parts.next().is_none()
            };
            if matches(root.path, steps) {
                return true;
            }
            if steps.is_empty() && (*context == "Resource" || *context == root.base) {
                return true;
            }
            steps.iter().enumerate().any(|(at, step)| {
                let rest = steps.get(at + 1..).unwrap_or_default();
                match step.kind {
                    Type::Primitive(kind) => {
                        let is_kind = |kind: crate::definitions::Primitive| kind.name() == *context;
                        rest.is_empty() && (is_kind(kind) || kind.base().is_some_and(is_kind))
                    }
                    Type::Complex(id) => {
                        let kind = self.r4.definition(id);
                        // `Questionnaire.item` for an item in an item.
                        matches(kind.path, rest)
                            || (rest.is_empty() && (kind.path == *context || kind.base == *context))
                            || context.strip_prefix(kind.path).is_some_and(|left| {
                                let mut parts = left.split('.').skip(1);
                                left.starts_with('.')
                                    && rest.iter().all(|step| parts.next() == Some(step.name))
                                    && parts.next().is_none()
                            })
                    }
                    Type::Resource => false,
                }
            })
        })
    }
}

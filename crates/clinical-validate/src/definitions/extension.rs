//! The extensions that the specification defines.

use super::Binding;

/// An extension of the specification, or one inside another.
#[derive(Debug)]
pub(crate) struct ExtensionDefinition {
    /// The whole url; inside another extension a word.
    pub(crate) url: &'static str,
    /// Where it may stand: paths and types. Empty inside another extension.
    pub(crate) contexts: Vec<&'static str>,
    /// It belongs into `modifierExtension`.
    pub(crate) is_modifier: bool,
    pub(crate) least: u16,
    pub(crate) most: u16,
    pub(crate) value: Value,
    /// The value must be there.
    pub(crate) needs_value: bool,
    /// No extensions may be inside.
    pub(crate) is_closed: bool,
    pub(crate) binding: Option<Binding>,
    pub(crate) inner: Vec<ExtensionDefinition>,
}

/// What the value of an extension may be.
#[derive(Debug)]
pub(crate) enum Value {
    /// It has none.
    None,
    /// Any type that an extension may have.
    Any,
    /// These types, each with the targets of its references (none for any).
    Of(Vec<(&'static str, Vec<&'static str>)>),
}

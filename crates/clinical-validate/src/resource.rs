//! One resource of a document, wherever it stands.

use clinical_json::Node;

/// A resource: the document itself, an entry of a Bundle, or one contained in another.
#[derive(Clone, Copy)]
pub struct Resource<'r, 'd, 'a> {
    /// The object.
    pub node: Node<'d, 'a>,
    /// Its type; one of the 146 of R4 that have instances.
    pub kind: &'r str,
    /// The resource that contains it (`contained`), or whose element it is (`Bundle.entry.resource`, `Parameters`).
    pub outer: Option<&'r Resource<'r, 'd, 'a>>,
    /// It stands in `contained` of `outer`.
    pub is_contained: bool,
}

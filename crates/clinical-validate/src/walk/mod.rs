//! The walk: every node of the document once, held against the definitions.

mod bindings;
mod extensions;
mod objects;
mod references;
mod resources;
mod shapes;
#[cfg(test)]
mod tests;

use crate::definitions::{Definitions, Element, ExtensionDefinition, TypeId, r4};
use crate::invariants::{Outermost, Scope};
use crate::rules::Rules;
use crate::{Code, Mode, Resource, Severity, Sink};
use clinical_json::{Document, Kind, Node};
use references::Bundle;

/// Deeper than any reader's bound: a caller that reads with a bound of its own does not get to exhaust the stack.
const DEEPEST: usize = 512;

/// Nodes between two questions to the caller whether to stop.
const PATIENCE: u32 = 4096;

/// Holds a document against the definitions and the rules.
pub(crate) fn walk<'d, 'a>(document: &'d Document<'a>, mode: Mode, sink: &mut Sink<'d, 'a>, stop: &dyn Fn() -> bool) {
    let root = document.root();
    if root.kind() != Kind::Object {
        sink.note(Severity::Fatal, Code::Structure, "not-an-object", root, "A FHIR resource is a JSON object");
        return;
    }
    let r4 = r4();
    let types = Types {
        element: r4.named("Element").unwrap_or_default(),
        extension: r4.named("Extension").unwrap_or_default(),
        coding: r4.named("Coding").unwrap_or_default(),
        concept: r4.named("CodeableConcept").unwrap_or_default(),
        reference: r4.named("Reference").unwrap_or_default(),
    };
    let mut walk = Walk {
        r4,
        types,
        sink,
        rules: Rules::new(mode, is_resource),
        mode,
        stop,
        countdown: PATIENCE,
        stopped: false,
        path: Vec::new(),
        depth: 0,
    };
    for duplicate in document.duplicates() {
        if let Some(second) = document.node_at(duplicate.second) {
            walk.sink.error(
                Code::Duplicate,
                "duplicate-member",
                second,
                "A member of this name stands twice in the same object; which one counts is not defined",
            );
        }
    }
    walk.resource(root, None, false);
    if walk.stopped {
        walk.sink.stop();
    }
}

fn is_resource(name: &str) -> bool {
    r4().resource(name).is_some()
}

struct Walk<'s, 'd, 'a> {
    r4: &'static Definitions,
    types: Types,
    sink: &'s mut Sink<'d, 'a>,
    rules: Rules<'d, 'a>,
    mode: Mode,
    stop: &'s dyn Fn() -> bool,
    countdown: u32,
    stopped: bool,
    /// The elements from the innermost resource to where the walk is.
    path: Vec<&'static Element>,
    depth: usize,
}

/// Types that have rules of their own.
struct Types {
    element: TypeId,
    extension: TypeId,
    coding: TypeId,
    concept: TypeId,
    reference: TypeId,
}

/// Where in a resource the walk is.
#[derive(Clone, Copy)]
struct Place<'p, 'r, 'd, 'a> {
    resource: &'p Resource<'r, 'd, 'a>,
    /// What the constraints may look at.
    scope: Scope<'p, 'd, 'a>,
    outermost: &'p Outermost<'d, 'a>,
    bundle: Option<&'p Bundle<'d, 'a>>,
    /// The type of the innermost resource.
    root: TypeId,
    /// The extension whose inside it is, where the specification defines that one.
    extension: Option<&'static ExtensionDefinition>,
}

impl Walk<'_, '_, '_> {
    /// Counts a node; true means that the caller wants an end.
    #[inline]
    fn must_stop(&mut self) -> bool {
        self.countdown -= 1;
        if self.countdown == 0 {
            self.countdown = PATIENCE;
            self.stopped |= (self.stop)();
        }
        self.stopped
    }

    fn is_strict(&self) -> bool {
        self.mode == Mode::Strict
    }
}

/// The text of a string member.
fn string<'a>(node: Node<'_, 'a>, name: &str) -> Option<std::borrow::Cow<'a, str>> {
    node.get(name)?.as_str()
}

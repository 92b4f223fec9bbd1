//! Is this FHIR R4 (4.0.1) correct?
//!
//! Works on raw JSON with the place of every value, offline. What is wrong is an [`Issue`]: what, where, and by which
//! rule; never a value of the input.

mod definitions;
mod fhirpath;
mod invariants;
mod issue;
mod path;
mod primitive;
mod report;
mod resource;
mod rules;
mod walk;

pub use issue::{Code, Issue, Severity};
pub use report::{Report, Sink};
pub use resource::Resource;

/// How strict to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Everything.
    #[default]
    Strict,
    /// Structure and what is dangerous: unknown elements, wrong types, missing elements, markup that acts.
    Lenient,
}

/// Validates a document: a resource or a Bundle. `stop` is asked now and then.
#[must_use]
pub fn validate(document: &clinical_json::Document<'_>, mode: Mode, stop: &dyn Fn() -> bool) -> Report {
    let mut sink = Sink::new(document);
    walk::walk(document, mode, &mut sink, stop);
    sink.into_report()
}

//! The order of steps from a document to a checked page.
//!
//! detect → read → compose → render → gate. No clock, no environment, no files, no network: everything that the
//! outcome depends on is an argument, so the same input, options and lexicon give the same bytes.

mod ccda;
mod check;
mod deidentify;
mod error;
mod examine;
mod extract;
mod inspect;
mod mentions;
mod narrate;
mod narration;
mod options;
mod outcome;
mod read;
mod reading;
mod summarize;
mod told;
mod validate;
mod verify;

pub use ccda::{CcdaMetadata, CcdaSection, ccda_metadata};
pub use clinical_lexicon::{Lexicon, Reading};
pub use clinical_model::{Moment, Narrative, Phi, Place, Severity, Stop};
pub use clinical_narrator::{Ask, PROMPT_VERSION, Refusal, SCHEMA as REPLY_SCHEMA};
pub use clinical_privacy::{Kind, Policy, Reason};
pub use clinical_validate::{
    Code as IssueCode, Issue as ValidationIssue, Mode as ValidationMode, Severity as IssueSeverity,
};
pub use deidentify::{
    Deidentified, DeidentifyOptions, Removed, RemovedSpan, SECRET_BYTES, deidentify, deidentify_text,
};
pub use error::Error;
pub use examine::{Examined, examine};
pub use extract::extract;
pub use inspect::{Inspected, InspectedMention, InspectedSection, inspect};
pub use mentions::{Mention, mentions};
pub use narration::{Narration, narration};
pub use options::{Disclosure, Input, Label, Narrated, Options, Page};
pub use outcome::{Counts, NarratedCounts, Notice, Outcome};
pub use reading::reading_of;
pub use summarize::{GATE_CODES, summarize};
pub use validate::{Validated, Validations, validate, validations};
pub use verify::{Fault, FaultKind, Verification, verify};

/// The style sheet of the HTML sheet, as it stands inline in every page. A server whose content security policy
/// forbids inline styles allows it by its hash.
pub const SHEET_CSS: &str = clinical_summary::SHEET_CSS;

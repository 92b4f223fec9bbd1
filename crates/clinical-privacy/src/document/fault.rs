//! Why a document cannot be rid of identity.

/// Says where, never what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Somebody asked to stop.
    Stopped,
    /// A line of NDJSON is not JSON, so nobody can say what it holds.
    UnreadableLine {
        /// Line, from one.
        line: u32,
        /// Column in characters, from one.
        column: u32,
    },
    /// The XML is refused.
    Xml {
        /// What is wrong with it.
        what: &'static str,
        /// Line, from one.
        line: u32,
        /// Column in characters, from one.
        column: u32,
    },
    /// XML, but not in the namespace of HL7 version 3.
    NotClinical,
}

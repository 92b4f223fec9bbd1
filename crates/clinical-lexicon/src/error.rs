//! What can be wrong with the data files.

/// A fault in a data file. The binary carries its own files, so a user never meets one; who edits the data does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is not TOML of the expected shape.
    #[error("{file}, line {line}: {message}")]
    Toml {
        /// File under `data/`.
        file: String,
        /// Line, one-based.
        line: usize,
        /// What the reader said.
        message: String,
    },
    /// The file is not Fluent.
    #[error("{file}: {message}")]
    Fluent {
        /// File under `data/`.
        file: String,
        /// What the reader said.
        message: String,
    },
    /// A message that the code uses is missing from a language.
    #[error("{language}: message {id} is missing")]
    MissingMessage {
        /// The language.
        language: String,
        /// The message.
        id: &'static str,
    },
    /// A message uses another variable than the code gives it, or leaves one out.
    #[error("{language}: message {id}: its variables are not those that the code gives")]
    Variables {
        /// The language.
        language: String,
        /// The message.
        id: &'static str,
    },
}

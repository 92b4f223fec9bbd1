//! What was wrong and where, never what the record said.

use crate::position::{Position, locate};
use std::fmt;

/// The reason why an input could not be read.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Nothing but white space.
    Empty,
    /// A byte sequence that is not UTF-8.
    InvalidUtf8,
    /// The input stops inside a value.
    UnexpectedEnd,
    /// A byte that cannot stand where it stands.
    UnexpectedByte,
    /// A number that is not written as JSON demands, such as `01` or `1.`.
    InvalidNumber,
    /// A backslash followed by something JSON does not know.
    InvalidEscape,
    /// A `\u` escape that is one half of a surrogate pair without the other.
    LoneSurrogate,
    /// A raw control character (below U+0020) inside a string.
    ControlCharacter,
    /// More open arrays and objects than [`Limits::max_depth`](crate::Limits::max_depth).
    TooDeep,
    /// More nodes than [`Limits::max_nodes`](crate::Limits::max_nodes).
    TooManyNodes,
    /// Something other than white space after the value.
    TrailingContent,
    /// An input too long for 32-bit offsets.
    TooLarge,
    /// The caller asked to stop.
    Stopped,
}

impl ErrorKind {
    fn words(self) -> &'static str {
        match self {
            Self::Empty => "nothing to read",
            Self::InvalidUtf8 => "invalid UTF-8",
            Self::UnexpectedEnd => "unexpected end of input",
            Self::UnexpectedByte => "unexpected byte",
            Self::InvalidNumber => "invalid number",
            Self::InvalidEscape => "invalid escape in a string",
            Self::LoneSurrogate => "lone surrogate in a string",
            Self::ControlCharacter => "control character in a string",
            Self::TooDeep => "nested too deeply",
            Self::TooManyNodes => "too many values",
            Self::TrailingContent => "content after the end of the value",
            Self::TooLarge => "input too large",
            Self::Stopped => "stopped on request",
        }
    }
}

/// Why and where reading stopped. It carries no text of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    offset: usize,
    line: u32,
    column: u32,
}

impl Error {
    /// What was wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The byte offset in the input at which it was noticed.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The line of that offset, counted from one.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The column of that offset in Unicode code points, counted from one.
    pub fn column(&self) -> u32 {
        self.column
    }

    pub(crate) fn new(fail: Fail, position: Position) -> Self {
        Self { kind: fail.kind, offset: fail.offset, line: position.line, column: position.column }
    }

    /// Counts the lines from the start of the input, so it is for the one error that ends a reading.
    #[cold]
    pub(crate) fn find(bytes: &[u8], fail: Fail) -> Self {
        Self::new(fail, locate(bytes, fail.offset))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {}, column {}", self.kind.words(), self.line, self.column)
    }
}

impl std::error::Error for Error {}

/// A failure before its line is known: the parser only knows offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fail {
    pub(crate) kind: ErrorKind,
    pub(crate) offset: usize,
}

impl Fail {
    #[cold]
    pub(crate) fn at(kind: ErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// A byte that does not belong there, or the end of the input in its place.
    #[cold]
    pub(crate) fn byte(bytes: &[u8], offset: usize) -> Self {
        let kind = if offset < bytes.len() { ErrorKind::UnexpectedByte } else { ErrorKind::UnexpectedEnd };
        Self::at(kind, offset)
    }
}

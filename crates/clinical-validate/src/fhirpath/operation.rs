//! What an expression is compiled to.

use super::pattern::Pattern;

/// The place of an operation in its program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct At(pub(super) u16);

/// Operations, each after those that it uses.
#[derive(Debug)]
pub(crate) struct Program {
    operations: Vec<Operation>,
}

/// One step.
#[derive(Debug)]
pub(super) enum Operation {
    /// `$this`, and what a path starts from.
    This,
    /// `%context`: the element that has the constraint.
    Context,
    /// `%resource`: the resource it is in.
    Resource,
    /// `%rootResource`: the resource that contains that one, or itself.
    Root,
    /// `{}`
    Nothing,
    /// `true` or `false`
    Bool(bool),
    /// A number as it is written.
    Number(Box<str>),
    /// A string, escapes resolved.
    Text(Box<str>),
    /// The name of a type at the head of a path: the resource, if it is of that type.
    Head(Box<str>),
    /// A child element.
    Member { of: At, name: Name },
    /// A function.
    Call { of: At, function: Function, first: At, second: At },
    /// `matches` with a pattern known beforehand.
    Matches { of: At, pattern: Box<Pattern> },
    /// `replaceMatches` likewise.
    Replace { of: At, pattern: Box<Pattern>, with: At },
    /// `iif`
    Iif { of: At, condition: At, then: At, otherwise: At },
    /// `is`
    Is { of: At, name: Box<str> },
    /// `as` and `ofType`
    As { of: At, name: Box<str> },
    /// An operator.
    Binary { sign: Sign, left: At, right: At },
    /// Something that is the same for every item that a `where`, `all` or `select` goes through.
    Once(At),
}

/// The name of an element.
#[derive(Debug)]
pub(super) struct Name {
    /// As it is.
    pub(super) plain: Box<str>,
    /// Of the member beside a primitive, with its `id` and `extension`: `_status`.
    pub(super) twin: Box<str>,
    /// It stands without its type: `value` for `valueQuantity`.
    pub(super) is_choice: bool,
}

/// Functions of the closed set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Function {
    All,
    Children,
    Combine,
    Contains,
    Count,
    Descendants,
    Empty,
    Exists,
    First,
    HasValue,
    HtmlChecks,
    HtmlContent,
    Intersect,
    IsDistinct,
    Not,
    Resolve,
    Select,
    StartsWith,
    Substring,
    Tail,
    ToInteger,
    ToText,
    Trace,
    Undecidable,
    Where,
}

/// Operators between two operands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sign {
    And,
    Or,
    Xor,
    Implies,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Contains,
    Union,
    Plus,
    Joined,
}

impl Program {
    /// Nothing compiled yet.
    pub(crate) fn new() -> Self {
        Self { operations: vec![Operation::This, Operation::Nothing, Operation::Bool(true)] }
    }

    pub(super) fn at(&self, at: At) -> &Operation {
        self.operations.get(usize::from(at.0)).unwrap_or(&Operation::This)
    }

    /// `None` when there are more operations than can be numbered.
    pub(super) fn push(&mut self, operation: Operation) -> Option<At> {
        let at = u16::try_from(self.operations.len()).ok()?;
        self.operations.push(operation);
        Some(At(at))
    }
}

impl At {
    /// `$this`
    pub(super) const THIS: Self = Self(0);
    /// `{}`, and an argument that is not given.
    pub(super) const NOTHING: Self = Self(1);
    /// `true`
    pub(crate) const TRUE: Self = Self(2);
}

impl Function {
    /// By its name; the numbers are how many arguments it may have.
    pub(super) fn named(name: &str) -> Option<(Self, std::ops::RangeInclusive<usize>)> {
        Some(match name {
            "all" => (Self::All, 1..=1),
            "children" => (Self::Children, 0..=0),
            "combine" => (Self::Combine, 1..=1),
            "conformsTo" | "memberOf" => (Self::Undecidable, 1..=1),
            "contains" => (Self::Contains, 1..=1),
            "count" => (Self::Count, 0..=0),
            "descendants" => (Self::Descendants, 0..=0),
            "empty" => (Self::Empty, 0..=0),
            "exists" => (Self::Exists, 0..=1),
            "first" => (Self::First, 0..=0),
            "hasValue" => (Self::HasValue, 0..=0),
            "htmlChecks" => (Self::HtmlChecks, 0..=0),
            "htmlChecks2" => (Self::HtmlContent, 0..=0),
            "intersect" => (Self::Intersect, 1..=1),
            "isDistinct" => (Self::IsDistinct, 0..=0),
            "not" => (Self::Not, 0..=0),
            "resolve" => (Self::Resolve, 0..=0),
            "select" => (Self::Select, 1..=1),
            "startsWith" => (Self::StartsWith, 1..=1),
            "substring" => (Self::Substring, 1..=1),
            "tail" => (Self::Tail, 0..=0),
            "toInteger" => (Self::ToInteger, 0..=0),
            "toString" => (Self::ToText, 0..=0),
            "trace" => (Self::Trace, 1..=2),
            "where" => (Self::Where, 1..=1),
            _ => return None,
        })
    }

    /// Whether the first argument is evaluated for each item with `$this` set to it.
    pub(super) fn goes_through(self) -> bool {
        matches!(self, Self::All | Self::Exists | Self::Select | Self::Where)
    }
}

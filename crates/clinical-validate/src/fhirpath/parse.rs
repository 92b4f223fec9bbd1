//! From text to operations.

use super::lex::{Token, tokens};
use super::operation::{At, Function, Name, Operation, Program, Sign};
use super::pattern::Pattern;
use super::precedence::{Infix, infix};
use std::ops::ControlFlow;

/// Why an expression is not one of the closed set.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// A character that starts nothing.
    #[error("unknown sign")]
    Sign,
    /// An unknown escape in a string.
    #[error("unknown escape")]
    Escape,
    /// A string or bracket that is not closed, or an expression that stops early.
    #[error("not closed")]
    Open,
    /// Something after the end.
    #[error("more than one expression")]
    Rest,
    /// A function that no invariant uses, or with other arguments.
    #[error("unknown function")]
    Function,
    /// A variable that no invariant uses.
    #[error("unknown variable")]
    Variable,
    /// A regular expression of another kind.
    #[error("unknown pattern")]
    Pattern,
    /// More operations than can be numbered.
    #[error("too much")]
    Much,
}

/// Elements with a choice of types that invariants name without the type. Other elements of these names have one type.
const CHOICES: [&str; 14] = [
    "abatement",
    "age",
    "answer",
    "born",
    "defaultValue",
    "detail",
    "fixed",
    "maxValue",
    "minValue",
    "pattern",
    "probability",
    "rate",
    "timing",
    "value",
];

/// Adds an expression to the program.
pub(crate) fn compile(program: &mut Program, text: &str) -> Result<At, Fault> {
    let tokens = tokens(text)?;
    let mut parser = Parser { program, tokens: &tokens, inside: 0 };
    let at = parser.expression(0)?;
    if parser.tokens.is_empty() { Ok(at) } else { Err(Fault::Rest) }
}

struct Parser<'p, 't> {
    program: &'p mut Program,
    tokens: &'t [Token],
    /// How many functions that go through items are open.
    inside: u32,
}

impl<'t> Parser<'_, 't> {
    fn next(&mut self) -> Result<&'t Token, Fault> {
        let (first, rest) = self.tokens.split_first().ok_or(Fault::Open)?;
        self.tokens = rest;
        Ok(first)
    }

    fn take(&mut self, sign: &'static str) -> bool {
        let found = self.tokens.first() == Some(&Token::Sign(sign));
        if found {
            self.tokens = self.tokens.get(1..).unwrap_or_default();
        }
        found
    }

    fn push(&mut self, operation: Operation) -> Result<At, Fault> {
        self.program.push(operation).ok_or(Fault::Much)
    }

    /// An expression whose operators bind at least so tight.
    fn expression(&mut self, least: u8) -> Result<At, Fault> {
        let mut left = self.path()?;
        loop {
            let text = match self.tokens.first() {
                Some(Token::Sign(sign)) => *sign,
                Some(Token::Name { text, quoted: false }) => text.as_str(),
                _ => break,
            };
            let Some((infix, tight)) = infix(text).filter(|(_, tight)| *tight >= least) else { break };
            self.next()?;
            left = match infix {
                Infix::Is => {
                    let name = self.type_name()?;
                    self.push(Operation::Is { of: left, name })?
                }
                Infix::As => {
                    let name = self.type_name()?;
                    self.push(Operation::As { of: left, name })?
                }
                Infix::Sign(sign) => {
                    let right = self.expression(tight + 1)?;
                    self.binary(sign, left, right)?
                }
            };
        }
        Ok(left)
    }

    fn binary(&mut self, sign: Sign, left: At, right: At) -> Result<At, Fault> {
        let (left, right) = (self.once(left)?, self.once(right)?);
        self.push(Operation::Binary { sign, left, right })
    }

    /// What a path starts with, and the steps after it.
    fn path(&mut self) -> Result<At, Fault> {
        let mut at = match self.next()? {
            Token::This => At::THIS,
            Token::Text(text) => self.push(Operation::Text(text.as_str().into()))?,
            Token::Number(text) => self.push(Operation::Number(text.as_str().into()))?,
            Token::Variable(name) => self.variable(name)?,
            Token::Sign("(") => {
                let at = self.expression(0)?;
                if !self.take(")") {
                    return Err(Fault::Open);
                }
                at
            }
            Token::Sign("{") if self.take("}") => At::NOTHING,
            Token::Name { text, quoted: false } if text == "true" || text == "false" => {
                self.push(Operation::Bool(text == "true"))?
            }
            Token::Name { text, .. } if self.take("(") => self.call(At::THIS, text)?,
            Token::Name { text, quoted: false } if text.starts_with(|c: char| c.is_ascii_uppercase()) => {
                self.push(Operation::Head(text.as_str().into()))?
            }
            Token::Name { text, .. } => self.member(At::THIS, text)?,
            Token::Sign(_) => return Err(Fault::Sign),
        };
        while self.take(".") {
            let Token::Name { text, .. } = self.next()? else { return Err(Fault::Sign) };
            at = if self.take("(") { self.call(at, text)? } else { self.member(at, text)? };
        }
        Ok(at)
    }

    fn variable(&mut self, name: &str) -> Result<At, Fault> {
        let operation = match name {
            "context" => Operation::Context,
            "resource" => Operation::Resource,
            "rootResource" => Operation::Root,
            "ucum" => Operation::Text("http://unitsofmeasure.org".into()),
            _ => return Err(Fault::Variable),
        };
        self.push(operation)
    }

    fn member(&mut self, of: At, name: &str) -> Result<At, Fault> {
        let name = Name { plain: name.into(), twin: format!("_{name}").into(), is_choice: CHOICES.contains(&name) };
        self.push(Operation::Member { of, name })
    }

    /// A function, its opening bracket read.
    fn call(&mut self, of: At, name: &str) -> Result<At, Fault> {
        if matches!(name, "is" | "as" | "ofType") {
            let of_type = self.type_name()?;
            if !self.take(")") {
                return Err(Fault::Open);
            }
            let is = name == "is";
            let operation = if is { Operation::Is { of, name: of_type } } else { Operation::As { of, name: of_type } };
            return self.push(operation);
        }
        if matches!(name, "matches" | "replaceMatches") {
            return self.matching(of, name);
        }
        if name == "iif" {
            let arguments = self.arguments()?;
            let [condition, then, otherwise] = match arguments.as_slice() {
                [condition, then] => [*condition, *then, At::NOTHING],
                [condition, then, otherwise] => [*condition, *then, *otherwise],
                _ => return Err(Fault::Function),
            };
            return self.push(Operation::Iif { of, condition, then, otherwise });
        }
        let (function, allowed) = Function::named(name).ok_or(Fault::Function)?;
        self.inside += u32::from(function.goes_through());
        let arguments = self.arguments()?;
        let fixed = if self.inside > 0 { arguments.iter().map(|a| self.once(*a)).collect() } else { Ok(arguments) };
        self.inside -= u32::from(function.goes_through());
        let arguments: Vec<At> = fixed?;
        if !allowed.contains(&arguments.len()) {
            return Err(Fault::Function);
        }
        let argument = |index: usize| arguments.get(index).copied().unwrap_or(At::NOTHING);
        self.push(Operation::Call { of, function, first: argument(0), second: argument(1) })
    }

    fn arguments(&mut self) -> Result<Vec<At>, Fault> {
        let mut found = Vec::new();
        if self.take(")") {
            return Ok(found);
        }
        loop {
            found.push(self.expression(0)?);
            if self.take(")") {
                return Ok(found);
            }
            if !self.take(",") {
                return Err(Fault::Open);
            }
        }
    }

    /// `matches('…')` and `replaceMatches('…', …)`: the pattern is compiled now.
    fn matching(&mut self, of: At, name: &str) -> Result<At, Fault> {
        let Token::Text(text) = self.next()? else { return Err(Fault::Pattern) };
        let pattern = Box::new(Pattern::new(text).ok_or(Fault::Pattern)?);
        let operation = if name == "matches" {
            Operation::Matches { of, pattern }
        } else {
            if !self.take(",") {
                return Err(Fault::Function);
            }
            let with = self.expression(0)?;
            Operation::Replace { of, pattern, with }
        };
        if self.take(")") { self.push(operation) } else { Err(Fault::Open) }
    }

    fn type_name(&mut self) -> Result<Box<str>, Fault> {
        let Token::Name { text, .. } = self.next()? else { return Err(Fault::Sign) };
        if matches!(text.as_str(), "System" | "FHIR") && self.take(".") {
            return self.type_name();
        }
        Ok(text.as_str().into())
    }

    /// Marks what need not be evaluated again for each item, so that a `where` over many items which compares each
    /// with something of the whole resource stays linear.
    fn once(&mut self, at: At) -> Result<At, Fault> {
        let marked = matches!(self.program.at(at), Operation::Once(_));
        if self.inside == 0 || marked || !self.is_fixed(at) || !self.asks(at) {
            return Ok(at);
        }
        self.push(Operation::Once(at))
    }

    /// Whether it means the same whatever `$this` is.
    fn is_fixed(&self, at: At) -> bool {
        match self.program.at(at) {
            Operation::This | Operation::Head(_) => false,
            Operation::Context | Operation::Resource | Operation::Root | Operation::Nothing => true,
            Operation::Bool(_) | Operation::Number(_) | Operation::Text(_) | Operation::Once(_) => true,
            Operation::Member { of, .. } | Operation::Matches { of, .. } => self.is_fixed(*of),
            Operation::Is { of, .. } | Operation::As { of, .. } => self.is_fixed(*of),
            Operation::Replace { of, with, .. } => self.is_fixed(*of) && self.is_fixed(*with),
            Operation::Binary { left, right, .. } => self.is_fixed(*left) && self.is_fixed(*right),
            Operation::Call { of, function, first, second } => {
                // Their own items are `$this` in the first argument.
                let first = function.goes_through() || self.is_fixed(*first);
                self.is_fixed(*of) && first && self.is_fixed(*second)
            }
            Operation::Iif { .. } => false,
        }
    }

    /// Whether it looks at the document at all: a literal is quicker than a memory of it.
    fn asks(&self, at: At) -> bool {
        self.visit(at, &mut |operation| match operation {
            Operation::Context | Operation::Resource | Operation::Root => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        })
        .is_break()
    }

    fn visit(&self, at: At, seen: &mut dyn FnMut(&Operation) -> ControlFlow<()>) -> ControlFlow<()> {
        let operation = self.program.at(at);
        seen(operation)?;
        match operation {
            Operation::Member { of, .. } | Operation::Matches { of, .. } => self.visit(*of, seen),
            Operation::Is { of, .. } | Operation::As { of, .. } | Operation::Once(of) => self.visit(*of, seen),
            Operation::Replace { of, with: other, .. } => {
                self.visit(*of, seen)?;
                self.visit(*other, seen)
            }
            Operation::Binary { left, right, .. } => {
                self.visit(*left, seen)?;
                self.visit(*right, seen)
            }
            Operation::Call { of, first, second, .. } => {
                [*of, *first, *second].into_iter().try_for_each(|at| self.visit(at, seen))
            }
            Operation::Iif { of, condition, then, otherwise } => {
                [*of, *condition, *then, *otherwise].into_iter().try_for_each(|at| self.visit(at, seen))
            }
            _ => ControlFlow::Continue(()),
        }
    }
}

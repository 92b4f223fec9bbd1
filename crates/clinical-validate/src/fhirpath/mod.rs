//! The part of FHIRPath in which the invariants of R4 are written.
//!
//! FHIRPath (HL7, normative release 2.0.0) is larger than this. The 241 constraints of the definitions use 30
//! functions and the operators below, and an expression outside of that is refused when it is compiled, not
//! misunderstood when it is evaluated. Values flow one at a time from an expression into whoever asked for them, so
//! `exists()` stops at the first and nothing is collected that is not compared.
//!
//! Two things differ from the letter of the specification, both as the reference validator does them. `matches`
//! finds the pattern anywhere in the text. A union is not made distinct: no expression here can tell.

mod canonical;
mod element;
mod equality;
mod evaluate;
mod functions;
mod lex;
mod moment;
mod number;
mod operation;
mod operators;
mod parse;
mod pattern;
mod pattern_text;
mod precedence;
mod value;

pub(crate) use element::is_choice_of;
pub(crate) use evaluate::{Machine, Surroundings};
pub(crate) use moment::compare as compare_moments;
pub(crate) use operation::{At, Program};
pub(crate) use parse::compile;

#[cfg(test)]
mod tests;

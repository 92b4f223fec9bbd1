//! Phrases with slots, read from Fluent files.
//!
//! Facts are put between the words as pieces and never into a string, so that what is a fact and what is ours stays
//! known up to the page. That is why the patterns are walked here and not formatted by `fluent-bundle`.

use clinical_model::Narrative;
use fluent_syntax::ast;

/// One part of a phrase.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PhrasePart {
    /// Words of ours.
    Words(Narrative),
    /// A slot by its name.
    Slot(String),
    /// Words that depend on whether the number in a slot is one.
    Plural {
        /// The slot that holds the number.
        slot: String,
        /// For exactly one.
        one: Vec<PhrasePart>,
        /// For any other.
        other: Vec<PhrasePart>,
    },
}

/// A phrase.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Phrase {
    parts: Vec<PhrasePart>,
}

impl Phrase {
    /// Its parts, in order.
    #[must_use]
    pub fn parts(&self) -> &[PhrasePart] {
        &self.parts
    }

    /// The phrase as plain words: slots left out. For phrases without slots this is the whole.
    #[must_use]
    pub fn words(&self) -> String {
        self.parts.iter().filter_map(|p| if let PhrasePart::Words(n) = p { Some(n.text()) } else { None }).collect()
    }

    /// All words in it, those of every choice.
    pub(crate) fn all_words(&self) -> Vec<&Narrative> {
        fn collect<'p>(parts: &'p [PhrasePart], into: &mut Vec<&'p Narrative>) {
            for part in parts {
                match part {
                    PhrasePart::Words(words) => into.push(words),
                    PhrasePart::Slot(_) => {}
                    PhrasePart::Plural { one, other, .. } => {
                        collect(one, into);
                        collect(other, into);
                    }
                }
            }
        }
        let mut all = Vec::new();
        collect(&self.parts, &mut all);
        all
    }

    /// The names of its slots, sorted, each once.
    #[must_use]
    pub fn slots(&self) -> Vec<&str> {
        fn collect<'p>(parts: &'p [PhrasePart], into: &mut Vec<&'p str>) {
            for part in parts {
                match part {
                    PhrasePart::Words(_) => {}
                    PhrasePart::Slot(name) => into.push(name),
                    PhrasePart::Plural { slot, one, other } => {
                        into.push(slot);
                        collect(one, into);
                        collect(other, into);
                    }
                }
            }
        }
        let mut names = Vec::new();
        collect(&self.parts, &mut names);
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Reads the subset of Fluent that is used here: text, `{ $slot }`, and `{ $slot -> [one] … *[other] … }`.
    pub(crate) fn read(pattern: &ast::Pattern<&'static str>) -> Result<Self, &'static str> {
        parts(pattern).map(|parts| Self { parts })
    }
}

fn parts(pattern: &ast::Pattern<&'static str>) -> Result<Vec<PhrasePart>, &'static str> {
    pattern.elements.iter().map(part).collect()
}

fn part(element: &ast::PatternElement<&'static str>) -> Result<PhrasePart, &'static str> {
    let expression = match element {
        ast::PatternElement::TextElement { value } => {
            return Ok(PhrasePart::Words(Narrative::new(*value)));
        }
        ast::PatternElement::Placeable { expression } => expression,
    };
    match expression {
        ast::Expression::Inline(ast::InlineExpression::VariableReference { id }) => {
            Ok(PhrasePart::Slot(id.name.to_owned()))
        }
        ast::Expression::Inline(ast::InlineExpression::StringLiteral { value }) => {
            Ok(PhrasePart::Words(Narrative::new(*value)))
        }
        ast::Expression::Select { selector: ast::InlineExpression::VariableReference { id }, variants } => {
            let find = |name: &str| {
                variants
                    .iter()
                    .find(|v| matches!(v.key, ast::VariantKey::Identifier { name: n } if n == name))
                    .map(|v| parts(&v.value))
            };
            match (find("one"), find("other"), variants.len()) {
                (Some(one), Some(other), 2) => {
                    Ok(PhrasePart::Plural { slot: id.name.to_owned(), one: one?, other: other? })
                }
                _ => Err("a choice must have exactly the variants one and other"),
            }
        }
        _ => Err("only text, slots and choices between one and other are used"),
    }
}

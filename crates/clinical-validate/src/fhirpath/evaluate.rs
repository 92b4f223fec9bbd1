//! Evaluating an expression at an element.

use super::canonical::key;
use super::element::{Element, Flow, resource_type};
use super::equality::Kept;
use super::operation::{At, Operation, Program, Sign};
use super::value::Value;
use clinical_json::{Kind, Node};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

/// What an expression may ask and the element does not know.
pub(crate) trait Surroundings<'d, 'a> {
    /// The type of an element that is not told by its name or its `resourceType`, such as `canonical`.
    fn type_of(&self, node: Node<'d, 'a>) -> Option<&'static str>;

    /// The resource that a reference names: `Patient/1`, `urn:uuid:…`, `#p1`. `None` where it is not at hand.
    fn resolve(&self, reference: &str) -> Option<Node<'d, 'a>>;

    /// Whether a narrative is only of the elements and attributes that are allowed.
    fn is_safe_narrative(&self, div: &str) -> bool;
}

/// One evaluation of one expression at one element.
pub(crate) struct Machine<'s, 'd, 'a> {
    pub(super) program: &'d Program,
    pub(super) context: Element<'d, 'a>,
    pub(super) resource: Node<'d, 'a>,
    pub(super) root: Node<'d, 'a>,
    pub(super) surroundings: &'s dyn Surroundings<'d, 'a>,
    undecided: Cell<bool>,
    memory: RefCell<Vec<(At, Rc<Kept<'d, 'a>>)>>,
}

/// What `$this` is.
pub(super) type This<'v, 'd, 'a> = Option<&'v Value<'d, 'a>>;

/// Who takes what an expression gives.
pub(super) type Out<'o, 'd, 'a> = &'o mut dyn FnMut(Value<'d, 'a>) -> Flow;

/// The items of an operand of which one is expected.
pub(super) enum Items<'d, 'a> {
    None,
    One(Value<'d, 'a>),
    Many,
}

impl<'s, 'd, 'a> Machine<'s, 'd, 'a> {
    pub(crate) fn new(
        program: &'d Program,
        context: Node<'d, 'a>,
        resource: Node<'d, 'a>,
        root: Node<'d, 'a>,
        surroundings: &'s dyn Surroundings<'d, 'a>,
    ) -> Self {
        let context = Element::new(context);
        let (undecided, memory) = (Cell::new(false), RefCell::new(Vec::new()));
        Self { program, context, resource, root, surroundings, undecided, memory }
    }

    /// Whether the invariant holds. Empty is not true, so it does not (as the reference validator has it); but where
    /// something could not be decided, such as which of `2012` and `2012-05` is earlier, nothing is known.
    pub(crate) fn holds(&self, at: At) -> Option<bool> {
        let this = Value::Element(self.context);
        match self.truth(at, Some(&this)) {
            None if self.undecided.get() => None,
            answer => Some(answer == Some(true)),
        }
    }

    pub(super) fn cannot_decide<T>(&self) -> Option<T> {
        self.undecided.set(true);
        None
    }

    /// Gives the items of an expression.
    pub(super) fn each(&self, at: At, this: This<'_, 'd, 'a>, out: Out<'_, 'd, 'a>) -> Flow {
        match self.program.at(at) {
            Operation::This => this.map_or(Flow::Continue(()), |this| out(this.clone())),
            Operation::Context => out(Value::Element(self.context)),
            Operation::Resource => out(Value::Element(Element::new(self.resource))),
            Operation::Root => out(Value::Element(Element::new(self.root))),
            Operation::Nothing => Flow::Continue(()),
            Operation::Number(text) => out(Value::Number(Cow::Borrowed(text))),
            Operation::Text(text) => out(Value::Text(Cow::Borrowed(text))),
            Operation::Head(name) => match this {
                Some(Value::Element(e)) if resource_type(e.node()).is_some_and(|t| *t == **name) => {
                    out(Value::Element(*e))
                }
                _ => Flow::Continue(()),
            },
            Operation::Member { of, name } => match (self.program.at(*of), this) {
                // The most common, without a closure more.
                (Operation::This, Some(Value::Element(e))) => e.member(name, &mut |e| out(Value::Element(e))),
                _ => self.each(*of, this, &mut |value| match value {
                    Value::Element(e) => e.member(name, &mut |e| out(Value::Element(e))),
                    _ => Flow::Continue(()),
                }),
            },
            Operation::Call { of, function, first, .. } => match self.decide(*function, *of, *first, this) {
                Some(answer) => answer.map_or(Flow::Continue(()), |answer| out(Value::Bool(answer))),
                None => self.call(*function, *of, *first, this, out),
            },
            Operation::Iif { of, condition, then, otherwise } => {
                let input = self.first(*of, this);
                let chosen = if self.truth(*condition, input.as_ref()) == Some(true) { then } else { otherwise };
                self.each(*chosen, input.as_ref(), out)
            }
            Operation::As { of, name } => self.each(*of, this, &mut |value| match self.is_of(&value, name) {
                Some(true) => out(value),
                _ => Flow::Continue(()),
            }),
            Operation::Replace { of, pattern, with } => {
                let with = self.first(*with, this).and_then(|v| v.text());
                match (self.first(*of, this).and_then(|v| v.text()), with) {
                    (Some(text), Some(with)) => out(Value::Text(Cow::Owned(pattern.replace(&text, &with)))),
                    _ => Flow::Continue(()),
                }
            }
            Operation::Binary { sign: Sign::Union, left, right } => {
                self.each(*left, this, out)?;
                self.each(*right, this, out)
            }
            Operation::Binary { sign: Sign::Plus, left, right } => self.sum(*left, *right, this, out),
            Operation::Binary { sign: Sign::Joined, left, right } => {
                let text = |at: At| self.first(at, this).and_then(|v| v.written()).unwrap_or_default();
                out(Value::Text(text(*left) + text(*right)))
            }
            Operation::Once(inner) => self.kept(at, *inner, this).values.iter().try_for_each(|v| out(v.clone())),
            Operation::Bool(_) | Operation::Matches { .. } | Operation::Is { .. } | Operation::Binary { .. } => {
                self.truth(at, this).map_or(Flow::Continue(()), |answer| out(Value::Bool(answer)))
            }
        }
    }

    /// An expression as a boolean, or nothing.
    pub(super) fn truth(&self, at: At, this: This<'_, 'd, 'a>) -> Option<bool> {
        match self.program.at(at) {
            Operation::Bool(value) => Some(*value),
            Operation::Matches { of, pattern } => Some(pattern.finds(&self.one_text(*of, this)?)),
            Operation::Is { of, name } => match self.items(*of, this) {
                Items::One(value) => self.is_of(&value, name),
                Items::None => None,
                Items::Many => self.cannot_decide(),
            },
            Operation::Binary { sign, left, right } => self.binary(*sign, *left, *right, this, at),
            Operation::Call { of, function, first, .. } => match self.decide(*function, *of, *first, this) {
                Some(answer) => answer,
                None => self.single(at, this),
            },
            _ => self.single(at, this),
        }
    }

    pub(super) fn single(&self, at: At, this: This<'_, 'd, 'a>) -> Option<bool> {
        match self.items(at, this) {
            Items::None => None,
            Items::One(value) => Some(value.truth()),
            Items::Many => self.cannot_decide(),
        }
    }

    /// Whether a value is of a type. Names are compared without case: `Boolean` of FHIRPath is `boolean` of FHIR here.
    pub(super) fn is_of(&self, value: &Value<'d, 'a>, name: &str) -> Option<bool> {
        let element = match value {
            Value::Element(element) => element,
            Value::Bool(_) => return Some(name == "Boolean"),
            Value::Count(_) => return Some(name == "Integer"),
            Value::Number(_) => return Some(name == "Decimal"),
            Value::Text(_) => return Some(name == "String"),
        };
        if let Some(kind) = element.kind() {
            return Some(kind.eq_ignore_ascii_case(name));
        }
        if let Some(kind) = resource_type(element.node()) {
            return Some(kind == name);
        }
        match self.surroundings.type_of(element.node()) {
            Some(kind) => Some(kind.eq_ignore_ascii_case(name)),
            None if element.node().kind() == Kind::Bool => Some(name.eq_ignore_ascii_case("boolean")),
            None => self.cannot_decide(),
        }
    }

    /// What is kept for the whole evaluation.
    fn kept(&self, at: At, inner: At, this: This<'_, 'd, 'a>) -> Rc<Kept<'d, 'a>> {
        let known = self.memory.borrow().iter().find(|(kept, _)| *kept == at).map(|(_, kept)| Rc::clone(kept));
        known.unwrap_or_else(|| {
            let kept = Rc::new(Kept::new(self.collect(inner, this)));
            self.memory.borrow_mut().push((at, Rc::clone(&kept)));
            kept
        })
    }

    pub(super) fn set(&self, at: At, this: This<'_, 'd, 'a>) -> Rc<Kept<'d, 'a>> {
        match self.program.at(at) {
            Operation::Once(inner) => self.kept(at, *inner, this),
            _ => Rc::new(Kept::new(self.collect(at, this))),
        }
    }

    pub(super) fn collect(&self, at: At, this: This<'_, 'd, 'a>) -> Vec<Value<'d, 'a>> {
        let mut values = Vec::new();
        // It never breaks.
        let _ = self.each(at, this, &mut |value| {
            values.push(value);
            Flow::Continue(())
        });
        values
    }

    pub(super) fn items(&self, at: At, this: This<'_, 'd, 'a>) -> Items<'d, 'a> {
        let mut items = Items::None;
        // Two are enough to know.
        let _ = self.each(at, this, &mut |value| match items {
            Items::None => {
                items = Items::One(value);
                Flow::Continue(())
            }
            _ => {
                items = Items::Many;
                Flow::Break(())
            }
        });
        items
    }

    pub(super) fn first(&self, at: At, this: This<'_, 'd, 'a>) -> Option<Value<'d, 'a>> {
        let mut found = None;
        let _ = self.each(at, this, &mut |value| {
            found = Some(value);
            Flow::Break(())
        });
        found
    }

    /// The one string of an expression.
    pub(super) fn one_text(&self, at: At, this: This<'_, 'd, 'a>) -> Option<Cow<'d, str>> {
        match self.items(at, this) {
            Items::None => None,
            Items::One(value) => value.text().or_else(|| self.cannot_decide()),
            Items::Many => self.cannot_decide(),
        }
    }

    /// Whether no two items are equal.
    pub(super) fn is_distinct(&self, of: At, this: This<'_, 'd, 'a>) -> bool {
        let mut first = None;
        let mut keys = HashSet::new();
        self.each(of, this, &mut |value| {
            // One item needs no set.
            let Some(one) = &first else {
                first = Some(value);
                return Flow::Continue(());
            };
            if keys.is_empty() {
                keys.insert(key(one));
            }
            if keys.insert(key(&value)) { Flow::Continue(()) } else { Flow::Break(()) }
        })
        .is_continue()
    }
}

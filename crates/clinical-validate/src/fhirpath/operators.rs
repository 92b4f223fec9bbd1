//! The operators.

use super::element::Flow;
use super::equality::{equal, same};
use super::evaluate::{Items, Machine, Out, This};
use super::operation::{At, Sign};
use super::value::Value;
use std::cmp::Ordering;

impl<'d, 'a> Machine<'_, 'd, 'a> {
    /// Those that give a boolean. Logic has three values (FHIRPath section 6.5): nothing is neither true nor false.
    pub(super) fn binary(&self, sign: Sign, left: At, right: At, this: This<'_, 'd, 'a>, at: At) -> Option<bool> {
        let other = || self.truth(right, this);
        match sign {
            Sign::And => match self.truth(left, this) {
                Some(false) => Some(false),
                Some(true) => other(),
                None => other().filter(|answer| !answer),
            },
            Sign::Or => match self.truth(left, this) {
                Some(true) => Some(true),
                Some(false) => other(),
                None => other().filter(|answer| *answer),
            },
            Sign::Implies => match self.truth(left, this) {
                Some(false) => Some(true),
                Some(true) => other(),
                None => other().filter(|answer| *answer),
            },
            Sign::Xor => Some(self.truth(left, this)? != other()?),
            Sign::Equal => self.equality(left, right, this),
            Sign::Unequal => self.equality(left, right, this).map(|answer| !answer),
            Sign::Less => self.ordering(left, right, this).map(Ordering::is_lt),
            Sign::LessOrEqual => self.ordering(left, right, this).map(Ordering::is_le),
            Sign::Greater => self.ordering(left, right, this).map(Ordering::is_gt),
            Sign::GreaterOrEqual => self.ordering(left, right, this).map(Ordering::is_ge),
            Sign::In => self.membership(left, right, this),
            Sign::Contains => self.membership(right, left, this),
            Sign::Union | Sign::Plus | Sign::Joined => self.single(at, this),
        }
    }

    /// `=` (section 6.1): nothing where a side is empty, else as many items, equal one by one.
    fn equality(&self, left: At, right: At, this: This<'_, 'd, 'a>) -> Option<bool> {
        match (self.items(left, this), self.items(right, this)) {
            (Items::None, _) | (_, Items::None) => None,
            (Items::One(left), Items::One(right)) => Some(same(&left, &right)),
            (Items::Many, Items::Many) => Some(equal(&self.collect(left, this), &self.collect(right, this))),
            _ => Some(false),
        }
    }

    fn ordering(&self, left: At, right: At, this: This<'_, 'd, 'a>) -> Option<Ordering> {
        match (self.items(left, this), self.items(right, this)) {
            (Items::None, _) | (_, Items::None) => None,
            (Items::One(left), Items::One(right)) => left.compare(&right).or_else(|| self.cannot_decide()),
            _ => self.cannot_decide(),
        }
    }

    /// `in`: whether all items of the left are among those of the right. (The specification knows only one item on
    /// the left; the reference validator asks for all.)
    fn membership(&self, items: At, of: At, this: This<'_, 'd, 'a>) -> Option<bool> {
        let mut any = false;
        let mut set = None;
        let flow = self.each(items, this, &mut |value| {
            any = true;
            let set = set.get_or_insert_with(|| self.set(of, this));
            if set.has(&value) { Flow::Continue(()) } else { Flow::Break(()) }
        });
        any.then_some(flow.is_continue())
    }

    /// A sum of numbers, or two strings as one.
    pub(super) fn sum(&self, left: At, right: At, this: This<'_, 'd, 'a>, out: Out<'_, 'd, 'a>) -> Flow {
        let (Some(left), Some(right)) = (self.first(left, this), self.first(right, this)) else {
            return Flow::Continue(());
        };
        match (left, right) {
            (Value::Count(left), Value::Count(right)) => out(Value::Count(left.saturating_add(right))),
            (left, right) => match (left.text(), right.text()) {
                (Some(left), Some(right)) => out(Value::Text(left + right)),
                _ => Flow::Continue(()),
            },
        }
    }
}

//! The functions.

use super::element::{Element, Flow};
use super::evaluate::{Machine, Out, This};
use super::operation::{At, Function};
use super::value::Value;
use std::borrow::Cow;

impl<'d, 'a> Machine<'_, 'd, 'a> {
    /// Functions that give a boolean or nothing. `None` for the others.
    pub(super) fn decide(
        &self,
        function: Function,
        of: At,
        argument: At,
        this: This<'_, 'd, 'a>,
    ) -> Option<Option<bool>> {
        Some(match function {
            Function::Exists => Some(self.exists(of, argument, this)),
            Function::Empty => Some(!self.exists(of, At::NOTHING, this)),
            Function::Not => self.truth(of, this).map(|answer| !answer),
            Function::All => Some(
                self.each(of, this, &mut |value| match self.truth(argument, Some(&value)) {
                    Some(true) => Flow::Continue(()),
                    _ => Flow::Break(()),
                })
                .is_continue(),
            ),
            Function::HasValue => Some(matches!(self.first(of, this), Some(Value::Element(e)) if e.value().is_some())),
            Function::IsDistinct => Some(self.is_distinct(of, this)),
            Function::StartsWith => self.with_text(of, argument, this, |text, part| text.starts_with(part)),
            Function::Contains => self.with_text(of, argument, this, |text, part| text.contains(part)),
            Function::HtmlChecks => self.one_text(of, this).map(|div| self.surroundings.is_safe_narrative(&div)),
            Function::HtmlContent => self.one_text(of, this).map(|div| has_content(&div)),
            Function::Undecidable => self.cannot_decide(),
            _ => return None,
        })
    }

    /// The other functions.
    pub(super) fn call(
        &self,
        function: Function,
        of: At,
        first: At,
        this: This<'_, 'd, 'a>,
        out: Out<'_, 'd, 'a>,
    ) -> Flow {
        match function {
            Function::Where => self.each(of, this, &mut |value| match self.truth(first, Some(&value)) {
                Some(true) => out(value),
                _ => Flow::Continue(()),
            }),
            Function::Select => self.each(of, this, &mut |value| self.each(first, Some(&value), out)),
            Function::Trace => self.each(of, this, out),
            Function::Combine => {
                self.each(of, this, out)?;
                self.each(first, this, out)
            }
            Function::Intersect => {
                let mut other = None;
                self.each(of, this, &mut |value| {
                    let other = other.get_or_insert_with(|| self.set(first, this));
                    if other.has(&value) { out(value) } else { Flow::Continue(()) }
                })
            }
            Function::First => self.first(of, this).map_or(Flow::Continue(()), out),
            Function::Tail => {
                let mut is_first = true;
                self.each(of, this, &mut |value| match std::mem::take(&mut is_first) {
                    true => Flow::Continue(()),
                    false => out(value),
                })
            }
            Function::Children => self.each_element(of, this, &mut |e| e.children(&mut |e| out(Value::Element(e)))),
            Function::Descendants => {
                self.each_element(of, this, &mut |e| e.descendants(&mut |e| out(Value::Element(e))))
            }
            Function::Count => {
                let mut count = 0;
                let _ = self.each(of, this, &mut |_| {
                    count += 1;
                    Flow::Continue(())
                });
                out(Value::Count(count))
            }
            Function::Resolve => self.each(of, this, &mut |value| match self.resolve(&value) {
                Some(resource) => out(Value::Element(resource)),
                None => Flow::Continue(()),
            }),
            Function::Substring => {
                let start = self.first(first, this).and_then(|v| v.written()).and_then(|n| n.parse::<usize>().ok());
                let text = self.one_text(of, this);
                let rest = start.zip(text).and_then(|(start, text)| from_character(text, start));
                rest.map_or(Flow::Continue(()), |rest| out(Value::Text(rest)))
            }
            Function::ToInteger => {
                let text = self.first(of, this).map(Value::plain).and_then(|value| match value {
                    Value::Bool(value) => Some(Cow::Borrowed(if value { "1" } else { "0" })),
                    value => value.written(),
                });
                match text.filter(|text| is_integer(text)) {
                    // It stays text: no integer is too large to be compared.
                    Some(text) => out(Value::Number(text)),
                    None => Flow::Continue(()),
                }
            }
            Function::ToText => {
                let text = self.first(of, this).and_then(|value| value.written());
                text.map_or(Flow::Continue(()), |text| out(Value::Text(text)))
            }
            // Those of `decide`.
            _ => Flow::Continue(()),
        }
    }

    fn exists(&self, of: At, criteria: At, this: This<'_, 'd, 'a>) -> bool {
        self.each(of, this, &mut |value| {
            let counts = criteria == At::NOTHING || self.truth(criteria, Some(&value)) == Some(true);
            if counts { Flow::Break(()) } else { Flow::Continue(()) }
        })
        .is_break()
    }

    fn each_element(&self, of: At, this: This<'_, 'd, 'a>, out: &mut dyn FnMut(Element<'d, 'a>) -> Flow) -> Flow {
        self.each(of, this, &mut |value| match value {
            Value::Element(element) => out(element),
            _ => Flow::Continue(()),
        })
    }

    fn with_text(&self, of: At, part: At, this: This<'_, 'd, 'a>, ask: fn(&str, &str) -> bool) -> Option<bool> {
        let text = self.one_text(of, this)?;
        Some(ask(&text, &self.one_text(part, this)?))
    }

    /// What a reference names, if it is at hand.
    fn resolve(&self, value: &Value<'d, 'a>) -> Option<Element<'d, 'a>> {
        let reference = match value {
            Value::Element(element) if element.value().is_none() => element.node().get("reference")?.as_str()?,
            value => value.text()?,
        };
        self.surroundings.resolve(&reference).map(Element::new)
    }
}

/// The text from a character on. Empty when it has no more than so many (FHIRPath section 5.6).
fn from_character(text: Cow<'_, str>, start: usize) -> Option<Cow<'_, str>> {
    let (at, _) = text.char_indices().nth(start)?;
    match text {
        Cow::Borrowed(text) => text.get(at..).map(Cow::Borrowed),
        Cow::Owned(text) => text.get(at..).map(|rest| Cow::Owned(rest.to_owned())),
    }
}

/// `(\+|-)?\d+` (FHIRPath section 5.5).
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a narrative says anything: a character that is not white space outside of markup, or an image.
fn has_content(div: &str) -> bool {
    let mut rest = div;
    loop {
        let end = rest.find('<').unwrap_or(rest.len());
        let (text, markup) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if text.contains(|c: char| !c.is_ascii_whitespace()) {
            return true;
        }
        let is_image =
            markup.strip_prefix("<img").is_some_and(|after| after.starts_with([' ', '\t', '\n', '\r', '/', '>']));
        let close = if markup.starts_with("<!--") { "-->" } else { ">" };
        match markup.split_once(close) {
            Some(_) if is_image => return true,
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
}

//! A unique device identifier as GS1 prints it: "(01)00844588003288(17)141120(10)7654321D(21)10987654D321".

use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};

/// Reads the identifier whose first bracket stands at `at`: the token to go on from.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let (mut end, mut groups, mut digits) = (at, 0, 0);
    while groups < 12
        && page.is_sign(end, '(')
        && page.get(end + 1).is_some_and(|t| t.is_number(2..=4))
        && page.is_sign(end + 2, ')')
    {
        if groups > 0 && page.get(end).is_some_and(|t| t.gap > Gap::Line || t.gap == Gap::Wide) {
            break;
        }
        let mut inside = end + 3;
        if !page.get(inside).is_some_and(|t| {
            t.gap <= Gap::Space && matches!(t.form, Form::Number | Form::Mixed) || t.gap == Gap::None && t.is_word()
        }) {
            break;
        }
        while let Some(token) = page.get(inside) {
            let first = inside == end + 3;
            let fits = match token.form {
                Form::Sign => {
                    (token.is_dash() || token.is_sign('/') || token.is_sign('.'))
                        && page.get(inside + 1).is_some_and(|t| t.gap == Gap::None && t.form != Form::Sign)
                }
                _ => true,
            };
            if !fits || (!first && token.gap != Gap::None) || inside > end + 12 {
                break;
            }
            digits += if token.form == Form::Sign { 0 } else { token.len() };
            inside += 1;
        }
        end = inside;
        groups += 1;
    }
    // An area code and an exchange look alike, so one group must be as long as an article number is.
    if groups >= 2 || groups == 1 && digits >= 12 {
        marks.add(page, at, end, Kind::Device, Reason::Pattern);
        return end;
    }
    at + 1
}

//! What stands beside a labelled value: further values of a list, a label behind, codes that name no one.

use super::run::{Run, digits_in, unit_follows};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// A second and third value behind the first: "MRNs 123456 and 789012".
pub(super) fn more(page: &Page<'_>, marks: &mut Marks, first: &Run, kind: Kind) -> usize {
    let mut end = first.end;
    for _ in 0..8 {
        let Some(token) = page.get(end) else { break };
        let joins = token.is_sign(',') || token.is_sign(';') || token.is_sign('/') || token.is_sign('&');
        let word = token.form == Form::Lower && ["and", "or"].contains(&page.word(end));
        if !(joins || word) || token.gap > Gap::Space {
            break;
        }
        let mut at = end + 1;
        if joins && page.word(at) == "and" {
            at += 1;
        }
        let Some(run) = Run::read(page, at) else { break };
        let alike =
            run.digits >= 4 && run.digits.abs_diff(first.digits) <= 2 && run.letters.abs_diff(first.letters) <= 2;
        if !alike
            || page.get(at).is_some_and(|t| t.gap > Gap::Line)
            || !marks.is_free(at)
            || run.is_date(page)
            || unit_follows(page, run.end, run.digits)
        {
            break;
        }
        marks.add(page, run.first, run.end, kind, Reason::Label);
        end = run.end;
    }
    end
}

/// "12345678 (MRN)": the label stands behind, in brackets.
pub(super) fn before(page: &Page<'_>, marks: &mut Marks, at: usize, kind: Kind) {
    let Some(open) = at.checked_sub(1).filter(|i| page.is_sign(*i, '(') || page.is_sign(*i, '[')) else { return };
    let Some(last) = open.checked_sub(1).filter(|i| digits_in(page, *i) > 0) else { return };
    let mut first = last;
    for _ in 0..4 {
        let joined = first >= 2
            && page.get(first).is_some_and(|t| t.gap == Gap::None)
            && page
                .get(first - 1)
                .is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign('.') || t.is_sign('/')))
            && page.get(first - 2).is_some_and(|t| t.form != Form::Sign);
        if !joined {
            break;
        }
        first -= 2;
    }
    let Some(run) = Run::read(page, first) else { return };
    if run.end == last + 1
        && run.digits >= 4
        && !run.is_date(page)
        && !marks.is_shielded(first)
        && marks.kind_at(first).is_none_or(|k| k == Kind::Other)
    {
        marks.add(page, first, last + 1, kind, Reason::Label);
    }
}

/// Passes over the codes that a label says are none of a person's: "ICD-10: E11.65, I10".
pub(super) fn leave(page: &Page<'_>, at: usize) -> usize {
    let (mut end, mut size) = (at, 0);
    for _ in 0..40 {
        let Some(token) = page.get(end) else { break };
        if token.gap >= Gap::Line && end > at {
            break;
        }
        if let Some(run) = Run::read(page, end) {
            // A code of another length is no longer of the list.
            if size > 0 && run.size().abs_diff(size) > 4 {
                break;
            }
            size = run.size();
            end = run.end;
            continue;
        }
        let passed = match token.form {
            Form::Sign => !token.is_sign(')') && !token.is_sign('('),
            _ => token.flags.is(Class::NumberLabel) || ["and", "or", "codes", "is", "of"].contains(&page.word(end)),
        };
        if !passed {
            break;
        }
        end += 1;
    }
    end
}

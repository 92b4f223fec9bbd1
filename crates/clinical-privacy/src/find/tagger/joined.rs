//! Tagged words that belong together: "Cedar Hollow", "Hope & Sons", "J. Smith".

use super::REASON;
use crate::find::marks::Marks;
use crate::kind::Kind;
use crate::read::{Gap, Page, Token};
use crate::words::Class;

/// Words tagged as one thing so far.
pub(super) struct Run {
    first: usize,
    /// The token behind the last.
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// The most tokens that may stand between two words of one name.
const BRIDGE: usize = 3;

/// Words that every house and service has in its name, and of which alone no name is made.
const COMMON: u64 = Class::FacilityHead.bit()
    | Class::PlainHead.bit()
    | Class::GenericPlace.bit()
    | Class::Specialty.bit()
    | Class::Heading.bit()
    | Class::CompanySuffix.bit()
    | Class::Function.bit()
    | Class::Anatomy.bit()
    | Class::Role.bit()
    | Class::NoName.bit();

/// Is it a word that tells one house from another?
fn names_something(token: &Token) -> bool {
    token.is_word() && token.len() > 1 && !token.flags.is_any(COMMON)
}

impl Run {
    /// The first word: its token and the one behind it.
    pub(super) const fn of((first, end): (usize, usize), kind: Kind) -> Self {
        Self { first, end, kind }
    }

    /// One word more: of the same thing, or of the next.
    pub(super) fn with(self, page: &Page<'_>, marks: &mut Marks, (at, end): (usize, usize), kind: Kind) -> Self {
        let organisation = |k: Kind| matches!(k, Kind::Facility | Kind::Employer);
        let alike = kind == self.kind || organisation(kind) && organisation(self.kind);
        if alike && self.reaches(page, marks, at) {
            return Self { end, ..self };
        }
        self.close(page, marks);
        Self::of((at, end), kind)
    }

    /// May what stands between the run and the word at `at` be inside a name?
    fn reaches(&self, page: &Page<'_>, marks: &Marks, at: usize) -> bool {
        if at > self.end + BRIDGE || page.get(at).is_none_or(|t| t.gap > Gap::Line) {
            return false;
        }
        (self.end..at).all(|i| marks.is_free(i) && page.get(i).is_some_and(|t| self.bridges(page, i, t)))
    }

    /// May the token stand inside a name of this kind?
    fn bridges(&self, page: &Page<'_>, at: usize, token: &Token) -> bool {
        const SMALL: [&str; 9] = ["of", "and", "the", "at", "on", "de", "for", "in", "'s"];
        let attached = token.gap == Gap::None && (token.is_dash() || token.is_sign('\''));
        let inside = if self.kind == Kind::Name {
            token.flags.is(Class::Particle) && token.gap == Gap::Space
        } else {
            let word = page.word(at).replace('\u{2019}', "'");
            token.is_sign('&') || SMALL.iter().any(|s| word.eq_ignore_ascii_case(s))
        };
        token.gap <= Gap::Space && (attached || inside)
    }

    /// Marks the run.
    pub(super) fn close(self, page: &Page<'_>, marks: &mut Marks) {
        let (mut first, mut end) = (self.first, self.end);
        if self.kind == Kind::Name {
            // "J. Smith", "Smith K."
            let near = page.get(first).is_some_and(|t| t.gap <= Gap::Space);
            if near
                && first >= 2
                && page.is_sign(first - 1, '.')
                && page.is_initial(first - 2)
                && marks.is_free(first - 2)
            {
                first -= 2;
            } else if first >= 1 && page.is_initial(first - 1) && marks.is_free(first - 1) {
                first -= 1;
            }
            if page.is_initial(end)
                && marks.is_free(end)
                && page.get(end).is_some_and(|t| t.gap == Gap::Space)
                && page.get(end + 1).is_none_or(|t| t.gap >= Gap::Line || t.is_sign('.') || t.is_sign(','))
            {
                end += 1;
            }
        }
        let named = self.kind == Kind::Name || (first..end).any(|i| page.get(i).is_some_and(names_something));
        // "Clinic" alone is nobody's; behind a name that was found it belongs to it.
        if named || first > 0 && marks.kind_at(first - 1).is_some() || marks.kind_at(end).is_some() {
            marks.add(page, first, end, self.kind, REASON);
        }
    }
}

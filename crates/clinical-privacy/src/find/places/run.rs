//! How far a name of an organisation goes to the left of its head noun, and to the right.

use super::trim::{is_lady, trimmed};
use super::words::{
    AND, OF, SAINT, ST, STOPS, THE, follows, is_capital, is_generic, is_key, is_led_by, is_namelike, is_odd, is_part,
    is_rare, is_tab, is_taken, is_usual, is_verbal, key, may_name,
};
use crate::find::marks::Marks;
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Known};

/// Words before "Department" that make it an office of its own, not a ward.
pub(super) const OFFICES: [u64; 6] =
    [key("fire"), key("police"), key("sheriff"), key("sheriffs"), key("school"), key("health")];

/// Heads that no disease stands before.
const NAMED_ALWAYS: [u64; 15] = [
    key("hospital"),
    key("pharmacy"),
    key("rehabilitation"),
    key("health"),
    key("drug"),
    key("school"),
    key("nursing"),
    key("memorial"),
    key("general"),
    key("children"),
    key("childrens"),
    key("regional"),
    key("va"),
    key("methodist"),
    key("family"),
];

const AMP: u64 = key("amp");

/// The longest name to the left of its head, in tokens.
const LONGEST: usize = 12;

/// Words before "of" in a name: "University of", "Church of", "Our Lady of".
const BEFORE_OF: [u64; 12] = [
    key("university"),
    key("hospital"),
    key("hospitals"),
    key("college"),
    key("church"),
    key("lady"),
    key("city"),
    key("institute"),
    key("sisters"),
    key("center"),
    key("bank"),
    key("college"),
];

/// What stands to the left of a head noun.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// Its first token.
    pub(super) first: usize,
    /// One of its words is certainly a name.
    pub(super) rare: bool,
    /// One of its words is seldom met outside names.
    pub(super) odd: bool,
    /// One of its words may be a name.
    pub(super) named: bool,
    /// One of its words is no sort of place, nor a function word.
    pub(super) own: bool,
}

/// The run of words before `head` that may belong to its name.
pub(super) fn left(page: &Page<'_>, marks: &Marks, head: usize) -> Run {
    let usual = is_usual(page, head);
    let mut first = head;
    while first > 0 && head - first < LONGEST {
        let i = first - 1;
        let Some(token) = page.get(i) else { break };
        if is_taken(marks, i)
            || !page.get(first).is_some_and(|t| follows(t) || is_tab(page, first))
            || !stays_on_line(page, first, head)
        {
            break;
        }
        // "Salt &amp; Cedar Boatyard"
        if token.is_sign(';') && i >= 2 && is_key(page, i - 1, AMP) && page.is_sign(i - 2, '&') {
            first = i - 2;
            continue;
        }
        if is_grade(page, i, first) {
            first = i;
            continue;
        }
        let before_is_name =
            |i: usize| i > 0 && page.get(i - 1).is_some_and(|t| is_capital(t) && t.is_word()) || !usual;
        let fine = match token.form {
            Form::Sign if token.is_sign('.') => page.before(i).is_some_and(|t| {
                let saint = t.key == ST && t.is_word();
                (saint
                    || is_key(page, i - 1, key("univ"))
                    || is_key(page, i - 1, key("ste")) && usual
                    || is_key(page, i - 1, key("mt"))
                    || is_key(page, i - 1, key("ft"))
                    || (t.form == Form::Initial && usual))
                    && page.get(first).is_some_and(|n| n.is_word())
            }),
            Form::Sign if token.is_sign('&') => {
                first < head && i > 0 && page.before(i).is_some_and(|t| may_name(page, i - 1) && t.is_word())
                    || (first == head && before_is_name(i))
            }
            Form::Sign if token.is_dash() => {
                token.gap == Gap::None
                    && page.get(first).is_some_and(|t| t.gap == Gap::None)
                    && i > 0
                    && page.before(i).is_some_and(|t| t.is_word())
            }
            // "Bentley, Tyszyfuk and Booker LLP"
            Form::Sign if token.is_sign(',') => {
                page.get(first).is_some_and(|t| t.gap <= Gap::Space) && is_listed_firm(page, i, head, usual)
            }
            Form::Sign => false,
            Form::Possessive => i > 0,
            Form::Mixed => nth(page.word(i)) && first == head || nth(page.word(i)) && usual,
            Form::Number => false,
            _ if token.key == AND => joins(page, i, usual, head),
            _ if token.key == OF => {
                i > 0 && page.before(i).is_some_and(|t| BEFORE_OF.contains(&t.key) && (!usual || is_capital(t)))
            }
            _ if is_lady(page, i) => true,
            // "BLUE HERON CHILDREN'S HOSPITAL": elsewhere the word means people.
            _ if token.key == key("children") && page.get(i + 1).is_some_and(|t| t.form == Form::Possessive) => true,
            _ if token.key == THE => i > 0 && is_key(page, i - 1, OF) && usual,
            Form::Lower if usual => is_particle(page, i),
            _ if !usual && super::facilities::LEADS.contains(&token.key) => false,
            // "bar-lev"
            _ if page.get(first).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
                && (!usual || is_capital(token)) =>
            {
                true
            }
            _ => may_name(page, i) || !usual && (is_bounded(page, i) || first == head && is_square(page, i)),
        };
        if !fine {
            break;
        }
        first = i;
    }
    first = trimmed(page, first, head, usual);
    judge(page, first, head)
}

/// "Jr/Sr High School", "Sr. High": what stands between a school's name and "High".
fn is_grade(page: &Page<'_>, at: usize, first: usize) -> bool {
    const GRADES: [u64; 2] = [key("jr"), key("sr")];
    let grade = |i: usize| page.get(i).is_some_and(|t| t.is_word() && GRADES.contains(&t.key));
    let mut high = first;
    for _ in 0..4 {
        if is_key(page, high, key("high")) {
            break;
        }
        if !grade(high) && !page.is_sign(high, '.') && !page.is_sign(high, '/') {
            return false;
        }
        high += 1;
    }
    let sign = page.is_sign(at, '.') || page.is_sign(at, '/');
    is_key(page, high, key("high")) && (grade(at) || sign && at > 0 && grade(at - 1))
}

/// "at union square bakery": the last word of a listed city between "at" and the head.
fn is_square(page: &Page<'_>, at: usize) -> bool {
    at > 1
        && matches!(page.phrase(at - 1), Some((end, Known::City(_))) if end == at + 1)
        && is_led_by(page, at - 1, &[key("at"), key("from")])
}

/// A plain word where casing says nothing, with no more than two others between it and "at", "from" or a label.
fn is_bounded(page: &Page<'_>, at: usize) -> bool {
    for i in (at.saturating_sub(2)..=at).rev() {
        let plain = page.get(i).is_some_and(|t| {
            t.form == Form::Possessive
                || t.is_word()
                    && t.gap <= Gap::Line
                    && t.len() > 2
                    && !t.flags.is_any(STOPS | Class::Heading.bit())
                    && !t.flags.is_medical()
                    && !is_generic(t.flags)
                    && !is_verbal(page.word(i))
        });
        if !plain {
            return false;
        }
        if is_led_by(page, i, &super::facilities::LEADS)
            || page.opens_line(i)
            || page.before(i).is_some_and(|t| {
                [':', '|', '"', '(', ',', ';', '>', '^', '*'].iter().any(|s| t.is_sign(*s))
                    || t.is_dash() && t.gap > Gap::None
            })
        {
            return true;
        }
    }
    false
}

/// Is the line end before `first` inside a name? Only if the head alone stands behind it, or the line was full.
fn stays_on_line(page: &Page<'_>, first: usize, head: usize) -> bool {
    let Some(token) = page.get(first) else { return false };
    if token.gap < Gap::Line {
        return true;
    }
    let bare = (first..=head).all(|i| page.get(i).is_some_and(|t| is_generic(t.flags) || t.form == Form::Sign));
    let line = page.line(first - 1);
    let full = line.is_some_and(|l| {
        let (a, b) = (page.get(l.first), page.get(l.end.saturating_sub(1)));
        matches!((a, b), (Some(a), Some(b)) if b.end - a.start >= 45)
    });
    let alone = line.is_some_and(|l| l.end - l.first <= 3);
    // "Williams\n& Anderson Orthopedics"
    let joint = token.is_sign('&') && page.before(first).is_some_and(is_capital);
    let saint = page.before(first).is_some_and(|t| t.is_sign('.')) && first > 1 && is_key(page, first - 2, ST);
    joint
        || saint
        || (bare
            && !alone
            && first > 0
            && page.before(first).is_some_and(|t| {
                t.is_word()
                    && (is_namelike(t)
                        || is_generic(t.flags)
                            && first > 1
                            && page.before(first - 1).is_some_and(|n| is_namelike(n) && is_capital(n))
                        || is_part(t.flags)
                        || t.flags.is(Class::CityLast))
            }))
        || full && !page.before(first).is_some_and(|t| t.form == Form::Sign)
}

/// "Mac an tSaoir", "van der Berg": a small word inside a name.
fn is_particle(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    let next = page.get(at + 1).is_some_and(|t| t.is_word() && (is_capital(t) || t.flags.is(Class::Particle)));
    // "c/o Bayou Teche Legal Aid"
    if token.gap == Gap::None && page.before(at).is_some_and(|t| t.is_sign('/')) {
        return false;
    }
    let an = page.word(at) == "an" && page.before(at).is_some_and(|t| is_capital(t) && t.flags.is(Class::Particle));
    next && (an
        || token.flags.is(Class::Particle) && !token.flags.is_any(Class::Function.bit() | Class::NumberWord.bit()))
}

/// Does "and" at `at` join two words of one name?
fn joins(page: &Page<'_>, at: usize, usual: bool, head: usize) -> bool {
    let Some(before) = page.before(at) else { return false };
    let Some(next) = page.get(at + 1) else { return false };
    // "Bentley, Tyszyfuk, and Booker Cardiology"
    if before.is_sign(',') && at > 2 {
        return is_listed_firm(page, at - 1, head, usual);
    }
    if !before.is_word() && before.form != Form::Possessive {
        return false;
    }
    if before.form == Form::Possessive {
        return true;
    }
    let generic = |i: usize| page.get(i).is_some_and(|t| is_generic(t.flags));
    if usual {
        return is_capital(before) && (is_capital(next)) && (generic(at - 1) == generic(at + 1) || is_namelike(before));
    }
    // "nursing and rehabilitation center"; elsewhere "and" joins two people or two things.
    let firm = page.get(head).is_some_and(|t| t.flags.is(Class::CompanySuffix) && t.len() <= 4);
    generic(at - 1) && generic(at + 1)
        || is_rare(before) && is_rare(next)
        || firm && (is_namelike(before) || before.flags.is_eponym()) && (is_namelike(next) || next.len() <= 3)
}

/// Is the comma at `at` one of "Bentley, Tyszyfuk and Booker LLP"?
fn is_listed_firm(page: &Page<'_>, at: usize, head: usize, usual: bool) -> bool {
    let names = |i: usize| {
        page.get(i).is_some_and(|t| t.is_word() && (is_namelike(t) || t.flags.is_eponym()) && (!usual || is_capital(t)))
    };
    // "Smith, Inc."
    if at + 1 == head {
        return at > 0
            && names(at - 1)
            && page.get(head).is_some_and(|t| t.flags.is(Class::CompanySuffix) && t.len() <= 4 && !t.flags.is_state());
    }
    let behind = at + 1 + usize::from(is_key(page, at + 1, AND));
    at > 0
        && names(at - 1)
        && names(behind)
        && (at + 1..head).any(|i| is_key(page, i, AND) || page.is_sign(i, '&'))
        && page.get(head).is_some_and(|t| {
            t.flags.is(Class::CompanySuffix) || t.flags.is(Class::PlainHead) || t.key == super::several::FIRSTS[18]
        })
}

fn judge(page: &Page<'_>, first: usize, head: usize) -> Run {
    let usual = is_usual(page, head);
    // "Crohn Clinic" is a sort of clinic, "Crohn Pharmacy" is a pharmacy's name.
    let clinical = !page.get(head).is_some_and(|t| NAMED_ALWAYS.contains(&t.key));
    let mut run = Run { first, rare: false, named: false, own: false, odd: false };
    for i in first..head {
        let Some(token) = page.get(i) else { break };
        if token.form == Form::Mixed {
            run.named = true;
            run.own = true;
            continue;
        }
        if !token.is_word() || (usual && !is_capital(token)) {
            continue;
        }
        let f = token.flags;
        let eponym = clinical && f.is_eponym() && f.surname() < 3 && f.city() < 2;
        let saint = token.key == SAINT || token.key == ST;
        run.rare |= is_rare(token);
        run.odd |= is_odd(token);
        // "in good health", "good spirits"
        if !usual && token.key == key("good") {
            continue;
        }
        run.named |= (is_namelike(token) || !clinical && f.is_eponym()) && !eponym
            || is_part(f) && !saint
            || saint
            || !usual && is_odd(token);
        run.own |= (!is_generic(f)
            && !eponym
            && !f.is_any(Class::Function.bit() | Class::Direction.bit() | Class::Heading.bit())
            && token.len() > 1)
            || is_part(f);
    }
    run
}

/// "81st".
fn nth(word: &str) -> bool {
    let w = word.as_bytes();
    w.len() > 2
        && w.len() < 6
        && w[..w.len() - 2].iter().all(u8::is_ascii_digit)
        && [b"st", b"nd", b"rd", b"th"].iter().any(|e| w[w.len() - 2..].eq_ignore_ascii_case(*e))
}

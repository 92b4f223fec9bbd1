//! Groups of digits with spaces, dashes, dots or brackets between, as telephone numbers are written.

use crate::read::{Form, Gap, Page, Token};

/// What stands before a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Joint {
    None,
    Dash,
    Dot,
    Slash,
    Space,
    /// A line end, with no sign at it.
    Line,
    Bracket,
}

#[derive(Clone, Copy)]
struct Group {
    length: usize,
    value: u64,
    joint: Joint,
    /// The token behind it, with its closing bracket.
    end: usize,
    /// It is letters in a number's place: "1-800-FLOWERS".
    letters: bool,
}

const MOST: usize = 7;

/// The groups that begin at a token.
pub(super) struct Groups {
    groups: [Group; MOST],
    count: usize,
    /// "+" stands before.
    plus: bool,
    /// The first group is in brackets: "(617)".
    bracket: bool,
}

impl Groups {
    /// Reads on as long as digits follow each other as in a telephone number.
    pub(super) fn read(page: &Page<'_>, first: usize) -> Option<Self> {
        let none = Group { length: 0, value: 0, joint: Joint::None, end: first, letters: false };
        let mut read = Self { groups: [none; MOST], count: 0, plus: false, bracket: false };
        let mut at = first;
        let mut joint = Joint::None;
        if page.is_sign(at, '(') && page.is_sign(at + 1, '+') {
            at += 1;
        }
        if page.is_sign(at, '+') {
            read.plus = true;
            at += 1;
        }
        while read.count < MOST {
            let open = page.is_sign(at, '(');
            let number = at + usize::from(open);
            let Some(token) = page.get(number) else { break };
            let letters = token.form == Form::Upper
                && matches!(joint, Joint::Dash)
                && (4..=8).contains(&token.len())
                && read.takes_letters();
            // "0125x22": the extension is glued to the last group.
            let extended =
                if token.form == Form::Mixed && read.count > 0 { line_digits(page.word(number)) } else { None };
            if token.form != Form::Number && !letters && extended.is_none() || open && token.gap > Gap::Space {
                break;
            }
            // "Faxed to 617-555-0123 10/15/2025 at 11:52": the day behind the number, or alone behind "phone".
            if !open && token.len() <= 4 && is_day(page, number) {
                break;
            }
            // A bracket opens a group of its own only first or behind the country's.
            if open && (read.count > 1 || !page.is_sign(number + 1, ')')) {
                break;
            }
            let end = number + 1 + usize::from(open || read.plus && read.count == 0 && page.is_sign(number + 1, ')'));
            read.bracket |= open;
            let (length, value) = extended.unwrap_or((token.len(), token.key));
            read.groups[read.count] = Group { length, value, joint, end, letters };
            read.count += 1;
            if extended.is_some() {
                break;
            }
            let Some((next, next_joint)) = step(page, end, open) else { break };
            (at, joint) = (next, next_joint);
        }
        (read.count > 0).then_some(read)
    }

    fn takes_letters(&self) -> bool {
        match self.groups[..self.count].iter().map(|g| g.length).fold(0, |sofar, l| sofar * 16 + l) {
            0x13 | 0x133 | 0x33 => true,
            3 => self.groups[0].value >= 800,
            _ => false,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn length(&self, nth: usize) -> usize {
        self.groups.get(nth).map_or(0, |g| g.length)
    }

    pub(super) fn joint(&self, nth: usize) -> Joint {
        self.groups.get(nth).map_or(Joint::None, |g| g.joint)
    }

    /// The token behind the last group.
    /// With a country's "+" or an area in brackets it can be nothing else.
    pub(super) fn is_plain(&self) -> bool {
        self.plus || self.bracket
    }

    pub(super) fn end(&self) -> usize {
        self.groups[self.count - 1].end
    }

    /// "01/15/2020–01/20/2020" begins as a day does.
    pub(super) fn is_dated(&self) -> bool {
        let short = |nth: usize| matches!(self.length(nth), 1 | 2);
        short(0) && short(1) && [1, 2].iter().all(|nth| self.joint(*nth) == Joint::Slash)
    }

    /// Digits in all.
    pub(super) fn digits(&self) -> usize {
        self.groups[..self.count].iter().map(|g| g.length).sum()
    }

    /// The token behind the telephone number that the groups begin with. `said`: a word before says that one stands
    /// here.
    pub(super) fn number(&self, page: &Page<'_>, said: bool) -> Option<usize> {
        let mut best = None;
        for count in 1..=self.count {
            if self.is_number(count, said) && self.ends(page, count) {
                best = Some(count);
            }
        }
        best.map(|count| self.groups[count - 1].end)
    }

    /// Does the number end with that many groups: nothing is glued behind?
    fn ends(&self, page: &Page<'_>, count: usize) -> bool {
        if count < self.count {
            return matches!(self.groups[count].joint, Joint::Space | Joint::Line | Joint::Bracket)
                || self.groups[count].joint == Joint::Slash && self.groups[count].length >= 3;
        }
        let end = self.groups[count - 1].end;
        let Some(next) = page.get(end) else { return true };
        if next.gap != Gap::None {
            return true;
        }
        let glued = next.is_sign('%') || next.form == Form::Number || next.form == Form::Mixed;
        let joined = (next.is_dash()
            || next.is_sign('/')
            || next.is_sign('_')
            || next.is_sign(':')
            || next.is_sign('.')
            || next.is_sign(','))
            && page.get(end + 1).is_some_and(|t| t.gap == Gap::None && t.form == Form::Number);
        !glued && (!joined || next.is_sign(',') || next.is_sign('/') && self.count >= 3)
    }

    fn is_number(&self, count: usize, said: bool) -> bool {
        let groups = &self.groups[..count];
        let mut lengths = [0; MOST];
        for (slot, group) in lengths.iter_mut().zip(groups) {
            *slot = group.length;
        }
        let lengths = &lengths[..count];
        let digits: usize = lengths.iter().sum();
        if self.plus {
            return (8..=15).contains(&digits);
        }
        if groups.iter().any(|g| g.letters) {
            return matches!(lengths, [1, 3, 3, 4] | [3, 3, 4] | [1, 3, 4 | 6 | 7 | 8] | [3, 7])
                && groups[count - 1].letters;
        }
        let spaced = groups.iter().skip(1).any(|g| matches!(g.joint, Joint::Space | Joint::Line));
        let lines = groups.iter().skip(1).any(|g| g.joint == Joint::Line);
        let area = |g: &Group| (200..=999).contains(&g.value);
        let nought = groups[0].value < 10u64.pow(lengths[0].min(18) as u32 - 1);
        let round = groups.iter().all(|g| g.value % 10 == 0);
        match lengths {
            [1, 3, 3, 4] => groups[0].value <= 1 && (said || area(&groups[1])),
            [3, 3, 4] if self.bracket => true,
            // "085 555 0193": a mobile of Ireland.
            [3, 3, 4] if nought && matches!(groups[0].value, 82..=89) => !lines,
            [3, 3, 4] => (said || area(&groups[0]) && !lines) && !(spaced && round && !said),
            [3, 7] => self.bracket || said,
            [3, 3, 2, 2] | [3, 2, 2, 3] => said || self.bracket,
            [3, 4] => match groups[1].joint {
                Joint::Dash => said || area(&groups[0]) && !is_range(groups[0].value, groups[1].value),
                Joint::Dot | Joint::Space => said && groups[0].value >= 200 && !lines,
                _ => false,
            },
            [10] => said,
            [11] => said && groups[0].value / 10_000_000_000 <= 1,
            [7] => said,
            // Numbers of other countries: with a label, or with the nought of the long-distance call in front.
            [first, ..] if count >= 2 && (9..=14).contains(&digits) && said => {
                *first <= 6 && (!lines && *first >= 3 || nought)
            }
            // "(07) 5550 4417", "(01) 555 0144": Australia and Ireland.
            [2, 4, 4] | [2, 3, 4] | [2, 4, 3] => self.bracket && nought && !lines,
            // "98650 55501": a mobile of India.
            [5, 5] => said || self.count == 2 && groups[0].value >= 60_000 && groups[1].joint == Joint::Space && !round,
            [5, 6] | [3, 4, 4] | [4, 3, 4] | [5, 3, 3] | [6, 5] => !lines && nought,
            // "0800 555 019": free of charge in Britain and New Zealand; "0491 570 156": a mobile of Australia.
            [4, 3, 3] => !lines && nought && matches!(groups[0].value, 400..=499 | 500 | 508 | 800 | 808),
            _ => false,
        }
    }
}

/// "10/15/2025", "2025-10-15T11:52": a whole date begins there.
fn is_day(page: &Page<'_>, at: usize) -> bool {
    let glued = (at + 1..at + 5).all(|i| page.get(i).is_some_and(|t| t.gap == Gap::None));
    let (Some(first), Some(sign), Some(second), Some(third)) =
        (page.get(at), page.get(at + 1), page.get(at + 2), page.get(at + 4))
    else {
        return false;
    };
    let same =
        page.get(at + 3).is_some_and(|t| t.form == Form::Sign && (t.key == sign.key || t.is_dash() && sign.is_dash()));
    if !glued || !same || sign.form != Form::Sign || !second.is_number(1..=2) || !(1..=31).contains(&second.key) {
        return false;
    }
    let year = |t: &Token| t.is_number(4..=4) && (1900..2100).contains(&t.key);
    let behind = first.is_number(1..=2)
        && (1..=31).contains(&first.key)
        && (sign.is_sign('/') || sign.is_sign('.') || sign.is_dash())
        && year(third);
    let before = year(first)
        && sign.is_dash()
        && second.is_number(2..=2)
        && (third.is_number(2..=2) || third.form == Form::Mixed && page.word(at + 4).as_bytes().get(2) == Some(&b'T'));
    behind || before
}

/// How many digits stand before the "x" of "0125x22", and their value.
fn line_digits(word: &str) -> Option<(usize, u64)> {
    let (line, extension) = word.split_once(['x', 'X'])?;
    let fits = line.len() == 4 && (1..=6).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_digit());
    line.parse().ok().filter(|_| fits).map(|value| (line.len(), value))
}

/// "200-1000": a range of round amounts.
fn is_range(low: u64, high: u64) -> bool {
    let round = |by: u64| low.is_multiple_of(by) && high.is_multiple_of(by);
    round(10) && ((1000..=2000).contains(&high) || round(100))
}

/// The token of the next group and what stands before it.
fn step(page: &Page<'_>, end: usize, bracket: bool) -> Option<(usize, Joint)> {
    let token = page.get(end)?;
    let opens = |at: usize| page.is_sign(at, '(') && page.get(at + 1).is_some_and(|t| t.form == Form::Number);
    if token.form == Form::Number || opens(end) {
        let joint = match token.gap {
            Gap::None | Gap::Space if bracket => Joint::Bracket,
            Gap::Space => Joint::Space,
            Gap::None if token.form == Form::Sign => Joint::Bracket,
            Gap::Line | Gap::Wide => Joint::Line,
            _ => return None,
        };
        return Some((end, joint));
    }
    let next = page.get(end + 1)?;
    let follows = next.form == Form::Number || next.form == Form::Mixed || next.form == Form::Upper || opens(end + 1);
    if !follows || token.form != Form::Sign {
        return None;
    }
    if token.is_dash() {
        // "617 - 555 - 0123" and a line end behind the dash, too.
        let even = token.gap == Gap::None && next.gap != Gap::Wide && next.gap <= Gap::Line
            || token.gap == Gap::Space && matches!(next.gap, Gap::Space | Gap::Line);
        return (even && !(token.gap == Gap::None && next.gap == Gap::Space && next.form == Form::Upper))
            .then_some((end + 1, Joint::Dash));
    }
    if token.gap != Gap::None || next.gap != Gap::None || next.form == Form::Upper {
        return None;
    }
    if token.is_sign('.') {
        return Some((end + 1, Joint::Dot));
    }
    token.is_sign('/').then_some((end + 1, Joint::Slash))
}

//! What the tagger looks at: numbers that stand for what a word is, how it is written and what stands around it.
//!
//! Training and use call the same function, and the weights carry the version of what it does.

use super::gist::{both, gist, sort, tiers, word};
use super::line::Lines;
use crate::find::marks::Marks;
use crate::find::names::letters;
use crate::kind::Kind;
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::Class;

/// Raised with every change of what `features` gives, so that weights of another version are not used by mistake.
pub(super) const VERSION: u32 = 3;

/// How many features a `glance` gives.
pub(super) const GLANCE: usize = 12;

/// The most features of one word.
pub(super) const MOST: usize = 72;

/// The features of one word, without memory of its own on the heap.
#[derive(Clone)]
pub(super) struct Features {
    found: [u64; MOST],
    count: usize,
}

impl Features {
    /// None yet.
    pub(super) const fn new() -> Self {
        Self { found: [0; MOST], count: 0 }
    }

    /// What was found.
    pub(super) fn all(&self) -> &[u64] {
        self.found.get(..self.count).unwrap_or(&[])
    }

    /// One more: `of` says what was asked, `value` is the answer.
    #[inline]
    fn add(&mut self, of: u64, value: u64) {
        if let Some(slot) = self.found.get_mut(self.count) {
            *slot = mixed(value ^ of.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            self.count += 1;
        }
    }
}

/// Spreads a number over all bits.
#[inline]
const fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (value ^ (value >> 29)).wrapping_mul(0xa076_1d64_78bd_642f)
}

/// The kinds as few groups.
pub(super) const fn group(kind: Option<Kind>) -> u64 {
    match kind {
        None => 0,
        Some(Kind::Name) => 1,
        Some(Kind::City | Kind::County) => 2,
        Some(Kind::Street | Kind::Zip) => 3,
        Some(Kind::Facility | Kind::Employer) => 4,
        Some(Kind::Date) => 5,
        Some(Kind::Phone | Kind::Fax) => 6,
        Some(_) => 7,
    }
}

/// The last four bytes and the first three of a word in small letters (of ASCII).
fn ends(word: &str) -> (u32, u32) {
    let bytes = word.as_bytes();
    let tail = bytes.iter().rev().take(4).fold(0u32, |sum, b| sum << 8 | u32::from(b | 0x20));
    let head = bytes.iter().take(3).fold(0u32, |sum, b| sum << 8 | u32::from(b | 0x20));
    (tail.rotate_left(8 * (4 - bytes.len().min(4)) as u32), head)
}

/// What is known of the tokens around a word before it is looked at.
#[derive(Clone, Copy)]
pub(super) struct Around<'m> {
    pub(super) marks: &'m Marks,
    /// The tokens whose find is in question and does not count: first, and behind the last.
    pub(super) hidden: (usize, usize),
    /// What the word right before was taken for just now.
    pub(super) before: Option<Kind>,
}

impl Around<'_> {
    fn kind(&self, at: usize) -> Option<Kind> {
        if at >= self.hidden.0 && at < self.hidden.1 { None } else { self.marks.kind_at(at) }
    }
}

/// The token behind the word at `at`; where it is the first of letters with full stops ("P. O."), behind the last stop.
#[inline]
pub(super) fn behind(page: &Page<'_>, at: usize) -> usize {
    let letters = || letters(page, at, page.casing_at(at) == Casing::Lower);
    if page.get(at).is_some_and(|t| t.len() == 1) { letters().unwrap_or(at + 1) } else { at + 1 }
}

/// The features that cost least: of the word at `at` itself and of its neighbours. Most words are seen to be no names by
/// these alone.
pub(super) fn glance(page: &Page<'_>, at: usize, out: &mut Features) {
    out.count = 0;
    let Some(token) = page.get(at) else { return };
    let (before, after) = (page.before(at), page.get(behind(page, at)));
    let (tail, head) = ends(page.word(at));
    out.add(1, token.key);
    out.add(2, u64::from(tail));
    out.add(3, u64::from(tail >> 8));
    out.add(4, u64::from(tail >> 16));
    out.add(5, u64::from(head));
    out.add(6, gist(Some(token)));
    out.add(7, tiers(token));
    out.add(8, sort(Some(token)) << 8 | token.len().min(12) as u64);
    out.add(10, word(before));
    out.add(11, word(after));
    out.add(14, gist(before));
    out.add(15, gist(after));
}

/// The other features of the word at `at`, behind those of a `glance`.
pub(super) fn features(page: &Page<'_>, around: &Around<'_>, lines: &mut Lines, at: usize, out: &mut Features) {
    let Some(token) = page.get(at) else { return };
    // What is counted ahead begins behind the last of the letters of "P. O.".
    let end = behind(page, at);
    let ahead = |by: isize| if by > 0 { (end - 1).checked_add_signed(by) } else { at.checked_add_signed(by) };
    let near = |by: isize| ahead(by).and_then(|i| page.get(i));
    let (b3, b2, b1, a1, a2, a3) = (near(-3), near(-2), near(-1), near(1), near(2), near(3));
    // Each is asked of many times.
    let (w3, w2, w1) = (word(b3), word(b2), word(b1));
    let (x1, x2, x3) = (word(a1), word(a2), word(a3));
    let line = lines.place(page, at);
    let opens = u64::from(page.opens_sentence(at));
    let (tiers, kind) = (tiers(token), sort(Some(token)));

    out.add(9, opens | kind << 8);
    // The words around.
    out.add(12, w2);
    out.add(13, x2);
    out.add(16, gist(b2));
    out.add(17, gist(a2));
    let (s3, s2, s1, t1, t2, t3) = (sort(b3), sort(b2), sort(b1), sort(a1), sort(a2), sort(a3));
    out.add(18, s3 << 12 | s2);
    out.add(19, t3 << 12 | t2);
    out.add(20, both(w2, w1));
    out.add(21, both(x1, x2));
    out.add(22, both(w1, x1));
    out.add(23, both(w1, tiers));
    out.add(24, both(x1, tiers));
    out.add(25, s1 << 36 | kind << 24 | t1 << 12 | opens);
    out.add(26, s2 << 24 | s1 << 12 | kind);
    out.add(27, kind << 24 | t1 << 12 | t2);
    out.add(28, s1 << 24 | t1 << 12 | t2);
    out.add(29, s2 << 24 | s1 << 12 | t1);
    out.add(30, both(both(w2, w1), kind));
    out.add(31, w3);
    out.add(32, x3);

    // Gaps, the line, the sentence.
    let gap = |t: Option<&Token>| t.map_or(7, |t| t.gap as u64);
    let gaps = gap(Some(token)) << 4 | gap(a1);
    out.add(33, gaps << 12 | kind);
    out.add(34, gaps << 24 | s1 << 12 | t1);
    let place = (line.nth.min(4) as u64) << 4 | line.left.min(4) as u64;
    out.add(35, place << 12 | kind);
    out.add(36, place << 8 | u64::from(line.shape) << 4 | opens);
    out.add(37, u64::from(line.shape) << 13 | opens << 12 | kind);
    out.add(38, both(line.label, line.behind_label.min(5) as u64));
    out.add(39, both(line.label, kind));
    out.add(40, both(line.opener, u64::from(line.nth.min(3) as u8)));

    // What is known already of the tokens around.
    let mark = |by: isize| ahead(by).map_or(0, |i| group(around.kind(i)));
    let held = |by: isize| ahead(by).is_some_and(|i| around.marks.is_shielded(i));
    let last = match around.before {
        Some(kind) => group(Some(kind)) | 8,
        None => mark(-1),
    };
    let (m2, n1, n2) = (mark(-2), mark(1), mark(2));
    out.add(41, last << 24 | kind << 12 | t1);
    out.add(42, last << 12 | n1 << 8 | gaps);
    out.add(43, m2 << 28 | last << 24 | n1 << 20 | n2 << 16 | s1);
    out.add(44, m2 << 16 | s1);
    out.add(45, n2 << 16 | t1);
    out.add(46, both(last, x1));
    let (nearest, distance) = left(page, around, at);
    out.add(47, nearest << 16 | distance << 12 | s1);
    let (nearest, distance) = right(page, around, end - 1);
    out.add(48, nearest << 16 | distance << 12 | t1);
    out.add(49, u64::from(held(-1)) | u64::from(held(1)) << 1 | u64::from(held(-2)) << 2 | u64::from(held(2)) << 3);

    // The capital words it stands among, as one: what stands before them, behind them, and their last.
    let (first, end) = capitals(page, at);
    let (edge, last, behind) = (first.checked_sub(1).and_then(|i| page.get(i)), page.get(end - 1), page.get(end));
    let size = ((at - first).min(3) as u64) << 4 | (end - at).min(4) as u64;
    let (word_edge, sort_edge, sort_last) = (word(edge), sort(edge), sort(last));
    out.add(51, both(word_edge, size));
    out.add(52, both(word(last), kind));
    out.add(53, both(sort_edge, sort_last) ^ size);
    out.add(54, both(word_edge, sort_last));
    out.add(55, both(word(behind), size));
    out.add(56, sort_edge << 36 | kind << 24 | sort(behind) << 12 | size);

    // The same where capitals say nothing: the words between small words and signs, what stands before them and what
    // stands before that: "seen at", "works for", "transported to".
    let (first, end) = stretch(page, at);
    let (edge, last) = (first.checked_sub(1).and_then(|i| page.get(i)), page.get(end - 1));
    let led = first.checked_sub(2).and_then(|i| page.get(i));
    let size = ((at - first).min(3) as u64) << 4 | (end - at).min(4) as u64;
    let (word_edge, word_last) = (word(edge), word(last));
    out.add(57, both(both(word(led), word_edge), kind));
    out.add(58, both(word_edge, size));
    out.add(59, both(both(sort(led), word_edge), size));
    out.add(60, both(word_edge, word_last));
    out.add(61, both(both(word_edge, sort(last)), kind));
    out.add(62, both(word_last, size));
    // The nearest word before it that tells what somebody does, and where.
    let (telling, far) = telling(page, at);
    out.add(63, both(telling, kind));
    out.add(64, both(telling, far << 16 | sort(edge)));
    out.add(65, both(telling, word_edge));
}

/// The words next to each other, without small words and signs, of which the one at `at` is one: the first and the token
/// behind the last.
fn stretch(page: &Page<'_>, at: usize) -> (usize, usize) {
    let full = |t: &Token| t.is_word() && !t.flags.is_any(Class::Function.bit() | Class::Pronoun.bit());
    let (mut first, mut end) = (at, at + 1);
    while at - first < 4 && page.get(first).is_some_and(|t| t.gap <= Gap::Space) && page.before(first).is_some_and(full)
    {
        first -= 1;
    }
    while end - at < 4 && page.get(end).is_some_and(|t| t.gap <= Gap::Space && full(t)) {
        end += 1;
    }
    (first, end)
}

/// Classes of words that tell of what kind a name near them is.
const TELLING: u64 = Class::Employed.bit()
    | Class::Residing.bit()
    | Class::Towards.bit()
    | Class::Naming.bit()
    | Class::Relative.bit()
    | Class::Role.bit()
    | Class::Person.bit()
    | Class::Title.bit()
    | Class::GenericPlace.bit()
    | Class::FacilityHead.bit();

/// The nearest such word before, and how far it is.
fn telling(page: &Page<'_>, at: usize) -> (u64, u64) {
    for by in 2..=8 {
        let Some(token) = at.checked_sub(by).and_then(|i| page.get(i)) else { break };
        if token.flags.is_any(TELLING) && token.is_word() && !token.flags.is_any(Class::Function.bit()) {
            return (token.key, by as u64 / 3);
        }
        if page.get(at - by + 1).is_none_or(|t| t.gap >= Gap::Blank) {
            break;
        }
    }
    (0, 0)
}

/// The words with capitals, next to each other on a line, of which the one at `at` is one: the first and the token
/// behind the last.
fn capitals(page: &Page<'_>, at: usize) -> (usize, usize) {
    let capital = |t: &Token| matches!(t.form, Form::Title | Form::Camel | Form::Upper | Form::Initial);
    let (mut first, mut end) = (at, at + 1);
    while at - first < 6
        && page.get(first).is_some_and(|t| t.gap <= Gap::Space)
        && page.before(first).is_some_and(capital)
    {
        first -= 1;
    }
    while end - at < 6 && page.get(end).is_some_and(|t| t.gap <= Gap::Space && capital(t)) {
        end += 1;
    }
    (first, end)
}

/// The nearest find to the left on the same line, and how far it is.
fn left(page: &Page<'_>, around: &Around<'_>, at: usize) -> (u64, u64) {
    for by in 1..=7 {
        let Some(i) = at.checked_sub(by) else { break };
        if let Some(kind) = around.kind(i) {
            return (group(Some(kind)), by.min(7) as u64);
        }
        if page.get(i + 1).is_none_or(|t| t.gap >= Gap::Blank) {
            break;
        }
    }
    (0, 0)
}

/// The nearest find to the right, and how far it is.
fn right(page: &Page<'_>, around: &Around<'_>, at: usize) -> (u64, u64) {
    for by in 1..=7 {
        if page.get(at + by).is_none_or(|t| t.gap >= Gap::Blank) {
            break;
        }
        if let Some(kind) = around.kind(at + by) {
            return (group(Some(kind)), by as u64);
        }
    }
    (0, 0)
}

//! Addresses of machines: IPv4, IPv6 in all its short forms, and hardware (MAC) addresses.

use super::web;
use crate::find::marks::Marks;
use crate::find::numbers::cue::{Found, cue_at, keys};
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::{Class, Cue};

/// Letters and digits that may be one group of a hexadecimal address.
fn is_hex(page: &Page<'_>, at: usize, most: usize) -> bool {
    page.get(at).is_some_and(|t| {
        !matches!(t.form, Form::Sign | Form::Possessive)
            && t.len() <= most
            && page.word(at).bytes().all(|b| b.is_ascii_hexdigit())
    })
}

fn glued(page: &Page<'_>, at: usize, sign: impl Fn(&Token) -> bool) -> bool {
    page.get(at).is_some_and(|t| t.gap == Gap::None && sign(t))
}

/// Reads what the colon at `at` is the first of: the token to go on from.
pub(super) fn colons(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    if page.is_sign(at + 1, '/') && page.is_sign(at + 2, '/') {
        return web::scheme(page, marks, at);
    }
    let led = at > 0 && is_hex(page, at - 1, 4) && glued(page, at, |_| true);
    let double = glued(page, at + 1, |t| t.is_sign(':'));
    if !led && !double {
        return at + 1;
    }
    let first = if led { at - 1 } else { at };
    let (mut end, mut groups, mut singles, mut doubles, mut pairs, mut digits) =
        (first, 0usize, 0usize, 0usize, true, 0usize);
    if led {
        (end, groups) = (at, 1);
        pairs = page.word(first).len() == 2;
        digits = usize::from(page.get(first).is_some_and(|t| t.form != Form::Initial && !t.is_word()));
    }
    for _ in 0..10 {
        let colon = glued(page, end, |t| t.is_sign(':')) || end == first && page.is_sign(end, ':');
        if !colon {
            break;
        }
        let two = glued(page, end + 1, |t| t.is_sign(':'));
        let next = end + 1 + usize::from(two);
        let hex = is_hex(page, next, 4) && glued(page, next, |_| true);
        if !hex && !two {
            break;
        }
        singles += usize::from(!two);
        doubles += usize::from(two);
        if !hex {
            end = next;
            break;
        }
        pairs &= page.word(next).len() == 2;
        digits += usize::from(page.get(next).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed)));
        groups += 1;
        end = next + 1;
    }
    let mac = doubles == 0 && groups == 6 && pairs;
    let long = doubles == 0 && groups == 8;
    let short = doubles == 1
        && groups <= 7
        && digits > 0
        && (groups >= 2 || groups == 1 && (said(page, first) || singles == 0 && !led && digits == 1));
    if !(mac || long || short)
        || (first..end).any(|i| !matches!(marks.kind_at(i), None | Some(Kind::Ip | Kind::Device)))
    {
        return at + 1;
    }
    // An IPv4 address may end it: "::ffff:192.0.2.1". A zone or prefix length belongs to it.
    while glued(page, end, |t| t.is_sign('.')) && glued(page, end + 1, |t| t.form == Form::Number) {
        end += 2;
    }
    if glued(page, end, |t| t.is_sign('/') || t.is_sign('%')) && glued(page, end + 1, |t| t.form != Form::Sign) {
        end += 2;
    }
    marks.add(page, first, end, Kind::Ip, Reason::Pattern);
    end
}

/// Reads a hardware address with dashes, whose first dash stands at `at`.
pub(super) fn dashes(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let pair = |i: usize| page.get(i).is_some_and(|t| t.len() == 2) && is_hex(page, i, 2);
    let Some(first) = at.checked_sub(1).filter(|i| pair(*i)) else { return at + 1 };
    let mut end = first + 1;
    let mut groups = 1;
    while groups < 7 && glued(page, end, Token::is_dash) && glued(page, end + 1, |_| true) && pair(end + 1) {
        end += 2;
        groups += 1;
    }
    if groups != 6 || glued(page, first, |t| t.form != Form::Sign) && page.before(first).is_some_and(Token::is_dash) {
        return at + 1;
    }
    marks.add(page, first, end, Kind::Ip, Reason::Pattern);
    end
}

/// Reads an IPv4 address, or a hardware address of three groups, whose first point stands at `at`.
pub(super) fn dots(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let Some(first) = at.checked_sub(1) else { return at + 1 };
    let point = |i: usize| glued(page, i, |t| t.is_sign('.'));
    let octet = |i: usize| page.get(i).is_some_and(|t| t.is_number(1..=3) && t.key <= 255);
    let open = !page
        .before(first)
        .is_some_and(|t| (t.is_sign('.') || t.is_dash()) && page.get(first).is_some_and(|f| f.gap == Gap::None));
    let four = octet(first)
        && open
        && (1..4).all(|n| point(first + 2 * n - 1) && octet(first + 2 * n) && glued(page, first + 2 * n, |_| true));
    if four {
        let mut end = first + 7;
        // A fifth group makes it a section or an identifier of another sort.
        let more = point(end) && glued(page, end + 1, |t| t.form == Form::Number);
        let small = (0..4).all(|n| page.get(first + 2 * n).is_some_and(|t| t.key < 10));
        let zero = page.get(first).is_some_and(|t| t.key == 0);
        if more
            || is_version(page, first)
            || (small || zero) && !said(page, first)
            || (first..end).any(|i| marks.kind_at(i).is_some())
        {
            return at + 1;
        }
        if glued(page, end, |t| t.is_sign(':') || t.is_sign('/')) && glued(page, end + 1, |t| t.is_number(1..=5)) {
            end += 2;
        }
        marks.add(page, first, end, Kind::Ip, Reason::Pattern);
        super::handle::from_address(page, marks, first);
        return end;
    }
    let quad = |i: usize| page.get(i).is_some_and(|t| t.len() == 4) && is_hex(page, i, 4);
    if quad(first)
        && open
        && point(at)
        && (1..3).all(|n| point(first + 2 * n - 1) && quad(first + 2 * n))
        && (0..3).any(|n| page.get(first + 2 * n).is_some_and(|t| t.form == Form::Mixed))
    {
        marks.add(page, first, first + 5, Kind::Ip, Reason::Pattern);
        return first + 5;
    }
    at + 1
}

/// "version 10.4.2.11", "section 1.2.3.4".
fn is_version(page: &Page<'_>, first: usize) -> bool {
    const VERSION: [u64; 9] =
        keys(["version", "v", "ver", "section", "release", "firmware", "software", "build", "chapter"]);
    (1..=3).any(|back| {
        first.checked_sub(back).and_then(|i| page.get(i)).is_some_and(|t| VERSION.contains(&t.key) && t.is_word())
    })
}

/// Does a word before say that an address of the network stands here?
fn said(page: &Page<'_>, first: usize) -> bool {
    (1..=5).any(|back| {
        first.checked_sub(back).is_some_and(|i| {
            page.get(i).is_some_and(|t| t.flags.is(Class::Cue)) && cue_at(page, i).is_some_and(|f| f.cue == Cue::Ip)
        })
    })
}

/// "IP 10.0.0.7" is found by its form; "MAC 001a2b3c4d5e" by its label.
pub(super) fn labelled(page: &Page<'_>, marks: &mut Marks, found: &Found) -> usize {
    let Some((at, _)) = super::behind(page, found, 5) else { return found.end };
    if page.get(at).is_some_and(|t| t.len() == 12) && is_hex(page, at, 12) && marks.is_free(at) {
        marks.add(page, at, at + 1, Kind::Ip, Reason::Label);
        return at + 1;
    }
    found.end
}

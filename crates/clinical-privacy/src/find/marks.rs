//! What the finders have found in one page so far.

use crate::kind::{Identifier, Kind, Reason};
use crate::read::Page;

/// One find, by tokens and by bytes.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    /// First token.
    pub(crate) first: usize,
    /// The token behind the last.
    pub(crate) end: usize,
    /// First byte.
    pub(crate) start_byte: u32,
    /// The byte behind the last.
    pub(crate) end_byte: u32,
    pub(crate) kind: Kind,
    pub(crate) reason: Reason,
}

/// Finds and shields of one page. A shielded token is a clinical value: finders of numbers and names leave it alone.
pub(crate) struct Marks {
    found: Vec<Mark>,
    /// For each token: 0, or one more than the place of its kind in `Kind::ALL`.
    kinds: Vec<u8>,
    shields: Vec<bool>,
}

impl Marks {
    /// Nothing found yet.
    pub(crate) fn of(page: &Page<'_>) -> Self {
        Self { found: Vec::new(), kinds: vec![0; page.tokens.len()], shields: vec![false; page.tokens.len()] }
    }

    /// The same shields, and of the finds those that `keeps` wants.
    pub(crate) fn only(&self, page: &Page<'_>, mut keeps: impl FnMut(&Mark) -> bool) -> Self {
        let mut kept = Self { shields: self.shields.clone(), ..Self::of(page) };
        for mark in self.found.iter().filter(|m| keeps(m)) {
            kept.add_bytes(mark.first, mark.end, (mark.start_byte, mark.end_byte), mark.kind, mark.reason);
        }
        kept
    }

    /// Tokens `first..end` are an identifier. Out of range is ignored.
    pub(crate) fn add(&mut self, page: &Page<'_>, first: usize, end: usize, kind: Kind, reason: Reason) {
        let (Some(a), Some(b)) = (page.get(first), end.checked_sub(1).and_then(|i| page.get(i))) else { return };
        if first < end {
            self.add_bytes(first, end, (a.start, b.end), kind, reason);
        }
    }

    /// As `add`, where the identifier begins or ends inside a token.
    pub(crate) fn add_bytes(&mut self, first: usize, end: usize, bytes: (u32, u32), kind: Kind, reason: Reason) {
        let number = Kind::ALL.iter().position(|k| *k == kind).unwrap_or(0) as u8 + 1;
        for slot in self.kinds.iter_mut().take(end).skip(first) {
            if *slot == 0 {
                *slot = number;
            }
        }
        self.found.push(Mark { first, end, start_byte: bytes.0, end_byte: bytes.1, kind, reason });
    }

    /// What the token was first taken for.
    pub(crate) fn kind_at(&self, token: usize) -> Option<Kind> {
        let number = self.kinds.get(token).copied().unwrap_or(0);
        usize::from(number).checked_sub(1).and_then(|n| Kind::ALL.get(n)).copied()
    }

    /// Is any of the tokens part of a find?
    pub(crate) fn any_in(&self, first: usize, end: usize) -> bool {
        self.kinds.iter().take(end).skip(first).any(|k| *k != 0)
    }

    /// Tokens `first..end` are a clinical value.
    pub(crate) fn shield(&mut self, first: usize, end: usize) {
        self.shields.iter_mut().take(end).skip(first).for_each(|s| *s = true);
    }

    /// Is the token a clinical value?
    pub(crate) fn is_shielded(&self, token: usize) -> bool {
        self.shields.get(token).copied().unwrap_or(false)
    }

    /// Neither found nor shielded.
    pub(crate) fn is_free(&self, token: usize) -> bool {
        self.kinds.get(token) == Some(&0) && !self.is_shielded(token)
    }

    /// Everything found, in the order it was found.
    pub(crate) fn found(&self) -> &[Mark] {
        &self.found
    }

    /// The finds as identifiers, `offset` bytes further on.
    pub(crate) fn identifiers(&self, offset: usize, into: &mut Vec<Identifier>) {
        into.extend(self.found.iter().map(|m| Identifier {
            start: offset + m.start_byte as usize,
            end: offset + m.end_byte as usize,
            kind: m.kind,
            reason: m.reason,
        }));
    }
}

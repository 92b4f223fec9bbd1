//! Duplicate member names, found without sorting or hashing every object.

use crate::tape::{NodeId, Raw};
use crate::text;
use std::borrow::Cow;
use std::collections::HashMap;

/// Two members of one object under the same name, compared after resolving escapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duplicate {
    /// The object.
    pub object: NodeId,
    /// The first member of that name, the one [`Node::get`](crate::Node::get) answers with.
    pub first: NodeId,
    /// A later member of that name.
    pub second: NodeId,
}

/// The names seen in one object so far, as two sets of 64 bits that can only err by suspecting
/// too much. Most objects end without suspicion and cost a multiplication per name.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    one: u64,
    two: u64,
    /// Not zero for yes. A whole word, because a copy of a struct with padding is slow.
    suspect: u64,
}

impl Seen {
    pub(crate) const NOTHING: Self = Self { one: 0, two: 0, suspect: 0 };

    /// Notes the name `bytes[start..end]`. A name with an escape may equal one that looks different.
    #[inline(always)]
    pub(crate) fn note(&mut self, bytes: &[u8], start: usize, end: usize, escaped: bool) {
        let hash = hash(bytes, start, end);
        let one = 1 << (hash >> 58);
        let two = 1 << (hash >> 52 & 63);
        // The first seven bytes of the input are too few to hash; see there.
        let known = (self.one & one != 0) & (self.two & two != 0);
        self.suspect |= u64::from(escaped | (end < 8) | known);
        self.one |= one;
        self.two |= two;
    }

    #[inline(always)]
    pub(crate) fn suspect(self) -> bool {
        self.suspect != 0
    }
}

/// Mixes the length and the last eight bytes. FHIR names such as `valueString` and `valueCode`
/// differ at the end. Names made to collide only cost the exact comparison below.
#[inline(always)]
fn hash(bytes: &[u8], start: usize, end: usize) -> u64 {
    let length = end - start;
    let tail = end.checked_sub(8).and_then(|from| bytes.get(from..)?.first_chunk::<8>());
    // Only within the first bytes of the input, which `note` suspects anyway.
    let Some(tail) = tail else { return 0 };
    let word = u64::from_le_bytes(*tail);
    // Bytes before a short name are not part of it.
    let word = match length {
        0 => 0,
        1..8 => word >> (64 - 8 * length),
        _ => word,
    };
    (word ^ (length as u64) << 56).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Up to this many members all pairs are compared, which allocates nothing.
const FEW: usize = 16;

/// Compares the names of one object exactly and reports the duplicates.
#[cold]
pub(crate) fn compare(nodes: &[Raw], object: u32, bytes: &[u8], found: &mut Vec<Duplicate>) {
    let mut report = |first: u32, second: u32| {
        found.push(Duplicate {
            object: NodeId::from_index(object),
            first: NodeId::from_index(first),
            second: NodeId::from_index(second),
        });
    };
    let members = Members { nodes, id: object + 1 };
    if members.clone().nth(FEW).is_some() {
        if are_apart(members.clone(), bytes) {
            return;
        }
        let mut firsts: HashMap<Cow<'_, [u8]>, u32> = HashMap::new();
        for (id, raw) in members {
            let name = text::name(raw.key_in(bytes), raw.key_escaped);
            let first = *firsts.entry(name).or_insert(id);
            if first != id {
                report(first, id);
            }
        }
        return;
    }
    let mut before: [(&[u8], u32); FEW] = [(&[], 0); FEW];
    let mut unescaped = Vec::new();
    if members.clone().any(|(_, raw)| raw.key_escaped) {
        unescaped = members.clone().map(|(_, raw)| text::name(raw.key_in(bytes), raw.key_escaped)).collect();
    }
    for (index, (id, raw)) in members.enumerate() {
        let name = match unescaped.get(index) {
            Some(name) => name,
            None => raw.key_in(bytes),
        };
        let earlier = before.get(..index).unwrap_or_default();
        if let Some((_, first)) = earlier.iter().find(|(other, _)| *other == name) {
            report(*first, id);
        }
        if let Some(place) = before.get_mut(index) {
            *place = (name, id);
        }
    }
}

/// Whether names without escapes differ already in the prints of them. Most do, and prints are sorted quicker than names
/// are hashed in a way that nobody can foresee.
fn are_apart(members: Members<'_>, bytes: &[u8]) -> bool {
    let mut prints = Vec::with_capacity(4 * FEW);
    for (_, raw) in members {
        if raw.key_escaped {
            return false;
        }
        prints.push(print(raw.key_in(bytes)));
    }
    prints.sort_unstable();
    prints.windows(2).all(|two| two.first() != two.last())
}

/// The first and the last eight bytes of a name and its length. Two names with one print may still differ.
fn print(name: &[u8]) -> (u64, u64, usize) {
    let word = |part: Option<&[u8; 8]>| part.map(|part| u64::from_le_bytes(*part));
    let short = || name.iter().fold(0, |word, b| word << 8 | u64::from(*b));
    let first = word(name.first_chunk()).unwrap_or_else(short);
    (first, word(name.last_chunk()).unwrap_or(first), name.len())
}

/// The members of an object whose subtree ends with the tape.
#[derive(Clone)]
struct Members<'n> {
    nodes: &'n [Raw],
    id: u32,
}

impl<'n> Iterator for Members<'n> {
    type Item = (u32, &'n Raw);

    fn next(&mut self) -> Option<Self::Item> {
        let id = self.id;
        let raw = self.nodes.get(id as usize)?;
        self.id = raw.next;
        Some((id, raw))
    }
}

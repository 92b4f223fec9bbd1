//! The parser: one pass, no recursion, writing the tape as it goes.

use crate::document::{Limits, Stop};
use crate::error::{ErrorKind, Fail};
use crate::names::{self, Duplicate, Seen};
use crate::number::number_end;
use crate::scan::{Gap, skip_space, string_end};
use crate::tape::{Kind, Raw};

/// Nodes between two questions to the caller whether to stop.
const PATIENCE: usize = 4096;

/// Depths whose white space is remembered; deeper ones share, which only makes for worse guesses.
const GAPS: usize = 32;

/// The tape under construction and what bounds it.
pub(crate) struct Parser<'s> {
    pub(crate) nodes: Vec<Raw>,
    pub(crate) duplicates: Vec<Duplicate>,
    stack: Vec<Frame>,
    max_depth: usize,
    max_nodes: usize,
    /// The node count at which to look at the limit and ask whether to stop.
    pause: usize,
    stop: Stop<'s>,
    /// White space by depth.
    gaps: [Gap; GAPS],
}

/// An open array or object. The innermost one lives in a local variable, not on the stack.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    node: u32,
    open: Open,
    seen: Seen,
}

/// What is open. As wide as its neighbour, so that a frame has no padding to copy around.
#[derive(Clone, Copy)]
#[repr(u32)]
enum Open {
    Nothing,
    Array,
    Object,
}

/// What is open while an element of an array ends.
pub(crate) struct Opened<'f> {
    inner: u32,
    outer: &'f [Frame],
}

impl Opened<'_> {
    /// The arrays and objects, the array itself last.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = u32> {
        let outer = self.outer.iter().filter(|frame| !matches!(frame.open, Open::Nothing));
        outer.map(|frame| frame.node).chain([self.inner])
    }
}

/// Who is asked at the end of each object that is the element of an array, and may take its nodes off the tape.
pub(crate) trait Cut {
    /// Whether it is asked at all.
    const CUTS: bool;

    /// The nodes so far, of which those from `element` on are the object's.
    fn element(&mut self, nodes: &mut Vec<Raw>, element: u32, open: Opened<'_>);
}

/// Nobody: the tape stays whole.
struct Uncut;

impl Cut for Uncut {
    const CUTS: bool = false;

    fn element(&mut self, _: &mut Vec<Raw>, _: u32, _: Opened<'_>) {}
}

/// A member's name that waits for its value.
#[derive(Clone, Copy)]
struct Key {
    start: u32,
    end: u32,
    escaped: bool,
}

const NO_KEY: Key = Key { start: 0, end: 0, escaped: false };

impl<'s> Parser<'s> {
    pub(crate) fn new(length: usize, limits: Limits, stop: Stop<'s>) -> Self {
        let max_nodes = limits.max_nodes as usize;
        // Records run at twenty to forty bytes a node. A guess too high costs address space only, yet
        // a huge input should not ask for all of it at once.
        let guess = (length / 16 + 16).min(max_nodes).min(1 << 22);
        Self {
            nodes: Vec::with_capacity(guess),
            duplicates: Vec::new(),
            stack: Vec::new(),
            max_depth: limits.max_depth as usize,
            max_nodes,
            pause: PATIENCE.min(max_nodes),
            stop,
            gaps: [Gap::default(); GAPS],
        }
    }

    pub(crate) fn ask_stop(&self, offset: usize) -> Result<(), Fail> {
        if (self.stop)() {
            return Err(Fail::at(ErrorKind::Stopped, offset));
        }
        Ok(())
    }

    /// Forgets everything from node `nodes` and duplicate `duplicates` on, after a line that failed.
    pub(crate) fn rewind(&mut self, nodes: usize, duplicates: usize) {
        self.nodes.truncate(nodes);
        self.duplicates.truncate(duplicates);
        self.stack.clear();
    }

    /// Makes sure that one more node may be written.
    #[inline(always)]
    pub(crate) fn room(&mut self, offset: usize) -> Result<(), Fail> {
        if self.nodes.len() < self.pause {
            return Ok(());
        }
        self.take_pause(offset)
    }

    #[cold]
    fn take_pause(&mut self, offset: usize) -> Result<(), Fail> {
        if self.nodes.len() >= self.max_nodes {
            return Err(Fail::at(ErrorKind::TooManyNodes, offset));
        }
        self.pause = (self.nodes.len() + PATIENCE).min(self.max_nodes);
        self.ask_stop(offset)
    }

    /// Reads the one value that starts at or after `i`, then white space to the end of `bytes`.
    pub(crate) fn document(&mut self, bytes: &[u8], i: usize) -> Result<(), Fail> {
        self.document_cut(bytes, i, &mut Uncut)
    }

    /// The same, asking at the end of each object in an array.
    pub(crate) fn document_cut<C: Cut>(&mut self, bytes: &[u8], i: usize, cut: &mut C) -> Result<(), Fail> {
        let i = skip_space(bytes, i);
        if i == bytes.len() {
            return Err(Fail::at(ErrorKind::Empty, i));
        }
        let i = self.value(bytes, i, cut)?;
        let i = skip_space(bytes, i);
        if i < bytes.len() {
            return Err(Fail::at(ErrorKind::TrailingContent, i));
        }
        Ok(())
    }

    /// Reads the value that starts at `i` and answers where it ends.
    fn value<C: Cut>(&mut self, bytes: &[u8], mut i: usize, cut: &mut C) -> Result<usize, Fail> {
        let mut frame = Frame { node: 0, open: Open::Nothing, seen: Seen::NOTHING };
        let mut key = NO_KEY;
        'value: loop {
            self.room(i)?;
            let Some(&first) = bytes.get(i) else {
                return Err(Fail::byte(bytes, i));
            };
            match first {
                b'"' => {
                    let (end, escaped) = string_end(bytes, i + 1)?;
                    self.push(Kind::String, i, end, key, escaped);
                    i = end;
                }
                b'{' => {
                    let node = self.open(Kind::Object, i, key)?;
                    i = self.space(1).skip(bytes, i + 1);
                    if bytes.get(i) == Some(&b'}') {
                        i += 1;
                        self.close(node, i);
                    } else {
                        self.stack.push(frame);
                        frame = Frame { node, open: Open::Object, seen: Seen::NOTHING };
                        (key, i) = name(bytes, i, &mut frame.seen)?;
                        continue 'value;
                    }
                }
                b'[' => {
                    let node = self.open(Kind::Array, i, key)?;
                    i = self.space(1).skip(bytes, i + 1);
                    if bytes.get(i) == Some(&b']') {
                        i += 1;
                        self.close(node, i);
                    } else {
                        self.stack.push(frame);
                        frame = Frame { node, open: Open::Array, seen: Seen::NOTHING };
                        key = NO_KEY;
                        continue 'value;
                    }
                }
                b'-' | b'0'..=b'9' => {
                    let end = number_end(bytes, i)?;
                    self.push(Kind::Number, i, end, key, false);
                    i = end;
                }
                b't' => i = self.word(bytes, i, b"true", Kind::Bool, key)?,
                b'f' => i = self.word(bytes, i, b"false", Kind::Bool, key)?,
                b'n' => i = self.word(bytes, i, b"null", Kind::Null, key)?,
                _ => return Err(Fail::byte(bytes, i)),
            }
            // A value has ended: go on with the next one, or close what ends here.
            loop {
                match frame.open {
                    Open::Object => {
                        i = self.space(GAPS - 1).skip(bytes, i);
                        match bytes.get(i) {
                            Some(b',') => {
                                i = self.space(0).skip(bytes, i + 1);
                                (key, i) = name(bytes, i, &mut frame.seen)?;
                                continue 'value;
                            }
                            Some(b'}') => {
                                if frame.seen.suspect() {
                                    let found = &mut self.duplicates;
                                    names::compare(&self.nodes, frame.node, bytes, found);
                                }
                            }
                            _ => return Err(Fail::byte(bytes, i)),
                        }
                    }
                    Open::Array => {
                        i = self.space(GAPS - 1).skip(bytes, i);
                        match bytes.get(i) {
                            Some(b',') => {
                                i = self.space(0).skip(bytes, i + 1);
                                key = NO_KEY;
                                continue 'value;
                            }
                            Some(b']') => {}
                            _ => return Err(Fail::byte(bytes, i)),
                        }
                    }
                    Open::Nothing => return Ok(i),
                }
                i += 1;
                self.close(frame.node, i);
                let Some(outer) = self.stack.pop() else {
                    return Ok(i);
                };
                if C::CUTS && matches!((frame.open, outer.open), (Open::Object, Open::Array)) {
                    cut.element(&mut self.nodes, frame.node, Opened { inner: outer.node, outer: &self.stack });
                }
                frame = outer;
            }
        }
    }

    /// The white space remembered for the current depth and a few more, modulo `GAPS`.
    #[inline(always)]
    fn space(&mut self, more: usize) -> &mut Gap {
        &mut self.gaps[(self.stack.len() + more) % GAPS]
    }

    #[inline(always)]
    fn push(&mut self, kind: Kind, start: usize, end: usize, key: Key, escaped: bool) {
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Raw {
            start: start as u32,
            end: end as u32,
            next,
            key_start: key.start,
            key_end: key.end,
            kind,
            escaped,
            key_escaped: key.escaped,
        });
    }

    #[inline(always)]
    fn open(&mut self, kind: Kind, start: usize, key: Key) -> Result<u32, Fail> {
        if self.stack.len() >= self.max_depth {
            return Err(Fail::at(ErrorKind::TooDeep, start));
        }
        let node = self.nodes.len() as u32;
        self.push(kind, start, start, key, false);
        Ok(node)
    }

    #[inline(always)]
    fn close(&mut self, node: u32, end: usize) {
        let next = self.nodes.len() as u32;
        if let Some(raw) = self.nodes.get_mut(node as usize) {
            raw.end = end as u32;
            raw.next = next;
        }
    }

    #[inline(always)]
    fn word(&mut self, bytes: &[u8], start: usize, word: &[u8], kind: Kind, key: Key) -> Result<usize, Fail> {
        let end = start + word.len();
        if bytes.get(start..end) != Some(word) {
            return Err(misspelt(bytes, start, word));
        }
        self.push(kind, start, end, key, false);
        Ok(end)
    }
}

/// Reads a member's name at `i` and the colon, up to the value.
#[inline(always)]
fn name(bytes: &[u8], i: usize, seen: &mut Seen) -> Result<(Key, usize), Fail> {
    if bytes.get(i) != Some(&b'"') {
        return Err(Fail::byte(bytes, i));
    }
    let start = i + 1;
    let (after, escaped) = string_end(bytes, start)?;
    let end = after - 1;
    seen.note(bytes, start, end, escaped);
    let colon = skip_space(bytes, after);
    if bytes.get(colon) != Some(&b':') {
        return Err(Fail::byte(bytes, colon));
    }
    let key = Key { start: start as u32, end: end as u32, escaped };
    Ok((key, skip_space(bytes, colon + 1)))
}

/// The first byte at which the input leaves the word.
#[cold]
fn misspelt(bytes: &[u8], start: usize, word: &[u8]) -> Fail {
    let rest = bytes.get(start..).unwrap_or_default();
    let same = rest.iter().zip(word).take_while(|(a, b)| a == b).count();
    Fail::byte(bytes, start + same)
}

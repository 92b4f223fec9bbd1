//! Lines and columns, worked out only when somebody asks.

use crate::source::content_start;

/// A place in the input as an editor shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Position {
    /// The line, counted from one. Lines end at a line feed.
    pub line: u32,
    /// The column in Unicode code points, counted from one. A byte order mark has no width.
    pub column: u32,
}

const FIRST: Position = Position { line: 1, column: 1 };

/// Bytes between two remembered positions: an answer costs at most one such stretch of counting.
const STRIDE: usize = 1024;

/// The position of every `STRIDE`-th byte. A record may be one line of megabytes, so remembering
/// where lines start would not bound the cost of a column; remembering every so many bytes does.
#[derive(Debug)]
pub(crate) struct Places {
    start: usize,
    marks: Vec<Position>,
}

impl Places {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let start = content_start(bytes);
        let content = bytes.get(start..).unwrap_or_default();
        let mut marks = Vec::with_capacity(content.len() / STRIDE + 1);
        let mut here = FIRST;
        for stretch in content.chunks(STRIDE) {
            marks.push(here);
            here = advance(here, stretch);
        }
        Self { start, marks }
    }

    pub(crate) fn find(&self, bytes: &[u8], offset: usize) -> Position {
        let offset = character_start(bytes, offset);
        let within = offset.saturating_sub(self.start);
        // The end of the content has no stretch of its own when the length is a multiple.
        let index = (within / STRIDE).min(self.marks.len().saturating_sub(1));
        let from = self.start + index * STRIDE;
        let mark = self.marks.get(index).copied().unwrap_or(FIRST);
        advance(mark, bytes.get(from..offset).unwrap_or_default())
    }
}

/// The position of one offset, counted from the start of the input.
pub(crate) fn locate(bytes: &[u8], offset: usize) -> Position {
    let offset = character_start(bytes, offset);
    let start = content_start(bytes);
    advance(FIRST, bytes.get(start..offset).unwrap_or_default())
}

/// The position of `offset` in a line whose number and first byte are known.
pub(crate) fn locate_in_line(bytes: &[u8], line: u32, start: usize, offset: usize) -> Position {
    let offset = character_start(bytes, offset);
    let from = Position { line, column: 1 };
    advance(from, bytes.get(start..offset).unwrap_or_default())
}

fn advance(from: Position, bytes: &[u8]) -> Position {
    let (lines, tail) = match memchr::memrchr(b'\n', bytes) {
        None => (0, bytes),
        Some(last) => (memchr::memchr_iter(b'\n', bytes).count(), bytes.get(last + 1..).unwrap_or_default()),
    };
    let column = if lines == 0 { from.column } else { 1 };
    Position { line: from.line.saturating_add(narrow(lines)), column: column.saturating_add(narrow(characters(tail))) }
}

/// Counting the bytes that begin a character also gives an answer where the input is not UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// An offset inside a character means that character; it is never more than three bytes back.
fn character_start(bytes: &[u8], offset: usize) -> usize {
    let mut offset = offset.min(bytes.len());
    for _ in 0..3 {
        match bytes.get(offset) {
            Some(byte) if byte & 0xC0 == 0x80 => offset = offset.saturating_sub(1),
            _ => break,
        }
    }
    offset
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembered_positions_agree_with_counting() {
        let mut text = String::from("\u{FEFF}");
        for line in 0..200 {
            text.push_str(&"é".repeat(line % 37));
            text.push_str(&"x".repeat(line * 7 % 41));
            text.push('\n');
        }
        for cut in 0..text.len() {
            let bytes = &text.as_bytes()[..cut];
            if cut % 97 != 0 && cut % 1024 != 3 {
                continue;
            }
            let places = Places::new(bytes);
            for offset in (0..cut + 3).step_by(13).chain([cut]) {
                assert_eq!(places.find(bytes, offset), locate(bytes, offset));
            }
        }
    }

    #[test]
    fn an_offset_inside_a_character_is_that_character() {
        let bytes = "aé\nb".as_bytes();
        assert_eq!(locate(bytes, 1), Position { line: 1, column: 2 });
        assert_eq!(locate(bytes, 2), Position { line: 1, column: 2 });
        assert_eq!(locate(bytes, 3), Position { line: 1, column: 3 });
        assert_eq!(locate(bytes, 4), Position { line: 2, column: 1 });
        assert_eq!(locate(bytes, 99), Position { line: 2, column: 2 });
    }
}

//! Finding the end of strings and of indentation, the two long stretches of a record.
//!
//! What costs here is less the work than waiting: nothing after a string can be looked at before its
//! end is known. Strings are therefore searched eight bytes at a time in plain integers, which answer
//! soonest, and indentation is guessed.

use crate::error::{ErrorKind, Fail};
use crate::text::escape_end;

/// Bytes taken from the input together.
const WIDTH: usize = 16;

/// The end of the string whose content starts at `i` (after the closing quote), and whether it has
/// an escape.
#[inline(always)]
pub(crate) fn string_end(bytes: &[u8], mut i: usize) -> Result<(usize, bool), Fail> {
    let mut escaped = false;
    loop {
        let skip = plain(&block(bytes, i));
        i += skip;
        if skip == WIDTH {
            continue;
        }
        match bytes.get(i) {
            Some(b'"') => return Ok((i + 1, escaped)),
            Some(b'\\') => {
                escaped = true;
                i = escape_end(bytes, i)?;
            }
            Some(_) => return Err(Fail::at(ErrorKind::ControlCharacter, i)),
            None => return Err(Fail::at(ErrorKind::UnexpectedEnd, i)),
        }
    }
}

/// The first byte at or after `i` that is not white space.
#[inline(always)]
pub(crate) fn skip_space(bytes: &[u8], i: usize) -> usize {
    match bytes.get(i) {
        Some(b' ' | b'\n' | b'\r' | b'\t') => match bytes.get(i + 1) {
            // One space, as after a colon.
            Some(b'!'..) => i + 1,
            _ => skip_spaces(bytes, i + 1),
        },
        _ => i,
    }
}

#[inline(never)]
fn skip_spaces(bytes: &[u8], mut i: usize) -> usize {
    loop {
        let skip = spaces(&block(bytes, i));
        i += skip;
        if skip < WIDTH {
            return i;
        }
    }
}

/// White space seen earlier, as a guess at what comes next.
///
/// Indentation is the same for every member of an object and nearly always for a whole depth. To
/// compare with what stood there before is quicker than to look for the end: the processor goes on
/// with the guessed end while it is still comparing.
#[derive(Clone, Copy, Default)]
pub(crate) struct Gap {
    start: usize,
    length: usize,
}

impl Gap {
    /// The same as [`skip_space`].
    #[inline(always)]
    pub(crate) fn skip(&mut self, bytes: &[u8], i: usize) -> usize {
        if let Some(b'!'..) = bytes.get(i) {
            return i;
        }
        let end = i + self.length;
        if same(bytes, self.start, i, self.length)
            && let Some(b'!'..) = bytes.get(end)
        {
            return end;
        }
        let end = skip_space(bytes, i);
        *self = Self { start: i, length: end - i };
        end
    }
}

/// Whether the same `length` bytes stand at both places; may deny it when they are few.
#[inline(always)]
fn same(bytes: &[u8], one: usize, two: usize, length: usize) -> bool {
    let (Some(one), Some(two)) = (bytes.get(one..one + length), bytes.get(two..two + length)) else {
        return false;
    };
    if let (Some(end_one), Some(end_two)) = (one.last_chunk::<16>(), two.last_chunk::<16>()) {
        let (ones, _) = one.as_chunks::<16>();
        let (twos, _) = two.as_chunks::<16>();
        return ones.iter().zip(twos).all(|(one, two)| one == two) && end_one == end_two;
    }
    match (one.first_chunk::<8>(), two.first_chunk::<8>()) {
        (Some(start_one), Some(start_two)) => start_one == start_two && one.last_chunk::<8>() == two.last_chunk::<8>(),
        _ => one == two,
    }
}

/// The block at `i`, filled with zeros past the end: a zero ends both kinds of stretch.
#[inline(always)]
fn block(bytes: &[u8], i: usize) -> [u8; WIDTH] {
    match bytes.get(i..).and_then(|rest| rest.first_chunk()) {
        Some(block) => *block,
        None => last_block(bytes, i),
    }
}

#[cold]
fn last_block(bytes: &[u8], i: usize) -> [u8; WIDTH] {
    let mut block = [0; WIDTH];
    for (to, from) in block.iter_mut().zip(bytes.get(i..).unwrap_or_default()) {
        *to = *from;
    }
    block
}

/// Bytes before the first quote, backslash or control character.
#[inline(always)]
fn plain(block: &[u8; WIDTH]) -> usize {
    let (low, high) = block.split_at(8);
    let marks = stops(low);
    if marks != 0 {
        return marks.trailing_zeros() as usize / 8;
    }
    8 + stops(high).trailing_zeros() as usize / 8
}

/// Marks the top bit of the bytes that end plain text, by which of the subtractions borrow. A borrow
/// may wrongly mark bytes above a true mark, so only the lowest mark means anything.
#[inline(always)]
fn stops(bytes: &[u8]) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let word = bytes.first_chunk().map_or(0, |chunk| u64::from_le_bytes(*chunk));
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let marks = (quote.wrapping_sub(ONES) & !quote)
        | (backslash.wrapping_sub(ONES) & !backslash)
        | (word.wrapping_sub(ONES * 0x20) & !word);
    marks & (ONES << 7)
}

/// Bytes before the first that is not white space. Asking all bytes without a branch lets the
/// compiler use vector instructions.
#[inline(always)]
fn spaces(block: &[u8; WIDTH]) -> usize {
    let mut marks = [0; WIDTH];
    for (mark, &byte) in marks.iter_mut().zip(block) {
        let space = (byte == b' ') | (byte == b'\n') | (byte == b'\r') | (byte == b'\t');
        *mark = if space { 0 } else { 0xFF };
    }
    u128::from_le_bytes(marks).trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slow_plain(block: &[u8]) -> usize {
        let stop = |&byte: &u8| byte == b'"' || byte == b'\\' || byte < 0x20;
        block.iter().position(stop).unwrap_or(block.len())
    }

    fn slow_spaces(block: &[u8]) -> usize {
        let stop = |byte: &u8| !b" \n\r\t".contains(byte);
        block.iter().position(stop).unwrap_or(block.len())
    }

    fn near() -> impl Strategy<Value = u8> {
        prop_oneof![
            any::<u8>(),
            prop::sample::select(b" \n\t\r\"\\!#[]\x1f\x20\x21\x80\xa2\xdc\0".to_vec()),
            Just(b' '),
            Just(b'x'),
        ]
    }

    proptest! {
        #[test]
        fn blocks_answer_as_a_loop_does(bytes in prop::collection::vec(near(), 16)) {
            let block: &[u8; WIDTH] = bytes.first_chunk().expect("sixteen bytes");
            prop_assert_eq!(plain(block), slow_plain(block));
            prop_assert_eq!(spaces(block), slow_spaces(block));
        }

        #[test]
        fn space_ends_where_a_loop_says(bytes in prop::collection::vec(near(), 0..80), at in 0usize..90) {
            let rest = bytes.get(at..).unwrap_or_default();
            let skip = rest.iter().take_while(|byte| b" \n\r\t".contains(byte)).count();
            prop_assert_eq!(skip_space(&bytes, at), at + skip);
        }

        #[test]
        fn a_guess_never_changes_the_answer(
            bytes in prop::collection::vec(prop::sample::select(b"  \n\t\rx".to_vec()), 0..200),
            places in prop::collection::vec(0usize..210, 1..20),
        ) {
            let mut gap = Gap::default();
            for at in places {
                prop_assert_eq!(gap.skip(&bytes, at), skip_space(&bytes, at));
            }
        }
    }
}

//! The eyes of each token turned on their side: the tokens of each eye.

use super::{Eye, ROW};

/// How many eyes there is room for.
pub(super) const EYES: usize = u16::BITS as usize;

const _: () = assert!((Eye::Proper as usize) < EYES, "an eye more than there is room for");

/// For so many tokens a bit an eye; for each eye a bit a token.
pub(super) fn turned(told: &[u16; ROW]) -> [u64; EYES] {
    let (mut low, mut high) = ([0; ROW], [0; ROW]);
    for ((eyes, low), high) in told.iter().zip(&mut low).zip(&mut high) {
        [*low, *high] = eyes.to_le_bytes();
    }
    let mut rows = [0; EYES];
    let (first, second) = rows.split_at_mut(EYES / 2);
    half(&low, first);
    half(&high, second);
    rows
}

/// The same for eight eyes.
fn half(told: &[u8; ROW], rows: &mut [u64]) {
    let mut squares = [0; ROW / 8];
    for (square, eight) in squares.iter_mut().zip(told.as_chunks().0) {
        *square = crossed(u64::from_le_bytes(*eight));
    }
    for (eye, row) in rows.iter_mut().enumerate() {
        for (nth, square) in squares.iter().enumerate() {
            *row |= (square >> (8 * eye) & 0xff) << (8 * nth);
        }
    }
}

/// Eight bytes of eight bits: bit `i` of byte `k` becomes bit `k` of byte `i`.
const fn crossed(square: u64) -> u64 {
    let swapped = (square ^ (square >> 7)) & 0x00aa_00aa_00aa_00aa;
    let square = square ^ swapped ^ (swapped << 7);
    let swapped = (square ^ (square >> 14)) & 0x0000_cccc_0000_cccc;
    let square = square ^ swapped ^ (swapped << 14);
    let swapped = (square ^ (square >> 28)) & 0x0000_0000_f0f0_f0f0;
    square ^ swapped ^ (swapped << 28)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bit_of_each_token_is_that_tokens_bit_of_that_eye() {
        let mut state = 7u32;
        let told: [u16; ROW] = std::array::from_fn(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as u16
        });
        let rows = turned(&told);
        for (token, eyes) in told.iter().enumerate() {
            for (eye, row) in rows.iter().enumerate() {
                assert_eq!(row >> token & 1, u64::from(eyes >> eye & 1), "{token} {eye}");
            }
        }
    }
}

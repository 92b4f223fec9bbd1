//! The file of weights, as `src/find/tagger/weights.rs` reads it.

use clinical_privacy::training::VERSION;

use crate::learn::Set;

/// Its bytes.
pub(crate) fn file(sets: &[Set], limits: [[i32; 3]; 2]) -> Vec<u8> {
    let mut bytes = b"tagger\0\x01".to_vec();
    let mut numbers = vec![VERSION as i32];
    for (set, limits) in sets.iter().zip(limits) {
        numbers.extend([set.identity.len().ilog2() as i32, set.kinds.len().ilog2() as i32]);
        numbers.extend(limits);
    }
    numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
    for set in sets {
        bytes.extend(set.identity.iter().map(|w| *w as u8));
        bytes.extend(set.kinds.iter().flatten().map(|w| *w as u8));
    }
    bytes
}

//! Names found by one look into a table.

/// Numbers of things under the hash of their names: open addressing, a quarter full at most.
#[derive(Default, Debug)]
pub(super) struct Names {
    /// The number plus one; zero is free. The length is a power of two.
    places: Vec<u16>,
}

impl Names {
    /// Room for this many names.
    pub(super) fn with_room(names: usize) -> Self {
        Self { places: vec![0; (names * 4).next_power_of_two()] }
    }

    /// Puts a number under a name. The caller sees to it that a name comes once.
    pub(super) fn put(&mut self, scope: u16, name: &str, number: u16) {
        let Some(mask) = self.places.len().checked_sub(1) else { return };
        let mut at = hash(scope, name.as_bytes()) & mask;
        for _ in 0..self.places.len() {
            match self.places.get_mut(at) {
                Some(free @ 0) => {
                    *free = number.saturating_add(1);
                    return;
                }
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// The number under a name, where `same` says which of those under its hash is the one.
    #[inline]
    pub(super) fn find(&self, scope: u16, name: &str, same: impl Fn(u16) -> bool) -> Option<u16> {
        let mask = self.places.len().checked_sub(1)?;
        let mut at = hash(scope, name.as_bytes()) & mask;
        loop {
            let number = self.places.get(at)?.checked_sub(1)?;
            if same(number) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }
}

/// Mixes the scope, the length, and the ends of the name, by which FHIR's names differ.
#[inline]
fn hash(scope: u16, name: &[u8]) -> usize {
    let ends = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(29),
        _ => name.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
    };
    let mixed = ends ^ (name.len() as u64) << 58 ^ u64::from(scope).wrapping_mul(0x9E6C_63D0_876A_3F6B);
    let mixed = (mixed ^ mixed >> 31).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 29) as usize
}

//! A table in which every key has one place, so that asking it is two loads and no search.
//!
//! The keys are cut into small groups. A group is moved as a whole until all of its keys fall on free places, the largest
//! group first; how far it was moved is kept.

use super::Refusal;
use super::key::{group_of, place_of};

/// Keys of a group on average.
const GROUP: usize = 4;

/// How many places of a hundred are taken.
const TAKEN: usize = 92;

/// How far each group is moved, two bytes each; and the places: a four-byte print, nought where nothing stands, and the
/// two-byte value.
pub(super) fn table(slots: &[(u64, u16)]) -> Result<(Vec<u8>, Vec<u8>), Refusal> {
    let mut groups: Vec<Vec<(u64, u16)>> = vec![Vec::new(); slots.len() / GROUP + 1];
    let (many, places) = (groups.len() as u64, (slots.len() * 100 / TAKEN + 1) as u64);
    for slot in slots {
        groups[group_of(slot.0, many) as usize].push(*slot);
    }
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|nth| std::cmp::Reverse(groups[*nth].len()));
    let mut moves = vec![0u16; groups.len()];
    let mut cells = vec![(0u32, 0u16); places as usize];
    let mut tried = Vec::new();
    for nth in order {
        let fits = (0..=u16::MAX).find(|moved| {
            tried.clear();
            tried.extend(groups[nth].iter().map(|(key, _)| place_of(*key, *moved, places) as usize));
            let apart = (1..tried.len()).all(|i| !tried[..i].contains(&tried[i]));
            apart && tried.iter().all(|at| cells[*at].0 == 0)
        });
        moves[nth] = fits.ok_or("no place for a group of words; make the table larger")?;
        for (key, value) in &groups[nth] {
            cells[place_of(*key, moves[nth], places) as usize] = ((*key as u32).max(1), *value);
        }
    }
    let bytes = cells.iter().flat_map(|(print, value)| {
        let (p, v) = (print.to_le_bytes(), value.to_le_bytes());
        [p[0], p[1], p[2], p[3], v[0], v[1]]
    });
    Ok((moves.iter().flat_map(|m| m.to_le_bytes()).collect(), bytes.collect()))
}

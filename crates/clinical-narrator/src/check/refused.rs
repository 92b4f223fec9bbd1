//! What somebody refused is that, and nothing else that the sentence names: "declined the spray but is willing to walk" is
//! not "said no to walking".

use super::company::is_same;
use super::reading::{Item, Kind, Reading, has_role};
use super::vocabulary::same;
use crate::refusal::Refusal;

/// Holds what is refused on one side against what is refused on the other.
pub(super) fn check(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    for (one, other) in [(of, said), (said, of)] {
        let refuses = |i: &Item| i.kind == Kind::Words && i.words.iter().any(|w| has_role("refuses", &w.text));
        for (at, item) in one.items.iter().enumerate().filter(|(_, i)| refuses(i)) {
            let Some(thing) = thing(one, at) else { continue };
            let alike = other.items.iter().enumerate().filter(|(_, i)| i.kind == Kind::Words && same(item, i));
            let things: Vec<&Item> = alike.filter_map(|(place, _)| self::thing(other, place)).collect();
            let is_named = other.content().any(|i| is_same(thing, i));
            let others_named = things.iter().any(|t| one.content().any(|i| is_same(t, i)));
            if is_named && others_named && !things.iter().any(|t| is_same(t, thing)) {
                return Err(Refusal::Negation);
            }
        }
    }
    Ok(())
}

/// What stands next behind it in its stretch.
fn thing(reading: &Reading, at: usize) -> Option<&Item> {
    let chunk = reading.items.get(at)?.chunk;
    let behind = reading.items.get(at + 1..).unwrap_or_default().iter();
    behind.take_while(|i| i.chunk == chunk).find(|i| i.is_content())
}

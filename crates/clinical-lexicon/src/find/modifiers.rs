//! Words that may stand beside a name without making it another thing.

use super::Index;

/// How many words that may be left out are looked at in one wording; each doubles the number of look-ups.
const MOST: usize = 4;

/// The modifiers of one kind of entry.
#[derive(Debug)]
pub(crate) struct Modifiers {
    pub(crate) index: Index,
    /// For each: words that must not stand in the explanation of the bare name ("acute" beside "long-term").
    pub(crate) unless: &'static [&'static [&'static str]],
}

impl Modifiers {
    /// Looks the name up without its modifiers, leaving out as few as possible. `explain` gives the explanation of an
    /// entry; one that contradicts a modifier left out is not taken.
    pub(crate) fn find(&self, name: &str, names: &Index, explain: impl Fn(usize) -> &'static str) -> Option<usize> {
        let mut places = [(0usize, 0usize, 0usize); MOST];
        let mut count = 0;
        let mut at = 0;
        while at < name.len() && count < MOST {
            if let Some((length, modifier)) = self.index.longest(&name[at..]) {
                places[count] = (at, at + length, usize::from(modifier));
                count += 1;
                at += length + 1;
            } else {
                at += name[at..].bytes().position(|b| b == b' ').map_or(name.len(), |n| n + 1);
            }
        }
        let places = &places[..count];
        let mut bare = String::with_capacity(if count == 0 { 0 } else { name.len() });
        for left_out in 1..=count {
            for choice in (1u32..1 << count).filter(|c| c.count_ones() as usize == left_out) {
                let chosen = (0u32..).zip(places).filter(|(bit, _)| choice >> bit & 1 == 1).map(|(_, place)| place);
                without(name, chosen.clone().map(|(start, end, _)| (*start, *end)), &mut bare);
                let Some(entry) = names.get(&bare) else { continue };
                let text = explain(entry);
                if !chosen.flat_map(|(_, _, m)| self.unless[*m]).any(|words| text.contains(words)) {
                    return Some(entry);
                }
            }
        }
        None
    }
}

/// The name without the given parts, each a run of whole words.
fn without(name: &str, parts: impl Iterator<Item = (usize, usize)>, into: &mut String) {
    into.clear();
    let mut at = 0;
    for (start, end) in parts.chain(std::iter::once((name.len(), name.len()))) {
        let piece = name[at..start].trim();
        if !piece.is_empty() {
            if !into.is_empty() {
                into.push(' ');
            }
            into.push_str(piece);
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::{Index, Modifiers};

    fn find(name: &str) -> Option<usize> {
        let modifiers = Modifiers {
            index: Index::of(&[("acute", 0), ("left", 1), ("not otherwise specified", 2)]),
            unless: &[&["long-term"], &[], &[]],
        };
        let names = Index::of(&[("asthma", 0), ("left heart failure", 1), ("otitis media", 2)]);
        modifiers.find(name, &names, |i| ["A long-term illness.", "Weak heart.", "Sore ear."][i])
    }

    #[test]
    fn harmless_words_are_left_out_and_as_few_as_possible() {
        assert_eq!(find("acute otitis media left"), Some(2));
        assert_eq!(find("otitis media not otherwise specified"), Some(2));
        assert_eq!(find("acute left heart failure"), Some(1));
        assert_eq!(find("otitis media"), None, "nothing to leave out");
        assert_eq!(find("left"), None);
    }

    #[test]
    fn an_explanation_that_contradicts_the_modifier_is_not_taken() {
        assert_eq!(find("acute asthma"), None);
        assert_eq!(find("left asthma"), Some(0));
    }
}

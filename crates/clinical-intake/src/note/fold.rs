//! One medicine that a note names several times.
//!
//! A list says "lisinopril 10 mg daily", the plan "continue lisinopril", the story "she takes her lisinopril". These
//! are one medicine and not three. What says something of its own stays: other directions, a stop, a hold.

use clinical_lexicon::{Lexicon, normalise};
use clinical_model::{Course, MedicationRemark, MedicationUse};
use std::collections::BTreeMap;

/// Folds while uses come, so that a long note that repeats itself holds each medicine a few times and not thousands.
/// Folding a part first changes nothing: what repeats one that repeats a third repeats the third.
#[derive(Default)]
pub(super) struct Folding<'a> {
    uses: Vec<MedicationUse<'a>>,
    /// How many stayed when it was folded last.
    folded: usize,
}

/// Uses that are taken before the first folding.
const FIRST: usize = 512;

impl<'a> Folding<'a> {
    pub(super) fn take(&mut self, mut uses: Vec<MedicationUse<'a>>, lexicon: &Lexicon) {
        self.uses.append(&mut uses);
        // Twice as many as stayed: the work of all foldings together is linear, also where nothing repeats.
        if self.uses.len() >= FIRST.max(2 * self.folded) {
            self.uses = fold(std::mem::take(&mut self.uses), lexicon);
            self.folded = self.uses.len();
        }
    }

    pub(super) fn finish(self, lexicon: &Lexicon) -> Vec<MedicationUse<'a>> {
        let mut out = fold(self.uses, lexicon);
        out.shrink_to_fit();
        out
    }
}

/// Leaves out what repeats. Two entries with directions that differ both stay, and the sheet says so.
fn fold<'a>(uses: Vec<MedicationUse<'a>>, lexicon: &Lexicon) -> Vec<MedicationUse<'a>> {
    // A note says the same name again and again: each wording is looked up once.
    let mut keys: BTreeMap<Option<&str>, (Vec<String>, Vec<usize>)> = BTreeMap::new();
    for (i, medicine) in uses.iter().enumerate() {
        let name = medicine.medicine.name().map(|name| name.text());
        keys.entry(name).or_insert_with(|| (key(name, lexicon), Vec::new())).1.push(i);
    }
    let mut groups: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for (name, places) in keys.values() {
        groups.entry(name).or_default().extend(places);
    }
    groups.values_mut().for_each(|group| group.sort_unstable());
    let mut keeps = vec![true; uses.len()];
    for group in groups.values() {
        let is_only_told = |i: &usize| uses[*i].remarks.contains(&MedicationRemark::OnlyMentioned);
        let is_decided = group.iter().any(|i| !is_only_told(i));
        let mut told = false;
        let mut given: Vec<(Course, Vec<&str>)> = Vec::new();
        // Those with directions first, so that those without fold into them.
        let mut order: Vec<usize> = group.clone();
        order.sort_by_key(|i| (directions(&uses[*i]).is_empty(), *i));
        for i in order {
            let said = (uses[i].course, directions(&uses[i]));
            keeps[i] = if is_only_told(&i) {
                !is_decided && !std::mem::replace(&mut told, true)
            } else {
                let repeats = |(course, words): &(Course, Vec<&str>)| {
                    *course == said.0 && (said.1.is_empty() || said.1.iter().eq(words.iter()))
                };
                !given.iter().any(repeats)
            };
            if keeps[i] {
                given.push(said);
            }
        }
    }
    uses.into_iter().zip(keeps).filter_map(|(medicine, keep)| keep.then_some(medicine)).collect()
}

/// The words of its directions.
fn directions<'u>(medicine: &'u MedicationUse<'_>) -> Vec<&'u str> {
    medicine.dosages.iter().filter_map(|d| d.text.as_ref()).map(|t| t.text()).collect()
}

/// What makes two names one medicine: the ingredients that the lexicon knows, else the words.
fn key(name: Option<&str>, lexicon: &Lexicon) -> Vec<String> {
    let Some(name) = name else { return Vec::new() };
    let mut found: Vec<String> = lexicon.medicines(name).iter().map(|hit| hit.words.name.to_string()).collect();
    if found.is_empty() {
        found.push(normalise(name));
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{self, medicine, mention, outline, words};
    use clinical_model::{EntryId, Stop};

    /// Directions, none, a stop and a mere mention in changing orders, far more of them than the first folding takes.
    #[test]
    fn folding_in_parts_is_folding_at_once() {
        let lines = [
            "Takes lisinopril 10 mg daily.",
            "Continue lisinopril.",
            "Stop metformin 500 mg.",
            "Metformin 500 mg twice daily.",
            "We spoke of aspirin.",
            "Start aspirin 81 mg daily.",
            "Takes atorvastatin.",
            "Atorvastatin 20 mg at night.",
        ];
        let mut text = String::from("MEDICATIONS\n");
        for i in 0..1400 {
            text.push_str(lines[(i * 5 + i / 8 * 3) % lines.len()]);
            text.push('\n');
        }
        let lexicon = Lexicon::english().unwrap();
        let tokens = words::tokens(&text);
        let outline = outline::read(&text, &tokens, lexicon, Stop::never());
        let mentions = mention::mentions(&text, &tokens, &outline, lexicon, Stop::never());
        let named = note::medicines(&text, &outline, &mentions);
        let entry_of = |sentence: usize| EntryId(u32::try_from(sentence).unwrap());
        let uses = medicine::uses(&text, &tokens, &outline, &named, &entry_of, lexicon);
        assert!(uses.len() > 2 * FIRST);
        let mut folding = Folding::default();
        for one in uses.clone() {
            folding.take(vec![one], lexicon);
        }
        assert_eq!(folding.finish(lexicon), fold(uses, lexicon));
    }
}

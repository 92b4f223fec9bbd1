//! One medicine that a note names several times.
//!
//! A list says "lisinopril 10 mg daily", the plan "continue lisinopril", the story "she takes her lisinopril". These
//! are one medicine and not three. What says something of its own stays: other directions, a stop, a hold.

use clinical_lexicon::{Lexicon, normalise};
use clinical_model::{Course, MedicationRemark, MedicationUse};
use std::collections::BTreeMap;

/// Leaves out what repeats. Two entries with directions that differ both stay, and the sheet says so.
pub(super) fn fold<'a>(uses: Vec<MedicationUse<'a>>, lexicon: &Lexicon) -> Vec<MedicationUse<'a>> {
    let keys: Vec<Vec<String>> = uses.iter().map(|u| key(u, lexicon)).collect();
    let mut groups: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for (i, name) in keys.iter().enumerate() {
        groups.entry(name).or_default().push(i);
    }
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
fn key(medicine: &MedicationUse<'_>, lexicon: &Lexicon) -> Vec<String> {
    let Some(name) = medicine.medicine.name() else { return Vec::new() };
    let mut found: Vec<String> = lexicon.medicines(name.text()).iter().map(|hit| hit.words.name.to_string()).collect();
    if found.is_empty() {
        found.push(normalise(name.text()));
    }
    found.sort_unstable();
    found
}

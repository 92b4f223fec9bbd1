//! Which lists of directions a word begins a phrase of: most words of a note begin none, and one look tells that of all
//! lists at once.

use crate::find::PlainTable;
use crate::{DosingWords, sig};
use std::collections::{BTreeMap, BTreeSet};

/// A list of words or phrases that directions are read with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each has the name of its list in DosingWords or SigWords")]
pub enum SigList {
    Ambiguous,
    Forms,
    Releases,
    Fillers,
    Alters,
    Subjects,
    NoReason,
    Reason,
    Supply,
    Layers,
    Sites,
    Continuing,
    StaffRoutes,
    StaffPlaces,
    StaffVerbs,
    OneTime,
    Before,
    After,
    Units,
    Ways,
    Periods,
    Adverbs,
    Numbers,
    Closing,
    Changing,
    AsNeeded,
    Maximum,
    Ends,
    Advice,
    Times,
    Counts,
    Schedules,
    Events,
    Days,
}

/// The lists of which a word begins a phrase, a bit for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Begins(u64);

impl Begins {
    /// None.
    pub const NONE: Self = Self(0);
    /// Perhaps all: nobody looked.
    pub const PERHAPS: Self = Self(u64::MAX);

    /// Whether a phrase of this list may begin with the word: never false of one that does.
    #[must_use]
    pub const fn may(self, list: SigList) -> bool {
        self.0 >> list as u64 & 1 == 1
    }
}

impl SigList {
    /// The phrases of a list of `sig.toml`, sorted; none for the other lists.
    #[must_use]
    pub const fn phrases(self) -> &'static [&'static str] {
        let sig = sig();
        match self {
            Self::Ambiguous => sig.ambiguous,
            Self::Forms => sig.forms,
            Self::Releases => sig.releases,
            Self::Fillers => sig.fillers,
            Self::Alters => sig.alters,
            Self::Subjects => sig.subjects,
            Self::NoReason => sig.no_reason,
            Self::Reason => sig.reason,
            Self::Supply => sig.supply,
            Self::Layers => sig.layers,
            Self::Sites => sig.sites,
            Self::Continuing => sig.continuing,
            Self::StaffRoutes => sig.staff_routes,
            Self::StaffPlaces => sig.staff_places,
            Self::StaffVerbs => sig.staff_verbs,
            Self::OneTime => sig.one_time,
            _ => &[],
        }
    }

    /// The phrases of a table of `sig.toml`, each with the place of its cue, sorted; none for the other lists.
    #[must_use]
    pub const fn cues(self) -> &'static [(&'static str, usize)] {
        match self {
            Self::Before => sig().before,
            Self::After => sig().after,
            _ => &[],
        }
    }

    const STATIC: [Self; 16] = [
        Self::Ambiguous,
        Self::Forms,
        Self::Releases,
        Self::Fillers,
        Self::Alters,
        Self::Subjects,
        Self::NoReason,
        Self::Reason,
        Self::Supply,
        Self::Layers,
        Self::Sites,
        Self::Continuing,
        Self::StaffRoutes,
        Self::StaffPlaces,
        Self::StaffVerbs,
        Self::OneTime,
    ];
    const SETS: [Self; 7] =
        [Self::Closing, Self::Changing, Self::AsNeeded, Self::Maximum, Self::Ends, Self::Advice, Self::Times];
    const MAPS: [Self; 6] = [Self::Periods, Self::Numbers, Self::Counts, Self::Schedules, Self::Events, Self::Days];
}

impl DosingWords {
    /// The phrases of a list of this file that say no more than that they stand in it.
    #[must_use]
    pub const fn phrases(&self, list: SigList) -> Option<&BTreeSet<String>> {
        match list {
            SigList::Closing => Some(&self.closing),
            SigList::Changing => Some(&self.text.changing),
            SigList::AsNeeded => Some(&self.text.as_needed),
            SigList::Maximum => Some(&self.text.maximum),
            SigList::Ends => Some(&self.text.ends),
            SigList::Advice => Some(&self.text.advice),
            SigList::Times => Some(&self.text.times),
            _ => None,
        }
    }

    /// The phrases of a list of this file, each with its code or number.
    #[must_use]
    pub const fn coded(&self, list: SigList) -> Option<&BTreeMap<String, String>> {
        match list {
            SigList::Periods => Some(&self.period_words),
            SigList::Numbers => Some(&self.text.numbers),
            SigList::Counts => Some(&self.text.counts),
            SigList::Schedules => Some(&self.text.schedules),
            SigList::Events => Some(&self.text.events),
            SigList::Days => Some(&self.text.days),
            _ => None,
        }
    }

    /// Every phrase with its list.
    fn every_phrase(&self) -> impl Iterator<Item = (&str, SigList)> {
        let fixed = SigList::STATIC.into_iter().flat_map(|list| list.phrases().iter().map(move |p| (*p, list)));
        let cues = [SigList::Before, SigList::After];
        let cues = cues.into_iter().flat_map(|list| list.cues().iter().map(move |(p, _)| (*p, list)));
        let sets = SigList::SETS.into_iter().filter_map(|list| Some((self.phrases(list)?, list)));
        let sets = sets.flat_map(|(set, list)| set.iter().map(move |p| (p.as_str(), list)));
        let maps = SigList::MAPS.into_iter().filter_map(|list| Some((self.coded(list)?, list)));
        let maps = maps.flat_map(|(map, list)| map.keys().map(move |p| (p.as_str(), list)));
        let units = self.units.keys().map(|p| (p.as_str(), SigList::Units));
        let ways = self.way_words.keys().map(|p| (p.as_str(), SigList::Ways));
        let adverbs = self.periods.values().filter_map(|p| Some((p.adverb.as_deref()?, SigList::Adverbs)));
        fixed.chain(cues).chain(sets).chain(maps).chain(units).chain(ways).chain(adverbs)
    }
}

/// What the first words of all phrases begin.
#[derive(Debug)]
pub(crate) struct FirstWords(PlainTable<Begins>);

impl FirstWords {
    pub(crate) fn new(dosing: &DosingWords) -> Self {
        let mut table = PlainTable::new(dosing.every_phrase().count(), Begins::NONE);
        for (phrase, list) in dosing.every_phrase() {
            if let Some(begins) = table.entry(phrase.split(' ').next().unwrap_or_default()) {
                begins.0 |= 1 << list as u64;
            }
        }
        Self(table)
    }

    /// What a word of small letters begins.
    pub(crate) fn begins(&self, word: &str) -> Begins {
        self.0.find(word, 0, word.len(), true).unwrap_or(Begins::PERHAPS)
    }
}

#[cfg(test)]
mod tests {
    use super::{Begins, SigList};
    use crate::Lexicon;

    #[test]
    fn no_phrase_is_missed_by_its_first_word() {
        let lexicon = Lexicon::english().unwrap();
        let mut lists = Vec::new();
        for (phrase, list) in lexicon.dosing().every_phrase() {
            let first = phrase.split(' ').next().unwrap();
            assert!(
                first.contains(|c: char| !c.is_alphabetic()) || lexicon.begins(first).may(list),
                "{phrase} {list:?}"
            );
            lists.push(list as u64);
        }
        lists.sort_unstable();
        lists.dedup();
        assert_eq!(lists, (0..=SigList::Days as u64).collect::<Vec<_>>(), "every list has phrases");
        for word in ["kidney", "swelling", "yesterday", "ankle", "lisinopril"] {
            assert_eq!(lexicon.begins(word), Begins::NONE, "{word}");
        }
        // What is not plain may begin anything.
        for word in ["don't", "d\u{e9}j\u{e0}", "\u{b5}", "otorhinolaryngologist"] {
            assert_eq!(lexicon.begins(word), Begins::PERHAPS, "{word}");
        }
    }
}

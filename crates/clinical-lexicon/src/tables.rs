//! The tables that the build script writes from the data files.

use crate::find::{
    CueEnd, CueMeans, CueRule, Endings, Index, Modifiers, NameEnd, SectionRule, Vocabulary, Ways, Words,
};
use crate::sections::HeadingRow;
use crate::sig::{AbbreviationWords, Cue, Said, SigWords};
use crate::{
    MedicineWords, NoteKind, SectionExamples, Standing, TermKind, TermWords, TestKind, TestWords, Texts, VaccineWords,
};

/// All words of one language.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(crate) version: &'static str,
    /// Fluent files by name.
    pub(crate) fluent: &'static [(&'static str, &'static str)],
    /// The words of directions: name of the file and its content.
    pub(crate) dosing: (&'static str, &'static str),
    /// The cues of notes: names of files and their contents.
    pub(crate) notes: &'static [(&'static str, &'static str)],
    pub(crate) terms: &'static [TermWords],
    pub(crate) medicines: &'static [MedicineWords],
    pub(crate) tests: &'static [TestWords],
    pub(crate) vaccines: &'static [VaccineWords],
    pub(crate) term_names: Index,
    pub(crate) snomed: Index,
    pub(crate) icd10: Index,
    /// Also holds the names of ingredients without words of their own; their places come after the last entry.
    pub(crate) medicine_names: Index,
    /// Places of ingredients, sorted, and the entry of the medicine that is exactly these.
    pub(crate) combinations: &'static [(&'static [u16], u16)],
    pub(crate) test_names: Index,
    pub(crate) loinc: Index,
    pub(crate) vaccine_names: Index,
    pub(crate) cvx: Index,
    pub(crate) term_modifiers: Modifiers,
    pub(crate) test_modifiers: Modifiers,
    pub(crate) vaccine_modifiers: Modifiers,
    pub(crate) salts: Index,
    /// Headings of notes and their places in `heading_rows`.
    pub(crate) headings: Index,
    pub(crate) heading_rows: &'static [HeadingRow],
    /// Headings inside sections and their places in `inside_rows`.
    pub(crate) inside: Index,
    pub(crate) inside_rows: &'static [&'static [NoteKind]],
    /// Words and the words that are written for them.
    pub(crate) heading_same: Index,
    pub(crate) heading_same_rows: &'static [&'static str],
    pub(crate) heading_before: Index,
    pub(crate) heading_after: Index,
    /// Every word of a heading, sorted.
    pub(crate) heading_vocabulary: &'static [&'static str],
    /// How notes are signed: phrases, farewells, degrees, words that no name is made of, words before a single letter.
    pub(crate) signatures: Index,
    pub(crate) farewells: Index,
    pub(crate) degrees: Index,
    pub(crate) no_names: Index,
    pub(crate) lettered: Index,
    pub(crate) abbreviations: Index,
    pub(crate) section_groups: Index,
    pub(crate) section_group_rows: &'static [&'static [&'static str]],
    pub(crate) section_endings: &'static [(&'static str, &'static str)],
    pub(crate) section_cue_kinds: &'static [NoteKind],
    pub(crate) section_cues: Index,
    pub(crate) section_cue_rows: &'static [&'static [(u8, i8)]],
    pub(crate) section_examples: &'static [SectionExamples],
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

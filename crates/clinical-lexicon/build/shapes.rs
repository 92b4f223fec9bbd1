//! The shapes of the data files. Positions are kept where a fault must say its line.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A text with its place in the file.
pub(super) type Placed = Spanned<String>;

/// Whether a term names a problem or something that is done. The names of the variants go into the code.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TermKind {
    Problem,
    Procedure,
}

/// What kind of test a test is. The names of the variants go into the code.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TestKind {
    Lab,
    Vital,
    Study,
    Score,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Term {
    pub(super) name: Placed,
    #[serde(default)]
    pub(super) also: Vec<Placed>,
    pub(super) plain: String,
    pub(super) explain: String,
    pub(super) kind: TermKind,
    #[serde(default)]
    pub(super) snomed: Vec<Placed>,
    #[serde(default)]
    pub(super) icd10: Vec<Placed>,
    #[serde(default)]
    pub(super) sensitive: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Medicine {
    pub(super) name: Placed,
    #[serde(default)]
    pub(super) also: Vec<Placed>,
    pub(super) used_for: String,
    #[serde(default)]
    pub(super) rxnorm: Vec<Placed>,
    #[serde(default)]
    pub(super) sensitive: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Test {
    pub(super) name: Placed,
    #[serde(default)]
    pub(super) also: Vec<Placed>,
    pub(super) plain: String,
    pub(super) explain: String,
    pub(super) kind: TestKind,
    #[serde(default)]
    pub(super) loinc: Vec<Placed>,
    #[serde(default)]
    pub(super) sensitive: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vaccine {
    pub(super) name: Placed,
    #[serde(default)]
    pub(super) also: Vec<Placed>,
    pub(super) plain: String,
    pub(super) explain: String,
    #[serde(default)]
    pub(super) cvx: Vec<Placed>,
}

/// Words that may stand beside a name without making it another thing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Modifier {
    pub(super) words: Placed,
    /// The explanation of the bare name must hold none of these, for it would be wrong beside the modifier.
    #[serde(default)]
    pub(super) unless: Vec<String>,
}

/// A file of entries.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct EntriesFile {
    pub(super) term: Vec<Term>,
    pub(super) medicine: Vec<Medicine>,
    pub(super) test: Vec<Test>,
    pub(super) vaccine: Vec<Vaccine>,
}

/// `modifiers.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModifiersFile {
    pub(super) not_medicines: Vec<Placed>,
    pub(super) salts: Vec<Placed>,
    pub(super) term: Vec<Modifier>,
    pub(super) test: Vec<Modifier>,
    pub(super) vaccine: Vec<Modifier>,
}

/// What a section is. The names of the variants go into the code.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub(super) enum NoteKind {
    ChiefComplaint,
    PresentIllness,
    PastMedical,
    PastSurgical,
    Gynecologic,
    Family,
    Social,
    Medications,
    Allergies,
    Immunizations,
    ReviewOfSystems,
    Vitals,
    Exam,
    Results,
    Imaging,
    Procedures,
    Course,
    Assessment,
    Diagnosis,
    Plan,
    AssessmentAndPlan,
    Disposition,
    Instructions,
    FollowUp,
    ReturnPrecautions,
    Other,
    Unstated,
}

/// One kind of section and its headings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionHeadings {
    pub(super) kind: NoteKind,
    pub(super) headings: Vec<Placed>,
    #[serde(default)]
    pub(super) words: Vec<Placed>,
    #[serde(default)]
    pub(super) letters: Vec<Placed>,
    #[serde(default)]
    pub(super) parts: Vec<Placed>,
    pub(super) matches: Vec<String>,
    pub(super) never: Vec<String>,
}

/// Headings that stay inside a section.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InsideHeadings {
    pub(super) kind: NoteKind,
    pub(super) names: Vec<Placed>,
}

/// Abbreviations whose point ends no sentence.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Abbreviations {
    pub(super) titles: Vec<Placed>,
    pub(super) numbered: Vec<Placed>,
    pub(super) ending: Vec<Placed>,
}

/// How notes are signed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Closing {
    pub(super) signatures: Vec<Placed>,
    pub(super) farewells: Vec<Placed>,
    pub(super) degrees: Vec<Placed>,
    pub(super) no_names: Vec<Placed>,
    pub(super) lettered: Vec<Placed>,
}

/// `section_cues.toml`: for each feature the weights of the kinds that it speaks for or against.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CuesFile {
    pub(super) kinds: Vec<NoteKind>,
    pub(super) cues: BTreeMap<String, BTreeMap<NoteKind, i8>>,
}

/// `section_groups.toml`: for each group its words, and for each kind of name how such names end.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupsFile {
    pub(super) class: BTreeMap<String, Vec<Placed>>,
    pub(super) speech: BTreeMap<String, Vec<Placed>>,
    pub(super) ending: BTreeMap<String, Vec<Placed>>,
}

/// `sections.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionsFile {
    pub(super) after: Vec<Placed>,
    pub(super) before: Vec<Placed>,
    pub(super) same: BTreeMap<String, String>,
    pub(super) section: Vec<SectionHeadings>,
    pub(super) inside: Vec<InsideHeadings>,
    pub(super) abbreviations: Abbreviations,
    #[serde(default)]
    pub(super) closing: Closing,
}

/// What the entries have in common.
pub(super) trait Entry {
    fn name(&self) -> &Placed;
    fn also(&self) -> &[Placed];
    /// Its codes, each list with the name of its system.
    fn codes(&self) -> Vec<(&'static str, &[Placed])>;
}

macro_rules! entry {
    ($type:ident, $($system:ident)*) => {
        impl Entry for $type {
            fn name(&self) -> &Placed {
                &self.name
            }
            fn also(&self) -> &[Placed] {
                &self.also
            }
            fn codes(&self) -> Vec<(&'static str, &[Placed])> {
                vec![$((stringify!($system), self.$system.as_slice())),*]
            }
        }
    };
}

entry!(Term, snomed icd10);
entry!(Medicine, rxnorm);
entry!(Test, loinc);
entry!(Vaccine, cvx);

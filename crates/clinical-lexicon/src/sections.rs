//! The headings of notes, and the abbreviations whose point ends no sentence.

use crate::{Lexicon, Stands};
use clinical_model::SectionKind;

/// What a section of a note is, finer than [`SectionKind`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NoteKind {
    /// Chief complaint, reason for visit.
    ChiefComplaint,
    /// History of present illness, subjective, interval history.
    PresentIllness,
    /// Past medical history, problem list.
    PastMedical,
    /// Past surgical history.
    PastSurgical,
    /// Obstetric and gynecologic history.
    Gynecologic,
    /// Family history.
    Family,
    /// Social history.
    Social,
    /// Medicines.
    Medications,
    /// Allergies.
    Allergies,
    /// Vaccines.
    Immunizations,
    /// Review of systems.
    ReviewOfSystems,
    /// Vital signs.
    Vitals,
    /// Physical examination.
    Exam,
    /// Laboratory results, results of all kinds.
    Results,
    /// Imaging.
    Imaging,
    /// Procedures.
    Procedures,
    /// Hospital or emergency department course.
    Course,
    /// Assessment, impression.
    Assessment,
    /// Diagnoses.
    Diagnosis,
    /// Plan.
    Plan,
    /// Assessment and plan in one.
    AssessmentAndPlan,
    /// Where the patient goes.
    Disposition,
    /// Instructions for the patient.
    Instructions,
    /// When to come back.
    FollowUp,
    /// When to get help.
    ReturnPrecautions,
    /// A section with another heading.
    Other,
    /// Text before the first heading, of which nothing tells what it is.
    Unstated,
}

impl NoteKind {
    /// The section of the record that it is.
    #[must_use]
    pub const fn section(self) -> SectionKind {
        match self {
            Self::ChiefComplaint => SectionKind::Reason,
            Self::PresentIllness
            | Self::PastMedical
            | Self::PastSurgical
            | Self::Gynecologic
            | Self::ReviewOfSystems
            | Self::Exam => SectionKind::History,
            Self::Family => SectionKind::Family,
            Self::Social => SectionKind::Social,
            Self::Medications => SectionKind::Medicines,
            Self::Allergies => SectionKind::Allergies,
            Self::Immunizations => SectionKind::Vaccines,
            Self::Vitals | Self::Results | Self::Imaging => SectionKind::Results,
            Self::Procedures => SectionKind::Procedures,
            Self::Course | Self::Assessment => SectionKind::Findings,
            Self::Diagnosis => SectionKind::Problems,
            Self::Plan | Self::AssessmentAndPlan | Self::Disposition => SectionKind::Plan,
            Self::Instructions => SectionKind::Instructions,
            Self::FollowUp => SectionKind::FollowUp,
            Self::ReturnPrecautions => SectionKind::ReturnPrecautions,
            Self::Other | Self::Unstated => SectionKind::Other,
        }
    }

    /// A stable name for machines (`chief-complaint` …).
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ChiefComplaint => "chief-complaint",
            Self::PresentIllness => "present-illness",
            Self::PastMedical => "past-medical",
            Self::PastSurgical => "past-surgical",
            Self::Gynecologic => "gynecologic",
            Self::Family => "family",
            Self::Social => "social",
            Self::Medications => "medications",
            Self::Allergies => "allergies",
            Self::Immunizations => "immunizations",
            Self::ReviewOfSystems => "review-of-systems",
            Self::Vitals => "vitals",
            Self::Exam => "exam",
            Self::Results => "results",
            Self::Imaging => "imaging",
            Self::Procedures => "procedures",
            Self::Course => "course",
            Self::Assessment => "assessment",
            Self::Diagnosis => "diagnosis",
            Self::Plan => "plan",
            Self::AssessmentAndPlan => "assessment-and-plan",
            Self::Disposition => "disposition",
            Self::Instructions => "instructions",
            Self::FollowUp => "follow-up",
            Self::ReturnPrecautions => "return-precautions",
            Self::Other => "other",
            Self::Unstated => "unstated",
        }
    }
}

/// How sure it is that a name is a heading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Wherever a heading can stand.
    Heading,
    /// An ordinary word too.
    Word,
    /// A single letter.
    Letter,
    /// Only inside another history.
    Part,
}

/// What a point behind an abbreviation is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Abbreviation {
    /// Never the end of a sentence.
    Title,
    /// No end before a number.
    Numbered,
    /// No end before a small letter or a number.
    Ending,
    /// Both of the last two: what stands before a number, and at the end of a sentence.
    Both,
}

/// The examples of one kind of section.
#[derive(Clone, Copy, Debug)]
pub struct SectionExamples {
    /// The kind.
    pub kind: NoteKind,
    /// Notes with such a section.
    pub matches: &'static [&'static str],
    /// Notes without.
    pub never: &'static [&'static str],
}

/// One kind that headings name, and how sure they do.
pub(crate) type HeadingRow = (NoteKind, Standing);

impl Lexicon {
    /// What a heading names. The key is lower case, its words the common ones ([`Self::heading_word`]), "&" is "and",
    /// other marks are spaces.
    #[must_use]
    pub fn heading(&self, key: &str) -> Option<(NoteKind, Standing)> {
        let tables = self.tables();
        tables.headings.get(key).and_then(|i| tables.heading_rows.get(i)).copied()
    }

    /// The kinds of sections that this is a heading inside of.
    #[must_use]
    pub fn inside(&self, key: &str) -> &'static [NoteKind] {
        let tables = self.tables();
        tables.inside.get(key).and_then(|i| tables.inside_rows.get(i)).copied().unwrap_or_default()
    }

    /// The word that is written for this one in headings ("hx": "history").
    #[must_use]
    pub fn heading_word(&self, word: &str) -> Option<&'static str> {
        let tables = self.tables();
        tables.heading_same.get(word).and_then(|i| tables.heading_same_rows.get(i)).copied()
    }

    /// Words before a heading that change nothing of it.
    #[must_use]
    pub fn is_before_heading(&self, key: &str) -> bool {
        self.tables().heading_before.get(key).is_some()
    }

    /// Words behind a heading that change nothing of it.
    #[must_use]
    pub fn is_after_heading(&self, key: &str) -> bool {
        self.tables().heading_after.get(key).is_some()
    }

    /// Whether headings hold this word.
    #[must_use]
    pub fn is_heading_word(&self, word: &str) -> bool {
        self.tables().heading_vocabulary.binary_search(&word).is_ok()
    }

    /// The word of headings that this one is a slip of: one letter too many, too few, another, or two changed over.
    /// Only words of six letters and more, the first of which is right; `None` where two words come as near.
    #[must_use]
    pub fn heading_spelling(&self, word: &str) -> Option<&'static str> {
        let first = word.bytes().next()?;
        if word.len() < 6 || word.len() > 24 || !word.is_ascii() {
            return None;
        }
        let words = self.tables().heading_vocabulary;
        let from = words.partition_point(|w| w.bytes().next() < Some(first));
        let mut near = words.get(from..)?.iter().take_while(|w| w.bytes().next() == Some(first));
        let mut found = near.by_ref().filter(|w| w.len() >= 6 && one_slip(w.as_bytes(), word.as_bytes()));
        match (found.next(), found.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// Whether a line that begins with these words signs a note, wherever it stands. Lower case, as all of these.
    #[must_use]
    pub fn signature(&self, phrase: &str) -> Stands {
        self.tables().signatures.stands(phrase)
    }

    /// Whether a line at the end of a note that begins with these words takes leave.
    #[must_use]
    pub fn farewell(&self, phrase: &str) -> Stands {
        self.tables().farewells.stands(phrase)
    }

    /// Whether this stands behind the name of who signs ("MD").
    #[must_use]
    pub fn is_degree(&self, word: &str) -> bool {
        self.tables().degrees.get(word).is_some()
    }

    /// Whether a line with this word before a degree is more than a name ("Call J. Smith, MD").
    #[must_use]
    pub fn is_no_name(&self, word: &str) -> bool {
        self.tables().no_names.get(word).is_some()
    }

    /// Whether a single letter behind this word is its own and no initial ("vitamin D").
    #[must_use]
    pub fn is_lettered(&self, word: &str) -> bool {
        self.tables().lettered.get(word).is_some()
    }

    /// What a point behind this word is; the word is lower case.
    #[must_use]
    pub fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        match self.tables().abbreviations.get(word)? {
            0 => Some(Abbreviation::Title),
            1 => Some(Abbreviation::Numbered),
            2 => Some(Abbreviation::Ending),
            _ => Some(Abbreviation::Both),
        }
    }

    /// The kinds that the weights of [`Self::section_cues`] are for.
    #[must_use]
    pub fn section_cue_kinds(&self) -> &'static [NoteKind] {
        self.tables().section_cue_kinds
    }

    /// How much a feature of a text speaks for each kind of section: places in [`Self::section_cue_kinds`] and weights
    /// in tenths.
    #[must_use]
    pub fn section_cues(&self, feature: &str) -> Option<&'static [(u8, i8)]> {
        let tables = self.tables();
        tables.section_cues.get(feature).and_then(|i| tables.section_cue_rows.get(i)).copied()
    }

    /// The groups that a word in lower case belongs to, as the keys of [`Self::section_cues`] name them: by its ending,
    /// by what it is, by what it does in a sentence.
    pub fn section_groups(&self, word: &str) -> impl Iterator<Item = &'static str> + use<> {
        let tables = self.tables();
        let ends = |end: &str| word.len() > end.len() + 2 && word.ends_with(end);
        let ending = tables.section_endings.iter().find(|(end, _)| ends(end)).map(|(_, group)| *group);
        let row = tables.section_groups.get(word).and_then(|i| tables.section_group_rows.get(i)).copied();
        ending.into_iter().chain(row.unwrap_or_default().iter().copied())
    }

    /// The examples of the headings, for the tests that run them.
    #[must_use]
    pub fn section_examples(&self) -> &'static [SectionExamples] {
        self.tables().section_examples
    }
}

/// Whether one slip makes one of the other.
fn one_slip(a: &[u8], b: &[u8]) -> bool {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[same..], &b[same..]);
    match (x, y) {
        ([_, x @ ..], [_, y @ ..]) if x == y => true,
        ([p, q, x @ ..], [r, s, y @ ..]) if p == s && q == r && x == y => true,
        ([_, x @ ..], y) if x == y => true,
        (x, [_, y @ ..]) if x == y => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Abbreviation, NoteKind, Standing, one_slip};
    use crate::Lexicon;

    #[test]
    fn one_slip_is_one() {
        for word in ["medicatons", "medicattions", "medicaitons", "medicatiens"] {
            assert!(one_slip(b"medications", word.as_bytes()), "{word}");
        }
        for word in ["medicaton", "mediactoins", "dedicatiens"] {
            assert!(!one_slip(b"medications", word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn headings_are_found_by_their_common_words() {
        let lexicon = Lexicon::english().unwrap();
        assert_eq!(lexicon.heading_word("hx"), Some("history"));
        assert_eq!(lexicon.heading("past medical history"), Some((NoteKind::PastMedical, Standing::Heading)));
        assert_eq!(lexicon.heading("medications"), Some((NoteKind::Medications, Standing::Word)));
        assert_eq!(lexicon.heading("weather"), None);
        assert!(lexicon.inside("heent").contains(&NoteKind::Exam));
        assert_eq!(lexicon.heading_spelling("allergeis"), Some("allergies"));
        assert_eq!(lexicon.heading_spelling("plon"), None);
        assert_eq!(lexicon.abbreviation("dr"), Some(Abbreviation::Title));
        assert_eq!(lexicon.abbreviation("fever"), None);
    }
}

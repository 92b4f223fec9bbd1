//! The entries: what the data files say about one problem, medicine, test or vaccine.

/// Names or codes that stand in the program as one text, a line for each. Tens of thousands of places of their own would
/// each have to be put right when the program starts, and stand in the memory of every process.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Texts(&'static str);

impl Texts {
    /// The lines of a text.
    pub(crate) const fn lines(text: &'static str) -> Self {
        Self(text)
    }

    /// The first, where there is any.
    #[must_use]
    pub fn first(self) -> Option<&'static str> {
        self.iter().next()
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = &'static str> + Clone {
        self.0.split('\n').filter(|text| !text.is_empty())
    }
}

/// Whether a term names a problem or something that is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TermKind {
    /// A problem, finding or symptom.
    Problem,
    /// A procedure or kind of visit.
    Procedure,
}

/// What kind of test a test is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TestKind {
    /// Laboratory.
    Lab,
    /// Vital sign or body measure.
    Vital,
    /// Imaging or function study.
    Study,
    /// Questionnaire or score.
    Score,
}

/// A problem or procedure in plain words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TermWords {
    /// Its clinical name.
    pub name: &'static str,
    /// Other wordings that mean the same.
    pub also: Texts,
    /// A short everyday name.
    pub plain: &'static str,
    /// One sentence.
    pub explain: &'static str,
    /// Problem or procedure.
    pub kind: TermKind,
    /// SNOMED CT codes.
    pub snomed: Texts,
    /// ICD-10-CM codes.
    pub icd10: Texts,
    /// Whether a line about it, on a sheet that others at home may read, could put the person in danger.
    pub sensitive: bool,
}

/// What a medicine is often used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MedicineWords {
    /// The ingredient, without its salt.
    pub name: &'static str,
    /// Salts, brands, names in other countries.
    pub also: Texts,
    /// Completes "Often used for …".
    pub used_for: &'static str,
    /// RxNorm codes of the ingredient.
    pub rxnorm: Texts,
    /// Whether saying what it is often used for, on such a sheet, could put the person in danger.
    pub sensitive: bool,
}

/// A test or vital sign in plain words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TestWords {
    /// Its usual name.
    pub name: &'static str,
    /// Other names for it.
    pub also: Texts,
    /// A short everyday name.
    pub plain: &'static str,
    /// One sentence: what it shows.
    pub explain: &'static str,
    /// Which kind.
    pub kind: TestKind,
    /// LOINC codes.
    pub loinc: Texts,
    /// Whether a line about it, on such a sheet, could put the person in danger.
    pub sensitive: bool,
}

/// A vaccine in plain words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VaccineWords {
    /// Its name in records.
    pub name: &'static str,
    /// Other names for it.
    pub also: Texts,
    /// A short everyday name.
    pub plain: &'static str,
    /// One sentence.
    pub explain: &'static str,
    /// CVX codes.
    pub cvx: Texts,
}

//! The entries: what the data files say about one problem, medicine, test or vaccine.

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
    pub also: &'static [&'static str],
    /// A short everyday name.
    pub plain: &'static str,
    /// One sentence.
    pub explain: &'static str,
    /// Problem or procedure.
    pub kind: TermKind,
    /// SNOMED CT codes.
    pub snomed: &'static [&'static str],
    /// ICD-10-CM codes.
    pub icd10: &'static [&'static str],
    /// Whether a line about it, on a sheet that others at home may read, could put the person in danger.
    pub sensitive: bool,
}

/// What a medicine is often used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MedicineWords {
    /// The ingredient, without its salt.
    pub name: &'static str,
    /// Salts, brands, names in other countries.
    pub also: &'static [&'static str],
    /// Completes "Often used for …".
    pub used_for: &'static str,
    /// RxNorm codes of the ingredient.
    pub rxnorm: &'static [&'static str],
    /// Whether saying what it is often used for, on such a sheet, could put the person in danger.
    pub sensitive: bool,
}

/// A test or vital sign in plain words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TestWords {
    /// Its usual name.
    pub name: &'static str,
    /// Other names for it.
    pub also: &'static [&'static str],
    /// A short everyday name.
    pub plain: &'static str,
    /// One sentence: what it shows.
    pub explain: &'static str,
    /// Which kind.
    pub kind: TestKind,
    /// LOINC codes.
    pub loinc: &'static [&'static str],
    /// Whether a line about it, on such a sheet, could put the person in danger.
    pub sensitive: bool,
}

/// A vaccine in plain words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VaccineWords {
    /// Its name in records.
    pub name: &'static str,
    /// Other names for it.
    pub also: &'static [&'static str],
    /// A short everyday name.
    pub plain: &'static str,
    /// One sentence.
    pub explain: &'static str,
    /// CVX codes.
    pub cvx: &'static [&'static str],
}

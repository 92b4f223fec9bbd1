//! Tests, vital signs and vaccines.

use crate::tables::Tables;
use crate::{Lexicon, TestWords, VaccineWords, normalise};
use clinical_model::{CodeSystem, Concept};

impl Lexicon {
    /// The words for a test or vital sign: by LOINC code, then by its wordings.
    #[must_use]
    pub fn test(&self, concept: &Concept<'_>) -> Option<&'static TestWords> {
        let tables = self.tables();
        concept
            .codes(CodeSystem::Loinc)
            .find_map(|code| tables.loinc.get(code.trim()))
            .or_else(|| concept.wordings().find_map(|w| test_named(tables, w.text())))
            .map(|i| &tables.tests[i])
    }

    /// The words for a vaccine: by CVX code, then by its wordings.
    #[must_use]
    pub fn vaccine(&self, concept: &Concept<'_>) -> Option<&'static VaccineWords> {
        let tables = self.tables();
        concept
            .codes(CodeSystem::Cvx)
            .find_map(|code| tables.cvx.get(code.trim().trim_start_matches('0')))
            .or_else(|| concept.wordings().find_map(|w| vaccine_named(tables, w.text())))
            .map(|i| &tables.vaccines[i])
    }
}

/// As it stands; without words that change nothing ("in Serum or Plasma", where the explanation speaks of no other
/// fluid); or as a LOINC long name, "Glucose \[Mass/volume\] in Blood by Automated count", without property and method.
fn test_named(tables: &Tables, wording: &str) -> Option<usize> {
    let by_name = |name: &str| {
        tables
            .test_names
            .get(name)
            .or_else(|| tables.test_modifiers.find(name, &tables.test_names, |i| tables.tests[i].explain))
    };
    by_name(&normalise(wording)).or_else(|| {
        let (component, rest) = wording.split_once('[')?;
        let (_property, rest) = rest.split_once(']')?;
        let system = rest.split_once(" by ").map_or(rest, |(system, _method)| system);
        by_name(&normalise(&format!("{component}{system}")))
    })
}

fn vaccine_named(tables: &Tables, wording: &str) -> Option<usize> {
    let name = normalise(wording);
    tables
        .vaccine_names
        .get(&name)
        .or_else(|| tables.vaccine_modifiers.find(&name, &tables.vaccine_names, |i| tables.vaccines[i].explain))
}

//! The committed table is what the generator writes. Needs the two packs in the folder that `NOTES_FHIR_PACKS` names.
#![allow(clippy::disallowed_methods, reason = "where the packs are is told by the environment")]

use std::path::PathBuf;

#[test]
fn the_table_is_what_the_packs_say() {
    let Some(packs) = std::env::var_os("NOTES_FHIR_PACKS").map(PathBuf::from) else {
        eprintln!("not run: NOTES_FHIR_PACKS does not name the folder of the packs");
        return;
    };
    let written = fhir_tables::generate(&packs.join("fhir_schemas_r4.json.gz"), &packs.join("terminology_r4.json.gz"))
        .expect("the packs are readable");
    let committed = include_str!("../../../crates/clinical-validate/data/r4.tables");
    let different = written.lines().zip(committed.lines()).position(|(a, b)| a != b);
    assert_eq!(different, None, "the first line that differs, from zero");
    assert_eq!(written.len(), committed.len());
}

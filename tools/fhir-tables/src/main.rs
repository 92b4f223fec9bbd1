//! Writes the table of FHIR R4 definitions that clinical-validate carries.
//!
//! `cargo run --release -- SCHEMAS.json.gz TERMINOLOGY.json.gz > ../../crates/clinical-validate/data/r4.tables`
//! where the two packs are those of the crate
//! helios-fhir-validator 0.2.7 (see the README beside this).
#![allow(clippy::disallowed_methods, reason = "a generator writes what it was asked for")]

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [schemas, terminology] = arguments.as_slice() else {
        eprintln!("usage: fhir-tables SCHEMAS.json.gz TERMINOLOGY.json.gz > r4.tables");
        return ExitCode::from(64);
    };
    let table = match fhir_tables::generate(schemas.as_ref(), terminology.as_ref()) {
        Ok(table) => table,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    match std::io::stdout().write_all(table.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

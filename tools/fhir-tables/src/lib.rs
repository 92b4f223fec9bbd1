//! The R4 definitions of two packs of the crate helios-fhir-validator, as one text of lines.
//!
//! The format is told in `crates/clinical-validate/data/README.md`; what the packs leave out is in [`byhand`].
#![allow(clippy::disallowed_methods, reason = "a generator reads the files it is given")]

mod bindings;
mod byhand;
mod extensions;
mod types;

use flate2::read::GzDecoder;
use serde_json::Value;
use std::error::Error;
use std::fmt::Write;
use std::io::Read;
use std::path::Path;

/// Anything that goes wrong: the program stops at it.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

const STRUCTURE: &str = "http://hl7.org/fhir/StructureDefinition/";

/// The table made from the two packs.
pub fn generate(schemas: &Path, terminology: &Path) -> Result<String> {
    let schemas = unpack(schemas)?;
    let terminology = unpack(terminology)?;
    let schemas = schemas.as_array().ok_or("the schemas are not an array")?;
    let mut sets = bindings::Sets::new(&terminology)?;
    let mut constraints = types::Constraints::default();
    let mut kinds = String::new();
    types::write_all(schemas, &mut sets, &mut constraints, &mut kinds)?;
    let mut others = String::new();
    extensions::write_all(schemas, &mut sets, &mut others)?;
    profiles(schemas, &mut others)?;
    let mut table = String::from("fhir\t4.0.1\t1\n");
    sets.write(&mut table)?;
    constraints.write(&mut table)?;
    table.push_str(&kinds);
    table.push_str(&others);
    Ok(table)
}

/// The urls of the profiles that the specification itself defines, with the type each constrains.
fn profiles(schemas: &[Value], out: &mut String) -> Result<()> {
    let mut lines = Vec::new();
    for schema in schemas {
        if text(schema, "derivation") == "constraint" && text(schema, "kind") != "extension" {
            lines.push(format!("R\t{}\t{}\n", text(schema, "url"), text(schema, "type")));
        }
    }
    lines.sort();
    for line in lines {
        write!(out, "{line}")?;
    }
    Ok(())
}

fn unpack(path: &Path) -> Result<Value> {
    let mut bytes = Vec::new();
    GzDecoder::new(std::fs::File::open(path)?).read_to_end(&mut bytes)?;
    Ok(serde_json::from_slice(&bytes)?)
}

/// A member that is a string, or nothing.
fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A field must not hold what separates fields.
fn field(text: &str) -> Result<&str> {
    if text.contains(['\t', '\n', '\r']) {
        return Err(format!("a tab or line end in a field: {text}").into());
    }
    Ok(text)
}

/// `http://hl7.org/fhir/StructureDefinition/Patient` is `Patient`.
fn last(url: &str) -> &str {
    url.strip_prefix(STRUCTURE).unwrap_or(url)
}

//! Writes mutants as files, for another validator to be measured with:
//! `cargo run --release -p clinical-validate --example mutants -- OUT [--seed N] [--each N] [--of-a-kind N] [DIR…]`
//!
//! `OUT/expected.json` says of each its kind, what it was made from and where an error is right, in the form of the
//! reference validator's outcomes. The undamaged examples are written too, and those that were
//! changed without harm, as valid ones.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a program that writes files")]

#[path = "../tests/mutants/generator/mod.rs"]
mod generator;

use generator::facts::Facts;
use generator::harmless::variants;
use generator::json::Json;
use generator::score::{false_alarms, outcome, tally};
use generator::{Amount, examples, mutants, own_examples};
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut amount = Amount { seed: 1, each: 1, of_a_kind: 12 };
    let (mut out, mut folders) = (None, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().unwrap_or_default().parse::<u64>();
        match argument.as_str() {
            "--seed" => amount.seed = number()?,
            "--each" => amount.each = usize::try_from(number()?)?,
            "--of-a-kind" => amount.of_a_kind = usize::try_from(number()?)?,
            path if out.is_none() => out = Some(PathBuf::from(path)),
            path => folders.push(PathBuf::from(path)),
        }
    }
    let out = out.ok_or("where to?")?;
    std::fs::create_dir_all(&out)?;
    let mut valid = Vec::new();
    for folder in &folders {
        valid.extend(examples(folder)?);
    }
    if folders.is_empty() {
        valid = own_examples()?;
    }
    let mut expected = Vec::new();
    for example in &valid {
        std::fs::write(out.join(&example.name), &example.text)?;
        expected.push(entry(&example.name, "", &example.name, None));
    }
    let facts = Facts::r4();
    for (number, variant) in variants(&valid, &facts, amount).iter().enumerate() {
        let name = format!("harmless-{number:05}.json");
        std::fs::write(out.join(&name), &variant.text)?;
        expected.push(entry(&name, variant.kind, &format!("{} at {}", variant.from, variant.at), None));
    }
    let made = mutants(&valid, &facts, amount);
    for (number, mutant) in made.iter().enumerate() {
        let name = format!("mutant-{number:05}.json");
        std::fs::write(out.join(&name), &mutant.text)?;
        expected.push(entry(&name, mutant.kind, &mutant.from, Some(&mutant.places)));
    }
    std::fs::write(out.join("expected.json"), Json::List(expected).write())?;
    let outcomes: Vec<_> = made.iter().map(|mutant| (mutant, outcome(mutant))).collect();
    let found: usize = tally(&outcomes).values().map(|t| t.found).sum();
    println!(
        "{} valid, {} of them called wrong; {} mutants, {found} found",
        valid.len(),
        false_alarms(&valid).len(),
        made.len()
    );
    Ok(())
}

fn entry(case: &str, kind: &str, from: &str, places: Option<&Vec<String>>) -> Json {
    let texts = |list: &Vec<String>| Json::List(list.iter().map(|p| Json::text(p)).collect());
    let error = |places| {
        let members = [("code", Json::text("invalid")), ("expression", texts(places)), ("text", Json::text(kind))];
        let members = members.into_iter().chain([("offline", Json::Bool(true))]);
        Json::Object(members.map(|(n, v)| (n.to_owned(), v)).collect())
    };
    let members = [
        ("case", Json::text(case)),
        ("kind", Json::text(kind)),
        ("from", Json::text(from)),
        ("valid", Json::Bool(places.is_none())),
        ("errors", Json::List(places.into_iter().map(error).collect())),
    ];
    Json::Object(members.into_iter().map(|(n, v)| (n.to_owned(), v)).collect())
}

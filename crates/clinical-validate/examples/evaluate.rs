//! How much damage the validator finds:
//! `cargo run --release -p clinical-validate --example evaluate -- [--seed N] [--each N] [--of-a-kind N] [--show KIND] [--speed] [DIR…]`
//!
//! Damages the valid examples of the folders (our own where none is given) in every way the generator knows and prints
//! for each kind how many were found and at a right place, and which of the undamaged examples, and of the examples
//! changed without harm, are called wrong.
//! With `--speed` it says instead how many of the examples are validated in each second of processor time, warm.
//! Goals: 99.5 % found, 95 % at a right place, no false alarm; exit code 1 where one is missed.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a measuring program reads files and prints")]

#[path = "../tests/mutants/generator/mod.rs"]
mod generator;

use generator::facts::Facts;
use generator::harmless::{Variant, variants};
use generator::score::{Outcome, complaints, false_alarms, outcome, tally};
use generator::{Amount, Example, examples, mutants, own_examples};
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut amount = Amount { seed: 1, each: 2, of_a_kind: 200 };
    let (mut show, mut is_speed, mut folders) = (None, false, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().unwrap_or_default().parse::<u64>();
        match argument.as_str() {
            "--seed" => amount.seed = number()?,
            "--each" => amount.each = usize::try_from(number()?)?,
            "--of-a-kind" => amount.of_a_kind = usize::try_from(number()?)?,
            "--speed" => is_speed = true,
            "--show" => show = arguments.next(),
            folder => folders.push(PathBuf::from(folder)),
        }
    }
    let facts = Facts::r4();
    let mut valid = Vec::new();
    for folder in &folders {
        valid.extend(examples(folder)?);
    }
    if folders.is_empty() {
        valid = own_examples()?;
    }
    if is_speed {
        return speed(&valid);
    }
    let alarms = false_alarms(&valid);
    for (name, places) in &alarms {
        let more = if places.len() > 4 { format!(" and {} more", places.len() - 4) } else { String::new() };
        println!("false alarm: {name} at {}{more}", places[..places.len().min(4)].join(", "));
    }
    // What the validator calls wrong as it stands cannot show that damage was found.
    valid.retain(|example| alarms.iter().all(|(name, _)| *name != example.name));
    let variants = variants(&valid, &facts, Amount { each: amount.each.min(3), ..amount });
    let mut harmed = 0;
    for variant in &variants {
        let complaints = complaints(variant.text.as_bytes());
        if !complaints.is_empty() {
            harmed += 1;
            let Variant { kind, from, at, .. } = variant;
            println!("harmless: {kind}, {from}, {at}: {}", complaints.join(", "));
        }
    }

    let mutants = mutants(&valid, &facts, amount);
    let outcomes: Vec<_> = mutants.iter().map(|mutant| (mutant, outcome(mutant))).collect();
    for (mutant, outcome) in outcomes.iter().filter(|(m, _)| show.as_ref().is_some_and(|s| *s == m.kind || s == "all"))
    {
        match outcome {
            Outcome::Right => {}
            Outcome::Missed => println!("missed: {}, {}, {:?}", mutant.kind, mutant.from, mutant.places),
            Outcome::Elsewhere(at) => {
                println!("elsewhere: {}, {}, {:?} but {at:?}", mutant.kind, mutant.from, mutant.places)
            }
        }
    }
    let (mut made, mut found, mut right) = (0, 0, 0);
    for (kind, tally) in tally(&outcomes) {
        made += tally.made;
        found += tally.found;
        right += tally.right_place;
        let mark = if tally.right_place == tally.made { "" } else { " <" };
        println!(
            "{kind:44} {:5} made {:5} found {:5} at a right place{mark}",
            tally.made, tally.found, tally.right_place
        );
    }
    let share = |part: usize| 100.0 * part as f64 / made.max(1) as f64;
    println!("{} examples, {} false alarms", valid.len() + alarms.len(), alarms.len());
    println!("{} harmless changes, {harmed} of them called wrong", variants.len());
    println!("{made} mutants: {found} found ({:.2} %), {right} at a right place ({:.2} %)", share(found), share(right));
    let is_good = alarms.is_empty() && harmed == 0 && found * 1000 >= made * 995 && right * 100 >= made * 95;
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn speed(valid: &[Example]) -> Result<ExitCode, Box<dyn Error>> {
    const ROUNDS: usize = 20;
    let round = || valid.iter().filter(|example| complaints(&example.text).is_empty()).count();
    round();
    // Time on a processor: other programs may run beside this one.
    let spent = || -> Result<f64, Box<dyn Error>> {
        let text = std::fs::read_to_string("/proc/self/schedstat")?;
        Ok(text.split(' ').next().unwrap_or_default().parse::<f64>()? / 1e9)
    };
    let before = spent()?;
    let good: usize = (0..ROUNDS).map(|_| round()).sum();
    let took = spent()? - before;
    println!("{:.0} examples for each second of processor time ({good})", (ROUNDS * valid.len()) as f64 / took);
    Ok(ExitCode::SUCCESS)
}

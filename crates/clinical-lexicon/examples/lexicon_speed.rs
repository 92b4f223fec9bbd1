//! What the lexicon costs: making it, and one look-up of each kind.
//!
//! `cargo run --release -p clinical-lexicon --example lexicon_speed`
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program that measures and prints")]

use clinical_lexicon::{Lexicon, Readability, normalise};
use clinical_model::{CodeSystem, Coding, Concept, Source, Verbatim};
use std::hint::black_box;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let lexicon = Lexicon::english()?;
    println!(
        "english(): {:.3} ms, {:?}, version {}",
        start.elapsed().as_secs_f64() * 1e3,
        lexicon.counts(),
        lexicon.version()
    );
    let verbatim = |s: &str| Some(Verbatim::new(s.to_owned().into(), Source::new(0, 0)));
    let coded = Concept {
        text: None,
        codings: vec![Coding { system: CodeSystem::Snomed, code: verbatim("38341003"), display: None }],
    };
    measure("term by code", || lexicon.term(&coded).is_some());
    measure("normalise", || normalise("Viral sinusitis (disorder)").len());
    measure("term by name", || lexicon.term_named("Viral sinusitis (disorder)").is_some());
    measure("term without modifiers", || lexicon.term_named("Chronic left knee pain, unspecified").is_some());
    measure("term not found", || lexicon.term_named("Received higher education (finding)").is_some());
    measure("medicine", || {
        lexicon.medicines("24 HR metoprolol succinate 100 MG Extended Release Oral Tablet [Toprol]").len()
    });
    measure("medicine not found", || lexicon.medicines("Simvistatin 10 MG Oral Tablet").len());
    measure("readability of a sentence", || {
        let mut r = Readability::default();
        r.add("The hollow spaces by your nose are swollen from a virus.");
        r.reading().words
    });
    Ok(())
}

fn measure<T>(what: &str, mut run: impl FnMut() -> T) {
    const TIMES: u32 = 200_000;
    let start = Instant::now();
    for _ in 0..TIMES {
        black_box(run());
    }
    println!("{what}: {:.0} ns", start.elapsed().as_secs_f64() * 1e9 / f64::from(TIMES));
}

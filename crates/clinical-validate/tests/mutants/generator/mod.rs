//! Valid documents, damaged in known ways at known places. The same seed makes the same mutants.

pub(crate) mod damage;
pub(crate) mod facts;
pub(crate) mod harmless;
pub(crate) mod json;
pub(crate) mod random;
pub(crate) mod score;
pub(crate) mod spots;
pub(crate) mod wrap;

use damage::{Ground, kinds};
use facts::Facts;
use json::Json;
use random::Random;
use spots::spots;
use std::path::Path;

/// A valid document.
pub(crate) struct Example {
    pub(crate) name: String,
    pub(crate) text: Vec<u8>,
}

/// A document that is wrong.
pub(crate) struct Mutant {
    pub(crate) kind: &'static str,
    /// The example it comes from, and whether it was put into a Bundle or another resource before.
    pub(crate) from: String,
    pub(crate) text: String,
    /// FHIRPaths at which an error is right; none where the text is no JSON.
    pub(crate) places: Vec<String>,
}

/// How much to make.
#[derive(Clone, Copy)]
pub(crate) struct Amount {
    pub(crate) seed: u64,
    /// Mutants of each kind from each example.
    pub(crate) each: usize,
    /// The most of a kind.
    pub(crate) of_a_kind: usize,
}

/// Larger documents are not damaged: they would say the same, slower.
const LARGEST: usize = 100_000;

/// The resources of a folder by name.
pub(crate) fn examples(folder: &Path) -> std::io::Result<Vec<Example>> {
    let mut examples = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "json") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let text = std::fs::read(&path)?;
            // A folder of a package also holds files that are no resources.
            if Json::read(&text).is_some_and(|json| json.str_at("resourceType").is_some()) {
                examples.push(Example { name, text });
            }
        }
    }
    examples.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(examples)
}

/// Our own.
pub(crate) fn own_examples() -> std::io::Result<Vec<Example>> {
    examples(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/valid"))
}

/// Damages each example in each way that fits.
pub(crate) fn mutants(examples: &[Example], facts: &Facts, amount: Amount) -> Vec<Mutant> {
    let grounds: Vec<(String, Json)> = examples
        .iter()
        .filter(|example| example.text.len() <= LARGEST)
        .filter_map(|example| Some((example.name.clone(), Json::read(&example.text)?)))
        .flat_map(|(name, json)| wrap::forms(&name, json, facts))
        .collect();
    let places: Vec<_> = grounds.iter().map(|(_, json)| spots(json, facts)).collect();
    let mut out = Vec::new();
    for (number, kind) in kinds().iter().enumerate() {
        let mut order: Vec<usize> = (0..grounds.len()).collect();
        Random::new(amount.seed, &[kind.name, "order"]).shuffle(&mut order);
        let mut made = 0;
        for ground in order {
            let (name, json) = &grounds[ground];
            let mut random = Random::new(amount.seed, &[kind.name, name, &number.to_string()]);
            let mut at: Vec<usize> = (0..places[ground].len()).collect();
            random.shuffle(&mut at);
            let ground_of = Ground { facts, json };
            let damages = at.into_iter().filter_map(|i| kind.at(&ground_of, &places[ground][i], &mut random));
            for damage in damages.take(amount.each.min(amount.of_a_kind - made)) {
                made += 1;
                out.push(Mutant { kind: kind.name, from: name.clone(), text: damage.text, places: damage.places });
            }
            if made == amount.of_a_kind {
                break;
            }
        }
    }
    out
}

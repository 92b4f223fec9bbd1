//! Makes the weights of the learned tagger: `train_tagger OUT FILE[:COPIES]… [--hold FILE]…`.
//!
//! A file is labelled notes as JSON lines (as `labelled_notes` writes them) or marked text (`recipe/tagger/notes`). Each
//! note is read once as it stands and so many times with its names, towns and organisations replaced. The same files
//! give the same bytes. With `--hold` the weights are also tried on notes that were not learned from.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool that reads the files it is given and writes the weights where it is told"
)]

mod hold;
mod learn;
mod notes;
mod rng;
mod vary;
mod write;

use clinical_privacy::training::GLANCE;
use learn::{Lesson, Set, learn};
use notes::{Note, read};
use rng::Rng;
use vary::Banks;

/// The limits of the weights for ordinary writing and for the rest, in sixteenths of a logit: what a word must reach to be
/// taken for a name, and what a find of the rules must reach to hold.
const LIMITS: [[i32; 2]; 2] = [[0, -28], [4, -36]];

/// A word is looked at no further where the glance is so low that of a thousand names this many would be lost.
const LOST: usize = 20;

/// The logarithms of the sizes of the tables of each.
const BITS: [[u32; 2]; 2] = [[21, 16], [21, 16]];

/// In so many of a hundred cases a name, town or organisation that the rules found is forgotten, so that there is
/// something to learn and its company is seen with and without it.
const FORGOTTEN: u32 = 60;

fn main() {
    let (mut out, mut files, mut held) = (String::new(), Vec::new(), Vec::new());
    let mut limits = LIMITS;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--hold" => held.push(arguments.next().unwrap()),
            "--limits" => limits = limits.map(|l| l.map(|_| arguments.next().unwrap().parse().unwrap())),
            _ if out.is_empty() => out = argument,
            _ => files.push(argument),
        }
    }
    let banks = Banks::read();
    let mut rng = Rng::new(7);
    let mut sets: [Vec<Lesson>; 2] = [Vec::new(), Vec::new()];
    let mut number = 0;
    for file in &files {
        let (path, copies) = file.split_once(':').map_or((file.as_str(), 1), |(p, n)| (p, n.parse().unwrap()));
        for note in read(path) {
            number += 1;
            take(&note, number, &mut rng, &mut sets);
            for nth in 0..copies {
                let mut varied = banks.vary(&note, &mut rng);
                match nth % 6 {
                    0 | 3 => varied = varied.cased(str::to_lowercase),
                    1 => varied = varied.cased(str::to_uppercase),
                    4 => varied.wrap(60 + rng.below(40)),
                    _ => {}
                }
                take(&varied, number, &mut rng, &mut sets);
            }
        }
    }
    for (name, set) in ["usual", "uncased"].into_iter().zip(&sets) {
        println!("{name}: {} words, {} of them names", set.len(), set.iter().filter(|l| l.kind.is_some()).count());
    }
    let learned: Vec<_> = sets.iter().zip(BITS).map(|(set, bits)| learn(set, bits)).collect();
    let glances: Vec<i32> =
        sets.iter().zip(&learned).zip(limits).map(|((set, weights), [least, _])| glance(set, weights, least)).collect();
    let limits = [0, 1].map(|n| [limits[n][0], limits[n][1], glances[n]]);
    println!("limits: {limits:?}");
    std::fs::write(&out, write::file(&learned, limits)).unwrap();
    for path in held {
        hold::show(&path, &learned, limits.map(|l| l[0]));
    }
}

/// The limit at a glance: of the names that are found, so few stay below.
fn glance(lessons: &[Lesson], weights: &Set, least: i32) -> i32 {
    let mut sums: Vec<i32> = lessons
        .iter()
        .filter(|l| l.kind.is_some() && weights.sums(&l.features).0 >= least)
        .map(|l| weights.sums(l.features.get(..GLANCE).unwrap_or(&l.features)).0)
        .collect();
    sums.sort_unstable();
    sums.get(sums.len() * LOST / 1000).copied().unwrap_or(i32::MIN)
}

/// Adds what a note teaches.
fn take(note: &Note, number: u32, rng: &mut Rng, sets: &mut [Vec<Lesson>; 2]) {
    let mut dice = Rng::new(rng.next());
    let keeps = |found: &clinical_privacy::Identifier| !notes::is_tagged(found.kind) || !dice.chance(FORGOTTEN);
    let mut other = Rng::new(rng.next());
    let lessons = clinical_privacy::training::lessons(&note.text, keeps, |lesson| {
        // Now and then the word before is not known for a name, as it is in use.
        note.kind(&lesson.bytes).filter(|_| !other.chance(15))
    });
    for lesson in lessons {
        if note.is_silent(&lesson.bytes) {
            continue;
        }
        let kind = note.kind(&lesson.bytes);
        sets[usize::from(!lesson.usual)].push(Lesson { note: number, features: lesson.features, kind });
    }
}

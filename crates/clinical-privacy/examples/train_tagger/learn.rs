//! Logistic regression with a step of its own for each weight, in a fixed order, so that the same lessons give the same
//! weights.

use std::collections::HashMap;

use clinical_privacy::Kind;

use crate::rng::Rng;

/// One word to learn from.
pub(crate) struct Lesson {
    /// The number of the note it stands in.
    pub(crate) note: u32,
    pub(crate) features: Vec<u64>,
    pub(crate) kind: Option<Kind>,
}

/// The weights of both tables of a set, as the file has them.
pub(crate) struct Set {
    pub(crate) identity: Vec<i8>,
    pub(crate) kinds: Vec<[i8; 3]>,
}

impl Set {
    /// The sums of a word's weights: for an identity at all, then for each kind.
    pub(crate) fn sums(&self, features: &[u64]) -> (i32, [i32; 3]) {
        let identity = features.iter().map(|f| i32::from(self.identity[slot(*f, self.identity.len())])).sum();
        let mut kinds = [0; 3];
        for feature in features {
            let weights = self.kinds[slot(*feature, self.kinds.len())];
            kinds.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i32::from(weight));
        }
        (identity, kinds)
    }
}

/// The slot of a feature in a table of so many.
fn slot(feature: u64, slots: usize) -> usize {
    (((feature >> 32) * slots as u64) >> 32) as usize
}

/// Weights are kept in so many parts of a logit.
pub(crate) const PARTS: f64 = 16.0;

/// How many times every word is looked at.
const ROUNDS: usize = 12;
/// How far a weight goes at its first step.
const STEP: f64 = 0.12;
/// How much a weight is drawn to nought at each step it takes part in.
const DECAY: f64 = 2e-5;

/// A feature that fewer notes have says more of them than of the language.
const LEAST_NOTES: u8 = 2;

/// The weights that the lessons give, in tables of so many slots (as logarithms).
pub(crate) fn learn(lessons: &[Lesson], [bits, kind_bits]: [u32; 2]) -> Set {
    // How many notes have a feature.
    let mut notes: HashMap<u64, (u32, u8)> = HashMap::new();
    for lesson in lessons {
        for feature in &lesson.features {
            let seen = notes.entry(*feature).or_insert((lesson.note, 1));
            if seen.0 != lesson.note {
                *seen = (lesson.note, seen.1.saturating_add(1));
            }
        }
    }
    let rows: Vec<Vec<u64>> =
        lessons.iter().map(|l| l.features.iter().copied().filter(|f| notes[f].1 >= LEAST_NOTES).collect()).collect();
    let mut identity = Weights::<1>::of(bits);
    let mut kinds = Weights::<3>::of(kind_bits);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut rng = Rng::new(11);
    for _ in 0..ROUNDS {
        for i in (1..order.len()).rev() {
            order.swap(i, rng.below(i + 1));
        }
        for &nth in &order {
            let (row, kind) = (&rows[nth], lessons[nth].kind);
            let [sum] = identity.sums(row);
            identity.step(row, [1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(kind.is_some()))]);
            let Some(kind) = kind else { continue };
            let powers = kinds.sums(row).map(f64::exp);
            let all = 1.0 + powers.iter().sum::<f64>();
            let right = KINDS.map(|k| f64::from(u8::from(k == kind)));
            kinds.step(row, std::array::from_fn(|n| powers[n] / all - right[n]));
        }
    }
    Set { identity: identity.small().iter().map(|[w]| *w).collect(), kinds: kinds.small() }
}

/// The kinds told apart from a person's name.
const KINDS: [Kind; 3] = [Kind::Facility, Kind::Employer, Kind::City];

/// Weights while they are learned, `N` a slot, and how much each was moved.
struct Weights<const N: usize> {
    weights: Vec<[f64; N]>,
    squares: Vec<[f64; N]>,
}

impl<const N: usize> Weights<N> {
    fn of(bits: u32) -> Self {
        Self { weights: vec![[0.0; N]; 1 << bits], squares: vec![[1e-3; N]; 1 << bits] }
    }

    fn sums(&self, row: &[u64]) -> [f64; N] {
        let mut sums = [0.0; N];
        for feature in row {
            let weights = self.weights[slot(*feature, self.weights.len())];
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
        sums
    }

    fn step(&mut self, row: &[u64], errors: [f64; N]) {
        for feature in row {
            let at = slot(*feature, self.weights.len());
            let moved = self.weights[at].iter_mut().zip(&mut self.squares[at]).zip(errors);
            for ((weight, square), error) in moved {
                let slope = error + DECAY * *weight;
                *square += slope * slope;
                *weight -= STEP * slope / square.sqrt();
            }
        }
    }

    /// The weights as bytes.
    fn small(&self) -> Vec<[i8; N]> {
        self.weights.iter().map(|w| w.map(|x| (x * PARTS).round().clamp(-127.0, 127.0) as i8)).collect()
    }
}

//! Fitting the table: multinomial logistic regression, L2, by gradient descent with steps of their own for each weight
//! (AdaGrad), always in the same order, so that the same files give the same table.

use crate::{LABELS, Row, all_features};
use clinical_lexicon::Lexicon;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

const CLASSES: usize = LABELS.len();
const ROUNDS: usize = 100;
/// Rows of a training file in which a word must stand, for it to be a word and not a chance.
const SEEN: usize = 3;
const PAIRS_SEEN: usize = 8;
/// How strongly weights are drawn to nothing.
const PULL: f32 = 0.25;
/// How strongly small weights are drawn to exactly nothing.
const DROP: f32 = 0.03;
const STEP: f32 = 0.5;
/// What a phrase counts beside a row.
const PHRASE: f32 = 1.0;
/// Rare classes count more, frequent ones less: by this power of how frequent they are.
const BALANCE: f32 = 0.1;
/// Weights below this are left out of the table.
const SMALL: f32 = 6.0;

/// A fitted model.
pub(crate) struct Model {
    places: HashMap<String, usize>,
    weights: Vec<[f32; CLASSES]>,
}

struct Example {
    label: usize,
    features: Vec<usize>,
    /// One over the root of how many features the text has, known ones and others.
    scale: f32,
    worth: f32,
}

/// The words that may be features.
fn words(lexicon: &Lexicon) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = include_str!("words.txt").split_whitespace().map(str::to_owned).collect();
    let mut add = |text: &str| {
        out.extend(text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase));
    };
    for term in lexicon.all_terms() {
        add(term.name);
        term.also.iter().for_each(|n| add(n));
        add(term.plain);
        add(term.explain);
    }
    for test in lexicon.all_tests() {
        add(test.name);
        test.also.iter().for_each(|n| add(n));
    }
    for vaccine in lexicon.all_vaccines() {
        add(vaccine.name);
    }
    out.insert("#".to_owned());
    out
}

impl Model {
    pub(crate) fn fit(rows: &[&Row], lexicon: &Lexicon) -> Self {
        let known = words(lexicon);
        let mut texts: Vec<(usize, Vec<String>, f32)> =
            rows.iter().map(|row| (row.label, all_features(&row.text, lexicon), 1.0)).collect();
        for line in include_str!("phrases.txt").lines() {
            let Some((name, text)) = line.split_once('\t') else { continue };
            let Some(label) = LABELS.iter().position(|(n, _)| *n == name) else { continue };
            texts.push((label, all_features(text, lexicon), PHRASE));
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, features, _) in &texts {
            for feature in features.iter().collect::<BTreeSet<_>>() {
                *counts.entry(feature).or_default() += 1;
            }
        }
        let general = |feature: &str| {
            feature.starts_with('*') || feature.trim_start_matches('^').split(' ').all(|word| known.contains(word))
        };
        let enough = |feature: &str, count: usize| count >= if feature.contains(' ') { PAIRS_SEEN } else { SEEN };
        let mut places = HashMap::new();
        for (feature, count) in &counts {
            if general(feature) && enough(feature, *count) {
                places.insert((*feature).to_owned(), places.len() + 1);
            }
        }
        let mut sizes = [0.0f32; CLASSES];
        for (label, _, worth) in &texts {
            sizes[*label] += worth;
        }
        let mean = sizes.iter().sum::<f32>() / CLASSES as f32;
        let examples: Vec<Example> = texts
            .iter()
            .map(|(label, features, worth)| Example {
                label: *label,
                features: features.iter().filter_map(|f| places.get(f).copied()).collect(),
                scale: scale(features.len()),
                worth: worth * (mean / sizes[*label]).powf(BALANCE),
            })
            .collect();
        let mut weights = descend(&examples, places.len() + 1);
        // What the table will hold: tenths, and nothing small.
        for (at, row) in weights.iter_mut().enumerate() {
            for weight in row {
                let tenths = (*weight * 10.0).round().clamp(-127.0, 127.0);
                *weight = if at > 0 && tenths < SMALL { 0.0 } else { tenths / 10.0 };
            }
        }
        Self { places, weights }
    }

    pub(crate) fn guess(&self, text: &str, lexicon: &Lexicon) -> usize {
        let all = all_features(text, lexicon);
        let features: Vec<usize> = all.iter().filter_map(|f| self.places.get(f).copied()).collect();
        let scores = scores(&self.weights, &features, scale(all.len()));
        (0..CLASSES).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or_default()
    }
}

fn scale(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}

/// As in production: the sum of the weights over the root of their number, and the base.
fn scores(weights: &[[f32; CLASSES]], features: &[usize], scale: f32) -> [f32; CLASSES] {
    let mut out = weights[0];
    for feature in features {
        for (sum, weight) in out.iter_mut().zip(weights[*feature]) {
            *sum += weight * scale;
        }
    }
    out
}

fn descend(examples: &[Example], size: usize) -> Vec<[f32; CLASSES]> {
    let mut weights = vec![[0.0f32; CLASSES]; size];
    let mut squares = vec![[1e-2f32; CLASSES]; size];
    let total: f32 = examples.iter().map(|e| e.worth).sum();
    for _ in 0..ROUNDS {
        let mut slopes = vec![[0.0f32; CLASSES]; size];
        for example in examples {
            let scores = scores(&weights, &example.features, example.scale);
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let odds = scores.map(|s| (s - top).exp());
            let sum: f32 = odds.iter().sum();
            for class in 0..CLASSES {
                let miss = (odds[class] / sum - f32::from(u8::from(class == example.label))) * example.worth;
                slopes[0][class] += miss;
                for feature in &example.features {
                    slopes[*feature][class] += miss * example.scale;
                }
            }
        }
        for at in 0..size {
            for class in 0..CLASSES {
                let pull = if at == 0 { 0.0 } else { PULL * weights[at][class] / total.sqrt() };
                let slope = slopes[at][class] + pull;
                squares[at][class] += slope * slope;
                let step = STEP / squares[at][class].sqrt();
                let weight = weights[at][class] - step * slope;
                // A feature speaks for a kind or says nothing of it: without negative weights the table can be read.
                weights[at][class] = if at == 0 { weight } else { (weight - step * DROP).max(0.0) };
            }
        }
    }
    weights
}

/// The table as a data file, fitted on all rows.
pub(crate) fn table(rows: &[Row], lexicon: &Lexicon) -> String {
    let rows: Vec<&Row> = rows.iter().collect();
    let model = Model::fit(&rows, lexicon);
    let mut out = String::from(
        "# How much a word, a pair of words or a form speaks for each kind of section, in tenths of a natural logarithm of\n\
         # odds. Made by crates/clinical-intake/examples/section_labels, which says how; do not edit by hand.\n\
         # `#` is a number, `^` the beginning of a text, `*` a form (src/note/outline/classify/features.rs).\n",
    );
    let kinds: Vec<String> = LABELS.iter().map(|(_, kind)| format!("{:?}", kind.as_str())).collect();
    let _ = write!(out, "kinds = [{}]\n\n[cues]\n", kinds.join(", "));
    let mut lines: BTreeMap<&str, &[f32; CLASSES]> =
        model.places.iter().map(|(feature, at)| (feature.as_str(), &model.weights[*at])).collect();
    lines.insert("*", &model.weights[0]);
    for (feature, weights) in lines {
        let row: Vec<String> = weights
            .iter()
            .zip(LABELS)
            .filter(|(weight, _)| **weight != 0.0)
            .map(|(weight, (_, kind))| format!("{} = {:.0}", kind.as_str(), weight * 10.0))
            .collect();
        if !row.is_empty() {
            let _ = writeln!(out, "{feature:?} = {{ {} }}", row.join(", "));
        }
    }
    out
}

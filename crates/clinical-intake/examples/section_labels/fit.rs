//! Fitting the table: multinomial logistic regression, L2, by gradient descent with steps of their own for each weight
//! (AdaGrad), always in the same order, so that the same files give the same table.

use crate::{LABELS, Row, all_features};
use clinical_lexicon::Lexicon;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

const CLASSES: usize = LABELS.len();
const ROUNDS: usize = 100;
/// Rows and phrases in which a word must stand, for it to be a word and not a chance.
const SEEN: usize = 2;
const PAIRS_SEEN: usize = 3;
/// How strongly weights are drawn to nothing.
const PULL: f32 = 0.4;
const STEP: f32 = 0.5;
/// Weights below this are left out of the table, in tenths.
const SMALL: f32 = 10.0;

/// What was written for the fitting, one text a line.
const PHRASES: [(&str, &str); CLASSES] = [
    ("ALLERGY", include_str!("phrases/allergies.txt")),
    ("ASSESSMENT", include_str!("phrases/assessment.txt")),
    ("CC", include_str!("phrases/chief_complaint.txt")),
    ("DIAGNOSIS", include_str!("phrases/diagnosis.txt")),
    ("DISPOSITION", include_str!("phrases/disposition.txt")),
    ("EDCOURSE", include_str!("phrases/course.txt")),
    ("EXAM", include_str!("phrases/exam.txt")),
    ("FAM/SOCHX", include_str!("phrases/family_social.txt")),
    ("GENHX", include_str!("phrases/present_illness.txt")),
    ("GYNHX", include_str!("phrases/gynecologic.txt")),
    ("IMAGING", include_str!("phrases/imaging.txt")),
    ("IMMUNIZATIONS", include_str!("phrases/immunizations.txt")),
    ("LABS", include_str!("phrases/results.txt")),
    ("MEDICATIONS", include_str!("phrases/medications.txt")),
    ("OTHER_HISTORY", include_str!("phrases/other.txt")),
    ("PASTMEDICALHX", include_str!("phrases/past_medical.txt")),
    ("PASTSURGICAL", include_str!("phrases/past_surgical.txt")),
    ("PLAN", include_str!("phrases/plan.txt")),
    ("PROCEDURES", include_str!("phrases/procedures.txt")),
    ("ROS", include_str!("phrases/review_of_systems.txt")),
];

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
}

/// The phrases as rows.
pub(crate) fn phrases() -> Vec<Row> {
    let mut out = Vec::new();
    for (name, phrases) in PHRASES {
        let Some(label) = LABELS.iter().position(|(n, _)| *n == name) else { continue };
        out.extend(phrases.lines().map(|text| Row { label, text: text.to_owned() }));
    }
    out
}

/// The words that may be features.
fn words(lexicon: &Lexicon) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = include_str!("words.txt").split_whitespace().map(str::to_owned).collect();
    let mut add = |text: &str| {
        out.extend(text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase));
    };
    for (_, phrases) in PHRASES {
        add(phrases);
    }
    for term in lexicon.all_terms() {
        add(term.name);
        term.also.iter().for_each(&mut add);
        add(term.plain);
        add(term.explain);
    }
    for test in lexicon.all_tests() {
        add(test.name);
        test.also.iter().for_each(&mut add);
    }
    for vaccine in lexicon.all_vaccines() {
        add(vaccine.name);
    }
    out.insert("#".to_owned());
    out
}

impl Model {
    pub(crate) fn fit(rows: &[&Row], phrases: &[&Row], lexicon: &Lexicon) -> Self {
        let known = words(lexicon);
        let texts: Vec<(usize, Vec<String>)> =
            rows.iter().chain(phrases).map(|row| (row.label, all_features(&row.text, lexicon))).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, features) in &texts {
            for feature in features.iter().collect::<BTreeSet<_>>() {
                *counts.entry(feature).or_default() += 1;
            }
        }
        let general = |feature: &str| {
            feature.starts_with('*') || feature.trim_start_matches('^').split(' ').all(|word| known.contains(word))
        };
        let enough = |feature: &str, count: usize| count >= if feature.contains(' ') { PAIRS_SEEN } else { SEEN };
        let mut places = HashMap::new();
        // A rare word counts more: the weight that it is drawn from is cheaper.
        let mut rarity = vec![1.0];
        for (feature, count) in &counts {
            if general(feature) && enough(feature, *count) {
                places.insert((*feature).to_owned(), places.len() + 1);
                rarity.push((texts.len() as f32 / *count as f32).ln());
            }
        }
        let examples: Vec<Example> = texts
            .iter()
            .map(|(label, features)| Example {
                label: *label,
                features: features.iter().filter_map(|f| places.get(f).copied()).collect(),
                scale: scale(features.len()),
            })
            .collect();
        let mut weights = descend(&examples, &rarity);
        // What the table will hold: tenths, and nothing small.
        for (at, row) in weights.iter_mut().enumerate() {
            for weight in row {
                let tenths = (*weight * 10.0).round().clamp(-127.0, 127.0);
                *weight = if at > 0 && tenths < SMALL { 0.0 } else { tenths / 10.0 };
            }
        }
        Self { places, weights }
    }

    /// The guess, and how far the next one is behind.
    pub(crate) fn guess(&self, text: &str, lexicon: &Lexicon) -> (usize, f32) {
        let all = all_features(text, lexicon);
        let features: Vec<usize> = all.iter().filter_map(|f| self.places.get(f).copied()).collect();
        let scores = scores(&self.weights, &features, scale(all.len()));
        let mut order: Vec<usize> = (0..CLASSES).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        (order[0], scores[order[0]] - scores[order[1]])
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

/// The weights as the table has them. `rarity` says what each feature counts; at 0 is the base.
fn descend(examples: &[Example], rarity: &[f32]) -> Vec<[f32; CLASSES]> {
    let size = rarity.len();
    let mut weights = vec![[0.0f32; CLASSES]; size];
    let mut squares = vec![[1e-2f32; CLASSES]; size];
    for _ in 0..ROUNDS {
        let mut slopes = vec![[0.0f32; CLASSES]; size];
        for example in examples {
            let mut scores = weights[0];
            for feature in &example.features {
                let scale = example.scale * rarity[*feature];
                for (sum, weight) in scores.iter_mut().zip(weights[*feature]) {
                    *sum += weight * scale;
                }
            }
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let odds = scores.map(|s| (s - top).exp());
            let sum: f32 = odds.iter().sum();
            let mut miss = odds.map(|o| o / sum);
            miss[example.label] -= 1.0;
            for (slope, miss) in slopes[0].iter_mut().zip(miss) {
                *slope += miss;
            }
            for feature in &example.features {
                let scale = example.scale * rarity[*feature];
                for (slope, miss) in slopes[*feature].iter_mut().zip(miss) {
                    *slope += miss * scale;
                }
            }
        }
        for at in 0..size {
            for class in 0..CLASSES {
                let pull = if at == 0 { 0.0 } else { PULL * weights[at][class] };
                let slope = slopes[at][class] + pull;
                squares[at][class] += slope * slope;
                let weight = weights[at][class] - STEP / squares[at][class].sqrt() * slope;
                // A feature speaks for a kind or says nothing of it: without negative weights the table can be read.
                weights[at][class] = if at == 0 { weight } else { weight.max(0.0) };
            }
        }
    }
    for (row, rarity) in weights.iter_mut().zip(rarity) {
        for weight in row {
            *weight *= rarity;
        }
    }
    weights
}

/// The table as a data file, fitted on all rows.
pub(crate) fn table(rows: &[Row], lexicon: &Lexicon) -> String {
    let rows: Vec<&Row> = rows.iter().collect();
    let phrases = phrases();
    let model = Model::fit(&rows, &phrases.iter().collect::<Vec<_>>(), lexicon);
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

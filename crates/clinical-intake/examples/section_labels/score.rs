//! Precision, recall and F1 of each class.

use std::fmt;

/// Right and wrong guesses.
pub(crate) struct Table {
    names: [&'static str; 20],
    /// For each class: right, guessed, there.
    counts: [(u32, u32, u32); 20],
    wrong: Vec<(usize, usize)>,
}

impl Table {
    pub(crate) fn new(names: [&'static str; 20]) -> Self {
        Self { names, counts: [(0, 0, 0); 20], wrong: Vec::new() }
    }

    pub(crate) fn add(&mut self, label: usize, guess: Option<usize>) {
        self.counts[label].2 += 1;
        let Some(guess) = guess else { return };
        self.counts[guess].1 += 1;
        if guess == label {
            self.counts[label].0 += 1;
        } else {
            self.wrong.push((label, guess));
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut sum, mut classes, mut right, mut all) = (0.0, 0, 0, 0);
        for (at, (name, (hit, guessed, there))) in self.names.iter().zip(self.counts).enumerate() {
            right += hit;
            all += there;
            let part = |of: u32| if of == 0 { 0.0 } else { f64::from(hit) / f64::from(of) };
            let (precision, recall) = (part(guessed), part(there));
            let f1 = if hit == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
            if there > 0 {
                sum += f1;
                classes += 1;
            }
            let mut instead: Vec<(usize, &str)> = (0..20)
                .map(|other| (self.wrong.iter().filter(|w| **w == (at, other)).count(), self.names[other]))
                .filter(|(count, _)| *count > 0)
                .collect();
            instead.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
            let instead: Vec<String> = instead.iter().take(4).map(|(count, name)| format!("{name} {count}")).collect();
            let taken = instead.join(", ");
            writeln!(
                f,
                "{name:14} rows {there:4}  precision {precision:.3}  recall {recall:.3}  F1 {f1:.3}  taken for: {taken}"
            )?;
        }
        let accuracy = f64::from(right) / f64::from(all.max(1));
        writeln!(
            f,
            "macro-F1 {:.3} of {classes} classes, accuracy {accuracy:.3} of {all} rows",
            sum / f64::from(classes.max(1))
        )
    }
}

//! How the weights do on notes that were not learned from: what the rules left, at several thresholds.

use clinical_privacy::Kind;

use crate::learn::Set;
use crate::notes::read;

/// Prints a table for a file. `thresholds` decide what is known of the word before.
pub(crate) fn show(path: &str, sets: &[Set], thresholds: [i32; 2]) {
    let notes = read(path);
    println!("{path}: {} notes", notes.len());
    // For each word that the rules left: its table, its sum, whether it is a name, its letters.
    let mut words: Vec<(usize, i32, bool, usize)> = Vec::new();
    for note in &notes {
        let tells = |lesson: &clinical_privacy::training::Lesson| {
            let nth = usize::from(!lesson.usual);
            let (sum, kinds) = sets[nth].sums(&lesson.features);
            if !note.is_silent(&lesson.bytes) {
                let gold = note.kind(&lesson.bytes).is_some();
                words.push((nth, sum, gold, lesson.bytes.len()));
            }
            let best = (0..3).max_by_key(|n| kinds[*n]).filter(|n| kinds[*n] > 0);
            let kind = best.map_or(Kind::Name, |n| [Kind::Facility, Kind::Employer, Kind::City][n]);
            (sum >= thresholds[nth]).then_some(kind)
        };
        clinical_privacy::training::lessons(&note.text, |_| true, tells);
    }
    // For each find of the rules that is looked at again: its set, its sum, whether it is right, its letters.
    let mut finds: Vec<(usize, i32, bool, usize)> = Vec::new();
    for note in &notes {
        clinical_privacy::training::doubts(&note.text, |found, usual, words| {
            let nth = usize::from(!usual);
            let bytes = found.start..found.end;
            let right = note.spans.iter().any(|(s, _)| s.start < bytes.end && bytes.start < s.end);
            if note.either.iter().any(|s| s.start < bytes.end && bytes.start < s.end) {
                return;
            }
            let sum = words.iter().map(|w| sets[nth].sums(w).0).max().unwrap_or(0);
            let letters = note.text[bytes.clone()].chars().filter(|c| c.is_alphanumeric()).count();
            finds.push((nth, sum, right, letters));
        });
    }
    for threshold in (-128..=0).step_by(16) {
        let part = |nth: usize| {
            let letters = |right: bool, most: i32| {
                finds.iter().filter(|w| w.0 == nth && w.2 == right && w.1 < most).map(|w| w.3).sum::<usize>()
            };
            let (gone, all, lost) = (letters(false, threshold), letters(false, i32::MAX), letters(true, threshold));
            format!("{gone:6} false of {all:6} go, {lost:6} right ones of {}", letters(true, i32::MAX))
        };
        println!("  doubt {threshold:4}: usual {}; uncased {}", part(0), part(1));
    }
    for threshold in (-8..=96).step_by(8) {
        let part = |nth: usize| {
            let letters = |gold: bool, least: i32| {
                words.iter().filter(|w| w.0 == nth && w.2 == gold && w.1 >= least).map(|w| w.3).sum::<usize>()
            };
            let (found, left, beside) = (letters(true, threshold), letters(true, i32::MIN), letters(false, threshold));
            format!("{found:6} of {left:6} ({:4.1} %), {beside:6} beside", 100.0 * found as f64 / left.max(1) as f64)
        };
        println!("  {threshold:4}: usual {}; uncased {}", part(0), part(1));
    }
}

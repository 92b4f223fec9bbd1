//! How fast the finder is: `privacy_speed FOLDER [MEGABYTES]`. The notes of a folder are repeated to so many megabytes, once as
//! notes of their own and once as one long text; then text that attacks. Prints medians of five runs.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measuring tool that reads the folder it is given"
)]

use std::time::Instant;

use clinical_model::Stop;
use clinical_privacy::{Known, find};

fn median(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[2]
}

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_default();
    let megabytes: usize = std::env::args().nth(2).and_then(|a| a.parse().ok()).unwrap_or(16);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("not run: no folder of notes");
        return;
    };
    let mut paths: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    let notes: Vec<String> = paths.iter().filter_map(|p| std::fs::read_to_string(p).ok()).collect();
    let bytes: usize = notes.iter().map(String::len).sum();
    let known = Known::new();
    let run = |text: &str| find(text, &known, Stop::never()).map_or(0, |found| found.len());
    let times = (megabytes * 1_000_000 / bytes.max(1)).max(1);
    let total = (bytes * times) as f64 / 1e6;
    let seconds = median(|| {
        for _ in 0..times {
            assert!(notes.iter().map(|n| run(n)).sum::<usize>() > 0);
        }
    });
    println!("{} notes, {total:.1} MB, each on its own: {:.1} MB/s", notes.len() * times, total / seconds);
    let longest = notes.join("\n\n").repeat(times);
    let seconds = median(|| assert!(run(&longest) > 0));
    println!("one text of {total:.1} MB: {:.1} MB/s", total / seconds);
    let four: String = longest.chars().take(4096).collect();
    let seconds = median(|| (0..200).for_each(|_| assert!(run(&four) > 0)));
    println!("a note of 4 kB: {:.3} ms", seconds / 200.0 * 1e3);
    for (name, piece) in [
        ("capital words", "Abcde "),
        ("names", "John Smith, "),
        ("initials", "J. S. "),
        ("digits", "1"),
        ("numbers and strokes", "12/12/"),
        ("dots", "a.b."),
        ("carets", "A^B"),
        ("at signs", "a@"),
        ("colons", "a:"),
        ("hyphens", "Ab-"),
        ("brackets", "("),
        ("labels", "Name: "),
        ("bars", "|a"),
        ("quotes", "\"a\":"),
        ("combining marks", "a\u{301}"),
        ("backslashes", "\\"),
        ("pairs", "Ab/"),
        ("lines", "a\n"),
    ] {
        let text = piece.repeat(2_000_000 / piece.len());
        let one = median(|| {
            run(&text[..text.floor_char_boundary(text.len() / 4)]);
        });
        let four = median(|| {
            run(&text);
        });
        println!(
            "{name:20} {:7.1} MB/s; four times the text costs {:.1} times",
            text.len() as f64 / 1e6 / four,
            four / one
        );
    }
}

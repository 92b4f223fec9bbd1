//! Prints the outline of notes, so that a person can read it against the text.
//!
//! `cargo run -p clinical-intake --example note_outline -- <notes …>`; `--speed` measures instead.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program that reads files and prints")]

use clinical_intake::note::outline::read;
use clinical_intake::note::words::tokens;
use clinical_lexicon::Lexicon;
use clinical_model::Stop;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lexicon = Lexicon::english()?;
    let (options, paths): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let mut texts = Vec::new();
    for path in &paths {
        texts.push((path.clone(), std::fs::read_to_string(path)?));
    }
    if texts.is_empty() {
        println!("not run: no notes were given");
        return Ok(());
    }
    if options.iter().any(|o| o == "--speed") {
        speed(&texts, lexicon);
        return Ok(());
    }
    for (path, text) in &texts {
        println!("=== {path}");
        let outline = read(text, &tokens(text), lexicon, Stop::never());
        for (number, section) in outline.sections.iter().enumerate() {
            let heading = section.heading.clone().and_then(|h| text.get(h)).unwrap_or("(none)");
            println!("[{}] {heading:?}", section.kind.as_str());
            for sentence in outline.sentences.iter().filter(|s| s.section == number) {
                let mark = if sentence.is_item { '*' } else { '|' };
                println!("    {mark} {:?}", text.get(sentence.span.clone()).unwrap_or_default());
            }
        }
    }
    Ok(())
}

/// Megabytes a second: the given notes, all of them as one text, and texts that attack.
fn speed(texts: &[(String, String)], lexicon: &Lexicon) {
    let all = texts.iter().map(|(_, t)| t.as_str()).collect::<Vec<_>>().join("\n\n");
    measure("the notes one by one", texts.iter().map(|(_, t)| t.as_str()).collect(), lexicon);
    measure("the notes as one text", vec![&all], lexicon);
    let plain = all.split_inclusive('\n').filter(|l| l.contains(". ")).collect::<String>().replace('\n', "\n\n");
    measure("the notes without headings", vec![&plain], lexicon);
    for (name, unit) in [
        ("one line", "pain and no fever "),
        ("colons", ":"),
        ("line ends", "\n"),
        ("A:", "A: "),
        ("A: on lines", "A:\n"),
        ("unknown headings", "Wxyzab cdefgh:\n\n"),
        ("slips", "MEDCIATOINS:\n"),
        ("capitals", "WORD WORD WORD:"),
        ("points", "a.b."),
        ("brackets", "Plan ((((("),
        ("paragraphs", "she was given 5 mg of it\n\n"),
        ("numbers", "1. 2. 3. "),
        ("marks", "#*_-=|"),
        ("not ASCII", "\u{e9}\u{2019}\u{1f600} \u{a0}"),
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        measure(name, vec![&text], lexicon);
    }
}

fn measure(name: &str, texts: Vec<&str>, lexicon: &Lexicon) {
    let bytes: usize = texts.iter().map(|t| t.len()).sum();
    let rounds = (4_000_000 / bytes.max(1)).max(1);
    let (mut words, mut whole) = (f64::MAX, f64::MAX);
    for _ in 0..5 {
        let start = Instant::now();
        for _ in 0..rounds {
            for text in &texts {
                std::hint::black_box(tokens(text));
            }
        }
        words = words.min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        for _ in 0..rounds {
            for text in &texts {
                std::hint::black_box(read(text, &tokens(text), lexicon, Stop::never()));
            }
        }
        whole = whole.min(start.elapsed().as_secs_f64());
    }
    let size = (bytes * rounds) as f64 / 1e6;
    println!("{name}: tokens {:.0} MB/s, tokens and outline {:.0} MB/s ({bytes} bytes)", size / words, size / whole);
}

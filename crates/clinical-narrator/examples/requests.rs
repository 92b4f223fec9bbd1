//! What a model would be sent about sentences: what it is told to do, once, and the JSON of each sentence.
//!
//! `cargo run -p clinical-narrator --example requests -- FILE.toml`, a file of `[[pair]]` with `topic` and `source`.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program that reads files and prints")]

use clinical_lexicon::Lexicon;
use clinical_model::Stop;
use clinical_narrator::{Sentence, Topic, prepare};
use clinical_privacy::Known;
use serde::Deserialize;
use std::error::Error;

#[derive(Deserialize)]
struct Pairs {
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
struct Pair {
    topic: String,
    source: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("requests FILE.toml")?;
    let pairs: Pairs = toml::from_str(&std::fs::read_to_string(path)?)?;
    let lexicon = Lexicon::english()?;
    let topics = [Topic::Reason, Topic::Finding, Topic::Home, Topic::FollowUp, Topic::Help];
    let mut is_told = false;
    for (nth, pair) in pairs.pair.iter().enumerate() {
        let topic = topics.into_iter().find(|topic| topic.as_str() == pair.topic).ok_or("no such topic")?;
        let sentence = Sentence { text: &pair.source, topic };
        let prepared = prepare(&[sentence], &pair.source, &Known::new(), lexicon, Stop::never()).ok_or("stopped")?;
        let asks = prepared.telling(lexicon, Stop::never()).ok_or("stopped")?;
        let Some(ask) = asks.first() else {
            println!("{nth}: not asked for: {}", pair.source);
            continue;
        };
        if !is_told {
            println!("{}", ask.system.text());
            is_told = true;
        }
        println!("{nth}: {}", ask.user.text());
    }
    Ok(())
}

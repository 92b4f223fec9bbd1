//! The settings as a whole: each by itself, where they come from, and what is refused.

mod refusals;
mod sources;
mod values;

use super::*;
use std::collections::HashMap;

/// Long enough for every algorithm, and drawn by lot.
const KEY: &str = "kS0v1mJ7Qm2b8Yy3nD4wTgZr5uXhPq6cLfEaVoIiRjGtHsUkMlNzBxCyWdFpKQe9";

fn map(pairs: &[(&str, &str)]) -> HashMap<String, String> {
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

fn read(pairs: &[(&str, &str)]) -> Result<Settings, Vec<Mistake>> {
    Settings::read(&map(pairs), &Given::default(), &Surroundings { uid: Some(1001) })
}

/// What is said, a sentence each.
fn said(pairs: &[(&str, &str)]) -> Vec<String> {
    read(pairs).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

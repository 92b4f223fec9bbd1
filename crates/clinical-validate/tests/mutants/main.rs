//! Damage that the validator has to find. The mutants are made from our own valid examples (`tests/data/valid`), and a
//! mutant is wrong by what `facts.txt` and the invariants say, not because a validator said so.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a test reads its examples and fails where it cannot"
)]

mod generator;
mod making;
mod ratchet;

use generator::facts::Facts;
use generator::{Amount, Example, Mutant, mutants, own_examples};
use std::sync::LazyLock;

/// What the tests look at; `cargo run --example evaluate` makes more.
const AMOUNT: Amount = Amount { seed: 7, each: 2, of_a_kind: 40 };

static FACTS: LazyLock<Facts> = LazyLock::new(Facts::r4);
static OWN: LazyLock<Vec<Example>> = LazyLock::new(|| own_examples().expect("our own examples are beside this test"));
static MADE: LazyLock<Vec<Mutant>> = LazyLock::new(|| mutants(&OWN, &FACTS, AMOUNT));

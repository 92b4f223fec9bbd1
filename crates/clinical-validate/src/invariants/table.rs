//! The constraints, compiled when they are first asked for.

use super::{Invariant, native};
use crate::fhirpath::{At, Program, compile};
use std::collections::HashMap;
use std::sync::OnceLock;

const CORRECTED: &str = include_str!("../../data/invariants-corrected.txt");

/// All of them, by their number.
#[derive(Debug)]
pub(super) struct Table {
    program: Program,
    invariants: Vec<Invariant>,
}

/// The one table.
pub(super) fn get() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::new(published()))
}

impl Table {
    /// From keys and expressions as published. One that is not understood holds everywhere; a test says that there is
    /// none.
    fn new(published: impl Iterator<Item = (&'static str, &'static str)>) -> Self {
        let mut program = Program::new();
        let mut known: HashMap<&str, At> = HashMap::new();
        let mut invariants = Vec::new();
        for (key, expression) in published {
            let expression = corrected(key).unwrap_or(expression);
            let compiled =
                *known.entry(expression).or_insert_with(|| compile(&mut program, expression).unwrap_or(At::TRUE));
            invariants.push(Invariant { key, native: native::of(key), compiled });
        }
        Self { program, invariants }
    }

    pub(super) fn numbered(&self, number: u16) -> Option<&Invariant> {
        self.invariants.get(usize::from(number))
    }

    pub(super) fn program(&self) -> &Program {
        &self.program
    }
}

/// Keys and expressions as the definitions have them, in their order.
pub(super) fn published() -> impl Iterator<Item = (&'static str, &'static str)> {
    crate::definitions::r4().constraints().iter().map(|c| (c.key, c.expression))
}

/// What is evaluated in place of what was published.
pub(super) fn corrected(key: &str) -> Option<&'static str> {
    // One rule about names has a key of its own in each of thirty resources: `vsd-0`, `sdf-0`.
    let key = if key.ends_with("-0") { "*-0" } else { key };
    CORRECTED.split("\n\n").find_map(|record| {
        let mut lines = record.trim_end().lines();
        (lines.next()? == key).then(|| lines.next())?
    })
}

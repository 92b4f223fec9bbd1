//! Where settings come from: a trait, so that a test gives a map.
#![expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]

use std::collections::HashMap;

/// Where settings come from.
pub trait Strings {
    /// The value under a name, if it is set.
    fn get(&self, name: &str) -> Option<String>;

    /// All names that are set, sorted: a name that no setting has is a mistake, and must be seen to be refused.
    fn names(&self) -> Vec<String>;
}

impl<S: std::hash::BuildHasher> Strings for HashMap<String, String, S> {
    fn get(&self, name: &str) -> Option<String> {
        HashMap::get(self, name).cloned()
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.keys().cloned().collect();
        names.sort_unstable();
        names
    }
}

/// The environment of the process. A value that is not Unicode reads as one that no setting accepts.
#[derive(Clone, Copy, Debug)]
pub struct Environment;

impl Strings for Environment {
    fn get(&self, name: &str) -> Option<String> {
        std::env::var_os(name).map(|value| value.into_string().unwrap_or_else(|_| "\u{fffd}".to_owned()))
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned()).collect();
        names.sort_unstable();
        names
    }
}

//! Counters whose series are all there from the start: an alert on a series that first appears with its first count
//! would miss that count.

use super::labels::Word;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;
use std::marker::PhantomData;

/// One label and its value.
pub type Label = (&'static str, &'static str);

/// All series of a counter.
#[derive(Debug)]
pub(super) struct Series<const LABELS: usize>(Vec<([Label; LABELS], Counter)>);

impl<const LABELS: usize> Series<LABELS> {
    fn register(
        registry: &mut Registry,
        name: &str,
        help: &str,
        series: impl Iterator<Item = [Label; LABELS]>,
    ) -> Self {
        let family = Family::<[Label; LABELS], Counter>::default();
        let series = series.map(|labels| (labels, family.get_or_create_owned(&labels))).collect();
        registry.register(name, help, family);
        Self(series)
    }

    fn add(&self, at: usize, count: u64) {
        if let Some((_, counter)) = self.0.get(at) {
            counter.inc_by(count);
        }
    }

    /// Shows each series and how far it has counted.
    pub(super) fn each(&self, see: &mut dyn FnMut(&[Label], u64)) {
        self.0.iter().for_each(|(labels, counter)| see(labels, counter.get()));
    }
}

/// A counter with one label whose words are an enum.
#[derive(Debug)]
pub(super) struct Counts<W>(pub(super) Series<1>, PhantomData<fn(W)>);

impl<W: Word> Counts<W> {
    pub(super) fn register(registry: &mut Registry, name: &str, help: &str, label: &'static str) -> Self {
        let series = W::ALL.iter().map(|word| [(label, word.word())]);
        Self(Series::register(registry, name, help, series), PhantomData)
    }

    pub(super) fn add(&self, word: W) {
        self.0.add(word.index(), 1);
    }
}

/// A counter with two labels whose words are enums.
#[derive(Debug)]
pub(super) struct CountsOfTwo<A, B>(pub(super) Series<2>, PhantomData<fn(A, B)>);

impl<A: Word, B: Word> CountsOfTwo<A, B> {
    pub(super) fn register(registry: &mut Registry, name: &str, help: &str, [a, b]: [&'static str; 2]) -> Self {
        let series = A::ALL.iter().flat_map(|x| B::ALL.iter().map(move |y| [(a, x.word()), (b, y.word())]));
        Self(Series::register(registry, name, help, series), PhantomData)
    }

    pub(super) fn add(&self, a: A, b: B) {
        self.0.add(a.index() * B::ALL.len() + b.index(), 1);
    }
}

/// A counter with one label whose words are a table that another part of the program owns. A word that the table does
/// not have is counted as `other`.
#[derive(Debug)]
pub(super) struct Named {
    /// Sorted; at the same places as the series.
    words: Vec<&'static str>,
    /// `other` is the last.
    pub(super) series: Series<1>,
}

impl Named {
    pub(super) fn register(
        registry: &mut Registry,
        name: &str,
        help: &str,
        label: &'static str,
        table: &[&'static str],
    ) -> Self {
        let mut words: Vec<_> = table.iter().copied().filter(|word| *word != "other").collect();
        words.sort_unstable();
        words.dedup();
        let series = words.iter().chain(&["other"]).map(|word| [(label, *word)]);
        Self { series: Series::register(registry, name, help, series), words }
    }

    pub(super) fn add(&self, word: &str, count: u64) {
        self.series.add(self.words.binary_search(&word).unwrap_or(self.words.len()), count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::labels::{Document, Outcome, Store};

    fn counted<const N: usize>(series: &Series<N>) -> Vec<String> {
        let mut all = Vec::new();
        series.each(&mut |labels, count| {
            if count > 0 {
                let words: Vec<&str> = labels.iter().map(|(_, word)| *word).collect();
                all.push(format!("{} {count}", words.join(" ")));
            }
        });
        all
    }

    #[test]
    fn each_word_counts_for_itself() {
        let registry = &mut Registry::default();
        let pairs = CountsOfTwo::<Document, Outcome>::register(registry, "a", "", ["kind", "outcome"]);
        pairs.add(Document::Unknown, Outcome::Fault);
        pairs.add(Document::Bundle, Outcome::Refused);
        assert_eq!(counted(&pairs.0), ["fhir-bundle refused 1", "unknown fault 1"]);
        let one = Counts::<Store>::register(registry, "b", "", "store");
        one.add(Store::Redis);
        assert_eq!(counted(&one.0), ["redis 1"]);
    }

    #[test]
    fn a_word_that_the_table_does_not_have_is_other() {
        let named =
            Named::register(&mut Registry::default(), "a", "", "code", &["words-altered", "other", "fact-missing"]);
        named.add("fact-missing", 2);
        named.add("words-altered", 1);
        named.add("Ada Lovelace", 1);
        named.add("other", 1);
        assert_eq!(counted(&named.series), ["fact-missing 2", "words-altered 1", "other 2"]);
    }
}

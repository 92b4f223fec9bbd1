//! By which way: the verb, and where the medicine goes.

use super::written;
use crate::Fact;
use clinical_lexicon::{DosingWords, Lexicon, normalise};
use clinical_model::Concept;
use std::collections::BTreeSet;

/// A way of taking.
#[derive(Clone, Debug, Default)]
pub(super) struct Way<'a> {
    /// What stands before the amount; `None` where it depends on the amount alone.
    pub(super) before: Option<String>,
    /// What stands after the amount.
    pub(super) after: String,
    /// Its place in the lexicon, where the record names a way that it knows.
    pub(super) place: Option<usize>,
    /// A sentence without an amount is whole ("Put it on the skin").
    pub(super) amount_may_be_unsaid: bool,
    /// The route as the record writes it, where the lexicon does not know it.
    pub(super) own: Option<Fact<'a>>,
    /// The method as the record writes it, where our words do not say it.
    pub(super) method: Option<Fact<'a>>,
}

/// Everything that names a concept, made comparable.
fn names(concept: &Concept<'_>) -> Vec<String> {
    let codes = concept.codings.iter().filter_map(|c| c.code.as_ref());
    concept.wordings().chain(codes).map(|v| normalise(&written::plain(v.text()))).collect()
}

/// The one way that these names mean, as its place in the lexicon. `Err` where they mean more than one.
fn one<'l>(
    names: &[String],
    dosing: &'l DosingWords,
    spellings: impl Fn(usize) -> Option<&'l BTreeSet<String>>,
) -> Result<Option<usize>, ()> {
    let mut found =
        (0..dosing.ways.len()).filter(|i| spellings(*i).is_some_and(|s| names.iter().any(|n| s.contains(n))));
    match (found.next(), found.next()) {
        (_, Some(_)) => Err(()),
        (way, None) => Ok(way),
    }
}

/// Reads route and method. `None` where they contradict each other.
pub(super) fn read<'a>(
    route: Option<&Concept<'a>>,
    method: Option<&Concept<'a>>,
    lexicon: &Lexicon,
) -> Option<Way<'a>> {
    let dosing = lexicon.dosing();
    let routes = route.map(names).unwrap_or_default();
    let methods = method.map(names).unwrap_or_default();
    let by_route = one(&routes, dosing, |i| dosing.ways.get(i).map(|w| &w.routes)).ok()?;
    let by_method = one(&methods, dosing, |i| dosing.ways.get(i).map(|w| &w.methods)).ok()?;
    if matches!((by_route, by_method), (Some(r), Some(m)) if r != m) {
        return None;
    }
    let route_unknown = by_route.is_none() && routes.iter().any(|n| !n.is_empty());
    let mut way = Way::default();
    if route_unknown {
        way.own = route.and_then(Concept::name).map(Fact::exact);
    } else if let Some((place, words)) = by_route.or(by_method).and_then(|i| Some((i, dosing.ways.get(i)?))) {
        way.place = Some(place);
        way.before = Some(words.before.clone());
        way.after.clone_from(&words.after);
        way.amount_may_be_unsaid = words.amount_may_be_unsaid;
    }
    let said = methods.is_empty()
        || (by_method.is_some() && !route_unknown)
        || methods.iter().any(|m| dosing.verbs.methods.contains(m))
        || (way.before.is_some() && methods.iter().any(|m| dosing.verbs.implied.contains(m)));
    if !said {
        way.method = method.and_then(Concept::name).map(Fact::exact);
    }
    Some(way)
}

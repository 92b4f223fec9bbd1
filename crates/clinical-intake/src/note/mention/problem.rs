//! Problems: a noun that names a finding, with the words of place and kind in front of it.

use super::names::{self, Named};
use super::{Found, Items, MentionKind};
use crate::note::words::Kind;
use clinical_lexicon::{Class, ContextRule, Lexicon};
use clinical_model::CodeSystem;

/// A run of words of a noun phrase.
pub(crate) struct Chunk {
    /// The problem in it.
    pub(crate) found: Option<Found>,
    /// Where to go on reading.
    pub(crate) to: usize,
}

/// What a run has said so far.
struct Run {
    /// The item behind the last noun that names a finding; 0 for none.
    end: usize,
    /// A word of place or kind that can make a finding of a weak noun.
    has_kind: bool,
    /// A word of change.
    has_change: bool,
    name: Option<&'static str>,
    code: Option<(CodeSystem, &'static str)>,
    /// Where the name that has the code begins.
    named_from: usize,
    /// Where the noun or name that names the finding by itself begins.
    head_from: usize,
}

impl Run {
    const fn new(from: usize) -> Self {
        Self {
            end: 0,
            has_kind: false,
            has_change: false,
            name: None,
            code: None,
            named_from: from,
            head_from: usize::MAX,
        }
    }
}

/// Reads the noun phrase that begins at an item. `named` is the name that begins there.
pub(crate) fn at(items: &Items<'_>, from: usize, named: Option<Named>, lexicon: &Lexicon) -> Chunk {
    let mut run = Run::new(from);
    let mut at = from;
    let mut reached = from;
    let mut named = named;
    while let Some(next) = step(items, from, at, named, lexicon, &mut run) {
        reached = next;
        // "ER/PR", "ankle-brachial": the words go on behind a joint.
        let Some(next) = items.next_word(next - 1) else { break };
        if items.is_mark(reached, "/") && run.end == reached {
            break;
        }
        at = next;
        named = names::at(items, at, lexicon);
    }
    if run.end == 0 {
        return Chunk { found: None, to: reached };
    }
    // "anxiety medication", "pain score": another thing.
    if items.class(run.end).is(Class::BEHIND) && items.get(run.end).is_some_and(|item| item.kind == Kind::Word) {
        return Chunk { found: None, to: run.end + 1 };
    }
    // "increased pain": a change of what names itself is no part of its name.
    let is_change = |at: usize| items.class(at).is(Class::CHANGE) && !items.class(at).is(Class::KIND);
    let mut from = from;
    while from < run.head_from && run.head_from < run.end && is_change(from) && items.is_word(from + 1) {
        from += 1;
    }
    let code = run.code.filter(|_| run.named_from == from);
    let found =
        Found { from, to: run.end, kind: MentionKind::Problem, bit: ContextRule::PROBLEM, name: run.name, code };
    Chunk { to: found.to, found: Some(found) }
}

/// Takes one word or the name that begins with it into the run; gives the item behind it.
fn step(
    items: &Items<'_>,
    from: usize,
    at: usize,
    named: Option<Named>,
    lexicon: &Lexicon,
    run: &mut Run,
) -> Option<usize> {
    let item = items.get(at).filter(|item| item.kind != Kind::Mark)?;
    let class = item.class;
    if let Some(named) = named {
        let end = named.end;
        let is_one = named.to == at + 1;
        if end.is_never() {
            return None;
        }
        if end.is_problem() {
            run.head_from = run.head_from.min(at);
            run.end = named.to;
            (run.has_kind, run.has_change) = (true, false);
            if let Some((name, code)) = names::term(lexicon, end) {
                (run.name, run.code, run.named_from) = (Some(name), code, at);
            }
            return joined(items, from, named.to, lexicon, run).or(Some(named.to));
        }
        if end.is_test()
            && run.has_change
            && (!is_study(lexicon, named) || items.class(named.to - 1).is(Class::MEASURE))
        {
            run.end = named.to;
            return Some(named.to);
        }
        if !is_one && (end.is_test() || end.is_medicine() || end.is_procedure()) {
            return None;
        }
        if end.is_medicine() && !end.is_doubtful() && !class.is(Class::KIND) {
            return None;
        }
    }
    if class.is(Class::HEAD) && names::is_written_so(items, at) && !(class.is(Class::MEDICINE)) {
        run.head_from = run.head_from.min(at);
        run.end = at + 1;
        run.has_kind = true;
        run.name = None;
        run.code = None;
        return joined(items, from, at + 1, lexicon, run).or(Some(at + 1));
    }
    if class.is(Class::WEAK) && at > from && run.has_kind {
        run.end = at + 1;
        run.name = None;
        run.code = None;
        return joined(items, from, at + 1, lexicon, run).or(Some(at + 1));
    }
    if class.is(Class::MEASURE) && run.has_change {
        run.end = at + 1;
        return Some(at + 1);
    }
    if class.is(Class::TAIL) && run.end == at && (run.has_change || at > from && items.class(at - 1).is(Class::MEASURE))
    {
        run.end = at + 1;
        return Some(at + 1);
    }
    if class.is(Class::ADJECTIVE) {
        if is_denied_inside(items, at) {
            return None;
        }
        run.end = at + 1;
        run.has_kind = true;
        return Some(at + 1);
    }
    if class.is(Class::LISTED) && at == from && is_listed(items, at) {
        run.end = at + 1;
        return Some(at + 1);
    }
    if class.is(Class::CHANGE) {
        run.has_change = true;
        return Some(at + 1);
    }
    if class.is(Class::KIND) {
        run.has_kind |= !class.is(Class::VAGUE);
        return Some(at + 1);
    }
    if class.is(Class::LINK) && run.has_change && run.end == 0 {
        return Some(at + 1);
    }
    if class.is(Class::WEAK.or(Class::MEASURE).or(Class::JOIN)) {
        return joined(items, from, at + 1, lexicon, run);
    }
    None
}

/// "exacerbation of asthma", "loss of vision": the finding behind "of" belongs to the name.
fn joined(items: &Items<'_>, from: usize, to: usize, lexicon: &Lexicon, run: &mut Run) -> Option<usize> {
    let is_join = to > from && items.class(to - 1).is(Class::JOIN) && items.text(to).eq_ignore_ascii_case("of");
    if !is_join {
        return None;
    }
    let mut first = to + 1;
    while matches!(items.text(first), "her" | "his" | "the" | "their") {
        first += 1;
    }
    // Within it nothing is joined again (`usize::MAX` is no item), so that the depth is two.
    let mut inner = Run::new(first);
    let mut at = first;
    // No name of a finding has more words of place and kind than this.
    for _ in 0..8 {
        let is_again = items.class(at).is(Class::JOIN) && items.text(at + 1).eq_ignore_ascii_case("of");
        let named = || names::at(items, at, lexicon);
        let next = if is_again { None } else { step(items, usize::MAX, at, named(), lexicon, &mut inner) };
        let Some(next) = next else { break };
        let Some(word) = items.next_word(next - 1) else { break };
        at = word;
    }
    if inner.end == 0 {
        return None;
    }
    (run.end, run.name, run.code) = (inner.end, inner.name, None);
    Some(inner.end)
}

/// Whether a finding stands beside it in a list.
fn is_listed(items: &Items<'_>, at: usize) -> bool {
    let is_joint = |at: usize| matches!(items.text(at), "," | "or" | "and" | "/" | "nor");
    let names = |at: usize| items.class(at).is(Class::HEAD);
    let behind = (1..3).take_while(|n| is_joint(at + n)).last().unwrap_or(0);
    let before = (1..3).take_while(|n| at >= *n && is_joint(at - n)).last().unwrap_or(0);
    behind > 0 && names(at + behind + 1) || before > 0 && at > before && names(at - before - 1)
}

/// "non-tender" is no finding.
fn is_denied_inside(items: &Items<'_>, at: usize) -> bool {
    at >= 1 && items.text(at - 1).eq_ignore_ascii_case("non")
        || at >= 2 && items.is_mark(at - 1, "-") && items.text(at - 2).eq_ignore_ascii_case("non")
}

/// A study is not high or low.
fn is_study(lexicon: &Lexicon, named: Named) -> bool {
    use clinical_lexicon::TestKind::{Score, Study};
    lexicon.test_at(named.end).is_none_or(|test| matches!(test.kind, Score | Study))
}

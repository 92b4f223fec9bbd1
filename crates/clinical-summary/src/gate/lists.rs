//! The lists of a page: each holds what belongs in it, all of it, in its order, and nothing else.

use super::GateError;
use super::reading::Token;
use crate::facts::{of_allergy, of_coming, of_done, of_medicine, of_problem, of_row, of_said, of_schedule};
use crate::piece::{Fact, Line};
use crate::sheet::{AllergyLine, Coming, Done, Medicine, Problem, Said, Sheet, TestRow};
use clinical_lexicon::{Lexicon, Message};
use clinical_model::Source;
use std::ops::Range;

/// What should stand in one item.
#[derive(Clone, Copy)]
enum Expected<'s, 'a> {
    /// A medicine with its directions.
    Medicine(&'s Medicine<'a>),
    /// A medicine that is not to be taken: without directions.
    Off(&'s Medicine<'a>),
    Allergy(&'s AllergyLine<'a>),
    Words(&'s Fact<'a>),
    Problem(&'s Problem<'a>),
    Row(&'s TestRow<'a>),
    Done(&'s Done<'a>),
    Said(&'s Said<'a>),
    Coming(&'s Coming<'a>),
}

impl<'s, 'a> Expected<'s, 'a> {
    /// The facts without which the item would be wrong, its name first. Dates of results are looked for on the whole
    /// page: a list may say a date once for all.
    fn must(self, add: &mut dyn FnMut(&'s Fact<'a>)) {
        let line = |l: &'s Line<'a>, add: &mut dyn FnMut(&'s Fact<'a>)| l.facts().for_each(add);
        match self {
            Self::Medicine(m) => {
                add(&m.name);
                for step in &m.directions.steps {
                    step.plain.iter().for_each(|l| line(l, add));
                    step.quoted.iter().for_each(&mut *add);
                }
                m.cautions.iter().for_each(|l| line(l, add));
                m.reasons.iter().chain(&m.notes).for_each(&mut *add);
                of_schedule(m, add);
            }
            Self::Off(m) => {
                add(&m.name);
                m.status_reason.iter().chain(&m.notes).for_each(add);
            }
            Self::Allergy(a) => {
                add(&a.name);
                a.reactions.iter().filter(|r| r.source() != a.name.source()).for_each(&mut *add);
                a.severity.iter().chain(&a.notes).for_each(add);
            }
            Self::Words(fact) => add(fact),
            Self::Problem(p) => {
                add(&p.name);
                p.details.iter().for_each(|l| line(l, add));
                p.since.iter().chain(&p.until).chain(&p.notes).for_each(add);
            }
            Self::Row(r) => {
                add(&r.name);
                line(&r.measured.line, add);
                r.range.iter().for_each(|l| line(l, add));
                r.earlier.iter().for_each(|e| line(&e.measured.line, add));
                r.notes.iter().for_each(add);
            }
            Self::Done(d) => {
                add(&d.name);
                d.date.iter().for_each(add);
            }
            Self::Said(s) => of_said(s, add),
            Self::Coming(c) => {
                let lists = [&c.places, &c.phones, &c.purposes, &c.preparation];
                let people = c.providers.iter().flatten();
                let status = c.status.iter().filter(|_| c.open);
                c.start
                    .iter()
                    .chain(&c.window)
                    .chain(status)
                    .chain(people)
                    .chain(lists.into_iter().flatten())
                    .for_each(add);
            }
        }
    }

    /// The facts that may stand in it.
    fn may(self, add: &mut dyn FnMut(&'s Fact<'a>)) {
        match self {
            Self::Medicine(m) | Self::Off(m) => {
                of_medicine(m, add);
                of_schedule(m, add);
            }
            Self::Allergy(a) => of_allergy(a, add),
            Self::Words(fact) => add(fact),
            Self::Problem(p) => of_problem(p, add),
            Self::Row(r) => of_row(r, add),
            Self::Done(d) => of_done(d, add),
            Self::Said(s) => of_said(s, add),
            Self::Coming(c) => of_coming(c, add),
        }
    }
}

/// The items of the lists of a page, with the facts in each. Items without a fact (the head of a table, our own
/// remarks) are none.
#[derive(Default)]
struct Lists {
    /// The headings in small letters, each with its items; one may stand more than once.
    headings: Vec<(String, Range<usize>)>,
    /// The facts of each item.
    items: Vec<Range<usize>>,
    facts: Vec<Source>,
}

impl Lists {
    fn of(tokens: &[Token<'_>]) -> Self {
        let mut out = Self::default();
        let mut heading = (String::new(), 0);
        // Where the facts of the open item began.
        let mut open: Option<usize> = None;
        for token in tokens {
            match token {
                Token::Heading(said) => {
                    out.end(open.take());
                    let (last, begin) = std::mem::replace(&mut heading, (said.to_lowercase(), out.items.len()));
                    out.headings.push((last, begin..out.items.len()));
                }
                Token::Item => {
                    out.end(open);
                    open = Some(out.facts.len());
                }
                Token::Fact(source, _) if open.is_some() => out.facts.push(*source),
                Token::Fact(..) | Token::Words(_) | Token::Marked(_) => {}
            }
        }
        out.end(open);
        out.headings.push((heading.0, heading.1..out.items.len()));
        out
    }

    fn end(&mut self, open: Option<usize>) {
        let item = open.map(|begin| begin..self.facts.len()).filter(|item| !item.is_empty());
        self.items.extend(item);
    }

    /// The items below a heading.
    fn below<'l>(&'l self, heading: &str) -> impl Iterator<Item = &'l [Source]> {
        let lists = self.headings.iter().filter(move |(words, _)| words == heading);
        let items = lists.flat_map(|(_, items)| self.items.get(items.clone()).unwrap_or_default());
        items.map(|facts| self.facts.get(facts.clone()).unwrap_or_default())
    }
}

/// Holds every list of the page against the sheet.
pub(super) fn check(tokens: &[Token<'_>], sheet: &Sheet<'_>, lexicon: &Lexicon) -> Result<(), GateError> {
    let lists = Lists::of(tokens);
    let (m, p, a) = (&sheet.medicines, &sheet.problems, &sheet.allergies);
    let names = |list: &[&Vec<Medicine<'_>>]| sorted(list.iter().flat_map(|l| l.iter()).map(|m| m.name.source()));
    let (taken, off) = (names(&[&m.take, &m.as_needed]), names(&[&m.forbidden, &m.stopped, &m.on_hold]));
    let has = |list: &[Source], source: &Source| list.binary_search(source).is_ok();
    let is_off = |s: &Source| has(&off, s) && !has(&taken, s);
    let others = sorted(p.past.iter().chain(&p.possible).map(|p| p.name.source()));
    let current = sorted(p.current.iter().map(|p| p.name.source()));
    let is_other = |s: &Source| has(&others, s) && !has(&current, s);
    let find = |message| -> Vec<&[Source]> { lists.below(lexicon.small_words(message)).collect() };
    let strange = |message, is_strange: &dyn Fn(&Source) -> bool| find(message).into_iter().flatten().any(is_strange);
    if strange(Message::TakeHeading, &is_off) || strange(Message::AsNeededHeading, &is_off) {
        return Err(GateError::StoppedAmongTaken);
    }
    if strange(Message::ProblemsNow, &is_other) {
        return Err(GateError::PastAmongPresent);
    }
    let allergies = a.list.iter().map(Expected::Allergy);
    let statements = a.none_known.iter().chain(&a.negated).chain(&a.not_asked).map(Expected::Words);
    same(&find(Message::DoNotTakeHeading), &mut m.forbidden.iter().map(Expected::Off))?;
    same(&find(Message::StopTaking), &mut m.stopped.iter().map(Expected::Off))?;
    same(&find(Message::HoldHeading), &mut m.on_hold.iter().map(Expected::Off))?;
    same(&find(Message::TakeHeading), &mut m.take.iter().map(Expected::Medicine))?;
    same(&find(Message::AsNeededHeading), &mut m.as_needed.iter().map(Expected::Medicine))?;
    same(&find(Message::AskHeading), &mut m.ask.iter().map(Expected::Medicine))?;
    same(&find(Message::AllergiesHeading), &mut allergies.chain(statements))?;
    same(&find(Message::MedicineWordsHeading), &mut m.in_words.iter().map(Expected::Said))?;
    same(&find(Message::AllergyWordsHeading), &mut a.in_words.iter().map(Expected::Said))?;
    same(&find(Message::ProblemsNow), &mut p.current.iter().map(Expected::Problem))?;
    same(&find(Message::ProblemsPossible), &mut p.possible.iter().map(Expected::Problem))?;
    same(&find(Message::ProblemsPast), &mut p.past.iter().map(Expected::Problem))?;
    same(&find(Message::VitalsHeading), &mut sheet.vitals.iter().map(Expected::Row))?;
    same(&find(Message::ResultsHeading), &mut sheet.results.iter().map(Expected::Row))?;
    same(&find(Message::ChecksHeading), &mut sheet.checks.iter().map(Expected::Row))?;
    same(&find(Message::ProceduresHeading), &mut sheet.procedures.iter().map(Expected::Done))?;
    same(&find(Message::VaccinesHeading), &mut sheet.immunizations.iter().map(Expected::Done))?;
    same(&find(Message::AppointmentsHeading), &mut sheet.coming.iter().map(Expected::Coming))?;
    for (message, list) in [
        (Message::WhyHeading, &sheet.reasons),
        (Message::NotesHeading, &sheet.findings),
        (Message::PlanHeading, &sheet.home),
        (Message::OrderedHeading, &sheet.ordered),
        (Message::GoalsHeading, &sheet.goals),
        (Message::FollowUpHeading, &sheet.follow_up),
        (Message::HelpWordsHeading, &sheet.help),
        (Message::MoreHeading, &sheet.more),
    ] {
        same(&find(message), &mut list.iter().map(Expected::Said))?;
    }
    Ok(())
}

/// Places in their order.
fn sorted(sources: impl Iterator<Item = Source>) -> Vec<Source> {
    let mut sources: Vec<Source> = sources.collect();
    sources.sort_unstable();
    sources
}

/// Item by item: what it is about first, every critical fact, and no fact of another item.
fn same<'s, 'a: 's>(
    items: &[&[Source]],
    expected: &mut dyn Iterator<Item = Expected<'s, 'a>>,
) -> Result<(), GateError> {
    let mut items = items.iter();
    let (mut must, mut may, mut sorted): (Vec<Source>, Vec<Source>, Vec<Source>) = Default::default();
    for expected in expected {
        must.clear();
        expected.must(&mut |fact| must.push(fact.source()));
        let Some(name) = must.first().copied() else { continue };
        let item = items.next().ok_or(GateError::FactMissing)?;
        may.clear();
        expected.may(&mut |fact| may.push(fact.source()));
        may.sort_unstable();
        if item.first() != Some(&name) || item.iter().any(|s| may.binary_search(s).is_err()) {
            return Err(GateError::ListAltered);
        }
        sorted.clear();
        sorted.extend_from_slice(item);
        sorted.sort_unstable();
        if must.iter().any(|s| sorted.binary_search(s).is_err()) {
            return Err(GateError::FactMissing);
        }
    }
    if items.next().is_some() { Err(GateError::ListAltered) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_found_under_their_heading() {
        let source = |n| Source::new(n, n + 1);
        let tokens = [
            Token::Heading("Take these".into()),
            Token::Item,
            Token::Words("Medicine".into()),
            Token::Item,
            Token::Fact(source(1), "A".into()),
            Token::Heading("Allergies".into()),
            Token::Fact(source(2), "B".into()),
        ];
        let lists = Lists::of(&tokens);
        assert_eq!(lists.below("take these").collect::<Vec<_>>(), [[source(1)]]);
        assert_eq!(lists.below("allergies").count(), 0);
        assert_eq!(lists.headings.len(), 3, "what stands before the first heading, and two lists");
    }
}

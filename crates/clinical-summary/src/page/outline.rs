//! The order of a sheet, for pages that are read from top to bottom, and for measuring our own words.

use super::lines::{self, Say};
use super::plain::{disclaimers, disclosure};
use crate::ledger::{Fate, Reason};
use crate::piece::Line;
use crate::sheet::{Allergies, Medicine, Said, Sheet, TestRow};
use clinical_lexicon::{Lexicon, Message};
use clinical_model::UnreadReason;
use std::collections::BTreeMap;

/// One block of a sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block<'a> {
    /// The title.
    Title(Line<'a>),
    /// A section.
    Section(Line<'a>),
    /// A list inside a section.
    List(Line<'a>),
    /// A line on its own.
    Plain(Line<'a>),
    /// An item: its first line, and the lines under it.
    Item(Vec<Line<'a>>),
}

/// The whole sheet, section by section, in the order of the contract.
#[must_use]
pub fn outline<'a>(sheet: &Sheet<'a>, lexicon: &Lexicon) -> Vec<Block<'a>> {
    let mut out = Vec::new();
    each(sheet, Say(lexicon), &mut |block| out.push(block));
    out
}

/// Takes the blocks of an outline one after the other.
pub(super) type Out<'o, 'a> = &'o mut dyn FnMut(Block<'a>);

/// Every block in its order.
fn each<'a>(sheet: &Sheet<'a>, say: Say<'_>, out: Out<'_, 'a>) {
    spoken(sheet, say, out);
    unshown(sheet, say, out);
}

/// Every block but the last: what is not shown is counted there, in rows that are no sentences.
pub(super) fn spoken<'a>(sheet: &Sheet<'a>, say: Say<'_>, out: Out<'_, 'a>) {
    out(Block::Title(say.plain(Message::Title)));
    disclosure(sheet, say).into_iter().for_each(|line| out(Block::Plain(line)));
    lines::head(sheet, say).into_iter().for_each(|line| out(Block::Plain(line)));
    if is_note(sheet) {
        out(Block::Plain(say.plain(Message::AboutNote)));
    }
    if nothing(sheet) {
        out(Block::Plain(say.plain(Message::NothingToShow)));
    }
    let section = |out: Out<'_, 'a>, message| out(Block::Section(say.plain(message)));
    if !sheet.reasons.is_empty() {
        section(out, Message::WhyHeading);
        sheet.reasons.iter().for_each(|s| out(Block::Item(lines::said(s, say))));
    }
    found(sheet, say, out);
    medicines(sheet, say, out);
    section(out, Message::AllergiesHeading);
    allergies(sheet, say).into_iter().for_each(&mut *out);
    if !(sheet.results.is_empty() && sheet.checks.is_empty()) {
        section(out, Message::ResultsHeading);
        sheet.results.iter().for_each(|r| out(Block::Item(test(r, say))));
        if !sheet.checks.is_empty() {
            out(Block::List(say.plain(Message::ChecksHeading)));
            sheet.checks.iter().for_each(|r| out(Block::Item(test(r, say))));
        }
    }
    section(out, Message::AppointmentsHeading);
    if sheet.coming.is_empty() && sheet.follow_up.is_empty() {
        out(Block::Plain(say.plain(Message::NotInRecord)));
    }
    sheet.coming.iter().for_each(|c| out(Block::Item(lines::coming(c, say))));
    in_words(Message::FollowUpHeading, &sheet.follow_up, say, out);
    if !(sheet.home.is_empty() && sheet.ordered.is_empty() && sheet.goals.is_empty()) {
        section(out, Message::HomeHeading);
        in_words(Message::PlanHeading, &sheet.home, say, out);
        in_words(Message::OrderedHeading, &sheet.ordered, say, out);
        in_words(Message::GoalsHeading, &sheet.goals, say, out);
    }
    section(out, Message::HelpHeading);
    out(Block::Plain(say.plain(Message::HelpEmergency)));
    out(Block::Plain(say.plain(Message::HelpQuestions)));
    in_words(Message::HelpWordsHeading, &sheet.help, say, out);
    if !sheet.more.is_empty() {
        section(out, Message::MoreHeading);
        sheet.more.iter().for_each(|s| out(Block::Item(lines::said(s, say))));
    }
    about(sheet, say, out);
}

/// Whether the sheet was read from a note, which it then says at its head.
pub(super) fn is_note(sheet: &Sheet<'_>) -> bool {
    sheet.format == clinical_model::Format::Note
}

/// A list of what the document says in words.
fn in_words<'a>(heading: Message, list: &[Said<'a>], say: Say<'_>, out: Out<'_, 'a>) {
    if !list.is_empty() {
        out(Block::List(say.plain(heading)));
        list.iter().for_each(|s| out(Block::Item(lines::said(s, say))));
    }
}

/// Whether nothing of the record is on the sheet but, at most, who the patient is.
#[must_use]
pub(crate) fn nothing(sheet: &Sheet<'_>) -> bool {
    sheet.medicines.is_empty()
        && sheet.visit.is_none()
        && sheet.results.is_empty()
        && sheet.checks.is_empty()
        && sheet.vitals.is_empty()
        && sheet.problems.current.is_empty()
        && sheet.problems.possible.is_empty()
        && sheet.problems.past.is_empty()
        && sheet.allergies.list.is_empty()
        && sheet.allergies.none_known.is_empty()
        && sheet.allergies.negated.is_empty()
        && sheet.allergies.not_asked.is_empty()
        && sheet.allergies.unreadable == 0
        && sheet.allergies.in_words.is_empty()
        && sheet.procedures.is_empty()
        && sheet.immunizations.is_empty()
        && sheet.coming.is_empty()
        && [&sheet.reasons, &sheet.findings, &sheet.ordered, &sheet.home, &sheet.goals].iter().all(|l| l.is_empty())
        && [&sheet.follow_up, &sheet.help, &sheet.more].iter().all(|l| l.is_empty())
}

fn found<'a>(sheet: &Sheet<'a>, say: Say<'_>, out: Out<'_, 'a>) {
    let problems = [
        (Message::ProblemsNow, None, &sheet.problems.current),
        (Message::ProblemsPossible, Some(Message::ProblemsPossibleIntro), &sheet.problems.possible),
        (Message::ProblemsPast, None, &sheet.problems.past),
    ];
    let is_any = problems.iter().any(|(.., list)| !list.is_empty())
        || !(sheet.findings.is_empty() && sheet.vitals.is_empty())
        || !(sheet.procedures.is_empty() && sheet.immunizations.is_empty());
    if is_any {
        out(Block::Section(say.plain(Message::FoundHeading)));
    }
    for (message, intro, list) in problems {
        if !list.is_empty() {
            out(Block::List(say.plain(message)));
            intro.into_iter().for_each(|i| out(Block::Plain(say.plain(i))));
            list.iter().for_each(|p| out(Block::Item(lines::problem(p, say))));
        }
    }
    if !sheet.findings.is_empty() {
        out(Block::List(say.plain(Message::NotesHeading)));
        sheet.findings.iter().for_each(|s| out(Block::Item(lines::said(s, say))));
    }
    if !sheet.vitals.is_empty() {
        out(Block::List(say.plain(Message::VitalsHeading)));
        sheet.vitals.iter().for_each(|r| out(Block::Item(test(r, say))));
    }
    for (message, list) in
        [(Message::ProceduresHeading, &sheet.procedures), (Message::VaccinesHeading, &sheet.immunizations)]
    {
        if !list.is_empty() {
            out(Block::List(say.plain(message)));
            list.iter().for_each(|d| out(Block::Item(lines::done(d, say))));
        }
    }
}

fn medicines<'a>(sheet: &Sheet<'a>, say: Say<'_>, out: Out<'_, 'a>) {
    let m = &sheet.medicines;
    let mut heading = say.plain(Message::MedicinesHeading);
    heading.push_words(" (");
    heading.append(say.plain(Message::MedicinesExact));
    heading.push_words(")");
    out(Block::Section(heading));
    m.statements.iter().for_each(|s| out(Block::Plain(say.fact(Message::NoneKnown, "words", s))));
    m.negated.iter().for_each(|s| out(Block::Plain(say.fact(Message::NoMedicinesTaken, "words", s))));
    if m.is_empty() {
        out(Block::Plain(say.plain(if m.only_held { Message::MedicinesHeld } else { Message::NotInRecord })));
        return;
    }
    // "Do not take" comes first: a reader who stops after the first list must have seen it.
    for (message, list) in [
        (Message::DoNotTakeHeading, &m.forbidden),
        (Message::StopTaking, &m.stopped),
        (Message::HoldHeading, &m.on_hold),
    ] {
        if !list.is_empty() {
            out(Block::List(say.plain(message)));
            list.iter().for_each(|m| out(Block::Item(off(m, say))));
        }
    }
    for (message, list) in [(Message::TakeHeading, &m.take), (Message::AsNeededHeading, &m.as_needed)] {
        if !list.is_empty() {
            out(Block::List(say.plain(message)));
            list.iter().for_each(|m| out(Block::Item(medicine(m, say))));
        }
        if list.iter().any(|m| m.directions.schedule.is_some()) {
            out(Block::Plain(say.plain(Message::ScheduleNote)));
        }
    }
    if !(m.ask.is_empty() && m.unreadable.is_empty()) {
        out(Block::List(say.plain(Message::AskHeading)));
        if !m.ask.is_empty() {
            out(Block::Plain(say.plain(Message::AskIntro)));
        }
        m.ask.iter().for_each(|m| out(Block::Item(medicine(m, say))));
        m.unreadable.iter().for_each(|l| out(Block::Item(vec![l.clone()])));
    }
    if !m.in_words.is_empty() {
        out(Block::List(say.plain(Message::MedicineWordsHeading)));
        m.in_words.iter().for_each(|s| out(Block::Item(lines::said(s, say))));
    }
}

/// A medicine that is not to be taken: its name and why; no directions, which could be read as an order.
pub(super) fn off<'a>(m: &Medicine<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let mut out = vec![Line::fact(m.name.clone())];
    out.extend(m.cautions.clone());
    out.extend(lines::stopped(m, say));
    out
}

fn medicine<'a>(m: &Medicine<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let mut out = vec![Line::fact(m.name.clone())];
    out.extend(m.cautions.clone());
    out.extend(lines::directions(m, say).into_iter().map(|(_, line)| line));
    if let Some(schedule) = &m.directions.schedule {
        let mut line = Line::default();
        let times = [
            (Message::Morning, &schedule.morning),
            (Message::Noon, &schedule.noon),
            (Message::Evening, &schedule.evening),
            (Message::Bedtime, &schedule.bedtime),
        ];
        for (message, amount) in times {
            line.push_words(if line.is_empty() { "" } else { " | " });
            line.append(say.plain(message));
            line.push_words(": ");
            line.append(amount.clone().unwrap_or_else(|| say.plain(Message::NothingThen)));
        }
        out.push(line);
    }
    out.extend(lines::about_medicine(m, say));
    out
}

fn allergies<'a>(sheet: &Sheet<'a>, say: Say<'_>) -> Vec<Block<'a>> {
    let a = &sheet.allergies;
    let mut out: Vec<Block<'a>> = a.list.iter().map(|x| Block::Item(lines::allergy(x, say))).collect();
    out.extend(a.none_known.iter().map(|n| Block::Item(vec![say.fact(Message::NoneKnown, "words", n)])));
    out.extend(a.negated.iter().map(|n| Block::Item(vec![say.fact(Message::NoAllergiesKnown, "words", n)])));
    out.extend(a.not_asked.iter().map(|n| Block::Item(vec![say.fact(Message::NotAsked, "words", n)])));
    out.extend(allergy_remarks(a, say).into_iter().map(Block::Plain));
    if !a.in_words.is_empty() {
        out.push(Block::List(say.plain(Message::AllergyWordsHeading)));
        out.extend(a.in_words.iter().map(|s| Block::Item(lines::said(s, say))));
    }
    if out.is_empty() {
        out.push(Block::Plain(say.plain(Message::NotInRecord)));
    }
    out
}

/// What must be said beside the allergies: a contradiction, what could not be read, what is held back.
pub(super) fn allergy_remarks<'a>(a: &Allergies<'_>, say: Say<'_>) -> Vec<Line<'a>> {
    let mut out = Vec::new();
    if a.contradiction {
        out.push(say.plain(Message::AllergiesDisagree));
    }
    out.extend((0..a.unreadable).map(|_| say.plain(Message::AllergyUnreadable)));
    if a.only_held {
        out.push(say.plain(Message::AllergiesHeld));
    }
    out
}

fn test<'a>(row: &TestRow<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let mut first = Line::default().with_room(row.measured.line.pieces().len() + 12);
    first.push_fact(row.name.clone());
    if let Some(plain) = &row.plain {
        first.push_words(" (");
        first.append(say.with(Message::PlainName, "name", plain.clone()));
        first.push_words(")");
    }
    first.push_words(": ");
    first.append_copy(&row.measured.line);
    if let Some(level) = lines::level(row, say) {
        first.push_words(" – ");
        first.append(level);
    }
    let date = row.date.as_ref().map(|d| say.fact(Message::OnDate, "date", d));
    first.push_words(", ");
    first.append(date.unwrap_or_else(|| say.plain(Message::NoDate)));
    let under = lines::under_test(row, say);
    let mut out = Vec::with_capacity(under.len() + 3);
    out.push(first);
    out.extend(under);
    let earlier = earlier(row);
    for (message, line) in [(Message::RangeColumn, row.range.as_ref()), (Message::EarlierColumn, earlier.as_ref())] {
        if let Some(line) = line {
            let mut labelled = say.plain(message).with_room(line.pieces().len() + 1);
            labelled.push_words(": ");
            labelled.append_copy(line);
            out.push(labelled);
        }
    }
    out
}

fn earlier<'a>(row: &TestRow<'a>) -> Option<Line<'a>> {
    let mut out = Line::default();
    for line in lines::earlier(row) {
        out.push_words(if out.is_empty() { "" } else { ", " });
        out.append(line);
    }
    (!out.is_empty()).then_some(out)
}

fn about<'a>(sheet: &Sheet<'a>, say: Say<'_>, out: Out<'_, 'a>) {
    out(Block::Section(say.plain(Message::AboutHeading)));
    for message in disclaimers(sheet) {
        out(Block::Plain(say.plain(message)));
    }
    out(Block::Plain(counts(sheet, say)));
}

/// What is not shown, and why.
fn unshown<'a>(sheet: &Sheet<'a>, say: Say<'_>, out: Out<'_, 'a>) {
    let (held, unread) = groups(sheet);
    for (message, rows) in [(Message::AboutHeld, held), (Message::AboutUnreadable, unread)] {
        if !rows.is_empty() {
            out(Block::List(say.plain(message)));
            rows.into_iter().for_each(|row| out(Block::Item(vec![row_line(row, say)])));
        }
    }
}

/// The accounting in one line. The numbers are counted, not copied.
pub(super) fn counts<'a>(sheet: &Sheet<'a>, say: Say<'_>) -> Line<'a> {
    let (entries, shown, held, unreadable) = sheet.accounting.counts();
    let number = |n: usize| Line::words(n.to_string());
    let slots = [
        ("entries", number(entries)),
        ("held", number(held)),
        ("shown", number(shown)),
        ("unreadable", number(unreadable)),
    ];
    Line::say(say.0, Message::AboutCounts, &slots)
}

/// A reason, the kinds of entries, how many.
pub(super) type Group = (Message, String, usize);

/// What is not shown, by reason and kind, with counts.
pub(super) fn groups(sheet: &Sheet<'_>) -> (Vec<Group>, Vec<Group>) {
    let mut held: BTreeMap<(Reason, &str), usize> = BTreeMap::new();
    let mut unread: BTreeMap<(UnreadReason, &str), usize> = BTreeMap::new();
    for (kind, _, fate) in &sheet.accounting.rows {
        match fate {
            Fate::Shown => {}
            Fate::HeldBack(reason) => *held.entry((*reason, &**kind)).or_default() += 1,
            Fate::Unreadable(reason) => *unread.entry((*reason, &**kind)).or_default() += 1,
        }
    }
    (
        held.into_iter().map(|((r, kind), n)| (r.message(), kind.to_owned(), n)).collect(),
        unread.into_iter().map(|((r, kind), n)| (unread_message(r), kind.to_owned(), n)).collect(),
    )
}

pub(super) fn row_line<'a>((message, kind, count): Group, say: Say<'_>) -> Line<'a> {
    let kind = if kind.is_empty() { "?".to_owned() } else { kind };
    let slots =
        [("count", Line::words(count.to_string())), ("kind", Line::words(kind)), ("reason", say.plain(message))];
    Line::say(say.0, Message::AboutHeldRow, &slots)
}

/// The words of a reason why an entry could not be read.
pub(crate) const fn unread_message(reason: UnreadReason) -> Message {
    match reason {
        UnreadReason::NoResource => Message::UnreadNoResource,
        UnreadReason::NoType => Message::UnreadNoType,
        UnreadReason::NotAnObject | UnreadReason::RepeatedMember => Message::UnreadNotAnObject,
        UnreadReason::BrokenLine => Message::UnreadBrokenLine,
        UnreadReason::UnknownModifier => Message::UnreadModifier,
        UnreadReason::NoMedicineName => Message::UnreadNoMedicine,
        UnreadReason::NoSubjectMatter | UnreadReason::NoStatement => Message::UnreadNoSubject,
    }
}

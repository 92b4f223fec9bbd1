//! Every fact of a sheet, in one walk: for the accounting, the gate and the tests.

use crate::directions::Schedule;
use crate::piece::{Fact, Line};
use crate::sheet::{AllergyLine, Coming, Done, Medicine, Problem, Said, Sheet, TestRow};

type Visit<'v, 's, 'a> = &'v mut dyn FnMut(&'s Fact<'a>);

impl<'a> Sheet<'a> {
    /// Calls `visit` with every fact that every page shows.
    pub fn facts<'s>(&'s self, visit: Visit<'_, 's, 'a>) {
        self.patient_id.iter().for_each(&mut *visit);
        self.name.iter().chain(&self.birth_date).chain(&self.deceased).chain(&self.deceased_flag).for_each(&mut *visit);
        if let Some(v) = &self.visit {
            v.kind.iter().chain(&v.start).chain(&v.end).chain(&v.place).for_each(&mut *visit);
            v.providers.iter().flatten().for_each(&mut *visit);
        }
        for said in self.reasons.iter().chain(&self.findings).chain(&self.ordered).chain(&self.home).chain(&self.goals)
        {
            of_said(said, &mut *visit);
        }
        let in_words = self.medicines.in_words.iter().chain(&self.allergies.in_words);
        for said in in_words.chain(&self.follow_up).chain(&self.help).chain(&self.more) {
            of_said(said, &mut *visit);
        }
        for p in self.problems.current.iter().chain(&self.problems.possible).chain(&self.problems.past) {
            of_problem(p, visit);
        }
        for row in self.vitals.iter().chain(&self.results).chain(&self.checks) {
            of_row(row, visit);
        }
        for done in self.procedures.iter().chain(&self.immunizations) {
            of_done(done, visit);
        }
        for medicine in self.medicines.all() {
            of_medicine(medicine, visit);
        }
        for allergy in &self.allergies.list {
            of_allergy(allergy, visit);
        }
        self.medicines.statements.iter().chain(&self.medicines.negated).for_each(&mut *visit);
        let a = &self.allergies;
        a.none_known.iter().chain(&a.negated).chain(&a.not_asked).for_each(&mut *visit);
        for coming in &self.coming {
            of_coming(coming, visit);
        }
    }

    /// The same for the amounts in the four times of day: facts of the directions once more, in their own views.
    pub(crate) fn times_of_day<'s>(&'s self, visit: Visit<'_, 's, 'a>) {
        for medicine in self.medicines.all() {
            of_schedule(medicine, visit);
        }
    }

    /// Calls `visit` with every line that words of ours may stand in.
    pub(crate) fn lines<'s>(&'s self, visit: &mut dyn FnMut(&'s Line<'a>)) {
        self.visit.iter().filter_map(|v| v.plain.as_ref()).for_each(&mut *visit);
        for p in self.problems.current.iter().chain(&self.problems.possible).chain(&self.problems.past) {
            p.plain.iter().chain(&p.explanation).chain(&p.details).for_each(&mut *visit);
        }
        for said in self.reasons.iter().chain(&self.findings).chain(&self.ordered).chain(&self.home).chain(&self.goals)
        {
            said.extra.iter().for_each(&mut *visit);
        }
        let in_words = self.medicines.in_words.iter().chain(&self.allergies.in_words);
        for said in in_words.chain(&self.follow_up).chain(&self.help).chain(&self.more) {
            said.extra.iter().for_each(&mut *visit);
        }
        for row in self.vitals.iter().chain(&self.results).chain(&self.checks) {
            row.plain.iter().chain(&row.explanation).chain(&row.range).for_each(&mut *visit);
            visit(&row.measured.line);
        }
        for done in self.procedures.iter().chain(&self.immunizations) {
            done.plain.iter().chain(&done.explanation).for_each(&mut *visit);
        }
        for m in self.medicines.all() {
            m.often_used_for.iter().chain(&m.cautions).for_each(&mut *visit);
            for step in &m.directions.steps {
                step.plain.iter().chain(&step.lead).for_each(&mut *visit);
                step.schedule.iter().flat_map(times).for_each(&mut *visit);
            }
            m.directions.schedule.iter().flat_map(times).for_each(&mut *visit);
        }
        self.medicines.unreadable.iter().for_each(visit);
    }
}

fn times<'s, 'a>(schedule: &'s Schedule<'a>) -> impl Iterator<Item = &'s Line<'a>> {
    schedule.morning.iter().chain(&schedule.noon).chain(&schedule.evening).chain(&schedule.bedtime)
}

fn of_line<'s, 'a>(line: &'s Line<'a>, visit: Visit<'_, 's, 'a>) {
    line.facts().for_each(visit);
}

pub(crate) fn of_said<'s, 'a>(said: &'s Said<'a>, visit: Visit<'_, 's, 'a>) {
    said.title.iter().chain(&said.words).chain(&said.date).chain(&said.unfinished).for_each(&mut *visit);
    said.extra.iter().for_each(|l| of_line(l, &mut *visit));
}

pub(crate) fn of_problem<'s, 'a>(p: &'s Problem<'a>, visit: Visit<'_, 's, 'a>) {
    visit(&p.name);
    p.details.iter().for_each(|l| of_line(l, &mut *visit));
    p.since.iter().chain(&p.until).chain(&p.status).chain(&p.verification).chain(&p.notes).for_each(visit);
}

pub(crate) fn of_done<'s, 'a>(done: &'s Done<'a>, visit: Visit<'_, 's, 'a>) {
    visit(&done.name);
    done.date.iter().chain(&done.status).chain(&done.sites).for_each(visit);
}

pub(crate) fn of_row<'s, 'a>(row: &'s TestRow<'a>, visit: Visit<'_, 's, 'a>) {
    visit(&row.name);
    of_line(&row.measured.line, visit);
    row.range.iter().for_each(|l| of_line(l, visit));
    row.site.iter().for_each(&mut *visit);
    row.interpretation.iter().chain(&row.status).chain(&row.date).chain(&row.notes).for_each(&mut *visit);
    for earlier in &row.earlier {
        of_line(&earlier.measured.line, visit);
        visit(&earlier.date);
    }
}

pub(crate) fn of_medicine<'s, 'a>(m: &'s Medicine<'a>, visit: Visit<'_, 's, 'a>) {
    visit(&m.name);
    let d = &m.directions;
    for step in &d.steps {
        step.plain.iter().for_each(|l| of_line(l, visit));
        step.quoted.iter().for_each(&mut *visit);
    }
    for list in [&d.dose, &d.frequency, &d.route, &d.as_needed_for, &d.max, &m.reasons, &m.notes] {
        list.iter().for_each(&mut *visit);
    }
    m.cautions.iter().for_each(|l| of_line(l, visit));
    m.status.iter().chain(&m.status_reason).chain(&m.written).chain(&m.prescriber).for_each(visit);
}

pub(crate) fn of_schedule<'s, 'a>(m: &'s Medicine<'a>, visit: Visit<'_, 's, 'a>) {
    let steps = m.directions.steps.iter().filter_map(|s| s.schedule.as_ref());
    for line in m.directions.schedule.iter().chain(steps).flat_map(times) {
        of_line(line, visit);
    }
}

pub(crate) fn of_allergy<'s, 'a>(a: &'s AllergyLine<'a>, visit: Visit<'_, 's, 'a>) {
    visit(&a.name);
    a.reactions.iter().chain(&a.severity).chain(&a.criticality).chain(&a.notes).chain(&a.status).for_each(visit);
}

pub(crate) fn of_coming<'s, 'a>(c: &'s Coming<'a>, visit: Visit<'_, 's, 'a>) {
    c.start.iter().chain(c.providers.iter().flatten()).chain(&c.places).chain(&c.phones).for_each(&mut *visit);
    c.purposes.iter().chain(&c.preparation).chain(&c.status).chain(&c.window).for_each(visit);
}

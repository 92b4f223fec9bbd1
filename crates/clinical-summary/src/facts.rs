//! Every fact of a sheet, in one walk: for the accounting, the gate and the tests.

use crate::piece::{Fact, Line};
use crate::sheet::{Coming, Done, Medicine, Problem, Said, Sheet, TestRow};

type Visit<'v, 'a> = &'v mut dyn FnMut(&Fact<'a>);

impl<'a> Sheet<'a> {
    /// Calls `visit` with every fact that every page shows.
    pub fn facts(&self, visit: Visit<'_, 'a>) {
        self.patient_id.iter().for_each(&mut *visit);
        self.name.iter().chain(&self.birth_date).chain(&self.deceased).for_each(&mut *visit);
        if let Some(v) = &self.visit {
            v.kind.iter().chain(&v.start).chain(&v.end).chain(&v.place).chain(&v.providers).for_each(&mut *visit);
        }
        for said in self.reasons.iter().chain(&self.findings).chain(&self.ordered).chain(&self.home).chain(&self.goals) {
            of_said(said, visit);
        }
        for p in self.problems.current.iter().chain(&self.problems.possible).chain(&self.problems.past) {
            of_problem(p, visit);
        }
        for row in self.vitals.iter().chain(&self.results) {
            of_row(row, visit);
        }
        for done in self.procedures.iter().chain(&self.immunizations) {
            of_done(done, visit);
        }
        for medicine in self.medicines.all() {
            of_medicine(medicine, visit);
        }
        for allergy in &self.allergies.list {
            visit(&allergy.name);
            allergy.reactions.iter().chain(&allergy.severity).chain(&allergy.status).for_each(&mut *visit);
        }
        self.allergies.none_known.iter().chain(&self.allergies.not_asked).for_each(&mut *visit);
        for coming in &self.coming {
            of_coming(coming, visit);
        }
    }
}

fn of_line<'a>(line: &Line<'a>, visit: Visit<'_, 'a>) {
    line.facts().for_each(visit);
}

fn of_said<'a>(said: &Said<'a>, visit: Visit<'_, 'a>) {
    said.title.iter().chain(&said.words).chain(&said.date).for_each(visit);
}

fn of_problem<'a>(p: &Problem<'a>, visit: Visit<'_, 'a>) {
    visit(&p.name);
    p.since.iter().chain(&p.until).chain(&p.status).chain(&p.verification).chain(&p.notes).for_each(visit);
}

fn of_done<'a>(done: &Done<'a>, visit: Visit<'_, 'a>) {
    visit(&done.name);
    done.date.iter().chain(&done.status).for_each(visit);
}

fn of_row<'a>(row: &TestRow<'a>, visit: Visit<'_, 'a>) {
    visit(&row.name);
    of_line(&row.measured.line, visit);
    row.measured.value.iter().chain(&row.measured.unit).for_each(&mut *visit);
    row.range.iter().for_each(|l| of_line(l, visit));
    row.interpretation.iter().chain(&row.status).chain(&row.date).chain(&row.notes).for_each(&mut *visit);
    for earlier in &row.earlier {
        earlier.value.iter().for_each(&mut *visit);
        visit(&earlier.date);
    }
}

fn of_medicine<'a>(m: &Medicine<'a>, visit: Visit<'_, 'a>) {
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

fn of_coming<'a>(c: &Coming<'a>, visit: Visit<'_, 'a>) {
    c.start.iter().chain(&c.providers).chain(&c.places).chain(&c.phones).for_each(&mut *visit);
    c.purposes.iter().chain(&c.preparation).chain(&c.status).for_each(visit);
}

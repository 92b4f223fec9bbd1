//! What goes onto the sheet, what is held back, and why. Selection is by date and status; nothing is left out silently.

mod coming;
mod context;
mod findings;
mod in_words;
mod level;
mod medicines;
mod problems;
mod results;
mod trend;
mod value;

use crate::ledger::{Accounting, Closed, Ledger};
use crate::piece::Fact;
use crate::sheet::Sheet;
use clinical_lexicon::Lexicon;
use clinical_model::{Moment, Record, SectionKind};
pub(crate) use context::Selection;

/// Makes the sheet of a record. `now` decides what is past; `lexicon` gives the words.
#[must_use]
pub fn compose<'a>(record: &Record<'a>, now: Moment, lexicon: &Lexicon) -> Sheet<'a> {
    let (mut sheet, closed) = chosen(record, now, lexicon);
    sheet.accounting = closed.rows(record.entries.clone());
    sheet
}

/// The same of a record that nobody needs any more: its entries become those of the sheet, and no list of them is made
/// beside.
#[must_use]
pub fn compose_last<'a>(mut record: Record<'a>, now: Moment, lexicon: &Lexicon) -> Sheet<'a> {
    let (mut sheet, closed) = chosen(&record, now, lexicon);
    let entries = std::mem::take(&mut record.entries);
    drop(record);
    sheet.accounting = closed.rows(entries);
    sheet
}

/// The sheet without its accounting, and the books.
fn chosen<'a>(record: &Record<'a>, now: Moment, lexicon: &Lexicon) -> (Sheet<'a>, Closed) {
    let mut ledger = Ledger::new(record.entries.len());
    let selection = Selection::new(record, now, lexicon);
    let person = record.patient.as_ref();
    let exact = |v: &Option<clinical_model::Verbatim<'a>>| v.as_ref().map(Fact::exact);
    let date = |v: &Option<clinical_model::Verbatim<'a>>| v.as_ref().map(|v| Fact::viewed(crate::View::Date, v));
    let mut sheet = Sheet {
        now,
        patient_id: person.and_then(|p| exact(&p.id)),
        name: person.map(|p| p.name.iter().map(Fact::exact).collect()).unwrap_or_default(),
        birth_date: person.and_then(|p| date(&p.birth_date)),
        deceased: person.and_then(|p| date(&p.deceased)),
        deceased_flag: person.and_then(|p| exact(&p.deceased_flag)),
        visit: findings::visit(&selection, &mut ledger),
        reasons: findings::reasons(&selection),
        problems: problems::problems(&selection, &mut ledger),
        findings: findings::findings(&selection, &mut ledger),
        vitals: Vec::new(),
        procedures: findings::procedures(&selection, &mut ledger),
        immunizations: findings::immunizations(&selection, &mut ledger),
        medicines: medicines::medicines(&selection, &mut ledger),
        allergies: problems::allergies(&selection, &mut ledger),
        results: Vec::new(),
        checks: Vec::new(),
        coming: coming::coming(&selection, &mut ledger),
        ordered: coming::ordered(&selection, &mut ledger),
        home: coming::home(&selection, &mut ledger),
        goals: coming::goals(&selection, &mut ledger),
        follow_up: in_words::sections(&selection, SectionKind::FollowUp),
        help: in_words::sections(&selection, SectionKind::ReturnPrecautions),
        more: in_words::more(&selection),
        format: record.format,
        shift: record.shift,
        accounting: Accounting { rows: Vec::new() },
        narration: None,
    };
    results::results(&selection, &mut ledger, &mut sheet);
    let mut shown = Vec::new();
    sheet.facts(&mut |fact| shown.push(fact.source()));
    let closed = ledger.close(record, shown.into_iter());
    (sheet, closed)
}

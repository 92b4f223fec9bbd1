//! A medicine that stands only in the table of a medicines section, read from its row.

use super::units::{Row, Units, cells};
use crate::ccda::context::{Context, Frame, MedicineList};
use crate::cues::{self, Halt};
use clinical_model::{
    AsNeeded, Assertion, Concept, Course, CourseRule, Dosage, EntryState, MedicationKind, MedicationRemark,
    MedicationUse, Moment, Name, Period, Verbatim,
};
use clinical_xml::{text, text_of};

/// What a column holds, by its heading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    Medicine,
    Directions,
    Detail,
    Route,
    Status,
    Start,
    End,
    Reason,
    Prescriber,
    Note,
    /// Nothing that helps the patient: codes, quantities, refills.
    Aside,
    /// What could be the name, where no other column is.
    Named,
    Unknown,
}

/// Headings, in small letters, as whole texts.
const HEADINGS: &[(Column, &[&str])] = &[
    (
        Column::Medicine,
        &[
            "medication",
            "medications",
            "medication name",
            "name of medication",
            "medicine",
            "medicine name",
            "drug",
            "drug name",
            "prescription",
            "current medication",
            "current medications",
            "active medication",
            "active medications",
            "discharge medication",
            "discharge medications",
            "home medication",
            "home medications",
            "medication ordered",
            "medication/dose",
        ],
    ),
    (
        Column::Directions,
        &[
            "directions",
            "direction",
            "sig",
            "instructions",
            "dosage instructions",
            "dose instructions",
            "patient instructions",
            "sig text",
            "how to take",
            "take",
            "dosage",
            "directions/sig",
            "sig/directions",
            "administration instructions",
        ],
    ),
    (Column::Detail, &["dose", "strength", "frequency", "form", "schedule", "how often", "rate", "duration"]),
    (Column::Route, &["route", "how taken", "route of administration"]),
    (Column::Status, &["status", "medication status", "active", "state"]),
    (Column::Start, &["start", "start date", "date started", "started", "started on", "begin date", "from"]),
    (
        Column::End,
        &["end", "end date", "stop", "stop date", "date stopped", "stopped", "discontinued", "expires", "to", "until"],
    ),
    (
        Column::Reason,
        &["indication", "indications", "reason", "for", "used for", "reason for taking", "diagnosis", "purpose"],
    ),
    (Column::Prescriber, &["prescriber", "prescribed by", "ordered by", "provider", "ordering provider"]),
    (Column::Note, &["comment", "comments", "note", "notes", "remarks", "additional information"]),
    (
        Column::Named,
        &["name", "description", "code description", "product", "product name", "item", "brand name", "generic name"],
    ),
    (
        Column::Aside,
        &[
            "code",
            "codes",
            "code system",
            "rxnorm",
            "rxnorm code",
            "rx norm",
            "ndc",
            "quantity",
            "qty",
            "dispense",
            "dispensed",
            "refill",
            "refills",
            "fill instructions",
            "fill status",
            "fills",
            "pharmacy",
            "order number",
            "last filled",
        ],
    ),
];

fn column(heading: &str) -> Column {
    let heading = heading.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    HEADINGS.iter().find(|(_, words)| words.contains(&heading.as_str())).map_or(Column::Unknown, |(column, _)| *column)
}

/// Reads a row of a table whose headings say which cell is what. False where they do not, or where the row has other
/// cells than its table has headings: it stays words of the section.
pub(super) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    units: &Units<'d, 'a>,
    row: Row<'d, 'a>,
    frame: Frame,
) -> bool {
    let Some(head) = row.head else { return false };
    let is_spread = |n: clinical_xml::Node<'_, '_>| {
        ["colspan", "rowspan"].iter().any(|a| n.attribute(*a).is_some_and(|v| v.trim() != "1"))
    };
    if cells(row.node).chain(cells(head)).any(is_spread) || cells(head).count() != cells(row.node).count() {
        return false;
    }
    let columns: Vec<Column> = cells(head).map(|heading| column(&text_of(heading))).collect();
    let is = |wanted: Column| columns.iter().filter(|c| **c == wanted).count();
    let name = match (is(Column::Medicine), is(Column::Named)) {
        (1, _) => Column::Medicine,
        (0, 1) => Column::Named,
        _ => return false,
    };
    let mut out = Reading::default();
    let mut named = None;
    for (column, cell) in columns.iter().zip(cells(row.node)) {
        let Some(words) = text(cell) else { continue };
        if *column != name {
            out.take(*column, words);
        } else if units.is_plain(cell) {
            named = Some(words);
        }
    }
    let is_medicine = |words: &Verbatim<'_>| {
        words.text().chars().any(char::is_alphabetic) && !cues::is_nameless(words.text()) && !says_none(words.text())
    };
    let Some(medicine) = named.filter(is_medicine) else { return false };
    let entry = context.entry("text row", row.node);
    context.record.entries[entry.index()].state = EntryState::Read;
    let halt = out.halt(medicine.text());
    let course = match halt {
        Some(Halt::Hold) => Course::OnHold,
        Some(Halt::Stop) => Course::Stopped,
        None => Course::Unstated,
    };
    context.record.medications.push(MedicationUse {
        entry,
        kind: match frame.medicines {
            MedicineList::Administered => MedicationKind::Administration,
            _ => MedicationKind::Statement,
        },
        medicine: Concept { text: Some(medicine), codings: Vec::new() },
        medicine_is_ingredients: false,
        medicine_entry: None,
        course,
        assertion: if halt.is_some() { Assertion::Absent } else { Assertion::Possible },
        prohibition: None,
        status_reason: None,
        dosages: out.dosages(),
        written: None,
        taken: (out.start.is_some() || out.end.is_some()).then_some(Period { start: out.start, end: out.end }),
        valid: None,
        reported: false,
        reasons: out.reasons,
        notes: out.notes,
        prescriber: out.prescriber,
        status: out.status,
        rule: halt.map(|_| CourseRule::Words),
        remarks: vec![MedicationRemark::FromText],
    });
    true
}

/// Texts that name no medicine because there is none, or nobody knows.
fn says_none(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    const WHOLE: [&str; 6] = ["none", "no", "nil", "na", "not on file", "not asked"];
    const BEGINNINGS: [&str; 9] = [
        "no known",
        "no current",
        "no active",
        "no medication",
        "no information",
        "none ",
        "not taking",
        "no data",
        "patient is not",
    ];
    WHOLE.contains(&text.as_str()) || BEGINNINGS.iter().any(|b| text.starts_with(b))
}

/// The cells of a row beside the medicine's name.
#[derive(Default)]
struct Reading<'a> {
    directions: Option<Verbatim<'a>>,
    details: Vec<Verbatim<'a>>,
    route: Option<Verbatim<'a>>,
    status: Option<Verbatim<'a>>,
    start: Option<Verbatim<'a>>,
    end: Option<Verbatim<'a>>,
    reasons: Vec<Verbatim<'a>>,
    prescriber: Option<Name<'a>>,
    notes: Vec<Verbatim<'a>>,
}

impl<'a> Reading<'a> {
    /// What is no date in a column of dates, and what stands under a heading that is not known, is kept as words.
    fn take(&mut self, column: Column, words: Verbatim<'a>) {
        let is_date = Moment::parse(words.text()).is_some();
        match column {
            Column::Directions if self.directions.is_none() => self.directions = Some(words),
            Column::Detail => self.details.push(words),
            Column::Route if self.route.is_none() => self.route = Some(words),
            Column::Status if self.status.is_none() => self.status = Some(words),
            Column::Start if is_date && self.start.is_none() => self.start = Some(words),
            Column::End if is_date && self.end.is_none() => self.end = Some(words),
            Column::Reason => self.reasons.push(words),
            Column::Prescriber if self.prescriber.is_none() => self.prescriber = Some(Name::from(words)),
            Column::Aside => {}
            _ => self.notes.push(words),
        }
    }

    /// Only words that hold or stop it decide; no cell says that a medicine is taken.
    fn halt(&self, name: &str) -> Option<Halt> {
        let by_status = self.status.as_ref().and_then(|s| cues::halt_in_name(s.text()));
        let by_directions = self.directions.as_ref().and_then(|d| cues::halt_in_text(d.text(), name));
        cues::halt_in_name(name).or(by_status).or(by_directions)
    }

    fn dosages(&mut self) -> Vec<Dosage<'a>> {
        if self.directions.is_none() && self.details.is_empty() && self.route.is_none() {
            return Vec::new();
        }
        let worded = |words: Verbatim<'a>| Concept { text: Some(words), codings: Vec::new() };
        vec![Dosage {
            text: self.directions.take(),
            additional: self.details.drain(..).map(worded).collect(),
            route: self.route.take().map(worded),
            as_needed: AsNeeded::Unstated,
            ..Dosage::empty()
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_as_whole_texts() {
        assert_eq!(column(" Medication: "), Column::Medicine);
        assert_eq!(column("Medication allergy"), Column::Unknown);
        assert_eq!(column("SIG"), Column::Directions);
        let mut seen = std::collections::HashSet::new();
        assert!(HEADINGS.iter().flat_map(|(_, words)| *words).all(|w| seen.insert(*w) && *w == w.to_lowercase()));
    }

    #[test]
    fn a_row_that_says_none_names_no_medicine() {
        assert!(["None", "No known medications", "(none)", "No current medications"].iter().all(|t| says_none(t)));
        assert!(["Nortriptyline", "Nitroglycerin 0.4 mg", "Norethindrone"].iter().all(|t| !says_none(t)));
    }
}

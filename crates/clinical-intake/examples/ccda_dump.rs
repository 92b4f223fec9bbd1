//! Prints what became of every entry of a C-CDA document: `ccda_dump FILE_OR_FOLDER…`. For reading beside the XML.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool for a person at a terminal, who names the files"
)]

use clinical_intake::ccda;
use clinical_model::{
    AmountOrRange, AsNeeded, Bounds, Concept, Dosage, EntryState, Period, Quantity, Record, Stop, Verbatim,
};
use std::path::{Path, PathBuf};

fn main() {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if arguments.is_empty() {
        eprintln!("usage: ccda_dump FILE_OR_FOLDER…");
        std::process::exit(64);
    }
    let mut files = Vec::new();
    arguments.iter().for_each(|path| collect(path, &mut files));
    files.sort();
    let totals = files.iter().fold(Totals::default(), |totals, file| totals.with(&dump(file)));
    println!("== {totals:?}");
}

#[derive(Debug, Default)]
struct Totals {
    documents: usize,
    refused: usize,
    entries: usize,
    unreadable: usize,
    medicines: usize,
    conditions: usize,
    allergies: usize,
}

impl Totals {
    const fn with(mut self, one: &Self) -> Self {
        self.documents += one.documents;
        self.refused += one.refused;
        self.entries += one.entries;
        self.unreadable += one.unreadable;
        self.medicines += one.medicines;
        self.conditions += one.conditions;
        self.allergies += one.allergies;
        self
    }
}

fn collect(path: &Path, into: &mut Vec<PathBuf>) {
    let Ok(inside) = std::fs::read_dir(path) else { return into.push(path.to_owned()) };
    for entry in inside.flatten() {
        let path = entry.path();
        if path.is_dir() || path.extension().is_some_and(|e| e == "xml") {
            collect(&path, into);
        }
    }
}

fn dump(file: &Path) -> Totals {
    println!("##### {}", file.display());
    let mut totals = Totals { documents: 1, ..Totals::default() };
    let bytes = std::fs::read(file).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let safe = match clinical_xml::Safe::of(&text) {
        Ok(safe) => safe,
        Err(error) => {
            println!("refused: {error}");
            return Totals { refused: 1, ..totals };
        }
    };
    let read = safe.parse().map_err(|e| e.to_string()).and_then(|document| {
        let (record, findings) = ccda::read(&document, Stop::never()).map_err(|e| e.to_string())?;
        for finding in &findings {
            println!("  finding {} at {}..", finding.code.as_str(), finding.at.start());
        }
        totals.entries = record.entries.len();
        totals.unreadable = record.entries.iter().filter(|e| matches!(e.state, EntryState::Unreadable(_))).count();
        totals.medicines = record.medications.len();
        totals.conditions = record.conditions.len();
        totals.allergies = record.allergies.len();
        print(&record);
        Ok(())
    });
    if let Err(error) = read {
        println!("refused: {error}");
        totals.refused = 1;
    }
    totals
}

fn print(record: &Record<'_>) {
    for entry in record.entries.iter().filter(|e| e.state != EntryState::Read) {
        println!("  {:<20} {:?} at {}", entry.kind, entry.state, entry.source.start());
    }
    for m in &record.medications {
        println!("  MED [{}] {:?}/{:?} {:?} by {:?} {:?}", m.entry.0, m.kind, m.course, m.assertion, m.rule, m.remarks);
        println!("      name: {}", concept(&m.medicine));
        print!("      status: {} taken: {}", some(m.status.as_ref()), period(m.taken.as_ref()));
        println!(" written: {} reasons: {}", some(m.written.as_ref()), list(&m.reasons));
        if !m.notes.is_empty() {
            println!("      notes: {}", list(&m.notes));
        }
        m.dosages.iter().for_each(dosage);
    }
    for c in &record.conditions {
        print!("  PROBLEM [{}] {:?}{}", c.entry.0, c.assertion, if c.contradicts { " (contradicts)" } else { "" });
        print!(
            "{} {} status: {}",
            if c.in_error { " (error)" } else { "" },
            concept(&c.code),
            some(c.clinical_status.as_ref())
        );
        print!(" onset: {} recorded: {}", period(c.onset.as_ref()), some(c.recorded.as_ref()));
        print!(" age: {}", c.onset_age.as_ref().map(quantity).unwrap_or_default());
        let sites: Vec<String> = c.body_sites.iter().map(concept).collect();
        println!(
            " severity: {} sites: {sites:?} notes: {}",
            c.severity.as_ref().map(concept).unwrap_or_default(),
            list(&c.notes)
        );
    }
    for a in &record.allergies {
        let marks = [(a.none_known, " NONE KNOWN"), (a.not_asked, " NOT ASKED"), (a.in_error, " ERROR")];
        let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
        print!(
            "  ALLERGY [{}] {:?}{marks} {} status: {}",
            a.entry.0,
            a.assertion,
            concept(&a.code),
            some(a.clinical_status.as_ref())
        );
        print!(" reactions: {} severity: {}", list(&a.reactions), some(a.severity.as_ref()));
        println!(" criticality: {} notes: {}", some(a.criticality.as_ref()), list(&a.notes));
    }
}

fn dosage(d: &Dosage<'_>) {
    print!("      DOSE {}{}", some(d.sequence.as_ref()), if d.not_understood { "(not understood) " } else { "" });
    print!("text: {} ", some(d.text.as_ref()));
    let doses: Vec<String> = d.doses.iter().map(amount).collect();
    let rates: Vec<String> = d.rates.iter().map(amount).collect();
    print!("dose: {doses:?} rate: {rates:?} route: {} ", d.route.as_ref().map(concept).unwrap_or_default());
    match &d.as_needed {
        AsNeeded::For(c) => print!("PRN for {} ", concept(c)),
        AsNeeded::Yes => print!("PRN "),
        AsNeeded::No | AsNeeded::Unstated => {}
    }
    if let Some(t) = &d.timing {
        let bounds = match &t.bounds {
            Some(Bounds::Period(p)) => period(Some(p)),
            Some(Bounds::Duration(q)) => quantity(q),
            Some(Bounds::Range(_)) | None => String::new(),
        };
        print!("every {}..{} {} ", some(t.period.as_ref()), some(t.period_max.as_ref()), some(t.period_unit.as_ref()));
        print!(
            "when: {} offset: {} events: {} bounds: {bounds}",
            list(&t.when),
            some(t.offset.as_ref()),
            list(&t.events)
        );
        print!("{}", if t.not_understood { " (timing not understood)" } else { "" });
    }
    let more: Vec<String> = d.additional.iter().map(concept).collect();
    println!(" more: {more:?} patient: {} max: {}", some(d.patient_instruction.as_ref()), d.max_per_period.len());
}

fn some(v: Option<&Verbatim<'_>>) -> String {
    v.map_or_else(|| "-".to_owned(), |v| v.text().to_owned())
}

fn list(v: &[Verbatim<'_>]) -> String {
    format!("{:?}", v.iter().map(Verbatim::text).collect::<Vec<_>>())
}

fn period(p: Option<&Period<'_>>) -> String {
    p.map_or_else(|| "-".to_owned(), |p| format!("{}~{}", some(p.start.as_ref()), some(p.end.as_ref())))
}

fn quantity(q: &Quantity<'_>) -> String {
    format!("{} {}", some(q.value.as_ref()), some(q.shown_unit()))
}

fn amount(a: &AmountOrRange<'_>) -> String {
    match a {
        AmountOrRange::Amount(q) => quantity(q),
        AmountOrRange::Range(r) => {
            format!(
                "{}..{}",
                r.low.as_ref().map(quantity).unwrap_or_default(),
                r.high.as_ref().map(quantity).unwrap_or_default()
            )
        }
        AmountOrRange::Ratio(_) => "ratio".to_owned(),
    }
}

fn concept(c: &Concept<'_>) -> String {
    let codes: Vec<String> = c
        .codings
        .iter()
        .map(|c| format!("{:?}:{}={}", c.system, some(c.code.as_ref()), some(c.display.as_ref())))
        .collect();
    format!("«{}» {codes:?}", some(c.text.as_ref()))
}

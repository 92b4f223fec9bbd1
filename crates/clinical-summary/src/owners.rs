//! Facts of an entry that stand outside of it.
//!
//! A C-CDA entry may have its words in the text of its section, by a reference. Such a fact stands in the section's
//! bytes and is the entry's: where it is on the sheet, the entry is shown.

use clinical_model::{Concept, Dosage, EntryId, Record, Source, Value, Verbatim};

/// The entries whose facts stand elsewhere, by the place of the fact. Several entries may share their words.
pub(crate) struct Owners(Vec<(Source, EntryId)>);

impl Owners {
    /// The entries that have the fact at this place.
    pub(crate) fn of(&self, source: Source) -> impl Iterator<Item = EntryId> {
        let begin = self.0.partition_point(|(at, _)| *at < source);
        let rest = self.0.get(begin..).unwrap_or_default();
        rest.iter().take_while(move |(at, _)| *at == source).map(|(_, entry)| *entry)
    }
}

struct Finder<'r, 'a> {
    record: &'r Record<'a>,
    owners: Vec<(Source, EntryId)>,
}

impl<'a> Finder<'_, 'a> {
    fn fact(&mut self, entry: EntryId, fact: &Verbatim<'a>) {
        let Some(own) = self.record.entries.get(entry.index()).map(|e| e.source) else { return };
        let at = fact.source();
        if at.start() < own.start() || at.end() > own.end() {
            self.owners.push((at, entry));
        }
    }

    fn facts<'f>(&mut self, entry: EntryId, facts: impl IntoIterator<Item = &'f Verbatim<'a>>)
    where
        'a: 'f,
    {
        facts.into_iter().for_each(|fact| self.fact(entry, fact));
    }

    fn concept(&mut self, entry: EntryId, concept: &Concept<'a>) {
        self.facts(entry, concept.wordings());
    }

    fn value(&mut self, entry: EntryId, value: Option<&Value<'a>>) {
        match value {
            Some(Value::Concept(concept)) => self.concept(entry, concept),
            Some(Value::Scalar(text)) => self.fact(entry, text),
            _ => {}
        }
    }

    fn dosage(&mut self, entry: EntryId, dosage: &Dosage<'a>) {
        self.facts(entry, dosage.text.iter().chain(&dosage.patient_instruction));
        let concepts = dosage.additional.iter().chain(&dosage.route).chain(&dosage.site).chain(&dosage.method);
        concepts.for_each(|c| self.concept(entry, c));
    }
}

/// Finds them.
pub(crate) fn owners(record: &Record<'_>) -> Owners {
    let mut f = Finder { record, owners: Vec::new() };
    for m in &record.medications {
        f.concept(m.entry, &m.medicine);
        m.status_reason.iter().for_each(|c| f.concept(m.entry, c));
        f.facts(m.entry, &m.notes);
        m.dosages.iter().for_each(|d| f.dosage(m.entry, d));
    }
    for c in &record.conditions {
        f.concept(c.entry, &c.code);
        f.facts(c.entry, &c.notes);
    }
    for a in &record.allergies {
        f.concept(a.entry, &a.code);
        f.facts(a.entry, a.reactions.iter().chain(&a.notes));
    }
    for o in &record.observations {
        for part in std::iter::once(&o.main).chain(&o.components) {
            f.concept(o.entry, &part.code);
            f.value(o.entry, part.value.as_ref());
        }
        f.facts(o.entry, &o.notes);
    }
    for r in &record.reports {
        f.concept(r.entry, &r.code);
        f.facts(r.entry, &r.conclusion);
    }
    record.immunizations.iter().for_each(|i| f.concept(i.entry, &i.code));
    record.procedures.iter().for_each(|p| f.concept(p.entry, &p.code));
    for e in &record.encounters {
        e.kinds.iter().for_each(|k| f.concept(e.entry, k));
        f.facts(e.entry, &e.reasons);
    }
    for a in &record.appointments {
        f.facts(a.entry, a.purposes.iter().chain(&a.preparation).chain(&a.notes));
    }
    for p in &record.plans {
        f.facts(p.entry, p.title.iter().chain(&p.actions).chain(&p.forbidden_actions));
    }
    record.goals.iter().for_each(|g| f.concept(g.entry, &g.description));
    f.owners.sort_unstable();
    f.owners.dedup();
    Owners(f.owners)
}

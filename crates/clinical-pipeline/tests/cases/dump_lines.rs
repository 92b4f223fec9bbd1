//! One line for each fact of the record: what it is, its words, and where it stands.

use clinical_model::{
    AmountOrRange, AsNeeded, Bounds, Component, Concept, Dosage, EntryId, MedicationUse, Name, Observation, Period,
    Quantity, Range, Ratio, Record, Source, Timing, Value, Verbatim,
};

/// The lines of every entry.
pub(crate) struct Lines<'p> {
    lines: Vec<(usize, String)>,
    path: &'p dyn Fn(Source) -> String,
}

impl<'p> Lines<'p> {
    pub(crate) fn entry(&self, index: usize) -> impl Iterator<Item = &str> {
        self.lines.iter().filter(move |(i, _)| *i == index).map(|(_, line)| line.as_str())
    }

    pub(crate) fn of(record: &Record<'_>, path: &'p dyn Fn(Source) -> String) -> Self {
        let mut out = Self { lines: Vec::new(), path };
        if let Some((p, entry)) = record.patient.as_ref().and_then(|p| Some((p, p.entry?))) {
            out.facts(entry, "name", &p.name);
            out.facts(entry, "born", &p.birth_date);
            out.facts(entry, "died", &p.deceased);
        }
        for p in &record.people {
            out.names(p.entry, &format!("{:?}", p.kind), &p.name);
            out.facts(p.entry, "phone", &p.phones);
        }
        for e in &record.encounters {
            out.say(e.entry, format!("visit {:?}", e.assertion));
            e.kinds.iter().for_each(|k| out.concept(e.entry, "kind", k));
            out.period(e.entry, "when", e.period.as_ref());
            out.facts(e.entry, "reason", &e.reasons);
            out.names(e.entry, "with", &e.providers);
            out.facts(e.entry, "where", &e.place);
        }
        for c in &record.conditions {
            out.say(c.entry, format!("problem {:?}", c.assertion));
            out.concept(c.entry, "problem", &c.code);
            out.facts(c.entry, "clinical status", &c.clinical_status);
            out.facts(c.entry, "verification", &c.verification);
            out.period(c.entry, "since", c.onset.as_ref());
            out.facts(c.entry, "note", &c.notes);
        }
        for a in &record.allergies {
            out.say(a.entry, format!("allergy {:?}{}", a.assertion, if a.none_known { ", none known" } else { "" }));
            out.concept(a.entry, "to", &a.code);
            out.facts(a.entry, "reaction", &a.reactions);
            out.facts(a.entry, "severity", &a.severity);
            out.facts(a.entry, "criticality", &a.criticality);
        }
        record.medications.iter().for_each(|m| out.medicine(m));
        for (entry, name) in &record.medicine_names {
            out.facts(*entry, "medicine", [name]);
        }
        record.observations.iter().for_each(|o| out.observation(o));
        for r in &record.reports {
            out.say(
                r.entry,
                format!("report {:?}, of {} results, {} attachments", r.assertion, r.results.len(), r.attachments),
            );
            out.concept(r.entry, "report", &r.code);
            out.facts(r.entry, "conclusion", &r.conclusion);
            r.conclusion_codes.iter().for_each(|c| out.concept(r.entry, "conclusion", c));
        }
        out.events(record);
        out.coming(record);
        out
    }

    fn events(&mut self, record: &Record<'_>) {
        for i in &record.immunizations {
            self.say(i.entry, format!("vaccine {:?}", i.assertion));
            self.concept(i.entry, "vaccine", &i.code);
            self.facts(i.entry, "when", &i.when);
        }
        for p in &record.procedures {
            self.say(p.entry, format!("procedure {:?}", p.assertion));
            self.concept(p.entry, "procedure", &p.code);
            self.facts(p.entry, "status", &p.status);
            self.period(p.entry, "when", p.when.as_ref());
        }
        for s in &record.sections {
            self.say(s.entry, format!("section {:?}", s.kind));
            self.facts(s.entry, "title", &s.title);
            self.facts(s.entry, "text", &s.blocks);
        }
        for d in &record.documents {
            self.say(d.entry, format!("document {:?}", d.assertion));
            self.concept(d.entry, "kind", &d.kind);
            self.facts(d.entry, "title", &d.title);
            self.facts(d.entry, "attached text", &d.text_base64);
        }
    }

    fn coming(&mut self, record: &Record<'_>) {
        for a in &record.appointments {
            self.say(a.entry, format!("appointment {:?}", a.course));
            self.facts(a.entry, "start", &a.start);
            self.period(a.entry, "asked for", a.requested.as_ref());
            self.names(a.entry, "with", &a.providers);
            for (label, list) in
                [("where", &a.places), ("phone", &a.phones), ("for", &a.purposes), ("before", &a.preparation)]
            {
                self.facts(a.entry, label, list);
            }
        }
        for p in &record.plans {
            self.say(p.entry, format!("{:?} {:?}", p.kind, p.assertion));
            self.facts(p.entry, "title", &p.title);
            self.facts(p.entry, "forbidden", &p.forbidden);
            self.facts(p.entry, "action", &p.actions);
            self.facts(p.entry, "forbidden action", &p.forbidden_actions);
            self.period(p.entry, "when", p.period.as_ref());
        }
        for g in &record.goals {
            self.say(g.entry, format!("goal {:?}", g.assertion));
            self.concept(g.entry, "goal", &g.description);
            self.facts(g.entry, "by", &g.due);
        }
    }

    fn medicine(&mut self, m: &MedicationUse<'_>) {
        let e = m.entry;
        self.say(e, format!("{:?} {:?}, course {:?}", m.kind, m.assertion, m.course).to_lowercase());
        self.concept(e, "medicine", &m.medicine);
        self.facts(e, "status", &m.status);
        self.facts(e, "forbidden", &m.prohibition);
        m.status_reason.iter().for_each(|c| self.concept(e, "status reason", c));
        self.facts(e, "written", &m.written);
        self.period(e, "taken", m.taken.as_ref());
        self.facts(e, "reason", &m.reasons);
        self.facts(e, "note", &m.notes);
        self.names(e, "prescriber", &m.prescriber);
        for (i, d) in m.dosages.iter().enumerate() {
            self.say(e, format!("step {}: {}", i + 1, dosage(d)));
        }
    }

    fn observation(&mut self, o: &Observation<'_>) {
        self.say(o.entry, format!("observation {:?}, {:?}", o.assertion, o.category));
        self.facts(o.entry, "status", &o.status);
        self.component(o.entry, "test", &o.main);
        o.components.iter().for_each(|c| self.component(o.entry, "part", c));
        self.period(o.entry, "when", o.when.as_ref());
        self.facts(o.entry, "note", &o.notes);
    }

    fn component(&mut self, e: EntryId, label: &str, c: &Component<'_>) {
        self.concept(e, label, &c.code);
        if let Some(v) = &c.value {
            self.say(e, format!("value: {}", value(v)));
        }
        for r in &c.ranges {
            let ends = [("from", &r.low), ("to", &r.high)];
            let ends = ends.iter().filter_map(|(l, q)| Some(format!(" {l} {}", quantity(q.as_ref()?))));
            let text = r.text.iter().map(|t| format!(" {:?}", t.text()));
            self.say(e, format!("range:{}", ends.chain(text).collect::<String>()));
        }
        c.interpretations.iter().for_each(|i| self.concept(e, "reading", i));
    }

    fn say(&mut self, entry: EntryId, line: String) {
        self.lines.push((entry.index(), line));
    }

    fn facts<'v, 'a: 'v>(&mut self, e: EntryId, label: &str, facts: impl IntoIterator<Item = &'v Verbatim<'a>>) {
        for fact in facts {
            let at = (self.path)(fact.source());
            self.say(e, format!("{label} {:?} @{at}", fact.text()));
        }
    }

    /// Each part of a name is a fact of its own.
    fn names<'v, 'a: 'v>(&mut self, e: EntryId, label: &str, names: impl IntoIterator<Item = &'v Name<'a>>) {
        for name in names {
            self.facts(e, label, name.parts());
        }
    }

    fn concept(&mut self, e: EntryId, label: &str, c: &Concept<'_>) {
        self.facts(e, label, c.name());
    }

    fn period(&mut self, e: EntryId, label: &str, p: Option<&Period<'_>>) {
        if let Some(p) = p {
            self.facts(e, label, &p.start);
            self.facts(e, &format!("{label}, end"), &p.end);
        }
    }
}

fn text<'v>(v: Option<&'v Verbatim<'_>>) -> &'v str {
    v.map_or("", Verbatim::text)
}

fn quantity(q: &Quantity<'_>) -> String {
    let unit = q.shown_unit().map_or(String::new(), |u| format!(" {}", u.text()));
    format!("{}{}{unit}", text(q.comparator.as_ref()), text(q.value.as_ref()))
}

fn range(r: &Range<'_>) -> String {
    let end = |q: &Option<Quantity<'_>>, outside| {
        let outside = if outside { " (outside)" } else { "" };
        q.as_ref().map_or(String::new(), |q| format!("{}{outside}", quantity(q)))
    };
    format!("{} .. {}", end(&r.low, r.low_outside), end(&r.high, r.high_outside))
}

fn ratio(r: &Ratio<'_>) -> String {
    format!("{} : {}", quantity(&r.numerator), quantity(&r.denominator))
}

fn amount(a: &AmountOrRange<'_>) -> String {
    match a {
        AmountOrRange::Amount(q) => quantity(q),
        AmountOrRange::Range(r) => range(r),
        AmountOrRange::Ratio(r) => ratio(r),
    }
}

fn value(v: &Value<'_>) -> String {
    match v {
        Value::Quantity(q) => quantity(q),
        Value::Concept(c) => format!("{:?}", text(c.name())),
        Value::Scalar(v) => format!("{:?}", v.text()),
        Value::Range(r) => range(r),
        Value::Ratio(r) => ratio(r),
        Value::Period(p) => format!("{} .. {}", text(p.start.as_ref()), text(p.end.as_ref())),
        Value::Recording(_) => "a recording".to_owned(),
    }
}

fn dosage(d: &Dosage<'_>) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut put = |label: &str, words: String| out.push(format!("{label} {words}"));
    d.text.iter().for_each(|t| put("text", format!("{:?}", t.text())));
    d.patient_instruction.iter().for_each(|t| put("to the patient", format!("{:?}", t.text())));
    d.additional.iter().for_each(|c| put("more", format!("{:?}", text(c.name()))));
    d.doses.iter().for_each(|a| put("dose", amount(a)));
    d.rates.iter().for_each(|a| put("rate", amount(a)));
    d.timing.iter().for_each(|t| put("timing", timing(t)));
    match &d.as_needed {
        AsNeeded::Unstated => {}
        AsNeeded::No => put("as needed", "no".to_owned()),
        AsNeeded::Yes => put("as needed", "yes".to_owned()),
        AsNeeded::For(c) => put("as needed for", text(c.name()).to_owned()),
    }
    d.route.iter().for_each(|c| put("route", text(c.name()).to_owned()));
    d.max_per_period.iter().for_each(|r| put("at most", ratio(r)));
    d.max_per_administration.iter().for_each(|q| put("at most at once", quantity(q)));
    if d.not_understood {
        out.push("not understood".to_owned());
    }
    out.join("; ")
}

fn timing(t: &Timing<'_>) -> String {
    let mut out: Vec<String> = Vec::new();
    for (label, v) in [
        ("frequency", &t.frequency),
        ("to", &t.frequency_max),
        ("period", &t.period),
        ("to", &t.period_max),
        ("unit", &t.period_unit),
        ("count", &t.count),
        ("lasting", &t.duration),
        ("", &t.duration_unit),
    ] {
        out.extend(v.iter().map(|v| format!("{label} {}", v.text())));
    }
    for (label, list) in [("on", &t.day_of_week), ("at", &t.time_of_day), ("when", &t.when), ("at", &t.events)] {
        out.extend(list.iter().map(|v| format!("{label} {}", v.text())));
    }
    out.extend(t.code.iter().map(|c| format!("code {}", text(c.name()))));
    match &t.bounds {
        Some(Bounds::Duration(q)) => out.push(format!("for {}", quantity(q))),
        Some(Bounds::Range(r)) => out.push(format!("for {}", range(r))),
        Some(Bounds::Period(p)) => out.push(format!("from {} to {}", text(p.start.as_ref()), text(p.end.as_ref()))),
        None => {}
    }
    if t.not_understood {
        out.push("not understood".to_owned());
    }
    out.join(" ")
}

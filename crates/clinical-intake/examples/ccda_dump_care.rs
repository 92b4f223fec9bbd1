//! Prints what was read of C-CDA documents, to be held against the XML by eye. Give it paths of documents that may be
//! seen: it prints what they say.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a tool for developers, which reads and prints")]

use clinical_intake::ccda;
use clinical_model::{Component, Concept, Period, Quantity, Stop, Value, Verbatim};
use clinical_xml::Safe;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        println!("===== {path}");
        let bytes = std::fs::read(&path)?;
        let text = String::from_utf8_lossy(&bytes);
        let safe = match Safe::of(text.trim_start_matches('\u{feff}')) {
            Ok(safe) => safe,
            Err(e) => {
                println!("refused: {e}");
                continue;
            }
        };
        let document = match safe.parse() {
            Ok(document) => document,
            Err(e) => {
                println!("refused: {e}");
                continue;
            }
        };
        let (record, findings) = ccda::read(&document, Stop::never())?;
        dump(&record);
        for finding in findings {
            println!("! {:?} {}", finding.severity, finding.code.as_str());
        }
    }
    Ok(())
}

fn dump(record: &clinical_model::Record<'_>) {
    for (at, entry) in record.entries.iter().enumerate() {
        println!("{at:>3} {:?} {}", entry.state, entry.kind);
        let is = |id: clinical_model::EntryId| id.index() == at;
        for o in record.observations.iter().filter(|o| is(o.entry)) {
            println!("      obs {:?} {:?} [{}] {}", o.assertion, o.category, fact(&o.status), period(&o.when));
            component("        ", &o.main);
            o.components.iter().for_each(|c| component("        + ", c));
            println!(
                "        site {:?} members {} notes {:?}",
                o.body_site.as_ref().map(name),
                o.members.len(),
                facts(&o.notes)
            );
        }
        for r in record.reports.iter().filter(|r| is(r.entry)) {
            let results: Vec<u32> = r.results.iter().map(|r| r.0).collect();
            println!(
                "      report {:?} [{}] {} {} -> {results:?}",
                r.assertion,
                fact(&r.status),
                name(&r.code),
                period(&r.when)
            );
        }
        for i in record.immunizations.iter().filter(|i| is(i.entry)) {
            println!("      vaccine {:?} error {} {} {}", i.assertion, i.in_error, name(&i.code), fact(&i.when));
        }
        for p in record.procedures.iter().filter(|p| is(p.entry)) {
            let sites: Vec<String> = p.body_sites.iter().map(name).collect();
            println!(
                "      procedure {:?} error {} going on {} [{}] {} {} {sites:?}",
                p.assertion,
                p.in_error,
                p.in_progress,
                fact(&p.status),
                name(&p.code),
                period(&p.when)
            );
        }
        for e in record.encounters.iter().filter(|e| is(e.entry)) {
            let kinds: Vec<String> = e.kinds.iter().map(name).collect();
            println!(
                "      visit {:?} {kinds:?} class {} {} for {:?} found {:?} by {:?} at {}",
                e.assertion,
                name(&e.class),
                period(&e.period),
                facts(&e.reasons),
                e.diagnoses,
                e.providers.iter().map(|n| facts(n.parts()).join(" ")).collect::<Vec<_>>(),
                fact(&e.place)
            );
        }
        for a in record.appointments.iter().filter(|a| is(a.entry)) {
            println!(
                "      appointment {:?} [{}] {} - {} asked {} for {:?} at {:?} phones {:?} before {:?} notes {:?}",
                a.course,
                fact(&a.status),
                fact(&a.start),
                fact(&a.end),
                period(&a.requested),
                facts(&a.purposes),
                facts(&a.places),
                facts(&a.phones),
                facts(&a.preparation),
                facts(&a.notes)
            );
        }
        for p in record.plans.iter().filter(|p| is(p.entry)) {
            println!(
                "      plan {:?} {:?} forbidden {} {} {:?} {} written {}",
                p.kind,
                p.assertion,
                p.forbidden.is_some(),
                fact(&p.title),
                facts(&p.actions),
                period(&p.period),
                fact(&p.written)
            );
        }
        for g in record.goals.iter().filter(|g| is(g.entry)) {
            println!(
                "      goal {:?} {} due {} reached {:?}",
                g.assertion,
                name(&g.description),
                fact(&g.due),
                g.achievement.as_ref().map(name)
            );
            for t in &g.targets {
                println!(
                    "        target {:?} {}",
                    t.measure.as_ref().map(name),
                    t.detail.as_ref().map_or(String::new(), value)
                );
            }
        }
        for c in record.conditions.iter().filter(|c| is(c.entry)) {
            println!("      condition {:?} error {} {} {}", c.assertion, c.in_error, name(&c.code), period(&c.onset));
        }
        for p in record.people.iter().filter(|p| is(p.entry)) {
            println!(
                "      person {:?} {:?} {:?}",
                p.kind,
                p.name.as_ref().map(|n| facts(n.parts())),
                facts(&p.phones)
            );
        }
        for s in record.sections.iter().filter(|s| is(s.entry)) {
            println!("      section {:?} {} {:?}", s.kind, fact(&s.title), facts(&s.blocks));
        }
        for d in record.documents.iter().filter(|d| is(d.entry)) {
            println!("      document {:?} {} {}", d.assertion, name(&d.kind), fact(&d.date));
        }
    }
}

fn component(lead: &str, c: &Component<'_>) {
    let readings: Vec<String> = c.interpretations.iter().map(name).collect();
    println!(
        "{lead}{} = {} {readings:?} absent {:?}",
        name(&c.code),
        c.value.as_ref().map_or("-".to_owned(), value),
        c.absent_reason.as_ref().map(name)
    );
    for r in &c.ranges {
        println!(
            "{lead}  range {:?} {:?} {} qualified {}",
            r.low.as_ref().map(quantity),
            r.high.as_ref().map(quantity),
            fact(&r.text),
            r.qualified
        );
    }
}

fn value(value: &Value<'_>) -> String {
    match value {
        Value::Quantity(q) => format!("quantity {}", quantity(q)),
        Value::Concept(c) => format!("concept {}", name(c)),
        Value::Scalar(v) => format!("scalar {}", v.text()),
        Value::Range(r) => format!("range {:?}..{:?}", r.low.as_ref().map(quantity), r.high.as_ref().map(quantity)),
        Value::Ratio(r) => format!("ratio {} : {}", quantity(&r.numerator), quantity(&r.denominator)),
        Value::Period(p) => format!("period {}", period(&Some(p.clone()))),
        Value::Recording(_) => "recording".to_owned(),
    }
}

fn quantity(q: &Quantity<'_>) -> String {
    format!("{} {}", fact(&q.value), q.shown_unit().map_or("", Verbatim::text))
}

fn name(c: &Concept<'_>) -> String {
    c.name().map_or("(none)".to_owned(), |v| v.text().to_owned())
}

fn period(p: &Option<Period<'_>>) -> String {
    p.as_ref().map_or(String::new(), |p| format!("{}..{}", fact(&p.start), fact(&p.end)))
}

fn fact(v: &Option<Verbatim<'_>>) -> String {
    v.as_ref().map_or(String::new(), |v| v.text().to_owned())
}

fn facts(list: &[Verbatim<'_>]) -> Vec<String> {
    list.iter().map(|v| v.text().to_owned()).collect()
}

//! The items of the JSON page: each with its facts and the places they point to.

use super::super::json_writer::Json;
use super::{Page, raw};
use crate::piece::{Fact, Line};
use crate::sheet::{AllergyLine, Coming, Done, Level, Measured, Medicine, Problem, Said, TestRow};

impl Page<'_> {
    pub(super) fn statements(&self, j: &mut Json, kind: &'static str, facts: &[Fact<'_>]) {
        for fact in facts {
            j.object(|j| {
                j.key("kind").string(kind);
                j.key("text").string(fact.of.text());
                self.source(j, [fact]);
            });
        }
    }

    pub(super) fn medicine(&self, j: &mut Json, group: &'static str, m: &Medicine<'_>) {
        let d = &m.directions;
        j.object(|j| {
            j.key("medication_name").string(m.name.of.text());
            // One dose is a phrase; the doses of several steps are not. They stand step by step.
            let is_one = d.steps.len() == 1;
            j.key("dosage").optional(raw(d.dose.iter().filter(|_| is_one), " ").as_deref());
            // The record's own timing is a structure ("1", "1", "d"); in words it is in `plain_instructions`.
            j.key("frequency").literal("null");
            self.list(j, "frequency_parts", &d.frequency);
            j.key("route").optional(raw(&d.route, " ").as_deref());
            // The directions of a medicine that is not to be taken would read as an order; see `metadata`.
            let quoted = || d.steps.iter().flat_map(|s| &s.quoted);
            let is_off = matches!(group, "stop" | "forbidden" | "hold");
            j.key("instructions").optional(raw(quoted().filter(|_| !is_off), "\n").as_deref());
            j.key("plain_instructions").array(|j| {
                d.steps.iter().filter_map(|s| s.plain.as_ref().filter(|_| !is_off)).for_each(|l| j.string(&l.shown()));
            });
            j.key("schedule");
            match d.schedule.as_ref().filter(|_| !is_off) {
                None => j.literal("null"),
                Some(s) => j.object(|j| {
                    let times =
                        [("morning", &s.morning), ("noon", &s.noon), ("evening", &s.evening), ("bedtime", &s.bedtime)];
                    for (key, amount) in times {
                        j.key(key).optional(amount.as_ref().map(Line::shown).as_deref());
                    }
                }),
            }
            j.key("as_needed").boolean(d.as_needed);
            j.key("as_needed_for").optional(raw(&d.as_needed_for, ", ").as_deref());
            j.key("maximum").optional(raw(&d.max, " ").as_deref());
            let purpose = raw(&m.reasons, ", ").or_else(|| m.often_used_for.as_ref().map(Line::shown));
            j.key("purpose").optional(purpose.as_deref());
            j.key("purpose_from").optional(match (&m.reasons[..], &m.often_used_for) {
                ([_, ..], _) => Some("record"),
                ([], Some(_)) => Some("lexicon"),
                ([], None) => None,
            });
            j.key("important_notes").array(|j| {
                m.cautions.iter().for_each(|c| j.string(&c.shown()));
                m.notes.iter().for_each(|n| j.string(n.of.text()));
            });
            self.fact(j, "status", m.status.as_ref());
            let steps = d.steps.iter().flat_map(|s| s.quoted.iter().chain(s.plain.iter().flat_map(Line::facts)));
            let parts = [&d.dose, &d.frequency, &d.route, &d.as_needed_for, &d.max, &m.reasons, &m.notes];
            let facts = std::iter::once(&m.name)
                .chain(steps)
                .chain(parts.into_iter().flatten())
                .chain(m.cautions.iter().flat_map(Line::facts))
                .chain(m.status.iter().chain(&m.status_reason).chain(&m.written).chain(&m.prescriber));
            self.source(j, facts);
            j.key("metadata").object(|j| {
                j.key("group").string(group);
                self.fact(j, "status_reason", m.status_reason.as_ref());
                self.fact(j, "ordered_on", m.written.as_ref());
                j.key("prescriber").optional(raw(&m.prescriber, " ").as_deref());
                j.key("former_instructions").optional(raw(quoted().filter(|_| is_off), "\n").as_deref());
                j.key("directions_disagree").boolean(d.disagreement);
                j.key("decided_by").optional(m.rule.map(clinical_model::CourseRule::as_str));
                j.key("ai_processed").boolean(false);
            });
        });
    }

    pub(super) fn allergy(&self, j: &mut Json, a: &AllergyLine<'_>) {
        j.object(|j| {
            j.key("allergen").optional((!a.unnamed).then(|| a.name.of.text()));
            self.list(j, "reactions", &a.reactions);
            self.fact(j, "severity", a.severity.as_ref());
            self.fact(j, "criticality", a.criticality.as_ref());
            self.fact(j, "status", a.status.as_ref());
            self.list(j, "notes", &a.notes);
            j.key("assertion").string(if a.unsure { "possible" } else { "present" });
            let more = a.severity.iter().chain(&a.criticality).chain(&a.status).chain(&a.notes);
            self.source(j, std::iter::once(&a.name).chain(&a.reactions).chain(more));
        });
    }

    pub(super) fn problem(&self, j: &mut Json, assertion: &'static str, p: &Problem<'_>) {
        j.object(|j| {
            j.key("name").string(p.name.of.text());
            j.key("assertion").string(assertion);
            self.words(j, "plain_name", p.plain.as_ref());
            self.words(j, "explanation", p.explanation.as_ref());
            self.fact(j, "status", p.status.as_ref());
            self.fact(j, "verification", p.verification.as_ref());
            self.fact(j, "since", p.since.as_ref());
            self.fact(j, "until", p.until.as_ref());
            j.key("details").array(|j| p.details.iter().for_each(|l| j.string(&l.shown())));
            self.list(j, "notes", &p.notes);
            let dates = p.since.iter().chain(&p.until).chain(&p.status).chain(&p.verification);
            let details = p.details.iter().flat_map(Line::facts);
            self.source(j, std::iter::once(&p.name).chain(dates).chain(details).chain(&p.notes));
        });
    }

    pub(super) fn test(&self, j: &mut Json, r: &TestRow<'_>) {
        j.object(|j| {
            j.key("test_name").string(r.name.of.text());
            self.measured(j, &r.measured);
            self.words(j, "reference_range", r.range.as_ref());
            self.fact(j, "status", r.status.as_ref());
            j.key("level").optional(r.level.map(|l| match l {
                Level::High => "high",
                Level::Low => "low",
                Level::Within => "within",
                Level::Abnormal => "abnormal",
                Level::CriticalHigh => "critical-high",
                Level::CriticalLow => "critical-low",
            }));
            self.fact(j, "interpretation", r.interpretation.as_ref());
            self.fact(j, "date", r.date.as_ref());
            self.words(j, "plain_name", r.plain.as_ref());
            self.words(j, "explanation", r.explanation.as_ref());
            self.list(j, "notes", &r.notes);
            self.fact(j, "body_site", r.site.as_ref());
            let facts = std::iter::once(&r.name)
                .chain(&r.site)
                .chain(r.measured.line.facts())
                .chain(r.range.iter().flat_map(Line::facts))
                .chain(r.status.iter().chain(&r.interpretation).chain(&r.date).chain(&r.notes));
            self.source(j, facts);
            j.key("metadata").object(|j| {
                j.key("final").boolean(!r.unfinished);
                j.key("earlier").array(|j| {
                    for e in &r.earlier {
                        j.object(|j| {
                            self.measured(j, &e.measured);
                            j.key("date").string(e.date.of.text());
                            self.source(j, e.measured.line.facts().chain(std::iter::once(&e.date)));
                        });
                    }
                });
                j.key("ai_processed").boolean(false);
            });
        });
    }

    /// The value alone, its unit, and both as they are shown. A range or a ratio has only what is shown.
    pub(super) fn measured(&self, j: &mut Json, m: &Measured<'_>) {
        self.words(j, "value", m.value.as_ref());
        self.fact(j, "unit", m.unit.as_ref());
        j.key("text").string(&m.line.shown());
    }

    pub(super) fn done(&self, j: &mut Json, key: &'static str, d: &Done<'_>) {
        j.object(|j| {
            j.key(key).string(d.name.of.text());
            self.fact(j, "date", d.date.as_ref());
            self.fact(j, "status", d.status.as_ref());
            self.words(j, "plain_name", d.plain.as_ref());
            self.words(j, "explanation", d.explanation.as_ref());
            self.list(j, "body_sites", &d.sites);
            j.key("going_on").boolean(d.going_on);
            self.source(j, std::iter::once(&d.name).chain(&d.date).chain(&d.status).chain(&d.sites));
        });
    }

    pub(super) fn coming(&self, j: &mut Json, c: &Coming<'_>) {
        j.object(|j| {
            // The record gives one instant; its text is split at the "T", not re-written.
            let start = c.start.as_ref().map(|s| s.of.text());
            let (date, time) = match start.map(|s| s.split_once('T')) {
                Some(Some((date, time))) => (Some(date), Some(time)),
                _ => (start, None),
            };
            j.key("start").optional(start);
            j.key("date").optional(date);
            j.key("time").optional(time);
            let people: Vec<String> = c.providers.iter().filter_map(|parts| raw(parts, " ")).collect();
            j.key("provider").optional((!people.is_empty()).then(|| people.join(", ")).as_deref());
            j.key("location").optional(raw(&c.places, ", ").as_deref());
            j.key("phone").optional(raw(&c.phones, ", ").as_deref());
            j.key("purpose").optional(raw(&c.purposes, ", ").as_deref());
            j.key("preparation").optional(raw(&c.preparation, "\n").as_deref());
            self.fact(j, "status", c.status.as_ref());
            self.list(j, "requested_between", &c.window);
            let facts = c.start.iter().chain(c.providers.iter().flatten()).chain(&c.places).chain(&c.phones);
            self.source(j, facts.chain(&c.purposes).chain(&c.preparation).chain(&c.status).chain(&c.window));
            j.key("metadata").object(|j| {
                j.key("fixed").boolean(!c.open);
                j.key("ai_processed").boolean(false);
            });
        });
    }

    pub(super) fn said(&self, j: &mut Json, s: &Said<'_>) {
        j.object(|j| {
            self.fact(j, "title", s.title.as_ref());
            j.key("text").array(|j| s.words.iter().for_each(|w| j.string(&w.shown())));
            self.fact(j, "date", s.date.as_ref());
            self.fact(j, "unfinished", s.unfinished.as_ref());
            j.key("forbidden").boolean(s.forbidden);
            j.key("details").array(|j| s.extra.iter().for_each(|l| j.string(&l.shown())));
            self.plain(j, s);
            let extra = s.extra.iter().flat_map(Line::facts);
            self.source(j, s.title.iter().chain(&s.words).chain(&s.date).chain(&s.unfinished).chain(extra));
        });
    }
}

//! The summary as JSON, in the shape of the contract, with `source[]` on every item.

mod items;
mod plain;

use super::json_writer::Json;
use super::lines::{self, Say};
use super::outline::unread_message;
use super::plain::{disclaimers, disclosure};
use crate::ledger::{Fate, Reason};
use crate::piece::{Fact, Line};
use crate::sheet::Sheet;
use clinical_lexicon::{Lexicon, Message, Reading};
use clinical_model::{Moment, Places, Source, Told};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// What the JSON page needs beside the sheet.
pub struct JsonOptions<'o> {
    /// Turns sources into paths.
    pub places: &'o dyn Places,
    /// Language of the words.
    pub language: &'static str,
    /// Reading grade of our own words.
    pub reading: Reading,
    /// What intake noticed: code and place.
    pub warnings: &'o [(&'static str, &'o str)],
}

/// Stands where the id will be while the content is hashed.
const NO_ID: &str = "00000000-0000-0000-0000-000000000000";

/// Entries from which the length of a page is measured before it is written.
const MANY: usize = 4096;

/// Makes the page. `summary_id` is made of the content: the same content has the same id, and a changed content is
/// seen by it.
#[must_use]
pub fn json(sheet: &Sheet<'_>, lexicon: &Lexicon, options: &JsonOptions<'_>) -> String {
    let page = Page { say: Say(lexicon), options };
    let capacity = if sheet.accounting.rows.len() > MANY {
        let mut measure = Json::measuring();
        page.summary(&mut measure, sheet);
        measure.length()
    } else {
        64 * 1024
    };
    let mut json = Json::with_capacity(capacity);
    page.summary(&mut json, sheet);
    let mut text = json.into_string();
    let id = summary_id(&text);
    // In place: a second copy of a long page would be the largest thing in memory.
    let places = memchr::memmem::Finder::new(NO_ID);
    let mut from = 0;
    while let Some(at) = places.find(&text.as_bytes()[from..]).map(|at| from + at) {
        text.replace_range(at..at + NO_ID.len(), &id);
        from = at + NO_ID.len();
    }
    text
}

/// The id of a summary whose id is all zeros: a UUID (RFC 9562, version 8) of the SHA-256 of the text.
fn summary_id(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let mut id = String::with_capacity(36);
    for (i, byte) in digest.iter().take(16).enumerate() {
        let byte = match i {
            6 => 0x80 | (byte & 0x0f),
            8 => 0x80 | (byte & 0x3f),
            _ => *byte,
        };
        if matches!(i, 4 | 6 | 8 | 10) {
            id.push('-');
        }
        for nibble in [byte >> 4, byte & 15] {
            id.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
        }
    }
    id
}

/// What the summary was made from.
const fn data_type(format: clinical_model::Format) -> &'static str {
    match format {
        clinical_model::Format::Ccda => "c-cda",
        clinical_model::Format::Note => "note",
        _ => "fhir-r4",
    }
}

struct Page<'p> {
    say: Say<'p>,
    options: &'p JsonOptions<'p>,
}

/// RFC 3339 of a moment that was given as an argument.
fn stamp(m: &Moment) -> String {
    let zone = m.zone.unwrap_or(0);
    let sign = if zone < 0 { '-' } else { '+' };
    let clock = format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", m.year, m.month, m.day, m.hour, m.minute, m.second);
    match zone {
        0 => format!("{clock}Z"),
        _ => format!("{clock}{sign}{:02}:{:02}", zone.unsigned_abs() / 60, zone.unsigned_abs() % 60),
    }
}

/// Texts of facts after each other. These are the record's own characters, not the view of a page.
fn raw<'f>(facts: impl IntoIterator<Item = &'f Fact<'f>>, glue: &str) -> Option<String> {
    let mut out: Option<String> = None;
    for fact in facts {
        match &mut out {
            Some(text) => {
                text.push_str(glue);
                text.push_str(fact.of.text());
            }
            None => out = Some(fact.of.text().to_owned()),
        }
    }
    out
}

/// The places of an item. Most items have a few, which are gone through quicker than hashed.
#[derive(Default)]
struct Seen {
    few: Vec<Source>,
    many: HashSet<Source>,
}

impl Seen {
    const FEW: usize = 24;

    /// Adds a place; whether it is new.
    fn insert(&mut self, source: Source) -> bool {
        if self.few.contains(&source) {
            return false;
        }
        if self.few.len() < Self::FEW {
            self.few.push(source);
            return true;
        }
        self.many.insert(source)
    }
}

impl Page<'_> {
    fn summary(&self, json: &mut Json, sheet: &Sheet<'_>) {
        json.object(|j| self.members(j, sheet));
    }

    fn members(&self, j: &mut Json, sheet: &Sheet<'_>) {
        let generated_at = stamp(&sheet.now);
        j.key("summary_id").string(NO_ID);
        j.key("patient_id").optional(sheet.patient_id.as_ref().map(|f| f.of.text()));
        j.key("generated_at").string(&generated_at);
        j.key("audience").string("patient");
        j.key("language").string(self.options.language);
        if sheet.narration.is_some() {
            let lines = disclosure(sheet, self.say);
            j.key("ai_disclosure").array(|j| lines.iter().for_each(|line| j.string(&line.shown())));
        }
        j.key("patient").object(|j| {
            j.key("name").optional(raw(&sheet.name, " ").as_deref());
            self.fact(j, "birth_date", sheet.birth_date.as_ref());
            j.key("deceased").boolean(sheet.deceased.is_some() || sheet.deceased_flag.is_some());
            self.fact(j, "deceased_on", sheet.deceased.as_ref());
            let death = sheet.deceased.iter().chain(&sheet.deceased_flag);
            let who = sheet.patient_id.iter().chain(&sheet.name).chain(&sheet.birth_date).chain(death);
            self.source(j, who);
        });
        j.key("visit");
        match &sheet.visit {
            None => j.literal("null"),
            Some(v) => j.object(|j| {
                j.key("took_place").literal(if v.unsure { "null" } else { "true" });
                self.fact(j, "kind", v.kind.as_ref());
                self.fact(j, "start", v.start.as_ref());
                self.fact(j, "end", v.end.as_ref());
                self.fact(j, "place", v.place.as_ref());
                j.key("providers").array(|j| {
                    v.providers.iter().filter_map(|parts| raw(parts, " ")).for_each(|name| j.string(&name));
                });
                self.words(j, "plain_name", v.plain.as_ref());
                let facts = v.kind.iter().chain(&v.start).chain(&v.end).chain(&v.place);
                self.source(j, facts.chain(v.providers.iter().flatten()));
            }),
        }
        self.all_medicines(j, sheet);
        j.key("allergies").array(|j| sheet.allergies.list.iter().for_each(|a| self.allergy(j, a)));
        j.key("allergy_statements").array(|j| {
            self.statements(j, "none-known", &sheet.allergies.none_known);
            self.statements(j, "none-known-by-negation", &sheet.allergies.negated);
            self.statements(j, "not-asked", &sheet.allergies.not_asked);
        });
        j.key("allergies_in_words").array(|j| sheet.allergies.in_words.iter().for_each(|s| self.said(j, s)));
        j.key("unreadable_allergies").count(sheet.allergies.unreadable);
        j.key("allergies_contradict").boolean(sheet.allergies.contradiction);
        j.key("conditions").array(|j| {
            let p = &sheet.problems;
            for (assertion, list) in [("present", &p.current), ("possible", &p.possible), ("historical", &p.past)] {
                list.iter().for_each(|x| self.problem(j, assertion, x));
            }
        });
        j.key("lab_results").array(|j| sheet.results.iter().for_each(|r| self.test(j, r)));
        j.key("other_results").array(|j| sheet.checks.iter().for_each(|r| self.test(j, r)));
        j.key("vital_signs").array(|j| sheet.vitals.iter().for_each(|r| self.test(j, r)));
        j.key("immunizations").array(|j| sheet.immunizations.iter().for_each(|d| self.done(j, "vaccine", d)));
        j.key("procedures").array(|j| sheet.procedures.iter().for_each(|d| self.done(j, "procedure", d)));
        j.key("appointments").array(|j| sheet.coming.iter().for_each(|c| self.coming(j, c)));
        self.narrative(j, sheet);
        self.closing(j, sheet, &generated_at);
    }

    fn all_medicines(&self, j: &mut Json, sheet: &Sheet<'_>) {
        let m = &sheet.medicines;
        j.key("medications").array(|j| {
            m.take.iter().for_each(|x| self.medicine(j, "take", x));
            m.as_needed.iter().for_each(|x| self.medicine(j, "as-needed", x));
        });
        j.key("stopped_medications").array(|j| {
            m.forbidden.iter().for_each(|x| self.medicine(j, "forbidden", x));
            m.stopped.iter().for_each(|x| self.medicine(j, "stop", x));
        });
        j.key("on_hold_medications").array(|j| m.on_hold.iter().for_each(|x| self.medicine(j, "hold", x)));
        j.key("ask_about_medications").array(|j| m.ask.iter().for_each(|x| self.medicine(j, "ask", x)));
        j.key("medication_statements").array(|j| {
            self.statements(j, "none-known", &m.statements);
            self.statements(j, "none-known-by-negation", &m.negated);
        });
        j.key("medications_in_words").array(|j| m.in_words.iter().for_each(|s| self.said(j, s)));
        j.key("unreadable_medications").count(m.unreadable.len());
    }

    fn fact(&self, j: &mut Json, key: &'static str, fact: Option<&Fact<'_>>) {
        j.key(key).optional(fact.map(|f| f.of.text()));
    }

    fn list(&self, j: &mut Json, key: &'static str, facts: &[Fact<'_>]) {
        j.key(key).array(|j| facts.iter().for_each(|f| j.string(f.of.text())));
    }

    fn words(&self, j: &mut Json, key: &'static str, line: Option<&Line<'_>>) {
        j.key(key).optional(line.map(Line::shown).as_deref());
    }

    /// Each place once, in the order of the item.
    fn source<'f, 'a: 'f>(&self, j: &mut Json, facts: impl IntoIterator<Item = &'f Fact<'a>>) {
        let mut seen = Seen::default();
        j.key("source").array(|j| {
            for fact in facts {
                if !seen.insert(fact.source()) {
                    continue;
                }
                j.object(|j| {
                    self.place(j, fact.source());
                    j.key("text").string(fact.of.text());
                });
            }
        });
    }

    fn place(&self, j: &mut Json, source: Source) {
        self.options.places.tell(source, &mut |place| match place {
            Told::Path(path) => j.key("path").string(path),
            Told::Span(start, end) => {
                j.key("start").count(start);
                j.key("end").count(end);
            }
        });
    }

    fn narrative(&self, j: &mut Json, sheet: &Sheet<'_>) {
        let mut reasons = sheet.reasons.iter().flat_map(|s| &s.words).map(Fact::shown);
        let mut first = reasons.next().map(std::borrow::Cow::into_owned);
        for more in reasons {
            if let Some(text) = &mut first {
                text.push_str("; ");
                text.push_str(&more);
            }
        }
        j.key("chief_complaint").optional(first.as_deref());
        j.key("reasons").array(|j| sheet.reasons.iter().for_each(|s| self.said(j, s)));
        let explained: Vec<String> = sheet
            .problems
            .current
            .iter()
            .filter_map(|p| Some(format!("{}: {}", p.name.of.text(), p.explanation.as_ref()?.shown())))
            .collect();
        j.key("diagnosis_explanation").optional((!explained.is_empty()).then(|| explained.join("\n")).as_deref());
        j.key("findings").array(|j| sheet.findings.iter().for_each(|s| self.said(j, s)));
        j.key("care_instructions").array(|j| sheet.home.iter().for_each(|s| self.said(j, s)));
        j.key("goals").array(|j| sheet.goals.iter().for_each(|s| self.said(j, s)));
        j.key("ordered").array(|j| sheet.ordered.iter().for_each(|s| self.said(j, s)));
        j.key("follow_up_in_words").array(|j| sheet.follow_up.iter().for_each(|s| self.said(j, s)));
        j.key("help_in_words").array(|j| sheet.help.iter().for_each(|s| self.said(j, s)));
        j.key("more_from_the_document").array(|j| sheet.more.iter().for_each(|s| self.said(j, s)));
        let follow: Vec<String> = sheet
            .coming
            .first()
            .map(|c| lines::coming(c, self.say).iter().map(Line::shown).collect())
            .unwrap_or_default();
        j.key("follow_up_guidance").optional((!follow.is_empty()).then(|| follow.join(". ")).as_deref());
        j.key("when_to_seek_help").array(|j| {
            for message in [Message::HelpEmergency, Message::HelpQuestions] {
                j.string(&self.say.plain(message).shown());
            }
        });
        j.key("disclaimers").array(|j| disclaimers(sheet).iter().for_each(|m| j.string(&self.say.plain(*m).shown())));
    }

    fn closing(&self, j: &mut Json, sheet: &Sheet<'_>, generated_at: &str) {
        let mut checked = 0;
        sheet.facts(&mut |_| checked += 1);
        j.key("safety_validation").object(|j| {
            // A page whose check fails is never given out: whoever holds this text holds one that passed.
            j.key("validation_id").string(NO_ID);
            j.key("validated_at").string(generated_at);
            j.key("data_type").string(data_type(sheet.format));
            j.key("passed").boolean(true);
            j.key("errors").array(|_| {});
            j.key("warnings").array(|j| {
                for (code, at) in self.options.warnings {
                    j.object(|j| {
                        j.key("code").string(code);
                        j.key("at").string(at);
                    });
                }
            });
            j.key("critical_fields_preserved").object(|j| {
                let m = &sheet.medicines;
                j.key("facts_checked").count(checked);
                j.key("medication_names").count(m.all().count());
                j.key("directions").count(m.all().map(|m| m.directions.steps.len()).sum());
                j.key("results").count(sheet.results.len() + sheet.vitals.len());
                j.key("allergies").count(sheet.allergies.list.len());
                j.key("appointments").count(sheet.coming.len());
            });
            j.key("ai_processing_flags").object(|j| plain::flags(j, sheet.narration.as_ref()));
        });
        self.accounting(j, sheet);
        j.key("readability").object(|j| {
            j.key("flesch_kincaid_grade").literal(&format!("{:.2}", self.options.reading.grade));
            j.key("words").count(self.options.reading.words as usize);
        });
    }

    fn accounting(&self, j: &mut Json, sheet: &Sheet<'_>) {
        let (entries, shown, _, _) = sheet.accounting.counts();
        j.key("accounting").object(|j| {
            j.key("entries_in").count(entries);
            j.key("shown").count(shown);
            j.key("held_back").array(|j| {
                for (kind, source, fate) in &sheet.accounting.rows {
                    if let Fate::HeldBack(reason) = fate {
                        self.row(j, kind, *source, reason.as_str());
                    }
                }
            });
            j.key("unreadable").array(|j| {
                for (kind, source, fate) in &sheet.accounting.rows {
                    if let Fate::Unreadable(reason) = fate {
                        self.row(j, kind, *source, unread_message(*reason).id());
                    }
                }
            });
            j.key("reasons").object(|j| {
                let mut used: Vec<(&'static str, Message)> = Vec::new();
                for (_, _, fate) in &sheet.accounting.rows {
                    let reason = match fate {
                        Fate::Shown => continue,
                        Fate::HeldBack(reason) => (reason.as_str(), Reason::message(*reason)),
                        Fate::Unreadable(reason) => (unread_message(*reason).id(), unread_message(*reason)),
                    };
                    if !used.contains(&reason) {
                        used.push(reason);
                    }
                }
                used.sort_unstable_by_key(|(id, _)| *id);
                for (id, message) in used {
                    j.key(id).string(&self.say.plain(message).shown());
                }
            });
        });
    }

    fn row(&self, j: &mut Json, kind: &str, source: Source, reason: &str) {
        j.object(|j| {
            self.options.places.tell(source, &mut |place| match place {
                Told::Path(path) => j.key("source").string(path),
                Told::Span(start, end) => j.key("source").string(&format!("{start}-{end}")),
            });
            j.key("kind").string(kind);
            j.key("reason").string(reason);
        });
    }
}

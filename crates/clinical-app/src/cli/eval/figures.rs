//! What is counted over all notes, and how it is told.

use clinical_pipeline::{NarratedCounts, reading_of};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

/// Counts over all notes so far. It holds sentences of records and is never printed whole.
#[derive(Default)]
pub(super) struct Tally {
    notes: usize,
    unreadable: usize,
    without_kept: usize,
    asked: usize,
    kept: usize,
    refused: BTreeMap<&'static str, usize>,
    /// The sentences of which a rewording was kept, and these rewordings.
    before: Vec<String>,
    after: Vec<String>,
    outcomes: BTreeMap<&'static str, usize>,
    times: Vec<Duration>,
}

impl Tally {
    /// A try of a request, how it ended, and how long it took where it was sent.
    pub(super) fn request(&mut self, outcome: &'static str, took: Option<Duration>) {
        *self.outcomes.entry(outcome).or_default() += 1;
        self.times.extend(took);
    }

    /// A note of which there is no sheet.
    pub(super) fn unreadable(&mut self) {
        self.unreadable += 1;
    }

    /// A note, what became of its sentences, and each kept rewording behind its sentence.
    pub(super) fn note(&mut self, counts: &NarratedCounts, kept: impl IntoIterator<Item = (String, String)>) {
        self.notes += 1;
        self.asked += counts.asked;
        self.kept += counts.kept;
        self.without_kept += usize::from(counts.kept == 0);
        for (reason, count) in &counts.refused {
            *self.refused.entry(reason.as_str()).or_default() += count;
        }
        for (before, after) in kept {
            self.before.push(before);
            self.after.push(after);
        }
    }

    /// The figures.
    pub(super) fn figures<'a>(mut self, model: &'a str, prompt_version: &'static str) -> Figures<'a> {
        self.times.sort_unstable();
        let grade =
            |texts: &[String]| (!texts.is_empty()).then(|| round(reading_of(texts.iter().map(String::as_str)).grade));
        let grades = grade(&self.before).zip(grade(&self.after));
        Figures {
            model,
            prompt_version,
            notes: self.notes,
            notes_unreadable: self.unreadable,
            notes_without_kept: self.without_kept,
            sentences: Sentences { asked: self.asked, kept: self.kept, refused: self.refused },
            reading_grade: grades.map(|(before, after)| Grades { before, after }),
            requests: Requests {
                sent: self.times.len(),
                outcomes: self.outcomes,
                median_seconds: at(&self.times, 50),
                p95_seconds: at(&self.times, 95),
            },
        }
    }
}

/// The figures of a run. No word of a note is among them.
#[derive(Serialize)]
pub(super) struct Figures<'a> {
    model: &'a str,
    prompt_version: &'static str,
    notes: usize,
    notes_unreadable: usize,
    notes_without_kept: usize,
    sentences: Sentences,
    /// Of the sentences of which a rewording was kept; none where none was.
    reading_grade: Option<Grades>,
    requests: Requests,
}

#[derive(Serialize)]
struct Sentences {
    asked: usize,
    kept: usize,
    refused: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Grades {
    before: f64,
    after: f64,
}

#[derive(Serialize)]
struct Requests {
    sent: usize,
    outcomes: BTreeMap<&'static str, usize>,
    median_seconds: f64,
    p95_seconds: f64,
}

impl Figures<'_> {
    /// For a program.
    pub(super) fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        out.write_all(b"\n")
    }

    /// For a terminal.
    pub(super) fn tell(&self, out: &mut dyn Write) -> io::Result<()> {
        let Sentences { asked, kept, refused } = &self.sentences;
        writeln!(out, "model                   {}, prompt version {}", self.model, self.prompt_version)?;
        writeln!(out, "notes                   {}, of {} there is no sheet", self.notes, self.notes_unreadable)?;
        writeln!(out, "without a rewording     {} of {}", self.notes_without_kept, self.notes)?;
        writeln!(out, "sentences asked         {asked}")?;
        writeln!(out, "kept                    {kept} ({})", percent(*kept, *asked))?;
        writeln!(out, "refused                 {} ({})", asked - kept, percent(asked - kept, *asked))?;
        let mut reasons: Vec<_> = refused.iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (reason, count) in reasons {
            writeln!(out, "  {reason:<22}{count} ({})", percent(*count, *asked))?;
        }
        match &self.reading_grade {
            Some(Grades { before, after }) => {
                writeln!(out, "reading grade           {before:.1} before, {after:.1} after, of the kept ones")?;
            }
            None => writeln!(out, "reading grade           not measured: nothing was kept")?,
        }
        let Requests { sent, outcomes, median_seconds, p95_seconds } = &self.requests;
        let outcomes: Vec<String> = outcomes.iter().map(|(outcome, count)| format!("{outcome} {count}")).collect();
        writeln!(out, "requests                {sent} sent: {}", outcomes.join(", "))?;
        writeln!(out, "time of a request       {median_seconds:.2} s in the middle, {p95_seconds:.2} s at 95 %")
    }
}

/// The time below which a share of the requests stayed, in seconds. The times are sorted.
fn at(times: &[Duration], percent: usize) -> f64 {
    let rank = (times.len() * percent).div_ceil(100).max(1) - 1;
    times.get(rank).map_or(0.0, |time| (time.as_secs_f64() * 1e4).round() / 1e4)
}

fn round(grade: f64) -> f64 {
    (grade * 100.0).round() / 100.0
}

fn percent(part: usize, whole: usize) -> String {
    // Counts of sentences are far below the numbers that a float cannot hold.
    #[expect(clippy::cast_precision_loss, reason = "counts of sentences")]
    let share = if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 };
    format!("{share:.1} %")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clinical_pipeline::Refusal;

    fn tally() -> Tally {
        let mut tally = Tally::default();
        let counts = |asked, kept, refused| NarratedCounts { asked, kept, refused };
        let pair = ("Dyspnea on exertion continues.".to_owned(), "You are short of breath.".to_owned());
        tally.note(&counts(4, 1, vec![(Refusal::Negation, 2), (Refusal::Missing, 1)]), [pair]);
        tally.note(&counts(2, 0, vec![(Refusal::Negation, 2)]), []);
        tally.unreadable();
        for tenths in [5, 1, 2, 3, 4, 30] {
            tally.request("answered", Some(Duration::from_millis(tenths * 100)));
        }
        tally.request("resting", None);
        tally
    }

    #[test]
    fn what_was_asked_is_kept_or_refused() {
        let mut out = Vec::new();
        tally().figures("m", "1").tell(&mut out).unwrap();
        let told = String::from_utf8(out).unwrap();
        let lines: Vec<String> = told.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(
            lines[1..8],
            [
                "notes 2, of 1 there is no sheet",
                "without a rewording 1 of 2",
                "sentences asked 6",
                "kept 1 (16.7 %)",
                "refused 5 (83.3 %)",
                "negation 4 (66.7 %)",
                "missing 1 (16.7 %)",
            ]
        );
        assert_eq!(
            lines[9..],
            ["requests 6 sent: answered 6, resting 1", "time of a request 0.30 s in the middle, 3.00 s at 95 %"]
        );
        assert!(!told.contains("yspnea") && !told.contains("breath"), "no word of a note is printed");
    }

    #[test]
    fn grades_are_of_the_kept_ones() {
        let json = serde_json::to_value(tally().figures("m", "1")).unwrap();
        let grade = |when: &str| json["reading_grade"][when].as_f64().unwrap();
        assert!(grade("after") < grade("before"), "{json}");
        let json = serde_json::to_value(Tally::default().figures("m", "1")).unwrap();
        assert!(json["reading_grade"].is_null());
    }
}

//! Sheets with rewordings, in every page. The rewordings are handed in as a model's that passed.

mod asked;
mod faults;
mod hostile;
mod pages;
mod verified;

use super::*;
use crate::check;
use crate::read::{Parsed, Prepared};
use crate::summarize::Press;
use crate::{Disclosure, Error, Input, Label, Options, Page};
use clinical_model::{Moment, Narrative};

/// A note with a sentence for every list.
pub(super) const NOTE: &str = "CHIEF COMPLAINT:\nDyspnea on exertion for two weeks.\n\nASSESSMENT:\nDyspnea, likely from heart failure.\n\nPLAN:\nElevate legs when seated. Take furosemide 40 mg each morning.\n\nFOLLOW-UP:\nReturn to clinic in 2 weeks.\n\nRETURN PRECAUTIONS:\nCall if you gain 3 lb in one day.\n";

/// Rewordings of two of them; what stands in braces is copied.
pub(super) const SAID: [(&str, &str); 2] = [
    ("Dyspnea on exertion for two weeks.", "You said you get short of breath when you move around, {for two weeks}."),
    ("Return to clinic in 2 weeks.", "Come back to the clinic {in 2 weeks}."),
];

const FHIR: &str = r#"{"resourceType": "Composition", "status": "final", "title": "Discharge summary", "section": [
  {"title": "Discharge instructions", "code": {"coding": [{"system": "http://loinc.org", "code": "8653-8"}]},
   "text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Keep the wound <b>dry</b> &amp; clean. Ambulate with aid for 5 days.</p></div>"}}]}"#;

const CCDA: &str = r#"<ClinicalDocument xmlns="urn:hl7-org:v3"><templateId root="2.16.840.1.113883.10.20.22.1.2"/>
<recordTarget><patientRole><id root="2.16.840.1.113883.19" extension="P-77"/><patient>
<name><given>Nora</given><family>Quill</family></name></patient></patientRole></recordTarget>
<component><structuredBody><component><section><templateId root="2.16.840.1.113883.10.20.22.2.45"/>
<code code="69730-0" codeSystem="2.16.840.1.113883.6.1"/><title>Instructions</title>
<text><paragraph>Weigh yourself each morning &amp; write it down.</paragraph><list><item>Ambulate with aid for 5 days. Rest often.</item></list></text>
</section></component></structuredBody></component></ClinicalDocument>"#;

pub(super) fn told() -> Narrated<'static> {
    Narrated {
        replies: &[],
        model: "small-model:1.0",
        parameters: "temperature 0, at most 2000 tokens",
        disclosure: Disclosure { opening: None, reviewed: false, contact: None },
    }
}

/// The parts of a rewording whose copied parts stand in braces.
pub(super) fn parts(sentence: &str, said: &str) -> Vec<Part> {
    let mut out = Vec::new();
    for (i, part) in said.split(['{', '}']).enumerate().filter(|(_, part)| !part.is_empty()) {
        out.push(if i % 2 == 0 {
            Part::Words(Narrative::new(part.to_owned()))
        } else {
            let at = sentence.find(part).unwrap();
            Part::Copied(at, at + part.len())
        });
    }
    out
}

/// A verdict for every sentence of the sheet: the rewordings given, and for all others that nothing came.
pub(super) fn verdicts(sentences: &[SheetSentence], said: &[(&str, &str)]) -> Vec<Verdict> {
    let outcome = |s: &SheetSentence| {
        let found = said.iter().find(|(of, _)| *of == s.text);
        found.map(|(of, said)| parts(of, said)).ok_or(Refusal::Missing)
    };
    sentences.iter().enumerate().map(|(i, s)| Verdict { sentence: i, outcome: outcome(s) }).collect()
}

/// Everything about one document with rewordings.
pub(super) struct Work<'w> {
    pub(super) sheet: Sheet<'w>,
    pub(super) counts: NarratedCounts,
    pub(super) press: Press<'w>,
    pub(super) parsed: &'w Parsed<'w>,
}

/// Makes the sheet of a document, puts rewordings onto it, and hands all of it to `see`.
pub(super) fn work<R>(
    bytes: &str,
    page: Page,
    said: &[(&str, &str)],
    told: &Narrated<'_>,
    see: impl FnOnce(Work<'_>) -> R,
) -> R {
    let lexicon = Lexicon::english().unwrap();
    let input = Input::new(bytes.as_bytes(), Label::Unknown);
    let prepared: Prepared<'_> = crate::read::prepare(&input).unwrap();
    let parsed = prepared.parse(Label::Unknown, Stop::never()).unwrap();
    let (record, _) = parsed.record(lexicon, Stop::never()).unwrap();
    let options = Options { now: now(), page, large_print: false, narrated: None, stop: Stop::never() };
    let mut sheet = clinical_summary::compose(&record, options.now, lexicon);
    let sentences = sentences_of(&sheet, lexicon, Stop::never());
    for (of, _) in said {
        assert!(sentences.iter().any(|s| s.text == *of), "no such sentence: {of} in {:?}", texts(&sentences));
    }
    let verdicts = verdicts(&sentences, said);
    let counts = put(&mut sheet, &sentences, verdicts, told);
    let press = Press { prepared: &prepared, label: Label::Unknown, options: &options, lexicon, notices: &[] };
    see(Work { sheet, counts, press, parsed: &parsed })
}

fn texts(sentences: &[SheetSentence]) -> Vec<&str> {
    sentences.iter().map(|s| s.text.as_str()).collect()
}

pub(super) fn now() -> Moment {
    Moment::parse("2026-06-01T12:00:00Z").unwrap()
}

/// The page, or why there is none.
pub(super) fn page(bytes: &str, page: Page, said: &[(&str, &str)], told: &Narrated<'_>) -> Result<String, Error> {
    work(bytes, page, said, told, |w| {
        let (made, _) = w.press.page(&w.sheet, Some(&w.parsed.places()))?;
        if page == Page::Json {
            check::rewordings(&made, &w.sheet, w.press.lexicon).map_err(|e| Error::Gate { code: e.code() })?;
        }
        Ok(made)
    })
}

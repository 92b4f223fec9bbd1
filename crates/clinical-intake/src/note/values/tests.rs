//! Lines of our own making, each with what must be read of it.

use super::observations;
use crate::note::outline::{NoteKind, Outline, Section, Sentence};
use crate::note::words::tokens;
use clinical_lexicon::Lexicon;
use clinical_model::{EntryId, Observation, ReferenceRange, Value, Verbatim};

/// One section; sentences end at a point before a blank and at line ends.
pub(crate) fn outline(kind: NoteKind, text: &str) -> Outline {
    let mut sentences = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for at in 0..=bytes.len() {
        let is_abbreviation =
            text.get(..at).is_some_and(|t| ["Dr", "vs", "approx", "1", "Mr"].iter().any(|a| t.ends_with(a)));
        let is_point = bytes.get(at) == Some(&b'.')
            && !is_abbreviation
            && bytes.get(at + 1).is_none_or(|b| *b == b' ' || *b == b'\n');
        let is_end = at == bytes.len() || bytes[at] == b'\n' || is_point;
        if is_end {
            let end = if is_point { at + 1 } else { at };
            if let Some(slice) = text.get(start..end).filter(|s| !s.trim().is_empty()) {
                let front = slice.len() - slice.trim_start().len();
                let first = start + front;
                sentences.push(Sentence { section: 0, span: first..first + slice.trim().len(), is_item: false });
            }
            start = end;
        }
    }
    Outline { sections: vec![Section { kind, heading: None, body: 0..text.len() }], sentences }
}

fn words(fact: Option<&Verbatim<'_>>) -> String {
    fact.map(|f| f.text().to_owned()).unwrap_or_default()
}

fn range(r: &ReferenceRange<'_>) -> String {
    let end = |q: &Option<clinical_model::Quantity<'_>>| {
        q.as_ref().map(|q| words(q.comparator.as_ref()) + &words(q.value.as_ref())).unwrap_or_default()
    };
    format!(" <{}|{}..{}>", words(r.text.as_ref()), end(&r.low), end(&r.high))
}

/// `name=value unit [reading] <range> @when (note)`.
fn told(o: &Observation<'_>) -> String {
    let mut out = words(o.main.code.text.as_ref()) + "=";
    out += &match &o.main.value {
        Some(Value::Quantity(q)) => {
            let unit = q.unit.as_ref().map(|u| format!(" {}", u.text())).unwrap_or_default();
            words(q.comparator.as_ref()) + &words(q.value.as_ref()) + &unit
        }
        Some(Value::Scalar(v)) => format!("'{}'", v.text()),
        Some(Value::Concept(c)) => format!("\"{}\"", words(c.text.as_ref())),
        _ => "?".to_owned(),
    };
    for reading in &o.main.interpretations {
        out += &format!(" [{}]", words(reading.name()));
    }
    o.main.ranges.iter().for_each(|r| out += &range(r));
    if let Some(when) = &o.when {
        out += &format!(" @{}", words(when.start.as_ref()));
    }
    o.notes.iter().for_each(|n| out += &format!(" ({})", n.text()));
    out
}

fn read(kind: NoteKind, text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let outline = outline(kind, text);
    let lexicon = Lexicon::english().unwrap();
    let found = observations(text, &tokens, &outline, lexicon, &|s| EntryId(u32::try_from(s).unwrap()));
    for o in &found {
        let mut facts: Vec<&Verbatim<'_>> = o.main.code.text.iter().chain(&o.notes).collect();
        facts.extend(o.when.iter().filter_map(|p| p.start.as_ref()));
        match &o.main.value {
            Some(Value::Quantity(q)) => facts.extend(q.value.iter().chain(&q.unit).chain(&q.comparator)),
            Some(Value::Scalar(v)) => facts.push(v),
            _ => {}
        }
        for fact in facts {
            assert_eq!(&text[fact.source().start()..fact.source().end()], fact.text(), "{text}");
        }
    }
    found.iter().map(told).collect()
}

fn table(kind: NoteKind, rows: &str) {
    let mut wrong = Vec::new();
    for row in rows.lines().map(str::trim).filter(|r| !r.is_empty()) {
        let (text, expected) = row.split_once(" => ").unwrap_or((row.trim_end_matches(" =>"), ""));
        let text = text.replace("\\n", "\n").replace("\\t", "\t");
        let found = read(kind, &text).join(" + ");
        if found != expected.trim() {
            wrong.push(format!("{text}\n   expected {expected}\n   found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn results_are_read() {
    table(NoteKind::Results, include_str!("tests/results.txt"));
}

#[test]
fn vital_signs_are_read() {
    table(NoteKind::Vitals, include_str!("tests/vitals.txt"));
}

#[test]
fn values_are_read_from_sentences_and_traps_are_left() {
    table(NoteKind::Assessment, include_str!("tests/sentences.txt"));
}

#[test]
fn lists_of_medicines_and_what_to_watch_for_hold_no_results() {
    for kind in [NoteKind::Medications, NoteKind::Family, NoteKind::Instructions, NoteKind::ReturnPrecautions] {
        assert_eq!(read(kind, "Hemoglobin 9.8 g/dL. Potassium 20 mEq."), Vec::<String>::new());
    }
}

#[test]
fn cells_of_a_line_belong_together() {
    let text = "Hemoglobin   9.8   g/dL";
    let tokens = tokens(text);
    let cell = |span| Sentence { section: 0, span, is_item: false };
    let outline = Outline {
        sections: vec![Section { kind: NoteKind::Results, heading: None, body: 0..text.len() }],
        sentences: vec![cell(0..10), cell(13..16), cell(19..23)],
    };
    let found = observations(text, &tokens, &outline, Lexicon::english().unwrap(), &|s| EntryId(s as u32));
    assert_eq!(found.iter().map(told).collect::<Vec<_>>(), ["Hemoglobin=9.8 g/dL"]);
    assert_eq!(found[0].entry, EntryId(0));
}

#[test]
fn damaged_text_is_read_without_panic() {
    let whole = include_str!("tests/results.txt");
    for cut in (0..whole.len()).step_by(7).filter(|c| whole.is_char_boundary(*c)) {
        let text: String = whole[cut..].chars().take(160).collect();
        read(NoteKind::Results, &text);
        read(NoteKind::Results, &text.replace(' ', ""));
        read(NoteKind::Results, &text.replace(' ', "\n"));
    }
}

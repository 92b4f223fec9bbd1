//! A simple outline for tests: a heading is a line in capitals or one that ends with a colon; a sentence ends at a
//! point with a blank behind it, or at a line's end.

use clinical_intake::note::outline::{NoteKind, Outline, Section, Sentence};

fn kind(heading: &str) -> NoteKind {
    let heading = heading.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| heading.contains(w));
    if has(&["family"]) {
        NoteKind::Family
    } else if has(&["allerg"]) {
        NoteKind::Allergies
    } else if has(&["medication"]) {
        NoteKind::Medications
    } else if has(&["review of systems"]) {
        NoteKind::ReviewOfSystems
    } else if has(&["exam"]) {
        NoteKind::Exam
    } else if has(&["plan"]) {
        NoteKind::AssessmentAndPlan
    } else {
        NoteKind::Other
    }
}

fn is_heading(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let words = line.split_whitespace().count();
    letters > 1 && words < 7 && (line.ends_with(':') || line.chars().all(|c| !c.is_lowercase()) && !line.ends_with('.'))
}

/// The outline of a text.
pub(crate) fn outline(text: &str) -> Outline {
    let mut outline = Outline::default();
    outline.sections.push(Section { kind: NoteKind::Unstated, heading: None, body: 0..text.len() });
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, trimmed) = (at + (line.len() - line.trim_start().len()), line.trim());
        at += line.len();
        if trimmed.is_empty() {
            continue;
        }
        if is_heading(trimmed) {
            if let Some(last) = outline.sections.last_mut() {
                last.body.end = start;
            }
            outline.sections.push(Section {
                kind: kind(trimmed),
                heading: Some(start..start + trimmed.len()),
                body: start + trimmed.len()..text.len(),
            });
            continue;
        }
        let section = outline.sections.len() - 1;
        let mut from = 0;
        for (dot, _) in trimmed.match_indices(". ").chain([(trimmed.len(), "")]) {
            let end = (dot + 1).min(trimmed.len());
            let part = &trimmed[from..end];
            let skip = part.len() - part.trim_start().len();
            // "Dr. Smith", "vs. stroke"
            if dot < trimmed.len()
                && [".", "vs", "Dr", "Mr", "Mrs", "Ms", "pt", "Pt"].iter().any(|w| trimmed[..dot].ends_with(w))
            {
                continue;
            }
            if !part.trim().is_empty() {
                let span = start + from + skip..start + from + part.trim_end().len();
                outline.sentences.push(Sentence { section, span, is_item: false });
            }
            from = end;
        }
    }
    outline
}

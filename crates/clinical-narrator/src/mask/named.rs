//! Medicines and tests by their names.

use super::HoleKind;
use super::amount::{Amounts, Measure};
use super::spans::Span;
use clinical_intake::note::mention::{Mention, MentionKind, mentions, targets};
use clinical_intake::note::outline::{NoteKind, Outline, Section, Sentence, read};
use clinical_intake::note::words::{Token, tokens};
use clinical_lexicon::Lexicon;
use clinical_model::Stop;
use std::collections::BTreeSet;

/// The most names that are kept of one document.
const MOST: usize = 2_000;

/// Medicines and tests that the document names somewhere: where it lists them it says more of them than a sentence does.
#[derive(Default)]
pub(crate) struct Names {
    medicines: Vec<String>,
    tests: Vec<String>,
}

impl Names {
    /// Those that a text names. `None`: asked to stop.
    pub(crate) fn of(text: &str, lexicon: &Lexicon, stop: Stop<'_>) -> Option<Self> {
        let tokens = tokens(text);
        let outline = read(text, &tokens, lexicon, stop);
        let found = mentions(text, &tokens, &outline, lexicon, stop);
        let of = |kind: MentionKind| -> Vec<String> {
            let own = found.iter().filter(|mention| mention.kind == kind);
            let names = own.filter_map(|mention| text.get(mention.span.clone())).filter(|name| name.len() > 2);
            names.map(str::to_lowercase).collect::<BTreeSet<_>>().into_iter().take(MOST).collect()
        };
        let names = Self { medicines: of(MentionKind::Medicine), tests: of(MentionKind::Test) };
        (!stop.is_asked()).then_some(names)
    }
}

/// Finds them in a sentence: those that it names itself, and those of the document.
pub(super) fn find(amounts: &Amounts<'_, '_>, names: &Names, lexicon: &Lexicon, out: &mut Vec<Span>) {
    let text = amounts.line.text;
    let tokens = tokens(text);
    // All of it is one sentence: a heading within it ("Temp: 98.6") would be looked at by nobody.
    let section = Section { kind: NoteKind::Other, heading: None, body: 0..text.len() };
    let whole = Sentence { section: 0, span: 0..text.len(), is_item: false };
    let outline = Outline { sections: vec![section], sentences: vec![whole] };
    for mention in mentions(text, &tokens, &outline, lexicon, Stop::never()) {
        match mention.kind {
            MentionKind::Medicine => out.push(medicine(amounts, &mention)),
            MentionKind::Test if is_test(amounts, &mention) => out.push(span(&mention, HoleKind::Test)),
            _ => {}
        }
    }
    let again = |list: &[String]| -> Vec<Mention> {
        if list.is_empty() { Vec::new() } else { again(text, &tokens, &outline, lexicon, list) }
    };
    out.extend(again(&names.medicines).iter().map(|mention| medicine(amounts, mention)));
    let tests = again(&names.tests);
    let tests = tests.iter().filter(|mention| is_test(amounts, mention));
    out.extend(tests.map(|mention| span(mention, HoleKind::Test)));
}

/// "Pt" is the patient, "PT" a test.
fn is_test(amounts: &Amounts<'_, '_>, mention: &Mention) -> bool {
    let at = amounts.line.token_at(mention.span.start);
    let is_capitals = amounts.line.word(at).chars().all(char::is_uppercase);
    is_capitals || !amounts.words.no_tests.has(amounts.line, at)
}

fn again(text: &str, tokens: &[Token], outline: &Outline, lexicon: &Lexicon, list: &[String]) -> Vec<Mention> {
    targets(text, tokens, outline, lexicon, list, Stop::never())
}

fn span(mention: &Mention, kind: HoleKind) -> Span {
    Span { start: mention.span.start, end: mention.span.end, kind }
}

/// A medicine with its strength and form.
fn medicine(amounts: &Amounts<'_, '_>, mention: &Mention) -> Span {
    let (line, words) = (amounts.line, amounts.words);
    let mut end = line.token_at(mention.span.end);
    end += words.forms.at(line, end);
    if let Some(amount) = amounts.amount(end).filter(|amount| amount.measure == Measure::Unit) {
        let is_strength = (end..amount.end).any(|at| words.strengths.has(line, at));
        let is_pair = line.is_number(end);
        if is_strength && is_pair {
            end = amount.end;
            end += words.forms.at(line, end);
        }
    }
    let (_, last) = line.bytes(line.token_at(mention.span.start), end);
    Span { start: mention.span.start, end: last.max(mention.span.end), kind: HoleKind::Medicine }
}

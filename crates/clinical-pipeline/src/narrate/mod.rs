//! A language model's part in a sheet: what it is asked, and what becomes of its answers.
//!
//! The sheet is made first, as if there were no model. Its sentences are what is asked about; what passed the check of
//! `clinical-narrator` is put beside them, and the page with it goes through the same gate as every page.

mod again;
mod known;
mod said;

pub(crate) use again::{Again, Given, again, bytes, sentence_at};
pub(crate) use known::known;

use said::{contact, model, parameters};

use crate::{Narrated, NarratedCounts, Refusal};
use clinical_intake::note::{outline, words};
use clinical_lexicon::Lexicon;
use clinical_model::{Format, Phi, Stop};
use clinical_narrator::{PROMPT_VERSION, Part, Prepared, Sentence, Topic, Verdict};
use clinical_privacy::Known;
use clinical_summary::{Narration, PlainPart, SaidList, Sheet, SheetSentence, Unfit, attach, detach, sentences};
use std::collections::BTreeMap;
use std::ops::Range;

/// The sentences of a sheet, and the requests about them.
pub(crate) struct Room {
    sentences: Vec<SheetSentence>,
    prepared: Prepared,
}

impl Room {
    /// Makes the requests about a sheet. `text` is the note that it was made of; for other formats the words that stand
    /// on the sheet take its place. `None`: asked to stop.
    pub(crate) fn of(
        sheet: &Sheet<'_>,
        text: Option<&str>,
        known: &Known,
        lexicon: &Lexicon,
        stop: Stop<'_>,
    ) -> Option<Self> {
        let sentences = sentences_of(sheet, lexicon, stop);
        let known = known::with_people(known, sheet);
        let asked: Vec<Sentence<'_>> =
            sentences.iter().map(|s| Sentence { text: &s.text, topic: topic(s.list) }).collect();
        let prepared = match text {
            Some(text) => clinical_narrator::prepare(&asked, text, &known, lexicon, stop)?,
            None => clinical_narrator::prepare(&asked, &context(sheet), &known, lexicon, stop)?,
        };
        Some(Self { sentences, prepared })
    }

    /// The requests as they are sent. `None`: asked to stop.
    pub(crate) fn telling(&self, lexicon: &Lexicon, stop: Stop<'_>) -> Option<Vec<clinical_narrator::Ask>> {
        self.prepared.telling(lexicon, stop)
    }

    /// The requests without what is told of their sentences.
    pub(crate) fn asks(&self) -> &[clinical_narrator::Ask] {
        self.prepared.asks()
    }

    /// What is to be thought of the replies; one that is not there was not answered.
    pub(crate) fn verdicts(&self, replies: &[Option<Phi<String>>], lexicon: &Lexicon) -> Vec<Verdict> {
        let reply = |ask: usize| replies.get(ask)?.as_ref().map(|text| text.expose().as_str());
        (0..self.asks().len()).flat_map(|ask| self.prepared.read(ask, reply(ask), lexicon)).collect()
    }

    /// The sentences that can be asked about, whether they are or not.
    pub(crate) fn sentences(&self) -> &[SheetSentence] {
        &self.sentences
    }
}

/// The sentences of a sheet that may be put into other words. A sentence of a note is one already; a section of a
/// document has many.
pub(crate) fn sentences_of(sheet: &Sheet<'_>, lexicon: &Lexicon, stop: Stop<'_>) -> Vec<SheetSentence> {
    if sheet.format == Format::Note {
        return sentences(sheet, &mut |text| vec![trimmed(text, 0..text.len())]);
    }
    sentences(sheet, &mut |text| {
        let tokens = words::tokens(text);
        let read = outline::read(text, &tokens, lexicon, stop);
        read.sentences.into_iter().map(|s| trimmed(text, s.span)).collect()
    })
}

/// A sentence without the blanks around it and without the mark of the list that it stands in ("2. ", "- ").
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let part = text.get(span.clone()).unwrap_or_default().trim_end();
    let bare = part.trim_start();
    let number = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = bare.len() - number.len();
    let behind = match digits {
        0 => bare.strip_prefix(['-', '*', '\u{2022}']),
        1 | 2 => number.strip_prefix(['.', ')']),
        _ => None,
    };
    // A mark stands alone: "-fever" and "2.5" are none.
    let bare = behind.filter(|rest| rest.starts_with(char::is_whitespace)).map_or(bare, str::trim_start);
    let end = span.start + part.len();
    end - bare.len()..end
}

#[cfg(test)]
mod trimming {
    use super::trimmed;

    #[test]
    fn the_mark_of_a_list_is_no_part_of_a_sentence() {
        let cases = [
            (" 2. Hypertension. ", "Hypertension."),
            ("12) Rest.", "Rest."),
            ("- Rest.", "Rest."),
            ("\u{2022} Rest.", "Rest."),
            ("-fever", "-fever"),
            ("2.5 mg daily", "2.5 mg daily"),
            ("2. ", "2."),
            ("120) x", "120) x"),
            ("", ""),
        ];
        for (text, said) in cases {
            assert_eq!(&text[trimmed(text, 0..text.len())], said, "{text}");
        }
    }
}

const fn topic(list: SaidList) -> Topic {
    match list {
        SaidList::Reasons => Topic::Reason,
        SaidList::Findings => Topic::Finding,
        SaidList::FollowUp => Topic::FollowUp,
        SaidList::Home => Topic::Home,
        SaidList::Help => Topic::Help,
    }
}

/// Every fact of a sheet, a line each: who is named in one is then found in all.
fn context(sheet: &Sheet<'_>) -> String {
    let mut out = String::new();
    sheet.facts(&mut |fact| {
        out.push_str(&fact.shown());
        out.push('\n');
    });
    out
}

/// Puts what passed beside its sentences, and says at the start of the sheet what must be said. The sheet is as it was
/// where nothing passed.
pub(crate) fn put(
    sheet: &mut Sheet<'_>,
    sentences: &[SheetSentence],
    verdicts: Vec<Verdict>,
    told: &Narrated<'_>,
) -> NarratedCounts {
    let asked = verdicts.len();
    let mut kept = 0;
    let mut refused: BTreeMap<Refusal, usize> = BTreeMap::new();
    for verdict in verdicts {
        let placed = verdict.outcome.and_then(|parts| {
            let sentence = sentences.get(verdict.sentence).ok_or(Refusal::WrongShape)?;
            let parts: Vec<PlainPart> = parts.into_iter().map(plain_part).collect();
            attach(sheet, sentence, &parts).map_err(refusal)
        });
        match placed {
            Ok(()) => kept += 1,
            Err(why) => *refused.entry(why).or_default() += 1,
        }
    }
    let refused: Vec<(Refusal, usize)> = refused.into_iter().collect();
    if kept > 0 {
        sheet.narration = Some(Narration {
            opening: told.disclosure.opening.and_then(contact),
            reviewed: told.disclosure.reviewed,
            contact: told.disclosure.contact.and_then(contact),
            model: model(told.model),
            parameters: parameters(told.parameters),
            prompt_version: PROMPT_VERSION,
            asked,
            kept,
            refused: refused.iter().map(|(why, n)| (why.as_str(), *n)).collect(),
        });
    }
    NarratedCounts { asked, kept, refused }
}

/// Takes everything back: the sheet with rewordings did not pass its check.
pub(crate) fn take_back(sheet: &mut Sheet<'_>, counts: &mut NarratedCounts) {
    detach(sheet);
    let kept = std::mem::take(&mut counts.kept);
    if kept == 0 {
        return;
    }
    match counts.refused.iter_mut().find(|(why, _)| *why == Refusal::Page) {
        Some((_, n)) => *n += kept,
        None => counts.refused.push((Refusal::Page, kept)),
    }
    counts.refused.sort_unstable();
}

fn plain_part(part: Part) -> PlainPart {
    match part {
        Part::Words(words) => PlainPart::Words(words),
        Part::Copied(start, end) => PlainPart::Copied(start, end),
    }
}

const fn refusal(unfit: Unfit) -> Refusal {
    match unfit {
        Unfit::Digit => Refusal::Number,
        Unfit::Sign => Refusal::Markup,
        Unfit::Empty => Refusal::Empty,
        Unfit::Place => Refusal::WrongShape,
    }
}

#[cfg(test)]
mod tests;

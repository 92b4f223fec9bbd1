//! The rewordings of a summary that is verified: read, held against their sentences again, and put beside them, so that
//! the summary made again has them, too. What does not pass is a fault, and is not put.

use super::{Fault, FaultKind};
use crate::narrate::{Again, Given, Room, bytes, put, sentence_at};
use crate::{Disclosure, Lexicon, Narrated, Refusal};
use clinical_json::{Kind, Node};
use clinical_lexicon::Message;
use clinical_model::Narrative;
use clinical_narrator::{Part, Verdict};
use clinical_summary::{SaidList, Sheet, SheetSentence};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Checks rewordings; that of the pipeline is [`crate::narrate::again`].
pub(super) type Check<'c> = &'c dyn Fn(&Room, &Given, &Lexicon) -> Again;

/// Whether a summary says that a language model wrote words of it.
pub(super) fn has_any(summary: Node<'_, '_>) -> bool {
    flags(summary).and_then(|f| f.get("ai_processed")).and_then(Node::as_bool) == Some(true)
}

fn flags<'d, 'a>(summary: Node<'d, 'a>) -> Option<Node<'d, 'a>> {
    summary.get("safety_validation")?.get("ai_processing_flags")
}

/// Puts the rewordings of a summary onto the sheet made again.
pub(super) fn restore(
    summary: Node<'_, '_>,
    sheet: &mut Sheet<'_>,
    room: &Room,
    check: Check<'_>,
    lexicon: &Lexicon,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut given = Given::new();
    let mut places: BTreeMap<usize, String> = BTreeMap::new();
    for list in SaidList::ALL {
        let items = summary.get(list.member()).into_iter().flat_map(Node::items);
        for (said, item) in items.enumerate() {
            let rewordings = item.get("plain_words").into_iter().flat_map(Node::items);
            for (i, rewording) in rewordings.enumerate() {
                let at = format!("summary.{}[{said}].plain_words[{i}]", list.member());
                match read(rewording, list, said, sheet, room.sentences()) {
                    Some((sentence, parts)) if !given.contains_key(&sentence) => {
                        given.insert(sentence, parts);
                        places.insert(sentence, at);
                    }
                    _ => faults.push(Fault { kind: FaultKind::Altered, at }),
                }
            }
        }
    }
    let Again { asked, verdicts } = check(room, &given, lexicon);
    let is_bad = |v: &&Verdict| v.outcome.is_err();
    let bad = verdicts.iter().filter(is_bad).filter_map(|v| places.get(&v.sentence).cloned());
    faults.extend(bad.map(|at| Fault { kind: FaultKind::Altered, at }));
    let passed: Vec<Verdict> = verdicts.into_iter().filter(|v| v.outcome.is_ok()).collect();
    let told = Told::of(summary, lexicon);
    let kept = put(sheet, room.sentences(), passed, &told.narrated()).kept;
    // The summary made again says how many there were to ask for; what was refused only the first making knew.
    if kept + told.refused.iter().map(|(_, n)| n).fold(0, |sum: usize, n| sum.saturating_add(*n)) != asked {
        let at = "summary.safety_validation.ai_processing_flags.refused".to_owned();
        faults.push(Fault { kind: FaultKind::Altered, at });
    }
    if let Some(narration) = &mut sheet.narration {
        narration.asked = asked;
        narration.refused = told.refused;
    }
    faults
}

/// A rewording and the index of its sentence; none where it is not made of words and stretches of one.
fn read(
    rewording: Node<'_, '_>,
    list: SaidList,
    said: usize,
    sheet: &Sheet<'_>,
    sentences: &[SheetSentence],
) -> Option<(usize, Vec<Part>)> {
    let number = |node: Node<'_, '_>, name| node.get(name)?.scalar_text()?.parse::<usize>().ok();
    let of = number(rewording, "text_index")?;
    let words = list.of(sheet).get(said)?.words.get(of)?;
    let shown = words.shown();
    let stretch = |node| bytes(&shown, number(node, "start")?, number(node, "end")?);
    let (start, end) = stretch(rewording)?;
    let place = SheetSentence { list, said, of, span: start..end, text: String::new() };
    let sentence = sentence_at(sentences, &place)?;
    let parts = rewording.get("parts").filter(|p| p.kind() == Kind::Array)?.items().map(|part| {
        if let Some(words) = part.get("words").and_then(Node::as_str) {
            return Some(Part::Words(Narrative::new(words.into_owned())));
        }
        let (from, to) = stretch(part)?;
        let is_said = part.get("copied").and_then(Node::as_str).as_deref() == shown.get(from..to);
        is_said.then_some(Part::Copied(from.checked_sub(start)?, to.checked_sub(start)?))
    });
    Some((sentence, parts.collect::<Option<Vec<Part>>>()?))
}

/// What the summary says of its model and its site, to be said again. No rule tells a text of a site from a changed one;
/// the summary's id, which is the digest of all of it, does.
struct Told {
    opening: Option<String>,
    contact: Option<String>,
    reviewed: bool,
    model: String,
    parameters: String,
    refused: Vec<(&'static str, usize)>,
}

impl Told {
    fn of(summary: Node<'_, '_>, lexicon: &Lexicon) -> Self {
        let flag = |name| flags(summary).and_then(|f| f.get(name));
        let text = |name| flag(name).and_then(Node::as_str).map(Cow::into_owned).unwrap_or_default();
        let line = |place, message| {
            let said = summary.get("ai_disclosure")?.at(place)?.as_str()?.into_owned();
            (said != lexicon.phrase(message).words()).then_some(said)
        };
        let count = |why: &Refusal| {
            let count = flag("refused")?.get(why.as_str())?.scalar_text()?.parse().ok()?;
            Some((why.as_str(), count))
        };
        Self {
            opening: line(0, Message::AiOpening),
            contact: line(2, Message::AiContact),
            reviewed: flag("reviewed").and_then(Node::as_bool).unwrap_or_default(),
            model: text("model"),
            parameters: text("parameters"),
            refused: Refusal::ALL.iter().filter_map(count).collect(),
        }
    }

    fn narrated(&self) -> Narrated<'_> {
        Narrated {
            replies: &[],
            model: &self.model,
            parameters: &self.parameters,
            disclosure: Disclosure {
                opening: self.opening.as_deref(),
                reviewed: self.reviewed,
                contact: self.contact.as_deref(),
            },
        }
    }
}

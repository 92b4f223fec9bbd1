//! Rewordings of a summary, held against their sentences once more.
//!
//! A reply of a model is made out of the summary: the words as they stand there, and for each copied part the placeholder
//! that stood for it. Then it goes through the same check as when it came from the model, and must give the same parts.

use super::Room;
use crate::Refusal;
use clinical_json::{Document, Node};
use clinical_lexicon::Lexicon;
use clinical_narrator::{Ask, Part, Verdict};
use clinical_summary::SheetSentence;
use std::collections::BTreeMap;

/// Rewordings by the index of their sentence.
pub(crate) type Given = BTreeMap<usize, Vec<Part>>;

/// What a second look found.
#[derive(Debug)]
pub(crate) struct Again {
    /// How many sentences a model is asked for.
    pub(crate) asked: usize,
    /// The verdict of each rewording that was given, by its sentence.
    pub(crate) verdicts: Vec<Verdict>,
}

/// The verdicts of these rewordings; one whose sentence nobody would be asked about is refused.
pub(crate) fn again(room: &Room, given: &Given, lexicon: &Lexicon) -> Again {
    let mut out: BTreeMap<usize, Verdict> = BTreeMap::new();
    let mut asked = 0;
    for (number, ask) in room.asks().iter().enumerate() {
        let here: Vec<usize> = room.prepared.read(number, None, lexicon).iter().map(|v| v.sentence).collect();
        asked += here.len();
        if !here.iter().any(|sentence| given.contains_key(sentence)) {
            continue;
        }
        let Some(reply) = reply(ask, &here, given) else { continue };
        for verdict in room.prepared.read(number, Some(&reply), lexicon) {
            let Some(said) = given.get(&verdict.sentence) else { continue };
            let same = |parts: &Vec<Part>| joined(parts) == joined(said);
            let outcome = verdict.outcome.and_then(|p| if same(&p) { Ok(p) } else { Err(Refusal::WrongShape) });
            out.insert(verdict.sentence, Verdict { sentence: verdict.sentence, outcome });
        }
    }
    let missing = |sentence: &usize| Verdict { sentence: *sentence, outcome: Err(Refusal::WrongShape) };
    let verdicts = given.keys().map(|sentence| out.remove(sentence).unwrap_or_else(|| missing(sentence)));
    Again { asked, verdicts: verdicts.collect() }
}

/// Parts with neighbouring words in one.
fn joined(parts: &[Part]) -> Vec<(String, Option<(usize, usize)>)> {
    let mut out: Vec<(String, Option<(usize, usize)>)> = Vec::new();
    for part in parts {
        match (part, out.last_mut()) {
            (Part::Words(words), Some((run, None))) => run.push_str(words.text()),
            (Part::Words(words), _) => out.push((words.text().to_owned(), None)),
            (Part::Copied(start, end), _) => out.push((String::new(), Some((*start, *end)))),
        }
    }
    out
}

/// What a model would have answered to say these rewordings.
pub(super) fn reply(ask: &Ask, here: &[usize], given: &Given) -> Option<String> {
    let asked = Document::parse(ask.user.text().as_bytes()).ok()?;
    let list = asked.root().get("sentences").unwrap_or(asked.root());
    let mut out = String::from("{\"sentences\":[");
    let mut is_first = true;
    for (place, sentence) in here.iter().enumerate() {
        let Some(parts) = given.get(sentence) else { continue };
        let node = list.at(place)?;
        let text = said(&node.get("text").and_then(Node::as_str)?, parts)?;
        let id = node.get("id").and_then(Node::scalar_text)?;
        if !std::mem::take(&mut is_first) {
            out.push(',');
        }
        out.push_str("{\"id\":");
        out.push_str(&id);
        out.push_str(",\"text\":");
        string(&text, &mut out);
        out.push('}');
    }
    out.push_str("]}");
    Some(out)
}

/// A rewording with placeholders: those of the sentence, in its order, stand for its copied parts in their order.
fn said(shown: &str, parts: &[Part]) -> Option<String> {
    let mut order: Vec<(usize, usize)> = Vec::new();
    order.extend(
        parts.iter().filter_map(|p| if let Part::Copied(start, end) = p { Some((*start, *end)) } else { None }),
    );
    order.sort_unstable();
    let placeholders = placeholders(shown);
    if placeholders.len() != order.len() {
        return None;
    }
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Words(words) => out.push_str(words.text()),
            Part::Copied(start, end) => {
                let place = order.iter().position(|o| *o == (*start, *end))?;
                out.push_str(placeholders.get(place)?);
            }
        }
    }
    Some(out)
}

/// The placeholders of a sentence, in order: a word in capitals and a number in square brackets.
fn placeholders(shown: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for (at, _) in shown.match_indices('[') {
        let Some(end) = shown[at..].find(']').map(|n| at + n + 1) else { break };
        let inside = &shown[at + 1..end - 1];
        let is_one = inside.split_once(' ').is_some_and(|(word, number)| {
            let is_word = !word.is_empty() && word.bytes().all(|b| b.is_ascii_uppercase());
            is_word && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
        });
        if is_one {
            out.push(&shown[at..end]);
        }
    }
    out
}

/// A string of JSON.
fn string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The bytes of a stretch that is given in code points.
pub(crate) fn bytes(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let at = |point: usize| text.char_indices().map(|(i, _)| i).chain([text.len()]).nth(point);
    let (start, end) = (at(start)?, at(end)?);
    (start <= end).then_some((start, end))
}

/// The sentence that stands exactly there.
pub(crate) fn sentence_at(sentences: &[SheetSentence], place: &SheetSentence) -> Option<usize> {
    sentences.iter().position(|s| (s.list, s.said, s.of) == (place.list, place.said, place.of) && s.span == place.span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clinical_model::Narrative;

    #[test]
    fn placeholders_come_back_where_their_parts_stand() {
        let words = |text: &str| Part::Words(Narrative::new(text.to_owned()));
        let shown = "[MEDICINE 3] was raised to [NUMBER 12] [sic] [A] [NUMBER x].";
        assert_eq!(placeholders(shown), ["[MEDICINE 3]", "[NUMBER 12]"]);
        let parts = [words("To "), Part::Copied(26, 31), words(" they raised "), Part::Copied(0, 9), words(".")];
        assert_eq!(said(shown, &parts).as_deref(), Some("To [NUMBER 12] they raised [MEDICINE 3]."));
        assert_eq!(said(shown, &parts[..2]), None);
    }

    #[test]
    fn code_points_are_bytes() {
        assert_eq!(bytes("é five", 0, 1), Some((0, 2)));
        assert_eq!(bytes("é five", 2, 6), Some((3, 7)));
        assert_eq!(bytes("é five", 2, 7), None);
        assert_eq!(bytes("é five", 3, 2), None);
    }

    #[test]
    fn strings_are_json() {
        let mut out = String::new();
        string("a \"b\" \\ \u{7}", &mut out);
        assert_eq!(Document::parse(out.as_bytes()).unwrap().root().as_str().as_deref(), Some("a \"b\" \\ \u{7}"));
    }
}

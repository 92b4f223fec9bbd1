//! What a page says of rewordings by a language model: their lines, and what stands of them at its start and its end.

use super::lines::Say;
use crate::piece::{Author, Line};
use crate::plain::Plain;
use crate::sheet::{Said, Sheet};
use clinical_lexicon::Message;

/// Words of the record with rewordings: each stands before the words it was made of, and these are said to be the
/// record's.
pub(super) fn reworded<'a>(s: &Said<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let mut out = Vec::new();
    let dated = |mut line: Line<'a>| {
        if let Some(date) = s.date.as_ref() {
            line.push_words(" (");
            line.push_fact(date.clone());
            line.push_words(")");
        }
        line
    };
    out.extend(s.title.iter().map(|title| dated(Line::fact(title.clone()))));
    for (of, words) in s.words.iter().enumerate() {
        out.extend(s.plain.iter().filter(|p| p.of == of).map(|p| plain(p, say)));
        out.push(say.fact(Message::RecordSays, "words", words));
    }
    if s.title.is_none() {
        let last = out.pop();
        out.extend(last.map(dated));
    }
    out.extend(s.unfinished.iter().map(|status| say.fact(Message::NotFinal, "status", status)));
    out.extend(s.extra.iter().cloned());
    out
}

/// A rewording behind its mark.
pub(crate) fn plain<'a>(p: &Plain<'a>, say: Say<'_>) -> Line<'a> {
    let mut line = say.plain(Message::PlainMark);
    line.push_words(" ");
    line.append(p.line.clone());
    line.by(Author::Model)
}

/// What stands at the start of a sheet with rewordings, and of no other.
pub(crate) fn disclosure<'a>(sheet: &Sheet<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let Some(narration) = &sheet.narration else { return Vec::new() };
    let site = |text: &Option<String>, message| match text {
        Some(text) => Line::words(text.clone()).by(Author::Site),
        None => say.plain(message),
    };
    let reviewed = if narration.reviewed { Message::AiReviewed } else { Message::AiNotReviewed };
    vec![
        site(&narration.opening, Message::AiOpening),
        say.plain(reviewed),
        site(&narration.contact, Message::AiContact),
    ]
}

/// What every sheet says about itself. Where a model reworded, the start of the sheet says whether a clinician read it.
pub(crate) const fn disclaimers(sheet: &Sheet<'_>) -> [Message; 4] {
    let words = if sheet.narration.is_some() { Message::AboutMarked } else { Message::AboutReviewed };
    [Message::AboutCopied, Message::AboutAdvice, words, Message::AboutAll]
}

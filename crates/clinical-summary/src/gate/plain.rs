//! Rewordings on a finished page: exactly those that the sheet has, each marked and before the words it was made of, and
//! at the start of the page what must be said of them.

use super::GateError;
use super::reading::{self, Token};
use super::words::folded;
use crate::page::{Say, disclosure, plain};
use crate::plain::fit;
use crate::sheet::Sheet;
use clinical_lexicon::{Lexicon, Message};
use clinical_model::Source;
use std::borrow::Cow;

/// Checks them and gives the page without them.
pub(super) fn take_out<'p>(
    tokens: Vec<Token<'p>>,
    sheet: &Sheet<'_>,
    lexicon: &Lexicon,
) -> Result<Vec<Token<'p>>, GateError> {
    // Most sheets: no model was asked, and no line claims that one was.
    if sheet.narration.is_none()
        && sheet.plain().next().is_none()
        && !tokens.iter().any(|t| matches!(t, Token::Marked(_)))
    {
        return if is_unmarked(&tokens, lexicon) { Err(GateError::RewordingAltered) } else { Ok(tokens) };
    }
    let mut expected = sheet.plain();
    let mut rest: Vec<Token<'p>> = Vec::with_capacity(tokens.len());
    // Where the words stand that the last rewording belongs to.
    let mut beside: Option<Source> = None;
    let mut any = false;
    for token in tokens {
        match (token, beside) {
            (Token::Marked(said), _) => {
                let (item, of) = expected.next().ok_or(GateError::RewordingAltered)?;
                let words = item.words.get(of.of).map(|w| w.source()).ok_or(GateError::RewordingAltered)?;
                // Several sentences of one paragraph stand together before it.
                let is_beside = beside.is_none_or(|open| open == words);
                let line = plain(of, Say(lexicon));
                if !is_beside || fit(of, item).is_err() || !same(&said, &reading::line(&line)) {
                    return Err(GateError::RewordingAltered);
                }
                beside = Some(words);
                any = true;
            }
            (Token::Fact(source, _), Some(words)) if source != words => return Err(GateError::RewordingAltered),
            (token @ Token::Fact(..), _) => {
                beside = None;
                rest.push(token);
            }
            (Token::Heading(_) | Token::Item, Some(_)) => return Err(GateError::RewordingAltered),
            (token, _) => rest.push(token),
        }
    }
    if beside.is_some() || expected.next().is_some() || is_unmarked(&rest, lexicon) {
        return Err(GateError::RewordingAltered);
    }
    if any != sheet.narration.is_some() {
        return Err(GateError::DisclosureMissing);
    }
    disclosed(rest, sheet, lexicon)
}

/// Whether two lines say the same words and the same facts.
fn same(said: &[Token<'_>], expected: &[Token<'_>]) -> bool {
    joined(said).is_some_and(|said| joined(expected) == Some(said))
}

/// A line by its runs of words and its facts.
fn joined(line: &[Token<'_>]) -> Option<Vec<(Option<Source>, String)>> {
    let mut out: Vec<(Option<Source>, String)> = Vec::new();
    for token in line {
        match (token, out.last_mut()) {
            (Token::Words(said), Some((None, run))) => run.push_str(said),
            (Token::Words(said), _) if said.is_empty() => {}
            (Token::Words(said), _) => out.push((None, said.clone().into_owned())),
            (Token::Fact(source, said), _) => out.push((Some(*source), said.clone().into_owned())),
            (Token::Heading(_) | Token::Item | Token::Marked(_), _) => return None,
        }
    }
    out.iter_mut().for_each(|(_, said)| *said = folded(said).into_owned());
    Some(out)
}

/// Whether the mark of a language model stands where no line by one is.
fn is_unmarked(tokens: &[Token<'_>], lexicon: &Lexicon) -> bool {
    let mark = lexicon.phrase(Message::PlainMark).words();
    let mark = folded(&mark);
    // A word inside of the mark stands whole in whatever says the mark: most lines are told apart by one look.
    let words: Vec<&str> = mark.split(' ').collect();
    let inside = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
    let word = inside.iter().max_by_key(|word| word.len()).copied().unwrap_or_default();
    let word = memchr::memmem::Finder::new(word);
    let has_word = |said: &str| word.find(said.as_bytes()).is_some();
    tokens.iter().any(|t| matches!(t, Token::Words(said) if has_word(said) && folded(said).contains(&*mark)))
}

/// Takes the lines at the start out, which must be the first below the title.
fn disclosed<'p>(
    mut tokens: Vec<Token<'p>>,
    sheet: &Sheet<'_>,
    lexicon: &Lexicon,
) -> Result<Vec<Token<'p>>, GateError> {
    let lines = disclosure(sheet, Say(lexicon));
    if lines.is_empty() {
        return Ok(tokens);
    }
    let title = tokens.iter().position(|t| matches!(t, Token::Heading(_))).ok_or(GateError::DisclosureMissing)?;
    let begin = title + 1;
    let stand = tokens.get(begin..begin + lines.len()).ok_or(GateError::DisclosureMissing)?;
    let is_said = |(token, line): (&Token<'_>, &Cow<'_, str>)| matches!(token, Token::Words(said) if folded(said) == folded(line));
    let lines: Vec<Cow<'_, str>> = lines.iter().map(|line| Cow::Owned(line.shown())).collect();
    if !stand.iter().zip(&lines).all(is_said) {
        return Err(GateError::DisclosureMissing);
    }
    tokens.drain(begin..begin + lines.len());
    Ok(tokens)
}

//! A text as words, placeholders and marks.

use super::reading::has_role;
use super::stem::stem;
use crate::mask::Hole;
use crate::refusal::Refusal;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// Letters.
    Word,
    /// A placeholder, by its index among the holes.
    Hole(usize),
    /// A comma or another mark that parts.
    Comma,
    /// The end of a sentence.
    End,
}

/// A token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) what: What,
    /// In small letters, with straight apostrophes.
    pub(super) text: String,
    /// What its forms have in common.
    pub(super) stem: String,
    /// Where it stands in its text: first byte, and the byte behind the last.
    pub(super) span: (usize, usize),
}

impl Token {
    pub(super) fn word(text: &str) -> Self {
        Self { what: What::Word, text: text.to_owned(), stem: stem(text), span: (0, 0) }
    }

    const fn mark(what: What) -> Self {
        Self { what, text: String::new(), stem: String::new(), span: (0, 0) }
    }

    pub(super) fn is_word(&self) -> bool {
        self.what == What::Word
    }
}

/// Reads a text with placeholders. A placeholder that is none of these holes is refused.
pub(super) fn read(text: &str, holes: &[Hole]) -> Result<Vec<Token>, Refusal> {
    let mut out = Vec::new();
    let mut at = 0;
    let has_small = text.contains(char::is_lowercase);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(c) = rest.chars().next() else { break };
        if c == '['
            && let Some(inside) = rest.find(']').and_then(|end| rest.get(..=end))
            && is_placeholder(inside)
        {
            let known = holes.iter().position(|hole| hole.placeholder() == inside);
            out.push(Token::mark(What::Hole(known.ok_or(Refusal::PlaceholderUnknown)?)));
            at += inside.len();
        } else if c.is_alphanumeric() {
            let word = word_at(rest);
            let spelled = if has_small && has_role("capitals", word) { capitals(word) } else { spelled(word) };
            out.push(Token { span: (at, at + word.len()), ..Token::word(&spelled) });
            at += word.len();
        } else {
            // "? darker": perhaps.
            if c == '?' && is_query(text, at) {
                out.push(Token { span: (at, at + 1), ..Token::word("query") });
                at += 1;
                continue;
            }
            // "↑ swelling", "(↓ from 3)".
            if let Some(said) = arrow(c) {
                let end = at + c.len_utf8();
                out.push(Token { span: (at, end), ..Token::word(said) });
                at = end;
                continue;
            }
            // "+hearing loss": with it.
            if c == '+' && is_plus(text, at) {
                out.push(Token::mark(What::Comma));
                out.push(Token { span: (at, at + 1), ..Token::word("with") });
                at += 1;
                continue;
            }
            let ends = matches!(c, '.' | '!' | '?' | ';' | '\n');
            let ends = ends && rest.get(c.len_utf8()..).is_none_or(|r| !r.starts_with(char::is_alphanumeric));
            if ends && !(c == '.' && is_dotted(text, at)) {
                if c == '?' {
                    question(&mut out, at);
                }
                out.push(Token::mark(What::End));
            } else if c == '&' && !is_hugged(text, at) {
                out.push(Token { span: (at, at + 1), ..Token::word("and") });
            } else if matches!(c, ',' | ':' | '(' | ')' | '/' | '\u{2013}' | '\u{2014}' | '&' | '+')
                || is_dash(text, at)
            {
                out.push(Token::mark(What::Comma));
            }
            at += c.len_utf8();
        }
    }
    Ok(out)
}

/// What an arrow says. One that points to the side says "then", "so" or "became", so it is not read.
const fn arrow(c: char) -> Option<&'static str> {
    match c {
        '\u{2191}' => Some("increased"),
        '\u{2193}' => Some("decreased"),
        _ => None,
    }
}

/// "A&E", and not "labor & delivery".
fn is_hugged(text: &str, at: usize) -> bool {
    let before = text.get(..at).is_some_and(|t| t.ends_with(char::is_alphanumeric));
    before && text.get(at + 1..).is_some_and(|t| t.starts_with(char::is_alphanumeric))
}

/// "No better - call us": a hyphen between blanks is a dash.
fn is_dash(text: &str, at: usize) -> bool {
    let before = text.get(..at).is_some_and(|t| t.ends_with(' '));
    before && text.get(at..).is_some_and(|t| t.starts_with("- "))
}

/// "Incl. fever": the dot of a short form, behind which the sentence goes on.
fn is_dotted(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let goes_on = |c: char| c.is_lowercase() || c == '[';
    has_role("dotted", &word.to_ascii_lowercase())
        && text.get(at + 1..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with(goes_on))
}

/// "Is it a rash?", "rash, scabies?": perhaps. A question is in doubt from where it begins.
fn question(out: &mut Vec<Token>, at: usize) {
    let behind = |what: &[What]| out.iter().rposition(|t| what.contains(&t.what)).map_or(0, |mark| mark + 1);
    let sentence = behind(&[What::End]);
    let asks = out.get(sentence).is_some_and(|t| has_role("asks", &t.text));
    let begins = if asks { sentence } else { behind(&[What::End, What::Comma]) };
    let asked = out.get(sentence..).unwrap_or_default();
    let is_open = |t: &Token| t.text == "query" || has_role("open", &t.text);
    if begins < out.len() && !asked.iter().any(is_open) {
        out.insert(begins, Token { span: (at, at + 1), ..Token::word("query") });
    }
}

/// A question mark in front of what it asks of.
fn is_query(text: &str, at: usize) -> bool {
    let before = text.get(..at).is_some_and(|t| t.is_empty() || t.ends_with([' ', '(', '/']));
    before
        && text
            .get(at + 1..)
            .is_some_and(|t| t.trim_start_matches(' ').starts_with(|c: char| c.is_alphabetic() || c == '['))
}

/// A plus in front of a finding, with a blank before it.
fn is_plus(text: &str, at: usize) -> bool {
    let before = text.get(..at).is_some_and(|t| t.is_empty() || t.ends_with([' ', '(', '/']));
    before && text.get(at + 1..).is_some_and(|t| t.starts_with(|c: char| c.is_alphabetic() || c == '['))
}

/// `[WORD 12]` and nothing else.
fn is_placeholder(text: &str) -> bool {
    let inside = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    inside.and_then(|t| t.split_once(' ')).is_some_and(|(kind, number)| {
        let is = |part: &str, f: fn(&u8) -> bool| !part.is_empty() && part.bytes().all(|b| f(&b));
        is(kind, u8::is_ascii_uppercase) && is(number, u8::is_ascii_digit)
    })
}

/// The word at the start of a text: letters with apostrophes inside, or two short halves with a slash ("c/o").
fn word_at(text: &str) -> &str {
    let apostrophe = |c: char| matches!(c, '\'' | '\u{2019}');
    let run = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        let mut end = from;
        let mut chars = rest.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let inside = apostrophe(c) && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
            if !c.is_alphanumeric() && !inside {
                break;
            }
            end = from + i + c.len_utf8();
        }
        end
    };
    let end = run(0);
    // "A&E": one short form.
    if let [_, b'&', other, behind @ ..] = text.as_bytes()
        && end == 1
        && other.is_ascii_alphabetic()
        && !behind.first().is_some_and(u8::is_ascii_alphanumeric)
    {
        return text.get(..3).unwrap_or_default();
    }
    let short = end <= 2 && text.get(end..).is_some_and(|t| t.starts_with('/'));
    // "With" and nothing behind.
    let is_with = short && matches!(text.get(..2), Some("w/" | "W/"));
    if is_with && !text.get(2..).is_some_and(|t| t.starts_with(char::is_alphanumeric)) {
        return text.get(..2).unwrap_or_default();
    }
    let other = if short { run(end + 1) } else { end };
    let end = if short && (1..=2).contains(&(other - end - 1)) { other } else { end };
    text.get(..end).unwrap_or_default()
}

/// A short form that in small letters is another word: "US" is not "us". The rewrites say what it is short for.
fn capitals(word: &str) -> String {
    format!("{}capitals", word.to_ascii_lowercase())
}

fn spelled(word: &str) -> String {
    word.chars().map(|c| if c == '\u{2019}' { '\'' } else { c }).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{What, read};

    #[test]
    fn words_and_marks() {
        let tokens = read("Pt c/o pain, isn\u{2019}t well-fed. and/or", &[]).unwrap();
        let words: Vec<&str> = tokens.iter().filter(|t| t.is_word()).map(|t| t.text.as_str()).collect();
        assert_eq!(words, ["pt", "c/o", "pain", "isn't", "well", "fed", "and", "or"]);
        assert_eq!(tokens.iter().filter(|t| t.what == What::End).count(), 1);
    }

    #[test]
    fn a_placeholder_of_another_sentence_is_refused() {
        assert!(read("Take [MEDICINE 4].", &[]).is_err());
    }
}

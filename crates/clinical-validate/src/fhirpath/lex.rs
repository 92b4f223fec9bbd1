//! FHIRPath text as tokens.

use super::parse::Fault;

/// A word or a sign.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    /// A name, also one in backquotes. `quoted`: it is never a word of the language.
    Name { text: String, quoted: bool },
    /// `%resource`
    Variable(String),
    /// `$this`
    This,
    /// A string, escapes resolved.
    Text(String),
    /// An integer or decimal.
    Number(String),
    /// Anything else: `(`, `<=`, `|`.
    Sign(&'static str),
}

/// Longer ones before those they start with.
const SIGNS: [&str; 16] = ["<=", ">=", "!=", "(", ")", ".", ",", "=", "<", ">", "|", "+", "&", "{", "}", "-"];

/// Splits an expression.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '\'' => quoted(rest, '\'').map(|(text, length)| (Token::Text(text), length))?,
            '`' => quoted(rest, '`').map(|(text, length)| (Token::Name { text, quoted: true }, length))?,
            '%' => {
                let name = word(rest.get(1..).unwrap_or_default());
                (Token::Variable(name.to_owned()), 1 + name.len())
            }
            '$' if word(rest.get(1..).unwrap_or_default()) == "this" => (Token::This, 5),
            '0'..='9' => {
                let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                (Token::Number(rest.get(..length).unwrap_or_default().to_owned()), length)
            }
            'a'..='z' | 'A'..='Z' | '_' => {
                let name = word(rest);
                (Token::Name { text: name.to_owned(), quoted: false }, name.len())
            }
            _ => {
                let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign)).ok_or(Fault::Sign)?;
                (Token::Sign(sign), sign.len())
            }
        };
        found.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(found)
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// The content between quotes and the length with them.
fn quoted(text: &str, quote: char) -> Result<(String, usize), Fault> {
    let mut content = String::new();
    let mut characters = text.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        if c == quote {
            return Ok((content, at + 1));
        }
        content.push(match c {
            '\\' => match characters.next() {
                Some((_, 'n')) => '\n',
                Some((_, 'r')) => '\r',
                Some((_, 't')) => '\t',
                Some((_, 'f')) => '\u{C}',
                Some((_, c @ ('\\' | '/' | '\'' | '"' | '`'))) => c,
                _ => return Err(Fault::Escape),
            },
            c => c,
        });
    }
    Err(Fault::Open)
}

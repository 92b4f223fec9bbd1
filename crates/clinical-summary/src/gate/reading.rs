//! What a reader meets on a page, in order. This knows how a page looks and nothing of how it was made.

use super::words::words;
use crate::page::Block;
use crate::piece::{Author, Line, Piece};
use clinical_model::Source;
use std::borrow::Cow;

/// One thing on a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'p> {
    /// A heading.
    Heading(Cow<'p, str>),
    /// An item of a list or a row of a table begins.
    Item,
    /// A fact, with the place it points to.
    Fact(Source, Cow<'p, str>),
    /// Words of ours between two facts, marks or line ends.
    Words(Cow<'p, str>),
    /// A line with the mark of a language model, and what stands in it.
    Marked(Vec<Token<'p>>),
}

/// The tokens of an outline.
pub(super) fn outline<'b>(blocks: &'b [Block<'_>]) -> Vec<Token<'b>> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Title(line) | Block::Section(line) | Block::List(line) => {
                out.push(Token::Heading(Cow::Owned(line.shown())));
            }
            Block::Plain(line) => line_tokens(line, &mut out),
            Block::Item(lines) => {
                out.push(Token::Item);
                lines.iter().for_each(|line| line_tokens(line, &mut out));
            }
        }
    }
    out
}

/// Words that follow each other in one line are one token, as on an HTML page.
fn line_tokens<'b>(line: &'b Line<'_>, out: &mut Vec<Token<'b>>) {
    if line.author() == Author::Model {
        let mut inside = Vec::new();
        pieces(line, &mut inside);
        out.push(Token::Marked(inside));
    } else {
        pieces(line, out);
    }
}

/// What stands in one line, whoever wrote it.
pub(super) fn line<'b>(line: &'b Line<'_>) -> Vec<Token<'b>> {
    let mut out = Vec::new();
    pieces(line, &mut out);
    out
}

fn pieces<'b>(line: &'b Line<'_>, out: &mut Vec<Token<'b>>) {
    let mut run: Cow<'b, str> = Cow::Borrowed("");
    for piece in line.pieces() {
        match piece {
            Piece::Words(said) if run.is_empty() => run = Cow::Borrowed(said.text()),
            Piece::Words(said) => run.to_mut().push_str(said.text()),
            Piece::Fact(fact) => {
                out.push(Token::Words(std::mem::take(&mut run)));
                out.push(Token::Fact(fact.source(), fact.shown()));
            }
        }
    }
    out.push(Token::Words(run));
}

/// Whether a plain text page says the outline and nothing else: capitals in headings, a colon after the name of a
/// list, a star before an item, and rules under headings.
pub(super) fn text_says(page: &str, blocks: &[Block<'_>]) -> bool {
    let mut expected = String::with_capacity(page.len());
    for block in blocks {
        match block {
            Block::Title(line) => expected.push_str(&line.shown().to_uppercase()),
            Block::Section(line) => {
                let shown = line.shown();
                let (head, note) = shown.find(" (").map_or((&*shown, ""), |at| shown.split_at(at));
                expected.push_str(&head.to_uppercase());
                expected.push_str(note);
            }
            Block::List(line) => {
                expected.push_str(&line.shown());
                expected.push(':');
            }
            Block::Plain(line) => expected.push_str(&line.shown()),
            Block::Item(lines) => items("*", lines, &mut expected),
        }
        expected.push('\n');
    }
    let is_rule = |w: &&str| w.len() > 2 && (w.bytes().all(|b| b == b'-') || w.bytes().all(|b| b == b'='));
    words(page).filter(|w| !is_rule(w)).eq(words(&expected).filter(|w| !is_rule(w)))
}

/// Whether a Markdown page says the outline and nothing else.
pub(super) fn markdown_says(page: &str, blocks: &[Block<'_>]) -> bool {
    let mut expected = String::with_capacity(page.len());
    for block in blocks {
        let (mark, line) = match block {
            Block::Title(line) => ("# ", line),
            Block::Section(line) => ("## ", line),
            Block::List(line) => ("### ", line),
            Block::Plain(line) => ("", line),
            Block::Item(lines) => {
                items("-", lines, &mut expected);
                continue;
            }
        };
        expected.push_str(mark);
        expected.push_str(&line.shown());
        expected.push('\n');
    }
    words(&unescaped(page)).eq(words(&expected))
}

fn items(mark: &str, lines: &[Line<'_>], out: &mut String) {
    out.push_str(mark);
    for line in lines {
        out.push(' ');
        out.push_str(&line.shown());
    }
    out.push('\n');
}

/// Markdown with its backslashes gone: before a mark it escapes, at the end of a line it breaks.
fn unescaped(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.chars().next() {
            Some(c) if c.is_ascii_punctuation() => {
                out.push(c);
                rest = &rest[1..];
            }
            Some('\n') => {}
            _ => out.push('\\'),
        }
    }
    out.push_str(rest);
    out
}

//! What a reader meets on a page, in order. This knows how a page looks and nothing of how it was made.

use crate::marks::{SHOWN, is_hidden};
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

/// The words of a text. Blanks, line ends and what cannot be printed (control characters, marks that turn the
/// direction of writing, and the sign that pages write for them) stand between words and are none.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_between).filter(|w| !w.is_empty())
}

/// The words of a text with one blank between them.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in words(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || c == SHOWN || is_hidden(c)
}

/// Elements that our pages use. Anything else is not ours, whoever wrote it.
const ELEMENTS: [&str; 42] = [
    "a", "b", "body", "br", "caption", "circle", "dd", "details", "div", "dl", "dt", "em", "footer", "h1", "h2", "h3",
    "head", "header", "html", "li", "main", "meta", "nav", "ol", "p", "path", "polyline", "rect", "section", "small",
    "span", "strong", "style", "summary", "svg", "table", "tbody", "td", "th", "thead", "title", "ul",
];

/// Reads an HTML page. `None` where it has markup that is not ours.
pub(super) fn html(page: &str) -> Option<Vec<Token<'_>>> {
    let mut out = Vec::new();
    let mut heading: Option<String> = None;
    // Where a line by a language model began.
    let mut marked: Option<usize> = None;
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        let (run, tail) = rest.split_at(open);
        say(run, &mut heading, &mut out);
        let (tag, after) = tail[1..].split_once('>')?;
        rest = after;
        let (closes, name) = tag.strip_prefix('/').map_or((false, tag), |t| (true, t));
        let name = name.split([' ', '/', '\n']).next().unwrap_or(name);
        match name {
            "!doctype" => {}
            "style" if !closes => rest = rest.split_once("</style>")?.1,
            "span" if !closes && tag.contains(" data-at=") => {
                let (said, after) = rest.split_once("</span>")?;
                out.push(Token::Fact(place(tag)?, fact_text(said)?));
                rest = after;
            }
            "p" if is_open_marked(tag) || closes && marked.is_some() => marked_line(closes, &mut marked, &mut out)?,
            // Such a line has words and facts, and nothing that begins or ends another.
            _ if marked.is_some() && !matches!(name, "b" | "br") => return None,
            "h1" | "h2" | "h3" if !closes => heading = Some(String::new()),
            "h1" | "h2" | "h3" => out.push(Token::Heading(Cow::Owned(heading.take()?))),
            "li" | "tr" if !closes => out.push(Token::Item),
            "li" | "tr" => {}
            _ if ELEMENTS.contains(&name) => {}
            _ => return None,
        }
        // An event handler: no page of ours has one.
        if tag.split(' ').skip(1).any(|a| a.len() > 2 && a[..2].eq_ignore_ascii_case("on") && a.contains('=')) {
            return None;
        }
    }
    say(rest, &mut heading, &mut out);
    marked.is_none().then_some(out)
}

fn is_open_marked(tag: &str) -> bool {
    tag == "p class=\"ai\""
}

/// Opens a line by a language model, or closes it. `None` where one stands in another.
fn marked_line(closes: bool, marked: &mut Option<usize>, out: &mut Vec<Token<'_>>) -> Option<()> {
    match (closes, marked.take()) {
        (true, Some(start)) => {
            let inside = out.split_off(start);
            out.push(Token::Marked(inside));
        }
        (false, None) => *marked = Some(out.len()),
        _ => return None,
    }
    Some(())
}

fn say<'p>(run: &'p str, heading: &mut Option<String>, out: &mut Vec<Token<'p>>) {
    match heading {
        Some(heading) => heading.push_str(&resolve(run)),
        None if words(run).next().is_some() => out.push(Token::Words(resolve(run))),
        None => {}
    }
}

/// The place in `data-at="12-34"`.
fn place(tag: &str) -> Option<Source> {
    let (_, after) = tag.split_once(" data-at=\"")?;
    let (start, end) = after.split_once('"')?.0.split_once('-')?;
    Some(Source::new(start.parse().ok()?, end.parse().ok()?))
}

/// The text of a fact: line breaks are its only markup.
fn fact_text(said: &str) -> Option<Cow<'_, str>> {
    if !said.contains('<') {
        return Some(resolve(said));
    }
    let plain = said.replace("<br>", "\n");
    (!plain.contains('<')).then(|| Cow::Owned(resolve(&plain).into_owned()))
}

/// The five references that our pages write.
fn resolve(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\'')];
        match known.into_iter().find_map(|(name, c)| Some((c, reference.strip_prefix(name)?))) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = &reference[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_a_reader_reads_it() {
        let page = "<h3>Take</h3><ul><li><p class=\"name\"><span class=\"f\" data-at=\"3-9\">A &amp;<br>B</span> daily</p></li></ul>";
        let tokens = html(page);
        let expected = vec![
            Token::Heading("Take".into()),
            Token::Item,
            Token::Fact(Source::new(3, 9), "A &\nB".into()),
            Token::Words(" daily".into()),
        ];
        assert_eq!(tokens, Some(expected));
    }

    #[test]
    fn foreign_markup_is_refused() {
        for page in
            ["<script>", "<p><img src=x>", "<p onclick=\"x\">", "<span data-at=\"1-2\"><b>x</b></span>", "a < b"]
        {
            assert_eq!(html(page), None, "{page}");
        }
    }
}

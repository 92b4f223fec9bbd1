//! An HTML page as a reader meets it: its markup is known and ours, and everything else is words and facts.

use super::reading::Token;
use super::words::has_words;
use clinical_model::{Shift, Source};
use memchr::{memchr, memmem};
use std::borrow::Cow;

/// The elements that our pages use. Anything else is not ours, whoever wrote it.
fn is_ours(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "body"
            | "br"
            | "caption"
            | "circle"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "em"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "head"
            | "header"
            | "html"
            | "li"
            | "main"
            | "meta"
            | "nav"
            | "ol"
            | "p"
            | "path"
            | "polyline"
            | "rect"
            | "section"
            | "small"
            | "span"
            | "strong"
            | "style"
            | "summary"
            | "svg"
            | "table"
            | "tbody"
            | "td"
            | "th"
            | "thead"
            | "title"
            | "ul"
    )
}

/// Reads an HTML page whose facts point into the document; the tokens point into the text that was read. `None` where it
/// has markup that is not ours.
pub(super) fn html(page: &str, shift: Shift) -> Option<Vec<Token<'_>>> {
    let mut out = Vec::new();
    let mut heading: Option<String> = None;
    // Where a line by a language model began.
    let mut marked: Option<usize> = None;
    let fact_ends = memmem::Finder::new("</span>");
    let mut rest = page;
    while let Some(open) = memchr(b'<', rest.as_bytes()) {
        let (run, tail) = rest.split_at(open);
        say(run, &mut heading, &mut out);
        let (tag, after) = split(&tail[1..], b'>')?;
        rest = after;
        // The element of a fact, as our pages write it: most tags with a place are this one.
        if let Some(source) = tag.strip_prefix(FACT).and_then(|at| at.strip_suffix('"')).and_then(range) {
            // Facts are short, and most have no markup in them.
            let next = memchr(b'<', rest.as_bytes())?;
            let is_end = rest.as_bytes()[next..].starts_with(fact_ends.needle());
            let end = if is_end { next } else { fact_ends.find(rest.as_bytes())? };
            out.push(Token::Fact(shift.to_text(source), fact_text(&rest[..end])?));
            rest = &rest[end + fact_ends.needle().len()..];
            continue;
        }
        let (closes, name) = tag.strip_prefix('/').map_or((false, tag), |t| (true, t));
        let name = name.bytes().position(|b| matches!(b, b' ' | b'/' | b'\n')).map_or(name, |at| &name[..at]);
        match name {
            "!doctype" => {}
            "style" if !closes => rest = &rest[memmem::find(rest.as_bytes(), STYLE_ENDS)? + STYLE_ENDS.len()..],
            "span" if !closes && tag.contains(" data-at=") => {
                let end = fact_ends.find(rest.as_bytes())?;
                out.push(Token::Fact(shift.to_text(place(tag)?), fact_text(&rest[..end])?));
                rest = &rest[end + fact_ends.needle().len()..];
            }
            "p" if is_open_marked(tag) || closes && marked.is_some() => marked_line(closes, &mut marked, &mut out)?,
            // Such a line has words and facts, and nothing that begins or ends another.
            _ if marked.is_some() && !matches!(name, "b" | "br") => return None,
            "h1" | "h2" | "h3" if !closes => heading = Some(String::new()),
            "h1" | "h2" | "h3" => out.push(Token::Heading(Cow::Owned(heading.take()?))),
            "li" | "tr" if !closes => out.push(Token::Item),
            "li" | "tr" => {}
            _ if is_ours(name) => {}
            _ => return None,
        }
        // A tag that is a name alone has none.
        if name.len() + usize::from(closes) < tag.len() && has_handler(tag) {
            return None;
        }
    }
    say(rest, &mut heading, &mut out);
    marked.is_none().then_some(out)
}

/// How the element of a fact begins, up to its place.
const FACT: &str = "span class=\"f\" data-at=\"";
const STYLE_ENDS: &[u8] = b"</style>";

/// The two parts of a text around the first of a sign.
fn split(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = memchr(sign, text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// An event handler: no page of ours has one.
fn has_handler(tag: &str) -> bool {
    // Most tags have nothing that begins so.
    if !tag.as_bytes().windows(3).any(|w| w[0] == b' ' && w[1] | 0x20 == b'o' && w[2] | 0x20 == b'n') {
        return false;
    }
    let is_one = |a: &str| a.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on")) && a.len() > 2 && a.contains('=');
    split(tag, b' ').is_some_and(|(_, attributes)| attributes.split(' ').any(is_one))
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
        None if has_words(run) => out.push(Token::Words(resolve(run))),
        None => {}
    }
}

/// The place in `data-at="12-34"`.
fn place(tag: &str) -> Option<Source> {
    let (_, after) = tag.split_once(" data-at=\"")?;
    range(split(after, b'"')?.0)
}

/// `12-34`.
fn range(text: &str) -> Option<Source> {
    let (start, end) = split(text, b'-')?;
    Some(Source::new(start.parse().ok()?, end.parse().ok()?))
}

/// The text of a fact: line breaks are its only markup.
fn fact_text(said: &str) -> Option<Cow<'_, str>> {
    if memchr(b'<', said.as_bytes()).is_none() {
        return Some(resolve(said));
    }
    let plain = said.replace("<br>", "\n");
    (!plain.contains('<')).then(|| Cow::Owned(resolve(&plain).into_owned()))
}

/// The five references that our pages write.
fn resolve(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_a_reader_reads_it() {
        let page = "<h3>Take</h3><ul><li><p class=\"name\"><span class=\"f\" data-at=\"3-9\">A &amp;<br>B</span> daily</p></li></ul>";
        let tokens = html(page, Shift::NONE);
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
            assert_eq!(html(page, Shift::NONE), None, "{page}");
        }
    }
}

//! The words of an XHTML narrative, and nothing else of it.

/// Elements after which a line ends, so that words of two cells or paragraphs never run together.
const BREAKS: [&str; 18] = [
    "p", "br", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "dd", "svg", "title", "summary",
    "caption",
];

/// Tags gone; what stands in `script` and `style` gone; character references resolved; blank runs folded. The result
/// is text, and the page escapes it like any other text.
#[must_use]
pub(crate) fn words(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len() / 2);
    let mut rest = markup;
    while let Some(open) = rest.find('<') {
        text(&rest[..open], &mut out);
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(close) = end_of_tag(rest) else {
            return out.trim().to_owned();
        };
        let tag = &rest[1..close];
        rest = &rest[close + 1..];
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let name = name.to_ascii_lowercase();
        if matches!(name.as_str(), "script" | "style") && !tag.starts_with('/') && !tag.ends_with('/') {
            rest = closing(rest, &name);
        } else if BREAKS.contains(&name.as_str()) && !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push('\n');
        }
    }
    text(rest, &mut out);
    out.trim().to_owned()
}

/// Where the tag at the start of `rest` ends. A ">" inside quotes does not end it; where the quotes do not close
/// before the next tag, the first ">" does.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, b) in rest.bytes().enumerate().skip(1) {
        match (quote, b) {
            (None, b'>') => return Some(at),
            (_, b'<') => break,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), b) if open == b => quote = None,
            _ => {}
        }
    }
    rest.find('>')
}

/// What stands from the closing tag of that name on, in any case of letters.
fn closing<'t>(text: &'t str, name: &str) -> &'t str {
    let is_it = |at: usize| text.get(at + 2..at + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
    text.match_indices("</").map(|(at, _)| at).find(|at| is_it(*at)).map_or("", |at| &text[at..])
}

fn text(part: &str, out: &mut String) {
    let mut rest = part;
    while let Some(c) = rest.chars().next() {
        let (shown, used) = if c == '&' { reference(rest) } else { (c, c.len_utf8()) };
        rest = &rest[used..];
        if shown.is_whitespace() {
            if !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        } else {
            out.push(shown);
        }
    }
}

/// The character that a reference at the start of `text` stands for, and how many bytes it takes. What is not a
/// reference is an ampersand.
fn reference(text: &str) -> (char, usize) {
    let Some(end) = text.bytes().take(12).position(|b| b == b';') else {
        return ('&', 1);
    };
    let name = &text[1..end];
    let found = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => name
            .strip_prefix('#')
            .and_then(|n| match n.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => n.parse().ok(),
            })
            .and_then(char::from_u32)
            .filter(|c| !c.is_control()),
    };
    found.map_or(('&', 1), |c| (c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn only_words_remain() {
        assert_eq!(
            words("<div><p>Rest &amp; drink.</p><p>Call us &#60;soon&#x3e;</p></div>"),
            "Rest & drink.\nCall us <soon>"
        );
        assert_eq!(words("a<script>alert(1)</script>b<style>p{}</style>c<!-- x -->d"), "abcd");
        assert_eq!(words("5 &lt; 6 & 7 &bogus; <b"), "5 < 6 & 7 &bogus;");
        assert_eq!(words("<table><tr><td>5 mg</td><td>daily</td></tr></table>"), "5 mg\ndaily");
    }
}

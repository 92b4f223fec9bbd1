//! Reads the HTML page as a browser would, apart from the code that wrote it.

/// What the sheet may be made of. Anything else on a page came from the input.
const TAGS: [&str; 45] = [
    "br", "html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer", "article", "div",
    "span", "p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th",
    "td", "small", "strong", "em", "b", "bdi", "q", "svg", "path", "circle", "rect", "line", "polyline", "details",
    "summary",
];

/// Tags inside a line: words on both sides of them belong together.
const INLINE: [&str; 8] = ["span", "small", "strong", "em", "b", "bdi", "q", "title"];

/// A page in pieces.
pub(crate) struct Html {
    /// Headings (`h2`, `h3`) and the words after each, the first without a heading.
    pub(crate) parts: Vec<(String, String)>,
    /// What must not be on a page.
    pub(crate) faults: Vec<String>,
}

/// Takes a page apart.
pub(crate) fn read(page: &str) -> Html {
    let mut out = Html { parts: vec![(String::new(), String::new())], faults: Vec::new() };
    let mut in_heading = false;
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        put(&rest[..at], in_heading, &mut out);
        let Some(end) = rest[at..].find('>') else {
            out.faults.push("a `<` without its `>`".to_owned());
            return out;
        };
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        let name: String = tag.trim_start_matches(['/', '!']).chars().take_while(char::is_ascii_alphanumeric).collect();
        if tag.starts_with('!') {
            continue;
        }
        if !TAGS.contains(&name.as_str()) {
            out.faults.push(format!("the page has a tag `{name}`"));
        }
        attributes(tag, &mut out.faults);
        match name.as_str() {
            "h2" | "h3" => {
                in_heading = !tag.starts_with('/');
                if in_heading {
                    out.parts.push((String::new(), String::new()));
                }
            }
            "style" if !tag.starts_with('/') => rest = rest.split_once("</style>").map_or("", |(_, after)| after),
            name if !INLINE.contains(&name) => put(" ", in_heading, &mut out),
            _ => {}
        }
    }
    put(rest, in_heading, &mut out);
    out
}

fn attributes(tag: &str, faults: &mut Vec<String>) {
    let lower = tag.to_ascii_lowercase();
    for name in ["href", "src", "srcdoc", "formaction", "http-equiv"] {
        if lower.contains(&format!(" {name}=")) {
            faults.push(format!("a tag has the attribute `{name}`"));
        }
    }
    let names = lower.split_ascii_whitespace().skip(1).filter_map(|word| word.split_once('='));
    for (name, _) in names.filter(|(name, _)| name.starts_with("on") || *name == "style") {
        faults.push(format!("a tag has the attribute `{name}`"));
    }
}

fn put(text: &str, in_heading: bool, out: &mut Html) {
    if let Some((heading, words)) = out.parts.last_mut() {
        let text = resolve(text);
        if in_heading { heading.push_str(&text) } else { words.push_str(&text) }
    }
}

/// Character references as characters.
fn resolve(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, tail) = after.split_once(';').unwrap_or(("", after));
        let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
        match (name, number.and_then(char::from_u32)) {
            (_, Some(c)) => out.push(c),
            ("amp", _) => out.push('&'),
            ("lt", _) => out.push('<'),
            ("gt", _) => out.push('>'),
            ("quot", _) => out.push('"'),
            ("apos", _) => out.push('\''),
            ("nbsp", _) => out.push(' '),
            (other, _) => panic!("the page has a character reference that no browser must know: {other}"),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

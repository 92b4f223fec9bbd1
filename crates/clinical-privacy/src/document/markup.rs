//! Text out of markup (XHTML narrative, HTML, XML), with the way back: what is found in the text is changed in the
//! markup, tags stay.

use super::edits::Edit;
use super::fhir::is_standard;
use super::links;
use crate::policy::Ids;

/// A stretch of the text and the raw bytes it came from.
#[derive(Clone, Copy)]
struct Piece {
    plain: usize,
    length: usize,
    raw: usize,
    raw_length: usize,
}

/// Text of a piece of markup. Blocks, cells and line breaks separate its words; inline tags do not.
#[derive(Default)]
pub(super) struct Projection {
    pub(super) text: String,
    pieces: Vec<Piece>,
    /// Values of `href` and `src`: raw start and end.
    pub(super) links: Vec<(usize, usize)>,
}

/// Tags that stand within a line.
const INLINE: [&str; 24] = [
    "b", "i", "u", "em", "strong", "span", "a", "font", "small", "big", "sub", "sup", "content", "linkHtml", "abbr",
    "acronym", "cite", "code", "tt", "q", "s", "mark", "bdo", "dfn",
];

/// Attributes that say how something looks and hold no words.
const SILENT: [&str; 30] = [
    "class",
    "style",
    "styleCode",
    "colspan",
    "rowspan",
    "border",
    "width",
    "height",
    "align",
    "valign",
    "cellpadding",
    "cellspacing",
    "xmlns",
    "xsi",
    "lang",
    "dir",
    "bgcolor",
    "color",
    "face",
    "size",
    "frame",
    "rules",
    "scope",
    "type",
    "listType",
    "ID",
    "IDREF",
    "mediaType",
    "xml",
    "span",
];

impl Projection {
    /// Reads markup. What is not well formed is read as text: nothing is passed over.
    pub(super) fn of_markup(raw: &str) -> Self {
        let mut one = Self::default();
        let mut at = 0;
        while at < raw.len() {
            let Some(open) = raw[at..].find('<').map(|n| at + n) else {
                one.characters(raw, at, raw.len());
                break;
            };
            one.characters(raw, at, open);
            let rest = &raw[open..];
            let (skipped, end) = if rest.starts_with("<!--") {
                (4, rest.find("-->").map(|n| (n, n + 3)))
            } else if rest.starts_with("<![CDATA[") {
                (9, rest.find("]]>").map(|n| (n, n + 3)))
            } else if rest.starts_with("<?") {
                (2, rest.find("?>").map(|n| (n, n + 2)))
            } else {
                at = one.tag(raw, open);
                continue;
            };
            let is_cdata = skipped == 9;
            let (inner, after) = end.unwrap_or((rest.len(), rest.len()));
            if !is_cdata {
                one.break_line("\n");
            }
            one.verbatim(raw, open + skipped.min(inner), open + inner);
            if !is_cdata {
                one.break_line("\n");
            }
            at = open + after;
        }
        one
    }

    /// Reads character data without tags: an attribute's value or a text node.
    pub(super) fn of_characters(raw: &str) -> Self {
        let mut one = Self::default();
        one.characters(raw, 0, raw.len());
        one
    }

    /// The edits of the markup that edits of the text amount to.
    pub(super) fn back(&self, edits: &[Edit]) -> Vec<Edit> {
        let mut found = Vec::new();
        for edit in edits {
            let first = self.pieces.partition_point(|p| p.plain + p.length <= edit.start);
            let mut new = Some(escape(&edit.new));
            for piece in self.pieces[first..].iter().take_while(|p| p.plain < edit.end) {
                let (start, end) = if piece.length == piece.raw_length {
                    (edit.start.max(piece.plain) - piece.plain, edit.end.min(piece.plain + piece.length) - piece.plain)
                } else {
                    (0, piece.raw_length)
                };
                found.push(Edit::new(piece.raw + start, piece.raw + end, new.take().unwrap_or_default()));
            }
        }
        found
    }

    /// Edits of the links: an id within the document stays one, anything else leads nowhere.
    pub(super) fn link_edits(&self, raw: &str, ids: &mut Ids) -> Vec<Edit> {
        let mut edits = Vec::new();
        for &(start, end) in &self.links {
            let old = raw.get(start..end).unwrap_or_default();
            let new = if old.starts_with('#') || is_standard(old) { old.to_owned() } else { links::replaced(old, ids) };
            if new != old {
                edits.push(Edit::new(start, end, escape(&new)));
            }
        }
        edits
    }

    fn break_line(&mut self, sign: &str) {
        if !self.text.is_empty() && !self.text.ends_with(sign) {
            self.text.push_str(sign);
        }
    }

    fn piece(&mut self, plain: &str, raw: usize, raw_length: usize) {
        if !plain.is_empty() {
            self.pieces.push(Piece { plain: self.text.len(), length: plain.len(), raw, raw_length });
            self.text.push_str(plain);
        }
    }

    fn verbatim(&mut self, raw: &str, start: usize, end: usize) {
        self.piece(&raw[start..end], start, end - start);
    }

    fn characters(&mut self, raw: &str, start: usize, end: usize) {
        let mut at = start;
        while let Some(and) = raw[at..end].find('&').map(|n| at + n) {
            match entity(&raw[and..end]) {
                Some((character, length)) => {
                    self.verbatim(raw, at, and);
                    let mut buffer = [0; 4];
                    self.piece(character.encode_utf8(&mut buffer), and, length);
                    at = and + length;
                }
                None => {
                    self.verbatim(raw, at, and + 1);
                    at = and + 1;
                }
            }
        }
        self.verbatim(raw, at, end);
    }

    /// Reads a tag; gives the byte behind it.
    fn tag(&mut self, raw: &str, open: usize) -> usize {
        let bytes = raw.as_bytes();
        let mut at = open + 1;
        if bytes.get(at) == Some(&b'/') {
            at += 1;
        }
        let name_start = at;
        while bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_' | b'.')) {
            at += 1;
        }
        let name = &raw[name_start..at];
        // A tag ends before the next begins; what does not is a sign of the text.
        if name.is_empty() || raw[at..].find(['<', '>']).is_none_or(|n| bytes[at + n] != b'>') {
            self.verbatim(raw, open, open + 1);
            return open + 1;
        }
        let local = name.rsplit(':').next().unwrap_or(name);
        let inline = INLINE.contains(&local);
        if !inline {
            self.break_line(if matches!(local, "td" | "th") { "\t" } else { "\n" });
        }
        while at < bytes.len() {
            match bytes[at] {
                b'>' => return at + 1,
                quote @ (b'"' | b'\'') => {
                    let value = at + 1;
                    let end = raw[value..].find(quote as char).map_or(raw.len(), |n| value + n);
                    self.attribute(raw, open, at, (value, end));
                    at = end + 1;
                }
                _ => at += 1,
            }
        }
        raw.len()
    }

    fn attribute(&mut self, raw: &str, open: usize, quote: usize, value: (usize, usize)) {
        let before = raw[open..quote].trim_end().trim_end_matches('=').trim_end();
        let name = before.rsplit(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'').next().unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or(name);
        if matches!(name, "href" | "src" | "action" | "cite" | "background" | "longdesc") {
            self.links.push(value);
        } else if !SILENT.contains(&name) || value.1 == raw.len() {
            self.break_line("\n");
            self.characters(raw, value.0, value.1);
            self.break_line("\n");
        }
    }
}

/// The character that a reference stands for, and the reference's length.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.as_bytes().iter().take(12).position(|b| *b == b';')?;
    let name = &text[1..end];
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '\u{2013}',
        "mdash" => '\u{2014}',
        "rsquo" => '\u{2019}',
        "eacute" => 'é',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((character, end + 1))
}

/// A text as character data or an attribute's value.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::edits::apply;
    use super::*;

    fn changed(raw: &str, find: &str, new: &str) -> String {
        let one = Projection::of_markup(raw);
        let at = one.text.find(find).unwrap_or_else(|| panic!("{:?}", one.text));
        apply(raw, one.back(&[Edit::new(at, at + find.len(), new)]))
    }

    #[test]
    fn text_is_changed_and_tags_stay() {
        assert_eq!(changed("<p>Seen by <b>Ada</b> Quill.</p>", "Ada Quill", "[N]"), "<p>Seen by <b>[N]</b>.</p>");
        assert_eq!(changed("<td>O&#39;Neil</td>", "O'Neil", "A & B"), "<td>A &amp; B</td>");
        assert_eq!(changed("<p title=\"Ada\">x</p>", "Ada", "[N]"), "<p title=\"[N]\">x</p>");
        assert_eq!(changed("<!-- Ada --><p>x</p>", "Ada", "[N]"), "<!-- [N] --><p>x</p>");
        assert_eq!(changed("a < b Ada", "Ada", "[N]"), "a < b [N]");
    }

    #[test]
    fn cells_and_blocks_part_words() {
        let one = Projection::of_markup("<tr><td>Ada</td><td>Quill</td></tr><p>x</p><a href='Patient/1'>y</a>");
        assert_eq!(one.text, "Ada\tQuill\t\nx\ny");
        assert_eq!(one.links.len(), 1);
    }

    #[test]
    fn what_is_not_well_formed_does_not_panic() {
        for raw in ["<", "<p", "<p title=\"x", "<!--", "<![CDATA[", "&#x110000;", "&;", "</", "<?é", "<é>"] {
            let _ = Projection::of_markup(raw);
        }
    }
}

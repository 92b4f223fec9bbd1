//! Plain text for terminals, Markdown for portals.

use super::outline::Block;
use crate::marks::{SHOWN, is_hidden};
use crate::piece::Line;

/// Columns of a terminal page.
const WIDTH: usize = 78;

/// The sheet as plain text, wrapped.
#[must_use]
pub fn text(blocks: &[Block<'_>]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Title(line) => {
                let title = line.shown().to_uppercase();
                out.push_str(&title);
                out.push('\n');
                out.extend(std::iter::repeat_n('=', title.chars().count()));
                out.push('\n');
            }
            Block::Section(line) => {
                out.push('\n');
                wrap(&heading(line), "", "", &mut out);
                out.extend(std::iter::repeat_n('-', WIDTH.min(heading(line).chars().count())));
                out.push('\n');
            }
            Block::List(line) => {
                out.push('\n');
                wrap(&format!("{}:", line.shown()), "", "", &mut out);
            }
            Block::Plain(line) => wrap(&line.shown(), "", "", &mut out),
            Block::Item(lines) => {
                for (i, line) in lines.iter().enumerate() {
                    wrap(&line.shown(), if i == 0 { "  * " } else { "    " }, "    ", &mut out);
                }
            }
        }
    }
    out
}

/// A section's heading in capitals; what stands in brackets after it keeps its case.
fn heading(line: &Line<'_>) -> String {
    let shown = line.shown();
    match shown.split_once(" (") {
        Some((head, rest)) => format!("{} ({rest}", head.to_uppercase()),
        None => shown.to_uppercase(),
    }
}

/// Wraps at blanks. A word that is longer than a line stays whole: a fact is never broken.
fn wrap(text: &str, first: &str, rest: &str, out: &mut String) {
    for (i, paragraph) in text.split('\n').enumerate() {
        // A line break inside a fact must not bring its words to the margin, where headings stand.
        let indent = match (i, rest) {
            (0, _) => first,
            (_, "") => "    ",
            _ => rest,
        };
        out.push_str(indent);
        let mut column = indent.chars().count();
        let mut is_start = true;
        for word in paragraph.split_ascii_whitespace() {
            let width = word.chars().count();
            if !is_start && column + 1 + width > WIDTH {
                out.push('\n');
                out.push_str(rest);
                column = rest.chars().count();
                is_start = true;
            }
            if !is_start {
                out.push(' ');
                column += 1;
            }
            out.push_str(&printable(word));
            column += width;
            is_start = false;
        }
        out.push('\n');
    }
}

/// Control characters of the input never reach a terminal; each becomes a mark.
fn printable(word: &str) -> String {
    word.chars().map(|c| if is_hidden(c) { SHOWN } else { c }).collect()
}

/// The sheet as Markdown (CommonMark). Every character of the input that could mark up is escaped.
#[must_use]
pub fn markdown(blocks: &[Block<'_>]) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for block in blocks {
        if in_list && !matches!(block, Block::Item(_)) {
            out.push('\n');
        }
        in_list = matches!(block, Block::Item(_));
        match block {
            Block::Title(line) => {
                out.push_str("# ");
                escape(&line.shown(), "", &mut out);
                out.push_str("\n\n");
            }
            Block::Section(line) => {
                out.push_str("## ");
                escape(&line.shown(), "", &mut out);
                out.push_str("\n\n");
            }
            Block::List(line) => {
                out.push_str("### ");
                escape(&line.shown(), "", &mut out);
                out.push_str("\n\n");
            }
            Block::Plain(line) => {
                escape(&line.shown(), "", &mut out);
                out.push_str("\n\n");
            }
            Block::Item(lines) => {
                for (i, line) in lines.iter().enumerate() {
                    out.push_str(if i == 0 { "- " } else { "  " });
                    escape(&line.shown(), "  ", &mut out);
                    out.push_str(if i + 1 < lines.len() { "\\\n" } else { "\n" });
                }
            }
        }
    }
    out
}

/// Backslash before everything that CommonMark could read as markup; line ends become hard breaks. The characters of
/// a number ("." and "-" between digits) mean nothing inside a line and stay as they are.
fn escape(text: &str, indent: &str, out: &mut String) {
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '\n' => {
                out.push_str("\\\n");
                out.push_str(indent);
            }
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~' | '&' | '$' => {
                out.push('\\');
                out.push(c);
            }
            // "1." or "-" at the start of a line would begin a list.
            '.' | ')' if before.is_ascii_digit() && out.ends_with(|l: char| l.is_ascii_digit()) && starts_line(out) => {
                out.push('\\');
                out.push(c);
            }
            '-' | '+' | '=' if starts_word(out) => {
                out.push('\\');
                out.push(c);
            }
            c if is_hidden(c) => out.push(SHOWN),
            c => out.push(c),
        }
        before = c;
    }
}

/// Whether only digits stand before the end of the current line.
fn starts_line(out: &str) -> bool {
    let line = out.rsplit('\n').next().unwrap_or(out);
    let line = line.trim_start_matches(['-', ' ', '#']);
    !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
}

fn starts_word(out: &str) -> bool {
    let line = out.rsplit('\n').next().unwrap_or(out);
    line.trim_start_matches(['-', ' ', '#']).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_the_input_is_text_in_markdown() {
        let md = |t: &str| markdown(&[Block::Item(vec![Line::words(t.to_owned())])]);
        assert_eq!(md("*now* <b>x</b> [a](b)"), "- \\*now\\* \\<b\\>x\\</b\\> \\[a\\](b)\n");
        assert_eq!(md("1. first"), "- 1\\. first\n");
        assert_eq!(md("- 0.5 mg"), "- \\- 0.5 mg\n");
        assert_eq!(md("a\nb"), "- a\\\n  b\n");
    }

    #[test]
    fn long_words_stay_whole_and_controls_are_marked() {
        let long = "x".repeat(200);
        let page = text(&[Block::Plain(Line::words(format!("{long} \u{1b}[31mred")))]);
        assert!(page.contains(&long));
        assert!(!page.contains('\u{1b}'));
    }
}

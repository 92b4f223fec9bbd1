//! Newline-delimited JSON: one value a line, and a bad line spoils only itself.

use crate::document::{Document, Limits, Stop, check_size};
use crate::error::{Error, ErrorKind, Fail};
use crate::parse::Parser;
use crate::position::locate_in_line;
use crate::source::{Source, content_start, leading_text};
use crate::tape::{Kind, NodeId, Raw};

pub(crate) fn parse<'a>(bytes: &'a [u8], limits: Limits, stop: Stop<'_>) -> Result<Document<'a>, Error> {
    check_size(bytes)?;
    let mut source = match std::str::from_utf8(bytes) {
        Ok(text) => Source::whole(text),
        Err(_) => Source::broken(bytes),
    };
    let mut parser = Parser::new(bytes.len(), limits, stop);
    let mut unreadable = Vec::new();
    read(bytes, &mut source, &mut parser, &mut unreadable).map_err(|fail| Error::find(bytes, fail))?;
    Ok(Document::new(source, parser, unreadable))
}

/// Only a limit on the whole or a wish to stop ends this early.
fn read<'a>(
    bytes: &'a [u8],
    source: &mut Source<'a>,
    parser: &mut Parser<'_>,
    unreadable: &mut Vec<(NodeId, Error)>,
) -> Result<(), Fail> {
    parser.ask_stop(0)?;
    parser.room(0)?;
    parser.nodes.push(node(Kind::Array, 0, bytes.len()));

    let mut start = content_start(bytes);
    let mut number = 0_u32;
    let ends = memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]);
    for end in ends {
        let line_start = start;
        start = end + 1;
        number = number.saturating_add(1);

        let line = bytes.get(line_start..end).unwrap_or_default();
        let (indent, content) = trim(line);
        if content.is_empty() {
            continue;
        }
        let first = line_start + indent;
        let last = first + content.len();

        let text = if source.is_whole() {
            None
        } else {
            let text = leading_text(content);
            source.add_piece(first, text);
            Some(text)
        };
        let (nodes, duplicates) = (parser.nodes.len(), parser.duplicates.len());
        let outcome = match text {
            Some(text) if text.len() < content.len() => Err(Fail::at(ErrorKind::InvalidUtf8, first + text.len())),
            _ => parser.document(bytes.get(..last).unwrap_or_default(), first),
        };
        let Err(fail) = outcome else { continue };
        if matches!(fail.kind, ErrorKind::TooManyNodes | ErrorKind::Stopped) {
            return Err(fail);
        }
        parser.rewind(nodes, duplicates);
        // Lines that fail leave few nodes behind, so the node count alone would ask too seldom.
        parser.ask_stop(fail.offset)?;
        parser.room(first)?;
        let id = NodeId::from_index(parser.nodes.len() as u32);
        let mut raw = node(Kind::Unreadable, first, last);
        raw.next = id.index() + 1;
        parser.nodes.push(raw);
        let position = locate_in_line(bytes, number, line_start, fail.offset);
        unreadable.push((id, Error::new(fail, position)));
    }
    let next = parser.nodes.len() as u32;
    if let Some(root) = parser.nodes.first_mut() {
        root.next = next;
    }
    Ok(())
}

fn node(kind: Kind, start: usize, end: usize) -> Raw {
    Raw { start: start as u32, end: end as u32, kind, ..Raw::NULL }
}

/// The line without white space at its ends, and how much there was at the start. JSON's white space
/// is narrower than ASCII's: a form feed is content, and wrong.
fn trim(line: &[u8]) -> (usize, &[u8]) {
    let mut content = line;
    while let [b' ' | b'\t' | b'\r', rest @ ..] = content {
        content = rest;
    }
    let indent = line.len() - content.len();
    while let [rest @ .., b' ' | b'\t' | b'\r'] = content {
        content = rest;
    }
    (indent, content)
}

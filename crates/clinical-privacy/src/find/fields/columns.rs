//! Tables: a line of labels, and beneath it rows with as many cells.

use super::label::{self, Label};
use super::value;
use crate::find::marks::Marks;
use crate::read::{Gap, Page};
use crate::words::{Class, Field};

/// The widest table that is read.
const COLUMNS: usize = 64;

/// What parts the cells of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Sign(u8),
    Gap,
}

type Cells = Vec<(usize, usize)>;

/// Is the label followed by what parts cells?
pub(super) fn may_be_header(page: &Page<'_>, label: &Label) -> bool {
    parts(page, label).is_some()
}

fn parts(page: &Page<'_>, label: &Label) -> Option<Part> {
    let mut i = label.end;
    if page.is_sign(i, '"') {
        i += 1;
    }
    let token = page.get(i)?;
    if token.gap >= Gap::Line {
        return None;
    }
    for sign in [b',', b'|', b';'] {
        if token.is_sign(char::from(sign)) {
            // In a sentence a space follows the comma; both are written in tables.
            return Some(Part::Sign(sign));
        }
    }
    (token.gap == Gap::Wide).then_some(Part::Gap)
}

/// Reads the table whose header line holds the label; gives the number of the last line that belongs to it.
pub(super) fn table(page: &Page<'_>, marks: &mut Marks, at: usize, label: &Label) -> Option<u32> {
    let part = parts(page, label)?;
    let line = page.line(at).copied()?;
    let lines = page.lines.get(line_number(page, line.first)..)?;
    let mut last = page.get(at).map(|t| t.line);
    let mut cells = Cells::new();
    cut(page, line.first, line.end, part, &mut cells);
    if !(2..=COLUMNS).contains(&cells.len()) {
        return last;
    }
    let fields: Vec<Option<Field>> = cells.iter().map(|cell| field(page, *cell)).collect();
    let known = fields.iter().filter(|f| f.is_some()).count();
    let telling = fields.iter().flatten().filter(|f| **f != Field::Plain).count();
    let least = if part == Part::Sign(b'|') { 2 } else { 3 };
    // Two labels side by side may be a form with two columns; a table has more, or bars.
    if cells.len() < least && part != Part::Gap || known < 2 || telling == 0 || known * 5 < cells.len() * 3 {
        return last;
    }
    marks.shield(line.first, line.end);
    let mut row = Cells::new();
    for line in lines.iter().skip(1) {
        cut(page, line.first, line.end, part, &mut row);
        if row.iter().all(|(s, e)| {
            (*s..*e)
                .all(|i| page.get(i).is_some_and(|t| t.is_dash() || t.is_sign(':') || t.is_sign('=') || t.is_sign('_')))
        }) {
            continue;
        }
        if part == Part::Sign(b',') && row.len() > cells.len() {
            join_names(page, &fields, &mut row, cells.len());
        }
        if row.len() != cells.len() {
            break;
        }
        last = page.get(line.first).map(|t| t.line);
        for (cell, field) in row.iter().zip(&fields) {
            if let Some(field) = field {
                value::cell(page, marks, *field, cell.0, cell.1);
            }
        }
    }
    last
}

/// The number of the line that begins at a token.
fn line_number(page: &Page<'_>, first: usize) -> usize {
    page.lines.partition_point(|l| l.first < first)
}

/// What a cell of the header says of its column.
fn field(page: &Page<'_>, (start, end): (usize, usize)) -> Option<Field> {
    let found = label::read(page, start)?;
    let rest = (found.end..end).all(|i| {
        page.get(i).is_some_and(|t| {
            t.is_sign('*') || t.is_sign('#') || t.is_sign(')') || t.is_sign('.') || t.is_sign(':') || t.is_sign('(')
        })
    });
    let bracket = page.is_sign(found.end, '(') && page.is_sign(end - 1, ')');
    let field = if found.field == Field::Segment { Field::Plain } else { found.field };
    (rest || bracket).then_some(match field {
        Field::Addressee if end == start + 1 && page.word(start).eq_ignore_ascii_case("id") => Field::Other,
        Field::Inner => Field::Plain,
        field => field,
    })
}

/// Cuts a line into cells, without the quotes around them and the bars at both ends.
fn cut(page: &Page<'_>, first: usize, end: usize, part: Part, cells: &mut Cells) {
    cells.clear();
    let (mut first, mut end) = (first, end);
    if part == Part::Sign(b'|') {
        first += usize::from(page.is_sign(first, '|'));
        end -= usize::from(end > first && page.is_sign(end - 1, '|'));
    }
    let (mut start, mut quoted) = (first, false);
    for i in first..end {
        let Some(token) = page.get(i) else { break };
        if token.is_sign('"') {
            quoted = !quoted;
        }
        match part {
            Part::Sign(sign) if token.is_sign(char::from(sign)) && !quoted => {
                cells.push(bare(page, start, i));
                start = i + 1;
            }
            Part::Gap if token.gap == Gap::Wide && i > start => {
                cells.push((start, i));
                start = i;
            }
            _ => {}
        }
        if cells.len() > COLUMNS {
            return;
        }
    }
    if start < end || part != Part::Gap {
        cells.push(bare(page, start, end));
    }
}

/// A cell without its quotes.
fn bare(page: &Page<'_>, start: usize, end: usize) -> (usize, usize) {
    if end >= start + 2 && page.is_sign(start, '"') && page.is_sign(end - 1, '"') {
        (start + 1, end - 1)
    } else {
        (start, end.max(start))
    }
}

/// "Smith, John" without quotes is two cells: joins the cells of names until the row has as many cells as the header.
fn join_names(page: &Page<'_>, fields: &[Option<Field>], row: &mut Cells, count: usize) {
    for (column, field) in fields.iter().enumerate() {
        if row.len() <= count {
            return;
        }
        let words = |(start, end): (usize, usize)| {
            start < end
                && (start..end).all(|i| page.get(i).is_some_and(|t| t.is_word() || t.is_dash() || t.is_sign('.')))
        };
        let named = matches!(field, Some(Field::Name | Field::Person));
        let (Some(here), Some(next)) = (row.get(column).copied(), row.get(column + 1).copied()) else { return };
        let spaced = page.get(next.0).is_some_and(|t| t.gap == Gap::Space && !t.flags.is(Class::NoValue));
        if named && words(here) && words(next) && spaced {
            row[column] = (here.0, next.1);
            row.remove(column + 1);
        }
    }
}

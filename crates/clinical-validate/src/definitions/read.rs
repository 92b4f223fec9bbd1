//! The fields of the table's lines.

/// A line that is not as it should be; the table is then not used at all.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bad {
    pub(super) line: usize,
}

/// One line with its number.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub(super) number: usize,
    text: &'static str,
}

impl Line {
    pub(super) fn all(table: &'static str) -> impl Iterator<Item = Self> {
        table.lines().enumerate().map(|(at, text)| Self { number: at + 1, text })
    }

    /// What the line is: one letter, or nothing for an element.
    pub(super) fn letter(self) -> Option<char> {
        let (first, _) = self.text.split_once('\t')?;
        let mut letters = first.chars();
        letters.next().filter(|l| "VsCTXxR".contains(*l) && letters.next().is_none())
    }

    pub(super) fn fields(self) -> std::str::Split<'static, char> {
        self.text.split('\t')
    }

    pub(super) fn bad(self) -> Bad {
        Bad { line: self.number }
    }
}

/// What stands between bars; nothing for an empty field.
pub(super) fn bars(field: &'static str) -> Vec<&'static str> {
    field.split('|').filter(|part| !part.is_empty()).collect()
}

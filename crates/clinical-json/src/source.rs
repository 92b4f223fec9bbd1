//! The input, and text taken out of it.

/// The input as bytes, and as text as far as it is text.
///
/// A file of many lines may hold one line that is not UTF-8. The rest stays readable, so the good
/// lines are kept as pieces when the whole cannot be borrowed as one string.
pub(crate) struct Source<'a> {
    pub(crate) bytes: &'a [u8],
    /// The whole input, or its longest leading part that is UTF-8.
    pub(crate) text: &'a str,
    /// Pieces by their offset, ascending; empty when `text` is the whole.
    pieces: Vec<(usize, &'a str)>,
}

impl<'a> Source<'a> {
    pub(crate) fn whole(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), text, pieces: Vec::new() }
    }

    /// Input that is not UTF-8 as a whole; pieces are added line by line.
    pub(crate) fn broken(bytes: &'a [u8]) -> Self {
        Self { bytes, text: leading_text(bytes), pieces: Vec::new() }
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.text.len() == self.bytes.len()
    }

    pub(crate) fn add_piece(&mut self, offset: usize, text: &'a str) {
        self.pieces.push((offset, text));
    }

    #[inline]
    pub(crate) fn slice(&self, start: usize, end: usize) -> &'a str {
        match self.text.get(start..end) {
            Some(text) => text,
            None => self.slice_of_piece(start, end),
        }
    }

    #[cold]
    fn slice_of_piece(&self, start: usize, end: usize) -> &'a str {
        if end - start == self.bytes.len() {
            return self.text;
        }
        let after = self.pieces.partition_point(|(offset, _)| *offset <= start);
        let Some((offset, text)) = after.checked_sub(1).and_then(|last| self.pieces.get(last)) else {
            return "";
        };
        // A line that is not UTF-8 has only its leading part as a piece.
        let end = end.saturating_sub(*offset).min(text.len());
        text.get(start - offset..end).unwrap_or_default()
    }
}

/// The longest leading part that is UTF-8.
pub(crate) fn leading_text(bytes: &[u8]) -> &str {
    bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

/// Where the content starts: after a byte order mark, which some Windows tools write.
pub(crate) fn content_start(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 }
}

//! Changes of a text by byte ranges.

/// What is to stand in the place of some bytes.
#[derive(Clone)]
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) new: String,
}

impl Edit {
    pub(super) fn new(start: usize, end: usize, new: impl Into<String>) -> Self {
        Self { start, end, new: new.into() }
    }
}

/// The text with all edits made. Of two that overlap the one that begins first, or is longer, is made.
pub(super) fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|e| (e.start, std::cmp::Reverse(e.end)));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        if edit.start < done {
            continue;
        }
        out.push_str(text.get(done..edit.start).unwrap_or_default());
        out.push_str(&edit.new);
        done = edit.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

//! Bytes of a text as code points, and back.

/// Bytes between two marks.
const STEP: usize = 1024;

/// Code points before every thousandth byte, so that a place costs a short count and not one of the whole text.
pub(crate) struct Points {
    marks: Vec<usize>,
}

impl Points {
    pub(crate) fn of(text: &str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            marks.push(count);
            count += chunk.iter().filter(|b| is_first(**b)).count();
        }
        Self { marks }
    }

    /// Code points before a byte.
    pub(crate) fn at(&self, text: &str, byte: usize) -> usize {
        let byte = byte.min(text.len());
        let mark = byte / STEP;
        let before = self.marks.get(mark).copied().unwrap_or(0);
        let from = if mark < self.marks.len() { mark * STEP } else { return self.total(text) };
        before + text.as_bytes()[from..byte].iter().filter(|b| is_first(**b)).count()
    }

    fn total(&self, text: &str) -> usize {
        let from = self.marks.len().saturating_sub(1) * STEP;
        let last = self.marks.last().copied().unwrap_or(0);
        last + text.as_bytes().get(from..).map_or(0, |rest| rest.iter().filter(|b| is_first(**b)).count())
    }

    /// The byte at which a code point begins; the end of the text for the one behind the last.
    pub(crate) fn byte(&self, text: &str, point: usize) -> Option<usize> {
        let mark = self.marks.partition_point(|before| *before <= point).checked_sub(1)?;
        let (mut byte, mut left) = (mark * STEP, point - self.marks[mark]);
        // A mark may stand inside a code point, whose first byte was counted before it.
        while byte < text.len() && !is_first(text.as_bytes()[byte]) {
            byte += 1;
        }
        while left > 0 {
            byte += text.get(byte..)?.chars().next()?.len_utf8();
            left -= 1;
        }
        Some(byte)
    }
}

const fn is_first(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_bytes_lead_to_each_other() {
        for text in
            [String::new(), "a".repeat(3000), "é😀x".repeat(1500), format!("{}é{}", "a".repeat(1023), "b".repeat(9))]
        {
            let points = Points::of(&text);
            let chars: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            for (point, byte) in chars.iter().enumerate() {
                assert_eq!(points.at(&text, *byte), point);
                let back = points.byte(&text, point);
                assert_eq!(back, if text.is_empty() { None } else { Some(*byte) });
            }
            assert_eq!(points.byte(&text, chars.len()), None);
        }
    }
}

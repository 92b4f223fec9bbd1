//! How easy our own words on a sheet are to read.

use super::lines::Say;
use super::outline::{Block, each};
use crate::piece::Line;
use crate::sheet::Sheet;
use clinical_lexicon::{Lexicon, Readability, Reading};

/// The reading grade of a sheet whose outline nobody else needs: as [`readability`], and no block is kept.
#[must_use]
pub fn reading(sheet: &Sheet<'_>, lexicon: &Lexicon) -> Reading {
    let mut measure = Measure::default();
    each(sheet, Say(lexicon), &mut |block| measure.add(&block));
    measure.own.reading()
}

/// The reading grade of our own sentences on the sheet. Facts in them are left out; headings, labels and fragments of
/// fewer than three words are not sentences and would only make the grade look better.
#[must_use]
pub fn readability(blocks: &[Block<'_>]) -> Reading {
    let mut measure = Measure::default();
    blocks.iter().for_each(|block| measure.add(block));
    measure.own.reading()
}

/// Our own sentences, measured block by block.
#[derive(Default)]
struct Measure {
    own: Readability,
    /// The words of a line.
    words: String,
}

impl Measure {
    fn add(&mut self, block: &Block<'_>) {
        match block {
            Block::Title(_) | Block::Section(_) | Block::List(_) => {}
            Block::Plain(line) => self.line(line),
            Block::Item(lines) => lines.iter().for_each(|line| self.line(line)),
        }
    }

    fn line(&mut self, line: &Line<'_>) {
        line.authored(&mut self.words);
        let is_sentence = self.words.trim_end().ends_with(['.', '!', '?', '”']) || line.ends_with('.');
        if is_sentence && self.words.split_whitespace().nth(2).is_some() {
            self.own.add(&self.words);
        }
    }
}

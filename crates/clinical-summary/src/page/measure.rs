//! How easy our own words on a sheet are to read.

use super::lines::Say;
use super::outline::{Block, spoken};
use crate::piece::{Author, Line, Piece};
use crate::sheet::Sheet;
use clinical_lexicon::{Lexicon, Readability, Reading};

/// The reading grade of a sheet whose outline nobody else needs: as [`readability`], and no block is kept.
#[must_use]
pub fn reading(sheet: &Sheet<'_>, lexicon: &Lexicon) -> Reading {
    let mut measure = Measure { lexicon: Some(lexicon), ..Measure::default() };
    spoken(sheet, Say(lexicon), &mut |block| measure.add(&block));
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
struct Measure<'l> {
    own: Readability,
    /// Knows the phrases that every sheet says.
    lexicon: Option<&'l Lexicon>,
    /// The words of a line.
    words: String,
}

impl Measure<'_> {
    fn add(&mut self, block: &Block<'_>) {
        match block {
            Block::Title(_) | Block::Section(_) | Block::List(_) => {}
            Block::Plain(line) => self.line(line),
            Block::Item(lines) => lines.iter().for_each(|line| self.line(line)),
        }
    }

    fn line(&mut self, line: &Line<'_>) {
        // Most lines are no sentences of ours, which the end of them tells before their words are put together.
        if !(line.ends_authored(&['.', '!', '?', '”']) || line.ends_with('.')) {
            return;
        }
        let words = match line.pieces() {
            [Piece::Words(only)] if line.author() == Author::Us => only.text(),
            _ => {
                line.authored(&mut self.words);
                &self.words
            }
        };
        if words.split_whitespace().nth(2).is_some() {
            match self.lexicon {
                Some(lexicon) => lexicon.measure(words, &mut self.own),
                None => self.own.add(words),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Measure, Say};
    use crate::ledger::Reason;
    use crate::page::outline::{row_line, unread_message};
    use clinical_lexicon::{Lexicon, Readability};
    use clinical_model::UnreadReason;

    #[test]
    fn a_row_of_what_is_not_shown_is_no_sentence() {
        let lexicon = Lexicon::english().unwrap();
        let reasons = Reason::ALL.iter().map(|reason| reason.message());
        for message in reasons.chain([unread_message(UnreadReason::NoType), unread_message(UnreadReason::BrokenLine)]) {
            for kind in ["", "Observation", "A kind that ends as sentences do."] {
                let mut measure = Measure { lexicon: Some(lexicon), ..Measure::default() };
                measure.line(&row_line((message, kind.to_owned(), 3), Say(lexicon)));
                assert_eq!(measure.own, Readability::default(), "{message:?} {kind}");
            }
        }
    }
}

//! Rewordings of the record's sentences by a language model: what may be reworded, and how a rewording gets onto a sheet.
//!
//! A rewording stands on exactly one sentence. Its words are the model's; whatever of the sentence must come back as it
//! was (a dose, a date, a name) is cut out of the record's text again and is a fact like any other.

mod words;

use crate::piece::{Fact, Line, PartOf, Piece, View};
use crate::sheet::{Said, Sheet};
use clinical_model::Narrative;
use std::fmt;
use std::ops::Range;
pub use words::Unfit;
pub(crate) use words::fit;

/// A rewording of one sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plain<'a> {
    /// The model's words, and stretches of the sentence.
    pub line: Line<'a>,
    /// The words of the record that the sentence stands in, by their index.
    pub of: usize,
    /// First byte of the sentence in what is shown of these words, and the byte behind its last.
    pub span: (u32, u32),
}

/// What must be said of the rewordings on a sheet, and of how they came there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Narration {
    /// The site's own first sentence instead of ours.
    pub opening: Option<String>,
    /// A clinician reads the sheet before it is given out.
    pub reviewed: bool,
    /// How to reach a person, in the site's words.
    pub contact: Option<String>,
    /// The model.
    pub model: String,
    /// How it was asked.
    pub parameters: String,
    /// The edition of what it was told.
    pub prompt_version: &'static str,
    /// Sentences it was asked for.
    pub asked: usize,
    /// Rewordings on the sheet.
    pub kept: usize,
    /// Rewordings that were refused, by reason.
    pub refused: Vec<(&'static str, usize)>,
}

/// The lists of a sheet whose sentences may be reworded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SaidList {
    /// Why the patient came.
    Reasons,
    /// What was found.
    Findings,
    /// When to come back.
    FollowUp,
    /// What to do.
    Home,
    /// When to get help.
    Help,
}

impl SaidList {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 5] = [Self::Reasons, Self::Findings, Self::FollowUp, Self::Home, Self::Help];

    /// The name of the list in the JSON page.
    #[must_use]
    pub const fn member(self) -> &'static str {
        match self {
            Self::Reasons => "reasons",
            Self::Findings => "findings",
            Self::FollowUp => "follow_up_in_words",
            Self::Home => "care_instructions",
            Self::Help => "help_in_words",
        }
    }

    /// The list of a sheet.
    #[must_use]
    pub fn of<'s, 'a>(self, sheet: &'s Sheet<'a>) -> &'s [Said<'a>] {
        match self {
            Self::Reasons => &sheet.reasons,
            Self::Findings => &sheet.findings,
            Self::FollowUp => &sheet.follow_up,
            Self::Home => &sheet.home,
            Self::Help => &sheet.help,
        }
    }

    fn of_mut<'s, 'a>(self, sheet: &'s mut Sheet<'a>) -> &'s mut [Said<'a>] {
        match self {
            Self::Reasons => &mut sheet.reasons,
            Self::Findings => &mut sheet.findings,
            Self::FollowUp => &mut sheet.follow_up,
            Self::Home => &mut sheet.home,
            Self::Help => &mut sheet.help,
        }
    }
}

/// A sentence of the record that stands on the sheet. `Debug` prints none of it.
#[derive(Clone, PartialEq, Eq)]
pub struct SheetSentence {
    /// The list it stands in.
    pub list: SaidList,
    /// Which of the list.
    pub said: usize,
    /// Which of its words.
    pub of: usize,
    /// First byte in what is shown of these words, and the byte behind the last.
    pub span: Range<usize>,
    /// The sentence.
    pub text: String,
}

impl fmt::Debug for SheetSentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SheetSentence({:?} {} {}, {} bytes)", self.list, self.said, self.of, self.text.len())
    }
}

/// The sentences of a sheet that may be reworded, in the order of the page. `cut` gives the bytes of each sentence in a
/// text. What must not be done is left as it stands, word for word.
#[must_use]
pub fn sentences(sheet: &Sheet<'_>, cut: &mut dyn FnMut(&str) -> Vec<Range<usize>>) -> Vec<SheetSentence> {
    let mut out = Vec::new();
    for list in SaidList::ALL {
        for (said, item) in list.of(sheet).iter().enumerate().filter(|(_, item)| !item.forbidden) {
            for (of, fact) in item.words.iter().enumerate().filter(|(_, fact)| PartOf::of(fact.view).is_some()) {
                let shown = fact.shown();
                for span in cut(&shown) {
                    let text = shown.get(span.clone()).map(str::to_owned).filter(|text| !text.trim().is_empty());
                    out.extend(text.map(|text| SheetSentence { list, said, of, span, text }));
                }
            }
        }
    }
    out
}

/// A piece of a rewording on its way to the sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PlainPart {
    /// The model's words.
    Words(Narrative),
    /// The sentence's own: first byte in its text, and the byte behind the last.
    Copied(usize, usize),
}

/// Puts a rewording beside its sentence.
///
/// # Errors
/// The rewording has what no rewording may have, or the sheet has no such sentence. The sheet is then as it was.
pub fn attach(sheet: &mut Sheet<'_>, sentence: &SheetSentence, parts: &[PlainPart]) -> Result<(), Unfit> {
    let said = sentence.list.of_mut(sheet).get_mut(sentence.said).ok_or(Unfit::Place)?;
    let fact = said.words.get(sentence.of).filter(|_| !said.forbidden).ok_or(Unfit::Place)?;
    let of = PartOf::of(fact.view).ok_or(Unfit::Place)?;
    let place = |at: usize| u32::try_from(at).map_err(|_| Unfit::Place);
    if fact.shown().get(sentence.span.clone()) != Some(&*sentence.text) {
        return Err(Unfit::Place);
    }
    let mut line = Line::default();
    for part in parts {
        match part {
            PlainPart::Words(words) => line.push(Piece::Words(words.clone())),
            PlainPart::Copied(start, end) => {
                sentence.text.get(*start..*end).filter(|t| !t.is_empty()).ok_or(Unfit::Place)?;
                let (from, to) = (place(sentence.span.start + start)?, place(sentence.span.start + end)?);
                line.push_fact(Fact::viewed(View::Part(of, from, to), &fact.of));
            }
        }
    }
    let span = (place(sentence.span.start)?, place(sentence.span.end)?);
    let plain = Plain { line, of: sentence.of, span };
    fit(&plain, said)?;
    if said.plain.iter().any(|p| p.of == plain.of && p.span == span) {
        return Err(Unfit::Place);
    }
    let at = said.plain.partition_point(|p| (p.of, p.span) < (plain.of, span));
    said.plain.insert(at, plain);
    Ok(())
}

/// Takes every rewording off a sheet again, and what was said of them.
pub fn detach(sheet: &mut Sheet<'_>) {
    for list in SaidList::ALL {
        list.of_mut(sheet).iter_mut().for_each(|said| said.plain.clear());
    }
    sheet.narration = None;
}

impl<'a> Sheet<'a> {
    /// Every rewording with what it stands beside, in the order of the page.
    pub fn plain(&self) -> impl Iterator<Item = (&Said<'a>, &Plain<'a>)> {
        let said = SaidList::ALL.into_iter().flat_map(|list| list.of(self));
        said.flat_map(|said| said.plain.iter().map(move |plain| (said, plain)))
    }
}

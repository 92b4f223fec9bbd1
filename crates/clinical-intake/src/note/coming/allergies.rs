//! Allergies as a note tells of them.
//!
//! Three things are kept apart: what somebody is allergic to, that there is no known allergy, and that nobody found
//! out. A list is read in the section of allergies, behind "Allergies:" and behind "allergic to"; what is not a short
//! name there stays a sentence.

use crate::cues;
use crate::note::marked::{Hits, Marked};
use crate::note::outline::{NoteKind, Outline};
use crate::note::words::{Kind, Token};
use clinical_lexicon::{Cue, Lexicon, WordList};
use clinical_model::{Allergy, Assertion, Concept, EntryId, Verbatim};
use std::ops::Range;

/// The allergies that a note tells of, in order. `entry_of` gives the entry of a sentence. Linear.
#[must_use]
pub fn allergies<'a>(
    text: &'a str,
    tokens: &[Token],
    outline: &Outline,
    lexicon: &Lexicon,
    entry_of: &dyn Fn(usize) -> EntryId,
) -> Vec<Allergy<'a>> {
    allergies_of(&Marked::new(text, tokens, outline, lexicon), entry_of)
}

/// The same from a note whose words are numbered already.
#[must_use]
pub fn allergies_of<'a>(marked: &Marked<'a, '_>, entry_of: &dyn Fn(usize) -> EntryId) -> Vec<Allergy<'a>> {
    let mut out = Vec::new();
    let mut hits = Hits::default();
    for sentence in 0..marked.len() {
        let kind = marked.kind_of(sentence);
        if kind == NoteKind::Family || kind == NoteKind::ReturnPrecautions {
            continue;
        }
        let tokens = marked.tokens_of(sentence);
        let reader = Reader { m: marked, entry: entry_of(sentence), kind };
        reader.sentence(tokens, &mut hits, &mut out);
    }
    out
}

/// Who reads one sentence.
struct Reader<'m, 'a, 'n> {
    m: &'m Marked<'a, 'n>,
    entry: EntryId,
    kind: NoteKind,
}

impl<'a> Reader<'_, 'a, '_> {
    fn sentence(&self, tokens: Range<usize>, hits: &mut Hits, out: &mut Vec<Allergy<'a>>) {
        let m = self.m;
        let is_section = self.kind == NoteKind::Allergies;
        let label = self.label(&tokens);
        let tells = |at: usize| m.is_on(at, WordList::TellsOfAllergy);
        if !is_section && label.is_none() && !tokens.clone().any(tells) {
            return;
        }
        let Some(whole) = m.fact_of(tokens.clone()) else { return };
        m.cues_in(tokens.clone(), hits);
        let find = |cue: Cue| hits.cues.iter().filter(|h| h.cue == cue).map(|h| hits.end(h)).min();
        let words = whole.text().trim_end_matches(['.', ';']);
        let is_answer = is_section || label.is_some();
        let body = label
            .map_or_else(String::new, |at| m.fact_of(at..tokens.end).map(|f| f.text().to_owned()).unwrap_or_default());
        let body = if body.is_empty() { words } else { body.trim_end_matches(['.', ';']) };
        let is_except = tokens.clone().any(|at| {
            m.is_any(at, &["except", "but", "besides"]) || m.is_word(at, "other") && m.is_word(at + 1, "than")
        });
        if find(Cue::AllergyNotAsked).is_some() || is_answer && cues::allergy_not_asked(body) {
            out.push(self.allergy(Some(whole), Vec::new(), Assertion::Absent, (false, true)));
            return;
        }
        // "Denies seasonal allergies" leaves all others open.
        let is_partial = tokens.clone().any(|at| m.is_any(at, PARTIAL));
        if find(Cue::NoAllergy).is_some() || is_answer && !is_partial && cues::no_allergy(body) {
            // "None but latex" is no "none".
            if !is_except {
                out.push(self.allergy(Some(whole), Vec::new(), Assertion::Absent, (true, false)));
            }
            return;
        }
        if let Some(at) = find(Cue::AllergicTo) {
            self.list(at..tokens.end, out);
        } else if let Some(at) = label {
            self.list(at..tokens.end, out);
        } else if is_section
            && !is_partial
            && !tokens.clone().take_while(|at| !m.is_any(*at, TURNS)).any(|at| m.is_any(at, VERBS))
        {
            self.list(tokens, out);
        }
    }

    /// The token behind "Allergies:" at the front.
    fn label(&self, tokens: &Range<usize>) -> Option<usize> {
        let m = self.m;
        let front = tokens.clone().take(5).find(|at| m.is_any(*at, &["allergies", "allergy"]))?;
        let is_front = (tokens.start..front)
            .all(|at| !m.is_kind(at, Kind::Word) || m.is_any(at, &["drug", "medication", "known", "food", "medicine"]));
        let colon = (front + 1..tokens.end.min(front + 4)).find(|at| matches!(m.word(*at), ":"))?;
        is_front.then_some(colon + 1)
    }

    /// A list of what the patient is allergic to.
    fn list(&self, tokens: Range<usize>, out: &mut Vec<Allergy<'a>>) {
        let m = self.m;
        let mut at = tokens.start;
        let first = out.len();
        while at < tokens.end {
            let end = self.item_end(at, tokens.end);
            let is_over = !self.item(at..end, first, out);
            if is_over || m.is_any(end, TURNS) {
                break;
            }
            at = end + 1;
        }
    }

    /// The token that ends an item: a mark of lists outside parentheses, "and", a line.
    fn item_end(&self, from: usize, limit: usize) -> usize {
        let m = self.m;
        let mut depth = 0usize;
        for at in from..limit {
            match m.word(at) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                "," | ";" | "/" | "|" | "\u{2022}" if depth == 0 => return at,
                "." if depth == 0 && !(m.touches_next(at) && m.is_kind(at + 1, Kind::Word)) => return at,
                _ if m.is_kind(at, Kind::Line) => return at,
                _ if depth == 0 && (m.is_word(at, "and") || m.is_any(at, TURNS)) => return at,
                _ => {}
            }
        }
        limit
    }

    /// One item; `false` where it is no short name, so that the list is over.
    fn item(&self, tokens: Range<usize>, first: usize, out: &mut Vec<Allergy<'a>>) -> bool {
        let m = self.m;
        let mut start = tokens.start;
        while start < tokens.end
            && (m.is_on(start, WordList::AllergyWord)
                || m.is_kind(start, Kind::Mark) && !matches!(m.word(start), "(" | "["))
        {
            start += 1;
        }
        if start >= tokens.end {
            return true;
        }
        let is_reaction = |at: usize| m.is_on(at, WordList::Reaction);
        // "rash, hives" behind "penicillin -": more of what it does.
        if (start..tokens.end).all(|at| {
            is_reaction(at)
                || m.is_any(at, &["severe", "mild", "of", "the", "facial", "lip"])
                || !m.is_kind(at, Kind::Word)
        }) && let Some(last) = out.get_mut(first..).and_then(<[Allergy<'a>]>::last_mut)
        {
            last.reactions.extend(m.fact_of(start..tokens.end));
            return true;
        }
        let divides = |at: usize| {
            matches!(m.word(at), "(" | "[" | ":" | "=" | ">")
                || matches!(m.word(at), "-" | "–" | "—" | "→")
                    && !(m.touches_next(at) && at > start && m.touches_next(at - 1))
                || m.is_any(at, &["causes", "causing", "caused", "gives", "with", "leading", "resulting", "reaction"])
        };
        let name_end = (start..tokens.end).find(|at| divides(*at)).unwrap_or(tokens.end);
        let is_name = name_end > start
            && name_end - start <= 5
            && (start..name_end).any(|at| m.is_kind(at, Kind::Word))
            && !(start..name_end).any(|at| m.is_any(at, VERBS) || m.is_any(at, NO_SUBSTANCE));
        if !is_name {
            return false;
        }
        let mut reaction = name_end;
        while reaction < tokens.end && (divides(reaction) || m.is_on(reaction, WordList::AllergyWord)) {
            reaction += 1;
        }
        let mut reactions = Vec::new();
        if reaction < tokens.end && name_end < tokens.end {
            let mut from = reaction;
            for at in reaction..=tokens.end {
                if at == tokens.end || matches!(m.word(at), "," | ";" | "/" | ")" | "]") || m.is_word(at, "and") {
                    reactions.extend(m.fact_of(from..at));
                    from = at + 1;
                }
            }
        }
        let Some(name) = m.fact_of(start..name_end) else { return true };
        out.push(self.allergy(Some(name), reactions, Assertion::Present, (false, false)));
        true
    }

    fn allergy(
        &self,
        text: Option<Verbatim<'a>>,
        reactions: Vec<Verbatim<'a>>,
        assertion: Assertion,
        (none_known, not_asked): (bool, bool),
    ) -> Allergy<'a> {
        Allergy {
            entry: self.entry,
            assertion,
            none_known,
            not_asked,
            in_error: false,
            code: Concept { text, codings: Vec::new() },
            reactions,
            severity: None,
            criticality: None,
            clinical_status: None,
            notes: Vec::new(),
        }
    }
}

/// Kinds of allergy: who has none of one kind may have one of another.
const PARTIAL: &[&str] = &[
    "seasonal",
    "environmental",
    "food",
    "pollen",
    "pet",
    "cat",
    "dog",
    "dust",
    "latex",
    "nasal",
    "contact",
    "skin",
    "new",
    "other",
    "further",
    "additional",
];

/// Words behind which no list goes on.
const TURNS: &[&str] = &["but", "which", "because", "although", "however", "when", "while", "so"];

/// Words that make an item a sentence.
const VERBS: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "does",
    "did",
    "can",
    "may",
    "reports",
    "reported",
    "states",
    "denies",
    "notes",
    "tolerates",
    "tolerated",
    "takes",
    "see",
    "reviewed",
    "updated",
    "listed",
    "be",
    "been",
    "will",
];

/// Words that name no substance.
const NO_SUBSTANCE: &[&str] = &[
    "this",
    "that",
    "it",
    "its",
    "them",
    "these",
    "his",
    "her",
    "my",
    "your",
    "our",
    "rhinitis",
    "season",
    "seasonal",
    "none",
    "no",
    "symptoms",
    "medications",
    "something",
    "unknown",
    "treatment",
    "therapy",
    "surgery",
    "news",
];

//! How plain a wording is.

use super::data::data;
use super::stem::stem;
use clinical_lexicon::{Lexicon, Readability};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// A word that explains fewer things than this is not known to be an everyday one.
const FEWEST: usize = 2;

/// A word that explains more things than this is as well known as any.
const MANY: usize = 12;

/// The grade of a word of three syllables.
const LONG: usize = 15;

/// The fewer the plainer, the first first: words that are not everyday ones, long words, how far the rarest word is from
/// being well known, the words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Hardness {
    strange: usize,
    long: usize,
    rare: usize,
    words: usize,
}

impl Hardness {
    /// Whether a patient would read it more easily: fewer words that are not everyday ones, or long.
    pub(super) fn is_plainer_than(self, other: Self) -> bool {
        (self.strange, self.long) < (other.strange, other.long)
    }
}

/// Stems of the words in which the lexicon explains problems to patients, and how many they explain; and of small words.
static EVERYDAY: OnceLock<HashMap<String, usize>> = OnceLock::new();

fn everyday(lexicon: &Lexicon) -> &'static HashMap<String, usize> {
    EVERYDAY.get_or_init(|| {
        let mut count: HashMap<String, usize> = HashMap::new();
        let terms = lexicon.all_terms().iter().map(|term| (term.plain, term.explain));
        for (plain, explain) in terms {
            let stems: HashSet<String> = words(plain).chain(words(explain)).map(|word| stem(&word)).collect();
            stems.into_iter().for_each(|stem| *count.entry(stem).or_default() += 1);
        }
        count.retain(|_, n| *n >= FEWEST);
        let small = data().quiet.iter().flat_map(|wording| words(wording)).map(|word| (stem(&word), MANY));
        count.extend(small);
        count
    })
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether it has a word that not everybody knows and that is short for something ("uti") or long ("paresthesia"), or
/// is of such words for the greater part.
pub(super) fn is_strange(wording: &str, lexicon: &Lexicon) -> bool {
    let known = everyday(lexicon);
    let (mut all, mut strange) = (0, 0);
    for word in words(wording) {
        all += 1;
        if !known.contains_key(&stem(&word)) {
            strange += 1;
            if word.len() < 5 || length(&word) >= LONG {
                return true;
            }
        }
    }
    strange * 2 >= all && strange > 0
}

/// Whether a word is one in which problems are explained to patients.
pub(super) fn is_everyday(word: &str, lexicon: &Lexicon) -> bool {
    everyday(lexicon).contains_key(&stem(&word.to_lowercase()))
}

/// Whether a word says nothing by itself ("take").
pub(crate) fn is_small(word: &str) -> bool {
    data().quiet.iter().any(|quiet| quiet.eq_ignore_ascii_case(word))
}

/// How plain a wording is.
pub(super) fn hardness(wording: &str, lexicon: &Lexicon) -> Hardness {
    let known = everyday(lexicon);
    let mut hardness = Hardness { strange: 0, long: 0, rare: 0, words: 0 };
    for word in words(wording) {
        let explains = known.get(&stem(&word)).copied().unwrap_or(0);
        hardness.words += 1;
        hardness.strange += usize::from(explains == 0);
        hardness.long += usize::from(length(&word) >= LONG);
        hardness.rare = hardness.rare.max(MANY.saturating_sub(explains));
    }
    hardness
}

/// The grade of a word: none for one syllable, and more with each further one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a grade is small and not negative")]
fn length(word: &str) -> usize {
    let mut reading = Readability::default();
    reading.add(word);
    reading.reading().grade.round() as usize
}

#[cfg(test)]
mod tests {
    use super::hardness;
    use clinical_lexicon::Lexicon;

    #[test]
    fn everyday_words_are_plainer() {
        let lexicon = Lexicon::english().unwrap();
        for (plain, hard) in [
            ("trouble breathing", "dyspnea"),
            ("swelling", "edema"),
            ("belly", "abdomen"),
            ("high blood pressure", "hypertension"),
            ("raise", "elevate"),
            ("both sides", "bilaterally"),
            ("many", "multiple"),
        ] {
            let (one, other) = (hardness(plain, lexicon), hardness(hard, lexicon));
            assert!(one.is_plainer_than(other) && !other.is_plainer_than(one), "{plain} {one:?}, {hard} {other:?}");
        }
    }
}

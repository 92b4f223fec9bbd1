//! What a model is told of a sentence: for its hard words, plainer ones that would be accepted in their place.
//!
//! They come from the tables that a rewording is held against, and none is told of which the checks would not take the
//! sentence with it put in. So a model that keeps to them writes what can be said.

use super::book::{Book, book};
use super::class::Class;
use super::data::data;
use super::everyday::{hardness, is_strange};
use super::held;
use super::reading::{How, Item, Kind, Reading};
use super::tokens;
use crate::mask::Masked;
use clinical_lexicon::Lexicon;
use clinical_model::Stop;
use std::collections::BTreeSet;

/// The most wordings of a sentence that others are told for.
const MOST: usize = 16;

/// The most letters of it all: a request stays short.
const MOST_LETTERS: usize = 1_200;

/// The most that are told for one wording.
const MOST_FOR_ONE: usize = 4;

/// The most that are tried for one wording: each is held against the whole sentence.
const MOST_TRIED: usize = 8;

/// The longest that is told, in words.
const LONGEST: usize = 6;

/// Two wordings that differ only by these are one ("pain in side", "pain on the side").
const SMALL: [&str; 12] = ["a", "an", "at", "b", "be", "in", "of", "on", "that", "the", "to", "your"];

/// A wording of a sentence, as it stands there, and plainer ones for it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) wording: String,
    pub(crate) plain: Vec<String>,
}

/// What is told of a sentence, in the order of its words. Who asks it to stop gets less, and is to throw it away.
pub(crate) fn told(of: &Masked, lexicon: &Lexicon, stop: Stop<'_>) -> Vec<Told> {
    let Ok(tokens) = tokens::read(&of.shown, &of.holes) else { return Vec::new() };
    if data().is_empty() {
        return Vec::new();
    }
    let book = book(lexicon);
    let how = How { is_said: false, around: false, apart: false, is_plan: of.is_plan };
    let reading = Reading::new(tokens.clone(), &of.holes, book, how);
    // What of the sentence itself would be refused says nothing against the words put in.
    let itself = held(of, &of.shown, lexicon).err();
    let mut all: Vec<Told> = Vec::new();
    let mut offer = |span: (usize, usize), candidates: Vec<String>| -> bool {
        let Some(wording) = of.shown.get(span.0..span.1) else { return false };
        let is_known = all.iter().any(|told| told.wording.eq_ignore_ascii_case(wording));
        let letters: usize =
            all.iter().flat_map(|told| told.plain.iter().chain([&told.wording])).map(String::len).sum();
        if is_known || all.len() >= MOST || letters >= MOST_LETTERS || stop.is_asked() {
            return is_known;
        }
        let mut plain: Vec<String> = Vec::new();
        for candidate in candidates.into_iter().take(MOST_TRIED) {
            let (before, behind) = (of.shown.get(..span.0), of.shown.get(span.1..));
            let said = format!("{}{candidate}{}", before.unwrap_or_default(), behind.unwrap_or_default());
            let refusal = held(of, &said, lexicon).err();
            if refusal.is_none() || refusal == itself {
                plain.push(candidate);
            }
            if plain.len() >= MOST_FOR_ONE {
                break;
            }
        }
        let is_told = !plain.is_empty();
        if is_told {
            all.push(Told { wording: wording.to_owned(), plain });
        }
        is_told
    };
    let mut items = reading.items.iter().filter(|item| item.span.1 > item.span.0).peekable();
    while let Some(item) = items.next() {
        // What is read as other words ("afebrile") makes several items in one place.
        let mut words: Vec<&str> = item.words.iter().map(|w| w.text.as_str()).collect();
        let mut is_read_as = false;
        while let Some(next) = items.next_if(|next| next.span == item.span) {
            words.extend(next.words.iter().map(|w| w.text.as_str()));
            is_read_as = true;
        }
        let wording = of.shown.get(item.span.0..item.span.1).unwrap_or_default();
        let candidates = if let Some(told) = data().told.get(&wording.to_ascii_lowercase()) {
            told.clone()
        } else if is_read_as {
            vec![words.join(" ")].into_iter().filter(|said| is_tellable(said) && !said.contains("withal")).collect()
        } else {
            plainer(wording, item, &item.senses, lexicon)
        };
        let may_part = matches!(item.class, Class::Body | Class::Degree | Class::Problem);
        if offer(item.span, candidates) || item.words.len() < 2 || is_read_as || !may_part {
            continue;
        }
        // Nothing plainer for the whole: perhaps for its words.
        let inside = |t: &&tokens::Token| t.is_word() && t.span.0 >= item.span.0 && t.span.1 <= item.span.1;
        for token in tokens.iter().filter(inside) {
            if let Some((_, end)) = book.find(std::slice::from_ref(token)) {
                let wording = of.shown.get(token.span.0..token.span.1).unwrap_or_default();
                offer(token.span, plainer(wording, item, &end.senses, lexicon));
            }
        }
    }
    all
}

/// Plainer wordings of the same meaning, the plainest first.
fn plainer(wording: &str, item: &Item, senses: &[u32], lexicon: &Lexicon) -> Vec<String> {
    // Of words of doubt and of what must be, one does not stand for the other without more ("suspect", "may").
    let is_small = matches!(
        item.class,
        Class::But
            | Class::Conjunction
            | Class::Doubt
            | Class::Firm
            | Class::Must
            | Class::Negation
            | Class::Number
            | Class::Unit
    );
    let is_said = item.kind == Kind::Words && !item.is_quiet && !is_small;
    if !is_said {
        return Vec::new();
    }
    let hard = hardness(wording, lexicon);
    // "PET" is no pet.
    if item.class == Class::Plain && wording.len() > 1 && wording.len() < 5 && wording == wording.to_uppercase() {
        return Vec::new();
    }
    let first_ending = |text: &str| {
        let first = text.split(' ').next().unwrap_or_default();
        ["ing", "ed"].into_iter().position(|ending| first.len() > ending.len() + 2 && first.ends_with(ending))
    };
    let mut all: Vec<_> = of_one_meaning(wording, item.class, senses, lexicon)
        .into_iter()
        .map(|said| said.strip_prefix('~').unwrap_or(said))
        .filter(|said| is_tellable(said) && !is_form(said, wording))
        .map(|said| (first_ending(said) != first_ending(wording), hardness(said, lexicon), said.len(), said))
        .filter(|(_, easy, _, said)| easy.is_plainer_than(hard) && !is_strange(said, lexicon))
        .collect();
    all.sort_unstable();
    let mut seen: BTreeSet<Vec<String>> = BTreeSet::new();
    let mut is_new = |said: &str| {
        let mut heavy: Vec<String> = stems(said).into_iter().filter(|stem| !SMALL.contains(&stem.as_str())).collect();
        heavy.sort_unstable();
        seen.insert(heavy)
    };
    all.into_iter().map(|(_, _, _, said)| said.to_owned()).filter(|said| is_new(said)).collect()
}

fn stems(text: &str) -> Vec<String> {
    tokens::read(&text.to_lowercase(), &[]).unwrap_or_default().into_iter().map(|t| t.stem).collect()
}

/// The wordings of a wording's meaning. A word of several meanings ("discharge") is told for that of which it is the name,
/// or else only what all of them have in common: which of them the sentence means is not known.
fn of_one_meaning(wording: &str, class: Class, senses: &[u32], lexicon: &Lexicon) -> Vec<&'static str> {
    let groups: Vec<Vec<&str>> = senses.iter().map(|sense| Book::wordings(*sense, lexicon)).collect();
    // Names of problems that stand in several groups are near each other.
    if class == Class::Problem {
        return groups.into_iter().flatten().collect();
    }
    let own = stems(wording);
    let is_named = |group: &&Vec<&str>| group.len() < 2 || group.first().is_some_and(|name| stems(name) == own);
    let named: Vec<&Vec<&str>> = groups.iter().filter(is_named).collect();
    if !named.is_empty() {
        return named.into_iter().flatten().copied().collect();
    }
    let Some((first, rest)) = groups.split_first() else { return Vec::new() };
    first.iter().filter(|said| rest.iter().all(|group| group.contains(said))).copied().collect()
}

/// "Muscles" tells nothing of "muscle".
fn is_form(said: &str, wording: &str) -> bool {
    let start = |word: &str| word.chars().take(4).collect::<String>().to_lowercase();
    stems(said) == stems(wording)
        || !said.contains(' ') && wording.split([' ', '-']).any(|word| start(word) == start(said))
}

/// Words of small letters, and no short form.
fn is_tellable(said: &str) -> bool {
    let is_word = |word: &str| word == "a" || word.len() > 1 && word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    said.chars().all(|c| c.is_ascii_lowercase() || matches!(c, ' ' | '\'' | '-'))
        && said.split(' ').all(is_word)
        && said.split(' ').count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::{MOST, MOST_FOR_ONE, MOST_LETTERS, Told, data, is_tellable, told};
    use crate::mask::Masked;
    use clinical_lexicon::Lexicon;
    use clinical_model::Stop;

    fn told_of(shown: &str) -> Vec<Told> {
        let masked = Masked { text: shown.to_owned(), shown: shown.to_owned(), holes: Vec::new(), is_plan: false };
        told(&masked, Lexicon::english().unwrap(), Stop::never())
    }

    fn plain(shown: &str, wording: &str) -> Vec<String> {
        told_of(shown).into_iter().find(|told| told.wording == wording).map_or_else(Vec::new, |told| told.plain)
    }

    #[test]
    fn plainer_words_are_told_in_the_order_of_the_sentence() {
        let told = told_of("Pt denies dyspnea, c/o bilateral edema.");
        let wordings: Vec<&str> = told.iter().map(|told| told.wording.as_str()).collect();
        assert_eq!(wordings, ["Pt", "denies", "dyspnea", "c/o", "bilateral", "edema"]);
        assert!(plain("Pt denies dyspnea.", "dyspnea").contains(&"trouble breathing".to_owned()));
        assert_eq!(told_of("You have a cough.").len(), 0, "what is plain needs no other words");
        assert!(told == told_of("Pt denies dyspnea, c/o bilateral edema."), "the same sentence, the same words");
    }

    #[test]
    fn what_would_be_refused_is_not_told() {
        // "Did not show" is no way to say that a heart is denied.
        assert!(plain("CT negative for hemorrhage.", "negative for").contains(&"no".to_owned()));
        for (sentence, wording, lie) in [
            ("PET scan showed gallstones.", "PET", "animal"),
            ("Purulent discharge from the wound.", "discharge", "sent home"),
            ("Keep the wound warm.", "warm", "hot"),
            ("Dr. Abel declines the medicine.", "Abel", "you"),
        ] {
            assert!(!plain(sentence, wording).contains(&lie.to_owned()), "{sentence}: {lie}");
        }
    }

    #[test]
    fn a_request_is_bounded_and_holds_no_digit() {
        let long =
            "dyspnea, edema, erythema, syncope, hematuria, pruritus, dysphagia, dysuria, emesis, alopecia, ".repeat(5);
        let told = told_of(&format!("Pt has {long}hypertension, nocturia, melena, hematemesis, vertigo and anosmia."));
        let letters: usize =
            told.iter().flat_map(|told| told.plain.iter().chain([&told.wording])).map(String::len).sum();
        assert!(told.len() >= MOST / 2 && told.len() <= MOST && letters < 2 * MOST_LETTERS);
        assert!(told.iter().all(|told| (1..=MOST_FOR_ONE).contains(&told.plain.len())));
        for plain in told.iter().flat_map(|told| &told.plain).chain(data().told.values().flatten()) {
            assert!(is_tellable(plain), "{plain}");
        }
    }
}

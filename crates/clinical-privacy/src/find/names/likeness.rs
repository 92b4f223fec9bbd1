//! How much a single word looks like a person's name, before its company is asked.

use std::sync::LazyLock;

use crate::find::marks::Marks;
use crate::read::{Casing, Form, Page};
use crate::words::{Class, Known, may_open_eponym};

/// From "never a name" to "hardly anything else".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// A function word, number, unit, sign or clinical value.
    Never,
    /// A word of the language or of medicine, in no list of names.
    Word,
    /// A word that is also somebody's name: "Hand", "Long", "Grace", "Bell".
    WordName,
    /// In no list at all.
    Unknown,
    /// Somebody's name and hardly a word.
    Listed,
    /// A common name and no word.
    Sure,
}

/// What a word ends in when it is medicine's own; asked for words in no list only.
static ENDINGS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../data/lists/medical_endings.txt").lines().collect());

/// Does a word end as medicine's own words do, with something before the ending? The list is sorted.
fn ends_as_medicine(folded: &str) -> bool {
    let longest = folded.len().saturating_sub(3).min(12);
    (3..=longest).any(|n| folded.get(folded.len() - n..).is_some_and(|tail| ENDINGS.binary_search(&tail).is_ok()))
}

const NEVER: u64 = Class::Pronoun.bit() | Class::Weekday.bit() | Class::Clock.bit() | Class::OrdinalWord.bit();
const PEOPLE: u64 = Class::Role.bit() | Class::Relative.bit() | Class::Person.bit() | Class::Credential.bit();

/// The likeness of one token.
pub(super) fn likeness(page: &Page<'_>, marks: &Marks, at: usize) -> Likeness {
    let Some(token) = page.get(at) else { return Likeness::Never };
    if !token.is_word() || token.len() < 2 || token.form == Form::Contraction || marks.is_shielded(at) {
        return Likeness::Never;
    }
    let flags = token.flags;
    let listed = flags.given().max(flags.surname());
    if flags.is_any(NEVER | Class::NoName.bit()) {
        return Likeness::Never;
    }
    // An insurer is nobody.
    if flags.is_facility() && flags.opens_phrase() && matches!(page.phrase(at), Some((_, Known::Insurer))) {
        return Likeness::Word;
    }
    if is_hyphened_given(page, at) {
        return Likeness::Listed;
    }
    if flags.is_any(Class::Function.bit() | Class::Month.bit()) {
        // "Will Young", "May Chen", "An Nguyen": only where the capital says something or a surname follows.
        let surname = page.get(at + 1).is_some_and(|t| {
            t.form == Form::Title
                && t.gap <= crate::read::Gap::Space
                && t.flags.word() == 0
                && !t.flags.is_medical()
                && (t.flags.surname() >= 1 || t.flags.is_unknown())
        });
        let tells = token.form == Form::Title
            && (listed >= 2 && page.capital_tells(at) || listed >= 1 && surname && token.len() > 2);
        return if tells { Likeness::WordName } else { Likeness::Never };
    }
    if flags.is(Class::Unit) && page.before(at).is_some_and(|t| t.form == Form::Number) {
        return Likeness::Never;
    }
    let usual = page.casing_at(at) == Casing::Usual;
    if flags.is_any(PEOPLE) {
        return if listed >= 2 && usual && token.form == Form::Title { Likeness::WordName } else { Likeness::Word };
    }
    if token.form == Form::Upper && usual {
        // Beside a name in capitals a word in no list is the rest of it: "KYLE R. JAVTHUBRIDGE".
        let known = |i: usize| {
            page.get(i).is_some_and(|t| {
                t.form == Form::Upper
                    && t.len() > 2
                    && t.flags.given().max(t.flags.surname()) >= 2
                    && !t.flags.is_medical()
                    && t.flags.word() < 3
            })
        };
        if token.len() >= 4
            && flags.is_unknown()
            && (known(at + 1)
                || at > 0 && known(at - 1)
                || at > 1 && page.is_initial(at - 1) && known(at - 2)
                || at > 2 && page.is_sign(at - 1, '.') && page.is_initial(at - 2) && known(at - 3))
        {
            return Likeness::Unknown;
        }
        // An acronym, unless it is a name that hardly is one.
        let name = flags.word() == 0 && !flags.is_medical() && listed >= 2 && token.len() > 3;
        return if name {
            Likeness::Listed
        } else if listed >= 1 && token.len() > 2 {
            Likeness::WordName
        } else {
            Likeness::Word
        };
    }
    if flags.is_medical() {
        return if listed >= 2 && flags.word() == 0 { Likeness::WordName } else { Likeness::Word };
    }
    // An eponym that is as common a surname as any is one where nothing makes it an eponym.
    let plain = flags.surname() == 3 && flags.word() == 0 && usual && !is_tested(page, at);
    if flags.is_eponym() && flags.word() < 2 && flags.given() < 3 && !plain {
        return if listed >= 1 { Likeness::WordName } else { Likeness::Word };
    }
    // Languages, faiths and brands are in the lists of names, too; there they need a title.
    if flags.is_proper() && flags.given() < 3 || flags.is_country() && flags.given() < 2 {
        return if listed >= 2 { Likeness::WordName } else { Likeness::Word };
    }
    // "M'Bala", "L’Estrange": no other word is written so.
    if token.form == Form::Title && token.len() > 4 && flags.word() == 0 && page.word(at).contains(['\'', '\u{2019}']) {
        return Likeness::Sure;
    }
    match (flags.word(), listed) {
        (0, 2..) => Likeness::Sure,
        (0, 1) => Likeness::Listed,
        (0, _) if flags.is_proper() || flags.is_country() || flags.is_state() => Likeness::Word,
        (0, _) => {
            if is_unknown_name_shape(page, at) {
                Likeness::Unknown
            } else {
                Likeness::Word
            }
        }
        (1, 2..) => Likeness::Listed,
        (_, 1..) => Likeness::WordName,
        _ => Likeness::Word,
    }
}

/// The first half of "Do-yun", "Ji-ho", "Soo-ah": short, capital, and a small half that is no word behind a hyphen.
fn is_hyphened_given(page: &Page<'_>, at: usize) -> bool {
    let (Some(token), Some(dash), Some(half)) = (page.get(at), page.get(at + 1), page.get(at + 2)) else {
        return false;
    };
    token.form == Form::Title
        && token.len() <= 5
        && dash.is_dash()
        && dash.gap == crate::read::Gap::None
        && half.gap == crate::read::Gap::None
        && half.form == Form::Lower
        && half.len() <= 5
        && half.flags.word() == 0
        && !half.flags.is_medical()
        && !half.flags.is_any(Class::Function.bit() | Class::Unit.bit())
        && !token.flags.is_eponym()
        && (half.flags.given() > 0 || token.flags.given() > 0)
}

/// "a Foley", "the Murphy", "Wilson's", "Allen negative": an eponym without its noun.
pub(super) fn is_tested(page: &Page<'_>, at: usize) -> bool {
    let article = page.before(at).is_some_and(|_| {
        matches!(page.small(at - 1).bytes(), b"a" | b"an" | b"the" | b"negative" | b"positive" | b"no" | b"of" | b"for")
    });
    let owned = page.get(at + 1).is_some_and(|t| t.form == Form::Possessive || t.is_sign('\''));
    let tested = matches!(
        page.small(at + 1).bytes(),
        b"negative" | b"positive" | b"neg" | b"pos" | b"absent" | b"present" | b"equivocal"
    );
    article || owned || tested
}

/// A word in no list that is no term of medicine by its ending and can be spoken.
fn is_unknown_name_shape(page: &Page<'_>, at: usize) -> bool {
    let word = page.word(at);
    let folded = word.to_lowercase();
    if word.len() < 3 || word.len() > 24 {
        return word.len() == 2 && page.casing_at(at) == Casing::Usual && word.starts_with(char::is_uppercase);
    }
    if page.get(at).is_some_and(|t| t.form == Form::Camel) {
        // "McAllister", "DeShawn", "LaToya", but not "MyChart" or "PatientName".
        const BEGINNINGS: [&str; 18] = [
            "Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "O'", "D'", "Al", "El", "Da", "Del", "Ó",
            "St",
        ];
        return BEGINNINGS
            .iter()
            .any(|b| word.strip_prefix(b).is_some_and(|rest| rest.starts_with(char::is_uppercase)));
    }
    if !folded.is_ascii() {
        return true;
    }
    let vowels = folded.bytes().filter(|b| b"aeiouy".contains(b)).count();
    vowels > 0 && !ends_as_medicine(&folded)
}

/// "Epley and Semont maneuvers", "Phalen or Tinel signs": the noun of the one behind is this one's, too.
fn shares_noun(page: &Page<'_>, at: usize) -> bool {
    let joined = page.is_sign(at + 1, '/')
        || page.get(at + 1).is_some_and(|t| t.gap == crate::read::Gap::Space)
            && ["and", "or"].iter().any(|w| page.word(at + 1).eq_ignore_ascii_case(w));
    if !joined {
        return false;
    }
    let other = page.get(at + 2).is_some_and(|t| t.is_word() && t.flags.is_eponym());
    let noun = at + 3 + usize::from(page.get(at + 3).is_some_and(|t| t.form == Form::Possessive));
    // "Discussed with Ramirez and Foley catheter out": one noun is shared by eponyms only.
    let several = page.word(noun).ends_with(['s', 'S']) || page.get(at).is_some_and(|t| t.flags.is_eponym());
    other
        && several
        && page.get(noun).is_some_and(|t| t.flags.is(Class::EponymHead) && t.gap == crate::read::Gap::Space)
}

/// Does an eponym's noun follow: "Parkinson disease", "Graves' ophthalmopathy", "Foley catheter", "Guillain-Barré
/// syndrome", "Crohn's"?
pub(in crate::find) fn is_eponym_here(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    let listed = |first: usize| {
        page.get(first).is_some_and(|t| {
            // With "'s" the word has another key.
            may_open_eponym(t.key) || page.get(first + 1).is_some_and(|n| n.form == Form::Possessive)
        }) && matches!(page.phrase(first), Some((end, Known::Eponym)) if end > at)
    };
    if (at.saturating_sub(2)..=at).any(listed) {
        return true;
    }
    if shares_noun(page, at) {
        return true;
    }
    if !token.flags.is_eponym() {
        return false;
    }
    // The second half: "Salter-Harris", "Roux-en-Y".
    let joined = |i: usize| {
        page.get(i).is_some_and(|t| t.is_dash() && t.gap == crate::read::Gap::None)
            && page.get(i + 1).is_some_and(|t| t.gap == crate::read::Gap::None)
    };
    if joined(at + 1) && matches!(page.word(at + 2), "en" | "EN") {
        return true;
    }
    let mut next = at + 1;
    let mut owned = false;
    for _ in 0..5 {
        match page.get(next) {
            Some(t) if t.form == Form::Possessive || t.is_sign('\'') => {
                owned = true;
                next += 1;
            }
            Some(t) if t.is_dash() && t.gap == crate::read::Gap::None => next += 1,
            // A heading on the next line is no noun of this one.
            Some(t)
                if t.flags.is(Class::EponymHead)
                    && (t.gap <= crate::read::Gap::Space
                        || t.gap == crate::read::Gap::Line && t.form == Form::Lower) =>
            {
                return true;
            }
            Some(_) if matches!(page.word(next), "family" | "type" | "like") => next += 1,
            // "Braden 13", "Wagner 1".
            Some(t) if t.form == Form::Number && t.gap == crate::read::Gap::Space && t.len() <= 2 => {
                return !page.get(next + 1).is_some_and(|s| {
                    s.gap == crate::read::Gap::None && (s.is_dash() || s.is_sign('/') || s.is_sign(':'))
                });
            }
            Some(t) if t.flags.is_eponym() => next += 1,
            Some(t) if owned && t.flags.is_medical() => return true,
            _ => break,
        }
    }
    false
}

//! The cue that begins at a token.

use crate::read::{Form, Gap, Page};
use crate::words::{self, Class, Cue, Keyer, key_of, phrase_key};

/// A cue with the token behind it.
#[derive(Clone, Copy)]
pub(in crate::find) struct Found {
    pub(in crate::find) cue: Cue,
    /// An everyday word, too.
    pub(in crate::find) loose: bool,
    pub(in crate::find) end: usize,
}

/// The longest phrase of a cue.
const WORDS: usize = 6;

/// The longest cue that begins at the token, over points, hyphens and slashes ("S/N"). Asks the table only for words that begin one.
pub(in crate::find) fn cue_at(page: &Page<'_>, at: usize) -> Option<Found> {
    let token = page.get(at)?;
    if !token.flags.is(Class::Cue) {
        return None;
    }
    let (mut phrase, mut words, mut i) = (0, 0, at);
    let mut best = None;
    while words < WORDS {
        let Some(token) = page.get(i) else { break };
        if i > at && (token.gap == Gap::Wide || token.gap == Gap::Blank) {
            break;
        }
        match token.form {
            Form::Sign => {
                let passed = i > at
                    && (token.is_dash() || matches!(char::from_u32(token.key as u32), Some('.' | '_' | '/' | '\'')));
                if !passed
                    || page.get(i + 1).is_none_or(|n| n.form == Form::Sign)
                    || token.is_dash() && token.gap != Gap::None
                {
                    break;
                }
            }
            Form::Possessive => {}
            form => {
                let key = if form == Form::Number { key_of(page.word(i)) } else { token.key };
                phrase = phrase_key(phrase, key);
                words += 1;
                let Some((cue, goes_on)) = words::cue(phrase) else { break };
                if let Some((cue, loose)) = cue {
                    best = Some(Found { cue, loose, end: i + 1 });
                }
                if !goes_on {
                    break;
                }
            }
        }
        i += 1;
    }
    best.map(|found| Found {
        end: found.end + usize::from(page.get(found.end).is_some_and(|t| t.form == Form::Possessive)),
        ..found
    })
}

/// Keys of a handful of words, made when the program is built.
pub(in crate::find) const fn keys<const N: usize>(words: [&str; N]) -> [u64; N] {
    let mut keys = [0; N];
    let mut nth = 0;
    while nth < N {
        let (bytes, mut keyer, mut at) = (words[nth].as_bytes(), Keyer::new(), 0);
        while at < bytes.len() {
            keyer = keyer.add(bytes[at]);
            at += 1;
        }
        keys[nth] = keyer.finish();
        nth += 1;
    }
    keys
}

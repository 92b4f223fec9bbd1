//! Codes of which all but the end is hidden: "xxx-xx-1234", "****4242", "XXXX1234".

use crate::read::{Form, Gap, Page};

/// The token behind a masked number that begins at the token.
pub(in crate::find) fn read(page: &Page<'_>, first: usize) -> Option<usize> {
    let mut hidden = 0;
    for at in first..first + 20 {
        let token = page.get(at)?;
        let crossed = at > first && is_crossed(page.word(at - 1));
        if at > first && token.gap != Gap::None && !(crossed && token.gap == Gap::Space) {
            return None;
        }
        match token.form {
            Form::Sign if token.is_sign('*') || token.is_sign('\u{2022}') => hidden += 1,
            Form::Sign if hidden > 0 && token.is_dash() && token.gap == Gap::None => {}
            Form::Lower | Form::Upper | Form::Initial
                if is_crossed(page.word(at)) && (token.len() > 1 || hidden > 0) =>
            {
                hidden += token.len();
            }
            // "xxxxx1234" in one token.
            Form::Mixed => {
                let word = page.word(at).as_bytes();
                let crosses = word.iter().take_while(|b| matches!(b, b'x' | b'X')).count();
                let digits = word.len() - crosses;
                let whole = crosses + hidden >= 3
                    && (3..=6).contains(&digits)
                    && word[crosses..].iter().all(u8::is_ascii_digit);
                return whole.then_some(at + 1);
            }
            Form::Number => return (hidden >= 3 && (3..=6).contains(&token.len())).then_some(at + 1),
            _ => return None,
        }
    }
    None
}

fn is_crossed(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| matches!(b, b'x' | b'X'))
}

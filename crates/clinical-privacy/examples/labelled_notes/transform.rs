//! Changes of a whole note: letters, blanks, line ends, composition of accents.

use crate::marked::{Class, Marked};
use crate::rng::Rng;

/// Applies some changes by chance. A data format keeps its lines, since other line ends would break it.
pub(crate) fn apply(text: &mut Marked, rng: &mut Rng, data: bool) {
    let inside = |class: Option<Class>| class == Some(Class::Identifier);
    if rng.chance(16) {
        let lower = rng.chance(50);
        // The letter after a backslash is an escape of the format, not of the note.
        let mut before = ' ';
        text.map(|_, c, _, out| {
            match (lower, data && before == '\\') {
                (_, true) => out.push(c),
                (true, _) => out.extend(c.to_lowercase()),
                (false, _) => out.extend(c.to_uppercase()),
            }
            before = c;
        });
    }
    if rng.chance(5) && !data {
        typos(text, rng);
    }
    if rng.chance(20) {
        text.map(|_, c, _, out| match decomposed(c) {
            Some((base, accent)) => out.extend([base, accent]),
            None => out.push(c),
        });
    }
    if rng.chance(10) {
        text.map(|_, c, class, out| out.push(if c == '-' && inside(class) { '\u{2011}' } else { c }));
    } else if rng.chance(6) {
        text.map(|_, c, _, out| out.push(if c == '-' { '\u{2010}' } else { c }));
    }
    if rng.chance(18) && !data {
        curly(text);
    }
    if rng.chance(10) {
        let share = rng.of(&[2, 10, 60]);
        text.map(|_, c, _, out| out.push(if c == ' ' && rng.chance(share) { '\u{A0}' } else { c }));
    }
    match if data { 9 } else { rng.below(24) } {
        0..=2 => wrap(text, rng),
        3 | 4 => text.map(|_, c, _, out| out.push(if c == '\n' { ' ' } else { c })),
        5 => {
            let mut seen = 0;
            text.map(|_, c, _, out| {
                out.push(c);
                seen += 1;
                if c == ' ' && rng.chance(7) {
                    out.push(' ');
                }
            });
        }
        6 => text.map(|_, c, _, out| out.push(if c == ' ' && rng.chance(3) { '\t' } else { c })),
        7 => broken(text, rng),
        _ => {}
    }
    if rng.chance(12) {
        text.map(|_, c, _, out| if c == '\n' { out.extend(['\r', '\n']) } else { out.push(c) });
    }
}

/// Lines of at most some sixty to eighty characters, which breaks names and dates over lines.
fn wrap(text: &mut Marked, rng: &mut Rng) {
    let width = rng.range(56, 80) as usize;
    let mut breaks = std::collections::BTreeSet::new();
    let (mut column, mut blank) = (0, None);
    for (at, c) in text.chars.iter().enumerate() {
        match c {
            '\n' => (column, blank) = (0, None),
            ' ' => blank = Some(at),
            _ => {}
        }
        column += 1;
        if let Some(at_blank) = blank.filter(|_| column > width) {
            breaks.insert(at_blank);
            column = at - at_blank;
            blank = None;
        }
    }
    text.map(|at, c, _, out| out.push(if breaks.contains(&at) { '\n' } else { c }));
}

/// Breaks names and dates over a line wherever they have a blank, here and there.
fn broken(text: &mut Marked, rng: &mut Rng) {
    text.map(|_, c, class, out| {
        let breaks = c == ' ' && class == Some(Class::Identifier) && rng.chance(12);
        out.push(if breaks { '\n' } else { c });
    });
}

/// Swaps two letters of a word now and then, outside of labels.
fn typos(text: &mut Marked, rng: &mut Rng) {
    for at in 1..text.chars.len().saturating_sub(2) {
        let free = (at - 1..at + 2).all(|i| text.marks[i] == 0 && text.chars[i].is_ascii_lowercase());
        if free && rng.below(160) == 0 {
            text.chars.swap(at, at + 1);
        }
    }
}

/// Typographic quotes, apostrophes and dashes.
fn curly(text: &mut Marked) {
    let chars = text.chars.clone();
    text.map(|at, c, _, out| {
        let opens = at == 0 || chars[at - 1].is_whitespace() || chars[at - 1] == '(';
        out.push(match c {
            '\'' => '\u{2019}',
            '"' if opens => '\u{201C}',
            '"' => '\u{201D}',
            '-' if at > 0 && chars[at - 1] == ' ' && chars.get(at + 1) == Some(&' ') => '\u{2013}',
            _ => c,
        });
    });
}

/// The letter and the combining mark of an accented letter (canonical decomposition of those that names use).
fn decomposed(c: char) -> Option<(char, char)> {
    const TABLE: [(&str, &str, char); 9] = [
        ("áéíóúýćńśźÁÉÍÓÚÝĆŃŚŹ", "aeiouycnszAEIOUYCNSZ", '\u{301}'),
        ("àèìòùÀÈÌÒÙ", "aeiouAEIOU", '\u{300}'),
        ("âêîôûÂÊÎÔÛ", "aeiouAEIOU", '\u{302}'),
        ("äëïöüÄËÏÖÜ", "aeiouAEIOU", '\u{308}'),
        ("ãñõÃÑÕ", "anoANO", '\u{303}'),
        ("çşÇŞ", "csCS", '\u{327}'),
        ("šžčřěŠŽČŘĚ", "szcreSZCRE", '\u{30C}'),
        ("åÅ", "aA", '\u{30A}'),
        ("āēīōūŌ", "aeiouO", '\u{304}'),
    ];
    TABLE.iter().find_map(|(from, to, accent)| {
        let at = from.chars().position(|f| f == c)?;
        Some((to.chars().nth(at)?, *accent))
    })
}

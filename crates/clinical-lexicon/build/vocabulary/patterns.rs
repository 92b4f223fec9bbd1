//! The patterns of `context.toml`: `(a|b)` is one of these, `[a|b]` one of these or nothing. A bracket with a blank
//! inside beside it, and a bar between blanks, are signs of the text.

/// More wordings than any one pattern should have.
const MOST: usize = 20_000;

/// Every wording of a pattern, or what is wrong with it.
pub(crate) fn expand(pattern: &str) -> Result<Vec<String>, String> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut at = 0;
    let all = sequence(&chars, &mut at, false)?;
    if at < chars.len() {
        return Err(format!("a bracket too many in '{pattern}'"));
    }
    let mut all: Vec<String> = all.into_iter().map(|w| w.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    all.sort();
    all.dedup();
    if all.iter().any(String::is_empty) {
        return Err(format!("'{pattern}' may be nothing at all"));
    }
    Ok(all)
}

/// Wordings up to the end, or within a bracket up to a bar or the bracket's end.
fn sequence(chars: &[char], at: &mut usize, inside: bool) -> Result<Vec<String>, String> {
    let mut all = vec![String::new()];
    while let Some(c) = chars.get(*at).copied() {
        let blank_before = *at == 0 || chars[*at - 1] == ' ';
        let blank_behind = chars.get(*at + 1).is_none_or(|n| *n == ' ');
        match c {
            '(' | '[' if !blank_behind => {
                *at += 1;
                let choices = group(chars, at, if c == '(' { ')' } else { ']' })?;
                let mut next = Vec::new();
                for before in &all {
                    if c == '[' {
                        next.push(before.clone());
                    }
                    next.extend(choices.iter().map(|choice| format!("{before} {choice}")));
                }
                all = next;
                if all.len() > MOST {
                    return Err("too many wordings".to_owned());
                }
            }
            ')' | ']' if !blank_before => break,
            '|' if inside => break,
            _ => {
                all.iter_mut().for_each(|w| w.push(c));
                *at += 1;
            }
        }
    }
    Ok(all)
}

fn group(chars: &[char], at: &mut usize, end: char) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    loop {
        all.extend(sequence(chars, at, true)?);
        let mark = chars.get(*at).copied();
        *at += 1;
        match mark {
            Some('|') => {}
            Some(c) if c == end => return Ok(all),
            _ => return Err("a bracket is not closed".to_owned()),
        }
    }
}

/// The words and marks of a wording; `<n>` and `<year>` stay whole.
pub(crate) fn pieces(wording: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in wording.split_whitespace() {
        if part.starts_with('<') && part.ends_with('>') {
            out.push(part.to_owned());
            continue;
        }
        let mut word = String::new();
        for c in part.chars() {
            if c.is_alphabetic() {
                word.extend(c.to_lowercase());
                continue;
            }
            if !word.is_empty() {
                out.push(std::mem::take(&mut word));
            }
            if c.is_ascii_digit() {
                if out.last().is_none_or(|w| w != "<n>") {
                    out.push("<n>".to_owned());
                }
            } else if c != '\'' {
                out.push(c.to_string());
            }
        }
        if !word.is_empty() {
            out.push(word);
        }
    }
    out
}

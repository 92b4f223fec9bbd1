//! What stands in the holes of a sentence, and a rewording with its facts put back into holes: what a model that was
//! shown the masked sentence would have written.

const KINDS: [&str; 6] = ["MEDICINE", "TEST", "NUMBER", "TIME", "NAME", "CODE"];

/// A sentence has so few holes that are side by side that this is never reached by chance.
const READINGS: usize = 2_000;

/// A placeholder, and what it may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hole {
    pub(crate) placeholder: String,
    pub(crate) text: String,
}

/// The placeholders in a text: first byte, and the byte behind the last.
pub(crate) fn placeholders(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices('[') {
        let Some(end) = text[start..].find(']').map(|length| start + length + 1) else { continue };
        let is_number = |n: &str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit());
        let inside = &text[start + 1..end - 1];
        if inside.split_once(' ').is_some_and(|(kind, n)| KINDS.contains(&kind) && is_number(n)) {
            found.push((start, end));
        }
    }
    found
}

/// Every way to read the masked text as the source with holes; more than one where holes stand side by side. None: it is
/// not the source with holes.
pub(crate) fn readings(source: &str, masked: &str) -> Vec<Vec<Hole>> {
    let mut pieces = Vec::new();
    let mut names = Vec::new();
    let mut from = 0;
    for (start, end) in placeholders(masked) {
        pieces.push(&masked[from..start]);
        names.push(&masked[start..end]);
        from = end;
    }
    pieces.push(&masked[from..]);
    let mut all = Vec::new();
    if let Some(rest) = source.strip_prefix(pieces[0]) {
        go_on(rest, &pieces[1..], &names, &mut Vec::new(), &mut all);
    }
    all
}

fn go_on(rest: &str, pieces: &[&str], names: &[&str], so_far: &mut Vec<Hole>, all: &mut Vec<Vec<Hole>>) {
    if all.len() >= READINGS {
        return;
    }
    let (Some((piece, pieces)), Some((name, names))) = (pieces.split_first(), names.split_first()) else {
        if rest.is_empty() {
            all.push(so_far.clone());
        }
        return;
    };
    for (end, _) in rest.char_indices().chain([(rest.len(), ' ')]).skip(1) {
        if rest[..end].ends_with(' ') || (pieces.is_empty() && rest[end..] != **piece) {
            continue;
        }
        if let Some(behind) = rest[end..].strip_prefix(piece) {
            so_far.push(Hole { placeholder: (*name).to_owned(), text: rest[..end].to_owned() });
            go_on(behind, pieces, names, so_far, all);
            so_far.pop();
        }
    }
}

/// The rewording with placeholders for what the holes hold, in the reading of the masked sentence that finds most of it;
/// and how many holes have nothing in it.
pub(crate) fn put(said: &str, readings: &[Vec<Hole>]) -> (String, usize) {
    let best = readings.iter().map(|holes| put_one(said, holes)).min_by_key(|(_, lost)| *lost);
    best.unwrap_or_else(|| (said.to_owned(), 0))
}

fn put_one(said: &str, holes: &[Hole]) -> (String, usize) {
    let lower = said.to_ascii_lowercase();
    let mut order: Vec<usize> = (0..holes.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(holes[*i].text.len()));
    let mut taken: Vec<(usize, usize, usize)> = Vec::new();
    let mut done: Vec<String> = Vec::new();
    let mut lost = 0;
    for i in order {
        let text = written(&lower, &holes[i].text);
        if done.contains(&text) {
            continue;
        }
        // The same fact may stand in several holes: they are taken in the order of the sentence, and the last for all that
        // come behind it.
        let same: Vec<usize> = (0..holes.len()).filter(|j| written(&lower, &holes[*j].text) == text).collect();
        let mut count = 0;
        for (at, _) in lower.match_indices(&text) {
            let end = at + text.len();
            let free = taken.iter().all(|(from, to, _)| end <= *from || *to <= at);
            if free && is_whole(&lower, at, end) {
                taken.push((at, end, same[count.min(same.len() - 1)]));
                count += 1;
            }
        }
        lost += same.len().saturating_sub(count);
        done.push(text);
    }
    taken.sort_unstable();
    let mut out = String::new();
    let mut from = 0;
    for (at, end, hole) in taken {
        out += &said[from..at];
        out += &holes[hole].placeholder;
        from = end;
    }
    (out + &said[from..], lost)
}

/// How a fact is written in a rewording. "x3d" is "for 3d" with who spells it out: the times sign is no part of the fact.
fn written(said: &str, fact: &str) -> String {
    let fact = fact.to_ascii_lowercase();
    let bare =
        fact.strip_prefix('x').map(str::trim_start).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    match bare {
        Some(bare) if !said.contains(&fact) => bare.to_owned(),
        _ => fact,
    }
}

fn is_whole(text: &str, at: usize, end: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[test]
fn holes_are_read_and_put_back() {
    let source = "Take aspirin 81 mg daily and atorvastatin 40 mg at night.";
    let masked = "Take [MEDICINE 1] [NUMBER 2] [TIME 3] and [MEDICINE 4] [NUMBER 5] [TIME 6].";
    let all = readings(source, masked);
    assert!(all.len() > 1, "side by side, more than one reading");
    let said = "Each night take Atorvastatin 40 mg at night, and aspirin 81 mg daily.";
    let want = "Each night take [MEDICINE 4] [NUMBER 5] [TIME 6], and [MEDICINE 1] [NUMBER 2] [TIME 3].";
    assert_eq!(put(said, &all), (want.to_owned(), 0));
    assert_eq!(readings("Take it daily.", "Take that [TIME 1]."), Vec::<Vec<Hole>>::new());
    let twice = readings("Rest.", "[NAME 1].");
    assert_eq!(put("Rest, rest.", &twice).0, "[NAME 1], [NAME 1].");
}

use super::verdict;

/// The pairs of the file: whether it may be said, the sentence, what is said.
fn pairs() -> impl Iterator<Item = (bool, &'static str, &'static str)> {
    include_str!("pairs.txt").lines().filter(|line| !line.starts_with('#')).map(|line| {
        let (mark, pair) = line.split_once(' ').unwrap();
        let (sentence, said) = pair.split_once(" => ").unwrap_or((pair.trim_end_matches(" =>"), ""));
        (mark == "+", sentence, said)
    })
}

#[test]
fn no_lie_passes_and_good_words_do() {
    let (mut wrong, mut good, mut lies) = (Vec::new(), 0, 0);
    for (may, sentence, said) in pairs() {
        let verdict = verdict(sentence, said);
        good += usize::from(may);
        lies += usize::from(!may);
        if verdict.is_ok() != may {
            wrong.push(format!("{verdict:?}: {sentence} => {said}"));
        }
    }
    assert!(good >= 60 && lies >= 120, "{good} good, {lies} lies");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

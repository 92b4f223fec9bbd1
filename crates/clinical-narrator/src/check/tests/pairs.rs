use super::{verdict, verdict_of_plan};

/// The pairs of the files: how it is marked, the sentence, what is said.
fn pairs() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    include_str!("pairs.txt").lines().chain(include_str!("lies.txt").lines()).filter(|line| !line.starts_with('#')).map(
        |line| {
            let (mark, pair) = line.split_once(' ').unwrap();
            let (sentence, said) = pair.split_once(" => ").unwrap_or((pair.trim_end_matches(" =>"), ""));
            (mark, sentence, said)
        },
    )
}

#[test]
fn no_lie_passes_and_good_words_do() {
    let (mut wrong, mut good, mut lies) = (Vec::new(), 0, 0);
    for (mark, sentence, said) in pairs() {
        let may = mark.starts_with('+');
        let plan = verdict_of_plan(sentence, said);
        let verdict = match mark {
            "+" | "-" => verdict(sentence, said),
            "+plan" | "-plan" => plan,
            mark => panic!("{mark} is no mark"),
        };
        let plan = if may { verdict } else { plan };
        good += usize::from(may);
        lies += usize::from(!may);
        if verdict.is_ok() != may || plan.is_ok() != may {
            wrong.push(format!("{verdict:?}: {sentence} => {said}"));
        }
    }
    assert!(good >= 60 && lies >= 300, "{good} good, {lies} lies");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

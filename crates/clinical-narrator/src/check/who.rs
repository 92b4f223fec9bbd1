//! Who acts, and who has it: the reader, the care team, or somebody else.

use super::class::Class;
use super::company::is_same;
use super::reading::{Item, Kind, Reading, Word, has_role};
use crate::refusal::Refusal;

/// Checks the pronouns of a rewording by what they do.
pub(super) fn check(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let has_other = of.content().any(|i| matches!(i.class, Class::Relative | Class::Person));
    if kin(said) < kin(of) || comes_forward(of, said) {
        return Err(Refusal::Person);
    }
    for (at, item) in said.items.iter().enumerate().filter(|(_, item)| item.kind == Kind::Words) {
        let behind = said.items.get(at + 1..).unwrap_or_default();
        let before = said.items.get(..at).unwrap_or_default();
        for (nth, word) in item.words.iter().enumerate() {
            let is_last = nth + 1 == item.words.len();
            let next = item.words.get(nth + 1).map(|w| w.text.as_str());
            let may = match word.text.as_str() {
                "we" if !has_word(of, "we")
                    && before.last().is_some_and(|i| i.class.tag() != 0 || matches!(last(i), "when" | "while")) =>
                {
                    false
                }
                // "As often as we like" of "as you like".
                "we" if !has_word(of, "we") && behind.first().is_some_and(|i| matches!(i.first(), "like" | "want")) => {
                    false
                }
                // "I have asked we to stop" is nobody's English.
                "we" if !has_word(of, "we") && nth == 0 && !begins(before) => false,
                "we" if is_last => may_act(behind, of) || is_told_so(behind, of),
                // "The lump that we found" of "the lump you found".
                "we" if next.is_some_and(|next| reader_does(of, next)) => false,
                "we" if next == Some("told") && tells_kin(behind, of) => false,
                "we" => {
                    next.is_some_and(|next| has_role("team-acts", next) || matches!(next, "will" | "plan" | "are"))
                        || of.items.iter().any(|i| i.words == item.words)
                }
                "us" if nth == 0 => {
                    is_behind_same(before, of, "us")
                        || before.last().is_some_and(|i| {
                            i.words.last().is_some_and(|w| has_role("towards-us", &w.text)) || is_call(i)
                        })
                }
                "our" if is_last && !has_word(of, "our") => {
                    behind.first().is_some_and(|i| matches!(i.class, Class::Advice | Class::Person))
                }
                "i" | "me" | "my" | "mine" | "myself" | "ourselves" => has_word(of, &word.text),
                "he" | "she" | "him" | "his" | "her" | "hers" | "their" | "theirs" => {
                    has_other || has_word(of, &word.text)
                }
                "they" => has_other || !has_it(behind),
                "yourself" | "yourselves" | "himself" | "herself" | "themselves" | "itself" => {
                    let is_you = word.text.starts_with("your");
                    item.words.len() > 1
                        || has_word(of, &word.text)
                        || has_word(of, "self")
                        || is_you && ["himself", "herself", "themselves"].iter().any(|of_him| has_word(of, of_him))
                }
                "anybody" | "anyone" | "everyone" | "people" | "person" | "patients" | "somebody" | "someone" => {
                    has_word(of, &word.text)
                }
                "you" if is_last => !takes_over(behind, of) && !works(behind, of) && !brings(behind, of),
                _ => true,
            };
            if !may {
                return Err(Refusal::Person);
            }
        }
    }
    Ok(())
}

/// How many relatives a text names, each word once: "your mother and a maternal aunt" are more than "a maternal aunt", though
/// the mother is named there, too. A child may be the reader, and parents may be told one by one.
fn kin(reading: &Reading) -> usize {
    const OPEN: [&str; 12] = [
        "babies", "baby", "boy", "child", "children", "family", "girl", "infant", "newborn", "parent", "parents",
        "twin",
    ];
    let named = reading.content().filter(|i| i.class == Class::Relative && !OPEN.contains(&i.first()));
    named.flat_map(|i| i.words.iter().map(|w| w.text.as_str())).collect::<std::collections::BTreeSet<_>>().len()
}

/// "Your mother came, as you had cancer" of "came, as her mother had cancer": a relative of whom only the end of the sentence
/// tells is the first of whom the rewording does.
fn comes_forward(of: &Reading, said: &Reading) -> bool {
    const LATE: usize = 3;
    let first = said.content().next().filter(|i| i.class == Class::Relative);
    first.and_then(|first| of.content().position(|i| is_same(i, first))).is_some_and(|at| at >= LATE)
}

/// Whether a subject may stand here.
fn begins(before: &[Item]) -> bool {
    before.last().is_none_or(|i| {
        i.kind != Kind::Words
            || matches!(i.class, Class::But | Class::Conjunction)
            || i.class.tag() != 0
            || matches!(last(i), "as" | "so" | "that" | "then" | "what" | "when" | "where" | "which" | "while")
    })
}

fn last(item: &Item) -> &str {
    item.words.last().map_or("", |w| w.text.as_str())
}

fn is_call(item: &Item) -> bool {
    item.words.iter().any(|w| has_role("message", &w.text))
}

fn has_word(reading: &Reading, text: &str) -> bool {
    reading.items.iter().any(|i| i.words.iter().any(|w| w.text == text))
}

/// "We told your stepfather": of a sentence in which nobody of the care team speaks.
fn tells_kin(behind: &[Item], of: &Reading) -> bool {
    behind.iter().take(3).any(|i| i.class == Class::Relative) && !has_word(of, "we")
}

/// Whether the sentence says with this word what the reader does.
fn reader_does(of: &Reading, verb: &str) -> bool {
    let has_it = |who: &str| {
        of.items.windows(2).any(|near| matches!(near, [one, act] if last(one) == who && act.first() == verb))
            || of
                .items
                .iter()
                .any(|i| matches!(i.words.as_slice(), [one, act, ..] if one.text == who && act.text == verb))
    };
    ["he", "patient", "she", "you"].into_iter().any(has_it) && !has_it("we")
}

/// "You have not heard from us" of the same: a word stands behind the word that the sentence has in front of it.
fn is_behind_same(before: &[Item], of: &Reading, word: &str) -> bool {
    let ahead = before.last();
    of.items.windows(2).any(|near| {
        matches!(near, [one, us] if us.first() == word && one.kind == Kind::Words && ahead.is_some_and(|i| i.words == one.words))
    })
}

/// Words between a subject and what it does.
fn is_helper(item: &Item) -> bool {
    item.kind == Kind::Words
        && (has_role("helper", item.first())
            || item.class == Class::Negation
            || has_role("will", item.first()) && item.first() != "we")
}

/// "They have pain" speaks of persons; "they have gone down" does not.
fn has_it(behind: &[Item]) -> bool {
    let verb = behind.first().is_some_and(|i| has_role("patient-has", i.first()));
    let what = behind.iter().find(|i| i.is_content());
    verb && what.is_some_and(|i| matches!(i.class, Class::Problem | Class::Medicine | Class::Body | Class::Action))
}

/// The care team finds, tells and treats. It has no illness and follows no advice.
fn may_act(behind: &[Item], of: &Reading) -> bool {
    let Some(at) = behind.iter().position(|i| !is_helper(i)) else { return false };
    let (helpers, rest) = behind.split_at(at);
    let Some(verb) = rest.first() else { return false };
    let has = |word: &str| helpers.iter().any(|i| i.words.iter().any(|w| w.text == word));
    // "We know to call": the reader does.
    let knows = |i: &Item| i.words.iter().any(|w| matches!(w.text.as_str(), "know" | "knows"));
    if knows(verb) && (rest.get(1).is_some_and(|i| i.first() == "to") || of.items.iter().any(knows)) {
        return false;
    }
    if verb.first() == "told" && rest.iter().take(2).any(|i| i.words.iter().any(|w| w.text == "us")) {
        return false;
    }
    let passive = ["be", "been", "being", "was", "were"].iter().any(|word| has(word)) || has("are") && !has("going");
    if passive && !verb.first().ends_with("ing") {
        return false;
    }
    let asks = ["ask", "want", "recommend", "advise", "encourage"].iter().any(|word| verb.first().starts_with(word));
    if verb.class == Class::Must
        && !asks
        && !has_role("done", verb.first())
        && !verb.first().ends_with("ed")
        && verb.first() != "told"
    {
        return false;
    }
    // "We are awaiting your result".
    if matches!(verb.first(), "await" | "awaiting" | "waiting") {
        return true;
    }
    if matches!(verb.class, Class::Degree | Class::Problem | Class::Body | Class::Time) {
        return false;
    }
    // "We have to see a doctor": what the reader must do.
    if has("have") && has_role("imperative", verb.first()) {
        return false;
    }
    // "We use tobacco", "we took aspirin", "we got better": what the reader takes and feels.
    let next = rest.iter().skip(1).find(|i| i.is_content());
    // "We will get a call".
    if matches!(verb.first(), "get" | "got") && rest.iter().take(4).any(|i| has_role("message", i.first())) {
        return false;
    }
    let is_result = |w: &Word| {
        matches!(
            w.text.as_str(),
            "copy" | "image" | "images" | "picture" | "pictures" | "result" | "results" | "sample"
        )
    };
    let is_thing = |i: &Item| i.class == Class::Test || i.words.iter().any(is_result);
    if matches!(verb.first(), "get" | "got") && !has_word(of, "we") && !rest.iter().skip(1).take(4).any(is_thing) {
        return false;
    }
    // "We took an unknown number of tablets", "we use a stick": what is taken from the reader is blood, a sample, a picture.
    let consumes = matches!(verb.first(), "take" | "took" | "use" | "used" | "wear" | "wore");
    if consumes && !has_word(of, "we") && !rest.iter().skip(1).take(4).any(is_thing) {
        return false;
    }
    if verb.first() == "told" && tells_kin(rest.get(1..).unwrap_or_default(), of) {
        return false;
    }
    let takes = matches!(verb.first(), "get" | "got" | "took" | "try" | "tried" | "use" | "used");
    if takes && next.is_some_and(|i| matches!(i.class, Class::Medicine | Class::Problem | Class::Degree)) {
        return false;
    }
    // "Slowly change": the act is the second word.
    let is_act = verb.words.iter().take(2).any(|w| has_role("team-acts", &w.text));
    is_act && !acts(of, verb, true, |i| has_role("reader", last(i)))
}

/// "We will set up" of "we will arrange": the sentence says that the care team does it.
fn is_told_so(behind: &[Item], of: &Reading) -> bool {
    // "Have stopped" is the verb itself.
    let is_helper = |i: &Item| i.class == Class::Must || i.words.len() == 1 && has_role("helper", i.first());
    let verb = |items: &[Item]| items.iter().find(|i| !is_helper(i)).cloned();
    let Some(said) = verb(behind).filter(|i| i.is_content() || i.class == Class::Action) else { return false };
    // Of a verb that says nothing by itself ("we have given you"), and of doubt ("we might have"), the same word.
    let is_word = |i: &Item| i.words.iter().map(|w| &w.text).eq(said.words.iter().map(|w| &w.text));
    let is_it = |i: &Item| {
        if said.is_content() && said.class != Class::Doubt { i.is_content() && is_same(i, &said) } else { is_word(i) }
    };
    let is_said = |at: usize| verb(of.items.get(at + 1..).unwrap_or_default()).is_some_and(|i| is_it(&i));
    // "We have stopped it and would like": who goes on is the same.
    let goes_on = |at: usize| {
        let is_subject = |i: &&Item| has_role("subject", last(i)) && !has_role("article", last(i));
        let before = of.items.get(..at).unwrap_or_default().iter().rev();
        before.take_while(|i| i.kind != Kind::End).find(is_subject).is_some_and(|i| last(i) == "we")
    };
    of.items.iter().enumerate().any(|(at, i)| {
        (last(i) == "we" || i.first() == "we" || i.class == Class::Conjunction && goes_on(at)) && is_said(at)
    })
}

/// What the sentence says that the care team does, the reader does not do.
fn takes_over(behind: &[Item], of: &Reading) -> bool {
    let passive = behind.iter().take_while(|i| is_helper(i)).any(|i| has_role("passive", i.first()));
    let verb = behind.iter().find(|i| !is_helper(i));
    verb.is_some_and(|v| {
        !passive
            && matches!(v.class, Class::Action | Class::Advice)
            && acts(of, v, false, |i| has_role("agent-we", last(i)) || i.class == Class::Relative)
    })
}

/// "You made it happen", "you let it come": words that say nothing by themselves make the reader the cause.
fn works(behind: &[Item], of: &Reading) -> bool {
    let verb = behind.iter().find(|i| !is_helper(i));
    let stems = |i: &Item| i.words.first().map(|w| w.stem.clone());
    verb.is_some_and(|v| {
        v.is_quiet && has_role("works", v.first()) && !of.items.iter().any(|i| is_same(v, i) || stems(i) == stems(v))
    })
}

/// "You brought your wife": who was brought by somebody brought nobody.
fn brings(behind: &[Item], of: &Reading) -> bool {
    let is_brought = |i: &Item| i.words.iter().any(|w| w.text == "brought");
    let verb = behind.iter().find(|i| !is_helper(i));
    let passive = behind.iter().take_while(|i| is_helper(i)).any(|i| has_role("passive", i.first()));
    let by_reader =
        of.items.windows(2).any(|pair| matches!(pair, [who, act] if has_role("reader", last(who)) && is_brought(act)));
    !passive && verb.is_some_and(is_brought) && !by_reader
}

/// Whether one of these does the same in the sentence, and does not have it done.
fn acts(of: &Reading, verb: &Item, is_reader: bool, is_subject: impl Fn(&Item) -> bool) -> bool {
    // "You noticed it" of "noticed while washing; her aunt had": the word itself, where the sentence has it.
    let stem = |i: &Item| i.words.first().map(|w| w.stem.clone());
    let has_word = of.items.iter().any(|i| i.kind == Kind::Words && stem(i) == stem(verb));
    of.items.iter().enumerate().any(|(at, item)| {
        if has_word && stem(item) != stem(verb) {
            return false;
        }
        if item.is_quiet && !matches!(item.class, Class::Action | Class::Advice) || !is_same(verb, item) {
            return false;
        }
        // "Unless your doctor has agreed": the verb stands behind.
        let next = of.items.get(at + 1);
        if item.is_quiet && has_role("helper", item.first()) && next.is_some_and(|i| i.class == Class::Action) {
            return false;
        }
        let before = of.items.get(..at).unwrap_or_default();
        let helpers = before.iter().rev().take_while(|i| is_helper(i)).count();
        let (rest, helpers) = before.split_at(before.len().saturating_sub(helpers));
        let passive = helpers.iter().chain([item]).any(|i| has_role("passive", i.first()));
        // "Since starting it" says that the reader started it.
        let has_team = || of.items.iter().any(|i| has_role("agent-we", i.first()));
        if item.first().ends_with("ing") && is_reader && !has_team() {
            return true;
        }
        // "He had no pain and spoke": who goes on is the same, and so with "and, when asked, spoke".
        let aside = aside(rest);
        let goes_on = aside.last().is_some_and(|i| i.class == Class::Conjunction && i.first() == "and");
        let subject = |i: &&Item| has_role("subject", last(i)) && !has_role("article", last(i));
        let before = aside.iter().rev().take_while(|i| i.kind != Kind::End).find(subject).filter(|_| goes_on);
        !passive && rest.last().into_iter().chain(before).any(&is_subject)
    })
}

/// What stands before words between two marks ("and, on direct questioning,"), if it ends with them.
fn aside(before: &[Item]) -> &[Item] {
    let Some((mark, inside)) = before.split_last().filter(|(mark, _)| mark.kind == Kind::Comma) else { return before };
    let from = inside.iter().rposition(|i| matches!(i.kind, Kind::Comma | Kind::End));
    let Some((front, words)) = from.map(|from| inside.split_at(from)) else { return before };
    let is_free =
        words.first().is_some_and(|i| i.kind == mark.kind) && !words.iter().any(|i| has_role("subject", last(i)));
    if is_free { front } else { before }
}

//! Words that say something else where they stand so.

use super::bidden::{bids_on, is_bidden, is_condition, is_suggested};
use super::book::Book;
use super::class::Class;
use super::reach::is_as_needed;
use super::reading::{Item, Kind, has_role};
use super::tokens::Token;

/// "Call for chest pain" is "call if you have chest pain"; "had it before" is "had it in the past".
pub(super) fn turn(items: &mut [Item], book: &Book) {
    let (mut seeks, mut allows) = (false, false);
    for at in 0..items.len() {
        let (before, rest) = items.split_at_mut(at);
        let Some((item, next)) = rest.split_first_mut() else { break };
        if item.kind == Kind::End {
            (seeks, allows) = (false, false);
        }
        let begins = before.iter().rev().take_while(|i| i.kind != Kind::End).all(|i| !i.is_content());
        let is_thing = has_role("article", last(before));
        // "You seek help for panic attacks" tells of somebody, and tells nobody.
        let tells_of = last(before) == "you" && before.last().is_some_and(|i| i.is_quiet);
        if (begins && !tells_of || is_bidden(before) || bids_on(before))
            && (has_role("seek", item.first())
                || item.class == Class::Advice && !is_thing && has_role("imperative", item.first()))
        {
            seeks = true;
        }
        // "ER for chest pain": to go there.
        let named = before.iter().rev().find(|i| !is_article(i));
        let is_first = named.is_none_or(|i| matches!(i.kind, Kind::Comma | Kind::End) || i.first() == "use");
        let is_room = item.class == Class::Advice && has_role("emergency", item.first());
        if is_room && is_first && next.first().is_some_and(|i| i.first() == "for") {
            seeks = true;
        }
        if begins && matches!(item.first(), "can" | "may") {
            allows = true;
        }
        let uses = allows && before.iter().rev().take(3).any(|i| matches!(i.first(), "take" | "use"));
        // "Tell your doctor if", "report a fever to your doctor": an order to call.
        let is_call = item.words.len() == 1 && matches!(item.first(), "report" | "tell");
        if begins && is_call && item.is_quiet && next.first().is_some_and(|i| i.first() != "to") {
            let call = [Token::word("notify")];
            if let Some((_, end)) = book.find(&call) {
                item.senses.clone_from(&end.senses);
                item.class = Class::Advice;
                item.is_quiet = false;
            }
        }
        // "Call when you have pain", "if you need it when you have pain": if.
        let is_beside = |i: &&Item| matches!(i.class, Class::Body | Class::Degree | Class::Side | Class::Time);
        let is_ill = next.iter().find(|i| i.is_content() && !is_beside(i)).is_some_and(|i| i.class == Class::Problem);
        if item.first() == "when" && item.is_quiet && is_ill {
            let needed = before.last_mut().filter(|i| is_as_needed(i));
            if needed.is_some() || seeks && !begins {
                item.class = Class::If;
                item.is_quiet = false;
                (seeks, allows) = (false, false);
            }
            if let Some(needed) = needed {
                needed.is_quiet = true;
            }
        }
        let for_it = matches!(item.first(), "for" | "with") && (seeks || uses && item.first() == "for");
        // "As needed for pain" is "if you have pain"; "for pain if you need it", too.
        if item.first() == "for" && item.words.len() == 1 && item.is_quiet {
            let named = next.iter().position(|i| i.is_content() && i.class != Class::Degree && i.class != Class::Side);
            let is_for = named.and_then(|at| next.get(at)).is_some_and(|i| i.class == Class::Problem);
            let behind = named.and_then(|at| next.get_mut(at + 1));
            let mut so_far = before.iter().rev().take_while(|i| i.kind != Kind::End);
            let is_for = is_for && !so_far.any(|i| i.class == Class::Negation);
            let ahead = before.last_mut().filter(|i| is_as_needed(i));
            if let Some(needed) = ahead.or(behind.filter(|i| is_as_needed(i))).filter(|_| is_for) {
                needed.is_quiet = true;
                item.class = Class::If;
                item.is_quiet = false;
                continue;
            }
        }
        let any = seeks && item.first() == "any" && matches!(last(before), "about" | "report");
        // "Notify the clinic of a fever": to be told of is to be told if.
        let of_it = seeks && item.first() == "of" && before.iter().any(|i| has_role("notice", i.first()));
        if (for_it || any || of_it) && item.words.len() == 1 && item.is_quiet {
            let beside = |i: &&Item| {
                let is_how = matches!(
                    i.class,
                    Class::Body | Class::Degree | Class::Doubt | Class::Side | Class::Negation | Class::Time
                );
                i.is_content() && !is_how || has_role("complaint", i.first())
            };
            // "Return for [TEST 1] [NUMBER 2]": a value is a finding.
            let from = usize::from(next.first().is_some_and(is_article));
            let is_value = matches!(next.get(from..).unwrap_or_default(), [test, value, ..] if test.class == Class::Test
                && matches!((test.kind, value.kind), (Kind::Hole(_), Kind::Hole(_))) && value.class == Class::Number);
            // "Foul drainage": a word of no class in front of a finding.
            let names = |at: usize| next.get(at + 1).is_some_and(|i| i.class == Class::Problem && i.is_content());
            let is_named =
                |(at, i): &(usize, &Item)| beside(i) && !(i.class == Class::Plain && i.senses.is_empty() && names(*at));
            let stretch = next.iter().enumerate().take_while(|(_, i)| i.kind == Kind::Words).find(is_named);
            let stretch = stretch.map(|(_, i)| i);
            if is_value || stretch.is_some_and(|i| i.class == Class::Problem || has_role("complaint", i.first())) {
                item.class = Class::If;
                item.is_quiet = false;
                (seeks, allows) = (false, false);
            }
        }
        // "[NAME 1]'s parents".
        if item.words.len() == 1 && item.first() == "s" && before.last().is_some_and(is_person) {
            item.is_quiet = true;
        }
        // "Not yet walking": so far, and no "but".
        let denies = before.last().is_some_and(|i| i.class == Class::Negation);
        if item.class == Class::But
            && item.first() == "yet"
            && (denies || !next.first().is_some_and(|i| has_role("subject", i.first())))
        {
            item.class = Class::Time;
        }
        // "[TIME 1] prn pain": if there is pain.
        if is_as_needed(item) && !item.is_quiet {
            let named = next.iter().find(|i| !matches!(i.class, Class::Degree | Class::Side));
            if named.is_some_and(|i| i.class == Class::Problem && i.is_content()) {
                item.class = Class::If;
            }
        }
        // "Discharged back to the ward": who goes, and not what runs.
        let goes = next.first().is_some_and(|i| matches!(i.first(), "back" | "from" | "home" | "to"));
        if item.class == Class::Problem
            && item.words.len() == 1
            && item.words.iter().all(|w| w.stem == "discharg")
            && goes
        {
            item.class = Class::Action;
        }
        // "Should the pain get worse, call": if it does.
        let is_inverted = next.first().is_some_and(|i| {
            matches!(
                i.first(),
                "a" | "an"
                    | "any"
                    | "he"
                    | "her"
                    | "his"
                    | "it"
                    | "its"
                    | "she"
                    | "the"
                    | "their"
                    | "there"
                    | "these"
                    | "they"
                    | "this"
                    | "you"
                    | "your"
            )
        });
        let is_inverted = is_inverted && (begins || !has_role("reader", last(before)));
        if item.class == Class::Must && item.first() == "should" && (is_inverted || is_condition(before, item, next)) {
            item.class = Class::If;
        }
        // "Return precautions given, incl. fever": if there is a fever.
        let is_if = next.first().is_some_and(|i| i.class == Class::If);
        if has_role("instance", item.first()) && !is_if && is_told_when(before, book) {
            item.class = Class::If;
            item.is_quiet = false;
        }
        // "Provided the wound is dry": if it is.
        if has_role("provided", item.first()) && is_condition(before, item, next) {
            item.class = Class::If;
            item.is_quiet = false;
        }
        // "We suggested you start it": somebody is told, and nothing looks like something.
        if item.class == Class::Doubt && is_suggested(before, item, next) {
            let said = [Token::word("suggested"), Token::word("that")];
            if let Some((_, end)) = book.find(&said) {
                item.senses.clone_from(&end.senses);
                item.class = Class::Must;
            }
        }
        // "Tender over the right hip": there; "infuse over [TIME 1]": so long. No more than that.
        let is_place = next.iter().find(|i| i.is_content());
        let is_place = is_place.is_some_and(|i| matches!(i.class, Class::Body | Class::Side));
        let is_span = last(before) != "for"
            && next.first().is_some_and(|i| i.class == Class::Time && matches!(i.kind, Kind::Hole(_)));
        if item.class == Class::Degree && item.first() == "over" && item.words.len() == 1 && (is_place || is_span) {
            item.class = Class::Plain;
            item.senses.clear();
            item.is_quiet = true;
        }
        // "Come back in a week": the act, and not that something comes back.
        if (begins || is_bidden(before)) && item.class == Class::Time && item.first() == "come" {
            item.class = Class::Action;
        }
        // "You faint" tells of what happens, and not how much.
        let by_reader = matches!(last(before), "may" | "might" | "or" | "to" | "you");
        let is_event = by_reader || item.first().ends_with("ing");
        if item.class == Class::Degree && item.words.len() == 1 && is_happening(item.first()) && is_event {
            item.class = Class::Problem;
        }
        // "The results of your biopsy" tell of no cause.
        if item.class == Class::Because && item.first() == "results" && begins {
            item.class = Class::Plain;
            item.is_quiet = true;
        }
        // "You went to the clinic" tells of no plan, though "going to" does.
        if item.class == Class::Must && matches!(item.first(), "go" | "goes" | "went") {
            item.class = Class::Plain;
            item.is_quiet = true;
        }
        // "The patient agrees with the plan": somebody does, and no finding "agrees with" another.
        if item.class == Class::Doubt && item.first().starts_with("agree") && has_role("reader", last(before)) {
            let agree = [Token::word("agree")];
            if let Some((_, end)) = book.find(&agree) {
                item.senses.clone_from(&end.senses);
                item.class = Class::Action;
            }
        }
        // "Was found to be" tells of nothing that is to come, though "to be" does.
        if item.class == Class::Must && item.first() == "will" && has_role("seems", last(before)) {
            item.class = Class::Plain;
            item.is_quiet = true;
        }
        // "We did not find any": here the denial speaks of what comes behind.
        if item.class == Class::NegationBehind && item.words.last().is_some_and(|w| has_role("looks", &w.text)) {
            item.class = Class::Negation;
        }
        // "Fluid was taken from the knee" tells where from, and not why.
        if item.class == Class::Because && item.first() == "from" && item.words.len() == 1 {
            let is_place = next.iter().find(|i| i.is_content()).is_some_and(|i| i.class == Class::Body);
            if is_place && before.iter().rev().take(3).any(|i| has_role("takes-from", last(std::slice::from_ref(i)))) {
                item.class = Class::Plain;
                item.is_quiet = true;
            }
        }
        // "Normally [TIME 1]": usually.
        let is_time = next.first().is_some_and(|i| i.class == Class::Time && matches!(i.kind, Kind::Hole(_)));
        if is_time && item.first() == "normally" && item.words.len() == 1 {
            let usually = [Token::word("usually")];
            if let Some((_, end)) = book.find(&usually) {
                item.senses.clone_from(&end.senses);
                item.class = Class::Plain;
            }
        }
        // "Call us any time": at any time, and no condition.
        let is_last = next.first().is_none_or(|i| matches!(i.kind, Kind::Comma | Kind::End));
        if item.class == Class::If && item.first() == "time" && item.words.len() == 1 && is_last {
            let ever = [Token::word("at"), Token::word("any"), Token::word("time")];
            if let Some((_, end)) = book.find(&ever) {
                item.senses.clone_from(&end.senses);
                item.class = Class::Time;
            }
        }
        // "Use the spacer every time": always.
        let is_each = matches!(item.words.as_slice(), [each, time] if matches!(each.text.as_str(), "each" | "every")
            && time.text == "time");
        if item.class == Class::If
            && is_each
            && is_last
            && let Some((_, end)) = book.find(&[Token::word("always")])
        {
            item.senses.clone_from(&end.senses);
            item.class = Class::Degree;
        }
        if item.class == Class::Before && next.iter().take_while(|i| i.kind == Kind::Words).count() == 0 {
            let past = [Token::word("in"), Token::word("past")];
            if let Some((_, end)) = book.find(&past) {
                item.senses.clone_from(&end.senses);
                item.class = Class::Time;
            }
        }
    }
}

/// Whether a sentence told of when to come back, and of no condition yet.
fn is_told_when(before: &[Item], book: &Book) -> bool {
    let near = [Token::word("return"), Token::word("precaution")];
    let senses = book.find(&near).map_or(&[][..], |(_, end)| end.senses.as_slice());
    let mut sentence = before.iter().rev().take_while(|i| i.kind != Kind::End && i.class != Class::If);
    sentence.any(|i| i.senses.iter().any(|sense| senses.contains(sense)))
}

/// A name.
fn is_person(item: &Item) -> bool {
    item.class == Class::Person && matches!(item.kind, Kind::Hole(_))
}

/// "A [TEST 1] [NUMBER 2]".
fn is_article(item: &Item) -> bool {
    item.words.len() == 1 && matches!(item.first(), "a" | "an" | "any" | "the" | "your")
}

fn is_happening(word: &str) -> bool {
    has_role("happens", word) || word.strip_suffix("ing").is_some_and(|word| has_role("happens", word))
}

/// The last word in front of a place.
fn last(before: &[Item]) -> &str {
    before.last().and_then(|i| i.words.last()).map_or("", |w| w.text.as_str())
}

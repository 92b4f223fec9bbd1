//! Words that say something else where they stand so.

use super::book::Book;
use super::class::Class;
use super::reading::{Item, Kind, has_role};
use super::tokens::Token;

/// "Call for chest pain" is "call if you have chest pain"; "had it before" is "had it in the past".
pub(super) fn turn(items: &mut [Item], book: &Book) {
    let mut seeks = false;
    for at in 0..items.len() {
        let (before, rest) = items.split_at_mut(at);
        let Some((item, next)) = rest.split_first_mut() else { break };
        if item.kind == Kind::End {
            seeks = false;
        }
        let begins = before.iter().rev().take_while(|i| i.kind != Kind::End).all(|i| !i.is_content());
        if begins && (has_role("seek", item.first()) || matches!(item.class, Class::Advice)) {
            seeks = true;
        }
        if seeks && matches!(item.first(), "for" | "with") && item.words.len() == 1 {
            let named = next
                .iter()
                .find(|i| i.is_content() && !matches!(i.class, Class::Degree | Class::Side | Class::Negation));
            if named.is_some_and(|i| i.class == Class::Problem) {
                item.class = Class::If;
                item.is_quiet = false;
                seeks = false;
            }
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

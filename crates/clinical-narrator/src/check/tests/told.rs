//! The small words that a model is told it may use say nothing by themselves.

use crate::ask::SYSTEM;
use crate::check::book::book;
use crate::check::class::Class;
use crate::check::tokens;
use clinical_lexicon::Lexicon;

#[test]
fn the_small_words_of_the_prompt_are_quiet() {
    let (_, list) = SYSTEM.split_once("leave small words out: ").unwrap();
    let (list, _) = list.split_once(".\n").unwrap();
    let book = book(Lexicon::english().unwrap());
    assert!(list.split(", ").count() > 40);
    for words in list.split(", ") {
        let tokens = tokens::read(words, &[]).unwrap();
        let (length, end) = book.find(&tokens).unwrap_or_else(|| panic!("{words}"));
        let is_and = end.class == Some(Class::Conjunction);
        assert!(length == tokens.len() && (end.is_quiet || is_and), "{words}");
    }
}

//! Every phrase that means something, found word by word.

use super::class::Class;
use super::data::data;
use super::reading::has_role;
use super::tokens::{self, Token};
use clinical_lexicon::{Lexicon, TermKind};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a phrase means: a number for each group of the data and each entry of the lexicon.
pub(super) type Sense = u32;

/// What ends at a place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct End {
    pub(super) senses: Vec<Sense>,
    /// What it may stand for where it is said, and does not mean by itself: "skin infection" may be said of cellulitis,
    /// and cellulitis may not be said of a skin infection.
    pub(super) vague: Vec<Sense>,
    pub(super) class: Option<Class>,
    /// It may be said, or left out, where the sentence says nothing of it.
    pub(super) is_quiet: bool,
}

#[derive(Debug, Default)]
struct Node {
    next: HashMap<String, usize>,
    end: Option<Box<End>>,
}

/// A finding with words in between goes over no more words than this.
const MOST_AROUND: usize = 9;

/// Words of degree: two names of a problem that differ in one are not said for each other.
const DEGREES: [&str; 8] = ["advanced", "early", "intermediate", "mild", "minimal", "moderate", "severe", "very"];

/// For the first word of a wording, the wordings and what each is read as.
type Rewrites = HashMap<String, Vec<(Vec<String>, Vec<Token>)>>;

/// Phrases by the stems of their words.
#[derive(Debug)]
pub(super) struct Book {
    nodes: Vec<Node>,
    rewrites: Rewrites,
}

static BOOK: OnceLock<Book> = OnceLock::new();

/// The book of the lists and of a lexicon.
pub(super) fn book(lexicon: &Lexicon) -> &'static Book {
    BOOK.get_or_init(|| Book::new(lexicon))
}

impl Book {
    fn new(lexicon: &Lexicon) -> Self {
        let mut book = Self { nodes: vec![Node::default()], rewrites: HashMap::new() };
        let data = data();
        for (from, to) in &data.rewrites {
            let from: Vec<String> = words(from).into_iter().map(|t| t.text).collect();
            if let Some(first) = from.first().cloned() {
                book.rewrites.entry(first).or_default().push((from, words(to)));
            }
        }
        // The longest first, so that the first that fits is it.
        let mut firsts: Vec<String> = book.rewrites.keys().cloned().collect();
        firsts.sort();
        for first in firsts {
            if let Some(list) = book.rewrites.get_mut(&first) {
                list.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
            }
        }
        let mut sense = 0;
        for group in &data.groups {
            sense += 1;
            for wording in &group.wordings {
                let vague = wording.strip_prefix('~');
                book.add(vague.unwrap_or(wording), Some((sense, vague.is_some())), Some(group.class), false);
                book.add_turned(vague.unwrap_or(wording), (sense, vague.is_some()), group.class);
            }
        }
        // A plain name may stand for several problems. It may be said of each, and none of them of it.
        for term in lexicon.all_terms() {
            sense += 1;
            let class = match term.kind {
                TermKind::Problem => Class::Problem,
                TermKind::Procedure => Class::Test,
            };
            let of_degree = |name: &&str| name.split(' ').any(|word| DEGREES.contains(&word.to_lowercase().as_str()));
            for name in term.also.iter().chain([term.name]).filter(|name| !of_degree(name)) {
                book.add(name, Some((sense, false)), Some(class), false);
            }
            book.add(term.plain, Some((sense, true)), Some(class), false);
            book.add_turned(term.plain, (sense, true), class);
        }
        for test in lexicon.all_tests() {
            sense += 1;
            for name in test.also.iter().chain([test.name, test.plain]).filter(|name| name.len() > 3) {
                book.add(name, Some((sense, false)), Some(Class::Test), false);
            }
        }
        for medicine in lexicon.all_medicines() {
            sense += 1;
            for name in medicine.also.iter().chain([medicine.name]).filter(|name| name.len() > 3) {
                book.add(name, Some((sense, false)), Some(Class::Medicine), false);
            }
        }
        for wording in &data.quiet {
            book.add(wording, None, None, true);
        }
        book
    }

    /// The rewriting of what begins here, and over how many words it goes.
    pub(super) fn rewrite(&self, near: &[Token]) -> Option<(usize, &[Token])> {
        let list = self.rewrites.get(&near.first()?.text)?;
        let fits = |from: &Vec<String>| {
            near.len() >= from.len() && near.iter().zip(from).all(|(t, word)| t.is_word() && t.text == *word)
        };
        list.iter().find(|(from, _)| fits(from)).map(|(from, to)| (from.len(), to.as_slice()))
    }

    /// The wordings that mean this, as the lists have them; of the lexicon the everyday name. A `~` is left in front.
    pub(super) fn wordings(sense: Sense, lexicon: &Lexicon) -> Vec<&'static str> {
        let groups = &data().groups;
        let Some(at) = usize::try_from(sense).ok().and_then(|sense| sense.checked_sub(1)) else { return Vec::new() };
        if let Some(group) = groups.get(at) {
            return group.wordings.iter().map(String::as_str).collect();
        }
        let (terms, tests) = (lexicon.all_terms(), lexicon.all_tests());
        let term = at.checked_sub(groups.len());
        let plain = term.and_then(|at| terms.get(at)).map(|term| term.plain);
        let test = term.and_then(|at| at.checked_sub(terms.len())).and_then(|at| tests.get(at)).map(|test| test.plain);
        plain.or(test).into_iter().collect()
    }

    /// "Low sodium" may be said as "sodium is low".
    fn add_turned(&mut self, wording: &str, sense: (Sense, bool), class: Class) {
        if class != Class::Problem {
            return;
        }
        let Some((how, what)) = wording.split_once(' ') else { return };
        let is_state = has_role("up", how) || has_role("down", how) || has_role("state", how);
        if is_state && !what.contains(" and ") {
            for turned in [format!("{what} {how}"), format!("{what} is {how}")] {
                self.add(&turned, Some(sense), Some(class), false);
            }
        }
    }

    /// A wording is known by its words without articles. The first class that is given to it stays.
    fn add(&mut self, wording: &str, sense: Option<(Sense, bool)>, class: Option<Class>, is_quiet: bool) {
        let tokens: Vec<Token> = self.rewritten(words(wording));
        let mut at = 0;
        let mut some = false;
        // "Any time" is not "time".
        let is_kept = |(i, t): &(usize, &Token)| !is_article(t) || tokens.len() == 1 || *i == 0 && t.text == "any";
        for (_, token) in tokens.iter().enumerate().filter(is_kept) {
            let free = self.nodes.len();
            let Some(node) = self.nodes.get_mut(at) else { return };
            at = *node.next.entry(token.stem.clone()).or_insert(free);
            if at == free {
                self.nodes.push(Node::default());
            }
            some = true;
        }
        if let Some(node) = self.nodes.get_mut(at).filter(|_| some) {
            let end = node.end.get_or_insert_default();
            if let Some((sense, is_vague)) = sense {
                let list = if is_vague { &mut end.vague } else { &mut end.senses };
                if !list.contains(&sense) {
                    list.push(sense);
                }
            }
            end.class = end.class.or(class);
            end.is_quiet |= is_quiet;
        }
    }

    /// The tokens with each wording that is read as another put into that.
    pub(super) fn rewritten(&self, tokens: Vec<Token>) -> Vec<Token> {
        let mut out = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            // "Start [MEDICINE 1] again", "start driving again": to start again what stands between.
            let is_thing = |t: &Token| matches!(t.what, tokens::What::Hole(_)) || t.text.ends_with("ing");
            let between = |length: usize| {
                tokens.get(at..at + length).filter(|near| match near {
                    [start, what @ .., again] => {
                        start.stem == "start" && again.text == "again" && what.iter().all(is_thing)
                    }
                    _ => false,
                })
            };
            if let Some([start, what @ .., again]) = between(3).or_else(|| between(4)) {
                out.extend([start.clone(), again.clone()]);
                out.extend_from_slice(what);
                at += what.len() + 2;
                continue;
            }
            // "Non-tender, swollen": what is denied ends with the word.
            if let [non, what, ..] = tokens.get(at..).unwrap_or_default()
                && non.text == "non"
                && what.is_word()
            {
                out.extend([Token { span: non.span, ..Token::word("not") }, what.clone()]);
                out.push(Token { span: what.span, ..Token::word("withal") });
                at += 2;
                continue;
            }
            // "On a hold": a noun.
            let is_noun = has_role("noun-behind", &token.text) && out.last().is_some_and(is_indefinite);
            if let Some((length, to)) = tokens.get(at..).filter(|_| !is_noun).and_then(|near| self.rewrite(near)) {
                // What is read as other words stands where those words stand.
                let last = tokens.get(at + length - 1).unwrap_or(token);
                let span = (token.span.0, last.span.1);
                out.extend(to.iter().map(|t| Token { span, ..t.clone() }));
                at += length;
            } else {
                out.push(token.clone());
                at += 1;
            }
        }
        out
    }

    /// A finding in several words with words of side, degree or time in between ("fluid around your right lung"): over
    /// how many words it goes, and which of them are in between. Only what is longer than any phrase without them.
    pub(super) fn find_around(&self, near: &[Token]) -> Option<(usize, Vec<usize>)> {
        let least = self.find(near).map_or(1, |(length, _)| length);
        let (mut at, mut between, mut best) = (0, Vec::new(), None);
        for (i, token) in near.iter().enumerate().take(MOST_AROUND) {
            if !token.is_word() {
                break;
            }
            match self.nodes.get(at).and_then(|node| node.next.get(&token.stem)) {
                Some(next) => at = *next,
                None if i > 0 && (is_article(token) || is_pronoun(token)) => continue,
                None if i > 0 && between.len() < 2 && self.is_beside(token, near.get(i + 1)) => {
                    between.push(i);
                    continue;
                }
                None => break,
            }
            let end = self.nodes.get(at).and_then(|node| node.end.as_deref());
            // "A new right knee joint": what is done is done on a side.
            let is_side = |at: &usize| {
                near.get(*at).is_some_and(|t| {
                    self.find(std::slice::from_ref(t)).is_some_and(|(_, e)| e.class == Some(Class::Side))
                })
            };
            let end = end.filter(|end| {
                end.class == Some(Class::Problem) || end.class == Some(Class::Action) && between.iter().all(is_side)
            });
            if end.is_some() && !between.is_empty() && i + 1 > least {
                best = Some((i + 1, between.clone()));
            }
        }
        best
    }

    /// A word that says by itself which side, how much or since when. "Your small wrist" tells of the wrist.
    fn is_beside(&self, token: &Token, next: Option<&Token>) -> bool {
        let class = |token: &Token| self.find(std::slice::from_ref(token)).and_then(|(_, end)| end.class);
        match class(token) {
            Some(Class::Body | Class::Side) => true,
            Some(Class::Degree | Class::Time) => next.is_none_or(|next| class(next) != Some(Class::Body)),
            _ => false,
        }
    }

    /// The longest phrase that begins with the first of these tokens, and over how many it goes. Articles and
    /// possessives within a phrase are passed over.
    pub(super) fn find(&self, near: &[Token]) -> Option<(usize, &End)> {
        let mut at = 0;
        let mut best = None;
        // "Not you present" is not "not present".
        let denies = near.first().is_some_and(|t| t.text == "not");
        for (i, token) in near.iter().enumerate() {
            if !token.is_word() {
                break;
            }
            let next = |stem: &str| self.nodes.get(at).and_then(|node| node.next.get(stem)).copied();
            // "Bring him back" is "bring you back".
            let you = || if i > 0 && is_patient(token) { next("you") } else { None };
            match next(&token.stem).or_else(you) {
                Some(next) => at = next,
                None if i > 0 && (is_article(token) || is_pronoun(token) && !denies) => continue,
                None => break,
            }
            // "As the patient can not" is not "as you can".
            let is_denied = token.text == "can" && near.get(i + 1).is_some_and(|t| t.text == "not");
            if let Some(end) = self.nodes.get(at).and_then(|node| node.end.as_deref()).filter(|_| !is_denied) {
                best = Some((i + 1, end));
            }
        }
        best
    }
}

/// Words that stand before a noun and change nothing of it.
pub(super) fn is_article(token: &Token) -> bool {
    matches!(token.text.as_str(), "a" | "an" | "any" | "her" | "his" | "my" | "our" | "some" | "the" | "their" | "your")
}

fn is_indefinite(token: &Token) -> bool {
    matches!(token.text.as_str(), "a" | "an")
}

/// Words that stand for what was named: "put it under water".
fn is_pronoun(token: &Token) -> bool {
    matches!(token.text.as_str(), "it" | "them" | "this" | "you" | "us")
}

/// Who is told of by a word that says nothing else of him.
fn is_patient(token: &Token) -> bool {
    matches!(token.text.as_str(), "child" | "him" | "patient" | "pt")
}

fn words(text: &str) -> Vec<Token> {
    let tokens = tokens::read(text, &[]).unwrap_or_default();
    tokens.into_iter().filter(Token::is_word).collect()
}

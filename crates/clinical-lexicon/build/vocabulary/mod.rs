//! From the names of the entries, `findings.toml` and `context.toml` to the tables that running text is read with.

mod patterns;
mod shapes;
mod ways;

use super::names::normalise;
use super::read::{Fault, Words};
use super::shapes::TermKind;
use super::{spelling, write};
use shapes::{ContextFile, FindingsFile, To};
use std::collections::BTreeMap;
use ways::{WayTree, WordList};

/// What a run of words names; numbers of entries, `u16::MAX` for none.
#[derive(Clone, Copy)]
struct Name {
    term: u16,
    medicine: u16,
    test: u16,
    marks: u16,
}

const NONE: u16 = u16::MAX;
const EMPTY: Name = Name { term: NONE, medicine: NONE, test: NONE, marks: 0 };
const FINDING: u16 = 1;
const NEVER: u16 = 2;
const CLASS: u16 = 4;
const DOUBTFUL: u16 = 8;
const INGREDIENT: u16 = 16;
const UNNAMED: u16 = 32;
const PROBLEM: u16 = 64;

const HEAD: u32 = 1;
const WEAK: u32 = 1 << 1;
const ADJECTIVE: u32 = 1 << 2;
const KIND: u32 = 1 << 3;
const VAGUE: u32 = 1 << 4;
const CHANGE: u32 = 1 << 5;
const MEASURE: u32 = 1 << 6;
const LINK: u32 = 1 << 7;
const JOIN: u32 = 1 << 8;
const LASTING: u32 = 1 << 9;
const PASSING: u32 = 1 << 10;
const BEHIND: u32 = 1 << 11;
const FORM: u32 = 1 << 12;
const UNIT: u32 = 1 << 13;
const TAKING: u32 = 1 << 14;
const CAPITALS: u32 = 1 << 15;
const MEDICINE: u32 = 1 << 16;
const TAIL: u32 = 1 << 17;
const LISTED: u32 = 1 << 18;

/// The code of the static `EN_VOCABULARY`.
pub(crate) fn code(words: &Words, files: &[(String, String)]) -> Result<String, Fault> {
    let findings: FindingsFile = parse(files, "/findings.toml")?;
    let context: ContextFile = parse(files, "/context.toml")?;
    let mut list = WordList::new();
    let mut names = WayTree::new();
    let plurals = entries(words, &findings, &mut list, &mut names);
    phrases(&findings, &mut list, &mut names);
    for (name, at) in plurals {
        let is_never = names.get(&ids(&mut list, &name)).is_some_and(|n| n.marks & NEVER != 0);
        let ids = ids(&mut list, &format!("{name}s"));
        if !is_never && names.get(&ids).is_none() {
            *names.end(&ids) = Some(Name { term: at, marks: PROBLEM, ..EMPTY });
        }
    }
    classes(&findings, &mut list);
    let mut cues: WayTree<(Vec<u16>, u32)> = WayTree::new();
    let rules = rules(&context, files, &mut list, &mut cues)?;
    let endings = endings(&findings, &mut list);
    let word_count = list.len();
    let (names, name_ends) = names.code(word_count, |n: &Name| {
        format!("NameEnd {{ term: {}, medicine: {}, test: {}, marks: {} }}", n.term, n.medicine, n.test, n.marks)
    });
    let (cues, cue_ends) =
        cues.code(word_count, |(rules, ends)| format!("CueEnd {{ rules: &{rules:?}, ends: {ends} }}"));
    Ok(format!(
        "pub(crate) static EN_VOCABULARY: Vocabulary = Vocabulary {{\nwords: {},\nclasses: &{:?},\nnames: {names},\n\
         name_ends: {name_ends},\nendings: {endings},\ncues: {cues},\ncue_ends: {cue_ends},\n{rules} }};\n",
        list.code(),
        list.classes,
    ))
}

fn parse<T: Default + serde::de::DeserializeOwned>(files: &[(String, String)], end: &str) -> Result<T, Fault> {
    let Some((name, text)) = files.iter().find(|(name, _)| name.ends_with(end)) else { return Ok(T::default()) };
    toml::from_str(text).map_err(|e| Fault {
        file: name.clone(),
        line: super::names::line(text, e.span().map_or(0, |s| s.start)),
        message: e.message().to_owned(),
    })
}

fn ids(list: &mut WordList, name: &str) -> Vec<u16> {
    spelling::words(name).map(|w| list.id(w)).collect()
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', '\n']).map(str::trim).filter(|item| !item.is_empty())
}

/// The names of the entries; gives the names of problems that may stand for more than one.
fn entries(
    words: &Words,
    findings: &FindingsFile,
    list: &mut WordList,
    names: &mut WayTree<Name>,
) -> Vec<(String, u16)> {
    let says_more: Vec<&str> = findings.problem.unnamed_with.split_whitespace().collect();
    let unnamed: Vec<String> = items(&findings.problem.unnamed).map(normalise).collect();
    let mut plurals = Vec::new();
    for (name, at) in write::name_list(&words.terms) {
        let is_problem = matches!(words.terms[usize::from(at)].kind, TermKind::Problem);
        let more =
            name.split(' ').any(|w| says_more.contains(&w) || matches!(w, "and" | "or")) || unnamed.contains(&name);
        let marks = if is_problem { PROBLEM } else { 0 } | if more { UNNAMED } else { 0 };
        let ids = ids(list, &name);
        let end = names.end(&ids).get_or_insert(EMPTY);
        (end.term, end.marks) = (at, end.marks | marks);
        if is_problem && !more && name.len() > 6 {
            plurals.push((name, at));
        }
    }
    for (name, at) in write::name_list(&words.tests) {
        names.end(&ids(list, &name)).get_or_insert(EMPTY).test = at;
    }
    for (name, at) in write::medicine_places(words) {
        let entry = words.medicines.get(usize::from(at));
        let is_own = entry.is_some_and(|m| normalise(m.name.get_ref()) == name);
        let end = names.end(&ids(list, &name)).get_or_insert(EMPTY);
        if entry.is_some() {
            end.medicine = at;
            end.marks |= if is_own { INGREDIENT } else { 0 };
        } else if at == NONE {
            end.marks |= NEVER;
        } else {
            end.marks |= CLASS;
        }
    }
    plurals
}

fn phrases(findings: &FindingsFile, list: &mut WordList, names: &mut WayTree<Name>) {
    let marked = [
        (&findings.problem.phrases, FINDING),
        (&findings.problem.never, NEVER),
        (&findings.medicine.names, CLASS),
        (&findings.medicine.doubtful, DOUBTFUL),
    ];
    for (text, mark) in marked {
        for phrase in items(text) {
            let ids = ids(list, phrase);
            names.end(&ids).get_or_insert(EMPTY).marks |= mark;
        }
    }
}

fn classes(findings: &FindingsFile, list: &mut WordList) {
    let (p, m) = (&findings.problem, &findings.medicine);
    let lists = [
        (&p.heads, HEAD, true),
        (&p.weak, WEAK, true),
        (&p.adjectives, ADJECTIVE, false),
        (&p.kinds, KIND, false),
        (&p.vague, VAGUE, false),
        (&p.changes, CHANGE, false),
        (&p.measures, MEASURE, true),
        (&p.listed, LISTED, false),
        (&p.tails, TAIL, false),
        (&p.links, LINK, false),
        (&p.joins, JOIN, true),
        (&p.lasting, LASTING, false),
        (&p.passing, PASSING, false),
        (&p.behind, BEHIND, false),
        (&p.capitals, CAPITALS, false),
        (&m.forms, FORM, false),
        (&m.units, UNIT, false),
        (&m.taking, TAKING, false),
    ];
    for (text, class, with_plural) in lists {
        for word in text.split_whitespace().flat_map(|w| w.split('-')).filter(|w| !SMALL.contains(w) || class == LINK) {
            list.mark(word, class);
            if with_plural {
                plurals(word).iter().for_each(|plural| list.mark(plural, class));
            }
        }
    }
}

/// Words that stay what they are when a compound of them is taken apart.
const SMALL: &[&str] = &[
    "in", "of", "on", "to", "up", "it", "the", "and", "or", "a", "new", "smoker", "like", "s", "onset", "point",
    "points", "positive",
];

/// How a noun may stand for more than one.
fn plurals(word: &str) -> Vec<String> {
    let mut out = vec![format!("{word}s")];
    if let Some(stem) = word.strip_suffix('y') {
        out.push(format!("{stem}ies"));
    }
    if let Some(stem) = word.strip_suffix("is") {
        out.push(format!("{stem}es"));
    }
    if ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        out.push(format!("{word}es"));
    }
    out
}

/// Ends of words: for words of no name a list; words of the tables get their kind at once.
fn endings(findings: &FindingsFile, list: &mut WordList) -> String {
    let (p, m) = (&findings.problem, &findings.medicine);
    let exceptions: Vec<&str> =
        p.suffix_exceptions.split_whitespace().chain(m.suffix_exceptions.split_whitespace()).collect();
    for word in &exceptions {
        list.id(word);
    }
    let both = [(&p.suffixes, HEAD), (&m.suffixes, MEDICINE)];
    let mut all: Vec<(&str, u32)> =
        both.into_iter().flat_map(|(text, class)| text.split_whitespace().map(move |s| (s, class))).collect();
    // Longer ends go first: "-algia" before "-gia".
    all.sort_by_key(|(s, _)| (s.bytes().last(), std::cmp::Reverse(s.len())));
    let known: Vec<(String, u32)> = list
        .all()
        .filter(|(id, word)| list.classes[*id] == 0 && word.len() >= 6 && !exceptions.contains(word))
        .filter_map(|(_, word)| {
            let found = all
                .iter()
                .find(|(s, c)| word.len() > s.len() + 1 && word.ends_with(s) && (*c == HEAD || s.len() >= 5))?;
            Some((word.to_owned(), found.1))
        })
        .collect();
    for (word, class) in known {
        list.mark(&word, class);
    }
    let starts: Vec<usize> =
        (b'a'..=b'z' + 1).map(|c| all.iter().filter(|(s, _)| s.bytes().last() < Some(c)).count()).collect();
    format!("Endings {{ starts: &{starts:?}, list: &{all:?} }}")
}

/// The rules and their wordings; gives the code of the rules and of the sections.
fn rules(
    context: &ContextFile,
    files: &[(String, String)],
    list: &mut WordList,
    cues: &mut WayTree<(Vec<u16>, u32)>,
) -> Result<String, Fault> {
    let text = files.iter().find(|(name, _)| name.ends_with("/context.toml"));
    let fault = |word: &str, message: String| {
        let (file, text) = text.map_or(("", ""), |(name, text)| (name.as_str(), text.as_str()));
        let line = text.find(word).map_or(0, |at| super::names::line(text, at));
        Fault { file: file.to_owned(), line, message }
    };
    let bits: BTreeMap<&str, u32> = context.ends.keys().enumerate().map(|(i, k)| (k.as_str(), 1u32 << i)).collect();
    for (name, text) in &context.ends {
        for item in items(text) {
            let words: Vec<u16> = patterns::pieces(item).iter().map(|w| list.id(w)).collect();
            cues.end(&words).get_or_insert_with(Default::default).1 |= bits[name.as_str()];
        }
    }
    let mut rules = String::new();
    for (number, cue) in context.cue.iter().enumerate() {
        if cue.ends.is_empty() || cue.yes.is_empty() || cue.not.is_empty() {
            return Err(fault(&cue.words, "a cue needs ends, and examples of both kinds".to_owned()));
        }
        let mut ends = 0;
        for name in &cue.ends {
            ends |= bits.get(name.as_str()).ok_or_else(|| fault(name, format!("no ends are called '{name}'")))?;
        }
        for pattern in cue.words.lines().map(str::trim).filter(|l| !l.is_empty()) {
            for wording in patterns::expand(pattern).map_err(|message| fault(pattern, message))? {
                let words: Vec<u16> = patterns::pieces(&wording).iter().map(|w| list.id(w)).collect();
                let rules = &mut cues.end(&words).get_or_insert_with(Default::default).0;
                if !rules.contains(&(number as u16)) {
                    rules.push(number as u16);
                }
            }
        }
        let kinds = cue.kinds.iter().fold(0, |bits, kind| bits | kind.bit());
        rules += &format!(
            "CueRule {{ means: CueMeans::{:?}, backward: {}, within: {}, ends: {ends}, kinds: {kinds}, closed: {}, \
             signed: {} }},\n",
            cue.means,
            cue.to == To::Backward,
            cue.within,
            cue.closed,
            cue.signed
        );
    }
    let section = |s: &shapes::Section| {
        let of = s.of.iter().fold(0, |bits, kind| bits | kind.bit());
        format!("SectionRule {{ kinds: &{:?}, of: {of}, means: CueMeans::{:?} }},", s.kinds, s.means)
    };
    let sections: String = context.section.iter().map(section).collect();
    Ok(format!("rules: &[{rules}],\nsections: &[{sections}],\n"))
}
